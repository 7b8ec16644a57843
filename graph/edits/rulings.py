"""What a steward rules: which figure counts, which row is wrong, who is the same; all of it can be undone.

A ruling is one transaction and a `Ruling` node that says who ruled what and why. It stays when it is undone.
Each kind of ruling is a class that says what is asked and plans what it changes; `rule` makes it.
"""

import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Protocol

import orjson

from graph.edits.applied_rulings import address
from graph.edits.change import AnyRow, Change, Journal, written
from graph.edits.lock import alone, once
from graph.edits.merge import merger
from graph.edits.neighbourhood import Place, hanging, naming, row_at
from graph.edits.upsert import NodeRow, RelationRow, stored_nodes, stored_relations
from graph.errors import BadInput, NotFound
from graph.kinds import NODE_OF, Node, Relation, kind_of
from graph.kinds.entities import Organisation
from graph.kinds.facts import Claim, Ruling
from graph.kinds.ledgers import LedgerEntry
from graph.kinds.stages import BY_LABEL
from graph.kinds.terms import RulingAction
from graph.store.store import Row, Store
from graph.store.versions import versions

SAME_MEASURE = """
MATCH (c:Claim {subject: $subject}) WHERE c.metric = $metric AND c.scope = $scope
AND coalesce(c.product, '') = $product RETURN c {.*} AS claim
"""
APART = """
MATCH (r:Ruling {about: $a, other: $b}) WHERE r.action = 'APART' AND r.undoneOn IS NULL
RETURN {id: r.id} AS ruling
"""
LONGEST_REASON = 1_000

type Check = Callable[[Store, type[Node | Relation], AnyRow, Mapping[str, str]], Awaitable[Change]]
"""Checks new cells of a stored row, given as a table would, and returns what they change."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why a steward rules, and for which body."""

    reason: str
    by: str | None = None
    """A body or a post, never a person's name."""

    def cells(self, reason: str = "reason", by: str = "by") -> Row:
        """What a record keeps of them, by column; raises BadInput without a reason, and for one too long."""
        why, whose = self.reason.strip(), (self.by or "").strip()
        if not why:
            raise BadInput("reason：不能为空：请写明理由和依据", "reason")
        if len(why) > LONGEST_REASON:
            raise BadInput(f"reason：{len(why)} 字，最多 {LONGEST_REASON} 字", "reason")
        return {reason: why, by: whose} if whose else {reason: why}


@dataclass(frozen=True, slots=True)
class Plan:
    """What a ruling would do."""

    action: RulingAction
    about: str
    """The row of the graph, as `address` writes it."""
    words: str
    """What it does, in Chinese."""
    changes: Sequence[Change] = ()
    more: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """Further cells of its record: `other`, `before`, `after`."""


