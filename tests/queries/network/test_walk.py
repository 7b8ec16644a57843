"""A walk finds what NetworkX finds, and says what it leaves out."""

from dataclasses import replace

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadInput, NotFound
from graph.kinds.entities import Organisation, Product
from graph.kinds.relations import Supplies
from graph.kinds.terms import OrganisationForm, ProductCategory
from graph.snapshot.snapshot import Snapshot
from queries.network.graphs import network_graph
from queries.network.walk import Cut, strongest_paths, walk

GOODS = [Product(id=f"product:{p}", name=p, category=ProductCategory.COMPONENT) for p in "pq"]


def network(edges, firms="abcdefgh"):
    """Edges: seller, buyer, value, product, year."""
    nodes = [Organisation(id=f"org:{f}", name=f, form=OrganisationForm.ENTERPRISE) for f in firms]
    flows = {}
    for a, b, *rest in edges:
        value, good, year, share = (*rest, *(None, "p", 2024, None)[len(rest) :])
        ends = {"start": f"org:{a}", "end": f"org:{b}", "product": f"product:{good}"}
        flows[a, b, good] = Supplies(**ends, value=value, year=year, share=share)
    return Snapshot.of([*nodes, *GOODS], flows.values())


def tiers(snapshot, walked):
    return {snapshot.name_of(step.row): step.tier for step in walked.steps}


def links(snapshot, walked):
    return {(snapshot.name_of(li.start), snapshot.name_of(li.end)) for li in walked.links}


edges = st.lists(
    st.tuples(
        st.sampled_from("abcdefgh"),
        st.sampled_from("abcdefgh"),
        st.one_of(st.none(), st.sampled_from([1.0, 2.0, 5.0])),
        st.sampled_from("pq"),
    ),
    max_size=30,
)


@settings(deadline=None)
@given(edges, st.integers(1, 5), st.sampled_from(["UP", "DOWN"]))
def test_tiers_are_those_of_networkx(pairs, depth, direction):
    snapshot = network(pairs)
    walked = walk(snapshot, "org:a", as_of=2024, direction=direction, depth=depth)
    graph = network_graph(snapshot, 2024)
    assert set(graph.edges) == {(f"org:{a}", f"org:{b}") for a, b, *_ in pairs if a != b}
    seen = graph.reverse() if direction == "UP" else graph
    lengths = nx.single_source_shortest_path_length(seen, "org:a", cutoff=depth)
    assert tiers(snapshot, walked) == {id[4:]: n for id, n in lengths.items()}
    reached = {"org:a"} | {b for _, b in nx.bfs_edges(seen, "org:a", depth_limit=depth)}
    assert {snapshot.id_of(step.row) for step in walked.steps} == reached
    among = {(a, b) for a, b, *_ in pairs if a != b and {f"org:{a}", f"org:{b}"} <= reached}
    assert links(snapshot, walked) == among
    assert walked.count == len(reached)
    assert walked.method.coverage.links == len(walked.links) == len(list(walked.links))
    values = [link.value for link in walked.links if link.value is not None]
    assert walked.method.coverage.observed == sum(values)
    assert walked.method.coverage.unmeasured == len(walked.links) - len(values)
    further = {id: len(set(seen[id]) - reached) for id in reached}
    assert {snapshot.id_of(step.row): step.further for step in walked.steps} == further
    further = sum(map(bool, further.values()))
    assert walked.cut == Cut(left_out=0, frontier=further, unmeasured=0)


@settings(deadline=None)
@given(edges, st.integers(1, 8))
def test_what_does_not_fit_is_counted(pairs, limit):
    snapshot = network(pairs)
    whole = walk(snapshot, "org:a", as_of=2024, direction="DOWN", depth=1)
    part = walk(snapshot, "org:a", as_of=2024, direction="DOWN", depth=1, max_nodes=limit)
    shown = list(whole.steps)[:limit]
    assert [replace(step, further=0) for step in part.steps] == [replace(step, further=0) for step in shown]
    assert all(mine.further >= theirs.further for mine, theirs in zip(part.steps, shown, strict=True))
    assert part.count == len(list(part.steps))
    assert part.cut.left_out == len(whole.steps) - len(part.steps)
    assert part.cut.whole == (not part.cut.left_out and whole.cut.whole)


def test_steps_are_ordered_by_tier_value_and_id():
    snapshot = network(
        [
            ("b", "a", 1.0),
            ("c", "a", 9.0),
            ("d", "a"),
            ("e", "a", 4.0),
            ("e", "a", 5.0, "q"),
            ("f", "b", 99.0),
        ]
    )
    walked = walk(snapshot, "org:a", as_of=2024)
    assert [(snapshot.name_of(s.row), s.tier, s.value) for s in walked.steps] == [
        ("a", 0, None),
        ("c", 1, 9.0),
        ("e", 1, 9.0),
        ("b", 1, 1.0),
        ("d", 1, None),
        ("f", 2, 99.0),
    ]


def test_whoever_does_not_fit_is_counted_at_whom_it_would_follow():
    snapshot = network(
        [("b", "a", 9.0), ("c", "a", 5.0), ("d", "a", 1.0), ("d", "b"), ("d", "b", 2.0, "q"), ("e", "b")]
    )
    walked = walk(snapshot, "org:a", as_of=2024, depth=1, max_nodes=3)
    assert [(snapshot.name_of(s.row), s.further) for s in walked.steps] == [("a", 1), ("b", 2), ("c", 0)]


