"""What people call the tables and columns: sheets of a workbook and headers, in Chinese or English."""

import re
from dataclasses import dataclass
from functools import cache
from unicodedata import normalize

from graph.kinds import NODE_OF, NODES, RELATIONS, Node, Relation
from graph.kinds.columns import Column, columns
from loaders.rows.cells import called
from loaders.rows.figures import holds_money
from loaders.rows.header import REGION

type Kind = type[Node | Relation]

KINDS: tuple[Kind, ...] = (*NODES, *RELATIONS)
GUIDE = "填写说明"
MARK, REASON, ORIGIN, CORRECTS = "标记", "退回原因", "原行号", "更正"
IGNORED = frozenset({"序号", "备注", "说明", MARK, REASON, ORIGIN, CORRECTS})
"""Headers of columns that hold nothing for the graph."""
MONEY_UNIT = "金额单位"
MONEY = {"元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}
_BRACKETS = re.compile(r"\(([^()]*)\)")
_SIDES = {
    ("SUPPLIES", "from"): "卖方",
    ("SUPPLIES", "to"): "买方",
    ("OWNS", "from"): "持股方",
    ("OWNS", "to"): "被持股方",
    ("ALLIED_WITH", "from"): "甲方",
    ("ALLIED_WITH", "to"): "乙方",
    ("PART_OF", "from"): "下级",
    ("PART_OF", "to"): "上级",
    ("INPUT_OF", "from"): "投入品",
    ("INPUT_OF", "to"): "产出品",
}
_SHEETS = {
    "企业": "Organisation",
    "企业名录": "Organisation",
    "产品": "Product",
    "供应关系": "SUPPLIES",
    "生产": "MAKES",
    "采购": "NEEDS",
    "龙头企业": "LEADS",
    "镇内主体": "MEMBER_OF",
}
_TITLES = {"subject": "所述对象", REGION: "所在县"}
_ALSO = {
    "name": ("名称", "企业名称", "单位名称", "公司名称", "产品名称", "企业名", "户名", "品名"),
    "uscc": ("信用代码", "社会信用代码", "统一代码", "信用代码证号"),
    "form": ("类型", "企业类型", "单位类型", "主体类型", "组织形式", "形式"),
    "value": ("金额", "数值", "值", "交易额", "成交额", "销售额", "供货金额", "采购金额"),
    "unit": ("单位",),
    "year": ("年份", "年度", "年", "数据年份", "统计年份"),
    "aliases": ("别名", "简称", "曾用名"),
    "synthetic": ("虚构样例",),
    "source": ("来源", "数据来源", "资料来源"),
    "address": ("详细地址", "注册地址", "经营地址", "通讯地址"),
    "foundedOn": ("成立时间", "注册时间", "注册日期", "开业时间", "开业日期"),
    "closedOn": ("注销时间",),
    "stockCode": ("股票代码",),
    "url": ("链接", "网站"),
    "metric": ("指标名称",),
    "subject": ("对象", "主体", "单位名称"),
    "category": ("类别", "产品类别"),
    "capacity": ("年产能", "设计产能"),
    "output": ("年产量",),
    "level": ("级别",),
    "status": ("状态",),
    "batch": ("批次",),
    REGION: (
        "所在地",
        "所在县区",
        "县区",
        "行政区划",
        "所属县区",
        "县(市、区)",
        "县市区",
        "县(区)",
        "所属地区",
    ),
}
_ALSO_OF = {
    ("SUPPLIES", "from"): ("供方", "供应商", "供货方", "供货单位", "供应企业", "销售方"),
    ("SUPPLIES", "to"): ("需方", "采购方", "采购商", "购买方", "采购单位", "客户"),
    ("SUPPLIES", "product"): ("产品名称", "货物", "货物名称", "品名", "品种"),
    ("NEEDS", "to"): ("产品", "采购产品", "原料", "原材料"),
    ("MAKES", "to"): ("产品", "主营产品", "主要产品"),
    ("MEMBER_OF", "from"): ("企业名称", "单位名称", "企业"),
    ("LEADS", "from"): ("企业名称", "龙头企业"),
    ("MAKES", "from"): ("企业名称", "单位名称", "企业"),
    ("NEEDS", "from"): ("企业名称", "单位名称", "企业"),
    ("ENGAGES_IN", "from"): ("企业名称", "单位名称", "企业"),
    ("ENGAGES_IN", "to"): ("行业", "所属行业", "行业名称", "行业代码", "国民经济行业代码"),
    ("CLASSIFIED_AS", "to"): ("行业", "所属行业", "行业名称", "行业代码", "国民经济行业代码"),
    ("SPECIALISES_IN", "to"): ("行业", "主导行业", "行业名称", "行业代码", "国民经济行业代码"),
    ("HOLDS", "from"): ("企业名称", "单位名称", "企业"),
    ("HOLDS", "to"): ("资质名称", "称号", "荣誉称号"),
}
"""What heads of one table say, and of no other."""


@dataclass(frozen=True, slots=True)
class Title:
    """A header as people read it: its words, and the unit that its figures are in."""

    words: str
    unit: str = ""

    def __str__(self) -> str:
        """Write it as in a workbook."""
        return f"{self.words}（{self.unit}）" if self.unit else self.words


@cache
def titles(kind: Kind) -> dict[str, Title]:
    """Map each column of a table to its Chinese header; money is asked for in 万元."""
    found = {column.name: _title(kind, column) for column in columns(kind)}
    if kind.label == "Organisation":
        found[REGION] = Title(_TITLES[REGION])
    return found


def is_money(kind: Kind, name: str) -> bool:
    """Whether a column holds yuan.

    >>> is_money(NODE_OF["Project"], "investment")
    True
    """
    return any(c.name == name and holds_money(c) for c in columns(kind))


def kind_named(sheet: str) -> Kind | None:
    """Find the kind that a sheet's name stands for.

    >>> kind_named("供应").label, kind_named(" organisation ").label
    ('SUPPLIES', 'Organisation')
    """
    return _kinds().get(plain(sheet))


@cache
def names(kind: Kind) -> dict[str, str]:
    """Map whatever a header may say, units aside, to its column."""
    found: dict[str, str] = {}
    for name, title in titles(kind).items():
        for said in (name, title.words, *_ALSO.get(name, ()), *_ALSO_OF.get((kind.label, name), ())):
            found.setdefault(split(said)[0] or plain(said), name)
    found.setdefault(plain(f"{called(kind)}名称"), "name")
    if any(is_money(kind, name) for name in titles(kind)) and "unit" not in titles(kind):
        found |= {MONEY_UNIT: MONEY_UNIT, "单位": MONEY_UNIT}
    return found


def split(header: str) -> tuple[str, str]:
    """Part a header into its words and what stands in brackets.

    >>> split("金额 （万元/年）*")
    ('金额', '万元/年')
    """
    text = plain(header)
    inside = _BRACKETS.search(text)
    return _BRACKETS.sub("", text), inside[1] if inside else ""


def plain(text: str) -> str:
    """Spell a header so that width, case and spaces make no difference."""
    return "".join(normalize("NFKC", text).replace("*", "").split()).lower()


@cache
def _kinds() -> dict[str, Kind]:
    labelled = {plain(kind.label): kind for kind in KINDS}
    also = {plain(said): labelled[plain(label)] for said, label in _SHEETS.items()}
    return also | {plain(called(kind)): kind for kind in KINDS} | labelled


def _title(kind: Kind, column: Column) -> Title:
    if column.name == "name":
        return Title(f"{called(kind)}名称")
    if issubclass(kind, Relation) and column.name in ("from", "to"):
        return Title(_side(kind, column.name))
    text = normalize("NFKC", column.words)
    inside = _BRACKETS.search(text)
    words = _TITLES.get(column.name) or re.split(r"[;:,；：，]", _BRACKETS.sub("", text))[0].strip()
    if is_money(kind, column.name) and inside:
        return Title(words, f"万{inside[1]}")
    return Title(words, inside[1] if inside and column.type in (float, int) else "")


def _side(kind: type[Relation], name: str) -> str:
    place = name == "to"
    ends = {pair[place] for pair in kind.ends}
    if said := _SIDES.get((kind.label, name)):
        return said
    return called(NODE_OF[ends.pop()]) if len(ends) == 1 else "台账事项"
