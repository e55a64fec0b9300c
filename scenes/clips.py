"""Clips by role: scenes name the role, the venue maps it to files."""

from collections.abc import Mapping
from dataclasses import dataclass

from devices.vocabulary import Fields


@dataclass(frozen=True, slots=True)
class Clip:
    """What a role stands for. ``files`` by ``file`` (all languages), ``zh``, ``en``."""

    role: str
    files: Mapping[str, str]
    lasts: int | None = None
    loops: bool | None = None

    def fields(self, language: str = "") -> Fields:
        """What a player is told: the file in that language, else the one for all, else the first."""
        file = self.files.get(language) or self.files.get("file") or next(iter(self.files.values()), "")
        loop = {} if self.loops is None else {"loop": self.loops}
        return {"play": file, "clip": self.role, **loop}
