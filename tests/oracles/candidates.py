"""Candidates as they are defined: one firm at a time, one part at a time."""

import numpy as np

from tests.oracles.complexity import advantage, proximity
from tests.oracles.ranking import percentile_rank, weighed
from tests.oracles.world import belongs, flows, living, local, makes

KINDS = ("LOCAL", "DOWNSTREAM_BUYER", "HOME", "SELLER", "RELATED", "RELATIVE", "MAKER")
PARTS = ("fit", "proximity", "ties", "size", "qualification", "spare")


def near_products(world, product, homes, least):
    """Products near to one: φ̂ ≥ least, by how many make them in which town; unknown: the same class (None).

    Beside them whether φ̂ is known of any.
    """
    output = {}
    for maker, good in makes(world):
        towns = belongs(world, maker, homes)
        for town in towns:
            output[town, good] = output.get((town, good), 0.0) + 1 / len(towns)
    towns, goods = sorted({t for t, _ in output}), sorted({g for _, g in output})
    known = {}
    if product in goods:
        x = np.array([[output.get((t, g), 0.0) for g in goods] for t in towns])
        near = proximity(np.array(advantage(x)) >= 1 - 1e-9)[goods.index(product)]
        known = {g: n for g, n in zip(goods, near, strict=True) if n is not None and g != product}
    found = {g: n for g, n in known.items() if n >= least}
    kin = {g for g, code in world.classes.items() if code == world.classes.get(product) and g != product}
    return found | dict.fromkeys(kin - {*known}), bool(known)


def candidates(world, town, product, homes, weights, least):  # noqa: PLR0913, PLR0917 - what is asked
    """List (firm, evidence, parts, score): local makers first, then by evidence, score and name.

    Who is near by class alone comes last.
    """
    near, _ = near_products(world, product, homes, least)
    made, sold = makes(world), flows(world)
    rows = []
    for firm in world.firms:
        if firm in world.agencies or not living(world, firm):
            continue
        row = _row(world, firm, town, product, homes, near, made, sold)
        if row is not None:
            rows.append(row)
    keys = [{**row[2], "fit": 0.0 if row[3] else row[2]["fit"]} for row in rows]
    places = [[percentile_rank(key[name], [k[name] for k in keys]) for name in PARTS] for key in keys]
    scored = [(*row[:3], weighed(place, weights)) for row, place in zip(rows, places, strict=True)]
    guessed = {row[0] for row in rows if row[3] and row[1][0] == "RELATED"}
    keyed = [
        (row[0] in guessed, KINDS.index(row[1][0]), -round(-1 if row[3] is None else row[3], 12))
        for row in scored
    ]
    return [row for _, row in sorted(zip(keyed, scored, strict=True), key=lambda one: (one[0], one[1][0]))]


def _row(world, firm, town, product, homes, near, made, sold):  # noqa: PLR0913, PLR0917 - all there is
    here = lambda other: living(world, other) and town in belongs(world, other, homes)  # noqa: E731
    placed = local(world, firm, town, homes)
    maker = (firm, product) in made
    fits = [near[g] for f, g in made if f == firm and g in near]
    fit = 1.0 if maker else max((n for n in fits if n is not None), default=None)
    by_class = not maker and bool(fits) and fit is None
    inputs = {one for one, other in world.inputs if other == product and one != other}
    takes = any(b == firm and g in inputs and s != b and here(s) for s, b, g in sold)
    sells = any(s == firm and g == product and b != firm and here(b) for s, b, g in sold)
    if not (maker or sells or fits):
        return None
    points = _points(world, firm, town, homes)
    at_home = points in {1, 2, 3, 4}
    pairs = {*world.owns, *world.allied}
    tied = any(here(b if a == firm else a) for a, b in pairs if firm in {a, b})
    away = maker and not placed
    flags = (
        maker and placed,
        away and takes,
        away and at_home,
        sells,
        bool(fits) and not maker,
        away and tied,
        away and not at_home,
    )
    capacity, output = made.get((firm, product), (None, None))
    ranks = [rank for (f, rank), valid in world.holds.items() if f == firm and valid]
    parts = {
        "fit": fit,
        "proximity": points,
        "ties": _ties(firm, here, sold),
        "size": world.revenue.get(firm),
        "qualification": max(ranks, default=None),
        "spare": None if capacity is None or output is None else max(capacity - output, 0.0),
    }
    return firm, [kind for kind, holds in zip(KINDS, flags, strict=True) if holds], parts, by_class


def _points(world, firm, town, homes):
    if local(world, firm, town, homes):
        return 4
    where = world.where.get(firm)
    if where is None:
        return None
    for points, digits in ((3, 6), (2, 4), (1, 2)):
        if where[:digits] == homes[town][:digits]:
            return points
    return 0


def _ties(firm, here, sold):
    values = [v for (s, b, _), v in sold.items() if s != b and firm in {s, b} and here(b if s == firm else s)]
    total = sum(v for v in values if v is not None)
    return None if total == 0 and None in values else total
