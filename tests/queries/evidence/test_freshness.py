"""Freshness: the age of the newest figure in each metric, of a town and of its organisations."""

from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import BadInput
from graph.kinds.entities import Organisation, Town
from graph.kinds.metrics import Metric
from graph.kinds.relations import MemberOf
from graph.kinds.terms import OrganisationForm, Scope, TownLevel, TownStatus
from graph.snapshot.snapshot import Snapshot
from queries.evidence.age import freshness
from tests.queries.networks import claim

METRICS = (Metric.REVENUE, Metric.OUTPUT_VALUE)
told = st.tuples(
    st.sampled_from(["town:s", "town:t", "org:a", "org:b", "org:c"]),
    st.sampled_from(METRICS),
    st.sampled_from(list(Scope)[:2]),
    st.sampled_from([None, 2015, 2020, 2021, 2024, 2025]),
)


def snapshot_of(rows):
    nodes = [Town(id=f"town:{t}", name=t, level=TownLevel.COUNTY, status=TownStatus.CANDIDATE) for t in "st"]
    nodes += [Organisation(id=f"org:{o}", name=o, form=OrganisationForm.ENTERPRISE) for o in "abc"]
    claims = []
    for n, (subject, metric, scope, year) in enumerate(rows):
        claims.append(claim(subject, 1.0, metric, year))
        claims[-1].id, claims[-1].scope = f"claim:{n:03}", scope
    members = [MemberOf(start=f"org:{o}", end="town:s") for o in "ab"]
    return Snapshot.of([*nodes, *claims], members, newest_year=2024)


def newest(rows, subjects, metric):
    """Map each subject to the newest year it has up to 2024; None: no figure states its year."""
    found = {}
    for subject, what, _, year in rows:
        if subject in subjects and what is metric and (year is None or year <= 2024):
            found[subject] = max(year or 0, found.get(subject) or 0) or None
    return found


@given(st.lists(told, max_size=15))
def test_ages_are_those_counted_by_hand(rows):
    found = freshness(snapshot_of(rows), "town:s", as_of=2024)
    known = {m for m in METRICS if newest(rows, {"town:s", "town:t"}, m)}
    assert {age.metric for age in found.metrics} == known
    for age in found.metrics:
        year = newest(rows, {"town:s"}, age.metric).get("town:s")
        assert age.year == year
        assert age.age == (None if year is None else 2024 - year)
        assert age.stale == (None if year is None else 2024 - year > 5)
        assert (age.unknown_reason is None) == (year is not None)
    for one in found.organisations:
        years = newest(rows, {"org:a", "org:b"}, one.metric)
        ages = [2024 - year for year in years.values() if year]
        assert (one.known, one.missing, one.undated) == (len(years), 2 - len(years), len(years) - len(ages))
        assert one.stale == sum(age > 5 for age in ages)
        assert one.median_age == (median(ages) if ages else None)


def test_the_stalest_come_first_and_the_unknown_last():
    rows = [
        ("town:s", Metric.REVENUE, Scope.WHOLE, 2024),
        ("town:s", Metric.OUTPUT_VALUE, Scope.WHOLE, 2015),
        ("town:s", Metric.TARGET_OUTPUT, Scope.WHOLE, None),
        ("town:t", Metric.EMPLOYEES, Scope.WHOLE, 2024),
    ]
    found = freshness(snapshot_of(rows), "town:s", as_of=2024)
    assert [(a.metric, a.age, a.stale) for a in found.metrics] == [
        (Metric.OUTPUT_VALUE, 9, True),
        (Metric.REVENUE, 0, False),
        (Metric.TARGET_OUTPUT, None, None),
        (Metric.EMPLOYEES, None, None),
    ]
    assert [a.unknown_reason for a in found.metrics[2:]] == ["数值未写明年份", "没有来源给出从业人员（人）"]


def test_a_town_without_figures_is_unknown():
    assert freshness(snapshot_of([]), "town:s", as_of=2024).unknown_reason
    with pytest.raises(BadInput):
        freshness(snapshot_of([]), "org:a", as_of=2024)
