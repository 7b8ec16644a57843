"""Wording: rules and values in Chinese sentences, with units and the names of what they refer to."""

import re
from collections.abc import Mapping
from functools import lru_cache

from graph.criteria import (
    MEASURES,
    All,
    AnyOf,
    Arguments,
    Classes,
    Comparison,
    Count,
    Document,
    Evaluation,
    Indicator,
    Leaf,
    Not,
    Operator,
    Parameter,
    Quantity,
    Recognition,
    Rule,
    Sum,
    Threshold,
    Truth,
    parse_standard,
)
from graph.criteria.measures import COUNT, Choice, ClassId, ValueType
from graph.errors import InvalidRule
from graph.kinds.columns import Ref
from graph.kinds.terms import StandardPurpose
from graph.snapshot.snapshot import Snapshot
from queries.standards.amounts import amount, percent

type Option = float | bool | str
"""A class, a term, a truth, or a number."""

_SIGNS = {
    Operator.AT_LEAST: "≥",
    Operator.AT_MOST: "≤",
    Operator.ABOVE: ">",
    Operator.BELOW: "<",
    Operator.EQUALS: "=",
}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def value_of(part: Leaf | Count | Sum) -> ValueType:
    """What kind of value a condition compares."""
    match part:
        case Leaf():
            return part.measure.value
        case Count():
            return COUNT
        case Sum():
            return Quantity(part.unit)


def counter(part: Leaf | Count | Sum) -> str | None:
    """The word that things are counted by, where it is not 户."""
    if isinstance(part, Leaf):
        return part.measure.value.counter if isinstance(part.measure.value, Quantity) else None
    return "家" if isinstance(part, Count) and part.group.value == "leaders" else None


def title(part: Leaf | Count | Sum) -> str:
    """Name what a condition compares, in a few words."""
    match part:
        case Leaf():
            return part.measure.words
        case Count():
            return f"{part.group.words}数"
        case Sum():
            return f"{part.group.words}的{part.metric.words.split('（')[0]}合计"


def threshold(snapshot: Snapshot, part: Leaf | Count | Sum, value: Threshold) -> str:
    """Write a threshold in its unit, or by the words of its class or term."""
    if isinstance(value, tuple):
        return "、".join(threshold(snapshot, part, one) for one in value)
    type_ = value_of(part)
    if isinstance(type_, Quantity) and isinstance(value, int | float):
        return amount(value, type_.unit, counter(part), stated=True)
    return option(snapshot, part, value)


def option(snapshot: Snapshot, part: Leaf | Count | Sum, value: Option) -> str:
    """Write a class, a term or a truth in words."""
    match value_of(part):
        case Choice(terms):
            return next((term.words for term in terms if term == value), str(value))
        case ClassId() if isinstance(part, Leaf):
            named = part.arguments.ids("standard")
            known = _classes(snapshot, named[0] if named else None)
            return "不属任何一档" if value == "-" else known.get(str(value), str(value))
        case Truth():
            return "是" if value is True else "否"
        case _:
            return str(value)


def condition(snapshot: Snapshot, part: Leaf | Count | Sum) -> str:
    """Write one condition: what is measured, of whom, and the threshold."""
    where = "" if isinstance(part, Leaf) or part.where is None else f"（{in_words(snapshot, part.where)}）"
    said = f"{title(part)}{_told(snapshot, part)}{where}"
    if _asserts(part):
        return said  # "holds a title" needs no "is true"
    return f"{said} {_comparison(snapshot, part, part.comparison)}"


def in_words(snapshot: Snapshot, rule: Rule) -> str:
    """Write a whole rule."""
    match rule:
        case All() | AnyOf():
            if len(rule.parts) == 1:
                return in_words(snapshot, rule.parts[0])
            said = [f"{_mark(i)} {in_words(snapshot, part)}" for i, part in enumerate(rule.parts)]
            return f"{'同时满足' if isinstance(rule, All) else '至少满足一项'}：{'；'.join(said)}"
        case Not():
            return denied(rule.part, in_words(snapshot, rule.part))
        case Leaf() | Count() | Sum():
            return condition(snapshot, rule)


def denied(part: Rule, words: str) -> str:
    """Write that a condition must not hold: of what is so or is not by a verb, of others in front."""
    return f"不应{words}" if isinstance(part, Leaf) and _asserts(part) else f"不得：{words}"


