"""Pairing: which members of two rosters meet by a key, and what speaks for and against each pair."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from graph.deadline import checkpoint
from graph.kinds.results import As, result
from graph.snapshot.csr import Ints
from queries.identity.evidence import (
    ORDER,
    Bits,
    IdentityDifferenceKind,
    IdentityEvidenceKind,
    Scores,
    bit,
    scores,
)
from queries.identity.keys import ONE_WAY, Keys
from queries.identity.roster import Roster

MOST_IN_BLOCK = 300
"""Members with the same key beyond which they are not paired by it, but counted."""
COLUMNS = {
    IdentityDifferenceKind.DIFFERENT_CODE: "code",
    IdentityDifferenceKind.DIFFERENT_COUNTY: "county",
    IdentityDifferenceKind.DIFFERENT_FORM: "form",
    IdentityDifferenceKind.DIFFERENT_NUMBER: "number",
}


@result("同一线索涉及过多主体而未逐对比较者", "IdentitySkipped")
@dataclass(frozen=True, slots=True)
class Skipped:
    """Keys that too many share: their members are not compared by this kind of evidence."""

    evidence: Annotated[IdentityEvidenceKind, "依据", As("kind")]
    groups: Annotated[int, "这样的线索个数"]
    largest: Annotated[int, "一个线索最多涉及的主体数"]


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of members, each once, with what they have in common and what sets them apart."""

    left: Ints
    right: Ints
    evidence: Bits
    against: Bits
    score: Scores
    skipped: Sequence[Skipped]


def pairs(left: Roster, right: Roster | None = None, *, most: int = MOST_IN_BLOCK) -> Pairs:
    """Pair the members of two rosters, or of one with each other (then left before right)."""
    other = right or left
    skipped: list[Skipped] = []
    found = [
        (meeting, at) for at, kind in enumerate(ORDER) for meeting in _met(left, other, kind, most, skipped)
    ]
    met = np.concatenate([_coded(one, two, len(other), kind) for (one, two), kind in found])
    if right is None:
        met = _once(met, len(other))
    met.sort()
    whole = met // len(ORDER)
    begins = np.flatnonzero(np.diff(whole, prepend=-1))
    bits = np.int64(1) << met % len(ORDER)
    evidence = np.bitwise_or.reduceat(bits, begins) if len(met) else bits
    at, to = np.divmod(whole[begins], max(len(other), 1))
    return _weighed(left, other, at.astype(np.int32), to.astype(np.int32), evidence, skipped)


def _coded(left: Ints, right: Ints, width: int, kind: int) -> NDArray[np.int64]:
    """Write who meets whom by which kind as one number each, so that sorting brings a pair together."""
    return (left.astype(np.int64) * width + right) * len(ORDER) + kind


def _once(met: NDArray[np.int64], width: int) -> NDArray[np.int64]:
    """Put the smaller member first, and leave out who meets itself."""
    whole, kind = np.divmod(met, len(ORDER))
    at, to = np.divmod(whole, max(width, 1))
    turned = (np.minimum(at, to) * width + np.maximum(at, to)) * len(ORDER) + kind
    return turned[at != to]


def _met(
    left: Roster, right: Roster, kind: IdentityEvidenceKind, most: int, skipped: list[Skipped]
) -> Iterator[tuple[Ints, Ints]]:
    """Find who meets by a kind of key; a kind that is not the same both ways is tried both ways."""
    yield _joined(left.keys(kind), right.keys(kind, part=True), kind, most, skipped)
    if left is not right and kind in ONE_WAY:
        yield _joined(left.keys(kind, part=True), right.keys(kind), kind, most, skipped)


def _joined(
    left: Keys, right: Keys, kind: IdentityEvidenceKind, most: int, skipped: list[Skipped]
) -> tuple[Ints, Ints]:
    checkpoint()
    begin = np.searchsorted(right.values, left.values)
    count = np.searchsorted(right.values, left.values, "right") - begin
    if (big := count > most).any():
        skipped.append(Skipped(kind, len(np.unique(left.values[big])), int(count.max())))
        count = np.where(big, 0, count)
    ends = np.cumsum(count)
    within: NDArray[np.int64] = np.arange(int(count.sum())) - np.repeat(ends - count, count)
    return np.repeat(left.members, count), right.members[np.repeat(begin, count) + within]


def _weighed(  # noqa: PLR0913, PLR0917 - what a pair is made of
    left: Roster, right: Roster, at: Ints, to: Ints, evidence: Bits, skipped: Sequence[Skipped]
) -> Pairs:
    against = np.zeros(len(at), np.int64)
    for term, name in COLUMNS.items():
        one, two = left.columns[name][at], right.columns[name][to]
        against |= np.where((one != two) & (one >= 0) & (two >= 0), bit(term), 0)
    same = left.columns["core"][at] == right.columns["core"][to]
    errors = bit(IdentityEvidenceKind.SWAPPED) | bit(IdentityEvidenceKind.REPLACED)
    evidence = np.where(same, evidence & ~errors, evidence)
    one_code = evidence & bit(IdentityEvidenceKind.SAME_CODE) != 0
    evidence = np.where(one_code, evidence & ~bit(IdentityEvidenceKind.INNER_CODE), evidence)
    return Pairs(at, to, evidence, against, scores(evidence, against), skipped)
