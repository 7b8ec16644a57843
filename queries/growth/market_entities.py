"""Growth of a town over years: output, market entities by form, and whether these have doubled (倍增)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.errors import BadInput
from graph.kinds.facts import Claim
from graph.kinds.metrics import Metric
from graph.kinds.results import result
from graph.kinds.terms import OrganisationForm, Scope
from graph.snapshot.csr import Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.regions import members
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import code
from graph.snapshot.years import alive
from queries.answer import Answer, Formula
from queries.levels import row_of_kind
from queries.provenance import Rows, joining
from queries.standards.measures import Province, Reading
from queries.standards.measures.towns import NOT_MARKET, stated_figure

LONGEST = 30
YEARS = 3
DOUBLE = 2.0
FORMULA = Formula(
    "market-entity-doubling",
    "市场主体倍增",
    1,
    "按登记主体计的数受名录所限：早年注销者多未登记，基期偏少，倍数偏高；是否倍增以两个年份都有来源的统计数为准。",
)
_STATED = (Metric.OUTPUT_VALUE, Metric.REVENUE, Metric.MARKET_ENTITIES)
_FORMS = tuple(form for form in OrganisationForm if form not in NOT_MARKET)


@result("某一形式的登记主体数")
@dataclass(frozen=True, slots=True)
class FormCount:
    """How many members of a form exist."""

    form: Annotated[OrganisationForm, "主体形式"]
    count: Annotated[int, "年末存续的户数"]


@result("一个年份的规模")
@dataclass(frozen=True, slots=True)
class GrowthYear:
    """What is known of a town in a year."""

    year: Annotated[int, "年份"]
    output: Annotated[float | None, "来源给出的当年产值（元/年，全镇整体）；空为没有"]
    revenue: Annotated[float | None, "来源给出的当年营业收入（元/年，全镇整体）；空为没有"]
    claimed: Annotated[float | None, "来源给出的当年市场主体数；空为没有"]
    registered: Annotated[int, "登记的市场主体：成立日期已知、年末存续的户数"]
    undated: Annotated[int, "登记的市场主体：成立日期不详，当年是否已成立不知的户数"]
    by_form: Annotated[Sequence[FormCount], "成立日期已知者按主体形式"]
    register_complete: Annotated[bool, "当年名录是否完整"]
    output_claim: Annotated[NodeIndex | None, Claim, "产值所据的事实；空为没有"]
    revenue_claim: Annotated[NodeIndex | None, Claim, "营业收入所据的事实；空为没有"]
    claimed_claim: Annotated[NodeIndex | None, Claim, "市场主体数所据的事实；空为没有"]


@result("市场主体倍增：与基期相比")
@dataclass(frozen=True, slots=True)
class Doubling:
    """Whether the market entities have doubled since a base year."""

    base: Annotated[int, "基期年份"]
    claimed_ratio: Annotated[float | None, "按来源给出的数：今年 ÷ 基期；空为两个年份不全"]
    registered_ratio_least: Annotated[
        float | None, "按登记主体：倍数的下限（成立日期不详者基期都在）；空为无从计算"
    ]
    registered_ratio_most: Annotated[
        float | None, "按登记主体：倍数的上限（成立日期不详者基期都不在）；空为无从计算"
    ]
    doubled: Annotated[bool | None, "是否已倍增，以来源给出的数为准；空为不详"]
    short: Annotated[float | None, "离倍增还差的户数，以来源给出的数为准；0 为已倍增，空为不详"]
    in_words: Annotated[str, "一句话"]


@result("专业镇的成长：逐年产值、市场主体，及市场主体倍增")
@dataclass(frozen=True, slots=True)
class TownGrowth(Answer):
    """How a town grew from a base year on."""

    years: Annotated[Sequence[GrowthYear], "逐年，自基期起"]
    doubling: Annotated[Doubling, "市场主体倍增"]


def growth(snapshot: Snapshot, id: str, *, as_of: int, base: int | None = None) -> TownGrowth:
    """Tell how a town grew since a base year; None: three years before."""
    row = row_of_kind(snapshot, id, "Town")
    since = as_of - YEARS if base is None else base
    if not as_of - LONGEST <= since < as_of:
        raise BadInput(f"base：基期应在 {as_of - LONGEST} 到 {as_of - 1} 之间，所给为 {since}", "base")
    town = row - snapshot.nodes["Town"].first
    found = [_year(snapshot, town, year) for year in range(since, as_of + 1)]
    doubled = _doubling(found[0], found[-1], lambda: _other_scopes(snapshot, town, range(since, as_of + 1)))
    lacks = "基期与今年都没有市场主体的数据：统计数与登记主体皆无"
    nothing = doubled.claimed_ratio is None and doubled.registered_ratio_least is None
    return TownGrowth(
        found,
        doubled,
        method=FORMULA.method(
            snapshot,
            as_of,
            {"town": id, "base": since},
            used=lambda: _used(snapshot, town, range(since, as_of + 1)),
        ),
        unknown_reason=lacks if nothing else None,
    )


def _year(snapshot: Snapshot, town: int, year: int) -> GrowthYear:
    province = Province(snapshot, year)
    dated, undated = _entities(snapshot, town, year)
    forms = snapshot.nodes["Organisation"]["form"][dated]
    counts = [(form, int((forms == code(form)).sum())) for form in _FORMS]
    output, revenue, claimed = (_reading(province, town, metric) for metric in _STATED)
    return GrowthYear(
        year,
        _number(output),
        _number(revenue),
        _number(claimed),
        len(dated),
        len(undated),
        [FormCount(form, count) for form, count in counts if count],
        bool(province.complete[town]),
        _claim(output),
        _claim(revenue),
        _claim(claimed),
    )


def _entities(snapshot: Snapshot, town: int, year: int) -> tuple[Ints, Ints]:
    """List the market entities (places) of a town in a year: of known age, and of unknown age."""
    table = snapshot.nodes["Organisation"]
    firms, towns = members(snapshot, year)
    mine = np.unique(firms[towns == town])
    market = np.isin(table["form"][mine], [code(form) for form in _FORMS])
    mine = mine[alive(table, year)[mine] & market]
    unknown = np.isnat(table["foundedOn"][mine])
    return mine[~unknown], mine[unknown]


def _reading(province: Province, town: int, metric: Metric, scope: Scope = Scope.WHOLE) -> Reading | None:
    """What somebody states for exactly the year."""
    return stated_figure(province, town, metric, scope, year=province.as_of)


def _number(found: Reading | None) -> float | None:
    """The number that is named: of bounds the one that is there."""
    if found is None:
        return None
    return found.low if found.low > 0 or not np.isfinite(found.high) else found.high


def _claim(found: Reading | None) -> NodeIndex | None:
    return NodeIndex(found.claims[0]) if found and found.claims else None


def _other_scopes(snapshot: Snapshot, town: int, years: range) -> list[str]:
    """What is stated of something else than the whole town: it is told, and not used."""
    found = (
        (scope, year, _number(_reading(Province(snapshot, year), town, Metric.MARKET_ENTITIES, scope)))
        for scope in Scope
        if scope is not Scope.WHOLE
        for year in years
    )
    return [f"{year} 年{scope.words} {value:,.0f} 户" for scope, year, value in found if value is not None]


def _doubling(then: GrowthYear, now: GrowthYear, others: Callable[[], Sequence[str]]) -> Doubling:
    claimed = now.claimed / then.claimed if now.claimed is not None and then.claimed else None
    least, most = _ratios(then, now)
    doubled = None if claimed is None else claimed >= DOUBLE
    short = None
    if claimed is not None and then.claimed is not None and now.claimed is not None:
        short = max(0.0, DOUBLE * then.claimed - now.claimed)
    said = _in_words(then, now, claimed, short) if claimed is not None else _unknown(then, now, others())
    return Doubling(then.year, claimed, least, most, doubled, short, said)


def _ratios(then: GrowthYear, now: GrowthYear) -> tuple[float | None, float | None]:
    """Between which ratios the registered ones lie: those of unknown age were there then, or were not."""
    total = now.registered + now.undated
    base = then.registered + then.undated
    least = None if not base else total / base
    return least, total / then.registered if then.registered else None


def _in_words(then: GrowthYear, now: GrowthYear, claimed: float, short: float | None) -> str:
    said = (
        f"统计数 {then.year} 年 {then.claimed:.0f} 户、{now.year} 年 {now.claimed:.0f} 户，{claimed:.2f} 倍"
    )
    return f"{said}，{f'离倍增差 {short:.0f} 户' if short else '已倍增'}；{_registered(then, now)}"


def _unknown(then: GrowthYear, now: GrowthYear, others: Sequence[str]) -> str:
    lacks = [f"{one.year} 年" for one in (then, now) if one.claimed is None] or [f"{then.year} 年为零，"]
    told = "没有统计数"
    if others:
        told = f"没有全镇整体的统计数，另有 {'、'.join(others)}，口径不同，不采用"
    said = f"是否倍增不详：{'、'.join(lacks)}{told}"
    return f"{said}；{_registered(then, now)}"


def _registered(then: GrowthYear, now: GrowthYear) -> str:
    said = f"登记主体 {then.year} 年 {then.registered} 户、{now.year} 年 {now.registered} 户"
    return said + (f"（另 {now.undated} 户成立日期不详）" if now.undated else "")


def _used(snapshot: Snapshot, town: int, years: range) -> Rows:
    found, first = Rows(), snapshot.nodes["Claim"].first
    for year in years:
        province = Province(snapshot, year)
        for metric in _STATED:
            read = _reading(province, town, metric)
            claims = read.claims if read else ()
            found |= Rows(claims=np.array(claims, np.int32) - np.int32(first))
        mine = province.rows(np.concatenate(_entities(snapshot, town, year)))
        place = np.array([town + snapshot.nodes["Town"].first])
        found |= joining(snapshot, "MEMBER_OF", year, mine, place)
    return found
