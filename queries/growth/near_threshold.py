"""Enterprises near the statistical scale (小升规): industrial ones whose revenue is a little below it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Annotated

import numpy as np

from graph.errors import BadInput
from graph.kinds.entities import Industry, Organisation, Town
from graph.kinds.facts import Claim
from graph.kinds.metrics import Metric
from graph.kinds.results import result
from graph.kinds.terms import OrganisationForm
from graph.snapshot.claims import Measure, figures
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.regions import lifted, main_industry, members, parents
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import MISSING, code
from graph.snapshot.years import Mask, valid_in
from queries.answer import Answer, Formula
from queries.levels import in_scope, row_of_kind
from queries.linkage.accounts import firms as outputs
from queries.linkage.accounts import outputs_used
from queries.provenance import Rows, leaving, of_figures
from queries.standards.measures import Province
from queries.standards.measures.sizes import figures_of
from queries.standards.measures.towns import ABOVE_SCALE

NEAR = 1.6e7
"""Yuan a year: from here on an enterprise is near the scale."""
MOST = 500
FORMULA = Formula(
    "near-threshold",
    "小升规",
    2,
    "主营业务收入以来源给出的营业收入代替；是否入规以统计部门核定为准，须连同生产经营地与独立核算条件核实。",
)
_INDUSTRIAL = range(6, 47)
"""Divisions of sections B, C and D of GB/T 4754-2017: mining, making, and supply of energy and water."""
_SECTIONS = ("B", "C", "D")


@result("一家接近规上的工业企业")
@dataclass(frozen=True, slots=True)
class NearThreshold:
    """An industrial enterprise a little below the scale."""

    organisation: Annotated[NodeIndex, Organisation, "企业"]
    revenue: Annotated[float, "营业收入（元/年）"]
    year: Annotated[int | None, "营业收入所属年份；空为未注明"]
    claim: Annotated[NodeIndex, Claim, "所用的事实"]
    short: Annotated[float, "离规上界限还差（元/年）"]
    growth_needed: Annotated[float, "需增长的比例（0.1 为 10%）"]
    own_growth: Annotated[float | None, "自身上一年的增速；空为没有上一年的营业收入"]
    enough: Annotated[bool | None, "照自身上一年的增速，再过一年能否达到；是外推。空为增速不详"]
    industry: Annotated[NodeIndex | None, Industry, "主要行业；空为只知较宽的行业"]
    towns: Annotated[Sequence[NodeIndex], Town, "所属专业镇；空为不属于任何一个"]


@result("一个专业镇或行业中接近规上的企业数")
@dataclass(frozen=True, slots=True)
class NearCount:
    """How many of the enterprises belong to a town, or are engaged in an industry."""

    town: Annotated[NodeIndex | None, Town, "专业镇；空为按行业计，或不属于任何一个镇"]
    industry: Annotated[NodeIndex | None, Industry, "行业大类；空为按镇计，或行业不详"]
    count: Annotated[int, "企业数"]


@result("小升规：接近规上的工业企业，离界限近者在前")
@dataclass(frozen=True, slots=True)
class NearThresholds(Answer):
    """Industrial enterprises a little below the scale, nearest first."""

    rows: Annotated[Sequence[NearThreshold], "企业"]
    count: Annotated[int, "接近规上的企业数"]
    above_count: Annotated[int, "范围内营业收入已达界限的工业企业数"]
    unknown_count: Annotated[int, "范围内营业收入不详的工业企业数：可能也接近规上"]
    sold_count: Annotated[int, "范围内营业收入不详、而已知销售额已达界限的工业企业数：不是接近"]
    bounded_count: Annotated[int, "范围内营业收入只有一侧界限、无法判断的工业企业数"]
    unclassified_count: Annotated[int, "范围内行业不详的企业数：不知是不是工业，未列入"]
    stale_count: Annotated[int, "接近规上者中，营业收入不是所问年份的企业数"]
    by_town: Annotated[Sequence[NearCount], "按专业镇，多者在前；一家属于几个镇的各计一次"]
    by_industry: Annotated[Sequence[NearCount], "按行业大类，多者在前"]


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """The enterprises (places) that are near, nearest first, and what was said of their revenue."""

    firms: Ints
    value: Floats
    year: Ints
    claim: Ints
    industry: Ints
    """The main one of each (a place); -1: only a wider one is known."""
    towns: Mapping[int, Sequence[int]]
    """The towns (global rows) that each belongs to."""


def near_threshold(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    *,
    as_of: int,
    within: str | None = None,
    industry: str | None = None,
    at_least: float = NEAR,
    below: float = ABOVE_SCALE,
    first: int = 100,
) -> NearThresholds:
    """List the industrial enterprises of a town or a region, and of an industry, that are near the scale."""
    _checked(at_least, below, first)
    everyone, unclassified = _industrial(snapshot, as_of, industry)
    enterprises = snapshot.nodes["Organisation"]["form"] == code(OrganisationForm.ENTERPRISE)
    inside = in_scope(snapshot, within, as_of) & enterprises
    asked = np.flatnonzero(inside & everyone).astype(np.int32)
    province = Province(snapshot, as_of)
    revenue = figures_of(province, Metric.REVENUE).at(asked)
    exact = revenue.low == revenue.high
    near = exact & (revenue.low >= at_least) & (revenue.low < below)
    nothing = (revenue.low == 0) & (revenue.high == inf)
    # revenue is at least what was sold, which is the output of who states none
    sold = nothing & (outputs(snapshot, as_of).output[asked] >= below)
    unknown = nothing & ~sold
    bounded = ~exact & ~nothing & (revenue.low < below) & (revenue.high >= at_least)
    selling = np.zeros(len(everyone), np.bool_)
    selling[asked[sold]] = True
    found = _found(snapshot, as_of, asked[near])
    towns, industries = _by_town(found), _by_industry(snapshot, as_of, found.firms)
    lacks = "范围内没有登记的工业企业" if not len(asked) else "范围内工业企业的营业收入都不详"
    return NearThresholds(
        [_row(snapshot, found, n, below) for n in range(min(first, len(found.firms)))],
        len(found.firms),
        int((revenue.low >= below).sum()),
        int(unknown.sum()),
        int(sold.sum()),
        int(bounded.sum()),
        int((inside & unclassified).sum()),
        int((found.year != as_of).sum()),
        towns,
        industries,
        method=FORMULA.method(
            snapshot,
            as_of,
            {"within": within, "industry": industry, "atLeast": at_least, "below": below, "first": first},
            used=lambda: _used(snapshot, as_of, found.firms) | outputs_used(snapshot, as_of, selling),
        ),
        unknown_reason=lacks if nothing.all() else None,
    )


def _checked(at_least: float, below: float, first: int) -> None:
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    if not 0 < below < inf:
        raise BadInput(f"below：规上界限应为大于 0 的数（元/年），所给为 {below}", "below")
    if not 0 < at_least < below:
        raise BadInput(f"atLeast：应大于 0 且小于 below（{below:g} 元/年），所给为 {at_least}", "atLeast")


def _industrial(snapshot: Snapshot, as_of: int, industry: str | None) -> tuple[Mask, Mask]:
    """Who is engaged in industry (mainly, where that is said), and of whom nobody knows.

    `industry` narrows it down to a class and what lies below.
    """
    table, edges = snapshot.nodes["Industry"], snapshot.relations["ENGAGES_IN"]
    wanted = np.fromiter(map(_is_industrial, table["code"].tolist()), np.bool_, len(table))
    if industry is not None:
        asked = np.zeros(len(table), np.bool_)
        asked[row_of_kind(snapshot, industry, "Industry", argument="industry") - table.first] = True
        wanted &= lifted(parents(snapshot, "Industry", as_of), asked) >= 0
        if not wanted.any():
            name = snapshot.name_of(snapshot.row_of(industry))
            raise BadInput(
                f"industry：{industry}（{name}）不是工业（采矿、制造、电热气水）：小升规只看工业", "industry"
            )
    firms = edges.start - np.int32(snapshot.nodes["Organisation"].first)
    held = valid_in(edges, as_of)
    main = np.zeros(len(snapshot.nodes["Organisation"]), np.bool_)
    main[firms[held & (edges["main"] == 1)]] = True
    counted = held & ((edges["main"] == 1) | ~main[firms])
    found, known = np.zeros(len(main), np.bool_), np.zeros(len(main), np.bool_)
    found[firms[counted & wanted[edges.end - table.first]]] = True
    known[firms[held]] = True
    return found, ~known


def _is_industrial(code: str) -> bool:
    return code in _SECTIONS or (code[:2].isdecimal() and int(code[:2]) in _INDUSTRIAL)


def _found(snapshot: Snapshot, as_of: int, firms: Ints) -> _Found:
    told = figures(snapshot, Measure(Metric.REVENUE), as_of)
    places = np.searchsorted(told.subject, firms + np.int32(snapshot.nodes["Organisation"].first))
    order = np.lexsort((firms, -told.value[places]))
    chosen = places[order]
    industry = main_industry(snapshot, as_of, 4)[firms[order]]
    towns, pairs = defaultdict[int, list[int]](list), members(snapshot, as_of)
    mine, first = np.isin(pairs[0], firms), snapshot.nodes["Town"].first
    for firm, town in zip(pairs[0][mine].tolist(), pairs[1][mine].tolist(), strict=True):
        towns[firm].append(town + first)
    return _Found(firms[order], told.value[chosen], told.year[chosen], told.claim[chosen], industry, towns)


def _row(snapshot: Snapshot, found: _Found, place: int, below: float) -> NearThreshold:
    firm, value, year = (int(found.firms[place]), float(found.value[place]), int(found.year[place]))
    needed, own = below / value - 1, _own_growth(snapshot, firm, value, year)
    industry, names = int(found.industry[place]), snapshot.nodes["Industry"].first
    return NearThreshold(
        NodeIndex(firm + snapshot.nodes["Organisation"].first),
        value,
        None if year == MISSING else year,
        NodeIndex(int(found.claim[place]) + snapshot.nodes["Claim"].first),
        below - value,
        needed,
        own,
        None if own is None else value * (1 + own) >= below,
        None if industry < 0 else NodeIndex(industry + names),
        [NodeIndex(town) for town in found.towns.get(firm, ())],
    )


def _own_growth(snapshot: Snapshot, firm: int, value: float, year: int) -> float | None:
    """Growth from the year before that of a revenue; None: that is not stated, or not above 0."""
    if year == MISSING:
        return None
    told = figures(snapshot, Measure(Metric.REVENUE), year - 1)
    row = firm + snapshot.nodes["Organisation"].first
    place = int(np.searchsorted(told.subject, row))
    if place == len(told) or told.subject[place] != row or told.year[place] != year - 1:
        return None
    return value / float(told.value[place]) - 1 if told.value[place] > 0 else None


def _by_town(found: _Found) -> list[NearCount]:
    counts = Counter(town for towns in found.towns.values() for town in towns)
    rows = [NearCount(NodeIndex(town), None, count) for town, count in sorted(counts.items())]
    nowhere = len(found.firms) - len(found.towns)
    rows += [NearCount(None, None, nowhere)] if nowhere else []
    return sorted(rows, key=lambda one: -one.count)


def _by_industry(snapshot: Snapshot, as_of: int, firms: Ints) -> list[NearCount]:
    groups, counts = np.unique(main_industry(snapshot, as_of, 2)[firms], return_counts=True)
    first = snapshot.nodes["Industry"].first
    rows = [
        NearCount(None, None if group < 0 else NodeIndex(group + first), count)
        for group, count in zip(groups.tolist(), counts.tolist(), strict=True)
    ]
    return sorted(rows, key=lambda one: -one.count)


def _used(snapshot: Snapshot, as_of: int, firms: Ints) -> Rows:
    rows = firms + np.int32(snapshot.nodes["Organisation"].first)
    revenue = of_figures(snapshot, Measure(Metric.REVENUE), as_of, rows)
    return (
        revenue | leaving(snapshot, "ENGAGES_IN", as_of, rows) | leaving(snapshot, "MEMBER_OF", as_of, rows)
    )
