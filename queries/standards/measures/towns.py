"""Measures of towns: counts of organisations, figures and growth.

Each takes the province, a town (its place) and its arguments, and gives a reading. `TOWN` says how much of
what it needs is known.
"""

from dataclasses import replace

import numpy as np

from graph.criteria import Arguments, Group
from graph.kinds.metrics import Metric
from graph.kinds.terms import Bound, OrganisationForm, Scope
from graph.snapshot.claims import REACHES, Measure, ScopeReach, figures, headline
from graph.snapshot.csr import Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.table import MISSING, code
from queries.standards.amounts import caution
from queries.standards.measures.coverage import (
    CoverageState,
    Covered,
    TownMeasure,
    figure_or_members_covered,
    figures_covered,
    group_covered,
    output_covered,
)
from queries.standards.measures.intervals import TRUE, UNKNOWN, Reading, Truths
from queries.standards.measures.organisations import holds
from queries.standards.measures.province import Province
from queries.standards.measures.rosters import Roster, roster
from queries.standards.measures.sizes import figures_of

ABOVE_SCALE = 2e7
"""Yuan a year: the main revenue from which an industrial enterprise is above the statistical scale."""
PLATFORM = "qualification:service-platform"
"""The title that a public service platform holds."""
NOT_MARKET = (OrganisationForm.AGENCY, OrganisationForm.INSTITUTION)


def counted(
    province: Province, group: Roster, truth: Truths | None = None, fails: str = "", lacks: str = ""
) -> Reading:
    """Count those of a group of whom something is true; open above when the register is not complete."""
    meets = group.belongs if truth is None else np.minimum(group.belongs, truth)
    sure, maybe, rows = meets == TRUE, meets == UNKNOWN, province.rows(group.firms)
    left, uncertain = group.left_out, group.uncertain
    if truth is not None:
        out, open_ = meets < UNKNOWN, maybe & (group.belongs == TRUE)
        left += ((rows[out], fails),) if out.any() else ()
        uncertain += ((rows[open_], lacks),) if open_.any() else ()
    high = float(sure.sum() + maybe.sum()) if group.complete else np.inf
    return Reading(
        float(sure.sum()),
        high,
        counted=rows[sure],
        uncertain=uncertain,
        left_out=left,
        lacking=lacking(province, group, uncertain),
    )


def lacking(province: Province, group: Roster, uncertain: "tuple[tuple[Ints, str], ...]") -> tuple[str, ...]:
    """Say which facts would close a count: of those that may count, and of the register."""
    said = tuple(f"{len(rows)} 户{reason}" for rows, reason in uncertain)
    return said if group.complete else (*said, f"{province.as_of} 年主体名录不完整，可能还有未登记者")


def leading_enterprises(province: Province, town: int, _: Arguments) -> Reading:
    """Count the leading enterprises."""
    return counted(province, roster(province, town, Group.LEADERS))


def supporting_households(province: Province, town: int, arguments: Arguments) -> Reading:
    """Count the supporting households of the leaders."""
    return counted(province, roster(province, town, Group.HOUSEHOLDS, arguments))


def holders(province: Province, town: int, arguments: Arguments) -> Reading:
    """Count those of a group who hold one of some titles."""
    group = roster(province, town, _among(arguments))
    truth = holds(province, group.firms, arguments).truth
    return counted(province, group, truth, "未持有所列资质", "是否持有所列资质不详")


def members(province: Province, town: int, arguments: Arguments) -> Reading:
    """Count the members, of some forms if they are named."""
    forms = arguments.terms("form", OrganisationForm) or tuple(OrganisationForm)
    return _of_forms(province, town, forms)


def market_entities(province: Province, town: int, arguments: Arguments) -> Reading:
    """Take the counted market entities; without a claim, or by form, count the members.

    Agencies and institutions are no market entities.
    """
    forms = arguments.terms("form", OrganisationForm)
    stated = None if forms else stated_figure(province, town, Metric.MARKET_ENTITIES)
    plain = tuple(form for form in OrganisationForm if form not in NOT_MARKET)
    return stated or _of_forms(province, town, forms or plain)


def above_scale_enterprises(province: Province, town: int, _: Arguments) -> Reading:
    """Take the counted enterprises above scale; without a claim count members with that revenue."""
    if stated := stated_figure(province, town, Metric.ABOVE_SCALE_ENTERPRISES):
        return stated
    group = roster(province, town, Group.MEMBERS)
    found = figures_of(province, Metric.REVENUE).at(group.firms)
    truth = np.where(found.low >= ABOVE_SCALE, TRUE, np.where(found.high < ABOVE_SCALE, 0, UNKNOWN))
    company = province.firms["form"][group.firms] == code(OrganisationForm.ENTERPRISE)
    truth = np.where(company, truth, 0).astype(np.int8)
    return counted(province, group, truth, "不是企业，或营业收入不到2000万元", "营业收入不详")


