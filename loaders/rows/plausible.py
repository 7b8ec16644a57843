"""What is hard to believe in sound rows: they are loaded, and told at the top of the report with numbers."""

from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from graph.kinds import Node, Relation, kind_of
from graph.kinds.columns import columns
from graph.snapshot.outliers import outliers
from loaders.rows.cells import called
from loaders.rows.header import Fault

_UNITLESS = frozenset({"share", "longitude", "latitude", "coefficient"})


@dataclass(slots=True)
class Plausibility:
    """The figures of one table, by column (of claims by metric and kind of subject), with their lines.

    A town is thousands of times a firm: their figures are no measure of each other.
    """

    kind: type[Node | Relation]
    figures: dict[tuple[str, str, str], tuple[array[int], array[float]]] = field(
        default_factory=lambda: defaultdict(lambda: (array("q"), array("d")))
    )

    def take(self, line: int, values: dict[str, Any]) -> None:
        """Keep the figures of a row."""
        for name in _measured(self.kind):
            value = values.get(name)
            if value is not None and value > 0:
                subject = str(values.get("subject", "")).partition(":")[0]
                lines, held = self.figures[name, str(values.get("metric", "")), subject]
                lines.append(line)
                held.append(float(value))

    def doubts(self) -> Iterator[tuple[int, Fault]]:
        """Yield the figures whose size no other in the column has, with their lines."""
        for (name, *_), (lines, held) in self.figures.items():
            for one in outliers(np.array(held)):
                yield lines[one.place], Fault(name, f"{held[one.place]:,.10g}", one.words("同列"))


def to_itself(kind: type[Relation], ends: tuple[str, str]) -> str:
    """Say that a row joins something with itself (a supplier, an input); else nothing."""
    node = kind_of(ends[0])
    if ends[0] != ends[1] or node is None:
        return ""
    return f"{called(kind)}的两端是同一{called(node)}：是否填错？"


def _measured(kind: type[Node | Relation]) -> list[str]:
    return [c.name for c in columns(kind) if c.type is float and not c.many and c.name not in _UNITLESS]
