"""`zhenlian demo`: the invented data that come with the program, and what may be asked of them first."""

from pathlib import Path
from typing import Any

import typer

from api.cli.loading import progress
from graph.store.versions import versions
from loaders.load import load_folder

TABLES = Path(__file__).parents[2] / "loaders" / "shanxi" / "tables"
QUESTIONS = (
    (
        '{ town(id: "town:dingxiang-flange") { name leaders(first: 10) { nodes { name } }'
        " figure(metric: MARKET_SHARE, scope: EXPORT)"
        " { value year grade source { name } conflicts { value year source { name } } } } }"
    ),
    '{ search(text: "dxfl", first: 5) { id name kind matched } }',
    (
        '{ organisation(id: "org:tianbao-group")'
        " { name upstream(depth: 3) { nodes { tier organisation { name } } cut { nodes } } } }"
    ),
)


async def with_samples(store: Any) -> None:
    """Load the demo data into a store that is empty."""
    if (await versions(store)).version:
        return
    typer.echo("首次启动，正在装入示例数据……", err=True)
    with progress() as told:
        report = await load_folder(store, TABLES, progress=told)
    if not report.clean:
        typer.echo("\n".join(report.lines()), err=True)
