"""The kernels find what NetworkX finds, on random graphs with circles, loops, isolated nodes."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.kernels import betweenness, disjoint, dominators, pagerank, separations
from graph.kernels.betweenness import betweenness as dependencies
from graph.kernels.disjoint import minimum_cut
from graph.kernels.dominators import immediate_dominators
from graph.kernels.pagerank import pagerank as ranked
from graph.kernels.separations import separations as separated
from graph.snapshot.csr import Csr
from tests.oracles.disjoint import disjoint_paths

NODES = 12
node = st.integers(0, NODES - 1)
pairs = st.lists(st.tuples(node, node), max_size=45)
random_graphs = settings(deadline=None, max_examples=150)


def rows(links, nodes=NODES):
    """Both directions of some links."""
    ends = np.array(links, np.int32).reshape(-1, 2)
    start, end = np.ascontiguousarray(ends[:, 0]), np.ascontiguousarray(ends[:, 1])
    return Csr.of(nodes, start, end), Csr.of(nodes, end, start)


def graph_of(links, kind=nx.DiGraph):
    graph = kind()
    graph.add_nodes_from(range(NODES))
    graph.add_edges_from(links)
    return graph


def simple(links):
    return sorted({(a, b) for a, b in links if a != b})


def dominated(links, root=0, nodes=NODES):
    there, back = rows(links, nodes)
    return immediate_dominators(there.indptr, there.indices, back.indptr, back.indices, root).tolist()


@random_graphs
@given(pairs, node)
def test_dominators_are_those_of_networkx(links, root):
    found = dominated(links, root)
    wanted = {root: root} | dict(nx.immediate_dominators(graph_of(links), root))
    assert {n: d for n, d in enumerate(found) if d >= 0} == wanted | {root: root}


@pytest.mark.parametrize("seed", range(4))
def test_dominators_of_larger_graphs_are_those_of_networkx(seed):
    graph = nx.gnp_random_graph(400, 0.005, seed=seed, directed=True)
    found = dominated(list(graph.edges), nodes=400)
    assert {n: d for n, d in enumerate(found) if d >= 0} == {0: 0, **nx.immediate_dominators(graph, 0)}


def test_a_long_line_with_links_back_has_a_long_chain_of_dominators():
    size = 50_000
    forth = [(n, n + 1) for n in range(size - 1)]
    back = [(n, n // 2) for n in range(size)]
    assert dominated(forth + back, nodes=size) == [0, *range(size - 1)]


@random_graphs
@given(pairs, st.lists(st.floats(0.5, 10), min_size=45, max_size=45), st.booleans())
def test_ranks_are_those_of_networkx(links, weights, weighted):
    links = simple(links)
    graph = nx.DiGraph()
    graph.add_nodes_from(range(NODES))
    graph.add_weighted_edges_from((*link, w) for link, w in zip(links, weights, strict=False))
    there, _ = rows(links)
    given_weights = np.array(weights)[there.edges] if weighted else None
    ranks, iterations, residual = ranked(there.indptr, there.indices, given_weights, tolerance=1e-13)
    wanted = nx.pagerank(graph, weight="weight" if weighted else None, tol=1e-13 / NODES, max_iter=1000)
    assert ranks == pytest.approx([wanted[n] for n in range(NODES)], abs=1e-12)
    assert ranks.sum() == pytest.approx(1, abs=1e-12)
    assert residual <= 1e-13
    assert iterations <= 1000


def test_ranks_that_did_not_settle_say_what_still_moved():
    there, _ = rows([(0, 1), (1, 2), (2, 0), (0, 2)])
    _, iterations, residual = ranked(there.indptr, there.indices, most=3)
    assert iterations == 3
    assert residual > 1e-10


def test_no_nodes_have_no_ranks():
    assert ranked(np.zeros(1, np.int64), np.zeros(0, np.int32))[0].tolist() == []


@random_graphs
@given(pairs)
def test_betweenness_from_all_sources_is_that_of_networkx(links):
    there, _ = rows(simple(links))
    total, squares = dependencies(there.indptr, there.indices, np.arange(NODES, dtype=np.int32))
    wanted = nx.betweenness_centrality(graph_of(links), normalized=False)
    assert total == pytest.approx([wanted[n] for n in range(NODES)], abs=1e-9)
    one_by_one = [dependencies(there.indptr, there.indices, np.array([s], np.int32)) for s in range(NODES)]
    assert total == pytest.approx(sum(t for t, _ in one_by_one), abs=1e-9)
    assert squares == pytest.approx(sum(t**2 for t, _ in one_by_one), abs=1e-9)


@random_graphs
@given(pairs, node, st.sets(node))
def test_articulation_points_and_bridges_are_those_of_networkx(links, root, left_out):
    inside = np.array([n == root or n not in left_out for n in range(NODES)])
    graph = graph_of([(a, b) for a, b in links if a != b and inside[a] and inside[b]], nx.Graph)
    there, back = rows(links)
    lost, before, behind = separated(there.indptr, there.indices, back.indptr, back.indices, inside, root)
    around = graph.subgraph(nx.node_connected_component(graph, root))
    assert set(np.flatnonzero(lost).tolist()) == set(nx.articulation_points(around)) - {root}
    found = {frozenset((int(before[n]), n)) for n in np.flatnonzero(before >= 0).tolist()}
    assert found == {frozenset(pair) for pair in nx.bridges(around)}
    for n in range(NODES):
        if lost[n]:
            assert lost[n] == len(around) - 1 - reach_without(graph, root, nodes=[n])
        if behind[n]:
            assert behind[n] == len(around) - reach_without(graph, root, edges=[(int(before[n]), n)])


@settings(deadline=None, max_examples=300)
@given(pairs, st.sets(node, min_size=1, max_size=4), node)
def test_a_minimum_cut_is_as_large_as_networkx_finds_disjoint_paths(links, sources, target):
    sources = sorted(sources - {target})
    _, back = rows(links)
    cut = minimum_cut(back.indptr, back.indices, np.array(sources, np.int32), target).tolist()
    graph = graph_of([(a, b) for a, b in links if a != b])
    graph.add_edges_from(("root", s) for s in sources)
    graph.add_node("root")
    reached = nx.has_path(graph, "root", target)
    assert len(cut) == (nx.node_connectivity(graph, "root", target) if reached else 0)
    assert target not in cut
    graph.remove_nodes_from(cut)
    assert not nx.has_path(graph, "root", target)


@pytest.mark.parametrize("seed", range(3))
def test_cuts_of_larger_graphs_are_those_of_scipy(seed):
    graph = nx.gnp_random_graph(300, 0.02, seed=seed, directed=True)
    _, back = rows(list(graph.edges), 300)
    sources = np.arange(40, dtype=np.int32)
    for target in range(100, 120):
        cut = minimum_cut(back.indptr, back.indices, sources, target)
        assert len(cut) == disjoint_paths(list(graph.edges), 300, sources.tolist(), target)


def reach_without(graph, root, nodes=(), edges=()):
    left = graph.copy()
    left.remove_nodes_from(nodes)
    left.remove_edges_from(edges)
    return len(nx.node_connected_component(left, root))


@pytest.mark.parametrize("module", [betweenness, disjoint, dominators, pagerank, separations])
def test_kernels_can_be_compiled_before_they_are_asked(module):
    module.warm()


def test_other_types_are_refused():
    with pytest.raises(TypeError, match="indices: expected int32"):
        dependencies(np.zeros(2, np.int64), np.zeros(0, np.int64), np.zeros(1, np.int32))


@pytest.mark.parametrize("kernel", [immediate_dominators])
def test_writable_and_locked_arrays_are_the_same(kernel):
    there, back = rows([(0, 1), (1, 2), (0, 2)])
    locked = kernel(there.indptr, there.indices, back.indptr, back.indices, 0)
    free = kernel(*(a.copy() for a in (there.indptr, there.indices, back.indptr, back.indices)), 0)
    assert locked.tolist() == free.tolist() == [0, 0, 0] + [-1] * (NODES - 3)
