"""Complexity: which products a place makes beyond its share, and how near each other product is to them.

Works on a plain table of places × products (Hidalgo and Hausmann 2009; density: Hidalgo, Klinger, Barabási
and Hausmann 2007), with the conventions of the ecomplexity package. What few places say is told of nothing:
a pair of products needs `support` places that are specialised in either of them, and its proximity is shrunk
towards that of all such pairs, as `shrinkage` more places of it would; an index needs products that are a
speciality of `support` places each.
"""

from dataclasses import dataclass

import numpy as np

from graph.deadline import checkpoint
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.years import Mask

LEAST = 10
"""Under so many towns or products no index of complexity is told."""
SUPPORT = 3
"""Under so many places a pair of products says nothing."""
SHRINKAGE = 3.0
"""α: how many places of the base rate a pair is mixed with."""
SLACK = 1e-9
"""What rounding may take from an RCA of 1, and how near eigenvalues are the same."""


@dataclass(frozen=True, slots=True, eq=False)
class Complexity:
    """What a table of places × products says; nothing has a unit.

    Rows and columns without output are dropped before anything is computed: NaN stands for them.
    """

    rca: Floats
    """RCA_rp = (X_rp / X_r.) / (X_.p / X..), ≥ 0 (Balassa 1965)."""
    specialised: Mask
    """M_rp: whether RCA_rp ≥ 1."""
    diversity: Ints
    """d_r: in how many products a place is specialised."""
    ubiquity: Ints
    """u_p: how many places are specialised in a product."""
    proximity: Floats
    """φ̂_pq = ((MᵀM)_pq + α·p̄) / (max(u_p, u_q) + α), products × products (0–1); φ_pp = 1.

    p̄ = Σ (MᵀM)_pq ÷ Σ max(u_p, u_q) over the pairs with support. NaN: too few places have either.
    """
    together: Ints
    """(MᵀM)_pq: how many places are specialised in both."""
    density: Floats
    """Σ_q M_rq φ̂_pq / Σ_q φ̂_pq over the known φ̂, places × products (0–1); NaN: none of another is known."""
    indices: "Indices | None"
    """None: they can't be told, see `reason`."""
    reason: str | None = None

    @property
    def either(self) -> Ints:
        """How many places are specialised in at least one of two products."""
        return self.ubiquity[:, None] + self.ubiquity[None, :] - self.together


@dataclass(frozen=True, slots=True, eq=False)
class Indices:
    """Economic complexity: standardised, so that the places' ECI has mean 0 and standard deviation 1."""

    eci: Floats
    """Of places; NaN for the dropped."""
    pci: Floats
    """Of products, in the places' moments: a place's ECI is the mean PCI of what it is specialised in."""


class Undetermined(Exception):
    """The table does not determine the indices; the message says why."""


def complexity(
    output: Floats, *, least: int = LEAST, support: int = SUPPORT, shrinkage: float = SHRINKAGE
) -> Complexity:
    """Compute all of a table X ≥ 0, places × products, in any one unit.

    O(places · products²). Below `least` places or products the indices are left out. With a support of 1 and
    a shrinkage of 0 it is as published.

    >>> complexity(np.array([[3.0, 1.0], [1.0, 3.0]])).specialised.tolist()
    [[True, False], [False, True]]
    """
    places, products = output.sum(axis=1) > 0, output.sum(axis=0) > 0
    rca = _advantage(output[np.ix_(places, products)])
    specialised = rca >= 1 - SLACK
    made = specialised.astype(np.float64)
    checkpoint()
    together = made.T @ made
    proximity = _proximity(together, support, shrinkage)
    density = _density(made, proximity)
    checkpoint()
    indices, reason = None, None
    try:
        eci, pci = _supported(made, least, support)
        indices = Indices(_spread(eci, places), _spread(pci, products))
    except Undetermined as why:
        reason = str(why)
    return Complexity(
        _spread_table(rca, places, products),
        _spread_table(made, places, products) > 0,
        _counts(made, 1, places),
        _counts(made, 0, products),
        _spread_table(proximity, products, products),
        np.nan_to_num(_spread_table(together, products, products)).astype(np.int32),
        _spread_table(density, places, products),
        indices,
        reason,
    )


