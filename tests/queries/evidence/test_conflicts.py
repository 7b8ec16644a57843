"""Conflicts: who contradicts whom, which figure counts and why, against rules written out plainly."""

from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import BadInput, NotFound
from graph.kinds.entities import Organisation, Product, Town
from graph.kinds.facts import Claim, Source
from graph.kinds.metrics import Metric, Unit
from graph.kinds.relations import MemberOf, Supplies
from graph.kinds.terms import Grade, OrganisationForm, ProductCategory, Scope, TownLevel, TownStatus
from graph.snapshot.claims import ClaimChoiceReason, Measure, figures_of
from graph.snapshot.purchases import supply_flows
from graph.snapshot.snapshot import Snapshot
from queries.evidence.conflicts import conflicts

SOURCES = [
    Source(id="source:a", name="甲", grade=Grade.A, published_on=date(2020, 5, 1)),
    Source(id="source:b", name="乙", grade=Grade.B, published_on=date(2024, 5, 1)),
    Source(id="source:c", name="丙", grade=Grade.A),
    Source(id="source:d", name="虚构", grade=Grade.A, published_on=date(2025, 1, 1), synthetic=True),
]
NODES = [
    Town(id="town:s", name="s", level=TownLevel.COUNTY, status=TownStatus.CANDIDATE),
    *(Organisation(id=f"org:{o}", name=o, form=OrganisationForm.ENTERPRISE) for o in "ab"),
    Product(id="product:p", name="p", category=ProductCategory.COMPONENT),
    *SOURCES,
]
MEMBER = [MemberOf(start="org:a", end="town:s")]
told = st.tuples(
    st.sampled_from(["town:s", "org:a", "org:b"]),
    st.sampled_from([Scope.WHOLE, Scope.EXPORT]),
    st.sampled_from([None, 2019, 2021, 2022, 2024]),
    st.sampled_from([0.0, 100.0, 104.0, 106.0, 300.0]),
    st.sampled_from([0, 1, 2, 3]),
    st.sampled_from([None, date(2023, 1, 1), date(2024, 1, 1)]),
)
pins = st.sampled_from([None, None, None, 2021, 2024])
ruled = st.builds(lambda claim, pin: (*claim, pin), told, pins)


def is_invented(claim):
    return claim.synthetic or claim.source == "source:d"


def claims_of(rows):
    return [
        Claim(
            id=f"claim:{n:03}",
            subject=subject,
            metric=Metric.OUTPUT_VALUE,
            scope=scope,
            value=value,
            unit=Unit.YUAN,
            year=year,
            source=SOURCES[source].id,
            grade=SOURCES[source].grade,
            recorded_on=recorded,
            pinned_through=pinned[0] if pinned else None,
        )
        for n, (subject, scope, year, value, source, recorded, *pinned) in enumerate(rows)
    ]


def snapshot_of(rows, flows=()):
    return Snapshot.of([*NODES, *claims_of(rows)], [*MEMBER, *flows], newest_year=2024)


def best_first(claim):
    """What a claim is ranked by, written out; a pinned one counts as of the year up to which it is pinned."""
    year = max(claim.year or 0, claim.pinned_through or 0)
    published = {source.id: source.published_on or date.min for source in SOURCES}[claim.source]
    later = -published.toordinal(), -(claim.recorded_on or date.min).toordinal()
    return -year, claim.pinned_through is None, is_invented(claim), claim.grade.value, *later, claim.id


def against(chosen, other):
    undated = chosen.year is None or other.year is None
    near = undated or chosen.year == other.year
    apart = abs(other.value - chosen.value) > 0.05 * abs(chosen.value)
    against_real = is_invented(other) and not is_invented(chosen)
    return near and apart and (undated or chosen.source != other.source) and not against_real


def plainly(rows, year):
    """Choose claim by claim: of each thing the claim that counts, its rivals, and all others, best first."""
    groups = defaultdict(list)
    for claim in claims_of(rows):
        if claim.year is None or claim.year <= year:
            groups[claim.subject, claim.scope].append(claim)
    found = {}
    for key, group in groups.items():
        chosen, *others = sorted(group, key=best_first)
        rivals = [other.id for other in others if against(chosen, other)]
        found[key] = (chosen.id, rivals, [other.id for other in others])
    return found


