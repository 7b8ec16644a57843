"""What a request must look like: in process, over a schema of four fields."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from typing import Any

import httpx
import orjson
import pytest
import strawberry
from starlette.applications import Starlette
from starlette.routing import Route

from api.http.graphql import GRAPHQL_RESPONSE, LONGEST_BODY, GraphQLView
from graph.errors import StoreUnavailable

MODERN = {"accept": GRAPHQL_RESPONSE}
JSON = {"content-type": "application/json"}


@strawberry.type
class Query:
    @strawberry.field
    def name(self) -> str:
        return "定襄法兰"

    @strawberry.field
    def echo(self, text: str) -> str:
        return text

    @strawberry.field
    def lost(self) -> str | None:
        raise StoreUnavailable("数据库没有答复")

    @strawberry.field
    async def slow(self) -> str:
        await asyncio.sleep(5)
        return ""


@strawberry.type
class Mutation:
    @strawberry.mutation
    def touch(self) -> bool:
        return True


class Broken(GraphQLView[None]):
    async def execute_operation(self, *_: Any, **__: Any) -> Any:
        raise RuntimeError("secret")


schema = strawberry.Schema(Query, Mutation)
app = Starlette(
    routes=[
        Route("/graphql", GraphQLView(schema, lambda _: None)),
        Route("/broken", Broken(schema, lambda _: None)),
    ]
)


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as opened:
        yield opened


async def post(client: httpx.AsyncClient, content: Any, **headers: str) -> httpx.Response:
    return await client.post("/graphql", content=content, headers=JSON | headers)


def assert_refused(response: httpx.Response, status: int, message: str = "") -> None:
    assert response.status_code == status
    body = response.json()
    assert list(body) == ["errors"]
    assert body["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT"}
    assert message in body["errors"][0]["message"]


@pytest.mark.parametrize(
    "kind", ["application/json", "Application/JSON; charset=UTF-8", 'application/json;charset="utf-8"']
)
async def test_a_query_is_answered_in_utf_8(client: httpx.AsyncClient, kind: str):
    response = await client.post("/graphql", content=b'{"query": "{ name }"}', headers={"content-type": kind})
    assert (response.status_code, response.json()) == (200, {"data": {"name": "定襄法兰"}})
    assert "定襄".encode() in response.content


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "不是 JSON"),
        (b"{", "不是 JSON：第 1 行第 2 列读不下去"),
        (b"null", "应为 JSON 对象"),
        (b"1", "应为 JSON 对象"),
        (b'"x"', "应为 JSON 对象"),
        (b"[]", "多个请求"),
        (b'[{"query": "{ name }"}]', "多个请求"),
        (b"[" * 100_000 + b"]" * 100_000, "不是 JSON"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "不是 JSON"),
        (b'{"query": "\xff"}', "不是 JSON"),
        (b'{"query": "\\ud800"}', "不是 JSON"),
        (b"{}", "缺少 query"),
        (b'{"query": null}', "缺少 query"),
        (b'{"query": 1}', "query 应为字符串"),
        (b'{"query": "{ name }", "variables": [1]}', "variables 应为对象"),
        (b'{"query": "{ name }", "variables": "x"}', "variables 应为对象"),
        (b'{"query": "{ name }", "operationName": 1}', "operationName 应为字符串"),
        (b'{"query": "{ name }", "extensions": []}', "extensions 应为对象"),
    ],
)
async def test_what_is_no_request_is_refused(client: httpx.AsyncClient, body: bytes, message: str):
    assert_refused(await post(client, body), 400, message)
    modern = await post(client, body, **MODERN)
    assert_refused(modern, 400, message)
    assert modern.headers["content-type"] == f"{GRAPHQL_RESPONSE}; charset=utf-8"


@pytest.mark.parametrize("query", ["", "{", "{" * 50_000, '{ echo(text: "\\ud800") }', "# nothing"])
async def test_a_document_that_can_not_run_is_never_a_fault_of_ours(client: httpx.AsyncClient, query: str):
    response = await post(client, orjson.dumps({"query": query}), **MODERN)
    assert response.status_code == 400
    assert "data" not in response.json()


async def test_deep_variables_are_an_error_of_the_request(client: httpx.AsyncClient):
    deep = "[" * 500 + "]" * 500
    body = f'{{"query": "query($t: String!) {{ echo(text: $t) }}", "variables": {{"t": {deep}}}}}'
    response = await post(client, body, **MODERN)
    assert response.status_code == 400


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/jsonfoo",
        "application/json; charset=gbk",
        "",
        "multipart/form-data; boundary=x",
    ],
)
async def test_another_media_type_is_refused(client: httpx.AsyncClient, kind: str):
    response = await client.post("/graphql", content=b'{"query": "{ name }"}', headers={"content-type": kind})
    assert_refused(response, 415)


async def test_a_long_body_is_refused_with_or_without_its_length(client: httpx.AsyncClient):
    async def chunks(length: int) -> AsyncIterator[bytes]:
        yield b'{"query": "{ name }", "variables": {"x": "'
        for _ in range(length // 1000):
            yield b"x" * 1000
        yield b'"}}'

    assert (await post(client, chunks(LONGEST_BODY - 1000))).status_code == 200
    assert_refused(await post(client, chunks(LONGEST_BODY + 1000)), 413)
    assert_refused(await post(client, b" " * (LONGEST_BODY + 1)), 413)


async def test_a_long_body_is_not_read_to_its_end():
    sent, answers = 0, []

    async def receive() -> dict[str, Any]:
        nonlocal sent
        sent += 1
        return {"type": "http.request", "body": b" " * 100_000, "more_body": True}

    async def send(message: Any) -> None:
        answers.append(message)

    await app(
        {"type": "http", "method": "POST", "path": "/graphql", "headers": [], "query_string": b""},
        receive,
        send,
    )
    assert answers[0]["status"] == 413
    assert sent == 11


async def test_a_client_that_goes_away_is_one_debug_line(caplog: pytest.LogCaptureFixture):
    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(_: Any) -> None:
        raise AssertionError("nobody is there")

    with caplog.at_level(logging.DEBUG):
        await app(
            {"type": "http", "method": "POST", "path": "/graphql", "headers": [], "query_string": b""},
            receive,
            send,
        )
    assert [(r.name, r.levelname) for r in caplog.records if r.name.startswith("api")] == [
        ("api.http.graphql", "DEBUG")
    ]
    assert not any(r.levelno > logging.DEBUG for r in caplog.records)


async def test_get_answers_queries_only(client: httpx.AsyncClient):
    asked = {"query": "query($t: String!) { echo(text: $t) }", "variables": json.dumps({"t": "镇"})}
    assert (await client.get("/graphql", params=asked)).json() == {"data": {"echo": "镇"}}
    mutation = await client.get("/graphql", params={"query": "mutation { touch }"})
    assert_refused(mutation, 405, "GET 只能查询")
    assert mutation.headers["allow"] == "POST"
    assert_refused(await client.get("/graphql"), 400, "缺少 query")
    assert_refused(await client.get("/graphql", headers={"accept": "text/html"}), 400, "缺少 query")
    assert_refused(
        await client.get("/graphql", params={"query": "{ name }", "variables": "{"}),
        400,
        "variables 不是 JSON",
    )
    assert_refused(
        await client.get("/graphql", params={"query": "{ name }", "variables": "1"}),
        400,
        "variables 应为对象",
    )


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"])
async def test_other_methods_are_refused(client: httpx.AsyncClient, method: str):
    response = await client.request(method, "/graphql")
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, POST"


async def test_an_operation_that_is_not_there_is_said_in_chinese(client: httpx.AsyncClient):
    asked = {"query": "query A { name }", "operationName": "B"}
    assert_refused(await post(client, orjson.dumps(asked)), 400, "文档中没有名为“B”的操作")
    asked = {"query": "fragment F on Query { name }"}
    assert_refused(await post(client, orjson.dumps(asked)), 400, "文档中没有可执行的操作")


async def test_errors_of_fields_stay_200_and_keep_data(client: httpx.AsyncClient):
    for headers in ({}, MODERN):
        response = await post(client, b'{"query": "{ name lost }"}', **headers)
        assert response.status_code == 200
        assert response.json()["data"] == {"name": "定襄法兰", "lost": None}


async def test_a_refused_document_is_400_for_those_who_know_the_media_type(client: httpx.AsyncClient):
    old, new = [await post(client, b'{"query": "{ nothing }"}', **headers) for headers in ({}, MODERN)]
    assert (old.status_code, new.status_code) == (200, 400)
    assert old.headers["content-type"] == "application/json"
    assert new.headers["content-type"] == f"{GRAPHQL_RESPONSE}; charset=utf-8"
    assert list(old.json()) == list(new.json()) == ["errors"]


async def test_a_fault_of_ours_is_masked_and_logged(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
):
    response = await client.post("/broken", json={"query": "{ name }"})
    error = response.json()["errors"][0]
    assert response.status_code == 500
    assert error["message"] == "内部错误"
    assert error["extensions"]["code"] == "INTERNAL"
    assert error["extensions"]["errorId"] in caplog.text
    assert "secret" not in response.text
