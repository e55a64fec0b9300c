"""A sight as lines of a terminal: exactly as many as it is high, each exactly as many cells as it is wide. Pure.

How much room each part has follows from the venue and the size alone, never from what goes on, so that nothing jumps
while one looks. Where there is no room for all, what is in trouble comes first, then what is lit or occupied; what is
shown keeps the venue's order.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.text import Text

from controller.view.cells import between, clean, fitted, ruled, widest
from controller.view.devices import Look, Mark, asked_row, is_active, mark_of, sensor_cell, title_cells
from controller.view.scenes import scene_row, urgency
from controller.view.sentences import is_trouble, place_of, told
from controller.view.sight import SECOND, Decided, Poster, Sight, Trick
from controller.view.words import clock, length, say, titled
from devices.vocabulary import DeviceId
from scenes.model import Device, Scene
from scenes.verdicts import Verdict

WIDE = 110  # from here on halls and scenes stand side by side
ROW = 56  # cells that a device's row wants before a second one stands beside it
TIGHT = 39  # the same where there is not enough room for all
CELL = 34  # the same for a sensor
LEAST_LINES = 5  # decisions, with their heading
LEAST_SCENES = 4
LEAST_HALL = 2
BACK_SECONDS = 60  # for so long it is told that the controller was away

HEAD = 2
TROUBLE: tuple[Mark, ...] = ("astray", "gone")


@dataclass(frozen=True, slots=True)
class _Block:
    """A heading with rows: how many lines it wants, and how it is drawn in as many as it gets."""

    wants: int
    draw: Callable[[int], list[Text]]


def draw(sight: Sight, poster: Poster, now: int, width: int, height: int) -> list[Text]:
    """``height`` lines of ``width`` cells."""
    look = Look(poster, sight, now)
    foot = _foot(look, width)[: max(0, height - HEAD)]
    body = max(0, height - HEAD - len(foot))
    lines = [*_head(look, width), *_body(look, width, body)]
    blank = fitted("", width)
    room = max(0, height - len(foot))
    return [*(lines + [blank] * room)[:room], *foot][:height]


def _head(look: Look, width: int) -> list[Text]:
    venue, poster = look.poster.venue, look.poster
    names = [clean(venue.title[one]) for one in ("zh", "en") if venue.title.get(one)] or [venue.id]
    title = _evacuation(look) or Text(" · ".join(dict.fromkeys(names)), "bold")
    right = Text(f"{clean(poster.broker)}  {clock(look.now)}")
    return [between(title, right, width), fitted(_controller(look), width)]


def _evacuation(look: Look) -> Text | None:
    """In the title's place: nothing else matters as much."""
    body = look.sight.safety
    if body is None or body.state == "normal":
        return None
    since = length(look.now - round((body.since or 0) * SECOND))
    words = [say(look.language, f"safety {body.state}"), since, *(clean(one) for one in (body.why, body.by) if one)]
    return Text(f" ▲ {' · '.join(words)} ", "bold white on red")


def _controller(look: Look) -> Text:
    seen, language = look.sight.controller, look.language
    name = say(language, "controller")
    if look.sight.link is False:
        return Text.assemble(("▲ " + say(language, "no broker"), "bold red"))
    if seen.gone_at is not None:
        what = say(language, "killed" if seen.killed else "away")
        away = f"{max(0, look.now - seen.gone_at) / SECOND:.1f} s"
        line = Text.assemble((f"▲ {name} {what} · {away}", "bold red"))
        return line.append(f" · {say(language, 'carries on')}", "bold")
    if seen.online is None:
        return Text(f"… {name} {say(language, 'starting')}")
    epoch = say(language, "start", seen.epoch)
    line = Text.assemble(("● ", "green"), f"{name} {say(language, 'online')} {length(look.now - seen.since)} · {epoch}")
    if seen.back_at is not None and look.now - seen.back_at < BACK_SECONDS * SECOND:
        away = say(language, "back", f"{seen.away / SECOND:.1f}")
        line.append(" · ").append(f"{say(language, 'killed' if seen.killed else 'away')}, {away}", "bold")
    return line


