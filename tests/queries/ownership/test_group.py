"""Groups: integrated shares against brute force, control against the definition, households counted twice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadInput, NotFound
from queries.ownership.double_counting import double_counted
from queries.ownership.groups import group
from queries.ownership.shares import controlled, stakes_of
from tests.oracles.ownership import groups, path_sums, walk_sums
from tests.queries.networks import YEAR
from tests.queries.worlds import FIRMS, World

pair = st.tuples(st.sampled_from(FIRMS), st.sampled_from(FIRMS))
part = st.sampled_from([0.1, 0.2, 0.3, 0.5, 0.6])
stakes = st.dictionaries(pair.filter(lambda p: p[0] != p[1]), part, max_size=12)
downhill = st.dictionaries(pair.filter(lambda p: p[0] < p[1]), part, max_size=12)


def shares_of(owns, firm):
    """Map who is owned by and who owns a firm to the share."""
    snapshot = World(owns=owns).snapshot()
    found = group(snapshot, f"org:{firm}", as_of=YEAR)
    owned, owners = (
        {snapshot.name_of(h.row): (h.share, h.at_least, h.direct, h.steps) for h in side}
        for side in (found.owned, found.owners)
    )
    return owned, owners


def sane(owns):
    """Leave out what would make stated shares add up to more than 0.9."""
    total, kept = {}, {}
    for (owner, owned), share in owns.items():
        if total.get(owned, 0.0) + share <= 0.9:
            total[owned] = total.get(owned, 0.0) + share
            kept[owner, owned] = share
    return kept


@settings(deadline=None, max_examples=40)
@given(downhill, st.sampled_from(FIRMS))
def test_shares_are_sums_over_paths(owns, firm):
    owned, _ = shares_of(owns, firm)
    assert {name: share for name, (share, *_) in owned.items()} == pytest.approx(path_sums(owns, firm))


@settings(deadline=None, max_examples=40)
@given(stakes.map(sane), st.sampled_from(FIRMS))
def test_circles_are_series_and_both_sides_agree(owns, firm):
    owned, owners = shares_of(owns, firm)
    for name, (share, least, *_) in owned.items():
        assert share == least == pytest.approx(walk_sums(owns, firm)[name])
        assert 0 < share < 1
        assert shares_of(owns, name)[1][firm][0] == pytest.approx(share)
    for name, (share, *_) in owners.items():
        assert share == pytest.approx(walk_sums(owns, name)[firm])


@settings(deadline=None, max_examples=60)
@given(stakes, st.sampled_from([0.5, 0.6]))
def test_control_is_that_of_the_definition(owns, control):
    snapshot = World(owns=owns).snapshot()
    first = snapshot.nodes["Organisation"].first
    found = controlled(stakes_of(snapshot, YEAR), control).tolist()
    names = [snapshot.name_of(place + first) for place in range(len(found))]
    assert {names[p]: names[head] for p, head in enumerate(found)} == groups(names, owns, control)


def test_a_diamond_adds_up():
    owned, _ = shares_of({("a", "b"): 0.5, ("a", "c"): 0.4, ("b", "d"): 0.6, ("c", "d"): 0.25}, "a")
    assert owned["d"] == (pytest.approx(0.4), pytest.approx(0.4), None, 2)


def test_owning_one_another_is_no_more_than_all():
    owned, owners = shares_of({("a", "b"): 1.0, ("b", "c"): 0.5, ("c", "b"): 0.0, ("b", "a"): 0.5}, "a")
    assert (owned["b"][0], owned["c"][0], owners["b"][0]) == (1.0, 0.5, 0.5)


def test_an_unknown_share_is_unknown_with_a_lower_bound():
    owned, owners = shares_of({("a", "b"): None, ("b", "c"): 0.9, ("a", "c"): 0.05}, "a")
    assert owned["b"] == (None, 0.0, None, 1)
    assert owned["c"] == (None, 0.05, 0.05, 1)
    assert owners == {}


def test_contradicting_shares_are_told():
    owns = {("a", "b"): 0.9, ("b", "c"): 1.0, ("c", "b"): 1.0}
    snapshot = World(owns=owns).snapshot()
    found = group(snapshot, "org:a", as_of=YEAR)
    assert {(h.share, h.at_least) for h in found.owned} == {(None, None)}
    assert [snapshot.name_of(row) for row in found.over_owned] == ["b"]


def test_control_goes_through_those_who_are_controlled():
    owns = {("a", "b"): 0.6, ("a", "c"): 0.3, ("b", "c"): 0.3, ("d", "e"): 0.5, ("f", "e"): 0.5}
    snapshot = World(owns=owns, leads={("c", "s")}, allied={("c", "g")}).snapshot()
    found = group(snapshot, "org:a", as_of=YEAR)
    assert [snapshot.name_of(m) for m in found.members] == ["a", "b", "c"]
    ((town, leaders),) = [(one.town, one.leaders) for one in found.led_towns]
    assert (snapshot.name_of(town), [snapshot.name_of(o) for o in leaders]) == ("s", ["c"])
    assert [(snapshot.name_of(a.row), snapshot.name_of(a.near)) for a in found.allies] == [("g", "c")]
    assert group(snapshot, "org:g", as_of=YEAR).allies[0].near == snapshot.row_of("org:g")
    halves = group(snapshot, "org:e", as_of=YEAR)
    assert [snapshot.name_of(m) for m in halves.members] == ["e"]


def test_a_closed_one_has_no_group():
    found = group(World(owns={("a", "b"): 0.6}, closed={"a"}).snapshot(), "org:a", as_of=YEAR)
    assert (found.owned, "不存续" in found.unknown_reason) == ([], True)


def test_households_of_one_group_are_counted_once():
    world = World(
        leads={("a", "s")},
        sold={("b", "a", "p"): 1.0, ("c", "a", "p"): 1.0, ("a", "d", "q"): 1.0, ("e", "a", "p"): 1.0},
        owns={("b", "c"): 0.7, ("a", "e"): 0.9, ("d", "f"): 0.9},
    )
    snapshot = world.snapshot()
    found = double_counted(snapshot, "town:s", as_of=YEAR)
    names = lambda rows: [snapshot.name_of(row) for row in rows]  # noqa: E731
    assert [(snapshot.name_of(r.row), names(r.households), names(r.leaders)) for r in found.rows] == [
        ("b", ["b", "c"], []),
        ("a", ["e"], ["a"]),
    ]
    assert (found.households, found.independent) == (4, 2)
    assert double_counted(snapshot, "town:t", as_of=YEAR).unknown_reason


def test_bad_arguments_are_refused():
    snapshot = World().snapshot()
    for control in (0.4, 1.1):
        with pytest.raises(BadInput) as caught:
            group(snapshot, "org:a", as_of=YEAR, control=control)
        assert list(caught.value.path) == ["control"]
        with pytest.raises(BadInput):
            double_counted(snapshot, "town:s", as_of=YEAR, control=control)
    with pytest.raises(BadInput):
        group(snapshot, "town:s", as_of=YEAR)
    with pytest.raises(NotFound):
        group(snapshot, "org:none", as_of=YEAR)
