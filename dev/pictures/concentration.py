"""Concentration of output by town, and where the organisations stand in the network."""

from collections.abc import Callable, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from graph.snapshot.snapshot import Snapshot
from queries.linkage.concentration import concentration
from queries.network.centrality import OrganisationCentrality, centrality

YEAR = 2024
BLUE, ORANGE = "#2e6da4", "#e08e0b"


def draw(snapshot: Snapshot) -> Figure:
    """Draw HHI and CR4 of the towns, and PageRank against betweenness of all organisations."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(13, 6), width_ratios=(1, 1.1))
    _towns(left, snapshot)
    _standings(right, snapshot)
    figure.tight_layout()
    return figure


def _towns(axes: Axes, snapshot: Snapshot) -> None:
    ids = snapshot.nodes["Town"]["id"].tolist()
    found = [(snapshot.name_of(snapshot.row_of(id)), concentration(snapshot, id, as_of=YEAR)) for id in ids]
    known = sorted(((n, c) for n, c in found if c.hhi is not None), key=lambda pair: pair[1].hhi or 0.0)
    rows = np.arange(len(known))
    axes.barh(rows, [c.hhi or 0.0 for _, c in known], color=BLUE, label="HHI")
    axes.plot([c.cr4 or 0.0 for _, c in known], rows, "o", color=ORANGE, label="CR4")
    axes.plot([1 / c.count for _, c in known], rows, "|", color="#333", markersize=9, label="1/n（全部相等）")
    axes.set_yticks(rows, [f"{name}（n={c.count}）" for name, c in known], fontsize=8)
    axes.set_xlabel("产出集中度（0–1）")
    axes.set_title(f"{YEAR} 年各专业镇产出的集中度（示例数据）")
    axes.legend(frameon=False, loc="lower right")


def _standings(axes: Axes, snapshot: Snapshot) -> None:
    found = centrality(snapshot, as_of=YEAR, samples=1_024, first=500).rows
    axes.scatter(
        [row.pagerank for row in found],
        [_between(row) for row in found],
        s=[6 + 3 * (row.suppliers + row.customers) for row in found],
        color=BLUE,
        alpha=0.55,
        linewidth=0,
    )
    first = {row.row: row for row in (*_most(found, lambda row: row.pagerank), *_most(found, _between))}
    for row in first.values():
        axes.annotate(
            snapshot.name_of(row.row).removeprefix("样例"),
            (row.pagerank, _between(row)),
            fontsize=7,
            xytext=(4, 4),
            textcoords="offset points",
            rotation=0 if _between(row) else 70,
        )
    axes.set_xlabel("PageRank（沿货物流向）")
    axes.set_ylabel("介数（精确）")
    axes.set_title("PageRank 前 500 个主体的位置；面积为供应商数与客户数之和")


def _between(row: OrganisationCentrality) -> float:
    return row.betweenness or 0.0


def _most(
    rows: Sequence[OrganisationCentrality], key: Callable[[OrganisationCentrality], float]
) -> list[OrganisationCentrality]:
    return sorted(rows, key=key)[-5:]
