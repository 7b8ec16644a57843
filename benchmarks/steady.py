"""Measure steadiness: the page of a firm, asked a thousand times while another process loads 40,000 rows.

The service runs in a process of its own over an embedded store; the load attaches to the same store. Each
answer must hold the firm and its suppliers; the times lie beside those of a quiet service in the same run.
"""

import os
import subprocess
import sys
import tempfile
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks.loading import tables
from benchmarks.start import JSON, ROOT, ask, service
from benchmarks.tables import Measure, Report, Target

ASKED = 1_000
SIZES = {"small": (3_000, 20_000), "full": (10_000, 62_000)}
NEW_ROWS = 40_000
FIRM = "org:000001"
PAGE = """query($id: ID!) { organisation(id: $id) { id name form foundedOn
  suppliers(first: 50) { totalCount edges { value year node { id name } product { name } source { name } } }
  customers(first: 20) { nodes { id name } } } }"""
TARGET = Target("ratio", "≤", 4)


def run(size: str) -> Report:
    """Ask in quiet, then beside a load that goes on until the last answer."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = f"embedded:{folder / 'store'}"
        for part, counts in (("now", SIZES[size]), ("new", (SIZES[size][0] * 2, NEW_ROWS))):
            (folder / part).mkdir()
            tables(folder / part, *counts)
        settings = {"ZHENLIAN_BUNDLES": str(folder / "bundles"), "PYTHONDONTWRITEBYTECODE": ""}
        _load(folder / "now", store).wait()
        with service("serve", "--store", store, **settings) as connection:
            while not _answered(connection):
                pass
            quiet = _times(connection)
            loading = _load(folder / "new", store)
            beside = _times(connection)
            running = loading.poll() is None
            while loading.poll() is None:
                beside += _times(connection)
    note = f"{len(beside):,} pages of a firm beside a load of {NEW_ROWS:,} rows; baseline: the p50 beside it"
    of_quiet, of_load = (np.percentile(times, [50, 99, 100]).tolist() for times in (quiet, beside))
    return Report(
        "steady",
        note + ("" if running else "; the load ended before the first thousand"),
        [
            Measure("quiet, p50", "ms", of_quiet[0]),
            Measure("quiet, p99; baseline: its p50", "ms", of_quiet[1], of_quiet[0], TARGET),
            Measure("beside the load, p50", "ms", of_load[0]),
            Measure("beside the load, p99; baseline: its p50", "ms", of_load[1], of_load[0], TARGET),
            Measure("beside the load, longest", "ms", of_load[2]),
        ],
    )


def _load(folder: Path, store: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "api.cli.main", "load", str(folder), "--store", store],
        cwd=ROOT,
        env=os.environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _answered(connection: HTTPConnection) -> bool:
    """Whether the service has its first snapshot."""
    connection.request("GET", "/readyz", headers=JSON)
    response = connection.getresponse()
    response.read()
    return response.status == 200  # noqa: PLR2004


def _times(connection: HTTPConnection) -> list[float]:
    """Ask a thousand times; each answer must be whole."""
    found: list[float] = []
    for _ in range(ASKED):
        begin = perf_counter()
        firm = ask(connection, PAGE, id=FIRM)["organisation"]
        found.append((perf_counter() - begin) * 1e3)
        assert isinstance(firm, dict), firm
        assert firm["id"] == FIRM, firm
    return found
