"""The processes that answer, and those that ask when they are ordered to; npm installs the peers."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from benchmarks.answers import served
from benchmarks.peers.asking import Found, Order

ROOT = Path(__file__).parents[2]
PLACE = ROOT / ".bench" / "peers"
"""Where npm installs the peers, once for each list of versions."""
PATIENCE = 60


class Worker:
    """A process that asks."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.pid = process.pid

    def ask(self, order: Order) -> Found:
        """Give an order and wait for what it found."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asdict(order)) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the asking process ended"
        return Found(**json.loads(line))


@contextmanager
def worker(*url: str) -> Generator[Worker]:
    """Run a process that asks: over HTTP, or through the driver when there is a URL."""
    with _process([sys.executable, "-m", "benchmarks.peers.asking", *url], ROOT) as process:
        yield Worker(process)


@contextmanager
def node(kind: str, url: str) -> Generator[tuple[int, int]]:
    """Run a server of Node.js, as in production; give its port and process id."""
    parts = urlsplit(url)
    settings = {
        "NODE_ENV": "production",
        "NEO4J": f"{parts.scheme}://{parts.hostname}:{parts.port}",
        "NEO4J_USER": parts.username or "",
        "NEO4J_PASSWORD": parts.password or "",
        "NEO4J_DATABASE": parts.path[1:] or "neo4j",
    }
    with _process(["node", "server.mjs", kind], PLACE, **settings) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, f"the server {kind} ended: {process.wait()}"
        yield int(line), process.pid


@asynccontextmanager
async def service(url: str, folder: Path) -> AsyncGenerator[tuple[HTTPConnection, int]]:
    """Run the service with a snapshot of its own; give a connection and its process id."""
    before = {child.pid for child in psutil.Process().children()}
    async with served(url, ZHENLIAN_BUNDLES=str(folder)) as connection:
        (made,) = [child for child in psutil.Process().children() if child.pid not in before]
        yield connection, made.pid


async def installed() -> bool:
    """Let npm install the peers, unless they are there already; tell whether this machine can."""
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    source = Path(__file__).parent
    PLACE.mkdir(parents=True, exist_ok=True)
    shutil.copy(source / "server.mjs", PLACE)
    wanted = (source / "package.json").read_bytes()
    done = PLACE / "installed.json"
    if not done.exists() or done.read_bytes() != wanted:
        shutil.copy(source / "package.json", PLACE)
        command = ("npm", "install", "--silent", "--no-audit", "--no-fund", "--no-package-lock")
        process = await asyncio.create_subprocess_exec(*command, cwd=PLACE)
        assert await process.wait() == 0, "npm could not install the peers"
        done.write_bytes(wanted)
    return True


@contextmanager
def _process(command: list[str], place: Path, **settings: str) -> Generator[subprocess.Popen[str]]:
    with subprocess.Popen(  # noqa: S603 - our own commands
        command,
        cwd=place,
        env=os.environ | settings,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait(PATIENCE)
