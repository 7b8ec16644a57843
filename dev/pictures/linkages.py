"""Backward against forward index of the industries."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from graph.snapshot.snapshot import Snapshot
from queries.answer import Aggregation
from queries.linkage.leontief import LinkageClass, linkages

NAMED = 3e9
"""Yuan a year above which an industry gets its name."""

COLOURS = {
    LinkageClass.KEY: "#c0392b",
    LinkageClass.BACKWARD: "#2e6da4",
    LinkageClass.FORWARD: "#e08e0b",
    LinkageClass.WEAK: "#8a8f98",
}


def draw(snapshot: Snapshot) -> Figure:
    """Draw the four quadrants around 1."""
    found = linkages(snapshot, as_of=2024, aggregation=Aggregation.INDUSTRY, digits=2)
    figure, axes = plt.subplots(figsize=(8, 6))
    for kind, colour in COLOURS.items():
        rows = [row for row in found.rows if row.kind is kind]
        axes.scatter(
            [row.backward_index for row in rows],
            [row.forward_index for row in rows],
            s=[20 + row.output / 2e8 for row in rows],
            color=colour,
            alpha=0.75,
            label=kind.words.split("：")[0],
        )
    for row in found.rows:
        if row.output > NAMED or row.kind is LinkageClass.KEY:
            name = snapshot.name_of(row.row) if row.row is not None else "未归类"
            axes.annotate(name[:10], (row.backward_index, row.forward_index), fontsize=7, alpha=0.9)
    axes.axvline(1, color="#888", linewidth=0.8)
    axes.axhline(1, color="#888", linewidth=0.8)
    axes.set_xlabel("影响力系数（后向）")
    axes.set_ylabel("感应度系数（前向，Ghosh）")
    axes.set_title("示例数据 2024 年各行业（2 位）的前后向关联；面积为产出")
    axes.legend(frameon=False)
    return figure