def _asserts(part: Leaf | Count | Sum) -> bool:
    """Whether a condition asks that something be so."""
    return isinstance(value_of(part), Truth) and part.comparison.threshold is True


def document_words(snapshot: Snapshot, document: Rule | Document) -> str:
    """Write a benefit's rule or a standard's conditions, classes or indicators."""
    match document:
        case Recognition():
            prefer = document.prefer and f"。优先条件：{in_words(snapshot, document.prefer)}"
            return in_words(snapshot, document.criteria) + (prefer or "")
        case Classes():
            said = (
                f"{entry.words}：{in_words(snapshot, entry.criteria) if entry.criteria else '其余'}"
                for entry in document.classes
            )
            return f"依次判断，首先符合者为准：{'；'.join(said)}"
        case Evaluation():
            total = sum(one.weight for one in document.indicators)
            return "；".join(_indicator(one, total) for one in document.indicators)
        case _:
            return in_words(snapshot, document)


def _indicator(one: Indicator, total: float) -> str:
    scored = f"{one.direction.words}，{one.scaling.words}，缺数据时{one.missing.words}"
    return f"{one.words}（权重 {percent(one.weight / total)}%，{scored}）"


def _comparison(snapshot: Snapshot, part: Leaf | Count | Sum, comparison: Comparison) -> str:
    if comparison.operator is Operator.ONE_OF:
        several = isinstance(comparison.threshold, tuple) and len(comparison.threshold) > 1
        return f"为{threshold(snapshot, part, comparison.threshold)}{'之一' if several else ''}"
    if isinstance(value_of(part), Truth):
        return f"为“{threshold(snapshot, part, comparison.threshold)}”"
    return f"{_SIGNS[comparison.operator]} {threshold(snapshot, part, comparison.threshold)}"


def _told(snapshot: Snapshot, part: Leaf | Count | Sum) -> str:
    """Write the parameters that are not at their default."""
    parameters = part.measure.parameters if isinstance(part, Leaf) else _household_parameters(part)
    said = [
        _parameter(re.split("[：；]", one.words)[0], _argument(snapshot, part.arguments, one))
        for one in parameters
        if part.arguments[one.name] != one.default
    ]
    return f"（{'；'.join(said)}）" if said else ""


def _parameter(words: str, value: str) -> str:
    """Write one parameter as a person says it.

    >>> _parameter("最近几年内", "3"), _parameter("更高级别也算", "是"), _parameter("行政区划", "忻州市")
    ('最近 3 年内', '更高级别也算', '行政区划：忻州市')
    """
    if "几" in words:
        return words.replace("几", f" {value} ")
    return words if value == "是" else f"{words}：{value}"


def _household_parameters(part: Count | Sum) -> tuple[Parameter, ...]:
    names = [name for name, _ in part.arguments.pairs]
    return tuple(p for p in MEASURES["supporting_households"].parameters if p.name in names)


def _argument(snapshot: Snapshot, arguments: Arguments, parameter: Parameter) -> str:
    value = arguments[parameter.name]
    match parameter.type:
        case Choice(terms):
            known: Mapping[str, str] = {term.value: term.words for term in terms}
            return "、".join(known.get(one, one) for one in arguments.ids(parameter.name))
        case Ref():
            return "、".join(name_of(snapshot, id) for id in arguments.ids(parameter.name))
        case _:
            return "是" if value is True else "否" if value is False else str(value)


def name_of(snapshot: Snapshot, id: str) -> str:
    """Name what an id stands for; one that is not there shows itself."""
    row = snapshot.find(id)
    return id if row is None else snapshot.name_of(row)


def _classes(snapshot: Snapshot, standard: str | None) -> Mapping[str, str]:
    """Read the words of a standard's classes, or of all; none of one that can't be read."""
    table = snapshot.nodes["Standard"]
    row = None if standard is None else snapshot.find(standard)
    places = range(len(table)) if standard is None else [] if row is None else [row - table.first]
    read = (_read_classes(table["criteria"][place] or "") for place in places if 0 <= place < len(table))
    return {one.id: one.words for document in read if document for one in document.classes}


@lru_cache(maxsize=64)
def _read_classes(text: str) -> Classes | None:
    try:
        document = parse_standard(text, StandardPurpose.CLASSES)
    except InvalidRule:
        return None
    return document if isinstance(document, Classes) else None


def _mark(place: int) -> str:
    return _CIRCLED[place] if place < len(_CIRCLED) else f"({place + 1})"
