"""Check-ups: measures, three-valued judgement, shortfalls, order; and the slow way on random provinces."""

import json
from dataclasses import replace
from datetime import date
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.criteria import MEASURES, Arguments, Recognition, Subject, parse_rule, parse_standard
from graph.errors import BadInput, InvalidRule
from graph.kinds.entities import Organisation, Product, Region, Town
from graph.kinds.ledgers import Problem, Project
from graph.kinds.metrics import Metric
from graph.kinds.papers import Qualification, Standard
from graph.kinds.relations import (
    Holds,
    Leads,
    LiesIn,
    LocatedIn,
    Makes,
    MemberOf,
    Needs,
    OfTown,
    PartOf,
    Supplies,
)
from graph.kinds.terms import (
    Bound,
    GovernmentLevel,
    OrganisationForm,
    ProblemExtent,
    ProblemStatus,
    ProductCategory,
    ProjectStatus,
    Proximity,
    RegionLevel,
    StandardPurpose,
    TownLevel,
    TownStatus,
)
from graph.snapshot.snapshot import Snapshot
from queries.linkage.sourcing_rate import sourcing_rate
from queries.standards.checkup import checkup, checkups, try_standard
from queries.standards.documents import class_of, standard_words
from queries.standards.judgement import judged_organisation, judged_town
from queries.standards.measures import ORGANISATION, TOWN, Province, listed_out
from queries.standards.verdicts import Outcome
from queries.standards.wording import in_words
from tests.oracles import checkup as oracle
from tests.queries.networks import claim

YEAR = oracle.YEAR
FIRMS = "abcdefgh"
FORMS = ("ENTERPRISE", "COOPERATIVE", "FAMILY_FARM", "AGENCY")
REGIONS = ("14", "1401", "140101", "140102", "1402", "140201")
LEVELS = {2: RegionLevel.PROVINCE, 4: RegionLevel.CITY, 6: RegionLevel.COUNTY}


def snapshot_of(province, *more_nodes, relations=()):
    """Make the snapshot of an oracle's province."""
    nodes = [
        Organisation(
            id=f"org:{f}",
            name=f,
            form=OrganisationForm(firm["form"]),
            closed_on=firm["closed"] and date(firm["closed"], 6, 1),
        )
        for f, firm in province["firms"].items()
    ]
    nodes += [
        Town(
            id=f"town:{t}",
            name=t,
            level=TownLevel.COUNTY,
            status=TownStatus.CANDIDATE,
            register_complete_for=[YEAR] if town["complete"] else [],
        )
        for t, town in province["towns"].items()
    ]
    nodes += [Region(id=f"region:{r}", name=r, level=LEVELS[len(r)]) for r in REGIONS]
    nodes += [Qualification(id=f"qualification:{q}", name=q, level=GovernmentLevel.PROVINCIAL) for q in "xy"]
    nodes.append(Product(id="product:p", name="p", category=ProductCategory.COMPONENT))
    revenues = ((f, firm["revenue"]) for f, firm in province["firms"].items())
    nodes += [claim(f"org:{f}", value) for f, value in revenues if value is not None]
    made = [
        *(PartOf(start=f"region:{r}", end=f"region:{r[:-2]}") for r in REGIONS if len(r) > 2),
        *(
            LiesIn(start=f"town:{t}", end=f"region:{r}")
            for t, x in province["towns"].items()
            for r in x["regions"]
        ),
        *(
            LocatedIn(start=f"org:{f}", end=f"region:{x['region']}")
            for f, x in province["firms"].items()
            if x["region"]
        ),
        *(Leads(start=f"org:{f}", end=f"town:{t}") for f, t in province["leads"]),
        *(MemberOf(start=f"org:{f}", end=f"town:{t}") for f, t in province["members"]),
        *(Holds(start=f"org:{f}", end=f"qualification:{q}") for f, q in province["holds"]),
        *(
            Supplies(start=f"org:{a}", end=f"org:{b}", product="product:p", year=y)
            for a, b, y in province["flows"]
        ),
    ]
    return Snapshot.of([*nodes, *more_nodes], [*made, *relations], newest_year=YEAR)


