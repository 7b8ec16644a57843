"""Functions of NetworkX give on our arrays what they give on NetworkX's own graphs, errors included."""

import doctest
import subprocess
import sys
from importlib.metadata import entry_points
from itertools import pairwise
from math import isnan
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadInput
from graph.networkx.copies import convert_from_nx, convert_to_nx
from graph.networkx.info import FUNCTIONS, info
from graph.networkx.supply_graph import SupplyGraph

NODES = "abcdefgh"
node = st.sampled_from([*NODES, "not there"])
plain_node = st.sampled_from(NODES)
links = st.lists(
    st.tuples(plain_node, plain_node, st.one_of(st.none(), st.floats(0.25, 9, width=16))), max_size=30
)


@st.composite
def graphs(draw, links=links):
    """A graph with cycles, loops, links both ways, nodes alone; its nodes and links in any order."""
    graph = nx.DiGraph()
    graph.add_nodes_from(draw(st.permutations(NODES)))
    for start, end, value in draw(links):
        graph.add_edge(start, end, **({} if value is None else {"value": value}))
    return graph


def ours(graph):
    return convert_from_nx(graph, edge_attrs={"value": 1})


def outcome(ask):
    """What a question answers, with its type; or the error it ends with."""
    try:
        found = ask()
        return type(found), list(found) if hasattr(found, "__next__") else found
    except Exception as error:  # noqa: BLE001 - whatever it is
        return type(error), str(error)


def agree(graph, ask):
    """The question answers alike on both graphs; an unusual graph fails alike."""
    plain, found = outcome(lambda: ask(graph)), outcome(lambda: ask(ours(graph)))
    assert found == plain
    return plain[1]


@settings(deadline=None)
@given(graphs(), node)
def test_reach(graph, source):
    agree(graph, lambda g: nx.descendants(g, source))
    agree(graph, lambda g: nx.ancestors(g, source))


@settings(deadline=None)
@given(graphs(), node, st.booleans(), st.one_of(st.none(), st.integers(-1, 4)), st.booleans())
def test_breadth_first_links_in_their_order(graph, source, reverse, depth, in_order):
    sort = (lambda near: sorted(near, reverse=True)) if in_order else None
    agree(
        graph,
        lambda g: nx.bfs_edges(g, source, reverse=reverse, depth_limit=depth, sort_neighbors=sort),
    )


@settings(deadline=None)
@given(graphs(), node, st.one_of(st.none(), st.integers(-1, 4), st.just(1.5)))
def test_lengths_in_their_order(graph, end, cutoff):
    for ask in (nx.single_source_shortest_path_length, nx.single_target_shortest_path_length):
        agree(graph, lambda g, ask=ask: ask(g, end, cutoff))
        agree(graph, lambda g, ask=ask: list(ask(g, end, cutoff)))


@settings(deadline=None)
@given(graphs(), node, node)
def test_paths(graph, source, target):
    agree(graph, lambda g: nx.has_path(g, source, target))


@settings(deadline=None)
@given(graphs(), node, node, st.sampled_from([None, "value", "weight"]))
def test_simple_paths_from_the_cheapest_on(graph, source, target, weight):
    """All of them, in NetworkX's order of cost; of equally cheap ones those of earlier nodes come first."""
    kind, plain = outcome(lambda: nx.shortest_simple_paths(graph, source, target, weight))
    same, found = outcome(lambda: nx.shortest_simple_paths(ours(graph), source, target, weight))
    assert kind is same
    if not isinstance(plain, list):
        assert found == plain
        return
    place = {n: at for at, n in enumerate(graph)}

    def cost(path):
        return sum(1 if weight is None else graph.edges[link].get(weight, 1) for link in pairwise(path))

    assert found == sorted(plain, key=lambda path: (cost(path), [place[n] for n in path]))


