"""Bytes to a JSON object, strictly: what is not exactly understood is refused with a reason, never guessed.

Refused before parsing: more than 64 KiB. Refused while parsing: text that is not UTF-8, NaN and infinities, duplicate
keys, control characters in names, nesting deeper than the parser's own bound, and anything that is not an object.
"""

import json
import math
import re
from typing import Any, NoReturn

MAX_BYTES = 64 * 1024
MOST_SAID, MOST_SHOWN = 300, 40  # characters of a reason, and of what somebody sent within it


class DeviceError(ValueError):
    """A device spoke nonsense. ``reason`` is for people, ``pointer`` a JSON pointer ("" is the whole).

    Both are short, whatever was sent.
    """

    def __init__(self, reason: str, pointer: str = "") -> None:
        reason, pointer = (text.encode("utf-8", "backslashreplace").decode() for text in (reason, pointer))
        reason, pointer = _cut(reason, MOST_SAID), _cut(pointer, MOST_SAID)
        super().__init__(f"{pointer}: {reason}" if pointer else reason)
        self.reason = reason
        self.pointer = pointer


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def quoted(text: str) -> str:
    """As JSON spells it; a long one is cut."""
    return _cut(json.dumps(text, ensure_ascii=False), MOST_SHOWN)


def spelled(value: object) -> str:
    """A JSON value as a sentence names it; a long one is cut."""
    match value:
        case dict():
            return "an object"
        case list():
            return "a list"
        case str():
            return f"the text {quoted(value)}"
    return _cut(json.dumps(value), MOST_SHOWN)


def _refuse_constant(name: str) -> NoReturn:
    raise DeviceError(f"{name} is not a number in JSON")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise DeviceError(f"the key {twice!r} appears twice", f"/{twice}")
    return found


def _whole(digits: str) -> int:
    if len(digits) < 20 and -(2**63) <= (number := int(digits)) < 2**63:
        return number
    raise DeviceError(f"a whole number of {len(digits)} digits; at most 64 bits are read")


def _real(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise DeviceError(f"{text[:20]} is beyond every number")
    return number


_decoder = json.JSONDecoder(
    object_pairs_hook=_unique, parse_constant=_refuse_constant, parse_int=_whole, parse_float=_real
)
_UNWRITABLE = re.compile("[\ud800-\udfff]")  # half of a character: no UTF-8 can carry it
_CONTROL = re.compile("[\x00-\x1f\x7f]")


def _check_texts(value: Any, pointer: str = "") -> None:  # noqa: ANN401 - whatever JSON holds
    """What only an escape can bring into a text: halves of characters, and control characters in a name."""
    if isinstance(value, str) and _UNWRITABLE.search(value):
        raise DeviceError("half of a character", pointer)
    if isinstance(value, list):
        for number, one in enumerate(value):
            _check_texts(one, f"{pointer}/{number}")
    elif isinstance(value, dict):
        for name, one in value.items():
            if _UNWRITABLE.search(name) or _CONTROL.search(name):
                raise DeviceError("a name with a sign that is none", pointer)
            _check_texts(one, f"{pointer}/{name}")


def parse_object(payload: bytes) -> dict[str, Any]:
    """The JSON object in ``payload``; an empty payload is an empty object. Raises ``DeviceError``."""
    if len(payload) > MAX_BYTES:
        raise DeviceError(f"{len(payload)} bytes; at most {MAX_BYTES} are read")
    try:
        text = payload.decode("utf-8")
        found = _decoder.decode(text) if text.strip() else {}
        if "\\" in text:
            _check_texts(found)
    except UnicodeDecodeError as error:
        raise DeviceError(f"not UTF-8 at byte {error.start}") from None
    except json.JSONDecodeError as error:
        why = f"{error.msg[0].lower()}{error.msg[1:]} at character {error.pos}"
        raise DeviceError(f'not JSON: {why}; an object is expected, such as {{"id": "a7"}}') from None
    except RecursionError:
        raise DeviceError("nested too deeply") from None
    except DeviceError:
        raise
    except ValueError as error:  # an integer of more digits than Python reads
        raise DeviceError(str(error).split(";")[0]) from None
    if not isinstance(found, dict):
        raise DeviceError(f"an object is expected, not {spelled(found)}")
    return found
