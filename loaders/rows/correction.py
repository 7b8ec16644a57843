"""A correction of one row: the same checks as a load's, and the cells that would change."""

from collections.abc import Iterator, Mapping
from typing import Any

from graph.edits.change import Change
from graph.edits.upsert import NodeRow, RelationRow, stored_nodes, stored_relations
from graph.errors import BadInput, NotFound
from graph.kinds import Node, Relation
from graph.kinds.claim_rules import SPOKEN_OF
from graph.kinds.columns import camel, columns
from graph.store.store import Row, Store
from loaders.csv.lines import Cells
from loaders.csv.writing import text_of
from loaders.report import Rejection
from loaders.rows.batches import Batch, Batches
from loaders.rows.header import Header, header
from loaders.rows.keys import Keys
from loaders.rows.references import Resolver

PLACE = "row"
"""Stands for the file in messages."""


class OneRow:
    """A table of one row."""

    def __init__(self, texts: list[str]) -> None:
        self._texts = texts
        self.done = 0
        """Bytes read so far: there is no file."""

    def __iter__(self) -> Iterator[Cells]:
        """Yield the row."""
        yield Cells(1, self._texts)

    def again(self) -> Iterator[Cells]:
        """Yield the row."""
        return iter(self)


async def correction(
    store: Store, kind: type[Node | Relation], row: NodeRow | RelationRow, cells: Mapping[str, str]
) -> Change:
    """Check new cells of a stored row, given as a table would; tell what changes, with what was there.

    An empty text makes a cell unknown. Raises NotFound for a row that is not there and BadInput, with the
    column as its path, for a cell that a load would reject, that would make the row another one, or when
    nothing would change.
    """
    stored = await _stored(store, kind, row)
    for name in cells:
        _allowed(kind, name)
    if not cells:
        raise BadInput("cells：至少应给出一个单元格", "cells")
    given = {**_texts(kind, row, stored), **cells}
    head = header(kind, [name for name, text in given.items() if text or name in _NEEDED])
    if not isinstance(head, Header):
        raise BadInput(f"cells：{head[0].reason}", "cells")
    batch = await _read(store, head, [given[name] for _, name, _ in head.cells])
    if batch.rejections:
        raise _fault(batch.rejections[0])
    after = batch.rows[0].values
    return _change(kind, row, stored, {name: after.get(name) for name in _touched(kind, cells)})


_NEEDED = ("id", "from", "to")


async def _stored(store: Store, kind: type[Node | Relation], row: NodeRow | RelationRow) -> Row:
    if issubclass(kind, Relation):
        assert isinstance(row, RelationRow)  # noqa: S101 - as the kind says
        found = await stored_relations(store, kind, [row])
    else:
        found = await stored_nodes(store, kind, [row.identity])
    if row.identity not in found:
        raise NotFound(f"图中没有这一行：{kind.label} {row.identity}")
    return found[row.identity]


def _allowed(kind: type[Node | Relation], name: str) -> None:
    """Refuse a column that is not there, and one that tells the row from every other."""
    known = {column.name: column for column in columns(kind)}
    if name not in known:
        raise BadInput(f"cells.{name}：没有这一列；可用：{'、'.join(known)}", "cells", name)
    keys = [camel(field) for field in getattr(kind, "key_fields", ())]
    own = {"id", "from", "to", *keys, *(SPOKEN_OF if kind.label == "Claim" else ())}
    if name in own or name == "pinnedThrough":
        raise BadInput(
            f"cells.{name}：此列决定这是哪一行，不能更正：请撤回此行，再装载正确的一行", "cells", name
        )


def _texts(kind: type[Node | Relation], row: NodeRow | RelationRow, stored: Row) -> dict[str, str]:
    """Write a stored row as a table would hold it."""
    ends = {"from": row.start, "to": row.end} if isinstance(row, RelationRow) else {"id": row.id}
    held = {column.name: stored.get(column.name) for column in columns(kind)}
    texts = {name: text_of(value if _plain(value) else str(value)) for name, value in held.items()}
    return texts | ends


def _plain(value: Any) -> bool:
    return value is None or isinstance(value, str | bool | int | float | list)


async def _read(store: Store, head: Header, texts: list[str]) -> Batch:
    with Keys() as keys:
        batches = Batches(PLACE, head, OneRow(texts), Resolver(store, keys), 1)
        return await anext(aiter(batches))


def _fault(rejection: Rejection) -> BadInput:
    where = f"cells.{rejection.column}" if rejection.column else "cells"
    value = f"“{rejection.value}”：" if rejection.value else ""
    return BadInput(f"{where}：{value}{rejection.reason}", *where.split("."))


def _touched(kind: type[Node | Relation], cells: Mapping[str, str]) -> set[str]:
    """List the columns that a correction writes: the unit of a claim goes with its value."""
    return {*cells, "unit"} if kind.label == "Claim" and "value" in cells else set(cells)


def _change(kind: type[Node | Relation], row: NodeRow | RelationRow, stored: Row, after: Row) -> Change:
    moved = {name: value for name, value in after.items() if stored.get(name) != value}
    if not moved:
        raise BadInput("cells：与图中的内容相同，无可更正", "cells")
    before = {row.identity: {name: stored.get(name) for name in moved}}
    changed = (
        RelationRow(row.start, row.end, row.key, moved)
        if isinstance(row, RelationRow)
        else NodeRow(row.id, moved)
    )
    return Change(kind, changed=[changed], before=before)
