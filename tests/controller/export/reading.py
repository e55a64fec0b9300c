"""How a stranger reads the document: which channel a topic belongs to, and whether a body is as it says."""

import json
import re
from collections.abc import Iterator
from typing import Any

from jsonschema import Draft7Validator

Document = dict[str, Any]


def at(document: Document, reference: dict[str, str]) -> Any:
    """What a reference points to."""
    found: Any = document
    for part in reference["$ref"].removeprefix("#/").split("/"):
        found = found[part]
    return found


def messages(document: Document) -> Iterator[tuple[str, Document, Document]]:
    """(its name, the message, its schema)."""
    for name, message in document["components"]["messages"].items():
        yield name, message, at(document, message["payload"])


def channels_for(document: Document, topic: str) -> list[str]:
    """The names of the channels whose address the topic fits."""
    return [name for name, one in document["channels"].items() if _fits(document, one, topic)]


def _fits(document: Document, channel: Document, topic: str) -> bool:
    pattern = re.sub(r"\{(\w+)\}", lambda found: f"(?P<{found[1]}>[^/]+)", channel["address"])
    found = re.fullmatch(pattern, topic)
    if found is None:
        return False
    allowed = {name: at(document, one).get("enum") for name, one in channel.get("parameters", {}).items()}
    return all(values is None or found[name] in values for name, values in allowed.items())


def faults(document: Document, topic: str, payload: bytes, kind: str = "") -> list[str]:
    """What is wrong with a message by the document: no channel, or no body of it fits. Empty: nothing.

    What the house says may grow, so its schemas allow fields that they do not know; here those are faults, too.
    """
    names = [name for name in channels_for(document, topic) if name.startswith(kind)]
    if not names:
        return [f"no channel has the topic {topic}"]
    found: list[str] = []
    for message in document["channels"][names[0]]["messages"].values():
        described = at(document, message)
        value = payload.decode() if described["contentType"] == "text/plain" else _json(payload)
        wrong = list(strictly(at(document, described["payload"])).iter_errors(value))
        if not wrong:
            return []
        found += [f"{topic}: {one.message}" for one in wrong]
    return found


def strictly(schema: Document) -> Draft7Validator:
    """The schema, which does not know any other field."""
    is_object = schema.get("type") == "object"
    return Draft7Validator({**schema, "additionalProperties": False} if is_object else schema)


def _json(payload: bytes) -> Any:
    try:
        return json.loads(payload)
    except ValueError:
        return None
