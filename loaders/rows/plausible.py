"""What is hard to believe in sound rows: they are loaded, and told at the top of the report with numbers."""

from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from graph.kinds import Node, Relation, kind_of
from graph.kinds.columns import columns
from loaders.rows.cells import called
from loaders.rows.header import Fault

TIMES = 1_000
"""A column's median is exceeded, or missed, so many times where a unit is mistaken: 元 for 万元 is 10,000."""
BEYOND = 10
"""And so many times what all but a few values reach: sums of trade spread over thousands by nature."""
FEWEST = 8
"""Values that a column must have for a median to say something."""
MANY = 200
"""Values from which on a hundredth of them, not a tenth, may be unusual."""
_UNITLESS = frozenset({"share", "longitude", "latitude", "coefficient"})


@dataclass(slots=True)
class Plausibility:
    """The figures of one table, by column (and metric), with the lines they stand on."""

    kind: type[Node | Relation]
    figures: dict[tuple[str, str], tuple[array[int], array[float]]] = field(
        default_factory=lambda: defaultdict(lambda: (array("q"), array("d")))
    )

    def take(self, line: int, values: dict[str, Any]) -> None:
        """Keep the figures of a row."""
        for name in _measured(self.kind):
            value = values.get(name)
            if value is not None and value > 0:
                lines, held = self.figures[name, str(values.get("metric", ""))]
                lines.append(line)
                held.append(float(value))

    def doubts(self) -> Iterator[tuple[int, Fault]]:
        """Yield the figures whose size no other in the column has, with their lines."""
        for (name, _), (lines, held) in self.figures.items():
            if len(held) >= FEWEST:
                yield from _outliers(name, np.array(lines), np.array(held))


def to_itself(kind: type[Relation], ends: tuple[str, str]) -> str:
    """Say that a row joins something with itself (a supplier, an input); else nothing."""
    node = kind_of(ends[0])
    if ends[0] != ends[1] or node is None:
        return ""
    return f"{called(kind)}的两端是同一{called(node)}：是否填错？"


def _measured(kind: type[Node | Relation]) -> list[str]:
    return [c.name for c in columns(kind) if c.type is float and not c.many and c.name not in _UNITLESS]


def _outliers(name: str, lines: np.ndarray, held: np.ndarray) -> Iterator[tuple[int, Fault]]:
    few = 0.01 if len(held) > MANY else 0.1
    middle, high = np.quantile(held, [0.5, 1 - few], method="lower").tolist()
    low = float(np.quantile(held, few, method="higher"))
    for place in np.flatnonzero(held >= max(TIMES * middle, BEYOND * high)).tolist():
        times = held[place] / middle
        told = f"是同列中位数（{middle:,.10g}）的 {times:,.0f} 倍；单位是否写错，如元写成了万元？"
        yield int(lines[place]), Fault(name, f"{held[place]:,.10g}", told)
    for place in np.flatnonzero(held <= min(middle / TIMES, low / BEYOND)).tolist():
        times = middle / held[place]
        told = f"是同列中位数（{middle:,.10g}）的 1/{times:,.0f}；单位是否写错，如万元写成了元？"
        yield int(lines[place]), Fault(name, f"{held[place]:,.10g}", told)
