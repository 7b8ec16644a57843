"""Complexity as its formulas are written: loops over towns and products, no tricks."""

import numpy as np


def advantage(x):
    """RCA_rp = (X_rp / X_r.) / (X_.p / X..)."""
    return [
        [x[r][p] / sum(x[r]) / (sum(row[p] for row in x) / x.sum()) for p in range(len(x[0]))]
        for r in range(len(x))
    ]


def proximity(made, support=3, alpha=3.0):
    """φ̂_pq = (n_pq + α·p̄) / (max(n_p, n_q) + α) with `support` places that have either; None: fewer.

    p̄: all that have both, over all that have the more common one, of the pairs with support.
    """
    products = range(made.shape[1])
    both = [
        [int(sum(a and b for a, b in zip(made[:, p], made[:, q], strict=True))) for q in products]
        for p in products
    ]
    most = [[max(both[p][p], both[q][q]) for q in products] for p in products]
    told = {
        (p, q)
        for p in products
        for q in products
        if p != q and sum(a or b for a, b in zip(made[:, p], made[:, q], strict=True)) >= support
    }
    total = sum(most[p][q] for p, q in told)
    base = sum(both[p][q] for p, q in told) / total if total else 0.0

    def near(p, q):
        if p == q:
            return 1.0
        return (both[p][q] + alpha * base) / (most[p][q] + alpha) if (p, q) in told else None

    return [[near(p, q) for q in products] for p in products]


def density(made, support=3, alpha=3.0):
    """Σ_q M_rq φ̂_pq / Σ_q φ̂_pq over the known ones; None: no other product's is known."""
    near = proximity(made, support, alpha)

    def share(row, p):
        known = [(m, n) for m, n in zip(row, near[p], strict=True) if n is not None]
        return sum(m * n for m, n in known) / sum(n for _, n in known) if len(known) > 1 else None

    return [[share(row, p) for p in range(len(row))] for row in made]


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
