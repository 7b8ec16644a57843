"""An application behind real sockets, in this process, as `serve` runs it."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import uvicorn
from starlette.types import ASGIApp

from api.http.connections import Bounds, connections
from api.http.process import listener


@asynccontextmanager
async def served(app: ASGIApp, bounds: Bounds, *, keep_alive: float = 5.0) -> AsyncGenerator[int]:
    """Serve on a free port, and yield it."""
    with listener("127.0.0.1", 0) as taken:
        config = uvicorn.Config(
            app, http=connections(bounds), timeout_keep_alive=keep_alive, log_config=None, lifespan="off"
        )
        server = uvicorn.Server(config)
        config.load()
        server.lifespan = config.lifespan_class(config)
        await server.startup([taken])
        ticking = asyncio.create_task(server.main_loop())
        try:
            yield taken.getsockname()[1]
        finally:
            server.should_exit = server.force_exit = True
            await ticking
            await server.shutdown([taken])
