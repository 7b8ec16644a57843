"""What stands in the way of an undo: later changes of the same rows, and rows that need each other.

A row needs the nodes that it joins or names: an undo may take out no node that a later row needs, and may
bring no row back whose nodes were taken out since.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import LiteralString

from graph.edits.change import Part
from graph.edits.upsert import RelationRow, stored_nodes, stored_relations
from graph.kinds import Node, Relation, kind_of
from graph.kinds.columns import Column, Record, columns
from graph.store.store import Row, Store

LATER: LiteralString = """
MATCH (p:ChangePart) WHERE p.write > $write AND p.owner <> $owner
RETURN p {.*} AS part ORDER BY p.write DESC
"""


@dataclass(slots=True)
class Obstacle:
    """A later load, ruling or removal that touched or needs rows of an undo."""

    owner: str
    rows: int = 0
    example: str = ""
    """One of the rows: its label and identity."""

    @property
    def undoable(self) -> bool:
        """Whether it can be undone itself."""
        return kind_of(self.owner) is not None


@dataclass(slots=True)
class Touched:
    """The rows of an undo."""

    rows: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    """Identities by label."""
    brought: set[str] = field(default_factory=set[str])
    """Nodes that the undo takes out."""
    needed: set[str] = field(default_factory=set[str])
    """Nodes that rows need which the undo brings back."""

    def add(self, part: Part) -> None:
        """Take in one of its parts."""
        self.rows.setdefault(part.kind.label, set()).update(part.identities)
        if issubclass(part.kind, Node):
            self.brought.update(part.new)
        for before in (part.changed, part.removed):
            for identity, cells in before.items():
                self.needed.update(_ends(part.kind, identity), _named(part.kind, cells))

    def meets(self, part: Part, cells: dict[str, Row]) -> Iterator[str]:
        """Yield the identities of a later part's rows that stand in the way; `cells` are what they hold."""
        own = self.rows.get(part.kind.label, set[str]())
        went = {*part.removed, *part.gone} if issubclass(part.kind, Node) else set[str]()
        for identity in dict.fromkeys(part.identities):
            needs = {*_ends(part.kind, identity), *_named(part.kind, cells.get(identity, {}))}
            if identity in own or needs & self.brought or (identity in went and identity in self.needed):
                yield identity


async def obstacles(store: Store, owner: str, parts: Sequence[Part]) -> list[Obstacle]:
    """Find what later loads, rulings and removals did to the rows of an owner's parts, the latest first."""
    if not parts:
        return []
    ours, found = Touched(), dict[str, Obstacle]()
    for part in parts:
        ours.add(part)
    async for row in store.stream(LATER, write=min(part.write for part in parts), owner=owner):
        part = Part.of(row)
        for identity in ours.meets(part, await _cells(store, part, ours)):
            one = found.setdefault(part.owner, Obstacle(part.owner))
            one.rows += 1
            one.example = one.example or f"{part.kind.label} {identity}"
    return list(found.values())


async def _cells(store: Store, part: Part, ours: Touched) -> dict[str, Row]:
    """Read the cells of a part's rows that may name nodes that an undo takes out."""
    labels = {kind.label for kind in map(kind_of, ours.brought) if kind}
    if not any(c.ref == "*" or c.ref in labels for c in _naming(part.kind)):
        return {}
    there = [*part.new, *part.changed]
    if issubclass(part.kind, Relation):
        stored = await stored_relations(store, part.kind, list(map(RelationRow.of, there)))
    else:
        assert issubclass(part.kind, Node)  # noqa: S101 - nodes and relations are all there is
        stored = await stored_nodes(store, part.kind, there)
    return {**part.removed, **stored}


def _naming(kind: type[Record]) -> Iterable[Column]:
    """List the columns that name nodes; not the ends of a relation, which its identity tells."""
    return (c for c in columns(kind) if c.ref and c.field not in {"start", "end"})


def _named(kind: type[Record], cells: Row) -> Iterator[str]:
    for column in _naming(kind):
        value = cells.get(column.name)
        yield from (value if column.many and value else [value] if value else ())


def _ends(kind: type[Record], identity: str) -> Sequence[str]:
    return identity.split(" ", 2)[:2] if issubclass(kind, Relation) else ()
