"""The best paths between two organisations are those that a search of all simple paths finds best."""

from itertools import islice, pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadInput, NotFound
from graph.kinds.entities import Organisation
from graph.kinds.facts import Source
from graph.kinds.relations import AlliedWith, MemberOf, Owns, Supplies
from graph.kinds.terms import AllianceForm, Grade, OrganisationForm
from graph.networkx.copies import convert_to_nx
from graph.snapshot.snapshot import Snapshot
from queries.network.paths import PathDirection, paths, paths_to
from queries.network.relations import KINDS, LINK, UNIT, RelationKind, relation_graph
from queries.whatif.changes import changes
from queries.whatif.edits import Close, SetSupply, edited
from tests.queries.networks import FIRMS, YEAR, edges, network

TOWN_OF = {"a": "town:s", "b": "town:s", "c": "town:t", "d": "town:t"}
firm = st.sampled_from(FIRMS)
stakes = st.lists(st.tuples(firm, firm, st.one_of(st.none(), st.sampled_from([0.1, 0.5, 1.0]))), max_size=6)
alliances = st.lists(st.tuples(firm, firm), max_size=4)
millions = edges.map(lambda flows: [(a, b, None if v is None else 1e5 * round(v), p) for a, b, v, p in flows])


def world(flows=(), stakes=(), alliances=(), *more):
    """Flows are (seller, buyer, value, product), stakes (owner, owned, share); a, b and c, d share a town."""
    owned = {(a, b): Owns(start=f"org:{a}", end=f"org:{b}", share=share) for a, b, share in stakes}
    allied = {(a, b): AlliedWith(start=f"org:{a}", end=f"org:{b}") for a, b in alliances}
    return network(flows, more=[*owned.values(), *allied.values(), *more])


def joined(flows, stakes, alliances):
    """What joins two nodes, by kind, with its resistance."""
    traded = {}
    for (a, b, _), value in {(a, b, p): v for a, b, v, p in flows}.items():
        traded[min(a, b), max(a, b)] = traded.get((min(a, b), max(a, b)), 0.0) + (value or 0.0)
    for (a, b), value in traded.items():
        yield RelationKind.SUPPLY, f"org:{a}", f"org:{b}", 1 / (1 + value / 1e6)
    for (a, b), share in {(a, b): s for a, b, s in stakes}.items():
        yield RelationKind.OWNERSHIP, f"org:{a}", f"org:{b}", 1 - (share or 0.0)
    for a, b in alliances:
        yield RelationKind.ALLIANCE, f"org:{a}", f"org:{b}", 1.0
    for f, town in TOWN_OF.items():
        yield RelationKind.MEMBERSHIP, f"org:{f}", town, 1.0


def resistances(flows, stakes, alliances, kinds):
    """Link two nodes that a relation of the kinds joins: an undirected graph, with what each link resists."""
    graph = nx.Graph()
    graph.add_nodes_from(f"org:{f}" for f in FIRMS)
    for kind, one, other, resistance in joined(flows, stakes, alliances):
        if kind in kinds and one != other:
            least = graph.get_edge_data(one, other, {"resistance": 1.0})["resistance"]
            graph.add_edge(one, other, resistance=min(least, resistance))
    return graph


def cost(graph, path):
    return sum(round(graph.edges[link]["resistance"] * UNIT) for link in pairwise(path))


@settings(deadline=None, max_examples=200)
@given(
    millions,
    stakes,
    alliances,
    st.sets(st.sampled_from(KINDS), min_size=1),
    st.integers(1, 6),
    st.integers(1, 5),
)
def test_the_best_are_the_best_of_all_simple_paths(flows, owned, allied, kinds, k, longest):  # noqa: PLR0913, PLR0917
    snapshot = world(flows, owned, allied)
    found = paths(snapshot, "org:a", "org:e", as_of=YEAR, kinds=tuple(kinds), k=k, longest=longest)
    graph = resistances(flows, owned, allied, kinds)
    every = sorted(nx.all_simple_paths(graph, "org:a", "org:e"), key=lambda p: (len(p), cost(graph, p), p))
    within = [path for path in every if len(path) <= longest + 1]
    assert [[snapshot.id_of(row) for row in path.nodes] for path in found.paths] == within[:k]
    assert found.more == (len(within) > k)
    assert found.longer == (None if found.more else len(every) > len(within))
    assert found.shortest == (len(within[0]) - 1 if within else None)
    assert (found.unknown_reason is None) == bool(within)
    assert found.reached == len(nx.single_source_shortest_path_length(graph, "org:a", cutoff=longest))
    for path in found.paths:
        assert path.length == len(path.nodes) - 1
        nodes = [snapshot.id_of(row) for row in path.nodes]
        wanted = [graph.edges[link]["resistance"] for link in pairwise(nodes)]
        assert [step.resistance for step in path.steps] == pytest.approx(wanted)
        assert path.resistance == pytest.approx(sum(wanted))


