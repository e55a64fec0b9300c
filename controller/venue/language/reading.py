"""A table as its form: everything that is wrong in it in one go, in the words of the form that the author used."""

from typing import TypeVar

from pydantic import ValidationError

from controller.venue.findings import Finding, VenueError, near, nearest, say, wrong
from controller.venue.language.forms import Form
from controller.venue.source.nodes import Table
from scenes.model import Place

AnyForm = TypeVar("AnyForm", bound=Form)


def read_form(form: type[AnyForm], table: Table, key: Place, what: str) -> AnyForm:
    """``table`` as a ``form``. ``key``: where the key stands whose table it is; ``what``: a noun with its article.

    Raises ``VenueError`` with everything that is wrong in this one table; what is missing is one finding.
    """
    try:
        return form.model_validate(table.entries)
    except ValidationError as error:
        raise VenueError(_findings(form, error, table, key, what)) from None


def keys_of(form: type[Form]) -> tuple[str, ...]:
    """The keys of a form as an author writes them."""
    return tuple(name.rstrip("_") for name in form.model_fields)


def _findings(form: type[Form], error: ValidationError, table: Table, key: Place, what: str) -> list[Finding]:
    found: list[Finding] = []
    missing: list[str] = []
    meant: set[str | None] = set()
    for one in error.errors(include_url=False):
        name = str(one["loc"][0])
        match one["type"]:
            case "extra_forbidden":
                found += unknown_key(table, name, keys_of(form), what).findings
                meant.add(nearest(name, [known for known in keys_of(form) if known not in table.keys]))
            case "missing":
                missing.append(name)
            case _:
                found += one.get("ctx", {})["error"].findings
    missing = [name for name in missing if name not in meant]
    if missing:
        needed = tuple(say(_EXAMPLES.get(f"{form.__name__}.{name}", _EXAMPLES.get(name, name))) for name in missing)
        found += wrong(key, "{} needs {}", say(what), tuple(missing), hint=say("write {}", needed)).findings
    return found


def unknown_key(table: Table, name: str, known: tuple[str, ...], what: str) -> VenueError:
    """A key that is none here: the nearest one, of those that are not there yet."""
    free = [one for one in known if one not in table.keys]
    hint = near(name, free) if nearest(name, free) or not nearest(name, known) else near(name, known)
    return wrong(table.keys[name], "{} has no key '{}'", say(what), name, hint=hint or "leave it out")


_EXAMPLES = {  # what to write for a key that is missing
    "at_most": "at_most: 90s (the longest it lasts)",
    "WaitForm.else": "else: end (what then; a step is fine, too)",
    "until": "until: hall.sensor.empty (a state)",
    "does": "does: and a list of steps",
    "starts": "starts: and what starts it",
    "kind": "kind: and the sort of device",
    "staff": "say: {{staff: text}}",
    "CoolsForm.for": "cools: 20s, or cools: {{for: 20s, from: start}}",
    "when": "when: hall.device.word",
    "queue": "queue: 3 (how many may wait)",
    "wait": "wait: 25min (how long one waits at most)",
    "within": "within: 10s (from the first to the last)",
    "WithoutForm.for": "for: 5min (how long nothing is heard)",
    "SilenceForm.for": "for: 5min (how long nothing is heard)",
    "zone": "zone: and whose clock counts, as in Asia/Shanghai",
    "id": "id: and the row's name",
    "CueForm.else": "else: go, stay or end (what then)",
}