class Asked(Protocol):
    """A ruling that a steward asks for."""

    async def plan(self, store: Store, check: Check) -> Plan:
        """Find what it would change; raises BadInput and NotFound when it can't be made."""
        ...


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruling that was made."""

    ruling: str
    """Its id."""
    told: tuple[str, ...]
    write: int = 0
    """The number of its transaction: a snapshot with as many writes, or more, shows it."""

    def lines(self) -> Sequence[str]:
        """Say what it did, in Chinese."""
        return self.told


async def rule(store: Store, asked: Asked, grounds: Grounds, check: Check) -> Ruled:
    """Make a ruling, wholly or not at all.

    Raises BadInput and NotFound, and StoreConflict when someone else writes or has just written.
    """
    why = grounds.cells()
    seen = await versions(store)
    alone(seen)
    plan = await asked.plan(store, check)
    now = datetime.now(UTC)
    id = f"ruling:{now:%Y%m%dt%H%M%S%f}-{secrets.token_hex(3)}"
    said = {"action": plan.action.value, "about": plan.about, "ruledOn": now.date()}
    record = Change(Ruling, new=[NodeRow(id, {**said, **why, **plan.more})])
    steps = Journal().steps(*plan.changes, record)
    await store.write(once(seen, steps), *written(id, plan.changes), *record.statements())
    return Ruled(id, (plan.words, f"裁定 {id}：{why['reason']}"), seen.writes + 1)


@dataclass(frozen=True, slots=True)
class Pin:
    """One claim counts among its rivals, up to the newest year that any of them is of.

    A later year's claim counts again by the rule. Another one of them that was pinned no longer is.
    """

    claim: str

    async def plan(self, store: Store, check: Check) -> Plan:  # noqa: ARG002 - as asked of every ruling
        """Move the pin to the claim."""
        row = await _node(store, Claim, self.claim, "claim")
        asked = {name: row.get(name) or "" for name in ("subject", "metric", "scope", "product")}
        others = await store.read(SAME_MEASURE, **asked)
        through = max((o["year"] for o in others if o.get("year")), default=date.today().year)  # noqa: DTZ011 - a year
        pinned = [o for o in others if o.get("pinnedThrough") is not None and o["id"] != self.claim]
        rows: list[AnyRow] = [NodeRow(self.claim, {"pinnedThrough": through})]
        rows += [NodeRow(o["id"], {"pinnedThrough": None}) for o in pinned]
        before = {o["id"]: {"pinnedThrough": o.get("pinnedThrough")} for o in (row, *pinned)}
        words = f"已选定 {self.claim}：与 {through} 年及以前的 {len(others) - 1} 条同口径数值相争时以此为准"
        changes = [Change(Claim, changed=rows, before=before)]
        return Plan(RulingAction.PIN, address("Claim", self.claim), words, changes)


@dataclass(frozen=True, slots=True)
class Correct:
    """Some cells of one row are written anew."""

    place: Place
    cells: Mapping[str, str]
    """By column, as a table would hold them; an empty text makes a cell unknown."""

    async def plan(self, store: Store, check: Check) -> Plan:
        """Check the cells as a load would."""
        kind, row = await row_at(store, self.place)
        if kind.label in BY_LABEL or kind is LedgerEntry:
            told = f"row：{row.identity} 是台账事项，不能更正：请用 change{kind.label}、move{kind.label}"
            raise BadInput(told, "row")
        found = await check(store, kind, row, self.cells)
        (changed,) = found.changed
        words = f"已更正 {row.identity}：{'、'.join(changed.values)}"
        more = {"before": _json(found.before[row.identity]), "after": _json(changed.values)}
        return Plan(RulingAction.CORRECT, address(kind.label, row.identity), words, [found], more)


@dataclass(frozen=True, slots=True)
class Retract:
    """A row is taken out; a node with its relations and the claims about it."""

    place: Place

    async def plan(self, store: Store, check: Check) -> Plan:  # noqa: ARG002 - as asked of every ruling
        """Take it out, unless it is a node that rows name in a column."""
        kind, row = await row_at(store, self.place)
        if issubclass(kind, Relation) and isinstance(row, RelationRow):
            return await _retracted_relation(store, kind, row)
        return await _retracted_node(store, row.identity)


@dataclass(frozen=True, slots=True)
class Merge:
    """One organisation becomes another: what is said of it goes over, its id answers as the other's."""

    drop: str
    keep: str

    async def plan(self, store: Store, check: Check) -> Plan:  # noqa: ARG002 - as asked of every ruling
        """Move what can move."""
        drop, keep = self.drop, self.keep
        if drop == keep:
            raise BadInput("drop、keep：是同一个标识", "keep")
        going = await _node(store, Organisation, drop, "drop")
        staying = await _node(store, Organisation, keep, "keep")
        for pair in ((drop, keep), (keep, drop)):
            if said := await store.read(APART, a=pair[0], b=pair[1]):
                raise BadInput(f"已裁定两者不是同一主体：请先撤销 {said[0]['id']}", "drop")
        plan = merger(going, staying, *[await hanging(store, Organisation, id) for id in (drop, keep)])
        words = f"{drop} 已并入 {keep}：转移关系 {plan.moved} 条、事实 {plan.claims} 条"
        words += f"；{plan.left} 条因保留方已有而未转移，留在裁定记录中" if plan.left else ""
        more = {"other": keep, "before": _json(going)}
        return Plan(RulingAction.MERGE, drop, words, plan.changes, more)


@dataclass(frozen=True, slots=True)
class SetApart:
    """Two organisations are not the same: they are no longer proposed."""

    a: str
    b: str

    async def plan(self, store: Store, check: Check) -> Plan:  # noqa: ARG002 - as asked of every ruling
        """Change no row."""
        if self.a == self.b:
            raise BadInput("a、b：是同一个标识", "b")
        for id, argument in ((self.a, "a"), (self.b, "b")):
            await _node(store, Organisation, id, argument)
        one, other = sorted((self.a, self.b))
        return Plan(RulingAction.APART, one, f"已裁定 {one} 与 {other} 不是同一主体", more={"other": other})


async def _retracted_node(store: Store, id: str) -> Plan:
    kind = kind_of(id)
    if kind is None or kind.label not in NODE_OF or kind in (Ruling, LedgerEntry):
        raise BadInput(f"id：“{id[:60]}”不是可撤回的行的标识：应形如 claim:…、org:…", "id")
    row = await _node(store, kind, id, "id")
    if count := await naming(store, kind, id):
        raise BadInput(f"id：还有 {count} 行以 {id} 为来源或产品：请先撤回或更正它们", "id")
    found = await hanging(store, kind, id)
    changes = [Change(kind, {id: row}), Change(Claim, found.claims)]
    changes += [Change(relation, rows) for relation, rows in found.relations.items()]
    taken = f"，连同关系 {found.count} 条、事实 {len(found.claims)} 条"
    words = f"已撤回 {id}" + (taken if found.count or found.claims else "")
    return Plan(RulingAction.RETRACT, address(kind.label, id), words, changes, {"before": _json(row)})


async def _retracted_relation(store: Store, kind: type[Relation], row: RelationRow) -> Plan:
    found = await stored_relations(store, kind, [row])
    about = address(kind.label, row.identity)
    if row.identity not in found:
        raise NotFound(f"没有这条关系：{about}")
    more = {"before": _json(found[row.identity])}
    return Plan(RulingAction.RETRACT, about, f"已撤回 {about}", [Change(kind, found)], more)


async def _node(store: Store, kind: type[Node], id: str, argument: str) -> Row:
    found = kind_of(id)
    if found is not kind:
        raise BadInput(f"{argument}：“{id[:60]}”应为{kind.words.partition('：')[0]}的标识", argument)
    rows = await stored_nodes(store, kind, [id])
    if id not in rows:
        raise NotFound(f"{argument}：图中没有 {id}")
    return rows[id]


def _json(cells: Mapping[str, Any]) -> str:
    return orjson.dumps(dict(cells), default=str).decode()
