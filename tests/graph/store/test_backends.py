"""A URL opens a store, and an embedded store outlives the death of its database process."""

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest

from graph.errors import EmbeddedUnusable, StoreUnavailable
from graph.store.backends import open_store
from graph.store.store import Statement, Store

ONE = "RETURN {one: 1} AS row"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept") / "store"


@pytest.fixture(scope="module")
async def kept(folder: Path) -> AsyncIterator[Store]:
    async with open_store(f"embedded:{folder}", exclusive=True) as store:
        yield store


@pytest.fixture
def closed_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


async def answers(store: Store) -> bool:
    with suppress(StoreUnavailable):
        return await store.read(ONE) == [{"one": 1}]
    return False


@pytest.mark.parametrize(
    "url",
    ["", "embedded", "embedded:", "http://localhost:7474", "bolt:localhost", "postgres://localhost", "/data"],
)
async def test_a_strange_address_is_told_which_are_right(url: str):
    with pytest.raises(StoreUnavailable, match=r"应为 embedded:文件夹，或 bolt://"):
        async with open_store(url):
            pass


async def test_an_address_of_a_server_opens_it(address):
    async with open_store(
        address.url, user=address.user, password=address.password, database=address.database
    ) as store:
        assert await answers(store)


async def test_a_server_that_is_down_is_an_error_only_when_asked(closed_port: int):
    async with open_store(f"bolt://127.0.0.1:{closed_port}", user="neo4j") as store:
        with pytest.raises(StoreUnavailable):
            await store.read(ONE)


async def test_an_embedded_folder_is_served_and_streams(kept: Store):
    await kept.write(Statement("UNWIND range(1, 3) AS n MERGE (:Mark {number: n})"))
    numbers = [
        row async for row in kept.stream("MATCH (m:Mark) RETURN {n: m.number} AS row ORDER BY m.number")
    ]
    assert numbers == [{"n": 1}, {"n": 2}, {"n": 3}]


@pytest.mark.usefixtures("kept")
async def test_an_exclusive_folder_is_not_shared(folder: Path):
    with pytest.raises(EmbeddedUnusable, match="正被另一个进程"):
        async with open_store(f"embedded:{folder}", exclusive=True):
            pass


async def test_the_same_store_answers_again_after_its_database_died(kept: Store, folder: Path):
    before = int((folder / "java.lock").read_text())
    os.kill(before, signal.SIGKILL)
    async with asyncio.timeout(10):
        while await answers(kept):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    async with asyncio.timeout(30):
        while not await answers(kept):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    assert int((folder / "java.lock").read_text()) != before
    assert len(await kept.read("MATCH (m:Mark) RETURN {n: m.number} AS row")) == 3
