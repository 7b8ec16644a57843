"""Verdicts: what a rule comes to, part by part, and how far it is from passing."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Annotated

from graph.criteria import All, AnyOf, Count, Leaf, Not, Rule, Sum
from graph.kinds.results import As, result
from graph.kinds.terms import Term
from queries.standards.measures import Reading
from queries.standards.places import CountedAt
from queries.standards.shortfalls import Shortfall


class Outcome(Term):
    """判断结果"""  # noqa: D400, D415 - GraphQL shows it

    PASS = "PASS", "通过"
    FAIL = "FAIL", "未通过"
    UNKNOWN = "UNKNOWN", "待核：已知数据不足以判断"


class CriterionForm(Term):
    """条件的种类"""  # noqa: D400, D415 - GraphQL shows it

    ALL = "ALL", "同时满足"
    ANY = "ANY", "至少满足一项"
    NOT = "NOT", "不得"
    MEASURE = "MEASURE", "指标"
    COUNT = "COUNT", "计数"
    SUM = "SUM", "合计"


class CriterionRole(Term):
    """条件的分量"""  # noqa: D400, D415 - GraphQL shows it

    REQUIRED = "REQUIRED", "必要：决定是否通过"
    PREFERRED = "PREFERRED", "优先：不影响是否通过"


@result(
    "一项条件的判断：结果、所得、还差多少、计入与未计入者；同时满足、至少满足一项、不得者见其下各项",
)
@dataclass(frozen=True, slots=True)
class CheckupCondition:
    """One part of a rule, judged."""

    part: Rule
    outcome: Annotated[Outcome, "判断结果"]
    words: Annotated[str, "条件", As("condition")]
    reading: Reading | None = None
    """What was found; None for `all`, `any` and `not`."""
    found: Annotated[str | None, "所得，中文；空为其下另有各项", As("actual")] = None
    shortfall: Annotated[Shortfall | None, "差多少；至少满足一项者取最小的；空为已通过，或不是数值"] = None
    parts: Annotated["tuple[CheckupCondition, ...]", "其下各项；单项条件没有"] = ()
    places: Annotated[
        tuple[CountedAt, ...], "计入的主体按离本镇的远近，近者在前，合计即计入的主体数；空为没有计入主体"
    ] = ()

    @property
    def path(self) -> Annotated[str, "在规则中的位置，如 criteria.all[1]"]:
        """Where it stands inside the rule."""
        return self.part.path

    @property
    def role(self) -> Annotated[CriterionRole, "分量：必要条件，或优先条件"]:
        """Whether it decides, or is only preferred."""
        return CriterionRole.PREFERRED if self.path.startswith("prefer") else CriterionRole.REQUIRED

    @property
    def form(self) -> Annotated[CriterionForm, "种类"]:
        """What kind of part it is."""
        match self.part:
            case All():
                return CriterionForm.ALL
            case AnyOf():
                return CriterionForm.ANY
            case Not():
                return CriterionForm.NOT
            case Leaf():
                return CriterionForm.MEASURE
            case Count():
                return CriterionForm.COUNT
            case Sum():
                return CriterionForm.SUM

    @property
    def deciding(
        self,
    ) -> Annotated[tuple[str, ...], "待核时：知道哪些事实即可判断；已有结果者为空"]:
        """The unknown facts that would decide it; none unless it is UNKNOWN."""
        if self.outcome is not Outcome.UNKNOWN:
            return ()
        own = self.reading.lacking if self.reading else ()
        return tuple(dict.fromkeys([*own, *(fact for part in self.parts for fact in part.deciding)]))

    @property
    def unknowns(self) -> int:
        """How many conditions are UNKNOWN and matter."""
        if self.outcome is not Outcome.UNKNOWN:
            return sum(part.unknowns for part in self.parts) if self.form is CriterionForm.ALL else 0
        return sum(part.unknowns for part in self.parts) if self.parts else 1

    @property
    def distance(self) -> float:
        """The relative shortfalls of what fails: added up over `all`, the least over `any`."""
        if self.outcome is not Outcome.FAIL:
            return 0.0
        match self.part:
            case All():
                return sum(part.distance for part in self.parts)
            case AnyOf():
                return min(part.distance for part in self.parts)
            case _:
                return self.shortfall.relative if self.shortfall else 1.0

    @property
    def lacking(self) -> float:
        """What unknown conditions lack as far as known, relative to their thresholds, each at most 1."""
        if self.outcome is not Outcome.UNKNOWN:
            return sum(part.lacking for part in self.parts) if self.form is CriterionForm.ALL else 0.0
        if self.parts:
            choose = min if self.form is CriterionForm.ANY else sum
            return choose([part.lacking for part in self.parts if part.outcome is Outcome.UNKNOWN])
        short = self.shortfall
        return _share(self.part, short.most) if short and isfinite(short.most) else 1.0

    def walk(self, depth: int = 0) -> "Iterator[tuple[int, CheckupCondition]]":
        """Yield this part and all below it, each with its depth."""
        yield depth, self
        for part in self.parts:
            yield from part.walk(depth + 1)


def _share(part: Rule, most: float) -> float:
    aim = part.comparison.threshold if isinstance(part, Leaf | Count | Sum) else None
    return min(1.0, most / abs(aim)) if isinstance(aim, int | float) and aim else 1.0
