"""One file a command. A command reads its arguments, asks the rooms, prints, and returns an ``Exit``."""