def pairs(others, most=8):
    return st.lists(st.tuples(st.sampled_from(FIRMS), st.sampled_from(others)), max_size=most, unique=True)


provinces = st.fixed_dictionaries(
    {
        "firms": st.fixed_dictionaries(
            {
                f: st.fixed_dictionaries(
                    {
                        "form": st.sampled_from(FORMS),
                        "closed": st.sampled_from([None, None, None, 2023, 2025]),
                        "region": st.sampled_from([None, *REGIONS]),
                        "revenue": st.sampled_from([None, 5.0, 10.0, 30.0]),
                    }
                )
                for f in FIRMS
            }
        ),
        "towns": st.fixed_dictionaries(
            {
                t: st.fixed_dictionaries(
                    {
                        "complete": st.booleans(),
                        "regions": st.lists(st.sampled_from(REGIONS[1:]), max_size=2, unique=True),
                    }
                )
                for t in "st"
            }
        ),
        "leads": pairs("st", 4),
        "members": pairs("st"),
        "holds": pairs("xy", 6),
        "flows": st.lists(
            st.tuples(
                st.sampled_from(FIRMS),
                st.sampled_from(FIRMS),
                st.sampled_from([None, 2018, 2022, 2024, 2025]),
            ),
            max_size=15,
            unique=True,
        ).map(lambda flows: [f for f in flows if f[2] != 2025]),
    }
)


OPERATORS = ("at_least", "at_most", "above", "below", "equals")
FEW = st.integers(0, 4)


def compared(numbers=FEW):
    return st.tuples(st.sampled_from(OPERATORS), numbers).map(lambda pair: dict([pair]))


def told(**choices):
    return st.fixed_dictionaries({}, optional=choices).map(lambda given: {"with": given} if given else {})


NEAR = {"tiers": st.integers(1, 3), "within": st.sampled_from(["TOWN", "COUNTY", "CITY", "PROVINCE", "ANY"])}
TITLES = st.lists(st.sampled_from("xy"), min_size=1, max_size=2, unique=True)
FORM_LIST = st.lists(st.sampled_from(FORMS), min_size=1, max_size=2, unique=True)
simple = st.one_of(
    st.just({"measure": "revenue"}).flatmap(
        lambda one: compared(numbers=st.sampled_from([5, 10, 20])).map(one.__or__)
    ),
    FORM_LIST.map(lambda forms: {"measure": "form", "one_of": forms}),
)
wheres = st.one_of(
    simple,
    st.lists(simple, min_size=1, max_size=1).map(lambda parts: {"all": parts}),
    simple.map(lambda part: {"not": part}),
)
leaves = st.one_of(
    compared().map({"measure": "leading_enterprises"}.__or__),
    st.builds(lambda a, b: {"measure": "supporting_households", **a, **b}, told(**NEAR), compared()),
    st.builds(lambda a, b: {"measure": "members", **a, **b}, told(form=FORM_LIST), compared()),
    st.builds(
        lambda q, g, b: {"measure": "holders", "with": {"qualification": q, "among": g}, **b},
        TITLES,
        st.sampled_from(["members", "leaders"]),
        compared(),
    ),
    st.builds(
        lambda g, w, b: {"count": g, **({"where": w} if w else {}), **b},
        st.sampled_from(["members", "leaders", "households"]),
        st.none() | wheres,
        compared(),
    ),
    st.builds(
        lambda g, w, b: {"sum": "REVENUE", "over": g, "unit": "YUAN", **({"where": w} if w else {}), **b},
        st.sampled_from(["members", "leaders", "households"]),
        st.none() | wheres,
        compared(numbers=st.sampled_from([5, 20, 60])),
    ),
)
rules = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=2).map(lambda parts: {"any": parts}),
        inner.map(lambda part: {"not": part}),
        inner.map(lambda part: {"all": [part]}),
    ),
    max_leaves=3,
)


