"""A full disk outside of the store: a person reads which, and what to do. The disks are full in truth."""

import random
import tempfile
from pathlib import Path

import httpx
import pytest
import typer
from starlette.applications import Starlette
from starlette.routing import Route

from api.cli.errors import Exit, plainly
from api.http.exports import Exports
from api.http.failures import FAILURES
from api.http.readiness import Readiness
from api.http.uploads import XLSX, upload_routes
from api.settings import Settings
from graph.errors import StoreUnavailable
from graph.kinds.entities import Region
from graph.kinds.terms import RegionLevel
from graph.snapshot.snapshot import Snapshot
from tests.api.http.passes import PASS, TOKEN

SNAPSHOT = Snapshot.of(
    [Region(id=f"region:{n}", name="县" * 90, level=RegionLevel.COUNTY) for n in range(3000)]
)


class Store:
    """Answers that it is empty, or that it is away."""

    def __init__(self, *, away=False):
        self.away = away

    async def read(self, *_, **__):
        if self.away:
            raise StoreUnavailable("数据库没有答复")
        return [{"version": 1, "writes": 1, "loading": None, "beats": 0, "quiet": 0, "mark": ""}]


@pytest.fixture
def full(disk, monkeypatch):
    """A disk of 200 kB, on which temporary files lie."""
    place = disk("size=200k")
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def service(**settings):
    given = Settings(writable=True, token=TOKEN, **settings)
    readiness = Readiness(
        Store(), type("Keeper", (), {"current": SNAPSHOT, "damage": (), "following": True})(), given
    )
    routes = [
        *upload_routes(Store(), given),
        Route("/export", Exports(given, lambda: SNAPSHOT).answer),
        Route("/readyz", readiness.answer),
        Route("/readyz/writes", readiness.answer),
    ]
    app = Starlette(routes=routes, exception_handlers=dict(FAILURES))
    transport = httpx.ASGITransport(app)
    return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", headers=PASS)


def noise(size):
    return random.Random(1).randbytes(size)  # noqa: S311 - no secret


def assert_told(text, folder):
    assert f"磁盘已满：{folder}" in text
    assert "请腾出空间后重试" in text


async def test_an_upload_says_which_disk_is_full(full):
    async with service() as client:
        sent = await client.post("/load", content=noise(1_000_000), headers={"content-type": XLSX})
    error = sent.json()["error"]
    assert (sent.status_code, error["code"]) == (507, "DISK_FULL")
    assert_told(error["message"], full)
    assert list(full.iterdir()) == [], "nothing is left behind"


async def test_a_download_says_which_disk_is_full(full):
    async with service() as client:
        sent = await client.get("/export")
    error = sent.json()["error"]
    assert (sent.status_code, error["code"]) == (507, "DISK_FULL")
    assert_told(error["message"], full)


@pytest.mark.parametrize("named", [True, False])
def test_a_command_says_which_disk_is_full(full, capsys, named):
    @plainly
    def write(out: Path) -> None:
        out.write_bytes(noise(1_000_000))

    with pytest.raises(typer.Exit) as ended:
        write(out=full / "report.csv") if named else write(full / "report.csv")
    assert ended.value.exit_code == Exit.STORE
    assert_told(capsys.readouterr().err, full)


async def test_readiness_to_write_says_which_disk_is_full(full):
    async with service() as client:
        reading, writing = await client.get("/readyz"), await client.get("/readyz/writes")
    assert (reading.status_code, writing.status_code) == (200, 503)
    assert (writing.json()["reads"], writing.json()["writes"]) == (True, False)
    assert_told("".join(writing.json()["why"]), full)


@pytest.mark.parametrize(
    ("away", "writable", "snapshot", "reads", "writes"),
    [
        (False, True, SNAPSHOT, 200, 200),
        (True, True, SNAPSHOT, 200, 503),
        (False, False, SNAPSHOT, 200, 503),
        (False, True, None, 503, 200),
    ],
)
async def test_readers_and_writers_are_told_apart(away, writable, snapshot, reads, writes):
    keeper = type("Keeper", (), {"current": snapshot, "damage": (), "following": True})()
    answer = Readiness(Store(away=away), keeper, Settings(writable=writable, token=TOKEN)).answer
    routes = [Route("/readyz", answer), Route("/readyz/writes", answer)]
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(Starlette(routes=routes)), base_url="http://x"
    ) as client:
        reading, writing = await client.get("/readyz"), await client.get("/readyz/writes")
    assert (reading.status_code, writing.status_code) == (reads, writes)
    assert reading.json() == writing.json()
    assert bool(reading.json()["why"]) == (writes == 503)
    assert reading.json()["store"] is not away


async def test_an_error_of_ours_is_told_by_an_id_alone():
    async def broken(_):
        raise OSError("secret")

    app = Starlette(routes=[Route("/", broken)], exception_handlers=dict(FAILURES))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x") as client:
        answer = await client.get("/")
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "INTERNAL")
    assert "secret" not in answer.text
