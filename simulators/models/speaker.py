"""A loudspeaker: it plays, and says when it has."""

from simulators.models.playing import PlayingModel


class SpeakerModel(PlayingModel):
    """Plays sounds."""


MODEL = SpeakerModel
