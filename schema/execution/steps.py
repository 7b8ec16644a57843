"""Steps: how the fields of a selection are answered for a whole batch at once."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from inspect import isawaitable
from operator import attrgetter
from typing import Any, Protocol, cast

import numpy as np
from cachetools import LRUCache
from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLObjectType,
    GraphQLResolveInfo,
    VariableNode,
    get_argument_values,
)
from strawberry.types.arguments import convert_arguments
from strawberry.types.field import StrawberryField

from graph.kinds.columns import Column
from graph.snapshot.csr import Ints
from graph.snapshot.table import cells
from queries.lookup.pages import Pages
from schema.execution.batches import Batch, Edges, Lists, Related, Relations, Results, Rows
from schema.execution.leaves import Unplanned
from schema.execution.shapes import Found, Nested, Nodes, Run, Shape, Values
from schema.language.connection import Connection, Connections, Recorded

LONGEST_KEY, MOST_KEPT = 500, 2_000
"""Characters of given arguments that converted ones are kept by, and how many are kept of all fields."""
_CONVERTED: LRUCache[tuple[StrawberryField, str], dict[str, Any]] = LRUCache(MOST_KEPT)
"""Converted arguments, by their field and what was given."""


class Step(Protocol):
    """Answers one field for a batch."""

    @property
    def waits(self) -> bool:
        """Whether it may wait for something outside of this thread."""
        ...

    async def answer(self, run: Run, batch: Batch) -> list[Any]:
        """Answer the field of each object."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """The fields that are selected of a type, by their names in the answer."""

    steps: Mapping[str, Step]

    async def answer(self, run: Run, batch: Batch) -> list[dict[str, Any]]:
        """Answer all fields of each object."""
        if sum(step.waits for step in self.steps.values()) > 1:
            columns = await _together([step.answer(run, batch) for step in self.steps.values()])
        else:
            columns = [await step.answer(run, batch) for step in self.steps.values()]
        return _rows(tuple(self.steps))(columns) if columns else [{} for _ in range(len(batch))]


@lru_cache(maxsize=4096)
def _rows(keys: tuple[str, ...]) -> Callable[[list[list[Any]]], list[dict[str, Any]]]:
    """Make what turns columns into objects: written out, so that no names are hashed for each of them.

    The names are those of a validated document: letters, digits and underscores.
    """
    names = [f"v{number}" for number in range(len(keys))]
    pairs = ", ".join(f"{key!r}: {name}" for key, name in zip(keys, names, strict=True))
    text = f"lambda columns: [{{{pairs}}} for {', '.join(names)}, in zip(*columns, strict=True)]"
    return eval(text)  # noqa: S307 - see above


@dataclass(frozen=True, slots=True, eq=False)
class Constant:
    """`__typename`."""

    value: str
    waits: bool = False

    async def answer(self, run: Run, batch: Batch) -> list[Any]:  # noqa: ARG002 - as all steps
        """Give the same for each."""
        return [self.value] * len(batch)


@dataclass(frozen=True, slots=True, eq=False)
class Attribute:
    """A field that is read from an object: of a result, or of anything else."""

    read: Callable[[Any], Any]
    shape: Shape
    waits: bool = False

    @classmethod
    def named(cls, name: str, shape: Shape) -> "Attribute":
        """Read an attribute by its name."""
        return cls(attrgetter(name), shape)

    async def answer(self, run: Run, batch: Batch) -> list[Any]:
        """Read it of each object."""
        if isinstance(batch, Results):
            values = [self.read(one) for one in batch.found]
            return await self.shape.fill(run, Found(batch.snapshot, batch.asked, values))
        return await self.shape.fill(run, [self.read(one) for one in batch.objects()])


@dataclass(frozen=True, slots=True, eq=False)
class Columnar:
    """A field that shows a column of a table."""

    column: Column
    leads: bool
    """Whether it holds nodes, not values."""
    shape: Shape
    waits: bool = False

    async def answer(self, run: Run, batch: Batch) -> list[Any]:
        """Read the column at the rows of the batch."""
        assert isinstance(batch, Rows | Related)  # noqa: S101 - only these have columns
        if self.leads:
            rows = batch.table[self.column.name][batch.places]
            return await self.shape.fill(run, Nodes(batch.snapshot, rows))
        values = cells(self.column, batch.table, batch.places, batch.snapshot.id_of)
        return await self.shape.fill(run, values)


@dataclass(frozen=True, slots=True, eq=False)
class Paged:
    """A field of a page, or of a row of one: `edges`, `nodes`, `pageInfo`, `cursor` and so on."""

    name: str
    shape: Shape
    waits: bool = False

    async def answer(self, run: Run, batch: Batch) -> list[Any]:
        """Read it of each page."""
        if isinstance(batch, Edges):
            return await self.shape.fill(run, self._of_edges(batch))
        assert isinstance(batch, Lists)  # noqa: S101 - only these have pages
        return await self.shape.fill(run, self._of_lists(batch))

    def _of_edges(self, batch: Edges) -> Values:
        if self.name == "cursor":
            return batch.pages.cursors(batch.at)
        return _shown(batch.kind.recorded, batch.pages, batch.at)

    def _of_lists(self, batch: Lists) -> Values:
        pages, owners = batch.pages, batch.owners
        if self.name == "page_info":
            return [pages.page_info(owner) for owner in owners]
        if self.name == "as_of":
            return [pages.year] * len(owners)
        if self.name == "total_count":
            total = pages.count()
            return [total[owner] for owner in owners]
        if self.name == "unknown_count":
            unknown = pages.unknown()
            return [unknown[owner] for owner in owners]
        begins, at = _rows_of(pages, owners)
        if self.name == "edges":
            return Nested(begins, Edges(batch.kind.edge, pages, at))
        return Nested(begins, _shown(batch.kind.edge.recorded, pages, at))


def _shown(recorded: type[Recorded] | None, pages: Connections, at: Ints) -> Nodes | Relations:
    """What rows of pages show: nodes, or relations that are listed by themselves."""
    if recorded is not None:
        return Relations(recorded, pages, at)
    assert pages.nodes is not None  # noqa: S101 - lists of nodes have them
    return Nodes(pages.snapshot, pages.nodes[at])


def _rows_of(pages: Connections, owners: Sequence[int]) -> tuple[Sequence[int], Ints]:
    """List the rows of some pages, and where among them each page begins."""
    if len(owners) == len(pages):
        begins: list[int] = pages.begins.tolist()
        return begins, np.arange(begins[-1], dtype=np.int32)
    parts = [np.arange(*pages.begins[owner : owner + 2].tolist(), dtype=np.int32) for owner in owners]
    return np.cumsum([0, *map(len, parts)]).tolist(), np.concatenate(parts)


@dataclass(frozen=True, slots=True, eq=False)
class Asking:
    """What is asked of a field: its definition, and where the document asks it."""

    definition: GraphQLField
    strawberry: StrawberryField
    parent: GraphQLObjectType
    nodes: list[FieldNode]
    varies: bool
    """Whether its arguments look at variables."""
    constant: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    """The arguments, once they were read, when no variable is among them."""

    def given(self, run: Run) -> dict[str, Any]:
        """Read the arguments, as graphql-core does; raises Unplanned when one is wrong."""
        if not self.definition.args:
            return {}
        return self._read(run, "given", lambda: self._given(run))

    def converted(self, run: Run) -> dict[str, Any]:
        """Read the arguments, as resolvers take them; nobody changes them."""
        return self._read(run, "converted", lambda: self._converted(run))

    def _read(self, run: Run, way: str, read: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        if (constant := self.constant.get(way)) is not None:
            return constant
        if not self.varies:
            return self.constant.setdefault(way, read())
        if (known := run.arguments.get((id(self), way))) is None:
            known = run.arguments[id(self), way] = read()
        return known

    def _given(self, run: Run) -> dict[str, Any]:
        try:
            return get_argument_values(self.definition, self.nodes[0], run.variables)
        except GraphQLError as error:
            raise Unplanned from error

    def _converted(self, run: Run) -> dict[str, Any]:
        """Convert the arguments, once for the same values."""
        given = self.given(run)
        key = self.strawberry, repr(given)
        if (known := _CONVERTED.get(key)) is None:
            known = self._newly_converted(run, given)
            if len(key[1]) <= LONGEST_KEY:
                _CONVERTED[key] = known
        return known

    def _newly_converted(self, run: Run, given: dict[str, Any]) -> dict[str, Any]:
        config, converter = run.converting.config, run.converting.schema_converter
        return convert_arguments(given, self.strawberry.arguments, converter.scalar_registry, config)


def varies(node: FieldNode) -> bool:
    """Tell whether the arguments of a field look at variables."""
    values: list[Any] = [argument.value for argument in node.arguments or ()]
    while values:
        value = values.pop()
        if isinstance(value, VariableNode):
            return True
        values += getattr(value, "values", None) or ()
        values += [each.value for each in getattr(value, "fields", None) or ()]
    return False


@dataclass(frozen=True, slots=True, eq=False)
class OfAll:
    """A field that is answered for many nodes at once."""

    asking: Asking
    ask: Callable[..., Connections | Pages | Sequence[Any]]
    shape: Shape
    connection: type[Connection] | None
    several: bool
    """Whether each node gets a list."""
    waits: bool = False

    async def answer(self, run: Run, batch: Batch) -> list[Any]:
        """Answer it for the nodes of the batch."""
        assert isinstance(batch, Rows)  # noqa: S101 - only nodes are asked so
        found = self.ask(run.context, batch.snapshot, batch.rows, **self.asking.converted(run))
        if isinstance(found, Connections):
            assert self.connection is not None  # noqa: S101 - its type says so
            return await self.shape.fill(run, Lists(self.connection, found, range(len(found))))
        if not isinstance(found, Pages):
            return await self.shape.fill(run, found)
        if self.several:
            return await self.shape.fill(
                run, Nested(found.begins.tolist(), Nodes(batch.snapshot, found.nodes))
            )
        rows = np.full(len(batch), -1, np.int32)
        begins = found.begins[:-1]
        there = np.diff(found.begins) > 0
        rows[there] = found.nodes[begins[there]]
        return await self.shape.fill(run, Nodes(batch.snapshot, rows))


@dataclass(frozen=True, slots=True, eq=False)
class Resolved:
    """A field with a resolver of its own, asked object by object, as graphql-core does."""

    asking: Asking
    shape: Shape
    waits: bool
    resolve: Callable[..., Any]
    owner: str | None
    """The argument by which the resolver takes the object; None: it takes none, or as its first."""
    info: str | None
    """The argument by which it takes what graphql-core knows."""
    method: bool
    """Whether it takes the object first."""

    @classmethod
    def of(cls, asking: Asking, shape: Shape) -> "Resolved":
        """Ask the resolver of a field; raises Unplanned where strawberry would do more than that."""
        field, resolver = asking.strawberry, asking.strawberry.base_resolver
        if resolver is None or field.extensions:
            raise Unplanned
        owner, info = resolver.root_parameter or resolver.parent_parameter, resolver.info_parameter
        return cls(
            asking,
            shape,
            field.is_async,
            resolver,
            owner and owner.name,
            info and info.name,
            resolver.self_parameter is not None,
        )

    async def answer(self, run: Run, batch: Batch) -> list[Any]:
        """Ask the resolver for each object; what it must wait for is waited for together.

        As strawberry's own wrapper asks it, but for the arguments: they are converted once for all objects.
        """
        asking, arguments = self.asking, self.asking.converted(run)
        raw = GraphQLResolveInfo(
            asking.nodes[0].name.value,
            asking.nodes,
            asking.definition.type,
            asking.parent,
            cast("Any", None),
            run.schema,
            cast("Any", run.fragments),
            None,
            run.operation,
            run.variables,
            run.context,
            cast("Any", isawaitable),
            None,
            cast("Any", None),
        )
        info = run.converting.config.info_class(_raw_info=raw, _field=asking.strawberry)
        if self.info is not None:
            arguments = {**arguments, self.info: info}
        found: list[Any] = [self._ask(one, arguments) for one in batch.objects()]
        if any(map(isawaitable, found)):
            found = await _together(found)
        if any(isinstance(one, Exception) for one in found):
            raise Unplanned
        return await self.shape.fill(run, found)

    def _ask(self, one: object, arguments: dict[str, Any]) -> Any:
        if self.method:
            return self.resolve(one, **arguments)
        return (
            self.resolve(**arguments)
            if self.owner is None
            else self.resolve(**arguments, **{self.owner: one})
        )


async def _together(found: Sequence[Awaitable[Any] | Any]) -> list[Any]:
    if len(found) == 1:
        return [await found[0]]
    tasks = [asyncio.ensure_future(one) if isawaitable(one) else one for one in found]
    waiting = [task for task in tasks if isinstance(task, asyncio.Future)]
    try:
        await asyncio.gather(*waiting)
    except BaseException:
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        raise
    return [task.result() if isinstance(task, asyncio.Future) else task for task in tasks]
