"""Suggestions: signals as NetworkX has them, planted partners found, and a back-test that can't flatter."""

from itertools import permutations
from math import log, sqrt

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadInput, NotFound
from graph.kinds.entities import Organisation, Product, Region, Town
from graph.kinds.relations import AlliedWith, LocatedIn, Makes, MemberOf, Owns, PartOf, Supplies
from graph.kinds.terms import OrganisationForm, ProductCategory, Proximity, RegionLevel, TownLevel, TownStatus
from graph.snapshot.snapshot import Snapshot
from queries.ranking import found_in, hit, percentile
from queries.sourcing.backtest import Baseline, backtest
from queries.sourcing.evidence import CandidateEvidence as Evidence
from queries.sourcing.market import kilometres
from queries.sourcing.parts import CandidatePart
from queries.sourcing.suggestions import supplier_suggestions
from queries.sourcing.ties import Ties, adamic_adar, co_supplier, jaccard, resource_allocation, similar_buyers

SIZE = 7
pairs = st.lists(st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)), max_size=30)


def ties(links):
    start, end = (np.array([link[side] for link in links], np.int32) for side in (0, 1))
    return Ties.of(SIZE, start, end)


@settings(deadline=None)
@given(pairs)
def test_link_predictors_are_those_of_networkx(links):
    graph = nx.Graph()
    graph.add_nodes_from(range(SIZE))
    graph.add_edges_from((a, b) for a, b in links if a != b)
    found = ties(links)
    others = [(0, n) for n in range(1, SIZE)]
    for ours, theirs in (
        (resource_allocation, nx.resource_allocation_index),
        (adamic_adar, nx.adamic_adar_index),
        (jaccard, nx.jaccard_coefficient),
    ):
        wanted = [score for *_, score in theirs(graph, others)]
        assert ours(found, 0)[1:] == pytest.approx(np.array(wanted), abs=1e-12)


@settings(deadline=None)
@given(pairs)
def test_suppliers_of_similar_buyers_are_as_the_formula_says(links):
    buys = {n: {a for a, b in links if b == n and a != n} for n in range(SIZE)}
    alike = {
        b: len(buys[0] & buys[b]) / sqrt(len(buys[0]) * len(buys[b])) if buys[0] & buys[b] else 0.0
        for b in range(1, SIZE)
    }
    total = sum(alike.values())
    wanted = [sum(c for b, c in alike.items() if s in buys[b]) / total if total else 0.0 for s in range(SIZE)]
    assert co_supplier(ties(links), 0) == pytest.approx(np.array(wanted), abs=1e-12)
    counts = [sum(s in buys[b] for b, c in alike.items() if c) for s in range(SIZE)]
    assert similar_buyers(ties(links), 0).tolist() == counts


orders = st.lists(st.integers(0, 3), min_size=1, max_size=6)


@settings(deadline=None, max_examples=40)
@given(orders, st.data(), st.integers(1, 7))
def test_ties_count_as_their_average_over_all_orders(order, data, k):
    true = data.draw(st.lists(st.booleans(), min_size=len(order), max_size=len(order)))
    shuffled = [sorted(p, key=lambda at: -order[at]) for p in permutations(range(len(order)))]
    found = [sum(true[at] for at in one[:k]) for one in shuffled]
    arrays = np.array(order, float), np.array(true)
    assert found_in(*arrays, k) == pytest.approx(sum(found) / len(found))
    assert hit(*arrays, k) == pytest.approx(sum(f > 0 for f in found) / len(found))


@given(st.lists(st.floats(-5, 5) | st.just(float("nan")), max_size=8))
def test_percentiles_lie_inside_and_leave_the_unknown_out(values):
    found = percentile(np.array(values))
    known = ~np.isnan(values) if values else np.zeros(0, bool)
    assert np.array_equal(np.isnan(found), ~known)
    assert np.all((found[known] > 0) & (found[known] < 1))
    assert found[known].mean() == pytest.approx(0.5) if known.any() else True


def firm(id, **fields):
    return Organisation(id=f"org:{id}", name=id, form=OrganisationForm.ENTERPRISE, **fields)


def supply(a, b, *, good="p", year=2023, value=1.0, made_up=False):  # noqa: PLR0913 - columns
    ends = {"start": f"org:{a}", "end": f"org:{b}", "product": f"product:{good}"}
    return Supplies(**ends, year=year, value=value, synthetic=made_up)


GOODS = [Product(id=f"product:{p}", name=p, category=ProductCategory.COMPONENT) for p in "pq"]


def planted(missing=(), year=2024, *, made_up=False):
    """Two groups of five firms; within a group each sells to all that come after it."""
    names = [f"{g}{n}" for g in "ab" for n in range(5)]
    links = [(x, y) for x in names for y in names if x[0] == y[0] and x < y]
    flows = [supply(x, y) for x, y in links if (x, y) not in missing]
    late = [supply(x, y, year=year, made_up=made_up) for x, y in missing]
    makes = [Makes(start=f"org:{n}", end="product:p") for n in names]
    return Snapshot.of([*map(firm, names), *GOODS], [*flows, *late, *makes])


