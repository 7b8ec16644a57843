"""Measure loading: rows a second and megabytes, beside a bare loop over the driver that does the same.

Run `python -m benchmarks.loading [--size small|full] [--neo4j bolt://user:password@host:port]`. The bare
loop reads the same tables, reads what is stored, compares, and merges what differs; it checks nothing.
Both run in a process of their own, on an empty store: first all rows new, then again all rows the same.
The Neo4j named is emptied.
"""

import argparse
import asyncio
import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import batched
from pathlib import Path
from time import perf_counter
from typing import LiteralString
from urllib.parse import urlsplit

from graph.edits.upsert import MERGE_NODES, MERGE_RELATIONS, STORED_NODES, STORED_RELATIONS, declare
from graph.store.cypher import compose
from graph.store.embedded import embedded_server
from graph.store.store import BoltStore, Statement, Store
from loaders.load import BATCH, load_folder

SIZES = {"small": (5_000, 30_000), "full": (100_000, 600_000)}
YEARS = range(2021, 2026)
HUBS = 0.01
GIANTS = 10
NUMBERS = {"year": int, "value": float, "share": float}
WIPES: tuple[LiteralString, ...] = (
    "MATCH ()-[r]->() WITH r LIMIT 20000 DELETE r RETURN {gone: count(*)} AS wiped",
    "MATCH (n) WITH n LIMIT 5000 DELETE n RETURN {gone: count(*)} AS wiped",
)
ENDS = {"label": "SUPPLIES", "start": "Organisation", "end": "Organisation"}


