"""How commands end: one table. Numbers above 63 are those of sysexits.h, which service managers know."""

from enum import IntEnum


class Exit(IntEnum):
    """What a command's exit code says."""

    OK = 0  # done
    NO = 1  # understood and refused: an order refused, nothing found
    USAGE = 2  # the command line was wrong
    UNAVAILABLE = 69  # no broker, no answer, or a program is missing
    BUG = 70  # our fault
    TAKEN = 75  # another controller has this venue: try again when it is gone
    CONFIG = 78  # the venue's configuration or a setting is wrong
