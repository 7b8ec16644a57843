"""The year rules: what exists and holds in a year, and which of several yearly rows counts."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from graph.snapshot.csr import Ints
from graph.snapshot.table import MISSING, EdgeTable, NodeTable, Table

type Mask = NDArray[np.bool_]

MAX_AGE = 3
"""Years after which a flow's figure is stale."""
THIN = 10
"""A year with less than one row for each so many of the fullest year is too thin to be the default."""
YEAR_RULE = "供应与指标合计，行数不少于最多一年的十分之一的最新一年"
"""What `default_year` does, for people."""


class Tables(Protocol):
    """What the year rules need of a snapshot."""

    @property
    def nodes(self) -> Mapping[str, NodeTable]:
        """The nodes of each kind."""
        ...

    @property
    def relations(self) -> Mapping[str, EdgeTable]:
        """The relations of each label."""
        ...

    def remember[T](self, key: Hashable, make: Callable[[], T], *, sort: str = "answers") -> T:
        """Keep a result that belongs to the snapshot, with others of its sort."""
        ...


def year_rows(claims: NodeTable, flows: EdgeTable) -> Mapping[int, int]:
    """Count the claims and supply flows of each year, by year ascending; rows without a year are left out."""
    years = np.concatenate([claims["year"], flows["year"]])
    found, rows = np.unique(years[years != MISSING], return_counts=True)
    return dict(zip(found.tolist(), rows.tolist(), strict=True))


def default_year(rows: Mapping[int, int]) -> int | None:
    """Choose the year of questions that name none: the newest with a tenth as many rows as the fullest year.

    One mistyped year can't be it once the fullest year has more than ten rows. `rows` are those of
    `year_rows`; None when no row has a year. The demo has 3,034 to 3,399 rows in each year from 2021 to 2025.

    >>> default_year({2023: 3327, 2024: 3361, 2025: 3399, 2042: 1})
    2025
    >>> default_year({2024: 3361, 2025: 336}), default_year({2024: 3361, 2025: 337})
    (2024, 2025)
    >>> default_year({2023: 1, 2025: 1}), default_year({})
    (2025, None)
    """
    fullest = max(rows.values(), default=0)
    return max((year for year, count in rows.items() if count * THIN >= fullest), default=None)


def valid_in(table: EdgeTable, year: int, places: Ints | None = None) -> Mask:
    """Which relations hold on 31 December of a year: of all, or of those at some places."""
    return _within(table, *table.kind.lifetime, year, places)


def alive(table: NodeTable, year: int, places: Ints | None = None) -> Mask:
    """Which nodes exist on 31 December of a year: of all, or of those at some places."""
    return _within(table, *table.kind.lifetime, year, places)


def both_alive(tables: Tables, edges: EdgeTable, year: int) -> Mask:
    """Which relations join nodes that both exist on 31 December of a year."""
    living = np.concatenate([alive(table, year) for table in tables.nodes.values()])
    return living[edges.start] & living[edges.end]


def newest(tables: Tables, label: str, year: int) -> tuple[Ints, NDArray[np.intp]]:
    """Choose, between the same nodes (and product, or origin), the relation that counts in a year.

    The newest year not after the one asked, undated ones last; then what is real before what is invented, the
    better source (A before B before C), the later published, the smaller id. Returns the places of all
    candidates, and where among them the groups begin; the chosen one of a group comes first.
    """
    edges = tables.relations[label]
    usable = valid_in(edges, year) & both_alive(tables, edges, year) & (edges["year"] <= year)
    return best_first(tables, edges, np.flatnonzero(usable).astype(np.int32), year)


def best_first(tables: Tables, edges: EdgeTable, places: Ints, year: int) -> tuple[Ints, NDArray[np.intp]]:
    """Order yearly relations (ascending places) as `newest` does, and tell where their groups begin."""
    same = np.ones(len(places), np.bool_)
    for name in ("from", "to", *(edges.kind.newest_by or ())):
        column = edges[name][places]
        same[1:] &= column[1:] == column[:-1]
    same[:1] = False
    begins = np.flatnonzero(~same)
    if len(begins) == len(places):
        return places, begins
    age = year - edges["year"][places].astype(np.int64)
    rank = source_rank(tables, edges["source"][places])
    return places[np.lexsort((rank, _made_up(tables, edges, places), age, np.cumsum(~same)))], begins


def _made_up(tables: Tables, edges: EdgeTable, places: Ints) -> Mask:
    """Which of several relations between the same nodes are invented (`graph.snapshot.invented`).

    They share their ends and product, so that only their own mark and that of their source tell them apart.
    """
    sources, source = tables.nodes["Source"], edges["source"][places]
    marked = np.append(sources["synthetic"] == 1, np.False_)
    by_source = marked[np.where(source < 0, len(sources), source - sources.first)]
    return by_source | (edges["synthetic"][places] == 1) if "synthetic" in edges.arrays else by_source


def counted(tables: Tables, label: str, year: int) -> tuple[Ints, Mask]:
    """List the relations that count in a year (as `newest` does), and tell whose figures are not too old."""
    places, begins = newest(tables, label, year)
    chosen = places[begins]
    at = tables.relations[label]["year"][chosen].astype(np.int64)
    return chosen, (at == MISSING) | (year - at <= MAX_AGE)


def source_rank(tables: Tables, rows: Ints) -> Ints:
    """Rank sources: the better grade, then the later published, then the smaller id; unknown ones last."""
    sources = tables.nodes["Source"]
    rank = tables.remember("source rank", lambda: _source_rank(sources))
    return rank[np.where(rows < 0, len(sources), rows - sources.first)]


def _source_rank(sources: NodeTable) -> Ints:
    order = np.lexsort((-days(sources["publishedOn"]), _last(sources["grade"])))
    rank = np.empty(len(sources) + 1, np.int32)
    rank[order] = np.arange(len(sources), dtype=np.int32)
    rank[-1] = len(sources)
    return rank


def days(dates: NDArray[Any]) -> NDArray[np.int64]:
    """Turn dates into numbers of days; an unknown one comes before all others."""
    return np.where(np.isnat(dates), np.int64(-(10**9)), dates.astype(np.int64))


def _within(
    table: Table, since: str | None, until: str | None, year: int, places: Ints | None = None
) -> Mask:
    held = np.ones(len(table) if places is None else len(places), np.bool_)
    for name, begins in ((since, True), (until, False)):
        if name is not None:
            column = table[name] if places is None else table[name][places]
            dated = column.dtype.kind == "M"
            at = np.datetime64(f"{year:04}-12-31") if dated else np.int32(year)
            unknown = np.isnat(column) if dated else column == MISSING
            held &= unknown | ((column <= at) if begins else (column > at))
    return held


def _last(codes: NDArray[np.int16]) -> NDArray[np.int16]:
    """Put the unknown behind all others."""
    return np.where(codes < 0, np.int16(np.iinfo(np.int16).max), codes)
