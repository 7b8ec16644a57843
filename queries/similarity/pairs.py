"""Similarity: which towns make the same things, and whether they are rivals or trade with each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.deadline import checkpoint
from graph.errors import BadInput
from graph.kinds.entities import Town
from graph.kinds.results import result
from graph.snapshot.index import NodeIndex
from graph.snapshot.makers import makers
from graph.snapshot.purchases import purchases
from graph.snapshot.snapshot import Snapshot
from queries.answer import Aggregation, Answer, Formula, Method, Parameter
from queries.levels import OwnCounts, in_scope, own_counts
from queries.linkage.accounts import accounts, outputs_used
from queries.links import known
from queries.provenance import Rows, of_making, of_purchases
from queries.similarity.complements import Complement, complements
from queries.similarity.profiles import Profiles, indices, profiles_of
from queries.similarity.relatedness import in_towns, town_row

MOST = 200
ALIKE = 0.85
"""From which cosine on towns are called alike: a convention."""
FORMULA = Formula(
    "similarity/krugman-cosine-finger-kreinin",
    "专业镇相似度",
    4,
    "结果取决于行业层级；相似且互相供货是分工而非同构。互补只论货物，不论服务与水电气热。",
)


@result("与所问的镇相比的另一个专业镇", "SimilarTown")
@dataclass(frozen=True, slots=True)
class Similar:
    """Another town beside the one that was asked."""

    town: Annotated[NodeIndex, Town, "专业镇"]
    krugman: Annotated[float, "克鲁格曼指数 Σ|sₐₖ − s_bk|（0 相同–2 全异）"]
    cosine: Annotated[float, "结构余弦相似度（0–1）"]
    overlap: Annotated[float, "Finger–Kreinin 重合度 = 1 − K/2（0–1）"]
    alike: Annotated[bool, "余弦是否不低于 alike：惯例阈值，不是判断"]
    sells: Annotated[float | None, "它售予所问的镇（元/年）；空为已知有、未计量"]
    buys: Annotated[float | None, "它向所问的镇采购（元/年）；空为已知有、未计量"]
    offers: Annotated[Sequence[Complement], "所问的镇采购而它生产的产品，采购额大者在前，至多 20 种"]
    wants: Annotated[Sequence[Complement], "它采购而所问的镇生产的产品，采购额大者在前，至多 20 种"]


@result("结构相似的专业镇，及其间的供应")
@dataclass(frozen=True, slots=True)
class SimilarTowns(Answer):
    """The other towns beside the one that was asked."""

    town: Annotated[NodeIndex, Town, "所问的专业镇"]
    rows: Annotated[Sequence[Similar], "其他专业镇：余弦大者在前"]
    count: Annotated[int, "产出已知的其他专业镇数"]
    classified: Annotated[float | None, "所问的镇已知产出中归入此层级者的占比（0–1）；空为产出不详"]
    own: OwnCounts = None


def similar(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    id: str,
    *,
    as_of: int,
    aggregation: Aggregation = Aggregation.INDUSTRY,
    digits: int = 4,
    first: int = 10,
    alike: float = ALIKE,
) -> SimilarTowns:
    """Rank the other towns by how alike their output is, beside what the two sell to each other."""
    town = town_row(snapshot, id)
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    if not 0 <= alike <= 1:
        raise BadInput(f"alike：应在 0 到 1 之间，所给为 {alike}", "alike")
    profiles = profiles_of(snapshot, as_of, aggregation, digits)
    asked = {"aggregation": aggregation, "digits": digits, "first": first, "alike": alike}
    method = method_of(snapshot, as_of, asked)
    own = own_counts(snapshot, town, as_of)
    here = np.flatnonzero(profiles.towns == town)
    others = np.flatnonzero(profiles.towns != town)
    if not len(here):
        unplaced = town in profiles.unplaced
        why = unplaced_reason(as_of) if unplaced else nothing(as_of)
        return SimilarTowns(town, [], 0, 0.0 if unplaced else None, own, method=method, unknown_reason=why)
    place = int(here[0])
    found = indices(profiles.shares[place], profiles.shares[others])
    order = np.lexsort([others, found.krugman, -found.cosine])[:first]
    figures = (a[order].tolist() for a in (others, found.krugman, found.cosine, found.overlap))
    rows = [
        _similar(snapshot, as_of, profiles, place, other, (k, s, f), alike)
        for other, k, s, f in zip(*figures, strict=True)
    ]
    classified = float(profiles.classified[place])
    return SimilarTowns(town, rows, len(others), classified, own, method=method)


def _similar(  # noqa: PLR0913, PLR0917 - the parts of a row
    snapshot: Snapshot,
    as_of: int,
    profiles: Profiles,
    place: int,
    other: int,
    figures: tuple[float, float, float],
    alike: float,
) -> Similar:
    checkpoint()
    asked, town = (NodeIndex(int(profiles.towns[one])) for one in (place, other))
    return Similar(
        town,
        *figures,
        alike=figures[1] >= alike,
        sells=known(float(profiles.trade[other, place])),
        buys=known(float(profiles.trade[place, other])),
        offers=complements(snapshot, as_of, asked, town),
        wants=complements(snapshot, as_of, town, asked),
    )


def method_of(snapshot: Snapshot, as_of: int, asked: Mapping[str, Parameter]) -> Method:
    """Say how towns were compared."""
    return FORMULA.method(
        snapshot,
        as_of,
        asked,
        coverage=accounts(snapshot, as_of=as_of).coverage,
        used=lambda: _used(snapshot, as_of),
    )


def _used(snapshot: Snapshot, as_of: int) -> Rows:
    """Rows of what the organisations of towns put out, buy and make, and sell to each other."""
    inside = in_towns(snapshot, as_of) & in_scope(snapshot, None, as_of)
    made, bought = makers(snapshot, as_of), purchases(snapshot, as_of)
    return (
        outputs_used(snapshot, as_of, inside)
        | of_purchases(bought.some(inside[bought.buyer]))
        | of_making(made.edge[inside[made.organisation]])
    )


def nothing(as_of: int) -> str:
    """Say why there is nothing to compare."""
    return f"{as_of} 年没有镇内主体的产出数据，或主体未归入此层级：无从比较"


def unplaced_reason(as_of: int) -> str:
    """Say why a town whose output is known can't be compared."""
    return f"{as_of} 年有镇内主体的产出数据，但没有主体归入此层级：无从比较"
