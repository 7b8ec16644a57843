"""A running analysis stops when its deadline passes, and when its client leaves."""

import asyncio
import time

import orjson
import pytest

from api.http.app import create_app
from api.settings import Settings
from graph.deadline import Deadline, checkpoint, within
from graph.errors import TooSlow
from queries.linkage import leontief
from schema import schema
from schema.language.context import Context

LINKAGES = "{ linkages(aggregation: ORGANISATION, first: 1, asOf: 2024) { count } }"


class Endless:
    """Stands in the way of the accounts: an analysis that ends only at a checkpoint."""

    def __init__(self):
        self.stopped = None

    def __call__(self, *_, **__):
        started = time.monotonic()
        try:
            while time.monotonic() - started < 20:
                checkpoint()
                time.sleep(0.005)
        except TooSlow as error:
            self.stopped = str(error)
            raise


@pytest.fixture
def endless(monkeypatch):
    made = Endless()
    monkeypatch.setattr(leontief, "accounts", made)
    return made


async def test_a_deadline_ends_an_analysis(service, endless):
    context = Context(service.store, service.keeper, patience=0.1)
    result = await schema.execute(LINKAGES, context_value=context)
    (error,) = result.errors
    assert error.extensions["code"] == "TIMEOUT"
    assert "0.1 秒" in error.message
    assert endless.stopped


async def test_the_analyses_of_a_request_share_its_time(service, endless):
    context = Context(service.store, service.keeper, patience=10)
    context._begun -= 11
    (error,) = (await schema.execute(LINKAGES, context_value=context)).errors
    assert error.extensions["code"] == "TIMEOUT"
    assert endless.stopped


async def test_a_client_that_leaves_ends_its_analysis(service, endless):
    app = create_app(service.store, service.keeper, Settings())
    body = orjson.dumps({"query": LINKAGES})
    asked, sent = asyncio.Event(), []

    async def receive():
        if not asked.is_set():
            asked.set()
            return {"type": "http.request", "body": body, "more_body": False}
        await asyncio.sleep(0.2)
        return {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json")],
        "http_version": "1.1",
        "scheme": "http",
        "root_path": "",
        "server": ("test", 80),
        "client": ("test", 1),
    }
    started = time.monotonic()
    await app(scope, receive, send)
    while endless.stopped is None and time.monotonic() - started < 10:  # noqa: ASYNC110 - it is a thread that ends
        await asyncio.sleep(0.01)
    assert endless.stopped == "提问者已离开，分析已停止"
    assert sent == []


def test_a_deadline_is_of_its_context():
    checkpoint()
    deadline = Deadline(60)
    with within(deadline):
        checkpoint()
        deadline.give_up()
        with pytest.raises(TooSlow, match="已离开"):
            checkpoint()
    checkpoint()
    with within(Deadline(-1)), pytest.raises(TooSlow, match="秒"):
        checkpoint()
