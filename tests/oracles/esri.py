"""ESRI by dense iterations, one equation a line, and by the closed form; slow and short."""

import numpy as np

from queries.cascade.esri import ESSENTIAL, NOT_NEEDED


def brute(trades, firms, psi, *, eps, substitutes=True):
    """Sweep over dense matrices; returns esri, down, up, iterations, h_down, h_up."""
    n, member = len(firms), np.eye(firms.industry.max() + 1)[firms.industry]
    sold, essential, linear, gross = (np.zeros((n, n)) for _ in range(4))
    ends = trades.seller, trades.buyer
    np.add.at(sold, ends, trades.value)
    np.add.at(essential, ends, trades.value * (trades.need == ESSENTIAL))
    np.add.at(gross, ends, trades.gross * (trades.need == ESSENTIAL))
    np.add.at(linear, ends, trades.value * ((trades.need != ESSENTIAL) & (trades.need != NOT_NEEDED)))
    same = member @ member.T
    sales, bought = sold.sum(1), np.fmax(firms.purchases, sold.sum(0))
    ours = np.nan_to_num(essential / np.where(same @ gross > 0, same @ gross, 1))
    others = linear / np.where(bought > 0, bought, 1)
    output = np.fmax(firms.output, sales)
    unsold = sold / np.where(output > 0, output, 1)[:, None]
    market, hd = same @ sales, 1 - psi
    hu, iteration = hd, 0
    while True:
        iteration += 1
        left = same @ (sales * hd)
        sigma = np.minimum(1, sales / np.where(left > 0, left, 1))
        sigma = np.where(left <= 1e-10 * market, 1, sigma) if substitutes else np.ones(n)
        lost = sigma * (1 - hd)
        worst = (member.T @ (ours * lost[:, None])).max(0)
        hd2 = np.clip(np.minimum.reduce([1 - psi, 1 - worst, 1 - lost @ others]), 0, None)
        hu2 = np.clip(np.minimum(1 - psi, 1 - unsold @ (1 - hu)), 0, None)
        residual = max((hd - hd2).max(), (hu - hu2).max())
        hd, hu = hd2, hu2
        if residual <= eps:
            weight = np.nan_to_num(firms.weight)
            weight /= weight.sum()
            return *(weight @ (1 - h) for h in (np.minimum(hd, hu), hd, hu)), iteration, hd, hu


def hitting(share, weight):
    """ESRI when losses only add up: (wᵀN)_i / N_ii, N = (I − share)⁻¹."""
    inverse = np.linalg.inv(np.eye(len(share)) - share)
    return weight @ inverse / inverse.diagonal()
