"""Both ends of a town's chain lie outside, or not, or it is not known, by what is bought and sold."""

import pytest

from graph.kinds.relations import Follows, LocatedIn, MemberOf, Needs, StepOf, Supplies
from graph.kinds.terms import Proximity, Stage
from queries.gaps.gaps import gaps
from queries.whatif.edits import Open, edited
from tests.queries.gaps.test_gaps import YEAR, snapshot

CHAIN = (
    Follows(start="town:s", end="chain:c"),
    StepOf(start="product:p", end="chain:c", stage=Stage.UPSTREAM),
    StepOf(start="product:q", end="chain:c", stage=Stage.MIDSTREAM),
    StepOf(start="product:r", end="chain:c", stage=Stage.SUPPORT),
    MemberOf(start="org:a", end="town:s"),
    MemberOf(start="org:b", end="town:s"),
    LocatedIn(start="org:d", end="region:13"),
)


def sold(start, end, product, value, year=YEAR):
    return Supplies(
        start=f"org:{start}", end=f"org:{end}", product=f"product:{product}", value=value, year=year
    )


def ends(*edges):
    return gaps(snapshot(*CHAIN, *edges), "town:s", as_of=YEAR).ends


def _amounts(end):
    return {one.proximity: one.value for one in end.by_proximity}


def test_shares_are_those_of_what_is_measured():
    bought = Needs(start="org:a", end="product:p", value=30.0, year=YEAR, origin=Proximity.COUNTRY)
    found = ends(
        sold("d", "a", "p", 50.0),
        sold("b", "a", "p", 20.0),
        bought,
        sold("a", "d", "q", 70.0),
        sold("a", "b", "q", 10.0),
        sold("a", "c", "q", 20.0),
        sold("b", "d", "q", None),
        sold("a", "d", "r", 900.0),
    )
    assert _amounts(found.upstream) == {Proximity.TOWN: 20.0, Proximity.COUNTRY: 80.0}
    assert found.upstream.total == 100.0
    assert (found.upstream.outside_share, found.upstream.outside_share_at_most) == pytest.approx((0.8, 0.8))
    assert _amounts(found.downstream) == {
        Proximity.TOWN: 10.0,
        Proximity.COUNTRY: 70.0,
        Proximity.UNKNOWN: 20.0,
    }
    assert found.downstream.outside_share == pytest.approx(0.7)
    assert found.downstream.outside_share_at_most == pytest.approx(0.9)
    assert (found.downstream.trades, found.downstream.measured) == (4, 3)
    assert (found.both_outside, found.reason) == (True, None)


@pytest.mark.parametrize(
    ("edges", "both", "reason"),
    [
        ((), None, "上游采购与下游销售"),
        ((sold("d", "a", "p", 5.0),), None, "下游销售"),
        ((sold("d", "a", "p", 5.0), sold("a", "c", "q", 9.0)), None, "下游销售"),
        ((sold("b", "a", "p", 9.0), sold("d", "a", "p", 5.0)), False, None),
        ((sold("d", "a", "p", 5.0, YEAR - 4), sold("a", "d", "q", 9.0)), None, "上游采购"),
    ],
)
def test_what_is_not_known_decides_nothing(edges, both, reason):
    found = ends(*edges)
    assert found.both_outside is both
    assert found.reason == (reason and f"{reason}在镇外的占比不详或不足以判断")


def test_a_town_without_a_chain_has_no_ends():
    assert gaps(snapshot(), "town:s", as_of=YEAR).ends is None


def test_a_firm_of_a_what_if_made_nothing_three_years_ago():
    opened = Open("org:new", "新", town="town:s", makes="product:p")
    after = gaps(edited(snapshot(*CHAIN), [opened], YEAR), "town:s", as_of=YEAR, include_covered=True)
    (row,) = [row for row in after.rows if row.stage is Stage.UPSTREAM]
    assert (row.makers[0].proximity, row.makers[0].count, row.makers_before) == (Proximity.TOWN, 1, 0)
