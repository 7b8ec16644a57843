"""`zhenlian demo`: the invented data that come with the program, and what may be asked of them first."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from itertools import chain, count
from pathlib import Path
from shutil import rmtree
from typing import Any

import orjson
import typer

from api.cli.loading import progress
from api.cli.opening import opened
from api.settings import Settings
from graph.errors import BadInput, StoreUnavailable
from graph.snapshot.saved import vocabulary
from graph.store.backends import folder_of
from graph.store.store import Store
from graph.store.versions import Versions, versions, written
from loaders.csv.folder import digests
from loaders.load import COUNTRY as COUNTRY_LOADED
from loaders.load import load_folder

TABLES = Path(__file__).parents[2] / "loaders" / "shanxi" / "tables"
COUNTRY = Path(__file__).parents[2] / "loaders" / "country"
STAMP = "demo.json"
"""What says, in the folder of the store, which data it was filled with."""
GONE = "-discarded"
"""What the name of a folder ends in that is about to be removed."""
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


@dataclass(frozen=True, slots=True)
class Demo:
    """The store of the demo, among the user's data: the program fills it, and anew when its own data change.

    What somebody wrote into it meanwhile is never lost: such a store is kept beside.
    """

    settings: Settings
    tables: Path = TABLES

    @property
    def folder(self) -> Path:
        """Where the store lies; raises BadInput when it is not an embedded one."""
        folder = folder_of(self.settings.store)
        if folder is None:
            raise BadInput(f"示例数据只装入内置数据库，{self.settings.store} 不是", "store")
        return folder

    async def renew(self) -> None:
        """Make room for the demo data where the store holds those of another version; it must not be open.

        Raises EmbeddedUnusable when another process has it, and StoreUnavailable when it can't be moved.
        """
        gone = self.folder.with_name(f"{self.folder.name}{GONE}")
        await asyncio.to_thread(_remove, gone)
        if not self.folder.exists() or (stamp := self._stamp()).get("holds") == self._should_hold():
            return
        async with opened(self.settings, exclusive=True) as store:
            seen = await versions(store)
            ours = await _only_ours(store, seen, stamp)
        if not seen.version:
            return  # a first load that did not come to its end is completed
        if ours:
            typer.echo("示例数据有了新版：正在换上，旧的不再保留。", err=True)
            _move(self.folder, gone)
            await asyncio.to_thread(_remove, gone)
        else:
            kept = _beside(self.folder)
            typer.echo(
                f"示例数据有了新版：正在换上。旧库中有您写入的内容，已留在 {kept}，"
                f"要看时运行 zhenlian serve --store embedded:{kept}",
                err=True,
            )
            _move(self.folder, kept)
        await asyncio.to_thread(_remove, self.settings.bundle_folder)

    async def fill(self, store: Store) -> None:
        """Load the demo data into the store if it is empty, and note what it then holds."""
        if (await versions(store)).version:
            return
        typer.echo("正在装入示例数据……", err=True)
        with progress() as told:
            report = await load_folder(store, self.tables, progress=told)
        if not report.clean:
            typer.echo("\n".join(report.lines()), err=True)
        now = await versions(store)
        stamp = {"holds": self._should_hold(), "version": now.version, "writes": now.writes, "mark": now.mark}
        part = self.folder / f"{STAMP}.part"
        part.write_bytes(orjson.dumps(stamp))
        part.replace(self.folder / STAMP)

    def _stamp(self) -> dict[str, Any]:
        """What the store holds, and how it was when it had just been filled; empty when nothing says."""
        try:
            return orjson.loads((self.folder / STAMP).read_bytes())
        except (OSError, orjson.JSONDecodeError):
            return {}

    def _should_hold(self) -> str:
        """Hash the tables of the demo, those of the country that it takes rows of, and the vocabulary."""
        files = sorted([*self.tables.glob("*.csv"), *COUNTRY.glob("*.csv")])
        return blake2b("\n".join([vocabulary(), *digests(files)]).encode(), digest_size=16).hexdigest()


async def _only_ours(store: Store, seen: Versions, stamp: dict[str, Any]) -> bool:
    """Whether nothing was written since the store was filled.

    Without a stamp (of an older version): whether nothing stands but the demo's load and the country's rows.
    """
    if stamp:
        return seen.same(replace(seen, **{name: stamp.get(name) for name in ("version", "writes", "mark")}))
    found = await written(store)
    loads = [files for files in found.loads if COUNTRY_LOADED not in files]
    return len(loads) == 1 and len(found.loads) == seen.version and not found.rulings


def _beside(folder: Path) -> Path:
    """Name a folder that is not there yet after today."""
    dated = folder.with_name(f"{folder.name}-{datetime.now().astimezone():%Y-%m-%d}")
    numbered = (dated.with_name(f"{dated.name}-{number}") for number in count(2))
    return next(path for path in chain([dated], numbered) if not path.exists())


def _move(folder: Path, to: Path) -> None:
    try:
        folder.rename(to)
    except OSError as error:
        told = f"不能把旧的示例库 {folder} 移到 {to}：请检查权限，或自行移走后重试"
        raise StoreUnavailable(told) from error


def _remove(folder: Path) -> None:
    """Remove a folder that is no longer used; what can't be removed is tried again at the next start."""
    rmtree(folder, ignore_errors=True)
