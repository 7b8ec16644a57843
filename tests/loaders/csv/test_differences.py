"""A dry run says of every row what it would change, at the place where the reader finds it."""

import csv
from pathlib import Path

from graph.store.store import Store
from loaders.differences import FIRST_NEW, HEAD
from loaders.excel.workbook import load_workbook
from loaders.foreign.mapping import load_mapped
from loaders.load import load_folder
from tests.loaders.csv.test_load import write
from tests.loaders.excel.test_workbook import FIRMS, WHOLE, book
from tests.loaders.foreign.test_mapping import LAYOUTS

PRODUCTS = "id,name,category,unit\nproduct:a,法兰,FINISHED,吨\nproduct:b,=钢,RAW_MATERIAL,\n"


async def test_every_changed_cell_is_told_with_its_line(empty_store: Store, tmp_path: Path):
    await load_folder(empty_store, write(tmp_path, {"Product": PRODUCTS}))
    changed = (
        PRODUCTS.replace("法兰", "大法兰").replace("吨", "件").replace("RAW_MATERIAL,", "RAW_MATERIAL,吨")
    )
    dry = await load_folder(empty_store, write(tmp_path, {"Product": changed}), dry=True)
    assert dry.differences is not None
    assert [str(c).replace("产品或产业链环节", "") for c in dry.differences] == [
        "Product.csv:2 product:a 名称：法兰 → 大法兰",
        "Product.csv:2 product:a 计量单位：吨 → 件",
        "Product.csv:3 product:b 计量单位：（无） → 吨",
    ]
    again = await load_folder(empty_store, tmp_path)
    assert again.differences is None
    nothing = await load_folder(empty_store, tmp_path, dry=True)
    assert nothing.differences is not None
    assert len(nothing.differences) == 0


async def test_new_rows_are_listed_and_the_rest_is_counted_and_written(empty_store: Store, tmp_path: Path):
    rows = "".join(f"product:p{n},=件{n},FINISHED\n" for n in range(FIRST_NEW + 5))
    report = await load_folder(
        empty_store, write(tmp_path, {"Product": f"id,name,category\n{rows}"}), dry=True
    )
    told = list(report.lines())
    assert sum(line.endswith(" 新增") for line in told) == FIRST_NEW
    assert told[-1] == "  …… 另有 5 行新增（共 25）：用 --difference 文件.csv 写出全部"
    assert report.differences is not None
    report.differences.write_csv(tmp_path / "d.csv")
    with (tmp_path / "d.csv").open(encoding="utf-8-sig", newline="") as file:
        written = list(csv.reader(file))
    assert tuple(written[0]) == HEAD
    assert len(written) == FIRST_NEW + 6
    assert written[1][:5] == ["Product.csv", "2", "product:p0", "", ""]
    assert '"name":"=件0"' in written[1][5]


async def test_a_workbook_names_cells(empty_store: Store, tmp_path: Path):
    await load_workbook(empty_store, book(tmp_path / "book.xlsx", WHOLE))
    moved = [
        *FIRMS[:3],
        ["", "乙社", "农民专业合作社", "定襄县", "2020-01-02", ""],
        ["", "丙厂", "企业", "定襄县"],
    ]
    dry = await load_workbook(empty_store, book(tmp_path / "book.xlsx", WHOLE | {"主体": moved}), dry=True)
    assert dry.differences is not None
    texts = [str(change) for change in dry.differences]
    assert texts[0].startswith("book.xlsx:主体!E4 org:")
    assert texts[0].endswith(" 成立日期：2022-09-14 → 2020-01-02")
    assert texts[1].startswith("book.xlsx:主体!5:5 org:")
    assert texts[1].endswith(" 新增")


async def test_a_mapped_table_names_the_foreign_place(empty_store: Store):
    folder = LAYOUTS / "graph"
    dry = await load_mapped(empty_store, folder, folder / "adapter.yaml", dry=True)
    assert dry.differences is not None
    assert {c.spot.table for c in dry.differences} == {"edges.jsonl"}
    await load_mapped(empty_store, folder, folder / "adapter.yaml")
    files = await empty_store.read("MATCH (l:Load) RETURN {files: l.files} AS l")
    assert [name.partition(" ")[0] for name in files[0]["files"]] == ["edges.jsonl", "adapter.yaml"]
