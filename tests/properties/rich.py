"""A hall in which everything of the language meets, on round times, so that much falls on one instant."""

from collections.abc import Callable

from hypothesis import strategies as st

from tests.venue import HALL, House

RICH = (
    HALL.replace("devices:\n", "devices:\n  preface.panel: {kind: contact}\n  preface.bell: {kind: speaker}\n")
    .replace("looks:\n", "looks:\n  safe: {level: 100%}\n")
    .replace("wall: {kind: player}", "wall: {kind: player, spare: preface.other, after: 2s}")
    .replace("looks:", "  preface.other: {kind: player}\n  preface.floor: {kind: light, trim: -20%}\nlooks:", 1)
    + """
evacuation:
  input: preface.panel.alarm
  look: safe
  speech: {preface.bell: {play: film, volume: 100%}}
  drill: {by: staff, speech: {preface.bell: {play: waves, volume: 100%}}, at_most: 3s}
ambient:
  band: ambient
  starts: {while: venue.open}
  does:
    - ask: {preface.wash: dim over 2s, preface.wall: waves}
watched:
  band: ambient
  starts: {while: preface.exit.occupied}
  does:
    - ask: {preface.wash: 50%}
welcome:
  starts: {when: preface.entry.occupied, for: 1s, gap: 500ms}
  if: venue.open
  busy: extend
  cools: 4s
  does:
    - ask: {preface.wash: warm over 1s, preface.wall: {play: film, or: still}}
    - stay: {until: preface.entry.empty, for: 2s, at_most: 8s}
  ends: 3s
  at_most: 20s
next_film:
  starts: [{when: preface.wall.ended}, {by: staff}]
  does:
    - wait: 2s
    - ask: {preface.wall: {play: film, within: 2s, retry: 1, or: still}}
    - wait: {until: done, at_most: 4s, else: end}
    - ask: {preface.wall: waves}
    - wait: {until: preface.wall.ended, at_most: 4s, else: {say: {staff: the wall is stuck}}}
    - ask: {preface.wash: cold}
    - wait: 1s
follow:
  starts: {by: staff}
  does:
    - wait: {until: preface.entry.occupied, at_most: 10s, else: end}
    - ask: {preface.wash: cold}
    - wait: 4s
  ends: [{wait: 1s}, {release: 1s}]
lead:
  starts: [{by: staff}, {when: preface.exit.empty}]
  does:
    - wait: 1s
    - wait: {until: preface.entry.occupied, at_most: 10s, else: end}
    - ask: {preface.wash: 30%}
    - wait: 4s
hello:
  band: staff
  starts: {by: staff}
  does:
    - ask: {preface.wash: 100% over 500ms, preface.wall: {power: on}}
    - tell: {preface.wall.caption: {text: hello}}
    - wait: 2s
  ends: 1s
parade:
  band: tour
  starts: {by: staff}
  takes: preface
  does:
    - ask: {preface.wash: 60% over 1s, preface.wall: film}
    - wait: 4s
  ends: 1s
duck:
  band: session
  starts: {by: staff}
  does:
    - ask: {preface.wall: {quieter: 6dB}, lights in preface: {dimmer: 50%, fade: 1s, one_by_one: 1s}}
    - wait: 5s
  ends: 1s
row:
  starts: {by: staff}
  does:
    - ask:
        lights in preface: {look: cold, one_by_one: 500ms}
        players in preface: {play: film, in_step: true, need: 1, or: still}
    - wait: {until: done, at_most: 4s, else: end}
    - ask: {preface.wall: {volume: 60%}}
    - wait: 2s
  ends: 1s
turns:
  band: session
  starts: [{by: staff}, {when: preface.wall.ended}]
  if: preface.entry.empty
  busy:
    queue: 2
    wait: 7s
    waiting: {preface.wall: {volume: 30%}, preface.wash: {level: 20%, fade: 1s}}
    full: {preface.wash: 10%}
  does:
    - ask: {preface.wash: 70%}
    - wait: 3s
  resting: {preface.wash: {level: 5%, fade: 500ms}}
  ends: [{wait: 1s}, {release: 1s}]
again:
  starts:
    - {all: [preface.entry.occupied, preface.exit.occupied], within: 4s}
    - {in_order: [preface.wall.ended, preface.entry.empty, preface.wall.ended], within: 8s}
    - {by: staff}
  busy: restart
  does:
    - ask: {preface.wash: cold}
    - wait: 2s
  ends: [{wait: 500ms}, {release: 0s}]
quiet:
  starts: {without: preface.entry.occupied, for: 6s}
  does:
    - ask: {preface.wash: 12%}
    - wait: 1s
beside:
  starts: {by: staff}
  busy: {parallel: 2}
  cools: 1s
  does:
    - ask: {preface.wash: 33%}
    - wait: 3s
work:
  band: staff
  starts: [{by: staff}, {while: preface.exit.occupied and preface.entry.occupied}]
  takes: preface
  loses: stop
  does:
    - ask: {preface.wash: 100%}
    - wait: 2s
story:
  band: session
  starts: [{by: staff}, {when: preface.entry.occupied, for: 500ms}]
  busy: restart
  after_crash: resume
  does:
    - choose:
        preface.exit.occupied: {ask: {preface.wash: 20%}}
        else: {wait: 500ms}
    - together:
        - repeat: 2
          steps: [{ask: {preface.wash: 40%}}, {wait: 1s}, {ask: {preface.wash: 45%}}, {wait: 500ms}]
        - wait: {until: preface.exit.occupied, at_most: 3s, else: {together: [{wait: 1s}, {call: hello}]}}
        - - ask: {preface.wall: film}
          - timeline: preface.wall
            at_most: 6s
            else: {call: interlude}
            at: {0:01: {preface.wall: {volume: 40%}}, 0:02.5: {preface.wall: {volume: 80%}}}
  ends: [{call: interlude}, {release: 1s}]
interlude:
  band: staff
  busy: {queue: 2, wait: 3s}
  does:
    - ask: {preface.wash: 70%}
    - wait: 1500ms
"""
)
SCENES = (
    "ambient", "watched", "welcome", "next_film", "follow", "lead", "hello", "parade", "work", "duck", "row",
    "turns", "again", "quiet", "beside", "story", "interlude",
)  # fmt: skip
FILES = ("film.mp4", "waves.mp4", "still.png", None)

