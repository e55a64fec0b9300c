"""Venues with a random change: read, or refused with places inside their files and words in both languages."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from controller.commands.complaints import as_json
from controller.venue.findings import Finding, VenueError, say
from controller.venue.load import load
from scenes.model import Place
from tests.venues_written import written

VENUES = [*written("unusual"), *written("mistakes")]
PIECES = [
    "", " ", "  ", "\n", ":", ": ", "-", "- ", "[", "]", "{", "}", ",", "#", "'", '"', "|", ">", "&a", "*a", "!x", "$",
    "$x.y", "：", "，", "\t", "\u200b", "null", "true", "12:30", "9" * 30, "1.5s", "over", "in", "except", "not", "(",
    "é", "序厅", "\x00", "%", "for_each: x in y", "{}", "[]", "\n\n---\n", "a.b.c", "@", "`", "\\", "\u2028", "=",
    "==", "and", "or", ".", "..",
    "$queue", "$queue.minutes", "0:61", "opening - ", "{queue: 0}", "parallel: 2", "not mode.", "- - ", "6dB", "until",
    "choose: ", "repeat: 99", "together: [", "call: ", "timeline: ", "set: {}", "except", "everywhere", "minus: ",
]  # fmt: skip


@st.composite
def mutants(draw) -> dict[str, str]:
    texts = dict(draw(st.sampled_from(VENUES)).texts)
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(sorted(texts)))
        text = texts[name]
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([0, 0, 1, 1, 2, 5, 20, 200])))
        texts[name] = text[:start] + draw(st.sampled_from(PIECES)) + text[end:]
    return texts


def findings_of(texts: dict[str, str]) -> tuple[Finding, ...]:
    try:
        load(texts)
    except VenueError as error:
        return error.findings or (NOTHING_SAID,)
    return ()


NOTHING_SAID = Finding(Place("", 0, 0), say(""))


@given(texts=mutants())
def test_a_random_change_is_read_or_refused_with_a_place(texts):
    found = findings_of(texts)
    assert NOTHING_SAID not in found
    for one in found:
        lines = texts[one.place.file].split("\n")
        assert 1 <= one.place.line <= len(lines)
        assert 1 <= one.place.column <= len(lines[one.place.line - 1]) + 1
        assert one.message.text("en")
        assert one.message.text("zh")
        assert one.hint.text("zh") is not None
    assert len(as_json(found, Path("/nowhere"), "zh")) == len(found)
