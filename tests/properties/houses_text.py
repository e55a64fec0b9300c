"""A random house as the file that its engine reads."""

from tests.properties.houses import BANDS, LAMPS, LOOKS, SENSORS
from tests.properties.pieces import (
    HALLS,
    Ask,
    By,
    Call,
    Change,
    Choose,
    Piece,
    Release,
    Repeat,
    Rule,
    Several,
    Start,
    Stay,
    Step,
    Together,
    Until,
    Wait,
    When,
    While,
    Whole,
    Without,
)


def text_of(whole: Whole) -> str:
    """The venue as its file."""
    devices = [f"  hall.{sensor}: {{kind: presence, unused: UNUSED}}" for sensor in SENSORS]
    devices += ["  hall.door: {kind: counter, unused: UNUSED}", "  hall.bell: {kind: button, unused: UNUSED}"]
    devices += [f"  {HALLS[lamp]}.{lamp}: {{kind: light}}" for lamp in LAMPS]
    scenes = [line for piece in whole.pieces for line in _scene(piece)]
    counters = [
        f"  {one.name}: {{number: {one.number}{_events('plus', one.plus)}{_events('minus', one.minus)}}}"
        for one in whole.counters
    ]
    levels = [
        f"  {one.name}: {{from: {words(one.begins)}, until: {words(one.ends)}, for: {time(one.lasting)}}}"
        for one in whole.levels
    ]
    parts = ["variables:", *counters, "facts:", *levels]
    devices = [one.replace(", unused: UNUSED", "") for one in devices]
    return "\n".join(["venue: demo", f"looks: [{', '.join(LOOKS)}]", "devices:", *devices, *parts, *scenes, ""])


def _events(key: str, events: tuple[str, ...]) -> str:
    return f", {key}: [{', '.join(f'hall.{one}' for one in events)}]" if events else ""


def _scene(piece: Piece) -> list[str]:
    lines = [f"{piece.name}:", f"  band: {BANDS[piece.band]}", "  starts:", *map(_start, piece.starts)]
    if piece.only_if is not None:
        lines.append(f"  if: {words(piece.only_if)}")
    if piece.busy == "queue":
        lines.append(f"  busy: {{queue: {piece.room}, wait: {time(piece.patience)}}}")
    elif piece.busy == "parallel":
        lines.append(f"  busy: {{parallel: {piece.room}}}")
    elif piece.busy != "ignore":
        lines.append(f"  busy: {piece.busy}")
    if piece.cools:
        lines.append(f"  cools: {{for: {time(piece.cools)}, from: {'start' if piece.cools_from_start else 'end'}}}")
    if not isinstance(piece.starts[0], While):
        lines.append(f"  at_most: {time(piece.at_most)}")
    if piece.takes:
        lines.append(f"  takes: [{', '.join(piece.takes)}]")
    if piece.loses:
        lines.append(f"  loses: {piece.loses}")
    if piece.after_crash:
        lines.append(f"  after_crash: {piece.after_crash}")
    ends = [f"    - wait: {time(one.time)}" for one in piece.ends]
    does = [f"    - {_step(one)}" for one in piece.does]
    return [*lines, "  does:", *does, "  ends:", *ends, "    - release: 0s"]


def _start(start: Start) -> str:
    match start:
        case When(rule, lasting, gap):
            lasts = f", for: {time(lasting)}" if lasting else ""
            return f"    - {{when: {words(rule)}{lasts}{f', gap: {time(gap)}' if gap else ''}}}"
        case While(rule):
            return f"    - {{while: {words(rule)}}}"
        case Several(items, within, ordered):
            key = "in_order" if ordered else "all"
            return f"    - {{{key}: [{', '.join(map(words, items))}], within: {time(within)}}}"
        case Without(trigger, lasting):
            return f"    - {{without: {words(trigger)}, for: {time(lasting)}}}"
        case By():
            return "    - {by: staff}"


def _step(step: Step) -> str:
    """In one line, in braces."""
    match step:
        case Ask(lamp, look):
            return f"{{ask: {{{HALLS[lamp]}.{lamp}: {look}}}}}"
        case Release():
            return "{release: 0s}"
        case Wait(length):
            return f"{{wait: {time(length)}}}"
        case Stay(rule, lasting, at_most):
            return f"{{stay: {{until: {words(rule)}{_for(lasting)}, at_most: {time(at_most)}}}}}"
        case Until(rule, lasting, at_most, otherwise):
            way = "end" if otherwise is None else _step(otherwise)
            return f"{{wait: {{until: {words(rule)}{_for(lasting)}, at_most: {time(at_most)}, else: {way}}}}}"
        case Choose(cases, otherwise):
            ways = [f'"{words(rule)}": {_steps(steps)}' for rule, steps in cases]
            return f"{{choose: {{{', '.join([*ways, f'else: {_steps(otherwise)}'])}}}}}"
        case Together(branches):
            return f"{{together: [{', '.join(map(_steps, branches))}]}}"
        case Repeat(times, steps):
            return f"{{repeat: {times}, steps: {_steps(steps)}}}"
        case Call(name):
            return f"{{call: {name}}}"
        case Change(variable, number, adds):
            return f"{{{'add' if adds else 'set'}: {{{variable}: {number}}}}}"


def _steps(steps: tuple[Step, ...]) -> str:
    return f"[{', '.join(map(_step, steps))}]"


def _for(lasting: int) -> str:
    return f", for: {time(lasting)}" if lasting else ""


def words(rule: Rule) -> str:
    """A condition, or an event."""
    match rule:
        case ("is", "open", _):
            return "venue.open"
        case ("is", sensor, value):
            return f"hall.{sensor}.{'occupied' if value else 'empty'}"
        case ("event", event):
            return f"hall.{event}"
        case ("least", variable, number):
            return f"{variable} >= {number}"
        case ("fact", name):
            return name
        case ("not", one):
            return f"not ({words(one)})"
        case (word, one, other):
            return f"({words(one)}) {word} ({words(other)})"
    raise AssertionError(rule)


def time(micros: int) -> str:
    return f"{micros // 1000}.{micros % 1000:03d}ms"
