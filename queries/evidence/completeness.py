"""Completeness: what is known of each town out of what the recognition standards need to judge it."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.deadline import checkpoint
from graph.errors import BadInput
from graph.snapshot.snapshot import Snapshot
from queries.answer import Formula, Method
from queries.evidence.coverage import Facts, Knowledge, State, knowledge
from queries.evidence.requirements import Need, Unreadable, needs
from queries.levels import row_of_kind
from queries.standards.measures import Province

MOST = 500
FORMULA = Formula(
    "completeness", 1, "只看判断条件所需的数据是否已登记，不判断是否达标；名录不完整时，已登记者只是下限。"
)


@dataclass(frozen=True, slots=True)
class TownCompleteness:
    """What is known of one town out of what the standards need."""

    town: int
    """Global row."""
    needs: Sequence[Knowledge]
    """In the order of the standards and their conditions."""
    method: Method
    unknown: str | None = None

    def count(self, state: State) -> int:
        """Count the needs in a state."""
        return sum(one.state is state for one in self.needs)

    @property
    def share(self) -> float | None:
        """The share of the needs of which at least a part is known (0–1); None: nothing is needed."""
        return 1 - self.count(State.UNKNOWN) / len(self.needs) if self.needs else None


@dataclass(frozen=True, slots=True)
class Board:
    """All towns, the least complete first: most unknown, then fewest known, then by id."""

    rows: Sequence[TownCompleteness]
    count: int
    """How many towns there are in all."""
    unreadable: Sequence[Unreadable]
    """Standards in force whose criteria can't be read: what they need is not in the rows."""
    method: Method
    unknown: str | None = None


def town_completeness(snapshot: Snapshot, id: str, *, as_of: int) -> TownCompleteness:
    """Tell what is known of a town out of what the recognition standards in force need."""
    row = row_of_kind(snapshot, id, "Town")
    asked, unreadable = needs(snapshot, as_of)
    method = FORMULA.method(snapshot, as_of, {"town": id})
    unknown = "；".join(one.reason for one in unreadable) or _nothing(asked, as_of)
    return _of(Province(snapshot, as_of), row, asked, method, unknown)


def completeness(snapshot: Snapshot, *, as_of: int, first: int = 20) -> Board:
    """Hold all towns against what the recognition standards in force need, the least complete first."""
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    asked, unreadable = needs(snapshot, as_of)
    method = FORMULA.method(snapshot, as_of, {"first": first})
    province = Province(snapshot, as_of)
    rows = [_of(province, row, asked, method, None) for row in snapshot.nodes["Town"].rows]
    rows.sort(key=lambda one: (-one.count(State.UNKNOWN), one.count(State.KNOWN), one.town))
    return Board(rows[:first], len(rows), unreadable, method, _nothing(asked, as_of))


def _nothing(asked: Sequence[Need], as_of: int) -> str | None:
    return None if asked else f"{as_of} 年没有施行的认定标准：需要什么不详"


def _of(
    province: Province, row: int, asked: Sequence[Need], method: Method, unknown: str | None
) -> TownCompleteness:
    checkpoint()
    facts = Facts(province, row - province.towns.first)
    return TownCompleteness(row, [knowledge(facts, need) for need in asked], method, unknown)
