"""Makers: one statement of each pair counts in a year, and its figures as long as they are fresh."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.kinds.entities import Organisation, Product
from graph.kinds.facts import Source
from graph.kinds.relations import Makes, Supplies
from graph.kinds.terms import Grade, OrganisationForm, ProductCategory
from graph.snapshot.makers import makers, makers_and_sellers
from graph.snapshot.snapshot import Snapshot

YEAR = 2024
FIRMS, GOODS, SOURCES = "abc", "pqr", "AC"
"""Firm c was closed in 2023; the sources have these grades."""


def world(edges):
    form, category = OrganisationForm.ENTERPRISE, ProductCategory.COMPONENT
    closed = {"c": date(2023, 6, 1)}
    nodes = [Organisation(id=f"org:{f}", name=f, form=form, closed_on=closed.get(f)) for f in FIRMS]
    nodes += [Product(id=f"product:{p}", name=p, category=category) for p in GOODS]
    nodes += [Source(id=f"source:{g}", name=g, grade=Grade(g)) for g in SOURCES]
    return Snapshot.of(nodes, edges, newest_year=YEAR)


def makes(firm, product, **given):
    return Makes(start=f"org:{firm}", end=f"product:{product}", **given)


def pairs(snapshot, organisation, product):
    first = [snapshot.nodes[kind].first for kind in ("Organisation", "Product")]
    ends = zip(organisation.tolist(), product.tolist(), strict=True)
    return [(snapshot.name_of(o + first[0]), snapshot.name_of(p + first[1])) for o, p in ends]


statement = st.builds(
    makes,
    st.sampled_from(FIRMS),
    st.sampled_from(GOODS),
    year=st.sampled_from([None, 2019, 2023, 2024, 2025]),
    source=st.sampled_from([None, "source:A", "source:C"]),
    since=st.sampled_from([None, 2024, 2025]),
    until=st.sampled_from([None, 2024, 2026]),
    capacity=st.one_of(st.none(), st.integers(1, 9).map(float)),
    output=st.one_of(st.none(), st.integers(1, 9).map(float)),
)


def plain(edges):
    """Map pairs to the statement that counts: the newest, then the one of the better source."""
    found = {}
    for edge in edges:
        ends = edge.start[-1], edge.end[-1]
        holds = (edge.since or 0) <= YEAR < (edge.until or 9999) and (edge.year or 0) <= YEAR
        if holds and ends[0] != "c":
            found.setdefault(ends, []).append(edge)
    rank = {"source:A": 0, "source:C": 1, None: 2}
    return {ends: min(some, key=lambda e: (-(e.year or 0), rank[e.source])) for ends, some in found.items()}


@settings(deadline=None, max_examples=60)
@given(st.lists(statement, max_size=12, unique_by=lambda e: (e.start, e.end, e.year, e.source)))
def test_the_statement_that_counts(edges):
    snapshot, expected = world(edges), plain(edges)
    found = makers(snapshot, YEAR)
    assert pairs(snapshot, found.organisation, found.product) == sorted(expected)
    for place, ends in enumerate(sorted(expected)):
        edge = expected[ends]
        stale = edge.year == 2019
        for name in ("capacity", "output"):
            value = getattr(edge, name)
            shown = getattr(found, name)[place]
            assert np.isnan(shown) if value is None or stale else shown == value
        source = found.source[place]
        assert (None if source < 0 else snapshot.id_of(source)) == edge.source
    for place, product in enumerate(GOODS):
        names = [snapshot.name_of(row + snapshot.nodes["Organisation"].first) for row in found.of(place)]
        assert names == sorted(firm for firm, good in expected if good == product)
    for links, ends in ((found.by_organisation, found.organisation), (found.by_product, found.product)):
        owner, _, edge = links.at(np.arange(len(links)))
        assert (ends[edge] == owner).all()
        assert len(edge) == len(found)


def test_who_sells_a_product_is_known_to_have_it_without_making_it():
    sold = Supplies(start="org:a", end="org:b", product="product:q", year=YEAR)
    made = [makes("a", "q"), makes("b", "p"), makes("c", "p")]
    snapshot = world([sold, *made[1:]])
    assert pairs(snapshot, *makers_and_sellers(snapshot, YEAR)) == [("a", "q"), ("b", "p")]
    both = world([sold, *made])
    assert pairs(both, *makers_and_sellers(both, YEAR)) == [("a", "q"), ("b", "p")]


@pytest.mark.parametrize("year", [2022, 2023])
def test_who_is_closed_makes_nothing_any_more(year):
    snapshot = world([makes("c", "p")])
    assert len(makers(snapshot, year)) == (1 if year < 2023 else 0)
