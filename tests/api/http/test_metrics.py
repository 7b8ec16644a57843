"""What is counted, and who may read it."""

import asyncio
import threading
from datetime import UTC, datetime
from types import SimpleNamespace

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.routing import Route

from api.http.metrics import Metrics
from api.http.refusals import refused
from api.logs import RequestLog
from api.settings import Settings
from graph.deadline import Deadline
from graph.errors import Busy
from queries.running import Pool


def keeper(**more):
    given = {"versions": None, "seen_at": None, "behind_since": None, "current": None}
    return SimpleNamespace(**(given | more))


def service(*, held=None, pool=None, **settings):
    metrics = Metrics(Settings(**settings), held or keeper(), pool or Pool(1, 1))

    async def busy(_):
        return refused(503, "BUSY", "正忙")

    routes = [Route("/metrics", metrics.answer), Route("/lists/{name}", busy)]
    return RequestLog(Starlette(routes=routes), metrics.seen)


async def get(app, path="/metrics", client="127.0.0.1", **headers):
    transport = httpx.ASGITransport(app, client=(client, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as opened:
        return await opened.get(path, headers=headers)


async def values(app):
    """Every sample, by its name and labels but the worker's."""
    text = (await get(app)).text
    return {
        (sample.name, *(v for k, v in sample.labels.items() if k != "worker")): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.mark.parametrize(
    ("client", "headers", "settings", "status"),
    [
        ("127.0.0.1", {}, {}, 200),
        ("192.168.1.9", {}, {}, 403),
        ("127.0.0.1", {"x-forwarded-for": "1.2.3.4"}, {}, 403),
        ("192.168.1.9", {}, {"metrics": True}, 200),
    ],
)
async def test_other_machines_read_them_only_when_allowed(client, headers, settings, status):
    assert (await get(service(**settings), client=client, **headers)).status_code == status


async def test_requests_and_errors_are_counted_by_path_status_and_code():
    app = service()
    for path in ("/lists/a", "/lists/b", "/unheard-of", "/listsx"):
        await get(app, path)
    found = await values(app)
    assert found["zhenlian_requests_total", "/lists", "503"] == 2
    assert found["zhenlian_requests_total", "other", "404"] == 2
    assert found["zhenlian_errors_total", "BUSY"] == 2
    assert found["zhenlian_request_seconds_count", "/lists"] == 2
    assert found["process_resident_memory_bytes",] > 1e7


async def test_the_pool_says_what_runs_waits_and_was_refused():
    pool, go = Pool(1, 1), threading.Event()
    asked = [asyncio.create_task(pool.run(Deadline(60), go.wait)) for _ in range(3)]
    done, waiting = await asyncio.wait(asked, return_when=asyncio.FIRST_COMPLETED)
    found = await values(service(pool=pool))
    go.set()
    await asyncio.gather(*waiting)
    assert [type(one.exception()) for one in done] == [Busy]
    names = ("zhenlian_pool_running", "zhenlian_pool_waiting", "zhenlian_pool_refused_total")
    assert [found[name,] for name in names] == [1, 1, 1]
    assert (await values(service(pool=pool)))["zhenlian_pool_running",] == 0


async def test_versions_lag_and_snapshot_are_told():
    before = await values(service())
    assert ("zhenlian_store_version",) not in before
    assert before["zhenlian_snapshot_lag_seconds",] == 0
    shown = SimpleNamespace(id="3-7-abc", version=3, taken_at=datetime(2020, 1, 1, tzinfo=UTC), nbytes=99)
    snapshot = type("Held", (), vars(shown) | {"__len__": lambda _: 5})()
    held = keeper(versions=SimpleNamespace(version=4), seen_at=0.0, behind_since=1.0, current=snapshot)
    found = await values(service(held=held))
    assert found["zhenlian_store_version",] == 4
    assert found["zhenlian_snapshot_version",] == 3
    assert found["zhenlian_snapshot_info", "3-7-abc"] == 1
    assert found["zhenlian_snapshot_nodes",] == 5
    assert found["zhenlian_snapshot_lag_seconds",] > 0
    assert found["zhenlian_snapshot_age_seconds",] > 1e8
    assert found["zhenlian_store_silent_seconds",] > found["zhenlian_snapshot_lag_seconds",]
