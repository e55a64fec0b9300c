"""The small language of the venue: a house whose clock is ours, in which things are said, ordered, and looked at.

    house = House(HALL)
    house.starts()
    house.says("preface.entry", occupied=True)
    house.advance("800ms")
    assert house.verdicts("welcome") == ["started"]
    assert house.shown("preface.wash") == {"look": "warm"}

Every input method returns the effects of that one input, what fell due before it included.
"""

import re
from collections.abc import Iterable
from typing import Any, TypeVar

from controller.venue.load import read_venue
from devices.vocabulary import DeviceId, Scalar
from scenes.claims import holder
from scenes.effects import Answer, Effect, Note, SceneState, Set, Tell
from scenes.engine import Engine
from scenes.inputs import (
    Acked,
    ClockStepped,
    Heard,
    Input,
    LinkDown,
    LinkUp,
    NotSent,
    Ordered,
    Refused,
    Reloaded,
    Restarted,
    Seen,
    Source,
)
from scenes.model import SceneId, Venue
from scenes.stage import Output, Stage, from_bytes, to_bytes

OPENING = 1_642_381_200_000_000  # wall time at engine time 0: 2022-01-17 09:00 in Hangzhou, in microseconds
_MICROS = {"us": 1, "ms": 1_000, "s": 1_000_000, "min": 60_000_000, "h": 3_600_000_000}
_Kind = TypeVar("_Kind")


def micros(time: str | int) -> int:
    """``800ms``, ``1min30s`` or a whole number of microseconds, as microseconds."""
    if isinstance(time, int):
        return time
    parts = re.findall(r"(\d+)(us|ms|min|s|h)", time)
    assert "".join(number + unit for number, unit in parts) == time, f"{time!r} is no time of this language"
    return sum(int(number) * _MICROS[unit] for number, unit in parts)


def venue_of(text: str, **more: str) -> Venue:
    """The venue in ``text``; ``more`` are further files, by name without ``.yaml``."""
    return read_venue({"venue.yaml": text} | {f"{name}.yaml": one for name, one in more.items()})


def of(kind: type[_Kind], effects: Iterable[Effect]) -> list[_Kind]:
    """The effects of one kind, in order."""
    return [one for one in effects if isinstance(one, kind)]


