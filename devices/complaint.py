"""What is wrong with a body, in words for whoever builds the device: where, what is there, what is expected."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from devices.payload import DeviceError, quoted, spelled

EXPECTED = {  # by pydantic's name of the fault; values in braces are its own
    "bool_type": "true or false",
    "string_type": "a text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "finite_number": "a number",
    "dict_type": "an object",
    "model_type": "an object",
    "list_type": "a list",
    "tuple_type": "a list",
    "literal_error": "{expected}",
    "greater_than": "more than {gt:.15g}",
    "greater_than_equal": "at least {ge:.15g}",
    "less_than": "less than {lt:.15g}",
    "less_than_equal": "at most {le:.15g}",
    "string_too_short": "a text of {min_length} or more characters",
    "string_too_long": "a text of at most {max_length} characters",
    "string_pattern_mismatch": "a text of the form {pattern}",
}


def complaint(body: type[BaseModel], found: Mapping[str, Any], error: ValidationError) -> DeviceError:
    """The first fault. A key that is none comes before one that is missing: it may be that one, misspelt."""
    faults = sorted(error.errors(include_url=False), key=lambda one: one["type"] != "extra_forbidden")
    first = faults[0]
    way = _way(first, found)
    alike = [one for one in faults if _way(one, found) == way]  # one for each of several types a value may have
    return DeviceError(_words(body, first, way, alike), "".join(f"/{part}" for part in way))


def _way(fault: ErrorDetails, found: Any) -> list[str | int]:  # noqa: ANN401 - whatever JSON holds
    """The keys that lead to the fault; what pydantic adds behind them (which of several types) is left out."""
    way: list[str | int] = []
    for part in fault["loc"]:
        match found, part:
            case dict(), _ if part in found:
                found = found[part]
            case list(), int():
                found = found[part]
            case _ if fault["type"] == "missing":
                found = None
            case _:
                break
        way.append(part)
    return way


def _words(body: type[BaseModel], first: ErrorDetails, way: list[str | int], alike: list[ErrorDetails]) -> str:
    if first["type"] == "missing":
        return f"the key {quoted(str(way[-1]))} is missing; it must be there"
    if first["type"] == "extra_forbidden":
        return f"there is no key {quoted(str(way[-1]))} here" + (_which(str(way[0]), body) if len(way) == 1 else "")
    if any(one["type"] not in EXPECTED for one in alike):
        return first["msg"]
    *others, last = dict.fromkeys(EXPECTED[one["type"]].format(**one.get("ctx", {})) for one in alike)
    expected = f"{', '.join(others)} or {last}" if others else last
    return f"{expected} is expected, not {spelled(first['input'])}"


def _which(key: str, body: type[BaseModel]) -> str:
    keys = [info.alias or name for name, info in body.model_fields.items()]
    meant = get_close_matches(key, keys, 1)
    if meant:
        return f'; did you mean "{meant[0]}"?'
    return f"; there are: {', '.join(keys)}" if keys else "; leave it out"
