"""Towns in a year: whether they are recognised, and since when anything is on record of them."""

import numpy as np
from numpy.typing import NDArray

from graph.kinds.terms import TownStatus
from graph.snapshot.csr import Ints
from graph.snapshot.purchases import first_dealings
from graph.snapshot.table import MISSING, Array, Table, code
from graph.snapshot.years import Tables

TIES = ("MEMBER_OF", "LEADS")
"""What makes an organisation one of a town's, whenever it held."""
_LAST = np.iinfo(np.int32).max
"""Stands for no year: later than any."""
_CANDIDATE, _RECOGNISED, _WITHDRAWN = (
    code(one) for one in (TownStatus.CANDIDATE, TownStatus.RECOGNISED, TownStatus.WITHDRAWN)
)


def town_status(towns: Table, places: Ints, year: int) -> Array:
    """Tell the status of some towns at the end of a year, as codes of `TownStatus`; -1: unknown.

    By the dates of withdrawal and recognition. Where no day of recognition is known, what is stored holds in
    every year: a candidate was never recognised before; but nobody knows it of a recognised town in years
    before the first known recognition of its level. A withdrawal without a day holds from the recognition on.
    """
    day = np.datetime64(f"{year:04}-12-31")
    withdrawn, recognised = towns["withdrawnOn"][places], towns["recognisedOn"][places]
    stored, undated = towns["status"][places], np.isnat(recognised)
    # A comparison with an unknown day (NaT) is false.
    return np.select(
        [
            withdrawn <= day,
            recognised > day,
            undated & (stored == _CANDIDATE),
            undated & ((stored < 0) | (day < _first_recognitions(towns)[towns["level"][places]])),
            (stored == _WITHDRAWN) & np.isnat(withdrawn),
        ],
        [_WITHDRAWN, _CANDIDATE, _CANDIDATE, -1, _WITHDRAWN],
        _RECOGNISED,
    )


def first_record(tables: Tables, town: int) -> int | None:
    """Find the earliest year that anything is on record of a town (its place); None: nothing has a year.

    A figure of the town or of an organisation that is or was its member or leader, what such an organisation
    sold or bought, or the beginning of its tie to the town. Years of founding and recognition are no records.
    """
    found = int(tables.remember("first records", lambda: _first_records(tables))[town])
    return None if found == _LAST else found


def _first_recognitions(towns: Table) -> NDArray[np.datetime64]:
    """Find the first known recognition of each level (by code); the last, for an unknown level, of any."""
    levels, days = towns["level"], towns["recognisedOn"]
    known = [days[~np.isnat(days) & (levels == level)] for level in range(max(levels.max(initial=0), 0) + 1)]
    known.append(days[~np.isnat(days)])
    never = np.array(["NaT"], "datetime64[D]")
    return np.array([one.min() if len(one) else never[0] for one in known], "datetime64[D]")


def _first_records(tables: Tables) -> Ints:
    """Find the first year on record of every town; _LAST: none."""
    claims, firms, towns = (tables.nodes[kind] for kind in ("Claim", "Organisation", "Town"))
    first = np.full(sum(len(table) for table in tables.nodes.values()), _LAST, np.int32)
    dated = (claims["year"] != MISSING) & (claims["subject"] >= 0)
    np.minimum.at(first, claims["subject"][dated], claims["year"][dated])
    dealt = first[firms.first : firms.first + len(firms)]
    np.minimum(dealt, first_dealings(tables), out=dealt)
    found = first[towns.first : towns.first + len(towns)].copy()
    for label in TIES:
        edges = tables.relations[label]
        since = np.where(edges["since"] == MISSING, _LAST, edges["since"]).astype(np.int32)
        np.minimum.at(found, edges.end - towns.first, np.minimum(since, first[edges.start]))
    found.setflags(write=False)
    return found
