"""Stock templates: the pages that are filled unless an office gives its own, as Word documents with tags."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Page
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

NAVY, INK, GREY, RED, LINE = "1F3A5F", "222B36", "6B7280", "B3261E", "D5DCE4"
HEAD, PALE = "EEF2F7", "FBEDEB"
GREEN, AMBER = "2E7D5B", "9A5B00"
STATES = (
    ("● 已有", GREEN, "E7F3EC"),
    ("◐ 薄弱", AMBER, "FDF1DC"),
    ("○ 缺失", RED, "FBE6E3"),
    ("？不详", GREY, "F1F3F5"),
)
"""The columns of the chain: word, ink, ground. The signs tell them apart on a black-and-white printer too."""
LATIN, CHINESE = "Arial", "微软雅黑"

WIDTH = 182
"""Millimetres between the margins of A4."""


@dataclass(frozen=True, slots=True)
class Letters:
    """Sizes in points: of plain letters, of sources and candidates, of headings, and from line to line."""

    size: float
    small: float
    heading: float
    leading: float


TIGHT, ROOMY = Letters(7.5, 7.0, 9.5, 10.5), Letters(9.0, 8.0, 11.0, 14.0)
ROOMY_UP_TO = 20
"""Rows up to which a page has room for larger letters."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, the tag of its cells, its width in millimetres."""

    head: str
    tag: str
    width: float
    right: bool = False
    bold: bool = False
    red: bool = False
    small: bool = False


