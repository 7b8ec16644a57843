"""Workbooks of the old format (.xls of Excel, .et of WPS) load like others; the same process guards them.

`old.xls` was written with xlwt: three sheets, merged cells, dates as Excel keeps them.
"""

from pathlib import Path
from shutil import copy

import pytest

from graph.errors import LoadRefused
from graph.store.store import Store
from loaders.excel import book_process
from loaders.excel.container import Limits
from loaders.excel.workbook import load_workbook, read_workbook

OLD = Path(__file__).parent / "old.xls"


@pytest.mark.parametrize("name", ["台账.xls", "台账.et"])
async def test_cells_dates_and_merges_are_read(empty_store: Store, tmp_path: Path, name: str):
    path = Path(copy(OLD, tmp_path / name))
    report = await load_workbook(empty_store, path)
    assert report.clean, list(report.lines())
    firms = await empty_store.read(
        "MATCH (o:Organisation)-[:LOCATED_IN]->(r)"
        " RETURN {name: o.name, on: toString(o.foundedOn), at: r.name} AS o ORDER BY o.name"
    )
    assert firms == [
        {"name": "乙厂", "on": "2020-01-02", "at": "定襄县"},
        {"name": "甲厂", "on": "2022-09-14", "at": "定襄县"},
    ]
    flows = await empty_store.read("MATCH ()-[r:SUPPLIES]->() RETURN {value: r.value, year: r.year} AS r")
    assert flows == [{"value": 1_205_000.0, "year": 2024}]


def test_what_is_none_or_reaches_too_far_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    broken = tmp_path / "坏.xls"
    broken.write_bytes(OLD.read_bytes()[:700])
    with pytest.raises(LoadRefused, match=r"请在 Excel 中打开并另存为 \.xlsx"):
        read_workbook(broken)
    locked = tmp_path / "锁.xls"
    locked.write_bytes(OLD.read_bytes() + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(LoadRefused, match="有打开密码"):
        read_workbook(locked)
    monkeypatch.setattr(book_process, "LIMITS", Limits(rows=2))
    assert {page.sheet for page in read_workbook(OLD).pages if page.trouble} == {"主体"}
