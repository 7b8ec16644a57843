"""Sensitivity: how often a town keeps its rank when the weights are drawn anew around the stated ones."""

from collections.abc import Sequence

import numpy as np
from scipy.stats import rankdata

from graph.criteria import Indicator
from graph.errors import BadInput
from graph.snapshot.csr import Floats
from queries.evaluation.scoring import DECIMALS, Scores, scaled_weights, zeros

DRAWS, SPREAD = 1_000, 0.2
MOST_DRAWS = 10_000


def checked(draws: int, spread: float, seed: int) -> None:
    """Refuse what can't be drawn; raises BadInput."""
    if not 1 <= draws <= MOST_DRAWS:
        raise BadInput(f"draws：抽样次数应在 1 到 {MOST_DRAWS} 之间，所给为 {draws}", "draws")
    if not 0 <= spread <= 1:
        raise BadInput(f"spread：权重浮动幅度应在 0 到 1 之间，所给为 {spread}", "spread")
    if seed < 0:
        raise BadInput(f"seed：种子应不小于 0，所给为 {seed}", "seed")


def drawn(indicators: Sequence[Indicator], draws: int, spread: float, seed: int) -> Floats:
    """Draw weights: each is the stated one times a number uniform in 1 ± spread (draws × indicators)."""
    chance = np.random.default_rng(seed)
    return scaled_weights(indicators) * chance.uniform(1 - spread, 1 + spread, (draws, len(indicators)))


def kept(scores: Scores, indicators: Sequence[Indicator], weights: Floats) -> Floats:
    """Share of the draws in which each town has its rank; NaN: it is not ranked.

    The points stay: what is drawn is only how much they count.
    """
    found, ranked = np.full(len(scores.total), np.nan), scores.rank > 0
    if not ranked.any():
        return found
    points = scores.points[ranked]
    used = (~np.isnan(points) | zeros(indicators)).astype(np.float64)
    whole = used @ weights.T
    gained = np.nan_to_num(points) @ weights.T
    totals = np.divide(gained, whole, out=np.zeros_like(gained), where=whole > 0)
    ranks = rankdata(-np.round(totals, DECIMALS), method="min", axis=0)
    found[ranked] = (ranks == scores.rank[ranked][:, None]).mean(axis=1)
    return found
