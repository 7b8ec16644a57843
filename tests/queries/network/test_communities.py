"""Communities are those that NetworkX finds; what holds them together adds up to their supply."""

from itertools import combinations, permutations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadInput, NotFound
from graph.kinds.relations import Supplies
from queries.network.communities import communities
from queries.network.graphs import network_graph
from queries.whatif.changes import changes
from queries.whatif.edits import EndSupply, edited
from tests.queries.networks import FIRMS, YEAR, edges, network

TOWN_OF = {"a": "town:s", "b": "town:s", "c": "town:t", "d": "town:t"}
quarters = edges.map(
    lambda flows: [(a, b, None if v is None else round(v * 4) / 4, p) for a, b, v, p in flows]
)


def members_of(snapshot, community):
    return {snapshot.id_of(row.organisation) for row in community.members}


def known(values):
    """The sum of what is known; None: nothing is."""
    there = [value for value in values if value is not None]
    return sum(there) if there else None


@settings(deadline=None, max_examples=150)
@given(
    quarters,
    st.sampled_from([None, "town:s", "region:140101"]),
    st.sampled_from([0.5, 1.0, 2.0]),
    st.integers(0, 2),
)
def test_communities_are_those_of_networkx(flows, scope, resolution, seed):
    snapshot = network(flows)
    inside = {None: FIRMS, "town:s": "ab", "region:140101": "abe"}[scope]
    graph = network_graph(snapshot, YEAR).subgraph(f"org:{f}" for f in inside).copy()
    found = communities(
        snapshot, as_of=YEAR, within=scope, resolution=resolution, seed=seed, first=100, listed=50
    )
    assert (found.organisations, found.unknown_reason is None) == (len(inside), bool(graph.edges))
    if not graph.edges:
        assert (list(found.rows), found.count, found.alone, found.modularity) == ([], 0, len(inside), None)
        return
    ordered = nx.DiGraph()
    ordered.add_nodes_from(sorted(graph))
    ordered.add_edges_from(sorted(graph.edges(data=True), key=lambda edge: edge[:2]))
    parts = nx.community.louvain_communities(ordered, weight="value", resolution=resolution, seed=seed)
    assert [members_of(snapshot, row) for row in found.rows] == sorted(
        (part for part in parts if len(part) > 1),
        key=lambda part: (-(inside_value(flows, part) or 0), -len(part), min(part)),
    )
    assert found.alone == sum(len(part) == 1 for part in parts)
    assert found.count == len(found.rows)
    quality = nx.community.modularity(ordered, parts, weight="value", resolution=resolution)
    assert found.modularity == pytest.approx(quality, abs=1e-12)


def flows_of(flows, sellers, buyers):
    """The flows between two sets of organisations: the last of a pair and product counts."""
    chosen = {(f"org:{a}", f"org:{b}", f"product:{p}"): value for a, b, value, p in flows if a != b}
    return {key: value for key, value in chosen.items() if key[0] in sellers and key[1] in buyers}


def inside_value(flows, part):
    return known(flows_of(flows, part, part).values())


@settings(deadline=None, max_examples=100)
@given(quarters)
def test_what_is_said_of_a_community_is_its_supply(flows):
    snapshot = network(flows)
    every = {f"org:{f}" for f in FIRMS}
    graph = nx.Graph(network_graph(snapshot, YEAR).to_undirected())
    for row in communities(snapshot, as_of=YEAR, first=100, listed=50).rows:
        part = members_of(snapshot, row)
        own = flows_of(flows, part, part)
        assert (row.size, row.links) == (len(part), len(own))
        assert row.value == known(own.values())
        assert row.unmeasured == sum(value is None for value in own.values())
        sold, bought = flows_of(flows, part, every - part), flows_of(flows, every - part, part)
        assert row.sold_outside == (known(sold.values()) or 0)
        assert row.bought_outside == (known(bought.values()) or 0)
        whole = (row.value or 0) + row.sold_outside + row.bought_outside
        assert row.inside_share == (None if row.value is None or not whole else row.value / whole)
        assert row.parts == nx.number_connected_components(graph.subgraph(part))
        towns = {t: sum(TOWN_OF.get(id[-1]) == t for id in part) for t in ("town:s", "town:t")}
        assert {snapshot.id_of(t.town): t.organisations for t in row.towns} == {
            t: n for t, n in towns.items() if n
        }
        assert row.without_town == len(part) - sum(towns.values())
        assert {snapshot.id_of(p.product): (p.value, p.links) for p in row.products} == {
            product: (known(v for k, v in own.items() if k[2] == product), sum(k[2] == product for k in own))
            for product in {key[2] for key in own}
        }
        assert {
            (snapshot.id_of(b.seller), snapshot.id_of(b.buyer)): (b.value, b.products) for b in row.bonds
        } == {
            pair: (known(v for k, v in own.items() if k[:2] == pair), sum(k[:2] == pair for k in own))
            for pair in {key[:2] for key in own}
        }
        for member in row.members:
            id = snapshot.id_of(member.organisation)
            mine = {k: v for k, v in own.items() if id in k[:2]}
            assert member.value == known(mine.values())
            assert member.partners == len({end for k in mine for end in k[:2]} - {id})
        for values in ([r.value or 0 for r in rows] for rows in (row.members, row.products, row.bonds)):
            assert values == sorted(values, reverse=True)
        assert row.center == row.members[0].organisation