@settings(deadline=None)
@given(millions, stakes, alliances)
def test_plain_networkx_finds_paths_of_the_same_cost(flows, owned, allied):
    arrays = relation_graph(world(flows, owned, allied), YEAR)
    plain = convert_to_nx(arrays)
    if not nx.has_path(plain, "org:a", "org:e"):
        return
    ours, its = (
        list(islice(nx.shortest_simple_paths(g, "org:a", "org:e", weight="distance"), 12))
        for g in (arrays, plain)
    )
    costs = [[nx.path_weight(plain, path, "distance") for path in found] for found in (ours, its)]
    assert costs[0] == costs[1]


def test_fewer_links_come_before_any_value():
    rich = [("a", "b", 1e12, "p"), ("b", "e", 1e12, "p")]
    found = paths(world([*rich, ("e", "a", None, "q")]), "org:a", "org:e", as_of=YEAR, k=2)
    assert [path.length for path in found.paths] == [1, 2]


def test_the_weakest_link_decides_among_equally_many():
    """One great and one tiny flow are worth less than two middling ones."""
    flows = [("a", "b", 1e8, "p"), ("b", "e", 1e5, "p"), ("a", "c", 5e7, "p"), ("e", "c", 4.5e7, "p")]
    found = paths(world(flows), "org:a", "org:e", as_of=YEAR, k=1, kinds=(RelationKind.SUPPLY,))
    assert [step.value for step in found.paths[0].steps] == [5e7, 4.5e7]
    assert found.more
    assert found.longer is None


def test_the_resistance_of_a_path_never_outweighs_a_link():
    assert LINK > 8 * UNIT


def test_every_relation_between_two_neighbours_is_shown_as_stated():
    snapshot = Snapshot.of(
        [
            *(Organisation(id=f"org:{f}", name=f, form=OrganisationForm.ENTERPRISE) for f in "abc"),
            *(world().entity(row) for row in world().nodes["Product"].rows),
            *(world().entity(row) for row in world().nodes["Town"].rows),
            Source(id="source:real", name="年报", grade=Grade.A),
            Source(id="source:made-up", name="虚构", grade=Grade.C, synthetic=True),
        ],
        [
            Supplies(
                start="org:a", end="org:b", product="product:p", value=5e6, year=YEAR, source="source:real"
            ),
            Supplies(
                start="org:a", end="org:b", product="product:p", value=9e6, year=YEAR, source="source:made-up"
            ),
            Supplies(start="org:b", end="org:a", product="product:q", value=8e6, year=YEAR - 5, share=0.25),
            Owns(start="org:b", end="org:a", share=0.6, since=2010, source="source:made-up"),
            Owns(start="org:b", end="org:a", share=0.9, since=2001, until=2010),
            AlliedWith(start="org:b", end="org:a", form=AllianceForm.JOINT_VENTURE),
            AlliedWith(start="org:b", end="org:c"),
            MemberOf(start="org:a", end="town:s"),
        ],
        newest_year=YEAR,
    )
    found = paths(snapshot, "org:a", "org:c", as_of=YEAR)
    first, second = found.paths[0].steps
    assert (first.value, first.resistance) == (5e6, pytest.approx(1 / 6))
    shown = [
        (link.kind.value, link.direction.value, link.value, link.share, link.year) for link in first.links
    ]
    assert shown == [
        ("SUPPLY", "AGAINST", 8e6, None, YEAR - 5),
        ("SUPPLY", "ALONG", 5e6, 1.0, YEAR),
        ("OWNERSHIP", "AGAINST", None, 0.6, None),
        ("ALLIANCE", "EITHER", None, None, None),
    ]
    old, supply, stake, alliance = first.links
    assert (old.stale, supply.stale) == (True, False)
    assert supply.rivals == 0  # the other value of the year is invented: it contradicts nothing real
    assert (stake.since, supply.since) == (2010, None)
    assert alliance.form is AllianceForm.JOINT_VENTURE
    assert [link.synthetic for link in first.links] == [False, False, True, False]
    assert [link.source and snapshot.id_of(link.source) for link in first.links] == [
        None,
        "source:real",
        "source:made-up",
        None,
    ]
    assert [snapshot.id_of(link.product) for link in (old, supply)] == ["product:q", "product:p"]
    assert (stake.product, second.value, second.links[0].form) == (None, None, None)
    assert (found.method.coverage.links, found.method.coverage.unmeasured) == (2, 1)
    assert found.method.coverage.observed == 5e6


def test_an_end_that_is_invented_marks_the_relation():
    made_up = Organisation(id="org:z", name="z", form=OrganisationForm.ENTERPRISE, synthetic=True)
    real = Organisation(id="org:y", name="y", form=OrganisationForm.ENTERPRISE)
    snapshot = Snapshot.of([made_up, real], [Owns(start="org:z", end="org:y")], newest_year=YEAR)
    (path,) = paths(snapshot, "org:y", "org:z", as_of=YEAR).paths
    assert path.steps[0].links[0].synthetic


