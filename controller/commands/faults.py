"""Faults as they are spelled on the command line.

    preface.wall: lies 10% and drops 2%, preface.*: delays 5% by 3s, epilogue.ring: vanishes 30s every 5min

A device by its id, or several by ``*``; after the colon what it does wrong; commas between devices.
"""

import re
from collections.abc import Collection
from difflib import get_close_matches
from fnmatch import fnmatchcase

from controller.venue.language.values import parse_duration
from devices.vocabulary import DeviceId
from simulators.models.faults import OUTAGES, RATES, Fault, Outage, Rate

EXAMPLE = "preface.wall: lies 10% and drops 2%, preface.*: vanishes 30s every 5min"
WORDS = (*RATES, *OUTAGES)
_RATE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?) ?%(?: by (\S+))?")
_OUTAGE = re.compile(r"(\S+) every (\S+)")


def read_faults(text: str, devices: Collection[DeviceId]) -> dict[DeviceId, tuple[Fault, ...]]:
    """By device. Raises ``ValueError`` with what is wrong, near names and an example."""
    found: dict[DeviceId, tuple[Fault, ...]] = {}
    for entry in text.split(","):
        if not entry.strip():
            continue
        pattern, colon, said = entry.partition(":")
        if not colon:
            raise _wrong(f"{entry.strip()!r} lacks the colon between the device and what it does wrong")
        faults = tuple(_fault(" ".join(one.split())) for one in re.split(r"\band\b", said))
        for device in named(pattern.strip(), devices):
            found[device] = (*found.get(device, ()), *faults)
    for device, several in found.items():
        words = [fault.word for fault in several]
        if twice := next((word for word in words if words.count(word) > 1), None):
            raise _wrong(f"{device} {twice} twice; say it once")
    return found


def named(pattern: str, devices: Collection[DeviceId]) -> list[DeviceId]:
    """The devices that a pattern means. Raises ``ValueError`` where it means none."""
    found = [device for device in devices if fnmatchcase(device, pattern)]
    if not found:
        near = get_close_matches(pattern, devices, 1, 0.5)
        hint = f"did you mean {near[0]!r}?" if near else f"the devices are {_some(devices)}"
        raise ValueError(f"there is no device {pattern!r} here; {hint}")
    return found


def _some(devices: Collection[DeviceId]) -> str:
    shown = sorted(devices)[:6]
    return ", ".join(shown) + (f" and {len(devices) - len(shown)} more" if len(devices) > len(shown) else "")


def _fault(said: str) -> Fault:
    word, _, rest = said.partition(" ")
    for rate in RATES:
        if rate == word:
            per_million, at_most = _rate(rate, rest)
            return Rate(rate, per_million) if at_most is None else Rate(rate, per_million, at_most)
    for outage in OUTAGES:
        if outage == word:
            return Outage(outage, *_times(outage, rest))
    near = get_close_matches(word, WORDS, 1, 0.5)
    hint = f"did you mean {near[0]!r}?" if near else f"a device {', '.join(WORDS[:-1])} or {WORDS[-1]}"
    raise _wrong(f"{word!r} is nothing that a device does wrong; {hint}")


def _rate(word: str, said: str) -> tuple[int, int | None]:
    match = _RATE.fullmatch(said)
    if match is None or (match[2] is not None and word != "delays"):
        example = "delays 5% by 3s" if word == "delays" else f"{word} 10%"
        raise _wrong(f"{word} {said}".strip() + f": write how often, as in {example!r}")
    per_million = round(float(match[1]) * 10_000)
    if not 0 < per_million <= 1_000_000:
        raise _wrong(f"{word} {said}: more than 0%, at most 100%")
    return per_million, None if match[2] is None else _time(match[2])


def _times(word: str, said: str) -> tuple[int, int]:
    match = _OUTAGE.fullmatch(said)
    if match is None:
        raise _wrong(f"{word} {said}".strip() + f": write how long and how often, as in '{word} 30s every 5min'")
    lasts, every = _time(match[1]), _time(match[2])
    if lasts >= every:
        raise _wrong(f"{word} {said}: it must be shorter than the time in which it comes once")
    return lasts, every


def _time(text: str) -> int:
    found = parse_duration(text)
    if not found:
        raise _wrong(f"{text!r} is no length of time; write it as 30s, 500ms or 2min")
    return found


def _wrong(what: str) -> ValueError:
    return ValueError(f"{what}\n  as in: {EXAMPLE}")
