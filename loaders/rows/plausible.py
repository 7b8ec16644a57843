"""What is hard to believe in sound rows: they are loaded, and told at the top of the report with numbers."""

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from graph.edits.change import AnyRow
from graph.edits.known_sizes import Greatest
from graph.edits.upsert import RelationRow
from graph.kinds import Node, Relation, kind_of
from graph.kinds.columns import columns
from graph.kinds.metrics import SPELLINGS, Unit
from graph.snapshot.outliers import outliers
from loaders.rows.cells import called
from loaders.rows.figures import holds_money
from loaders.rows.header import Fault, Header

_UNITLESS = frozenset({"share", "longitude", "latitude", "coefficient"})
TIMES_KNOWN = 20
"""A figure that is so many times the greatest of its sort in the store is hard to believe."""
TIMES_TURNOVER = 3
"""As is a supply of so many times what its seller is known to sell or make in a year."""
FEWEST_KNOWN = 3
"""Figures of a sort that there must be for the greatest to say something."""
MISTAKEN = "；单位是否写错，如元写成了万元？"
_SAID = {"SUPPLIES": ("供应额", "同一产品的"), "NEEDS": ("采购额", "同一产品的")}


@dataclass(slots=True)
class Plausibility:
    """The figures of one table, by column (of claims by metric and kind of subject), with their lines.

    A town is thousands of times a firm: their figures are no measure of each other.
    """

    kind: type[Node | Relation]
    greatest: Mapping[str, Greatest] = field(default_factory=dict[str, Greatest])
    """What the store holds of each sort, before the table is written."""
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

    def beyond(self, row: AnyRow, turnover: float | None = None) -> Fault | None:
        """Say of how many times what the store holds a figure is; None: there is nothing to say.

        `turnover` is the greatest revenue or output known of a seller (yuan a year).
        """
        value = row.values.get("value")
        if not value:
            return None
        told = [self._turned(value, turnover), self._known(row, value)]
        said = "；".join(one for one in told if one)
        return Fault("value", f"{value:,.10g}", said + MISTAKEN) if said else None

    def _turned(self, value: float, turnover: float | None) -> str:
        if not turnover or value < TIMES_TURNOVER * turnover:
            return ""
        return f"是卖方已知营业收入或产值（最高 {_money(turnover)}）的 {_times(value / turnover)} 倍"

    def _known(self, row: AnyRow, value: float) -> str:
        what, same = _SAID.get(self.kind.label, ("", ""))
        most = self.greatest.get(_sort(self.kind, row))
        if what and (most is None or most.number < FEWEST_KNOWN):
            most, same = _of_all(self.greatest), ""
        if most is None or most.number < FEWEST_KNOWN or value < TIMES_KNOWN * most.value:
            return ""
        known = _money(most.value) if what else _figure(most.value, row.values.get("unit"))
        of = f"{same}最大{what}" if what else "同类对象同一指标的最大值"
        return f"是库中已知{of}（{known}）的 {_times(value / most.value)} 倍"


def to_itself(kind: type[Relation], ends: tuple[str, str]) -> str:
    """Say that a row joins something with itself (a supplier, an input); else nothing."""
    node = kind_of(ends[0])
    if ends[0] != ends[1] or node is None:
        return ""
    return f"{called(kind)}的两端是同一{called(node)}：是否填错？"


def _sort(kind: type[Node | Relation], row: AnyRow) -> str:
    """What a figure is compared with, as `greatest_of` names it."""
    if isinstance(row, RelationRow):
        return row.end if kind.label == "NEEDS" else str(row.values.get("product") or "")
    return f"{row.values.get('metric')} {str(row.values.get('subject')).partition(':')[0]}"


def _of_all(greatest: Mapping[str, Greatest]) -> Greatest | None:
    if not greatest:
        return None
    return Greatest(max(one.value for one in greatest.values()), sum(one.number for one in greatest.values()))


def _times(many: float) -> str:
    return f"{many:,.0f}" if many >= 10 else f"{many:.1f}"  # noqa: PLR2004 - one digit is enough


def _money(yuan: float) -> str:
    """Write yuan with the unit that offices use.

    >>> _money(45_000_000), _money(988_198_000)
    ('4,500 万元', '9.88198 亿元')
    """
    large = yuan >= 1e8  # noqa: PLR2004 - 亿
    return f"{yuan / (1e8 if large else 1e4):,.10g} {'亿元' if large else '万元'}"


def _figure(value: float, unit: str | None) -> str:
    if unit == Unit.YUAN.value:
        return _money(value)
    spoken = (text for text, (base, by) in SPELLINGS.items() if base.value == unit and by == 1)
    return f"{value:,.10g} {next((text for text in spoken if text != unit), '')}".strip()


def typed(head: Header, texts: Sequence[str], column: str) -> str:
    """Write a figure as it stands in its row, with the unit that stands beside it or in the head.

    It is empty where the row has no such cell.
    """
    cells = {name: texts[place].strip() for place, name, _ in head.cells if place < len(texts)}
    text = cells.get(column, "")
    if not text or not text.replace(",", "").replace(".", "").isdigit():
        return text
    yuan = next((True for c in columns(head.kind) if c.name == column and holds_money(c)), False)
    unit = head.units.get(column) or cells.get("unit") or ("元" if yuan else "")
    return f"{text} {unit}".strip()


def _measured(kind: type[Node | Relation]) -> list[str]:
    return [c.name for c in columns(kind) if c.type is float and not c.many and c.name not in _UNITLESS]
