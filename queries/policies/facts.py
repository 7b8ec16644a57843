"""Facts to collect: which figure of which organisation would turn the most unknown decisions into answers.

A fact is one thing that can be asked of one organisation: its revenue, its titles. It decides a benefit alone
when the rule comes to an answer whatever the fact turns out to be; it helps when it may.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice, product
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from graph.criteria import MEASURES, All, AnyOf, Leaf, Not, Rule, Subject, walk
from graph.deadline import checkpoint
from graph.kinds.entities import Organisation
from graph.kinds.metrics import Metric
from graph.kinds.papers import Benefit
from graph.kinds.results import result
from graph.snapshot.csr import Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask
from queries.answer import Answer, Formula
from queries.levels import row_of_kind
from queries.linkage.accounts import firms
from queries.policies.benefits import checked, pair_rows
from queries.policies.decisions import Decided, Decisions, decisions
from queries.policies.towns import of_town
from queries.standards.measures import ORGANISATION, Province, column, compared
from queries.standards.measures.classes import classes_of
from queries.standards.measures.intervals import FALSE, TRUE, UNKNOWN, Numbers, Truths
from queries.standards.measures.sizes import figures_of

FORMULA = Formula(
    "facts-to-collect",
    "先补哪些数据",
    1,
    "只数施行中、待核的措施；独自可定指无论查得何值都有结论。先收集独自可定者多的事实；"
    "金额为所涉措施的每户金额合计，不是必得之数。",
)
FIGURES = {"revenue": Metric.REVENUE, "employees": Metric.EMPLOYEES}
_WORDS = {
    "age": "成立日期",
    "in_region": "所在地",
    "in_industry": "从事的行业",
    "in_town": "是否属于专业镇",
    "leads_town": "是否带动专业镇",
    "holds": "持有的资质",
    "received": "已享受的政策措施",
    "makes": "生产的产品",
}
LEAVES = 6
"""How many conditions on one fact are tried in all combinations; with more only if it may help is told."""


@result("一个主体的一项待收集事实，及它能定下的政策判断")
@dataclass(frozen=True, slots=True)
class FactToCollect:
    """One thing to ask of one organisation, and what it is good for."""

    organisation: Annotated[NodeIndex, Organisation, "主体"]
    measure: Annotated[str, "指标，如 revenue"]
    fact: Annotated[str, "要收集什么，中文"]
    decides: Annotated[int, "独自可定：只要知道它，就有结论的待核措施数"]
    helps: Annotated[int, "有助：知道它之后可能有结论的待核措施数，含独自可定者"]
    benefits: Annotated[Sequence[NodeIndex], Benefit, "有助的措施"]
    amount: Annotated[float, "这些措施中载明的每户金额合计（元）"]


@result("先收集哪些事实：使最多待核的政策判断有结论")
@dataclass(frozen=True, slots=True)
class FactsToCollect(Answer):
    """The work list of a town office, the most useful fact first."""

    rows: Annotated[
        Sequence[FactToCollect],
        "独自可定多者在前，其次有助多者、金额大者；都相同的，同一事实、同样措施者相连，"
        "其中规模（营业收入，没有则已知销售额）大者在前，不详者在后",
    ]
    count: Annotated[int, "待收集的事实数"]
    unknown: Annotated[int, "待核的主体与措施数"]
    decided_by_one: Annotated[int, "其中只差一项事实者"]


@dataclass(slots=True)
class _Use:
    """What one fact of one organisation is good for."""

    decides: int = 0
    amount: float = 0.0
    benefits: list[NodeIndex] = field(default_factory=list[NodeIndex])


def facts_to_collect(snapshot: Snapshot, id: str, *, as_of: int, first: int = 20) -> FactsToCollect:
    """Rank the unknown facts of a town's own organisations by how many decisions hang on them."""
    checked(first)
    town, held = row_of_kind(snapshot, id, "Town"), decisions(snapshot, as_of)
    some = [_open(one) for one in of_town(held, town) if one.in_force]
    uses, alone = defaultdict[tuple[int, str], _Use](_Use), 0
    for one in some:
        alone += _count(held, one, uses)
    size = np.nan_to_num(firms(snapshot, as_of).output, nan=-1.0)

    def order(item: tuple[tuple[int, str], _Use]) -> tuple[float | str | list[NodeIndex], ...]:
        (firm, fact), use = item
        worth = -use.decides, -len(use.benefits), -use.amount
        return *worth, fact, sorted(use.benefits), -float(size[firm]), firm

    ranked = sorted(uses.items(), key=order)
    method = FORMULA.method(
        snapshot,
        as_of,
        used=lambda: pair_rows(held, [(one, one.firms) for one in some if len(one.firms)]),
        town=id,
        first=first,
    )
    total = sum(len(one.firms) for one in some)
    rows = [_row(held, *key, use) for key, use in ranked[:first]]
    why = None if total else "没有待核的政策判断"
    return FactsToCollect(rows, len(ranked), total, alone, method=method, unknown_reason=why)


