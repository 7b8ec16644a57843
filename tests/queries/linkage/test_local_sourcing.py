"""The local sourcing rate (本地配套率) is one number, whichever question tells it."""

import pytest
from hypothesis import given, settings

from graph.criteria import Arguments
from graph.kinds.entities import Chain
from graph.kinds.relations import Follows, LocatedIn, StepOf, Supplies
from graph.kinds.terms import Stage
from graph.snapshot.overlay import Edits, overlay
from queries.gaps.gaps import gaps
from queries.linkage.sourcing_rate import sourcing_rate
from queries.standards.measures.province import Province
from queries.standards.measures.rates import local_sourcing_rate
from tests.queries.networks import YEAR
from tests.queries.worlds import GOODS, World, worlds

CHAIN = Edits(
    nodes=[Chain(id="chain:c", name="c")],
    relations=[
        Follows(start="town:s", end="chain:c"),
        *(StepOf(start=f"product:{p}", end="chain:c", stage=Stage.UPSTREAM) for p in GOODS),
    ],
)
"""All products are what the town buys first, so that the upstream end of its chain is all it buys."""


def rates(snapshot):
    """Least and greatest rate of town s as the analysis, the check-up and the end of the chain tell it."""
    whole = sourcing_rate(snapshot, "town:s", as_of=YEAR).whole
    reading = local_sourcing_rate(
        Province(snapshot, YEAR), 0, Arguments((("within", "TOWN"), ("product", ())))
    )
    upstream = gaps(snapshot, "town:s", as_of=YEAR).ends.upstream
    told = [] if whole is None else [whole.rate, whole.rate_at_most]
    away = [upstream.outside_share_at_most, upstream.outside_share]
    away = [1 - share for share in away if share is not None]
    return told, reading, away


@settings(deadline=None, max_examples=60)
@given(worlds)
def test_analysis_check_up_and_gaps_agree(world):
    snapshot = overlay(world.snapshot(), CHAIN)
    told, reading, away = rates(snapshot)
    assert told == pytest.approx(away)
    assert reading.estimate == pytest.approx(told[0] if told else None)
    rows = gaps(snapshot, "town:s", as_of=YEAR, first=500, include_covered=True).rows
    by_product = {
        row.product: row.purchases for row in sourcing_rate(snapshot, "town:s", as_of=YEAR).products
    }
    for row in rows:
        if row.demand.total:
            found = by_product[row.product]
            shares = row.demand.local_share, row.demand.local_share_at_most
            assert shares == pytest.approx((found.rate, found.rate_at_most))


def test_a_seller_whose_place_is_not_known_or_wide_may_be_local():
    """Of 100 yuan 40 come from the county, 30 from somewhere in the city, 20 from nobody knows where.

    10 come from another city. Least rate: 40/100; greatest: (40 + 30 + 20)/100.
    """
    world = World(
        where={"a": "140101", "b": "140101", "e": "140201"},
        sold={("b", "a", "p"): 40.0, ("c", "a", "p"): 30.0, ("d", "a", "p"): 20.0, ("e", "a", "p"): 10.0},
    )
    city = LocatedIn(start="org:c", end="region:1401")
    snapshot = overlay(world.snapshot(), Edits(CHAIN.removed, (), CHAIN.nodes, [*CHAIN.relations, city]))
    told, reading, away = rates(snapshot)
    assert told == away == pytest.approx([0.4, 0.9])
    assert reading.estimate == 0.4
    whole = sourcing_rate(snapshot, "town:s", as_of=YEAR).whole
    assert (whole.local, whole.outside, whole.unknown) == (40.0, 10.0, 50.0)
    (row,) = [row for row in gaps(snapshot, "town:s", as_of=YEAR).rows if row.demand.total]
    assert row.parts[0].value == 10.0, "known to come from outside"
    region = sourcing_rate(snapshot, "region:1401", as_of=YEAR).whole
    assert (region.rate, region.rate_at_most) == (0.7, 0.9)


def test_what_a_firm_supplies_to_itself_raises_no_rate():
    own = Supplies(start="org:a", end="org:a", product="product:p", value=900.0, year=YEAR)
    world = World(where={"a": "140101", "e": "140201"}, sold={("e", "a", "p"): 10.0})
    plain = overlay(world.snapshot(), CHAIN)
    snapshot = overlay(plain, Edits(relations=[own]))
    assert rates(snapshot)[0] == rates(snapshot)[2] == [0.0, 0.0]
    assert [row.hhi for row in gaps(snapshot, "town:s", as_of=YEAR).rows] == [
        row.hhi for row in gaps(plain, "town:s", as_of=YEAR).rows
    ]
