"""Briefings of a town that is known by heart: every number is worked out by hand beside it."""

import pytest

from graph.errors import BadInput, NotFound
from graph.kinds.entities import Organisation, Town
from graph.kinds.metrics import Metric
from graph.kinds.terms import OrganisationForm, Proximity, TownLevel, TownStatus
from graph.snapshot.invented import without_invented
from queries.briefings.organisation import organisation_briefing
from queries.briefings.town import town_briefing
from queries.gaps.terms import GapAction, GapReason, GapState
from queries.sourcing.evidence import CandidateEvidence
from tests.queries.briefings.flanges import (
    BOLT,
    BUILDER,
    FLANGE,
    MAKER,
    STEEL,
    STEELWORKS,
    TOWER,
    TOWN,
    YEAR,
    flanges,
)


@pytest.fixture(scope="module")
def snapshot():
    return flanges()


@pytest.fixture(scope="module")
def town(snapshot):
    return town_briefing(snapshot, TOWN, as_of=YEAR)


@pytest.fixture(scope="module")
def firm(snapshot):
    return organisation_briefing(snapshot, MAKER, as_of=YEAR)


def ids(snapshot, rows):
    return [snapshot.id_of(row) for row in rows]


def test_headlines_say_bound_unit_and_who_contradicts(snapshot, town):
    output, employees = town.figures
    assert (output.in_words, output.year, output.note) == ("不少于 2 亿元", 2024, "锻造业总产值")
    (rival,) = output.rivals  # 3 亿 is half as much again, in the same year, of another source
    assert (rival.in_words, rival.year, snapshot.id_of(rival.source)) == ("3 亿元", 2024, "source:blog")
    assert (employees.in_words, employees.stale) == ("4 万人", True)  # of 2010
    assert not output.stale
    assert "1 项数值早于 5 年" in town.unknowns
    assert "1 项数值来源之间互相矛盾" in town.unknowns


def test_every_step_has_its_state(snapshot, town):
    states = {snapshot.id_of(one.product): (one.state, one.local_makers, one.synthetic) for one in town.steps}
    assert states == {
        STEEL: (GapState.MISSING, 0, True),  # what is bought of it is invented
        FLANGE: (GapState.WEAK, 1, False),  # one local maker
        TOWER: (GapState.MISSING, 0, False),
        BOLT: (None, 0, False),  # optional, and nobody makes or buys it
    }


def test_gaps_stand_by_action_with_value_and_who_comes_first(snapshot, town):
    told = {
        one.action: [
            (
                snapshot.id_of(row.product),
                row.value,
                [(snapshot.id_of(who.organisation), who.evidence, who.place) for who in row.candidates],
                row.synthetic,
            )
            for row in one.rows
        ]
        for one in town.gaps
    }
    assert told == {
        # bought outside: 3 million of the steelworks, a million of sellers that are not in the graph
        GapAction.FILL: [(STEEL, 4e6, [(STEELWORKS, CandidateEvidence.SELLER, "山东省")], True)],
        GapAction.STRENGTHEN: [
            (FLANGE, None, [(MAKER, CandidateEvidence.LOCAL, "山西省忻州市定襄县")], False)
        ],
        # what the town sells to the maker of towers
        GapAction.EXTEND: [(TOWER, 8e6, [(BUILDER, CandidateEvidence.DOWNSTREAM_BUYER, "山东省")], False)],
        GapAction.SECURE: [],
    }
    extend = next(one for one in town.gaps if one.action is GapAction.EXTEND)
    assert GapReason.NO_DOWNSTREAM in extend.rows[0].reasons
    assert snapshot.id_of(extend.rows[0].because) == FLANGE


def test_partners_are_those_outside_the_town(snapshot, town):
    bought, sold = town.suppliers, town.buyers
    assert (bought.value, bought.beyond_graph, bought.count, bought.unmeasured) == (4e6, 1e6, 1, 0)
    assert [(one.proximity, one.value) for one in bought.by_proximity] == [(Proximity.COUNTRY, 4e6)]
    (steelworks,) = bought.rows
    assert (snapshot.id_of(steelworks.organisation), steelworks.value) == (STEELWORKS, 3e6)
    assert (steelworks.place, steelworks.synthetic) == ("山东省", True)
    (builder,) = sold.rows
    assert (snapshot.id_of(builder.organisation), builder.value, builder.synthetic) == (BUILDER, 8e6, False)
    assert town.sourcing.rate == 0
    assert (town.single_source_count, town.purchase_count) == (0, 1)  # steel is bought outside the graph too


def test_what_is_invented_is_gone_when_only_the_real_is_asked(snapshot):
    real = without_invented(snapshot)
    town = town_briefing(real, TOWN, as_of=YEAR)
    assert (town.suppliers.value, town.suppliers.count) == (1e6, 0)
    assert not any(one.synthetic for one in town.steps)
    assert not town.grounds.synthetic
    assert "虚构" not in town.grounds.in_words
    assert town.method.real_only