def parsed(rule):
    """Read a rule, or None when its bounds contradict each other (`all` is tested apart for that)."""
    try:
        document = parse_standard(json.dumps({"criteria": rule}), StandardPurpose.RECOGNITION)
    except InvalidRule as fault:
        if "矛盾" not in str(fault) and "没有值能满足" not in str(fault):
            raise
        return None
    assert isinstance(document, Recognition)
    return document.criteria


def agree(snapshot, result, slow):
    assert (Outcome.FAIL, Outcome.UNKNOWN, Outcome.PASS).index(result.outcome) == slow["outcome"]
    if result.reading is None:
        for part, other in zip(result.parts, slow["parts"], strict=True):
            agree(snapshot, part, other)
        return
    assert (result.reading.low, result.reading.high) == (slow["low"], slow["high"])
    assert {snapshot.id_of(row) for row in result.reading.counted} == {f"org:{f}" for f in slow["counted"]}
    if result.outcome is Outcome.PASS:
        assert result.shortfall is None
    else:
        assert (result.shortfall.least, result.shortfall.most) == slow["short"]


@settings(max_examples=150, deadline=None)
@given(provinces, rules)
def test_the_fast_way_and_the_slow_way_agree(province, rule):
    criteria = parsed(rule)
    if criteria is None:
        return
    snapshot = snapshot_of(province)
    for place, town in enumerate("st"):
        agree(
            snapshot,
            judged_town(Province(snapshot, YEAR), criteria, place),
            oracle.judge(province, town, rule),
        )


def test_every_signature_has_its_function_and_every_function_a_signature():
    for subject, registry in ((Subject.TOWN, TOWN), (Subject.ORGANISATION, ORGANISATION)):
        assert set(registry) == {m.name for m in MEASURES.values() if m.subject is subject}


def firm(form="ENTERPRISE", closed=None, region=None, revenue=None):
    return {"form": form, "closed": closed, "region": region, "revenue": revenue}


def plain(*, complete=True, flows=(), firms=None, **more):
    """Make a province with leader a of town s; b … h are what `firms` says."""
    return {
        "firms": {f: firm() for f in FIRMS} | (firms or {}),
        "towns": {
            "s": {"complete": complete, "regions": ["140101"]},
            "t": {"complete": False, "regions": []},
        },
        "leads": [("a", "s")],
        "members": [("a", "s")],
        "holds": [],
        "flows": list(flows),
    } | more


def found(snapshot, rule, town="s"):
    criteria = parsed(rule)
    return judged_town(Province(snapshot, YEAR), criteria, "st".index(town))


HOUSEHOLDS = {"measure": "supporting_households", "at_least": 5}


def test_who_counts_as_a_household_and_who_does_not_and_why():
    firms = {"d": firm(closed=2023), "e": firm("AGENCY"), "g": firm("FAMILY_FARM")}
    flows = [("b", "a", 2024), ("a", "b", 2024), ("a", "c", None), ("d", "a", 2022), ("e", "a", 2024)]
    flows += [("f", "a", 2018), ("g", "a", 2023), ("h", "a", 2024)]
    snapshot = snapshot_of(plain(flows=flows, firms=firms, leads=[("a", "s"), ("h", "s")]))
    result = found(snapshot, HOUSEHOLDS)
    reading = result.reading
    assert [snapshot.id_of(row) for row in reading.counted] == ["org:b", "org:c", "org:g"]
    said = {snapshot.id_of(one.row): one.reason for one in listed_out(reading.left_out)}
    assert said == {"org:d": "2023 年注销", "org:e": "政府机关不计", "org:h": "龙头自身", "org:a": "龙头自身"}
    uncertain = {snapshot.id_of(one.row): one.reason for one in listed_out(reading.uncertain)}
    assert uncertain == {"org:f": "往来记录早于三年，是否仍有往来不详"}
    assert (result.outcome, result.shortfall.words, result.found) == (
        Outcome.FAIL,
        "差 1 至 2 户",
        "3 至 4 户",
    )


