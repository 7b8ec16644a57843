"""Lists ordered by a figure beside plain Python: the figure that counts, the unknown last, whole pages."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from graph.kinds.entities import Organisation, Town
from graph.kinds.facts import Claim
from graph.kinds.metrics import Metric, Unit
from graph.kinds.relations import MemberOf
from graph.kinds.terms import Grade, OrganisationForm, Scope, TownLevel, TownStatus
from graph.snapshot.snapshot import Snapshot
from queries.lookup.orders import Order, OrderedFigure, invented_last
from queries.lookup.pages import (
    Following,
    Listing,
    count_unknown,
    related_unknown,
)
from tests.queries.lookup.test_pages import paged, walked

FIRMS, TOWNS = "abcdefgh", "stuvw"
YEARS = (2021, 2022, 2023, None)
told = st.tuples(
    st.sampled_from(FIRMS + TOWNS),
    st.sampled_from([Metric.REVENUE, Metric.OUTPUT_VALUE]),
    st.sampled_from([Scope.WHOLE, Scope.CHAIN, Scope.PARK]),
    st.sampled_from(YEARS),
    st.sampled_from([0.0, 1.5, 2.0, 7e9]),
)
orders = st.builds(
    lambda metric, scope, year, down: Order(
        "figure",
        descending=down,
        unknown=-1e308 if down else 1e308,
        figure=OrderedFigure(metric, scope, year),
    ),
    st.sampled_from([Metric.REVENUE, Metric.OUTPUT_VALUE]),
    st.sampled_from([Scope.WHOLE, Scope.CHAIN, Scope.PARK, None]),
    st.sampled_from([2021, 2022, 2024]),
    st.booleans(),
)


def named(letter):
    return f"org:{letter}" if letter in FIRMS else f"town:{letter}"


def graph(claims):
    """Firms and towns, the last town invented; all firms but the last are members of the first town."""
    nodes = [Organisation(id=f"org:{f}", name=f, form=OrganisationForm.ENTERPRISE) for f in FIRMS]
    level, status = TownLevel.COUNTY, TownStatus.CANDIDATE
    nodes += [Town(id=f"town:{t}", name=t, level=level, status=status, synthetic=t == "w") for t in TOWNS]
    nodes += [
        Claim(
            id=f"claim:{number:03}",
            subject=named(letter),
            metric=metric,
            scope=scope,
            year=year,
            value=value,
            unit=Unit.YUAN,
            source="source:none",
            grade=Grade.B,
        )
        for number, (letter, metric, scope, year, value) in enumerate(claims)
    ]
    members = [MemberOf(start=f"org:{f}", end="town:s") for f in FIRMS[:-1]]
    return Snapshot.of(nodes, members, newest_year=2024)


def figure(claims, letter, order):
    """The newest claim not after the year, one without a year last; of equals the first recorded.

    Without a scope that of the whole, else that of the chain, which stands for it; never that of a part.
    """
    wanted = order.figure
    if wanted.scope is None:
        scopes = (replace(wanted, scope=scope) for scope in (Scope.WHOLE, Scope.CHAIN))
        found = (figure(claims, letter, replace(order, figure=one)) for one in scopes)
        return next((value for value in found if value is not None), None)
    fitting = [
        (-(year or 0), number, value)
        for number, (of, metric, scope, year, value) in enumerate(claims)
        if (of, metric, scope) == (letter, wanted.metric, wanted.scope) and (year or 0) <= wanted.year
    ]
    return min(fitting)[2] if fitting else None


def in_order(claims, letters, order, last=""):
    """Letters as the order puts them: by value, equals by id; then the unknown and the invented, by id."""
    values = {letter: None if letter in last else figure(claims, letter, order) for letter in letters}
    known = sorted((value, letter) for letter, value in values.items() if value is not None)
    unknown = sorted(letter for letter, value in values.items() if value is None)
    ways = slice(None, None, -1 if order.descending else 1)
    return [letter for _, letter in known][ways] + unknown[ways]


def letters_of(snapshot, label, places):
    return [str(snapshot.nodes[label]["name"][place]) for place in places]


@given(st.lists(told, max_size=30), orders, st.integers(1, 4))
def test_a_list_is_ordered_by_the_figure_that_counts(claims, order, size):
    snapshot = graph(claims)
    for kind, letters, last in ((Organisation, FIRMS, ""), (Town, TOWNS, "w")):
        listing = Listing(kind, 2024, invented_last(order, kind))
        wanted = in_order(claims, letters, order, last)
        for backward in (False, True):
            found = paged(snapshot, listing, size, backward=backward)
            assert letters_of(snapshot, kind.label, found) == wanted
        lacking = [letter for letter in letters if figure(claims, letter, order) is None]
        assert count_unknown(snapshot, listing) == len(lacking)


@given(st.lists(told, max_size=30), orders)
def test_the_members_of_a_town_are_ordered_by_the_figure_that_counts(claims, order):
    snapshot = graph(claims)
    owners = [snapshot.row_of("town:s"), snapshot.row_of("town:t")]
    following = Following(MemberOf, Town, Organisation, forward=False, year=2024, order=order)
    wanted = in_order(claims, FIRMS[:-1], order)
    for backward in (False, True):
        found, nobody = walked(snapshot, following, owners, backward=backward)
        assert [snapshot.name_of(row) for row, _ in found] == wanted
        assert nobody == []
    lacking = sum(figure(claims, letter, order) is None for letter in FIRMS[:-1])
    assert related_unknown(snapshot, following, owners) == [lacking, 0]
