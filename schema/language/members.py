"""Members of a level: organisations, products, industries, towns or regions; or what belongs to none."""

from collections.abc import Callable, Sequence
from typing import Any

import strawberry

from schema.language.nodes import Named
from schema.language.results import entity

MEMBER = "成员：主体、产品、行业、专业镇或区划；空为未归入任何一个者之和"


def member_field(get: Callable[[Any], int]) -> Any:
    """Make a field that shows one member; null stands for what belongs to none."""

    def resolve(root: Any) -> Any:
        row = get(root.found)
        return None if row < 0 else entity(root.snapshot, row)

    resolve.__annotations__["return"] = Named | None
    return strawberry.field(resolve, description=MEMBER)


def named_field(words: str, get: Callable[[Any], int]) -> Any:
    """Make a field that shows one node that has a name, of any kind."""

    def resolve(root: Any) -> Any:
        return entity(root.snapshot, get(root.found))

    resolve.__annotations__["return"] = Named
    return strawberry.field(resolve, description=words)


def members_field(words: str, get: Callable[[Any], Sequence[int]]) -> Any:
    """Make a field that lists members; null stands for what belongs to none."""

    def resolve(root: Any) -> Any:
        return [None if row < 0 else entity(root.snapshot, row) for row in get(root.found)]

    resolve.__annotations__["return"] = list[Named | None]
    return strawberry.field(resolve, description=words)
