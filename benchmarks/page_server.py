"""The service that `benchmarks.page` looks at; `python -m benchmarks.page_server demo|SCALE` prints its port.

It holds the demo data in a store, or a made-up province of a scale in memory: the page reads snapshots only.
"""

import asyncio
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import cast

import uvicorn

from api.http.app import create_app
from api.http.connections import Bounds, connections
from api.http.process import listener
from api.logs import configure
from api.settings import read_settings
from benchmarks.province import province
from dev.demo import demo
from graph.snapshot.keeper import SnapshotKeeper
from graph.store.store import Store
from queries.lookup.entries import index_of
from queries.lookup.search import SearchIndex


@asynccontextmanager
async def _held(what: str) -> AsyncGenerator[tuple[Store, SnapshotKeeper[SearchIndex]]]:
    if what == "demo":
        async with demo() as made:
            yield made
        return
    store = cast("Store", None)
    keeper = SnapshotKeeper[SearchIndex](store, derive=index_of)
    await keeper.begin_with(await asyncio.to_thread(province, float(what)))
    yield store, keeper


async def main(what: str) -> None:
    """Serve until ended."""
    configure()  # on standard error: nobody reads what comes after the port, and a full pipe stops everything
    async with _held(what) as (store, keeper):
        app = create_app(store, keeper, read_settings(store="embedded:none"))
        with listener("127.0.0.1", 0) as taken:
            server = uvicorn.Server(
                uvicorn.Config(app, http=connections(Bounds(60.0, 100)), log_config=None, lifespan="off")
            )
            print(taken.getsockname()[1], flush=True)
            await server.serve([taken])


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
