"""Decisions on benefits: all at once, one by one, and the slow way on random rules, firms and unknowns."""

import json
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings

from graph.criteria import faults
from graph.errors import BadInput, NotFound
from graph.kinds.papers import Policy
from graph.kinds.terms import GovernmentLevel
from graph.snapshot.snapshot import Snapshot
from queries.policies.benefits import benefit_organisations, benefit_row, organisation_benefits
from queries.policies.decisions import STATUS, BenefitStatus, ReceiptState, decisions
from queries.policies.offers import EVERYONE, NO_POLICY, NO_REACH, ONCE
from queries.policies.reach import PolicyValidity, validity
from queries.standards.verdicts import Outcome
from tests.oracles import policies as oracle
from tests.oracles.policies import YEAR
from tests.queries.policies.worlds import FIRMS, SLOW, firm, leaf, policy, snapshot_of, world, worlds

OUTCOME = (Outcome.FAIL, Outcome.UNKNOWN, Outcome.PASS)


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(told=worlds())
def test_all_at_once_agree_with_one_by_one_and_with_plain_python(told):
    snapshot = snapshot_of(told)
    held = decisions(snapshot, YEAR)
    sound = [name for name, rule in told["benefits"].items() if rule is None or not faults(json.dumps(rule))]
    for name in sound:
        fast = held.by_benefit.get(snapshot.row_of(f"benefit:{name}"))
        for place, who in enumerate(FIRMS):
            slow = oracle.decide(told, name, who)
            there = fast is not None and place in fast.firms
            assert there == (slow is not None and slow[1] != oracle.NO), (name, who)
            if there:
                at = int(np.searchsorted(fast.firms, place))
                assert fast.offer.validity.value == slow[0]
                assert (fast.truth[at], fast.received[at]) == slow[2:], (name, who)
                row = benefit_row(held, fast, at)
                assert row.condition.outcome is OUTCOME[slow[2]]
                assert bool(row.deciding) == (slow[2] == oracle.MAYBE)


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(told=worlds())
def test_an_organisation_and_a_benefit_tell_the_same(told):
    snapshot = snapshot_of(told)
    pairs = {"org": set(), "benefit": set()}
    for who in FIRMS:
        rows = organisation_benefits(snapshot, f"org:{who}", as_of=YEAR, validity=None, first=500).rows
        pairs["org"] |= {(row.organisation, row.benefit, row.status, row.received) for row in rows}
    for name in told["benefits"]:
        rows = benefit_organisations(snapshot, f"benefit:{name}", as_of=YEAR, status=None, first=500).rows
        pairs["benefit"] |= {(row.organisation, row.benefit, row.status, row.received) for row in rows}
    assert pairs["org"] == pairs["benefit"]


def test_a_policy_is_for_its_region_and_for_its_town_or_industry():
    """In the county and a member, in the county and the trade, in the county only, elsewhere, nowhere."""
    told = world(
        {
            "a": firm(towns=["s"], industries=["44"]),
            "b": firm(),
            "c": firm(industries=["44"]),
            "d": firm(region="140201"),
            "e": firm(region=None, towns=["s"]),
        },
        {"u": None},
        [policy("u", regions=["1401"], towns=["s"], industries=["339"])],
        towns="s",
    )
    (found,) = decisions(snapshot_of(told), YEAR).of
    assert [FIRMS[place] for place in found.firms] == ["a", "b", "e"]
    assert [STATUS[truth] for truth in found.truth] == [
        BenefitStatus.ELIGIBLE,
        BenefitStatus.ELIGIBLE,
        BenefitStatus.UNKNOWN,
    ]
    assert found.offer.note == EVERYONE


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        (date(YEAR + 1, 1, 1), None, PolicyValidity.NOT_YET),
        (date(YEAR, 12, 31), None, PolicyValidity.IN_FORCE),
        (date(YEAR - 3, 1, 1), date(YEAR, 1, 1), PolicyValidity.IN_FORCE),
        (date(YEAR - 3, 1, 1), date(YEAR - 1, 12, 31), PolicyValidity.EXPIRED),
    ],
)
def test_a_policy_is_in_force_on_the_first_and_the_last_day_too(begin, end, expected):
    dates = {"issued_on": date(YEAR - 5, 1, 1), "valid_from": begin, "valid_to": end}
    made = Policy(id="policy:p", name="p", level=GovernmentLevel.COUNTY, issuer="县", **dates)
    snapshot = Snapshot.of([made])
    assert validity(snapshot, snapshot.row_of("policy:p"), YEAR) is expected


