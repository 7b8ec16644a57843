"""Tiers, doubling and enterprises near the scale: by hand, and beside the plain way."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadInput
from graph.kinds.entities import Industry, Organisation, Product, Town
from graph.kinds.metrics import Metric
from graph.kinds.papers import Standard
from graph.kinds.relations import EngagesIn, MemberOf, PartOf, Supplies
from graph.kinds.terms import (
    Bound,
    OrganisationForm,
    ProductCategory,
    Scope,
    StandardPurpose,
    TownLevel,
    TownStatus,
)
from graph.snapshot.snapshot import Snapshot
from queries.growth.market_entities import growth
from queries.growth.near_threshold import near_threshold
from queries.growth.tiers import tier, years_to
from tests.oracles import evaluation as oracle
from tests.queries.networks import claim

TIERS = Standard(
    id="standard:tiers:1",
    name="分档",
    purpose=StandardPurpose.CLASSES,
    version="1",
    criteria=json.dumps(
        {
            "classes": [
                {
                    "id": "t100",
                    "words": "100亿级",
                    "criteria": {"measure": "output_value", "at_least": 100e8},
                },
                {"id": "t50", "words": "50亿级", "criteria": {"measure": "output_value", "at_least": 50e8}},
                {"id": "below", "words": "50亿以下"},
            ]
        }
    ),
)
PLACE = Town(id="town:s", name="镇", level=TownLevel.PROVINCIAL, status=TownStatus.RECOGNISED)


def of_output(values, **more):
    claims = [replace(claim("town:s", v, Metric.OUTPUT_VALUE, y), **more) for y, v in values.items()]
    return Snapshot.of([PLACE, TIERS, *claims], [], newest_year=2024)


def test_a_tier_its_distance_and_the_year_its_own_growth_gets_there():
    """50 to 66.55 in three years is 10 % a year; 66.55·1.1⁴ = 97.4, ·1.1⁵ = 107.2: five years on."""
    found = tier(of_output({2021: 50e8, 2024: 66.55e8}), "town:s", as_of=2024)
    assert [one.id for one in found.options] == ["t50"]
    (ahead,) = found.ahead
    assert (ahead.id, ahead.distance, ahead.reach_year) == ("t100", pytest.approx(33.45e8), 2029)
    assert found.own_growth.rate == pytest.approx(0.1)
    assert "是外推，不是预测" in ahead.reach_words


@pytest.mark.parametrize("then", [66.55e8, 70e8])
def test_without_growth_it_never_gets_there(then):
    (ahead,) = tier(of_output({2021: then, 2024: 66.55e8}), "town:s", as_of=2024).ahead
    assert (ahead.reach_year, "照此达不到" in ahead.reach_words) == (None, True)


def test_without_the_year_three_before_nothing_is_extrapolated():
    (ahead,) = tier(of_output({2022: 50e8, 2024: 66.55e8}), "town:s", as_of=2024).ahead
    assert (ahead.reach_year, ahead.reach_words) == (None, "没有来源给出 2021 年的产值：增速不详，不外推")


def test_a_lower_bound_leaves_the_higher_tiers_open():
    found = tier(of_output({2021: 50e8, 2024: 66.55e8}, bound=Bound.AT_LEAST), "town:s", as_of=2024)
    assert [one.id for one in found.options] == ["t100", "t50"]
    assert found.own_growth is None
    assert found.in_words.startswith("50亿级以上：2024 年产值 不少于 66.55 亿元；")
    low = tier(of_output({2024: 5e8}, bound=Bound.AT_LEAST), "town:s", as_of=2024)
    assert low.in_words.startswith("不详：100亿级至50亿以下都有可能：2024 年产值 不少于 5 亿元；")


def test_the_chain_stands_for_the_town_and_a_part_bounds_it():
    chain = tier(of_output({2023: 65e8}, scope=Scope.CHAIN), "town:s", as_of=2024)
    assert (chain.scope, chain.output, chain.unknown_reason) == (Scope.CHAIN, 65e8, None)
    assert [one.id for one in chain.options] == ["t50"]
    part = tier(of_output({2023: 65e8}, scope=Scope.PARK), "town:s", as_of=2024)
    assert [one.id for one in part.options] == ["t100", "t50"]
    assert "不少于" in part.in_words


def test_the_output_of_a_wider_area_is_an_upper_bound_and_is_named():
    found = tier(of_output({2023: 65e8}, scope=Scope.CITY), "town:s", as_of=2024)
    assert ([one.id for one in found.options], found.unknown_reason) == (["t50", "below"], None)
    assert found.in_words == (
        "50亿级或50亿以下：截至 2024 年没有来源给出本镇产值，全市产值 65 亿元是它的上限"
    )
    assert (found.output, found.ahead, found.note) == (None, [], None)
    assert [(one.scope, one.value, one.year) for one in found.other_scopes] == [(Scope.CITY, 65e8, 2023)]
    assert found.method.used().claims.tolist() == [0]


@pytest.mark.parametrize("bound", [Bound.EXACT, Bound.AT_LEAST])
def test_a_wider_area_that_leaves_every_tier_open_tells_none(bound: Bound):
    found = tier(of_output({2023: 120e8}, scope=Scope.CITY, bound=bound), "town:s", as_of=2024)
    assert found.unknown_reason == found.in_words == "截至 2024 年没有来源给出本镇产值：无从分档"
    assert found.note == "另有全市产值 120 亿元，不作分档依据"


def test_an_old_figure_says_its_age():
    found = tier(of_output({2015: 5e8}), "town:s", as_of=2024)
    assert (found.year, found.note) == (2015, "产值是 2015 年的，已过 9 年")


def test_without_one_standard_it_asks_for_one():
    with pytest.raises(BadInput, match="standard：请给出专业镇分档标准"):
        tier(Snapshot.of([PLACE], [], newest_year=2024), "town:s", as_of=2024)


@settings(deadline=None)
@given(st.floats(1.0, 200.0), st.floats(1.0, 200.0), st.sampled_from([50.0, 100.0, 300.0]))
def test_the_year_is_that_of_walking_on_year_by_year(value, then, threshold):
    rate = (value / then) ** (1 / 3) - 1
    years = years_to(value, threshold, rate)
    plain = oracle.reach_year(value, 0, then, 3, threshold)
    if years is None or years > 100:
        assert plain is None
    else:
        assert plain in {years - 1, years, years + 1}
        exact = value * (1 + rate) ** years
        assert exact >= threshold * (1 - 1e-9)
        assert years == 0 or value * (1 + rate) ** (years - 1) < threshold * (1 + 1e-9)


def firm(key, form=OrganisationForm.ENTERPRISE, founded=None, closed=None):
    return Organisation(id=f"org:{key}", name=key, form=form, founded_on=founded, closed_on=closed)


def of_members(*firms, claims=()):
    ties = [MemberOf(start=one.id, end="town:s") for one in firms]
    return Snapshot.of([PLACE, *firms, *claims], ties, newest_year=2024)


FIRMS = (
    firm("a", founded=date(2010, 1, 1)),
    firm("b", founded=date(2022, 5, 1)),
    firm("c", OrganisationForm.COOPERATIVE, founded=date(2015, 1, 1), closed=date(2023, 2, 1)),
    firm("d", OrganisationForm.FAMILY_FARM),
    firm("e", OrganisationForm.AGENCY, founded=date(2000, 1, 1)),
    firm("f", OrganisationForm.SOLE_TRADER, founded=date(2024, 7, 1)),
)


def test_entities_are_counted_by_their_days_and_the_unknown_apart():
    """2021: a, c; 2024: a, b, f; d of unknown age in both; the agency in none."""
    found = growth(of_members(*FIRMS), "town:s", as_of=2024, base=2021)
    assert [(one.year, one.registered, one.undated) for one in found.years] == [
        (2021, 2, 1),
        (2022, 3, 1),
        (2023, 2, 1),
        (2024, 3, 1),
    ]
    assert {one.form.value: one.count for one in found.years[0].by_form} == {
        "ENTERPRISE": 1,
        "COOPERATIVE": 1,
    }
    # d was there in 2021: 4 ÷ 3; it was not: 4 ÷ 2.
    doubling = found.doubling
    assert (doubling.registered_ratio_least, doubling.registered_ratio_most) == (pytest.approx(4 / 3), 2)
    assert (doubling.claimed_ratio, doubling.doubled) == (None, None)
    assert doubling.in_words.startswith("是否倍增不详：2021 年、2024 年没有统计数")


def test_a_count_of_another_scope_is_told_and_not_used():
    other = replace(claim("town:s", 11400, Metric.MARKET_ENTITIES, 2021), scope=Scope.CHAIN)
    found = growth(of_members(*FIRMS, claims=[other]), "town:s", as_of=2024, base=2021)
    assert (found.years[0].claimed, found.doubling.doubled) == (None, None)
    assert found.doubling.in_words.startswith(
        "是否倍增不详：2021 年、2024 年没有全镇整体的统计数，"
        "另有 2021 年全产业链（含关联行业） 11,400 户，口径不同，不采用；"
    )


@pytest.mark.parametrize(("now", "doubled", "short"), [(79, False, 1), (80, True, 0)])
def test_doubling_is_told_by_the_stated_counts(now, doubled, short):
    claims = [claim("town:s", v, Metric.MARKET_ENTITIES, y) for y, v in ((2021, 40), (2024, now))]
    found = growth(of_members(*FIRMS, claims=claims), "town:s", as_of=2024, base=2021).doubling
    assert (found.doubled, found.short) == (doubled, short)


def test_nobody_and_no_count_is_unknown():
    found = growth(of_members(), "town:s", as_of=2024, base=2021)
    assert found.unknown_reason == "基期与今年都没有市场主体的数据：统计数与登记主体皆无"


@pytest.mark.parametrize("base", [2024, 2030, 1990])
def test_a_base_year_out_of_range_is_refused(base):
    with pytest.raises(BadInput, match="base：基期应在 1994 到 2023 之间"):
        growth(of_members(), "town:s", as_of=2024, base=base)


CODES = ("33", "3393", "46", "4620", "05", "47", "06")


def of_firms(told, bounds=(), sold=()):
    """Firms by id: form, industry code (None: unknown), revenue; and who sold how much, to org:h."""
    nodes = [Industry(id=f"industry:x:{c}", name=c, code=c, edition="x") for c in CODES]
    nodes += [firm(key, OrganisationForm(form)) for key, (form, _, _) in told.items()]
    nodes += [
        replace(claim(f"org:{key}", revenue), bound=dict(bounds).get(key, Bound.EXACT))
        for key, (_, _, revenue) in told.items()
        if revenue is not None
    ]
    ties = [
        EngagesIn(start=f"org:{key}", end=f"industry:x:{c}", main=True)
        for key, (_, c, _) in told.items()
        if c is not None
    ]
    ties += [
        PartOf(start="industry:x:3393", end="industry:x:33"),
        PartOf(start="industry:x:4620", end="industry:x:46"),
    ]
    nodes += [Product(id="product:p", name="p", category=ProductCategory.FINISHED)]
    ties += [
        Supplies(start=f"org:{key}", end="org:h", product="product:p", value=value, year=2024)
        for key, value in dict(sold).items()
    ]
    return Snapshot.of([PLACE, *nodes], [*ties, MemberOf(start="org:a", end="town:s")], newest_year=2024)


NEAR = {
    "a": ("ENTERPRISE", "3393", 1.9e7),
    "b": ("ENTERPRISE", "4620", 1.6e7),
    "c": ("ENTERPRISE", "33", 2e7),
    "d": ("ENTERPRISE", "3393", 1.59e7),
    "e": ("COOPERATIVE", "3393", 1.8e7),
    "f": ("ENTERPRISE", "47", 1.8e7),
    "g": ("ENTERPRISE", "3393", None),
    "h": ("ENTERPRISE", None, 1.8e7),
    "i": ("ENTERPRISE", "06", 1.8e7),
}


def test_near_the_scale_are_industrial_enterprises_a_little_below_it():
    snapshot = of_firms(NEAR, bounds=[("i", Bound.AT_LEAST)])
    found = near_threshold(snapshot, as_of=2024)
    assert [snapshot.id_of(one.organisation) for one in found.rows] == ["org:a", "org:b"]
    assert [one.growth_needed for one in found.rows] == pytest.approx([1 / 19, 0.25])
    assert (found.count, found.above_count, found.unknown_count) == (2, 1, 1)
    assert (found.bounded_count, found.unclassified_count, found.stale_count) == (1, 1, 0)
    assert [(one.town is not None, one.count) for one in found.by_town] == [(True, 1), (False, 1)]


@pytest.mark.parametrize(("sold", "told"), [(1.99e7, (1, 0)), (2e7, (0, 1)), (3e8, (0, 1))])
def test_who_sells_more_than_the_scale_is_not_near_it_though_its_revenue_is_unknown(sold, told):
    found = near_threshold(of_firms(NEAR, sold={"g": sold}), as_of=2024)
    assert (found.unknown_count, found.sold_count) == told
    assert (found.count, found.above_count) == (3, 1)


def test_the_list_can_be_of_a_town_or_an_industry():
    snapshot = of_firms(NEAR)
    in_town = near_threshold(snapshot, as_of=2024, within="town:s")
    assert [snapshot.id_of(one.organisation) for one in in_town.rows] == ["org:a"]
    of_industry = near_threshold(snapshot, as_of=2024, industry="industry:x:46")
    assert [snapshot.id_of(one.organisation) for one in of_industry.rows] == ["org:b"]
    with pytest.raises(BadInput, match="不是工业"):
        near_threshold(snapshot, as_of=2024, industry="industry:x:47")


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from("abcdefghij"),
        st.tuples(
            st.sampled_from(["ENTERPRISE", "SOLE_TRADER"]),
            st.sampled_from(CODES),
            st.one_of(st.none(), st.sampled_from([1.5e7, 1.6e7, 1.7e7, 1.99e7, 2e7, 3e7])),
        ),
    )
)
def test_the_list_is_that_of_the_plain_way(told):
    snapshot = of_firms({"a": ("ENTERPRISE", "33", None), **told})
    found = near_threshold(snapshot, as_of=2024)
    ids = [snapshot.id_of(one.organisation).removeprefix("org:") for one in found.rows]
    assert ids == oracle.near(told, 1.6e7, 2e7)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"at_least": 2e7}, "atLeast：应大于 0 且小于 below"),
        ({"at_least": 0}, "atLeast"),
        ({"below": float("inf")}, "below：规上界限应为大于 0 的数"),
        ({"first": 501}, "first：应在 1 到 500 之间"),
    ],
)
def test_bounds_out_of_range_are_refused(asked, said):
    with pytest.raises(BadInput, match=said):
        near_threshold(of_firms(NEAR), as_of=2024, **asked)
