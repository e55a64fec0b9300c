"""Relative wants and trims: how much of a volume or a brightness is left."""

from controller.venue.findings import wrong
from controller.venue.language.values import decibels, share, share_of_decibels
from controller.venue.source.nodes import Text
from devices.vocabulary import Kind, Property
from scenes.model import Trim


def times_left(property_: Property, text: Text) -> float:
    """``14dB`` of quieter, ``40%`` of dimmer: the share that is left. Raises a finding."""
    of = property_.relative.of if property_.relative is not None else ""
    loudness = decibels(text.text) if of == "decibels" else None
    darkness = share(text.text) if of == "dimming" else None
    if loudness is not None and loudness >= 0:
        return share_of_decibels(-loudness)
    if darkness is not None:
        return round(1 - darkness, 6)
    if of == "decibels":
        raise wrong(text.place, "'{}' is not a number of decibels", text.text, hint="as in quieter: 14dB")
    raise wrong(text.place, "'{}' is not a share", text.text, hint="as in dimmer: 40%")


def read_trim(text: Text | None, kind: Kind) -> Trim | None:
    """``-3dB`` for what has a volume, ``-20%`` for a light. Raises a finding."""
    if text is None:
        return None
    relative = next((one.relative for one in kind.properties if one.relative is not None), None)
    if relative is None:
        raise wrong(text.place, "a {} has neither volume nor brightness that could be trimmed", kind.name)
    times = _of_decibels(text.text) if relative.of == "decibels" else _of_share(text.text)
    if times is None:
        hint = "as in trim: -3dB" if relative.of == "decibels" else "as in trim: -20%"
        raise wrong(text.place, "'{}' is not a trim of a {}", text.text, kind.name, hint=hint)
    return Trim(times, text.text)


def _of_decibels(text: str) -> float | None:
    loudness = decibels(text)
    return share_of_decibels(loudness) if loudness is not None else None


def _of_share(text: str) -> float | None:
    brightness = share(text.lstrip("+-")) if text[:1] in ("+", "-") else None
    return None if brightness is None else round(1 + (-brightness if text[0] == "-" else brightness), 6)
