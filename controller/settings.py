"""What the environment says, frozen once read. Everything else is in the venue's files."""

import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from devices.topics import ID_PATTERN
from link.address import parse_broker
from link.port import Broker


class SettingsError(Exception):
    """A setting is wrong; the message names the variable."""


class Settings(BaseModel):
    """``RINGMASTER_BROKER``, ``RINGMASTER_STATE``, ``RINGMASTER_CELL``, ``RINGMASTER_LOG``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    broker: str = Field(default="mqtt://127.0.0.1:1883", description="mqtt://[user:password@]host[:port]")
    state: Path | None = Field(default=None, description="folder; by default .ringmaster/{venue}")
    cell: str = Field(default="house", pattern=f"^{ID_PATTERN}$", description="this controller's name in the venue")
    log: str = Field(default="info", pattern="^(debug|info|warning|error)$")

    def state_folder(self, venue: str) -> Path:
        """Where this venue's journal and address are."""
        return self.state if self.state is not None else Path(".ringmaster") / venue

    def broker_address(self) -> Broker:
        """Where the broker is."""
        return parse_broker(self.broker)


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """From the environment. Raises ``SettingsError``."""
    found = os.environ if environment is None else environment
    given = {
        name: found[f"RINGMASTER_{name.upper()}"]
        for name in Settings.model_fields
        if found.get(f"RINGMASTER_{name.upper()}")
    }
    try:
        settings = Settings.model_validate(given)
        parse_broker(settings.broker)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise SettingsError(f"RINGMASTER_{str(first['loc'][0]).upper()}: {first['msg']}") from None
    except ValueError as error:
        raise SettingsError(f"RINGMASTER_BROKER: {error}") from None
    return settings