STAMP = Column("", "{{ 行.样例 }}", 13, red=True)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A document that is being laid out, and the letters it is set in."""

    page: Page
    letters: Letters


def town_template(rows: int = ROOMY_UP_TO + 1) -> bytes:
    """The template of a town, in larger letters where so many rows leave room."""
    return _made(_town, roomy=rows <= ROOMY_UP_TO)


def organisation_template(rows: int = ROOMY_UP_TO + 1) -> bytes:
    """The template of an organisation, in larger letters where so many rows leave room."""
    return _made(_organisation, roomy=rows <= ROOMY_UP_TO)


def blank() -> Page:
    """An empty A4 page in Chinese, whose signs and line breaks follow its rules."""
    page = Document()
    section = page.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    (language,) = page.styles.element.iter(qn("w:lang"))
    language.set(qn("w:eastAsia"), "zh-CN")
    return page


@cache
def _made(lay: Callable[[_Sheet], None], *, roomy: bool) -> bytes:
    sheet = _Sheet(blank(), ROOMY if roomy else TIGHT)
    _paper(sheet)
    lay(sheet)
    made = BytesIO()
    sheet.page.save(made)
    return made.getvalue()


def _town(sheet: _Sheet) -> None:
    _head(sheet, "镇画像")
    _line(sheet, "{{ 概况 }}")
    _line(sheet, "龙头企业：{{ 龙头 }}　牵头单位：{{ 牵头单位 }}")
    _warned(sheet)
    _section(sheet, "一、主要数值", "{{ 数值余 }}")
    _figures(sheet)
    _section(sheet, "二、产业链", "{{ 产业链 }}")
    _given(sheet, "环节", lambda: _chain(sheet), "没有对照的参考产业链，不列环节。")
    _section(sheet, "三、缺什么，先找谁", "价值：元/年；未登记不等于没有，缺失须先核实")
    _given(sheet, "缺口", lambda: _gaps(sheet), "没有已知的缺口，或无从比较。")
    _section(sheet, "四、靠谁，谁靠它", "{{ 两头 }}")
    _line(sheet, "{{ 本地配套 }}；{{ 外购 }}；{{ 外销 }}；{{ 单一来源 }}")
    _partners(sheet)
    _section(sheet, "五、体检", "供核实之用，不代替认定")
    _loop(sheet, "体检", "{{ 行.标准 }}：{{ 行.结论 }}")
    _given(sheet, "体检", lambda: None, "没有施行的认定标准，未作体检。")
    _section(sheet, "六、尚不清楚", "")
    _line(sheet, "{{ 不详 }}")
    _foot(sheet)


def _organisation(sheet: _Sheet) -> None:
    _head(sheet, "企业画像")
    _line(sheet, "{{ 概况 }}")
    for label in ("专业镇", "产品", "资质"):
        _line(sheet, f"{label}：{{{{ {label} }}}}")
    _warned(sheet)
    _section(sheet, "一、主要数值", "{{ 数值余 }}")
    sheet.page.add_paragraph("{%p if 历年 %}")
    _years(sheet)
    sheet.page.add_paragraph("{%p endif %}")
    sheet.page.add_paragraph("{%p if 数值 or not 历年 %}")
    _figures(sheet)
    sheet.page.add_paragraph("{%p endif %}")
    _section(sheet, "二、向谁买，卖给谁", "金额：元/年")
    _line(sheet, "{{ 采购 }}；{{ 销售 }}")
    _partners(sheet)
    _section(sheet, "三、股权与集团", "")
    _line(sheet, "{{ 股权 }}")
    _section(sheet, "四、谁离不开它", "")
    _line(sheet, "{{ 依赖 }}")
    _section(sheet, "五、可补的缺口", "外镇所缺而它所产；不代表投资意愿　{{ 可补数 }}")
    _given(sheet, "可补", lambda: _fills(sheet), "没有已知者：外镇所缺而不是他镇主业的产品中没有它所产的。")
    _section(sheet, "六、尚不清楚", "")
    _line(sheet, "{{ 不详 }}")
    _foot(sheet)


def _paper(sheet: _Sheet) -> None:
    section = sheet.page.sections[0]
    section.left_margin = section.right_margin = Mm(14)
    section.top_margin, section.bottom_margin = Mm(11), Mm(9)
    section.header_distance, section.footer_distance = Mm(5), Mm(7)
    normal: Any = sheet.page.styles["Normal"]
    normal.font.name, normal.font.size = LATIN, Pt(sheet.letters.size)
    normal.font.color.rgb = RGBColor.from_string(INK)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), CHINESE)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    _spacing(normal.paragraph_format, sheet.letters.leading)


def _spacing(form: Any, points: float) -> None:
    """Lines of one height, whatever font is there."""
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(points)


def _head(sheet: _Sheet, kind: str) -> None:
    """Name, kind and year of the page above a rule."""
    table = _table(sheet, (WIDTH - 60, 60))
    left, right = table.rows[0].cells
    _write(sheet, left.paragraphs[0], "{{ 名称 }}", size=17, bold=True, colour=NAVY, height=23)
    _write(sheet, right.paragraphs[0], f"{kind} · {{{{ 年份 }}}}", size=10.5, colour=NAVY, height=23)
    right.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for cell in (left, right):
        _borders(cell, bottom=(NAVY, 12))
    _gap(sheet, 3)


def _warned(sheet: _Sheet) -> None:
    """A banner where something invented is behind the page."""
    for tag, ground, ink in (("样例提示", PALE, RED), ("仅真实", HEAD, NAVY)):
        sheet.page.add_paragraph(f"{{%p if {tag} %}}")
        paragraph = sheet.page.add_paragraph()
        _write(sheet, paragraph, f"{{{{ {tag} }}}}", bold=True, colour=ink, height=sheet.letters.leading + 2)
        paragraph.paragraph_format.space_before = Pt(2)
        _ground(_properties(paragraph), ground)
        sheet.page.add_paragraph("{%p endif %}")


def _section(sheet: _Sheet, words: str, aside: str) -> None:
    """A heading with what to know about it beside it."""
    paragraph = sheet.page.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = (
        Pt(sheet.letters.leading - 6.5),
        Pt(1.5),
    )
    paragraph.paragraph_format.keep_with_next, height = True, sheet.letters.heading + 3.5
    _write(sheet, paragraph, words, size=sheet.letters.heading, bold=True, colour=NAVY, height=height)
    if aside:
        _write(sheet, paragraph, f"　{aside}", colour=GREY, height=height)


def _line(sheet: _Sheet, words: str) -> None:
    _write(sheet, sheet.page.add_paragraph(), words)


def _loop(sheet: _Sheet, rows: str, words: str) -> None:
    """One paragraph for each row, with its stamp."""
    sheet.page.add_paragraph(f"{{%p for 行 in {rows} %}}")
    paragraph = sheet.page.add_paragraph()
    _write(sheet, paragraph, words)
    _write(sheet, paragraph, "　{{ 行.样例 }}", size=7, colour=RED)
    sheet.page.add_paragraph("{%p endfor %}")


def _given(sheet: _Sheet, rows: str, lay: Callable[[], object], otherwise: str) -> None:
    """Lay something out where there are rows, else say that there are none."""
    sheet.page.add_paragraph(f"{{%p if {rows} %}}")
    lay()
    sheet.page.add_paragraph("{%p else %}")
    _write(sheet, sheet.page.add_paragraph(), otherwise, colour=GREY)
    sheet.page.add_paragraph("{%p endif %}")


def _figures(sheet: _Sheet) -> None:
    columns = (
        Column("指标", "{{ 行.指标 }}", 19, bold=True),
        Column("口径（原文用语）", "{{ 行.口径 }}", 28),
        Column("数值", "{{ 行.数值 }}", 24, right=True, bold=True),
        Column("年份", "{{ 行.年份 }}", 14),
        Column("来源与等级", "{{ 行.来源 }}", 46, small=True),
        Column("另有来源说", "{{ 行.另一说 }}", 38, small=True),
        STAMP,
    )
    _given(sheet, "数值", lambda: _rows(sheet, "数值", columns), "没有已登记的数值。")


def _years(sheet: _Sheet) -> None:
    years = [Column(f"{{{{ 历年年份[{n}] }}}}", f"{{{{ 行.值[{n}] }}}}", 27, right=True) for n in range(5)]
    _rows(sheet, "历年", (Column("指标", "{{ 行.指标 }}", 34, bold=True), *years, STAMP))


def _chain(sheet: _Sheet) -> None:
    words = [word.strip("●◐○？ ") for word, _, _ in STATES]
    columns = [Column("", "{{ 行.位置 }}", 18, bold=True)]
    columns += [
        Column(head, f"{{{{ 行.{word} }}}}", 41) for (head, _, _), word in zip(STATES, words, strict=True)
    ]
    table = _rows(sheet, "环节", columns)
    for place, (_, ink, ground) in enumerate(STATES, 1):
        cell = table.rows[0].cells[place]
        _ground(_properties(cell), ground)
        for run in cell.paragraphs[0].runs:
            run.font.color.rgb = RGBColor.from_string(ink)


def _gaps(sheet: _Sheet) -> None:
    columns = (
        Column("做法（项）", "{{ 行.做法 }}", 18, bold=True),
        Column("环节", "{{ 行.环节 }}", 24, bold=True),
        Column("原因", "{{ 行.原因 }}", 30),
        Column("价值", "{{ 行.价值 }}", 19, right=True),
        Column("首选对象", "{{ 行.首选 }}", 78, small=True),
        STAMP,
    )
    _rows(sheet, "缺口", columns)


def _partners(sheet: _Sheet) -> None:
    """The largest partners of both sides, and who alone supplies."""
    columns = (
        Column("", "{{ 行.关系 }}", 17, bold=True),
        Column("对方", "{{ 行.对方 }}", 50),
        Column("所在，或供给谁", "{{ 行.所在 }}", 40),
        Column("产品", "{{ 行.产品 }}", 40),
        Column("金额", "{{ 行.金额 }}", 22, right=True),
        STAMP,
    )
    _given(sheet, "往来", lambda: _rows(sheet, "往来", columns), "没有已登记的往来。")


def _fills(sheet: _Sheet) -> None:
    columns = (
        Column("专业镇", "{{ 行.专业镇 }}", 52, bold=True),
        Column("环节", "{{ 行.环节 }}", 63),
        Column("做法", "{{ 行.做法 }}", 24),
        Column("价值", "{{ 行.价值 }}", 30, right=True),
        STAMP,
    )
    _rows(sheet, "可补", columns)


def _foot(sheet: _Sheet) -> None:
    """What it rests on, in small print at the foot of the page."""
    foot = sheet.page.sections[0].footer
    first = foot.paragraphs[0]
    for paragraph, words in (
        (first, "{{ 依据 }}。{{ 告诫 }}"),
        (foot.add_paragraph(), "公式：{{ 公式 }}　数据版本：{{ 快照 }}，截至 {{ 年份 }}末　镇链制表"),
    ):
        _write(sheet, paragraph, words, size=6.5, colour=GREY, height=9)
    _rule(first)


def _rows(sheet: _Sheet, rows: str, columns: Sequence[Column]) -> Table:
    """A table with a head and one row for each of some rows."""
    table, letters = _table(sheet, [one.width for one in columns], 4), sheet.letters
    _heads(sheet, table, columns)
    for row, tag in ((1, f"{{%tr for 行 in {rows} %}}"), (3, "{%tr endfor %}")):
        table.rows[row].cells[0].paragraphs[0].add_run(tag)
    for cell, one in zip(table.rows[2].cells, columns, strict=True):
        paragraph = cell.paragraphs[0]
        size, ink = (6.5, RED) if one.red else (letters.small if one.small else letters.size, INK)
        _write(sheet, paragraph, one.tag, size=size, bold=one.bold, colour=ink)
        if one.right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _borders(cell, bottom=(LINE, 4))
    return table


def _heads(sheet: _Sheet, table: Table, columns: Sequence[Column]) -> None:
    for cell, one in zip(table.rows[0].cells, columns, strict=True):
        paragraph = cell.paragraphs[0]
        _write(sheet, paragraph, one.head, size=sheet.letters.small, bold=True, colour=GREY)
        if one.right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _ground(_properties(cell), HEAD)


def _table(sheet: _Sheet, widths: Sequence[float], rows: int = 1) -> Table:
    """An even table without lines, as wide as the page."""
    table = sheet.page.add_table(rows=rows, cols=len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    margins = OxmlElement("w:tblCellMar")
    for side, twips in (("top", 12), ("left", 60), ("bottom", 12), ("right", 60)):
        margins.append(_element(f"w:{side}", w=twips, type="dxa"))
    _element_of(table).tblPr.append(margins)
    for place, width in enumerate(widths):
        table.columns[place].width = Mm(width)
        for cell in table.columns[place].cells:
            cell.width = Mm(width)
    return table


def _write(  # noqa: PLR0913 - how words look
    sheet: _Sheet,
    paragraph: Paragraph,
    words: str,
    *,
    size: float | None = None,
    bold: bool = False,
    colour: str = INK,
    height: float | None = None,
) -> None:
    run = paragraph.add_run(words)
    run.font.size, run.font.bold = Pt(size or sheet.letters.size), bold
    run.font.color.rgb = RGBColor.from_string(colour)
    _spacing(paragraph.paragraph_format, height or sheet.letters.leading)


def _gap(sheet: _Sheet, points: float) -> None:
    _spacing(sheet.page.add_paragraph().paragraph_format, points)


def _ground(properties: Any, colour: str) -> None:
    """Shade a cell or a paragraph."""
    properties.append(_element("w:shd", val="clear", color="auto", fill=colour))


def _borders(cell: Any, **sides: tuple[str, int]) -> None:
    borders = OxmlElement("w:tcBorders")
    for side, (colour, eighths) in sides.items():
        borders.append(_element(f"w:{side}", val="single", sz=eighths, space=0, color=colour))
    _properties(cell).append(borders)


def _rule(paragraph: Paragraph) -> None:
    """A line above a paragraph."""
    borders = OxmlElement("w:pBdr")
    borders.append(_element("w:top", val="single", sz=4, space=2, color=LINE))
    _properties(paragraph).append(borders)


def _properties(part: Any) -> Any:
    """Properties of a paragraph or a cell, as XML: python-docx has no words for shades and borders."""
    made = _element_of(part)
    return made.get_or_add_pPr() if isinstance(part, Paragraph) else made.get_or_add_tcPr()


def _element_of(part: Any) -> Any:
    return part._element  # noqa: SLF001 - python-docx has no other way to it


def _element(name: str, **attributes: object) -> Any:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made
