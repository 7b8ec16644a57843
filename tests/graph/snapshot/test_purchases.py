"""Purchases: one list of what is bought in a year, and what of it comes from an area, surely or perhaps."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.kinds.terms import Proximity
from graph.snapshot.proximity import SCALE, limit_of, to_area
from graph.snapshot.purchases import by_proximity, local_sourcing, purchases, purchases_of
from tests.queries.networks import YEAR
from tests.queries.worlds import GOODS, HOMES, World, worlds

AREAS = {"town:s": "140101", "region:140101": "140101", "region:1401": "1401", "region:14": "14"}
"""Areas by the code of the region: at home in the town are also its members."""
PLACES = [*HOMES.values(), "1401", "14", "15"]
"""Counties, and regions so wide that who is there may be in one of the counties or not."""


def listed(world):
    """List (buyer, seller or None, product, origin or None, value) as the rule says, one by one."""
    living = lambda firm: firm not in world.closed  # noqa: E731
    for (seller, buyer, good), value in world.sold.items():
        if seller != buyer and living(seller) and living(buyer):
            yield buyer, seller, good, None, value if value is None or value >= 0 else None
    for (buyer, good, origin), value in world.needs.items():
        if living(buyer):
            yield buyer, None, good, origin, value


def stands(world, area, seller, origin):
    """Tell whether a purchase comes from an area: local, outside or unknown."""
    code = AREAS[area]
    if seller is None:
        level = 0 if area == "town:s" else {6: 1, 4: 2, 2: 3}[len(code)]
        nearest = {"UNKNOWN": 0, "PROVINCE": 2}.get(origin.value, SCALE.index(origin))
        return "local" if SCALE.index(origin) <= level else "unknown" if nearest <= level else "outside"
    where = world.where.get(seller)
    if (area == "town:s" and world.member.get(seller) == "s") or (where or "").startswith(code):
        return "local"
    return "unknown" if where is None or code.startswith(where) else "outside"


def inside(world, area, firm):
    return stands(world, area, firm, None) == "local" and firm not in world.closed


wide = st.builds(
    lambda world, where: setattr(world, "where", where) or world,
    worlds,
    st.dictionaries(st.sampled_from("abcdefg"), st.sampled_from(PLACES)),
)


@settings(deadline=None, max_examples=80)
@given(wide, st.sampled_from(sorted(AREAS)))
def test_what_comes_from_an_area_surely_and_perhaps(world, area):
    snapshot = world.snapshot()
    row, first = snapshot.row_of(area), snapshot.nodes["Organisation"].first
    buyers = [snapshot.row_of(f"org:{f}") - first for f in world.firms if inside(world, area, f)]
    bought = purchases_of(snapshot, np.array(buyers, np.int32), YEAR)
    near = bought.proximity(to_area(snapshot, row, YEAR))
    found = local_sourcing(bought.value, near, limit_of(snapshot, row), (bought.product, len(GOODS)))
    for place, good in enumerate(GOODS):
        mine = [one for one in listed(world) if one[2] == good and inside(world, area, one[0])]
        sums = dict.fromkeys(("local", "outside", "unknown"), 0.0)
        for _, seller, _, origin, value in mine:
            sums[stands(world, area, seller, origin)] += value or 0.0
        assert {name: getattr(found, name)[place] for name in sums} == sums
        total = sum(sums.values())
        assert (found.purchases[place], found.total[place]) == (len(mine), total)
        assert found.measured[place] == sum(one[4] is not None for one in mine)
        if total:
            assert found.rate[place] == pytest.approx(sums["local"] / total)
            assert found.rate_at_most[place] == pytest.approx(1 - sums["outside"] / total)
        else:
            assert np.isnan([found.rate[place], found.rate_at_most[place]]).all()
    table = by_proximity(bought.value, near, bought.product, len(GOODS))
    assert table.sum(axis=1) == pytest.approx(found.total)
    if area == "town:s":
        assert table[:, SCALE.index(Proximity.TOWN)] == pytest.approx(found.local)


@settings(deadline=None, max_examples=40)
@given(worlds)
def test_every_purchase_is_listed_once(world):
    snapshot = world.snapshot()
    found, first = purchases(snapshot, YEAR), snapshot.nodes["Organisation"].first
    names = lambda places: [snapshot.name_of(p + first) if p >= 0 else None for p in places.tolist()]  # noqa: E731
    goods = [GOODS[p] for p in found.product.tolist()]
    values = [None if np.isnan(v) else v for v in found.value.tolist()]
    rows = zip(names(found.buyer), names(found.seller), goods, values, strict=True)
    key = lambda row: tuple(map(str, row))  # noqa: E731
    assert sorted(rows, key=key) == sorted(((b, s, g, v) for b, s, g, _, v in listed(world)), key=key)


def test_what_a_firm_supplies_to_itself_is_no_purchase():
    snapshot = World(sold={("a", "a", "p"): 5.0, ("b", "a", "p"): 1.0}).snapshot()
    assert purchases(snapshot, YEAR).value.tolist() == [1.0]


def test_an_origin_says_nothing_of_sellers_in_the_graph():
    world = World(where={"a": "140101", "b": "140201"}, sold={("b", "a", "p"): 1.0})
    world.needs = {("a", "p", Proximity.TOWN): 2.0}
    snapshot = world.snapshot()
    near = to_area(snapshot, snapshot.row_of("town:s"), YEAR)
    found = purchases(snapshot, YEAR).proximity(near)
    assert [SCALE[code] for code in found.farthest] == [Proximity.PROVINCE, Proximity.TOWN]
