"""Bytes to a JSON object, strictly: what is not exactly understood is refused with a reason, never guessed.

Refused before parsing: more than 64 KiB. Refused while parsing: text that is not UTF-8, NaN and infinities, duplicate
keys, control characters in names, nesting deeper than the parser's own bound, and anything that is not an object.
"""

import json
from typing import Any, NoReturn

MAX_BYTES = 64 * 1024


class DeviceError(ValueError):
    """A device spoke nonsense. ``reason`` is for people, ``pointer`` a JSON pointer ("" is the whole)."""

    def __init__(self, reason: str, pointer: str = "") -> None:
        super().__init__(f"{pointer}: {reason}" if pointer else reason)
        self.reason = reason
        self.pointer = pointer


def _refuse_constant(name: str) -> NoReturn:
    raise DeviceError(f"{name} is not a number in JSON")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise DeviceError(f"the key {twice!r} stands twice", f"/{twice}")
    return found


_decoder = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_refuse_constant)


def parse_object(payload: bytes) -> dict[str, Any]:
    """The JSON object in ``payload``; an empty payload is an empty object. Raises ``DeviceError``."""
    if len(payload) > MAX_BYTES:
        raise DeviceError(f"{len(payload)} bytes; at most {MAX_BYTES} are read")
    try:
        text = payload.decode("utf-8")
        found = _decoder.decode(text) if text.strip() else {}
    except UnicodeDecodeError as error:
        raise DeviceError(f"not UTF-8 at byte {error.start}") from None
    except json.JSONDecodeError as error:
        raise DeviceError(f"not JSON: {error.msg} at character {error.pos}") from None
    except RecursionError:
        raise DeviceError("nested too deeply") from None
    except DeviceError:
        raise
    except ValueError as error:  # an integer of more digits than Python reads
        raise DeviceError(str(error).split(";")[0]) from None
    if not isinstance(found, dict):
        raise DeviceError(f"an object is expected, not {type(found).__name__}")
    return found
