"""The communities of the demo's supply, and the towns that they reach over."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from graph.snapshot.snapshot import Snapshot
from queries.network.communities import communities

COLOURS = ("#2e6da4", "#e08e0b", "#3f8f5b", "#8a5a9e", "#c0392b")
REST, NONE = "#9aa3ad", "#e3e6ea"
LETTER = 1.6
"""How many members a letter takes of a bar."""


def draw(snapshot: Snapshot) -> Figure:
    """Draw a bar for each community, divided by towns, the greatest on top."""
    found = communities(snapshot, as_of=2024, first=10, listed=len(COLOURS))
    figure, axes = plt.subplots(figsize=(12, 6))
    for place, row in enumerate(found.rows):
        left, shown = 0, [(t.organisations, snapshot.name_of(t.town)) for t in row.towns]
        rest = row.size - row.without_town - sum(count for count, _ in shown)
        parts = [*zip(shown, COLOURS, strict=False), ((rest, ""), REST), ((row.without_town, ""), NONE)]
        for (count, name), colour in parts:
            axes.barh(place, count, left=left, color=colour, height=0.62)
            if name and count > LETTER * len(name):
                axes.text(left + count / 2, place, name, ha="center", va="center", fontsize=7, color="white")
            left += count
        goods = "、".join(snapshot.name_of(p.product) for p in row.products[:2])
        words = f"{row.value / 1e8:.1f} 亿元（{row.inside_share:.0%} 在内部），{goods}"
        axes.text(left + 1, place, words, va="center", fontsize=8)
    axes.set_yticks(range(len(found.rows)), [snapshot.name_of(row.center) for row in found.rows], fontsize=8)
    axes.invert_yaxis()
    axes.set_xlim(0, 1.6 * max(row.size for row in found.rows))
    axes.set_xlabel("主体数，按专业镇；灰为其余镇，浅灰为不属任何镇")
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_title(f"供应网络中的社群（2024，Q = {found.modularity:.2f}；左为核心主体）")
    return figure
