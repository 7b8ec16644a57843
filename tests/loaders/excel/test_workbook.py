"""A workbook is taken as an office keeps it, and what is wrong with it is said of its cells."""

import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from graph.errors import BadInput, LoadRefused
from graph.store.store import Store
from loaders.excel import book_process
from loaders.excel.book_child import OUT_OF_MEMORY
from loaders.excel.book_report import BookReport
from loaders.excel.container import Limits
from loaders.excel.rejected_rows import write_report
from loaders.excel.workbook import load_workbook, read_workbook
from loaders.report import TablesRefused
from loaders.rows.batches import UNREAD

type Rows = Sequence[Sequence[object]]

REGIONS: Rows = [["标识", "名称", "行政区划级别"], ["region:140921", "定襄县", "县级"]]
PRODUCTS: Rows = [["产品名称", "产品或环节类别"], ["法兰", "最终产品"]]
FIRMS: Rows = [
    ["标记", "主体名称", "主体形式", "所在县", "成立日期", "备注"],
    ["示例", "某某厂", "企业", "定襄县", "2020-1-1", ""],
    ["", "甲厂", "企业", "定襄县", "2022年9月14日", "新"],
    ["", "乙社", "农民专业合作社", "定襄县", date(2022, 9, 14), ""],
]
FLOWS: Rows = [
    ["卖方", "买方", "产品", "年份", "金额（万元/年）"],
    ["甲厂", "乙社", "法兰", "２０２４", 120.5],
]
WHOLE = {"行政区划": REGIONS, "产品": PRODUCTS, "主体": FIRMS, "供应": FLOWS}
SUPPLY = (
    "MATCH (a)-[r:SUPPLIES]->(b) RETURN {seller: a.name, buyer: b.name, year: r.year, value: r.value} AS s"
)


def book(path: Path, sheets: Mapping[str, Rows], *merges: tuple[str, str, str]) -> Path:
    """Write a workbook; strings that begin with = are formulas without a saved result."""
    with Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, value in enumerate(row):
                    if isinstance(value, str) and value.startswith("="):
                        sheet.write_formula(number, place, value, None, "")
                    elif value != "":
                        sheet.write(number, place, value)
            for _, area, text in (m for m in merges if m[0] == name):
                sheet.merge_range(area, text)
    return path


def said(report: BookReport) -> list[str]:
    return [str(rejection) for rejection in report.rejections]


async def loaded(store: Store, tmp_path: Path, sheets: Mapping[str, Rows], **how: bool) -> BookReport:
    return await load_workbook(store, book(tmp_path / "book.xlsx", sheets), **how)


async def test_names_dates_units_and_widths_are_understood(empty_store: Store, tmp_path: Path):
    report = await loaded(empty_store, tmp_path, WHOLE)
    assert said(report) == []
    assert report.written == 5
    assert await empty_store.read(SUPPLY) == [
        {"seller": "甲厂", "buyer": "乙社", "year": 2024, "value": 1_205_000.0}
    ]
    founded = await empty_store.read("MATCH (o:Organisation) RETURN {on: toString(o.foundedOn)} AS o")
    assert founded == [{"on": "2022-09-14"}] * 2


async def test_a_second_load_changes_nothing(empty_store: Store, tmp_path: Path):
    await loaded(empty_store, tmp_path, WHOLE)
    again = await loaded(empty_store, tmp_path, WHOLE)
    assert (again.written, sum(t.same for t in again.tables)) == (0, 5)


async def test_a_load_records_the_workbook_and_a_dry_one_nothing(empty_store: Store, tmp_path: Path):
    dry = await loaded(empty_store, tmp_path, WHOLE, dry=True)
    assert (dry.load, dry.written) == (None, 5)
    assert await empty_store.read("MATCH (o:Organisation) RETURN {id: o.id} AS o") == []
    await loaded(empty_store, tmp_path, WHOLE)
    files = await empty_store.read("MATCH (l:Load) RETURN {files: l.files} AS l")
    assert files[0]["files"][0].startswith("book.xlsx ")


