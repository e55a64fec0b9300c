"""Houses to look at: the demo's hall, and one with everything that can be drawn, of kinds that only this file knows."""

import json
from typing import Any

from pydantic import Field

from controller.view.hearing import heard, linked, noted
from controller.view.sight import Poster, Sight
from devices.registry import all_kinds
from devices.vocabulary import Ask, DeviceId, EventBody, Fields, Kind, Property, Spoken, StateBody
from link.port import Arrival
from scenes.effects import Note, NoteWord
from scenes.model import Device, Hall, Place, Scene, SceneId, Venue
from scenes.verdicts import Verdict
from tests.venue import venue_of

START = 1_642_381_200_000_000  # 2022-01-17 09:00 in Hangzhou
SECOND = 1_000_000
NOWHERE = Place("venue.yaml", 1, 1)

DEMO = """\
venue: demo
title: {zh: 演示展厅, en: The demo hall}
places:
  preface: {zh: 序厅, en: Preface}
devices:
  preface.entry: {kind: presence, title: {zh: 序厅入口, en: the entry}}
  preface.wash: {kind: light, title: {zh: 序厅面光, en: the hall light}}
  preface.wall: {kind: player, title: {zh: 影像墙, en: the film wall}}
looks:
  dim: {level: 15%, colour: '#ffb066'}
  warm: {level: 80%, colour: '#ffc58f'}
clips:
  slow_waves: {file: slow-waves.mp4, loops: true}
  opening_film: {file: opening-v3.mp4, lasts: 80s}
ambient:
  title: {zh: 底光, en: The hall by itself}
  band: ambient
  starts: {while: venue.open}
  does: [{ask: {preface.wash: dim over 2s, preface.wall: slow_waves}}]
welcome:
  title: {zh: 观众走进序厅, en: A visitor walks into the preface hall}
  band: exhibit
  starts: {when: preface.entry.occupied, for: 800ms}
  cools: 20s
  does:
    - ask: {preface.wash: warm over 1.5s, preface.wall: opening_film}
    - stay: {until: preface.entry.empty, for: 4s, at_most: 90s}
hello:
  title: {zh: 问候, en: Staff say hello}
  band: staff
  starts: {by: staff}
  does: [{ask: {preface.wash: 100% over 500ms}}, {wait: 4s}]
"""


class RelayState(StateBody):
    power: bool | None = Field(default=None, description="contact closed")


class ScreenState(StateBody):
    play: str | None = Field(default=None, description="the clip")
    page: str | None = Field(default=None, description="the page")


class ProjectorState(StateBody):
    power: bool | None = Field(default=None, description="lamp on")
    source: str | None = Field(default=None, description="its input")
    warming: bool | None = Field(default=None, description="not bright yet")


class StationState(StateBody):
    page: str | None = Field(default=None, description="the page")
    cameras: int | None = Field(default=None, description="how many answer")


class Pressed(EventBody):
    pass


class CounterState(StateBody):
    occupied: bool | None = Field(default=None, description="somebody")
    count: int | None = Field(default=None, description="how many")


def _same(*names: str) -> Any:
    return lambda wanted, reported: all(reported.get(name) == wanted.get(name) for name in names)


def _property(name: str, *asks: Ask, within: float | None = 2.0) -> Property:
    keys = tuple(ask.key for ask in asks)
    return Property(name, asks, within_seconds=within, reports=keys, confirmed=_same(*keys))


RELAY = Kind("relay", "relay", "继电器", state=RelayState, properties=(_property("power", Ask("power", "switch")),))
SCREEN = Kind(
    "screen", "screen", "屏幕", state=ScreenState,
    properties=(_property("picture", Ask("play", "clip"), Ask("page", "page")),),
)  # fmt: skip
PROJECTOR = Kind(
    "projector", "projector", "投影机", state=ProjectorState,
    properties=(
        _property("power", Ask("power", "switch"), within=240),
        _property("source", Ask("source", "word", words=("hdmi1", "hdmi2"))),
    ),
    spoken={"warming": Spoken("is warming up", "正在预热"), "source": Spoken("input", "信号源")},
)  # fmt: skip
RIG = Kind(
    "rig", "ring of cameras", "环拍阵列", station=True, state=StationState,
    properties=(_property("page", Ask("page", "page")),), spoken={"cameras": Spoken("cameras", "相机")},
)  # fmt: skip
BUTTON = Kind("button", "button", "按钮", events={"pressed": Pressed})
COUNTER = Kind("zone", "zone", "区域", state=CounterState)


