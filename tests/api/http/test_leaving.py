"""A client that leaves, over a real socket: what was done for it stops."""

import asyncio
import tempfile
import threading
import time

import pytest
import strawberry
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from api.http.connections import Bounds
from api.http.exports import Exports
from api.http.failures import FAILURES
from api.http.graphql import GraphQLView
from api.http.neighbours import while_waited_for
from api.http.passes import HEADER
from api.settings import Settings
from graph.deadline import Deadline, checkpoint
from graph.errors import TooSlow
from graph.snapshot.snapshot import Snapshot
from queries.running import Pool
from tests.api.http.passes import TOKEN
from tests.api.http.served import served

BODY = b'{"query": "{ long }"}'
HEAD = b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
POST = HEAD % len(BODY) + BODY
GET = b"GET /list HTTP/1.1\r\nhost: x\r\n\r\n"


class Work:
    """An analysis without end, that notes how it began and ended."""

    def __init__(self):
        self.begun, self.stopped = threading.Event(), threading.Event()

    def __call__(self):
        self.begun.set()
        try:
            while True:
                checkpoint()
                time.sleep(0.01)
        except TooSlow:
            self.stopped.set()
            raise


@pytest.fixture
def work():
    return Work()


@pytest.fixture
def app(work):
    pool = Pool(1, 1)

    @strawberry.type
    class Query:
        @strawberry.field
        async def long(self) -> str:
            return await pool.run(Deadline(15), work)

    async def listed(request):
        await while_waited_for(request.receive, pool.run(Deadline(15), work))
        return PlainTextResponse("never")

    return Starlette(
        routes=[
            Route("/graphql", GraphQLView(strawberry.Schema(Query), lambda _: None)),
            Route("/list", listed),
        ],
        exception_handlers=dict(FAILURES),
    )


@pytest.mark.parametrize("asked", [POST, GET])
async def test_an_analysis_stops_when_its_client_leaves(app, work, asked, caplog):
    async with served(app, Bounds(10, 10)) as port:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(asked)
        assert await asyncio.to_thread(work.begun.wait, 10)
        assert not work.stopped.is_set()
        writer.close()
        await writer.wait_closed()
        assert await asyncio.to_thread(work.stopped.wait, 10)
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_a_download_is_given_up_when_its_client_leaves(monkeypatch, tmp_path):
    begun, stopped = threading.Event(), threading.Event()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    class Slow(dict):
        """Relations that take long to list, as those of a country."""

        def values(self):
            begun.set()
            try:
                while True:
                    checkpoint()
                    time.sleep(0.01)
            except TooSlow:
                stopped.set()
                raise

    snapshot = Snapshot.of([])
    slow = Exports(Settings(writable=True, token=TOKEN), lambda: snapshot.apart(relations=Slow()))
    app = Starlette(routes=[Route("/export", slow.answer)], exception_handlers=dict(FAILURES))
    async with served(app, Bounds(10, 10)) as port:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET /export HTTP/1.1\r\nhost: 127.0.0.1\r\n{HEADER}: {TOKEN}\r\n\r\n".encode())
        assert await asyncio.to_thread(begun.wait, 10)
        assert not stopped.is_set()
        writer.close()
        await writer.wait_closed()
        assert await asyncio.to_thread(stopped.wait, 10)
    assert list(tmp_path.glob("zhenlian-*")) == [], "nothing is left behind"


async def test_who_stays_is_answered_also_when_it_takes_long():
    async def slow(request):
        async def work():
            await asyncio.sleep(0.3)
            return "done"

        return PlainTextResponse(await while_waited_for(request.receive, work()))

    async with served(Starlette(routes=[Route("/list", slow)]), Bounds(10, 10)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(GET)
        async with asyncio.timeout(10):
            assert (await reader.readuntil(b"done")).startswith(b"HTTP/1.1 200")
        writer.close()
        await writer.wait_closed()


async def test_a_cancellation_from_outside_is_no_leaving():
    async def never():
        await asyncio.sleep(60)

    task = asyncio.create_task(while_waited_for(never, never()))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
