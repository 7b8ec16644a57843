"""Where organisations stand in a year: their region and industry, and the towns they are local to."""

import numpy as np
from numpy.typing import NDArray

from graph.kinds.terms import RegionLevel
from graph.snapshot.csr import Csr, Floats, Ints
from graph.snapshot.table import code
from graph.snapshot.years import Mask, Tables, valid_in

DEEPEST = 8
"""How many steps up a hierarchy may have; a loop ends there too."""


def parents(tables: Tables, label: str, year: int) -> Ints:
    """Map each region or industry (its place in its table) to the one above it; -1 at the top."""
    table, edges = tables.nodes[label], tables.relations["PART_OF"]
    inside = (edges.start >= table.first) & (edges.start < table.first + len(table)) & valid_in(edges, year)
    above = np.full(len(table), -1, np.int32)
    above[edges.start[inside] - table.first] = edges.end[inside] - np.int32(table.first)
    return above


def lifted(above: Ints, wanted: Mask) -> Ints:
    """Find for each node the nearest wanted one on its way up, itself included; -1 when there is none."""
    found = np.full(len(above), -1, np.int32)
    here = np.arange(len(above), dtype=np.int32)
    for _ in range(DEEPEST):
        hit = (found < 0) & (here >= 0) & wanted[here]
        found[hit] = here[hit]
        here = np.where(here >= 0, above[here], np.int32(-1))
    return found


def at_level(tables: Tables, level: RegionLevel, year: int) -> Ints:
    """Map each region (its place) to the one of a level that it lies in; -1 when there is none."""
    regions = tables.nodes["Region"]
    return lifted(parents(tables, "Region", year), regions["level"] == code(level))


def locations(tables: Tables, year: int) -> Ints:
    """Map each organisation (its place) to its region (its place) in a year; -1: unknown.

    Of two that hold at once, the one that began later counts.
    """
    return tables.remember(("locations", year), lambda: _locations(tables, year))


def members(tables: Tables, year: int) -> tuple[Ints, Ints]:
    """Pair organisations with the towns they are members of in a year: places of both, each pair once."""
    return pairs(tables, "MEMBER_OF", year)


def pairs(tables: Tables, label: str, year: int) -> tuple[Ints, Ints]:
    """Pair the ends of a relation that hold in a year: places in the tables of its kinds, each pair once."""
    edges = tables.relations[label]
    (start, end), *_ = edges.kind.ends
    held = valid_in(edges, year)
    starts = edges.start[held] - np.int32(tables.nodes[start].first)
    ends = edges.end[held] - np.int32(tables.nodes[end].first)
    fresh = np.ones(len(starts), np.bool_)
    fresh[1:] = (starts[1:] != starts[:-1]) | (ends[1:] != ends[:-1])
    return starts[fresh], ends[fresh]


def locals_of(tables: Tables, year: int) -> tuple[Ints, Ints]:
    """Pair organisations with the towns they are local to: members, and those located in a town's regions.

    Places of both, ordered by organisation and town, each pair once.
    """
    return tables.remember(("locals", year), lambda: _locals_of(tables, year))


def local_to(tables: Tables, town: int, year: int) -> Mask:
    """Which organisations are local to a town (its place)."""
    organisations, towns = locals_of(tables, year)
    local = np.zeros(len(tables.nodes["Organisation"]), np.bool_)
    local[organisations[towns == town]] = True
    return local


def located_in(tables: Tables, region: int, year: int) -> Mask:
    """Which organisations are located in a region (its place) or in one that lies in it."""
    wanted = np.zeros(len(tables.nodes["Region"]), np.bool_)
    wanted[region] = True
    inside = lifted(parents(tables, "Region", year), wanted) >= 0
    return np.append(inside, np.False_)[locations(tables, year)]


def regions_of(tables: Tables, town: int, year: int) -> Ints:
    """List the regions (places) that a town (its place) lies in."""
    towns, regions = pairs(tables, "LIES_IN", year)
    return regions[towns == town]


def same_province(tables: Tables, year: int) -> Mask:
    """Towns × towns (places): whether the two lie in the same province; unknown is no."""
    return tables.remember(("same province", year), lambda: _same_province(tables, year))