def test_an_incomplete_register_passes_on_what_is_known_and_never_fails_at_least():
    flows = [(f, "a", 2024) for f in "bcd"]
    snapshot = snapshot_of(plain(complete=False, flows=flows))
    assert found(snapshot, HOUSEHOLDS | {"at_least": 3}).outcome is Outcome.PASS
    short = found(snapshot, HOUSEHOLDS)
    assert (short.outcome, short.shortfall.words) == (Outcome.UNKNOWN, "至多差 2 户")
    assert short.deciding == ("2024 年主体名录不完整，可能还有未登记者",)
    most = {"measure": "supporting_households", "at_most": 5}
    assert found(snapshot, most).outcome is Outcome.UNKNOWN
    assert found(snapshot, most | {"at_most": 2}).outcome is Outcome.FAIL


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 2), min_size=1, max_size=4))
def test_kleene_logic(truths):
    """Parts that pass, fail and are unknown: all is the least, any the greatest, not turns around."""
    snapshot = snapshot_of(plain(complete=False, flows=[("b", "a", 2024)]))
    parts = [
        {
            2: {"measure": "leading_enterprises", "at_least": 1},
            1: HOUSEHOLDS,
            0: {"measure": "leading_enterprises", "below": 1},
        }[t]
        for t in truths
    ]
    outcomes = [Outcome.FAIL, Outcome.UNKNOWN, Outcome.PASS]
    if 0 in truths and 2 in truths:
        parts = [{"any": [part]} for part in parts]
    assert found(snapshot, {"any": parts}).outcome is outcomes[max(truths)]
    assert found(snapshot, {"not": {"any": parts}}).outcome is outcomes[2 - max(truths)]
    both = {"not": {"any": [{"not": part} for part in parts]}}
    assert found(snapshot, both).outcome is outcomes[min(truths)]
    if criteria := parsed({"all": parts}):
        assert judged_town(Province(snapshot, YEAR), criteria, 0).outcome is outcomes[min(truths)]


def test_any_shows_the_smallest_shortfall():
    snapshot = snapshot_of(plain(flows=[("b", "a", 2024)]))
    rule = {
        "any": [HOUSEHOLDS, HOUSEHOLDS | {"at_least": 3}, {"measure": "leading_enterprises", "at_least": 9}]
    }
    result = found(snapshot, rule)
    assert (result.outcome, result.shortfall.words) == (Outcome.FAIL, "差 2 户")
    assert result.distance == pytest.approx(2 / 3)


SIZES = {
    "classes": [
        {
            "id": "large",
            "words": "大型",
            "criteria": {
                "all": [
                    {"measure": "employees", "at_least": 100},
                    {"measure": "revenue", "at_least": 20, "unit": "YUAN"},
                ]
            },
        },
        {"id": "small", "words": "小型", "criteria": {"measure": "revenue", "at_least": 6, "unit": "YUAN"}},
        {"id": "micro", "words": "微型"},
    ]
}


def standard(id, document, purpose=StandardPurpose.RECOGNITION, **more):
    return Standard(id=id, name=id, purpose=purpose, version="1", criteria=json.dumps(document), **more)


def test_the_first_class_that_matches_and_all_that_may():
    firms = {"b": firm(revenue=30.0), "c": firm(revenue=10.0), "d": firm(revenue=5.0)}
    more = [
        standard("standard:size:1", SIZES, StandardPurpose.CLASSES),
        claim("org:c", 500.0, Metric.EMPLOYEES),
    ]
    snapshot = snapshot_of(plain(firms=firms), *more)
    asked = {f: class_of(snapshot, f"org:{f}", as_of=YEAR, standard="standard:size:1") for f in "bcde"}
    assert {f: [option.id for option in one.options] for f, one in asked.items()} == {
        "b": ["large", "small"],
        "c": ["small"],
        "d": ["micro"],
        "e": ["large", "small", "micro"],
    }
    count = {
        "count": "members",
        "where": {"measure": "size_class", "one_of": ["small", "micro"]},
        "at_least": 3,
    }
    snapshot = snapshot_of(plain(firms=firms, members=[(f, "s") for f in "abcd"]), *more)
    result = found(snapshot, count)
    assert (result.reading.low, result.reading.high) == (2, 4)
    assert {one.reason for one in listed_out(result.reading.uncertain)} == {"规模档次不详"}
    with pytest.raises(BadInput, match="不是用于专业镇的分档标准"):
        class_of(snapshot, "town:s", as_of=YEAR, standard="standard:size:1")


