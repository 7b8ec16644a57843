"""The supply paths of a material to one firm, and the firms that all of them pass."""

from collections import defaultdict

import matplotlib.pyplot as plt
import networkx as nx
from matplotlib.figure import Figure

from graph.networkx.subgraph import subgraph
from graph.snapshot.makers import makers
from graph.snapshot.snapshot import Snapshot
from queries.network.chokepoints import chokepoints

YEAR = 2024
FIRM, MATERIAL = "org:sample-pingyao-beef-beef-01", "product:sorghum"
KINDS = {
    "target": ("#2e6da4", "所问主体"),
    "choke": ("#c0392b", "单点：所有路径必经"),
    "source": ("#3d8b5f", "源头：高粱的生产者"),
    "other": ("#b8bec7", "其他"),
}


def draw(snapshot: Snapshot) -> Figure:
    """Draw the organisations between the makers and the firm, in columns by tier."""
    found = chokepoints(snapshot, FIRM, as_of=YEAR, material=MATERIAL, first=500)
    chokes = [snapshot.id_of(row.row) for row in found.dominators]
    graph = _between(snapshot)
    tier = nx.single_target_shortest_path_length(graph, FIRM)
    columns: dict[int, list[str]] = defaultdict(list)
    for node in sorted(graph, key=lambda node: (node in chokes, node)):
        columns[tier[node]].append(node)
    place = {
        node: (-column, row - (len(nodes) - 1) / 2)
        for column, nodes in columns.items()
        for row, node in enumerate(nodes)
    }
    figure, axes = plt.subplots(figsize=(12, 8))
    nx.draw_networkx_edges(graph, place, ax=axes, edge_color="#c9ced6", width=0.8, arrowsize=8, node_size=160)
    for kind, (colour, words) in KINDS.items():
        nodes = [node for node in graph if _kind(snapshot, node, chokes) == kind]
        nx.draw_networkx_nodes(graph, place, nodes, ax=axes, node_color=colour, node_size=120, label=words)
    for node, (x, y) in place.items():
        bold = "bold" if node in {FIRM, *chokes} else "normal"
        name = snapshot.name_of(snapshot.row_of(node)).removeprefix("样例")
        lines = "\n".join(name[begin : begin + 6] for begin in range(0, len(name), 6))
        axes.text(x, y - 0.2, lines, fontsize=7, ha="center", va="top", weight=bold, linespacing=1.0)
    axes.set_title(
        f"高粱到样例平遥牛肉一厂的供应路径（{YEAR} 年示例）：{found.sources} 家生产者，{len(chokes)} 个单点"
    )
    axes.legend(frameon=False, loc="upper right", fontsize=9)
    axes.margins(0.06)
    axes.set_axis_off()
    return figure


def _between(snapshot: Snapshot) -> "nx.DiGraph[str]":
    """Keep what lies on a way from a maker to the firm, of the links that lead nearer to it."""
    every = subgraph(snapshot, snapshot.nodes["Organisation"]["id"].tolist(), YEAR)
    upstream = {FIRM} | nx.ancestors(every, FIRM)
    tier = nx.single_target_shortest_path_length(every, FIRM)
    nearer = nx.DiGraph((a, b) for a, b in every.subgraph(upstream).edges if tier[a] > tier[b])
    made = {node for node in nearer if _makes(snapshot, node)}
    return nearer.subgraph({n for source in made for n in {source} | nx.descendants(nearer, source)}).copy()


def _makes(snapshot: Snapshot, node: str) -> bool:
    ends = (node, "Organisation"), (MATERIAL, "Product")
    organisation, product = (snapshot.row_of(id) - snapshot.nodes[kind].first for id, kind in ends)
    return organisation in makers(snapshot, YEAR).of(product)


def _kind(snapshot: Snapshot, node: str, chokes: list[str]) -> str:
    if node == FIRM:
        return "target"
    if node in chokes:
        return "choke"
    return "source" if _makes(snapshot, node) else "other"
