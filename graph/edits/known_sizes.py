"""What the store holds of the size of figures: the greatest of each sort, and the turnover of sellers."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import LiteralString

from graph.kinds import Node, Relation
from graph.kinds.metrics import Metric
from graph.store.store import Store

SUPPLIED = """
MATCH (:Organisation)-[r:SUPPLIES]->(:Organisation) WHERE r.value > 0
WITH r.product AS sort, max(r.value) AS most, count(r) AS number
RETURN {sort: sort, most: most, number: number} AS found
"""
NEEDED = """
MATCH (:Organisation)-[r:NEEDS]->(p:Product) WHERE r.value > 0
WITH p.id AS sort, max(r.value) AS most, count(r) AS number
RETURN {sort: sort, most: most, number: number} AS found
"""
CLAIMED = """
MATCH (c:Claim) WHERE c.value > 0
WITH c.metric + ' ' + split(c.subject, ':')[0] AS sort, max(c.value) AS most, count(c) AS number
RETURN {sort: sort, most: most, number: number} AS found
"""
TURNOVER = """
UNWIND $subjects AS subject
MATCH (c:Claim {subject: subject}) WHERE c.metric IN $metrics
WITH subject, max(c.value) AS most
RETURN {id: subject, most: most} AS found
"""
TURNOVERS = (Metric.REVENUE, Metric.OUTPUT_VALUE)
"""What tells how much an organisation may have sold."""
_READ: dict[str, LiteralString] = {"SUPPLIES": SUPPLIED, "NEEDS": NEEDED, "Claim": CLAIMED}


@dataclass(frozen=True, slots=True)
class Greatest:
    """The greatest figure of a sort, and how many there are."""

    value: float
    number: int


async def greatest_of(store: Store, kind: type[Node | Relation]) -> dict[str, Greatest]:
    """Find the greatest figure of each sort, whatever its year; nothing for kinds that are not compared.

    Supplies and needs (yuan a year) are sorted by product ('' where none is named); claims, in the unit of
    their metric, by metric and kind of subject (`REVENUE org`).
    """
    cypher = _READ.get(kind.label)
    rows = await store.read(cypher) if cypher else []
    return {row["sort"] or "": Greatest(row["most"], row["number"]) for row in rows}


async def turnovers(store: Store, organisations: Iterable[str]) -> dict[str, float]:
    """Find the greatest revenue or output (yuan a year) that is known of organisations, whatever its year."""
    metrics = [metric.value for metric in TURNOVERS]
    rows = await store.read(TURNOVER, subjects=list(organisations), metrics=metrics)
    return {row["id"]: row["most"] for row in rows}