def test_paths_with_negative_weights_are_left_to_networkx():
    graph = nx.DiGraph([("a", "b", {"value": -1.0}), ("b", "c", {"value": 1.0})])
    agree(graph, lambda g: nx.shortest_simple_paths(g, "a", "c", weight="value"))
    with nx.config(fallback_to_nx=False), pytest.raises(NotImplementedError):
        nx.shortest_simple_paths(ours(graph), "a", "c", weight="value")


@settings(deadline=None)
@given(graphs(), st.sets(node))
def test_a_part_of_a_graph(graph, kept):
    part, plain = ours(graph).subgraph(kept), graph.subgraph(kept)
    assert list(part) == [n for n in graph if n in plain]
    assert list(convert_to_nx(part).edges(data="value")) == [
        (a, b, graph.edges[a, b].get("value", 1)) for a in part for b in graph[a] if b in plain
    ]


@settings(deadline=None)
@given(graphs())
def test_strong_components(graph):
    plain, found = (nx.strongly_connected_components(g) for g in (graph, ours(graph)))
    assert type(plain) is type(found)
    plain, found = list(plain), list(found)
    assert {type(c) for c in found} == {set}
    assert sorted(map(sorted, found)) == sorted(map(sorted, plain))
    at = {n: place for place, component in enumerate(found) for n in component}
    assert all(at[a] >= at[b] for a, b in graph.edges), "as in NetworkX, what others lead to comes first"


@settings(deadline=None)
@given(graphs(), node)
def test_dominators(graph, start):
    agree(graph, lambda g: nx.immediate_dominators(g, start))


@settings(deadline=None)
@given(graphs())
def test_weak_components(graph):
    agree(graph, nx.weakly_connected_components)


quarters = st.lists(st.tuples(plain_node, plain_node, st.integers(0, 40).map(lambda n: n / 4)), max_size=30)


@settings(deadline=None, max_examples=300)
@given(
    graphs(quarters),
    st.sampled_from([None, "value", "weight"]),
    st.sampled_from([0.5, 1, 2]),
    st.sampled_from([None, 1, 2]),
    st.integers(0, 3),
)
def test_communities_are_the_same_for_the_same_seed(graph, weight, resolution, most, seed):
    """Weights are quarters, so that NetworkX and the kernel add them up without rounding."""

    def ask(g):
        return nx.community.louvain_communities(g, weight, resolution, max_level=most, seed=seed)

    agree(graph, ask)


@settings(deadline=None)
@given(graphs(), st.lists(st.integers(0, 3), min_size=8, max_size=8), st.sampled_from([None, "value"]))
def test_modularity(graph, labels, weight):
    parts = [{n for n, label in zip(graph, labels, strict=True) if label == number} for number in range(4)]
    for resolution in (0.5, 1, 3):
        plain, found = (nx.community.modularity(g, parts, weight, resolution) for g in (graph, ours(graph)))
        assert found == pytest.approx(plain, abs=1e-12)
    for wrong in (parts[:-1], [*parts, {"a"}], [*parts[:3], parts[3] | {"not there"}]):
        if sum(map(len, wrong)) != len(graph):
            with pytest.raises(nx.NetworkXError, match="not a valid partition"):
                nx.community.modularity(ours(graph), wrong)


@pytest.mark.parametrize("seed", range(3))
def test_communities_of_a_larger_graph_are_as_good_as_those_of_networkx(seed):
    chance = np.random.default_rng(seed)
    graph = nx.gnm_random_graph(400, 1600, seed=seed, directed=True)
    for _, _, link in graph.edges(data=True):
        link["value"] = float(chance.lognormal(12, 2))
    qualities = []
    for g in (graph, ours(graph)):
        found = nx.community.louvain_communities(g, weight="value", seed=seed)
        qualities.append(nx.community.modularity(graph, found, weight="value"))
        assert nx.community.louvain_communities(g, weight="value", seed=seed) == found
    assert qualities[1] == pytest.approx(qualities[0], rel=0.01)


