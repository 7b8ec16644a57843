"""The closed lists of the vocabulary as GraphQL enums, with their Chinese words."""

import re
from functools import cache
from typing import Any, cast

import strawberry

from graph.kinds import NODES
from graph.kinds.terms import Term


@cache
def enum_type(terms: type[Term]) -> Any:
    """Publish a closed list; its docstring and its words become the descriptions."""
    published: Any = strawberry.enum(terms, description=(terms.__doc__ or "").strip())
    for value in published.__strawberry_definition__.values:
        value.description = terms[value.name].words
    return published


def closed_list(name: str, words: str, terms: dict[str, tuple[str, str]]) -> Any:
    """Make and publish a closed list that follows from the vocabulary."""
    made: Any = cast("Any", Term)(name, terms)
    made.__doc__ = words
    return enum_type(made)


def upper(name: str) -> str:
    """Spell a name as enum values are.

    >>> upper("recognisedOn")
    'RECOGNISED_ON'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).upper()


Kind = closed_list("Kind", "种类", {upper(kind.label): (kind.label, kind.words) for kind in NODES})
