"""Nearest: what somebody may have meant who wrote an id that the graph does not have.

Guessed only when little is wrong: a name in place of the key, or a key that differs by few letters. Digits
identify, so of a key of digits at most one may be another.
"""

from collections.abc import Iterable
from typing import Any, cast

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from graph.errors import NotFound
from graph.kinds import kind_of
from graph.snapshot.snapshot import Snapshot

MOST = 3
"""Guesses that are told."""
LETTERS = 5
"""Letters of a key for each of which one may be wrong."""
LONGEST = 60
"""Characters of a wrong id that a message repeats."""


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
    ids: Iterable[str] = table["id"].tolist()
    distance = cast("Any", OSA.distance)  # whole numbers, where the library's types expect floats
    found = process.extract(id, ids, scorer=distance, score_cutoff=wrong, limit=MOST)
    return [near for near, *_ in found]


def meant(snapshot: Snapshot, id: str) -> str:
    """Ask back with the nearest ids and their names, as the end of a sentence; empty when none is near."""
    ids = nearest(snapshot, id)
    return f"；是否应为 {'、'.join(f'{one}（{_name(snapshot, one)}）' for one in ids)}？" if ids else ""


def missing(snapshot: Snapshot, id: str, argument: str) -> NotFound:
    """The error of an argument that names what is not there."""
    return NotFound(f"{argument}：图中没有“{id[:LONGEST]}”{meant(snapshot, id)}", argument)


def _name(snapshot: Snapshot, id: str) -> str:
    return snapshot.name_of(snapshot.row_of(id))