def test_growth_is_of_the_stated_years_only():
    rule = {"measure": "growth", "with": {"metric": "OUTPUT_VALUE", "years": 2}, "at_least": 0.1}
    claims = [
        claim("town:s", value, Metric.OUTPUT_VALUE, year) for year, value in ((2022, 100.0), (2024, 144.0))
    ]
    snapshot = snapshot_of(plain(), *claims, claim("town:t", 100.0, Metric.OUTPUT_VALUE, 2022))
    assert found(snapshot, rule).reading.low == pytest.approx(0.2)
    lost = found(snapshot, rule, "t")
    assert lost.outcome is Outcome.UNKNOWN
    assert lost.deciding == ("没有来源给出 2024 年的产值（元/年）",)


def test_money_and_shares_are_short_in_words():
    snapshot = snapshot_of(
        plain(),
        claim("town:s", 1.5e8, Metric.OUTPUT_VALUE),
        claim("town:s", 1.05e8, Metric.OUTPUT_VALUE, 2023),
    )
    assert found(snapshot, {"measure": "output_value", "at_least": 2e8}).shortfall.words == "差 5000 万元"
    growth = {"measure": "growth", "with": {"metric": "OUTPUT_VALUE"}}
    # 1.5 / 1.05 - 1 = 42.857 %: 2.857 points over 40 %, 0.003 over 42.854 %. The value keeps its digits.
    over = found(snapshot, growth | {"at_most": 0.4})
    assert (over.found, over.shortfall.words) == ("42.9%", "超出 2.9 个百分点")
    assert over.shortfall.least == pytest.approx(3 / 7 - 0.4)
    close = found(snapshot, growth | {"at_most": 0.42854})
    assert close.shortfall.words == "超出 0.003 个百分点"


def test_the_local_supply_rate_is_that_of_the_analysis():
    relations = [
        Supplies(start="org:b", end="org:a", product="product:p", year=YEAR, value=3.0),
        Supplies(start="org:c", end="org:a", product="product:p", year=YEAR, value=5.0),
        Needs(start="org:a", end="product:p", value=2.0, origin=Proximity.COUNTRY, year=YEAR),
    ]
    firms = {"b": firm(region="140101"), "c": firm(region="140201")}
    snapshot = snapshot_of(plain(firms=firms), relations=relations)
    result = found(snapshot, {"measure": "local_sourcing_rate", "at_least": 0.4})
    assert (
        result.reading.low
        == result.reading.high
        == sourcing_rate(snapshot, "town:s", as_of=YEAR).whole.rate
        == 0.3
    )
    assert result.shortfall.words == "差 10 个百分点"
    wide = {"measure": "local_sourcing_rate", "with": {"within": "PROVINCE"}, "at_least": 0.8}
    assert found(snapshot, wide).outcome is Outcome.PASS
    without = snapshot_of(
        plain(firms=firms), relations=[*relations, Supplies(start="org:d", end="org:a", product="product:p")]
    )
    unsure = found(without, {"measure": "local_sourcing_rate", "at_least": 0.4})
    assert (unsure.outcome, unsure.reading.estimate) == (Outcome.UNKNOWN, 0.3)


def test_problems_and_projects():
    problems = {
        "x": (ProblemStatus.RESOLVED, date(2024, 5, 1)),
        "y": (ProblemStatus.OPEN, None),
        "z": (ProblemStatus.RESOLVED, None),
    }
    nodes = [
        Problem(
            id=f"problem:{n}",
            name=n,
            extent=ProblemExtent.COMMON,
            status=status,
            raised_on=date(2023, 1, 1),
            resolved_on=on,
        )
        for n, (status, on) in problems.items()
    ]
    projects = (ProjectStatus.COMPLETED, ProjectStatus.STARTED, ProjectStatus.STOPPED)
    nodes += [Project(id=f"project:{s.value.lower()}", name="n", status=s) for s in projects]
    snapshot = snapshot_of(plain(), *nodes, relations=[OfTown(start=n.id, end="town:s") for n in nodes])
    solved = found(snapshot, {"measure": "problem_resolution_rate", "at_least": 0.5})
    assert (solved.reading.low, solved.reading.high) == (pytest.approx(1 / 3), pytest.approx(2 / 3))
    assert found(snapshot, {"measure": "project_completion_rate", "equals": 0.5}).outcome is Outcome.PASS
    assert (
        found(snapshot, {"measure": "problem_resolution_rate", "at_least": 0.5}, "t").outcome
        is Outcome.UNKNOWN
    )


