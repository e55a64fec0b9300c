"""What one connection has subscribed, and how it comes to what shall be heard now without being made anew.

Rules
- Only what is new is asked for: to subscribe again what stands would bring its retained messages again.
- What is no more goes first, so that a filter that gives way to a wider one does not hear the same twice.
- A refusal is told with the filter's name; what becomes of the connection then is the transport's to decide.
"""

from collections.abc import Callable, Sequence

from link.port import Session

Filters = Sequence[tuple[str, int]]


def refusal(filters: Filters, refused: Sequence[str]) -> str:
    """Why the broker refused one of the filters, or nothing; ``refused`` has for each why, or nothing."""
    for (name, _), why in zip(filters, refused, strict=False):
        if why:
            return f"the broker refuses the subscription to {name}: {why}"
    return ""


class Subscriptions:
    """``subscribe`` asks for filters and returns the packet id of the question; ``unsubscribe`` lets them go."""

    def __init__(
        self, session: Session, subscribe: Callable[[Filters], int | None], unsubscribe: Callable[[list[str]], object]
    ) -> None:
        self._heard = dict(session.filters)
        self._wanted = dict(session.filters)
        self._subscribe = subscribe
        self._unsubscribe = unsubscribe
        self._asked: dict[int | None, Filters] = {}

    def want(self, session: Session) -> None:
        """These are to be heard, from the next ``catch_up`` on."""
        self._wanted = dict(session.filters)

    def catch_up(self) -> None:
        """Asks for what is missing and lets go of what is too much."""
        gone = [name for name in self._heard if name not in self._wanted]
        new = [(name, qos) for name, qos in self._wanted.items() if self._heard.get(name) != qos]
        self._heard = dict(self._wanted)
        if gone:
            self._unsubscribe(gone)
        if new:
            self._asked[self._subscribe(new)] = new

    def answered(self, packet: int, refused: Sequence[str]) -> str:
        """The broker answered a question, with why or nothing for each filter. Why it refused one, or nothing."""
        return refusal(self._asked.pop(packet, ()), refused)