def test_what_was_given_in_the_year_does_not_count_against_itself():
    """Once in three years: given this year it was due; given last year it is not due now."""
    once = {"not": leaf("received", "benefit", "u", equals=True)}
    once["not"]["with"]["years"] = 3
    told = world(
        {"a": firm(), "b": firm(), "c": firm()},
        {"u": once},
        received=[("a", "u", YEAR), ("b", "u", YEAR - 1), ("c", "u", YEAR - 3)],
    )
    (found,) = decisions(snapshot_of(told), YEAR).of
    assert [STATUS[truth].value for truth in found.truth] == ["ELIGIBLE", "NOT_ELIGIBLE", "ELIGIBLE"]
    assert found.unclaimed.tolist() == [False, False, True]


def test_rules_that_wait_for_each_other_are_said_and_do_not_hang():
    told = world(
        {"a": firm(), "b": firm()},
        {
            "u": leaf("received", "benefit", "v", equals=True),
            "v": leaf("received", "benefit", "u", equals=True),
            "w": leaf("received", "benefit", "w", equals=True),
        },
        received=[("b", "u", YEAR - 1), ("b", "w", YEAR - 1)],
    )
    held = decisions(snapshot_of(told), YEAR)
    notes = {one.offer.benefit: one.offer.note for one in held.of}
    assert all(note.startswith("条件互为前提") for note in notes.values())
    assert [[STATUS[t].value for t in one.truth] for one in held.of] == [
        ["UNKNOWN", "UNKNOWN"],
        ["NOT_ELIGIBLE", "ELIGIBLE"],
        ["NOT_ELIGIBLE", "ELIGIBLE"],
    ]


def test_what_nobody_offers_or_is_for_nobody_is_not_judged():
    told = world({"a": firm()}, {"u": None, "v": None}, [policy("v", regions=[])])
    snapshot = snapshot_of(told)
    assert [one.note for one in decisions(snapshot, YEAR).undecided] == [NO_POLICY, NO_REACH]
    asked = organisation_benefits(snapshot, "org:a", as_of=YEAR)
    assert (asked.rows, asked.undecided) == ([], [f"u：{NO_POLICY}", f"v：{NO_REACH}"])
    alone = benefit_organisations(snapshot, "benefit:u", as_of=YEAR)
    assert (alone.validity, alone.unknown_reason) == (None, NO_POLICY)


def test_conditions_that_break_the_grammar_are_said_and_cost_no_other_benefit():
    told = world({"a": firm()}, {"u": {"measure": "nothing", "equals": True}, "v": None})
    held = decisions(snapshot_of(told), YEAR)
    assert [one.offer.benefit for one in held.of] == [held.snapshot.row_of("benefit:v")]
    assert held.undecided[0].note.startswith("条件有误，不作判断：criteria.measure：没有指标 “nothing”")


def test_agencies_and_closed_organisations_get_nothing_and_are_told_why():
    told = world({"a": firm(form="AGENCY"), "b": firm(closed=YEAR - 1)}, {"u": None})
    snapshot = snapshot_of(told)
    why = [organisation_benefits(snapshot, f"org:{who}", as_of=YEAR).unknown_reason for who in "ab"]
    assert why == ["机关不享受政策措施", f"{YEAR} 年末该主体不存在：尚未成立，或已注销"]


def test_a_year_before_the_policy_is_judged_for_reference_only():
    told = world({"a": firm()}, {"u": None}, [policy("u", begin=YEAR + 1)])
    snapshot = snapshot_of(told)
    assert organisation_benefits(snapshot, "org:a", as_of=YEAR).count == 0
    (row,) = organisation_benefits(snapshot, "org:a", as_of=YEAR, validity=None).rows
    assert (row.validity, row.status) == (PolicyValidity.NOT_YET, BenefitStatus.ELIGIBLE)
    assert row.note == f"{YEAR} 年尚未施行：仅供参照；{EVERYONE}"