async def test_a_fault_is_said_of_its_cell(empty_store: Store, tmp_path: Path):
    firms = [
        *FIRMS,
        ["", "丙\n厂", "企业", "定襄县", "2015-02-30"],
        ["", "丁厂", "企业", "忻州县", "2022.9.14"],
    ]
    report = await loaded(empty_store, tmp_path, WHOLE | {"主体": firms})
    unknown = "没有名为“忻州县”的行政区划：本工作簿和库中都没有"
    assert said(report) == [
        f"book.xlsx:主体!E5：“2015-02-30”：不存在的日期：请检查月、日{UNREAD}",
        f"book.xlsx:主体!D6：“忻州县”：{unknown}；是否应为 泽州县、忻州市？",
    ]


async def test_a_strict_load_writes_all_rows_or_none(empty_store: Store, tmp_path: Path):
    with pytest.raises(TablesRefused):
        await loaded(empty_store, tmp_path, WHOLE | {"主体": [*FIRMS, ["", "丁厂"]]}, strict=True)
    with pytest.raises(TablesRefused):
        await loaded(empty_store, tmp_path, WHOLE | {"別的表": [["甲"]]}, strict=True)
    assert await empty_store.read("MATCH (o:Organisation) RETURN {id: o.id} AS o") == []


async def test_a_name_that_two_have_is_not_guessed(empty_store: Store, tmp_path: Path):
    firms: Rows = [
        ["标识", "名称", "主体形式"],
        ["org:a", "甲厂", "企业"],
        ["org:b", "甲厂", "企业"],
        ["org:c", "乙社", "企业"],
    ]
    report = await loaded(empty_store, tmp_path, WHOLE | {"主体": firms})
    assert said(report) == ["book.xlsx:供应!A2：“甲厂”：有 2 个同名的主体：org:a、org:b；请改填标识"]


async def test_a_stored_namesake_is_not_doubled(empty_store: Store, tmp_path: Path):
    await loaded(
        empty_store,
        tmp_path,
        WHOLE | {"主体": [["id", "名称", "form"], ["org:a", "甲厂", "企业"], ["org:b", "乙社", "企业"]]},
    )
    report = await loaded(empty_store, tmp_path, {"主体": FIRMS})
    assert said(report)[0].startswith("book.xlsx:主体!3:3：库中已有同名的主体 org:a：")
    assert len(await empty_store.read("MATCH (o:Organisation) RETURN {id: o.id} AS o")) == 2


async def test_rejected_rows_come_back_as_a_workbook_to_load(empty_store: Store, tmp_path: Path):
    report = await loaded(
        empty_store,
        tmp_path,
        WHOLE | {"供应": [*FLOWS, ["甲厂", "戊厂", "法兰", 2024, "=1+1"], ["=cmd", "乙社", "法兰", 2024, 7]]},
    )
    back = tmp_path / "退回.xlsx"
    write_report(report, back)
    with CalamineWorkbook.from_path(back) as opened:
        assert opened.sheet_names == ["填写说明", "说明", "供应"]
        rows = opened.get_sheet_by_name("供应").to_python()
    assert rows[0][-2:] == ["原行号", "退回原因"]
    assert [re.sub("@.*", "", str(row[-2])) for row in rows[1:]] == ["book.xlsx:3", "book.xlsx:4"]
    assert [row[:3] for row in rows[1:]] == [["甲厂", "戊厂", "法兰"], ["", "乙社", "法兰"]]
    assert "没有名为“戊厂”的主体" in rows[1][-1]
    assert "公式没有已保存的结果" in rows[1][-1]
    mended = [[*rows[0]], ["甲厂", "乙社", "法兰", 2023, 9.0, *rows[1][-2:]]]
    assert (await loaded(empty_store, tmp_path, {"供应": mended})).clean
    with pytest.raises(BadInput, match="就是正在装载的工作簿"):
        write_report(report, report.path)


