"""Completeness: what is known of each town out of what the standards need."""

import json
from datetime import date

import pytest

from graph.errors import BadInput
from graph.kinds.entities import Organisation, Product, Town
from graph.kinds.ledgers import Problem
from graph.kinds.metrics import Metric
from graph.kinds.papers import Standard
from graph.kinds.relations import Leads, MemberOf, OfTown, Supplies
from graph.kinds.terms import (
    OrganisationForm,
    ProblemExtent,
    ProblemStatus,
    ProductCategory,
    StandardPurpose,
    TownLevel,
    TownStatus,
)
from graph.snapshot.snapshot import Snapshot
from queries.evidence.completeness import completeness, town_completeness
from queries.evidence.requirements import requirements
from queries.standards.measures.coverage import CoverageState
from queries.standards.verdicts import Outcome
from tests.queries.networks import claim

LEADER = {"measure": "leading_enterprises", "at_least": 1, "words": "龙头"}
HOUSEHOLDS = {"measure": "supporting_households", "at_least": 10}
OUTPUT = {"measure": "output_value", "at_least": 100, "unit": "YUAN"}
REVENUES = {"count": "members", "where": {"measure": "revenue", "above": 1, "unit": "YUAN"}, "at_least": 2}


def standard(*criteria, prefer=None, name="x", valid_from=None, text=None):
    rule = {"criteria": {"all": list(criteria)}} | ({"prefer": prefer} if prefer else {})
    return Standard(
        id=f"standard:{name}:1",
        name=name,
        purpose=StandardPurpose.RECOGNITION,
        version="1",
        valid_from=valid_from,
        criteria=text or json.dumps(rule),
    )


def snapshot_of(*standards, complete=(), more=(), relations=()):
    nodes = [
        Town(
            id=f"town:{t}",
            name=t,
            level=TownLevel.COUNTY,
            status=TownStatus.CANDIDATE,
            register_complete_for=list(complete) if t == "s" else [],
        )
        for t in "st"
    ]
    nodes += [Organisation(id=f"org:{o}", name=o, form=OrganisationForm.ENTERPRISE) for o in "abc"]
    nodes.append(Product(id="product:p", name="p", category=ProductCategory.COMPONENT))
    members = [MemberOf(start=f"org:{o}", end="town:s") for o in "ab"]
    return Snapshot.of([*nodes, *standards, *more], [*members, *relations], newest_year=2024)


def states(snapshot, town="town:s"):
    return [
        (one.state, one.known, one.of) for one in town_completeness(snapshot, town, as_of=2024).requirements
    ]


def test_the_needs_are_the_conditions_of_the_standards_in_force():
    nested = {"any": [OUTPUT, {"not": HOUSEHOLDS}]}
    snapshot = snapshot_of(
        standard(LEADER, nested, prefer=REVENUES),
        standard(LEADER, name="later", valid_from=date(2025, 1, 1)),
    )
    found, unreadable = requirements(snapshot, 2024)
    assert [(need.measure and need.measure.name, need.priority) for need in found] == [
        ("leading_enterprises", False),
        ("output_value", False),
        ("supporting_households", False),
        (None, True),
    ]
    assert found[0].words == "龙头"
    assert found[3].metrics == (Metric.REVENUE,)
    assert unreadable == []
    assert len(requirements(snapshot, 2025)[0]) == 5


def test_a_register_that_is_not_complete_gives_a_part():
    leads = [Leads(start="org:a", end="town:s")]
    partly = snapshot_of(standard(LEADER), relations=leads)
    assert states(partly) == [(CoverageState.PARTLY, 1, 1)]
    assert town_completeness(partly, "town:s", as_of=2024).requirements[0].reason == "主体名录不完整"
    assert states(snapshot_of(standard(LEADER), relations=leads, complete=[2024])) == [
        (CoverageState.KNOWN, 1, 1)
    ]
    assert states(snapshot_of(standard(LEADER), complete=[2024])) == [(CoverageState.KNOWN, 0, 0)]
    assert states(snapshot_of(standard(LEADER), complete=[2023])) == [(CoverageState.UNKNOWN, 0, 0)]


def test_a_condition_that_is_decided_needs_nothing_more_though_the_register_is_not_complete():
    """One leader is known, of a register that may hold more: at least 1 is passed, at least 2 is open."""
    leads = [Leads(start="org:a", end="town:s")]
    two = LEADER | {"at_least": 2}
    found = town_completeness(snapshot_of(standard(LEADER, two), relations=leads), "town:s", as_of=2024)
    assert [(one.state, one.outcome) for one in found.requirements] == [
        (CoverageState.PARTLY, Outcome.PASS),
        (CoverageState.PARTLY, Outcome.UNKNOWN),
    ]