def test_a_level_below_one_is_refused():
    for graph in (nx.DiGraph([("a", "b")]), nx.DiGraph()):
        agree(graph, lambda g: nx.community.louvain_communities(g, max_level=0, seed=1))


some = st.one_of(st.none(), st.dictionaries(plain_node, st.integers(0, 3), min_size=1))


@settings(deadline=None)
@given(
    graphs(),
    st.sampled_from([None, "value", "weight"]),
    st.sampled_from([0.5, 0.85]),
    st.sampled_from([1e-6, 1e-12]),
    some,
    some.filter(lambda d: d is None or sum(d.values())),
    some.filter(lambda d: d is None or sum(d.values())),
    st.sampled_from([3, 500]),
)
def test_pagerank(graph, weight, alpha, tol, personal, start, dangling, most):  # noqa: PLR0913, PLR0917
    def ask(g):
        return nx.pagerank(
            g,
            alpha,
            personalization=personal,
            nstart=start,
            dangling=dangling,
            weight=weight,
            tol=tol,
            max_iter=most,
        )

    (kind, plain), (same, found) = outcome(lambda: ask(graph)), outcome(lambda: ask(ours(graph)))
    assert kind is same
    if kind is not dict:
        assert found == plain
        return
    assert list(found) == list(plain)
    assert {type(rank) for rank in found.values()} == {float}
    assert found == pytest.approx(plain, abs=1e-15 if tol == 1e-12 else 1e-9)


@settings(deadline=None)
@given(
    graphs(),
    st.one_of(st.none(), st.integers(0, 9)),
    st.booleans(),
    st.sampled_from([1, 2, np.random.default_rng]),
)
def test_betweenness(graph, k, normalized, seed):
    def ask(g):
        drawn = seed if isinstance(seed, int) else seed(7)
        return nx.betweenness_centrality(g, k=k, normalized=normalized, seed=drawn)

    (kind, plain), (same, found) = outcome(lambda: ask(graph)), outcome(lambda: ask(ours(graph)))
    assert kind is same
    if kind is not dict:
        assert found == plain
        return
    assert list(found) == list(plain)
    assert list(found.values()) == pytest.approx(list(plain.values()), abs=1e-12, nan_ok=True)


@pytest.mark.parametrize("size", [0, 1, 2, 3])
@pytest.mark.parametrize("k", [None, 1])
def test_the_smallest_graphs(size, k):
    graph = nx.path_graph(size, create_using=nx.DiGraph)
    agree(graph, nx.pagerank)
    agree(graph, nx.strongly_connected_components)
    agree(graph, lambda g: nx.descendants(g, 0))
    plain = outcome(lambda: nx.betweenness_centrality(graph, k=k, seed=1))
    found = outcome(lambda: nx.betweenness_centrality(ours(graph), k=k, seed=1))
    if plain[0] is dict and any(map(isnan, plain[1].values())):
        assert str(found) == str(plain)
    else:
        assert found == plain


def test_a_node_that_can_be_none_is_said_to_be_missing():
    graph = nx.path_graph(3, create_using=nx.DiGraph)
    for ask in (nx.descendants, nx.immediate_dominators, lambda g, n: nx.has_path(g, n, 1)):
        with pytest.raises((nx.NetworkXError, nx.NodeNotFound, TypeError)):
            ask(ours(graph), [0])


@settings(deadline=None)
@given(graphs())
def test_there_and_back(graph):
    back = convert_to_nx(ours(graph))
    assert list(back) == list(graph)
    assert list(back.edges) == list(graph.edges)
    assert {(a, b): v for a, b, v in back.edges(data="value")} == {
        (a, b): v for a, b, v in graph.edges(data="value", default=1)
    }
    found = ours(graph)
    for n in graph:
        assert list(found.successors(n)) == list(graph.successors(n))
        assert list(found.predecessors(n)) == list(graph.predecessors(n))
    ends = np.repeat(np.arange(len(found)), found.suppliers.degree())
    starts = np.repeat(np.arange(len(found)), found.customers.degree())
    at = np.empty(len(starts), int)
    at[found.customers.edges] = np.arange(len(starts))
    assert (starts[at[found.suppliers.edges]] == found.suppliers.indices).all()
    assert (found.customers.indices[at[found.suppliers.edges]] == ends).all()


