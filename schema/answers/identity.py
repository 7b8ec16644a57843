"""Identity: which organisations may be the same, and whom a name may mean."""

import strawberry

from graph.kinds.terms import OrganisationForm
from queries.identity.evidence import IdentityDifferenceKind, IdentityEvidenceKind
from queries.identity.proposals import Proposal, Proposals, identity_proposals
from queries.identity.same_as import Candidate, Candidates, NameMatches, same_as, same_as_all
from schema.language.enums import enum_type
from schema.language.publish import Shown, published
from schema.language.question import Argument, Question

for terms in (IdentityEvidenceKind, IdentityDifferenceKind):
    enum_type(terms)


@strawberry.type(description="可能相同的一项依据")
class IdentityEvidence:
    """What speaks for two organisations being one."""

    kind: IdentityEvidenceKind = strawberry.field(description="依据")
    words: str = strawberry.field(description="说明")


@strawberry.type(description="可能不同的一项迹象")
class IdentityDifference:
    """What speaks against it."""

    kind: IdentityDifferenceKind = strawberry.field(description="迹象")
    words: str = strawberry.field(description="说明")


def _evidence(root: Shown[Proposal | Candidate]) -> list[IdentityEvidence]:
    return [IdentityEvidence(kind=term, words=term.words) for term in root.found.evidence]


def _against(root: Shown[Proposal | Candidate]) -> list[IdentityDifference]:
    return [IdentityDifference(kind=term, words=term.words) for term in root.found.against]


for judged in (Proposal, Candidate):
    published(
        judged,
        evidence=strawberry.field(_evidence, description="依据"),
        against=strawberry.field(_against, description="不同的迹象"),
    )
QUESTIONS = (
    Question(
        "identityProposals",
        "可能重复的主体：两两及其依据，供核实后合并或区分",
        identity_proposals,
        Proposals,
        arguments={
            "town": Argument(strawberry.ID | None, "只要至少一方在此专业镇的（标识）", None),
            "at_least": Argument(float, "分值下限，大于 0、不大于 1", 0.6),
            "first": Argument(int, "取前几对，1–1000", 50),
        },
        what_if=False,
        weight=50,
    ),
    Question(
        "sameAs",
        "同名查询：一个名称（如外来名单的一行）可能是图中的哪个主体",
        same_as,
        Candidates,
        arguments={
            "name": Argument(str, "名称，任何写法"),
            "region": Argument(strawberry.ID | None, "所在行政区划的标识", None),
            "form": Argument(enum_type(OrganisationForm) | None, "主体形式", None),
            "town": Argument(strawberry.ID | None, "所在专业镇的标识：据此也查简称", None),
            "code": Argument(str | None, "统一社会信用代码", None),
            "at_least": Argument(float, "分值下限，大于 0、不大于 1", 0.3),
            "first": Argument(int, "取前几个，1–1000", 10),
        },
        what_if=False,
    ),
    Question(
        "sameAsList",
        "名单比对：一份名单（粘贴的各行，至多 500 个名称）中每个名称可能是图中的哪个主体",
        same_as_all,
        NameMatches,
        arguments={
            "names": Argument(list[str], "各行：名称，也可带序号、制表符与统一社会信用代码"),
            "region": Argument(strawberry.ID | None, "所在行政区划的标识", None),
            "town": Argument(strawberry.ID | None, "所在专业镇的标识：据此也查简称", None),
            "at_least": Argument(float, "分值下限，大于 0、不大于 1", 0.6),
            "first": Argument(int, "每个名称取前几个候选，1–1000", 3),
        },
        weight=500,
        what_if=False,
    ),
)
