"""Where in the configuration something stands."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the configuration something stands; lines and columns count from 1.

    ``width``: how many characters stand there, as far as known.
    """

    file: str
    line: int
    column: int
    width: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"
