"""Particulars of organisations as lists show them: code, place, capital, products, and who says so."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from graph.kinds.metrics import Metric
from graph.snapshot.claims import Measure, figures
from graph.snapshot.csr import Ints
from graph.snapshot.makers import makers
from graph.snapshot.purchases import supply_flows
from graph.snapshot.regions import locations, parents
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import MISSING
from graph.snapshot.years import valid_in
from queries.links import known
from queries.provenance import Rows, any_invented

YI = 1e8
WAN = 1e4
INVENTED = "是"
POLICIES = (
    "可享政策",
    "只列已登记、当年施行中的政策措施；按登记的条件判断，以主管部门审核为准，空缺不表示没有",
)
"""What must be known of a list that shows benefits."""


@dataclass(frozen=True, slots=True, eq=False)
class Stated:
    """Who says some things, and of which years."""

    source: Ints
    """Global rows; -1: not stated."""
    year: Ints
    """MISSING: not stated."""


def joined(words: Iterable[str]) -> str | None:
    """Join words, each once; None: there are none.

    >>> joined(["甲", "乙", "甲"]), joined([])
    ('甲、乙', None)
    """
    return "、".join(dict.fromkeys(words)) or None


def in_wan_words(yuan: float) -> str:
    """Write an amount of a year in whole 万元, without making nothing of a little.

    >>> in_wan_words(376_035_000.0), in_wan_words(4_999.0)
    (' 37,604 万元/年', '不足 1 万元/年')
    """
    return "不足 1 万元/年" if yuan < WAN else f" {yuan / WAN:,.0f} 万元/年"


def short(words: str) -> str:
    """Take the word before the explanation.

    >>> short("缺失：本地没有"), short("不详"), short("制造（门类 C）")
    ('缺失', '不详', '制造')
    """
    return words.split("：", maxsplit=1)[0].split("（", maxsplit=1)[0]


@dataclass(frozen=True, slots=True, eq=False)
class Particulars:
    """Looks up what is known of single organisations in a year; rows are global."""

    snapshot: Snapshot
    as_of: int

    def code(self, row: int) -> str | None:
        """The credit code."""
        table = self.snapshot.nodes["Organisation"]
        return table["uscc"][row - table.first]

    def place(self, row: int) -> str | None:
        """The region, from the province down; None: unknown."""
        here = int(locations(self.snapshot, self.as_of)[row - self.snapshot.nodes["Organisation"].first])
        return self.region(here + self.snapshot.nodes["Region"].first) if here >= 0 else None

    def region(self, row: int) -> str | None:
        """Name a region (a global row) from the province down."""
        regions, above = self.snapshot.nodes["Region"], parents(self.snapshot, "Region", self.as_of)
        names, here = list[str](), row - regions.first
        while here >= 0 and regions["name"][here] not in names:
            names.insert(0, regions["name"][here])
            here = int(above[here])
        return "".join(names) or None

    def capital(self, row: int) -> tuple[float | None, int | None]:
        """The registered capital in yuan, and the claim (global row) that says so."""
        return self.figure(row, Metric.REGISTERED_CAPITAL)

    def figure(self, row: int, metric: Metric) -> tuple[float | None, int | None]:
        """A figure in the unit of its metric, and the claim (global row) that says so."""
        found = figures(self.snapshot, Measure(metric), self.as_of)
        place = int(np.searchsorted(found.subject, row))
        if place >= len(found) or int(found.subject[place]) != row:
            return None, None
        claims = self.snapshot.nodes["Claim"]
        return known(float(found.value[place])), int(found.claim[place]) + claims.first

    def products(self, row: int) -> list[str]:
        """Name what it makes."""
        goods = self._made(row)[0] + self.snapshot.nodes["Product"].first
        return [self.snapshot.name_of(product) for product in goods.tolist()]

    def towns(self, row: int) -> list[str]:
        """Name the towns that it is a member of."""
        edges = self.snapshot.relations["MEMBER_OF"]
        held = valid_in(edges, self.as_of) & (edges.start == row)
        return [self.snapshot.name_of(town) for town in np.unique(edges.end[held]).tolist()]

    def made(self, row: int) -> Stated:
        """Who says what it makes, and of which years."""
        return self._made(row)[1]

    def sold(self, row: int, product: int) -> Stated:
        """Who says that it sells a product (a global row), and of which years."""
        flows = supply_flows(self.snapshot, self.as_of)
        begin, end = np.searchsorted(flows.start, [row, row + 1])
        mine = np.flatnonzero(flows.product[begin:end] == product) + begin
        return Stated(flows.source[mine], flows.year[mine])

    def sources(self, stated: Iterable[Stated], claims: Iterable[int | None]) -> list[int]:
        """List the sources (global rows) of some statements and claims, each once, in order."""
        table, found = self.snapshot.nodes["Claim"], set[int]()
        for one in stated:
            found |= set(one.source.tolist())
        found |= {int(table["source"][claim - table.first]) for claim in claims if claim is not None}
        return sorted(found - {-1})

    def dated(
        self, sources: Iterable[int], stated: Iterable[Stated], claims: Iterable[int | None]
    ) -> str | None:
        """The newest publication date of some sources; none: the newest year of the data."""
        table, claimed = self.snapshot.nodes["Source"], self.snapshot.nodes["Claim"]
        days = [str(table["publishedOn"][row - table.first]) for row in sources]
        if told := [day for day in days if day != "NaT"]:
            return max(told)
        years = [int(claimed["year"][claim - claimed.first]) for claim in claims if claim is not None]
        for one in stated:
            years += one.year.tolist()
        return str(max((year for year in years if year != MISSING), default="")) or None

    def invented(self, *rows: int | None, used: Rows | None = None) -> str | None:
        """Whether one of some nodes is invented, or one of the claims and relations that were used."""
        return INVENTED if any_invented(self.snapshot, used or Rows(), rows) else None

    def claimed(self, *claims: int | None) -> Rows:
        """Rows of some claims (global rows; None: there is none)."""
        first = self.snapshot.nodes["Claim"].first
        return Rows(claims=np.array([claim - first for claim in claims if claim is not None], np.int32))

    def _made(self, row: int) -> tuple[Ints, Stated]:
        found = makers(self.snapshot, self.as_of)
        place = row - self.snapshot.nodes["Organisation"].first
        _, goods, pairs = found.by_organisation.at(np.array([place]))
        return goods, Stated(found.source[pairs], found.year[pairs])
