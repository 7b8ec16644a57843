"""How a flange maker and a pump maker of two towns hang together."""

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from graph.snapshot.snapshot import Snapshot
from queries.network.paths import Path, PathStep, paths

START, END = "org:tianbao-group", "org:sample-yanhu-pump-leader-01"
SHOWN = 4
GOLD = "#e08e0b"


def draw(snapshot: Snapshot) -> Figure:
    """Draw the best paths one below the other, with what each link is."""
    found = paths(snapshot, START, END, as_of=2024, k=SHOWN)
    figure, axes = plt.subplots(figsize=(12, 1.7 * SHOWN))
    for number, path in enumerate(found.paths):
        _row(axes, snapshot, path, -number)
    axes.set_xlim(-0.4, max(path.length for path in found.paths) + 0.4)
    axes.set_ylim(-SHOWN + 0.4, 0.6)
    axes.axis("off")
    names = (snapshot.name_of(found.start), snapshot.name_of(found.end))
    axes.set_title(f"{names[0]}与{names[1]}的前 {SHOWN} 条路径（2024；箭头为货物方向，阻力小者线粗）")
    return figure


def _row(axes: Axes, snapshot: Snapshot, path: Path, y: int) -> None:
    for x, step in enumerate(path.steps):
        link = step.links[0]
        ends = (x, x + 1) if link.start == step.near else (x + 1, x)
        width = 0.8 + 2.5 * (1 - step.resistance)
        style = {"arrowstyle": "-|>", "color": "#9aa3ad", "lw": width, "shrinkA": 12, "shrinkB": 12}
        axes.annotate("", (ends[1], y), (ends[0], y), arrowprops=style)
        axes.text(x + 0.5, y + 0.1, _words(snapshot, step), ha="center", fontsize=8, color="#555b63")
    for x, node in enumerate(path.nodes):
        middle = 0 < x < path.length
        axes.scatter(x, y, s=70, color="#2e6da4" if middle else GOLD, zorder=2)
        axes.text(x, y - 0.24, snapshot.name_of(node), ha="center", fontsize=8)
    axes.text(-0.38, y + 0.32, f"{path.length} 环，阻力 {path.resistance:.3f}", fontsize=8, color="#2e6da4")


def _words(snapshot: Snapshot, step: PathStep) -> str:
    link = step.links[0]
    words = link.kind.words if link.product is None else snapshot.name_of(link.product)
    return words if step.value is None else f"{words} {step.value / 1e4:,.0f} 万元"
