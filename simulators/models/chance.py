"""Seeded chance of our own: the same numbers in every process and every version of Python."""

import math
from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

Item = TypeVar("Item")


class Chance:
    """A stream of numbers named by a seed and words: blake2b over a counter."""

    def __init__(self, seed: int, *names: str) -> None:
        self._key = blake2b("|".join((str(seed), *names)).encode(), digest_size=32).digest()
        self._count = 0

    def below(self, end: int) -> int:
        """A whole number from 0 to ``end`` - 1."""
        self._count += 1
        digest = blake2b(self._count.to_bytes(8, "big"), key=self._key, digest_size=8).digest()
        return int.from_bytes(digest, "big") % end

    def between(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return low + self.below(high - low + 1)

    def happens(self, per_mille: int) -> bool:
        """True so often in a thousand."""
        return self.below(1000) < per_mille

    def exponential(self, mean: int) -> int:
        """A gap of a Poisson stream with this mean; at least 1."""
        share = (self.below(1_000_000) + 1) / 1_000_001
        return max(1, round(-mean * math.log(share)))

    def long_tail(self, median: int) -> int:
        """Log-normal, as the times for which people stay: half are shorter; one in 25 lasts four times as long.

        The normal number is a sum of four, so that it ends: nothing lasts more than 16 times the median.
        """
        drawn = self.below(1 << 64)
        normal = sum((drawn >> shift) & 0xFFFF for shift in (0, 16, 32, 48)) / 0xFFFF - 2
        return max(1, round(median * math.exp(0.8 * math.sqrt(3) * normal)))

    def choose(self, items: Sequence[Item]) -> Item:
        """One of them."""
        return items[self.below(len(items))]
