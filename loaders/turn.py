"""One load at a time: who comes later waits for a dead one, and is refused beside one alive."""

import asyncio

from graph.errors import LoadRefused
from graph.store.store import Store
from graph.store.versions import versions


async def turn(store: Store) -> bool:
    """Wait until a load that died is surely dead; tell whether there was one, refuse beside one alive."""
    seen = await versions(store)
    while seen.loading and not seen.settled:
        await asyncio.sleep(1)
        now = await versions(store)
        if now.loading and now.quiet < seen.quiet:
            raise LoadRefused(f"另一次装载（{now.loading}）正在进行：请等它结束后再试")
        seen = now
    return seen.loading is not None
