"""Changes: two years of a town compared, against sets made by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import BadInput, NotFound
from graph.kinds.entities import Organisation, Product, Town
from graph.kinds.metrics import Metric
from graph.kinds.relations import MemberOf, Supplies
from graph.kinds.terms import OrganisationForm, ProductCategory, TownLevel, TownStatus
from graph.snapshot.snapshot import Snapshot
from queries.evidence.changes import changes
from tests.queries.networks import claim

maybe = st.one_of(st.none(), st.integers(2020, 2025))
dates = st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2025, 12, 31)))
firms = st.lists(st.tuples(maybe, maybe, dates, dates), min_size=4, max_size=4)
supplies = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.sampled_from("abcd"),
        maybe,
        maybe,
        st.integers(2020, 2025),
        st.sampled_from([None, 1.0, 2.0, 5.0]),
    ),
    max_size=12,
)


def snapshot_of(firms, supplies=(), claims=()):
    nodes = [
        Organisation(
            id=f"org:{o}", name=o, form=OrganisationForm.ENTERPRISE, founded_on=founded, closed_on=closed
        )
        for o, (_, _, founded, closed) in zip("abcd", firms, strict=True)
    ]
    nodes.append(Town(id="town:s", name="s", level=TownLevel.COUNTY, status=TownStatus.CANDIDATE))
    nodes.append(Product(id="product:p", name="p", category=ProductCategory.COMPONENT))
    members = [
        MemberOf(start=f"org:{o}", end="town:s", since=since, until=until)
        for o, (since, until, _, _) in zip("abc", firms, strict=False)
    ]
    chosen = {(a, b, year): (since, until, value) for a, b, since, until, year, value in supplies}
    flows = [
        Supplies(
            start=f"org:{a}",
            end=f"org:{b}",
            product="product:p",
            year=year,
            value=value,
            since=since,
            until=until,
        )
        for (a, b, year), (since, until, value) in chosen.items()
    ]
    return Snapshot.of([*nodes, *claims], [*members, *flows], newest_year=2025)


def within(since, until, year):
    return (since is None or since <= year) and (until is None or until > year)


def lives(firm, year):
    day = date(year, 12, 31)
    return (firm[2] is None or firm[2] <= day) and (firm[3] is None or firm[3] > day)


def members_in(firms, year):
    pairs = zip("abc", firms, strict=False)
    return {f"org:{o}" for o, firm in pairs if within(*firm[:2], year) and lives(firm, year)}


OLD = claim("town:s", 1.0, year=2019)
FIRMS = [(None, None, None, None)] * 4


def ids(snapshot, listed):
    return {snapshot.id_of(row) for row in listed.rows}


@given(firms, st.integers(2020, 2023), st.integers(1, 2))
def test_members_are_compared_as_sets(firms, start, years):
    end = start + years
    snapshot = snapshot_of(firms, claims=[OLD])
    found = changes(snapshot, "town:s", start=start, end=end)
    before, after = members_in(firms, start), members_in(firms, end)
    assert found.unknown_reason is None
    assert ids(snapshot, found.came) == after - before
    assert ids(snapshot, found.left) == before - after
    local = before | after
    named = {f"org:{o}": firm for o, firm in zip("abcd", firms, strict=True)}
    first, last = date(start, 12, 31), date(end, 12, 31)
    for listed, column in ((found.founded, 2), (found.closed, 3)):
        wanted = {o for o in local if named[o][column] and first < named[o][column] <= last}
        assert ids(snapshot, listed) == wanted
        assert listed.count == len(wanted)


@given(supplies, st.integers(2021, 2023))
def test_supplies_are_compared_pair_by_pair(supplies, start):
    end = start + 1
    everyone = [(None, None, None, None)] * 4
    flows = [*supplies, ("a", "b", None, None, 2020, 7.0)]
    snapshot = snapshot_of(everyone, flows)
    found = changes(snapshot, "town:s", start=start, end=end)
    held = {(a, b, year): (since, until, value) for a, b, since, until, year, value in flows}

    def known(at):
        chosen = {}
        for (a, b, year), (since, until, value) in held.items():
            near = {a, b} & set("abc")
            if near and year <= at and within(since, until, at) and year > chosen.get((a, b), (0, 0))[0]:
                chosen[a, b] = (year, value)
        return {pair: value for pair, (_, value) in chosen.items()}

    before, after = known(start), known(end)

    def pairs(links):
        return {(snapshot.id_of(k.start)[4:], snapshot.id_of(k.end)[4:]) for k in links}

    assert pairs(found.begun.rows) == set(after) - set(before)
    assert pairs(found.ended.rows) == set(before) - set(after)
    wanted = {p for p in set(before) & set(after) if before[p] != after[p]}
    assert pairs([c.after for c in found.changed.rows]) == wanted
    for change in found.changed.rows:
        pair = snapshot.id_of(change.after.start)[4:], snapshot.id_of(change.after.end)[4:]
        old, new = before[pair], after[pair]
        assert change.difference == (None if old is None or new is None else new - old)


def test_figures_old_and_new():
    claims = [claim("town:s", 100.0, year=2020), claim("town:s", 150.0, year=2022)]
    claims += [claim("town:s", 5.0, Metric.EMPLOYEES, 2022), claim("town:s", 7.0, Metric.OUTPUT_VALUE, 2020)]
    snapshot = snapshot_of(FIRMS, claims=claims)
    found = changes(snapshot, "town:s", start=2020, end=2022).figures
    assert [(c.metric, c.before is None, c.difference, c.relative) for c in found.rows] == [
        (Metric.REVENUE, False, 50.0, pytest.approx(0.5)),
        (Metric.EMPLOYEES, True, None, None),
    ]
    assert found.count == 2


def test_lists_are_cut_and_counted():
    firms = [(2022, None, None, None)] * 4
    found = changes(snapshot_of(firms, claims=[OLD]), "town:s", start=2020, end=2022, first=2)
    assert (len(found.came.rows), found.came.count) == (2, 3)


def test_a_year_before_any_data_is_unknown():
    snapshot = snapshot_of(FIRMS, [("a", "b", None, None, 2021, 1.0)], [claim("town:s", 1.0, year=2018)])
    found = changes(snapshot, "town:s", start=2017, end=2022)
    assert found.unknown_reason == "关于本镇，写明年份的数据始于 2018 年：2017 年的情形不详，无从比较"
    assert found.begun.count == found.came.count == 0
    later = changes(snapshot, "town:s", start=2019, end=2022)
    assert later.unknown_reason is None
    assert later.supply_unknown == "本镇主体写明年份的供应始于 2021 年：2019 年的供应不详，无从比较"
    assert changes(snapshot_of(FIRMS), "town:s", start=2017, end=2022).unknown_reason


@pytest.mark.parametrize(("start", "end"), [(2022, 2022), (2023, 2022)])
def test_years_must_rise(start, end):
    with pytest.raises(BadInput) as error:
        changes(snapshot_of(FIRMS), "town:s", start=start, end=end)
    assert list(error.value.path) == ["from"]


def test_bad_arguments_are_refused():
    snapshot = snapshot_of(FIRMS)
    with pytest.raises(NotFound):
        changes(snapshot, "town:none", start=2020, end=2022)
    with pytest.raises(BadInput):
        changes(snapshot, "org:a", start=2020, end=2022)
    with pytest.raises(BadInput):
        changes(snapshot, "town:s", start=2020, end=2022, first=0)
