"""Shapes: what the values of a field are completed to, by its type, whole columns at a time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, cast

import numpy as np
from graphql import FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode
from graphql.execution.values import VariableValues

from graph.snapshot.csr import Ints
from graph.snapshot.snapshot import Snapshot
from queries.answer import Later
from schema.execution.batches import (
    Batch,
    Lists,
    Objects,
    Related,
    Results,
    Rows,
    batched,
    nodes_by_kind,
    nodes_of_kind,
)
from schema.execution.leaves import Finish, Unplanned
from schema.language.context import Context
from schema.language.publish import Asked, Shown

MANY = 16
"""From so many nodes on it pays to look for those that are there more than once."""


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """One request that a plan answers."""

    schema: GraphQLSchema
    converting: Any
    """The strawberry schema: how arguments become Python's."""
    operation: OperationDefinitionNode
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: VariableValues
    context: Context
    arguments: dict[tuple[int, str], dict[str, Any]] = field(
        default_factory=dict[tuple[int, str], dict[str, Any]]
    )
    """What the arguments of each step are in this request, once they were read."""


@dataclass(frozen=True, slots=True, eq=False)
class Nodes:
    """A column of nodes of any kind: global rows, −1 for none."""

    snapshot: Snapshot
    rows: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Nested:
    """A column of lists."""

    begins: Sequence[int]
    """Where each list begins among the items, and at last where all end."""
    items: "Values"


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A column of what results hold: values, results or rows of nodes, as they are in dataclasses."""

    snapshot: Snapshot
    asked: Asked | None
    values: Sequence[Any]


type Values = Nodes | Nested | Found | Batch | Sequence[Any]
"""The values of one field for all objects of a batch; a plain sequence holds what graphql-core would see."""


class Shape(Protocol):
    """What a field's values are completed to, by its type and what is selected below it."""

    async def fill(self, run: Run, column: Values) -> list[Any]:
        """Complete the values of a column."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Required:
    """Values that may not be missing."""

    of: Shape

    async def fill(self, run: Run, column: Values) -> list[Any]:
        """Complete the values; raises Unplanned when one is missing."""
        made = await self.of.fill(run, column)
        if None in made:
            raise Unplanned
        return made


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """Scalars and enums."""

    finish: Finish

    async def fill(self, run: Run, column: Values) -> list[Any]:  # noqa: ARG002 - as all shapes
        """Complete the values."""
        return self.finish(column.values if isinstance(column, Found) else cast("Sequence[Any]", column))


@dataclass(frozen=True, slots=True, eq=False)
class Many:
    """Lists."""

    of: Shape

    async def fill(self, run: Run, column: Values) -> list[Any]:
        """Complete all items of all lists at once."""
        if isinstance(column, Nested):
            items = await self.of.fill(run, column.items)
            ends = column.begins[1:]
            return [items[begin:end] for begin, end in zip(column.begins, ends, strict=False)]
        lists = column.values if isinstance(column, Found) else cast("Sequence[Any]", column)
        if odd := [one for one in lists if one is not None and not isinstance(one, list | tuple | Later)]:
            raise Unplanned(type(odd[0]))
        flat = [item for one in lists if one is not None for item in one]
        inner = Found(column.snapshot, column.asked, flat) if isinstance(column, Found) else flat
        made = iter(await self.of.fill(run, inner))
        return [None if one is None else [next(made) for _ in one] for one in lists]


@dataclass(frozen=True, slots=True, eq=False)
class Object:
    """Objects of one type, or of several that share an interface."""

    selection_of: Callable[[str], "Selected"]
    """Gives what is selected of a type."""
    name: str | None
    """The type; None: an interface, the objects say of which type they are."""
    python: type
    """The Python class of the type."""

    async def fill(self, run: Run, column: Values) -> list[Any]:
        """Complete the objects."""
        if isinstance(column, Nodes):
            return await self._nodes(run, column.snapshot, column.rows)
        if isinstance(column, Rows | Results | Lists | Related | Objects):
            return await self._selected(column).answer(run, column)
        if isinstance(column, Found):
            return await self._found(run, column)
        objects = cast("Sequence[Any]", column)
        made: list[Any] = [None] * len(objects)
        present = [at for at, one in enumerate(objects) if one is not None]
        for batch, at in batched([objects[place] for place in present]):
            answers = await self._selected(batch).answer(run, batch)
            for place, answer in zip(at, answers, strict=True):
                made[present[place]] = answer
        return made

    async def _found(self, run: Run, column: Found) -> list[Any]:
        """Complete what results hold: rows of nodes, or further results."""
        if not issubclass(self.python, Shown):
            rows = (-1 if value is None else value for value in column.values)
            return await self._nodes(run, column.snapshot, np.fromiter(rows, np.int32, len(column.values)))
        present = [value for value in column.values if value is not None]
        answers = await self.selection_of(self.name or "").answer(
            run, Results(self.python, column.snapshot, column.asked, present)
        )
        if len(present) == len(column.values):
            return answers
        made = iter(answers)
        return [None if value is None else next(made) for value in column.values]

    async def _nodes(self, run: Run, snapshot: Snapshot, rows: Ints) -> list[Any]:
        """Complete nodes: each of them once, however often it is there."""
        if len(rows) >= MANY:
            every: list[int] = rows.tolist()
            once = dict.fromkeys(every)
            if 2 * len(once) <= len(rows):
                answers = await self._nodes(run, snapshot, np.array([*once], np.int32))
                by_row = dict(zip(once, answers, strict=True))
                return [by_row[row] for row in every]
        made: list[Any] = [None] * len(rows)
        present = np.flatnonzero(rows >= 0)
        whole = len(present) == len(rows)
        there = rows if whole else rows[present]
        if whole and self.name is not None and (alike := nodes_of_kind(snapshot, self.name, there)):
            return await self._selected(alike).answer(run, alike)
        for batch, at in nodes_by_kind(snapshot, there):
            answers = await self._selected(batch).answer(run, batch)
            if whole and len(at) == len(rows):
                return answers
            for place, answer in zip(present[at].tolist(), answers, strict=True):
                made[place] = answer
        return made

    def _selected(self, batch: Batch) -> "Selected":
        if self.name is not None:
            return self.selection_of(self.name)
        if not isinstance(batch, Rows):
            raise Unplanned(self.python)
        return self.selection_of(batch.table.kind.label)


class Selected(Protocol):
    """What is selected of a type."""

    async def answer(self, run: Run, batch: Batch) -> list[dict[str, Any]]:
        """Answer all fields of each object."""
        ...
