"""`zhenlian analyse cascade --all`: the ESRI of every organisation, in a batch whose result is stored."""

import asyncio
import logging
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from api import logs
from api.cli.errors import Exit
from api.cli.opening import opened
from api.http.process import run
from api.settings import Settings
from graph.deadline import Deadline, within
from graph.edits.runs import store_run
from graph.errors import BadInput
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.taking import take_snapshot
from graph.store.store import Store
from queries.cascade import batch as batches
from queries.cascade.batch import Batch, Parts, Told
from queries.cascade.cascade import asked_eps
from queries.cascade.esri import Closures
from queries.cascade.ranking import closed, columns_of, run_of
from queries.cascade.readiness import Ready, readiness
from queries.linkage.leontief import nothing_measured

TOP = 10


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked of a batch, and how it is to be run."""

    as_of: int | None
    eps: float
    threads: int | None
    dask: str | None
    work: Path


def cascade(settings: Settings, job: Job) -> None:
    """Compute, keep, and print the greatest; a run that was stopped goes on where it was."""
    logs.configure(logging.WARNING)
    asked_eps(job.eps)
    if job.threads is not None and job.threads < 1:
        raise BadInput(f"--threads：应不小于 1，所给为 {job.threads}", "threads")
    if run(_work(settings, job)) is None:
        typer.echo("已中断：再运行一次即从中断处继续。", err=True)
        raise typer.Exit(Exit.INTERRUPTED)


async def _work(settings: Settings, job: Job) -> bool:
    started = datetime.now(UTC)
    async with opened(settings) as store:
        snapshot = await take_snapshot(store)
        year = job.as_of or snapshot.newest_year or started.year
        ready = readiness(snapshot, as_of=year)
        if not ready.trading.any():
            raise BadInput(nothing_measured(year), "asOf")
        batch = batches.batch(ready.net, closed(ready), eps=job.eps)
        parts = Parts(batch, job.work)
        with within(Deadline(float("inf"))) as deadline:
            try:
                found = await asyncio.to_thread(_computed, batch, parts, job)
            finally:
                deadline.give_up()
        await _keep(store, snapshot, ready, batch, found, year, started)
        await asyncio.to_thread(parts.discard)
    _tell(snapshot, ready, batch, found, year)
    return True


async def _keep(  # noqa: PLR0913, PLR0917 - what a run says of itself
    store: Store,
    snapshot: Snapshot,
    ready: Ready,
    batch: Batch,
    found: Closures,
    year: int,
    started: datetime,
) -> None:
    finished = datetime.now(UTC)
    made = run_of(snapshot, ready, as_of=year, eps=batch.eps, started=started, finished=finished)
    await store_run(store, made, columns_of(snapshot, batch.closed, found))


def _computed(batch: Batch, parts: Parts, job: Job) -> Closures:
    with _progress(len(batch.closed)) as told:
        if job.dask is None:
            return batches.profile(batch, parts, threads=job.threads, told=told)
        cluster = _cluster()
        with cluster.connect(job.dask) as client:
            return cluster.profile_on(client, batch, parts, told=told)


def _cluster() -> Any:
    try:
        return import_module("queries.cascade.cluster")
    except ModuleNotFoundError as error:
        raise BadInput("--dask 需要附加组件 cluster：uv sync --extra cluster", "dask") from error


@contextmanager
def _progress(count: int) -> Generator[Told | None]:
    """Draw a bar on a terminal; elsewhere say nothing."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = "连锁停产", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=count)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _tell(snapshot: Snapshot, ready: Ready, batch: Batch, found: Closures, year: int) -> None:
    """Print the greatest."""
    first = snapshot.nodes["Organisation"].first
    typer.echo(f"{year} 年 {len(batch.closed)} 个主体，各自单独停产（eps={batch.eps:g}）；前 {TOP} 名：")
    for rank, place in enumerate((-found.esri).argsort(kind="stable")[:TOP].tolist(), 1):
        row = int(batch.closed[place]) + first
        esri = float(found.esri[place])
        lost = f"{esri:8.4%}  {esri * ready.total / 1e8:10.2f} 亿元/年"
        typer.echo(f"{rank:2}  {lost}  {snapshot.name_of(row)}  {snapshot.id_of(row)}")
