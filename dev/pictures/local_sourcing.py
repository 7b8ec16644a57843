"""How much of what a town buys it buys at home, by product."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from graph.snapshot.snapshot import Snapshot
from queries.linkage.sourcing_rate import sourcing_rate

TOWN = "town:dingxiang-flange"
PARTS = (("local", "本地", "#1e8f5a"), ("outside", "外地", "#c0392b"), ("unknown", "来源不详", "#b8bcc4"))


def draw(snapshot: Snapshot) -> Figure:
    """Draw the purchases of each product, by where they come from."""
    found = sourcing_rate(snapshot, TOWN, as_of=2024, first=12)
    rows = list(found.products)[::-1]
    figure, axes = plt.subplots(figsize=(8, 5))
    names, before = [snapshot.name_of(row.product) for row in rows], [0.0] * len(rows)
    for field, words, colour in PARTS:
        values = [getattr(row.purchases, field) / 1e8 for row in rows]
        axes.barh(names, values, left=before, color=colour, label=words)
        before = [a + b for a, b in zip(before, values, strict=True)]
    whole = found.whole
    rate = f"{whole.rate:.1%}–{whole.rate_at_most:.1%}" if whole and whole.rate is not None else "不详"
    axes.set_xlabel("采购（亿元/年）")
    axes.set_title(f"{snapshot.name_of(snapshot.row_of(TOWN))} 2024 年本地配套率 {rate}")
    axes.legend(frameon=False)
    return figure