@given(st.lists(ruled, max_size=14), st.sampled_from([2020, 2022, 2024]))
def test_conflicts_are_those_found_claim_by_claim(rows, year):
    snapshot = snapshot_of(rows)
    found = conflicts(snapshot, as_of=year, first=500)
    got = {
        (snapshot.id_of(row.subject), row.scope): (
            snapshot.id_of(row.claim),
            [snapshot.id_of(o.claim) for o in row.others if o.rival],
            [snapshot.id_of(o.claim) for o in row.others],
        )
        for row in found.rows
    }
    assert got == {key: one for key, one in plainly(rows, year).items() if one[1]}
    assert found.count == len(got)


@given(st.lists(ruled, max_size=14), st.sampled_from([2020, 2022, 2024]))
def test_the_figures_of_some_subjects_are_those_found_claim_by_claim(rows, year):
    snapshot, wanted = snapshot_of(rows), plainly(rows, year)
    subjects = ["org:b", "town:s", "org:a", "org:b"]
    asked = [snapshot.row_of(subject) for subject in subjects]
    for scope in (Scope.WHOLE, Scope.EXPORT):
        found = figures_of(snapshot, asked, Measure(Metric.OUTPUT_VALUE, scope), year)
        got = [
            one and ([snapshot.id_of(c) for c in one.claims], [snapshot.id_of(c) for c in one.rivals])
            for one in found
        ]
        expected = [wanted.get((subject, scope)) for subject in subjects]
        assert got == [one and ([one[0], *one[2]], one[1]) for one in expected]


@given(st.lists(told, min_size=2, max_size=14))
def test_every_reason_is_true(rows):
    snapshot = snapshot_of(rows)
    published = {source.id: source.published_on for source in SOURCES}
    for row in conflicts(snapshot, as_of=2024, first=500, agreeing=True, same_source=True).rows:
        chosen = snapshot.entity(row.claim)
        for other in row.others:
            beside = snapshot.entity(other.claim)
            same_year, same_grade = chosen.year == beside.year, chosen.grade == beside.grade
            day, their_day = published[chosen.source], published[beside.source]
            match other.why.reason:
                case ClaimChoiceReason.YEAR:
                    assert (chosen.year or 0) > (beside.year or 0)
                case ClaimChoiceReason.REAL:
                    assert same_year
                    assert (is_invented(chosen), is_invented(beside)) == (False, True)
                case ClaimChoiceReason.GRADE:
                    assert same_year
                    assert chosen.grade.value < beside.grade.value
                case ClaimChoiceReason.PUBLISHED:
                    assert same_year
                    assert same_grade
                    assert (day or date.min) > (their_day or date.min)
                case ClaimChoiceReason.RECORDED:
                    assert day == their_day
                    assert (chosen.recorded_on or date.min) > (beside.recorded_on or date.min)
                case ClaimChoiceReason.ID:
                    assert (chosen.recorded_on, day) == (beside.recorded_on, their_day)
                    assert chosen.id < beside.id


def test_spread_is_of_the_chosen_figure_and_its_rivals_of_the_year():
    """100 (A) and 300 (B) of 2024; 150 of 2023 is history: (300 - 100) / 100 = 2."""
    same = ("town:s", Scope.WHOLE)
    rows = [(*same, 2024, 100.0, 0, None), (*same, 2024, 300.0, 1, None), (*same, 2023, 150.0, 1, None)]
    (row,) = conflicts(snapshot_of(rows), "town:s", as_of=2024).rows
    assert row.spread == pytest.approx(2.0)
    assert [(o.value, o.rival, o.difference) for o in row.others] == [
        (300.0, True, pytest.approx(2.0)),
        (150.0, False, pytest.approx(0.5)),
    ]
    assert [o.why.words for o in row.others] == [
        "来源等级较高：A，另一条为 B",
        "年份较新：2024，另一条为 2023",
    ]


