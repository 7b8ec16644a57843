"""`zhenlian resolve`: who may be the same, and a steward's ruling on it: merged, apart, or taken back."""

import csv
import logging
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import typer

from api import logs
from api.cli.errors import Exit
from api.cli.opening import opened
from api.http.process import run
from api.settings import Settings
from graph.edits.rulings import Grounds, Merge, Ruled, SetApart
from graph.edits.rulings import rule as make
from graph.edits.undo import Undone, undo_ruling
from graph.errors import BadInput
from graph.snapshot.regions import locations
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.taking import take_snapshot
from graph.store.store import Store
from loaders.rows.correction import correction
from queries.identity.proposals import Proposals, identity_proposals

HEAD = ("分值", "标识甲", "名称甲", "所在甲", "信用代码甲", "标识乙", "名称乙", "所在乙", "信用代码乙")
ENDS = ("依据", "不同")
RISKY = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which proposals are wanted, and where they go."""

    town: str | None
    at_least: float
    first: int
    csv: Path | None
    json: bool = False


def propose(settings: Settings, wanted: Wanted) -> None:
    """List the proposals, on the terminal or in a file."""
    snapshot = _done(settings, take_snapshot)
    year = snapshot.newest_year or snapshot.taken_at.year
    found = identity_proposals(
        snapshot, as_of=year, town=wanted.town, at_least=wanted.at_least, first=wanted.first
    )
    rows = list(_rows(snapshot, found, year))
    if wanted.csv:
        _write(wanted.csv, rows)
        typer.echo(f"已写出 {wanted.csv}：{len(rows)} 对")
    elif wanted.json:
        typer.echo(orjson.dumps([dict(zip((*HEAD, *ENDS), row, strict=True)) for row in rows]).decode())
    else:
        for row in rows:
            typer.echo(_block(row))
    for line in _lines(found):
        typer.echo(line, err=wanted.json)


def rule(
    settings: Settings,
    merging: tuple[str, str] | None,
    apart: tuple[str, str] | None,
    undone: str | None,
    grounds: Grounds,
) -> None:
    """Make one ruling, or take one back, and say what that did."""
    if sum(one is not None for one in (merging, apart, undone)) > 1:
        raise BadInput("--merge、--apart、--undo 一次只能用一个", "merge")
    if undone is None and not grounds.reason.strip():
        raise BadInput("--reason：请写明理由和依据", "reason")
    ruled = _done(settings, lambda store: _ruled(store, merging, apart, undone, grounds))
    for line in ruled.lines():
        typer.echo(line)
    if isinstance(ruled, Ruled):
        typer.echo(f"裁定标识：{ruled.ruling}（撤销：zhenlian resolve --undo {ruled.ruling}）")


async def _ruled(
    store: Store,
    merging: tuple[str, str] | None,
    apart: tuple[str, str] | None,
    undone: str | None,
    grounds: Grounds,
) -> Ruled | Undone:
    if undone is not None:
        return await undo_ruling(store, undone)
    asked = Merge(*merging) if merging is not None else SetApart(*(apart or ("", "")))
    return await make(store, asked, grounds, correction)


def _rows(snapshot: Snapshot, found: Proposals, year: int) -> Iterator[Sequence[str]]:
    where, organisations = locations(snapshot, year), snapshot.nodes["Organisation"]

    def said(row: int) -> Sequence[str]:
        place = row - organisations.first
        region = int(where[place])
        county = snapshot.name_of(snapshot.nodes["Region"].first + region) if region >= 0 else ""
        return snapshot.id_of(row), snapshot.name_of(row), county, organisations["uscc"][place] or ""

    for one in found.rows:
        reasons = ("；".join(term.words for term in terms) for terms in (one.evidence, one.against))
        yield f"{one.score:.2f}", *said(one.a), *said(one.b), *reasons


def _lines(found: Proposals) -> Iterator[str]:
    yield f"共 {found.count} 对可能是同一主体，列出 {len(found.rows)} 对；{found.method.caveat}"
    if found.apart:
        yield f"另有 {found.apart} 对已裁定为不同主体，未列出"
    for one in found.skipped:
        crowd = f"{one.groups} 个线索涉及主体过多（至多 {one.largest} 个）"
        yield f"{one.evidence.words}：{crowd}，未据此逐对比较"


def _block(row: Sequence[str]) -> str:
    """Write a pair on lines of its own, so that no id is ever cut.

    >>> print(_block(["0.65", "org:a", "甲厂", "太谷区", "", "org:b", "甲厂", "", "9114", "同名", ""]))
    0.65  org:a  甲厂（太谷区）
          org:b  甲厂（9114）
          依据：同名
    """
    score, *cells, evidence, against = row
    one, other = (_side(cells[at : at + 4]) for at in (0, 4))
    told = "；".join(f"{head}：{text}" for head, text in zip(ENDS, (evidence, against), strict=True) if text)
    return f"{score}  {one}\n      {other}\n      {told}"


def _side(cells: Sequence[str]) -> str:
    id, name, *where = cells
    aside = "，".join(text for text in where if text)
    return f"{id}  {name}（{aside}）" if aside else f"{id}  {name}"


def _write(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """Write a table for Excel: a cell that it would compute is text."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*HEAD, *ENDS])
        writer.writerows([f"'{c}" if c.startswith(RISKY) else c for c in row] for row in rows)


def _done[T](settings: Settings, work: Callable[[Store], Coroutine[Any, Any, T]]) -> T:
    logs.configure(logging.WARNING)

    async def opening() -> T:
        async with opened(settings) as store:
            return await work(store)

    found = run(opening())
    if found is None:
        typer.echo("已中断：没有裁定。", err=True)
        raise typer.Exit(Exit.INTERRUPTED)
    return found
