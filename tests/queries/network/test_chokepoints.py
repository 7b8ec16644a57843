"""Choke points are what brute force finds: without them nothing arrives."""

from collections import defaultdict

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadInput, NotFound
from graph.kinds.relations import Makes, Supplies
from graph.kinds.terms import Proximity
from queries.linkage.single_sources import single_sourced
from queries.network.chokepoints import chokepoints
from queries.network.graphs import network_graph
from tests.oracles.structure import arrives, single_points, smallest_cut
from tests.queries.networks import FIRMS, YEAR, edges, network

makers = st.sets(st.sampled_from(FIRMS), max_size=3)
random_networks = settings(deadline=None, max_examples=80)


def makes(firms, product="p", year=None):
    return [Makes(start=f"org:{f}", end=f"product:{product}", year=year) for f in firms]


def plain(snapshot):
    graph = nx.DiGraph(network_graph(snapshot, YEAR))
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    return nx.relabel_nodes(graph, {node: node[4:] for node in graph})


def names(snapshot, rows):
    return [snapshot.name_of(row) for row in rows]


def sources_of(graph, made_by):
    return made_by or {n for n in graph if graph.in_degree(n) == 0 and graph.out_degree(n) > 0}


@random_networks
@given(edges, makers, st.sampled_from(FIRMS))
def test_each_dominator_alone_and_each_cut_together_disconnects(flows, made_by, target):
    snapshot = network(flows, more=makes(made_by))
    material = "product:p" if made_by else None
    found = chokepoints(snapshot, f"org:{target}", as_of=YEAR, material=material, first=500)
    graph = plain(snapshot)
    sources = sources_of(graph, made_by)
    if target in sources or not arrives(graph, sources, target):
        assert found.unknown_reason
        assert (found.disjoint_paths, found.dominator_count, found.sources) == (None, None, None)
        assert (list(found.minimum_cut), list(found.dominators)) == ([], [])
        return
    assert found.unknown_reason is None
    dominators = names(snapshot, [d.row for d in found.dominators])
    assert set(dominators) == single_points(graph, sources, target)
    assert len(dominators) == found.dominator_count
    cut = names(snapshot, found.minimum_cut)
    assert not arrives(graph, sources, target, cut)
    assert len(cut) == found.disjoint_paths == smallest_cut(graph, sources, target)
    assert (found.disjoint_paths == 1) == bool(dominators)
    assert found.sources == sum(nx.has_path(graph, s, target) for s in sources)
    assert found.upstream == len(nx.ancestors(graph, target))


@random_networks
@given(edges, makers, st.sampled_from(FIRMS))
def test_dominators_are_those_of_networkx_from_the_nearest_outward(flows, made_by, target):
    snapshot = network(flows, more=makes(made_by))
    material = "product:p" if made_by else None
    found = chokepoints(snapshot, f"org:{target}", as_of=YEAR, material=material, first=500)
    graph = plain(snapshot)
    sources = sources_of(graph, made_by)
    graph.add_edges_from(("root", s) for s in sources)
    tree = dict(nx.immediate_dominators(graph, "root")) if sources else {}
    tree.pop("root", None)
    chain, here = [], tree.get(target, "root")
    while here != "root":
        chain.append(here)
        here = tree[here]
    if found.unknown_reason is None:
        assert names(snapshot, [d.row for d in found.dominators]) == chain
        distance = nx.single_target_shortest_path_length(graph, target)
        below = nx.DiGraph((up, node) for node, up in tree.items())
        for dominator, name in zip(found.dominators, chain, strict=True):
            assert dominator.tier == dict(distance)[name]
            assert dominator.source == (name in sources)
            assert dominator.dependants == len(nx.descendants(below, name))


@random_networks
@given(edges, st.sampled_from(FIRMS))
def test_articulation_firms_and_bridges_are_those_of_networkx(flows, target):
    snapshot = network(flows)
    found = chokepoints(snapshot, f"org:{target}", as_of=YEAR, first=500)
    graph = plain(snapshot)
    around = nx.Graph(graph.subgraph({target} | nx.ancestors(graph, target)).to_undirected())
    points = names(snapshot, [a.row for a in found.articulations])
    assert set(points) == set(nx.articulation_points(around)) - {target}
    bridges = {frozenset(names(snapshot, [b.near, b.far])): b for b in found.bridges}
    assert set(bridges) == {frozenset(pair) for pair in nx.bridges(around)}
    assert (found.articulation_count, found.bridge_count) == (len(points), len(bridges))
    for point, name in zip(found.articulations, points, strict=True):
        left = around.copy()
        left.remove_node(name)
        assert point.separated == len(left) - len(nx.node_connected_component(left, target))
    for bridge in bridges.values():
        near, far = names(snapshot, [bridge.near, bridge.far])
        left = around.copy()
        left.remove_edge(near, far)
        assert nx.has_path(left, near, target)
        assert bridge.separated == len(nx.node_connected_component(left, far))
    separated = [a.separated for a in found.articulations]
    assert separated == sorted(separated, reverse=True)


