"""What a steward rules: which figure counts, which row is wrong, who is the same; all of it can be undone.

A ruling is one transaction and a `Ruling` node that says who ruled what and why. It stays when it is undone.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, LiteralString

import orjson

from graph.edits.applied_rulings import address
from graph.edits.change import Change, before_of, undoing
from graph.edits.lock import once
from graph.edits.merge import merger
from graph.edits.neighbourhood import hanging, naming
from graph.edits.undo import FORGET
from graph.edits.upsert import NodeRow, RelationRow, merge_nodes, stored_nodes, stored_relations
from graph.errors import BadInput, NotFound
from graph.kinds import NODE_OF, Node, Relation, kind_of
from graph.kinds.entities import Organisation
from graph.kinds.facts import Claim, Ruling
from graph.kinds.terms import RulingAction
from graph.store.store import Row, Statement, Store
from graph.store.versions import versions

SAME_MEASURE = """
MATCH (c:Claim {subject: $subject}) WHERE c.metric = $metric AND c.scope = $scope
AND coalesce(c.product, '') = $product RETURN c {.*} AS claim
"""
PARTS_OF: LiteralString = "MATCH (p:LoadPart {load: $owner}) RETURN p {.*} AS part ORDER BY p.id"
OWNERS: LiteralString = "MATCH (p:LoadPart) RETURN DISTINCT {owner: p.load} AS owner"
APART = """
MATCH (r:Ruling {about: $a, other: $b}) WHERE r.action = 'APART' AND r.undoneOn IS NULL
RETURN {id: r.id} AS ruling
"""
LONGEST_REASON = 1_000


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why a steward rules, and for which body."""

    reason: str
    by: str | None = None
    """A body or a post, never a person's name."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruling that was made, or undone."""

    ruling: str
    """Its id."""
    told: tuple[str, ...]

    def lines(self) -> Sequence[str]:
        """Say what it did, in Chinese."""
        return self.told


async def pin(store: Store, claim: str, grounds: Grounds) -> Ruled:
    """Let one claim count among its rivals, up to the newest year that any of them is of.

    A later year's claim counts again by the rule. Another one of them that was pinned no longer is.
    """
    row = await _node(store, Claim, claim, "claim")
    asked = {name: row.get(name) or "" for name in ("subject", "metric", "scope", "product")}
    others = await store.read(SAME_MEASURE, **asked)
    through = max((o["year"] for o in others if o.get("year")), default=date.today().year)  # noqa: DTZ011 - a year
    pinned = [o for o in others if o.get("pinnedThrough") is not None and o["id"] != claim]
    rows = [NodeRow(claim, {"pinnedThrough": through})]
    rows += [NodeRow(o["id"], {"pinnedThrough": None}) for o in pinned]
    before = {o["id"]: {"pinnedThrough": o.get("pinnedThrough")} for o in (row, *pinned)}
    told = f"已选定 {claim}：与 {through} 年及以前的 {len(others) - 1} 条同口径数值相争时以此为准"
    made = _record(RulingAction.PIN, address("Claim", claim), grounds)
    return await _rule(store, made, [Change(Claim, changed=rows, before=before)], told)


async def correct(store: Store, found: Change, grounds: Grounds) -> Ruled:
    """Write some cells of one row, already checked; `found` has the row's cells, new and as they were."""
    (row,) = found.changed
    made = _record(RulingAction.CORRECT, address(found.kind.label, row.identity), grounds)
    made.values["before"] = _json(found.before[row.identity])
    made.values["after"] = _json(row.values)
    told = f"已更正 {row.identity}：{'、'.join(row.values)}"
    return await _rule(store, made, [found], told)


async def retract_node(store: Store, id: str, grounds: Grounds) -> Ruled:
    """Take a node out, with its relations and the claims about it; refused while rows name it in a column."""
    kind = kind_of(id)
    if kind is None or kind.label not in NODE_OF or kind is Ruling:
        raise BadInput(f"id：“{id[:60]}”不是可撤回的行的标识：应形如 claim:…、org:…", "id")
    row = await _node(store, kind, id, "id")
    if count := await naming(store, kind, id):
        raise BadInput(f"id：还有 {count} 行以 {id} 为来源或产品：请先撤回或更正它们", "id")
    found = await hanging(store, kind, id)
    made = _record(RulingAction.RETRACT, address(kind.label, id), grounds)
    made.values["before"] = _json(row)
    changes = [Change(kind, {id: row}), Change(Claim, found.claims)]
    changes += [Change(relation, rows) for relation, rows in found.relations.items()]
    told = f"已撤回 {id}" + (
        f"，连同关系 {found.count} 条、事实 {len(found.claims)} 条" if found.count or found.claims else ""
    )
    return await _rule(store, made, changes, told)


