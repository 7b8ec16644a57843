"""`zhenlian check --store …`: whether a store holds what it held when its state was first read."""

import logging

import typer

from api import logs
from api.cli.errors import Exit
from api.cli.opening import opened
from api.http.process import run
from api.settings import Settings
from graph.snapshot.taking import take_snapshot
from graph.snapshot.tally import audited, tally


def audit(settings: Settings, *, accept: bool) -> None:
    """Read the whole store, and say what differs from what was kept; exit 1 when something does."""
    logs.configure(logging.WARNING)

    async def work() -> tuple[list[str], int]:
        async with opened(settings) as store:
            snapshot = await take_snapshot(store)
            rows = sum(int(count) for count, _ in tally(snapshot).values())
            return await audited(store, snapshot, accept=accept), rows

    done = run(work())
    if done is None:
        typer.echo("已中断：没有核对完。", err=True)
        raise typer.Exit(Exit.INTERRUPTED)
    found, rows = done
    for line in found:
        typer.echo(line, err=True)
    if found:
        advice = "请用备份恢复；若由其他程序有意改动，运行 zhenlian check --accept 以现有内容为准"
        typer.echo(f"库与记下的不同：{advice}", err=True)
        raise typer.Exit(Exit.DATA)
    typer.echo(f"库完整：{rows:,} 行与记下的一致" if not accept else f"已记下：{rows:,} 行")
