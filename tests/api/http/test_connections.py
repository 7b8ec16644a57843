"""Connections over real sockets: those that stand still end, and never keep others out."""

import asyncio
import re
import time
from contextlib import suppress

import orjson
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from api.http import connections
from api.http.connections import LONGEST_HEAD, Bounds
from tests.api.http.served import served

ASK = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n"
HALF = b"GET / HTTP/1.1\r\nhost: x\r\nx-more: "
LONG = 8_000_000


async def hello(_):
    return PlainTextResponse("ok")


async def slow(_):
    await asyncio.sleep(0.6)
    return PlainTextResponse("done")


async def long(_):
    return Response(b"x" * LONG)


app = Starlette(routes=[Route("/", hello), Route("/slow", slow), Route("/long", long)])


@pytest.fixture
async def opened():
    """Open connections, send something on each, and close them in the end."""
    writers = []

    async def one(port, sent=b""):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writers.append(writer)
        writer.write(sent)
        await writer.drain()
        return reader, writer

    yield one
    for writer in writers:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


async def rest(reader):
    """All that comes until the other side closes; the test ends if it never does."""
    async with asyncio.timeout(20):
        try:
            return await reader.read()
        except ConnectionError:
            return b""


async def answered(opened, port):
    reader, _ = await opened(port, ASK)
    got = await reader.readuntil(b"ok")
    return got.startswith(b"HTTP/1.1 200")


def told(raw):
    """The status and the error of an answer."""
    return int(raw[9:12]), orjson.loads(raw.partition(b"\r\n\r\n")[2])["error"]


async def test_three_hundred_that_say_nothing_or_half_a_head_are_closed(opened):
    async with served(app, Bounds(0.5, 400)) as port:
        silent = [await opened(port) for _ in range(150)]
        half = [await opened(port, HALF) for _ in range(150)]
        assert await answered(opened, port)
        said = await asyncio.gather(*(rest(reader) for reader, _ in silent))
        assert set(said) == {b""}
        for raw in await asyncio.gather(*(rest(reader) for reader, _ in half)):
            status, error = told(raw)
            assert status == 408
            assert "0.5 秒" in error["message"]


async def test_a_head_that_drips_is_closed_however_steadily(opened):
    async with served(app, Bounds(0.5, 10)) as port:
        reader, writer = await opened(port, HALF)
        begun = time.monotonic()
        reading = asyncio.create_task(rest(reader))
        while not reading.done():
            assert time.monotonic() - begun < 15
            writer.write(b"x")
            await asyncio.sleep(0.05)
        assert told(await reading)[0] == 408


@pytest.mark.parametrize("after", [b"", HALF, b"\r\n"])
async def test_a_connection_that_was_answered_ends_too(opened, after):
    async with served(app, Bounds(0.5, 10), keep_alive=0.3) as port:
        reader, writer = await opened(port, ASK)
        await reader.readuntil(b"ok")
        writer.write(after)
        raw = await rest(reader)
        assert raw == b"" if after != HALF else told(raw)[0] == 408


async def test_an_answer_that_takes_longer_than_a_head_may_is_not_cut_off(opened):
    async with served(app, Bounds(0.2, 10), keep_alive=0.2) as port:
        reader, _ = await opened(port, ASK.replace(b"/ ", b"/slow "))
        assert (await rest(reader)).endswith(b"done")


async def test_the_idle_make_room_for_those_who_ask(opened):
    async with served(app, Bounds(30, 5)) as port:
        silent = [await opened(port) for _ in range(20)]
        for _ in range(10):
            assert await answered(opened, port)
        closed = [await rest(reader) for reader, _ in silent[:15]]
        assert set(closed) == {b""}


async def test_when_all_are_at_work_another_is_told_so(opened):
    async with served(app, Bounds(30, 3)) as port:
        working = [await opened(port, ASK.replace(b"/ ", b"/slow ")) for _ in range(3)]
        await asyncio.sleep(0.2)
        reader, _ = await opened(port, ASK)
        status, error = told(await rest(reader))
        assert (status, error["code"]) == (503, "BUSY")
        assert "3" in error["message"]
        for one, _ in working:
            assert b"done" in await one.readuntil(b"done")


async def test_a_head_without_end_is_refused(opened):
    async with served(app, Bounds(30, 3)) as port:
        reader, writer = await opened(port, HALF)
        writer.write(b"x" * (LONGEST_HEAD + 10))
        assert told(await rest(reader))[0] == 431


async def test_what_is_no_http_is_refused_in_json(opened):
    async with served(app, Bounds(30, 3)) as port:
        reader, _ = await opened(port, b"\x16\x03\x01 hello\r\n\r\n")
        status, error = told(await rest(reader))
        assert (status, error["code"]) == (400, "BAD_USER_INPUT")


async def test_pipelined_requests_are_answered_one_after_the_other(opened):
    async with served(app, Bounds(0.3, 3), keep_alive=0.3) as port:
        reader, _ = await opened(port, ASK.replace(b"/ ", b"/slow ") + ASK)
        raw = await rest(reader)
        assert re.findall(rb"done|ok", raw) == [b"done", b"ok"]


async def test_a_client_that_takes_no_answer_is_cut_off_and_a_slow_one_is_not(opened, monkeypatch):
    monkeypatch.setattr(connections, "PAUSE", 0.5)
    async with served(app, Bounds(30, 10), keep_alive=0.2) as port:
        ask = ASK.replace(b"/ ", b"/long ")
        reader, _ = await opened(port, ask)
        slow_reader, _ = await opened(port, ask)
        got = 0
        while chunk := await slow_reader.read(200_000):
            got += len(chunk)
            await asyncio.sleep(0.03)
        assert got > LONG
        assert len(await rest(reader)) < LONG
