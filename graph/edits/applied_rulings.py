"""What stewards have ruled, as a load must heed it: former ids, rows retracted, cells corrected."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, LiteralString

import orjson

from graph.edits.ledger_items import LINKS
from graph.kinds import kind_of
from graph.kinds.terms import RulingAction
from graph.snapshot.former_ids import successors
from graph.store.store import Row, Store

ACTIVE = """
MATCH (r:Ruling) WHERE r.undoneOn IS NULL AND r.action IN $actions RETURN r {.*} AS ruling ORDER BY r.id
"""
FORMER_CODES = "MATCH (r:Region) RETURN {id: r.id, codes: r.formerCodes} AS region"
RECORD: LiteralString = """
MATCH (e:LedgerEntry) WHERE e.before IS NOT NULL OR e.after IS NOT NULL
RETURN e {.id, .about, .version, .reason, .before, .after} AS entry ORDER BY e.about, e.version
"""
_HEEDED: Final = [RulingAction.MERGE.value, RulingAction.RETRACT.value, RulingAction.CORRECT.value]


@dataclass(frozen=True, slots=True)
class Rulings:
    """The rulings in force, by the row they are about (`LABEL identity`)."""

    former: Mapping[str, str] = field(default_factory=dict[str, str])
    """Former ids, of merged organisations and of regions, and the ids that stand for them now."""
    retracted: Mapping[str, Row] = field(default_factory=dict[str, Row])
    corrected: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])
    """The cells that a steward has set."""

    def now(self, id: str) -> str:
        """Give the id that stands for an id now."""
        return self.former.get(id, id)


def address(label: str, identity: str) -> str:
    """Write which row of the graph is meant, as a ruling keeps it.

    >>> address("Claim", "claim:01"), address("OWNS", "org:a org:b -")
    ('Claim claim:01', 'OWNS org:a org:b -')
    """
    return f"{label} {identity}"


async def rulings_in_force(store: Store) -> Rulings:
    """Read the rulings that a load must heed."""
    active = await store.read(ACTIVE, actions=_HEEDED)
    regions = await store.read(FORMER_CODES)
    codes = ((f"region:{code}", row["id"]) for row in regions for code in row["codes"] or ())
    merged = ((row["about"], row["other"]) for row in active if row["action"] == RulingAction.MERGE)
    former = successors(codes, merged)
    retracted: dict[str, Row] = {}
    corrected: dict[str, dict[str, Any]] = {}
    for row in active:
        place = " ".join(former.get(part, part) for part in row["about"].split(" "))
        if row["action"] == RulingAction.RETRACT:
            retracted[place] = row
        elif row["action"] == RulingAction.CORRECT:
            corrected.setdefault(place, {}).update(orjson.loads(row["after"] or "{}"))
    async for entry in store.stream(RECORD):
        _heed_entry(entry, retracted, corrected)
    return Rulings(former, retracted, corrected)


def _heed_entry(entry: Row, retracted: dict[str, Row], corrected: dict[str, dict[str, Any]]) -> None:
    """Let a load heed what the record of a ledger says: its cells stay, relations that it took away too."""
    kind = kind_of(entry["about"])
    if kind is None:
        return
    before, after = (orjson.loads(entry.get(name) or "{}") for name in ("before", "after"))
    for name in {**before, **after}:
        if name not in LINKS:
            cells = corrected.setdefault(address(kind.label, entry["about"]), {})
            cells[name] = after.get(name)
            continue
        link = LINKS[name]
        for other in before.get(name, ()):
            retracted[address(link.relation, link.row(entry["about"], other).identity)] = entry
        for other in after.get(name, ()):
            retracted.pop(address(link.relation, link.row(entry["about"], other).identity), None)
