"""Where the organisations of three towns stand between raw material and final use."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from graph.snapshot.snapshot import Snapshot
from queries.answer import Aggregation
from queries.linkage.position import positions

TOWNS = {
    "town:dingxiang-flange": "#c0392b",
    "town:taigu-malleable-iron": "#2e6da4",
    "town:qixian-glassware": "#1e8f5a",
}


def draw(snapshot: Snapshot) -> Figure:
    """Draw upstreamness against downstreamness."""
    figure, axes = plt.subplots(figsize=(8, 6))
    for town, colour in TOWNS.items():
        if snapshot.find(town) is None:
            continue
        found = positions(snapshot, as_of=2024, aggregation=Aggregation.ORGANISATION, within=town, first=500)
        axes.scatter(
            [row.downstreamness for row in found.rows],
            [row.upstreamness for row in found.rows],
            s=[12 + row.output / 5e7 for row in found.rows],
            color=colour,
            alpha=0.6,
            label=snapshot.name_of(snapshot.row_of(town)),
        )
    axes.set_xlabel("下游度（离初始投入的级数）")
    axes.set_ylabel("上游度（到最终使用的级数）")
    axes.set_title("示例数据 2024 年镇内各主体的位置；面积为产出")
    axes.legend(frameon=False)
    return figure
