"""Check-ups without a standard, where those counted are, years before any record, figures of other scopes."""

import json
from datetime import date

import pytest

from graph.criteria import Leaf, Recognition, parse_standard
from graph.errors import BadInput
from graph.kinds.entities import Organisation, Product, Region, Town
from graph.kinds.facts import Claim
from graph.kinds.metrics import Metric, Unit
from graph.kinds.papers import Standard
from graph.kinds.relations import AppliesIn, Leads, LiesIn, LocatedIn, MemberOf, PartOf, Supplies
from graph.kinds.terms import (
    Bound,
    Grade,
    OrganisationForm,
    ProductCategory,
    Proximity,
    RegionLevel,
    Scope,
    StandardPurpose,
    TownLevel,
    TownStatus,
)
from graph.snapshot.snapshot import Snapshot
from queries.lists.checkup_list import checkup_list
from queries.standards.checkup import checkup, checkups, try_standard
from queries.standards.documents import class_of
from queries.standards.judgement import judged_town
from queries.standards.measures import TOWN, Province
from queries.standards.measures.coverage import CoverageState
from queries.standards.verdicts import CriterionRole, Outcome

YEAR = 2024
RULE = {
    "criteria": {
        "all": [
            {"measure": "leading_enterprises", "at_least": 1},
            {"measure": "supporting_households", "at_least": 5},
        ]
    },
    "prefer": {"measure": "output_value", "at_least": 1000000000, "unit": "YUAN"},
}
LEVELS = {2: RegionLevel.PROVINCE, 4: RegionLevel.CITY, 6: RegionLevel.COUNTY}
WHERE = {
    "l": "140101",
    "near": "140101",
    "member": None,
    "city": "140102",
    "wide": "1401",
    "other": "140201",
    "far": "130101",
    "abroad": "990001",
    "nowhere": None,
}
"""Town t lies in 140101; `member` is its member, and nobody knows where; `wide` may be in its county."""


def standard(name, since=None, purpose=StandardPurpose.RECOGNITION):
    return Standard(
        id=f"standard:{name}",
        name=name,
        purpose=purpose,
        version="1",
        valid_from=since and date(since, 1, 1),
        criteria=json.dumps(RULE),
    )


def output(value, scope=Scope.WHOLE, year=YEAR, bound=Bound.EXACT):
    return Claim(
        id=f"claim:{scope.value.lower()}-{year}",
        subject="town:t",
        metric=Metric.OUTPUT_VALUE,
        value=value,
        unit=Unit.YUAN,
        scope=scope,
        year=year,
        bound=bound,
        source="source:none",
        grade=Grade.B,
    )


def snapshot_of(*nodes, applies=(), years=(YEAR,), complete=True):
    """Town t, whose leader l sells to everybody else in some years."""
    regions = ["14", "1401", "140101", "140102", "1402", "140201", "13", "1301", "130101", "99", "9900"]
    regions.append("990001")
    cast = [
        Town(
            id="town:t",
            name="t",
            level=TownLevel.COUNTY,
            status=TownStatus.CANDIDATE,
            register_complete_for=[YEAR] if complete else [],
        ),
        *(Region(id=f"region:{r}", name=f"区{r}", level=LEVELS[len(r)]) for r in regions),
        *(Organisation(id=f"org:{f}", name=f, form=OrganisationForm.ENTERPRISE) for f in WHERE),
        Product(id="product:p", name="p", category=ProductCategory.COMPONENT),
    ]
    ties = [
        *(PartOf(start=f"region:{r}", end=f"region:{r[:-2]}") for r in regions if len(r) > 2),
        LiesIn(start="town:t", end="region:140101"),
        *(LocatedIn(start=f"org:{f}", end=f"region:{r}") for f, r in WHERE.items() if r),
        Leads(start="org:l", end="town:t"),
        MemberOf(start="org:member", end="town:t"),
        *(
            Supplies(start="org:l", end=f"org:{f}", product="product:p", year=year)
            for f in WHERE
            if f != "l"
            for year in years
        ),
        *(AppliesIn(start=f"standard:{s}", end=f"region:{r}") for s, r in applies),
    ]
    return Snapshot.of([*cast, *nodes], ties, newest_year=YEAR)


SHANXI = (("shanxi", "14"), ("hebei", "13"))


def test_the_one_standard_of_the_province_in_the_year_is_taken():
    snapshot = snapshot_of(
        standard("shanxi", 2022),
        standard("hebei", 2020),
        standard("anywhere"),
        standard("classes", 2020, StandardPurpose.EVALUATION),
        applies=SHANXI,
    )
    found = checkup(snapshot, "town:t", as_of=YEAR)
    assert found.standard == snapshot.row_of("standard:shanxi")
    assert found.method.parameters == {"town": "town:t", "standard": "standard:shanxi"}
    assert checkups(snapshot, as_of=YEAR).rows[0].standard == found.standard
    assert checkup_list(snapshot, "town:t", as_of=YEAR).standard == "标准：shanxi（standard:shanxi）"


