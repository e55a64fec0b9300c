"""An alarm contact that is quiet, until a rehearsal makes it ring."""

from devices.vocabulary import Scalar
from simulators.models.device import DeviceModel
from simulators.models.model import Said


class ContactModel(DeviceModel):
    """Never rings by itself: no house is evacuated by chance."""

    def begin(self, at: int) -> Said:
        """How it stands."""
        self.state.setdefault("alarm", False)
        return super().begin(at)

    def rings(self, at: int, *, alarm: Scalar = True) -> Said:
        """The panel opens its contact; with ``alarm`` false it closes it again."""
        return self.change(at, alarm=alarm)


MODEL = ContactModel
