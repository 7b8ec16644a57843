"""Wording of a page: amounts, places and marks as they stand in the cells of a printed table."""

from collections.abc import Sequence

from graph.kinds.facts import Source
from graph.kinds.terms import Proximity
from graph.snapshot.snapshot import Snapshot
from queries.briefings.headlines import Headline
from queries.briefings.trade import SoleSource, TradeSide
from queries.gaps.ends import AmountByProximity

YI, WAN = 1e8, 1e4
MARK = "虚构样例"
STAR = "※"
"""Stands behind a name in a line when something invented is behind it."""
UNKNOWN = "不详"
LONGEST = 28
"""Characters of a name in a cell: what is longer ends with …"""

type Row = dict[str, str]


def money(yuan: float | None) -> str:
    """Write an amount as people say it; None: unknown.

    >>> money(2_200_706_000), money(65_904_000), money(1_234), money(0), money(None)
    ('22.01 亿元', '6,590 万元', '1,234 元', '0', '不详')
    """
    if yuan is None:
        return UNKNOWN
    if abs(yuan) >= YI:
        return f"{yuan / YI:,.2f} 亿元"
    if abs(yuan) >= WAN:
        return f"{yuan / WAN:,.0f} 万元"
    return f"{yuan:,.0f} 元" if yuan else "0"


def percent(share: float | None) -> str:
    """Write a share of 1; None: unknown.

    >>> percent(0.1964), percent(None)
    ('19.6%', '不详')
    """
    return UNKNOWN if share is None else f"{100 * share:.1f}%"


def mark(synthetic: bool) -> str:  # noqa: FBT001 - what is marked
    """Stamp what is invented."""
    return MARK if synthetic else ""


def warning(synthetic: bool) -> str:  # noqa: FBT001 - what is warned of
    """Warn of what is invented."""
    return "含虚构样例：注明“虚构样例”的各行与标※者为虚构，不得写入正式材料" if synthetic else ""


def star(synthetic: bool) -> str:  # noqa: FBT001 - what is marked
    """Mark a name in a line."""
    return STAR if synthetic else ""


def short_name(name: str) -> str:
    """Cut a name that is too long for a cell.

    >>> short_name("甲" * 60)[-3:], short_name("乙厂")
    ('甲甲…', '乙厂')
    """
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"


def named(snapshot: Snapshot, rows: Sequence[int]) -> str:
    """Name some nodes, each once."""
    return "、".join(dict.fromkeys(short_name(snapshot.name_of(row)) for row in rows))


def near_place(place: str | None, home: str | None) -> str:
    """Say where somebody is: within one's own province without its name.

    >>> near_place("山西省晋中市太谷区", "山西省忻州市定襄县"), near_place("山东省", "山西省忻州市")
    ('晋中市太谷区', '山东省')
    >>> near_place(None, "山西省")
    '所在不详'
    """
    if place is None:
        return "所在不详"
    province = _province(home)
    return place.removeprefix(province) or place if province else place


def by_distance(amounts: Sequence[AmountByProximity]) -> str:
    """Write how much comes from how near, near ones first."""
    told = [f"{_NEAR.get(one.proximity, one.proximity.words)} {money(one.value)}" for one in amounts]
    return "、".join(told)


def figure_row(snapshot: Snapshot, one: Headline) -> Row:
    """Write a headline figure with its source, and what others say."""
    metric = one.metric.words.partition("（")[0]
    of = one.note or (snapshot.name_of(one.product) if one.product is not None else one.scope.words)
    return {
        "指标": metric,
        "口径": "" if of in metric or metric == of else short_name(of),
        "数值": one.in_words,
        "年份": _year(one.year) + ("（旧）" if one.stale else ""),
        "来源": _source(snapshot, one.source),
        "另一说": "；".join(
            f"{rival.in_words}（{_source(snapshot, rival.source)}，{_year(rival.year)}）"
            for rival in one.rivals
        ),
        "样例": mark(one.synthetic),
    }


def partner_rows(snapshot: Snapshot, side: TradeSide, relation: str, home: str | None) -> list[Row]:
    """Write the partners of one side of a trade; only the first row names the relation."""
    return [
        {
            "关系": relation if at == 0 else "",
            "对方": short_name(snapshot.name_of(one.organisation)),
            "所在": near_place(one.place, home),
            "产品": named(snapshot, one.products) or UNKNOWN,
            "金额": money(one.value),
            "样例": mark(one.synthetic),
        }
        for at, one in enumerate(side.rows)
    ]


def sole_rows(snapshot: Snapshot, rows: Sequence[SoleSource], relation: str) -> list[Row]:
    """Write single-sourced purchases as rows of the same table: the supplier, and whom it alone supplies."""
    return [
        {
            "关系": relation if at == 0 else "",
            "对方": UNKNOWN if one.supplier is None else short_name(snapshot.name_of(one.supplier)),
            "所在": f"供{short_name(snapshot.name_of(one.buyer))}",
            "产品": short_name(snapshot.name_of(one.product)),
            "金额": money(one.value),
            "样例": mark(one.synthetic),
        }
        for at, one in enumerate(rows)
    ]


def side_words(side: TradeSide, verb: str) -> str:
    """Say how much is bought or sold, from how many, how near."""
    if side.value is None:
        many = f"{side.count} 家，金额不详" if side.count else "没有已登记的往来"
        return f"{verb}：{many}"
    beyond = f"，其中图外卖方 {money(side.beyond_graph)}" if side.beyond_graph else ""
    return (
        f"{verb} {money(side.value)}（{by_distance(side.by_proximity)}{beyond}），已登记对方 {side.count} 家"
    )


def _province(place: str | None) -> str:
    """The province that a place begins with; none: it names none."""
    for end in ("自治区", "特别行政区", "省"):
        if place and end in place:
            return place[: place.index(end) + len(end)]
    return ""


def _year(year: int | None) -> str:
    return f"{year} 年" if year else "年份不详"


def _source(snapshot: Snapshot, row: int | None) -> str:
    if row is None:
        return "来源不详"
    source = snapshot.entity(row)
    grade = f"{source.grade}级" if isinstance(source, Source) else ""
    return f"{short_name(snapshot.name_of(row))}，{grade}"


_NEAR = {
    Proximity.TOWN: "本镇",
    Proximity.COUNTY: "本县",
    Proximity.CITY: "本市",
    Proximity.PROVINCE: "省内",
    Proximity.UNKNOWN: "来源不详",
}
