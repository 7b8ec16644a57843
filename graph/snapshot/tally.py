"""Tally: how many rows each kind has and a digest of them, kept in the store beside the state they are of.

Whoever reads a state of the store as a whole for the first time keeps its tally; who reads it again compares.
So a file that was damaged, or put back from another day, does not answer as if it were whole. What was found
stays in the store until somebody accepts it, whatever is written meanwhile.
"""

from collections.abc import Mapping, Sequence
from typing import LiteralString

import orjson

from graph.kinds import NODE_OF, RELATION_OF
from graph.snapshot.snapshot import Snapshot, digest
from graph.store.store import Statement, Store

READ: LiteralString = """
OPTIONAL MATCH (m:Meta {id: 'meta'})
RETURN {version: coalesce(m.version, 0), writes: coalesce(m.writes, 0),
        tally: m.tally, damage: m.damage} AS meta
"""
KEEP: LiteralString = """
MATCH (m:Meta {id: 'meta'})
WHERE coalesce(m.version, 0) = $version AND coalesce(m.writes, 0) = $writes AND m.loading IS NULL
SET m.tally = $tally, m.damage = $damage
RETURN {kept: true} AS kept
"""
"""Only while the state is still the same, so that no tally stands beside another state."""
_ROWS = "{words}（{label}）：应有 {before} 行，现有 {now} 行"
_CELLS = "{words}（{label}）：{now} 行中有内容与记下的不同"

type Tally = Mapping[str, Sequence[int | str]]
"""Of each label the number of its rows, and their digest."""


def tally(snapshot: Snapshot) -> Tally:
    """Count the rows of each kind, and hash them."""
    tables = {**snapshot.nodes, **snapshot.relations}
    return {label: (len(table), digest([table])) for label, table in tables.items()}


def differences(before: Tally, now: Tally) -> list[str]:
    """Say which kinds differ: in number, or where all numbers agree in content.

    >>> differences({"Town": [33, "a"], "Claim": [5, "b"]}, {"Town": [0, "c"], "Claim": [5, "d"]})
    ['专业镇（Town）：应有 33 行，现有 0 行']
    >>> differences({"Town": [33, "a"]}, {"Town": [33, "b"]})
    ['专业镇（Town）：33 行中有内容与记下的不同']
    """
    both = [label for label in before if label in now]
    fewer = [label for label in both if before[label][0] != now[label][0]]
    others = [label for label in both if before[label][1] != now[label][1]]
    words, form = {**NODE_OF, **RELATION_OF}, _ROWS if fewer else _CELLS
    return [
        form.format(words=_name(words[label].words), label=label, before=before[label][0], now=now[label][0])
        for label in fewer or others
        if label in words
    ]


async def audited(store: Store, snapshot: Snapshot, *, accept: bool = False) -> list[str]:
    """Compare what was read of a state with what is kept of it, and say what differs; keep it if it is new.

    `accept` takes what is there now for right. Raises StoreError.
    """
    state = (await store.read(READ))[0]
    if (state["version"], state["writes"]) != (snapshot.version, snapshot.writes):
        return _lines(state["damage"])
    of_now = tally(snapshot)
    known = orjson.loads(state["tally"]) if state["tally"] else {}
    same = (known.get("version"), known.get("writes")) == (snapshot.version, snapshot.writes)
    found = [] if accept else _lines(state["damage"])
    if same and not accept:
        found = list(dict.fromkeys([*found, *differences(known["kinds"], of_now)]))
    damage = "\n".join(found) or None
    if same and not accept and damage == state["damage"]:
        return found
    kinds = known["kinds"] if same and not accept else of_now
    kept = orjson.dumps({"version": snapshot.version, "writes": snapshot.writes, "kinds": kinds}).decode()
    given = {"version": snapshot.version, "writes": snapshot.writes, "tally": kept, "damage": damage}
    await store.write(Statement(KEEP, given))
    return found


def _name(words: str) -> str:
    return words.partition("：")[0]


def _lines(text: str | None) -> list[str]:
    return text.split("\n") if text else []
