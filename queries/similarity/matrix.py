"""Similarity matrix: of all pairs of towns, how alike they are, and what they trade or could trade."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from scipy.cluster.hierarchy import leaves_list, linkage
from scipy.spatial.distance import squareform

from graph.deadline import checkpoint
from graph.errors import BadInput
from graph.kinds.entities import Town
from graph.kinds.results import Place, result
from graph.kinds.terms import Term
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from queries.answer import Aggregation, Answer
from queries.links import known
from queries.similarity.complements import markets_of
from queries.similarity.pairs import ALIKE, method_of, nothing
from queries.similarity.profiles import Indices, indices, profiles_of
from queries.similarity.relatedness import town_row

LARGEST = 300
"""How many towns a matrix may have."""


class SimilarityMeasure(Term):
    """两镇结构相似程度的口径"""  # noqa: D400, D415 - GraphQL shows it

    COSINE = "COSINE", "余弦（0–1）：不低于阈值为相似，默认阈值 0.85"
    OVERLAP = "OVERLAP", "Finger–Kreinin 重合度（0–1）：不低于阈值为相似"
    KRUGMAN = "KRUGMAN", "克鲁格曼指数（0–2）：不高于阈值为相似"


@result("结构相似的两个镇：少有互供为同构竞争，互供多为分工")
@dataclass(frozen=True, slots=True)
class AlikePair:
    """Two towns that are alike: rivals, unless they trade; 0 is no known trade."""

    start: Annotated[NodeIndex, Town, "甲镇"]
    end: Annotated[NodeIndex, Town, "乙镇"]
    value: Annotated[float, "相似程度，口径见 measure"]
    sells: Annotated[float | None, "甲售予乙（元/年）；空为已知有、未计量"]
    buys: Annotated[float | None, "甲购自乙（元/年）；空为已知有、未计量"]
    offers: Annotated[float | None, "乙采购（不论来自何处）而甲生产的产品（元/年）；空为未计量"]
    wants: Annotated[float | None, "甲采购（不论来自何处）而乙生产的产品（元/年）；空为未计量"]


@result("专业镇两两相似度；各表按 towns 的次序")
@dataclass(frozen=True, slots=True)
class SimilarityMatrix(Answer):
    """All pairs; every table is towns × towns, in the order of `towns`."""

    towns: Annotated[Sequence[NodeIndex], Town, "专业镇"]
    krugman: Annotated[Sequence[Sequence[float]], "克鲁格曼指数（0–2）"]
    cosine: Annotated[Sequence[Sequence[float]], "结构余弦相似度（0–1）"]
    overlap: Annotated[Sequence[Sequence[float]], "Finger–Kreinin 重合度（0–1）"]
    trade: Annotated[Sequence[Sequence[float | None]], "行售予列的已知金额（元/年）；空为已知有、未计量"]
    complementarity: Annotated[
        Sequence[Sequence[float | None]],
        "互补：列采购（不论来自何处）而行生产的产品之和（元/年）；空为已知有、未计量",
    ]
    output: Annotated[Sequence[float], "已知并已归类的产出（元/年）"]
    missing: Annotated[Sequence[NodeIndex], Town, "产出不详、未列入的专业镇"]
    alike: Annotated[Sequence[AlikePair], "越过阈值的镇对，最相似的在前"]
    clustered: Annotated[
        Sequence[int], "towns 的序号，相似者相邻：按 measure 的平均联结聚类，其叶的最优次序", Place()
    ]


def similarity_matrix(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    *,
    as_of: int,
    aggregation: Aggregation = Aggregation.INDUSTRY,
    digits: int = 4,
    towns: Sequence[str] = (),
    measure: SimilarityMeasure = SimilarityMeasure.COSINE,
    alike: float | None = None,
) -> SimilarityMatrix:
    """Compare all pairs of towns, or of some; at most 300.

    `alike` is the threshold of the measure from which a pair is listed; only the cosine has a default (0.85).
    """
    least = _threshold(measure, alike)
    wanted = [town_row(snapshot, id, "towns") for id in towns] or list(snapshot.nodes["Town"].rows)
    profiles = profiles_of(snapshot, as_of, aggregation, digits)
    shown = np.flatnonzero(np.isin(profiles.towns, wanted))
    if len(shown) > LARGEST:
        raise BadInput(f"towns：矩阵最多 {LARGEST} 个镇，所求为 {len(shown)} 个；请以 towns 指定", "towns")
    asked = {"aggregation": aggregation, "digits": digits, "towns": ",".join(towns) or None}
    asked |= {"measure": measure, "alike": least}
    every = _indices(profiles.shares[shown])
    rows = profiles.towns[shown]
    trade = profiles.trade[np.ix_(shown, shown)]
    fit = _complementarity(snapshot, as_of, rows)
    value = getattr(every, measure.value.lower())
    return SimilarityMatrix(
        rows.tolist(),
        every.krugman.tolist(),
        every.cosine.tolist(),
        every.overlap.tolist(),
        _told(trade),
        _told(fit),
        profiles.output[shown].tolist(),
        sorted({*wanted} - {*rows.tolist()}),
        _alike(rows, value, trade, fit, least, near_is_less=measure is SimilarityMeasure.KRUGMAN),
        _clustered(value if measure is SimilarityMeasure.KRUGMAN else 1 - value),
        method=method_of(snapshot, as_of, asked),
        unknown_reason=None if len(rows) else nothing(as_of),
    )


def _threshold(measure: SimilarityMeasure, alike: float | None) -> float:
    most = 2.0 if measure is SimilarityMeasure.KRUGMAN else 1.0
    if alike is None and measure is not SimilarityMeasure.COSINE:
        raise BadInput(
            f"alike：口径为 {measure.value} 时没有惯例阈值，请给出 0 到 {most:g} 之间的数", "alike"
        )
    least = ALIKE if alike is None else alike
    if not 0 <= least <= most:
        raise BadInput(f"alike：应在 0 到 {most:g} 之间，所给为 {least}", "alike")
    return least


def _indices(shares: Floats) -> Indices:
    """Compare every row of shares with all of them: n × n tables."""
    found = list[Indices]()
    for row in shares:
        checkpoint()
        found.append(indices(row, shares))
    empty = np.zeros((0, 0))
    names = ("krugman", "cosine", "overlap")
    return Indices(*(np.stack([getattr(f, n) for f in found]) if found else empty for n in names))


def _clustered(distance: Floats) -> list[int]:
    """Order towns so that the alike are neighbours: leaves of a clustering by average linkage.

    >>> _clustered(np.array([[0.0, 1.0, 0.1], [1.0, 0.0, 0.9], [0.1, 0.9, 0.0]]))
    [0, 2, 1]
    """
    if len(distance) < 3:  # noqa: PLR2004 - nothing to order
        return [*range(len(distance))]
    near = squareform(np.maximum(distance, 0.0), checks=False)
    found: list[int] = leaves_list(linkage(near, "average", optimal_ordering=True)).tolist()
    return found if found[0] < found[-1] else found[::-1]


def _complementarity(snapshot: Snapshot, as_of: int, rows: Ints) -> Floats:
    """Add up what each town (column) buys of what each (row) makes; NaN: something, nothing measured."""
    markets = markets_of(snapshot, as_of)
    places = np.searchsorted(markets.towns, rows)
    made = markets.made[places].astype(np.float64)
    bought = markets.bought[places]
    total = made @ np.nan_to_num(bought).T
    some = made @ (bought != 0).astype(np.float64).T > 0
    return np.where(some & (total == 0), np.nan, total)


def _alike(  # noqa: PLR0913 - the tables
    rows: Ints, value: Floats, trade: Floats, fit: Floats, least: float, *, near_is_less: bool
) -> list[AlikePair]:
    """List the pairs beyond a threshold, each once."""
    reached = value <= least if near_is_less else value >= least
    one, other = np.nonzero(np.triu(reached, 1))
    nearest = value[one, other] if near_is_less else -value[one, other]
    order = np.lexsort((other, one, nearest))
    pairs = zip(one[order].tolist(), other[order].tolist(), strict=True)
    return [
        AlikePair(
            NodeIndex(int(rows[a])),
            NodeIndex(int(rows[b])),
            float(value[a, b]),
            known(float(trade[a, b])),
            known(float(trade[b, a])),
            known(float(fit[a, b])),
            known(float(fit[b, a])),
        )
        for a, b in pairs
    ]


def _told(table: Floats) -> list[list[float | None]]:
    return [[known(value) for value in row] for row in table.tolist()]
