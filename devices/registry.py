"""Finds the kinds: every module in ``devices/kinds`` holds one, under its own name."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from traceback import extract_tb
from types import MappingProxyType

from devices import kinds
from devices.mistakes import KindError
from devices.vocabulary import Kind


@cache
def all_kinds() -> Mapping[str, Kind]:
    """Kind by name, in the order of names. Raises ``KindError`` for a file that holds no kind of its own name."""
    found: dict[str, Kind] = {}
    for module in sorted(iter_modules(kinds.__path__), key=lambda one: one.name):
        kind = _kind_in(module.name)
        found[kind.name] = kind
    return MappingProxyType(found)


def _kind_in(name: str) -> Kind:
    file = f"devices/kinds/{name}.py"
    try:
        kind = getattr(import_module(f"{kinds.__name__}.{name}"), "KIND", None)
    except Exception as error:
        raise KindError(f"{file}:{_line_of(error, name)}: {type(error).__name__}: {error}") from error
    if not isinstance(kind, Kind) or kind.name != name:
        raise KindError(f"{file}:1: it must hold KIND = Kind(name={name!r}, …)")
    return kind


def _line_of(error: Exception, name: str) -> int:
    """The last line of that file which had to do with it."""
    if isinstance(error, SyntaxError):
        return error.lineno or 1
    lines = [frame.lineno for frame in extract_tb(error.__traceback__) if frame.filename.endswith(f"kinds/{name}.py")]
    return (lines[-1] if lines else None) or 1