def _advantage(output: Floats) -> Floats:
    """RCA of a table without empty rows and columns."""
    by_place, by_product = output.sum(axis=1, keepdims=True), output.sum(axis=0, keepdims=True)
    return (output / by_place) * (output.sum() / by_product)


def _proximity(together: Floats, support: int, shrinkage: float) -> Floats:
    """φ̂ of products by how many places have both of each pair (the diagonal: how many have each)."""
    ubiquity = together.diagonal()
    most = np.maximum.outer(ubiquity, ubiquity)
    known = np.add.outer(ubiquity, ubiquity) - together >= support
    np.fill_diagonal(known, val=False)
    base = together[known].sum() / max(float(most[known].sum()), 1.0)
    near = np.where(known, (together + shrinkage * base) / (most + shrinkage), np.nan)
    np.fill_diagonal(near, 1.0)
    return near


def _density(made: Floats, proximity: Floats) -> Floats:
    """How much of what lies near to a product a place is specialised in."""
    weight = np.nan_to_num(proximity)
    told = (~np.isnan(proximity)).sum(axis=0) > 1
    return np.where(told, made @ weight / weight.sum(axis=0), np.nan)


def _supported(made: Floats, least: int, support: int) -> tuple[Floats, Floats]:
    """ECI and PCI over the products that enough places are specialised in; NaN for the others.

    Raises Undetermined as `_indices` does.
    """
    products = made.sum(axis=0) >= support
    places = made[:, products].any(axis=1)
    eci, pci = _indices(made[np.ix_(places, products)], least, support)
    return _spread(eci, places), _spread(pci, products)


def _indices(made: Floats, least: int, support: int) -> tuple[Floats, Floats]:
    """ECI and PCI: the second eigenvector of U⁻¹Mᵀ D⁻¹M, and what it says of places.

    The matrix is similar to the symmetric NᵀN with N = D^-½ M U^-½, whose eigenvalues are 1 ≥ λ₂ ≥ … ≥ 0.
    Raises Undetermined when M leaves λ₂'s eigenvector, or its sign, open.
    """
    if min(made.shape) < max(least, 2):
        raise Undetermined(
            f"专长遍及 {support} 个镇以上的产品只有 {made.shape[1]} 种，涉及 {made.shape[0]} 个镇："
            f"不足 {least}，不计算复杂度"
        )
    diversity, ubiquity = made.sum(axis=1), made.sum(axis=0)
    balanced = made / np.sqrt(np.outer(diversity, ubiquity))
    values, vectors = np.linalg.eigh(balanced.T @ balanced)
    second, rest = values[-2], values[-3] if len(values) > 2 else 0.0  # noqa: PLR2004 - the third of the eigenvalues
    if 1 - second < SLACK:
        raise Undetermined("各镇的专长分成互不相连的几组：复杂度没有唯一的解")
    if second - rest < SLACK:
        raise Undetermined("第二特征值不唯一：复杂度没有唯一的解")
    products = vectors[:, -2] / np.sqrt(ubiquity)
    places = made @ products / diversity
    sign = _sign(places, diversity)
    mean, deviation = places.mean(), places.std()
    return sign * (places - mean) / deviation, sign * (products - mean) / deviation


def _sign(places: Floats, diversity: Floats) -> float:
    """Which way round an eigenvector is: complex places make many products."""
    along = np.mean((places - places.mean()) * (diversity - diversity.mean()))
    if abs(along) < SLACK * places.std() * max(diversity.std(), 1.0):
        raise Undetermined("复杂度与多样性不相关：正负无从确定")
    return float(np.sign(along))


def _counts(made: Floats, axis: int, kept: Mask) -> Ints:
    counts = np.zeros(len(kept), np.int32)
    counts[kept] = made.sum(axis=axis)
    return counts


def _spread(values: Floats, kept: Mask) -> Floats:
    """Put values back where they were before the empty ones were dropped."""
    spread = np.full(len(kept), np.nan)
    spread[kept] = values
    return spread


def _spread_table(values: Floats, rows: Mask, columns: Mask) -> Floats:
    spread = np.full((len(rows), len(columns)), np.nan)
    spread[np.ix_(rows, columns)] = values
    return spread
