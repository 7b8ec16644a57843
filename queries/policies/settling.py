"""Settling: the benefits that organisations would get if they were located in a town, asked of an overlay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

import numpy as np

from graph.kinds.columns import Id
from graph.kinds.papers import Benefit
from graph.kinds.relations import LocatedIn, MemberOf
from graph.kinds.results import result
from graph.snapshot.csr import Ints
from graph.snapshot.index import NodeIndex, nodes_of
from graph.snapshot.overlay import Dropped, Edits, overlay
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import valid_in
from queries.levels import row_of_kind
from queries.policies.basis import decision_rows, offer_rows
from queries.policies.benefits import worth
from queries.policies.decisions import STATUS, BenefitStatus, Decisions, decided, decisions, recipients
from queries.policies.reach import targets
from queries.provenance import Rows
from queries.standards.judgement import judged_organisation
from queries.standards.measures import Province
from queries.standards.measures.intervals import FALSE, TRUE

CAVEAT = (
    "按主体原样迁入本镇推算：位于本镇所在区划、为本镇成员，其余事实（规模、年限、资质）不变；新设公司须另核"
)


@result("一项落户后可享（或待核）的政策措施")
@dataclass(frozen=True, slots=True)
class SettlingBenefit:
    """One benefit that somebody would, or might, get in a town."""

    benefit: Annotated[NodeIndex, Benefit, "政策措施"]
    status: Annotated[BenefitStatus, "落户后可否享受：可享，或待核"]
    already: Annotated[bool, "在现所在地是否已可享"]
    amount: Annotated[float | None, "每户金额（元）；空为没有载明"]
    deciding: Annotated[Sequence[str], "待核时：知道哪些事实即可判断"]
    used: Rows = field(compare=False, repr=False)
    """Rows that it rests on, in the snapshot as it is: those of the move itself are in none."""


def settling_benefits(
    snapshot: Snapshot, town: str, *, organisations: tuple[str, ...], as_of: int
) -> Mapping[int, Sequence[SettlingBenefit]]:
    """List for each organisation (a global row) what it would get in a town, or may: eligible first."""
    rows = sorted({row_of_kind(snapshot, id, "Organisation") for id in organisations})
    place = row_of_kind(snapshot, town, "Town", argument="town")
    held = decisions(snapshot, as_of)
    moved = overlay(snapshot, _edits(snapshot, rows, place, as_of))
    province = Province(moved, as_of)
    firms = np.array(rows, np.int32) - np.int32(snapshot.nodes["Organisation"].first)
    firms = np.intersect1d(firms, recipients(province)).astype(np.int32)
    found: dict[int, list[tuple[tuple[int, float, int], SettlingBenefit]]] = {row: [] for row in rows}
    for one in held.in_force():
        there = decided(province, one.offer, firms)
        for at in np.flatnonzero(there.truth != FALSE).tolist():
            firm, truth = int(there.firms[at]), int(there.truth[at])
            known = judged_organisation(province, one.offer.rule, firm) if one.offer.rule else None
            shown = SettlingBenefit(
                one.offer.benefit,
                STATUS[truth],
                _already(held, one.offer.benefit, firm),
                one.offer.amount,
                known.deciding if known else (),
                _rows(held, one.offer.benefit, firm),
            )
            found[firm + held.province.firms.first].append(((-truth, *worth(one.offer)), shown))
    return {row: [shown for _, shown in sorted(many, key=lambda e: e[0])] for row, many in found.items()}


def _already(held: Decisions, benefit: int, firm: int) -> bool:
    now = held.by_benefit[benefit]
    at = int(np.searchsorted(now.firms, firm))
    return at < len(now.firms) and bool(now.firms[at] == firm and now.truth[at] == TRUE)


def _rows(held: Decisions, benefit: int, firm: int) -> Rows:
    """Rows of the organisation and the benefit as they are."""
    offer, here = held.by_benefit[benefit].offer, np.array([firm], np.int32)
    return offer_rows(held.snapshot, [offer], held.as_of) | decision_rows(
        held.snapshot, offer, here, held.as_of
    )


def _edits(snapshot: Snapshot, rows: Sequence[NodeIndex], town: NodeIndex, as_of: int) -> Edits:
    """Move organisations into the first region of a town, and make them members."""
    regions, dropped = targets(snapshot, "LIES_IN", town, as_of), list[Dropped]()
    relations = list[LocatedIn | MemberOf]()
    for row in rows:
        id = Id(snapshot.id_of(row))
        if len(regions):
            dropped += [Dropped("LOCATED_IN", id, snapshot.id_of(end)) for end in _places(snapshot, row)]
            relations.append(LocatedIn(start=id, end=Id(snapshot.id_of(regions[0]))))
        if town not in _members(snapshot, row, as_of):
            relations.append(MemberOf(start=id, end=Id(snapshot.id_of(town)), since=as_of))
    return Edits(dropped=dropped, relations=relations)


def _places(snapshot: Snapshot, row: int) -> list[NodeIndex]:
    edges = snapshot.relations["LOCATED_IN"]
    first, last = np.searchsorted(edges.start, [row, row + 1])
    return nodes_of(np.unique(edges.end[first:last]))


def _members(snapshot: Snapshot, row: int, as_of: int) -> list[int]:
    edges = snapshot.relations["MEMBER_OF"]
    first, last = np.searchsorted(edges.start, [row, row + 1])
    places: Ints = np.arange(first, last, dtype=np.int32)
    return edges.end[places][valid_in(edges, as_of, places)].tolist()
