"""How the results of questions are described, and reading those descriptions back.

A result is a dataclass whose fields say what they hold, as a kind's fields do:

    @result("依赖此主体的主体")
    @dataclass(frozen=True, slots=True)
    class Dependent:
        organisation: Annotated[NodeIndex, Organisation, "主体"]
        loss: Annotated[float, "损失的产出（元/年）"]

A property whose return type is so annotated is described too. What has no words is not shown to anybody.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from graph.kinds.entities import Node


@dataclass(frozen=True, slots=True)
class As:
    """The name by which a field is shown, where it is not the field's own."""

    name: str


@dataclass(frozen=True, slots=True)
class After:
    """The field of a result after which a property is shown, where it is not shown last."""

    field: str


@dataclass(frozen=True, slots=True)
class Subject:
    """The field tells the rows of an answer apart even where it holds no node: what belongs to none."""


@dataclass(frozen=True, slots=True)
class Place:
    """The field says which row of another list of the answer is meant: a number, but no figure."""


@dataclass(frozen=True, slots=True)
class ResultField:
    """One described field of a result."""

    field: str
    """The name in Python."""
    name: str
    """The name by which it is shown, spelt as in Python."""
    words: str
    hint: Any
    """The type as it is written, without what describes it."""
    kind: type[Node] | None
    """The kind of the nodes that it holds (Entity: whatever has a name); None: it holds no nodes."""
    subject: bool
    """Whether it is marked as what the row is about."""
    after: str | None
    """The field (by its name in Python) after which it is shown; None: where it is written."""


def result[T](words: str, title: str | None = None) -> Callable[[type[T]], type[T]]:
    """Describe a result; `title` is the name by which it is shown, where it is not the class's own."""

    def describe(kind: type[T]) -> type[T]:
        _DESCRIBED[kind] = title or kind.__name__, words
        return kind

    return describe


def title_and_words(kind: type) -> tuple[str, str]:
    """Title and words of a result; raises TypeError for a class that `result` does not describe."""
    if kind not in _DESCRIBED:
        raise TypeError(f"{kind.__qualname__} shows a field and is not described: @result(…) is missing")
    return _DESCRIBED[kind]


@cache
def result_fields(kind: type) -> tuple[ResultField, ...]:
    """Fields that have words, as they are written, and after them (or where they say) the properties."""
    hints = get_type_hints(kind, include_extras=True)
    written = {field.name: hints[field.name] for field in fields(kind)}
    for base in reversed(kind.__mro__):
        for name, made in vars(base).items():
            if isinstance(made, property) and made.fget is not None:
                written[name] = get_type_hints(made.fget, include_extras=True).get("return")
    found = [one for name, hint in written.items() if (one := _field(name, hint)) is not None]
    shown = [one for one in found if one.after is None]
    for one in found:
        if one.after is not None:
            shown.insert([other.field for other in shown].index(one.after) + 1, one)
    return tuple(shown)


def _field(name: str, hint: Any) -> ResultField | None:
    if get_origin(hint) is not Annotated:
        return None
    plain, *notes = get_args(hint)
    words = next((part for part in notes if isinstance(part, str)), None)
    if words is None:
        return None
    shown = next((part.name for part in notes if isinstance(part, As)), name)
    kind = next((part for part in notes if isinstance(part, type) and issubclass(part, Node)), None)
    after = next((part.field for part in notes if isinstance(part, After)), None)
    return ResultField(name, shown, words, plain, kind, Subject() in notes, after)


_DESCRIBED: dict[type, tuple[str, str]] = {}
