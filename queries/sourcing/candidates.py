"""Candidates: who could fill a gap of a town, by which evidence, and what speaks for each of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.deadline import checkpoint
from graph.errors import BadInput
from graph.kinds.entities import Organisation, Product, Town
from graph.kinds.facts import Claim
from graph.kinds.metrics import Metric
from graph.kinds.papers import Qualification
from graph.kinds.results import As, result
from graph.kinds.terms import Proximity
from graph.snapshot.claims import Measure, figures
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.proximity import SCALE
from graph.snapshot.purchases import supply_network
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask, valid_in
from queries.answer import Answer, Formula
from queries.levels import row_of_kind
from queries.linkage.single_sources import coverage_of
from queries.links import known
from queries.ranking import checked
from queries.similarity.complexity import SHRINKAGE, SUPPORT
from queries.similarity.relatedness import CLOSE, Nearness, SpecialityBasis, places_enough
from queries.sourcing.basis import candidate_rows
from queries.sourcing.evidence import CandidateEvidence, prospects, town_seeker
from queries.sourcing.market import invitable, relatives
from queries.sourcing.parts import TOWN, Ranked, ScorePart, Weights, rank, revenues, spare, trade

MOST = 200
FORMULA = Formula(
    "gap-candidates/evidence-percentiles",
    "缺口候选企业",
    5,
    "按已登记的信息排序：不代表投资或供货意愿；未登记者不在其内，不详的部分不计入得分。",
    {
        "evidenceOrder": ",".join(CandidateEvidence),
        "proximityBasis": SpecialityBasis.MAKERS,
        "shrinkage": SHRINKAGE,
    },
)


@result("候选者与镇内主体的已有往来", "CandidateTies")
@dataclass(frozen=True, slots=True)
class TownTies:
    """What a candidate trades with locals of the town already."""

    sells: Annotated[float | None, "售予镇内主体（元/年）；0 为没有已知往来，空为有往来而未计量"]
    buys: Annotated[float | None, "购自镇内主体（元/年）；0 为没有已知往来，空为有往来而未计量"]
    products: Annotated[Sequence[NodeIndex], Product, "往来的产品"]
    relatives: Annotated[Sequence[NodeIndex], Organisation, "镇内主体中其股东、所持股者与联合伙伴"]


@result("可补某环节的一个主体，及其名次的依据")
@dataclass(frozen=True, slots=True)
class Candidate:
    """One who could fill the gap, with all that its place rests on."""

    row: Annotated[NodeIndex, Organisation, "主体", As("organisation")]
    evidence: Annotated[Sequence[CandidateEvidence], "依据，强者在前；先按最强依据排序"]
    score: Annotated[float | None, "得分：已知部分的百分位按权重平均（0–1）；空为有权重的部分都不详"]
    parts: Annotated[Sequence[ScorePart], "得分的各部分"]
    invitable: Annotated[
        bool, "是否宜招引：企业才是；个体户、农场、合作社、村集体与事业单位可对接采购，不宜招引"
    ]
    proximity: Annotated[Proximity, "离本镇的远近"]
    qualifications: Annotated[Sequence[NodeIndex], Qualification, "当年有效的资质；空表为未登记"]
    revenue: Annotated[float | None, "营业收入（元/年）；空为不详"]
    claim: Annotated[NodeIndex | None, Claim, "营业收入所依据的事实"]
    ties: Annotated[TownTies, "与镇内主体的已有往来"]
    capacity: Annotated[float | None, "产能（产品单位/年）；空为不详"]
    output: Annotated[float | None, "产量（产品单位/年）；空为不详"]
    spare: Annotated[float | None, "余力：产能减产量，不低于 0（产品单位/年）；空为其一不详"]
    near_product: Annotated[
        NodeIndex | None, Product, "所产与之最相近的产品；空为生产该产品本身，或只知其销售"
    ]
    nearness: Annotated[Nearness | None, "它有多相近、凭什么（依据与镇数）；空同上"]
    seekers: tuple[str, int, tuple[str, ...]]
    """Id of the town, the year, and ids of all that are shown with it: who would settle there."""


@result("谁可补一个环节：本镇已有者、候选者及其依据")
@dataclass(frozen=True, slots=True)
class Candidates(Answer):
    """Who could fill a gap of a town, the best first; those who are in the town already stand apart."""

    town: Annotated[NodeIndex, Town, "专业镇"]
    product: Annotated[NodeIndex, Product, "产品或环节"]
    local: Annotated[Sequence[Candidate], "本镇已有的生产者：得分大者在前"]
    local_count: Annotated[int, "本镇已有的生产者数"]
    convertible: Annotated[
        Sequence[Candidate], "本地可转产者：位于本镇，不生产它，而生产相近产品或已在销售它"
    ]
    convertible_count: Annotated[int, "本地可转产者数"]
    rows: Annotated[
        Sequence[Candidate],
        "候选者，都在本镇之外：宜招引者在前；各按最强依据、得分，只凭同类相近者在最后",
    ]
    count: Annotated[int, "候选者总数（都在本镇之外）"]
    invitable_count: Annotated[int, "其中宜招引者数"]
    listed_count: Annotated[
        int,
        "列入招商清单者数：宜招引者，而有宜招引者自己生产或供应它时，不计只凭同类相近者；是 rows 的前几个",
    ]
    related_unknown: Annotated[str | None, "同地专长为何说不出哪些产品相近，而只依同类；空为说得出"]

    @property
    def listed(self) -> Sequence[Candidate]:
        """Those of `rows` whom a list or a briefing names: can be invited, by class alone only if all are."""
        return self.rows[: self.listed_count]

    @property
    def asked_first(self) -> Sequence[Candidate]:
        """Whom to call, in this order: who makes it in the town already, then who is listed."""
        return [*self.local, *self.listed]


def candidates(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    id: str,
    *,
    product: str,
    as_of: int,
    first: int = 10,
    weights: Weights = TOWN,
    least_proximity: float = CLOSE,
    least_places: int = SUPPORT,
) -> Candidates:
    """Rank those who could make a product in a town, in a year.

    Ordered by the strongest kind of evidence, then by score among all candidates, local makers included; who
    is near by the class of what it makes alone comes last, and outside the town who can't be invited after
    all who can. Organisations that do not exist in the year, and agencies, are left out.
    """
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    if not 0 < least_proximity <= 1:
        raise BadInput(f"leastProximity：应大于 0、至多 1，所给为 {least_proximity}", "leastProximity")
    asked = {f"weights.{part.value.lower()}": weight for part, weight in weights.items()}
    checked(asked, "weights")
    town = row_of_kind(snapshot, id, "Town")
    good = row_of_kind(snapshot, product, "Product", argument="product")
    seeker = town_seeker(snapshot, town, as_of)
    places_enough(least_places)
    could = prospects(snapshot, seeker, good, as_of, least=least_proximity, least_places=least_places)
    checkpoint()
    standing = rank(snapshot, could, weights)
    order = standing.order
    making, here = could.local[order], could.here[order]
    local, own, away = order[making], order[here & ~making], order[~here]
    inviting = invitable(snapshot)[could.who[away]]
    direct = int((inviting & ~could.by_class[away]).sum())
    away = np.concatenate([away[inviting], away[~inviting]])
    heads = np.concatenate([some[:first] for some in (local, own, away)])
    show = _Shown.of(snapshot, standing, heads)
    return Candidates(
        town,
        good,
        [show.row(at) for at in local[:first].tolist()],
        len(local),
        [show.row(at) for at in own[:first].tolist()],
        len(own),
        [show.row(at) for at in away[:first].tolist()],
        len(away),
        int(inviting.sum()),
        direct or int(inviting.sum()),
        _untold(as_of, least_places) if could.related_unknown else None,
        method=FORMULA.method(
            snapshot,
            as_of,
            asked,
            coverage=coverage_of(snapshot, as_of, seeker.own),
            used=lambda: candidate_rows(snapshot, could.who, seeker.own, good, as_of),
            product=product,
            first=first,
            leastProximity=least_proximity,
            leastPlaces=least_places,
        ),
        unknown_reason=None if len(could.who) else f"{as_of} 年没有已知的生产者、卖方或相近产品的生产者",
    )


def _untold(as_of: int, places: int) -> str:
    return f"{as_of} 年以它或他种产品为专长的镇不足 {places} 个：同地专长说不出何者相近，只依行业小类相同"


@dataclass(frozen=True, slots=True, eq=False)
class _Shown:
    """Takes single candidates out of the arrays."""

    snapshot: Snapshot
    standing: Ranked
    figures: Floats
    """Candidates × what they sell to locals, buy from them, their revenue, what they can make beside."""
    held: Mask
    """Of the HOLDS relations: whether they are valid."""
    seekers: tuple[str, int, tuple[str, ...]]
    """Id of the town, the year, and ids of all that are shown."""

    @classmethod
    def of(cls, snapshot: Snapshot, standing: Ranked, heads: Ints) -> "_Shown":
        could, network = standing.prospects, supply_network(snapshot, standing.prospects.year)
        sides = (trade(snapshot, could, links) for links in (network.customers, network.suppliers))
        figures = np.stack([*sides, revenues(snapshot, could), spare(could)], axis=1)
        town = snapshot.id_of(could.seeker.row)
        who = could.who[heads] + np.int32(snapshot.nodes["Organisation"].first)
        ids = tuple(map(snapshot.id_of, who.tolist()))
        held = valid_in(snapshot.relations["HOLDS"], could.year)
        return cls(snapshot, standing, figures, held, (town, could.year, ids))

    def row(self, at: int) -> Candidate:
        """Show one of the candidates."""
        could, who = self.standing.prospects, int(self.standing.prospects.who[at])
        row = NodeIndex(who + self.snapshot.nodes["Organisation"].first)
        sells, buys, revenue, left = map(known, self.figures[at].tolist())
        return Candidate(
            row=row,
            evidence=self.standing.evidence_at(at),
            invitable=bool(invitable(self.snapshot)[who]),
            score=self.standing.score_at(at),
            parts=self.standing.parts_at(at),
            proximity=SCALE[could.proximity[at]],
            qualifications=self._qualifications(row),
            revenue=revenue,
            claim=self._claim(row),
            ties=TownTies(sells, buys, self._traded(who), self._relatives(who)),
            capacity=known(float(could.capacity[at])),
            output=known(float(could.output[at])),
            spare=left,
            near_product=self._near(at),
            nearness=could.nearness(at),
            seekers=self.seekers,
        )

    def _near(self, at: int) -> NodeIndex | None:
        place = int(self.standing.prospects.nearest[at])
        return None if place < 0 else NodeIndex(place + self.snapshot.nodes["Product"].first)

    def _qualifications(self, row: NodeIndex) -> list[NodeIndex]:
        holds = self.snapshot.relations["HOLDS"]
        begin, end = np.searchsorted(holds.start, [row, row + 1])
        return np.unique(holds.end[begin:end][self.held[begin:end]]).tolist()

    def _claim(self, row: NodeIndex) -> NodeIndex | None:
        """Find the claim that tells an organisation's revenue."""
        stated = figures(self.snapshot, Measure(Metric.REVENUE), self.standing.prospects.year)
        place = int(np.searchsorted(stated.subject, row))
        there = place < len(stated) and int(stated.subject[place]) == row
        first = self.snapshot.nodes["Claim"].first
        return NodeIndex(int(stated.claim[place]) + first) if there else None

    def _traded(self, who: int) -> list[NodeIndex]:
        """Products that one trades with locals of the town."""
        network = supply_network(self.snapshot, self.standing.prospects.year)
        own, traded = self.standing.prospects.seeker.own, set[NodeIndex]()
        for links in (network.customers, network.suppliers):
            _, other, flows = links.at(np.array([who]))
            traded |= set(network.flows.product[flows[own[other] & (other != who)]].tolist())
        return sorted(traded)

    def _relatives(self, who: int) -> list[NodeIndex]:
        own = self.standing.prospects.seeker.own
        _, others, _ = relatives(self.snapshot, self.standing.prospects.year).at(np.array([who]))
        others = np.unique(others[own[others] & (others != who)])
        return (others + self.snapshot.nodes["Organisation"].first).tolist()
