"""A player's own clock: which file it plays, and how far it is, as its reports tell.

It begins when another file is reported, stops while the player reports that it does not play, and is at its end when
that is said. A live report of a position puts it right.
"""

from devices.contracts.playing import ENDED, PLAY, PLAYING, POSITION
from devices.vocabulary import DeviceId
from scenes.decision import Decision
from scenes.inputs import Heard
from scenes.stage import Clock, Output


def heard(decision: Decision, heard: Heard, *, fresh: bool) -> None:
    """A device reported, its values are known by now. ``fresh``: the event is no old one."""
    has_ended = heard.event == ENDED and fresh
    if not has_ended and not {PLAY, PLAYING, POSITION} & set(heard.states):
        return
    life = decision.device_life(heard.device)
    values = decision.stage.values
    play = values.get(f"{heard.device}.{PLAY}")
    runs = values.get(f"{heard.device}.{PLAYING}") is not False
    was, at = life.clock, decision.at
    if not isinstance(play, str):
        life.clock = None
        return
    if was is None or was.play != play or (was.ended and heard.states.get(PLAYING) is True):
        life.clock = Clock(play, _told(decision, heard.device, play), at, runs)
    elif has_ended or was.ended:
        life.clock = Clock(play, position(was, at), at, runs=False, ended=True)
    elif runs != was.runs:
        life.clock = Clock(play, position(was, at), at, runs)
    seconds = heard.states.get(POSITION)
    if life.clock is not None and heard.source == "live" and isinstance(seconds, int | float):
        life.clock = Clock(play, round(seconds * 1_000_000), at, life.clock.runs, life.clock.ended)


def clock_of(decision: Decision, device: DeviceId) -> Clock | None:
    """The player's clock; None: it plays nothing, as far as known."""
    life = decision.stage.devices.get(device)
    return life.clock if life is not None else None


def position(clock: Clock, at: int) -> int:
    """How far the player is then."""
    return clock.position + (at - clock.at if clock.runs else 0)


def now_at(decision: Decision, output: Output) -> int:
    """Where in its clip a player was told to be by now, where it was not told to begin at the beginning; else 0.

    In step with others it is where they are.
    """
    if output.starts is not None:
        return output.begins + max(0, decision.at - output.starts)
    return output.begins + decision.at - output.since if output.begins else 0


def _told(decision: Decision, device: DeviceId, play: str) -> int:
    """Where in this file the player was told to be by now."""
    for property_ in decision.venue.devices[device].kind.properties:
        output = decision.stage.outputs.get(f"{device}/{property_.name}")
        if output is not None and output.wanted is not None and output.wanted.get(PLAY) == play:
            return now_at(decision, output)
    return 0
