"""Links as arrays say the same as NetworkX and as sorting."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.snapshot.csr import Csr, grouped, ordered
from graph.snapshot.table import MISSING

NODES = 12
links = st.lists(st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)), max_size=60)


def arrays(pairs):
    both = np.array(pairs, np.int32).reshape(-1, 2)
    return both[:, 0], both[:, 1]


@settings(deadline=None)
@given(links)
def test_neighbours_are_those_of_networkx(pairs):
    start, end = arrays(pairs)
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(NODES))
    graph.add_edges_from(pairs)
    forward, backward = Csr.of(NODES, start, end), Csr.of(NODES, end, start)
    for node in range(NODES):
        for csr, oracle in ((forward, graph.out_edges(node)), (backward, graph.in_edges(node))):
            owners, neighbours, edges = csr.at(np.array([node]))
            expected = sorted(b if a == node and csr is forward else a for a, b in oracle)
            assert sorted(neighbours.tolist()) == expected
            assert (owners == node).all()
            assert [pairs[e] for e in edges] == [
                (node, n) if csr is forward else (n, node) for n in neighbours.tolist()
            ]


@settings(deadline=None)
@given(links, st.lists(st.integers(0, NODES - 1), max_size=6))
def test_links_of_several_nodes_come_in_their_order(pairs, nodes):
    csr = Csr.of(NODES, *arrays(pairs))
    owners, neighbours, _ = csr.at(np.array(nodes, np.int32))
    expected = [(node, b) for node in nodes for a, b in pairs if a == node]
    assert list(zip(owners.tolist(), neighbours.tolist(), strict=True)) == expected


@settings(deadline=None)
@given(st.lists(st.integers(0, 6)))
def test_grouping_is_a_stable_sort(keys):
    indptr, places = grouped(7, np.array(keys, np.int32))
    assert places.tolist() == np.argsort(np.array(keys, np.int32), kind="stable").tolist()
    assert indptr.tolist() == [sum(k < group for k in keys) for group in range(8)]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(-5, 5), st.sampled_from([MISSING, 2020, 2021]), st.integers(0, 3))))
def test_several_columns_are_sorted_like_tuples(rows):
    keys = [np.array([row[k] for row in rows], np.int32) for k in range(3)]
    assert ordered(keys).tolist() == sorted(range(len(rows)), key=rows.__getitem__)


def test_days_are_sorted_with_the_unknown_first():
    assert ordered([np.array(["2020-01-02", "NaT", "2019-12-31"], "datetime64[D]")]).tolist() == [1, 2, 0]


def test_arrays_are_read_only():
    csr = Csr.of(2, *arrays([(0, 1)]))
    for array in (csr.indptr, csr.indices, csr.edges):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
    assert (csr.indptr.dtype, csr.indices.dtype, csr.edges.dtype) == (np.int64, np.int32, np.int32)