def service_platforms(province: Province, town: int, _: Arguments) -> Reading:
    """Count the members that hold the title of a public service platform."""
    if province.snapshot.find(PLATFORM) is None:
        return Reading(lacking=("公共服务平台未登记：须人工核实",))
    asked = Arguments((("qualification", (PLATFORM,)),))
    group = roster(province, town, Group.MEMBERS)
    truth = holds(province, group.firms, asked).truth
    return counted(province, group, truth, "不是公共服务平台", "是否为公共服务平台不详")


def output_value(province: Province, town: int, arguments: Arguments) -> Reading:
    """Take the town's output, yuan a year."""
    scope = arguments.term("scope", Scope)
    if scope is None:
        lacks = f"没有来源给出{Metric.OUTPUT_VALUE.words}"
        return headline_figure(province, town, Metric.OUTPUT_VALUE) or Reading(lacking=(lacks,))
    lacks = f"没有来源给出{Metric.OUTPUT_VALUE.words}（{scope.words}）"
    return stated_figure(province, town, Metric.OUTPUT_VALUE, scope) or Reading(lacking=(lacks,))


def growth(province: Province, town: int, arguments: Arguments) -> Reading:
    """Give the mean growth a year: (now ÷ then)^(1 ÷ years) − 1; both years must be stated ones.

    Both in one scope: the first of those that stand for the whole in which both are stated.
    """
    metric, years = arguments.term("metric", Metric) or Metric.OUTPUT_VALUE, arguments.number("years") or 1
    ends = (province.as_of - years, province.as_of)
    then, now = _both(province, town, metric, ends)
    if then is None or now is None:
        missing = "、".join(str(y) for y, one in zip(ends, (then, now), strict=True) if one is None)
        return Reading(-1.0, np.inf, lacking=(f"没有来源给出 {missing} 年的{metric.words}",))
    claims = then.claims + now.claims
    if then.low <= 0:
        return Reading(-1.0, np.inf, claims=claims, lacking=(f"{ends[0]} 年的{metric.words}为零或没有下限",))
    low, high = ((a / b) ** (1 / years) - 1 for a, b in ((now.low, then.high), (now.high, then.low)))
    lacks = () if low == high else ("数值只有一侧界限",)
    return Reading(low, high, claims=claims, lacking=lacks, note=now.note)


def _both(
    province: Province, town: int, metric: Metric, years: tuple[int, int]
) -> tuple[Reading | None, Reading | None]:
    """Look up the figures of two years in the first scope for the whole that has both, else in the whole."""
    whole = [scope for scope, reach in REACHES.items() if reach is ScopeReach.SAME]
    pairs = [tuple(stated_figure(province, town, metric, s, year=y) for y in years) for s in whole]
    then, now = next((pair for pair in pairs if None not in pair), pairs[0])
    return then, now


def rnd_ratio(province: Province, town: int, _: Arguments) -> Reading:
    """Divide research spending by revenue: the town's own figures, else those of all its members."""
    spent, earned = (stated_figure(province, town, m) for m in (Metric.RND_SPENDING, Metric.REVENUE))
    if spent and earned and earned.low > 0:
        return share_of(spent, earned)
    group = roster(province, town, Group.MEMBERS)
    rows = province.rows(group.firms)
    sums = [figures_of(province, metric).at(group.firms) for metric in (Metric.RND_SPENDING, Metric.REVENUE)]
    known = np.all([np.isfinite(one.high) for one in sums], axis=0)
    total = [float(one.low[known].sum()) for one in sums]
    ratio = min(1.0, total[0] / total[1]) if total[1] > 0 else None
    if ratio is not None and known.all() and group.complete:
        return Reading(ratio, ratio, counted=rows, estimate=ratio)
    lacks = [f"{(~known).sum()} 户缺研发经费或营业收入"] * (not known.all())
    lacks += [] if group.complete else [f"{province.as_of} 年主体名录不完整"]
    return Reading(0.0, 1.0, counted=rows[known], estimate=ratio, lacking=tuple(lacks) or ("没有营业收入",))


def share_of(part: Reading, whole: Reading) -> Reading:
    """Share of one figure in another above 0 (0–1), as wide as the bounds of both leave it."""
    low, high = part.low / whole.high, min(1.0, part.high / whole.low)
    lacks = () if low == high else ("数值只有一侧界限",)
    return Reading(low, high, claims=part.claims + whole.claims, lacking=lacks)