def what_helps(province: Province, one: Decided) -> Iterator[tuple[str, Mask, Mask]]:
    """Yield each fact with whom it decides alone and whom it may help, among organisations left unknown."""
    rule = one.offer.rule
    if rule is None:
        return
    base = {leaf: _truth(province, leaf, one.firms) for leaf in _leaves(rule)}
    for fact in sorted({fact for leaf in base for fact in _facts(province, leaf)}):
        results = [*_outcomes(province, rule, base, fact, one.firms)]
        told = np.stack([known | ~possible for known, possible in results])
        some = np.stack([known & possible for known, possible in results])
        alone = told.all(0) & some.any(0) & (len(results) <= 2**LEAVES)
        yield fact, alone, some.any(0)


def _count(held: Decisions, one: Decided, uses: "Mapping[tuple[int, str], _Use]") -> int:
    """Note what facts are good for one benefit; count those whom a single one decides."""
    any_alone = np.zeros(len(one.firms), np.bool_)
    if not len(one.firms):
        return 0
    checkpoint()
    for fact, alone, may in what_helps(held.province, one):
        any_alone |= alone
        for at in np.flatnonzero(may).tolist():
            use = uses[int(one.firms[at]), fact]
            use.decides += int(alone[at])
            use.amount += one.offer.amount or 0.0
            use.benefits.append(one.offer.benefit)
    return int(any_alone.sum())


def _open(one: Decided) -> Decided:
    left = one.truth == UNKNOWN
    return Decided(one.offer, one.firms[left], one.truth[left], one.received[left])


def _outcomes(
    province: Province, rule: Rule, base: Mapping[Leaf, Truths], fact: str, firms: Ints
) -> Iterator[tuple[Mask, Mask]]:
    """Try what a fact may turn out to be: whether the rule is then decided, and of whom it is possible."""
    if fact in FIGURES or fact == "age":
        now = column(province, next(_asking(province, base, fact)), firms)
        if not isinstance(now, Numbers):
            raise TypeError(fact)
        for value in _values(province, base, fact, now):
            possible = (now.low <= value) & (value <= now.high) & (now.low < now.high)
            given = {leaf: _if(province, leaf, fact, value, firms, truth) for leaf, truth in base.items()}
            yield kleene(rule, given) != UNKNOWN, possible
        return
    mine = [leaf for leaf in base if leaf.measure.name == fact]
    unknown = [base[leaf] == UNKNOWN for leaf in mine]
    asked = list(dict.fromkeys(map(_question, mine)))
    for values in islice(product((FALSE, TRUE), repeat=len(asked)), 2**LEAVES + 1):
        given, answers = dict(base), dict(zip(asked, values, strict=True))
        for leaf, left in zip(mine, unknown, strict=True):
            answer = answers[_question(leaf)]
            value = TRUE - answer if leaf.comparison.threshold is False else answer
            given[leaf] = np.where(left, np.int8(value), base[leaf])
        yield kleene(rule, given) != UNKNOWN, np.any(unknown, axis=0)


def _question(leaf: Leaf) -> Hashable:
    """What a leaf asks: that something be so, and that it be not, is one question with two answers."""
    return leaf.arguments if isinstance(leaf.comparison.threshold, bool) else leaf


