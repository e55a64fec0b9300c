"""Finds the kinds: every module in ``devices/kinds`` holds one, under its own name."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from devices import kinds
from devices.vocabulary import Kind


@cache
def all_kinds() -> Mapping[str, Kind]:
    """Kind by name, in the order of names. Raises ``TypeError`` when a file's kind has another name than the file."""
    found: dict[str, Kind] = {}
    for module in sorted(iter_modules(kinds.__path__), key=lambda one: one.name):
        kind = import_module(f"{kinds.__name__}.{module.name}").KIND
        if not isinstance(kind, Kind) or kind.name != module.name:
            raise TypeError(f"devices/kinds/{module.name}.py must hold KIND = Kind(name={module.name!r}, …)")
        found[kind.name] = kind
    return MappingProxyType(found)