def stated_figure(
    province: Province, town: int, metric: Metric, scope: Scope = Scope.WHOLE, year: int | None = None
) -> Reading | None:
    """Look up a figure of the town itself, of exactly a year if one is given; None without a claim."""
    row, asked = town + province.towns.first, Measure(metric, scope)
    found = figures(province.snapshot, asked, province.as_of if year is None else year)
    place = int(np.searchsorted(found.subject, row))
    if place == len(found) or found.subject[place] != row or year not in (None, int(found.year[place])):
        return None
    claims, claim = province.snapshot.nodes["Claim"], int(found.claim[place])
    bound, value = list(Bound)[claims["bound"][claim]], float(found.value[place])
    low = 0.0 if bound is Bound.AT_MOST else value
    high = np.inf if bound is Bound.AT_LEAST else value
    lacks = () if low == high else (f"来源只说“{bound.words}”",)
    stated = None if found.year[place] == MISSING else int(found.year[place])
    note = caution(scope, stated, province.as_of)
    return Reading(low, high, claims=(NodeIndex(claim + claims.first),), lacking=lacks, note=note)


def headline_figure(province: Province, town: int, metric: Metric) -> Reading | None:
    """Look up the figure that speaks for the town: of the first scope that has one; None without a claim.

    A scope that is a part of the whole bounds it from below, a wider one from above.
    """
    found = headline(province.snapshot, town + province.towns.first, metric, province.as_of)
    if found is None:
        return None
    scope, _ = found
    stated, reach = stated_figure(province, town, metric, scope), REACHES[scope]
    if stated is None or reach is ScopeReach.SAME:
        return stated
    lacks = (*stated.lacking, f"只有{scope.words}的{metric.words}")
    if reach is ScopeReach.PART:
        return replace(stated, high=np.inf, lacking=lacks)
    return replace(stated, low=0.0, lacking=lacks)


def _among(arguments: Arguments) -> Group:
    return arguments.term("among", Group) or Group.MEMBERS


def _of_forms(province: Province, town: int, forms: tuple[OrganisationForm, ...]) -> Reading:
    group = roster(province, town, Group.MEMBERS)
    codes = province.firms["form"][group.firms]
    truth = np.where(np.isin(codes, [code(form) for form in forms]), TRUE, 0).astype(np.int8)
    return counted(province, group, truth, f"不是{'、'.join(form.words for form in forms)}")


def _growth_covered(province: Province, town: int, arguments: Arguments) -> Covered:
    metric = arguments.term("metric", Metric) or Metric.OUTPUT_VALUE
    years = province.as_of - (arguments.number("years") or 1), province.as_of
    known = sum(one is not None for one in _both(province, town, metric, years))
    if known == len(years):
        return CoverageState.KNOWN, known, known, None
    return CoverageState.UNKNOWN, known, len(years), f"{years[0]} 年与 {years[1]} 年的{metric.words}不全"


def _market_entities_covered(province: Province, town: int, _: Arguments) -> Covered:
    own = figures_covered(province, town, Metric.MARKET_ENTITIES)
    return own if own[0] is CoverageState.KNOWN else group_covered(province, town, Group.MEMBERS)


def _platforms_covered(province: Province, town: int, _: Arguments) -> Covered:
    if province.snapshot.find(PLATFORM) is None:
        return CoverageState.UNKNOWN, 0, 1, "公共服务平台未登记：须人工核实"
    return group_covered(province, town, Group.MEMBERS)


TOWN: dict[str, TownMeasure] = {
    "leading_enterprises": TownMeasure(
        leading_enterprises, lambda province, town, _: group_covered(province, town, Group.LEADERS)
    ),
    "supporting_households": TownMeasure(
        supporting_households, lambda province, town, _: group_covered(province, town, Group.HOUSEHOLDS)
    ),
    "holders": TownMeasure(
        holders, lambda province, town, asked: group_covered(province, town, _among(asked))
    ),
    "members": TownMeasure(members, lambda province, town, _: group_covered(province, town, Group.MEMBERS)),
    "output_value": TownMeasure(
        output_value,
        lambda province, town, asked: output_covered(province, town, asked.term("scope", Scope)),
    ),
    "growth": TownMeasure(growth, _growth_covered),
    "market_entities": TownMeasure(market_entities, _market_entities_covered),
    "above_scale_enterprises": TownMeasure(
        above_scale_enterprises,
        lambda province, town, _: figure_or_members_covered(
            province, town, Metric.ABOVE_SCALE_ENTERPRISES, Metric.REVENUE
        ),
    ),
    "rnd_ratio": TownMeasure(
        rnd_ratio,
        lambda province, town, _: figure_or_members_covered(
            province, town, Metric.RND_SPENDING, Metric.RND_SPENDING
        ),
    ),
    "service_platforms": TownMeasure(service_platforms, _platforms_covered),
}
"""All but the rates, and the tier, which asks a standard and so needs whole rules."""
