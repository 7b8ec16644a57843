"""Claims: of all that is said of a thing the figure that counts in a year, and what contradicts it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from graph.kinds.metrics import Metric
from graph.kinds.results import result
from graph.kinds.terms import Grade, RulingAction, Scope, Term
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.invented import invented
from graph.snapshot.table import MISSING, Array, NodeTable, Table, code
from graph.snapshot.years import Mask, Tables, days

TOLERANCE = 0.05
"""The share by which two figures may differ without contradicting each other."""
STALE_OVER = 5
"""Years over which a figure is stale, where nobody asks for another number. (Flows: `years.MAX_AGE`.)"""


class ScopeReach(Term):
    """一个口径的数值与全镇整体之间的关系"""  # noqa: D400, D415 - GraphQL shows it

    SAME = "SAME", "即整体，或官方以之代表整体"
    PART = "PART", "只是其中一部分：整体不少于它"
    WIDER = "WIDER", "比整体更大的范围：整体不多于它"


REACHES = {
    Scope.WHOLE: ScopeReach.SAME,
    Scope.CHAIN: ScopeReach.SAME,
    Scope.COUNTY: ScopeReach.WIDER,
    Scope.PARK: ScopeReach.PART,
    Scope.PRODUCT: ScopeReach.PART,
    Scope.CITY: ScopeReach.WIDER,
    Scope.EXPORT: ScopeReach.PART,
}
"""How scopes stand to the whole, in the order in which one stands in for it."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure is of: two claims are about the same thing when these three agree."""

    metric: Metric
    scope: Scope = Scope.WHOLE
    product: int | None = None
    """A global row."""


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """The figures of all subjects in one metric, ordered by subject (global rows)."""

    subject: Ints
    value: Floats
    """In the unit of the metric."""
    year: Ints
    """MISSING: not stated."""
    claim: Ints
    """The chosen claim: its place among the claims."""
    rivals: Ints
    """How many claims contradict it."""

    def __len__(self) -> int:
        return len(self.subject)

    def of(self, rows: Ints) -> Floats:
        """Look up the values of some subjects; NaN where there is none."""
        if not len(self):
            return np.full(len(rows), np.nan)
        places = np.minimum(np.searchsorted(self.subject, rows), len(self) - 1)
        return np.where(self.subject[places] == rows, self.value[places], np.nan)


@dataclass(frozen=True, slots=True)
class Figure:
    """The claim that counts for one subject, the rivals it has, and all there are up to the year, best first.

    Claims are global rows.
    """

    claim: NodeIndex
    value: float
    year: int | None
    rivals: tuple[NodeIndex, ...]
    claims: tuple[NodeIndex, ...]


def figures(tables: Tables, measure: Measure, as_of: int) -> Figures:
    """Choose the figure of every subject as of a year.

    The newest year not after it, claims without a year last; then what is real before what is invented, the
    better grade, the later publication, the later record, the smaller id. A claim that a steward has pinned
    counts as of the year up to which it is pinned, and before all others of that year.
    Its rivals are those that `contradicts` finds.
    """
    key = ("figures", measure, as_of)
    return tables.remember(key, lambda: _figures(tables, _ranked(tables, measure, as_of)))


def figure(tables: Tables, subject: int, measure: Measure, as_of: int) -> Figure | None:
    """Choose the figure of one subject (a global row) as `figures` does; None when there is no claim."""
    return figures_of(tables, [subject], measure, as_of)[0]


def figures_of(tables: Tables, subjects: Sequence[int], measure: Measure, as_of: int) -> list[Figure | None]:
    """Choose the figures of some subjects (global rows) as `figures` does; None where there is no claim."""
    claims, wanted = tables.nodes["Claim"], np.asarray(subjects, np.int32)
    of, places = _about(tables, wanted)
    asked = _in_question(claims, places, measure, as_of)
    of, places = of[asked], places[asked]
    order = np.lexsort((*_merits(tables, places), of))
    of, places = of[order], places[order]
    bounds = np.searchsorted(of, np.arange(len(wanted) + 1))
    sizes = np.diff(bounds)
    chosen = np.repeat(places[bounds[:-1][sizes > 0]], sizes[sizes > 0])
    against = contradicts(tables, claims, chosen, places)
    return [
        _figure(claims, places[begin:end], against[begin:end]) if end > begin else None
        for begin, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)
    ]


