"""The investment-promotion list (招商引资清单): for every gap of a town, who could fill it, and why.

It names enterprises outside the town, with whom the gap can be closed. Those in the town that could switch
to a product stand in a list of their own (本地可转产企业). In neither is what can only be secured (保供),
what is weak in nothing that somebody from outside would mend, and what is another town's business.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

from graph.deadline import checkpoint
from graph.errors import BadInput
from graph.kinds.terms import Term
from graph.snapshot.snapshot import Snapshot
from queries.gaps.rank import GapPart
from queries.gaps.rows import Gap
from queries.gaps.terms import GapAction, GapReason
from queries.lists.gap_list import GapList, gap_list
from queries.lists.promotion_rows import ConvertibleRow, PromotionLines, PromotionRow
from queries.policies.settling import settling_benefits
from queries.similarity.complexity import SUPPORT
from queries.similarity.relatedness import CLOSE
from queries.sourcing.candidates import Candidates, candidates
from queries.sourcing.parts import TOWN, Weights

MOST = 200
LEAST_VALUE = 500_000.0
"""Yuan a year: for less nobody moves."""
MENDED_BY_OTHERS = frozenset(
    {
        GapReason.SINGLE_SOURCE,
        GapReason.CONCENTRATED,
        GapReason.LOW_LOCAL_SHARE,
    }
)
"""Why somebody from outside would mend what is weak. Titles and lost makers are the town's to raise."""


class Omission(Term):
    """不列入招商清单的缘由"""  # noqa: D400, D415 - a term

    SECURE = "SECURE", "个环节只能保供（资源、农产、公用事业、废料等），不列入招商，见缺口清单"
    RIVAL = "RIVAL", "个环节是省内其他专业镇的主导产品：宜协作（matches），不列入招商，见缺口清单"
    SMALL = "SMALL", "个环节价值不足起列金额（leastValue）：就近采购即可，不列入招商，见缺口清单"
    RAISE = "RAISE", "个环节本地供应充足，只缺资质或生产者减少：宜扶持本地企业，不列入招商，见缺口清单"


def omission(gap: Gap, least_value: float) -> Omission | None:
    """Why a gap is none to invite anybody for; None: it is one.

    What is worth less than `least_value` (yuan a year) is bought nearby, unless there is a lead about it.
    """
    if gap.action is GapAction.SECURE:
        return Omission.SECURE
    if gap.rivals:
        return Omission.RIVAL
    if gap.action is GapAction.STRENGTHEN and not MENDED_BY_OTHERS.intersection(gap.reasons):
        return Omission.RAISE
    value = next(part.value for part in gap.parts if part.name is GapPart.VALUE)
    return Omission.SMALL if value is not None and value < least_value and gap.lead is None else None


@dataclass(frozen=True, slots=True)
class Promotion:
    """The lists, and the answers that they were made from."""

    gaps: GapList
    found: Mapping[int, Candidates]
    """By the product of the gap (global row)."""
    rows: Sequence[PromotionRow]
    convertible: Sequence[ConvertibleRow]
    sources: Sequence[int]
    """Sources that the rows rest on (global rows)."""
    omitted: Mapping[Omission, int]
    """How many gaps are none to invite anybody for."""
    counted: Sequence[str]
    """Of each gap of which not all candidates are listed, how many are: in words."""


def promotion(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    id: str,
    *,
    as_of: int,
    candidates_first: int = 5,
    weights: Weights = TOWN,
    least_proximity: float = CLOSE,
    least_places: int = SUPPORT,
    least_value: float = LEAST_VALUE,
    **asked: Any,
) -> Promotion:
    """List who could fill the gaps of a town in a year, gap by gap.

    The gaps are those of the rows that `gaps` answers to the same arguments for which somebody can be invited
    (`omission`); the candidates are the first that are `listed` of what `candidates` answers, as on the page
    and in the briefing. Raises BadInput, NotFound.
    """
    if not 1 <= candidates_first <= MOST:
        raise BadInput(f"candidates：应在 1 到 {MOST} 之间，所给为 {candidates_first}", "candidates")
    if not 0 <= least_value < inf:
        raise BadInput(f"leastValue：金额应不小于 0（元/年），所给为 {least_value}", "leastValue")
    listed = gap_list(snapshot, id, as_of=as_of, **asked)
    town = snapshot.id_of(listed.gaps.town)
    found, omitted = dict[int, Candidates](), Counter[Omission]()
    for gap in listed.gaps.rows:
        if gap.action and (why := omission(gap, least_value)):
            omitted[why] += 1
        elif gap.action:
            checkpoint()
            found[gap.product] = candidates(
                snapshot,
                town,
                product=snapshot.id_of(gap.product),
                as_of=as_of,
                first=candidates_first,
                weights=weights,
                least_proximity=least_proximity,
                least_places=least_places,
            )
    ids = tuple(sorted({snapshot.id_of(one.row) for each in found.values() for one in each.rows}))
    settled = settling_benefits(snapshot, town, organisations=ids, as_of=as_of) if ids else {}
    build = PromotionLines.of(snapshot, listed, found, as_of, settled)
    rows, own = list[PromotionRow](), list[ConvertibleRow]()
    for gap in listed.gaps.rows:
        if gap.product in found:
            chosen = found[gap.product].listed or [None]
            rows += [build.row(len(rows) + n, gap, one) for n, one in enumerate(chosen, 1)]
            here = found[gap.product].convertible
            own += [build.convertible(len(own) + n, gap, one) for n, one in enumerate(here, 1)]
    counted = [
        f"{snapshot.name_of(product)}：{told}" for product, one in found.items() if (told := not_listed(one))
    ]
    return Promotion(listed, found, rows, own, sorted(build.used), omitted, counted)


def not_listed(found: Candidates) -> str:
    """Say how many candidates of a gap are listed of how many, and who is not; empty: all of them are."""
    told, shown = list[str](), len(found.listed)
    if found.listed_count > shown:
        told.append(f"候选企业共 {found.listed_count} 家，列出 {shown} 家")
    if near := found.invitable_count - found.listed_count:
        told.append(f"另有 {near} 家只是同属一个行业小类，未列")
    if found.invitable_count and (staying := found.count - found.invitable_count):
        told.append(f"另有 {staying} 家不是企业（个体户、合作社、事业单位等），可对接采购，不宜招引，未列")
    return "；".join(told)
