"""What a town has yet to get, by hand; facts to collect and changes, by trying everything."""

import json
from copy import deepcopy
from itertools import chain, combinations, product

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from graph.criteria import faults
from graph.errors import BadInput, NotFound
from queries.policies.changes import ChangeKind, what_it_takes
from queries.policies.decisions import BenefitStatus, decisions
from queries.policies.facts import facts_to_collect, what_helps
from queries.policies.settling import settling_benefits
from queries.policies.towns import (
    all_benefits,
    bounds,
    policy_benefits,
    policy_coverage,
    town_benefits,
    unclaimed_of_policy,
    unclaimed_of_town,
)
from queries.standards.measures.intervals import UNKNOWN
from tests.oracles import policies as oracle
from tests.oracles.policies import MAYBE, YEAR, YES
from tests.queries.policies.worlds import (
    SLOW,
    firm,
    forms,
    leaf,
    policy,
    revenues,
    rules,
    snapshot_of,
    titles,
    world,
)

BIG = leaf("revenue", unit="YUAN", at_least=20.0)
MEMBERS = {
    "a": firm(towns=["s"], revenue=25.0),
    "b": firm(towns=["s"], revenue=30.0),
    "c": firm(towns=["s"], revenue=5.0),
    "d": firm(towns=["s"]),
    "e": firm(towns=["t"], region="140201", revenue=40.0),
}
"""Of town s two are eligible for BIG, one is not, of one it is unknown; e is of another town."""
GIVEN = [("a", "u", YEAR), ("d", "u", YEAR - 1), ("e", "u", YEAR - 1)]


def told(received=GIVEN, **more):
    return snapshot_of(world(MEMBERS, {"u": BIG, "v": None}, received=received, **more), {"u": 7.0})


def test_a_town_by_hand():
    """BIG: a got it, b did not. All may have v, and nobody keeps its books: a, b, c, d may have got it."""
    snapshot = told()
    found = policy_coverage(snapshot, "town:s", as_of=YEAR)
    assert (found.eligible, found.received, found.unclaimed, found.receipt_unknown) == (6, 1, 1, 4)
    assert (found.applicable, found.unknown, found.received_otherwise) == (True, 1, 0)
    assert (found.share, found.low, found.high) == (1 / 2, 1 / 7, 5 / 6)
    assert (found.amount_received, found.amount_unknown) == (1.0, 0)
    due = unclaimed_of_town(snapshot, "town:s", as_of=YEAR)
    assert [(snapshot.id_of(r.benefit), snapshot.id_of(r.organisation)) for r in due.rows] == [
        ("benefit:u", "org:b"),
    ]
    assert (due.count, due.organisations, due.amount, due.amount_unknown, due.unknown) == (1, 1, 7.0, 0, 1)
    counts = {snapshot.id_of(r.benefit): r for r in town_benefits(snapshot, "town:s", as_of=YEAR).rows}
    big = counts["benefit:u"]
    assert (big.eligible, big.not_eligible, big.unknown, big.received, big.unclaimed) == (2, 1, 1, 1, 1)
    whole = {snapshot.id_of(r.benefit): r for r in policy_benefits(snapshot, "policy:0", as_of=YEAR).rows}
    assert (whole["benefit:u"].eligible, whole["benefit:u"].unclaimed) == (3, 2)
    of_policy = unclaimed_of_policy(snapshot, "policy:0", as_of=YEAR)
    assert (of_policy.count, of_policy.amount) == (2, 14.0)
    assert unclaimed_of_policy(snapshot, "policy:0", as_of=YEAR, within="town:t").count == 1


def test_over_all_a_benefit_is_counted_as_its_paper_counts_it():
    snapshot = told()
    found = all_benefits(snapshot, as_of=YEAR, in_force=None)
    by_paper = [
        row
        for at in range(len(snapshot.nodes["Policy"]))
        for row in policy_benefits(
            snapshot, snapshot.id_of(at + snapshot.nodes["Policy"].first), as_of=YEAR
        ).rows
    ]
    assert found.count == len(found.rows)
    assert {row.benefit: row for row in found.rows} == {row.benefit: row for row in by_paper}
    assert [-row.unclaimed for row in found.rows] == sorted(-row.unclaimed for row in found.rows)


def test_without_books_nothing_is_said_to_be_missed():
    snapshot = told(received=[])
    found = policy_coverage(snapshot, "town:s", as_of=YEAR)
    assert (found.share, found.low, found.high, found.receipt_unknown) == (None, 0.0, 1.0, 6)
    assert found.unknown_reason == "所涉措施当年都没有享受记录：是否已享不详"
    assert unclaimed_of_town(snapshot, "town:s", as_of=YEAR).count == 0


