"""Supervision notices (督办通知书) as Word documents, marked as drafts until they are issued."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from graph.kinds.stages import BY_NAME
from graph.snapshot.snapshot import Snapshot
from loaders.word.filling import About, Template, Words, filled
from loaders.word.stock import blank
from queries.ledgers.items import LedgerItem
from queries.ledgers.notice import NoticePaper

TITLE = "督办通知书"
MOST_ITEMS = 8
"""Overdue items that the notice lists; the rest is counted."""
RED, INK, GREY = "C00000", "000000", "666666"
HEI, FANG, SONG = "黑体", "仿宋", "宋体"
SIZE, LEADING = 16, 28
"""Points: the third size of official papers, and from line to line."""
COLUMNS = (
    ("事项", "{{ 行.事项 }}", 74),
    ("台账", "{{ 行.台账 }}", 26),
    ("期限", "{{ 行.期限 }}", 32),
    ("逾期", "{{ 行.逾期 }}", 24),
)


def notice_document(snapshot: Snapshot, paper: NoticePaper, template: Template | None = None) -> bytes:
    """Write a notice; raises BadTemplate."""
    used = template or Template(f"标准{TITLE}", notice_template())
    words = notice_words(snapshot, paper)
    return filled(used, words, About(paper.notice.name, snapshot.taken_at))


def notice_words(snapshot: Snapshot, paper: NoticePaper) -> Mapping[str, Words]:
    """Write what a notice says in words, by the names that tags use."""
    notice, listed = paper.notice, paper.overdue[:MOST_ITEMS]
    rest = len(paper.overdue) - len(listed)
    return {
        "名称": notice.name,
        "草稿": paper.draft,
        "草稿提示": "草　稿（尚未下达，不生效）" if paper.draft else "",
        "已销号": notice.status.value == "CLOSED",
        "年份": str((notice.issued_on or paper.on).year),
        "专业镇": snapshot.name_of(paper.town),
        "主送": "、".join(snapshot.name_of(row) for row in paper.bodies) or "（责任单位未登记，请补上）",
        "事由": notice.reason if notice.reason.endswith(("。", "！")) else f"{notice.reason}。",
        "期限": chinese_day(notice.due_on),
        "下达单位": paper.issuer or "（下达单位盖章）",
        "下达日期": chinese_day(notice.issued_on) if notice.issued_on else "（下达日期）",
        "事项": [_item(snapshot, one) for one in listed],
        "事项余": f"另有 {rest} 项逾期，见台账。" if rest > 0 else "",
        "截至": chinese_day(paper.on),
        "样例提示": "含虚构样例：专业镇、单位或事项为虚构，不得作为正式公文使用" if paper.synthetic else "",
        "编号": notice.id,
        "快照": snapshot.origin.id,
    }


def chinese_day(day: date) -> str:
    """Write a day as official papers do.

    >>> chinese_day(date(2025, 4, 3))
    '2025年4月3日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def _item(snapshot: Snapshot, one: LedgerItem) -> Mapping[str, Words]:
    return {
        "事项": snapshot.name_of(one.item),
        "台账": BY_NAME[one.ledger].name.words,
        "期限": chinese_day(one.due_on) if one.due_on else "",
        "逾期": f"{one.overdue_days} 天",
    }


@cache
def notice_template() -> bytes:
    """The template that is filled unless an office gives its own."""
    page = blank()
    section = page.sections[0]
    section.top_margin, section.bottom_margin = Mm(34), Mm(30)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    _given(page, "草稿", "{{ 草稿提示 }}", font=HEI, size=18, colour=RED, align=WD_ALIGN_PARAGRAPH.RIGHT)
    _given(page, "样例提示", "{{ 样例提示 }}", font=HEI, size=11, colour=RED, align=WD_ALIGN_PARAGRAPH.RIGHT)
    middle = WD_ALIGN_PARAGRAPH.CENTER
    _write(page.add_paragraph(), TITLE, font=SONG, size=26, bold=True, align=middle, height=46)
    _write(page.add_paragraph(), "督办〔{{ 年份 }}〕　　号", font=FANG, align=middle)
    _write(page.add_paragraph(), "", font=FANG)
    _write(page.add_paragraph(), "{{ 主送 }}：", font=FANG)
    _text(page, "经查，{{ 专业镇 }}存在下列情况，现予督办：")
    _text(page, "{{ 事由 }}")
    _text(page, "请于{{ 期限 }}前完成整改，并书面报告整改情况。")
    page.add_paragraph("{%p if 事项 %}")
    _text(page, "截至{{ 截至 }}，该镇另有下列事项逾期未了结，请一并办理：")
    _items(page)
    _given(page, "事项余", "{{ 事项余 }}", font=FANG, size=12)
    page.add_paragraph("{%p endif %}")
    _write(page.add_paragraph(), "", font=FANG)
    for words in ("{{ 下达单位 }}", "{{ 下达日期 }}"):
        signed = page.add_paragraph()
        _write(signed, words, font=FANG, align=WD_ALIGN_PARAGRAPH.RIGHT)
        signed.paragraph_format.right_indent = Pt(2 * SIZE)
    _given(page, "已销号", "（本通知书已销号）", font=FANG, size=12)
    foot = section.footer.paragraphs[0]
    _write(foot, "编号：{{ 编号 }}　数据版本：{{ 快照 }}", font=SONG, size=8, colour=GREY, height=11)
    made = BytesIO()
    page.save(made)
    return made.getvalue()


def _text(page: Any, words: str) -> None:
    """A paragraph of the body, its first line two signs in."""
    paragraph = page.add_paragraph()
    _write(paragraph, words, font=FANG)
    paragraph.paragraph_format.first_line_indent = Pt(2 * SIZE)


def _given(page: Any, field: str, words: str, **looks: Any) -> None:
    """A paragraph that is there where a field is not empty."""
    page.add_paragraph(f"{{%p if {field} %}}")
    _write(page.add_paragraph(), words, **looks)
    page.add_paragraph("{%p endif %}")


def _items(page: Any) -> None:
    table = page.add_table(rows=4, cols=len(COLUMNS), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for place, (head, tag, width) in enumerate(COLUMNS):
        table.columns[place].width = Mm(width)
        for row in table.rows:
            row.cells[place].width = Mm(width)
        middle = WD_ALIGN_PARAGRAPH.CENTER
        _write(table.rows[0].cells[place].paragraphs[0], head, font=HEI, size=12, align=middle, height=20)
        _write(table.rows[2].cells[place].paragraphs[0], tag, font=FANG, size=12, height=20)
    table.rows[1].cells[0].paragraphs[0].add_run("{%tr for 行 in 事项 %}")
    table.rows[3].cells[0].paragraphs[0].add_run("{%tr endfor %}")


def _write(  # noqa: PLR0913 - how words look
    paragraph: Any,
    words: str,
    *,
    font: str,
    size: float = SIZE,
    bold: bool = False,
    colour: str = INK,
    align: WD_ALIGN_PARAGRAPH | None = None,
    height: float = LEADING,
) -> None:
    run = paragraph.add_run(words)
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, "Times New Roman"
    run.font.color.rgb = RGBColor.from_string(colour)
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001 - python-docx has no other way
    fonts.set(qn("w:eastAsia"), font)
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(max(height, size * 1.2))
    if align is not None:
        paragraph.alignment = align
