"""The journal's notes as they come, for the live view; and whether the house is up."""

import sqlite3
from pathlib import Path

from controller.commands.lines import Since
from controller.journal.notes import Kept, read_notes
from controller.journal.schema import JournalError, open_to_read

_STANDING = (
    "what = 'wanted' AND number IN (SELECT max(number) FROM notes WHERE what = 'wanted' AND number <= ?"
    " GROUP BY device, json_extract(details, '$.property'))"
)


class Feed:
    """Notes after ``since``, and before them what is wanted since earlier. The journal need not be there yet."""

    def __init__(self, folder: Path, since: Since) -> None:
        self._folder = folder
        self._after = since.note
        self._connection: sqlite3.Connection | None = None

    def more(self) -> list[Kept]:
        """What is new; nothing while it cannot be read."""
        found: list[Kept] = []
        try:
            if self._connection is None:
                self._connection = open_to_read(self._folder)
                found = list(read_notes(self._connection, _STANDING, (self._after,)))
            found += read_notes(self._connection, "number > ?", (self._after,))
        except (JournalError, sqlite3.OperationalError):
            return found
        if found:
            self._after = max(self._after, found[-1].number)
        return found


def is_up(folder: Path, since: Since) -> bool:
    """Whether a controller reached the broker after ``since``: before that, what devices say is heard by nobody."""
    try:
        connection = open_to_read(folder)
    except JournalError:
        return False
    try:
        return any(
            kept.note.details.get("state") == "there"
            for kept in read_notes(connection, "what = 'link' AND number > ?", (since.note,))
        )
    finally:
        connection.close()
