"""Other sites' names, pages and half-sent bodies are refused; our own are not."""

import asyncio

import orjson
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from api.http import graphql, neighbours
from api.http.graphql import GraphQLView
from api.http.neighbours import Hosts, from_elsewhere
from api.settings import Settings
from schema import schema


async def ask(app, path="/", *, method="GET", parts=(b"",), **headers):
    """Send a request whose body stands still after its parts; return the status and the body."""
    waiting, sent = [*parts], []

    async def receive():
        if not waiting:
            await asyncio.sleep(60)
        return {"type": "http.request", "body": waiting.pop(0), "more_body": method == "POST"}

    async def send(message):
        sent.append(message)

    given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": given}
    await app(scope | {"client": ("127.0.0.1", 1), "server": ("x", 80), "scheme": "http"}, receive, send)
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent)


async def hello(_):
    return PlainTextResponse("ok")


@pytest.mark.parametrize(
    ("host", "hosts", "status"),
    [
        ("127.0.0.1:8000", "", 200),
        ("[::1]:8000", "", 200),
        ("192.168.1.7", "", 200),
        ("LOCALHOST", "", 200),
        ("evil.example", "", 421),
        ("localhost.evil.example:8000", "", 421),
        ("127.0.0.1.evil.example", "", 421),
        ("[nothing", "", 421),
        ("zhenlian.example:443", "zhenlian.example, other.example", 200),
        ("evil.example", "zhenlian.example", 421),
        ("evil.example", "*", 200),
    ],
)
async def test_only_addresses_and_our_own_names_are_answered(host, hosts, status):
    app = Hosts(Starlette(routes=[Route("/", hello)]), Settings(hosts=hosts).names)
    got, body = await ask(app, host=host)
    assert got == status
    assert (b"ZHENLIAN_HOSTS" in body) == (status == 421)


@pytest.mark.parametrize(
    ("headers", "elsewhere"),
    [
        ({}, False),
        ({"sec-fetch-site": "same-origin"}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"sec-fetch-site": "cross-site"}, True),
        ({"sec-fetch-site": "same-site"}, True),
        ({"origin": "http://127.0.0.1:8000"}, False),
        ({"origin": "http://127.0.0.1:9000"}, True),
        ({"origin": "https://evil.example"}, True),
        ({"origin": "null"}, True),
        ({"origin": "http://127.0.0.1:8000", "sec-fetch-site": "cross-site"}, True),
    ],
)
def test_pages_of_other_sites_are_told_from_ours(headers, elsewhere):
    given = {"host": "127.0.0.1:8000"} | headers
    scope = {"type": "http", "headers": [(k.encode(), v.encode()) for k, v in given.items()]}
    assert from_elsewhere(Request(scope)) is elsewhere


async def test_a_body_that_stands_still_is_refused(monkeypatch):
    monkeypatch.setattr(neighbours, "PAUSE", 0.05)
    view = GraphQLView(schema, lambda _: None)
    status, body = await ask(view, method="POST", parts=(b'{"query": ',), content_type="application/json")
    assert status == 408
    assert "未在" in orjson.loads(body)["errors"][0]["message"]


async def test_a_body_that_drips_is_refused(monkeypatch):
    monkeypatch.setattr(graphql, "BODY_SECONDS", 0.05)
    view = GraphQLView(schema, lambda _: None)
    status, _ = await ask(view, method="POST", parts=(b"{", b'"'), content_type="application/json")
    assert status == 408
