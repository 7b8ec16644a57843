"""Reach: whom a policy is for and when, decided here alone.

A policy reaches who is located in one of its regions or below, and belongs to one of its towns or works in
one of its industries (by the hierarchy of codes). What a policy does not state does not limit it; one that
states nothing at all reaches nobody that could be told.
"""

from collections.abc import Sequence

import numpy as np

from graph.criteria import MEASURES, All, AnyOf, Arguments, Comparison, Leaf, Operator, Rule
from graph.criteria.measures import Argument
from graph.kinds.terms import Term
from graph.snapshot.csr import Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import valid_in

SHOWN = 3
"""How many names a condition of reach writes out."""


class PolicyValidity(Term):
    """政策在所问年份的效力"""  # noqa: D400, D415 - GraphQL shows it

    NOT_YET = "NOT_YET", "尚未施行：当年年末之后才施行"
    IN_FORCE = "IN_FORCE", "施行中：当年至少有一天有效"
    EXPIRED = "EXPIRED", "已失效：当年年初之前已失效"


def validity(snapshot: Snapshot, policy: int, as_of: int) -> PolicyValidity:
    """Tell whether a policy (a global row) is in force on a day of a year, both its dates included.

    It begins on the day that it names, else when it was issued. Benefits are given during a year, not on its
    last day: so not the rule of 31 December.
    """
    table = snapshot.nodes["Policy"]
    place = policy - table.first
    stated, issued, end = (table[name][place] for name in ("validFrom", "issuedOn", "validTo"))
    begin = issued if np.isnat(stated) else stated
    if begin > np.datetime64(f"{as_of:04}-12-31"):
        return PolicyValidity.NOT_YET
    if end < np.datetime64(f"{as_of:04}-01-01"):
        return PolicyValidity.EXPIRED
    return PolicyValidity.IN_FORCE


def reach_rule(snapshot: Snapshot, policy: int, as_of: int) -> Rule | None:
    """Write a policy's reach as a rule on an organisation; None: it states none."""
    regions, towns, industries = (
        targets(snapshot, label, policy, as_of) for label in ("APPLIES_IN", "FAVOURS", "TARGETS")
    )
    where = [_leaf(snapshot, "in_region", "region", regions, "位于适用区域")] if len(regions) else []
    made_for = [_leaf(snapshot, "in_town", "town", towns, "属于支持的专业镇")] if len(towns) else []
    if len(industries):
        made_for.append(_leaf(snapshot, "in_industry", "industry", industries, "从事面向的行业"))
    if len(made_for) > 1:
        made_for = [AnyOf(tuple(made_for), path="reach.for", words="属于支持的专业镇，或从事面向的行业")]
    parts = (*where, *made_for)
    return All(parts, path="reach", words="在政策适用范围内") if parts else None


def reaches_town(snapshot: Snapshot, policy: int, town: int, as_of: int) -> bool:
    """Tell whether a policy is for a town (global rows): named by it, or in its regions if it names none."""
    named = targets(snapshot, "FAVOURS", policy, as_of)
    if len(named):
        return bool((named == town).any())
    regions = {snapshot.id_of(row) for row in targets(snapshot, "APPLIES_IN", policy, as_of).tolist()}
    if not regions:
        return False
    here = targets(snapshot, "LIES_IN", town, as_of).tolist()
    return any(regions & _upwards(snapshot, row, as_of) for row in here)


def targets(snapshot: Snapshot, label: str, start: int, as_of: int) -> Ints:
    """List the ends (global rows) of a node's relations of a label that hold in a year, each once."""
    edges = snapshot.relations[label]
    first, last = np.searchsorted(edges.start, [start, start + 1])
    places = np.arange(first, last, dtype=np.int32)
    return np.unique(edges.end[places][valid_in(edges, as_of, places)])


def _upwards(snapshot: Snapshot, region: int, as_of: int) -> set[str]:
    """Ids of a region and of all that it lies in."""
    found, waiting = set[str](), [region]
    while waiting:
        here = waiting.pop()
        if snapshot.id_of(here) not in found:
            found.add(snapshot.id_of(here))
            waiting += targets(snapshot, "PART_OF", here, as_of).tolist()
    return found


def _leaf(snapshot: Snapshot, name: str, parameter: str, rows: Ints, words: str) -> Leaf:
    ids = tuple(sorted(snapshot.id_of(row) for row in rows.tolist()))
    measure = MEASURES[name]
    given: dict[str, Argument] = {parameter: ids}
    pairs = tuple((p.name, given.get(p.name, _default(p.default))) for p in measure.parameters)
    said = f"{words}：{_names(snapshot, rows)}"
    asked = Comparison(Operator.EQUALS, threshold=True)
    return Leaf(measure, Arguments(pairs), asked, path=f"reach.{parameter}", words=said)


def _default(value: object) -> Argument:
    return value if isinstance(value, int | bool | str | tuple) else None


def _names(snapshot: Snapshot, rows: Sequence[NodeIndex] | Ints) -> str:
    names = [snapshot.name_of(int(row)) for row in rows[:SHOWN]]
    return "、".join(names) + (f"等 {len(rows)} 个" if len(rows) > SHOWN else "")
