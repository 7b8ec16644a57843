"""Every statement that the vocabulary can give rise to is understood by both stores."""

import importlib
import pkgutil
import re

import pytest

import graph
import queries.lookup
from graph.kinds import BOOKS, NODES, RELATIONS
from graph.kinds.columns import columns
from graph.kinds.relations import Supplies
from graph.snapshot.keeper import statements
from queries.lookup.filters import PLACES, TOWN_STATUS, Condition, Group, Order
from queries.lookup.pages import (
    Following,
    Listing,
    Slice,
    count,
    flow_count,
    flows,
    page,
    related,
    related_count,
)
from schema.language.filters import filterable, orders
from schema.language.lists import ways

KINDS = [pytest.param(kind, id=kind.label) for kind in (*NODES, *BOOKS)]
TEMPLATE = re.compile(r"\{\{|\{[a-z]+\}")
"""What is filled with words of the vocabulary first; the tests below do so."""
VALUES = {"str": "x", "int": 1, "float": 1.0, "bool": True}


def constants():
    for package in (graph, queries.lookup):
        for found in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
            module = importlib.import_module(found.name)
            for name, value in vars(module).items():
                if (
                    name.isupper()
                    and isinstance(value, str)
                    and "RETURN" in value
                    and not TEMPLATE.search(value)
                ):
                    yield pytest.param(value, id=f"{found.name}.{name}")


class Explaining:
    """A store that has every statement explained, and answers nothing."""

    def __init__(self, store):
        self.store = store
        self.seen = 0

    async def read(self, cypher, **parameters):
        self.seen += 1
        await self.store.read("EXPLAIN " + cypher, **parameters)
        return [{"total": 0}]


class Rowless(Explaining):
    async def read(self, cypher, **parameters):
        await super().read(cypher, **parameters)
        return []


def everything(kind):
    parts = [Condition(c.name, "eq", VALUES.get(c.type.__name__, "2020-01-01")) for c in filterable(kind)]
    texts = [c.name for c in columns(kind) if c.type is str and not c.many]
    parts += [Condition(t, o, "x") for t in texts[:1] for o in ("contains", "startsWith")]
    parts += [Condition(texts[0], "in", ("x",)), Group("not", (Condition(texts[0], "eq", "x"),))]
    if kind.label == "Town":
        parts.append(Condition(TOWN_STATUS, "in", ("CANDIDATE",)))
    if kind.label == "Organisation":
        parts += [Condition(place, "eq", "x") for place in PLACES]
    return Group("or", tuple(parts))


@pytest.mark.parametrize("cypher", list(constants()))
async def test_every_constant_is_understood(store, cypher):
    nothing = dict.fromkeys(
        ("ids", "subjects", "codes", "rows", "metric", "scope", "product", "load", "year"), None
    )
    await store.read("EXPLAIN " + cypher, **nothing)


@pytest.mark.parametrize("kind", KINDS)
async def test_every_list_is_understood(store, kind):
    explaining = Rowless(store)
    meanings = orders(kind).meanings
    for order in meanings.values():
        for part in (Slice(10), Slice(10, backward=True, key="x", tie="y")):
            await page(explaining, Listing(kind, 2024, order, everything(kind)), part)
    await count(Explaining(store), Listing(kind, 2024, Order("id"), everything(kind)))
    assert explaining.seen == 2 * len(meanings) > 0


@pytest.mark.parametrize("kind", KINDS)
async def test_every_relation_is_understood_from_both_sides(store, kind):
    explaining = Rowless(store)
    for way in ways(kind):
        for order in [*orders(way.relation).meanings.values()][:2] + [*orders(way.other).meanings.values()][
            :2
        ]:
            following = Following(way.relation, way.owner, way.other, way.forward, 2024, order)
            await related(explaining, following, ["x"], Slice(5))
        await related_count(explaining, following, ["x"])
    assert explaining.seen == 5 * len(ways(kind))


async def test_the_list_of_flows_is_understood(store):
    explaining = Rowless(store)
    filter = Group(
        "and", (Condition("from", "eq", "x"), Condition("to", "in", ("x",)), Condition("year", "gte", 1))
    )
    await flows(explaining, Supplies, filter, Order("value", "r", descending=True, unknown=-1.0), Slice(3))
    await flow_count(Explaining(store), Supplies, filter)
    assert explaining.seen == 1


async def test_what_a_snapshot_reads_is_understood(store):
    explaining = Explaining(store)
    for kind in (*NODES, *RELATIONS):
        for cypher in statements(kind):
            await explaining.read(cypher)
    assert explaining.seen >= len(NODES) + len(RELATIONS)
