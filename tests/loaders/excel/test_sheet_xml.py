"""The XML of sheets is read as calamine reads it, and no text of it is costly."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from loaders.excel.sheet_xml import DEEPEST, MOST_ATTRIBUTES, XmlFault, elements, sheet_part

EMPTY = BytesIO()
with Workbook(EMPTY) as made:
    made.add_worksheet("a")


def calamine(rows: bytes) -> tuple[int, int]:
    """Read how far the cells of a sheet reach, by python-calamine."""
    memory = BytesIO()
    with ZipFile(EMPTY) as old, ZipFile(memory, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name).replace(b"<sheetData/>", b"<sheetData>" + rows + b"</sheetData>")
            new.writestr(name, text)
    memory.seek(0)
    with CalamineWorkbook.from_filelike(memory) as book:
        sheet = book.get_sheet_by_name("a")
        return (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)


def whole(rows: bytes) -> BytesIO:
    return BytesIO(b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>")


references = st.one_of(
    st.none(),
    st.builds("{}{}".format, st.sampled_from(["A", "b", "Z", "AA"]), st.integers(1, 40)),
)
contents = st.sampled_from(
    ["", "<v/>", "<v>1</v>", "<f>1+1</f>", "<f>1+1</f><v>2</v>", '" t="str"><v></v>', '" t="inlineStr"><is/>']
)


@st.composite
def sheet_rows(draw: st.DrawFn) -> bytes:
    """Draw rows in order, some without a number, of cells of which some have no reference."""
    text = ""
    for number in sorted(draw(st.sets(st.integers(1, 30), max_size=5))):
        text += draw(st.sampled_from(["<row>", f'<row r="{number}">']))
        for reference in draw(st.lists(references, max_size=5)):
            content = draw(contents)
            mark = f' r="{reference}' if reference else ' s="0'
            text += f"<c{mark}{content}</c>" if content.startswith('"') else f'<c{mark}">{content}</c>'
        text += "</row>"
    return text.encode()


@given(sheet_rows())
def test_no_cell_lies_beyond_what_is_measured(rows: bytes):
    part = sheet_part(whole(rows))
    height, width = calamine(rows)
    assert part.rows >= height
    assert part.columns >= width


def test_blank_cells_and_a_wide_dimension_take_no_room():
    blank = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="900"><c r="XFD900" s="1"/></row>'
    part = sheet_part(BytesIO(b'<worksheet><dimension ref="A1:XFD1048576"/>' + whole(blank).read()[11:]))
    assert (part.rows, part.columns) == (1, 1)
    assert calamine(blank) == (1, 1)


def test_formulas_without_a_result_and_errors_are_found_by_their_cells():
    rows = (
        b'<row r="2"><c r="B2"><f>1+1</f></c><c r="C2" t="str"><f>1</f><v></v></c>'
        b'<c r="D2"><f>1</f><v>1</v></c>'
        b'<c r="E2" t="e"><v>#N/A</v></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    assert sheet_part(whole(rows)).unready == {(2, 2): "", (2, 3): "", (2, 5): "#N/A", (2, 6): "#DIV/0!"}


def test_prefixed_names_are_the_same_elements():
    cells = b'<x:row r="3"><x:c r="C3"><x:v>1</x:v></x:c></x:row>'
    text = b'<x:worksheet xmlns:x="u"><x:sheetData>' + cells + b"</x:sheetData></x:worksheet>"
    part = sheet_part(BytesIO(text))
    assert (part.rows, part.columns) == (3, 3)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"<worksheet>" + b'<c r="A1" t="e" ' * 2_000, "不是完好的 XML（第 1 行第 "),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>', "含 DTD 或实体声明"),
        (b"<a>" * (DEEPEST + 1), f"元素嵌套超过 {DEEPEST} 层"),
        (
            b"<a " + b" ".join(b'b%d=""' % n for n in range(MOST_ATTRIBUTES + 1)) + b"/>",
            "一个元素的属性超过 200 个",
        ),
        (whole(b'<row><c r="XFE2"/></row>').read(), "没有单元格“XFE2”：工作表最多到 XFD1048576"),
        (whole(b'<row r="99999999"/>').read(), "没有单元格“A99999999”"),
        (b'<worksheet><mergeCell ref="A1:?"/></worksheet>', r"没有单元格“\?”"),
        (b"", "不是完好的 XML"),
    ],
)  # fmt: skip
def test_what_no_sheet_says_is_refused(text: bytes, reason: str):
    with pytest.raises(XmlFault, match=reason):
        sheet_part(BytesIO(text))


def test_attributes_are_unescaped():
    text = b'<r><Relationship Target="a&amp;b"/><x:Relationship xmlns:x="u" Target="&#x7532;"/></r>'
    assert [given["Target"] for given in elements(BytesIO(text), "Relationship")] == ["a&b", "甲"]