def device(name: str, kind: Kind, zh: str, en: str) -> Device:
    return Device(DeviceId(name), kind, NOWHERE, title={"zh": zh, "en": en})


def exhibition() -> Venue:
    """Two halls with eighteen devices of eight kinds, and the demo's scenes with nine more."""
    demo = venue_of(DEMO)
    light, player = all_kinds()["light"], all_kinds()["player"]
    devices = [
        *demo.devices.values(),
        device("preface.exit", COUNTER, "序厅出口", "the exit"),
        device("preface.press", BUTTON, "按钮", "the button"),
        device("preface.screen", SCREEN, "导览屏", "the guide's screen"),
        device("preface.beam", PROJECTOR, "投影机", "the projector"),
        device("preface.fan", RELAY, "风扇", "the fan"),
        *(device(f"preface.spot{n}", light, f"射灯{n}", f"spot {n}") for n in range(1, 5)),
        device("epilogue.ring", RIG, "环拍", "the ring"),
        device("epilogue.wash", light, "尾厅面光", "the light of the epilogue"),
        device("epilogue.film", player, "尾厅影片", "the last film"),
        device("epilogue.door", COUNTER, "尾厅入口", "the door"),
        device("epilogue.floor", COUNTER, "环拍地面", "the ring's floor"),
        device("house.power", RELAY, "总电源", "main power"),
    ]
    hall = demo.scenes[SceneId("hello")]
    more = {SceneId(f"exhibit_{n}"): _renamed(hall, f"exhibit_{n}") for n in range(1, 10)}
    places = {
        "preface": Hall("preface", {"zh": "序厅", "en": "Preface"}, NOWHERE),
        "epilogue": Hall("epilogue", {"zh": "尾厅", "en": "Epilogue"}, NOWHERE),
    }
    return Venue("demo", demo.title, {one.id: one for one in devices}, {**demo.scenes, **more}, places=places)


def _renamed(scene: Scene, name: str) -> Scene:
    title = {"zh": f"展项 {name[-1]} 亮灯", "en": f"Exhibit {name[-1]} lights up"}
    return Scene(
        SceneId(name), title, scene.band, scene.starts, scene.phases, scene.ends, scene.after_crash, scene.place
    )


class Looking:
    """A house that is looked at: what it says and what is noted, at a clock that only ``wait`` moves."""

    def __init__(self, venue: Venue | None = None, **poster: Any) -> None:
        self.venue = venue if venue is not None else venue_of(DEMO)
        self.now = START
        self.sight = linked(Sight(), up=True)
        self.poster = Poster(
            **{
                "venue": self.venue,
                "broker": "mosquitto 127.0.0.1:41883",
                "language": "en",
                "lengths": {"opening-v3.mp4": 80 * SECOND},
                "keys": "vkfq",
                "hints": ("ringmaster order start hello", "ringmaster why welcome", "ringmaster watch"),
                **poster,
            }
        )

    def wait(self, seconds: float) -> None:
        self.now += round(seconds * SECOND)

    def hears(self, topic: str, body: object = None, *, retained: bool = False) -> None:
        payload = b"" if body is None else body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.sight = heard(self.sight, self.venue, Arrival(f"demo/{topic}", payload, retained), self.now)

    def says(self, device: str, **state: Any) -> None:
        """A device reports its state."""
        self.hears(f"{device.replace('.', '/')}/state", state)

    def notes(self, what: NoteWord, **more: Any) -> None:
        details: Fields = more.pop("details", {})
        self.sight = noted(self.sight, self.venue, Note(0, what, details=details, **more), self.now)

    def wants(self, device: str, property_: str, *, fade: int = 0, scene: str | None = None, **values: Any) -> None:
        details = {"property": property_, **values, "fade_us": fade}
        self.notes("wanted", device=DeviceId(device), scene=SceneId(scene) if scene else None, details=details)

    def scene(self, scene: str, state: str, **more: Any) -> None:
        self.hears(f"scene/{scene}/state", {"state": state, "band": "exhibit", **more})

    def controller(self, epoch: int = 1) -> None:
        self.hears("controller/house/status", {"state": "online", "epoch": epoch, "since": self.now / SECOND})

    def verdict(self, scene: str, verdict: Verdict, line: int, **details: Any) -> None:
        place = Place("scenes.yaml", line, 18)
        self.notes("verdict", scene=SceneId(scene), verdict=verdict, place=place, details=details)


