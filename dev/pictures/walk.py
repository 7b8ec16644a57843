"""Three tiers upstream of one leading enterprise."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from graph.snapshot.snapshot import Snapshot
from queries.network.walk import walk

LEADER = "org:tianbao-group"
COLOURS = ("#c0392b", "#2e6da4", "#e08e0b", "#8a8f98")


def draw(snapshot: Snapshot) -> Figure:
    """Draw a column for each tier, the biggest on top, and the links between them."""
    found = walk(snapshot, LEADER, as_of=2024, depth=3, max_nodes=60)
    tiers = {step.row: step.tier for step in found.steps}
    columns = [[row for row, tier in tiers.items() if tier == number] for number in range(4)]
    places = {
        row: (-number, 1 - (place + 0.5) / len(column))
        for number, column in enumerate(columns)
        for place, row in enumerate(column)
    }
    most = max(link.value or 0 for link in found.links)
    figure, axes = plt.subplots(figsize=(11, 8))
    for link in found.links:
        (x1, y1), (x2, y2) = places[link.start], places[link.end]
        width = 0.4 + 5 * (link.value or 0) / most
        axes.plot((x1, x2), (y1, y2), color="#9aa3ad", linewidth=width, alpha=0.45, zorder=1)
    for row, (x, y) in places.items():
        axes.scatter(x, y, s=24, color=COLOURS[tiers[row]], zorder=2)
        axes.annotate(snapshot.name_of(row), (x, y), fontsize=7, xytext=(4, 3), textcoords="offset points")
    axes.set_xlim(-3.2, 0.6)
    axes.axis("off")
    axes.set_title(f"{snapshot.name_of(snapshot.row_of(LEADER))}的三级上游（2024，前 60 家；线宽为金额）")
    return figure
