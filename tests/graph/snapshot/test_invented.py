"""What is invented, by one rule, and the snapshot without it, which is the world of its real rows."""

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.kinds import NODES, RELATIONS
from graph.kinds.entities import Organisation, Product
from graph.kinds.facts import Claim, Ruling, Source
from graph.kinds.metrics import Metric, Unit
from graph.kinds.relations import Makes, Needs, Supplies
from graph.kinds.terms import Grade, OrganisationForm, ProductCategory, RulingAction
from graph.snapshot.invented import invented, without_invented
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import cells, columns

YEAR = 2024
FIRM = OrganisationForm.ENTERPRISE


def firm(name, *, made_up=False):
    return Organisation(id=f"org:{name}", name=name, form=FIRM, synthetic=made_up)


def source(name, *, made_up=False):
    return Source(id=f"source:{name}", name=name, grade=Grade.B, synthetic=made_up)


def good(name, *, made_up=False):
    return Product(id=f"product:{name}", name=name, category=ProductCategory.COMPONENT, synthetic=made_up)


def revenue(name, about, by, *, made_up=False, product=None):
    return Claim(
        id=f"claim:{name}",
        subject=about,
        metric=Metric.REVENUE,
        value=5.0,
        unit=Unit.YUAN,
        source=by,
        grade=Grade.B,
        year=YEAR,
        product=product,
        synthetic=made_up,
    )


def ruling(name, about, other=None):
    return Ruling(
        id=f"ruling:{name}",
        action=RulingAction.PIN if other is None else RulingAction.APART,
        about=about,
        reason="理由",
        ruled_on=date(2024, 1, 1),
        other=other,
    )


def supply(start, end, product="product:p", by="source:true", **more):
    return Supplies(start=start, end=end, product=product, year=YEAR, value=1.0, source=by, **more)


NODES_OF_WORLD = [
    firm("a"),
    firm("b"),
    firm("m", made_up=True),
    source("true"),
    source("false", made_up=True),
    good("p"),
    good("q", made_up=True),
    revenue("real", "org:a", "source:true"),
    revenue("marked", "org:a", "source:true", made_up=True),
    revenue("of-nobody", "org:m", "source:true"),
    revenue("said-by-nobody", "org:b", "source:false"),
    revenue("of-nothing", "org:b", "source:true", product="product:q"),
    ruling("real", "Claim claim:real"),
    ruling("of-nobody", "org:a", "org:m"),
]
LINKS = [
    supply("org:a", "org:b"),
    supply("org:b", "org:a", synthetic=True),
    supply("org:a", "org:m"),
    supply("org:b", "org:a", by="source:false"),
    supply("org:b", "org:a", "product:q"),
    Makes(start="org:a", end="product:p", source=None),
    Makes(start="org:b", end="product:p", source="source:false"),
    Makes(start="org:b", end="product:q"),
    Needs(start="org:m", end="product:p", source="source:true"),
]
REAL_NODES = {
    *("org:a", "org:b", "source:true", "product:p", "claim:real", "ruling:real"),
}
"""By hand: of the claims, only the one that is neither marked, about, nor said by what is invented."""


def rows_of(snapshot):
    """All cells of a snapshot, by kind, as people would write them."""
    return {
        kind.label: sorted(
            map(
                repr,
                zip(
                    *(
                        cells(column, table, np.arange(len(table)), snapshot.id_of)
                        for column in columns(kind)
                    ),
                    strict=True,
                ),
            )
        )
        for kind in (*NODES, *RELATIONS)
        for table in [{**snapshot.nodes, **snapshot.relations}[kind.label]]
    }


def test_a_row_is_invented_by_its_mark_or_by_what_it_refers_to():
    snapshot = Snapshot.of(NODES_OF_WORLD, LINKS)
    found = invented(snapshot)
    real = {snapshot.id_of(row) for row in np.flatnonzero(~found.nodes[:-1]).tolist()}
    assert real == REAL_NODES | {"ruling:of-nobody"}  # itself it refers to nothing: it only goes with it
    assert [int(found.relations[label].sum()) for label in ("SUPPLIES", "MAKES", "NEEDS")] == [4, 2, 1]


def test_without_it_there_is_what_a_real_world_would_hold():
    snapshot = Snapshot.of(NODES_OF_WORLD, LINKS)
    real = Snapshot.of([n for n in NODES_OF_WORLD if n.id in REAL_NODES], [LINKS[0], LINKS[5]])
    shown = without_invented(snapshot)
    assert rows_of(shown) == rows_of(real)
    assert shown.left_out == {
        **dict.fromkeys(("Organisation", "Product", "Source", "Ruling", "NEEDS"), 1),
        "Claim": 4,
        "SUPPLIES": 4,
        "MAKES": 2,
    }
    assert without_invented(snapshot) is shown, "it is made once"
    assert without_invented(shown) is shown
    assert shown.id == f"{snapshot.id}+real"
    assert [shown.index.row(id) >= 0 for id in ("org:a", "org:m")] == [True, False]


def test_it_keeps_the_year_that_questions_are_about():
    snapshot = Snapshot.of([firm("m", made_up=True), source("true"), revenue("x", "org:m", "source:true")])
    assert (snapshot.newest_year, without_invented(snapshot).newest_year) == (YEAR, YEAR)


marks = st.booleans()


@settings(deadline=None, max_examples=60)
@given(
    firms=st.lists(marks, min_size=1, max_size=4),
    sources=st.lists(marks, min_size=1, max_size=3),
    links=st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 2), marks), max_size=8, unique=True
    ),
    claims=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), marks), max_size=6),
)
def test_any_world_without_it_is_the_world_of_its_real_rows(firms, sources, links, claims):
    nodes = [firm(n, made_up=mark) for n, mark in enumerate(firms)]
    nodes += [source(n, made_up=mark) for n, mark in enumerate(sources)] + [good("p")]
    links = [(a % len(firms), b % len(firms), s % len(sources), mark) for a, b, s, mark in links]
    unique = {(a, b, s): mark for a, b, s, mark in links}
    made = [
        (supply(f"org:{a}", f"org:{b}", by=f"source:{s}", synthetic=mark), [a, b], s, mark)
        for (a, b, s), mark in unique.items()
    ]
    told = [
        (revenue(n, f"org:{a % len(firms)}", f"source:{s % len(sources)}", made_up=mark), a, s, mark)
        for n, (a, s, mark) in enumerate(claims)
    ]
    real_links = [
        one for one, ends, s, mark in made if not (mark or any(firms[end] for end in ends) or sources[s])
    ]
    real_claims = [
        one for one, a, s, mark in told if not (mark or firms[a % len(firms)] or sources[s % len(sources)])
    ]
    whole = Snapshot.of([*nodes, *(one for one, *_ in told)], [one for one, *_ in made])
    real = Snapshot.of([*(n for n in nodes if not n.synthetic), *real_claims], real_links)
    assert rows_of(without_invented(whole)) == rows_of(real)
