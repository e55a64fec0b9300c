"""Steps in full, and what they ask for."""

from collections.abc import Iterable

from controller.venue.expanded_text import listed as _listed
from controller.venue.expanded_text import quoted as _quoted
from controller.venue.expanded_text import scalar as _scalar
from controller.venue.expanded_text import share as _share
from controller.venue.expanded_text import table as _table
from controller.venue.expanded_text import text as _text
from controller.venue.expanded_values import (
    changes,
    put_in,
    together,
)
from controller.venue.language.timelines import spell_offset
from controller.venue.language.values import spell_duration
from devices.vocabulary import Fields, Property
from scenes.condition import Condition
from scenes.model import (
    Add,
    Ask,
    Assign,
    Call,
    Choose,
    Given,
    Pause,
    Release,
    Repeat,
    Say,
    Stay,
    Step,
    Tell,
    Timeline,
    Together,
    Wait,
    Want,
)


def step_in_full(step: Step) -> str:
    """One verb, on one line."""
    match step:
        case Ask(wants=wants):
            return _table({"ask": _table({device: _table(one) for device, one in wants_in_full(wants).items()})})
        case Tell():
            fields = {key: _scalar(value) for key, value in step.fields.items()} | put_in(step.puts)
            return _table({"tell": _table({f"{step.device}.{step.command.name}": _table(fields)})})
        case Pause():
            return _table({"wait": spell_duration(step.time)})
        case Wait():
            otherwise = "end" if step.otherwise == "end" else step_in_full(step.otherwise)
            return _table({"wait": _table({**_until(step), "else": otherwise})})
        case Stay():
            return _table({"stay": _table(_until(step))})
        case Release():
            return _table({"release": spell_duration(step.fade)})
        case Add() | Assign():
            return changes(step)
        case Say():
            return _table({"say": _table({step.to: _text(step.text)})})
        case Choose() | Timeline() | Call() | Together() | Repeat():
            return _wide(step)


def _wide(step: Choose | Timeline | Call | Together | Repeat) -> str:
    """Steps within a step, and other scenes."""
    match step:
        case Choose():
            return _choose(step)
        case Together():
            return _table({"together": _listed(map(_steps, step.branches))})
        case Timeline():
            return _timeline(step)
        case Call():
            given = {name: _quoted(one.text) if isinstance(one, Given) else _scalar(one) for name, one in step.params}
            return _table({"call": _table({step.scene: _table(given)})})
        case Repeat():
            return _table({"repeat": str(step.times), "steps": _steps(step.steps)})


def _choose(step: Choose) -> str:
    ways: dict[str, str | None] = {
        _text(one.holds if isinstance(one.holds, str) else one.holds.text): _steps(one.steps) for one in step.branches
    }
    ways["else"] = _steps(step.otherwise) if step.otherwise else None
    return _table({"choose": _text(step.of.text), **ways} if step.of is not None else {"choose": _table(ways)})


def _timeline(step: Timeline) -> str:
    moments: dict[str, str | None] = {
        _quoted(spell_offset(moment.at)): _table(
            {device: _table(one) for device, one in wants_in_full(moment.ask.wants).items()}
        )
        for moment in step.moments
    }
    otherwise = "end" if step.otherwise == "end" else step_in_full(step.otherwise)
    return _table({"timeline": step.player, "at_most": spell_duration(step.at_most), "else": otherwise,
                   "at": _table(moments)})  # fmt: skip


def _steps(steps: Iterable[Step]) -> str:
    return _listed(map(step_in_full, steps))


def _until(step: Wait | Stay) -> dict[str, str | None]:
    return {
        "until": _text(step.text),
        "for": spell_duration(step.lasting) if isinstance(step.until, Condition) else None,
        "at_most": spell_duration(step.at_most),
    }


def wants_in_full(wants: tuple[Want, ...]) -> dict[str, dict[str, str]]:
    """By device, or by group. Where several properties are asked, the longest time to confirm stands for all."""
    found: dict[str, dict[str, str]] = {}
    for want in sorted(wants, key=lambda one: one.within or 0):
        target = _text(want.group.spelled) if want.group is not None else want.device
        found.setdefault(target, {}).update(_want(want))
    return found


def _want(want: Want) -> dict[str, str]:
    substitute = asked_in_full(want.property, want.substitute or {})
    given = {
        _text(key.removeprefix("with.")): _scalar(one) for key, one in want.value.items() if key.startswith("with.")
    }
    given |= {_text(key.removeprefix("with.")): name for key, name in put_in(want.puts).items()}
    instead = [_quoted(put.given.text) for put in want.or_puts] or list(substitute.values())
    found = {
        **{key: _text(word) for key, word in want.asked.items()},
        "with": _table({**given}) if given else None,
        "fade": spell_duration(want.fade),
        **(together(want.group) if want.group is not None else {}),
        "within": spell_duration(want.within) if want.within is not None else None,
        "retry": str(want.retry) if want.within is not None else None,
        "or": instead[0] if instead else None,
    }
    return {key: value for key, value in found.items() if value is not None}


def asks_in_full(wants: tuple[Want, ...]) -> str:
    """What is asked, on one line."""
    return _table({device: _table(one) for device, one in wants_in_full(wants).items()})


def asked_in_full(property_: Property, value: Fields) -> dict[str, str]:
    """A property's value as an author asks for it."""
    found: dict[str, str] = {}
    for ask in property_.asks:
        match ask.of:
            case "clip" | "look" if ask.of in value:
                found[ask.key] = _text(str(value[ask.of]))
            case "level" if ask.key in value:
                found[ask.key] = _share(value[ask.key])
            case "page" | "word" if ask.key in value:
                found[ask.key] = _text(str(value[ask.key]))
            case "colour" if ask.key in value:
                found[ask.key] = _scalar(value[ask.key])
            case "switch" if ask.key in value:
                found[ask.key] = "on" if value[ask.key] else "off"
            case _:
                pass
    return found