def test_the_planted_partner_has_the_score_it_must_have():
    snapshot = planted([("a1", "a4")])
    found = supplier_suggestions(snapshot, "org:a4", product="product:p", as_of=2023)
    assert snapshot.name_of(found.rows[0].row) == "a1"
    assert [snapshot.name_of(row) for row in found.suppliers] == ["a0", "a2", "a3"]
    assert (found.count, found.unknown_reason) == (6, None)
    values = {part.part: part.value for part in found.rows[0].parts}
    # K5 without one link: three shared partners of degree four, and all like buyers buy from a1.
    assert values[CandidatePart.RESOURCE_ALLOCATION] == pytest.approx(3 / 4)
    assert values[CandidatePart.ADAMIC_ADAR] == pytest.approx(3 / log(4))
    likeness = {"a1": 1 / sqrt(3), "a2": 1 / sqrt(6), "a3": 2 / 3}
    share = (likeness["a2"] + likeness["a3"]) / sum(likeness.values())
    assert values[CandidatePart.CO_SUPPLIER] == pytest.approx(share)
    for row in found.rows[1:]:
        assert all(part.value == 0 for part in row.parts if part.part is not CandidatePart.GRAVITY)
        assert row.probability is None


def test_the_back_test_finds_planted_partners_and_chance_does_not():
    found = backtest(planted([("a1", "a4"), ("b0", "b3")]), train_year=2023, test_year=2024)
    assert (found.hidden, found.questions, found.sample, found.reachable) == (2, 2, 2, 1.0)
    # a4 lacks a1 and the five of b; b3 lacks b0, its customer b4 and the five of a.
    assert (found.candidates, found.crowded, found.synthetic) == (6.5, 0, 0.0)
    by_name = {row.baseline: row for row in found.tested}
    assert set(by_name) == set(Baseline)
    assert by_name[Baseline.CO_SUPPLIER].hit_at_1 == 1.0
    assert by_name[Baseline.CO_SUPPLIER].precision_at_k == pytest.approx(1 / 3)
    assert by_name[Baseline.RESOURCE_ALLOCATION].hit_at_1 > by_name[Baseline.RANDOM].hit_at_1
    assert by_name[Baseline.RANDOM].hit_at_1 == pytest.approx((1 / 6 + 1 / 7) / 2)
    assert by_name[Baseline.RANDOM].precision_at_k == pytest.approx((1 / 6 + 1 / 7) / 2)
    assert by_name[Baseline.RANDOM].hit_at_10 == 1.0
    assert "虚构" in found.method.caveat


def test_a_back_test_says_what_it_rests_on():
    snapshot = planted([("a1", "a4"), ("b0", "b3"), ("b1", "b4")], made_up=True)
    found = backtest(snapshot, train_year=2023, test_year=2024, sample=2, seed=1)
    assert (found.questions, found.sample, found.synthetic) == (3, 2, 1.0)
    assert found == backtest(snapshot, train_year=2023, test_year=2024, sample=2, seed=1)
    empty = backtest(snapshot, train_year=2024, test_year=2025)
    assert empty.tested == []
    assert "无从回测" in empty.unknown_reason
    assert empty.reachable is None


def test_a_new_supplier_that_nobody_knew_as_a_maker_is_a_miss():
    nodes = [*map(firm, "abcd"), *GOODS]
    snapshot = Snapshot.of(nodes, [supply("a", "b"), supply("c", "b", year=2024)])
    found = backtest(snapshot, train_year=2023, test_year=2024)
    assert (found.reachable, found.candidates) == (0.0, 0.0)
    assert all(row.hit_at_10 == row.precision_at_k == 0 for row in found.tested)


def region(code, level):
    return Region(id=f"region:{code}", name=code, level=level)


@pytest.fixture(scope="module")
def places():
    """Buyer x in county c1, of town t, with y; makers at all distances, one closed, one that supplies x."""
    regions = [
        *(region(code, RegionLevel.COUNTY) for code in ("c1", "c2", "c3", "c4")),
        *(region(code, RegionLevel.CITY) for code in ("s1", "s2", "s3")),
        *(region(code, RegionLevel.PROVINCE) for code in ("j", "h")),
    ]
    above = [("c1", "s1"), ("c2", "s1"), ("c3", "s2"), ("c4", "s3"), ("s1", "j"), ("s2", "j"), ("s3", "h")]
    here = {"longitude": 112.0, "latitude": 38.0}
    firms = [
        firm("x", **here),
        firm("y"),
        firm("county", longitude=112.0, latitude=39.0),
        *map(firm, ("city", "province", "far", "kin", "nowhere", "has")),
        firm("gone", closed_on="2020-01-01"),
    ]
    where = {"x": "c1", "county": "c1", "city": "c2", "province": "c3", "far": "c4", "kin": "c4", "has": "c1"}
    town = Town(id="town:t", name="t", level=TownLevel.COUNTY, status=TownStatus.CANDIDATE)
    relations = [
        *(PartOf(start=f"region:{a}", end=f"region:{b}") for a, b in above),
        *(LocatedIn(start=f"org:{f}", end=f"region:{c}") for f, c in where.items()),
        *(MemberOf(start=f"org:{f}", end="town:t") for f in "xy"),
        *(Makes(start=f"org:{f}", end="product:p") for f in [*list(where)[1:], "nowhere", "gone"]),
        Owns(start="org:kin", end="org:x", share=0.5),
        AlliedWith(start="org:x", end="org:far"),
        supply("has", "x", value=5.0),
        supply("nowhere", "y", value=None),
        supply("has", "y", good="q", value=3.0),
    ]
    return Snapshot.of([*regions, *firms, town, *GOODS], relations)


