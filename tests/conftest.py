"""The stores that tests run on: the embedded one, and the Neo4j that `ZHENLIAN_TEST_NEO4J` names."""

import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString
from urllib.parse import urlsplit

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from graph.edits.upsert import declare
from graph.store.embedded import embedded_server
from graph.store.store import BoltStore, Statement, Store

STORES = ("embedded", "neo4j")
WIPES: tuple[LiteralString, ...] = (
    "MATCH ()-[r]->() WITH r LIMIT 20000 DELETE r RETURN {gone: count(*)} AS wiped",
    "MATCH (n) WITH n LIMIT 5000 DETACH DELETE n RETURN {gone: count(*)} AS wiped",
)


@dataclass(frozen=True, slots=True)
class Address:
    """How to reach a store from another process."""

    url: str
    user: str
    password: str
    database: str


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--need",
        action="append",
        default=[],
        choices=["neo4j", "node"],
        help="fail, rather than skip, when this is missing",
    )


class ByStore(LoadScopeScheduling):
    """Shares tests out to processes (`-n 2`): all that use one store go to one, else those of one file."""

    def _split_scope(self, nodeid: str) -> str:
        path, _, test = nodeid.partition("::")
        params = test.partition("[")[2].removesuffix("]").split("-")
        return next((store for store in STORES if store in params), path)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByStore:
    return ByStore(config, log)


@pytest.fixture(scope="session", params=STORES)
async def address(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Address]:
    """A store that answers, once for each backend."""
    if request.param == "embedded":
        async with embedded_server(tmp_path_factory.mktemp("store")) as server:
            yield Address(server.url, server.user, server.password, "zhenlian")
        return
    given = os.environ.get("ZHENLIAN_TEST_NEO4J")
    if not given and "neo4j" in request.config.getoption("--need"):
        pytest.fail("ZHENLIAN_TEST_NEO4J is not set: bolt://user:password@host:port")
    if not given:
        pytest.skip("ZHENLIAN_TEST_NEO4J is not set")
    parts = urlsplit(given)
    yield Address(
        f"{parts.scheme}://{parts.hostname}:{parts.port}",
        parts.username or "neo4j",
        parts.password or "",
        parts.path[1:] or "neo4j",
    )


@pytest.fixture(scope="session")
async def store(address: Address) -> AsyncIterator[Store]:
    """A store whose content is anybody's: tests that need an empty one take `empty_store`."""
    async with BoltStore.open(address.url, address.user, address.password, address.database) as opened:
        yield opened


@pytest.fixture
async def empty_store(store: Store) -> Store:
    """A store that holds nothing but the constraints of the vocabulary."""
    for wipe in WIPES:
        while (await store.write(Statement(wipe)))[0]["gone"]:
            pass
    await declare(store)
    return store


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Mount a small disk: `disk("size=48m")`; once more, with other options, it is mounted anew as it is."""
    if os.geteuid() or not shutil.which("mount"):
        pytest.skip("only root can mount a small disk")
    place = tmp_path / "disk"

    def mounted(options: str) -> Path:
        again = ["remount,"] if place.exists() else []
        place.mkdir(exist_ok=True)
        command = ["mount", "-t", "tmpfs", "-o", "".join([*again, options]), "tmpfs", str(place)]
        subprocess.run(command, check=True)  # noqa: S603 - our own command
        return place

    yield mounted
    if place.exists():
        subprocess.run(["umount", "-l", place], check=True)  # noqa: S603, S607
