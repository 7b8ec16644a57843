"""The products nearest to what three towns are specialised in."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from graph.snapshot.snapshot import Snapshot
from queries.similarity.relatedness import SpecialityBasis, relatedness

TOWNS = {
    "town:dingxiang-flange": "#2e6da4",
    "town:qixian-glassware": "#c0392b",
    "town:pingyao-beef": "#e08e0b",
}


def draw(snapshot: Snapshot) -> Figure:
    """Draw bars of the density of the first products that are not made."""
    figure, axes = plt.subplots(1, len(TOWNS), figsize=(11, 3.6), sharex=True, layout="constrained")
    for axis, (town, colour) in zip(axes, TOWNS.items(), strict=True):
        found = relatedness(snapshot, town, as_of=2024, first=8, measure=SpecialityBasis.MAKERS)
        rows = [row for row in found.rows if not row.made][::-1]
        names = [snapshot.name_of(row.product) for row in rows]
        axis.barh(names, [row.density for row in rows], color=colour, alpha=0.85)
        for place, row in enumerate(rows):
            near = snapshot.name_of(row.nearest) if row.nearest is not None else "无"
            axis.annotate(
                f"近于{near}",
                (row.density, place),
                (3, 0),
                textcoords="offset points",
                va="center",
                fontsize=7,
            )
        axis.set_title(f"{snapshot.name_of(found.town)}（专长 {found.diversity} 种）", fontsize=10)
        axis.spines[["top", "right"]].set_visible(False)
        axis.margins(x=0.35)
        axis.tick_params(labelsize=8)
    figure.supxlabel("相关密度（0–1，按生产者家数）", fontsize=9)
    figure.suptitle("与三镇所长最相近、尚非专长的产品（示例数据 2024 年）")
    return figure
