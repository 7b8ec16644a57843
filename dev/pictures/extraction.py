"""Who loses most when one leading enterprise stops."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from graph.snapshot.snapshot import Snapshot
from queries.linkage.extraction import extraction

LEADER = "org:tianbao-group"


def draw(snapshot: Snapshot) -> Figure:
    """Draw the losses of the most dependent organisations, and the sums by form."""
    found = extraction(snapshot, LEADER, as_of=2024, first=12)
    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 5), width_ratios=[3, 2])
    rows = list(found.dependents)[::-1]
    left.barh([snapshot.name_of(row.row) for row in rows], [row.share * 100 for row in rows], color="#2e6da4")
    left.set_xlabel("损失占自身产出（%）")
    left.set_title(f"{snapshot.name_of(snapshot.row_of(LEADER))}停产：依赖最深的主体（2024）")
    groups = list(found.by_form)[::-1]
    names = [group.form.words if group.form else "" for group in groups]
    right.barh(names, [group.loss / 1e8 for group in groups], color="#e08e0b")
    right.set_xlabel("损失（亿元/年）")
    right.set_title("按主体形式")
    figure.tight_layout()
    return figure
