"""How much stops with each organisation, against how big it is."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from graph.snapshot.snapshot import Snapshot
from queries.cascade.cascade import EPS
from queries.cascade.esri import closures
from queries.cascade.ranking import closed
from queries.cascade.readiness import readiness

NAMED = 8
LEAST = 1e-6
"""Where the logarithmic axes begin."""
BESIDE = {0: (-7, 6), 1: (-7, -5), 3: (-7, -7), 4: (4, -12)}
"""Who of the greatest is named beside the dots, and where: those that don't cover each other."""


def draw(snapshot: Snapshot) -> Figure:
    """Draw the ranking by direction, and ESRI over the share of output."""
    ready = readiness(snapshot, as_of=2024)
    places = closed(ready)
    found = closures(ready.net, places, eps=EPS)
    top = np.argsort(-found.esri)[:NAMED]
    first = snapshot.nodes["Organisation"].first
    names = [snapshot.name_of(int(places[k]) + first).removeprefix("样例") for k in top]
    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 5), layout="constrained")
    y = np.arange(NAMED)
    left.barh(y - 0.2, found.down[top], height=0.38, color="#c0392b", label="缺料：向下游传导")
    left.barh(y + 0.2, found.up[top], height=0.38, color="#2e6da4", label="缺销路：向上游传导")
    left.scatter(found.esri[top], y, marker="|", s=320, color="#222", label="ESRI")
    left.set_yticks(y, names)
    left.invert_yaxis()
    left.set_xlabel("停下的产出占全部产出")
    left.legend(frameon=False, loc="lower right")
    own = ready.net.weight[places]
    right.scatter(own[own > 0], found.esri[own > 0], s=14, alpha=0.6, color="#555")
    right.plot([LEAST, 1], [LEAST, 1], color="#999", linewidth=0.8, linestyle="--")
    right.annotate("只停自身", (2e-4, 7e-5), color="#777", fontsize=9)
    for number, place in BESIDE.items():
        right.annotate(
            names[number],
            (own[top[number]], found.esri[top[number]]),
            fontsize=8,
            xytext=place,
            textcoords="offset points",
            ha="left" if place[0] > 0 else "right",
        )
    right.set(xscale="log", yscale="log", xlim=(LEAST, 1), ylim=(LEAST, 1))
    right.set_xlabel("自身产出占全部产出（产出不详者未画）")
    right.set_ylabel("ESRI")
    for axis in (left.xaxis, right.xaxis, right.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda share, _: f"{share * 100:.6g}%"))
    figure.suptitle(f"示例数据 2024 年：{len(places)} 个主体各自单独停产会停下多少（eps = {EPS:g}）")
    return figure
