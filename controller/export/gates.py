"""The gates between an event and a run, as a table in Markdown: drawn from the table that the engine walks through."""

from collections.abc import Iterator

from scenes.gates import GATES, Column
from scenes.verdicts import Verdict, gate_of

_COLUMNS: dict[Column, str] = {
    "event": "`when` `all` `in_order` `without`",
    "while": "`while`",
    "order": "`by`",
    "calendar": "`at`",
    "call": "`call`",
    "called": "out of the queue",
}
_SAME = {"in_time": "fresh"}  # the clock's own way to be too late
_ASIDE = ("expired", "set_aside", "withdrawn", "started")  # no gate of its own


def gates() -> str:
    """Each gate in its order: which ways to start pass it, and with which verdicts it stops them."""
    head = ("gate", *_COLUMNS.values(), "stops with")
    rows = [head, ("---",) * len(head), *_rows()]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _rows() -> Iterator[tuple[str, ...]]:
    passed: dict[str, set[Column]] = {}
    for gate, columns in GATES:
        name = gate.__name__.strip("_")
        passed.setdefault(_SAME.get(name, name), set()).update(columns)
    for name, ways in passed.items():
        verdicts = [f"`{one}`" for one in Verdict if gate_of(one) == name and one not in _ASIDE]
        yield name, *("yes" if one in ways else "" for one in _COLUMNS), ", ".join(verdicts)
