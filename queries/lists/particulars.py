"""Particulars of organisations as lists show them: code, place, capital, products, and who says so."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from graph.kinds.metrics import Metric
from graph.snapshot.claims import Measure, figures
from graph.snapshot.csr import Ints
from graph.snapshot.regions import locations, parents
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import MISSING
from graph.snapshot.years import valid_in
from queries.links import known

YI = 1e8
WAN = 1e4
INVENTED = "是"


def joined(words: Iterable[str]) -> str | None:
    """Join words, each once; None: there are none.

    >>> joined(["甲", "乙", "甲"]), joined([])
    ('甲、乙', None)
    """
    return "、".join(dict.fromkeys(words)) or None


def short(words: str) -> str:
    """Take the word before the explanation.

    >>> short("缺失：本地没有"), short("不详")
    ('缺失', '不详')
    """
    return words.split("：", maxsplit=1)[0]


@dataclass(frozen=True, slots=True, eq=False)
class Particulars:
    """Looks up what is known of single organisations in a year; rows are global."""

    snapshot: Snapshot
    as_of: int

    def code(self, row: int) -> str | None:
        """Tell the credit code."""
        table = self.snapshot.nodes["Organisation"]
        return table["uscc"][row - table.first]

    def place(self, row: int) -> str | None:
        """Tell the region, from the province down; None: unknown."""
        regions, above = self.snapshot.nodes["Region"], parents(self.snapshot, "Region", self.as_of)
        here = int(locations(self.snapshot, self.as_of)[row - self.snapshot.nodes["Organisation"].first])
        names = list[str]()
        while here >= 0 and regions["name"][here] not in names:
            names.insert(0, regions["name"][here])
            here = int(above[here])
        return "".join(names) or None

    def capital(self, row: int) -> tuple[float | None, int | None]:
        """Tell the registered capital in yuan, and the claim (global row) that says so."""
        return self.figure(row, Metric.REGISTERED_CAPITAL)

    def figure(self, row: int, metric: Metric) -> tuple[float | None, int | None]:
        """Tell a figure in the unit of its metric, and the claim (global row) that says so."""
        found = figures(self.snapshot, Measure(metric), self.as_of)
        place = int(np.searchsorted(found.subject, row))
        if place >= len(found) or int(found.subject[place]) != row:
            return None, None
        claims = self.snapshot.nodes["Claim"]
        return known(float(found.value[place])), int(found.claim[place]) + claims.first

    def products(self, row: int) -> list[str]:
        """Name what it makes, each once."""
        edges = self.snapshot.relations["MAKES"]
        return list(dict.fromkeys(self.snapshot.name_of(int(edges.end[n])) for n in self.made(row)))

    def made(self, row: int) -> Ints:
        """Find the places of its MAKES relations that hold in the year."""
        edges = self.snapshot.relations["MAKES"]
        begin, end = np.searchsorted(edges.start, [row, row + 1])
        held = valid_in(edges, self.as_of)[begin:end] & (edges["year"][begin:end] <= self.as_of)
        return (np.flatnonzero(held) + begin).astype(np.int32)

    def sold(self, row: int, product: int) -> Ints:
        """Find the places of its SUPPLIES relations of a product up to the year."""
        edges = self.snapshot.relations["SUPPLIES"]
        begin, end = np.searchsorted(edges.start, [row, row + 1])
        part = slice(int(begin), int(end))
        held = valid_in(edges, self.as_of)[part] & (edges["year"][part] <= self.as_of)
        return (np.flatnonzero(held & (edges["product"][part] == product)) + begin).astype(np.int32)

    def sources(self, relations: Iterable[tuple[str, Ints]], claims: Iterable[int | None]) -> list[int]:
        """List the sources (global rows) of some relations and claims, each once, in order."""
        table, found = self.snapshot.nodes["Claim"], set[int]()
        for label, places in relations:
            found |= set(self.snapshot.relations[label]["source"][places].tolist())
        found |= {int(table["source"][claim - table.first]) for claim in claims if claim is not None}
        return sorted(found - {-1})

    def dated(
        self, sources: Iterable[int], relations: Iterable[tuple[str, Ints]], claims: Iterable[int | None]
    ) -> str | None:
        """Tell the newest publication date of some sources; none: the newest year of the data."""
        table, claimed = self.snapshot.nodes["Source"], self.snapshot.nodes["Claim"]
        days = [str(table["publishedOn"][row - table.first]) for row in sources]
        if told := [day for day in days if day != "NaT"]:
            return max(told)
        years = [int(claimed["year"][claim - claimed.first]) for claim in claims if claim is not None]
        for label, places in relations:
            years += self.snapshot.relations[label]["year"][places].tolist()
        return str(max((year for year in years if year != MISSING), default="")) or None

    def invented(self, row: int, sources: Iterable[int] = ()) -> str | None:
        """Tell whether an organisation or one of the sources is invented."""
        rows = [row, *sources]
        flags = (self.snapshot.table_of(one) for one in rows)
        held = any(table["synthetic"][one - table.first] for one, table in zip(rows, flags, strict=True))
        return INVENTED if held else None