def _foot(look: Look, width: int) -> list[Text]:
    line = Text()
    for key in look.poster.keys:
        line.append(f" {key} ", "reverse").append(f" {say(look.language, f'key {key}')}   ")
    hints = Text(say(look.language, "elsewhere"))
    commands = Text("   ".join(f"$ {clean(one)}" for one in look.poster.hints))
    if not look.poster.hints:
        return [ruled("", width), fitted(line, width)]
    keys = between(line, hints, width) if line.cell_len + hints.cell_len < width else fitted(line, width)
    return [ruled("", width), keys, fitted(commands, width)]


def _body(look: Look, width: int, height: int) -> list[Text]:
    if width >= WIDE:
        left = width // 2
        halls, scenes = _halls(look, left), _scenes(look, width - left - 2)
        top = max(0, min(max(sum(one.wants for one in halls), scenes.wants), height - _least(height)))
        beside = zip(_stacked(halls, top, left), _padded(scenes.draw(top), top, width - left - 2), strict=True)
        upper = [Text.assemble(one, "  ", other) for one, other in beside]
    else:
        halls, scenes = _halls(look, width), _scenes(look, width)
        wanted = sum(one.wants for one in halls)
        room = height - _least(height)
        for_scenes = min(scenes.wants, max(min(LEAST_SCENES, room // 2), room // 3, room - wanted), room)
        for_halls = min(wanted, room - for_scenes)
        upper = [*_stacked(halls, for_halls, width), *_padded(scenes.draw(for_scenes), for_scenes, width)]
    return [*upper, *_decisions(look, width, height - len(upper))]


def _least(height: int) -> int:
    """What decisions get at least, with their heading."""
    return min(LEAST_LINES, height // 4 + 1, height)


def _stacked(blocks: Sequence[_Block], height: int, width: int) -> list[Text]:
    """The blocks beneath one another; each gets its least first, then a line at a time in turn."""
    shown = blocks[: max(1, height // LEAST_HALL)]
    rooms = [min(one.wants, LEAST_HALL) for one in shown]
    while sum(rooms) < height and (hungry := [n for n, one in enumerate(shown) if rooms[n] < one.wants]):
        rooms[min(hungry, key=lambda n: rooms[n])] += 1
    lines = [line for one, room in zip(shown, rooms, strict=True) for line in one.draw(room)]
    return _padded(lines, height, width)


def _padded(lines: list[Text], height: int, width: int) -> list[Text]:
    return [*lines[:height], *(fitted("", width) for _ in range(height - len(lines)))]


def _halls(look: Look, width: int) -> list[_Block]:
    venue = look.poster.venue
    order = [*venue.places, *(one for one in venue.halls() if one not in venue.places)]
    by_hall: dict[str, list[Device]] = {hall: [] for hall in order}
    for device in venue.devices.values():
        by_hall[device.id.partition(".")[0]].append(device)
    return [_hall(look, hall, devices, width) for hall, devices in by_hall.items() if devices]


def _hall(look: Look, hall: str, devices: list[Device], width: int) -> _Block:
    place = look.poster.venue.places.get(hall)
    name = say(look.language, "house") if hall == "house" else hall
    title = titled(place.title if place is not None else {}, look.language, name)
    asked = [one for one in devices if one.kind.properties]
    sensors = [one for one in devices if not one.kind.properties]
    roomy, cells = max(1, width // ROW), max(1, width // CELL)
    names = title_cells(look, sensors, width // cells)

    def drawn(height: int) -> list[Text]:
        rows = max(0, height - 1)
        for_sensors = min(-(-len(sensors) // cells), max(1, rows // 3) if asked else rows)
        columns = roomy if (rows - for_sensors) * roomy >= len(asked) else max(1, width // TIGHT)
        titles = title_cells(look, asked, width // columns)
        for_asked = min(-(-len(asked) // columns), rows - for_sensors)
        for_sensors = min(-(-len(sensors) // cells), rows - for_asked)
        some, few = _first(look, asked, for_asked * columns), _first(look, sensors, for_sensors * cells)
        lines = [ruled(title, width, _more(look, _hidden(devices, some, few)))]
        lines += _grid([asked_row(look, one, width // columns - 1, titles) for one in some], columns, width)
        lines += _grid([sensor_cell(look, one, width // cells - 1, names) for one in few], cells, width)
        return lines

    return _Block(1 + -(-len(asked) // roomy) + -(-len(sensors) // cells), drawn)


def _hidden(devices: list[Device], *shown: list[Device]) -> list[Device]:
    seen = {one.id for some in shown for one in some}
    return [one for one in devices if one.id not in seen]


def _more(look: Look, hidden: list[Device]) -> Text | None:
    """How many there is no room for, and how many of them are in trouble."""
    if not hidden:
        return None
    trouble = sum(mark_of(look, one) in TROUBLE for one in hidden)
    text = Text(say(look.language, "more", len(hidden)))
    return text.append(f" ▲ {trouble}", "bold red") if trouble else text


def _grid(cells: list[Text], columns: int, width: int) -> list[Text]:
    """Cells in rows, from left to right."""
    rows = [cells[n : n + columns] for n in range(0, len(cells), columns)]
    return [fitted(Text(" ").join(row), width) for row in rows]


def _first(look: Look, devices: list[Device], most: int) -> list[Device]:
    """As many as there is room for: trouble first, then what goes on; in the venue's order."""
    if len(devices) <= most:
        return devices
    chosen: set[DeviceId] = {one.id for one in sorted(devices, key=lambda one: _rank(look, one))[: max(0, most)]}
    return [one for one in devices if one.id in chosen]


def _rank(look: Look, device: Device) -> int:
    return 0 if mark_of(look, device) in TROUBLE else 1 if is_active(look, device) else 2


def _scenes(look: Look, width: int) -> _Block:
    scenes = list(look.poster.venue.scenes.values())
    names = widest([one.id for one in scenes], width // 3)

    def drawn(height: int) -> list[Text]:
        rows = max(0, height - 1)
        shown: list[Scene] = scenes
        if len(scenes) > rows:
            chosen = {one.id for one in sorted(scenes, key=lambda one: urgency(look, one))[:rows]}
            shown = [one for one in scenes if one.id in chosen]
        left = len(scenes) - len(shown)
        more = Text(say(look.language, "more", left)) if left else None
        heading = ruled(say(look.language, "scenes"), width, more)
        return [heading, *(scene_row(look, one, names, width) for one in shown)]

    return _Block(1 + len(scenes), drawn)


def _decisions(look: Look, width: int, height: int) -> list[Text]:
    if height <= 0:
        return []
    lines = look.sight.lines[-(height - 1) :] if height > 1 else ()
    return [ruled(say(look.language, "decisions"), width), *(_line(look, one, width) for one in lines)]


def _line(look: Look, line: Decided | Trick, width: int) -> Text:
    at = f"{clock(line.at)} "
    if isinstance(line, Trick):
        said = clean(say(look.language, f"trick {line.word}", line.subject))
        return fitted(Text.assemble(at, (f"» {said}", "bold")), width)
    note = line.note
    sign, style = "·", ""
    if is_trouble(note):
        sign, style = "✗", "red"
    elif note.verdict is Verdict.STARTED:
        sign, style = "▶", "green"
    elif note.what == "ended":
        sign = "■"
    said = told(note, look.language)
    left = Text.assemble(at, (f"{sign} ", style), (said, style if style == "red" else ""))
    place = place_of(note)
    return between(left, Text(place), width) if place else fitted(left, width)
