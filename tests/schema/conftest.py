"""The demo data in each store, asked as clients ask: through the schema."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from graph.snapshot.keeper import SnapshotKeeper
from graph.store.store import Statement
from graph.store.versions import versions
from loaders.load import load_folder
from queries.lookup.entries import index_of
from schema import schema
from schema.language.context import Context

TABLES = Path(__file__).parents[2] / "loaders" / "shanxi" / "tables"
WIPE = "MATCH (n) WITH n LIMIT 5000 DETACH DELETE n RETURN {gone: count(*)} AS wiped"


DEMOS = set()
"""States of stores that hold the demo data and nothing else."""


async def state(store):
    """Tell one state of a store from every other: its counters, and the load that they count from."""
    now = await versions(store)
    loads = await store.read("MATCH (l:Load) RETURN {id: max(l.id)} AS load")
    return now.version, now.writes, loads[0]["id"]


class Counted:
    """A store that notes each statement it is asked for."""

    def __init__(self, store):
        self.store = store
        self.statements = []

    async def read(self, cypher, **parameters):
        self.statements.append(cypher)
        return await self.store.read(cypher, **parameters)

    async def write(self, *statements):
        return await self.store.write(*statements)

    def stream(self, cypher, **parameters):
        self.statements.append(cypher)
        return self.store.stream(cypher, **parameters)


class Service:
    """A store with the demo data, its keeper, and a way to ask."""

    def __init__(self, store, keeper):
        self.store, self.keeper = store, keeper
        self.statements = []

    async def answer(self, query, **variables):
        counted = Counted(self.store)
        context = Context(counted, self.keeper)
        result = await schema.execute(query, variable_values=variables, context_value=context)
        self.statements = counted.statements
        return result

    async def data(self, query, **variables):
        result = await self.answer(query, **variables)
        assert result.errors is None, result.errors
        return result.data

    async def errors(self, query, **variables):
        result = await self.answer(query, **variables)
        return [(e.extensions["code"], e.extensions.get("argument"), e.message) for e in result.errors or []]


@pytest.fixture(scope="module")
async def service(store) -> AsyncIterator[Service]:
    if await state(store) not in DEMOS:
        while (await store.write(Statement(WIPE)))[0]["gone"]:
            pass
        report = await load_folder(store, TABLES)
        assert report.clean
        DEMOS.add(await state(store))
    async with SnapshotKeeper(store, derive=index_of) as keeper:
        await keeper.ready()
        yield Service(store, keeper)
