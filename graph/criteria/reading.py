"""Reading one rule: JSON parts become the tree, and every part that breaks the grammar is a fault."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypedDict

from graph.criteria.measures import COUNT, GROUP_PARAMETERS, MEASURES, Group, Measure, Quantity, Subject
from graph.criteria.parts import Value, hint
from graph.criteria.rules import All, AnyOf, Count, Leaf, Not, Operator, Rule, Sum
from graph.criteria.values import Parts, arguments, comparison, unique, unit
from graph.kinds.metrics import Metric, Unit

DEEPEST = 10
"""How many levels of `all`, `any`, `not` and `where` a rule may have."""

MOST = 100
"""How many parts an `all` or `any` may have."""

_LEAF = ("with", "unit", *Operator, "id", "words")
_KEYS = {
    "all": ("all", "id", "words"),
    "any": ("any", "id", "words"),
    "not": ("not", "id", "words"),
    "measure": ("measure", *_LEAF),
    "count": ("count", "where", *_LEAF),
    "sum": ("sum", "over", "where", *_LEAF),
}
"""The forms of a rule by the key that tells them, and the keys of each."""


class Labels(TypedDict):
    """What every part of a rule has."""

    path: str
    id: str | None
    words: str | None


@dataclass(slots=True)
class Reader:
    """Reads the rules of one document; ids are unique over all of them."""

    subject: Subject
    ids: set[str] = field(default_factory=set[str])

    def rule(self, value: Value, depth: int = 1) -> Rule | None:
        """Read a rule or a part of one; None when it can't be read."""
        if depth > DEEPEST:
            return value.refuse(f"嵌套超过 {DEEPEST} 层，应拆成更浅的规则")
        form = _form(value)
        parts = value.fields(_KEYS[form], ("over",) if form == "sum" else ()) if form else None
        if form is None or parts is None:
            return None
        return self._read(form, value, parts, depth)

    def measure(self, value: Value) -> Measure | None:
        """Read the name of a measure of this reader's subject."""
        known = [measure.name for measure in MEASURES.values() if measure.subject is self.subject]
        name = value.data if isinstance(value.data, str) else ""
        measure = MEASURES.get(name)
        if measure is None or measure.subject is self.subject:
            return measure or value.refuse(f"没有指标 “{name}”{hint(name, known)}")
        return value.refuse(
            f"指标 “{name}”（{measure.words}）用于{measure.subject.words}，"
            f"这里判断的是{self.subject.words}{hint('', known)}"
        )

    def _read(self, form: str, value: Value, parts: Parts, depth: int) -> Rule | None:
        labels = self._labels(value, parts)
        match form:
            case "all":
                return All(self._rules(parts["all"], depth), **labels)
            case "any":
                return AnyOf(self._rules(parts["any"], depth), **labels)
            case "not":
                part = self.rule(parts["not"], depth + 1)
                return part and Not(part, **labels)
            case "measure":
                return self._leaf(value, parts, labels)
            case _:
                return self._total(value, parts, labels, depth)

    def _labels(self, value: Value, parts: Parts) -> Labels:
        return Labels(
            path=".".join(value.path),
            id=unique(parts["id"], self.ids) if "id" in parts else None,
            words=parts["words"].text() if "words" in parts else None,
        )

    def _rules(self, value: Value, depth: int) -> tuple[Rule, ...]:
        items = value.items()
        if len(items) > MOST:
            value.refuse(f"有 {len(items):,} 项，最多 {MOST} 项")
            return ()
        read = [self.rule(item, depth + 1) for item in items]
        return tuple(rule for rule in read if rule is not None)

    def _leaf(self, value: Value, parts: Parts, labels: Labels) -> Leaf | None:
        measure = self.measure(parts["measure"])
        if measure is None:
            return None
        given = arguments(value, parts, measure.parameters)
        unit(value, parts, (measure.value.unit,) if isinstance(measure.value, Quantity) else ())
        compared = comparison(value, parts, measure.value)
        return compared and Leaf(measure, given, compared, **labels)

    def _total(self, value: Value, parts: Parts, labels: Labels, depth: int) -> Count | Sum | None:
        form = "sum" if "sum" in parts else "count"
        if self.subject is not Subject.TOWN:
            return parts[form].refuse(f"{form} 用于专业镇，这里判断的是{self.subject.words}，应写 measure")
        inner = Reader(Subject.ORGANISATION, self.ids)
        where = inner.rule(parts["where"], depth + 1) if "where" in parts else None
        over = parts.get("over" if form == "sum" else "count")
        group = over and over.one_of(Group)
        given = arguments(value, parts, GROUP_PARAMETERS[Group(group)]) if group else None
        if form == "sum":
            metric, stored = _summed(value, parts)
            compared = comparison(value, parts, Quantity(stored)) if stored else None
            if not (metric and stored and group and given and compared):
                return None
            return Sum(metric, stored, Group(group), given, where, compared, **labels)
        unit(value, parts, (Unit.COUNT,))
        compared = comparison(value, parts, COUNT)
        if not (group and given and compared):
            return None
        return Count(Group(group), given, where, compared, **labels)


def _form(value: Value) -> str | None:
    """The form of a rule by the one key that only it has."""
    keys: Sequence[str] = value.keys()
    forms = [form for form in _KEYS if form in keys]
    if len(forms) == 1:
        return forms[0]
    if forms:
        return value.refuse(f"{'、'.join(forms)} 只能写一个；几个条件应列在 all 或 any 里")
    if value.fields(keys) is None:
        return None
    wrong = next((key for key in keys if key not in _LEAF), "")
    return value.refuse(f"看不出是哪种条件{hint(wrong, _KEYS)}")


def _summed(value: Value, parts: Parts) -> tuple[Metric | None, Unit | None]:
    """Read the metric of a sum and the unit it is added up in."""
    name = parts["sum"].one_of(Metric)
    if name is None:
        return None, None
    metric = Metric(name)
    if Unit.SHARE in metric.units:
        return None, parts["sum"].refuse(f"指标 “{metric}” 是比例，不能相加")
    stored = unit(value, parts, metric.units)
    return metric, stored if isinstance(stored, Unit) else None
