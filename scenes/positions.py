"""How far a film had come when something else was shown over it: there it goes on when it is on top again."""

from devices.vocabulary import Fields, Property
from scenes import playing
from scenes.decision import Decision
from scenes.layers import LEAD
from scenes.stage import Layer, Output


def follow(decision: Decision, output: Output, top: Layer | None) -> None:
    """The layers of a property changed: what lies beneath from now on keeps how far it had come, microseconds.

    That is what its player's reports tell; where they do not, how long it was on top.
    """
    clock = playing.clock_of(decision, output.device)
    for layer in output.layers:
        if layer is not top and layer.on_top is not None:
            if clock is not None and clock.play == layer.value.get("play"):
                layer.played = playing.position(clock, decision.at)
            else:
                layer.played += decision.at - layer.on_top
            layer.on_top = None
    if top is not None and top.on_top is None:
        top.on_top = decision.at
        if top.played and top.starts is not None:
            top.starts = decision.at + LEAD  # in step again, from where they were


def begins_at(property_: Property, top: Layer | None, wanted: Fields | None) -> int:
    """Where in its clip what is wanted now begins, microseconds; 0: at the beginning, as pictures and loops do."""
    if top is None or wanted is None or not property_.resumes or wanted.get("loop") is True:
        return 0
    return top.played if isinstance(wanted.get("play"), str) else 0