def test_an_ordinary_series_is_no_conflict():
    """61, 63, 67 and 70 of four years, of two sources: each year has one figure."""
    rows = [("town:s", Scope.WHOLE, 2018 + n, 61.0 + 3 * n, n % 2, None) for n in range(4)]
    for year in range(2018, 2025):
        assert conflicts(snapshot_of(rows), as_of=year).count == 0


def test_what_is_invented_neither_displaces_nor_contradicts_what_is_real():
    """The invented source has the better grade and is the later published; the real figure (B) counts."""
    same = ("town:s", Scope.WHOLE)
    rows = [(*same, 2024, 300.0, 3, None), (*same, 2024, 100.0, 1, None), (*same, None, 200.0, 3, None)]
    assert conflicts(snapshot_of(rows), as_of=2024).count == 0
    (row,) = conflicts(snapshot_of(rows), as_of=2024, agreeing=True).rows
    assert row.value == 100.0
    assert [(o.value, o.rival, o.why.reason) for o in row.others] == [
        (300.0, False, ClaimChoiceReason.REAL),
        (200.0, False, ClaimChoiceReason.YEAR),
    ]
    # A real figure that states no year does contradict an invented one that counts.
    (row,) = conflicts(snapshot_of([rows[0], (*same, None, 200.0, 1, None)]), as_of=2024).rows
    assert [(o.value, o.rival) for o in row.others] == [(200.0, True)]


def test_a_chosen_zero_has_no_spread_and_comes_first():
    rows = [
        ("town:s", Scope.WHOLE, 2024, 0.0, 0, None),
        ("town:s", Scope.WHOLE, 2024, 300.0, 1, None),
        ("org:a", Scope.WHOLE, 2024, 100.0, 0, None),
        ("org:a", Scope.WHOLE, 2024, 300.0, 1, None),
    ]
    found = conflicts(snapshot_of(rows), as_of=2024).rows
    assert [row.spread for row in found] == [None, pytest.approx(2.0)]


def test_one_source_that_says_two_things_of_a_year_is_a_conflict_when_asked():
    rows = [("town:s", Scope.WHOLE, 2024, 100.0, 0, None), ("town:s", Scope.WHOLE, 2024, 300.0, 0, None)]
    snapshot = snapshot_of(rows)
    assert conflicts(snapshot, "town:s", as_of=2024).count == 0
    assert conflicts(snapshot, "town:s", as_of=2024, agreeing=True).count == 0
    assert conflicts(snapshot, "town:s", as_of=2024, same_source=True).count == 1


def test_what_states_no_year_is_a_rival_even_of_the_same_source():
    """100 of 2024 and 300 without a year by one source; 104 without a year is within 5 % and agrees."""
    same = ("town:s", Scope.WHOLE)
    rows = [(*same, 2024, 100.0, 0, None), (*same, None, 300.0, 0, None), (*same, None, 104.0, 0, None)]
    for agreeing in (False, True):
        (row,) = conflicts(snapshot_of(rows), as_of=2024, agreeing=agreeing).rows
        assert [(other.value, other.rival) for other in row.others] == [(300.0, True), (104.0, False)]
        assert row.spread == pytest.approx(2.0)


def test_agreeing_sources_are_shown_when_asked_for():
    rows = [("town:s", Scope.WHOLE, 2024, 100.0, 0, None), ("town:s", Scope.WHOLE, 2022, 101.0, 1, None)]
    snapshot = snapshot_of(rows)
    assert conflicts(snapshot, "town:s", as_of=2024).count == 0
    (row,) = conflicts(snapshot, "town:s", as_of=2024, agreeing=True).rows
    assert [o.rival for o in row.others] == [False]
    assert row.spread == 0