Move = Callable[[House], object]


def _named(name: str, move: Move) -> Move:
    move.__name__ = move.__qualname__ = name
    return move


def _reports() -> st.SearchStrategy[Move]:
    return st.builds(
        lambda sensor, value, source: _named(
            f"{sensor} {'occupied' if value else 'empty'} {source}",
            lambda house: house.says(f"preface.{sensor}", occupied=value, source=source),
        ),
        st.sampled_from(("entry", "exit")),
        st.booleans(),
        st.sampled_from(("live", "live", "live", "retained", "backlog")),
    )


def _orders() -> st.SearchStrategy[Move]:
    return st.builds(
        lambda verb, scene: _named(f"{verb} {scene}", lambda house: house.order(verb, scene)),
        st.sampled_from(("start", "start", "start", "stop", "disarm", "arm", "rest")),
        st.sampled_from(SCENES),
    )


def _pictures() -> st.SearchStrategy[Move]:
    return st.sampled_from(FILES).map(
        lambda file: _named(f"the wall plays {file}", lambda house: house.says("preface.wall", play=file))
    )


def _playing() -> st.SearchStrategy[Move]:
    return st.builds(
        lambda playing, position: _named(
            f"the wall {'plays' if playing else 'pauses'} at {position}",
            lambda house: house.says("preface.wall", playing=playing, position=position),
        ),
        st.booleans(),
        st.sampled_from((0.0, 0.5, 2.0, 3.0)),
    )


ENDED: Move = _named("the wall ended", lambda house: house.happens("preface.wall.ended"))
ANSWERED: Move = _named(
    "the command is done",
    lambda house: house.does("preface.wall") if house.told("preface.wall") else [],
)
CONFIRMED: Move = _named("the wall confirms", lambda house: house.confirms("preface.wall"))
REFUSED: Move = _named("the wall refuses", lambda house: house.refuses("preface.wall"))
LINK: tuple[Move, ...] = (
    _named("the link goes", House.link_goes),
    _named("the link comes", House.link_comes),
    _named("the wall comes", lambda house: house.comes("preface.wall")),
    _named("the wall goes", lambda house: house.goes("preface.wall")),
)


def _lifted(house: House) -> list:
    """Two people lift whatever was closed, as soon as the panel is quiet."""
    effects = house.says("preface.panel", alarm=False)
    effects = effects + house.order("lift", by="one")
    return effects + house.order("confirm_lift", by="another")


DANGERS: tuple[Move, ...] = (
    _named("the panel rings", lambda house: house.says("preface.panel", alarm=True)),
    _named("somebody evacuates", lambda house: house.order("evacuate")),
    _named("there is a drill", lambda house: house.order("drill", by="one")),
    _named("one person lifts", lambda house: house.order("lift", by="one")),
    _named("the bell confirms", lambda house: house.says("preface.bell", play="film.mp4", volume=1.0)),
    *(_named("two people lift", _lifted),) * 4,
)


def instants(*, links: bool = True) -> st.SearchStrategy[Move]:
    """One thing that happens at one instant."""
    others = (ENDED, ANSWERED, CONFIRMED, REFUSED, *(LINK if links else ()))
    dangers = st.sampled_from(DANGERS)
    return st.one_of(_reports(), _orders(), _orders(), _pictures(), _playing(), st.sampled_from(others), dangers)


def passing() -> st.SearchStrategy[Move]:
    """Time passes, in half seconds."""
    return st.integers(1, 8).map(
        lambda halves: _named(f"{halves / 2:g} s pass", lambda house: house.advance(halves * 500_000))
    )


def moves() -> st.SearchStrategy[list[Move]]:
    """A day in this hall."""
    return st.lists(st.one_of(instants(), instants(), passing()), min_size=4, max_size=30)


def rich_house() -> House:
    house = House(RICH)
    house.starts()
    house.says("preface.wall", play="waves.mp4")
    return house
