"""History: which claim counted in each year, and what an organisation was joined to."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import BadInput, NotFound
from graph.kinds.entities import Organisation, Town
from graph.kinds.metrics import Metric
from graph.kinds.papers import Qualification
from graph.kinds.relations import Holds, MemberOf, Supplies
from graph.kinds.terms import GovernmentLevel, OrganisationForm, TownLevel, TownStatus
from graph.snapshot.claims import Measure, figure
from graph.snapshot.snapshot import Snapshot
from queries.evidence.history import history
from queries.evidence.relation_history import relation_history
from tests.queries.networks import claim, network

years = st.lists(st.sampled_from([None, 2010, 2018, 2020, 2022]), max_size=6)


def said(years, subject="org:a"):
    rows = [claim(subject, 100.0 + 50 * n, year=year) for n, year in enumerate(years)]
    for n, row in enumerate(rows):
        row.id = f"claim:{n}"
    return rows


def asked(claims):
    a = Organisation(id="org:a", name="a", form=OrganisationForm.ENTERPRISE)
    return Snapshot.of([a, *claims], newest_year=2024)


@given(years)
def test_each_year_has_the_figure_that_counts_in_it(years):
    snapshot = asked(said(years))
    found = history(snapshot, subject="org:a", metric=Metric.REVENUE, as_of=2024)
    row = snapshot.row_of("org:a")
    for year in range(2005, 2025):
        wanted = figure(snapshot, row, Measure(Metric.REVENUE), year)
        got = [p for p in found.periods if (p.since is None or p.since <= year) and year <= p.until]
        assert [p.claim for p in got] == ([] if wanted is None else [wanted.claim])
    assert len(found.claims) == len(years)
    assert (found.unknown_reason is not None) == (not years)


def test_periods_follow_each_other():
    snapshot = asked(said([None, 2018, 2022, 2022]))
    found = history(snapshot, subject="org:a", metric=Metric.REVENUE, as_of=2024)
    assert [(p.since, p.until, p.value) for p in found.periods] == [
        (None, 2017, 100.0),
        (2018, 2021, 150.0),
        (2022, 2024, 200.0),
    ]
    assert [snapshot.id_of(c) for c in found.claims] == ["claim:0", "claim:1", "claim:2", "claim:3"]
    assert [p.why and p.why.reason.value for p in found.periods] == [None, "YEAR", "ID"]


def test_later_years_are_not_known_yet():
    found = history(asked(said([2018, 2022])), subject="org:a", metric=Metric.REVENUE, as_of=2020)
    assert len(found.claims) == 1
    assert found.periods[-1].until == 2020


def joined():
    nodes = [
        *(Organisation(id=f"org:{o}", name=o, form=OrganisationForm.ENTERPRISE) for o in "abc"),
        Town(id="town:s", name="s", level=TownLevel.COUNTY, status=TownStatus.CANDIDATE),
        Qualification(id="qualification:q", name="q", level=GovernmentLevel.CITY),
    ]
    relations = [
        MemberOf(start="org:a", end="town:s", since=2019, until=2023),
        Supplies(start="org:a", end="org:b", product="product:p", year=2021, value=5.0),
        Supplies(start="org:c", end="org:a", product="product:p", year=2024, value=None),
        Supplies(start="org:b", end="org:c", product="product:p", year=2021, value=5.0),
        Supplies(start="org:a", end="org:a", product="product:p", since=2020),
        Holds(start="org:a", end="qualification:q", valid_from=date(2018, 3, 1), valid_to=date(2021, 3, 1)),
        MemberOf(start="org:a", end="town:s"),
    ]
    return Snapshot.of(nodes, relations, newest_year=2024)


def test_relations_come_in_the_order_of_their_years():
    snapshot = joined()
    found = relation_history(snapshot, "org:a", as_of=2024)
    got = [
        (e.begins, e.label, e.outgoing, snapshot.id_of(e.other), e.until, e.value, e.active)
        for e in found.events
    ]
    assert got == [
        (2018, "HOLDS", True, "qualification:q", 2021, None, False),
        (2019, "MEMBER_OF", True, "town:s", 2023, None, False),
        (2020, "SUPPLIES", True, "org:a", None, None, True),
        (2020, "SUPPLIES", False, "org:a", None, None, True),
        (2021, "SUPPLIES", True, "org:b", None, 5.0, True),
        (2024, "SUPPLIES", False, "org:c", None, None, True),
        (None, "MEMBER_OF", True, "town:s", None, None, True),
    ]
    assert found.count == 7


def test_what_began_later_is_left_out():
    found = relation_history(joined(), "org:a", as_of=2020)
    assert [e.begins for e in found.events] == [2018, 2019, 2020, 2020, None]
    assert found.events[0].active
    assert len(relation_history(joined(), "org:a", as_of=2024, first=2).events) == 2


def test_nothing_said_is_unknown():
    alone = network([])
    assert relation_history(alone, "org:h", as_of=2024).unknown_reason
    assert history(alone, subject="org:h", metric=Metric.REVENUE, as_of=2024).unknown_reason


def test_bad_arguments_are_refused():
    with pytest.raises(NotFound):
        history(network([]), subject="org:none", metric=Metric.REVENUE, as_of=2024)
    with pytest.raises(BadInput):
        history(network([]), subject="org:a", metric=Metric.REVENUE, product="org:b", as_of=2024)
    with pytest.raises(BadInput):
        relation_history(network([]), "town:s", as_of=2024)
    with pytest.raises(BadInput):
        relation_history(network([]), "org:a", as_of=2024, first=501)