class House:
    """A venue, its engine and a clock that only ``advance`` moves."""

    def __init__(self, text: str, **more: str) -> None:
        self.venue = venue_of(text, **more)
        self.engine = Engine(self.venue)
        self.effects: list[Effect] = []
        self.inputs: list[Input] = []
        self.now = 0
        self.wall = OPENING  # wall time at engine time 0
        self._epoch = 0

    # --- what happens -------------------------------------------------------------------------------------------

    def starts(self, *, link: bool = True) -> list[Effect]:
        """The controller starts for the first time; the broker is there unless ``link`` says otherwise."""
        return self._restart(died_at=None, link=link)

    def says(self, device: str, *, source: Source = "live", ts: int | None = None, **states: Scalar) -> list[Effect]:
        """A device reports its state. ``ts``: its own clock, as engine time."""
        return self._take(Heard, device=device, states=states, fields=states, ts=_wall(ts), source=source)

    def happens(
        self,
        name: str,
        *,
        source: Source = "live",
        ts: int | None = None,
        id_: str | None = None,
        session: str = "",
        **fields: Scalar,
    ) -> list[Effect]:
        """An event, ``hall.device.event``, with its fields; truths and numbers among them are states, too.

        ``session``: the visit that it belongs to, at a station.
        """
        device, _, event = name.rpartition(".")
        states = {key: value for key, value in fields.items() if isinstance(value, bool | int | float)}
        return self._take(
            Heard,
            device=device,
            event=event,
            states=states,
            fields=fields,
            id=id_,
            ts=_wall(ts),
            source=source,
            session=session,
        )

    def order(self, verb: str, target: str = "", *, expires: int | None = None, **more: Any) -> list[Effect]:
        """Staff order something. ``expires`` in engine time; ``more``: id, by, source, fault, reply_to."""
        return self._take(Ordered, verb=verb, target=target, expires=_wall(expires), **more)

    def confirms(self, device: str) -> list[Effect]:
        """The device reports exactly what it was last asked for."""
        return self.says(device, **self._reported(device))

    def refuses(self, device: str, reason: str = "no") -> list[Effect]:
        """The device answers its last want with no."""
        return self._take(Acked, device=device, id=self.sets(device)[-1].id, ok=False, reason=reason)

    def does(self, device: str) -> list[Effect]:
        """The device answers its last command with yes."""
        return self._take(Acked, device=device, id=self.told(device)[-1].id, ok=True)

    def does_all(self, device: str) -> list[Effect]:
        """The device answers every command that waits for an answer with yes."""
        waiting = [one.id for one in self.stage.commands.values() if one.device == device]
        return [effect for one in waiting for effect in self._take(Acked, device=device, id=one, ok=True)]

    def declines(self, device: str, reason: str = "no") -> list[Effect]:
        """The device answers its last command with no."""
        return self._take(Acked, device=device, id=self.told(device)[-1].id, ok=False, reason=reason)

    def cannot_send(self, device: str, reason: str = "too long") -> list[Effect]:
        """The output could not send the last command to this device."""
        return self._take(NotSent, id=self.told(device)[-1].id, reason=reason)

    def comes(self, device: str, *, source: Source = "live") -> list[Effect]:
        """The device is there."""
        return self._take(Seen, device=device, online=True, source=source)

    def goes(self, device: str) -> list[Effect]:
        """The device is gone."""
        return self._take(Seen, device=device, online=False)

    def babbles(self, device: str, reason: str = "not JSON") -> list[Effect]:
        """The device said what nobody understood."""
        return self._take(Refused, topic=f"demo/{device.replace('.', '/')}/state", reason=reason, device=device)

    def link_goes(self) -> list[Effect]:
        """The broker cannot be reached."""
        return self._take(LinkDown, reason="connection lost")

    def link_comes(self) -> list[Effect]:
        """The broker is back."""
        return self._take(LinkUp)

    def clock_steps(self, offset: int) -> list[Effect]:
        """Wall time is engine time plus ``offset`` from now on."""
        return self._take(ClockStepped, offset=offset)

    def reloads(self, text: str, **more: str) -> list[Effect]:
        """The venue's files were changed to ``text``."""
        self.venue = venue_of(text, **more)
        return self._take(Reloaded, venue=self.venue)

    def crashes(self, away: str = "10s", *, link: bool = True, outage_known: bool = True) -> list[Effect]:
        """The controller dies now, and starts again ``away`` later with what was kept."""
        died_at = self.now
        self.is_taken_up()
        self.now += micros(away)
        return self._restart(died_at=died_at, link=link, outage_known=outage_known)

    def is_taken_up(self) -> None:
        """Another engine goes on from the bytes of the stage, as if nothing had been."""
        self.engine = Engine(self.venue, from_bytes(to_bytes(self.engine.stage)))

    def advance(self, time: str | int) -> list[Effect]:
        """Time passes."""
        self.now += micros(time)
        return self._kept(self.engine.advance(self.now))

    # --- what can be seen ---------------------------------------------------------------------------------------

    @property
    def stage(self) -> Stage:
        return self.engine.stage

    @property
    def answers(self) -> list[Answer]:
        """What people were answered."""
        return of(Answer, self.effects)

    def sets(self, device: str) -> list[Set]:
        """What the device was asked for, in order."""
        return [one for one in of(Set, self.effects) if one.device == device]

    def shown(self, device: str) -> dict[str, Scalar]:
        """What a device shows that does at once whatever it is asked for."""
        return {key: value for one in self._last_sets(device) for key, value in one.value.items()}

    def output(self, device: str, property_: str = "") -> Output:
        """Wanted, sent, confirmed, for one property (the device's first one, if none is named)."""
        name = property_ or self.venue.devices[DeviceId(device)].kind.properties[0].name
        return self.stage.outputs[f"{device}/{name}"]

    def told(self, device: str) -> list[Tell]:
        """The commands the device was told, in order."""
        return [one for one in of(Tell, self.effects) if one.device == device]

    def notes(self, what: str, scene: str | None = None) -> list[Note]:
        """The notes of one sort, of one scene or of all."""
        return [one for one in of(Note, self.effects) if one.what == what and scene in (None, one.scene)]

    def verdicts(self, scene: str) -> list[str]:
        """How the scene's candidates ended, in order."""
        return [str(one.verdict) for one in self.notes("verdict", scene)]

    def verdict(self, scene: str) -> Note:
        """How the scene's last candidate ended."""
        return self.notes("verdict", scene)[-1]

    def pending(self) -> int:
        """How many candidates wait."""
        return self.stage.pending()

    def running(self) -> list[str]:
        """The scenes that run, the longest running first."""
        return [run.scene for run in self.stage.runs.values()]

    def why_ended(self, scene: str) -> str:
        """Why the scene's last run ended."""
        return str(self.notes("ended", scene)[-1].details["why"])

    def said(self) -> list[str]:
        """The lines for staff."""
        return [str(one.details["text"]) for one in self.notes("said")]

    def holder(self, thing: str) -> str:
        """The scene that holds a hall or a station; empty: nobody does."""
        run = holder(self.stage, thing)
        return run.scene if run is not None else ""

    def suspended(self) -> list[str]:
        """The scenes of which a run is suspended."""
        return [run.scene for run in self.stage.runs.values() if run.suspended]

    def state(self, scene: str) -> SceneState:
        """What everybody was last told that the scene is doing."""
        return [one for one in of(SceneState, self.effects) if one.scene == SceneId(scene)][-1]

    # --- how it is done -----------------------------------------------------------------------------------------

    def _restart(self, *, died_at: int | None, link: bool, outage_known: bool = True) -> list[Effect]:
        self._epoch += 1
        fields = {"journal": "journal", "epoch": self._epoch, "offset": self.wall, "outage_known": outage_known}
        effects = self._take(Restarted, died_at=died_at, **fields)
        return effects + (self.link_comes() if link else [])

    def _take(self, kind: type, **fields: Any) -> list[Effect]:
        one: Input = kind(at=self.now, number=len(self.inputs) + 1, **fields)
        self.inputs.append(one)
        return self._kept(self.engine.take(one))

    def _kept(self, effects: list[Effect]) -> list[Effect]:
        self.effects += effects
        return effects

    def _last_sets(self, device: str) -> list[Set]:
        return list({one.property: one for one in self.sets(device)}.values())

    def _reported(self, device: str) -> dict[str, Scalar]:
        kind = self.venue.devices[DeviceId(device)].kind
        reports = {name for property_ in kind.properties for name in property_.reports}
        return {key: value for key, value in self.shown(device).items() if key in reports}


def _wall(at: int | None) -> int | None:
    return None if at is None else at + OPENING


HALL = """\
venue: demo
devices:
  preface.entry: {kind: presence}
  preface.exit: {kind: presence}
  preface.wash: {kind: light}
  preface.wall: {kind: player}
looks:
  dim: {level: 15%}
  warm: {level: 80%}
  cold: {level: 60%}
clips:
  waves: {file: waves.mp4, loops: true}
  film: {file: film.mp4}
  still: {file: still.png}
"""
"""A hall with two sensors, a light and a wall; tests add the scenes. It ends at line 14."""