def tables(folder: Path, organisations: int, flows: int, years: Sequence[int] = YEARS) -> None:
    """Write a register of firms, and flows of which half go to the few hubs, each in all of the years."""
    chance = random.Random(7)  # noqa: S311 - the same tables every time
    hubs = max(1, int(organisations * HUBS))
    products = [f"product:p{n}" for n in range(50)]
    _write(folder / "Product.csv", "id,name,category", ((p, p, "COMPONENT") for p in products))
    _write(folder / "Source.csv", "id,name,grade", [("source:register", "名录", "B")])
    _write(
        folder / "Organisation.csv",
        "id,name,form,foundedOn,address",
        (
            (
                f"org:{n:06}",
                f"第{n}机械制造有限公司",
                "ENTERPRISE",
                f"20{n % 25:02}-03-0{n % 9 + 1}",
                "定襄县",
            )
            for n in range(organisations)
        ),
    )
    _write(
        folder / "SUPPLIES.csv",
        "from,to,product,year,value,share,source",
        (
            (
                f"org:{pair * 7919 % organisations:06}",
                f"org:{_buyer(pair, organisations, hubs):06}",
                products[(pair + pair // organisations) % len(products)],
                years[n % len(years)],
                chance.randrange(10_000, 10_000_000),
                round(chance.random(), 3),
                "source:register",
            )
            for n in range(flows)
            for pair in (n // len(years),)
        ),
    )


def _buyer(pair: int, organisations: int, hubs: int) -> int:
    """Choose the buyer of a pair: a quarter of the flows go to a few giants, a quarter to the hubs."""
    if pair % 2:
        return pair * 31 % (hubs if pair % 4 == 1 else GIANTS)
    return hubs + pair * 104_729 % (organisations - hubs)


def _write(path: Path, head: str, rows: object) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head.split(","))
        writer.writerows(rows)  # type: ignore[arg-type]


async def bare(store: Store, folder: Path) -> None:
    """Do what the loader does, without a single check."""
    for label in ("Product", "Source", "Organisation"):
        for rows in _batches(folder / f"{label}.csv"):
            ids = [row["id"] for row in rows]
            stored = {r["id"]: r for r in await store.read(compose(STORED_NODES, label=label), ids=ids)}
            written = [
                {"id": row["id"], "values": row} for row in rows if _differs(stored.get(row["id"]), row)
            ]
            if written:
                await store.write(Statement(compose(MERGE_NODES, label=label), {"rows": written}))
    for rows in _batches(folder / "SUPPLIES.csv"):
        keyed = [
            {
                "from": row.pop("from"),
                "to": row.pop("to"),
                "key": f"{row['product']}|{row['year']}|{row['source']}",
                "values": row,
            }
            for row in rows
        ]
        wanted = [{k: row[k] for k in ("from", "to", "key")} for row in keyed]
        found = await store.read(compose(STORED_RELATIONS, **ENDS), rows=wanted)
        stored = {(r["from"], r["to"], r["key"]): r for r in found}
        written = [r for r in keyed if _differs(stored.get((r["from"], r["to"], r["key"])), r["values"])]
        if written:
            await store.write(Statement(compose(MERGE_RELATIONS, **ENDS), {"rows": written}))


def _batches(path: Path):  # noqa: ANN202 - rows of any columns
    with path.open(encoding="utf-8", newline="") as file:
        for rows in batched(csv.DictReader(file), BATCH):
            yield [{k: NUMBERS.get(k, str)(v) for k, v in row.items() if v} for row in rows]


def _differs(stored: dict[str, object] | None, row: dict[str, object]) -> bool:
    return stored is None or any(stored.get(name) != value for name, value in row.items())


async def child(way: str, url: str, folder: Path) -> None:
    """Load twice in this process and print what it took."""
    async with opened(url) as store:
        await declare(store)
        seconds: list[float] = []
        for _ in ("new", "same"):
            start = perf_counter()
            await (load_folder(store, folder) if way == "loader" else bare(store, folder))
            seconds.append(perf_counter() - start)
    print(json.dumps({"new": seconds[0], "same": seconds[1], "peak": peak_megabytes()}))


def peak_megabytes() -> float:
    """Tell the most memory this process held; Linux's `getrusage` would count what its parent held before."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / (1 << 10)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[BoltStore]:
    """Open a store by a URL that names user, password and database."""
    parts = urlsplit(url)
    address = f"{parts.scheme}://{parts.hostname}:{parts.port}"
    async with BoltStore.open(
        address, parts.username or "", parts.password or "", parts.path[1:] or "neo4j"
    ) as store:
        yield store


async def measured(way: str, url: str, folder: Path) -> dict[str, float]:
    """Run one way in a process of its own on an emptied store."""
    async with opened(url) as store:
        for wipe in WIPES:
            while (await store.write(Statement(wipe)))[0]["gone"]:
                pass
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.loading", "--child", way, "--url", url, "--folder", folder),
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])},
    )
    output, _ = await process.communicate()
    assert process.returncode == 0, way
    return json.loads(output)


async def compared(name: str, url: str, folder: Path, rows: int) -> dict[str, float | str]:
    """Hold the loader against the bare loop on one store."""
    plain = await measured("bare", url, folder)
    ours = await measured("loader", url, folder)
    result = {
        "store": name,
        "rows": rows,
        "rows_per_second_new": rows / ours["new"],
        "bare_per_second_new": rows / plain["new"],
        "ratio_new": plain["new"] / ours["new"],
        "rows_per_second_same": rows / ours["same"],
        "bare_per_second_same": rows / plain["same"],
        "ratio_same": plain["same"] / ours["same"],
        "peak_megabytes": ours["peak"],
        "bare_peak_megabytes": plain["peak"],
    }
    print(json.dumps({k: round(v, 2) if isinstance(v, float) else v for k, v in result.items()}))
    return result


async def run(size: str = "small", neo4j: str | None = None) -> list[dict[str, float | str]]:
    """Measure on the embedded store, and on Neo4j when one is named."""
    results: list[dict[str, float | str]] = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "tables"
        folder.mkdir()
        tables(folder, *SIZES[size])
        rows = sum(SIZES[size]) + 51
        async with embedded_server(Path(place) / "store") as server:
            url = f"bolt://{server.user}:{server.password}@{server.url.removeprefix('bolt://')}/zhenlian"
            results.append(await compared("embedded", url, folder, rows))
        if neo4j:
            results.append(await compared("neo4j", neo4j, folder, rows))
    return results


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="small")
    parser.add_argument("--neo4j", default=os.environ.get("ZHENLIAN_TEST_NEO4J"))
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        asyncio.run(child(given.child, given.url, given.folder))
    else:
        asyncio.run(run(given.size, given.neo4j))


if __name__ == "__main__":
    main()