def test_a_town_has_its_own_and_its_members_conflicts():
    rows = [
        (who, Scope.WHOLE, year, value, source, None)
        for who in ("town:s", "org:a", "org:b")
        for year, value, source in ((2024, 100.0, 0), (2024, 300.0, 1))
    ]
    snapshot = snapshot_of(rows)
    found = conflicts(snapshot, "town:s", as_of=2024)
    assert {snapshot.id_of(row.subject) for row in found.rows} == {"town:s", "org:a"}
    assert conflicts(snapshot, as_of=2024).count == 3
    assert len(conflicts(snapshot, as_of=2024, first=1).rows) == 1
    assert conflicts(snapshot, as_of=2024, metric=Metric.REVENUE).count == 0


def test_nothing_measured_is_unknown():
    found = conflicts(snapshot_of([]), "town:s", as_of=2024)
    assert found.rows == []
    assert found.unknown_reason
    assert (
        conflicts(snapshot_of([("town:s", Scope.WHOLE, 2024, 1.0, 0, None)]), as_of=2024).unknown_reason
        is None
    )


def flow(value, source, year=2024, ends=("org:a", "org:b")):
    return Supplies(
        start=ends[0], end=ends[1], product="product:p", year=year, value=value, source=f"source:{source}"
    )


def test_flows_of_other_sources_are_in_conflict():
    snapshot = snapshot_of([], [flow(100.0, "a"), flow(150.0, "b"), flow(101.0, "c"), flow(90.0, "a", 2023)])
    (row,) = conflicts(snapshot, "town:s", as_of=2024).flows
    assert row.flow.value == 100.0
    assert [(o.value, o.difference, o.why.reason) for o in row.others] == [
        (150.0, pytest.approx(0.5), ClaimChoiceReason.GRADE)
    ]
    assert row.spread == pytest.approx(0.5)
    assert conflicts(snapshot, as_of=2024, metric=Metric.REVENUE).flow_count is None
    elsewhere = snapshot_of(
        [], [flow(100.0, "a", ends=("org:b", "org:b")), flow(150.0, "b", ends=("org:b",) * 2)]
    )
    assert conflicts(elsewhere, "town:s", as_of=2024).flow_count == 0
    assert conflicts(elsewhere, as_of=2024).flow_count == 1


def test_an_invented_flow_neither_displaces_nor_contradicts_a_real_one():
    snapshot = snapshot_of([], [flow(150.0, "d"), flow(100.0, "b"), flow(90.0, "a", 2023)])
    assert conflicts(snapshot, as_of=2024).flow_count == 0
    assert supply_flows(snapshot, 2024).value.tolist() == [100.0]
    (row,) = conflicts(snapshot_of([], [flow(150.0, "a"), flow(100.0, "b")]), as_of=2024).flows
    assert (row.flow.value, [o.value for o in row.others]) == (150.0, [100.0])


def test_bad_arguments_are_refused():
    snapshot = snapshot_of([])
    with pytest.raises(NotFound):
        conflicts(snapshot, "town:none", as_of=2024)
    with pytest.raises(BadInput):
        conflicts(snapshot, "org:a", as_of=2024)
    with pytest.raises(BadInput):
        conflicts(snapshot, as_of=2024, first=0)


def test_figures_of_a_size_that_no_other_has_are_doubtful():
    """Nine figures around 100 and one of 1,000,000: 9,615 times the median, as 元 for 万元."""
    rows = [("org:b", Scope.WHOLE, None, 100.0 + n, 0, None) for n in range(9)]
    rows.append(("org:a", Scope.WHOLE, 2022, 1_000_000.0, 1, None))
    rows.append(("town:s", Scope.WHOLE, 2022, 1_000_000.0, 1, None))  # no firm: another size
    snapshot = snapshot_of(rows)
    found = conflicts(snapshot, "town:s", as_of=2024)
    assert (found.count, found.doubtful_count) == (0, 1)
    (doubt,) = found.doubtful
    assert (snapshot.id_of(doubt.claim), doubt.value, doubt.chosen) == ("claim:009", 1_000_000.0, True)
    assert doubt.reason == "是同类对象同一指标中位数（104）的 9,615 倍；单位是否写错，如元写成了万元？"
    assert conflicts(snapshot, "town:s", as_of=2021).doubtful_count == 0
    assert conflicts(snapshot, as_of=2024, metric=Metric.REVENUE).doubtful == []
