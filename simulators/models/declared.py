"""A device of a kind that has no model of its own: it does what the kind declares, and no more."""

from typing import Any

from devices.vocabulary import Property, Scalar, SessionBody
from simulators.models.device import SECOND, DeviceModel
from simulators.models.model import Said

SPEAKS_EVERY = 90 * SECOND  # microseconds, on average


class DeclaredModel(DeviceModel):
    """Confirms what it is asked, answers commands, and says one of its kind's example events now and then."""

    def begin(self, at: int) -> Said:
        """Its state as in the kind's example, and a first event some time later."""
        if not self.state:
            self.state = dict(self.kind.examples.get("state", {}))
        said = super().begin(at)
        if self.kind.events and not self.plans("speak"):
            said.append(self._next(at))
        return said

    def want(self, body: dict[str, Any], at: int) -> Said:
        """For the property that the body is about: what it reports becomes what was asked, the rest of it nothing."""
        property_ = next((one for one in self.kind.properties if _is_about(one, body)), None)
        if property_ is None:
            return []
        values: dict[str, Scalar] = {name: body.get(name) for name in property_.reports}
        return self.change(at + self.answers_after, **values) if values else []

    def happens(self, what: str, at: int) -> Said:
        """It is time to say something."""
        del what
        event = self.chance.choose(list(self.kind.events))
        channel = self.kind.channel_of(event)
        example = self.kind.examples[f"{channel}/{event}"]
        fields = {name: value for name, value in example.items() if name not in ("id", "ts")}
        if issubclass(self.kind.events[event], SessionBody):  # each one a session of its own: nothing is known of it
            fields |= {"session": f"{self.chance.below(16**8):08x}", "seq": 1}
        return [self.event(at, event, fields), self._next(at)]

    def _next(self, at: int) -> tuple[int, Any]:
        return self.later(at + self.chance.exponential(SPEAKS_EVERY), "speak")


def _is_about(property_: Property, body: dict[str, Any]) -> bool:
    return any(name in body for name in (*(ask.key for ask in property_.asks), *(property_.idle or {})))
