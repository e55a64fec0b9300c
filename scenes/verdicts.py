"""How a candidate can end: it started, or the gate that stopped it. Each candidate ends in exactly one."""

from enum import StrEnum


class Verdict(StrEnum):
    """The verdicts, in the order of their gates."""

    RETAINED = "retained"
    STALE = "stale"
    EXPIRED = "expired"
    MISSED = "missed"
    NO_EDGE = "no_edge"
    DWELL_BROKEN = "dwell_broken"
    DISARMED = "disarmed"
    CLOSED = "closed"
    COOLING = "cooling"
    CONDITION_FALSE = "condition_false"
    CONDITION_UNKNOWN = "condition_unknown"
    EXTENDED = "extended"
    BUSY = "busy"
    STARTED = "started"
    SET_ASIDE = "set_aside"
    WITHDRAWN = "withdrawn"
