"""Evaluations the slow way: one value, one town, one draw at a time, from the written definitions.

A set is a list of dicts: weight, direction, scaling, missing, points (pairs threshold, points). Values are
lists of rows, one for each town; None: unknown.
"""

from itertools import product
from math import floor


def points(values, one):
    """Give the points of each town in one indicator; None: unknown."""
    known = [v for v in values if v is not None]
    return [None if v is None else _points(v, known, one) for v in values]


def _points(value, known, one):
    up = one["direction"] == "UP"
    if one["scaling"] == "THRESHOLDS":
        met = [p for t, p in one["points"] if (value >= t if up else value <= t)]
        return max(met, default=0)
    if one["scaling"] == "MIN_MAX":
        low, high = min(known), max(known)
        if low == high:
            return 50
        share = (value - low) / (high - low)
        return 100 * (share if up else 1 - share)
    if len(known) == 1:
        return 50
    worse = sum((v < value) if up else (v > value) for v in known)
    equal = sum(v == value for v in known) - 1
    return 100 * (worse + equal / 2) / (len(known) - 1)


def totals(values, indicators, weights=None, least_known=0.0):
    """Give each town's total; None: nothing with a weight is known, or too little."""
    weights = weights or [one["weight"] for one in indicators]
    by_indicator = [points([row[i] for row in values], one) for i, one in enumerate(indicators)]
    found = []
    for town, row in enumerate(values):
        known = sum(w for w, v in zip(weights, row, strict=True) if v is not None)
        if not known or known / sum(weights) < least_known - 1e-9:
            found.append(None)
            continue
        top = whole = 0.0
        for i, one in enumerate(indicators):
            got = by_indicator[i][town]
            if got is not None or one["missing"] == "ZERO":
                top += weights[i] * (got or 0)
                whole += weights[i]
        found.append(round(top / whole, 9))
    return found


def ranks(found):
    """Rank totals: 1 + how many are greater; None stays."""
    return [None if t is None else 1 + sum(o is not None and o > t for o in found) for t in found]


def open_ranks(values, lows, highs, indicators, least_known=0.0):
    """Find the best and the worst rank of each town over all corners: every unknown at either bound.

    What nothing is known of may stay unknown too. These are ranks that some world has, so that the true
    interval is at least as wide.
    """
    cells = []
    for town, row in enumerate(values):
        for i, value in enumerate(row):
            low, high = lows[town][i], highs[town][i]
            choices = {low, high} if value is not None else {low, high, None}
            cells.append([value] if low == high else sorted(choices | {value}, key=str))
    best, worst = [None] * len(values), [None] * len(values)
    width = len(indicators)
    for world in product(*cells):
        rows = [world[t * width : (t + 1) * width] for t in range(len(values))]
        for town, rank in enumerate(ranks(totals(rows, indicators, least_known=least_known))):
            if rank is not None:
                best[town] = rank if best[town] is None else min(best[town], rank)
                worst[town] = rank if worst[town] is None else max(worst[town], rank)
    return best, worst


def kept(values, indicators, draws, least_known=0.0):
    """Share of the draws of weights in which each town keeps its rank; None: it has none."""
    stated = totals(values, indicators, least_known=least_known)
    ranked = [t for t, total in enumerate(stated) if total is not None]
    now = ranks(stated)
    same = dict.fromkeys(ranked, 0)
    by_indicator = [points([row[i] for row in values], one) for i, one in enumerate(indicators)]
    for weights in draws:
        drawn = []
        for town in ranked:
            top = whole = 0.0
            for i, one in enumerate(indicators):
                got = by_indicator[i][town]
                if got is not None or one["missing"] == "ZERO":
                    top += weights[i] * (got or 0)
                    whole += weights[i]
            drawn.append(round(top / whole, 9) if whole else 0.0)
        for town, rank in zip(ranked, ranks(drawn), strict=True):
            same[town] += rank == now[town]
    return [same[t] / len(draws) if t in same else None for t in range(len(values))]


def reach_year(value, year, then, span, threshold):
    """Walk year by year at the mean growth of the last years; None: never within 100 years."""
    if value >= threshold:
        return year
    rate = (value / then) ** (1 / span)
    if rate <= 1:
        return None
    for ahead in range(1, 101):
        value *= rate
        if value >= threshold * (1 - 1e-12):
            return year + ahead
    return None


def near(firms, at_least, below):
    """Ids of the industrial enterprises whose revenue is near the scale, nearest first."""
    found = [
        (-revenue, id)
        for id, (form, industry, revenue) in firms.items()
        if form == "ENTERPRISE" and 6 <= floor(int(industry[:2])) <= 46 and revenue is not None
        if at_least <= revenue < below
    ]
    return [id for _, id in sorted(found)]
