"""A whole snapshot as a bundle: every column of every table, the ids and where to find them.

What is made from these alone (former ids, links, chosen rows) is not saved, it is made when first needed.
"""

from datetime import datetime
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from graph.errors import BadInput, LoadRefused
from graph.kinds import NODES, RELATIONS
from graph.kinds.columns import Record, columns
from graph.kinds.terms import Term
from graph.snapshot.bundle import Bundle, Fact, open_bundle, write_bundle
from graph.snapshot.index import Index
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import TEXT, Array, EdgeTable, NodeTable
from graph.snapshot.texts import Columns, Texts


def save_snapshot(folder: Path, snapshot: Snapshot) -> None:
    """Write a snapshot that the store holds as a bundle; raises OSError where that can't be written.

    A masked one, or one with edits, is refused: what is not the store's must not be taken for it.
    """
    if snapshot.name is not None:
        raise BadInput("只能存放与库一致的快照", "snapshot")
    tables = {**snapshot.nodes, **snapshot.relations}
    arrays = Texts.of(snapshot.index.ids.tolist()).laid("ids")
    arrays |= {"sums": snapshot.index.sums, "order": snapshot.index.order}
    for label, table in tables.items():
        for name, column in table.arrays.items():
            if not (name == "id" and isinstance(table, NodeTable)):
                arrays |= _column(f"{label}__{name}", column)
    facts: dict[str, Fact] = {
        "vocabulary": vocabulary(),
        "id": snapshot.id,
        "version": snapshot.version,
        "writes": snapshot.writes,
        "mark": snapshot.mark,
        "newest_year": snapshot.newest_year,
        "taken_at": snapshot.taken_at.isoformat(),
        "rows": {label: len(table) for label, table in tables.items()},
        "dangling": dict(snapshot.dangling),
    }
    write_bundle(folder, arrays, facts)


def open_snapshot(folder: Path) -> Snapshot:
    """Open a snapshot that `save_snapshot` wrote: mapped, no text of it decoded.

    Raises LoadRefused when the bundle is damaged, or was written for another vocabulary.
    """
    bundle = open_bundle(folder)
    if bundle.facts.get("vocabulary") != vocabulary():
        raise LoadRefused(f"{folder}：不是快照，或属于另一版本的词汇")
    return _snapshot(bundle)


@cache
def vocabulary() -> str:
    """Hash the kinds, their columns and closed lists: what the numbers of a saved column mean."""
    said = [
        (kind.label, [_described(c.name, c.type, c.many, c.ref) for c in columns(kind)])
        for kind in (*NODES, *RELATIONS)
    ]
    return blake2b(repr(said).encode(), digest_size=8).hexdigest()


def _described(name: str, type_: type, *more: object) -> tuple[object, ...]:
    terms = [term.value for term in type_] if issubclass(type_, Term) else None
    return name, type_.__name__, terms, *map(str, more)


def _column(name: str, column: Array) -> dict[str, Array]:
    """Lay down a column; one that is the same all over as its first row."""
    rows = column[:1] if column.strides == (0,) else column
    return Texts.of(rows.tolist()).laid(name) if rows.dtype == TEXT else {name: rows}


def _snapshot(bundle: Bundle) -> Snapshot:
    facts: Any = bundle.facts
    ids = Texts.found("ids", bundle.arrays)
    nodes: dict[str, NodeTable] = {}
    first = 0
    for kind in NODES:
        length = facts["rows"][kind.label]
        nodes[kind.label] = NodeTable(
            kind, length, _columns(bundle, kind, length, ids.part(first, length)), first
        )
        first += length
    relations = {
        kind.label: EdgeTable(kind, (length := facts["rows"][kind.label]), _columns(bundle, kind, length))
        for kind in RELATIONS
    }
    snapshot = Snapshot(
        nodes,
        relations,
        Index(ids, (bundle.arrays["sums"], bundle.arrays["order"])),
        facts["dangling"],
        facts["version"],
        facts["writes"],
        facts["newest_year"],
        taken_at=datetime.fromisoformat(facts["taken_at"]),
        mark=facts["mark"],
    )
    snapshot.__dict__["id"] = facts["id"]  # hashed when it was saved: the bundle's own hash covers it
    return snapshot


def _columns(bundle: Bundle, kind: type[Record], length: int, ids: Texts | None = None) -> Columns:
    held: dict[str, Array | Texts] = {}
    for column in columns(kind):
        name = f"{kind.label}__{column.name}"
        if column.name == "id" and ids is not None:
            held["id"] = ids
        else:
            held[column.name] = (
                bundle.arrays[name] if name in bundle.arrays else Texts.found(name, bundle.arrays)
            )
    return Columns(length, held)
