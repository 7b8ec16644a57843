"""Leaves: values as JSON holds them, just as graphql-core writes them."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from graphql import GraphQLEnumType, GraphQLScalarType

type Finish = Callable[[Sequence[Any]], list[Any]]
"""Turns the values of a field into what the answer holds."""


class Unplanned(Exception):
    """Something that graphql-core must answer: an error it words, or a construct that is not compiled."""


def finish_of(kind: GraphQLScalarType | GraphQLEnumType) -> Finish:
    """Make what finishes the values of a leaf type; raises Unplanned where graphql-core would raise."""
    slow = _slowly(kind)
    if isinstance(kind, GraphQLEnumType):
        return _enum(kind, slow)
    plain = {"String": str, "ID": str, "Boolean": bool}.get(kind.name)
    if plain is not None:
        return lambda values: [v if type(v) is plain else slow(v) for v in values]
    if (day := {"Date": date, "DateTime": datetime}.get(kind.name)) is not None:
        return lambda values: [v.isoformat() if type(v) is day else slow(v) for v in values]
    if kind.name == "Int":
        least, most = -(2**31), 2**31 - 1
        return lambda values: [v if type(v) is int and least <= v <= most else slow(v) for v in values]
    if kind.name == "Float":
        # A number less itself is 0 unless it is infinite or none at all.
        return lambda values: [v if type(v) is float and v - v == 0 else slow(v) for v in values]
    return lambda values: [slow(v) for v in values]


def _enum(kind: GraphQLEnumType, slow: Callable[[Any], Any]) -> Finish:
    names: dict[Any, str] = {value.value: name for name, value in kind.values.items()}
    # A member of a closed list is equal to its text, and so the same key.
    members = {*map(type, names), *map(type, getattr(kind, "wrapped_cls", ()))}

    def finish(values: Sequence[Any]) -> list[Any]:
        return [names[v] if type(v) in members and v in names else slow(v) for v in values]

    return finish


def _slowly(kind: GraphQLScalarType | GraphQLEnumType) -> Callable[[Any], Any]:
    def complete(value: Any) -> Any:
        if value is None:
            return None
        if isinstance(value, Exception):
            raise Unplanned from value
        try:
            done = kind.coerce_output_value(value)
        except Exception as error:
            raise Unplanned from error
        if done is None:
            raise Unplanned
        return done

    return complete
