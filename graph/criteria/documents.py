"""What the criteria of a standard hold: conditions of recognition, classes in order, or indicators."""

from collections.abc import Iterator
from dataclasses import dataclass

from graph.criteria.measures import Measure, Subject
from graph.criteria.rules import Arguments, Leaf, Rule, walk
from graph.kinds.columns import Ref
from graph.kinds.terms import Term


class Direction(Term):
    """Which values of an indicator are good."""

    UP = "UP", "越大越好"
    DOWN = "DOWN", "越小越好"


class Scaling(Term):
    """How an indicator's value becomes points."""

    MIN_MAX = "MIN_MAX", "按最小最大值折算"
    RANK = "RANK", "按名次折算"
    THRESHOLDS = "THRESHOLDS", "按分段计分"


class Missing(Term):
    """What happens to an indicator without a value."""

    EXCLUDE = "EXCLUDE", "剔除并重新归一权重"
    ZERO = "ZERO", "记零分"


@dataclass(frozen=True, slots=True)
class Recognition:
    """Conditions that a town must meet, and those that give it priority."""

    criteria: Rule
    prefer: Rule | None = None


@dataclass(frozen=True, slots=True)
class ClassEntry:
    """One class: what falls into it unless an earlier one took it; the last may take all the rest."""

    id: str
    words: str
    criteria: Rule | None


@dataclass(frozen=True, slots=True)
class Classes:
    """Classes in order: the first whose criteria hold."""

    subject: Subject
    classes: tuple[ClassEntry, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """The points of a value that reaches `threshold` (direction UP) or stays within it (DOWN)."""

    threshold: float
    points: float


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of an evaluation: a measure of a town, its weight and how it is scored.

    `steps` is for THRESHOLDS: the best step that the value meets gives the points, none gives 0.
    """

    id: str
    words: str
    measure: Measure
    arguments: Arguments
    weight: float
    direction: Direction
    scaling: Scaling
    missing: Missing
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Indicators that towns are ranked by."""

    indicators: tuple[Indicator, ...]


type Document = Recognition | Classes | Evaluation


def references(document: Rule | Document) -> Iterator[tuple[str, str]]:
    """Yield the path and the id of every node that a document names, for a loader to look up."""
    match document:
        case Recognition():
            rules = [rule for rule in (document.criteria, document.prefer) if rule is not None]
        case Classes():
            rules = [entry.criteria for entry in document.classes if entry.criteria is not None]
        case Evaluation():
            rules = []
            for place, indicator in enumerate(document.indicators):
                yield from _named(f"indicators[{place}]", indicator.measure, indicator.arguments)
        case _:
            rules = [document]
    for part in (part for rule in rules for part in walk(rule)):
        if isinstance(part, Leaf):
            yield from _named(part.path, part.measure, part.arguments)


def _named(path: str, measure: Measure, arguments: Arguments) -> Iterator[tuple[str, str]]:
    for parameter in measure.parameters:
        if isinstance(parameter.type, Ref):
            for id in arguments.ids(parameter.name):
                yield f"{path}.with.{parameter.name}", id
