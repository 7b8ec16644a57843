"""What a new steel works in town would change for one leading enterprise."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from graph.kinds.columns import Id
from graph.snapshot.snapshot import Snapshot
from queries.linkage.extraction import extraction
from queries.whatif.edits import Open, SetSupply, edited

LEADER, NEW, STEEL = Id("org:tianbao-group"), Id("org:new-steel"), Id("product:steel")
TOWN = Id("town:dingxiang-flange")


def draw(snapshot: Snapshot) -> Figure:
    """Draw own, local and other losses before and after."""
    edits = [
        Open(NEW, "新设钢厂", town=TOWN, makes=STEEL, revenue=9e8),
        SetSupply(NEW, LEADER, STEEL, 3e8),
    ]
    figure, axes = plt.subplots(figsize=(8, 3.6))
    for words, asked in (("改动前", snapshot), ("改动后", edited(snapshot, edits, 2024))):
        found = extraction(asked, LEADER, as_of=2024)
        own, local, indirect = found.own or 0.0, found.local or 0.0, found.indirect or 0.0
        before = 0.0
        for part, colour in ((own, "#8a8f98"), (local, "#1e8f5a"), (indirect - local, "#c0392b")):
            axes.barh(words, part / 1e8, left=before, color=colour)
            before += part / 1e8
    axes.invert_yaxis()
    axes.set_xlabel("停产时损失的产出（亿元/年）：灰为本身，绿为同镇，红为其他")
    axes.set_title("假设定襄新设钢厂，每年供天宝集团 3 亿元：带动效应")
    return figure
