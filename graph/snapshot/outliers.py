"""Outliers: figures whose size no other of their sort has, as when a unit is mistaken."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from graph.snapshot.csr import Floats

TIMES = 1_000
"""A median is exceeded, or missed, so many times where a unit is mistaken: 元 for 万元 is 10,000."""
BEYOND = 10
"""And so many times what all but a few values reach: sums of trade spread over thousands by nature."""
FEWEST = 8
"""Values that there must be for a median to say something."""
MANY = 200
"""Values from which on a hundredth of them, not a tenth, may be unusual."""


@dataclass(frozen=True, slots=True)
class Outlier:
    """A value that is hard to believe."""

    place: int
    median: float
    """Of all values."""
    above: bool
    """Whether it is greater than the others; else smaller."""
    times: float
    """How many times greater than the median, or smaller."""

    def words(self, of: str) -> str:
        """Say what is hard to believe; `of` names the others.

        >>> Outlier(0, 20.0, True, 10000.0).words("同列")
        '是同列中位数（20）的 10,000 倍；单位是否写错，如元写成了万元？'
        """
        size = f"{self.times:,.0f} 倍" if self.above else f"1/{self.times:,.0f}"
        mistake = "元写成了万元" if self.above else "万元写成了元"
        return f"是{of}中位数（{self.median:,.10g}）的 {size}；单位是否写错，如{mistake}？"


def outliers(held: Floats) -> Iterator[Outlier]:
    """Find, among values above 0, those of a size that no other has: the great ones, then the small ones."""
    if len(held) < FEWEST:
        return
    few = 0.01 if len(held) > MANY else 0.1
    median, high = np.quantile(held, [0.5, 1 - few], method="lower").tolist()
    low = float(np.quantile(held, few, method="higher"))
    for place in np.flatnonzero(held >= max(TIMES * median, BEYOND * high)).tolist():
        yield Outlier(place, median, above=True, times=float(held[place]) / median)
    for place in np.flatnonzero(held <= min(median / TIMES, low / BEYOND)).tolist():
        yield Outlier(place, median, above=False, times=median / float(held[place]))