def two_cliques():
    """a, b and c trade with each other, so do e, f and g; one thin flow joins them."""
    flows = [(x, y, 100.0, "p") for group in ("abc", "efg") for x, y in permutations(group, 2)]
    return [*flows, ("c", "e", 1.0, "q")]


def test_two_circles_that_hardly_trade_are_two_communities():
    snapshot = network(two_cliques())
    found = communities(snapshot, as_of=YEAR)
    assert [members_of(snapshot, row) for row in found.rows] == [
        {"org:a", "org:b", "org:c"},
        {"org:e", "org:f", "org:g"},
    ]
    first, second = found.rows
    assert (first.value, first.sold_outside, first.bought_outside) == (600.0, 1.0, 0.0)
    assert (second.value, second.sold_outside, second.bought_outside) == (600.0, 0.0, 1.0)
    assert (first.town_count, first.without_town, second.town_count, second.without_town) == (2, 0, 0, 3)
    assert (found.organisations, found.alone) == (8, 2)
    coverage = found.method.coverage
    assert (coverage.links, coverage.unmeasured, coverage.observed) == (13, 0, 1201.0)
    short = communities(snapshot, as_of=YEAR, first=1, listed=1)
    assert (short.count, len(short.rows)) == (2, 1)
    assert [len(part) for part in (short.rows[0].members, short.rows[0].bonds, short.rows[0].towns)] == [
        1,
        1,
        1,
    ]
    assert short.rows[0].members == first.members[:1]


def test_a_high_resolution_makes_more_communities():
    snapshot = network(two_cliques())
    counts = [communities(snapshot, as_of=YEAR, resolution=r).count for r in (0.001, 1.0)]
    assert counts == [1, 2]
    assert communities(snapshot, as_of=YEAR, resolution=100).alone == 8


def test_flows_of_unknown_value_join_those_that_have_no_other_and_outweigh_none():
    joined = [("a", "b", 50.0, "p"), ("b", "c", 50.0, "p"), ("d", "e", None, "p")]
    snapshot = network([*joined, ("a", "f", 80.0, "p"), ("f", "b", None, "q")])
    found = communities(snapshot, as_of=YEAR)
    parts = [members_of(snapshot, row) for row in found.rows]
    assert {"org:d", "org:e"} in parts
    pair = found.rows[parts.index({"org:d", "org:e"})]
    assert (pair.value, pair.inside_share, pair.unmeasured) == (None, None, 1)


def test_a_stale_value_weighs_as_an_unknown_one():
    old = Supplies(start="org:a", end="org:b", product="product:p", year=YEAR - 4, value=1e9)
    snapshot = network([("d", "a", 5.0, "p"), ("b", "c", 5.0, "p")], more=[old])
    found = communities(snapshot, as_of=YEAR)
    parts = [members_of(snapshot, row) for row in found.rows]
    assert parts == [{"org:a", "org:d"}, {"org:b", "org:c"}]
    assert [row.value for row in found.rows] == [5.0, 5.0]
    assert found.method.coverage.unmeasured == 1


def test_the_same_seed_gives_the_same_answer():
    flows = [(a, b, 1.0, "p") for a, b in combinations(FIRMS, 2)]
    one, two = (communities(network(flows), as_of=YEAR, seed=3) for _ in range(2))
    assert one.rows == two.rows
    assert dict(one.method.parameters) == {
        "weights": "VALUE",
        "unknownValue": 1,
        "threshold": 1e-7,
        "within": None,
        "resolution": 1.0,
        "seed": 3,
        "first": 10,
        "listed": 5,
    }


@pytest.mark.parametrize(
    ("bad", "error", "words"),
    [
        ({"resolution": 0.0}, BadInput, "resolution：应大于 0 且不超过 100，所给为 0"),
        ({"resolution": -1.0}, BadInput, "resolution：应大于 0 且不超过 100，所给为 -1"),
        ({"resolution": 100.5}, BadInput, "resolution：应大于 0 且不超过 100，所给为 100.5"),
        ({"resolution": float("nan")}, BadInput, "resolution：应大于 0 且不超过 100，所给为 nan"),
        ({"seed": -1}, BadInput, "seed：不得为负，所给为 -1"),
        ({"first": 0}, BadInput, "first：应在 1 到 100 之间，所给为 0"),
        ({"first": 101}, BadInput, "first：应在 1 到 100 之间，所给为 101"),
        ({"listed": 51}, BadInput, "listed：应在 1 到 50 之间，所给为 51"),
        ({"within": "org:a"}, BadInput, "within：应为专业镇或行政区划"),
        ({"within": "town:none"}, NotFound, ""),
    ],
)
def test_bad_arguments_are_refused(bad, error, words):
    with pytest.raises(error) as raised:
        communities(network([]), as_of=YEAR, **bad)
    assert str(raised.value).startswith(words)


def test_a_what_if_tells_what_a_community_loses():
    snapshot = network(two_cliques())
    other = edited(snapshot, (EndSupply("org:a", "org:b", "product:p"),), YEAR)
    before, after = (communities(s, as_of=YEAR) for s in (snapshot, other))
    told = {(c.field, c.about): c.change for c in changes(before, after, snapshot, other)}
    assert told["rows.members.value", ("org:b",)] == -100.0
