"""The template holds the vocabulary, and a person with only Excel can add a town with it."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook as opened

from graph.edits.upsert import NodeRow, merge_nodes
from graph.errors import BadInput, LoadRefused
from graph.kinds.entities import Region
from graph.store.store import Store
from loaders.csv.folder import survey
from loaders.excel.template import OFFERED, write_template
from loaders.excel.titles import KINDS, kind_named, names, split, titles
from loaders.excel.workbook import load_workbook, read_workbook
from loaders.rows.cells import called


@pytest.fixture
def template(tmp_path: Path) -> Path:
    write_template(tmp_path / "模板.xlsx")
    return tmp_path / "模板.xlsx"


def fill(path: Path, sheet: str, rows: list[dict[str, object]]) -> None:
    """Type rows below the example, each cell under its header."""
    book = opened(path)
    page = book[sheet]
    headers = [cell.value for cell in page[1]]
    start = 3 if page["A2"].value == "示例" else 2
    for number, row in enumerate(rows, start):
        for header, value in row.items():
            page.cell(number, headers.index(header) + 1, value)
    book.save(path)


def test_every_sheet_and_header_of_the_template_is_understood(template: Path):
    book = opened(template)
    assert book.sheetnames[0] == "填写说明"
    for label in OFFERED:
        kind = next(k for k in KINDS if k.label == label)
        page = book[called(kind)]
        assert kind_named(page.title) is kind
        found = [names(kind)[split(cell.value)[0]] for cell in page[1][1:]]
        assert sorted(found) == sorted(titles(kind))
        assert all(
            cell.comment.text.startswith(f"{name}\n") for cell, name in zip(page[1][1:], found, strict=True)
        )
        assert page.freeze_panes == "A2"


def test_names_of_sheets_and_headers_are_unambiguous():
    assert len({called(kind) for kind in KINDS}) == len(KINDS)
    assert max(len(called(kind)) for kind in KINDS) <= 31
    for kind in KINDS:
        assert len({title.words for title in titles(kind).values()}) == len(titles(kind))


def test_closed_lists_are_dropdowns_with_chinese_words(template: Path):
    page = opened(template)["主体"]
    lists = {str(v.sqref): v.formula1 for v in page.data_validations.dataValidation}
    assert len(lists) == 2  # form, synthetic
    words = [cell.value for cell in opened(template)["说明"]["A"] if cell.value]
    assert "农民专业合作社" in words


def test_nothing_in_the_template_is_a_formula(template: Path):
    with ZipFile(template) as file:
        sheets = [name for name in file.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not any(b"<f>" in file.read(name) for name in sheets)


def test_the_empty_template_and_its_examples_load_nothing(template: Path):
    with pytest.raises(LoadRefused, match="各工作表都没有填写"):
        read_workbook(template)
    with pytest.raises(LoadRefused, match="是文件，不是文件夹"):
        survey(template)


def test_a_template_that_cannot_be_written_is_said(tmp_path: Path):
    with pytest.raises(BadInput, match="不能写入"):
        write_template(tmp_path / "none" / "模板.xlsx")


async def test_a_person_with_only_excel_adds_a_town_with_ten_suppliers(empty_store: Store, template: Path):
    suppliers = [f"样例配套{n}厂" for n in range(1, 11)]
    everyone = ["样例龙头公司", *suppliers]
    fill(
        template, "专业镇", [{"专业镇名称": "样例专业镇", "专业镇级别": "县级", "认定状态": "培育（未认定）"}]
    )
    fill(
        template,
        "产品或产业链环节",
        [{"产品或产业链环节名称": "样例锻件", "产品或环节类别": "零部件、中间品"}],
    )
    fill(template, "主体", [{"主体名称": n, "主体形式": "企业", "所在县": "140921"} for n in everyone])
    fill(template, "主体属于专业镇", [{"主体": n, "专业镇": "样例专业镇"} for n in everyone])
    fill(template, "龙头企业带动专业镇", [{"主体": "样例龙头公司", "专业镇": "样例专业镇"}])
    flows = [
        {"卖方": n, "买方": "样例龙头公司", "产品": "样例锻件", "年份": 2024, "金额（万元/年）": 50 + i}
        for i, n in enumerate(suppliers)
    ]
    fill(template, "供应", flows)
    county = NodeRow("region:140921", {"name": "定襄县", "level": "COUNTY"})
    await empty_store.write(*merge_nodes(Region, [county]))
    report = await load_workbook(empty_store, template)
    assert [str(r) for r in report.rejections] == []
    sold = await empty_store.read(
        "MATCH (:Organisation)-[r:SUPPLIES]->(:Organisation)-[:LEADS]->(t:Town)"
        " RETURN {n: count(r), sum: sum(r.value)} AS s"
    )
    assert sold == [{"n": 10, "sum": 5_450_000.0}]
