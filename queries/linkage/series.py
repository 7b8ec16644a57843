"""Power series of a non-negative matrix: the inverse of I − M applied to a vector, without inverting."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from graph.deadline import checkpoint
from graph.snapshot.csr import Floats

TOLERANCE = 1e-10
MOST = 50_000
BETWEEN = 16
"""Terms between two looks at the deadline."""
AGE = 1_000
"""Terms over which a term must have become smaller: one that has not never will."""
SHRINKS = 1 - 1e-6


class ClosedCircle(Exception):
    """The series has no end: somebody buys, over others, at least what they sell (spectral radius ≥ 1)."""


FINEST = 1e-15
SMALL = 1_000
"""Up to this many members a series costs so little that it is summed as far as numbers go."""


def fine(members: int) -> float:
    """Choose how far to sum: to the last digit where that costs nothing."""
    return FINEST if members <= SMALL else TOLERANCE


@dataclass(frozen=True, slots=True, eq=False)
class Sum:
    """What the series adds up to."""

    value: Floats
    terms: int
    residual: float
    """What may be missing, relative to the sum: the tail of a geometric series with the last ratio."""


def series(matrix: csr_array, start: Floats, *, tolerance: float = TOLERANCE, most: int = MOST) -> Sum:
    """Add up start + M·start + M²·start + …, until what is left is less than `tolerance` of the sum.

    Of a non-negative matrix with spectral radius below 1; otherwise ClosedCircle is raised.

    >>> series(csr_array([[0.0, 0.5], [0.0, 0.0]]), np.array([0.0, 4.0])).value.tolist()
    [2.0, 4.0]
    """
    total, term, residual, terms = start.astype(np.float64), start, np.inf, 0
    before, last = np.inf, float(np.abs(start).sum())
    with np.errstate(over="ignore", invalid="ignore"):
        while residual > tolerance:
            terms += 1
            term = matrix @ term
            total += term
            size, ratio, last = float(np.abs(total).sum()), last, float(np.abs(term).sum())
            ratio = min(last / ratio, SHRINKS) if ratio else 0.0
            residual = last * ratio / (1 - ratio) / size if size else 0.0
            if terms % BETWEEN == 0:
                checkpoint()
            if terms > most or not np.isfinite(size) or (terms % AGE == 0 and last > before * SHRINKS):
                raise ClosedCircle
            before = last if terms % AGE == 0 else before
    return Sum(total, terms, residual)


def inverse(matrix: Floats) -> Floats:
    """Invert I − M for a small dense M; raises ClosedCircle when the inverse is not non-negative.

    A non-negative M has spectral radius below 1 exactly when I − M has a non-negative inverse (the condition
    of Hawkins and Simon).
    """
    try:
        found = np.linalg.inv(np.eye(len(matrix)) - matrix)
    except np.linalg.LinAlgError:
        raise ClosedCircle from None
    if not np.isfinite(found).all() or (found < -TOLERANCE * np.abs(found).max()).any():
        raise ClosedCircle
    return np.maximum(found, 0.0)