def test_evidence_comes_first_and_at_home_before_all(places):
    found = supplier_suggestions(places, "org:x", product="product:p", as_of=2024)
    rows = {places.name_of(row.row): row for row in found.rows}
    assert list(rows) == ["county", "city", "province", "nowhere", "far", "kin"]
    assert [row.proximity for row in rows.values()] == [
        Proximity.COUNTY,
        Proximity.CITY,
        Proximity.PROVINCE,
        Proximity.UNKNOWN,
        Proximity.COUNTRY,
        Proximity.COUNTRY,
    ]
    assert rows["county"].evidence == [Evidence.HOME]
    assert rows["nowhere"].evidence == [Evidence.SELLER, Evidence.MAKER]
    assert rows["far"].evidence == rows["kin"].evidence == [Evidence.RELATIVE, Evidence.MAKER]
    assert rows["county"].reasons == ["同省的生产者", "所在地：同县"]
    assert [places.name_of(row) for row in found.suppliers] == ["has"]
    assert (
        found.method.parameters["evidenceOrder"]
        == "LOCAL,DOWNSTREAM_BUYER,HOME,SELLER,RELATED,RELATIVE,MAKER"
    )


def test_kilometres_are_measured_or_left_out(places):
    found = supplier_suggestions(places, "org:x", product="product:p", as_of=2024)
    distances = {places.name_of(row.row): row.distance for row in found.rows}
    assert distances.pop("county") == pytest.approx(111.19, abs=0.01)
    assert set(distances.values()) == {None}
    measured = kilometres(places, 0, np.array([0, 1], np.int32))
    assert np.isnan(measured[1]) or np.isnan(measured[0])


def test_size_over_distance_orders_those_whose_kilometres_are_known():
    spots = {"x": (112.0, 38.0), "big": (112.0, 40.0), "near": (112.0, 38.1), "small": (112.0, 40.0)}
    firms = [firm(name, longitude=e, latitude=n) for name, (e, n) in spots.items()]
    sold = {"big": 50.0, "near": 40.0, "small": 1.0, "x": 2.0}
    flows = [supply(name, "sink", value=value) for name, value in sold.items()]
    snapshot = Snapshot.of([*firms, firm("sink"), *GOODS], flows)
    only = [CandidatePart.GRAVITY]
    found = supplier_suggestions(snapshot, "org:x", product="product:p", as_of=2024, signals=only)
    assert [snapshot.name_of(row.row) for row in found.rows] == ["near", "big", "small"]
    assert found.rows[0].score == pytest.approx(5 / 6)
    assert found.rows[0].parts[0].value is None  # the industries are not known
    assert found.method.parameters["signals"] == "GRAVITY"


def test_what_is_not_known_is_said(places):
    nobody = supplier_suggestions(places, "org:x", product="product:q", as_of=2019)
    assert "没有已知的生产者" in nobody.unknown_reason
    closed = supplier_suggestions(places, "org:gone", product="product:p", as_of=2024)
    assert "不存续" in closed.unknown_reason
    alone = supplier_suggestions(places, "org:kin", product="product:p", as_of=2024)
    shared = {part.value for row in alone.rows for part in row.parts}
    assert shared == {None}


@pytest.mark.parametrize(
    ("arguments", "argument"),
    [
        ({"first": 0}, "first"),
        ({"signals": []}, "signals"),
        ({"product": "org:x"}, "product"),
        ({"id": "town:t"}, "id"),
    ],
)
def test_bad_input_is_refused(places, arguments, argument):
    with pytest.raises(BadInput) as caught:
        supplier_suggestions(places, **{"id": "org:x", "product": "product:p", "as_of": 2024} | arguments)
    assert caught.value.path == (argument,)


@pytest.mark.parametrize(
    ("arguments", "argument"),
    [({"k": 0}, "k"), ({"sample": 0}, "sample"), ({"train_year": 2024}, "trainYear")],
)
def test_a_bad_back_test_is_refused(places, arguments, argument):
    with pytest.raises(BadInput) as caught:
        backtest(places, **({"train_year": 2023, "test_year": 2024} | arguments))
    assert caught.value.path == (argument,)


def test_an_unknown_product_is_not_found(places):
    with pytest.raises(NotFound):
        supplier_suggestions(places, "org:x", product="product:none", as_of=2024)
