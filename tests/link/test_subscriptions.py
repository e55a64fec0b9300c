"""What is asked for and let go when what shall be heard changes."""

from link.port import Session
from link.subscriptions import Filters, Subscriptions

HALL = Session("controller-1", (("hall/#", 1), ("order/#", 1)))
ANNEX = Session("controller-1", (("annex/#", 1), ("order/#", 1)))


class Wire:
    """Keeps what is said to the broker, in order."""

    def __init__(self) -> None:
        self.said: list[tuple[str, list[str]]] = []
        self.subscriptions = Subscriptions(HALL, self._subscribe, lambda names: self.said.append(("gone", names)))

    def _subscribe(self, filters: Filters) -> int:
        self.said.append(("new", [name for name, _ in filters]))
        return len(self.said)


def test_only_what_changed_is_said_and_what_is_no_more_first() -> None:
    wire = Wire()
    wire.subscriptions.want(ANNEX)
    wire.subscriptions.catch_up()
    wire.subscriptions.catch_up()
    assert wire.said == [("gone", ["hall/#"]), ("new", ["annex/#"])]


def test_what_was_wanted_in_between_is_never_said() -> None:
    wire = Wire()
    wire.subscriptions.want(ANNEX)
    wire.subscriptions.want(HALL)
    wire.subscriptions.catch_up()
    assert wire.said == []


def test_a_refusal_names_the_filter() -> None:
    wire = Wire()
    wire.subscriptions.want(ANNEX)
    wire.subscriptions.catch_up()
    assert wire.subscriptions.answered(2, ["no"]) == "the broker refuses the subscription to annex/#: no"
    assert wire.subscriptions.answered(2, ["no"]) == ""