def a_visit(looking: Looking) -> Looking:
    """Somebody walked in: the light and the film answer, and what stood in the way before is told."""
    looking.controller()
    for name in ("entry", "wash", "wall"):
        looking.hears(f"preface/{name}/status", "online")
    looking.says("preface.entry", occupied=False)
    looking.verdict("ambient", Verdict.STARTED, 7)
    looking.scene("ambient", "running", since=looking.now / SECOND)
    looking.wait(2)
    looking.says("preface.entry", occupied=True, count=2)
    looking.verdict("welcome", Verdict.DWELL_BROKEN, 15, lasted_us=420_000, for_us=800_000)
    looking.wait(1)
    looking.verdict("welcome", Verdict.STARTED, 15)
    at = looking.now / SECOND
    looking.scene("welcome", "running", since=at, until=at + 150, step="does.2")
    look = {"look": "warm", "level": 0.8, "colour": "#ffc58f"}
    looking.wants("preface.wash", "light", fade=1_500_000, scene="welcome", **look)
    looking.wants("preface.wall", "picture", scene="welcome", play="opening-v3.mp4", clip="opening_film")
    looking.says("preface.wash", **look)
    looking.says("preface.wall", play="opening-v3.mp4", playing=True)
    looking.scene("hello", "cooling", until=at + 20)
    looking.wait(12)
    return looking


def a_full_house(looking: Looking) -> Looking:
    """The exhibition at work, with one device that lies, one that is gone and one that takes its time."""
    for device in looking.venue.devices:
        looking.hears(f"{device.replace('.', '/')}/status", "online")
    a_visit(looking)
    looking.says("preface.exit", occupied=True, count=7)
    looking.says("preface.screen", page="map")
    looking.wants("preface.screen", "picture", page="map")
    looking.says("preface.beam", power=True, source="hdmi1", warming=True)
    looking.wants("preface.beam", "power", power=True)
    looking.says("preface.fan", power=False)
    looking.wants("preface.fan", "power", power=True)
    looking.wait(1)
    looking.says("preface.spot1", level=0.5, colour="#3366ff")
    looking.wants("preface.spot1", "light", level=0.5, colour="#3366ff")
    looking.says("preface.spot3", level=0.0)
    looking.wants("preface.spot3", "light", level=1.0)
    looking.says("epilogue.ring", page="consent", cameras=24)
    looking.wants("epilogue.ring", "page", scene="exhibit_1", page="consent")
    looking.scene("exhibit_1", "running", since=looking.now / SECOND, until=looking.now / SECOND + 45)
    looking.says("epilogue.door", occupied=False, count=0)
    looking.says("epilogue.floor", occupied=True, count=3)
    looking.says("epilogue.wash", level=0.0)
    looking.says("epilogue.film", play=None, playing=False)
    looking.says("house.power", power=True)
    looking.hears("epilogue/film/status", "offline")
    looking.notes("offline", device=DeviceId("epilogue.film"))
    looking.notes(
        "failed", device=DeviceId("preface.fan"), details={"property": "power", "why": "no confirmation came"}
    )
    looking.wait(3)
    looking.hears("preface/press/event/pressed", {})
    looking.wait(1)
    return looking


def an_evacuation(looking: Looking) -> Looking:
    """The fire panel rang while somebody was in the hall."""
    a_visit(looking)
    details = {"state": "evacuation", "why": "house.fire_panel.alarm", "by": ""}
    looking.hears("safety/state", {"state": "evacuation", "since": looking.now / SECOND, "why": details["why"]})
    looking.notes("safety", place=Place("venue.yaml", 68, 1), details=details)
    looking.verdict("welcome", Verdict.HELD_BY_SAFETY, 68, state="evacuation", why=details["why"])
    looking.says("preface.wash", look="safe", level=1.0, colour="#ffffff")
    looking.wants("preface.wash", "light", look="safe", level=1.0, colour="#ffffff")
    looking.wait(12)
    return looking
