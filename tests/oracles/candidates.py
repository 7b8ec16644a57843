"""Candidates as they are defined: one firm at a time, one part at a time."""

import numpy as np

from tests.oracles.complexity import advantage, proximity
from tests.oracles.ranking import percentile_rank, weighed
from tests.oracles.world import belongs, flows, living, local, makes

KINDS = ("LOCAL", "HOME", "SELLER", "RELATED", "RELATIVE", "MAKER")
PARTS = ("fit", "proximity", "ties", "size", "qualification", "spare")


def near_products(world, product, homes, least):
    """Products with φ ≥ least to one, by how many make them in which town; None: nobody in a town."""
    output = {}
    for maker, good in makes(world):
        towns = belongs(world, maker, homes)
        for town in towns:
            output[town, good] = output.get((town, good), 0.0) + 1 / len(towns)
    towns, goods = sorted({t for t, _ in output}), sorted({g for _, g in output})
    if product not in goods:
        return None
    x = np.array([[output.get((t, g), 0.0) for g in goods] for t in towns])
    near = proximity(np.array(advantage(x)) >= 1 - 1e-9)[goods.index(product)]
    return {g: phi for g, phi in zip(goods, near, strict=True) if phi >= least}


def candidates(world, town, product, homes, weights, least):  # noqa: PLR0913, PLR0917 - what is asked
    """List (firm, evidence, parts, score): local makers first, then by evidence, score and name."""
    near = near_products(world, product, homes, least) or {}
    made, sold = makes(world), flows(world)
    rows = []
    for firm in world.firms:
        if firm in world.agencies or not living(world, firm):
            continue
        row = _row(world, firm, town, product, homes, near, made, sold)
        if row is not None:
            rows.append(row)
    places = [[percentile_rank(row[2][name], [r[2][name] for r in rows]) for name in PARTS] for row in rows]
    scored = [(*row, weighed(place, weights)) for row, place in zip(rows, places, strict=True)]
    return sorted(
        scored, key=lambda r: (KINDS.index(r[1][0]), -round(-1 if r[3] is None else r[3], 12), r[0])
    )


def _row(world, firm, town, product, homes, near, made, sold):  # noqa: PLR0913, PLR0917 - all there is
    here = lambda other: living(world, other) and local(world, other, town, homes)  # noqa: E731
    maker = (firm, product) in made
    fit = 1.0 if maker else max((near[g] for f, g in made if f == firm and g in near), default=None)
    sells = any(s == firm and g == product and b != firm and here(b) for s, b, g in sold)
    if not (maker or sells or fit is not None):
        return None
    points = _points(world, firm, town, homes)
    at_home = points in {1, 2, 3, 4}
    pairs = {*world.owns, *world.allied}
    tied = any(here(b if a == firm else a) for a, b in pairs if firm in {a, b})
    away = maker and not here(firm)
    flags = (
        maker and here(firm),
        away and at_home,
        sells,
        fit is not None and not maker,
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
    return firm, [kind for kind, holds in zip(KINDS, flags, strict=True) if holds], parts


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
