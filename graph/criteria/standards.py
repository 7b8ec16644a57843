"""Reading a whole document: the rule of a benefit, or a standard by its purpose."""

from collections.abc import Sequence
from itertools import pairwise

from graph.criteria.bounds import contradictions
from graph.criteria.documents import (
    ClassEntry,
    Classes,
    Direction,
    Document,
    Evaluation,
    Indicator,
    Missing,
    Recognition,
    Scaling,
    Step,
)
from graph.criteria.measures import MEASURES, Quantity, Subject
from graph.criteria.parts import Fields, Value, read
from graph.criteria.reading import Reader
from graph.criteria.rules import Rule
from graph.criteria.values import Parts, arguments, number, unique, unit
from graph.errors import InvalidRule
from graph.kinds.terms import StandardPurpose

_FULL = 100.0
_HEAVIEST = 1e6
_INDICATOR = ("id", "measure", "weight", "direction", "scaling", "missing")


def parse_rule(text: str) -> Rule:
    """Read the criteria of a benefit, asked of an organisation; raise the first fault."""
    found: list[InvalidRule] = []
    rule = _benefit(text, found)
    if found or rule is None:
        raise found[0]
    return rule


def parse_standard(text: str, purpose: StandardPurpose) -> Document:
    """Read the criteria of a standard; raise the first fault."""
    found: list[InvalidRule] = []
    document = _standard(text, purpose, found)
    if found or document is None:
        raise found[0]
    return document


def faults(text: str, purpose: StandardPurpose | None = None) -> list[InvalidRule]:
    """List all faults of a standard's criteria, or without a purpose of a benefit's."""
    found: list[InvalidRule] = []
    if purpose is None:
        _benefit(text, found)
    else:
        _standard(text, purpose, found)
    return found


def _benefit(text: str, found: list[InvalidRule]) -> Rule | None:
    value = read(text, ("criteria",), found)
    return value and _rule(value, Reader(Subject.ORGANISATION))


def _standard(text: str, purpose: StandardPurpose, found: list[InvalidRule]) -> Document | None:
    value = read(text, (), found)
    if value is None:
        return None
    match purpose:
        case StandardPurpose.RECOGNITION:
            return _recognition(value)
        case StandardPurpose.CLASSES:
            return _classes(value)
        case StandardPurpose.EVALUATION:
            return _evaluation(value)


def _rule(value: Value, reader: Reader) -> Rule | None:
    rule = reader.rule(value)
    if rule is not None:
        value.faults.extend(contradictions(rule))
    return rule


def _recognition(value: Value) -> Recognition | None:
    parts = value.fields(("criteria", "prefer"), needed=("criteria",)) or {}
    reader = Reader(Subject.TOWN)
    criteria, prefer = (_rule(parts[k], reader) if k in parts else None for k in ("criteria", "prefer"))
    return criteria and Recognition(criteria, prefer)


def _classes(value: Value) -> Classes | None:
    parts = value.fields(("classes", "subject"), needed=("classes",)) or {}
    if "classes" not in parts:
        return None
    stated = parts["subject"].one_of(Subject) if "subject" in parts else None
    reader, ids = Reader(Subject(stated) if stated else _subject(value.data)), set[str]()
    items = parts["classes"].items()
    read = [_class(item, reader, ids, last=item is items[-1]) for item in items]
    return Classes(reader.subject, tuple(found for found in read if found is not None))


def _class(value: Value, reader: Reader, ids: set[str], *, last: bool) -> ClassEntry | None:
    needed = ("id", "words") if last else ("id", "words", "criteria")
    parts = value.fields(("id", "words", "criteria"), needed) or {}
    id = unique(parts["id"], ids) if "id" in parts else None
    words = parts["words"].text() if "words" in parts else None
    criteria = _rule(parts["criteria"], reader) if "criteria" in parts else None
    return ClassEntry(id, words, criteria) if id and words else None


def _subject(data: object) -> Subject:
    """What classes are of by the first measure they name."""
    waiting = [data]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Fields):
            measure = MEASURES.get(str(here.get("measure")))
            if measure or "count" in here or "sum" in here:
                return measure.subject if measure else Subject.TOWN
            waiting.extend(reversed(here.values()))
        elif isinstance(here, list):
            waiting.extend(reversed(here))
    return Subject.TOWN


def _evaluation(value: Value) -> Evaluation | None:
    parts = value.fields(("indicators",), needed=("indicators",)) or {}
    if "indicators" not in parts:
        return None
    reader = Reader(Subject.TOWN)
    read = [_indicator(item, reader) for item in parts["indicators"].items()]
    indicators = tuple(found for found in read if found is not None)
    if indicators and len(indicators) == len(read) and not any(i.weight for i in indicators):
        parts["indicators"].refuse("权重全为 0，应至少有一个大于 0")
    return Evaluation(indicators)


def _indicator(value: Value, reader: Reader) -> Indicator | None:
    parts = value.fields((*_INDICATOR, "with", "unit", "points", "words"), needed=_INDICATOR) or {}
    id = unique(parts["id"], reader.ids) if "id" in parts else None
    measure = reader.measure(parts["measure"]) if "measure" in parts else None
    weight = parts["weight"].number(0, _HEAVIEST) if "weight" in parts else None
    direction, scaling, missing = (
        parts[key].one_of(terms) if key in parts else None
        for key, terms in (("direction", Direction), ("scaling", Scaling), ("missing", Missing))
    )
    words = parts["words"].text() if "words" in parts else None
    if measure is None:
        return None
    given = arguments(value, parts, measure.parameters)
    if not isinstance(measure.value, Quantity):
        return parts["measure"].refuse(f"指标 “{measure.name}”（{measure.words}）不是数值，不能计分")
    unit(value, parts, (measure.value.unit,))
    if not (id and direction and scaling and missing) or weight is None:
        return None
    steps = _steps(value, parts, Scaling(scaling), Direction(direction), measure.value)
    return Indicator(
        id,
        words or measure.words,
        measure,
        given,
        weight,
        Direction(direction),
        Scaling(scaling),
        Missing(missing),
        steps,
    )


def _steps(
    value: Value, parts: Parts, scaling: Scaling, direction: Direction, type: Quantity
) -> tuple[Step, ...]:
    """Read the points of an indicator scored by thresholds."""
    if (scaling is Scaling.THRESHOLDS) != ("points" in parts):
        value.refuse("scaling 为 THRESHOLDS 时应写 points，其余不写")
        return ()
    if "points" not in parts:
        return ()
    key = "at_least" if direction is Direction.UP else "at_most"
    read = [_step(item, key, type) for item in parts["points"].items()]
    steps = sorted((step for step in read if step), key=lambda step: step.threshold)
    if not _rising(steps if direction is Direction.UP else steps[::-1]):
        parts["points"].refuse(f"{key} 应各不相同，且要求越高 points 越多")
    return tuple(steps)


def _step(value: Value, key: str, type: Quantity) -> Step | None:
    parts = value.fields((key, "points"), needed=(key, "points")) or {}
    threshold = number(parts[key], type) if key in parts else None
    points = parts["points"].number(0, _FULL) if "points" in parts else None
    return None if threshold is None or points is None else Step(threshold, points)


def _rising(steps: Sequence[Step]) -> bool:
    """Whether each harder step gives more points than the one before."""
    return all(a.threshold != b.threshold and a.points < b.points for a, b in pairwise(steps))
