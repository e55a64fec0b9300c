"""Which venue a command means that is told none."""

from pathlib import Path

from controller.presence import NoController, find_controller, find_state
from controller.settings import SettingsError, read_settings

VENUES = Path("config/venues")


class NoVenue(Exception):  # noqa: N818 - a fact that commands tell
    """No venue was named, and none or several are here."""


def is_venue(folder: Path) -> bool:
    """Whether a venue's files stand there."""
    return any("venue:" in path.read_text("utf-8", "replace") for path in folder.glob("*.yaml"))


def find_venue(typed: str, behind: str = "") -> Path:
    """The folder we stand in, or the one venue below ``config/venues``, or that of the running controller.

    ``typed``: what the command is, up to the folder that it lacks; ``behind``: what was typed besides. Raises
    ``NoVenue``.
    """
    if is_venue(Path()):
        return Path()
    folders = sorted(path.parent for path in VENUES.glob("*/venue.yaml"))
    if len(folders) == 1:
        return folders[0]
    try:
        return Path(find_controller(find_state(read_settings().state, None)).config)
    except (NoController, SettingsError):
        if not folders:
            raise NoVenue(f"there is no venue here (none in {VENUES}/); type `{typed} FOLDER{behind}`") from None
        lines = [f"  {typed} {folder}{behind}" for folder in folders]
        raise NoVenue("\n".join(["which venue? Type one of:", *lines])) from None
