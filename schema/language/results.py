"""Results of questions over the snapshot as types: what was found, and the snapshot it was found in."""

from collections.abc import Callable, Sequence
from typing import Any

import strawberry

from graph.kinds.columns import columns
from graph.snapshot.snapshot import Snapshot
from schema.language.nodes import TYPES, publish


def entity(snapshot: Snapshot, row: int) -> Any:
    """Publish a node as the snapshot has it."""
    found = snapshot.entity(row)
    kind = type(found)
    return publish(kind, {c.name: getattr(found, c.field) for c in columns(kind)})


def node_field(label: str, words: str, get: Callable[[Any], int | None], *, optional: bool = False) -> Any:
    """Make a field that shows one node of the snapshot."""

    def resolve(root: Any) -> Any:
        row = get(root.found)
        return None if row is None else entity(root.snapshot, row)

    resolve.__annotations__["return"] = TYPES[label] | None if optional else TYPES[label]
    return strawberry.field(resolve, description=words)


def value_field(words: str, annotation: Any, get: Callable[[Any], Any]) -> Any:
    """Make a field that shows a value."""

    def resolve(root: Any) -> Any:
        return get(root.found)

    resolve.__annotations__["return"] = annotation
    return strawberry.field(resolve, description=words)


def results_field(words: str, made: Any, get: Callable[[Any], Any]) -> Any:
    """Make a field that shows a list of results."""

    def resolve(root: Any) -> Any:
        return [made(found=found, snapshot=root.snapshot) for found in get(root.found)]

    resolve.__annotations__["return"] = list[made]
    return strawberry.field(resolve, description=words)


def result_field(words: str, made: Any, get: Callable[[Any], Any], *, optional: bool = False) -> Any:
    """Make a field that shows a part of a result; an optional one may be missing."""

    def resolve(root: Any) -> Any:
        found = get(root.found)
        return None if found is None else made(found=found, snapshot=root.snapshot)

    resolve.__annotations__["return"] = made | None if optional else made
    return strawberry.field(resolve, description=words)


def nodes_field(label: str, words: str, get: Callable[[Any], Sequence[int]]) -> Any:
    """Make a field that shows several nodes of the snapshot."""

    def resolve(root: Any) -> Any:
        return [entity(root.snapshot, row) for row in get(root.found)]

    resolve.__annotations__["return"] = list[TYPES[label]]
    return strawberry.field(resolve, description=words)


def result_type(title: str, words: str, /, **fields: Any) -> Any:
    """Make the type of a result, which keeps what was found, in which snapshot, and what was asked."""
    annotations = {"found": strawberry.Private[object], "snapshot": strawberry.Private[object]}
    if "asked" in fields:
        annotations["asked"] = strawberry.Private[object]
    made: Any = type(title, (), {"__annotations__": annotations, "__module__": __name__, **fields})
    return strawberry.type(made, description=words)
