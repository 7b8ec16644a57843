"""Candidates: who could fill a gap of a town."""

from typing import Any

import strawberry
from strawberry.types.field import StrawberryField as Field

from graph.snapshot.snapshot import Snapshot
from queries.gaps.rows import Gap
from queries.policies.settling import CAVEAT, SettlingBenefit, settling_benefits
from queries.similarity.complexity import SUPPORT
from queries.similarity.relatedness import CLOSE
from queries.sourcing.candidates import Candidate, Candidates, candidates
from queries.sourcing.parts import TOWN, CandidatePart, ScorePart
from schema.language.context import Info
from schema.language.cost import weight
from schema.language.enums import some_of
from schema.language.publish import AFTER, Shown, published, type_of
from schema.language.question import Argument, Question, signed

PartName = some_of("CandidatePart", "候选者得分的组成", TOWN)


def _weights_input() -> type:
    annotations = {part.value.lower(): float for part in TOWN}
    parts: dict[str, Field] = {
        part.value.lower(): strawberry.field(
            default=weight, description=f"{part.words.split('：')[0]}的权重（≥ 0）"
        )
        for part, weight in TOWN.items()
    }
    made = type("CandidateWeights", (), {"__annotations__": annotations, "__module__": __name__, **parts})
    return strawberry.input(made, description="候选者得分各部分的权重：只看比例，不能全为 0")


CandidateWeights = _weights_input()
ARGUMENTS = {
    "first": Argument(int, "取前几个，1–200", 10),
    "weights": Argument(CandidateWeights | None, "得分各部分的权重；空为默认", None),
    "least_proximity": Argument(float, "产品之间邻近度达到多少算相近（0–1）", CLOSE),
    "least_places": Argument(int, "至少几个镇以其中任一种为专长，邻近度才作数；不足则依同类", SUPPORT),
}


def _part(root: Shown[ScorePart]) -> CandidatePart:
    return root.found.part


published(ScorePart, part=strawberry.field(_part, graphql_type=PartName))


def asked(snapshot: Snapshot, id: str, *, weights: object = None, as_of: int, **arguments: Any) -> Candidates:
    """Ask for candidates with the weights of a query."""
    given = TOWN if weights is None else {part: getattr(weights, part.value.lower()) for part in TOWN}
    return candidates(snapshot, id, as_of=as_of, weights=given, **arguments)


async def _benefits(root: Shown[Candidate], info: Info) -> list[Shown[SettlingBenefit]]:
    town, as_of, together = root.found.seekers
    found = await info.context.analyse_of(
        root.snapshot, settling_benefits, town, organisations=together, as_of=as_of
    )
    made = type_of(SettlingBenefit)
    return [made(one, root.snapshot) for one in found[root.found.row]]


published(
    Candidate,
    benefits=strawberry.field(
        _benefits,
        graphql_type=list[type_of(SettlingBenefit)],
        directives=[weight(20)],
        description=f"落户本镇后可享或待核的政策措施，可享者在前。{CAVEAT}",
    ),
)


async def _of_gap(root: Shown[Gap], info: Info, **given: Any) -> Shown[Candidates]:
    snapshot, gap = root.snapshot, root.found
    town, product = snapshot.id_of(gap.town), snapshot.id_of(gap.product)
    found = await info.context.analyse_of(snapshot, asked, town, product=product, as_of=gap.as_of, **given)
    return type_of(Candidates)(found, snapshot)


def candidates_field() -> Field:
    """Make the field that asks who could fill a gap."""
    resolve = signed(_of_gap, ARGUMENTS, type_of(Candidates), dated=False)
    return strawberry.field(
        resolve, description="谁可补此环节", metadata={AFTER: "parts"}, directives=[weight(10)]
    )


QUESTIONS = (
    Question(
        "candidates",
        "谁可补一个环节：省内生产者、已供货者、相近产品的生产者、镇内主体的股东与联合伙伴",
        asked,
        Candidates,
        on="Town",
        arguments={"product": Argument(strawberry.ID, "产品或环节的标识"), **ARGUMENTS},
    ),
)
