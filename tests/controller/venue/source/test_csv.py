"""CSV with a place for every cell."""

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.venue.findings import VenueError
from controller.venue.source.csv import read_csv
from controller.venue.source.nodes import Text

SIGNS = st.text(st.sampled_from('ab ,"\n中é;'), max_size=6)


def cells(text: str) -> list[list[str]]:
    return [[cell.text for cell in row] for row in read_csv("t.csv", text)]


def places(text: str) -> list[list[str]]:
    return [
        [f"{cell.place.line}:{cell.place.column}+{cell.place.width}" for cell in row] for row in read_csv("t", text)
    ]


def test_cells_are_what_is_written():
    assert cells('id,title\ne1,"a, ""b"""\n') == [["id", "title"], ["e1", 'a, "b"']]


def test_every_cell_knows_its_place_in_characters():
    assert places('编号, 标题,x\ne1,"二",y\n') == [["1:1+2", "1:5+2", "1:8+1"], ["2:1+2", "2:5+1", "2:8+1"]]


def test_places_go_on_behind_a_text_over_two_lines():
    assert places('id,note\ne1,"a\nb",c\ne2,x,y\n')[2] == ["4:1+2", "4:4+1", "4:6+1"]
    assert places('id,note\ne1,"a\nb",c\ne2,x,y\n')[1][2] == "3:4+1"


def test_empty_lines_are_passed_over_and_empty_cells_are_cells():
    assert cells("id,a\n\ne1,\n\n") == [["id", "a"], ["e1", ""]]


@pytest.mark.parametrize(("text", "where"), [('id\n"a', "2:1"), ('id,x\na,"b"c\n', "2:6"), ('id,x\na,"b\nc', "2:3")])
def test_a_broken_quote_is_a_finding_where_it_stands(text, where):
    with pytest.raises(VenueError) as raised:
        read_csv("t.csv", text)
    assert str(raised.value.findings[0].place) == f"t.csv:{where}"


@given(st.lists(st.lists(SIGNS.map(str.strip), min_size=2, max_size=4), min_size=1, max_size=4))
def test_it_reads_what_pythons_own_writer_writes(rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    assert cells(out.getvalue()) == rows


@given(st.text(st.sampled_from('ab ,"\n中'), max_size=30))
def test_any_signs_are_rows_or_a_finding(text):
    found: list[list[Text]] = []
    with suppress(VenueError):
        found = read_csv("t.csv", text)
    lines = text.split("\n")
    for row in found:
        for cell in row:
            line = lines[cell.place.line - 1]
            assert cell.whole or not cell.text or line[cell.place.column - 1 :].startswith(cell.text)