def kleene(rule: Rule, of: Mapping[Leaf, Truths]) -> Truths:
    """Judge a rule by the truths of its leaves."""
    match rule:
        case All():
            return np.min([kleene(part, of) for part in rule.parts], axis=0)
        case AnyOf():
            return np.max([kleene(part, of) for part in rule.parts], axis=0)
        case Not():
            return (TRUE - kleene(rule.part, of)).astype(np.int8)
        case Leaf():
            return of[rule]
        case _:
            raise TypeError(rule)


def _if(  # noqa: PLR0913, PLR0917 - one assumption
    province: Province, leaf: Leaf, fact: str, value: NDArray[np.float64], firms: Ints, now: Truths
) -> Truths:
    """Truth of a leaf if a figure had a value: of a class it is judged anew by its standard."""
    if leaf.measure.name == fact:
        return compared(Numbers(value, value), leaf.comparison)
    if fact not in _facts(province, leaf):
        return now
    figures = np.zeros(len(province.firms))
    figures[firms] = value
    assumed = Province(province.snapshot, province.as_of)
    for name, metric in FIGURES.items():
        known = Numbers(figures, figures) if name == fact else figures_of(province, metric)
        assumed.once(("figures", metric), partial(_itself, known))
    return compared(ORGANISATION["size_class"](assumed, firms, leaf.arguments), leaf.comparison)


def _itself(found: Numbers) -> Numbers:
    return found


def _values(
    province: Province, base: Mapping[Leaf, Truths], fact: str, now: Numbers
) -> Iterator[NDArray[np.float64]]:
    """Yield what a figure may be, one on each side of every threshold, and the least it may be."""
    marks = sorted({mark for leaf in base for mark in _marks(province, leaf, fact)})
    yield now.low
    for mark in marks:
        for value in (np.nextafter(mark, -np.inf), mark, np.nextafter(mark, np.inf)):
            yield np.full(len(now.low), value)


def _marks(province: Province, leaf: Leaf, fact: str) -> Iterator[float]:
    """Thresholds that a leaf holds a figure against, by itself or by the classes it asks for."""
    if leaf.measure.name == fact:
        given = leaf.comparison.threshold
        yield from (float(one) for one in (given if isinstance(given, tuple) else (given,)))
    elif leaf.measure.name == "size_class":
        yield from (mark for inner in _class_leaves(province, leaf) for mark in _marks(province, inner, fact))


def _facts(province: Province, leaf: Leaf) -> set[str]:
    """The facts that a leaf asks for: a class stands for the figures that make it."""
    if leaf.measure.name != "size_class":
        return {leaf.measure.name} - {"form"}
    return {inner.measure.name for inner in _class_leaves(province, leaf)} & FIGURES.keys()


def _class_leaves(province: Province, leaf: Leaf) -> list[Leaf]:
    key = "classes read", leaf.arguments
    found = province.once(
        key, lambda: classes_of(province, leaf.arguments, Subject.ORGANISATION, "size_class")
    )
    rules = [one.criteria for one in found.classes if one.criteria] if found else []
    return [inner for rule in rules for inner in _leaves(rule)]


def _asking(province: Province, base: Iterable[Leaf], fact: str) -> Iterator[Leaf]:
    """Leaves that ask for a figure, by themselves or inside a class."""
    for leaf in base:
        inner = _class_leaves(province, leaf) if leaf.measure.name == "size_class" else [leaf]
        yield from (one for one in inner if one.measure.name == fact)


def _leaves(rule: Rule) -> list[Leaf]:
    return [part for part in walk(rule) if isinstance(part, Leaf)]


def _truth(province: Province, leaf: Leaf, firms: Ints) -> Truths:
    return compared(column(province, leaf, firms), leaf.comparison)


def _row(held: Decisions, firm: int, measure: str, use: _Use) -> FactToCollect:
    words = _WORDS.get(measure) or MEASURES[measure].words
    row = NodeIndex(firm + held.province.firms.first)
    listed = sorted(set(use.benefits))
    return FactToCollect(row, measure, words, use.decides, len(listed), listed, use.amount)
