"""What the house says of itself: what a scene does, that a controller is there, what was wrong with a payload."""

from typing import Literal

from pydantic import Field

from devices.speech import encode
from devices.vocabulary import Body, Scalar

BEAT_SECONDS = 2.0

SceneWord = Literal["idle", "running", "suspended", "queued", "blocked", "cooling", "disarmed"]
SafetyWord = Literal["normal", "evacuation", "drill", "lifting"]


class _Said(Body):
    def payload(self) -> bytes:
        """As bytes; what is absent is left out."""
        return encode(self.model_dump(exclude_none=True))


class SceneBody(_Said):
    """The body on ``{venue}/scene/{scene}/state``: what the scene does now."""

    state: SceneWord = Field(description="what it does now")
    run: str | None = Field(default=None, description="the life of the scene that goes on")
    since: float | None = Field(default=None, description="since when: epoch seconds")
    until: float | None = Field(default=None, description="at the latest until when: epoch seconds")
    why: str | None = Field(default=None, description="why it is so, for people")
    step: str | None = Field(default=None, description="the phase it is in, and which step of it")
    queued: int | None = Field(default=None, description="how many wait for their turn")
    band: str = Field(description="its priority: house < ambient < exhibit < session < tour < staff < safety")


class SafetyBody(_Said):
    """The body on ``{venue}/safety/state``: a mirror of the latch, to look at. It evacuates nothing by itself."""

    state: SafetyWord = Field(description="lifting: the first of the two steps that end an evacuation was taken")
    since: float | None = Field(default=None, description="since when: epoch seconds")
    until: float | None = Field(default=None, description="when this ends by itself: epoch seconds")
    why: str | None = Field(default=None, description="what set it off, or what ended it, for people")
    by: str | None = Field(default=None, description="who ordered it")


class NamedBody(_Said):
    """The body on ``{venue}/variable/{name}``, ``{venue}/fact/{name}`` and ``{venue}/mode/{name}``."""

    value: bool | int | float | str | dict[str, Scalar] | None = Field(
        description="a number, a word, true or false; of a variable that counts several, a number for each"
    )
    since: float | None = Field(default=None, description="since when: epoch seconds")


class RefusedReload(Body):
    """The last reload was refused; what ran before goes on."""

    refused: int = Field(ge=1, description="how many mistakes there were")
    at: float = Field(description="when: epoch seconds")
    why: str = Field(description="the first of them, with its place")


class StatusBody(_Said):
    """The body on ``{venue}/controller/{cell}/status``. Only ``state`` is there when the controller is gone."""

    state: Literal["online", "offline"] = Field(description="whether it is there")
    version: str | None = Field(default=None, description="the version of Ringmaster")
    config: str | None = Field(default=None, description="digest of the configuration that it runs")
    epoch: int | None = Field(default=None, description="how often a controller was started here; grows by each start")
    since: float | None = Field(default=None, description="when it was started: epoch seconds")
    reload: RefusedReload | None = Field(default=None, description="there only while the last reload was refused")


class BeatBody(_Said):
    """The body on ``{venue}/controller/{cell}/beat``, every ``BEAT_SECONDS``."""

    at: float = Field(description="now: epoch seconds")
    epoch: int = Field(description="as in the status")


class ErrorBody(_Said):
    """What was wrong with a device's last payload, on its ``…/error``. At most one a second."""

    topic: str = Field(description="where the device said it")
    pointer: str = Field(description="JSON pointer to what is wrong; empty: the whole")
    reason: str = Field(description="what is wrong, for people")
