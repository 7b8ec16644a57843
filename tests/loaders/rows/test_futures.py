"""A year after the current one is a slip of the pen, except where the vocabulary means the future."""

from datetime import date
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from graph.edits.upsert import NodeRow
from graph.errors import BadInput
from graph.kinds import NODES, RELATIONS
from graph.kinds.columns import columns
from graph.kinds.entities import Organisation
from graph.store.store import Store
from loaders.excel.workbook import load_workbook
from loaders.foreign.mapping import load_mapped
from loaders.load import load_folder
from loaders.rows.batches import UNREAD
from loaders.rows.cells import reader
from loaders.rows.correction import correction
from loaders.rows.dates import LAST_YEAR
from loaders.rows.forms import CellFault

NOW = date.today().year  # noqa: DTZ011 - as the loader takes it
NEXT = NOW + 1
RIGHT = f"未来的年份：此列应不晚于今年（{NOW}）"
TABLES = {
    "Source": "id,name,grade\nsource:s,年报,A\n",
    "Product": "id,name,category\nproduct:flange,法兰,FINISHED\n",
    "Town": "id,name,level,status\ntown:t,法兰镇,PROVINCIAL,RECOGNISED\n",
    "Organisation": (
        f"id,name,form,foundedOn\norg:a,甲厂,ENTERPRISE,2015-01-01\norg:b,乙厂,ENTERPRISE,{NEXT}-01-01\n"
    ),
    "Task": f"id,name,year,dueOn,status\ntask:a,明年的任务,{NEXT},{NEXT}-06-30,PLANNED\n",
    "Claim": (
        "subject,metric,value,unit,source,year,targetYear\n"
        f"town:t,OUTPUT_VALUE,50,亿元,source:s,{NEXT},\ntown:t,TARGET_OUTPUT,90,亿元,source:s,{NOW},{NEXT}\n"
    ),
    "MEMBER_OF": f"from,to,since,until\norg:a,town:t,2016,{NEXT}\norg:a,town:t,{NEXT},\n",
    "SUPPLIES": f"from,to,product,year,value\norg:a,org:a,product:flange,{NEXT},120\n",
}


def test_only_targets_plans_and_ends_of_validity_may_lie_ahead():
    every = ((kind.label, column) for kind in (*NODES, *RELATIONS) for column in columns(kind))
    timed = {(label, c.name): c for label, c in every if c.year or c.type is date}
    ahead = {name for name, column in timed.items() if column.ahead and name[1] != "until"}
    assert ahead == {
        ("Claim", "targetYear"),
        ("Lead", "dueOn"),
        ("Task", "year"),
        *((kind, "dueOn") for kind in ("Project", "Problem", "Task", "Notice")),
        ("Project", "startOn"),
        *((kind, "validFrom") for kind in ("Policy", "Standard", "HOLDS")),
        *((kind, "validTo") for kind in ("Policy", "HOLDS")),
    }
    assert {kind.label for kind in RELATIONS} == {label for label, name in timed if name == "until"}
    assert all(timed[kind.label, "until"].ahead for kind in RELATIONS)


@pytest.mark.parametrize("kind", [*NODES, *RELATIONS], ids=lambda kind: kind.label)
def test_every_year_and_date_heeds_the_vocabulary(kind: type):
    for column in columns(kind):
        if column.year or column.type is date:
            read, end = reader(kind, column), "" if column.year else "-12-31"
            assert read(f"{NOW}{end}")
            if column.ahead:
                assert read(f"{LAST_YEAR}{end}")
            else:
                with pytest.raises(CellFault, match="未来的年份"):
                    read(f"{NEXT}{end}")


async def test_a_table_with_a_future_year_is_refused_by_its_row(empty_store: Store, tmp_path: Path):
    for name, text in TABLES.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    report = await load_folder(empty_store, tmp_path)
    assert [str(found) for found in report.rejections] == [
        f"Organisation.csv:3:foundedOn：“{NEXT}-01-01”：{RIGHT}{UNREAD}",
        f"Claim.csv:2:year：“{NEXT}”：{RIGHT}",
        f"MEMBER_OF.csv:3:since：“{NEXT}”：{RIGHT}",
        f"SUPPLIES.csv:2:year：“{NEXT}”：{RIGHT}",
    ]
    assert report.written == 8  # the firm too, its day of founding unknown


async def test_a_workbook_with_a_future_year_is_refused_by_its_cell(empty_store: Store, tmp_path: Path):
    with Workbook(tmp_path / "b.xlsx", {"default_date_format": "yyyy-mm-dd"}) as made:
        sheet = made.add_worksheet("主体")
        sheet.write_row(0, 0, ["标识", "主体名称", "主体形式", "成立日期"])
        sheet.write_row(1, 0, ["org:a", "甲厂", "企业"])
        sheet.write_datetime(1, 3, date(NEXT, 1, 1))
        sheet.write_row(2, 0, ["org:b", "乙厂", "企业", f"{NOW}年1月1日"])
    report = await load_workbook(empty_store, tmp_path / "b.xlsx")
    assert [str(found) for found in report.rejections] == [f"b.xlsx:主体!D2：“{NEXT}-01-01”：{RIGHT}{UNREAD}"]


async def test_a_mapped_table_with_a_future_year_is_refused_by_its_place(empty_store: Store, tmp_path: Path):
    (tmp_path / "firms.csv").write_text(f"no,title,born\n1,甲厂,{NEXT}-01-01\n2,乙厂,2015-01-01\n", "utf-8")
    cells = "{id: {column: no, prefix: 'org:'}, name: title, form: {constant: ENTERPRISE}, foundedOn: born}"
    adapter = tmp_path / "map.yaml"
    adapter.write_text(f"tables:\n- file: firms.csv\n  rows:\n  - kind: Organisation\n    cells: {cells}\n")
    report = await load_mapped(empty_store, tmp_path, adapter)
    (found,) = report.rejections
    assert str(found) == f"firms.csv:2:born：“{NEXT}-01-01”：{RIGHT}{UNREAD}"


async def test_a_correction_to_a_future_year_is_refused(empty_store: Store, tmp_path: Path):
    (tmp_path / "Organisation.csv").write_text("id,name,form\norg:a,甲厂,ENTERPRISE\n", "utf-8")
    await load_folder(empty_store, tmp_path)
    with pytest.raises(BadInput, match=f"cells.foundedOn：“{NEXT}-01-01”：未来的年份"):
        await correction(empty_store, Organisation, NodeRow("org:a"), {"foundedOn": f"{NEXT}-01-01"})