def test_receipts_are_unknown_until_somebody_keeps_the_books():
    told = world(
        {"a": firm(), "b": firm()}, {"u": None, "v": None}, received=[("a", "v", YEAR), ("a", "u", YEAR - 1)]
    )
    snapshot = snapshot_of(told)
    states = [
        [row.received for row in organisation_benefits(snapshot, f"org:{who}", as_of=YEAR).rows]
        for who in "ab"
    ]
    assert states == [
        [ReceiptState.UNKNOWN, ReceiptState.RECEIVED],
        [ReceiptState.UNKNOWN, ReceiptState.NOT_RECEIVED],
    ]
    (row,) = organisation_benefits(snapshot, "org:b", as_of=YEAR - 1, first=1).rows
    assert (row.received, row.status) == (ReceiptState.NOT_RECEIVED, BenefitStatus.ELIGIBLE)
    told["received"] = []
    found = organisation_benefits(snapshot_of(told), "org:a", as_of=YEAR)
    assert {row.received for row in found.rows} == {ReceiptState.UNKNOWN}
    assert found.unclaimed == 0


def test_what_is_given_once_is_not_due_again():
    """Given before, given now, given without a year, never given, and twice (to be looked into)."""
    given = [("a", "u", YEAR - 1), ("b", "u", YEAR), ("c", "u", None), ("e", "u", YEAR - 2), ("e", "u", YEAR)]
    told = world({name: firm() for name in FIRMS}, {"u": None}, received=given, once="u")
    snapshot = snapshot_of(told)
    rows = benefit_organisations(snapshot, "benefit:u", as_of=YEAR, status=None).rows
    assert [(row.status.value, row.received.value) for row in rows] == [
        ("NOT_ELIGIBLE", "RECEIVED_BEFORE"),
        ("ELIGIBLE", "RECEIVED"),
        ("UNKNOWN", "UNKNOWN"),
        ("ELIGIBLE", "NOT_RECEIVED"),
        ("NOT_ELIGIBLE", "RECEIVED"),
    ]
    assert rows[0].in_words == f"不可享（{ONCE}：不符），已享过（记录：{YEAR - 1} 年）"
    assert {row.note for row in rows} == {EVERYONE}
    (found,) = decisions(snapshot, YEAR).of
    assert found.unclaimed.tolist() == [False, False, False, True, False]
    # Had in a later year only: due as of the year before it, whose books nobody kept.
    (before,) = decisions(snapshot, YEAR - 3).of
    assert [STATUS[t].value for t in before.truth] == [
        "ELIGIBLE",
        "ELIGIBLE",
        "UNKNOWN",
        "ELIGIBLE",
        "ELIGIBLE",
    ]


def test_what_is_given_once_is_due_where_nobody_has_it_on_record():
    snapshot = snapshot_of(world({"a": firm()}, {"u": None}, once="u"))
    (row,) = organisation_benefits(snapshot, "org:a", as_of=YEAR).rows
    assert (row.status, row.received) == (BenefitStatus.ELIGIBLE, ReceiptState.UNKNOWN)


def test_what_is_given_to_towns_is_not_counted_over_organisations():
    snapshot = snapshot_of(world({"a": firm()}, {"u": None}), to_towns="u")
    held = decisions(snapshot, YEAR)
    assert (len(held.of), len(held.for_towns)) == (0, 1)
    assert organisation_benefits(snapshot, "org:a", as_of=YEAR).count == 0
    asked = benefit_organisations(snapshot, "benefit:u", as_of=YEAR)
    assert asked.unknown_reason == "这项措施给专业镇，不逐户享受：见 town { benefits }"


def test_bad_input_names_the_argument_and_the_nearest_id():
    snapshot = snapshot_of(world({"a": firm()}, {"u": None}))
    with pytest.raises(BadInput, match="first：应在 1 到 500 之间，所给为 0"):
        organisation_benefits(snapshot, "org:a", as_of=YEAR, first=0)
    with pytest.raises(NotFound, match="within：图中没有“town:ss”"):
        benefit_organisations(snapshot, "benefit:u", as_of=YEAR, within="town:ss")
    with pytest.raises(BadInput, match="within：benefit:u 应为专业镇"):
        benefit_organisations(snapshot, "benefit:u", as_of=YEAR, within="benefit:u")
