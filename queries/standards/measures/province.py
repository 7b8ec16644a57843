"""The province in a year, as measures look at it: who exists, leads, belongs to which town, and where."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from graph.kinds.metrics import Metric
from graph.kinds.terms import Proximity
from graph.snapshot.claims import Measure, figures
from graph.snapshot.csr import Csr, Ints
from graph.snapshot.economy import agencies, own_to
from graph.snapshot.proximity import Proximities, to_area
from graph.snapshot.regions import locals_of, locations, members, pairs
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import NodeTable, listed
from graph.snapshot.years import Mask, alive, valid_in
from queries.standards.measures.intervals import FALSE, TRUE, UNKNOWN, Truths

NEARLY = 0.8
"""The share of the counted market entities from which a register counts as complete."""


@dataclass(frozen=True)
class Province:
    """A snapshot and a year, with what several measures need of them; made anew for each question.

    Towns and organisations are places in their tables.
    """

    snapshot: Snapshot
    as_of: int
    _kept: dict[Hashable, Any] = field(default_factory=dict[Hashable, Any], repr=False, compare=False)

    def once[T](self, key: Hashable, make: Callable[[], T]) -> T:
        """Make something that this question needs again and again."""
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]

    @property
    def firms(self) -> NodeTable:
        """The organisations."""
        return self.snapshot.nodes["Organisation"]

    @property
    def towns(self) -> NodeTable:
        """The towns."""
        return self.snapshot.nodes["Town"]

    def rows(self, firms: Ints) -> Ints:
        """Turn places of organisations into global rows."""
        return firms + np.int32(self.firms.first)

    @cached_property
    def living(self) -> Mask:
        """Which organisations exist at the end of the year."""
        return alive(self.firms, self.as_of)

    @cached_property
    def agencies(self) -> Mask:
        """Which organisations are bodies of government."""
        return agencies(self.snapshot)

    @cached_property
    def leaders(self) -> Csr:
        """The organisations that lead each town in the year, closed ones and agencies left out."""
        firm, town = pairs(self.snapshot, "LEADS", self.as_of)
        held = self.living[firm] & ~self.agencies[firm]
        return Csr.of(len(self.towns), town[held], firm[held])

    @cached_property
    def members(self) -> Csr:
        """The members of each town that exist in the year, agencies left out."""
        firm, town = members(self.snapshot, self.as_of)
        held = self.living[firm] & ~self.agencies[firm]
        return Csr.of(len(self.towns), town[held], firm[held])

    @cached_property
    def locals(self) -> Csr:
        """The organisations local to each town: members, and those located in its regions."""
        firm, town = locals_of(self.snapshot, self.as_of)
        return Csr.of(len(self.towns), town, firm)

    @cached_property
    def complete(self) -> Mask:
        """Of which towns the register of organisations is complete for the year.

        The year stands in `registerCompleteFor`, or the members known are at least 80 % of the market
        entities that somebody counted.
        """
        stated = (listed(text) for text in self.towns["registerCompleteFor"])
        said = np.fromiter((str(self.as_of) in years for years in stated), np.bool_, len(self.towns))
        rows = np.array(self.towns.rows, np.int32)
        counted = figures(self.snapshot, Measure(Metric.MARKET_ENTITIES), self.as_of).of(rows)
        return said | (self.members.degree() >= NEARLY * counted)

    @cached_property
    def where(self) -> Ints:
        """The region (its place) of each organisation; -1: unknown."""
        return locations(self.snapshot, self.as_of)

    def led_by(self, town: int) -> Ints:
        """List the leaders of a town, each once."""
        return np.unique(_next(self.leaders, town))

    def members_of(self, town: int) -> Ints:
        """List the members of a town, each once."""
        return np.unique(_next(self.members, town))

    def own_of(self, town: int) -> Ints:
        """List a town's own organisations."""
        return np.flatnonzero(own_to(self.snapshot, town, self.as_of)).astype(np.int32)

    def ties(self, label: str) -> tuple[Csr, Mask]:
        """Group all ties of organisations to towns by town, and tell which hold in the year."""
        edges = self.snapshot.relations[label]
        firms, first = edges.start - np.int32(self.firms.first), np.int32(self.towns.first)
        made = Csr.of(len(self.towns), edges.end - first, firms)
        return made, valid_in(edges, self.as_of)

    def proximity(self, town: int) -> Proximities:
        """How near every organisation is to a town."""
        row = town + self.towns.first
        return self.once(("proximity", town), lambda: to_area(self.snapshot, row, self.as_of))

    def near(self, town: int, within: Proximity | None, firms: Ints) -> Truths:
        """Which organisations are near enough to a town; None: all are."""
        if within is None:
            return np.full(len(firms), TRUE, np.int8)
        found = self.proximity(town).at(firms)
        open_ = np.where(found.perhaps(within), UNKNOWN, FALSE)
        return np.where(found.surely(within), TRUE, open_).astype(np.int8)


def _next(links: Csr, node: int) -> Ints:
    return links.indices[links.indptr[node] : links.indptr[node + 1]]
