"""The small parts of a rule: names, units, thresholds and the parameters of a measure."""

import re
from collections.abc import Sequence

from graph.criteria.measures import (
    Argument,
    Choice,
    ClassId,
    Needed,
    Parameter,
    Quantity,
    TimeUnit,
    Truth,
    ValueType,
    Whole,
)
from graph.criteria.parts import Value, shown
from graph.criteria.rules import Arguments, Comparison, Operator, Threshold
from graph.kinds import NODE_OF, kind_of
from graph.kinds.columns import Ref
from graph.kinds.metrics import SPELLINGS, Unit

type Parts = dict[str, Value]

_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_KEY = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")
_TWO_PART_KEYS = ("Industry", "Standard")


def slug(value: Value) -> str | None:
    """Read a short name for programs."""
    if isinstance(value.data, str) and _SLUG.fullmatch(value.data):
        return value.data
    return value.refuse(f"{shown(value.data)} 不是合法的标识：用小写字母、数字、连字符，最多 64 位")


def unique(value: Value, seen: set[str]) -> str | None:
    """Read a short name that no other in `seen` has, and add it."""
    name = slug(value)
    if name in seen:
        value.refuse(f"标识 “{name}” 重复，应各不相同")
    if name is not None:
        seen.add(name)
    return name


def unit(value: Value, parts: Parts, units: Sequence[Unit | TimeUnit]) -> Unit | TimeUnit | None:
    """Read the unit of a threshold: the only one there is, or the stated one of several."""
    if "unit" not in parts:
        if len(units) > 1:
            return value.refuse(f"缺少 “unit”：应为 {_units(units)} 之一")
        return units[0] if units else None
    stated = parts["unit"].data
    for allowed in units:
        if stated in (allowed, allowed.words) or (
            isinstance(stated, str) and SPELLINGS.get(stated) == (allowed, 1.0)
        ):
            return allowed
    right = f"应为 {_units(units)}" if units else "这里没有单位，应删去"
    return parts["unit"].refuse(f"单位 {shown(stated)} 不对，{right}{_conversion(stated, units)}")


def comparison(value: Value, parts: Parts, type: ValueType) -> Comparison | None:
    """Read the one comparison of a leaf."""
    given = [operator for operator in Operator if operator in parts]
    if len(given) != 1:
        return value.refuse(_one_comparison(given, type))
    operator, there = given[0], parts[given[0]]
    if operator not in _operators(type):
        return there.refuse(f"不能用 {operator} 比较，应用 {'、'.join(_operators(type))}")
    threshold = _one_of(there, type) if operator is Operator.ONE_OF else _threshold(there, type)
    return None if threshold is None else Comparison(operator, threshold)


def number(value: Value, type: Quantity) -> float | None:
    """Read a number that a quantity can be."""
    note = "（40% 写作 0.4）" if type.unit is Unit.SHARE else ""
    return value.number(type.low, type.high, whole=type.whole, note=note)


def arguments(value: Value, parts: Parts, parameters: Sequence[Parameter]) -> Arguments:
    """Read `with`: the value of every parameter, defaults filled in."""
    names = [parameter.name for parameter in parameters]
    given = parts["with"].fields(names, noun="参数") if "with" in parts else {}
    if given is None:
        return Arguments()
    place = parts.get("with", value)
    return Arguments(tuple((p.name, _argument(place, given.get(p.name), p)) for p in parameters))


def _units(units: Sequence[Unit | TimeUnit]) -> str:
    return "、".join(f"{unit}（{unit.words}）" for unit in units)


def _conversion(stated: object, units: Sequence[Unit | TimeUnit]) -> str:
    """Say how to convert a unit that people write."""
    base, factor = SPELLINGS.get(stated, (None, 1.0)) if isinstance(stated, str) else (None, 1.0)
    return f"，门槛按 1 {stated} = {factor:.12g} {base.words} 换算" if base in units and base else ""


def _operators(type: ValueType) -> tuple[Operator, ...]:
    match type:
        case Quantity():
            return tuple(Operator)
        case Truth():
            return (Operator.EQUALS,)
        case _:
            return (Operator.EQUALS, Operator.ONE_OF)


def _one_comparison(given: Sequence[Operator], type: ValueType) -> str:
    if not given:
        return f"缺少比较：应写 {'、'.join(_operators(type))} 之一"
    return f"比较只能写一个，而不是 {'、'.join(given)}；两个界限应写成 all 里的两条"


def _one_of(value: Value, type: ValueType) -> Threshold | None:
    read = [_threshold(item, type) for item in value.items()]
    plain = [item for item in read if item is not None and not isinstance(item, tuple)]
    if len(set(plain)) < len(plain):
        value.refuse(f"列表 {shown(value.data)} 中有重复的值，应各不相同")
    return tuple(plain) if len(plain) == len(read) > 0 else None


def _threshold(value: Value, type: ValueType) -> float | bool | str | None:
    match type:
        case Quantity():
            return number(value, type)
        case Choice(terms):
            return value.one_of(terms)
        case ClassId():
            return slug(value)
        case Truth():
            return value.truth()


def _argument(place: Value, value: Value | None, parameter: Parameter) -> Argument:
    if value is None:
        if not isinstance(parameter.default, Needed):
            return parameter.default
        place.refuse(f"缺少参数 “{parameter.name}”（{parameter.words}）：应写在 with 里")
        return None
    if not parameter.many:
        return _single(value, parameter)
    read = [_single(item, parameter) for item in (value.items() if isinstance(value.data, list) else [value])]
    texts = sorted(str(item) for item in read if item is not None)
    if len(set(texts)) < len(texts):
        value.refuse(f"列表 {shown(value.data)} 中有重复的值，应各不相同")
    return tuple(texts)


def _single(value: Value, parameter: Parameter) -> int | bool | str | None:
    match parameter.type:
        case Whole(low, high):
            whole = value.number(low, high, whole=True)
            return None if whole is None else int(whole)
        case Choice(terms):
            return value.one_of(terms)
        case Truth():
            return value.truth()
        case Ref(label):
            return _reference(value, label)


def _reference(value: Value, label: str) -> str | None:
    """Read the id of a node of this kind; the prefix may be left out."""
    kind = NODE_OF[label]
    text = value.data if isinstance(value.data, str) else ""
    key = text.removeprefix(f"{kind.prefix}:")
    stated = kind_of(text) if ":" in text else None
    if stated not in (None, kind):
        return value.refuse(f"“{text}” 是{stated.words}的标识，应为 {kind.prefix}:…（{kind.words}）")
    pieces = key.split(":")
    if len(pieces) > (2 if label in _TWO_PART_KEYS else 1) or not all(map(_KEY.fullmatch, pieces)):
        return value.refuse(f"{shown(value.data)} 不是标识，应为 {kind.prefix}:…（{kind.words}）")
    return f"{kind.prefix}:{key}"