def test_research_is_a_share_of_the_towns_own_revenue():
    spent, earned = claim("town:s", 3.0, Metric.RND_SPENDING), claim("town:s", 100.0)
    rule = {"measure": "rnd_ratio", "at_least": 0.03}
    exact = found(snapshot_of(plain(), spent, earned), rule)
    assert (exact.outcome, exact.found, len(exact.reading.claims)) == (Outcome.PASS, "3%", 2)
    most = found(snapshot_of(plain(), replace(spent, bound=Bound.AT_MOST), earned), rule)
    assert (most.outcome, most.reading.low, most.reading.high) == (Outcome.UNKNOWN, 0.0, 0.03)
    assert most.deciding == ("数值只有一侧界限",)


def test_truths_of_one_organisation():
    relations = [Makes(start="org:b", end="product:p"), Makes(start="org:c", end="product:q")]
    more = [Product(id="product:q", name="q", category=ProductCategory.COMPONENT)]
    firms = {"b": firm(region="140101"), "c": firm(region="1401"), "d": firm(region="140201")}
    snapshot = snapshot_of(
        plain(firms=firms, members=[("b", "s")], holds=[("c", "y")]), *more, relations=relations
    )
    province = Province(snapshot, YEAR)

    def truths(measure, **given):
        return "".join(
            "否?是"[
                int(
                    ORGANISATION[measure](
                        province, np.arange(len(FIRMS)), Arguments(tuple(given.items()))
                    ).truth[place]
                )
            ]
            for place in range(1, 5)
        )

    assert truths("in_region", region=("region:140101",)) == "是?否?"
    assert truths("makes", product=("product:p",)) == "是否??"
    assert truths("holds", qualification=("qualification:x",), or_higher=False) == "否否??"
    assert truths("in_town", level=(), town=("town:s",)) == "是否否否"
    assert truths("in_town", level=(), town=("town:t",)) == "否否否?"
    assert truths("leads_town", level=(), town=()) == "否否否否"
    assert truths("received", benefit=("benefit:none",), years=None) == "????"


def test_ages_end_on_new_years_eve():
    more = Organisation(id="org:z", name="z", form=OrganisationForm.ENTERPRISE, founded_on=date(2021, 12, 31))
    snapshot = snapshot_of(plain(), more)
    ages = ORGANISATION["age"](Province(snapshot, YEAR), np.array([0, 8]), Arguments())
    assert (ages.low.tolist(), ages.high.tolist()) == ([0, 3], [inf, 3])


SHANXI = {"criteria": {"all": [{"measure": "leading_enterprises", "at_least": 1}, HOUSEHOLDS]}}


def test_the_nearest_to_passing_comes_first():
    snapshot = snapshot_of(plain(flows=[("b", "a", 2024)]), standard("standard:x:1", SHANXI))
    listed = checkups(snapshot, as_of=YEAR, standard="standard:x:1")
    assert [snapshot.id_of(one.town) for one in listed.rows] == ["town:t", "town:s"]
    assert (listed.passed, listed.failed, listed.unknown_count) == (0, 1, 1)
    assert listed.rows[1].in_words == "未通过：龙头 1 家 ✓，配套户 1 户（所在地不详 1），差 4 户"
    assert listed.rows[1].distance == pytest.approx(0.8)
    only = checkups(snapshot, as_of=YEAR, standard="standard:x:1", outcome=Outcome.FAIL, first=1)
    assert (only.count, len(only.rows)) == (1, 1)
    with pytest.raises(BadInput, match="first"):
        checkups(snapshot, as_of=YEAR, standard="standard:x:1", first=0)