def _same_province(tables: Tables, year: int) -> Mask:
    towns, regions = pairs(tables, "LIES_IN", year)
    province = at_level(tables, RegionLevel.PROVINCE, year)
    lies = np.zeros((len(tables.nodes["Town"]), len(tables.nodes["Region"]) + 1), np.bool_)
    lies[towns, province[regions]] = True
    lies[:, -1] = False
    return lies @ lies.T


def industries(tables: Tables, year: int, digits: int) -> tuple[Ints, Ints]:
    """Pair organisations with industries of some digits: the main ones, or all when none is marked.

    Places of both, ordered by organisation, each pair once.
    """
    organisations, groups = _engaged(tables, year, digits)
    found = np.unique(np.stack([organisations, groups]), axis=1)
    return found[0][found[1] >= 0], found[1][found[1] >= 0]


def industry_parts(tables: Tables, year: int, digits: int) -> tuple[Ints, Ints, Floats]:
    """Split organisations over industries of some digits: places of both, and which part (0–1).

    The industries of an organisation, the main ones or all, have equal parts at any depth, so that what two
    of one group have together is the group's. The part of an industry that is known less deeply is left out.
    """
    organisations, groups = _engaged(tables, year, digits)
    count = np.bincount(organisations, minlength=len(tables.nodes["Organisation"]))
    deep = groups >= 0
    return organisations[deep], groups[deep], 1 / count[organisations[deep]]


def _engaged(tables: Tables, year: int, digits: int) -> tuple[Ints, Ints]:
    """Every industry that counts of every organisation, lifted to some digits; -1: known less deeply."""
    edges, table = tables.relations["ENGAGES_IN"], tables.nodes["Industry"]
    held = valid_in(edges, year)
    organisations = edges.start[held] - np.int32(tables.nodes["Organisation"].first)
    main = edges["main"][held] == 1
    marked = np.zeros(len(tables.nodes["Organisation"]), np.bool_)
    marked[organisations[main]] = True
    counted = main | ~marked[organisations]
    above = industry_level(tables, year, digits)
    return organisations[counted], above[edges.end[held][counted] - table.first]


def industry_level(tables: Tables, year: int, digits: int) -> Ints:
    """Map each industry (its place) to the one above it whose code has some digits; -1: none."""
    codes = tables.nodes["Industry"]["code"].tolist()
    deep = np.fromiter((len(code) == digits for code in codes), np.bool_, len(codes))
    return lifted(parents(tables, "Industry", year), deep)


def main_industry(tables: Tables, year: int, digits: int) -> Ints:
    """Map each organisation (its place) to its industry (its place); the first of several; -1: unknown."""
    organisations, groups = industries(tables, year, digits)
    found = np.full(len(tables.nodes["Organisation"]), -1, np.int32)
    found[organisations[::-1]] = groups[::-1]
    return found


def _locations(tables: Tables, year: int) -> NDArray[np.int32]:
    edges, organisations = tables.relations["LOCATED_IN"], tables.nodes["Organisation"]
    held = np.flatnonzero(valid_in(edges, year))
    held = held[np.argsort(edges["since"][held], kind="stable")]
    where = np.full(len(organisations), -1, np.int32)
    regions = edges.end[held] - np.int32(tables.nodes["Region"].first)
    where[edges.start[held] - organisations.first] = regions
    where.setflags(write=False)
    return where


def _locals_of(tables: Tables, year: int) -> tuple[Ints, Ints]:
    towns, regions = pairs(tables, "LIES_IN", year)
    in_region = Csr.of(len(tables.nodes["Region"]), regions, towns)
    above = parents(tables, "Region", year)
    found = [np.stack(members(tables, year))]
    region = locations(tables, year)
    organisation = np.flatnonzero(region >= 0)
    here: Ints = region[organisation]
    for _ in range(DEEPEST):
        _, near, _ = in_region.at(here)
        found.append(np.stack([np.repeat(organisation, in_region.degree()[here]).astype(np.int32), near]))
        here = above[here]
        organisation, here = organisation[here >= 0], here[here >= 0]
    organisations, local = np.unique(np.concatenate(found, axis=1), axis=1).astype(np.int32)
    return organisations, local
