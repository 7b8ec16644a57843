"""What flows around one flange maker, from steel to the buyer's product."""

from collections import defaultdict

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from graph.snapshot.snapshot import Snapshot
from queries.answer import Aggregation
from queries.linkage.sankey import Sankey, sankey

CENTRE = "org:tianbao-group"
WIDTH = 0.08
GAP = 0.25
"""Between nodes of a column, in 100 million yuan."""
UNIT = 1e8
UNASSIGNED = "未归入产品的买方"


def draw(snapshot: Snapshot) -> Figure:
    """Draw columns of nodes and the ribbons between them, as wide as their value."""
    found = sankey(snapshot, as_of=2024, around=CENTRE, hops=2, aggregation=Aggregation.PRODUCT, first=40)
    figure, axes = plt.subplots(figsize=(11, 6.5))
    heights = shown_heights(found)
    bottoms = stacked(found, heights)
    colours = plt.get_cmap("tab20")(np.linspace(0, 1, len(found.nodes)))
    out, into = dict(bottoms), dict(bottoms)
    for link in sorted(found.links, key=lambda k: (bottoms[k.source], bottoms[k.target])):
        thick = link.value / UNIT
        ends = found.nodes[link.source].tier + WIDTH, found.nodes[link.target].tier
        ribbon(axes, ends, (out[link.source], into[link.target]), thick, colours[link.source])
        out[link.source] += thick
        into[link.target] += thick
    for place, node in enumerate(found.nodes):
        left, low = node.tier, bottoms[place]
        axes.add_patch(Rectangle((left, low), WIDTH, heights[place], color=colours[place]))
        name = snapshot.name_of(node.row) if node.row is not None else UNASSIGNED
        middle = low + heights[place] / 2
        axes.text(left + WIDTH + 0.02, middle, f"{name} {heights[place]:.1f}", va="center", fontsize=8)
    axes.set_xlim(-0.05, max(node.tier for node in found.nodes) + 0.75)
    axes.set_ylim(-0.3, max(bottoms[p] + heights[p] for p in bottoms) + 0.3)
    axes.axis("off")
    axes.set_title(
        f"示例数据 2024 年{snapshot.name_of(snapshot.row_of(CENTRE))}上下游各 2 级的产品流向（亿元/年）："
        f"已画出 {found.shown / UNIT:.1f}，未画出 {found.left_out / UNIT:.2f}，"
        f"断开 {found.dropped / UNIT:.2f}，内部 {found.internal / UNIT:.2f}"
    )
    return figure


def shown_heights(found: Sankey) -> dict[int, float]:
    """Measure each node by what is shown of it, in or out, whichever is more."""
    sums: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for link in found.links:
        sums[link.source][1] += link.value / UNIT
        sums[link.target][0] += link.value / UNIT
    return {place: max(sums[place]) for place in range(len(found.nodes))}


def stacked(found: Sankey, heights: dict[int, float]) -> dict[int, float]:
    """Stack the nodes of each column, in the middle of the picture."""
    columns: dict[int, list[int]] = defaultdict(list)
    for place, node in enumerate(found.nodes):
        columns[node.tier].append(place)
    tallest = max(sum(heights[p] + GAP for p in places) for places in columns.values())
    bottoms: dict[int, float] = {}
    for places in columns.values():
        low = (tallest - sum(heights[p] + GAP for p in places)) / 2
        for place in reversed(places):
            bottoms[place] = low
            low += heights[place] + GAP
    return bottoms


def ribbon(
    axes: Axes, ends: tuple[float, float], lows: tuple[float, float], thick: float, colour: object
) -> None:
    """Draw one bent band."""
    (left, right), (start, end), half = ends, lows, sum(ends) / 2
    points = [(left, start), (half, start), (half, end), (right, end)]
    back = [(x, y + thick) for x, y in reversed(points)]
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    path = Path([*points, *back, points[0]], codes)
    axes.add_patch(PathPatch(path, facecolor=colour, alpha=0.4, linewidth=0))