def _figure(claims: NodeTable, places: Ints, against: Mask) -> Figure:
    rows: list[NodeIndex] = (places + np.int32(claims.first)).tolist()
    year = int(claims["year"][places[0]])
    rivals = (row for row, rival in zip(rows, against.tolist(), strict=True) if rival)
    value = float(claims["value"][places[0]])
    return Figure(rows[0], value, None if year == MISSING else year, tuple(rivals), tuple(rows))


def _about(tables: Tables, subjects: Ints) -> tuple[Ints, Ints]:
    """List the claims (places, ascending) about some subjects, each beside the place of its subject."""
    claims = tables.nodes["Claim"]
    order, sorted_subjects = tables.remember(
        "claims by subject", lambda: _by_subject(claims["subject"]), sort="links"
    )
    begins = np.searchsorted(sorted_subjects, subjects)
    sizes = np.searchsorted(sorted_subjects, subjects, side="right") - begins
    of = np.repeat(np.arange(len(subjects), dtype=np.int32), sizes)
    within = np.arange(len(of)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return of, order[np.repeat(begins, sizes) + within]


def _by_subject(subjects: Ints) -> tuple[Ints, Ints]:
    order = np.argsort(subjects, kind="stable").astype(np.int32)
    return order, subjects[order]


def headline(tables: Tables, subject: int, metric: Metric, as_of: int) -> tuple[Scope, Figure] | None:
    """Choose the figure that speaks for the whole of a subject (a global row), and its scope.

    That of the first scope of REACHES that has one; a scope other than the whole may be more or less than it.
    """
    scopes = ((scope, figure(tables, subject, Measure(metric, scope), as_of)) for scope in REACHES)
    return next(((scope, found) for scope, found in scopes if found is not None), None)


def whole_values(tables: Tables, metric: Metric, as_of: int, subjects: Ints) -> Floats:
    """Values that speak for the whole of some subjects (global rows), in the unit of the metric.

    As `headline` chooses, but only among scopes that are the whole or stand for it: what is more or less than
    the whole can't be ranked beside it. NaN: there is none.
    """
    value = np.full(len(subjects), np.nan)
    for scope, reach in REACHES.items():
        if reach is ScopeReach.SAME:
            found = figures(tables, Measure(metric, scope), as_of).of(subjects)
            value = np.where(np.isnan(value), found, value)
    return value


def others(tables: Tables, subject: int, measure: Measure, as_of: int) -> list[tuple[Measure, Figure]]:
    """Choose the figures of a subject (a global row) in its other scopes, and of other products.

    In the order of REACHES, then by product, that of none first.
    """
    claims = tables.nodes["Claim"]
    _, places = _about(tables, np.array([subject], np.int32))
    asked = (claims["metric"][places] == code(measure.metric)) & (claims["year"][places] <= as_of)
    scopes, goods = (claims[name][places[asked]].tolist() for name in ("scope", "product"))
    members, order = list(Scope), list(REACHES)
    found = {
        Measure(measure.metric, members[s], None if p < 0 else p) for s, p in zip(scopes, goods, strict=True)
    }
    told = sorted(
        found - {measure},
        key=lambda one: (order.index(one.scope), -1 if one.product is None else one.product),
    )
    chosen = ((one, figure(tables, subject, one, as_of)) for one in told)
    return [(one, best) for one, best in chosen if best is not None]


def standings(tables: Tables, as_of: int) -> tuple[Ints, NDArray[np.intp]]:
    """Group all claims up to a year by subject, metric, scope and product, best first within each group.

    Returns the places of the claims, and where among them the groups begin; the first of a group counts.
    """
    return tables.remember(("standings", as_of), lambda: _standings(tables, as_of))


def contradicts(
    tables: Tables, table: Table, chosen: Ints, others: Ints, *, same_source: bool = False
) -> Mask:
    """Find the figures (places of claims or supplies) that contradict the chosen ones beside them.

    Another source says so of the same year, or one of the two states no year, and the values are further
    apart than TOLERANCE of the chosen one. What is said of another year is history, whoever says it; what is
    invented contradicts nothing real. `same_source` hears one source that says two things of one year, as
    one that states no year always is.
    """
    year, other_year = (table["year"][p].astype(np.int64) for p in (chosen, others))
    undated = (year == MISSING) | (other_year == MISSING)
    heard = same_source | undated | (table["source"][chosen] != table["source"][others])
    made_up = invented(tables).of(table)
    heard &= (undated | (year == other_year)) & ~(made_up[others] & ~made_up[chosen])
    value, other = table["value"][chosen], table["value"][others]
    return heard & (np.abs(other - value) > TOLERANCE * np.abs(value))


class ClaimChoiceReason(Term):
    """采用一条数值而不是另一条的理由"""  # noqa: D400, D415 - GraphQL shows it

    PINNED = "PINNED", "数据管理员选定"
    YEAR = "YEAR", "年份较新，或只有它写明年份"
    REAL = "REAL", "真实数据先于虚构样例"
    GRADE = "GRADE", "来源等级较高"
    PUBLISHED = "PUBLISHED", "来源发布较晚，或只有它写明发布日期"
    RECORDED = "RECORDED", "录入较晚，或只有它写明录入日期"
    ID = "ID", "其余都相同，取标识在前者"


@dataclass(frozen=True, slots=True)
class ClaimRank:
    """What a figure is ranked by, in this order, a pinned one before all; the smaller id comes last."""

    year: int | None
    grade: Grade | None
    published: date | None
    """When its source was published."""
    recorded: date | None = None
    pinned: str | None = None
    """Why a steward pinned it; None: nobody did."""
    invented: bool = False


@result("采用一条数值而不是另一条的理由：规则中两者首先不同的一步")
@dataclass(frozen=True, slots=True)
class ClaimChoice:
    """The step of the rule that decided, and what it compared, in Chinese words."""

    reason: Annotated[ClaimChoiceReason, "理由"]
    words: Annotated[str, "比较了什么"]


STEPS = (
    (ClaimChoiceReason.YEAR, "year", "年份", "较新"),
    (ClaimChoiceReason.GRADE, "grade", "来源等级", "较高"),
    (ClaimChoiceReason.PUBLISHED, "published", "来源发布日期", "较晚"),
    (ClaimChoiceReason.RECORDED, "recorded", "录入日期", "较晚"),
)


def why(chosen: ClaimRank, other: ClaimRank) -> ClaimChoice:
    """Say why one figure counts and the other does not; the first must be the better one.

    >>> why(ClaimRank(2025, Grade.C, None), ClaimRank(2006, Grade.A, None)).words
    '年份较新：2025，另一条为 2006'
    >>> why(ClaimRank(2025, Grade.A, None), ClaimRank(2025, Grade.C, None)).reason
    <ClaimChoiceReason.GRADE: 'GRADE'>
    >>> why(ClaimRank(2025, Grade.C, None), ClaimRank(2025, Grade.A, None, invented=True)).words
    '真实数据先于虚构样例'
    """
    if chosen.pinned is not None:
        return ClaimChoice(ClaimChoiceReason.PINNED, f"数据管理员选定：{chosen.pinned}")
    for reason, name, what, better in STEPS:
        if reason is ClaimChoiceReason.GRADE and chosen.invented != other.invented:
            return ClaimChoice(ClaimChoiceReason.REAL, ClaimChoiceReason.REAL.words)
        ours, theirs = getattr(chosen, name), getattr(other, name)
        if ours != theirs and theirs is None:
            return ClaimChoice(reason, f"只有采用的一条写明{what}：{ours}")
        if ours != theirs:
            return ClaimChoice(reason, f"{what}{better}：{ours}，另一条为 {theirs}")
    return ClaimChoice(ClaimChoiceReason.ID, ClaimChoiceReason.ID.words)


def of_claim(tables: Tables, place: int) -> ClaimRank:
    """What a claim (its place) is ranked by."""
    claims = tables.nodes["Claim"]
    source = int(claims["source"][place])
    return ClaimRank(
        _year(claims["year"], place),
        _grade(claims["grade"], place),
        _published(tables, source),
        _date(claims["recordedOn"], place),
        _pinned(tables, place),
        invented=bool(invented(tables).of(claims)[place]),
    )


def of_flow(tables: Tables, edge: int) -> ClaimRank:
    """What a supply (its place) is ranked by: its year, whether it is invented, then its source."""
    supplies, sources = tables.relations["SUPPLIES"], tables.nodes["Source"]
    source = int(supplies["source"][edge])
    grade = None if source < 0 else _grade(sources["grade"], source - sources.first)
    made_up = bool(invented(tables).of(supplies)[edge])
    return ClaimRank(_year(supplies["year"], edge), grade, _published(tables, source), invented=made_up)


def difference(chosen: float, other: float) -> float | None:
    """How far a figure is from the one that counts: (other − chosen) ÷ |chosen|; None: that is 0."""
    return (other - chosen) / abs(chosen) if chosen else None


def spread_of(chosen: float, rivals: Sequence[float]) -> float | None:
    """How far apart figures are: (greatest − smallest) ÷ |chosen|; None: the chosen one is 0."""
    values = [chosen, *rivals]
    return difference(chosen, chosen + max(values) - min(values))


def _standings(tables: Tables, as_of: int) -> tuple[Ints, NDArray[np.intp]]:
    claims = tables.nodes["Claim"]
    usable = (claims["year"] <= as_of) & (claims["subject"] >= 0)
    places = np.flatnonzero(usable).astype(np.int32)
    groups = [claims[name][places] for name in ("product", "scope", "metric", "subject")]
    order = np.lexsort((*_merits(tables, places), *groups))
    fresh = np.zeros(len(places), np.bool_)
    fresh[:1] = True
    for column in groups:
        fresh[1:] |= column[order][1:] != column[order][:-1]
    return places[order], np.flatnonzero(fresh)


def _ranked(tables: Tables, measure: Measure, as_of: int) -> Ints:
    """Find the claims (their places) in question, ordered by subject and within it best first."""
    claims = tables.nodes["Claim"]
    asked = _in_question(claims, slice(None), measure, as_of) & (claims["subject"] >= 0)
    places = np.flatnonzero(asked).astype(np.int32)
    return places[np.lexsort((*_merits(tables, places), claims["subject"][places]))]


def _in_question(claims: NodeTable, places: Ints | slice, measure: Measure, as_of: int) -> Mask:
    """Tell which claims are of a measure and not of a later year."""
    asked = (claims["metric"][places] == code(measure.metric)) & (
        claims["scope"][places] == code(measure.scope)
    )
    product = -1 if measure.product is None else measure.product
    return asked & (claims["product"][places] == product) & (claims["year"][places] <= as_of)


def _merits(tables: Tables, places: Ints) -> tuple[NDArray[np.generic], ...]:
    """List what claims are ranked by as keys of `np.lexsort`: the least important first, each ascending.

    Equals stay in the order they came in, which is that of their ids.
    """
    claims = tables.nodes["Claim"]
    grade, pinned = claims["grade"][places], claims["pinnedThrough"][places]
    return (
        -days(claims["recordedOn"][places]),
        -_published_days(tables, claims["source"][places]),
        np.where(grade < 0, np.int16(np.iinfo(np.int16).max), grade),
        invented(tables).of(claims)[places],
        pinned == MISSING,
        -np.maximum(claims["year"][places], pinned).astype(np.int64),
    )


def _published_days(tables: Tables, sources: Ints) -> NDArray[np.int64]:
    """Look up when sources (global rows) were published, in days."""
    table = tables.nodes["Source"]
    known = np.append(days(table["publishedOn"]), days(np.array(["NaT"], "datetime64[D]")))
    return known[np.where(sources < 0, len(table), sources - table.first)]


def _figures(tables: Tables, places: Ints) -> Figures:
    claims = tables.nodes["Claim"]
    subject = claims["subject"][places]
    begins = np.flatnonzero(np.diff(subject, prepend=-1))
    chosen = places[begins]
    sizes = np.diff(begins, append=len(places))
    against = contradicts(tables, claims, np.repeat(chosen, sizes), places).astype(np.int32)
    rivals = np.add.reduceat(against, begins) if len(begins) else against
    arrays = (subject[begins], claims["value"][chosen], claims["year"][chosen], chosen, rivals)
    for array in arrays:
        array.setflags(write=False)
    return Figures(*arrays)


def _published(tables: Tables, source: int) -> date | None:
    sources = tables.nodes["Source"]
    return _date(sources["publishedOn"], source - sources.first) if source >= 0 else None


def _pinned(tables: Tables, place: int) -> str | None:
    claims, rulings = tables.nodes["Claim"], tables.nodes["Ruling"]
    if claims["pinnedThrough"][place] == MISSING:
        return None
    about = f"Claim {claims['id'][place]}"
    here = (rulings["about"] == about) & (rulings["action"] == code(RulingAction.PIN))
    found = np.flatnonzero(here & np.isnat(rulings["undoneOn"]))
    return str(rulings["reason"][found[-1]]) if len(found) else "理由未记录"


def _year(column: Array, place: int) -> int | None:
    year = int(column[place])
    return None if year == MISSING else year


def _grade(column: Array, place: int) -> Grade | None:
    code = int(column[place])
    return list(Grade)[code] if code >= 0 else None


def _date(column: Array, place: int) -> date | None:
    return column[place].item()
