"""The closed lists of the vocabulary as GraphQL enums, with their Chinese words."""

import re
from collections.abc import Iterable
from functools import cache
from typing import cast

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

from graph.kinds import NODES
from graph.kinds.terms import Term


def enum_type[T: Term](terms: type[T]) -> type[T]:
    """Publish a closed list; its docstring and its words become the descriptions."""
    _publish(terms)
    return terms


@cache
def _publish(terms: type[Term]) -> None:
    strawberry.enum(terms, description=(terms.__doc__ or "").strip())
    made: StrawberryEnumDefinition = vars(terms)["__strawberry_definition__"]
    for value in made.values:
        value.description = terms[value.name].words


def closed_list(name: str, words: str, terms: dict[str, tuple[str, str]]) -> type[Term]:
    """Make and publish a closed list that follows from the vocabulary."""
    made = cast("type[Term]", Term(name, terms))
    made.__doc__ = words
    return enum_type(made)


def some_of(name: str, words: str, terms: Iterable[Term]) -> type[Term]:
    """Publish some values of a closed list under a name of their own."""
    return closed_list(name, words, {term.name: (term.value, term.words) for term in terms})


def upper(name: str) -> str:
    """Spell a name as enum values are.

    >>> upper("recognisedOn")
    'RECOGNISED_ON'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).upper()


Kind = closed_list("Kind", "种类", {upper(kind.label): (kind.label, kind.words) for kind in NODES})