def test_a_real_firm_that_deals_by_invented_rows_is_marked():
    """Of the flows to the tier before, one is invented; flows among the others mark nobody."""
    firms = [
        Organisation(id=f"org:{f}", name=f, form=OrganisationForm.ENTERPRISE, synthetic=f == "d")
        for f in "abcde"
    ]
    rows = [("b", "a", True), ("c", "a", False), ("d", "a", False), ("b", "c", True), ("e", "d", False)]
    flows = [
        Supplies(
            start=f"org:{s}", end=f"org:{e}", product="product:p", year=2024, value=1.0, synthetic=made_up
        )
        for s, e, made_up in rows
    ]
    snapshot = Snapshot.of([*firms, *GOODS], flows)
    marks = {snapshot.name_of(s.row): s.synthetic for s in walk(snapshot, "org:a", as_of=2024, depth=2).steps}
    assert marks == {"a": False, "b": True, "c": False, "d": True, "e": True}


def test_a_loop_ends_and_a_branch_of_the_same_firm_is_left_out():
    snapshot = network([("a", "b"), ("b", "c"), ("c", "a"), ("b", "b", 3.0)])
    walked = walk(snapshot, "org:a", as_of=2024, direction="DOWN", depth=10)
    assert tiers(snapshot, walked) == {"a": 0, "b": 1, "c": 2}
    assert links(snapshot, walked) == {("a", "b"), ("b", "c"), ("c", "a")}
    assert walked.cut.whole


def test_only_the_links_that_are_asked_for_are_followed():
    snapshot = network(
        [("b", "a", 8.0), ("c", "a", 2.0), ("d", "a"), ("e", "a", 1.0, "q"), ("f", "b", 1.0, "p", 2019)]
    )
    walked = walk(snapshot, "org:a", as_of=2024, min_share=0.5)
    assert tiers(snapshot, walked) == {"a": 0, "b": 1, "e": 1}
    assert walked.cut == Cut(left_out=0, frontier=0, unmeasured=2)
    assert [round(li.share, 3) for li in walked.links] == [0.8, 1.0]
    of_one = walk(snapshot, "org:a", as_of=2024, product="product:q")
    assert tiers(snapshot, of_one) == {"a": 0, "e": 1}


def test_an_old_figure_is_stale_and_shown():
    snapshot = network([("b", "a", 8.0, "p", 2019), ("c", "a", None, "p", None)])
    old, undated = walk(snapshot, "org:a", as_of=2024).links
    assert (old.stale, old.year, old.value, old.share) == (True, 2019, 8.0, None)
    assert (undated.stale, undated.year, undated.value) == (False, None, None)
    assert list(walk(snapshot, "org:a", as_of=2018).links) == [undated]


@pytest.mark.parametrize(
    "bad", [{"depth": 0}, {"depth": 11}, {"max_nodes": 5001}, {"max_nodes": 0}, {"min_share": 1.5}]
)
def test_bounds_are_kept(bad):
    with pytest.raises(BadInput):
        walk(network([]), "org:a", as_of=2024, **bad)


def test_the_start_must_be_an_organisation():
    with pytest.raises(NotFound):
        walk(network([]), "org:z", as_of=2024)
    with pytest.raises(BadInput):
        walk(network([]), "product:p", as_of=2024)


def named(snapshot, found):
    return [("".join(snapshot.name_of(r) for r in p.rows), p.share) for p in found.paths]


def test_paths_carry_the_product_of_their_shares():
    snapshot = network(
        [
            ("b", "a", 8.0),
            ("c", "a", 2.0),
            ("d", "b", 1.0),
            ("e", "b", 3.0),
            ("b", "c", 1.0),
            ("a", "c"),
            ("f", "c"),
        ]
    )
    found = strongest_paths(snapshot, walk(snapshot, "org:a", as_of=2024, depth=2))
    assert named(snapshot, found) == [
        ("abe", 0.8 * 0.75),
        ("abd", 0.8 * 0.25),
        ("acb", 0.2),
        ("acf", None),
    ]
    assert not found.more
    short = strongest_paths(snapshot, found.walk, first=2)
    assert short.paths == found.paths[:2]
    assert short.more


@settings(deadline=None)
@given(edges, st.integers(1, 4))
def test_paths_are_all_the_simple_ones_that_end(pairs, depth):
    snapshot = network(pairs)
    walked_down = walk(snapshot, "org:a", as_of=2024, direction="DOWN", depth=depth)
    found = strongest_paths(snapshot, walked_down, first=200)
    graph = nx.DiGraph()
    graph.add_node("a")
    walked = set(tiers(snapshot, found.walk))
    graph.add_edges_from((a, b) for a, b, *_ in pairs if a != b and {a, b} <= walked)
    expected = {
        "".join(path)
        for end in walked - {"a"}
        for path in nx.all_simple_paths(graph, "a", end, cutoff=depth)
        if len(path) > depth or set(graph[path[-1]]) <= set(path)
    }
    names = [name for name, _ in named(snapshot, found)]
    assert len(set(names)) == len(names)
    assert set(names) <= expected
    assert found.more or set(names) == expected
    shares = [p.share for p in found.paths if p.share is not None]
    assert shares == sorted(shares, reverse=True)
