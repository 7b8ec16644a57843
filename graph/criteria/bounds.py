"""Bounds that can't hold together: whether any value at all meets comparisons on the same measure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import inf

from graph.criteria.measures import COUNT, Quantity, ValueType
from graph.criteria.rules import All, AnyOf, Comparison, Count, Leaf, Not, Operator, Rule, Sum, Threshold
from graph.errors import InvalidRule

type Condition = Leaf | Count | Sum


def contradictions(rule: Rule) -> list[InvalidRule]:
    """Find conditions that must all hold and can't, one fault for each measure."""
    return [
        _fault(conditions)
        for together in _sets(rule)
        for conditions in _by_measure(together)
        if not _satisfiable(_value_of(conditions[0]), [c.comparison for c in conditions])
    ]


def _sets(rule: Rule) -> Iterator[list[Condition]]:
    """Yield the conditions of each conjunction: an `all` with those in it, or one alone."""
    together, others = _split(rule)
    yield together
    for condition in together:
        if not isinstance(condition, Leaf) and condition.where is not None:
            yield from _sets(condition.where)
    for other in others:
        for part in (other.part,) if isinstance(other, Not) else other.parts:
            yield from _sets(part)


def _split(rule: Rule) -> tuple[list[Condition], list[AnyOf | Not]]:
    """Part a conjunction, `all` within `all` included, into its conditions and the rest."""
    match rule:
        case All():
            halves = [_split(part) for part in rule.parts]
            return [c for half in halves for c in half[0]], [o for half in halves for o in half[1]]
        case AnyOf() | Not():
            return [], [rule]
        case _:
            return [rule], []


def _by_measure(conditions: Sequence[Condition]) -> list[list[Condition]]:
    """Bring together the conditions on the same measure with the same arguments."""
    groups = defaultdict[object, list[Condition]](list)
    for condition in conditions:
        groups[_key(condition)].append(condition)
    return list(groups.values())


def _key(condition: Condition) -> object:
    match condition:
        case Leaf():
            return condition.measure, condition.arguments
        case Count():
            return condition.group, condition.arguments, condition.where
        case Sum():
            return condition.metric, condition.unit, condition.group, condition.arguments, condition.where


def _value_of(condition: Condition) -> ValueType:
    match condition:
        case Leaf():
            return condition.measure.value
        case Count():
            return COUNT
        case Sum():
            return Quantity(condition.unit)


def _satisfiable(type: ValueType, comparisons: Sequence[Comparison]) -> bool:
    named = [_named(c.threshold) for c in comparisons if c.operator in (Operator.EQUALS, Operator.ONE_OF)]
    ranges = [c for c in comparisons if c.operator not in (Operator.EQUALS, Operator.ONE_OF)]
    if not isinstance(type, Quantity):
        return bool(set.intersection(*named))
    low, high = _range(type, ranges)
    if not named:
        return _open(low, high, whole=type.whole)
    numbers = [value for value in set.intersection(*named) if isinstance(value, int | float)]
    return any(low <= (value, 0) <= high for value in numbers)


def _named(threshold: Threshold) -> set[float | bool | str]:
    return set(threshold) if isinstance(threshold, tuple) else {threshold}


def _range(type: Quantity, comparisons: Sequence[Comparison]) -> tuple[tuple[float, int], tuple[float, int]]:
    """Give the highest lower and the lowest upper bound, each with 1 or −1 when it is not allowed itself."""
    low, high = (type.low, 0), (type.high, 0)
    for c in comparisons:
        bound = c.threshold if isinstance(c.threshold, int | float) else inf
        match c.operator:
            case Operator.AT_LEAST | Operator.ABOVE:
                low = max(low, (bound, int(c.operator is Operator.ABOVE)))
            case _:
                high = min(high, (bound, -int(c.operator is Operator.BELOW)))
    return low, high


def _open(low: tuple[float, int], high: tuple[float, int], *, whole: bool) -> bool:
    """Whether a number lies between two bounds."""
    if whole:
        return sum(low) <= sum(high)
    return low[0] < high[0] or (low[0] == high[0] and low[1] == high[1] == 0)


def _fault(conditions: Sequence[Condition]) -> InvalidRule:
    """Say which comparisons are impossible, at the path of the last."""
    said = "、".join(
        f"{c.path} 的 {c.comparison.operator} {_said(c.comparison.threshold)}" for c in conditions
    )
    reason = "没有值能满足" if len(conditions) == 1 else "互相矛盾，不能同时成立"
    return InvalidRule(f"{said} {reason}，应放宽或删去", *conditions[-1].path.split("."))


def _said(threshold: Threshold) -> str:
    return "、".join(map(str, threshold)) if isinstance(threshold, tuple) else str(threshold)
