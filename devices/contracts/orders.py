"""Orders of people, and the one answer that each of them gets."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from devices.payload import DeviceError, parse_object
from devices.speech import checked, encode, read_stamp
from devices.vocabulary import Body, Scalar

VERBS = (
    "start", "stop", "go", "back", "hold", "skip", "arm", "disarm", "rest", "extend", "set",
    "drill", "evacuate", "lift", "confirm_lift",
)  # fmt: skip
ID_LENGTH = 64
ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_.:-]*$"  # becomes a level of a topic: no slash, no wildcard

AnswerWord = Literal["accepted", "refused", "done", "expired"]


class OrderError(ValueError):
    """An order that cannot be understood. It is answered to the person, as ``refused`` with this reason.

    ``id``: what the order is called, where at least that can be read.
    """

    def __init__(self, reason: str, order_id: str | None) -> None:
        super().__init__(reason)
        self.id = order_id


class OrderBody(Body):
    """The body on ``{venue}/order/{verb}[/{target}]``; all of it may be absent."""

    id: str | None = Field(
        default=None, max_length=ID_LENGTH, pattern=ID_PATTERN, description="comes back in the answer"
    )
    by: str | None = Field(default=None, max_length=100, description="who orders")
    with_: dict[str, Scalar] = Field(default_factory=dict, alias="with", description="parameters of the scene")
    expires: float | str | None = Field(default=None, description="not to be done after: epoch seconds or RFC 3339")
    reply_to: str | None = Field(
        default=None, max_length=200, pattern=r"^[^+#\x00]+$", description="topic of the answer"
    )
    way: str | None = Field(default=None, max_length=64, description="which way `go` takes")


def read_order(payload: bytes) -> tuple[OrderBody, int | None]:
    """The order, and when it expires (microseconds since 1970). Raises ``OrderError`` with place and reason."""
    fields: Mapping[str, object] = {}
    try:
        fields = parse_object(payload)
        body = checked(OrderBody, fields)
        return body, read_stamp(body.expires, "/expires")
    except DeviceError as error:
        raise OrderError(str(error), _id_in(fields)) from None


def _id_in(fields: Mapping[str, object]) -> str | None:
    match fields.get("id"):
        case str(order_id) if len(order_id) <= ID_LENGTH and re.fullmatch(ID_PATTERN, order_id):
            return order_id
    return None


@dataclass(frozen=True, slots=True)
class Reply:
    """The body on ``{venue}/reply/{id}``."""

    id: Annotated[str, Field(description="the order's id, or one that was made for it")]
    answer: Annotated[AnswerWord, Field(description="what became of it")]
    why: Annotated[str, Field(description="for people")]
    run: Annotated[str | None, Field(description="the life of the scene that was started")] = None
    verdict: Annotated[str | None, Field(description="which rule decided, in one word")] = None

    def payload(self) -> bytes:
        """As bytes; what is absent is left out."""
        body = {"id": self.id, "answer": self.answer, "run": self.run, "verdict": self.verdict, "why": self.why}
        return encode({key: value for key, value in body.items() if value is not None})
