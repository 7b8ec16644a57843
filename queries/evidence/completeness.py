"""Completeness: what is known of each town out of what the recognition standards need to judge it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from graph.deadline import checkpoint
from graph.errors import BadInput
from graph.kinds.entities import Town
from graph.kinds.results import result
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from queries.answer import Answer, Formula
from queries.evidence.coverage import RequiredFact, required_fact
from queries.evidence.requirements import Requirement, Unreadable, requirements
from queries.levels import row_of_kind
from queries.standards.measures import Province
from queries.standards.measures.coverage import CoverageState

MOST = 500
FORMULA = Formula(
    "completeness",
    "数据完整度",
    3,
    "已知多少只看判断条件所需的数据是否已登记，各项能否判断另列；名录不完整时，已登记者只是下限。",
)


@result("一个专业镇的数据完整度")
@dataclass(frozen=True)
class CompletenessRow:
    """What is known of one town out of what the standards need.

    It has no slots: of the two bases of an answer only one may have them.
    """

    town: Annotated[NodeIndex, Town, "专业镇"]
    requirements: Annotated[Sequence[RequiredFact], "逐项：按标准与条件的次序"]

    def count(self, state: CoverageState) -> int:
        """Count the needs in a state."""
        return sum(one.state is state for one in self.requirements)

    @property
    def needed(self) -> Annotated[int, "所需项数"]:
        """How many needs there are."""
        return len(self.requirements)

    @property
    def known(self) -> Annotated[int, "其中已知"]:
        """How many are known."""
        return self.count(CoverageState.KNOWN)

    @property
    def partly(self) -> Annotated[int, "其中只知一部分"]:
        """How many are known in part."""
        return self.count(CoverageState.PARTLY)

    @property
    def missing(self) -> Annotated[int, "其中不详"]:
        """How many are unknown."""
        return self.count(CoverageState.UNKNOWN)

    @property
    def share(self) -> Annotated[float | None, "至少知道一部分的比例（0–1）；空为没有标准"]:
        """Share of the needs of which at least a part is known."""
        return 1 - self.missing / self.needed if self.requirements else None


@result("本镇的数据完整度")
@dataclass(frozen=True, slots=True)
class TownCompleteness(CompletenessRow, Answer):
    """What is known of the town that was asked."""


@result("数据完整度：各专业镇，最不完整者在前", "CompletenessBoard")
@dataclass(frozen=True, slots=True)
class Board(Answer):
    """All towns, the least complete first: most unknown, then fewest known, then by id."""

    rows: Annotated[Sequence[CompletenessRow], "各镇"]
    count: Annotated[int, "专业镇总数"]
    unreadable: Annotated[Sequence[Unreadable], "条件无法读取的标准"]
    """In force; what they need is not in the rows."""


def town_completeness(snapshot: Snapshot, id: str, *, as_of: int) -> TownCompleteness:
    """What is known of a town out of what the recognition standards in force need."""
    row = row_of_kind(snapshot, id, "Town")
    asked, unreadable = requirements(snapshot, as_of)
    method = FORMULA.method(snapshot, as_of, {"town": id})
    unknown = "；".join(one.reason for one in unreadable) or _nothing(asked, as_of)
    known = _known(Province(snapshot, as_of), row, asked)
    return TownCompleteness(row, known, method=method, unknown_reason=unknown)


def completeness(snapshot: Snapshot, *, as_of: int, first: int = 20) -> Board:
    """Hold all towns against what the recognition standards in force need, the least complete first."""
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    asked, unreadable = requirements(snapshot, as_of)
    method = FORMULA.method(snapshot, as_of, {"first": first})
    province = Province(snapshot, as_of)
    rows = [CompletenessRow(row, _known(province, row, asked)) for row in snapshot.nodes["Town"].rows]
    rows.sort(key=lambda one: (-one.missing, one.known, one.town))
    return Board(rows[:first], len(rows), unreadable, method=method, unknown_reason=_nothing(asked, as_of))


def _nothing(asked: Sequence[Requirement], as_of: int) -> str | None:
    return None if asked else f"{as_of} 年没有施行的认定标准：需要什么不详"


def _known(province: Province, row: NodeIndex, asked: Sequence[Requirement]) -> list[RequiredFact]:
    checkpoint()
    return [required_fact(province, row - province.towns.first, need) for need in asked]
