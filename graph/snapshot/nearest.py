"""Nearest: what somebody may have meant who wrote an id that the graph does not have.

Guessed only when little is wrong: a name in place of the key, or a key that differs by few letters. Digits
identify, so of a key of digits at most one may be another. Among 100,000 ids it takes tens of milliseconds:
not for an event loop. It goes in steps between which other threads have their turn.
"""

from typing import Any, cast

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from graph.deadline import checkpoint
from graph.errors import NotFound
from graph.kinds import kind_of
from graph.snapshot.snapshot import Snapshot

MOST = 3
"""Guesses that are told."""
LETTERS = 5
"""Letters of a key for each of which one may be wrong."""
LONGEST = 60
"""Characters of a wrong id that a message repeats."""
STEP = 2_000
"""Ids that are looked through at once: all other threads wait for about a millisecond."""


class Missing(NotFound):
    """An argument names what is not there; its text does not say yet what may be meant."""

    def __init__(self, snapshot: Snapshot, id: str, argument: str) -> None:
        where = "图中" if snapshot.left_out is None else "真实数据（虚构样例已略去）中"
        super().__init__(f"{argument}：{where}没有“{id[:LONGEST]}”", argument)
        self._snapshot, self.id = snapshot, id

    def asked_back(self) -> str:
        """The whole message, with the nearest ids: these are looked for now."""
        return f"{self}{meant(self._snapshot, self.id)}"


def nearest(snapshot: Snapshot, id: str) -> list[str]:
    """Ids of the same kind that may be meant by one that is not there, the likeliest first, at most three.

    Distance: optimal string alignment (a letter less, more, other, or two swapped count as one).
    """
    kind = kind_of(id)
    if kind is None or kind.label not in snapshot.nodes or len(id) > 2 * LONGEST:
        return []
    table, key = snapshot.nodes[kind.label], id.partition(":")[2]
    if "name" in table.arrays and len(named := np.flatnonzero(table["name"] == key)):
        return [snapshot.id_of(table.first + place) for place in named[:MOST].tolist()]
    wrong = 1 if any(map(str.isdigit, key)) else max(len(key) // LETTERS, 1)
    distance = cast("Any", OSA.distance)  # whole numbers, where the library's types expect floats
    found = list[tuple[str, int]]()
    for begin in range(0, len(table), STEP):
        checkpoint()
        some: list[str] = table["id"][begin : begin + STEP].tolist()
        near = process.extract(id, some, scorer=distance, score_cutoff=wrong, limit=MOST)
        found += [(one, int(score)) for one, score, _ in near]
    return [near for near, _ in sorted(found, key=lambda one: one[1])[:MOST]]


def meant(snapshot: Snapshot, id: str) -> str:
    """Ask back with the nearest ids and their names, as the end of a sentence; empty when none is near."""
    ids = nearest(snapshot, id)
    return f"；是否应为 {'、'.join(f'{one}（{_name(snapshot, one)}）' for one in ids)}？" if ids else ""


def missing(snapshot: Snapshot, id: str, argument: str) -> NotFound:
    """The error of an argument that names what is not there, with what may be meant."""
    return NotFound(Missing(snapshot, id, argument).asked_back(), argument)


def _name(snapshot: Snapshot, id: str) -> str:
    return snapshot.name_of(snapshot.row_of(id))
