"""Rivals: which recognised towns of the same province have a product as their main one (雷同)."""

import numpy as np

from graph.kinds.terms import Stage, TownStatus
from graph.snapshot.classification import industry_codes
from graph.snapshot.csr import Csr, Ints
from graph.snapshot.economy import own_organisations
from graph.snapshot.makers import makers
from graph.snapshot.regions import pairs, same_province
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import code
from graph.snapshot.towns import town_status
from graph.snapshot.years import Mask, valid_in


def rivals_of(snapshot: Snapshot, town: int, year: int) -> Mask:
    """Towns × products (places): which are a main product of another recognised town of a town's province."""
    others = recognised(snapshot, year) & same_province(snapshot, year)[town]
    others[town] = False
    return main_products(snapshot, year) & others[:, None]


def recognised(snapshot: Snapshot, year: int) -> Mask:
    """Which towns (places) are recognised at the end of a year, as far as it is known."""
    table = snapshot.nodes["Town"]
    places = np.arange(len(table), dtype=np.int32)
    return town_status(table, places, year) == code(TownStatus.RECOGNISED)


def main_products(snapshot: Snapshot, year: int) -> Mask:
    """Towns × products (places): the main products of every town.

    Those of an industry that the town specialises in (its code begins with the town's) that are a step of its
    chains, no supporting one, or are made by its own organisations.
    """
    return snapshot.remember(("main products", year), lambda: _main_products(snapshot, year))


def _main_products(snapshot: Snapshot, year: int) -> Mask:
    shape = len(snapshot.nodes["Town"]), len(snapshot.nodes["Product"])
    codes = industry_codes(snapshot)
    goods, industry = pairs(snapshot, "CLASSIFIED_AS", year)
    fits, present = np.zeros(shape, np.bool_), np.zeros(shape, np.bool_)
    for town, main in zip(*(a.tolist() for a in pairs(snapshot, "SPECIALISES_IN", year)), strict=True):
        fits[town, goods[np.strings.startswith(codes[industry], codes[main])]] = True
    present[_steps(snapshot, year)] = True
    present[_made(snapshot, year)] = True
    return fits & present


def _steps(snapshot: Snapshot, year: int) -> tuple[Ints, Ints]:
    """Pair towns with the products of their chains that are no supporting steps."""
    edges, first = snapshot.relations["STEP_OF"], np.int32(snapshot.nodes["Product"].first)
    held = valid_in(edges, year) & (edges["stage"] != code(Stage.SUPPORT))
    chains = edges.end[held] - np.int32(snapshot.nodes["Chain"].first)
    steps = Csr.of(len(snapshot.nodes["Chain"]), chains, edges.start[held] - first)
    towns, follows = pairs(snapshot, "FOLLOWS", year)
    return np.repeat(towns, steps.degree()[follows]), steps.at(follows)[1]


def _made(snapshot: Snapshot, year: int) -> tuple[Ints, Ints]:
    """Pair towns with the products that their own organisations make."""
    own, made = own_organisations(snapshot, year), makers(snapshot, year).by_organisation
    return np.repeat(own.town, made.degree()[own.organisation]), made.at(own.organisation)[1]
