"""The demo data in a store of its own, for pictures and examples in the documentation."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from graph.snapshot.keeper import SnapshotKeeper
from graph.store.backends import open_store
from graph.store.store import Store
from graph.store.versions import versions
from loaders.load import load_folder
from queries.lookup.entries import index_of
from queries.lookup.search import SearchIndex

TABLES = Path(__file__).parents[1] / "loaders" / "shanxi" / "tables"


@asynccontextmanager
async def demo(
    url: str | None = None, tables: Path = TABLES
) -> AsyncGenerator[tuple[Store, SnapshotKeeper[SearchIndex]]]:
    """Open a store with the demo data or other tables: one that may have them, else one to throw away."""
    with TemporaryDirectory() as folder:
        async with open_store(url or f"embedded:{folder}/store") as store:
            if not (await versions(store)).version:
                await load_folder(store, tables)
            async with SnapshotKeeper(store, derive=index_of) as keeper:
                await keeper.ready()
                yield store, keeper