def test_one_that_says_no_region_may_be_meant_where_none_is_of_the_province():
    snapshot = snapshot_of(standard("anywhere"), standard("hebei", 2020), applies=SHANXI[1:])
    assert checkup(snapshot, "town:t", as_of=YEAR).standard == snapshot.row_of("standard:anywhere")


def test_none_or_several_are_named_with_where_and_since_when():
    snapshot = snapshot_of(standard("shanxi", 2022), standard("hebei", 2020), applies=SHANXI)
    with pytest.raises(BadInput) as none:
        checkup(snapshot, "town:t", as_of=2021)
    assert str(none.value) == (
        "standard：区14没有在 2021 年施行的认定标准：现有 standard:hebei（hebei，区13，2020-01-01 起施行）、"
        "standard:shanxi（shanxi，区14，2022-01-01 起施行）"
    )
    more = snapshot_of(
        standard("shanxi", 2022), standard("again", 2024), applies=(("shanxi", "14"), ("again", "14"))
    )
    assert checkup(more, "town:t", as_of=2023).standard == more.row_of("standard:shanxi")
    with pytest.raises(BadInput, match="区14有 2 个在 2024 年施行的认定标准，请指明是哪一个"):
        checkup(more, "town:t", as_of=2024)
    with pytest.raises(BadInput, match="图中没有任何认定标准"):
        checkup(snapshot_of(), "town:t", as_of=YEAR)


def test_those_counted_are_split_by_where_they_are():
    """Own county 2: near and the member. In the province 3: city, wide (somewhere in 1401), other."""
    snapshot = snapshot_of(standard("shanxi", 2022), applies=SHANXI[:1])
    found = checkup(snapshot, "town:t", as_of=YEAR)
    leaders, households = found.result.parts
    assert [(one.proximity, one.count) for one in households.places] == [
        (Proximity.TOWN, 2),
        (Proximity.CITY, 2),
        (Proximity.PROVINCE, 1),
        (Proximity.COUNTRY, 1),
        (Proximity.ABROAD, 1),
        (Proximity.UNKNOWN, 1),
    ]
    assert sum(one.count for one in households.places) == len(households.reading.counted) == 8
    assert [(one.proximity, one.count) for one in leaders.places] == [(Proximity.TOWN, 1)]
    assert found.in_words == (
        "通过：龙头 1 家 ✓，配套户 8 户 ✓（本县 2、省内 3、省外 1、所在地不详 1、境外 1：abroad）；"
        "优先条件（不影响是否通过）待核：产值 不详，待核"
    )
    assert [one.role for one in (found.result, leaders, households)] == [CriterionRole.REQUIRED] * 3
    assert found.prefer is not None
    assert found.prefer.role is CriterionRole.PREFERRED


def test_the_list_says_the_same():
    snapshot = snapshot_of(standard("shanxi", 2022), applies=SHANXI[:1])
    listed = checkup_list(snapshot, "town:t", as_of=YEAR)
    assert [(row.section, row.places) for row in listed.rows] == [
        ("必要条件", None),
        ("必要条件", "本县 1"),
        ("必要条件", "本县 2、省内 3、省外 1、所在地不详 1、境外 1：abroad"),
        ("优先条件（不影响是否通过）", None),
    ]
    seen = {row.name: row.place for row in listed.looked_at if row.number == 3}
    assert seen == {
        "near": "本县",
        "member": "本县",
        "city": "省内",
        "wide": "省内",
        "other": "省内",
        "far": "省外",
        "abroad": "境外",
        "nowhere": "所在地不详",
    }


def test_before_the_first_record_all_is_unknown():
    snapshot = snapshot_of(standard("shanxi"), applies=SHANXI[:1], years=(2021, YEAR))
    early = checkup(snapshot, "town:t", as_of=2020)
    assert (early.outcome, early.first_record) == (Outcome.UNKNOWN, 2021)
    assert early.in_words == "待核：最早的记录是 2021 年，2020 年如何无从判断"
    assert early.result.deciding == ("最早的记录是 2021 年，2020 年如何无从判断",)
    assert [part.outcome for part in early.result.parts] == [Outcome.UNKNOWN] * 2
    assert early.prefer is not None
    assert early.prefer.outcome is Outcome.UNKNOWN
    (row,) = checkups(snapshot, as_of=2020).rows
    assert row.in_words == early.in_words
    draft = json.dumps({"criteria": {"measure": "leading_enterprises", "at_most": 3}})
    assert try_standard(snapshot, as_of=2020, criteria=draft).unknown_count == 1
    late = checkup(snapshot, "town:t", as_of=2021)
    assert late.outcome is Outcome.PASS
    assert late.note == "所用 9 行事实与关系中 1 行没有年份，在每一年都计入：2021 年是否如此不详"
    assert checkup(snapshot, "town:t", as_of=YEAR).note is None


