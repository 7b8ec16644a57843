"""A town's chain with the state of every step: the gaps stand out."""

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from graph.kinds.terms import Proximity, Stage
from graph.snapshot.snapshot import Snapshot
from queries.gaps.chain_map import Step, chain_map
from queries.gaps.gaps import Gap, gaps
from queries.gaps.terms import GapState

TOWN = "town:dingxiang-flange"
COLOURS = {
    GapState.MISSING: "#c0392b",
    GapState.WEAK: "#e08e0b",
    GapState.COVERED: "#3a8f5c",
    GapState.UNKNOWN: "#8a8f98",
}
NOTHING = "#d9dce0"
HUNDRED_MILLION, TEN_THOUSAND = 1e8, 1e4


def draw(snapshot: Snapshot) -> Figure:
    """Draw the steps stage by stage, coloured by state, and the inputs among them."""
    found = chain_map(snapshot, TOWN, as_of=2024)
    rows = {
        gap.product: gap for gap in gaps(snapshot, TOWN, as_of=2024, first=100, include_covered=True).rows
    }
    columns = [[step for step in found.steps if step.stage is stage] for stage in Stage]
    places = {
        step.product: (number, 0.94 - (place + 0.5) / len(column) * 0.9)
        for number, column in enumerate(columns)
        for place, step in enumerate(column)
    }
    figure, axes = plt.subplots(figsize=(13, 7), layout="constrained")
    for link in found.inputs:
        (x1, y1), (x2, y2) = places[link.start], places[link.end]
        style = "-" if link.essential else ":"
        axes.plot((x1, x2), (y1, y2), style, color="#9aa3ad", linewidth=1, alpha=0.5, zorder=1)
    for step in found.steps:
        _box(axes, snapshot, step, places[step.product], rows.get(step.product))
    for number, stage in enumerate(Stage):
        axes.annotate(stage.words, (number, 1.0), ha="center", fontsize=11, fontweight="bold")
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.set_ylim(0, 1.05)
    axes.axis("off")
    shown = [Patch(color=colour, label=_word(state)) for state, colour in COLOURS.items()]
    shown.append(Patch(color=NOTHING, label="可选，本地无人从事或采购"))
    axes.legend(
        handles=shown, loc="lower center", ncols=5, fontsize=9, frameon=False, bbox_to_anchor=(0.5, -0.06)
    )
    name = snapshot.name_of(snapshot.row_of(TOWN))
    axes.set_title(f"{name}产业链的缺与弱（示例数据 2024 年；实线为不可缺少的投入，数字为名次）", fontsize=12)
    return figure


def _box(axes: Axes, snapshot: Snapshot, step: Step, at: tuple[float, float], gap: Gap | None) -> None:
    """Write a step: rank and name, makers, what is bought."""
    lines = [snapshot.name_of(step.product) if gap is None or gap.rank is None else _ranked(snapshot, gap)]
    if gap is not None:
        lines.append(_makers(gap))
    colour = NOTHING if step.state is None else COLOURS[step.state]
    style = {"boxstyle": "round,pad=0.4", "facecolor": colour, "edgecolor": "white"}
    dark = "#333333" if step.state is None else "white"
    axes.annotate(
        "\n".join(lines), at, ha="center", va="center", fontsize=8, color=dark, bbox=style, zorder=2
    )


def _ranked(snapshot: Snapshot, gap: Gap) -> str:
    action = f"（{gap.action.words[:2]}）" if gap.action else ""
    return f"{gap.rank}. {snapshot.name_of(gap.product)}{action}"


def _makers(gap: Gap) -> str:
    local = sum(one.count for one in gap.makers if one.proximity is Proximity.TOWN)
    bought = gap.demand.total
    if bought is None:
        return f"本地 {local} 家；无已知采购"
    outside = f"{1 - (gap.demand.local_share or 0):.0%}"
    large = bought >= HUNDRED_MILLION / 10
    amount = f"{bought / HUNDRED_MILLION:.1f} 亿元" if large else f"{bought / TEN_THOUSAND:,.0f} 万元"
    return f"本地 {local} 家；采购 {amount}，外购 {outside}"


def _word(state: GapState) -> str:
    return state.words.split("：")[0]
