"""Shortfalls: how far what is known is from meeting a condition, at best and at worst."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import isinf
from typing import Annotated

from graph.criteria import Comparison, Count, Leaf, Operator, Quantity, Sum, TimeUnit
from graph.kinds.metrics import Unit
from graph.kinds.results import As, result
from queries.standards.amounts import amount, span
from queries.standards.measures import Reading
from queries.standards.wording import counter, value_of

type Condition = Leaf | Count | Sum

_OPPOSITE = {
    Operator.AT_LEAST: Operator.BELOW,
    Operator.BELOW: Operator.AT_LEAST,
    Operator.ABOVE: Operator.AT_MOST,
    Operator.AT_MOST: Operator.ABOVE,
}


@result("离达到界限还差多少")
@dataclass(frozen=True, slots=True)
class Shortfall:
    """How far a value is from meeting its threshold."""

    least: Annotated[float, "不详者都有利时还差（同数值的单位）"]
    most: float
    """If nothing more turns up; infinite: no bound."""
    words: Annotated[str, "中文，如“差 3 户”"]
    relative: Annotated[float, "至少还差的与界限之比；分档与是否为 1"]
    """Also 1 when the threshold is 0."""

    @property
    def at_most(self) -> Annotated[float | None, "不详者都不利时还差；空为没有上限", As("most")]:
        """`most`, where there is a bound."""
        return None if isinf(self.most) else self.most


def shortfall(part: Condition, found: Reading) -> Shortfall | None:
    """How far a condition is from holding; None for classes and truths."""
    return _to(part, part.comparison, found)


def opposite_shortfall(part: Condition, found: Reading) -> Shortfall | None:
    """How far a condition is from *not* holding; None for classes and for equality."""
    opposite = _OPPOSITE.get(part.comparison.operator)
    if opposite is None:
        return None
    return _to(part, Comparison(opposite, part.comparison.threshold), found)


def nearest(of: Iterable[Shortfall | None]) -> Shortfall | None:
    """Choose the smallest shortfall that is known."""
    known = [one for one in of if one]
    return min(known, key=lambda one: (one.relative, one.most), default=None)


def _to(part: Condition, comparison: Comparison, found: Reading) -> Shortfall | None:
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
    """How far the best and the worst of an interval are from an aim."""
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
