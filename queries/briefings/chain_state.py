"""State of a town's chain on one page: each step in a word, the first gaps of each action, who fits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.deadline import checkpoint
from graph.kinds.entities import Organisation, Product, Town
from graph.kinds.results import result
from graph.kinds.terms import Proximity, Stage
from graph.snapshot.csr import Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask
from queries.gaps.chain_map import chain_map
from queries.gaps.gaps import Gaps
from queries.gaps.rank import GapPart
from queries.gaps.rows import Gap
from queries.gaps.terms import GapAction, GapReason, GapState
from queries.lists.basis import basis
from queries.lists.particulars import Particulars
from queries.provenance import Rows, any_invented
from queries.sourcing.basis import candidate_rows
from queries.sourcing.candidates import Candidate, candidates
from queries.sourcing.evidence import CandidateEvidence, town_seeker

SHOWN_CANDIDATES = 2


@result("画像中的一个环节", "BriefingStep")
@dataclass(frozen=True, slots=True)
class StepState:
    """One step of the chain, and how the town has it."""

    product: Annotated[NodeIndex, Product, "产品或环节"]
    stage: Annotated[Stage | None, "产业链位置"]
    required: Annotated[bool | None, "是否必备环节；空为不详"]
    state: Annotated[GapState | None, "状态；空为可选环节而本地无人从事、无人采购"]
    local_makers: Annotated[int, "本地已登记的生产者家数"]
    synthetic: Annotated[bool, "状态所依据的行中是否有虚构样例"]


@result("一个缺口的首选对象", "BriefingCandidate")
@dataclass(frozen=True, slots=True)
class FirstCandidate:
    """Who could fill a gap, or who supplies it today."""

    organisation: Annotated[NodeIndex, Organisation, "主体"]
    place: Annotated[str | None, "所在地，自省起；空为不详"]
    proximity: Annotated[Proximity, "离本镇的远近"]
    evidence: Annotated[CandidateEvidence | None, "最强的依据；空为现有的供应者（保供）"]
    synthetic: Annotated[bool, "主体或其依据中是否有虚构样例"]


@result("画像中的一个缺口", "BriefingGap")
@dataclass(frozen=True, slots=True)
class GapLine:
    """One gap, what it is worth, and who comes first."""

    product: Annotated[NodeIndex, Product, "产品或环节"]
    rank: Annotated[int | None, "在同一做法之内的名次"]
    state: Annotated[GapState, "状态"]
    reasons: Annotated[Sequence[GapReason], "理由"]
    because: Annotated[NodeIndex | None, Product, "延链：本镇所产、投入其中的产品"]
    value: Annotated[float | None, "价值（元/年），含义随做法，同 gaps；空为不详"]
    rivals: Annotated[Sequence[NodeIndex], Town, "以它为主导产品的省内其他专业镇"]
    responsible: Annotated[Sequence[NodeIndex], Organisation, "责任单位；空为没有登记"]
    candidates: Annotated[
        Sequence[FirstCandidate],
        f"首选对象，至多 {SHOWN_CANDIDATES} 家：强链先列本镇生产者，保供为现有供应者",
    ]
    candidate_count: Annotated[
        int, "首选对象总数：本镇生产者，与列入招商清单者（见 candidates 的 listedCount）；保供为供应者"
    ]
    staying_count: Annotated[int, "镇外不宜招引、可对接采购者数（个体户、合作社、事业单位等）"]
    synthetic: Annotated[bool, "缺口所依据的行中是否有虚构样例"]


@result("同一做法的缺口", "BriefingGaps")
@dataclass(frozen=True, slots=True)
class GapsOfAction:
    """The first gaps that one kind of action fits."""

    action: Annotated[GapAction, "做法"]
    rows: Annotated[Sequence[GapLine], "按名次"]
    count: Annotated[int, "总数"]


@dataclass(frozen=True, slots=True, eq=False)
class ChainState:
    """Builds the steps and the gaps of a town; says which rows they rest on beside those of `gaps`."""

    snapshot: Snapshot
    found: Gaps
    as_of: int
    own: Mask
    """The own organisations of the town (places) that exist."""
    marked: frozenset[int]
    """Products (global rows) whose state rests on something invented."""
    states: Sequence[StepState]

    @classmethod
    def of(cls, snapshot: Snapshot, found: Gaps, as_of: int) -> "ChainState":
        """Survey a town."""
        mapped = chain_map(snapshot, snapshot.id_of(found.town), as_of=as_of)
        products = {one.product for one in mapped.steps}
        products |= {gap.product for ranking in found.actions for gap in ranking.rows}
        _, marked = basis(snapshot, found.town, found.chains, sorted(products), as_of)
        marked |= {one for one in products if any_invented(snapshot, Rows(), (one,))}
        steps = [
            StepState(
                one.product,
                one.stage,
                one.required,
                one.state,
                sum(makers.count for makers in one.makers if makers.proximity is Proximity.TOWN),
                one.product in marked,
            )
            for one in mapped.steps
        ]
        own = town_seeker(snapshot, found.town, as_of).own
        return cls(snapshot, found, as_of, own, frozenset(marked), steps)

    def actions(self) -> tuple[list[GapsOfAction], Rows]:
        """The first gaps of each action, and the rows that their candidates rest on."""
        told, used = list[GapsOfAction](), Rows()
        for ranking in self.found.actions:
            rows = list[GapLine]()
            for gap in ranking.rows:
                checkpoint()
                row, behind = self._gap(gap, ranking.action)
                rows.append(row)
                used |= behind
            told.append(GapsOfAction(ranking.action, rows, ranking.count))
        return told, used

    def _gap(self, gap: Gap, action: GapAction) -> tuple[GapLine, Rows]:
        told = self._suppliers(gap) if action is GapAction.SECURE else self._candidates(gap)
        first, count, staying, used = told
        because = any_invented(self.snapshot, Rows(), (gap.because, *gap.leaders))
        return GapLine(
            product=gap.product,
            rank=gap.rank,
            state=gap.state,
            reasons=gap.reasons,
            because=gap.because if GapReason.NO_DOWNSTREAM in gap.reasons else None,
            value=next(part.value for part in gap.parts if part.name is GapPart.VALUE),
            rivals=gap.rivals,
            responsible=gap.responsible,
            candidates=first,
            candidate_count=count,
            staying_count=staying,
            synthetic=gap.product in self.marked or because,
        ), used

    def _candidates(self, gap: Gap) -> tuple[list[FirstCandidate], int, int, Rows]:
        """Who could fill a gap, those who make it in the town already first; how many; who is to stay."""
        ids = self.snapshot.id_of(self.found.town), self.snapshot.id_of(gap.product)
        found = candidates(self.snapshot, ids[0], product=ids[1], as_of=self.as_of, first=SHOWN_CANDIDATES)
        shown = found.asked_first[:SHOWN_CANDIDATES]
        count, staying = found.local_count + found.listed_count, found.count - found.invitable_count
        told = [*self._told(shown, gap.product)]
        return told, count, staying, self._rows([one.row for one in shown], gap.product)

    def _told(self, shown: Sequence[Candidate], product: int) -> Iterator[FirstCandidate]:
        about = Particulars(self.snapshot, self.as_of)
        for one in shown:
            made_up = any_invented(self.snapshot, self._rows([one.row], product), (one.row,))
            yield FirstCandidate(one.row, about.place(one.row), one.proximity, one.evidence[0], made_up)

    def _suppliers(self, gap: Gap) -> tuple[list[FirstCandidate], int, int, Rows]:
        """Who supplies what can only be secured: the rows are those of the gap."""
        about = Particulars(self.snapshot, self.as_of)
        told = [
            FirstCandidate(
                one.organisation,
                about.place(one.organisation),
                one.proximity,
                None,
                gap.product in self.marked or any_invented(self.snapshot, Rows(), (one.organisation,)),
            )
            for one in gap.suppliers[:SHOWN_CANDIDATES]
        ]
        return told, gap.suppliers_count, 0, Rows()

    def _rows(self, who: Sequence[NodeIndex], product: int) -> Rows:
        places: Ints = np.array(who, np.int32) - np.int32(self.snapshot.nodes["Organisation"].first)
        return candidate_rows(self.snapshot, places, self.own, product, self.as_of)
