"""Filler scores: in which order those who could fill a gap come, and on what their place rests."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import isfinite

import numpy as np

from graph.errors import BadInput
from graph.kinds.terms import Term
from graph.snapshot.csr import Ints
from graph.snapshot.flows import Floats
from graph.snapshot.years import Mask
from queries.gaps.nearness import ORDER, Nearness
from queries.ranking import Scored, comparable, scored
from queries.sourcing.facts import Fillers

ELSEWHERE = ORDER[Nearness.ELSEWHERE]


class CandidateEvidence(Term):
    """可补某环节者的依据；先列者优先"""  # noqa: D400, D415 - GraphQL shows it

    LOCAL = "LOCAL", "本镇已有的生产者：先看本地，再说缺失"
    HOME = "HOME", "省内（本镇之外）的生产者"
    SELLER = "SELLER", "已向镇内主体供应该产品"
    RELATED = "RELATED", "相近产品的生产者（邻近度不低于 leastProximity）"
    RELATIVE = "RELATIVE", "镇内主体的股东、所持股的主体或联合伙伴，且生产该产品"
    MAKER = "MAKER", "其他生产者：省外，或所在地不详"


class CandidatePart(Term):
    """候选者得分的组成"""  # noqa: D400, D415 - GraphQL shows it

    FIT = "FIT", "对口：生产该产品为 1，生产相近产品为其邻近度（0–1）"
    NEARNESS = "NEARNESS", "远近：本镇 4、本县 3、本市 2、本省 1、省外 0"
    TIES = "TIES", "往来：与镇内主体的已知供应额，双向合计（元/年）；0 为没有已知往来"
    SIZE = "SIZE", "规模：营业收入（元/年）"
    QUALIFICATION = "QUALIFICATION", "资质：所持有效资质的最高等级序（资质的 rank）"
    SPARE = "SPARE", "余力：产能减产量（产品单位/年）"


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part counts; only their proportions matter."""

    fit: float = 0.25
    nearness: float = 0.2
    ties: float = 0.2
    size: float = 0.15
    qualification: float = 0.1
    spare: float = 0.1

    def checked(self) -> Floats:
        """List them in the order of the parts; raises BadInput for negative ones, or when all are 0."""
        given: Mapping[str, float] = asdict(self)
        for name, weight in given.items():
            if not isfinite(weight) or weight < 0:
                raise BadInput(f"weights.{name}：权重应为不小于 0 的数，所给为 {weight}", "weights")
        if not any(given.values()):
            raise BadInput("weights：权重不能全为 0", "weights")
        return np.array([given[part.value.lower()] for part in CandidatePart])


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """The order of the fillers, and what it rests on: fillers × parts or kinds of evidence."""

    evidence: Mask
    values: Floats
    """In the unit of the part; NaN: unknown."""
    scores: Scored
    order: Ints
    """Local makers first, then by the strongest evidence, the score, the id."""


def standing(found: Fillers, weights: Floats) -> Standing:
    """Order fillers by the strongest evidence, then by the score among all of them."""
    evidence, values = _evidence(found), _values(found)
    scores = scored(values, weights)
    kind = evidence.argmax(axis=1) if len(evidence) else np.zeros(0, np.int64)
    order = np.lexsort((found.who, -comparable(scores.score), kind))
    return Standing(evidence, values, scores, order.astype(np.int32))


def _evidence(found: Fillers) -> Mask:
    """Tell which kinds of evidence speak for each, in their order."""
    away = found.maker & ~found.local
    home = away & (found.nearness < ELSEWHERE)
    near = ~np.isnan(found.proximity) & ~found.maker
    kinds = (found.maker & found.local, home, found.seller, near, away & found.relative, away & ~home)
    return np.stack(kinds, axis=1)


def _values(found: Fillers) -> Floats:
    nearness = np.where(found.nearness > ELSEWHERE, np.nan, ELSEWHERE - found.nearness)
    parts = (found.proximity, nearness, found.ties, found.revenue, found.rank, found.spare)
    return np.stack(parts, axis=1)
