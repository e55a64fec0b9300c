"""What a want asks for at the instant at which it is asked: names put in, clips in the visitors' language."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from devices.vocabulary import Fields, Scalar
from scenes.condition import plain
from scenes.decision import Decision
from scenes.given import look_up
from scenes.model import Given, Put, Want

LANGUAGE = "language"  # the variable that clips of several files follow


class Unfit(LookupError):  # noqa: N818 - said of a step, which is then left out
    """What would be put in is unknown, or nothing that can be asked for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What goes into a layer. ``written``: the same before the language chose, where that differs.

    ``follows``: the fields that change with a variable, and its name.
    """

    value: dict[str, Scalar]
    substitute: dict[str, Scalar] | None
    written: dict[str, Scalar] = field(default_factory=dict)
    follows: dict[str, str] = field(default_factory=dict)


def asked_for(decision: Decision, params: Mapping[str, Scalar], want: Want) -> Asked:
    """Raises ``Unfit`` where a name stands for nothing that can be asked for."""
    written = with_puts(decision, params, want.value, want.puts)
    value = _in_words(decision, written)
    substitute = None
    if want.substitute is not None or want.or_puts:
        substitute = _in_words(decision, with_puts(decision, params, want.substitute or {}, want.or_puts))
    follows = {put.key: _followed_name(put) for put in want.puts if put.key and put.given.name not in params}
    return Asked(value, substitute, {} if written == value else written, follows)


def with_puts(
    decision: Decision, params: Mapping[str, Scalar], value: Fields, puts: tuple[Put, ...]
) -> dict[str, Scalar]:
    """The fields with what is put in. Raises ``Unfit``."""
    found = dict(value)
    for put in puts:
        if put.choices is None:
            found |= fields_of(decision, params, put)
            continue
        chosen = look_up(decision, params, Given(put.given.name, "", put.given.text, put.given.place))
        if not isinstance(chosen, str) or chosen not in put.choices:
            raise Unfit(f"${put.given.name} is {plain(chosen)}: there is no {put.given.text}")
        found |= put.choices[chosen]
    return found


def fields_of(decision: Decision, params: Mapping[str, Scalar], put: Put) -> dict[str, Scalar]:
    """The field; of a variable that counts several, one field for each."""
    name = put.given.name
    if name not in params:
        return _of_variable(decision, put.key, _followed_name(put))
    return {put.key: look_up(decision, params, put.given)}


def followed(decision: Decision, value: Mapping[str, Scalar], follows: Mapping[str, str]) -> dict[str, Scalar]:
    """The fields, those that follow a variable as they are now."""
    found = {key: one for key, one in value.items() if not any(_belongs(key, other) for other in follows)}
    for key, name in follows.items():
        found |= _of_variable(decision, key, name)
    return found


def _followed_name(put: Put) -> str:
    return f"{put.given.name}.{put.given.column}" if put.given.column else put.given.name


def _belongs(key: str, whole: str) -> bool:
    return key == whole or key.startswith(f"{whole}.")


def _of_variable(decision: Decision, key: str, name: str) -> dict[str, Scalar]:
    """A number for each topic of a table: ``votes.service`` goes as ``with.votes.service``."""
    values = decision.stage.values
    if "." in name or name in values:
        return {key: values.get(name)}
    counted = {f"{key}{one.removeprefix(name)}": values[one] for one in values if one.startswith(f"{name}.")}
    return counted or {key: None}


def _in_words(decision: Decision, value: dict[str, Scalar]) -> dict[str, Scalar]:
    """The clip that modes put in its place, in the language that is set now; what is no clip stays."""
    role = str(value.get("clip"))
    for mode in decision.venue.modes.values():
        if role in mode.instead and decision.stage.values.get(mode.key()) is True:
            role = mode.instead[role]
            break
    clip = decision.venue.clips.get(role)
    if clip is None:
        return value
    language = decision.stage.values.get(LANGUAGE)
    return {**value, **clip.fields(language if isinstance(language, str) else "")}
