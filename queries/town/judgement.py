"""Judgement: whether a town or an organisation meets a rule, part by part, and what is short."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import inf, isinf

import numpy as np

from graph.criteria import (
    All,
    AnyOf,
    Comparison,
    Count,
    Leaf,
    Not,
    Operator,
    Quantity,
    Rule,
    Sum,
    TimeUnit,
)
from graph.kinds.metrics import Unit
from graph.kinds.terms import Term
from queries.town.measures import Province, Reading, column, compared, reading
from queries.town.measures.readings import Answers, Numbers, Options
from queries.town.wording import amount, condition, counter, option, value_of

type Condition = Leaf | Count | Sum


class Outcome(Term):
    """判断结果"""  # noqa: D400, D415 - GraphQL shows it

    PASS = "PASS", "通过"
    FAIL = "FAIL", "未通过"
    UNKNOWN = "UNKNOWN", "待核：已知数据不足以判断"


class Form(Term):
    """条件的种类"""  # noqa: D400, D415 - GraphQL shows it

    ALL = "ALL", "同时满足"
    ANY = "ANY", "至少满足一项"
    NOT = "NOT", "不得"
    MEASURE = "MEASURE", "指标"
    COUNT = "COUNT", "计数"
    SUM = "SUM", "合计"


@dataclass(frozen=True, slots=True)
class Shortfall:
    """How far a value is from meeting its threshold."""

    least: float
    """If all that is unknown turns out well; in the unit of the value."""
    most: float
    """If nothing more turns up; infinite: no bound."""
    words: str
    relative: float
    """`least` ÷ |threshold|; 1 when the threshold is 0, and for classes and truths."""


@dataclass(frozen=True, slots=True)
class Result:
    """One part of a rule, judged."""

    part: Rule
    outcome: Outcome
    words: str
    """The condition."""
    reading: Reading | None = None
    """What was found; None for `all`, `any` and `not`."""
    found: str | None = None
    """The same in words."""
    shortfall: Shortfall | None = None
    """Only when it does not pass; of `any` the smallest of its parts."""
    parts: "tuple[Result, ...]" = ()

    @property
    def path(self) -> str:
        """Where it stands inside the rule, e.g. `criteria.all[1]`."""
        return self.part.path

    @property
    def form(self) -> Form:
        """What kind of part it is."""
        match self.part:
            case All():
                return Form.ALL
            case AnyOf():
                return Form.ANY
            case Not():
                return Form.NOT
            case Leaf():
                return Form.MEASURE
            case Count():
                return Form.COUNT
            case Sum():
                return Form.SUM

    @property
    def deciding(self) -> tuple[str, ...]:
        """The unknown facts that would decide it; none unless it is UNKNOWN."""
        if self.outcome is not Outcome.UNKNOWN:
            return ()
        own = self.reading.lacking if self.reading else ()
        return tuple(dict.fromkeys([*own, *(fact for part in self.parts for fact in part.deciding)]))

    @property
    def unknowns(self) -> int:
        """How many conditions are UNKNOWN and matter."""
        if self.outcome is not Outcome.UNKNOWN:
            return sum(part.unknowns for part in self.parts) if self.form is Form.ALL else 0
        return sum(part.unknowns for part in self.parts) if self.parts else 1

    @property
    def distance(self) -> float:
        """The relative shortfalls of what fails: added up over `all`, the least over `any`."""
        if self.outcome is not Outcome.FAIL:
            return 0.0
        match self.part:
            case All():
                return sum(part.distance for part in self.parts)
            case AnyOf():
                return min(part.distance for part in self.parts)
            case _:
                return self.shortfall.relative if self.shortfall else 1.0

    def walk(self, depth: int = 0) -> "Iterator[tuple[int, Result]]":
        """Yield this part and all below it, each with its depth."""
        yield depth, self
        for part in self.parts:
            yield from part.walk(depth + 1)


def judged_town(province: Province, rule: Rule, town: int) -> Result:
    """Judge a town (its place) by a rule."""
    return _judged(province, rule, lambda part: reading(province, part, town))


def judged_organisation(province: Province, rule: Rule, firm: int) -> Result:
    """Judge an organisation (its place) by a rule."""

    def read(part: Condition) -> Reading:
        if not isinstance(part, Leaf):
            raise TypeError(part)
        return _single(part, column(province, part, np.array([firm], np.int32)))

    return _judged(province, rule, read)


def outcome_of(truth: int) -> Outcome:
    """Name a three-valued truth."""
    return (Outcome.FAIL, Outcome.UNKNOWN, Outcome.PASS)[truth]


def _truth(outcome: Outcome) -> int:
    return (Outcome.FAIL, Outcome.UNKNOWN, Outcome.PASS).index(outcome)


def _judged(province: Province, rule: Rule, read: Callable[[Condition], Reading]) -> Result:
    match rule:
        case All() | AnyOf():
            parts = tuple(_judged(province, part, read) for part in rule.parts)
            choose = min if isinstance(rule, All) else max
            outcome = outcome_of(choose(_truth(part.outcome) for part in parts))
            form = Form.ALL if isinstance(rule, All) else Form.ANY
            nearest = None if isinstance(rule, All) or outcome is Outcome.PASS else _nearest(parts)
            return Result(rule, outcome, rule.words or form.words, shortfall=nearest, parts=parts)
        case Not():
            part = _judged(province, rule.part, read)
            outcome = outcome_of(2 - _truth(part.outcome))
            missing = None if outcome is Outcome.PASS else _inverted(part)
            return Result(rule, outcome, rule.words or Form.NOT.words, shortfall=missing, parts=(part,))
        case Leaf() | Count() | Sum():
            return _condition(province, rule, read(rule))


def _condition(province: Province, part: Condition, found: Reading) -> Result:
    outcome = outcome_of(int(compared(found.column, part.comparison)[0]))
    words = part.words or condition(province.snapshot, part)
    missing = None if outcome is Outcome.PASS else _shortfall(part, part.comparison, found)
    return Result(part, outcome, words, found, said(province, part, found), missing)


def said(province: Province, part: Condition, found: Reading) -> str:
    """Write what was found: a value, what it lies between, or the classes it may be in."""
    if found.options is not None:
        words = [option(province.snapshot, part, one) for one in found.options]
        return "或".join(words) if len(words) <= 3 else f"不详（{len(words)} 种可能）"  # noqa: PLR2004 - readable
    type_ = value_of(part)
    unit, word = (type_.unit if isinstance(type_, Quantity) else Unit.COUNT), counter(part)
    top = type_.high if isinstance(type_, Quantity) else inf
    bottom = type_.low if isinstance(type_, Quantity) else 0.0
    if found.low == found.high:
        return amount(found.low, unit, word)
    if found.high >= top and found.low <= bottom:
        known = "" if found.estimate is None else f"，已知部分为 {amount(found.estimate, unit, word)}"
        return f"不详{known}"
    if isinf(found.high):
        return f"至少 {amount(found.low, unit, word)}"
    return span(amount(found.low, unit, word), amount(found.high, unit, word))


def span(low: str, high: str) -> str:
    """Write two amounts as from … to …, the unit once when it is the same.

    >>> span("5 户", "8 户"), span("5000 万元", "1 亿元")
    ('5 至 8 户', '5000 万元至 1 亿元')
    """
    (first, _, unit), (_, _, other) = low.partition(" "), high.partition(" ")
    return f"{first if unit == other and unit else low}{' ' if unit == other and unit else ''}至 {high}"


def _single(leaf: Leaf, values: Numbers | Options | Answers) -> Reading:
    """Read the only row of a column."""
    unknown = (f"{leaf.measure.words}不详",)
    match values:
        case Numbers():
            low, high = float(values.low[0]), float(values.high[0])
            claims = tuple(values.claims[values.claims >= 0].tolist())
            return Reading(low, high, claims=claims, lacking=() if low == high else unknown)
        case Options():
            options = tuple(n for n, may in zip(values.names, values.possible[0], strict=True) if may)
        case Answers():
            options = {0: (False,), 1: (False, True), 2: (True,)}[int(values.truth[0])]
    return Reading(options=options, lacking=() if len(options) == 1 else unknown)


def _nearest(parts: tuple[Result, ...]) -> Shortfall | None:
    known = [part.shortfall for part in parts if part.shortfall]
    return min(known, key=lambda one: (one.relative, one.most), default=None)


_OPPOSITE = {
    Operator.AT_LEAST: Operator.BELOW,
    Operator.BELOW: Operator.AT_LEAST,
    Operator.ABOVE: Operator.AT_MOST,
    Operator.AT_MOST: Operator.ABOVE,
}


def _inverted(result: Result) -> Shortfall | None:
    """Tell how far a condition is from *not* holding; None for other parts and for classes."""
    part = result.part
    if not isinstance(part, Leaf | Count | Sum) or result.reading is None:
        return None
    opposite = _OPPOSITE.get(part.comparison.operator)
    if opposite is None:
        return None
    return _shortfall(part, Comparison(opposite, part.comparison.threshold), result.reading)


def _shortfall(part: Condition, comparison: Comparison, found: Reading) -> Shortfall | None:
    type_ = value_of(part)
    if not isinstance(type_, Quantity) or found.options is not None:
        return None
    aims, ways = _aims(comparison, 1.0 if type_.whole else 0.0)
    gaps = [_gap(aim, found.low, found.high, way) for aim in aims for way in ways]
    least, most = min(gap[0] for gap in gaps), min(gap[1] for gap in gaps)
    over = ways == (_FALL,) or (ways == (_MEET,) and len(aims) == 1 and found.low > aims[0])
    words = _missing(least, most, type_.unit, counter(part), over=over)
    base = min(abs(aim) for aim in aims)
    return Shortfall(least, most, words, least / base if base else 1.0)


_RISE, _FALL, _MEET = 1, -1, 0


def _aims(comparison: Comparison, step: float) -> tuple[list[float], tuple[int, ...]]:
    """List the nearest values that would do, and tell which way the value has to go to them."""
    given = comparison.threshold if isinstance(comparison.threshold, tuple) else (comparison.threshold,)
    numbers = [float(one) for one in given if isinstance(one, int | float)]
    match comparison.operator:
        case Operator.AT_LEAST:
            return numbers, (_RISE,)
        case Operator.ABOVE:
            return [numbers[0] + step], (_RISE,)
        case Operator.AT_MOST:
            return numbers, (_FALL,)
        case Operator.BELOW:
            return [numbers[0] - step], (_FALL,)
        case _:
            return numbers, (_MEET,)


def _gap(aim: float, low: float, high: float, way: int) -> tuple[float, float]:
    """Tell how far the best and the worst of an interval are from an aim."""
    if way == _RISE:
        return max(0.0, aim - high), max(0.0, aim - low)
    if way == _FALL:
        return max(0.0, low - aim), max(0.0, high - aim)
    return max(0.0, aim - high, low - aim), max(abs(aim - low), abs(aim - high))


def _missing(least: float, most: float, unit: Unit | TimeUnit, word: str | None, *, over: bool) -> str:
    """Say how much is missing, or too much."""
    verb = "超出" if over else "差"
    low, high = (amount(x, unit, word, apart=True) if not isinf(x) else "" for x in (least, most))
    if least == most:
        return f"{verb} {low}" if least else "恰在界限上，尚须越过"
    if least == 0:
        return f"至多{verb} {high}" if high else f"{verb}多少不详"
    return f"{verb} {span(low, high)}" if high else f"至少{verb} {low}"
