"""Candidates: who could fill a gap of a town."""

from collections.abc import Callable
from typing import Annotated, Any

import strawberry

from graph.snapshot.snapshot import Snapshot
from queries.sourcing.candidates import NEAR, Candidates, candidates
from queries.sourcing.evidence import CandidateEvidence
from queries.sourcing.parts import TOWN
from schema.answers.proximity import NEARNESS, NearnessName
from schema.language.context import Info
from schema.language.enums import enum_type, some_of
from schema.language.method import answer_type
from schema.language.question import Argument, Question
from schema.language.results import (
    node_field,
    nodes_field,
    result_field,
    result_type,
    results_field,
    value_field,
)

EvidenceName: Any = enum_type(CandidateEvidence)
PartName: Any = some_of("CandidatePart", "候选者得分的组成", TOWN)


def _weights_input() -> Any:
    annotations = {part.value.lower(): float for part in TOWN}
    parts: dict[str, Any] = {
        part.value.lower(): strawberry.field(
            default=weight, description=f"{part.words.split('：')[0]}的权重（≥ 0）"
        )
        for part, weight in TOWN.items()
    }
    made = type("CandidateWeights", (), {"__annotations__": annotations, "__module__": __name__, **parts})
    return strawberry.input(made, description="候选者得分各部分的权重：只看比例，不能全为 0")


CandidateWeights: Any = _weights_input()
FIRST = Argument(int, "取前几个，1–200", 10)
WEIGHTS = Argument(CandidateWeights | None, "得分各部分的权重；空为默认", None)
LEAST = Argument(float, "产品之间邻近度达到多少算相近（0–1）", NEAR)

ScorePartType = result_type(
    "CandidateScorePart",
    "候选者得分的一部分",
    part=value_field("哪一部分", PartName, lambda row: row.part),
    value=value_field("取值，单位见 part；空为不详", float | None, lambda row: row.value),
    percentile=value_field(
        "在全部候选者（含本镇已有的生产者）中的百分位（0–1，大者优）；空为不详，不计入",
        float | None,
        lambda row: row.percentile,
    ),
    weight=value_field("在得分中所占的权重：不详者不计，其余重新归一（0–1）", float, lambda row: row.weight),
)
TiesType = result_type(
    "CandidateTies",
    "候选者与镇内主体的已有往来",
    sells=value_field(
        "售予镇内主体（元/年）；0 为没有已知往来，空为有往来而未计量", float | None, lambda row: row.sells
    ),
    buys=value_field(
        "购自镇内主体（元/年）；0 为没有已知往来，空为有往来而未计量", float | None, lambda row: row.buys
    ),
    products=nodes_field("Product", "往来的产品", lambda row: row.products),
    relatives=nodes_field("Organisation", "镇内主体中其股东、所持股者与联合伙伴", lambda row: row.relatives),
)
CandidateType = result_type(
    "Candidate",
    "可补某环节的一个主体，及其名次的依据",
    organisation=node_field("Organisation", "主体", lambda row: row.row),
    evidence=value_field("依据，强者在前；先按最强依据排序", list[EvidenceName], lambda row: row.evidence),
    score=value_field(
        "得分：已知部分的百分位按权重平均（0–1）；空为有权重的部分都不详", float | None, lambda row: row.score
    ),
    parts=results_field("得分的各部分", ScorePartType, lambda row: row.parts),
    nearness=value_field("离本镇的远近", NearnessName, lambda row: NEARNESS[row.nearness]),
    qualifications=nodes_field(
        "Qualification", "当年有效的资质；空表为未登记", lambda row: row.qualifications
    ),
    revenue=value_field("营业收入（元/年）；空为不详", float | None, lambda row: row.revenue),
    claim=node_field("Claim", "营业收入所依据的事实", lambda row: row.claim, optional=True),
    ties=result_field("与镇内主体的已有往来", TiesType, lambda row: row.ties),
    capacity=value_field("产能（产品单位/年）；空为不详", float | None, lambda row: row.capacity),
    output=value_field("产量（产品单位/年）；空为不详", float | None, lambda row: row.output),
    spare=value_field(
        "余力：产能减产量，不低于 0（产品单位/年）；空为其一不详", float | None, lambda row: row.spare
    ),
    proximity=value_field(
        "所产最相近的产品与之的邻近度（0–1）：生产该产品，或两种产品总由同样的镇生产时为 1；空为只知其销售",
        float | None,
        lambda row: row.proximity,
    ),
)
CandidatesType = answer_type(
    "Candidates",
    "谁可补一个环节：本镇已有者、候选者及其依据",
    town=node_field("Town", "专业镇", lambda found: found.town),
    product=node_field("Product", "产品或环节", lambda found: found.product),
    local=results_field("本镇已有的生产者：得分大者在前", CandidateType, lambda found: found.local),
    local_count=value_field("本镇已有的生产者数", int, lambda found: found.local_count),
    rows=results_field("候选者：先按最强依据，再按得分", CandidateType, lambda found: found.rows),
    count=value_field("候选者总数（不含本镇已有的生产者）", int, lambda found: found.count),
    related_unknown=value_field(
        "哪些产品相近为何不详；空为已知", str | None, lambda found: found.related_unknown
    ),
)


def asked(snapshot: Snapshot, id: str, *, weights: Any = None, as_of: int, **arguments: Any) -> Candidates:
    """Ask for candidates with the weights of a query."""
    given = TOWN if weights is None else {part: getattr(weights, part.value.lower()) for part in TOWN}
    return candidates(snapshot, id, as_of=as_of, weights=given, **arguments)


def candidates_field(year: Callable[[Any], int]) -> Any:
    """Make the field of a gap: its result has `town` and `product` (global rows); `year` finds the year."""

    async def resolve(
        root: Any, info: Info, first: Any = 10, weights: Any = None, least_proximity: Any = NEAR
    ) -> Any:
        snapshot, gap = root.snapshot, root.found
        town, product = snapshot.id_of(gap.town), snapshot.id_of(gap.product)
        found = await info.context.analyse_of(
            snapshot,
            asked,
            town,
            product=product,
            as_of=year(root),
            first=first,
            weights=weights,
            least_proximity=least_proximity,
        )
        return CandidatesType(found=found, snapshot=snapshot, asked=None)

    for name, of in (("first", FIRST), ("weights", WEIGHTS), ("least_proximity", LEAST)):
        resolve.__annotations__[name] = Annotated[of.type, strawberry.argument(description=of.words)]
    resolve.__annotations__["return"] = CandidatesType
    return strawberry.field(resolve, description="谁可补此环节")


QUESTIONS = (
    Question(
        "candidates",
        "谁可补一个环节：省内生产者、已供货者、相近产品的生产者、镇内主体的股东与联合伙伴",
        asked,
        CandidatesType,
        on="Town",
        arguments={
            "product": Argument(strawberry.ID, "产品或环节的标识"),
            "first": FIRST,
            "weights": WEIGHTS,
            "least_proximity": LEAST,
        },
    ),
)