def test_the_grounds_count_rows_and_say_what_is_invented(town):
    assert town.grounds.synthetic
    # of 12 million yuan of supply and outside purchases 3 are invented
    assert "其中 25 % 的供应额为虚构样例" in town.grounds.in_words
    assert town.grounds.formulas[:2] == ["专业镇简报（briefing/town v2）", "产业链缺口（gaps v6）"]


def test_what_is_not_known_of_a_town_is_said(town):
    assert f"{YEAR} 年没有施行的认定标准：未作体检" in town.unknowns
    assert town.checkups == []


def test_a_town_of_which_nothing_is_known_has_a_page():
    bare = Town(id="town:bare", name="空镇", level=TownLevel.COUNTY, status=TownStatus.CANDIDATE)
    found = town_briefing(flanges(more=[bare]), "town:bare", as_of=YEAR)
    assert (found.figures, found.steps, found.leaders, found.ends, found.sourcing) == ([], [], [], None, None)
    assert all(not one.rows for one in found.gaps)
    assert found.grounds.in_words == "没有可依据的事实与关系"
    assert "没有已登记的产值或营业收入" in found.unknowns
    assert "没有已知的本镇主体：采购、销售与本地生产无从得知" in found.unknowns
    assert "没有对照的参考产业链：只比较采购" in found.unknowns


def test_a_firm_says_who_it_is_and_with_whom_it_deals(snapshot, firm):
    assert firm.place == "山西省忻州市定襄县"
    assert [(snapshot.id_of(one.town), one.leads, one.member) for one in firm.towns] == [(TOWN, True, True)]
    assert [snapshot.id_of(one.product) for one in firm.products] == [FLANGE]
    assert [(one.valid_to.year, one.synthetic) for one in firm.titles] == [(2026, False)]
    (revenue,) = firm.series
    assert (revenue.metric, revenue.years) == (Metric.REVENUE, [2023, 2024])
    assert revenue.in_words == ["900 万元", "1,200 万元"]
    assert (firm.purchases.value, firm.sales.value) == (4e6, 8e6)
    (owner,) = firm.owners
    assert (snapshot.id_of(owner.organisation), owner.share, owner.direct) == (BUILDER, 0.3, True)
    assert firm.fills == []  # nobody else lacks flanges


def test_a_firm_elsewhere_is_told_which_gaps_it_could_fill(snapshot):
    found = organisation_briefing(snapshot, STEELWORKS, as_of=YEAR)
    told = [
        (snapshot.id_of(one.town), snapshot.id_of(one.product), one.action, one.value) for one in found.fills
    ]
    assert told == [(TOWN, STEEL, GapAction.FILL, 4e6)]
    assert found.fills[0].synthetic
    assert found.dependence.sole_source_for == 0  # the maker buys steel of others too


def test_who_is_the_only_known_source_is_counted():
    snapshot = flanges(without=["NEEDS"])
    found = organisation_briefing(snapshot, STEELWORKS, as_of=YEAR)
    assert found.dependence.sole_source_for == 1
    (one,) = found.dependence.sole_sources
    assert (snapshot.id_of(one.buyer), one.value, one.synthetic) == (MAKER, 3e6, True)
    assert organisation_briefing(snapshot, MAKER, as_of=YEAR).dependence.own_sources == 1


def test_a_firm_of_which_nothing_is_known_has_a_page():
    bare = Organisation(id="org:bare", name="空厂", form=OrganisationForm.ENTERPRISE)
    found = organisation_briefing(flanges(more=[bare]), "org:bare", as_of=YEAR)
    assert (found.place, found.figures, found.towns, found.fills) == (None, [], [], [])
    for words in ("没有一项已登记的数值", "没有已登记的供应商", "没有已登记的客户", "股东未登记"):
        assert words in found.unknowns


def test_a_year_before_all_records_says_so(snapshot):
    found = town_briefing(snapshot, TOWN, as_of=1990)
    assert found.figures == []
    assert found.status is TownStatus.CANDIDATE  # it was recognised in 2022
    assert "没有一行注明年份：1990 年是否如此无从核对" in found.unknowns
    assert found.suppliers.value is None


@pytest.mark.parametrize(
    ("ask", "id"), [(town_briefing, MAKER), (organisation_briefing, TOWN), (town_briefing, STEEL)]
)
def test_another_kind_is_refused(snapshot, ask, id):
    with pytest.raises(BadInput, match=id):
        ask(snapshot, id, as_of=YEAR)


@pytest.mark.parametrize("ask", [town_briefing, organisation_briefing])
def test_what_is_not_there_and_bad_bounds_are_refused(snapshot, ask):
    with pytest.raises(NotFound):
        ask(snapshot, "town:nowhere", as_of=YEAR)
    with pytest.raises(BadInput, match="first：应在 1 到 20 之间"):
        ask(snapshot, TOWN, as_of=YEAR, first=0)