def test_standards_of_other_purposes_and_other_years():
    more = [
        standard("standard:size:1", SIZES, StandardPurpose.CLASSES),
        standard("standard:x:1", SHANXI, valid_from=date(2025, 1, 1)),
    ]
    snapshot = snapshot_of(plain(), *more)
    with pytest.raises(BadInput, match="用于分档，这里应为用于认定的标准"):
        checkup(snapshot, "town:s", as_of=YEAR, standard="standard:size:1")
    assert (
        checkup(snapshot, "town:s", as_of=YEAR, standard="standard:x:1").note
        == "此标准自 2025-01-01 起施行，2024 年尚未施行：仅供参照"
    )
    before = checkup(snapshot, "town:t", as_of=1950, standard="standard:x:1")
    assert before.outcome is Outcome.UNKNOWN
    assert all("1950" in fact for fact in before.result.deciding)


def test_a_draft_is_tried_and_all_its_faults_are_named():
    snapshot = snapshot_of(plain(flows=[("b", "a", 2024)]))
    tried = try_standard(snapshot, as_of=YEAR, criteria=json.dumps(SHANXI), town="town:s")
    assert [one.outcome for one in tried.rows] == [Outcome.FAIL]
    assert tried.in_words == "同时满足：① 龙头企业数 ≥ 1 家；② 龙头带动的配套户数 ≥ 5 户"
    bad = {
        "criteria": {"all": [{"measure": "leaders", "at_least": 1}, {"measure": "members", "at_least": -1}]}
    }
    with pytest.raises(BadInput) as caught:
        try_standard(snapshot, as_of=YEAR, criteria=json.dumps(bad))
    assert "criteria.all[0].measure" in str(caught.value)
    assert "criteria.all[1].at_least" in str(caught.value)
    missing = {"criteria": {"measure": "holders", "with": {"qualification": "nothing"}, "at_least": 1}}
    with pytest.raises(BadInput, match=r"criteria.with.qualification：图中没有 qualification:nothing"):
        try_standard(snapshot, as_of=YEAR, criteria=json.dumps(missing))


def test_a_rule_is_said_with_names_units_and_thresholds():
    rule = {
        "all": [
            {"measure": "holders", "with": {"qualification": ["x"], "among": "leaders"}, "at_least": 1},
            {
                "count": "members",
                "where": {"measure": "revenue", "above": 2e8, "unit": "YUAN"},
                "at_least": 2,
            },
            {"not": {"measure": "growth", "with": {"metric": "OUTPUT_VALUE"}, "below": 0.05}},
        ]
    }
    assert in_words(snapshot_of(plain()), parsed(rule)) == (
        "同时满足：① 持有资质的主体数（资质：x；在哪些主体中：龙头企业） ≥ 1 户；"
        "② 镇内主体数（营业收入 > 2 亿元） ≥ 2 户；③ 不得：年均增速（指标：产值（元/年）） < 5%"
    )
    snapshot = snapshot_of(plain(), standard("standard:size:1", SIZES, StandardPurpose.CLASSES))
    assert standard_words(snapshot, "standard:size:1") == (
        "依次判断，首先符合者为准：大型：同时满足：① 从业人员 ≥ 100 人；② 营业收入 ≥ 20 元；"
        "小型：营业收入 ≥ 6 元；微型：其余"
    )


def test_an_organisation_is_judged_by_a_benefits_rule():
    rule = parse_rule(
        json.dumps(
            {
                "all": [
                    {"measure": "form", "one_of": ["ENTERPRISE"]},
                    {"measure": "revenue", "at_least": 20, "unit": "YUAN"},
                ]
            }
        )
    )
    snapshot = snapshot_of(plain(firms={"b": firm(revenue=5.0)}))
    judged = [judged_organisation(Province(snapshot, YEAR), rule, place) for place in (1, 2)]
    assert [one.outcome for one in judged] == [Outcome.FAIL, Outcome.UNKNOWN]
    assert judged[0].parts[1].shortfall.words == "差 15 元"
    assert judged[1].deciding == ("营业收入不详",)