def test_members_of_one_town_meet_in_it():
    snapshot = world()
    (path,) = paths(snapshot, "org:a", "org:b", as_of=YEAR).paths
    assert [snapshot.id_of(row) for row in path.nodes] == ["org:a", "town:s", "org:b"]
    assert [step.links[0].direction for step in path.steps] == [PathDirection.ALONG, PathDirection.AGAINST]
    assert (path.resistance, path.steps[0].value) == (2.0, None)


def test_relations_of_another_year_do_not_count():
    ended = Owns(start="org:a", end="org:e", since=2000, until=YEAR)
    later = Owns(start="org:e", end="org:g", since=YEAR + 1)
    snapshot = world((), (), (), ended, later)
    assert paths(snapshot, "org:a", "org:e", as_of=YEAR - 1).shortest == 1
    assert paths(snapshot, "org:a", "org:e", as_of=YEAR).shortest is None
    assert paths(snapshot, "org:e", "org:g", as_of=YEAR).shortest is None


def test_what_there_is_not_is_said():
    chain = [(x, y, None, "p") for x, y in pairwise("aefgh")]
    snapshot = world(chain)
    near = paths(snapshot, "org:a", "org:h", as_of=YEAR, longest=3)
    assert near.unknown_reason == "a与h在 3 环以内没有已登记的联系；更长的有，可放宽 longest（至多 8）"
    assert (near.paths, near.more, near.longer, near.reached) == ([], False, True, 6)
    apart = paths(snapshot, "org:h", "org:c", as_of=YEAR)
    assert apart.unknown_reason == "h与c之间没有已登记的联系"
    assert (apart.longer, apart.shortest) == (False, None)


def test_an_organisation_of_another_time_is_said_to_be_gone():
    closed = Organisation(id="org:old", name="旧", form=OrganisationForm.ENTERPRISE, closed_on="2020-05-01")
    open_ = Organisation(id="org:new", name="新", form=OrganisationForm.ENTERPRISE)
    snapshot = Snapshot.of([closed, open_], [Owns(start="org:old", end="org:new")], newest_year=YEAR)
    found = paths(snapshot, "org:new", "org:old", as_of=YEAR)
    assert found.unknown_reason == f"旧在 {YEAR} 年末不存续"
    assert (found.paths, found.reached) == ([], 0)
    assert paths(snapshot, "org:new", "org:old", as_of=2019).shortest == 1


@pytest.mark.parametrize(
    ("bad", "error", "words"),
    [
        ({"start": "org:z"}, NotFound, "from：图中没有“org:z”"),
        ({"to": "org:z"}, NotFound, "to：图中没有“org:z”"),
        ({"start": "town:s"}, BadInput, "from：town:s 应为主体"),
        ({"to": "product:p"}, BadInput, "to：product:p 应为主体"),
        ({"to": "org:a"}, BadInput, "to：与起点是同一主体（org:a）"),
        ({"kinds": ()}, BadInput, "kinds：至少给出一种关系"),
        ({"k": 0}, BadInput, "k：应在 1 到 50 之间，所给为 0"),
        ({"k": 51}, BadInput, "k：应在 1 到 50 之间，所给为 51"),
        ({"longest": 0}, BadInput, "longest：应在 1 到 8 之间，所给为 0"),
        ({"longest": 9}, BadInput, "longest：应在 1 到 8 之间，所给为 9"),
    ],
)
def test_bad_arguments_are_refused(bad, error, words):
    asked = {"start": "org:a", "to": "org:b", **bad}
    with pytest.raises(error) as raised:
        paths(world(), asked.pop("start"), asked.pop("to"), as_of=YEAR, **asked)
    assert str(raised.value).startswith(words)


def test_from_an_organisation_it_is_the_same_question():
    snapshot = world([("a", "e", 1e6, "p")])
    assert paths_to(snapshot, "org:a", to="org:e", as_of=YEAR) == paths(
        snapshot, "org:a", "org:e", as_of=YEAR
    )


def test_a_what_if_tells_which_path_is_gone_and_which_has_come():
    snapshot = world([("a", "f", 1e6, "p"), ("f", "e", 1e6, "p")])
    edits = (
        Close("org:f"),
        SetSupply("org:a", "org:g", "product:p", 2e6),
        SetSupply("org:g", "org:e", "product:p", 2e6),
    )
    other = edited(snapshot, edits, YEAR)
    before, after = (paths(s, "org:a", "org:e", as_of=YEAR) for s in (snapshot, other))
    assert [after.paths[0].nodes[1]] == [other.row_of("org:g")]
    told = {
        (change.field, change.about): (change.before, change.after)
        for change in changes(before, after, snapshot, other)
    }
    assert told["paths.steps.value", ("org:a", "org:f")] == (1e6, None)
    assert told["paths.steps.value", ("org:a", "org:g")] == (None, 2e6)
