"""Proximity: how near places are to each other in a year, on one scale from a town's own ground to abroad.

Organisations are located in regions, some of which are wide: whoever is only known to be in a city may be in
any county of it. So a proximity has two bounds, `farthest`, what is known (the smallest region that both lie
in), and `nearest`, what nothing speaks against; they are the same where both places are known to the county.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.kinds.terms import Proximity, RegionLevel
from graph.snapshot.csr import Ints
from graph.snapshot.regions import at_level, local_to, located_in, locations, parents, regions_of
from graph.snapshot.table import code
from graph.snapshot.years import Mask, Tables

type Codes = NDArray[np.int8]
"""Proximities as numbers, the nearer the smaller: places in SCALE."""

SCALE = tuple(Proximity)
CODE = {word: np.int8(place) for place, word in enumerate(SCALE)}
ABROAD = "region:99"
"""What the ids of the regions begin with that stand for other countries: no code of GB/T 2260 does."""
LEVELS = (
    (RegionLevel.PROVINCE, Proximity.PROVINCE),
    (RegionLevel.CITY, Proximity.CITY),
    (RegionLevel.COUNTY, Proximity.COUNTY),
)
STATED = {word: (word, word) for word in Proximity} | {
    Proximity.PROVINCE: (Proximity.CITY, Proximity.PROVINCE),
    Proximity.UNKNOWN: (Proximity.TOWN, Proximity.UNKNOWN),
}
"""The nearest and the farthest that a stated origin can be; another county may be one of the same city."""


@dataclass(frozen=True, slots=True, eq=False)
class Proximities:
    """How near some places are to one, between two bounds."""

    nearest: Codes
    """The nearest that nothing speaks against."""
    farthest: Codes
    """The smallest region that both are known to lie in; UNKNOWN: not known to be in the same or another
    province."""

    def at(self, places: NDArray[np.integer] | Mask) -> "Proximities":
        """Take some of them."""
        return Proximities(self.nearest[places], self.farthest[places])

    def surely(self, limit: Proximity) -> Mask:
        """Which are as near as a limit, or nearer."""
        return self.farthest <= CODE[limit]

    def perhaps(self, limit: Proximity) -> Mask:
        """Which are not known to be farther than a limit."""
        return self.nearest <= CODE[limit]


def to_regions(tables: Tables, homes: Ints, year: int) -> Proximities:
    """Proximity of every region to the nearest of some regions (places); the last stands for no known place.

    The scale begins at COUNTY: a town's own ground is not made of regions alone.
    """
    levels, abroad = _levels(tables, year)
    near = np.full(len(abroad), CODE[Proximity.COUNTRY], np.int8)
    near[abroad] = CODE[Proximity.ABROAD]
    far, possible = near.copy(), np.ones(len(near), np.bool_)
    for (_, word), theirs in zip(LEVELS, levels, strict=True):
        ours = theirs[homes]
        ours = ours[ours >= 0]
        same = np.isin(theirs, ours) & (theirs >= 0)
        unknown = (theirs < 0) | (len(ours) == 0)
        if word is Proximity.PROVINCE:
            far[unknown] = CODE[Proximity.UNKNOWN]
        far[same] = CODE[word]
        possible &= same | unknown
        near[possible] = CODE[word]
    return Proximities(near, far)


def to_area(tables: Tables, area: int, year: int) -> Proximities:
    """Proximity of every organisation (place) to a town or a region (a global row).

    To a town its members and those located in its regions are at TOWN; to a township those located there.
    """
    table, where = tables.nodes["Region"], locations(tables, year)
    if area in table.rows:
        homes = np.array([area - table.first], np.int32)
        own = located_in(tables, area - table.first, year)
    else:
        place = area - tables.nodes["Town"].first
        homes, own = regions_of(tables, place, year), local_to(tables, place, year)
    found = to_regions(tables, homes, year).at(where)
    if limit_of(tables, area) is Proximity.TOWN:
        found.farthest[own] = CODE[Proximity.TOWN]
        found.nearest[own | _wider(tables, homes, year)[where]] = CODE[Proximity.TOWN]
    return found


def limit_of(tables: Tables, area: int) -> Proximity:
    """Proximity up to which organisations count as being in a town or a region (a global row)."""
    table = tables.nodes["Region"]
    if area not in table.rows:
        return Proximity.TOWN
    level = table["level"][area - table.first]
    return next((word for term, word in LEVELS if code(term) == level), Proximity.TOWN)


def to_organisation(tables: Tables, organisation: int, others: Ints, year: int) -> Proximities:
    """Proximity of some organisations (places) to another one (its place), from COUNTY on."""
    where = locations(tables, year)
    home = where[organisation : organisation + 1]
    return to_regions(tables, home[home >= 0], year).at(where[others])


def of_origins(origins: NDArray[np.int16]) -> Proximities:
    """Proximity that purchases from outside the graph have to their buyer, as their origin is stated."""
    bounds = np.zeros((2, len(Proximity) + 1), np.int8)
    bounds[1, -1] = CODE[Proximity.UNKNOWN]
    for origin, (nearest, farthest) in STATED.items():
        bounds[:, code(origin)] = CODE[nearest], CODE[farthest]
    return Proximities(bounds[0][origins], bounds[1][origins])


def _levels(tables: Tables, year: int) -> tuple[tuple[Ints, ...], Mask]:
    """List the province, city and county of every region (-1: unknown), and which regions are abroad.

    The last place stands for no region.
    """
    return tables.remember(("levels of regions", year), lambda: _made_levels(tables, year))


def _made_levels(tables: Tables, year: int) -> tuple[tuple[Ints, ...], Mask]:
    levels = tuple(np.append(at_level(tables, level, year), np.int32(-1)) for level, _ in LEVELS)
    foreign = np.append(np.strings.startswith(tables.nodes["Region"]["id"], ABROAD), np.False_)
    return levels, foreign[levels[0]]


def _wider(tables: Tables, homes: Ints, year: int) -> Mask:
    """Which regions have one of some regions in them, or are not known; the last stands for no place."""
    above = parents(tables, "Region", year)
    found = np.zeros(len(above) + 1, np.bool_)
    here = above[homes]
    while len(here := here[here >= 0]) and not found[here].all():
        found[here] = True
        here = above[here]
    found[-1] = True
    return found
