"""Measure the start: seconds from the command to its first answers, with and without a saved snapshot.

The demo starts on an empty folder, then with its bundle taken away (the start reads the store), then with it;
a made-up province of 10,000 organisations likewise, from its bundle. Python keeps its compiled modules in a
folder of the run, as an installed service does.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from urllib.parse import urlsplit

from api.http.keeping import WHOLE
from benchmarks.province import province
from benchmarks.tables import Measure, Report, Target
from graph.snapshot.archive import Archive
from queries.lookup.entries import index_of

ROOT = Path(__file__).parents[1]
SIZES = {"small": 3, "full": 5}
QUESTION = "{ towns(first: 3) { nodes { id name } } }"
SEARCH = '{ search(text: "org", first: 3) { id name } }'
TARGET = Target("measured", "≤", 3)
PROVINCE = 0.1
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


def seconds(folder: Path, *command: str, lists: bool = True, wait: bool = False) -> tuple[float, float]:
    """Start once; tell when it answered from its snapshot, and when a list: from the store, if it reads that.

    `wait` lets it follow the store, so that its bundle is written, before it is stopped.
    """
    begin = perf_counter()
    with service(*(command or ("demo",)), **_environment(folder)) as connection:
        assert ask(connection, SEARCH)["search"]
        searched = perf_counter() - begin
        while lists and not _towns(connection):
            sleep(0.02)
        listed = perf_counter() - begin
        while wait and not any((folder / "zhenlian" / "demo" / "bundles").glob("v*.search")):
            sleep(0.1)
    return searched, listed


def _towns(connection: HTTPConnection) -> object:
    try:
        return ask(connection, QUESTION)["towns"]
    except AssertionError:
        return None


def _environment(folder: Path) -> dict[str, str]:
    place = str(folder)
    return {
        "XDG_DATA_HOME": place,
        "XDG_CACHE_HOME": place,
        **_home(place),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
    }


def _home(place: str) -> dict[str, str]:
    """Where macOS keeps a user's data; there is no such variable on Windows."""
    return {"HOME": place} if sys.platform == "darwin" else {}


def run(size: str) -> Report:
    """Start once on an empty folder, then again and again, by turns without and with the bundle."""
    assert sys.platform != "win32", "the demo's data folder can't be moved on Windows"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first = seconds(folder, wait=True)
        without, saved, large = list[tuple[float, float]](), list[tuple[float, float]](), list[float]()
        made = province(PROVINCE)
        parts = {WHOLE: index_of(made).saved()}
        for _ in range(SIZES[size]):
            Archive(folder / "province" / "bundles").keep(made, parts)  # whose store is empty, and soon seen
            saved.append(seconds(folder))
            large.append(
                seconds(folder, "serve", "--store", f"embedded:{folder / 'province'}", lists=False)[0]
            )
            shutil.rmtree(folder / "zhenlian" / "demo" / "bundles")
            without.append(seconds(folder, wait=True))
    note = f"seconds from the command to the first GraphQL answers; median of {len(saved)} starts each"
    columns = zip(*without, strict=True), zip(*saved, strict=True)
    (read, read_list), (mapped, mapped_list) = ([median(values) for values in column] for column in columns)
    return Report(
        "start",
        note,
        [
            Measure("first start: database made, demo data loaded", "s", first[0]),
            Measure("later start, a search; baseline: bundle taken away", "s", mapped, read, target=TARGET),
            Measure(
                "later start, a list; baseline: bundle taken away", "s", mapped_list, read_list, target=TARGET
            ),
            Measure("10,000 organisations, a search", "s", median(large), target=TARGET),
        ],
    )