def test_titles_unit_rows_notes_and_merges_are_taken_as_meant(tmp_path: Path):
    rows: Rows = [
        ["定襄县供应统计表"],
        ["卖方", "买方", "产品", "年份", "金额", "金额单位"],
        ["from", "to", "product", "year", "value", ""],
        ["甲厂", "乙社", "法兰", 2024.0, "１，２００", "万元"],
        ["", "丙社", "法兰", "2024年", "1.2亿元", ""],
        ["甲厂", "戊社", "法兰", 2024, "1.2亿元", "万元"],
        ["甲厂", "丁社", "法兰", 2024, 3, "两"],
        ["合计", "", "", "", 4],
        ["填表人：办公室"],
    ]
    made = read_workbook(
        book(tmp_path / "b.xlsx", {"供应": rows}, ("供应", "A4:A5", "甲厂"), ("供应", "A1:F1", "表"))
    ).pages[0]
    assert (made.header, [line.number for line in made.lines]) == (3, [4, 5, 6, 7])
    assert [line.texts["value"] for line in made.lines[:2]] == ["12000000", "1.2亿元"]
    assert made.lines[1].texts["from"] == "甲厂"
    both = "单位写了两处且不一致：格内是“亿元”，单位列是“万元”；请只留一处"
    assert made.lines[2].faults["value"] == ("1.2亿元", both)
    assert made.lines[3].faults["value"] == ("3", "不认识的单位“两”；应为 元、千元、万元、百万元、亿元 之一")
    assert [note.partition("“")[0] for note in made.notes] == ["供应 第 8 行", "供应 第 9 行"]


def test_units_may_stand_in_a_row_of_their_own(tmp_path: Path):
    rows: Rows = [
        ["卖方", "买方", "产品", "年份", "金额"],
        ["", "", "", "", "（万元）"],
        ["甲", "乙", "丙", 2024, 2],
    ]
    made = read_workbook(book(tmp_path / "b.xlsx", {"SUPPLIES": rows})).pages[0]
    assert (made.units["value"], made.lines[0].texts["value"]) == ("万元", "2")


async def test_an_unknown_column_is_said_and_two_sheets_of_one_kind_refused(
    empty_store: Store, tmp_path: Path
):
    sheets = {
        "产品": [["产品名称", "产品或环节类别", "产品或环节类型"], ["法兰", "最终产品", 1]],
        "主体": FIRMS,
        "Organisation": FIRMS,
    }
    report = await loaded(empty_store, tmp_path, sheets)
    assert not report.clean
    lines = said(report)
    assert "book.xlsx:产品" not in "".join(lines)
    assert "产品：未用的列：产品或环节类型（是否应为“产品或环节类别”？）" in report.notes
    assert lines == [
        "book.xlsx:主体：与工作表“Organisation”同为主体表，都未装载：请合并为一张",
        "book.xlsx:Organisation：与工作表“主体”同为主体表，都未装载：请合并为一张",
    ]


def repacked(path: Path, **parts: bytes) -> Path:
    """Copy a workbook, some of its parts replaced or added (`__` stands for `/`)."""
    new = path.with_name(f"new-{path.name}")
    named = {name.replace("__", "/"): text for name, text in parts.items()}
    with ZipFile(path) as old, ZipFile(new, "w", ZIP_DEFLATED) as made:
        for name in old.namelist():
            if name not in named:
                made.writestr(name, old.read(name))
        for name, text in named.items():
            made.writestr(name, text)
    return new


def sheet_of(path: Path, **swap: bytes) -> bytes:
    with ZipFile(path) as opened:
        return opened.read("xl/worksheets/sheet1.xml").replace(swap["old"], swap["new"])


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return book(
        tmp_path / "plain.xlsx",
        {"产品": [["名称", "产品或环节类别"], ["法兰", "最终产品"]]},
        ("产品", "A5:B6", "x"),
    )


def test_macros_and_links_to_other_workbooks_are_left_alone(plain: Path):
    path = repacked(
        plain, **{"xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": b"<externalLink/>"}
    )
    path = path.rename(path.with_suffix(".xlsm"))
    found = read_workbook(path)
    assert found.notes[0] == "new-plain.xlsm：含宏，只读取单元格，宏未读取也未运行"
    assert found.notes[1] == "new-plain.xlsm：含指向其他工作簿的链接，未打开它们，只用已保存的结果"


