"""How a candidate can end: it started, or the gate that stopped it. Each candidate ends in exactly one."""

from enum import StrEnum


class Verdict(StrEnum):
    """The verdicts, in the order of their gates."""

    HELD_BY_SAFETY = "held_by_safety"
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
    QUEUE_FULL = "queue_full"
    WAITED_TOO_LONG = "waited_too_long"
    REPLACED = "replaced"
    CLAIM_DENIED = "claim_denied"
    STARTED = "started"
    SET_ASIDE = "set_aside"
    WITHDRAWN = "withdrawn"


_GATES = {  # verdict → the gate that gave it, where the two have different names
    "held_by_safety": "safety",
    "retained": "fresh",
    "stale": "fresh",
    "missed": "fresh",
    "no_edge": "edge",
    "dwell_broken": "dwell",
    "disarmed": "armed",
    "closed": "hours",
    "cooling": "cooldown",
    "condition_false": "condition",
    "condition_unknown": "condition",
    "extended": "busy",
    "queue_full": "busy",
    "waited_too_long": "busy",
    "replaced": "busy",
    "claim_denied": "claim",
    "started": "start",
}


def gate_of(verdict: Verdict) -> str:
    """The gate at which a candidate ended so."""
    return _GATES.get(verdict, verdict)