def test_a_diamond_behind_a_neck():
    """p is made by a; b and c both pass it on to d, d alone to e."""
    snapshot = network(
        [("a", "b", 1.0, "p"), ("a", "c", None, "q"), ("b", "d", 2.0, "p"), ("c", "d", None, "p"),
         ("d", "e", 3.0, "p"), ("d", "e", 3.0, "q"), ("e", "e", 9.0, "p"), ("e", "b", 1.0, "q")],
        more=makes("a"),
    )  # fmt: skip
    found = chokepoints(snapshot, "org:e", as_of=YEAR, material="product:p")
    assert [(snapshot.name_of(d.row), d.tier, d.source) for d in found.dominators] == [
        ("d", 1, False),
        ("a", 3, True),
    ]
    assert names(snapshot, found.minimum_cut) == ["d"]
    assert (found.disjoint_paths, found.sources, found.upstream) == (1, 1, 4)
    assert (found.input_count, found.single_sourced) == (2, 2)
    beyond = chokepoints(snapshot, "org:d", as_of=YEAR, material="product:p")
    assert names(snapshot, [d.row for d in beyond.dominators]) == ["a"]
    asked = dict(found.method.parameters)
    assert asked == {"links": "ANY_PRODUCT", "material": "product:p", "first": 20}
    assert (found.method.coverage.links, found.method.coverage.unmeasured) == (2, 0)


def test_two_makers_that_share_nothing_are_the_cut():
    snapshot = network([("a", "e", 1.0, "p"), ("b", "e", None, "q")], more=makes("ab"))
    found = chokepoints(snapshot, "org:e", as_of=YEAR, material="product:p")
    assert (list(found.dominators), found.disjoint_paths) == ([], 2)
    assert sorted(names(snapshot, found.minimum_cut)) == ["a", "b"]


@pytest.mark.parametrize(
    ("target", "material", "made_by", "words"),
    [
        ("a", None, "", "没有已登记的供应商"),
        ("b", "product:p", "", "没有已登记的"),
        ("b", "product:p", "b", "自己就生产"),
        ("b", "product:p", "g", "没有已登记的供应路径"),
        ("d", None, "", "循环供货"),
    ],
)
def test_what_is_not_known_is_said(target, material, made_by, words):
    flows = [("a", "b", 1.0, "p"), ("c", "d", 1.0, "p"), ("d", "c", 1.0, "p")]
    snapshot = network(flows, more=makes(made_by))
    found = chokepoints(snapshot, f"org:{target}", as_of=YEAR, material=material)
    assert words in found.unknown_reason
    assert found.input_count == (target != "a")


def test_makers_of_a_later_year_are_no_sources_yet():
    snapshot = network([("a", "b", 1.0, "p"), ("c", "b", 1.0, "p")], more=makes("a", year=YEAR + 1))
    assert chokepoints(snapshot, "org:b", as_of=YEAR, material="product:p").unknown_reason


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        ({"id": "org:z"}, NotFound),
        ({"id": "product:p"}, BadInput),
        ({"first": 0}, BadInput),
        ({"first": 501}, BadInput),
        ({"material": "product:z"}, NotFound),
        ({"material": "org:a"}, BadInput),
    ],
)
def test_bad_arguments_are_refused(bad, error):
    snapshot = network([("a", "b", 1.0, "p")])
    asked = {"id": "org:b", **bad}
    with pytest.raises(error):
        chokepoints(snapshot, asked.pop("id"), as_of=YEAR, **asked)


@random_networks
@given(edges, st.sampled_from([None, "town:s", "region:140101"]), st.sets(st.sampled_from(FIRMS)))
def test_single_sourcing_counts_pairs_with_one_supplier(flows, scope, outside):
    needs = [(f, "p", None, Proximity.COUNTRY) for f in outside]
    snapshot = network(flows, needs=needs)
    inside = {None: FIRMS, "town:s": "abe", "region:140101": "abe"}[scope]
    if scope == "town:s":
        inside = "ab"
    bought = defaultdict(dict)
    for a, b, value, product in flows:
        if a != b and b in inside:
            bought[b, product][a] = value
    found = single_sourced(snapshot, scope, as_of=YEAR, first=500)
    single = {k for k, s in bought.items() if len(s) == 1 and not (k[1] == "p" and k[0] in outside)}
    assert {(snapshot.name_of(r.buyer), snapshot.name_of(r.product)) for r in found.rows} == single
    assert (found.count, found.pairs) == (len(single), len(bought))
    assert found.share == (len(single) / len(bought) if bought else None)
    assert (found.unknown_reason is None) == bool(bought)
    for row in found.rows:
        suppliers = bought[snapshot.name_of(row.buyer), snapshot.name_of(row.product)]
        assert suppliers == {snapshot.name_of(row.supplier): row.value}
    values = [row.value for row in found.rows if row.value is not None]
    assert values == sorted(values, reverse=True)
    assert all(row.value is None for row in found.rows[len(values) :])


@random_networks
@given(edges, st.sampled_from(FIRMS))
def test_purchases_spread_between_one_nth_and_one(flows, buyer):
    snapshot = network(flows)
    found = chokepoints(snapshot, f"org:{buyer}", as_of=YEAR, first=500)
    bought = defaultdict(dict)
    for a, b, value, product in flows:
        if b == buyer != a:
            bought[product][a] = value
    assert found.input_count == len(bought)
    for row in found.inputs:
        known = [v for v in bought[snapshot.name_of(row.product)].values() if v is not None]
        assert (row.suppliers, row.measured) == (len(bought[snapshot.name_of(row.product)]), len(known))
        if not known:
            assert (row.concentration, row.value) == (None, None)
            continue
        assert row.value == pytest.approx(sum(known))
        assert row.concentration == pytest.approx(sum((v / sum(known)) ** 2 for v in known))
        assert 1 / len(known) - 1e-12 <= row.concentration <= 1 + 1e-12


def test_stale_values_count_as_links_without_value():
    old = [Supplies(start="org:a", end="org:b", product="product:p", value=5.0, year=YEAR - 4)]
    found = chokepoints(network([], more=old), "org:b", as_of=YEAR)
    assert [(r.suppliers, r.measured, r.value, r.concentration) for r in found.inputs] == [(1, 0, None, None)]
    assert found.disjoint_paths == 1
