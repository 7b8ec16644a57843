"""Organisation page (企业画像): the words that a template for an organisation is filled with."""

from collections.abc import Sequence
from typing import cast

from graph.kinds.entities import Organisation
from graph.snapshot.snapshot import Snapshot
from loaders.word.filling import Words
from loaders.word.wording import (
    MARK,
    UNKNOWN,
    Row,
    figure_row,
    mark,
    money,
    named,
    near_place,
    partner_rows,
    percent,
    short_name,
    side_words,
    star,
    warning,
)
from queries.briefings.fills import Fill
from queries.briefings.headlines import SERIES, Series
from queries.briefings.organisation import OrganisationBriefing, Stake, Title, TownTie
from queries.lists.particulars import Particulars

MOST_FIGURES, MOST_SOLE = 6, 3
NOTHING = "—"


def organisation_words(snapshot: Snapshot, found: OrganisationBriefing) -> dict[str, Words]:
    """Write an organisation's briefing in words, by the names that tags use."""
    firm, year = cast("Organisation", snapshot.entity(found.organisation)), found.method.as_of
    over = {one.metric for one in found.series}
    single = [one for one in found.figures if one.metric not in over or one.rivals]
    figures = single[:MOST_FIGURES]
    return {
        "名称": firm.name + ("（示例）" if firm.synthetic else ""),
        "年份": f"{year} 年",
        "概况": _about(snapshot, firm, found),
        "专业镇": "、".join(_town(snapshot, one) for one in found.towns) or "不属任何专业镇",
        "产品": "、".join(
            short_name(snapshot.name_of(one.product)) + star(one.synthetic) for one in found.products
        )
        or "没有已登记的产品",
        "资质": "、".join(_title(snapshot, one) for one in found.titles) or "没有已登记的资质",
        "样例提示": warning(found.grounds.synthetic),
        "数值": [figure_row(snapshot, one) for one in figures],
        "数值余": f"另有 {len(single) - len(figures)} 项数值未列出" if len(single) > len(figures) else "",
        "历年": [_series(one, year) for one in found.series],
        "历年年份": [f"{one}" for one in range(year - SERIES + 1, year + 1)],
        "采购": side_words(found.purchases, "采购"),
        "销售": side_words(found.sales, "销售"),
        "往来": [
            *partner_rows(snapshot, found.purchases, "买自", found.place),
            *partner_rows(snapshot, found.sales, "卖给", found.place),
            *_sole(snapshot, found),
        ],
        "股权": _group(snapshot, found),
        "依赖": _dependence(found),
        "可补": [_fill(snapshot, one) for one in found.fills],
        "可补数": _fills(found),
        "不详": "；".join(found.unknowns) or "没有发现",
        "依据": found.grounds.in_words,
        "公式": "、".join(found.grounds.formulas),
        "告诫": found.method.caveat,
        "快照": snapshot.id,
        "仅真实": "只看真实数据：已略去虚构样例" if found.method.real_only else "",
    }


def _about(snapshot: Snapshot, firm: Organisation, found: OrganisationBriefing) -> str:
    """Who it is, in a line."""
    said = [firm.form.words, f"统一社会信用代码 {firm.uscc or '未登记'}", found.place or "所在地不详"]
    said += [f"证券代码 {firm.stock_code}"] if firm.stock_code else []
    said += [f"成立 {firm.founded_on}"] if firm.founded_on else []
    said += [f"注销 {firm.closed_on}"] if firm.closed_on else []
    said.append(f"行业 {named(snapshot, found.industries) or UNKNOWN}")
    return " · ".join(said)


def _town(snapshot: Snapshot, one: TownTie) -> str:
    ties = [word for word, held in (("龙头", one.leads), ("成员", one.member)) if held]
    return f"{short_name(snapshot.name_of(one.town))}（{'、'.join(ties)}）{star(one.synthetic)}"


def _title(snapshot: Snapshot, one: Title) -> str:
    until = f"（至 {one.valid_to.year} 年）" if one.valid_to else ""
    return f"{short_name(snapshot.name_of(one.qualification))}{until}{star(one.synthetic)}"


def _series(one: Series, year: int) -> Row | dict[str, Words]:
    by_year = dict(zip(one.years, one.in_words, strict=True))
    cells = [by_year.get(at, NOTHING) for at in range(year - SERIES + 1, year + 1)]
    return {"指标": one.metric.words.partition("（")[0], "值": cells, "样例": mark(one.synthetic)}


def _group(snapshot: Snapshot, found: OrganisationBriefing) -> str:
    """Say who owns it, whom it owns, how large its group is."""
    owners = _stakes(snapshot, found.owners, found.owner_count) or "未登记"
    owned = _stakes(snapshot, found.owned, found.owned_count) or "没有已登记者"
    size = f"；同一集团 {found.group_size} 家（含自身）" if found.group_size > 1 else ""
    return f"股东 {owners}；持股 {owned}{size}"


def _stakes(snapshot: Snapshot, stakes: Sequence[Stake], count: int) -> str:
    told = [
        f"{short_name(snapshot.name_of(one.organisation))} {_share(one)}{star(one.synthetic)}"
        for one in stakes
    ]
    return "、".join(told) + (f" 等 {count} 家" if count > len(told) else "")


def _share(one: Stake) -> str:
    share = "比例不详" if one.share is None else percent(one.share)
    return share if one.direct else f"{share}（间接）"


def _dependence(found: OrganisationBriefing) -> str:
    """Say who can't do without it, and what would stop with it."""
    one = found.dependence
    said = [f"{one.sole_source_for} 家买方以它为唯一已知来源"]
    if one.affected is not None:
        said.append(
            f"若停产，短期另波及 {one.affected} 家，停下的产出 {money(one.at_risk)}（含自身）"
            + (f"〔{MARK}〕" if one.synthetic else "")
        )
    said.append(f"它自己有 {one.own_sources} 种采购只有一家已知供应商")
    return "；".join(said)


def _sole(snapshot: Snapshot, found: OrganisationBriefing) -> list[Row]:
    """Rows of those who know no other source than it."""
    about = Particulars(snapshot, found.method.as_of)
    return [
        {
            "关系": "独家供给" if at == 0 else "",
            "对方": short_name(snapshot.name_of(one.buyer)),
            "所在": near_place(about.place(one.buyer), found.place),
            "产品": short_name(snapshot.name_of(one.product)),
            "金额": money(one.value),
            "样例": mark(one.synthetic),
        }
        for at, one in enumerate(found.dependence.sole_sources[:MOST_SOLE])
    ]


def _fill(snapshot: Snapshot, one: Fill) -> Row:
    return {
        "专业镇": short_name(snapshot.name_of(one.town)),
        "环节": short_name(snapshot.name_of(one.product)),
        "做法": one.action.words.partition("：")[0],
        "价值": money(one.value),
        "样例": mark(one.synthetic),
    }


def _fills(found: OrganisationBriefing) -> str:
    rest, said = found.fill_count - len(found.fills), list[str]()
    if found.fill_count:
        said.append(f"共 {found.fill_count} 项" + (f"，另有 {rest} 项未列出" if rest else ""))
    if found.fills_left_out:
        said.append(f"{found.fills_left_out} 项是他镇主业，未列")
    return "；".join(said)
