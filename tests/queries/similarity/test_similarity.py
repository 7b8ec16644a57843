"""Similarity: bounds and identities of the indices, and trade that turns rivals into partners."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from graph.errors import BadInput
from graph.kinds.entities import Industry, Organisation, Product, Town
from graph.kinds.relations import EngagesIn, Makes, MemberOf, Needs, PartOf, Supplies
from graph.kinds.terms import OrganisationForm, ProductCategory, TownLevel, TownStatus
from graph.snapshot.overlay import Edits, overlay
from graph.snapshot.snapshot import Snapshot
from queries.answer import Aggregation
from queries.similarity.matrix import SimilarityMeasure, similarity_matrix
from queries.similarity.pairs import similar
from queries.similarity.profiles import indices
from tests.queries.networks import claim

amounts = st.floats(0.1, 1e6) | st.just(0.0)
tables = st.tuples(st.integers(2, 5), st.integers(2, 6)).flatmap(
    lambda shape: arrays(float, shape, elements=amounts).filter(lambda t: (t.sum(axis=1) > 0).all())
)


def shares(table):
    return table / table.sum(axis=1, keepdims=True)


@settings(deadline=None)
@given(tables)
def test_indices_keep_their_bounds_and_identities(table):
    s = shares(table)
    found = [indices(row, s) for row in s]
    krugman, cosine, overlap = (
        np.array([getattr(f, n) for f in found]) for n in ("krugman", "cosine", "overlap")
    )
    for index, most in ((krugman, 2), (cosine, 1), (overlap, 1)):
        assert index == pytest.approx(index.T)
        assert np.all((index >= 0) & (index <= most + 1e-12))
    assert overlap == pytest.approx(1 - krugman / 2, abs=1e-12)
    assert np.diag(krugman) == pytest.approx(np.zeros(len(s)))
    assert np.diag(cosine) == pytest.approx(np.ones(len(s)))
    for a, one in enumerate(s):
        for b, other in enumerate(s):
            assert krugman[a, b] == pytest.approx(sum(abs(x - y) for x, y in zip(one, other, strict=True)))
            lengths = np.linalg.norm(one) * np.linalg.norm(other)
            assert cosine[a, b] == pytest.approx(float(one @ other) / lengths)


@settings(deadline=None)
@given(tables, st.data())
def test_a_coarser_level_never_sets_towns_further_apart(table, data):
    groups = data.draw(st.lists(st.integers(0, 2), min_size=table.shape[1], max_size=table.shape[1]))
    coarse = table @ np.eye(3)[groups]
    for fine, rough in zip(shares(table), shares(coarse), strict=True):
        assert np.all(indices(rough, shares(coarse)).krugman <= indices(fine, shares(table)).krugman + 1e-9)


def test_towns_with_nothing_in_common_are_furthest_apart():
    found = indices(np.array([0.5, 0.5, 0.0]), np.array([[0.0, 0.0, 1.0]]))
    assert (found.krugman[0], found.cosine[0], found.overlap[0]) == (2.0, 0.0, 0.0)


@pytest.fixture(scope="module")
def snapshot():
    """Towns: a casts and b casts; c makes valves in the same two-digit industry; d is not known."""
    towns = [
        Town(id=f"town:{t}", name=t, level=TownLevel.COUNTY, status=TownStatus.CANDIDATE) for t in "abcd"
    ]
    codes = ["33", "339", "3391", "3392"]
    trades = [Industry(id=f"industry:{c}", name=c, code=c, edition="4754-2017") for c in codes]
    above = [
        PartOf(start=f"industry:{a}", end=f"industry:{b}")
        for a, b in (("339", "33"), ("3391", "339"), ("3392", "339"))
    ]
    goods = [
        Product(id=f"product:{p}", name=p, category=ProductCategory.COMPONENT) for p in ("cast", "valve")
    ]
    firms = [Organisation(id=f"org:{f}", name=f, form=OrganisationForm.ENTERPRISE) for f in "abcdx"]
    member = [MemberOf(start=f"org:{f}", end=f"town:{f}") for f in "abcd"]
    engaged = [
        EngagesIn(start=f"org:{f}", end=f"industry:{c}")
        for f, c in (("a", "3391"), ("b", "3391"), ("c", "3392"))
    ]
    sold = [
        ("a", "b", "cast", 10.0),
        ("b", "a", "cast", 30.0),
        ("c", "x", "valve", 5.0),
        ("a", "c", "cast", None),
    ]
    sold += [("x", "a", "valve", 8.0)]
    flows = [
        Supplies(start=f"org:{s}", end=f"org:{e}", product=f"product:{p}", value=v, year=2024)
        for s, e, p, v in sold
    ]
    needs = [Needs(start="org:a", end="product:valve", value=2.0, year=2024)]
    makes = [Makes(start="org:c", end="product:valve")]
    return Snapshot.of([*towns, *trades, *goods, *firms], [*above, *member, *engaged, *flows, *needs, *makes])


def test_the_level_decides_who_is_alike(snapshot):
    fine = similar(snapshot, "town:a", as_of=2024, digits=4)
    assert [(snapshot.name_of(r.town), r.krugman, r.cosine, r.overlap, r.alike) for r in fine.rows] == [
        ("b", 0.0, 1.0, 1.0, True),
        ("c", 2.0, 0.0, 0.0, False),
    ]
    rough = similar(snapshot, "town:a", as_of=2024, digits=2)
    assert [(snapshot.name_of(r.town), r.krugman) for r in rough.rows] == [("b", 0.0), ("c", 0.0)]
    products = similar(snapshot, "town:a", as_of=2024, aggregation=Aggregation.PRODUCT)
    assert [r.krugman for r in products.rows] == [0.0, 2.0]
    assert fine.method.parameters == {"aggregation": "INDUSTRY", "digits": 4, "first": 10, "alike": 0.85}
    assert fine.method.caveat.startswith("结果取决于行业层级；相似且互相供货是分工而非同构。")


def test_trade_and_what_one_buys_that_the_other_makes(snapshot):
    rows = {snapshot.name_of(r.town): r for r in similar(snapshot, "town:a", as_of=2024).rows}
    assert (rows["b"].sells, rows["b"].buys) == (30.0, 10.0)
    assert (rows["c"].sells, rows["c"].buys) == (0.0, None)
    offered = [(snapshot.name_of(o.product), o.value, o.from_there) for o in rows["b"].offers]
    assert offered == [("cast", 30.0, 30.0)]
    valves = [(snapshot.name_of(o.product), o.value, o.from_there) for o in rows["c"].offers]
    assert valves == [("valve", 10.0, 0.0)]
    wanted = [(snapshot.name_of(o.product), o.value, o.from_there) for o in rows["c"].wants]
    assert wanted == [("cast", None, None)]


def test_services_complement_nobody(snapshot):
    """Valves become a service: c offers a none any more, though a still buys them of others."""
    valve = Product(id="product:valve", name="valve", category=ProductCategory.SERVICE)
    changed = overlay(snapshot, Edits(nodes=[valve]))
    rows = {changed.name_of(r.town): r for r in similar(changed, "town:a", as_of=2024).rows}
    assert (rows["c"].offers, rows["c"].sells, rows["c"].buys) == ([], 0.0, None)
    assert [changed.name_of(one.product) for one in rows["c"].wants] == ["cast"]


def test_the_matrix_says_the_same_and_names_the_missing(snapshot):
    found = similarity_matrix(snapshot, as_of=2024, digits=4)
    assert [snapshot.name_of(t) for t in found.towns] == ["a", "b", "c"]
    assert [snapshot.name_of(t) for t in found.missing] == ["d"]
    assert found.krugman == [[0.0, 0.0, 2.0], [0.0, 0.0, 2.0], [2.0, 2.0, 0.0]]
    assert found.trade == [[0.0, 10.0, None], [30.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
    assert found.output == [10.0, 30.0, 5.0]
    some = similarity_matrix(snapshot, as_of=2024, digits=4, towns=["town:c", "town:d"])
    assert [snapshot.name_of(t) for t in some.towns] == ["c"]
    assert [snapshot.name_of(t) for t in some.missing] == ["d"]


def test_what_is_not_known_is_said(snapshot):
    assert "无从比较" in similar(snapshot, "town:d", as_of=2024).unknown_reason
    assert "无从比较" in similarity_matrix(snapshot, as_of=2010).unknown_reason


@pytest.mark.parametrize(
    ("arguments", "argument"),
    [
        ({"first": 0}, "first"),
        ({"digits": 5}, "digits"),
        ({"aggregation": Aggregation.TOWN}, "aggregation"),
        ({"alike": 2.0}, "alike"),
    ],
)
def test_bad_input_is_refused(snapshot, arguments, argument):
    with pytest.raises(BadInput) as caught:
        similar(snapshot, "town:a", as_of=2024, **arguments)
    assert caught.value.path == (argument,)


def test_a_matrix_is_of_towns(snapshot):
    with pytest.raises(BadInput) as caught:
        similarity_matrix(snapshot, as_of=2024, towns=["org:a"])
    assert caught.value.path == ("towns",)


def everybody_placed(firms, sold, needs=()):
    """Make towns and trades so that every organisation, {firm: (towns, trade)}, belongs to some of each."""
    towns = sorted({t for own, _ in firms.values() for t in own})
    trades = sorted({trade for _, trade in firms.values()})
    goods = sorted({p for _, _, p, _ in sold} | {p for _, p, _ in needs})
    nodes = [
        *(Town(id=f"town:{t}", name=t, level=TownLevel.COUNTY, status=TownStatus.CANDIDATE) for t in towns),
        *(Industry(id=f"industry:{c}", name=c, code=c, edition="4754-2017") for c in trades),
        *(Product(id=f"product:{p}", name=p, category=ProductCategory.COMPONENT) for p in goods),
        *(Organisation(id=f"org:{f}", name=f, form=OrganisationForm.ENTERPRISE) for f in firms),
    ]
    ties = [MemberOf(start=f"org:{f}", end=f"town:{t}") for f, (own, _) in firms.items() for t in own]
    ties += [EngagesIn(start=f"org:{f}", end=f"industry:{c}") for f, (_, c) in firms.items()]
    ties += [
        Supplies(start=f"org:{s}", end=f"org:{e}", product=f"product:{p}", value=v, year=2024)
        for s, e, p, v in sold
    ]
    ties += [Needs(start=f"org:{f}", end=f"product:{p}", value=v, year=2024) for f, p, v in needs]
    return Snapshot.of(nodes, ties)


def test_no_town_is_lost_when_every_organisation_belongs_to_one():
    firms = {"a": ("s", "3391"), "b": ("t", "3392")}
    made = everybody_placed(firms, [("a", "b", "p", 4.0), ("b", "a", "q", 6.0)])
    found = similarity_matrix(made, as_of=2024)
    assert [made.name_of(town) for town in found.towns] == ["s", "t"]
    assert (found.missing, found.output) == ([], [4.0, 6.0])
    assert found.krugman == [[0.0, 2.0], [2.0, 0.0]]
    assert found.complementarity == [[0.0, 4.0], [6.0, 0.0]]
    row = similar(made, "town:s", as_of=2024).rows[0]
    assert [(made.name_of(o.product), o.value) for o in (*row.offers, *row.wants)] == [("q", 6.0), ("p", 4.0)]


FIRMS = "abcde"
worlds = st.fixed_dictionaries(
    {
        "firms": st.fixed_dictionaries(
            {
                f: st.tuples(
                    st.lists(st.sampled_from("stu"), max_size=2, unique=True),
                    st.sampled_from(["3391", "3392"]),
                )
                for f in FIRMS
            }
        ),
        "sold": st.lists(
            st.tuples(
                st.sampled_from(FIRMS),
                st.sampled_from(FIRMS),
                st.sampled_from("pq"),
                st.sampled_from([None, 1.0, 5.0]),
            ),
            max_size=8,
            unique_by=lambda flow: flow[:3],
        ).map(lambda flows: [flow for flow in flows if flow[0] != flow[1]]),
        "needs": st.lists(
            st.tuples(st.sampled_from(FIRMS), st.sampled_from("pq"), st.sampled_from([None, 2.0])),
            max_size=3,
            unique_by=lambda need: need[:2],
        ),
    }
)


def shared(values):
    """Add up (value, part) pairs: 0 when there are none, None when none of them is measured."""
    known = sum(value * part for value, part in values if value is not None)
    return None if values and not known else known


@settings(max_examples=60, deadline=None)
@given(worlds, st.sampled_from(SimilarityMeasure), st.sampled_from([0.3, 0.85, 1.0]))
def test_pairs_and_complementarity_are_those_of_one_pair_at_a_time(world, measure, least):
    firms, sold = world["firms"], world["sold"]
    made = everybody_placed(firms, sold, world["needs"])
    if not len(made.nodes["Town"]):
        return
    found = similarity_matrix(made, as_of=2024, measure=measure, alike=least)
    names = [made.name_of(town) for town in found.towns]
    part = {(f, t): 1 / len(own) for f, (own, _) in firms.items() for t in own}
    bought = [(b, p, v) for _, b, p, v in sold] + world["needs"]
    makes = {(t, p) for s, _, p, _ in sold for t in firms[s][0]}
    for maker, row in zip(names, found.complementarity, strict=True):
        for buyer, value in zip(names, row, strict=True):
            fits = [(v, part[f, buyer]) for f, p, v in bought if (maker, p) in makes and buyer in firms[f][0]]
            assert value == pytest.approx(shared(fits)), (maker, buyer)
    table, near = getattr(found, measure.value.lower()), measure is SimilarityMeasure.KRUGMAN
    expected = {
        (a, b): table[i][j]
        for i, a in enumerate(names)
        for j, b in enumerate(names)
        if i < j and (table[i][j] <= least if near else table[i][j] >= least)
    }
    assert {(made.name_of(p.start), made.name_of(p.end)): p.value for p in found.alike} == expected
    values = [pair.value if near else -pair.value for pair in found.alike]
    assert values == sorted(values)
    for pair in found.alike:
        a, b = (names.index(made.name_of(town)) for town in (pair.start, pair.end))
        traded = [
            shared([(v, part[s, x] * part[e, y]) for s, e, _, v in sold if (s, x) in part and (e, y) in part])
            for x, y in ((names[a], names[b]), (names[b], names[a]))
        ]
        assert [pair.sells, pair.buys] == [pytest.approx(one) for one in traded]
        assert (pair.offers, pair.wants) == (found.complementarity[a][b], found.complementarity[b][a])


def test_only_those_count_that_exist_and_are_no_agencies():
    """Two towns: a firm of 100 and one of 40 that closed in 2023 beside an agency; a firm of 60.

    In 2023 the first town puts out 100, in 2022 still 140; the agency's 900 are nobody's output.
    """
    towns = [Town(id=f"town:{t}", name=t, level=TownLevel.COUNTY, status=TownStatus.CANDIDATE) for t in "st"]
    trade = Industry(id="industry:3391", name="3391", code="3391", edition="4754-2017")
    forms = {"agency": OrganisationForm.AGENCY}
    closed = {"gone": date(2023, 6, 1)}
    firms = [
        Organisation(
            id=f"org:{f}",
            name=f,
            form=forms.get(f, OrganisationForm.ENTERPRISE),
            closed_on=closed.get(f),
        )
        for f in ("here", "gone", "agency", "there")
    ]
    revenue = {"here": 100.0, "gone": 40.0, "agency": 900.0, "there": 60.0}
    told = [claim(f"org:{f}", value, year=2022) for f, value in revenue.items()]
    homes = {"here": "s", "gone": "s", "agency": "s", "there": "t"}
    member = [MemberOf(start=f"org:{f}", end=f"town:{t}") for f, t in homes.items()]
    engaged = [EngagesIn(start=f"org:{f}", end=trade.id) for f in homes]
    snapshot = Snapshot.of([*towns, trade, *firms, *told], [*member, *engaged])
    assert similarity_matrix(snapshot, as_of=2023, digits=4).output == [100.0, 60.0]
    assert similarity_matrix(snapshot, as_of=2022, digits=4).output == [140.0, 60.0]
    one = similar(snapshot, "town:s", as_of=2023)
    assert one.own is not None
    assert one.own.count == 1
    assert one.method.used is not None
    used = snapshot.nodes["Claim"]["id"][one.method.used().claims].tolist()
    assert sorted(used) == ["claim:org-here-revenue-2022", "claim:org-there-revenue-2022"]


def test_an_organisation_is_split_by_its_industries_at_any_depth():
    """a of s does 3391, 3392 and 4511 alike; b, c and d of t do one each, of one output: nothing differs.

    At two digits both are 2/3 of 33 and 1/3 of 45; halves for the two divisions of a would set K to 1/3.
    """
    made = everybody_placed(
        {"b": ("t", "3391"), "c": ("t", "3392"), "d": ("t", "4511"), "a": ("s", "3391"), "x": ("", "3391")},
        [("a", "x", "p", 6.0), *((f, "x", "p", 2.0) for f in "bcd")],
    )
    above = [("3391", "33"), ("3392", "33"), ("4511", "45")]
    more = [PartOf(start=f"industry:{a}", end=f"industry:{b}") for a, b in above]
    more += [EngagesIn(start="org:a", end=f"industry:{code}") for code in ("3392", "4511")]
    nodes = [Industry(id=f"industry:{c}", name=c, code=c, edition="4754-2017") for c in ("33", "45")]
    made = overlay(made, Edits(nodes=nodes, relations=more))
    for digits in (4, 2):
        (row,) = similar(made, "town:s", as_of=2024, digits=digits).rows
        assert (row.krugman, row.cosine) == pytest.approx((0.0, 1.0), abs=1e-12)


def test_what_is_known_less_deeply_than_the_level_is_not_classified():
    """a does 3391 and something of 45: half of what it puts out belongs to no class of four digits."""
    made = everybody_placed(
        {"a": ("s", "3391"), "b": ("t", "45")}, [("a", "b", "p", 4.0), ("b", "a", "q", 1.0)]
    )
    made = overlay(made, Edits(relations=[EngagesIn(start="org:a", end="industry:45")]))
    found = similar(made, "town:s", as_of=2024, digits=4)
    assert (found.rows, found.classified) == ([], 0.5)
    nowhere = similar(made, "town:t", as_of=2024, digits=4)
    assert (nowhere.classified, "没有主体归入此层级" in nowhere.unknown_reason) == (0.0, True)


def test_what_a_firm_of_two_towns_supplies_to_itself_is_no_trade_between_them():
    made = everybody_placed(
        {"a": ("st", "3391"), "b": ("t", "3391")}, [("a", "a", "p", 8.0), ("a", "b", "p", 2.0)]
    )
    (row,) = similar(made, "town:s", as_of=2024).rows
    # Half of a is of s and sells 2.0 to b of t; the other half is of t, and nobody sells to s.
    assert (row.sells, row.buys) == (0.0, 1.0)
    assert [(one.value, one.from_there) for one in row.wants] == [(2.0, 1.0)]


def test_who_is_gone_puts_out_nothing():
    """a of s closed in 2023 and leaves a revenue of 2022; b goes on: s is what b is."""
    made = everybody_placed({"a": ("s", "3391"), "b": ("s", "3392"), "c": ("t", "3392")}, [])
    gone = Organisation(id="org:a", name="a", form=OrganisationForm.ENTERPRISE, closed_on=date(2023, 6, 1))
    stated = [claim(f"org:{firm}", 9.0, year=2022) for firm in "abc"]
    made = overlay(made, Edits(nodes=[gone, *stated]))
    (row,) = similar(made, "town:s", as_of=2024).rows
    assert row.krugman == 0.0