def test_an_error_value_is_no_value(plain: Path):
    text = sheet_of(
        plain, old=b'<c r="B2" t="s"><v>3</v></c>', new=b'<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    )
    path = repacked(plain, **{"xl/worksheets/sheet1.xml": text})
    line = read_workbook(path).pages[0].lines[0]
    assert line.faults["category"] == ("", "公式结果是错误 #DIV/0!：请改正公式，或填写数值")


@pytest.mark.parametrize(
    ("old", "new", "trouble"),
    [
        (
            b'count="1"><mergeCell ref="A5:B6"/>',
            b'count="2"><mergeCell ref="A5:B6"/><mergeCell ref="B6:C7"/>',
            "合并单元格 A5:B6 与 B6:C7 重叠",
        ),
        (b'<row r="2" ', b'<row r="1048576" ', "已到 Excel 的最后一行（1,048,576 行）"),
        (b'<row r="2" ', b'<row r="300000" ', "有 300,000 行，最多 200,000 行"),
    ],
)  # fmt: skip
def test_a_sheet_that_cannot_be_trusted_is_refused(plain: Path, old: bytes, new: bytes, trouble: str):
    text = sheet_of(plain, old=old, new=new)
    if b"1048576" in new or b"300000" in new:  # the merged cell lies below: drop it
        text = text[: text.index(b'<row r="5"')] + b"</sheetData></worksheet>"
    pages = read_workbook(repacked(plain, **{"xl/worksheets/sheet1.xml": text})).pages
    assert trouble in pages[0].trouble


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"name,form\n", "不是 Excel 工作簿，或已损坏"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "工作簿有打开密码"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "不能读取"),
        (b"PK\x03\x04" + b"\0" * 60, "不是 Excel 工作簿，或已损坏"),
    ],
)
def test_what_is_no_workbook_is_said(tmp_path: Path, content: bytes, reason: str):
    path = tmp_path / "b.xlsx"
    path.write_bytes(content)
    with pytest.raises(LoadRefused, match=f"b.xlsx：{reason}"):
        read_workbook(path)


