"""What sources say of one share over the years, and which figure counts when."""

from typing import cast

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from graph.kinds.facts import Claim
from graph.kinds.metrics import Metric
from graph.kinds.terms import Scope
from graph.snapshot.snapshot import Snapshot
from queries.evidence.history import history

TOWN, FIRST, LAST = "town:dingxiang-flange", 2003, 2025


def draw(snapshot: Snapshot) -> Figure:
    """Draw the claims about a town's share of exports as points, and the chosen one as steps."""
    found = history(snapshot, subject=TOWN, metric=Metric.MARKET_SHARE, scope=Scope.EXPORT, as_of=LAST)
    figure, axis = plt.subplots(figsize=(9, 4.5), layout="constrained")
    for period in found.periods:
        since = max(period.since or FIRST, FIRST)
        axis.plot([since, period.until + 1], [period.value * 100] * 2, color="#2e6da4", linewidth=3)
    for row in found.claims:
        claim = cast("Claim", snapshot.entity(row))
        source = snapshot.name_of(snapshot.row_of(claim.source))
        value, year = claim.value * 100, claim.year
        said = f"{value:.0f} %（{'年份未说明' if year is None else f'{year} 年'}，{source}）"
        axis.plot(FIRST if year is None else year, value, "o", color="#c0392b", markersize=8)
        late = year is not None and year > (FIRST + LAST) / 2
        shift, side = ((-8, -18), "right") if late else ((8, 8), "left")
        axis.annotate(said, (year or FIRST, value), shift, textcoords="offset points", ha=side, fontsize=9)
        if year is None:
            axis.axhline(value, color="#c0392b", linestyle=":", linewidth=1)
    axis.set_xlim(FIRST - 0.5, LAST + 1)
    axis.set_ylim(0, 100)
    axis.set_ylabel("占比（%）")
    axis.set_title(f"{snapshot.name_of(snapshot.row_of(TOWN))}出口占比：各来源的说法（点）与各年采用值（线）")
    return figure
