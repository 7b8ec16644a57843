"""Measure the start: seconds from `zhenlian demo` to its first answer, on an empty folder and again."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from time import perf_counter
from urllib.parse import urlsplit

from benchmarks.tables import Measure, Report, Target

ROOT = Path(__file__).parents[1]
SIZES = {"small": 3, "full": 5}
QUESTION = "{ towns(first: 3) { nodes { id name } } }"
TARGET = Target("measured", "≤", 6)
PATIENCE = 60
JSON = {"content-type": "application/json"}


def ask(connection: HTTPConnection, query: str, **variables: object) -> dict[str, object]:
    """Ask one question over a connection that stays open."""
    body = json.dumps({"query": query, "variables": variables})
    connection.request("POST", "/graphql", body, JSON)
    answer = json.loads(connection.getresponse().read())
    assert "errors" not in answer, answer["errors"]
    return answer["data"]


@contextmanager
def service(*arguments: str, **settings: str) -> Generator[HTTPConnection]:
    """Run the command line in a process of its own and connect once it says where it answers."""
    with subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "api.cli.main", *arguments, "--port", "0"],
        cwd=ROOT,
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as process:
        try:
            assert process.stdout is not None
            line = next((line for line in process.stdout if "http://" in line), None)
            assert line, f"the service ended: {process.wait()}"
            address = urlsplit(line[line.index("http://") :].partition("（")[0])
            connection = HTTPConnection(address.hostname or "", address.port, timeout=PATIENCE)
            yield connection
            connection.close()
        finally:
            process.terminate()
            process.communicate(timeout=PATIENCE)


def seconds(folder: Path) -> float:
    """Start the demo once and ask one question."""
    begin = perf_counter()
    place = str(folder)
    with service("demo", XDG_DATA_HOME=place, **_home(place), PYTHONUTF8="1") as connection:
        assert ask(connection, QUESTION)["towns"]
        return perf_counter() - begin


def _home(place: str) -> dict[str, str]:
    """Where macOS keeps a user's data; there is no such variable on Windows."""
    return {"HOME": place} if sys.platform == "darwin" else {}


def run(size: str) -> Report:
    """Start once on an empty folder, then again and again."""
    assert sys.platform != "win32", "the demo's data folder can't be moved on Windows"
    with tempfile.TemporaryDirectory() as folder:
        first = seconds(Path(folder))
        later = [seconds(Path(folder)) for _ in range(SIZES[size])]
    note = f"seconds from the command to the first GraphQL answer; later starts: median of {len(later)}"
    return Report(
        "start",
        note,
        [
            Measure("first start: database made, demo data loaded", "s", first),
            Measure("later start, median", "s", median(later), target=TARGET),
            Measure("later start, best", "s", min(later)),
            Measure("later start, worst", "s", max(later)),
        ],
    )
