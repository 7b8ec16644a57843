"""A Sankey runs one way, and accounts for every yuan."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from graph.errors import BadInput, NotFound
from graph.kinds.entities import Organisation, Product, Town
from graph.kinds.relations import MemberOf, Supplies
from graph.kinds.terms import OrganisationForm, ProductCategory, TownLevel, TownStatus
from graph.snapshot.snapshot import Snapshot
from queries.answer import Aggregation
from queries.linkage.ordering import against_the_stream, tiers_of
from queries.linkage.sankey import sankey
from queries.linkage.streams import Cycles, streamed
from tests.oracles.feedback import backward

FIRMS, GOODS = "abcdefgh", "pqr"


def network(edges, members=""):
    """Edges: seller, buyer, value, product, year; the members belong to a town."""
    nodes = [Organisation(id=f"org:{f}", name=f, form=OrganisationForm.ENTERPRISE) for f in FIRMS]
    nodes += [Product(id=f"product:{p}", name=p, category=ProductCategory.COMPONENT) for p in GOODS]
    town = Town(id="town:t", name="t", level=TownLevel.PROVINCIAL, status=TownStatus.RECOGNISED)
    flows = {}
    for a, b, *rest in edges:
        value, good, year = (*rest, *(None, "p", 2024)[len(rest) :])
        ends = {"start": f"org:{a}", "end": f"org:{b}", "product": f"product:{good}"}
        flows[a, b, good] = Supplies(**ends, value=value, year=year)
    joined = [MemberOf(start=f"org:{f}", end="town:t") for f in members]
    return Snapshot.of([*nodes, town], [*flows.values(), *joined])


value = st.one_of(st.none(), st.sampled_from([0.0, 1.0, 2.5, 8.0, 1e9]))
edges = st.lists(
    st.tuples(st.sampled_from(FIRMS), st.sampled_from(FIRMS), value, st.sampled_from(GOODS)), max_size=30
)


def drawn(found):
    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(found.nodes)))
    for link in found.links:
        graph.add_edge(link.source, link.target, value=link.value)
    return graph


def names(snapshot, rows):
    return {"-" if row is None else snapshot.name_of(row) for row in rows}


@settings(deadline=None)
@given(
    edges,
    st.sampled_from([Aggregation.ORGANISATION, Aggregation.PRODUCT, Aggregation.TOWN]),
    st.sampled_from(Cycles),
    st.integers(1, 12),
    st.sampled_from([None, "town:t"]),
    st.sampled_from([None, "org:a"]),
    st.integers(0, 3),
)
def test_it_runs_one_way_and_accounts_for_all(pairs, level, cycles, first, scope, around, hops):  # noqa: PLR0913, PLR0917
    snapshot = network(pairs, members="abcde")
    found = sankey(
        snapshot,
        as_of=2024,
        aggregation=level,
        cycles=cycles,
        first=first,
        within=scope,
        around=around,
        hops=hops,
    )
    graph = drawn(found)
    assert nx.is_directed_acyclic_graph(graph)
    assert len(graph.edges) == len(found.links) <= first
    assert all(found.nodes[link.source].tier < found.nodes[link.target].tier for link in found.links)
    assert all(node.tier >= 0 for node in found.nodes)
    coverage = found.method.coverage
    assert found.total == pytest.approx(coverage.observed)
    parts = found.shown + found.left_out + found.dropped + found.internal
    assert parts == pytest.approx(found.total, rel=1e-12)
    assert found.shown == pytest.approx(sum(link.value for link in found.links))
    assert sum(link.unmeasured for link in found.links) <= coverage.unmeasured or level is Aggregation.PRODUCT
    assert (found.unknown_reason is None) == (found.total > 0)
    if cycles is Cycles.CONDENSE:
        assert (found.dropped, found.dropped_links) == (0, 0)
    else:
        assert all(node.count == 1 for node in found.nodes)
        assert found.dropped <= found.total / 2
    for place, node in enumerate(found.nodes):
        assert node.value_in >= sum(v for *_, v in graph.in_edges(place, data="value")) * (1 - 1e-12)
        assert node.value_out >= sum(v for *_, v in graph.out_edges(place, data="value")) * (1 - 1e-12)


@settings(deadline=None)
@given(edges)
def test_merged_circles_are_those_of_networkx(pairs):
    snapshot = network(pairs)
    found = sankey(
        snapshot, as_of=2024, aggregation=Aggregation.ORGANISATION, cycles=Cycles.CONDENSE, first=500
    )
    plain = nx.DiGraph()
    flows = {(a, b, p): v for a, b, v, p in pairs}
    for (a, b, _), v in flows.items():
        if v:
            plain.add_edge(a, b, value=v + (plain.edges[a, b]["value"] if plain.has_edge(a, b) else 0))
    components = {frozenset(c) for c in nx.strongly_connected_components(plain)}
    assert {frozenset(names(snapshot, node.members)) for node in found.nodes} <= components
    inside = sum(v for a, b, v in plain.edges(data="value") if any({a, b} <= c for c in components))
    assert found.internal == pytest.approx(inside)
    between = {}
    for a, b, v in plain.edges(data="value"):
        ends = tuple(next(c for c in components if n in c) for n in (a, b))
        if ends[0] != ends[1]:
            between[ends] = between.get(ends, 0) + v
    members = [frozenset(names(snapshot, node.members)) for node in found.nodes]
    shown = {(members[k.source], members[k.target]): k.value for k in found.links}
    assert shown == pytest.approx(between)
    for node in found.nodes:
        own = names(snapshot, node.members)
        assert node.internal == pytest.approx(
            sum(v for a, b, v in plain.edges(data="value") if {a, b} <= own)
        )
        assert node.count == len(own)


matrices = st.integers(1, 9).flatmap(
    lambda n: st.lists(
        st.tuples(st.integers(0, n - 1), st.integers(0, n - 1), st.floats(0.5, 100)), max_size=40
    ).map(lambda cells: (n, {(a, b): v for a, b, v in cells if a != b}))
)


def arrays(cells):
    ends = np.array(list(cells), np.int32).reshape(-1, 2).T
    return ends[0].copy(), ends[1].copy(), np.array(list(cells.values()), float)


@settings(deadline=None)
@given(matrices)
def test_dropping_opens_all_circles_and_touches_nothing_else(given_):
    n, cells = given_
    start, end, values = arrays(cells)
    stream = streamed(csr_array((values, (start, end)), shape=(n, n)), Cycles.DROP)
    kept = nx.DiGraph(zip(stream.start.tolist(), stream.end.tolist(), strict=True))
    assert nx.is_directed_acyclic_graph(kept)
    whole = nx.DiGraph(list(cells))
    components = list(nx.strongly_connected_components(whole))
    between = {(a, b) for a, b in cells if not any({a, b} <= c for c in components)}
    assert between <= set(kept.edges)
    inside = sum(v for pair, v in cells.items() if pair not in between)
    assert stream.dropped.sum() <= inside / 2 * (1 + 1e-12)
    if nx.is_directed_acyclic_graph(whole):
        assert not len(stream.dropped)


@settings(deadline=None)
@given(matrices)
def test_what_is_dropped_is_what_the_formula_drops(given_):
    _, cells = given_
    graph = nx.DiGraph()
    graph.add_weighted_edges_from([(a, b, round(v)) for (a, b), v in cells.items()], weight="value")
    expected = set()
    for component in nx.strongly_connected_components(graph):
        expected |= backward(graph.subgraph(component))
    start, end, values = arrays(cells)
    component = np.zeros(10, np.int32)
    for place, members in enumerate(nx.strongly_connected_components(graph)):
        component[list(members)] = place
    found = against_the_stream(component, start, end, np.round(values))
    assert {pair for pair, gone in zip(cells, found.tolist(), strict=True) if gone} == expected


@settings(deadline=None)
@given(matrices)
def test_tiers_rise_along_every_link(given_):
    n, cells = given_
    start, end, _ = arrays({(a, b): v for (a, b), v in cells.items() if a < b})
    tier = tiers_of(n, start, end)
    assert (tier[start] < tier[end]).all()
    assert tier.min() >= 0
    plain = nx.DiGraph(zip(start.tolist(), end.tolist(), strict=True))
    for node in plain:
        before, after = list(plain.predecessors(node)), list(plain.successors(node))
        longest = max((tier[b] + 1 for b in before), default=None)
        assert tier[node] == (min(tier[a] for a in after) - 1 if longest is None else longest)


def test_the_stream_of_a_known_circle():
    # 0 → 1 → 2 → 0 with a weak way back, and 3 that only sells into it.
    start, end = np.array([0, 1, 2, 3], np.int32), np.array([1, 2, 0, 1], np.int32)
    component = np.array([0, 0, 0, 1], np.int32)
    against = against_the_stream(component, start, end, np.array([9.0, 8.0, 1.0, 100.0]))
    assert against.tolist() == [False, False, True, False]


def test_products_flow_into_what_their_buyers_sell():
    snapshot = network(
        [("a", "b", 10.0, "p"), ("b", "c", 30.0, "q"), ("b", "d", 10.0, "r"), ("c", "d", None, "p")]
    )
    found = sankey(snapshot, as_of=2024)
    shown = {
        tuple("".join(names(snapshot, [found.nodes[p].row])) for p in (k.source, k.target)): k.value
        for k in found.links
    }
    assert shown == {("p", "q"): 7.5, ("p", "r"): 2.5, ("q", "-"): 30.0, ("r", "-"): 10.0}
    assert [node.tier for node in found.nodes] == [0, 1, 1, 2]
    assert found.method.coverage.unmeasured == 1
    assert found.method.parameters == {
        "within": None,
        "around": None,
        "hops": 2,
        "aggregation": "PRODUCT",
        "digits": 2,
        "cycles": "DROP",
        "first": 60,
    }


def test_unmeasured_and_stale_flows_stand_beside_the_link_they_go_with():
    snapshot = network(
        [("a", "b", 5.0, "p"), ("a", "b", None, "q"), ("a", "b", 7.0, "r", 2019), ("c", "a", None)]
    )
    found = sankey(snapshot, as_of=2024, aggregation=Aggregation.ORGANISATION)
    assert [(k.value, k.unmeasured) for k in found.links] == [(5.0, 2)]
    assert found.method.coverage.unmeasured == 3


def test_around_keeps_suppliers_and_customers():
    pairs = [("a", "b", 1.0), ("b", "c", 2.0), ("c", "d", 3.0), ("e", "c", 4.0), ("a", "f", 5.0)]
    snapshot = network(pairs)
    near = sankey(snapshot, as_of=2024, aggregation=Aggregation.ORGANISATION, around="org:b", hops=1)
    assert (near.total, len(near.links)) == (3.0, 2)
    far = sankey(snapshot, as_of=2024, aggregation=Aggregation.ORGANISATION, around="org:b", hops=2)
    assert far.total == 6.0
    assert sankey(snapshot, as_of=2024, around="org:b", hops=0).unknown_reason is not None


def test_beyond_first_is_counted():
    snapshot = network([("a", "b", 5.0), ("a", "c", 3.0), ("a", "d", 1.0)])
    found = sankey(snapshot, as_of=2024, aggregation=Aggregation.ORGANISATION, first=1)
    assert (found.shown, found.left_out, found.left_out_links) == (5.0, 4.0, 2)
    assert found.nodes[0].value_out == 9.0
    assert found.dropped_share == 0


def test_one_circle_alone_is_one_node():
    pair = network([("a", "b", 5.0), ("b", "a", 3.0)])
    found = sankey(pair, as_of=2024, aggregation=Aggregation.ORGANISATION, cycles=Cycles.CONDENSE)
    [node] = found.nodes
    assert (node.count, node.internal, found.internal, found.links) == (2, 8.0, 8.0, [])


def test_a_year_without_figures_is_unknown():
    found = sankey(network([("a", "b", 5.0)]), as_of=2020)
    assert "2020" in found.unknown_reason
    assert (found.nodes, found.links, found.dropped_share) == ([], [], None)


@pytest.mark.parametrize(
    ("bad", "argument"),
    [
        ({"first": 0}, "first"),
        ({"first": 501}, "first"),
        ({"around": "org:a", "hops": 11}, "hops"),
        ({"around": "product:p"}, "around"),
        ({"within": "org:a"}, "within"),
        ({"digits": 5}, "digits"),
    ],
)
def test_bad_input_names_the_argument(bad, argument):
    with pytest.raises(BadInput) as caught:
        sankey(network([("a", "b", 5.0)]), as_of=2024, **bad)
    assert list(caught.value.path) == [argument]


def test_what_is_not_there_is_not_found():
    for bad in ({"around": "org:z"}, {"within": "town:z"}):
        with pytest.raises(NotFound):
            sankey(network([]), as_of=2024, **bad)