async def retract_relation(store: Store, kind: type[Relation], row: RelationRow, grounds: Grounds) -> Ruled:
    """Take a relation out."""
    found = await stored_relations(store, kind, [row])
    if row.identity not in found:
        raise NotFound(f"没有这条关系：{kind.label} {row.identity}")
    made = _record(RulingAction.RETRACT, address(kind.label, row.identity), grounds)
    made.values["before"] = _json(found[row.identity])
    return await _rule(store, made, [Change(kind, found)], f"已撤回 {kind.label} {row.identity}")


async def merge(store: Store, drop: str, keep: str, grounds: Grounds) -> Ruled:
    """Let one organisation become another: what is said of it goes over, its id answers as the other's."""
    if drop == keep:
        raise BadInput("drop、keep：是同一个标识", "keep")
    going = await _node(store, Organisation, drop, "drop")
    staying = await _node(store, Organisation, keep, "keep")
    for pair in ((drop, keep), (keep, drop)):
        if said := await store.read(APART, a=pair[0], b=pair[1]):
            raise BadInput(f"已裁定两者不是同一主体：请先撤销 {said[0]['id']}", "drop")
    plan = merger(going, staying, *[await hanging(store, Organisation, id) for id in (drop, keep)])
    made = _record(RulingAction.MERGE, drop, grounds, keep)
    made.values["before"] = _json(going)
    told = f"{drop} 已并入 {keep}：转移关系 {plan.moved} 条、事实 {plan.claims} 条"
    left = f"；{plan.left} 条因保留方已有而未转移，留在裁定记录中" if plan.left else ""
    return await _rule(store, made, plan.changes, told + left)


async def set_apart(store: Store, a: str, b: str, grounds: Grounds) -> Ruled:
    """Say that two organisations are not the same: they are no longer proposed."""
    if a == b:
        raise BadInput("a、b：是同一个标识", "b")
    for id, argument in ((a, "a"), (b, "b")):
        await _node(store, Organisation, id, argument)
    one, other = sorted((a, b))
    made = _record(RulingAction.APART, one, grounds, other)
    return await _rule(store, made, [], f"已裁定 {one} 与 {other} 不是同一主体")


async def undo_ruling(store: Store, ruling: str) -> Ruled:
    """Take a ruling back: rows are as they were before it; refused after later changes to the same rows."""
    row = await _node(store, Ruling, ruling, "ruling")
    if row.get("undoneOn") is not None:
        raise BadInput(f"{ruling} 已经撤销", "ruling")
    parts = await store.read(PARTS_OF, owner=ruling)
    await _untouched_since(store, ruling, parts)
    statements = [statement for part in parts for statement in undoing(part)]
    forgotten = [Statement(FORGET, {"id": part["id"]}) for part in parts]
    undone = merge_nodes(Ruling, [NodeRow(ruling, {"undoneOn": date.today()})])  # noqa: DTZ011 - a day
    await store.write(once(await versions(store)), *statements, *forgotten, *undone)
    return Ruled(ruling, (f"已撤销裁定 {ruling}：恢复 {sum(len(before_of(p)) for p in parts)} 行",))


def when(owner: str) -> str:
    """Tell by the id of a load or a ruling when it was, such that later ones sort later.

    >>> when("load:20260102t030405-ab12cd") < when("ruling:20260102t030405123456-00ff00")
    True
    """
    return owner.partition(":")[2]


async def _untouched_since(store: Store, ruling: str, parts: Sequence[Row]) -> None:
    """Make sure that no later load or ruling changed the same rows."""
    ours = {place for part in parts for place in _places(part)}
    owners = (row["owner"] for row in await store.read(OWNERS))
    for owner in sorted(o for o in owners if when(o) > when(ruling)):
        later = await store.read(PARTS_OF, owner=owner)
        if any(place in ours for part in later for place in _places(part)):
            raise BadInput(f"之后的 {owner} 改动了同样的行：请先撤销它", "ruling")


def _places(part: Row) -> set[tuple[str, str]]:
    return {(part["table"], identity) for identity in (*part["new"], *before_of(part))}


def _record(action: RulingAction, about: str, grounds: Grounds, other: str | None = None) -> NodeRow:
    reason = grounds.reason.strip()
    if not reason:
        raise BadInput("reason：不能为空：请写明理由和依据", "reason")
    if len(reason) > LONGEST_REASON:
        raise BadInput(f"reason：{len(reason)} 字，最多 {LONGEST_REASON} 字", "reason")
    now = datetime.now(UTC)
    id = f"ruling:{now:%Y%m%dt%H%M%S%f}-{secrets.token_hex(3)}"
    values: dict[str, Any] = {"action": action.value, "about": about, "reason": reason, "ruledOn": now.date()}
    given = {"other": other, "by": (grounds.by or "").strip() or None}
    return NodeRow(id, values | {name: value for name, value in given.items() if value})


async def _rule(store: Store, made: NodeRow, changes: Sequence[Change], told: str) -> Ruled:
    done = [s for number, change in enumerate(changes, 1) for s in change.statements(made.id, number)]
    await store.write(once(await versions(store)), *done, *merge_nodes(Ruling, [made]))
    return Ruled(made.id, (told, f"裁定 {made.id}：{made.values['reason']}"))


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
