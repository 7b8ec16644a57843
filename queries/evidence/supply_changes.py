"""Supply changes: which supplies of some organisations began, ended or changed between two years."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.kinds.results import result
from graph.snapshot.csr import Ints
from graph.snapshot.purchases import Flows, supply_flows, supply_years
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import MISSING
from queries.links import Link, links_of


@result("一笔供应（卖方、买方、产品）前后的数值")
@dataclass(frozen=True, slots=True)
class SupplyChange:
    """One supply whose value is another in the later year."""

    before: Annotated[Link, "前"]
    after: Annotated[Link, "后"]

    @property
    def difference(self) -> Annotated[float | None, "后 − 前（元/年）；空为有一个不详"]:
        """The later value minus the earlier."""
        if self.before.value is None or self.after.value is None:
            return None
        return self.after.value - self.before.value


@dataclass(frozen=True, slots=True)
class SupplyChanges:
    """The supplies that hold in one of two years only, or in both with another value, the greatest first."""

    begun: Sequence[Link]
    ended: Sequence[Link]
    changed: Sequence[SupplyChange]
    unknown: str | None = None


def supply_changes(snapshot: Snapshot, local: Ints, start: int, end: int) -> SupplyChanges:
    """Compare what some organisations (global rows) buy and sell in two years.

    Before the first year that any of their supplies states, nothing is known of them.
    """
    dated = supply_years(snapshot, local)
    dated = dated[dated != MISSING]
    if not len(dated) or start < dated.min():
        said = f"始于 {dated.min()} 年" if len(dated) else "一笔也没有"
        return SupplyChanges((), (), (), f"本镇主体写明年份的供应{said}：{start} 年的供应不详，无从比较")
    before, after = (_touching(supply_flows(snapshot, year), local) for year in (start, end))
    begun = [link for key, link in after.items() if key not in before]
    ended = [link for key, link in before.items() if key not in after]
    pairs = (SupplyChange(link, after[key]) for key, link in before.items() if key in after)
    changed = [pair for pair in pairs if pair.before.value != pair.after.value]
    changed.sort(key=lambda pair: (pair.difference is None, -abs(pair.difference or 0.0), pair.after.edge))
    return SupplyChanges(sorted(begun, key=_size), sorted(ended, key=_size), changed)


def _size(link: Link) -> tuple[bool, float, int]:
    return link.value is None, -(link.value or 0.0), link.edge


def _touching(flows: Flows, local: Ints) -> dict[tuple[int, int, int], Link]:
    """Take the flows that are bought or sold by some organisations, by seller, buyer and product."""
    touching = np.isin(flows.start, local) | np.isin(flows.end, local)
    links = links_of(flows, np.flatnonzero(touching).astype(np.int32))
    return {(link.start, link.end, link.product): link for link in links}
