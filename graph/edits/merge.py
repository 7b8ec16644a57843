"""Two organisations become one: what moves from the one that goes to the one that stays."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.edits.change import AnyRow, Change
from graph.edits.neighbourhood import Hanging
from graph.edits.upsert import NodeRow, RelationRow
from graph.kinds.claim_rules import claim_id
from graph.kinds.entities import Organisation
from graph.kinds.facts import Claim
from graph.kinds.relations import Many, Relation
from graph.store.store import Row

_OWN = ("id", "name", "aliases", "synthetic", "form")
"""Cells that the one that stays keeps as they are, or gets in a way of their own."""


@dataclass(slots=True)
class Merger:
    """What a merger changes, kind by kind, and what it leaves behind."""

    changes: list[Change] = field(default_factory=list[Change])
    moved: int = 0
    """Relations that go over."""
    claims: int = 0
    """Claims that go over."""
    left: int = 0
    """Relations and claims that stay with the ruling, because the one that stays has its own."""


def merger(drop: Row, keep: Row, dropped: Hanging, kept: Hanging) -> Merger:
    """Plan a merger of two organisations, given as they are stored.

    Relations and claims go over unless the one that stays has the same; of what there is one at a time (where
    it is) its own counts. Blank cells are filled; the name that goes becomes an alias.
    """
    made = Merger([_organisation(drop, keep)])
    for kind, rows in dropped.relations.items():
        made.changes.append(_relations(kind, rows, (drop["id"], keep["id"]), kept, made))
    made.changes.append(_claims(dropped, kept, keep["id"], made))
    return made


def _organisation(drop: Row, keep: Row) -> Change:
    names = [drop["name"], *(drop.get("aliases") or ())]
    aliases = list(keep.get("aliases") or ())
    aliases += [n for n in dict.fromkeys(names) if n != keep["name"] and n not in aliases]
    blank = {k: v for k, v in drop.items() if k not in _OWN and v is not None and keep.get(k) is None}
    cells = blank | ({"aliases": aliases} if aliases != list(keep.get("aliases") or ()) else {})
    before = {keep["id"]: {name: keep.get(name) for name in cells}} if cells else {}
    changed: list[AnyRow] = [NodeRow(keep["id"], cells)] if cells else []
    return Change(Organisation, {drop["id"]: drop}, changed=changed, before=before)


def _relations(
    kind: type[Relation], rows: dict[str, Row], ids: tuple[str, str], kept: Hanging, made: Merger
) -> Change:
    drop, keep = ids
    own = kept.relations.get(kind, {})
    change = Change(kind, dict(rows))
    for identity, cells in rows.items():
        start, end, key = identity.split(" ", 2)
        start, end = (keep if id == drop else id for id in (start, end))
        row = RelationRow(start, end, key, cells)
        if row.start == row.end or row.identity in own or _has_its_own(kind, row, own, keep):
            made.left += 1
        else:
            change.new.append(row)
            made.moved += 1
    return change


def _has_its_own(kind: type[Relation], row: RelationRow, own: dict[str, Row], keep: str) -> bool:
    """Whether there can be one at a time, or one between two nodes, and there is one."""
    if kind.newest_by is not None:
        return False
    ends = [tuple(identity.split(" ", 2)[:2]) for identity in own]
    single = kind.forward.many is Many.ONE and row.start == keep
    return (row.start, row.end) in ends or (single and any(start == keep for start, _ in ends))


def _claims(dropped: Hanging, kept: Hanging, keep: str, made: Merger) -> Change:
    change = Change(Claim, dict(dropped.claims))
    for row in _renamed(dropped.claims, keep):
        if row.id in kept.claims:
            made.left += 1
        else:
            change.new.append(row)
            made.claims += 1
    return change


def _renamed(claims: dict[str, Row], keep: str) -> Iterator[NodeRow]:
    for cells in claims.values():
        about = {name: value for name, value in cells.items() if name != "id"} | {"subject": keep}
        yield NodeRow(claim_id(about), about)