def test_that_no_measure_applies_is_known_only_of_known_firms():
    """No measure is written; t has a firm, r has none on record."""
    nothing = snapshot_of(world(MEMBERS, {}))
    assert policy_coverage(nothing, "town:t", as_of=YEAR).applicable is False
    nobody = snapshot_of(world({}, {}))
    assert policy_coverage(nobody, "town:s", as_of=YEAR).applicable is None


def test_filters_name_what_is_not_there():
    with pytest.raises(NotFound, match="benefit：图中没有“benefit:none”"):
        unclaimed_of_town(told(), "town:s", as_of=YEAR, benefit="benefit:none")
    with pytest.raises(BadInput, match="within：org:a 应为专业镇"):
        unclaimed_of_policy(told(), "policy:0", as_of=YEAR, within="org:a")


@settings(max_examples=80, deadline=None, suppress_health_check=SLOW)
@given(counts=st.lists(st.integers(0, 2), min_size=9, max_size=9))
def test_the_bounds_are_those_of_all_ways_that_the_unknown_may_turn_out(counts):
    pairs = np.array(counts).reshape(3, 3)
    assume(pairs.sum() <= 6)
    kinds = list(chain.from_iterable([(s, r)] * pairs[s, r] for s, r in product(range(3), repeat=2)))
    choices = [product([s] if s != MAYBE else [0, 2], [r] if r != MAYBE else [0, 2]) for s, r in kinds]
    shares = []
    for turned in product(*map(list, choices)):
        due = [r for s, r in turned if s == YES]
        shares += [sum(r == YES for r in due) / len(due)] if due else []
    assert bounds(pairs) == ((min(shares), max(shares)) if shares else (None, None))


def test_the_fact_that_decides_most_comes_first():
    """d: its revenue decides u and w alone, its titles only help x, which also asks for its revenue."""
    many = {
        "u": BIG,
        "v": leaf("holds", "qualification", "x", equals=True),
        "w": leaf("revenue", unit="YUAN", below=10.0),
    }
    snapshot = snapshot_of(world(MEMBERS, many, towns=""), {"u": 7.0, "w": 3.0})
    found = facts_to_collect(snapshot, "town:s", as_of=YEAR)
    shown = [
        (snapshot.id_of(r.organisation)[-1], r.measure, r.decides, r.helps, r.amount) for r in found.rows
    ]
    assert shown[0] == ("d", "revenue", 2, 2, 10.0)
    # Alike but for whom: the largest first (b 30, a 25, c 5), then d, whose size is unknown.
    assert shown[1:] == [(who, "holds", 1, 1, 0.0) for who in "bacd"]
    assert (found.count, found.unknown, found.decided_by_one) == (5, 6, 6)


KNOWABLE = st.one_of(revenues, titles, forms)
VALUES = (0.0, 5.0, 10.0, 15.0, 20.0, 25.0, 30.0, 99.0)
SUBSETS = [["z"], ["x", "z"], ["y", "z"], ["x", "y", "z"]]
owners = st.builds(
    firm,
    holds=st.sampled_from([[], ["z"], ["x"], ["y"]]),
    revenue=st.sampled_from([None, 5.0, 15.0, 25.0]),
)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[*SLOW, HealthCheck.filter_too_much],  # most random rules are decided
)
@given(one=owners, rule=rules(KNOWABLE))
@example(  # a title that is asked for here and asked against there: either answer decides
    one=firm(holds=[], revenue=None),
    rule={
        "any": [
            {"measure": "revenue", "unit": "YUAN", "at_least": 10.0},
            {"measure": "holds", "with": {"qualification": ["x"]}, "equals": False},
            {"measure": "holds", "with": {"qualification": ["x"]}, "equals": True},
        ]
    },
)
def test_what_a_fact_decides_is_what_all_its_values_decide(one, rule):
    assume(not faults(json.dumps(rule)))
    there = world({"a": one}, {"u": rule})
    assume(oracle.decide(there, "u", "a")[2] == MAYBE)
    held = decisions(snapshot_of(there), YEAR)
    (found,) = held.of
    assert found.truth.tolist() == [UNKNOWN]
    helps = {fact: (alone[0], may[0]) for fact, alone, may in what_helps(held.province, found)}
    for fact, field, values in (("revenue", "revenue", VALUES), ("holds", "holds", SUBSETS)):
        open_ = one[field] in (None, [])
        after = [
            oracle.decide(world({"a": one | {field: value}}, {"u": rule}), "u", "a")[2] for value in values
        ]
        expected = (
            (all(t != MAYBE for t in after), any(t != MAYBE for t in after)) if open_ else (False, False)
        )
        assert helps.get(fact, (False, False)) == expected, fact


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(one=owners, rule=rules(KNOWABLE))
def test_the_smallest_change_is_one_and_there_is_no_smaller(one, rule):
    """Revenue may rise, titles may be gained, what is unknown may be anything."""
    assume(not faults(json.dumps(rule)))
    there = world({"a": one}, {"u": rule})
    now = oracle.decide(there, "u", "a")[2]
    found = what_it_takes(snapshot_of(there), "org:a", benefit="benefit:u", as_of=YEAR)
    assert found.unknown_reason is None
    least = _least(one, rule)
    assert found.size == (0 if now == YES else least)
    assert (found.status is BenefitStatus.ELIGIBLE) == (found.size == 0)
    for way in found.ways:
        after = deepcopy(one)
        for change in way.changes:
            _apply(after, change)
        assert oracle.decide(world({"a": after}, {"u": rule}), "u", "a")[2] == YES, way.in_words
    assert bool(found.blocking) == (found.size is None)


