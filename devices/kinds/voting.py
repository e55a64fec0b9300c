"""A voting post: visitors vote for one of the topics that stand on it."""

from pydantic import Field

from devices.vocabulary import EventBody, Kind, Spoken


class Voted(EventBody):
    """Somebody voted."""

    topic: str = Field(
        min_length=1, max_length=64, pattern=r"^[a-z][a-z0-9_]*$", description="the topic that was chosen, by its id"
    )


KIND = Kind(
    name="voting",
    title="voting post",
    title_zh="投票台",
    events={"voted": Voted},
    spoken={"voted": Spoken("takes a vote", "收到投票")},
    examples={"event/voted": {"topic": "service", "id": "v7"}},
)