@pytest.mark.parametrize(("counted", "state"), [(2.0, CoverageState.KNOWN), (3.0, CoverageState.PARTLY)])
def test_a_register_with_most_of_those_counted_is_complete(counted, state):
    members = {"measure": "members", "at_least": 1}
    snapshot = snapshot_of(standard(members), more=[claim("town:s", counted, Metric.MARKET_ENTITIES)])
    assert states(snapshot) == [(state, 2, 2)]


def test_figures_of_the_town_and_of_its_members():
    leads = [Leads(start="org:a", end="town:s")]
    leads.append(Supplies(start="org:c", end="org:a", product="product:p", year=2024))
    more = [claim("org:a", 5.0), claim("town:s", 9.0, Metric.OUTPUT_VALUE)]
    snapshot = snapshot_of(
        standard(OUTPUT, REVENUES, HOUSEHOLDS), more=more, relations=leads, complete=[2024]
    )
    found = town_completeness(snapshot, "town:s", as_of=2024)
    assert [(one.state, one.known, one.of) for one in found.requirements] == [
        (CoverageState.KNOWN, 1, 1),
        (CoverageState.PARTLY, 1, 2),
        (CoverageState.KNOWN, 1, 1),
    ]
    assert found.requirements[1].reason == "2 户镇内主体中 1 户缺营业收入（元/年）"
    assert found.share == 1
    elsewhere = town_completeness(snapshot, "town:t", as_of=2024)
    assert [one.state for one in elsewhere.requirements] == [CoverageState.UNKNOWN] * 3
    assert elsewhere.requirements[0].reason == "没有来源给出产值（元/年）"
    assert elsewhere.share == 0


def test_ledgers_and_growth():
    rules = [
        {"measure": "problem_resolution_rate", "at_least": 0.5},
        {"measure": "growth", "with": {"metric": "OUTPUT_VALUE", "years": 2}, "at_least": 0.1},
        {"measure": "local_sourcing_rate", "at_least": 0.1},
        {"measure": "service_platforms", "at_least": 1},
    ]
    problem = Problem(
        id="problem:x",
        name="x",
        extent=ProblemExtent.COMMON,
        status=ProblemStatus.OPEN,
        raised_on=date(2024, 1, 1),
    )
    figures = [claim("town:s", 9.0, Metric.OUTPUT_VALUE, year) for year in (2022, 2024)]
    relations = [
        OfTown(start="problem:x", end="town:s"),
        Supplies(start="org:c", end="org:a", product="product:p", year=2024, value=3.0),
        Supplies(start="org:c", end="org:b", product="product:p", year=2024),
    ]
    snapshot = snapshot_of(standard(*rules), more=[problem, *figures], relations=relations)
    assert states(snapshot) == [
        (CoverageState.PARTLY, 1, 1),
        (CoverageState.KNOWN, 2, 2),
        (CoverageState.PARTLY, 1, 2),
        (CoverageState.UNKNOWN, 0, 1),
    ]
    assert states(snapshot, "town:t") == [
        (CoverageState.UNKNOWN, 0, 0),
        (CoverageState.UNKNOWN, 0, 2),
        (CoverageState.UNKNOWN, 0, 0),
        (CoverageState.UNKNOWN, 0, 1),
    ]


def test_the_board_has_the_least_complete_first():
    snapshot = snapshot_of(standard(OUTPUT), more=[claim("town:s", 9.0, Metric.OUTPUT_VALUE)])
    found = completeness(snapshot, as_of=2024)
    assert [snapshot.id_of(row.town) for row in found.rows] == ["town:t", "town:s"]
    cut = completeness(snapshot, as_of=2024, first=1)
    assert (len(cut.rows), cut.count) == (1, 2)
    with pytest.raises(BadInput):
        completeness(snapshot, as_of=2024, first=0)


def test_without_a_standard_nobody_knows_what_is_needed():
    found = completeness(snapshot_of(), as_of=2024)
    assert found.unknown_reason == "2024 年没有施行的认定标准：需要什么不详"
    assert town_completeness(snapshot_of(), "town:s", as_of=2024).share is None


def test_a_standard_that_can_not_be_read_is_said():
    snapshot = snapshot_of(standard(name="bad", text="{"), standard(LEADER))
    board = completeness(snapshot, as_of=2024)
    assert [snapshot.id_of(one.standard) for one in board.unreadable] == ["standard:bad:1"]
    assert "JSON" in board.unreadable[0].reason
    assert len(board.rows[0].requirements) == 1
    assert "bad的条件无法读取" in (town_completeness(snapshot, "town:s", as_of=2024).unknown_reason or "")