def _least(one, rule):
    """Try every change there is; give how many things the cheapest one touches."""
    figures = [value for value in VALUES if one["revenue"] is None or value > one["revenue"]]
    works = []
    for value, gained, absent in product([None, *figures], _some(set("xy") - set(one["holds"])), _some("xy")):
        if set(gained) & set(absent) or (absent and one["holds"]):
            continue
        truth = _assumed(one, rule, value, gained, absent)
        works += [(value is not None) + len(gained) + len(absent)] if truth == YES else []
    return min(works, default=None)


def _some(of):
    return [*chain.from_iterable(combinations(sorted(of), size) for size in range(len(of) + 1))]


def _assumed(one, rule, value, gained, absent):
    """Judge a rule with a revenue, with some titles more, and some confirmed not to be there."""
    if "all" in rule or "any" in rule:
        parts = [_assumed(one, part, value, gained, absent) for part in rule.get("all") or rule["any"]]
        return min(parts) if "all" in rule else max(parts)
    if "not" in rule:
        return YES - _assumed(one, rule["not"], value, gained, absent)
    if rule["measure"] == "holds":
        (title,) = rule["with"]["qualification"]
        truth = YES if title in gained else 0 if title in absent else None
        if truth is not None:
            return truth if rule["equals"] else YES - truth
    after = one if value is None else one | {"revenue": value}
    return oracle.judge(world({"a": after}, {"u": rule}), "a", rule)


def _apply(one, change):
    """Make a change true."""
    if change.measure == "revenue":
        one["revenue"] = change.needed
    elif change.kind is ChangeKind.GAIN:
        one["holds"].append(change.words[-1])
    else:
        one["holds"].append("z")


def test_what_cannot_be_changed_is_named():
    rule = {"all": [BIG, leaf("form", one_of=["COOPERATIVE"])]}
    snapshot = snapshot_of(world({"a": firm(revenue=5.0)}, {"u": rule, "v": BIG}))
    found = what_it_takes(snapshot, "org:a", benefit="benefit:u", as_of=YEAR)
    assert (found.size, found.ways, found.blocking) == (None, [], ["主体形式 为农民专业合作社"])
    (way,) = what_it_takes(snapshot, "org:a", benefit="benefit:v", as_of=YEAR).ways
    assert way.in_words == "营业收入由 5 元 增至 20 元（增 15 元）"


def test_a_firm_from_elsewhere_would_get_what_the_town_gives():
    """e would be reached by the policy of the county and has the revenue; v it may have already."""
    two = [policy("u", regions=["140101"]), policy("v")]
    snapshot = snapshot_of(world(MEMBERS, {"u": BIG, "v": None}, two))
    found = settling_benefits(snapshot, "town:s", organisations=("org:e",), as_of=YEAR)
    shown = [(snapshot.id_of(r.benefit), r.status.value, r.already) for r in found[snapshot.row_of("org:e")]]
    assert shown == [("benefit:u", "ELIGIBLE", False), ("benefit:v", "ELIGIBLE", True)]
    assert decisions(snapshot, YEAR).by_benefit[snapshot.row_of("benefit:u")].firms.tolist() == [0, 1, 2, 3]
