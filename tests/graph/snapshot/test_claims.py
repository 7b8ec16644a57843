"""Claims in several scopes: which one speaks for the whole, and what the others say."""

from graph.kinds.entities import Product, Town
from graph.kinds.facts import Claim, Source
from graph.kinds.metrics import Metric, Unit
from graph.kinds.terms import Grade, ProductCategory, Scope, TownLevel, TownStatus
from graph.snapshot.claims import Measure, headline, others
from graph.snapshot.snapshot import Snapshot


def snapshot_of(*rows):
    """Town t with claims of its output: scope, value, year, product."""
    claims = [
        Claim(
            id=f"claim:{n}",
            subject="town:t",
            metric=Metric.OUTPUT_VALUE,
            scope=scope,
            value=value,
            unit=Unit.YUAN,
            year=year,
            product=product,
            source="source:s",
            grade=Grade.B,
        )
        for n, (scope, value, year, product) in enumerate(rows)
    ]
    return Snapshot.of(
        [
            Town(id="town:t", name="t", level=TownLevel.COUNTY, status=TownStatus.CANDIDATE),
            Source(id="source:s", name="s", grade=Grade.B),
            *(Product(id=f"product:{p}", name=p, category=ProductCategory.FINISHED) for p in "pq"),
            *claims,
        ]
    )


def told(snapshot, year, scope=Scope.WHOLE):
    row = snapshot.row_of("town:t")
    found = others(snapshot, row, Measure(Metric.OUTPUT_VALUE, scope), year)
    return [
        (one.scope, None if one.product is None else snapshot.id_of(one.product), best.value, best.year)
        for one, best in found
    ]


ROWS = (
    (Scope.CITY, 9.0, 2020, None),
    (Scope.CHAIN, 5.0, 2021, None),
    (Scope.CHAIN, 6.0, 2024, None),
    (Scope.PRODUCT, 2.0, 2021, "product:q"),
    (Scope.PRODUCT, 3.0, 2021, "product:p"),
)


def test_the_chain_speaks_for_a_town_without_a_figure_of_the_whole():
    snapshot = snapshot_of(*ROWS)
    row = snapshot.row_of("town:t")
    scope, found = headline(snapshot, row, Metric.OUTPUT_VALUE, 2024) or (None, None)
    assert scope is Scope.CHAIN
    assert found is not None
    assert (found.value, found.year) == (6.0, 2024)
    scope, _ = headline(snapshot, row, Metric.OUTPUT_VALUE, 2020) or (None, None)
    assert scope is Scope.CITY
    assert headline(snapshot, row, Metric.OUTPUT_VALUE, 2019) is None
    assert headline(snapshot, row, Metric.REVENUE, 2024) is None


def test_other_scopes_and_products_have_each_their_best_figure():
    snapshot = snapshot_of(*ROWS)
    products = [
        (Scope.PRODUCT, "product:p", 3.0, 2021),
        (Scope.PRODUCT, "product:q", 2.0, 2021),
    ]
    city = (Scope.CITY, None, 9.0, 2020)
    assert told(snapshot, 2024) == [(Scope.CHAIN, None, 6.0, 2024), *products, city]
    assert told(snapshot, 2021, Scope.CHAIN) == [*products, city]
    assert told(snapshot, 2019) == []
