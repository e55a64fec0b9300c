"""A wired contact, such as that of a fire panel: alarm, or quiet. It says no events: how it stands is its state."""

from pydantic import Field

from devices.vocabulary import Kind, Spoken, StateBody


class ContactState(StateBody):
    """How it stands. A broken wire is an alarm: wire it so that rest is a closed circuit."""

    alarm: bool | None = Field(default=None, description="true while there is an alarm, or no current")


KIND = Kind(
    name="contact",
    title="alarm contact",
    title_zh="报警触点",
    state=ContactState,
    opposites={"alarm": "quiet"},
    spoken={"alarm": Spoken("gives the alarm", "发出警报"), "quiet": Spoken("is quiet", "无警报")},
    examples={"state": {"alarm": False}},
)
