"""An empty workbook to fill, made from the vocabulary, with instructions, dropdowns and examples."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from graph.errors import BadInput
from graph.kinds import NODE_OF, RELATION_OF, Entity, Relation
from graph.kinds.columns import Column, columns
from graph.kinds.metrics import SPELLINGS
from graph.kinds.terms import Term
from loaders.excel.sheet_xml import letters
from loaders.excel.titles import GUIDE, MARK, Kind, Title, titles
from loaders.rows.cells import called, spelt, spoken
from loaders.rows.header import REGION

OFFERED = (
    *("Organisation", "MEMBER_OF", "LEADS", "SUPPLIES", "Product", "MAKES", "NEEDS", "Town", "LIES_IN"),
    *(
        "Claim",
        "Source",
        "LOCATED_IN",
        "ENGAGES_IN",
        "HOLDS",
        "Project",
        "Problem",
        "Task",
        "Lead",
        "OF_TOWN",
    ),
)
"""The kinds that an office fills, in the order of the sheets."""
GUIDANCE = (
    "1. 每张工作表是一类内容，只填用得到的表；空表不影响装载。表名和列名请勿改动，列的次序可以变。",
    "2. 列名为红色的必填。鼠标停在列名上可看说明和英文列名；有下拉框的请从中选择。",
    "3. “标记”列写着“示例”的行只供参考，不会装载；可留可删。",
    "4. 标识可以留空：已入库的按名称找到，没有的由系统生成。空格、括号、有限（责任）公司之别不影响。",
    "5. 指向别的表的格（卖方、买方、产品、专业镇、所在县、来源等）填名称或标识；有两个可能时会退回请您选。",
    "6. 全国省、市、县（2024 年末）和国民经济行业随软件自带，写 定襄县、忻州市定襄县 均可，不必另建表。",
    "7. 金额单位见列名；也可在格内写明，如 1.2亿元、约120万元。日期写 2022-09-14 或 2022年9月14日。",
    "8. 一格有多个值时用顿号分隔，如 甲厂、甲集团。不知道的留空或写 不详：不是零，也不清除已有的值。",
    "9. 新增一个专业镇：依次填 专业镇、专业镇所在县域、主体、主体属于专业镇、龙头企业带动专业镇、供应。",
    "10. 检查：zhenlian check 本文件.xlsx；装载：zhenlian load 本文件.xlsx --report 退回.xlsx",
    "11. 被退回的行连同原因在“退回.xlsx”中，改正后直接装载它即可。请勿填写个人姓名、电话、证件号。",
)
LISTS = "说明"
"""The hidden sheet with the words of dropdowns."""
_ROWS = 5_000
"""Rows that have dropdowns."""
_DULL = {"synthetic", "since", "until", "recordedOn", "grade"}
_WIDE, _NARROW = 24, 14
_UNITS = ("元", "万元", "亿元", "人", "户", "家", "吨", "万吨", "件", "亩", "%")
_EXAMPLES: dict[str, dict[str, str | float]] = {
    "Organisation": {"name": "示例法兰厂", "form": "企业", REGION: "定襄县", "foundedOn": "2015-03-01"},
    "MEMBER_OF": {"from": "示例法兰厂", "to": "定襄法兰"},
    "LEADS": {"from": "示例法兰厂", "to": "定襄法兰"},
    "SUPPLIES": {"from": "示例钢材公司", "to": "示例法兰厂", "product": "锻件", "year": 2024, "value": 120.5},
    "Claim": {"subject": "定襄法兰", "metric": "产值（元/年）", "value": 50, "unit": "亿元", "year": 2024},
    "Town": {"name": "示例专业镇", "level": "省级", "status": "已认定"},
    "Product": {"name": "法兰", "category": "最终产品", "unit": "吨"},
}


@dataclass(frozen=True, slots=True)
class _Looks:
    """The formats of the template."""

    header: Format
    needed: Format
    example: Format
    text: Format


def write_template(path: Path) -> None:
    """Write the empty workbook; raise BadInput when the file can't be written.

    Headers are Chinese with their units; the note of each says its English name and what it means.
    """
    try:
        with Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
            _fill(book)
    except FileCreateError as error:
        raise BadInput(f"不能写入 {path}：请检查路径和权限，或关闭正在使用它的程序") from error


def _fill(book: Workbook) -> None:
    plain = {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"}
    looks = _Looks(
        book.add_format(plain | {"bg_color": "#DDEBF7"}),
        book.add_format(plain | {"bg_color": "#DDEBF7", "font_color": "#C00000"}),
        book.add_format({"italic": True, "font_color": "#7F7F7F", "num_format": "@"}),
        book.add_format({"num_format": "@"}),
    )
    _guide(book.add_worksheet(GUIDE), looks)
    kinds: list[Kind] = [NODE_OF[label] if label in NODE_OF else RELATION_OF[label] for label in OFFERED]
    lists = Lists(book.add_worksheet(LISTS), {})
    for kind in kinds:
        _sheet(book.add_worksheet(called(kind)), kind, looks, lists)
    lists.sheet.hide()


def _guide(sheet: Worksheet, looks: _Looks) -> None:
    sheet.set_column(0, 0, 110)
    sheet.write_string(0, 0, f"镇链数据填报工作簿 · {GUIDE}", looks.header)
    for row, text in enumerate(GUIDANCE, 1):
        sheet.write_string(row, 0, text)


@dataclass(slots=True)
class Lists:
    """A hidden sheet with the words of the closed lists: a dropdown of its own holds 255 signs at most."""

    sheet: Worksheet
    places: dict[tuple[str, ...], str]

    def place(self, words: tuple[str, ...]) -> str:
        """Where a list is, writing it when it is new."""
        if words not in self.places:
            column = len(self.places)
            for row, word in enumerate(words):
                self.sheet.write_string(row, column, word)
            letter = letters(column + 1)
            self.places[words] = f"='{LISTS}'!${letter}$1:${letter}${len(words)}"
        return self.places[words]


def _sheet(sheet: Worksheet, kind: Kind, looks: _Looks, lists: Lists) -> None:
    described = {column.name: column for column in columns(kind)}
    example = _EXAMPLES.get(kind.label, {})
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 32)
    sheet.set_column(0, 0, 6)
    sheet.write_string(0, 0, MARK, looks.header)
    sheet.write_comment(0, 0, "写着“示例”的行不装载")
    if example:
        sheet.write_string(1, 0, "示例", looks.example)
    for place, (name, title) in enumerate(_ordered(kind), 1):
        column = described.get(name)
        sheet.set_column(place, place, _width(title, column), None if _figure(column) else looks.text)
        sheet.write_string(0, place, str(title), looks.needed if _needed(kind, column) else looks.header)
        sheet.write_comment(0, place, _note(name, column), {"x_scale": 2})
        if words := choices(name, column):
            sheet.data_validation(1, place, _ROWS, place, {"validate": "list", "source": lists.place(words)})
        _example(sheet, place, example.get(name), looks)


def _example(sheet: Worksheet, place: int, value: str | float | None, looks: _Looks) -> None:
    if isinstance(value, str):
        sheet.write_string(1, place, value, looks.example)
    elif value is not None:
        sheet.write_number(1, place, value, looks.example)


def _ordered(kind: Kind) -> list[tuple[str, Title]]:
    """Put first what is always filled, and last what is rarely filled."""
    found = titles(kind).items()
    late = _DULL | ({"id"} if issubclass(kind, Entity) or kind.label == "Claim" else set[str]())
    return sorted(found, key=lambda pair: (pair[0] in late, pair[0] != "name", pair[0] == "aliases"))


def _needed(kind: Kind, column: Column | None) -> bool:
    if column is None:
        return True
    may_lack = {"id", "grade"} if not issubclass(kind, Relation) and kind.label != "Source" else {"id"}
    return not column.optional and column.name not in may_lack


def _figure(column: Column | None) -> bool:
    return column is not None and column.type in (int, float, date) and not column.many


def _width(title: Title, column: Column | None) -> int:
    wide = column is None or column.name in {
        "name",
        "from",
        "to",
        "subject",
        "address",
        "note",
        "text",
        "reason",
    }
    return max(_WIDE if wide else _NARROW, min(2 * len(str(title)) + 2, _WIDE))


def _note(name: str, column: Column | None) -> str:
    words = column.words if column else "所在县的名称或代码，用来生成标识，也记为主体所在地"
    also = _synonyms(column.type) if column and issubclass(column.type, Term) else ""
    return f"{name}\n{words}" + (f"\n也可写：{also}" if also else "")


def _synonyms(terms: type[Term]) -> str:
    """List what may be written for the words of a closed list; what could be two of them is left out."""
    sure = {word for word, values in spoken(terms).items() if len(values) == 1}
    told = ((term.words, [w for w in term.synonyms if spelt(w) in sure]) for term in terms)
    return "；".join(f"{'、'.join(also)}（{words}）" for words, also in told if also)


def choices(name: str, column: Column | None) -> tuple[str, ...]:
    """List the words of a column that has a closed list of them."""
    if column is None or column.many:
        return ()
    if name == "unit" and issubclass(column.type, Term):
        return tuple(unit for unit in _UNITS if unit in SPELLINGS)
    if column.type is bool:
        return ("是", "否")
    return tuple(term.words for term in column.type) if issubclass(column.type, Term) else ()
