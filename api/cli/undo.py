"""`zhenlian undo ID` and `zhenlian remove --synthetic`: what was loaded is taken back."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any

import typer

from api import logs
from api.cli.errors import Exit
from api.cli.opening import opened
from api.http.process import run
from api.settings import Settings
from graph.edits.invented import remove_synthetic
from graph.edits.undo import undo as undo_one
from graph.kinds import NODE_OF, RELATION_OF
from graph.store.store import Store


def undo(settings: Settings, owner: str) -> None:
    """Undo one load or ruling, and say what that did."""
    for line in _done(settings, lambda store: undo_one(store, owner)).lines():
        typer.echo(line)


def remove(settings: Settings) -> None:
    """Remove what is invented, and say how much that was."""
    gone = _done(settings, remove_synthetic)
    for label, count in sorted(gone.items()):
        typer.echo(f"{(NODE_OF | RELATION_OF)[label].words}（{label}）：删除 {count:,}")
    typer.echo(f"虚构样例共删除 {sum(gone.values()):,} 个")


def _done[T](settings: Settings, change: Callable[[Store], Coroutine[Any, Any, T]]) -> T:
    logs.configure(logging.WARNING)

    async def work() -> T:
        async with opened(settings) as store:
            return await change(store)

    found = run(work())
    if found is None:
        typer.echo("已中断：再运行一次即可完成。", err=True)
        raise typer.Exit(Exit.INTERRUPTED)
    return found
