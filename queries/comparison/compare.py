"""Comparison: two to six towns side by side, the same card of each, and what each pair shares and trades."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Annotated

from graph.deadline import checkpoint
from graph.errors import BadInput
from graph.kinds.entities import Town
from graph.kinds.papers import Standard
from graph.kinds.results import result
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from queries.answer import Answer, Formula
from queries.comparison.cards import TownCard, card
from queries.levels import row_of_kind
from queries.provenance import Rows
from queries.similarity.complements import Complement, SharedProduct, complements, shared
from queries.similarity.matrix import SimilarityMatrix, similarity_matrix
from queries.standards.choice import recognition_standard

LEAST, MOST = 2, 6
"""How many towns are compared."""
FORMULA = Formula(
    "town-comparison",
    "专业镇对比",
    1,
    "各数的年份、口径与来源等级可能不同，先看年龄与等级再比大小；登记较全的镇会显得较大；不详不等于没有。",
)


@result("两个专业镇之间：结构是否相似，互相供货多少", "ComparedPair")
@dataclass(frozen=True, slots=True)
class Pair:
    """What two of the compared towns have in common."""

    start: Annotated[NodeIndex, Town, "甲镇"]
    end: Annotated[NodeIndex, Town, "乙镇"]
    cosine: Annotated[float | None, "结构余弦相似度（0–1，四位行业）；空为不详"]
    krugman: Annotated[float | None, "克鲁格曼指数（0 相同–2 全异，四位行业）；空为不详"]
    sells: Annotated[float | None, "甲售予乙的已知金额（元/年），0 为没有已知的供应；空为不详或未计量"]
    buys: Annotated[float | None, "甲购自乙的已知金额（元/年），0 为没有已知的供应；空为不详或未计量"]
    unknown_reason: Annotated[str | None, "相似度不详的原因；空为已知"]
    shared: Annotated[Sequence[SharedProduct], "两镇都生产的货物，两边售出都多者在前"]
    offers: Annotated[Sequence[Complement], "甲采购而乙生产的货物，采购额大者在前，至多 20 种"]
    wants: Annotated[Sequence[Complement], "乙采购而甲生产的货物，采购额大者在前，至多 20 种"]


@result("专业镇比较：每镇一张卡片，栏目相同；两两相似度与互供")
@dataclass(frozen=True, slots=True)
class Comparison(Answer):
    """Towns side by side, in the order that was asked."""

    cards: Annotated[Sequence[TownCard], "卡片，按所问的次序"]
    pairs: Annotated[Sequence[Pair], "两两之间，每对一行，按所问的次序"]
    standard: Annotated[NodeIndex | None, Standard, "体检所用的认定标准；空为没有"]
    similarity: SimilarityMatrix
    """Of the towns; what the pairs rest on."""


def compare(
    snapshot: Snapshot, *, towns: Sequence[str], as_of: int, standard: str | None = None
) -> Comparison:
    """Put towns side by side; without a standard by that in force where they are, if there is one.

    Raises BadInput for fewer than two towns, more than six, or one twice; NotFound for one that is not there.
    """
    rows = _rows(snapshot, towns)
    chosen, lacking = (standard, None) if standard is not None else _in_force(snapshot, rows, as_of)
    matrix = similarity_matrix(snapshot, as_of=as_of, towns=[snapshot.id_of(row) for row in rows])
    cards = list[TownCard]()
    for row in rows:
        checkpoint()
        cards.append(_card(snapshot, row, as_of, chosen, lacking))

    def used() -> Rows:
        found = Rows()
        for one in cards:
            found = found | one.method.used() if one.method.used else found
        return found

    asked = {"towns": ",".join(snapshot.id_of(row) for row in rows), "standard": chosen}
    return Comparison(
        cards,
        _pairs(snapshot, rows, matrix, as_of),
        None if chosen is None else snapshot.find(chosen),
        matrix,
        method=FORMULA.method(snapshot, as_of, asked, used=used),
    )


def _card(
    snapshot: Snapshot, row: NodeIndex, as_of: int, standard: str | None, lacking: str | None
) -> TownCard:
    """Fill the card of a town; kept with the snapshot, for it is asked beside other towns too."""
    key = ("card", row, as_of, standard, lacking)
    return snapshot.remember(key, lambda: card(snapshot, row, as_of, standard, lacking))


def _rows(snapshot: Snapshot, towns: Sequence[str]) -> list[NodeIndex]:
    """Find the towns; former ids are taken for what they stand for."""
    if not LEAST <= len(towns) <= MOST:
        raise BadInput(f"towns：请给出 {LEAST} 至 {MOST} 个专业镇，所给为 {len(towns)} 个", "towns")
    rows = list[NodeIndex]()
    for id in towns:
        row = row_of_kind(snapshot, id, "Town", argument="towns")
        if row in rows:
            said = "" if id == (now := snapshot.id_of(row)) else f"（现为 {now}）"
            raise BadInput(f"towns：{id}{said} 给出了两次：一个镇不与自己相比", "towns")
        rows.append(row)
    return rows


def _in_force(snapshot: Snapshot, rows: Sequence[NodeIndex], as_of: int) -> tuple[str | None, str | None]:
    """Choose the standard of recognition in force where all the towns are: its id, or why there is none."""
    try:
        return snapshot.id_of(recognition_standard(snapshot, rows, as_of)), None
    except BadInput as error:
        return None, str(error)


def _pairs(snapshot: Snapshot, rows: Sequence[NodeIndex], matrix: SimilarityMatrix, as_of: int) -> list[Pair]:
    """Take each pair out of the matrix; towns whose output is unknown are not in it."""
    at = {row: place for place, row in enumerate(matrix.towns)}
    return [_pair(snapshot, one, other, at, matrix, as_of) for one, other in combinations(rows, 2)]


def _pair(  # noqa: PLR0913, PLR0917 - the parts of a pair
    snapshot: Snapshot,
    one: NodeIndex,
    other: NodeIndex,
    at: dict[NodeIndex, int],
    matrix: SimilarityMatrix,
    as_of: int,
) -> Pair:
    goods = (
        shared(snapshot, as_of, one, other),
        complements(snapshot, as_of, one, other),
        complements(snapshot, as_of, other, one),
    )
    lacking = [snapshot.name_of(row) for row in (one, other) if row not in at]
    if lacking:
        reason = f"{as_of} 年{'、'.join(lacking)}没有已知的产出或行业归属：无从比较"
        return Pair(one, other, None, None, None, None, reason, *goods)
    a, b = at[one], at[other]
    return Pair(
        one,
        other,
        matrix.cosine[a][b],
        matrix.krugman[a][b],
        matrix.trade[a][b],
        matrix.trade[b][a],
        None,
        *goods,
    )
