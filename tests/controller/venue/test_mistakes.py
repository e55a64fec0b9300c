"""Planted mistakes, written by somebody else from the documents: each is found at its token, none besides."""

import pytest

from controller.venue.findings import Finding, VenueError
from controller.venue.load import load_venue
from tests.venues_written import Written, written

MISTAKES = written("mistakes")
UNUSUAL = written("unusual")


def findings_of(one: Written) -> tuple[Finding, ...]:
    try:
        load_venue(one.texts)
    except VenueError as error:
        return error.findings
    return ()


@pytest.mark.parametrize("one", MISTAKES, ids=lambda one: one.name)
def test_a_planted_mistake_is_found_at_its_token_and_nothing_else_is(one):
    found = [(it.place.file, it.place.line, it.place.column, it.place.width) for it in findings_of(one)]
    assert found == [one.mark]


@pytest.mark.parametrize("one", MISTAKES, ids=lambda one: one.name)
def test_what_is_said_of_it_names_it_in_english(one):
    (found,) = findings_of(one)
    said = f"{found.message.text()} {found.hint.text()}"
    assert [word for line in (*one.says, *one.hint) for word in line.split() if word not in said] == []


@pytest.mark.parametrize("one", MISTAKES, ids=lambda one: one.name)
def test_what_is_said_of_it_is_said_in_chinese_too(one):
    (found,) = findings_of(one)
    for words in (found.message, found.hint, *(also.words for also in found.also)):
        assert words.text("zh") != words.text("en") or not words, words.template


@pytest.mark.parametrize("one", UNUSUAL, ids=lambda one: one.name)
def test_what_is_unusual_and_right_has_no_findings(one):
    assert [str(found) for found in findings_of(one)] == []


def test_there_are_enough_of_them():
    assert len(MISTAKES) >= 60
    assert len(UNUSUAL) >= 30
