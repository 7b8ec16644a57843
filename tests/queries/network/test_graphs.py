"""The network as arrays is the network as a NetworkX graph."""

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.kinds.entities import Organisation, Product
from graph.kinds.relations import Supplies
from graph.kinds.terms import OrganisationForm, ProductCategory
from graph.networkx.copies import convert_to_nx
from graph.snapshot.snapshot import Snapshot
from queries.network.graphs import network_graph, supply_graph

firm = st.sampled_from("abcdef")
flow = st.tuples(firm, firm, st.sampled_from("pq"), st.one_of(st.none(), st.sampled_from([0.0, 1.5, 4.0])))


def network(flows):
    nodes = [Organisation(id=f"org:{f}", name=f, form=OrganisationForm.ENTERPRISE) for f in "abcdef"]
    nodes += [Product(id=f"product:{p}", name=p, category=ProductCategory.COMPONENT) for p in "pq"]
    made = {
        (a, b, p): Supplies(start=f"org:{a}", end=f"org:{b}", product=f"product:{p}", year=2024, value=v)
        for a, b, p, v in flows
    }
    return Snapshot.of(nodes, made.values())


@settings(deadline=None)
@given(st.lists(flow, max_size=25))
def test_arrays_and_graph_are_the_same(flows):
    snapshot = network(flows)
    plain, arrays = network_graph(snapshot, 2024), supply_graph(snapshot, 2024)
    back = convert_to_nx(arrays)
    assert list(back.nodes) == list(plain.nodes)
    assert list(back.edges(data=True)) == list(plain.edges(data=True))
    assert arrays.number_of_edges() == plain.number_of_edges()
    for node in plain:
        assert list(arrays.predecessors(node)) == list(plain.predecessors(node))
        assert list(nx.bfs_edges(arrays, node, reverse=True)) == list(nx.bfs_edges(plain, node, reverse=True))
    assert supply_graph(snapshot, 2024) is arrays


def test_a_stale_value_is_none_and_nobody_supplies_itself():
    nodes = [Organisation(id=f"org:{f}", name=f, form=OrganisationForm.ENTERPRISE) for f in "ab"]
    nodes += [Product(id=f"product:{p}", name=p, category=ProductCategory.COMPONENT) for p in "pq"]
    ends = {"start": "org:a", "end": "org:b"}
    flows = [
        Supplies(**ends, product="product:p", year=2020, value=5.0),
        Supplies(start="org:b", end="org:b", product="product:p", year=2024, value=9.0),
    ]
    for graph in (network_graph, supply_graph):
        found = graph(Snapshot.of([*nodes], flows), 2024)
        assert list(convert_to_nx(found).edges(data=True)) == [("org:a", "org:b", {})]
        fresh = Supplies(**ends, product="product:q", year=2022, value=2.0)
        found = graph(Snapshot.of([*nodes], [*flows, fresh]), 2024)
        assert list(convert_to_nx(found).edges(data=True)) == [("org:a", "org:b", {"value": 2.0})]