def test_it_looks_like_a_graph_and_can_not_be_changed():
    graph = ours(nx.DiGraph([("a", "b"), ("b", "a"), ("b", "c")]))
    assert (len(graph), graph.number_of_nodes(), graph.number_of_edges()) == (3, 3, 3)
    assert (graph.is_directed(), graph.is_multigraph()) == (True, False)
    assert list(graph) == ["a", "b", "c"]
    assert "a" in graph
    assert "z" not in graph
    assert [] not in graph
    assert graph.nbytes > 0
    with pytest.raises(ValueError, match="read-only"):
        graph.customers.indices[0] = 2


def test_a_plain_graph_can_be_sent_here_by_name():
    graph = nx.freeze(nx.DiGraph([("a", "b"), ("b", "c")]))
    assert nx.descendants(graph, "a", backend="zhenlian") == {"b", "c"}
    for other in (nx.Graph([("a", "b")]), nx.MultiDiGraph([("a", "b")])):
        with pytest.raises(NotImplementedError):
            nx.descendants(other, "a", backend="zhenlian")


def test_what_has_no_kernel_is_done_by_networkx_on_a_copy_or_refused():
    graph = ours(nx.DiGraph([("a", "b"), ("b", "c"), ("c", "a")]))
    for ask in (
        lambda: nx.core_number(graph),
        lambda: nx.betweenness_centrality(graph, weight="value"),
        lambda: nx.betweenness_centrality(graph, endpoints=True),
    ):
        with nx.config(fallback_to_nx=False), pytest.raises(NotImplementedError):
            ask()
    assert nx.core_number(graph) == {"a": 2, "b": 2, "c": 2}
    assert nx.betweenness_centrality(graph, endpoints=True, normalized=False)["a"] == 5
    assert nx.overall_reciprocity(graph) == 0
    with nx.config(backend_priority=["networkx"]):
        assert nx.core_number(graph) == {"a": 2, "b": 2, "c": 2}
        assert nx.betweenness_centrality(graph, endpoints=True, normalized=False)["a"] == 5
    large = ours(nx.empty_graph(5_001, create_using=nx.DiGraph))
    with nx.config(backend_priority=["networkx"]), pytest.raises(BadInput, match="5,001"):
        nx.core_number(large)
    with pytest.raises(BadInput, match="5,001"):
        nx.core_number(large)
    assert len(nx.pagerank(large)) == 5_001


def test_the_entry_points_lead_to_the_backend():
    [backend] = entry_points(group="networkx.backends", name="zhenlian")
    [told] = entry_points(group="networkx.backend_info", name="zhenlian")
    module = backend.load()
    assert told.load() is info
    assert all(callable(getattr(module, name)) for name in (*FUNCTIONS, "convert_from_nx", "convert_to_nx"))
    assert set(nx.utils.backends.backend_info["zhenlian"]["functions"]) == set(FUNCTIONS)
    assert SupplyGraph.__networkx_backend__ in nx.config.backends


def test_networkx_starts_in_silence_and_what_it_is_told_does_not_load_it():
    program = (
        "import sys, warnings; warnings.simplefilter('error')\n"
        "import graph.networkx.info; assert 'networkx' not in sys.modules\n"
        "import networkx; assert 'zhenlian' in networkx.config.backends\n"
        "assert 'graph.networkx.backend' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)  # noqa: S603


def test_the_page_shows_what_happens():
    page = Path(__file__).parents[3] / "docs" / "reference" / "networkx.md"
    done = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert (done.failed, done.attempted > 10) == (0, True)
