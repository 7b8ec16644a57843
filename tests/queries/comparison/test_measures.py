"""One measure of all towns says of each what its own question says, and in which order."""

import pytest

from graph.errors import BadInput
from graph.kinds.entities import Organisation, Product, Region, Town
from graph.kinds.facts import Claim, Source
from graph.kinds.relations import LiesIn, LocatedIn, MemberOf, Supplies
from graph.snapshot.snapshot import Snapshot
from queries.comparison.measures import TownMeasure, town_measures
from queries.lists.measure_list import measure_list

GOODS = Product(id="product:p", name="p", category="COMPONENT")
COUNTY = {"a": "region:140101", "b": "region:140102", "c": "region:140103"}


def world():
    """Town a buys 30 of 40 at home, b nothing at home, c nothing that is known; a's seller is invented."""
    nodes, joined = [], []
    for name in "abc":
        nodes += [
            Town(id=f"town:{name}", name=name, level="PROVINCIAL", status="RECOGNISED"),
            Region(id=COUNTY[name], name=name, level="COUNTY"),
        ]
        joined.append(LiesIn(start=f"town:{name}", end=COUNTY[name]))
    for firm, place in (("a1", "a"), ("a2", "a"), ("b1", "b"), ("c1", "c")):
        nodes.append(
            Organisation(id=f"org:{firm}", name=firm, form="ENTERPRISE", synthetic=firm == "a2" or None)
        )
        joined += [
            MemberOf(start=f"org:{firm}", end=f"town:{place}"),
            LocatedIn(start=f"org:{firm}", end=COUNTY[place]),
        ]
    flows = [("a2", "a1", 30.0), ("b1", "a1", 10.0), ("c1", "b1", 5.0)]
    supply = [
        Supplies(start=f"org:{a}", end=f"org:{b}", product="product:p", value=value, year=2024)
        for a, b, value in flows
    ]
    return Snapshot.of([*nodes, GOODS], [*joined, *supply])


def test_local_sourcing_of_all_towns_is_that_of_each_and_unknown_comes_last():
    snapshot = world()
    found = town_measures(snapshot, as_of=2024, measure=TownMeasure.LOCAL_SOURCING)
    rows = [(snapshot.name_of(one.town), one.value, one.at_most, one.synthetic) for one in found.rows]
    assert rows == [("a", 0.75, 0.75, True), ("b", 0.0, 0.0, False), ("c", None, None, False)]
    assert found.rows[2].unknown_reason == "2024 年没有已计量的采购：本地配套率不详"
    assert found.count == 3
    assert found.method.used is not None
    assert len({*found.method.used().relations["SUPPLIES"].tolist()}) == 3


@pytest.mark.parametrize("measure", TownMeasure)
def test_no_town_is_said(measure):
    found = town_measures(Snapshot.of([], []), as_of=2024, measure=measure)
    assert (found.rows, found.unknown_reason) == ([], "图中没有专业镇")


def test_without_a_policy_nothing_is_unclaimed_and_nothing_is_zero():
    found = town_measures(world(), as_of=2024, measure=TownMeasure.UNCLAIMED_BENEFITS)
    assert {(one.value, one.unknown_reason) for one in found.rows} == {
        (None, "所问年份没有施行中的政策措施适用于这些主体")
    }


def figure(town, value, **said):
    return Claim(
        id=f"claim:{town}-{said.get('scope', 'WHOLE')}",
        subject=f"town:{town}",
        metric="OUTPUT_VALUE",
        value=value,
        unit="YUAN",
        year=2023,
        **{"scope": "WHOLE", "source": "source:s", "grade": "B", **said},
    )


@pytest.mark.parametrize(
    ("said", "value", "most", "why"),
    [
        ({}, 7e9, 7e9, None),
        ({"bound": "ABOUT"}, 7e9, 7e9, None),
        ({"bound": "AT_LEAST"}, 7e9, None, None),
        ({"bound": "AT_MOST"}, None, 7e9, "整体不多于它"),
        ({"scope": "PARK"}, None, None, "整体不少于它"),
        ({"scope": "PARK", "bound": "AT_MOST"}, None, None, "整体无从得知"),
        ({"scope": "CHAIN"}, 7e9, 7e9, None),
        ({"scope": "CITY"}, None, 7e9, "整体不多于它"),
        ({"scope": "CITY", "bound": "AT_LEAST"}, None, None, "整体无从得知"),
    ],
)
def test_a_figure_of_a_part_or_of_more_only_bounds_the_whole(said, value, most, why):
    towns = [Town(id=f"town:{t}", name=t, level="PROVINCIAL", status="RECOGNISED") for t in "ab"]
    source = Source(id="source:s", name="s", grade="B")
    snapshot = Snapshot.of([*towns, source, figure("a", 7e9, **said), figure("b", 1e9)], [])
    found = town_measures(snapshot, as_of=2024, measure=TownMeasure.OUTPUT_VALUE)
    rows = {snapshot.name_of(one.town): one for one in found.rows}
    assert (rows["a"].value, rows["a"].at_most) == (value, most)
    assert (rows["a"].unknown_reason or "").endswith(why or "")
    assert (rows["a"].unknown_reason is None) is (value is not None)
    assert [snapshot.name_of(one.town) for one in found.rows] == (["a", "b"] if value else ["b", "a"])
    none = town_measures(snapshot, as_of=2022, measure=TownMeasure.OUTPUT_VALUE).rows[0]
    assert (none.value, none.unknown_reason) == (None, "2022 年及以前没有本镇的产值：不详，不是 0")


def test_the_first_are_listed_and_all_are_counted():
    found = town_measures(world(), as_of=2024, measure=TownMeasure.LOCAL_SOURCING, first=1)
    assert (len(found.rows), found.count) == (1, 3)
    with pytest.raises(BadInput, match="first：应在 1 到 500 之间，所给为 501"):
        town_measures(world(), as_of=2024, measure=TownMeasure.LOCAL_SOURCING, first=501)


def test_as_a_list_equal_values_share_a_rank_and_unknown_has_none():
    found = measure_list(world(), as_of=2024, measure=TownMeasure.LOCAL_SOURCING)
    rows = [(one.rank, one.town, one.level, one.value, one.synthetic) for one in found.rows]
    assert rows == [
        (1, "a", "省级", 0.75, "是"),
        (2, "b", "省级", 0.0, None),
        (None, "c", "省级", None, None),
    ]
    assert found.rows[0].measure == "本地配套率（0–1）"
    assert found.rows[2].lacks == "2024 年没有已计量的采购：本地配套率不详"
