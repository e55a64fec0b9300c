"""A whole visit at a station as lines to paste, from the turns that its kind declares."""

import json
import shlex
from collections.abc import Iterator
from typing import Any

from controller.export.channels import COMMAND_ID
from controller.export.prose import VISIT
from devices.vocabulary import Kind

SESSION = "visit-0001"


def visit_part(kind: Kind, at: str) -> Iterator[str]:
    """The heading, what it is about, and the lines. ``at``: the topics of the station, such as ``demo/hall/ring``."""
    yield "### A whole visit"
    yield VISIT.strip("\n")
    yield "\n".join(("```sh", "# In a terminal of its own: what the station hears.", _hears(at), "```"))
    yield "\n".join(("```sh", "# In another one: what it says.", *_says(kind, at), "```"))


def _hears(at: str) -> str:
    topics = " ".join(f"-t '{at}/{rest}'" for rest in ("set", "do/+", "error"))
    return (
        f"mosquitto_sub -h HOST -q 1 -v {topics} \\\n"
        f"  --will-topic '{at}/status' --will-payload offline --will-qos 1 --will-retain"
    )


def _says(kind: Kind, at: str) -> Iterator[str]:
    state = {**kind.examples.get("state", {}), "page": None}
    yield f"mosquitto_pub -h HOST -q 1 -r -t '{at}/status' -m 'online'"
    yield _line(at, "state", state)
    seq = 0
    for way, word in kind.visit:
        match way:
            case "says":
                seq += 1
                own = {**kind.examples[f"session/{word}"], "session": SESSION, "seq": seq}
                yield _line(at, f"session/{word}", own)
            case "is shown":
                yield f'# It hears on …/set: {{"page": "{word}", …}}. Shown, it says so:'
                yield _line(at, "state", {**state, "page": word})
            case "is told":
                yield f'# Wait: it hears on …/do/{word}: {{"id": "…", …}}. Put that id in:'
                yield _line(at, "ack", {"id": COMMAND_ID, "ok": True})
    yield "# It hears another page, or null: the visit is over. Shown, it says so:"
    yield _line(at, "state", state)


def _line(at: str, rest: str, body: dict[str, Any]) -> str:
    retain = " -r" if rest == "state" else ""
    text = json.dumps(body, ensure_ascii=False)
    quoted = shlex.quote(text) if "'" in text else f"'{text}'"
    return f"mosquitto_pub -h HOST -q 1{retain} -t '{at}/{rest}' -m {quoted}"