def test_a_bomb_is_not_unpacked(plain: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(book_process, "LIMITS", Limits(bytes=5_000_000))
    path = repacked(plain, **{"xl/media/image1.png": b"\0" * 6_000_000})
    assert path.stat().st_size < 50_000
    with pytest.raises(LoadRefused, match="解压后有 6 MB，最多 5 MB：疑似压缩炸弹，未读取"):
        read_workbook(path)


def test_other_archives_empty_forms_and_missing_files_are_said(tmp_path: Path):
    with ZipFile(tmp_path / "z.xlsx", "w") as made:
        made.writestr("a.txt", "a")
    with pytest.raises(LoadRefused, match=r"缺 xl/workbook\.xml"):
        read_workbook(tmp_path / "z.xlsx")
    with pytest.raises(LoadRefused, match="各工作表都没有填写"):
        read_workbook(book(tmp_path / "e.xlsx", {"主体": FIRMS[:2]}))
    with pytest.raises(LoadRefused, match="没有文件"):
        read_workbook(tmp_path / "none.xlsx")


async def test_what_looks_like_a_formula_goes_back_as_text(empty_store: Store, tmp_path: Path):
    signs = ["+1+1", "-cmd", "@SUM(A1)"]
    rows: Rows = [["产品名称", "产品或环节类别", "备注"], *([sign, "不知道", sign] for sign in signs)]
    path = book(tmp_path / "book.xlsx", {"产品": rows})
    cells = b'<c r="A5" t="inlineStr"><is><t>=1+1</t></is></c><c r="B5" t="inlineStr"><is><t>x</t></is></c>'
    text = sheet_of(path, old=b"</sheetData>", new=b'<row r="5">' + cells + b"</row></sheetData>")
    report = await load_workbook(empty_store, repacked(path, **{"xl/worksheets/sheet1.xml": text}))
    write_report(report, tmp_path / "退回.xlsx")
    with ZipFile(tmp_path / "退回.xlsx") as made:
        sheets = [made.read(name) for name in made.namelist() if "worksheets/sheet" in name]
    assert not any(re.search(rb"<f[ >]", text) for text in sheets)
    with CalamineWorkbook.from_path(tmp_path / "退回.xlsx") as opened:
        back = opened.get_sheet_by_name("产品").to_python()
    assert [row[0] for row in back[1:]] == [*signs, "=1+1"]


FAR = b'<row r="190000"><c r="XFD190000"><v>1</v></c></row></sheetData>'
TOO_FAR = (
    "从 A1 一直用到 XFD190000（16,384 列 × 190,000 行），最多 10,000,000 格，未读取："
    "请按 Ctrl+End 查看，删去 XFD 列、第 190,000 行等处多余的内容"
)


@pytest.mark.parametrize("name", ["主体", "附表"])
async def test_a_sheet_that_would_fill_the_memory_is_refused_alone(
    empty_store: Store, tmp_path: Path, name: str
):
    path = book(tmp_path / "book.xlsx", {name: [["名称"], ["甲厂"]], "产品": PRODUCTS})
    text = sheet_of(path, old=b"</sheetData>", new=FAR)
    report = await load_workbook(empty_store, repacked(path, **{"xl/worksheets/sheet1.xml": text}))
    (refused,) = said(report)
    assert refused.startswith(f"new-book.xlsx:{name}：{TOO_FAR}")
    assert [table.new for table in report.tables if not table.refused] == [1]


async def test_a_sheet_of_broken_xml_is_refused_alone(empty_store: Store, tmp_path: Path):
    path = book(tmp_path / "book.xlsx", {"主体": FIRMS, "产品": PRODUCTS})
    text = sheet_of(path, old=b"</sheetData>", new=b'<c r="A1" t="e" ' * 2_000)
    report = await load_workbook(empty_store, repacked(path, **{"xl/worksheets/sheet1.xml": text}))
    assert said(report)[0].startswith("new-book.xlsx:主体：不是完好的 XML（第 2 行第 ")
    assert [table.new for table in report.tables if not table.refused] == [1]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows gives Python no limit of memory")
def test_a_workbook_that_takes_too_much_memory_is_refused(plain: Path, monkeypatch: pytest.MonkeyPatch):
    limits = Limits(cells=10**9, memory=400_000_000)
    monkeypatch.setattr(book_process, "LIMITS", limits)
    text = sheet_of(plain, old=b"</sheetData>", new=FAR.replace(b"190000", b"2000"))
    path = repacked(plain, **{"xl/worksheets/sheet1.xml": text})
    with pytest.raises(LoadRefused, match=r"new-plain\.xlsx：读工作表“产品”时所需内存超过 400 MB"):
        read_workbook(path)


def test_a_workbook_that_takes_too_long_is_refused(plain: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(book_process, "LIMITS", Limits(seconds=0))
    with pytest.raises(LoadRefused, match=r"plain\.xlsx：打开时超过 0 秒还没有读完，已停止"):
        read_workbook(plain)


def test_a_reading_that_ends_unexpectedly_is_told(plain: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(book_process, "_CHILD", "import os; os.abort()")
    with pytest.raises(LoadRefused, match=r"plain\.xlsx：打开时读取程序意外终止"):
        read_workbook(plain)


def test_the_reading_process_sends_values_and_nothing_that_runs(plain: Path, monkeypatch: pytest.MonkeyPatch):
    sent = "import os, pickle, sys; sys.stdout.buffer.write(pickle.dumps(('notes', os.getcwd)))"
    monkeypatch.setattr(book_process, "_CHILD", sent)
    with pytest.raises(LoadRefused, match="读取程序意外终止"):
        read_workbook(plain)


def test_the_reading_process_starts_without_the_numeric_libraries():
    heavy = {"numpy", "numba", "scipy", "neo4j", "strawberry", "graph.kinds"}
    program = f"import loaders.excel.book_child, sys; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)  # noqa: S603
    assert done.stdout == "set()\n"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows gives Python no measure of memory")
def test_the_watch_ends_a_process_that_takes_too_much_memory():
    program = """
import resource, threading, time
from loaders.excel.book_child import _peak, watch
before = _peak()
threading.Thread(target=watch, args=(50_000_000,), daemon=True).start()
taken = b"x" * (before + 100_000_000)
time.sleep(60)
"""
    done = subprocess.run([sys.executable, "-c", program], check=False)  # noqa: S603
    assert done.returncode == OUT_OF_MEMORY


def crossed(path: Path, cells: Sequence[tuple[int, int]]) -> Path:
    """Write a workbook of regions and firms; some cells of the firms (from 0) are struck through."""
    with Workbook(path) as made:
        line, plain = made.add_format({"font_strikeout": True}), made.add_format({"bold": True})
        for name, rows in {"行政区划": REGIONS, "主体": FIRMS}.items():
            sheet = made.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, value in enumerate(row):
                    text = value.isoformat() if isinstance(value, date) else value
                    look = line if name == "主体" and (number, place) in cells else plain
                    sheet.write(number, place, text, look)
    return path


async def test_a_row_that_is_struck_through_is_void_and_said(empty_store: Store, tmp_path: Path):
    path = crossed(tmp_path / "book.xlsx", [(3, place) for place in range(6)])
    report = await load_workbook(empty_store, path)
    assert said(report) == []
    names = await empty_store.read("MATCH (o:Organisation) RETURN {name: o.name} AS o")
    assert names == [{"name": "甲厂"}]
    (told,) = [note for note in report.notes if "删除线" in note]
    assert told == "主体：1 行整行划了删除线（第 4 行）：看作作废，未装载；有效请去掉删除线"


async def test_a_cell_that_is_struck_through_in_a_row_is_asked_back(empty_store: Store, tmp_path: Path):
    """Of the first firm the optional date, of the second the name it can't be without."""
    report = await load_workbook(empty_store, crossed(tmp_path / "book.xlsx", [(3, 4), (2, 1)]))
    told = said(report)
    assert len(told) == 2
    assert all("划了删除线：作废请删去内容，有效请去掉删除线" in one for one in told)
    assert {next(part for part in ("B3", "E4") if part in one) for one in told} == {"B3", "E4"}
    kept = await empty_store.read("MATCH (o:Organisation) RETURN {name: o.name, on: o.foundedOn} AS o")
    assert kept == [{"name": "乙社", "on": None}]


def test_struck_cells_cost_nothing_where_no_style_strikes(tmp_path: Path):
    made = read_workbook(crossed(tmp_path / "book.xlsx", []))
    assert not [note for note in made.notes if "删除线" in note]
    assert [len(one.lines) for one in made.pages] == [1, 2]


FIRM: Rows = [["主体名称", "主体形式", "所在县"], ["甲厂", "企业", "定襄县"]]


@pytest.mark.parametrize("written", ["3393", "C3393", "锻件及粉末冶金制品制造"])
async def test_industries_are_named_by_a_plain_head_and_by_their_code(
    empty_store: Store, tmp_path: Path, written: str
):
    engaged: Rows = [["企业名称", "行业"], ["甲厂", written]]
    report = await loaded(empty_store, tmp_path, {"主体": FIRM, "主体从事的行业": engaged})
    assert said(report) == []
    found = await empty_store.read("MATCH (:Organisation)-[:ENGAGES_IN]->(i) RETURN {id: i.id} AS i")
    assert found == [{"id": "industry:4754-2017:3393"}]


async def test_a_name_of_several_provinces_is_asked_back_though_the_store_holds_one(
    empty_store: Store, tmp_path: Path
):
    """Three provinces have a 郊区; the store holds that of 阳泉, which says nothing of what was meant."""
    held: Rows = [["标识", "名称", "行政区划级别"], ["region:140311", "郊区", "县级"]]
    await loaded(empty_store, tmp_path, {"行政区划": held})
    firm: Rows = [FIRM[0], ["甲厂", "企业", "郊区"]]
    (told,) = said(await loaded(empty_store, tmp_path, {"主体": firm}))
    for place in ("山西省阳泉市郊区（region:140311）", "黑龙江省佳木斯市郊区", "安徽省铜陵市郊区"):
        assert place in told
    beside: Rows = [*firm, ["乙厂", "企业", "山西省阳泉市平定县"]]
    report = await loaded(empty_store, tmp_path, {"主体": beside})
    assert said(report) == []
    assert report.taken is not None
    own = {"行政区划": held, "主体": [FIRM[0], ["丙厂", "企业", "郊区"]]}
    assert said(await loaded(empty_store, tmp_path, own)) == []
