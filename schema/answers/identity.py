"""Identity: which organisations may be the same, and whom a name may mean."""

from typing import Any

import strawberry

from graph.kinds.terms import OrganisationForm
from queries.identity.evidence import Difference, Likeness
from queries.identity.proposals import match_proposals
from queries.identity.same_as import same_as
from schema.language.enums import enum_type
from schema.language.method import answer_type
from schema.language.question import Argument, Question
from schema.language.results import node_field, result_type, results_field, value_field

EvidenceName: Any = enum_type(Likeness)
AgainstName: Any = enum_type(Difference)
FormName: Any = enum_type(OrganisationForm)

EvidenceType = result_type(
    "MatchEvidence",
    "可能相同的一项依据",
    kind=value_field("依据", EvidenceName, lambda term: term),
    words=value_field("说明", str, lambda term: term.words),
)
AgainstType = result_type(
    "MatchAgainst",
    "可能不同的一项迹象",
    kind=value_field("迹象", AgainstName, lambda term: term),
    words=value_field("说明", str, lambda term: term.words),
)
SkippedType = result_type(
    "MatchSkipped",
    "同一线索涉及过多主体而未逐对比较者",
    kind=value_field("依据", EvidenceName, lambda one: one.evidence),
    groups=value_field("这样的线索个数", int, lambda one: one.groups),
    largest=value_field("一个线索最多涉及的主体数", int, lambda one: one.largest),
)


def _judged() -> dict[str, Any]:
    return {
        "score": value_field("分值（0–1）：见 method", float, lambda one: one.score),
        "evidence": results_field("依据", EvidenceType, lambda one: one.evidence),
        "against": results_field("不同的迹象", AgainstType, lambda one: one.against),
    }


ProposalType = result_type(
    "MatchProposal",
    "可能是同一主体的两个主体",
    a=node_field("Organisation", "其一（标识较小者）", lambda one: one.a),
    b=node_field("Organisation", "其二", lambda one: one.b),
    **_judged(),
)
CandidateType = result_type(
    "SameAsCandidate",
    "一个名称可能所指的主体",
    organisation=node_field("Organisation", "主体", lambda one: one.organisation),
    **_judged(),
)
ProposalsType = answer_type(
    "MatchProposals",
    "可能重复的主体，最可能者在前；不会自动合并",
    rows=results_field("各对", ProposalType, lambda found: found.rows),
    count=value_field("总对数", int, lambda found: found.count),
    apart=value_field("已裁定为不同而未列出的对数", int, lambda found: found.apart),
    skipped=results_field("未逐对比较者", SkippedType, lambda found: found.skipped),
)
CandidatesType = answer_type(
    "SameAsCandidates",
    "一个名称可能所指的主体，最可能者在前",
    core=value_field("所比较的字号：已去掉区划与组织形式", str, lambda found: found.core),
    rows=results_field("各候选", CandidateType, lambda found: found.rows),
    count=value_field("候选总数", int, lambda found: found.count),
    skipped=results_field("未逐个比较者", SkippedType, lambda found: found.skipped),
)
QUESTIONS = (
    Question(
        "matchProposals",
        "可能重复的主体：两两及其依据，供核实后合并或区分",
        match_proposals,
        ProposalsType,
        arguments={
            "town": Argument(strawberry.ID | None, "只要至少一方在此专业镇的（标识）", None),
            "at_least": Argument(float, "分值下限，大于 0、不大于 1", 0.6),
            "first": Argument(int, "取前几对，1–1000", 50),
        },
    ),
    Question(
        "sameAs",
        "同名查询：一个名称（如外来名单的一行）可能是图中的哪个主体",
        same_as,
        CandidatesType,
        arguments={
            "name": Argument(str, "名称，任何写法"),
            "region": Argument(strawberry.ID | None, "所在行政区划的标识", None),
            "form": Argument(FormName | None, "主体形式", None),
            "town": Argument(strawberry.ID | None, "所在专业镇的标识：据此也查简称", None),
            "code": Argument(str | None, "统一社会信用代码", None),
            "at_least": Argument(float, "分值下限，大于 0、不大于 1", 0.3),
            "first": Argument(int, "取前几个，1–1000", 10),
        },
    ),
)
