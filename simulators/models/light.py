"""A dimmable light that goes where it is asked to and says so."""

from typing import Any

from devices.vocabulary import Scalar
from simulators.models.device import DeviceModel, number
from simulators.models.model import Said


class LightModel(DeviceModel):
    """Reports what it fades to, not the way there."""

    def want(self, body: dict[str, Any], at: int) -> Said:
        """``{look?, level?, colour?, fade?}``: a light without a level shines at full."""
        level = number(body.get("level"))
        shown: dict[str, Scalar] = {"level": level} if level is not None else {}
        shown |= {key: body[key] for key in ("look", "colour") if isinstance(body.get(key), str)}
        if not shown:
            return []
        if "look" not in shown:
            self.state.pop("look", None)
        elif level is None and self.state.get("level") is not None:
            shown["level"] = None  # the look's own, which nobody named
        if "colour" in shown and "level" not in shown and "look" not in shown:
            shown["level"] = 1.0
        return self.change(at + self.answers_after, **shown)


MODEL = LightModel
