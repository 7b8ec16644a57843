"""`zhenlian match`: a list of names becomes a workbook of who each may be."""

import csv

import openpyxl
import pytest

from api.http.name_sheets import match_sheet
from graph.errors import BadInput, LoadRefused
from graph.kinds.entities import Organisation
from graph.kinds.terms import OrganisationForm
from graph.snapshot.snapshot import Snapshot
from loaders.excel.name_list import lines_of
from loaders.export.lists import list_book
from queries.identity.same_as import same_as_all

YEAR = 2024
NAMES = {"org:a": "定襄恒达玛钢有限公司", "org:b": "宝源铸造厂", "org:c": "样例宝源铸造二厂"}


@pytest.fixture(scope="module")
def snapshot():
    made = (
        Organisation(id=id, name=name, form=OrganisationForm.ENTERPRISE, synthetic="样例" in name)
        for id, name in NAMES.items()
    )
    return Snapshot.of(made, newest_year=YEAR)


def test_numbers_tabs_blank_lines_and_repeats_are_understood(snapshot):
    lines = [
        "序号\t名称",
        "1\t定襄恒达玛钢有限公司\t定襄县",
        "",
        "2、 宝源铸造厂",
        "3.",
        "（4）宝源铸造厂",
        "查无此厂",
    ]
    found = same_as_all(snapshot, names=lines[1:], as_of=YEAR)
    told = [(one.name, list(one.lines), snapshot.id_of(one.rows[0].organisation)) for one in found.names[:2]]
    assert told == [("定襄恒达玛钢有限公司", [1], "org:a"), ("宝源铸造厂", [3, 5], "org:b")]
    assert (found.names[2].name, found.names[2].count) == ("查无此厂", 0)
    assert (found.matched, found.unmatched, found.repeated, found.blank) == (2, 1, 1, 2)


def test_five_hundred_names_are_taken_and_one_more_is_not(snapshot):
    names = [f"第{n}锻造厂" for n in range(500)]
    assert len(same_as_all(snapshot, names=[*names, names[0]], as_of=YEAR).names) == 500
    with pytest.raises(BadInput, match="names：501 个不同的名称，超过上限 500：请分批"):
        same_as_all(snapshot, names=[*names, "又一厂"], as_of=YEAR)
    with pytest.raises(BadInput, match="names：请给出至少一个名称"):
        same_as_all(snapshot, names=["", " 3、 "], as_of=YEAR)


def test_a_list_is_read_from_text_csv_and_workbook_alike(tmp_path):
    rows = [["1", NAMES["org:a"]], ["2", NAMES["org:b"]]]
    (tmp_path / "a.txt").write_text("\n".join("\t".join(row) for row in rows), "gb18030")
    with (tmp_path / "b.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "c.xlsx")
    wanted = ["\t".join(row) for row in rows]
    assert [lines_of(tmp_path / name) for name in ("a.txt", "b.csv", "c.xlsx")] == [wanted] * 3
    with pytest.raises(LoadRefused, match="打不开"):
        lines_of(tmp_path / "none.txt")


def test_the_workbook_says_who_each_may_be_and_what_is_invented(snapshot, tmp_path):
    found = same_as_all(snapshot, names=["样例宝源铸造二厂", "查无此厂"], as_of=YEAR)
    path = tmp_path / "out.xlsx"
    path.write_bytes(list_book([match_sheet(snapshot, found, "名单.txt")]))
    rows = [list(row) for row in openpyxl.load_workbook(path).active.iter_rows(min_row=3, values_only=True)]
    assert rows[0][:6] == ["行", "名称", "候选数", "候选", "标识", "图中名称"]
    assert rows[1][1] == "样例宝源铸造二厂"
    invented = {row[4]: row[9] for row in rows[1:] if row[4]}
    assert invented["org:c"] == "是"
    assert [row[1:5] for row in rows if row[1] == "查无此厂"] == [["查无此厂", 0, None, None]]
