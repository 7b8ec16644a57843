"""How often the first suggestion was right, by order, against chance."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from graph.snapshot.snapshot import Snapshot
from queries.sourcing.backtest import Baseline, backtest

YEARS = {2022: "#9bb7d4", 2023: "#2e6da4", 2024: "#1b3a57"}
NAMES = {
    Baseline.RANDOM: "随机",
    Baseline.EVIDENCE: "依据类别",
    Baseline.GRAVITY: "规模与距离",
    Baseline.CO_SUPPLIER: "相似买方的供应商",
    Baseline.RESOURCE_ALLOCATION: "资源分配",
    Baseline.ADAMIC_ADAR: "Adamic–Adar",
    Baseline.SCORE: "百分位均值",
    Baseline.SUGGESTIONS: "建议所用",
}


def draw(snapshot: Snapshot) -> Figure:
    """Draw bars of hit@1 by baseline and test year."""
    figure, axis = plt.subplots(figsize=(9, 4), layout="constrained")
    for shift, (year, colour) in enumerate(YEARS.items()):
        found = backtest(snapshot, train_year=year - 1, test_year=year)
        places = [place + (shift - 1) * 0.27 for place in range(len(NAMES))]
        heights = {row.baseline: row.hit_at_1 for row in found.tested}
        label = f"{year} 年（{found.sample} 问，平均 {found.candidates:.1f} 个候选）"
        axis.bar(places, [heights[name] for name in NAMES], 0.25, color=colour, label=label)
    axis.set_xticks(range(len(NAMES)), [*NAMES.values()], fontsize=8)
    axis.set_ylabel("首位即新供应商的占比")
    axis.set_ylim(0, 1)
    axis.spines[["top", "right"]].set_visible(False)
    axis.legend(frameon=False, fontsize=8)
    axis.set_title("供应商建议的回测（示例数据，供应关系为虚构：只表明回测可行）", fontsize=11)
    return figure
