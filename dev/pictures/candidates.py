"""What the score of each candidate for the pump castings of 盐湖 is made of."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from graph.snapshot.snapshot import Snapshot
from queries.sourcing.candidates import candidates
from queries.sourcing.evidence import CandidatePart

COLOURS = dict(
    zip(CandidatePart, ("#1b3a57", "#2e6da4", "#9bb7d4", "#c9a24b", "#8c6d46", "#b8b8b8"), strict=True)
)


def draw(snapshot: Snapshot) -> Figure:
    """Draw bars of the scores, each cut into its parts; the strongest evidence beside the name."""
    found = candidates(snapshot, "town:yanhu-pump", product="product:pump-casting", as_of=2024, first=10)
    figure, axis = plt.subplots(figsize=(9, 4), layout="constrained")
    names = [f"{snapshot.name_of(row.row)}（{row.evidence[0].value}）" for row in found.rows]
    left = [0.0] * len(names)
    for part, colour in COLOURS.items():
        cells = [next(one for one in row.parts if one.part is part) for row in found.rows]
        widths = [cell.weight * (cell.percentile or 0.0) for cell in cells]
        axis.barh(names, widths, left=left, color=colour, label=part.words.split("：")[0])
        left = [a + b for a, b in zip(left, widths, strict=True)]
    axis.invert_yaxis()
    axis.set_xlim(0, 1)
    axis.set_xlabel("得分：已知部分的百分位按权重平均（先按依据排序，再按得分）")
    axis.spines[["top", "right"]].set_visible(False)
    axis.legend(frameon=False, fontsize=8, loc="lower right")
    axis.set_title("谁可为盐湖水泵供应泵体铸件（2024 年；样例均为虚构）", fontsize=11)
    return figure
