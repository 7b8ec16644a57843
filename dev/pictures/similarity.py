"""How alike the towns are at two and at four digits, and which pairs trade."""

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from graph.snapshot.snapshot import Snapshot
from queries.similarity.matrix import similarity_matrix


def draw(snapshot: Snapshot) -> Figure:
    """Draw the cosine of all pairs beside each other; a dot where the row sells to the column."""
    figure, axes = plt.subplots(1, 2, figsize=(11.5, 5.8), sharey=True, layout="constrained")
    image: Any = None
    for axis, digits in zip(axes, (2, 4), strict=True):
        found = similarity_matrix(snapshot, as_of=2024, digits=digits)
        names = [snapshot.name_of(row) for row in found.towns]
        image = axis.imshow(np.array(found.cosine), cmap="Blues", vmin=0, vmax=1)
        sells = [
            (column, row)
            for row, values in enumerate(found.trade)
            for column, value in enumerate(values)
            if row != column and value != 0
        ]
        axis.scatter(*zip(*sells, strict=True), s=9, color="#c0392b", label="行售予列（已知）")
        axis.set_xticks(range(len(names)), names, rotation=90, fontsize=7)
        axis.set_yticks(range(len(names)), names, fontsize=7)
        axis.set_title(f"{digits} 位行业", fontsize=10)
    figure.colorbar(image, ax=axes, label="结构余弦相似度", shrink=0.8)
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower right", fontsize=8, frameon=False)
    figure.suptitle("专业镇两两相似度：层级不同，结论不同（示例数据 2024 年）", y=1.05)
    return figure