def test_without_any_record_undated_rows_count_in_every_year():
    snapshot = snapshot_of(standard("shanxi"), applies=SHANXI[:1], years=(None,))
    found = checkup(snapshot, "town:t", as_of=1990)
    assert (found.outcome, found.first_record) == (Outcome.PASS, None)
    assert found.note is not None
    assert found.note.startswith("所用 9 行事实与关系都没有年份，在每一年都计入")


def judged(snapshot, rule, year=YEAR):
    return judged_town(Province(snapshot, year), parsed(rule), 0)


def parsed(rule):
    document = parse_standard(json.dumps({"criteria": rule}), StandardPurpose.RECOGNITION)
    assert isinstance(document, Recognition)
    return document.criteria


OUTPUT = {"measure": "output_value", "at_least": 5, "unit": "YUAN"}


@pytest.mark.parametrize(
    ("claims", "outcome", "said", "state"),
    [
        ([output(6.0)], Outcome.PASS, "6 元", CoverageState.KNOWN),
        ([output(6.0, year=2015)], Outcome.PASS, "6 元（2015 年）", CoverageState.KNOWN),
        ([output(6.0, year=2019)], Outcome.PASS, "6 元", CoverageState.KNOWN),
        ([output(6.0, year=None)], Outcome.PASS, "6 元（未写年份）", CoverageState.KNOWN),
        (
            [output(4.0, Scope.CHAIN, 2006), output(9.0, Scope.CITY)],
            Outcome.FAIL,
            "4 元（全产业链（含关联行业）口径，2006 年）",
            CoverageState.KNOWN,
        ),
        ([output(6.0, Scope.PARK)], Outcome.PASS, "至少 6 元（园区（开发区）口径）", CoverageState.PARTLY),
        ([output(4.0, Scope.PARK)], Outcome.UNKNOWN, "至少 4 元（园区（开发区）口径）", CoverageState.PARTLY),
        ([output(6.0, Scope.CITY)], Outcome.UNKNOWN, "0 至 6 元（全市口径）", CoverageState.PARTLY),
        ([output(4.0, Scope.CITY)], Outcome.FAIL, "0 至 4 元（全市口径）", CoverageState.PARTLY),
        (
            [output(4.0, Scope.PARK, bound=Bound.AT_MOST)],
            Outcome.UNKNOWN,
            "不详（园区（开发区）口径）",
            CoverageState.PARTLY,
        ),
        ([], Outcome.UNKNOWN, "不详", CoverageState.UNKNOWN),
    ],
)
def test_output_of_another_scope_stands_in_as_far_as_it_can(claims, outcome, said, state):
    """A part bounds the whole from below, what is wider from above; years over 5 years ago are told."""
    snapshot = snapshot_of(*claims)
    found = judged(snapshot, OUTPUT)
    assert (found.outcome, found.found) == (outcome, said)
    measure = parsed(OUTPUT)
    assert isinstance(measure, Leaf)
    assert TOWN["output_value"].covered(Province(snapshot, YEAR), 0, measure.arguments)[0] is state


def test_a_scope_that_is_asked_is_not_replaced():
    snapshot = snapshot_of(output(6.0, Scope.CHAIN))
    asked = OUTPUT | {"with": {"scope": "WHOLE"}}
    assert judged(snapshot, asked).found == "不详"
    assert judged(snapshot, asked).deciding == ("没有来源给出产值（元/年）（全镇（主体）整体）",)


def test_growth_is_of_one_scope():
    """(8 ÷ 2)^(1 ÷ 2) − 1 = 1 by the chain; the whole is stated in one of the two years only."""
    rule = {"measure": "growth", "with": {"metric": "OUTPUT_VALUE", "years": 2}, "at_least": 0.5}
    snapshot = snapshot_of(output(9.0), output(2.0, Scope.CHAIN, 2022), output(8.0, Scope.CHAIN, 2024))
    found = judged(snapshot, rule)
    assert (found.outcome, found.found) == (Outcome.PASS, "100%（全产业链（含关联行业）口径）")


def test_a_tier_names_the_scope_that_it_rests_on():
    document = {
        "classes": [
            {"id": "high", "words": "高", "criteria": OUTPUT},
            {"id": "low", "words": "低"},
        ]
    }
    tiers = Standard(
        id="standard:tiers",
        name="tiers",
        purpose=StandardPurpose.CLASSES,
        version="1",
        criteria=json.dumps(document),
    )
    snapshot = snapshot_of(tiers, output(6.0, Scope.CHAIN))
    found = class_of(snapshot, "town:t", as_of=YEAR, standard="standard:tiers")
    assert ([one.id for one in found.options], found.note) == (["high"], "全产业链（含关联行业）口径")
    part = snapshot_of(tiers, output(4.0, Scope.PARK))
    found = class_of(part, "town:t", as_of=YEAR, standard="standard:tiers")
    assert [one.id for one in found.options] == ["high", "low"]
    assert found.missing_facts == ("只有园区（开发区）的产值（元/年）",)
