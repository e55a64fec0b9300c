"""A venue's folder: what is read, and what is refused with a place."""

import os
from pathlib import Path

import pytest

from controller.venue.findings import Finding, VenueError
from controller.venue.source.files import MOST_BYTES, digest, read_folder


def finding_in(folder: Path) -> Finding:
    with pytest.raises(VenueError) as raised:
        read_folder(folder)
    return raised.value.findings[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "venue.yaml").write_text("venue: demo\n", encoding="utf-8")
    return tmp_path


def test_files_below_and_tables_are_read_by_their_path(folder):
    (folder / "halls").mkdir()
    (folder / "halls" / "main.yaml").write_text("title: 主厅\n", encoding="utf-8")
    (folder / "exhibits.csv").write_text("id\ne1\n", encoding="utf-8")
    (folder / "notes.txt").write_text("not for us")
    assert read_folder(folder) == {
        "exhibits.csv": "id\ne1\n",
        "halls/main.yaml": "title: 主厅\n",
        "venue.yaml": "venue: demo\n",
    }


def test_what_begins_with_a_dot_is_passed_over(folder):
    (folder / ".git").mkdir()
    (folder / ".git" / "x.yaml").write_text("broken: [")
    (folder / ".draft.yaml").write_text("broken: [")
    assert list(read_folder(folder)) == ["venue.yaml"]


def test_a_byte_order_mark_and_line_ends_of_windows_are_no_harm(folder):
    (folder / "venue.yaml").write_bytes(b"\xef\xbb\xbfvenue: demo\r\ntitle: x\r\n")
    assert read_folder(folder)["venue.yaml"] == "venue: demo\ntitle: x\n"


def test_a_linked_folder_is_read(folder, tmp_path_factory):
    shared = tmp_path_factory.mktemp("shared")
    (shared / "looks.yaml").write_text("looks: [warm]\n")
    (folder / "shared").symlink_to(shared)
    assert "shared/looks.yaml" in read_folder(folder)


def test_a_folder_that_leads_back_into_itself_is_refused(folder):
    (folder / "halls").mkdir()
    (folder / "halls" / "up").symlink_to(folder)
    found = finding_in(folder)
    assert (found.message.template, found.place.file) == (
        "this folder leads back into itself",
        str(folder / "halls" / "up"),
    )


def test_a_link_that_leads_nowhere_is_refused(folder):
    (folder / "gone.yaml").symlink_to(folder / "nothing.yaml")
    assert str(finding_in(folder).place) == "gone.yaml:1:1"


def test_a_pipe_is_refused_and_not_waited_for(folder):
    os.mkfifo(folder / "pipe.yaml")
    assert finding_in(folder).message.template == "this is not a file"


def test_folders_without_end_are_refused(folder):
    deep = folder
    for _ in range(12):
        deep = deep / "a"
        deep.mkdir()
    assert "deep" in finding_in(folder).message.template


def test_a_file_that_is_too_large_is_refused(folder):
    (folder / "big.yaml").write_bytes(b"#" * (MOST_BYTES + 1))
    assert str(finding_in(folder).place) == "big.yaml:1:1"


def test_what_is_not_utf_8_is_refused_at_its_first_sign(folder):
    (folder / "title.yaml").write_bytes("# 好\ntitle: ".encode() + "展厅".encode("gb18030"))
    assert str(finding_in(folder).place) == "title.yaml:2:9"


def test_a_table_that_excel_saved_in_another_encoding_is_refused_with_what_to_do(folder):
    (folder / "exhibits.csv").write_bytes("id,title\ne1,数字\n".encode("gb18030"))
    assert "CSV UTF-8" in finding_in(folder).hint.text()


def test_all_files_that_cannot_be_read_are_told_in_one_go(folder):
    (folder / "a.yaml").write_bytes(b"\xff")
    (folder / "b.yaml").write_bytes(b"\xff")
    with pytest.raises(VenueError) as raised:
        read_folder(folder)
    assert [one.place.file for one in raised.value.findings] == ["a.yaml", "b.yaml"]


def test_no_folder_and_no_files_are_findings(tmp_path):
    assert finding_in(tmp_path / "nowhere").message.template == "there is no such folder"
    (tmp_path / "venue.yml").write_text("venue: demo\n")
    assert finding_in(tmp_path).hint.text() == "end its files in .yaml"


def test_the_same_texts_have_the_same_name():
    assert digest({"a": "1", "b": "2"}) == digest({"b": "2", "a": "1"}) != digest({"a": "1", "b": "3"})
