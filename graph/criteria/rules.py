"""A rule as a tree: what is asked of a town or an organisation, with the path of every part."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from graph.criteria.measures import Argument, Group, Measure
from graph.kinds.metrics import Metric, Unit
from graph.kinds.terms import Proximity, Term


class Operator(StrEnum):
    """How a value is compared with the threshold."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOVE = "above"
    BELOW = "below"
    EQUALS = "equals"
    ONE_OF = "one_of"


type Threshold = float | bool | str | tuple[float | str, ...]
"""A number, a term, a class id or a truth; for `one_of` a tuple of them."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The one comparison of a leaf."""

    operator: Operator
    threshold: Threshold


@dataclass(frozen=True, slots=True)
class Arguments:
    """The value of every parameter of a signature, defaults filled in, lists sorted."""

    pairs: tuple[tuple[str, Argument], ...] = ()

    def __getitem__(self, name: str) -> Argument:
        return dict(self.pairs)[name]

    def number(self, name: str) -> int | None:
        """Read a whole number; None: not limited."""
        value = self[name]
        return value if isinstance(value, int) else None

    def flag(self, name: str) -> bool:
        """Read a truth."""
        return self[name] is True

    def term[T: Term](self, name: str, kind: type[T]) -> T | None:
        """Read a value of a closed list; None: not limited."""
        value = self[name]
        return kind(value) if isinstance(value, str) else None

    def proximity(self, name: str) -> Proximity | None:
        """Read how near something has to be; None: anywhere."""
        return next((one for one in Proximity if one == self[name]), None)

    def terms[T: Term](self, name: str, kind: type[T]) -> tuple[T, ...]:
        """Read values of a closed list; empty: not limited."""
        return tuple(kind(value) for value in self.ids(name))

    def ids(self, name: str) -> tuple[str, ...]:
        """Read ids; empty: not limited."""
        value = self[name]
        if isinstance(value, str):
            return (value,)
        return value if isinstance(value, tuple) else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Where a part of a rule stands, and what people call it."""

    path: str = field(compare=False)
    """Inside the rule, e.g. `criteria.all[1]`."""
    id: str | None = field(default=None, compare=False)
    words: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class All(Part):
    """Every part holds."""

    parts: tuple["Rule", ...]


@dataclass(frozen=True, slots=True)
class AnyOf(Part):
    """At least one part holds."""

    parts: tuple["Rule", ...]


@dataclass(frozen=True, slots=True)
class Not(Part):
    """The part does not hold."""

    part: "Rule"


@dataclass(frozen=True, slots=True)
class Leaf(Part):
    """A measure, compared."""

    measure: Measure
    arguments: Arguments
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Count(Part):
    """How many of a town's leaders, members or households meet `where`, compared."""

    group: Group
    arguments: Arguments
    where: "Rule | None"
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Sum(Part):
    """A metric added up over those of a group that meet `where`, compared."""

    metric: Metric
    unit: Unit
    group: Group
    arguments: Arguments
    where: "Rule | None"
    comparison: Comparison


type Rule = All | AnyOf | Not | Leaf | Count | Sum


def walk(rule: Rule) -> Iterator[Rule]:
    """Yield a rule and every part of it, `where` included, in the order they are written."""
    yield rule
    match rule:
        case All() | AnyOf():
            inner = rule.parts
        case Not():
            inner = (rule.part,)
        case Count() | Sum():
            inner = () if rule.where is None else (rule.where,)
        case Leaf():
            inner = ()
    for part in inner:
        yield from walk(part)
