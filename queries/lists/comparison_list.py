"""The comparison of towns as a table: what is compared line by line, and a column for each town."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from graph.kinds.metrics import Unit
from graph.snapshot.claims import ScopeReach
from graph.snapshot.snapshot import Snapshot
from queries.answer import Method
from queries.comparison.cards import HeadlineFigure, OwnFormCount, TownCard, own_rows
from queries.comparison.compare import Comparison, compare
from queries.gaps.gaps import GapRanking
from queries.gaps.terms import GapAction, GapState
from queries.levels import OwnRuleCount
from queries.lists.headings import Cell, Heading, Row, Shape
from queries.lists.particulars import INVENTED, WAN, joined, short
from queries.provenance import Rows, any_invented, provenance

UNKNOWN = "不详"
UNITS = {Unit.YUAN: ("万元", 1 / WAN), Unit.SHARE: ("%", 100.0)}
"""The unit and factor by which a figure is shown, where not by its own."""


@dataclass(frozen=True, slots=True)
class ComparisonRow(Row):
    """One thing that is compared, of all towns."""

    title: ClassVar[str] = "专业镇比较"
    part: Annotated[str, Heading("部分", "基本情况、主要指标、主体、龙头、配套、缺链、位置、体检、依据", 9)]
    item: Annotated[str, Heading("项目", "所比较的项目", 24)]
    unit: Annotated[str | None, Heading("单位", "数字的单位；空为文字", 7)]
    synthetic: Annotated[str | None, Heading("含虚构样例", "“是”：至少一个镇的此项依据虚构样例；空为没有", 6)]
    cells: tuple[Cell, ...]
    """One of each town."""


@dataclass(frozen=True, slots=True)
class PairRow(Row):
    """What two of the towns have in common."""

    title: ClassVar[str] = "两两相似与互供"
    start: Annotated[str, Heading("甲镇", "所比较的镇", 14)]
    end: Annotated[str, Heading("乙镇", "所比较的镇", 14)]
    cosine: Annotated[
        float | None, Heading("余弦相似度", "四位行业结构的余弦（0–1）；空为不详", 8, Shape.AMOUNT)
    ]
    krugman: Annotated[float | None, Heading("克鲁格曼指数", "0 相同，2 全异；空为不详", 8, Shape.AMOUNT)]
    sells: Annotated[
        float | None,
        Heading("甲售予乙（万元/年）", "已知金额，0 为没有已知的供应；空为不详或未计量", 12, Shape.AMOUNT),
    ]
    buys: Annotated[
        float | None,
        Heading("甲购自乙（万元/年）", "已知金额，0 为没有已知的供应；空为不详或未计量", 12, Shape.AMOUNT),
    ]
    unknown: Annotated[str | None, Heading("不详的原因", "相似度不详的原因；空为已知", 40)]


@dataclass(frozen=True, slots=True)
class ComparisonList:
    """A comparison as GraphQL answers it, and as tables."""

    comparison: Comparison
    columns: Sequence[Heading]
    """Of the towns."""
    rows: Sequence[ComparisonRow]
    pairs: Sequence[PairRow]
    notes: Sequence[str]
    methods: Mapping[str, Method]
    sources: Sequence[int]
    """Global rows."""


def comparison_list(
    snapshot: Snapshot, towns: Sequence[str], *, as_of: int, standard: str | None = None
) -> ComparisonList:
    """Lay a comparison out as tables; raises what `compare` raises."""
    found = compare(snapshot, towns=towns, as_of=as_of, standard=standard)
    named = [snapshot.name_of(one.town) for one in found.cards]
    columns = [Heading(name, f"{name}（{id}）", 22) for name, id in zip(named, towns, strict=True)]
    used = found.method.used
    return ComparisonList(
        found,
        columns,
        list(_Table(snapshot, found.cards, as_of).rows()),
        [_pair(snapshot, found, number) for number in range(len(found.pairs))],
        [f"“{UNKNOWN}”不等于没有，也不是 0", found.method.caveat],
        {"比较": found.method, "相似": found.similarity.method, **_methods(found.cards[0])},
        provenance(snapshot, used(), as_of).sources if used else (),
    )


def _methods(card: TownCard) -> dict[str, Method]:
    """The methods of the parts, alike for all towns: what they rest on is said by 比较."""
    return {"卡片": card.method, "缺链": card.gaps.method, "产业链位置": card.position.method}


def _pair(snapshot: Snapshot, found: Comparison, number: int) -> PairRow:
    one = found.pairs[number]
    names = snapshot.name_of(one.start), snapshot.name_of(one.end)
    sells, buys = (None if value is None else value / WAN for value in (one.sells, one.buys))
    return PairRow(*names, one.cosine, one.krugman, sells, buys, one.unknown_reason)


@dataclass(frozen=True, slots=True)
class _Table:
    """Writes the rows."""

    snapshot: Snapshot
    cards: Sequence[TownCard]
    as_of: int

    def rows(self) -> Iterator[ComparisonRow]:
        """All rows, part by part; the same for every choice of towns."""
        yield self._row("基本情况", "级别", None, lambda one: one.level.words)
        yield self._row(
            "基本情况", f"认定状态（{self.as_of} 年末）", None, lambda one: one.status and one.status.words
        )
        yield self._row("基本情况", "认定批次", None, lambda one: one.batch)
        yield self._row("基本情况", "须知", None, lambda one: one.note or "—")
        for place in range(len(self.cards[0].figures)):
            yield from self._figure(place)
        yield from self._organisations()
        yield from self._supply()
        yield from self._gaps()
        yield self._row("体检", "结论", None, _verdict, _checkup)
        yield self._row(
            "体检",
            "一句话",
            None,
            lambda one: one.checkup_unknown_reason if one.checkup is None else one.checkup.in_words,
            _checkup,
        )
        yield self._row("依据", "所用事实与关系", "行", lambda one: self._basis(one)[0], _whole)
        yield self._row("依据", "其中虚构样例", None, lambda one: self._basis(one)[1] or "没有", _whole)

    def _figure(self, place: int) -> Iterator[ComparisonRow]:
        told = [one.figures[place] for one in self.cards]
        name = told[0].metric.words.partition("（")[0]
        unit, factor = UNITS.get(told[0].metric.units[0], (told[0].metric.units[0].words, 1.0))
        made_up = any(one.synthetic for one in told)
        values = [None if one.value is None else round(one.value * factor, 2) for one in told]
        yield _written("主要指标", name, unit, values, made_up=made_up)
        details = [self._detail(one) for one in told]
        yield _written("主要指标", f"{name}：年份、口径、等级、来源", None, details, made_up=made_up)

    def _detail(self, told: HeadlineFigure) -> str | None:
        if told.scope is None or told.grade is None:
            return None
        year = (
            "未写年份"
            if told.year is None
            else f"{told.year} 年（{told.age} 年前）"
            if told.age
            else f"{told.year} 年"
        )
        scope = short(told.scope.words)
        if told.reach not in {None, ScopeReach.SAME}:
            scope += f"（{told.reach.words}）" if told.reach else ""
        said = [year, scope, f"{told.grade.value} 级"]
        said += [self.snapshot.name_of(told.source)] if told.source is not None else ["来源未登记"]
        said += [f"另有 {told.rivals} 条矛盾的数值"] if told.rivals else []
        return "，".join([*said, "虚构样例"] if told.synthetic else said)

    def _organisations(self) -> Iterator[ComparisonRow]:
        made_up = any(
            any_invented(self.snapshot, own_rows(self.snapshot, one.town, self.as_of), [one.town])
            for one in self.cards
        )
        for item, read in self._own_counts():
            yield _written("主体", item, "家", [read(one) for one in self.cards], made_up=made_up)
        named = [
            joined(self.snapshot.name_of(row) for row in one.leaders) or "没有已登记者" for one in self.cards
        ]
        made_up = any_invented(self.snapshot, Rows(), [row for one in self.cards for row in one.leaders])
        count = [len(one.leaders) for one in self.cards]
        yield _written("龙头", "已登记的龙头企业", "家", count, made_up=made_up)
        yield _written("龙头", "名单", None, named, made_up=made_up)

    def _own_counts(self) -> Iterator[tuple[str, Callable[[TownCard], Cell]]]:
        yield "本镇自己的主体", lambda one: one.own.count
        for place, rule in enumerate(self.cards[0].own.by_rule):
            yield f"其中：{short(rule.rule.words)}", _at(lambda one: one.own.by_rule, place)
        for place, form in enumerate(self.cards[0].own_by_form):
            yield f"其中：{short(form.form.words)}", _at(lambda one: one.own_by_form, place)

    def _supply(self) -> Iterator[ComparisonRow]:
        whole = [one.local_sourcing.whole for one in self.cards]
        for words, rates in (
            ("本地配套率：来源不详者不算本地", [one and one.rate for one in whole]),
            ("本地配套率：来源不详者都算本地", [one and one.rate_at_most for one in whole]),
        ):
            yield self._cells("配套", words, "%", map(_percent, rates), lambda one: one.local_sourcing.method)
        yield self._row(
            "配套", "单一来源的采购占比", "%", lambda one: _percent(one.single_sourced.share), _single
        )
        yield self._row(
            "配套",
            "单一来源的采购（买方与产品）",
            "对",
            lambda one: one.single_sourced.count if one.single_sourced.pairs else None,
            _single,
        )
        yield self._row(
            "配套",
            "产出集中度（HHI）",
            "0–1",
            lambda one: _rounded(one.concentration.hhi),
            lambda one: one.concentration.method,
        )
        yield self._row(
            "位置",
            "上游度：到最终使用的级数",
            "级",
            lambda one: _rounded(one.position.upstreamness),
            _position,
        )
        yield self._row(
            "位置",
            "下游度：离初始投入的级数",
            "级",
            lambda one: _rounded(one.position.downstreamness),
            _position,
        )

    def _gaps(self) -> Iterator[ComparisonRow]:
        for state in (GapState.MISSING, GapState.WEAK, GapState.UNKNOWN, GapState.COVERED):
            counts = [None if one.gaps.unknown_reason else one.gaps.states[state] for one in self.cards]
            yield self._cells("缺链", f"{short(state.words)}的环节", "个", counts, _gaps_of)
        for place, action in enumerate(GapAction):
            ranked = [None if one.gaps.unknown_reason else one.gaps.actions[place] for one in self.cards]
            yield self._cells(
                "缺链", short(action.words), "个", [one and one.count for one in ranked], _gaps_of
            )
            first = f"{short(action.words)}：前几个"
            yield self._cells("缺链", first, None, [one and self._first(one) for one in ranked], _gaps_of)

    def _first(self, ranked: GapRanking) -> str:
        return joined(self.snapshot.name_of(one.product) for one in ranked.rows) or "没有已知者"

    def _basis(self, card: TownCard) -> tuple[int, str | None]:
        found = provenance(self.snapshot, card.method.used(), self.as_of) if card.method.used else None
        return (0, None) if found is None else (found.rows, found.in_words)

    def _row(
        self,
        part: str,
        item: str,
        unit: str | None,
        read: Callable[[TownCard], Cell],
        method: "Callable[[TownCard], Method | None] | None" = None,
    ) -> ComparisonRow:
        return self._cells(part, item, unit, [read(one) for one in self.cards], method)

    def _cells(
        self,
        part: str,
        item: str,
        unit: str | None,
        values: Iterable[Cell],
        method: "Callable[[TownCard], Method | None] | None",
    ) -> ComparisonRow:
        """Write a row; it is marked where the method of a town used something invented, or a town is."""
        methods = [method(one) for one in self.cards] if method else []
        rows = [one.used() for one in methods if one is not None and one.used is not None]
        towns = [one.town for one in self.cards]
        made_up = any_invented(self.snapshot, Rows(), towns)
        made_up = made_up or any(any_invented(self.snapshot, one) for one in rows)
        return _written(part, item, unit, list(values), made_up=made_up)


def _written(
    part: str, item: str, unit: str | None, values: Sequence[Cell], *, made_up: bool
) -> ComparisonRow:
    shown = tuple(UNKNOWN if value is None else value for value in values)
    return ComparisonRow(part, item, unit, INVENTED if made_up else None, shown)


def _at(
    read: Callable[[TownCard], Sequence[OwnRuleCount | OwnFormCount]], place: int
) -> Callable[[TownCard], Cell]:
    return lambda one: read(one)[place].count


def _verdict(card: TownCard) -> Cell:
    return None if card.checkup is None else short(card.checkup.outcome.words)


def _checkup(card: TownCard) -> Method | None:
    return card.checkup and card.checkup.method


def _single(card: TownCard) -> Method:
    return card.single_sourced.method


def _position(card: TownCard) -> Method:
    return card.position.method


def _gaps_of(card: TownCard) -> Method:
    return card.gaps.method


def _whole(card: TownCard) -> Method:
    return card.method


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
