"""Places: where those that a condition counted are, from the town's own county to abroad."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.kinds.results import result
from graph.kinds.terms import Proximity
from graph.snapshot.csr import Ints
from graph.snapshot.index import NodeIndex, nodes_of
from graph.snapshot.proximity import CODE
from graph.snapshot.snapshot import Snapshot
from queries.standards.measures import Province

WORDS = {
    Proximity.TOWN: "本县",
    Proximity.COUNTY: "本县",
    Proximity.CITY: "省内",
    Proximity.PROVINCE: "省内",
    Proximity.COUNTRY: "省外",
    Proximity.ABROAD: "境外",
    Proximity.UNKNOWN: "所在地不详",
}
"""How proximities to a town are told in a line; the order is that in which they are told."""
NAMED = 5
"""How many of those abroad are named in a line."""


@result("计入的主体中位于某一范围者", "CheckupPlace")
@dataclass(frozen=True, slots=True)
class CountedAt:
    """Those counted that are equally near to the town."""

    proximity: Annotated[Proximity, "离本镇的远近：所知的最小范围；UNKNOWN 为所在地不详"]
    count: Annotated[int, "户数"]
    organisations: Sequence[NodeIndex]


def counted_at(province: Province, town: int, counted: Ints) -> tuple[CountedAt, ...]:
    """Split what was counted (global rows) by how near it is to a town (its place); organisations only."""
    firms = province.firms
    rows = counted[(counted >= firms.first) & (counted < firms.first + len(firms))]
    if not len(rows):
        return ()
    near = province.proximity(town).at(rows - np.int32(firms.first)).farthest
    found = ((word, rows[near == CODE[word]]) for word in Proximity)
    return tuple(CountedAt(word, len(here), nodes_of(here)) for word, here in found if len(here))


def place_of(province: Province, town: int, row: int) -> str:
    """Tell where an organisation (a global row) is, seen from a town (its place), in a word."""
    (found,) = counted_at(province, town, np.array([row], np.int32))
    return WORDS[found.proximity]


def in_words(snapshot: Snapshot, split: Sequence[CountedAt]) -> str:
    """Write how many are where; those abroad by their names.

    `本县 6、省内 1、省外 3、境外 1：某某`.
    """
    total = dict[str, int]()
    for one in split:
        total[WORDS[one.proximity]] = total.get(WORDS[one.proximity], 0) + one.count
    said = [f"{word} {total[word]}" for word in dict.fromkeys(WORDS.values()) if word in total]
    abroad = [row for one in split if one.proximity is Proximity.ABROAD for row in one.organisations]
    if abroad:
        names = "、".join(snapshot.name_of(row) for row in abroad[:NAMED])
        beyond = f"等 {len(abroad)} 户" if len(abroad) > NAMED else ""
        place = next(i for i, part in enumerate(said) if part.startswith("境外"))
        said[place] += f"：{names}{beyond}"
        said.append(said.pop(place))
    return "、".join(said)
