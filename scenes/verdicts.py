"""How a candidate can end: it started, or the gate that stopped it. Each candidate ends in exactly one."""

from enum import StrEnum


class Verdict(StrEnum):
    """The verdicts, in the order of their gates."""

    RETAINED = "retained"
    STALE = "stale"
    EXPIRED = "expired"
    NO_EDGE = "no_edge"
    DWELL_BROKEN = "dwell_broken"
    DISARMED = "disarmed"
    COOLING = "cooling"
    CONDITION_FALSE = "condition_false"
    CONDITION_UNKNOWN = "condition_unknown"
    EXTENDED = "extended"
    BUSY = "busy"
    QUEUE_FULL = "queue_full"
    WAITED_TOO_LONG = "waited_too_long"
    REPLACED = "replaced"
    STARTED = "started"
    SET_ASIDE = "set_aside"
    WITHDRAWN = "withdrawn"
