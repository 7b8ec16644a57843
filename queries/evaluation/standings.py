"""Standings: a set of indicators applied to a year: where each town stands, how surely, and by what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import isfinite
from typing import Annotated

import numpy as np

from graph.criteria import Evaluation, Indicator
from graph.errors import BadInput
from graph.kinds.entities import Town
from graph.kinds.facts import Claim
from graph.kinds.metrics import Unit
from graph.kinds.results import After, As, result
from graph.kinds.terms import TownLevel
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from queries.answer import Formula, Method
from queries.evaluation import sensitivity
from queries.evaluation.changes import RankChange, rank_change
from queries.evaluation.intervals import Ranks, rank_intervals
from queries.evaluation.readings import Evaluated, Evaluations, IndicatorState, quantity
from queries.evaluation.scoring import FULL, known_weight, scaled_weights
from queries.evaluation.taking_part import some, taking_part
from queries.provenance import Rows
from queries.standards.amounts import amount
from queries.standards.documents import held_document, not_yet_in_force

LEAST_KNOWN = 0.6
"""A town of whose weights less is known is not ranked: its total would be made of a few indicators."""
RENORMALISED = "不详的指标不计，其余指标的权重按比例放大（归一后权重）：一项的得分因此可高于它的权重"
_ROUNDING = 1e-9
FORMULA = Formula(
    "evaluation-ranking",
    "年度评价排名",
    1,
    "总分由已知数据算得：不详的指标按指标体系剔除或记零，名次区间说明其影响；排名供核实之用，不代替评价结论。",
)


@result("一项指标在一个镇的得分")
@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """What an indicator comes to for a town."""

    indicator: Annotated[str, "指标标识"]
    words: Annotated[str, "指标"]
    state: Annotated[IndicatorState, "掌握程度"]
    value: Annotated[float | None, "计分所用的值（指标的单位；比例为 0–1）；空为不详"]
    low: Annotated[float, "按已知事实的下限"]
    high: Annotated[float | None, "按已知事实的上限；空为没有上限"]
    actual: Annotated[str, "所得，中文"]
    points: Annotated[float | None, "分数（0–100）；空为不详而剔除"]
    share: Annotated[float, "在总分中的权重（0–1），不详者剔除后归一"]
    contribution: Annotated[float, "对总分的贡献（分）：各项合计即总分"]
    lost: Annotated[float, "失分（分）：归一后的权重 × (100 − 分数)；不详而剔除者为 0"]
    missing_facts: Annotated[Sequence[str], "使此值不确定的未知事实"]
    claims: Annotated[Sequence[NodeIndex], Claim, "所用的指标数值中属于本镇自身的"]
    claims_count: Annotated[int, "所用的指标数值条数，含属于成员的"]


@result("名次区间：未知事实允许的最好与最差名次")
@dataclass(frozen=True, slots=True)
class RankInterval:
    """The ranks that the unknown facts leave open."""

    best: Annotated[int, "最好名次：任何情形下都不会更好"]
    worst: Annotated[int, "最差名次：任何情形下都不会更差"]
    best_exact: Annotated[bool, "最好名次是否确可达到；否则为保守的界限，实际可能更差"]
    worst_exact: Annotated[bool, "最差名次是否确可达到；否则为保守的界限，实际可能更好"]


@result("排名中的一个专业镇")
@dataclass(frozen=True)
class RankedTown:
    """A town among those that are ranked.

    It has no slots: of the two bases of an answer only one may have them.
    """

    town: Annotated[NodeIndex, Town, "专业镇"]
    rank: Annotated[int | None, "名次，总分相同者并列；空为已知的权重不足，不排名"]
    total: Annotated[float | None, "总分（0–100）；空为不排名"]
    known_weight: Annotated[float, "有值的指标的权重之和（0–1）：其余不详"]
    interval: Annotated[RankInterval, "名次区间：一切未知事实都查明时"]
    as_scored: Annotated[
        RankInterval, "名次区间：只知一部分者以已知部分为准，只有不详的指标查明时", As("interval_as_scored")
    ]
    stability: Annotated[
        float | None, "稳定性：各权重在幅度内随机变动时，名次不变的抽样占比（0–1）；空为不排名"
    ]
    indicators: Annotated[Sequence[IndicatorScore], "各项指标，按指标体系的次序"]
    reference_rank: Annotated[int | None, "试算时：按现行指标体系的名次；空为不是试算，或没有"]
    standings: "Standings"
    row: int
    """Among the towns that take part."""

    @property
    def unsettled(
        self,
    ) -> Annotated[
        bool, "名次是否不稳：一切未知事实都查明时，参评各镇中的任何名次都可能", After("as_scored")
    ]:
        """Whether the unknown facts leave every rank open, and there is more than one."""
        everybody = len(self.standings.order)
        return 1 == self.interval.best < self.interval.worst == everybody

    @property
    def changed(self) -> Annotated[RankChange | None, "与上年相比；空为上年或今年不在排名中"]:
        """How it differs from the year before, which is scored only when somebody asks."""
        return self._changed

    @cached_property
    def _changed(self) -> RankChange | None:
        return rank_change(self.standings.now, self.standings.years.before, self.row)


@result("一项指标在参评各镇的情况")
@dataclass(frozen=True, slots=True)
class IndicatorSummary:
    """An indicator over all towns that take part."""

    indicator: Annotated[str, "指标标识"]
    words: Annotated[str, "指标"]
    weight: Annotated[float, "权重（0–1，合计为 1）"]
    unit: Annotated[str, "单位"]
    known: Annotated[int, "已知的镇数"]
    partly: Annotated[int, "只知一部分的镇数"]
    unknown: Annotated[int, "不详的镇数"]
    least: Annotated[float | None, "最小值；空为都不详"]
    median: Annotated[float | None, "中位数；空为都不详"]
    most: Annotated[float | None, "最大值；空为都不详"]


@dataclass(frozen=True, slots=True)
class Part:
    """Which towns are evaluated together, and how much must be known of one for it to be ranked."""

    level: TownLevel | None = None
    candidates: bool = False
    least_known: float = LEAST_KNOWN

    @property
    def told(self) -> Mapping[str, bool | float | str | None]:
        """The same as parameters of an answer."""
        return {
            "level": self.level,
            "includeCandidates": self.candidates,
            "leastKnown": self.least_known,
        }

    def years(self, snapshot: Snapshot, document: Evaluation, as_of: int) -> Evaluations:
        """Apply a set of indicators to them; raises BadInput."""
        if not 0 <= self.least_known <= 1:
            raise BadInput(f"leastKnown：应在 0 到 1 之间，所给为 {self.least_known}", "leastKnown")
        some(snapshot, as_of, self.level, candidates=self.candidates)
        return Evaluations(snapshot, document, self.level, self.candidates, as_of, self.least_known)


@dataclass(frozen=True, slots=True)
class Sampling:
    """How weights are drawn."""

    draws: int = sensitivity.DRAWS
    spread: float = sensitivity.SPREAD
    seed: int = 0


@dataclass(frozen=True)
class Standings:
    """A set of indicators applied to a year: everything that rankings, cards and notices read."""

    years: Evaluations
    standard: NodeIndex | None
    sampling: Sampling = field(default_factory=Sampling)
    reference: "Standings | None" = None
    """The set in force, beside a trial."""

    @property
    def now(self) -> Evaluated:
        """The year that is asked."""
        return self.years.now

    @cached_property
    def intervals(self) -> Ranks:
        """The ranks that are open to each town."""
        return rank_intervals(self.now.known, self.now.indicators)

    @cached_property
    def intervals_as_scored(self) -> Ranks:
        """The same if what is known in part were all there is."""
        return rank_intervals(self.now.known.as_scored, self.now.indicators)

    @cached_property
    def stability(self) -> Sequence[float]:
        """How often each town keeps its rank; NaN: it has none."""
        asked = self.sampling
        weights = sensitivity.drawn(self.now.indicators, asked.draws, asked.spread, asked.seed)
        return sensitivity.kept(self.now.scores, self.now.indicators, weights).tolist()

    @cached_property
    def order(self) -> Sequence[int]:
        """Rows of the towns: by rank, equal ones by id; those without last."""
        rank = self.now.scores.rank.tolist()
        return sorted(range(len(rank)), key=lambda row: (rank[row] or len(rank) + 1, row))

    @property
    def ranked(self) -> Sequence[int]:
        """Rows of the towns that have a rank, the first first."""
        return [row for row in self.order if self.now.scores.rank[row]]

    @property
    def renormalised(self) -> bool:
        """Whether an indicator counts for more than its weight for anybody that is ranked."""
        shares = self.now.scores.shares[self.now.scores.rank > 0]
        return bool((shares > scaled_weights(self.now.indicators) + _ROUNDING).any())

    @property
    def unknown_reason(self) -> str | None:
        """Why nobody is ranked; None: somebody is."""
        if self.ranked:
            return None
        names = "、".join(one.words for one in self.now.indicators if one.weight)
        enough = self.years.least_known
        if not enough or self.now.known.unknown.all():
            return f"{self.now.as_of} 年参评各镇的指标（{names}）都没有已知数据：无法排名"
        return f"{self.now.as_of} 年参评各镇已知的权重都不足 {100 * enough:g} %：无法排名；可调低 leastKnown"

    def row_of(self, town: NodeIndex) -> int | None:
        """Row of a town (a global row); None: it does not take part."""
        place = town - self.now.snapshot.nodes["Town"].first
        return self.now.part.towns.index(place) if place in self.now.part.towns else None

    def town(self, row: int) -> RankedTown:
        """Everything about one town."""
        now, found = self.now, self.now.scores
        rank, kept = int(found.rank[row]), self.stability[row]
        return RankedTown(
            self.row(row),
            rank or None,
            float(found.total[row]) if rank else None,
            float(known_weight(now.known.unknown, now.indicators)[row]),
            _interval(self.intervals, row),
            _interval(self.intervals_as_scored, row),
            None if np.isnan(kept) else kept,
            [self.score(row, place) for place in range(len(now.indicators))],
            self._reference(row),
            self,
            row,
        )

    def row(self, row: int) -> NodeIndex:
        """Global row of a town."""
        return NodeIndex(self.now.part.towns[row] + self.now.snapshot.nodes["Town"].first)

    def summary(self, place: int) -> IndicatorSummary:
        """An indicator over all towns."""
        now = self.now
        one, values = now.indicators[place], now.known.value[:, place]
        states = [now.state(row, place) for row in range(len(values))]
        known = values[~np.isnan(values)]
        ends = (known.min(), np.median(known), known.max()) if len(known) else (None, None, None)
        return IndicatorSummary(
            one.id,
            one.words,
            float(scaled_weights(now.indicators)[place]),
            unit_words(one),
            *(states.count(state) for state in IndicatorState),
            *(None if end is None else float(end) for end in ends),
        )

    def score(self, row: int, place: int) -> IndicatorScore:
        """What an indicator (its place) comes to for a town."""
        now, found = self.now, self.now.scores
        one, value, points = now.indicators[place], now.known.value[row, place], found.points[row, place]
        share, high = float(found.shares[row, place]), float(now.known.high[row, place])
        gained, read = share * float(np.nan_to_num(points)), now.readings[row][place]
        claims = now.snapshot.nodes["Claim"]
        return IndicatorScore(
            one.id,
            one.words,
            now.state(row, place),
            None if np.isnan(value) else float(value),
            float(now.known.low[row, place]),
            high if isfinite(high) else None,
            now.in_words(row, place),
            None if np.isnan(points) else float(points),
            share,
            gained,
            share * FULL - gained,
            read.lacking,
            [NodeIndex(one) for one in read.claims if claims["subject"][one - claims.first] == self.row(row)],
            len(read.claims),
        )

    def _reference(self, row: int) -> int | None:
        if self.reference is None:
            return None
        there = self.reference.row_of(self.row(row))
        return None if there is None else int(self.reference.now.scores.rank[there]) or None


def _interval(of: Ranks, row: int) -> RankInterval:
    ends = int(of.best[row]), int(of.worst[row])
    return RankInterval(*ends, bool(of.best_exact[row]), bool(of.worst_exact[row]))


def standings(
    snapshot: Snapshot, as_of: int, standard: str, part: Part | None = None, sampling: Sampling | None = None
) -> Standings:
    """Apply a stored set of indicators to a year; raises BadInput, NotFound."""
    asked = sampling or Sampling()
    sensitivity.checked(asked.draws, asked.spread, asked.seed)
    row, document = held_document(snapshot, standard, Evaluation)
    return Standings((part or Part()).years(snapshot, document, as_of), row, asked)


def notes_of(found: Standings) -> str | None:
    """What must be said beside a ranking."""
    now, snapshot = found.now, found.now.snapshot
    early = None if found.standard is None else not_yet_in_force(snapshot, found.standard, now.as_of)
    undated = f"{now.part.undated} 个镇的认定日期不详，每年都计入" if now.part.undated else None
    years = found.years
    then = taking_part(snapshot, now.as_of - 1, years.level, candidates=years.candidates)
    first = None if then.towns else f"{now.as_of - 1} 年没有参评的镇：无从比较"
    scaled = RENORMALISED if found.renormalised else None
    return "；".join(filter(None, (early, undated, first, scaled))) or None


def open_to(town: RankedTown) -> str | None:
    """Say which ranks are open to a town; None: only the one that it has.

    They are ranks among all that take part: who is not ranked now would be, were everything known.
    """
    whole, part, found = town.interval, town.as_scored, town.standings
    if whole.best == whole.worst:
        return None
    among = f"参评 {len(found.order)} 镇中" if len(found.order) > len(found.ranked) else ""
    shaky = "名次不稳：" if town.unsettled else ""
    said = f"{shaky}未知事实查明后可为{among}第 {whole.best} 至 {whole.worst} 名"
    if (part.best, part.worst) == (whole.best, whole.worst):
        return said
    kept = f"第 {part.best} 名" if part.best == part.worst else f"第 {part.best} 至 {part.worst} 名"
    return f"{said}，以已知部分为准则为{kept}"


def method_of(
    found: Standings, asked: Mapping[str, bool | float | str | None], rows: Sequence[int]
) -> Method:
    """How an answer about some towns (rows) was computed."""
    now = found.now
    return FORMULA.method(now.snapshot, now.as_of, asked, used=lambda: _used(found, rows))


def unit_words(indicator: Indicator) -> str:
    """Name the unit of an indicator: 家, 元; of shares 比例（0–1）."""
    type_ = quantity(indicator)
    if type_.unit is Unit.SHARE:
        return Unit.SHARE.words
    return amount(0, type_.unit, type_.counter).removeprefix("0").strip()


def _used(found: Standings, rows: Sequence[int]) -> Rows:
    """Rows that the scores rest on; a change rests on those of the year before too."""
    used = found.now.used(rows)
    before = found.years.before
    places = {found.now.part.towns[row] for row in rows}
    return used | before.used([row for row, place in enumerate(before.part.towns) if place in places])
