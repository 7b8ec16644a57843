"""Complexity as its formulas are written: loops over towns and products, no tricks."""

import numpy as np


def advantage(x):
    """RCA_rp = (X_rp / X_r.) / (X_.p / X..)."""
    return [
        [x[r][p] / sum(x[r]) / (sum(row[p] for row in x) / x.sum()) for p in range(len(x[0]))]
        for r in range(len(x))
    ]


def proximity(made):
    """φ_pq: the smaller of the two chances that who makes one makes the other."""
    products = range(made.shape[1])
    both = [
        [sum(a and b for a, b in zip(made[:, p], made[:, q], strict=True)) for q in products]
        for p in products
    ]
    return [[both[p][q] / max(both[p][p], both[q][q]) for q in products] for p in products]


def density(made):
    """Σ_q M_rq φ_pq / Σ_q φ_pq."""
    near = proximity(made)
    return [
        [sum(m * n for m, n in zip(row, near[p], strict=True)) / sum(near[p]) for p in range(len(row))]
        for row in made
    ]


def indices(made):
    """ECI and PCI by the eigenvectors of U⁻¹MᵀD⁻¹M itself, which is not symmetric; None when not unique."""
    m = made.astype(float)
    d, u = m.sum(axis=1), m.sum(axis=0)
    values, vectors = np.linalg.eig(np.diag(1 / u) @ m.T @ np.diag(1 / d) @ m)
    order = np.argsort(-values.real)
    spread = [*values.real[order], 0.0]
    if spread[1] > 1 - 1e-6 or spread[1] - spread[2] < 1e-6:
        return None
    kp = vectors[:, order[1]].real
    kc = m @ kp / d
    along = float(((kc - kc.mean()) * (d - d.mean())).mean())
    if abs(along) < 1e-6 * kc.std():
        return None
    kp, kc = kp * np.sign(along), kc * np.sign(along)
    return (kc - kc.mean()) / kc.std(), (kp - kc.mean()) / kc.std()
