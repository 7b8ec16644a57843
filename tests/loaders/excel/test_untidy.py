"""Untidy workbooks with known meaning: nine rows of ten are taken, none wrongly, one mending loads all."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from graph.store.store import Store
from loaders.csv.lines import Cells
from loaders.excel.rejected_rows import write_report
from loaders.excel.sheet_rows import page
from loaders.excel.sheet_table import Cell, Page
from loaders.excel.sheet_xml import Part
from loaders.excel.titles import kind_named
from loaders.excel.workbook import head, load_workbook
from loaders.load import load_folder
from loaders.rows.draft import Draft, draft
from loaders.rows.header import Header, header
from tests.loaders.excel.untidy import PRODUCTS, REGIONS, SOURCE, TOWN, Row, Sheets, Written, drawn

BOOKS, STORED = 200, 4
"""Workbooks whose cells are read, and those that are loaded wholly into a store."""
TAKEN = 0.9
NOTE = "备注"
REFERENCES = ("所在县", "卖方", "买方", "产品", "主体", "专业镇", "所述对象", "来源")
"""Columns that need a store."""


def columns_of(made: Page) -> dict[str, str]:
    """Map headers to columns of the table."""
    return {f.header: f.name for f in made.fields if f.name}


def rows_of(rows: Sequence[Row], *, tidy: bool = False) -> Iterator[list[Cell]]:
    heads = list(rows[0].cells)
    yield [*heads, NOTE]
    for row in rows:
        cells = [row.cells[name] for name in heads]
        yield [*((cell.tidy if tidy else cell.shown) for cell in cells), row.number]  # type: ignore[list-item] - as drawn


def as_calamine(cell: Cell) -> Cell:
    """Write a cell as a workbook gives it: numbers are floats."""
    return float(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell


def read(sheet: str, rows: Sequence[Row]) -> tuple[dict[str, str], list[Draft]]:
    """Read the rows of a sheet as far as they need no store."""
    kind = kind_named(sheet)
    assert kind
    cells = ([as_calamine(cell) for cell in row] for row in rows_of(rows))
    made = page(sheet, kind, cells, Part())
    assert not made.trouble
    assert not made.notes
    names = made.columns
    found = header(kind, [head(made, name) for name in names])
    assert isinstance(found, Header), found
    drafts = [
        draft(found, Cells(line.number, [line.texts.get(name, "") for name in names])) for line in made.lines
    ]
    assert len(drafts) == len(rows)
    return columns_of(made), [one for one in drafts if one]


def expected(column: str, cell: Written) -> dict[str, Any]:
    """What a cell says, by column of the table."""
    if column == "since":
        return dict(zip(("since", "until"), cell.meant, strict=True))  # type: ignore[call-overload] - as drawn
    if column == "value" and isinstance(cell.meant, tuple):
        return dict(zip(("value", "bound"), cell.meant, strict=True))
    return {column: cell.meant or None if isinstance(cell.meant, list) else cell.meant}


def test_no_cell_is_taken_for_another_and_nine_rows_of_ten_are_taken():
    """Of every cell the value is the meant one, or none where a person would ask back."""
    rows_read = Counter[bool]()
    for seed in range(BOOKS):
        for sheet, rows in drawn(Random(seed)).items():  # noqa: S311 - no secret
            columns, drafts = read(sheet, rows)
            for row, made in zip(rows, drafts, strict=True):
                rows_read[not made.faults] += 1
                place = f"{seed} {sheet} {row}: {made}"
                lost = {fault.column for fault in (*made.faults, *made.unread)}
                for name, cell in row.cells.items():
                    column = columns[name]
                    if name in REFERENCES or column == "unit":
                        continue
                    if cell.doubtful:
                        assert lost & {column, "unit"}, place
                        continue
                    assert column not in lost, place
                    held = {"bound": "EXACT"} | made.values
                    if column == "aliases":  # the written form of the name is kept beside them
                        own, others = made.values["name"], held.get(column, ())
                        held[column] = [a for a in others if "".join(a.split()) != own] or None
                    told = expected(column, cell)
                    assert {name: held.get(name) for name in told} == told, (name, place)
    assert rows_read[True] >= TAKEN * rows_read.total()


def written(path: Path, sheets: Sheets) -> Path:
    """Write a workbook with the cells as they are shown."""
    with Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for number, cells in enumerate(rows_of(rows)):
                for place, cell in enumerate(cells):
                    if cell not in ("", None):
                        sheet.write(number, place, cell)
    return path


def mended(back: Path, sheets: Sheets, path: Path) -> Path:
    """Write the rows that came back, each cell in its tidy form, and which rows they are, as a workbook."""
    rows = {row.number: (name, row) for name, several in sheets.items() for row in several}
    kept: dict[str, list[tuple[Row, str]]] = {}
    with CalamineWorkbook.from_path(back) as opened:
        for name in opened.sheet_names:
            for cells in opened.get_sheet_by_name(name).to_python():
                number, origin = map(str, cells[-3:-1]) if len(cells) > 2 else ("", "")
                if number in rows:
                    kept.setdefault(name, []).append((rows[number][1], origin))
    with Workbook(path) as made:
        for name, several in kept.items():
            sheet = made.add_worksheet(name)
            origins = ("原行号", *(origin for _, origin in several))
            for number, cells in enumerate(rows_of([row for row, _ in several], tidy=True)):
                for place, cell in enumerate((*cells, origins[number])):
                    sheet.write(number, place, cell)
    return path


async def base(store: Store, folder: Path) -> None:
    """Load what the workbooks refer to: regions, the town, its source, products."""
    tables = {
        "Region": "id,name,level\n"
        + "".join(f"{id},{name},{level}\n" for id, (name, level) in REGIONS.items()),
        "Town": f"id,name,level,status\ntown:t,{TOWN},COUNTY,CANDIDATE\n",
        "Source": f"id,name,grade\nsource:s,{SOURCE},B\n",
        "Product": "id,name,category\n"
        + "".join(f"product:p{n},{name},FINISHED\n" for n, name in enumerate(PRODUCTS)),
    }
    folder.mkdir()
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    assert (await load_folder(store, folder)).clean


FIRMS = (
    "MATCH (o:Organisation) OPTIONAL MATCH (o)-[:LOCATED_IN]->(g:Region) "
    "RETURN o {.name, .form, .uscc, .foundedOn, .aliases, region: g.id} AS o"
)
MEMBERS = "MATCH (o:Organisation)-[r:MEMBER_OF]->(:Town) RETURN r {.since, .until, name: o.name} AS r"
FLOWS = (
    "MATCH (a:Organisation)-[r:SUPPLIES]->(b:Organisation) MATCH (p:Product {id: r.product}) "
    "RETURN r {.year, .value, .share, seller: a.name, buyer: b.name, product: p.name} AS r"
)
CLAIMS = "MATCH (c:Claim) RETURN c {.metric, .year, .value, .bound} AS c"


def facts(sheets: Sheets) -> dict[str, list[tuple[Any, ...]]]:
    """What the rows of a workbook mean, as tuples in the order of the questions to the store."""

    def of(row: Row, *names: str) -> tuple[Any, ...]:
        return tuple(row.cells[name].meant for name in names)

    return {
        "firms": [
            of(row, "主体名称", "主体形式", "统一社会信用代码", "成立日期", "所在县")
            for row in sheets["主体"]
        ],
        "members": [(*of(row, "主体"), row.cells["起始年份"].meant) for row in sheets["主体属于专业镇"]],
        "flows": [
            of(row, "卖方", "买方", "产品", "年份", "金额（万元/年）", "占买方该产品采购额的比例")
            for row in sheets["供应"]
        ],
        "claims": [(*of(row, "指标", "年份"), row.cells["数值"].meant) for row in sheets["事实"]],
    }


async def stored(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """What the store holds, in the same form."""
    firms, members, flows, claims = [await store.read(query) for query in (FIRMS, MEMBERS, FLOWS, CLAIMS)]
    return {
        "firms": [(o["name"], o["form"], o["uscc"], _day(o["foundedOn"]), o["region"]) for o in firms],
        "members": [(r["name"], (r["since"], r["until"])) for r in members],
        "flows": [
            tuple(r[n] for n in ("seller", "buyer", "product", "year", "value", "share")) for r in flows
        ],
        "claims": [(c["metric"], c["year"], (c["value"], c["bound"])) for c in claims],
    }


def _day(value: Any) -> date | None:
    return value.to_native() if hasattr(value, "to_native") else value


def agrees(held: tuple[Any, ...], told: tuple[Any, ...]) -> bool:
    """Whether a stored row says of each cell what was meant, or nothing."""
    return all(one in (None, two) for one, two in zip(held, told, strict=True))


@pytest.mark.parametrize("seed", range(STORED))
async def test_a_whole_workbook_is_taken_and_one_round_of_mending_loads_the_rest(
    empty_store: Store, tmp_path: Path, seed: int
):
    await base(empty_store, tmp_path / "base")
    sheets = drawn(Random(10_000 + seed), doubt=0.02)  # noqa: S311 - no secret
    report = await load_workbook(empty_store, written(tmp_path / "book.xlsx", sheets))
    told = facts(sheets)
    for name, rows in (await stored(empty_store)).items():
        for held in rows:
            assert any(agrees(held, one) for one in told[name]), (name, held)
    everything = sum(map(len, sheets.values()))
    assert report.written >= TAKEN * everything
    assert not report.clean
    write_report(report, tmp_path / "back.xlsx")
    again = await load_workbook(empty_store, mended(tmp_path / "back.xlsx", sheets, tmp_path / "mended.xlsx"))
    assert list(again.rejections) == []
    now = await stored(empty_store)
    assert {name: sorted(rows, key=repr) for name, rows in now.items()} == {
        name: sorted(rows, key=repr) for name, rows in told.items()
    }
