"""Ranking: the pairs of a score, the surest first, and how that score is made."""

from collections.abc import Sequence

import numpy as np

from graph.errors import BadInput
from graph.snapshot.csr import Ints
from graph.snapshot.years import Mask
from queries.answer import Formula
from queries.identity.evidence import (
    CODES_DIFFER,
    PENALTIES,
    WEIGHTS,
    IdentityDifferenceKind,
    IdentityEvidenceKind,
    against_of,
    evidence_of,
)
from queries.identity.pairing import MOST_IN_BLOCK, Pairs

MOST = 1_000
FORMULA = Formula(
    "identity/noisy-or",
    "同一主体判定",
    1,
    "只是可能相同的线索，不是结论：须由数据管理员核实后合并或区分。分值为经验权重的合成，不是概率。",
    {
        **{term.value: weight for term, weight in WEIGHTS.items()},
        **{term.value: kept for term, kept in PENALTIES.items()},
        IdentityDifferenceKind.DIFFERENT_CODE.value: CODES_DIFFER,
        "mostInBlock": MOST_IN_BLOCK,
    },
)


def check(at_least: float, first: int) -> None:
    """Refuse a score or a number of rows that can't be asked for."""
    if not 0 < at_least <= 1:
        raise BadInput(f"atLeast：应大于 0、不大于 1，所给为 {at_least}", "atLeast")
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")


def best(found: Pairs, wanted: Mask) -> Ints:
    """Order the wanted pairs by score, then by their members."""
    places = np.flatnonzero(wanted)
    order = np.lexsort((found.right[places], found.left[places], -found.score[places]))
    return places[order].astype(np.int32)


def said(
    found: Pairs, n: int
) -> tuple[float, Sequence[IdentityEvidenceKind], Sequence[IdentityDifferenceKind]]:
    """The score of a pair, what speaks for it and what against."""
    return float(found.score[n]), evidence_of(int(found.evidence[n])), against_of(int(found.against[n]))
