"""Evidence: what speaks for two organisations being one, what against, and what score it makes."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from graph.kinds.terms import Term

type Scores = NDArray[np.float64]
type Bits = NDArray[np.int64]


class IdentityEvidenceKind(Term):
    """两个主体可能是同一主体的依据"""  # noqa: D400, D415 - GraphQL shows it

    SAME_CODE = "SAME_CODE", "统一社会信用代码相同"
    INNER_CODE = "INNER_CODE", "信用代码第 9–17 位（组织机构代码）相同"
    SAME_NAME = "SAME_NAME", "同县、同形式，名称相同（不计宽度、繁简、大小写、括号）"
    FULL_NAME = "FULL_NAME", "全名相同（不计宽度、繁简、大小写、括号）"
    SAME_CORE = "SAME_CORE", "去掉区划与组织形式后的字号相同"
    ALIAS = "ALIAS", "一方的别名是另一方的名称、字号或别名"
    SHORT_NAME = "SHORT_NAME", "同一专业镇内，一方的字号或别名是另一方字号的开头"
    SWAPPED = "SWAPPED", "字号用字相同而次序不同"
    DROPPED = "DROPPED", "字号只多或少一字"
    REPLACED = "REPLACED", "字号只有一字不同"


class IdentityDifferenceKind(Term):
    """两个主体不是同一主体的迹象"""  # noqa: D400, D415 - GraphQL shows it

    DIFFERENT_CODE = "DIFFERENT_CODE", "统一社会信用代码不同"
    DIFFERENT_COUNTY = "DIFFERENT_COUNTY", "所在县不同"
    DIFFERENT_FORM = "DIFFERENT_FORM", "主体形式不同"
    DIFFERENT_NUMBER = "DIFFERENT_NUMBER", "名称中的序号或数字不同"


WEIGHTS = {
    IdentityEvidenceKind.SAME_CODE: 0.98,
    IdentityEvidenceKind.INNER_CODE: 0.9,
    IdentityEvidenceKind.SAME_NAME: 0.9,
    IdentityEvidenceKind.FULL_NAME: 0.8,
    IdentityEvidenceKind.SAME_CORE: 0.65,
    IdentityEvidenceKind.ALIAS: 0.6,
    IdentityEvidenceKind.SHORT_NAME: 0.6,
    IdentityEvidenceKind.SWAPPED: 0.65,
    IdentityEvidenceKind.DROPPED: 0.6,
    IdentityEvidenceKind.REPLACED: 0.4,
}
"""The chance that a pair is one organisation if this were all that is known."""
PENALTIES = {
    IdentityDifferenceKind.DIFFERENT_COUNTY: 0.6,
    IdentityDifferenceKind.DIFFERENT_FORM: 0.7,
    IdentityDifferenceKind.DIFFERENT_NUMBER: 0.2,
}
"""What remains of the evidence of names."""
CODES_DIFFER = 0.2
"""The highest score of two organisations that have different valid codes."""
ORDER = tuple(IdentityEvidenceKind)
ORDER_AGAINST = tuple(IdentityDifferenceKind)
OF_CODES = (IdentityEvidenceKind.SAME_CODE, IdentityEvidenceKind.INNER_CODE)


def bit(term: IdentityEvidenceKind | IdentityDifferenceKind) -> int:
    """The bit that stands for a term."""
    return 1 << (ORDER.index(term) if isinstance(term, IdentityEvidenceKind) else ORDER_AGAINST.index(term))


def scores(evidence: Bits, against: Bits) -> Scores:
    """Score pairs by the bits of their evidence: noisy-or, less what speaks against it.

    1 − Π(1 − w) over the evidence of codes, times 1 − p·(1 − Π(1 − w)) over the evidence of names, where p is
    the product of the penalties; at most CODES_DIFFER when both have valid codes that differ.

    >>> one = np.array([bit(IdentityEvidenceKind.SAME_CORE)])
    >>> two = np.array([bit(IdentityDifferenceKind.DIFFERENT_COUNTY)])
    >>> scores(one, 0 * one).round(2).tolist(), scores(one, two).round(2).tolist()
    ([0.65], [0.39])
    """
    doubt = {of_code: np.ones(len(evidence)) for of_code in (True, False)}
    for term in ORDER:
        held = evidence & bit(term) != 0
        doubt[term in OF_CODES] *= np.where(held, 1 - WEIGHTS[term], 1.0)
    kept = np.ones(len(evidence))
    for term, penalty in PENALTIES.items():
        kept *= np.where(against & bit(term) != 0, penalty, 1.0)
    score = 1 - doubt[True] * (1 - kept * (1 - doubt[False]))
    differ = against & bit(IdentityDifferenceKind.DIFFERENT_CODE) != 0
    return np.where(differ, np.minimum(score, CODES_DIFFER), score).round(6)


def evidence_of(bits: int) -> Sequence[IdentityEvidenceKind]:
    """List the evidence that bits stand for."""
    return [term for term in ORDER if bits & bit(term)]


def against_of(bits: int) -> Sequence[IdentityDifferenceKind]:
    """List what bits say against it."""
    return [term for term in ORDER_AGAINST if bits & bit(term)]
