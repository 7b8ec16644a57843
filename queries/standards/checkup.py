"""Check-up: whether a town meets a recognition standard, what it is short of, who is nearest to passing."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.criteria import Recognition, faults, parse_standard, references
from graph.deadline import checkpoint
from graph.errors import BadInput
from graph.kinds.terms import StandardPurpose
from graph.snapshot.snapshot import Snapshot
from queries.answer import Formula, Method
from queries.levels import row_of_kind
from queries.standards.documents import unknown_classes
from queries.standards.judgement import judged_town
from queries.standards.measures import Province
from queries.standards.summary import in_a_line
from queries.standards.verdicts import Outcome, Result
from queries.standards.wording import document_words
from queries.subjects import withdrawn

MOST = 500
FORMULA = Formula(
    "checkup",
    1,
    "名录不完整时计数只是下限：已知者够数才算通过，不够则为待核而非未通过；结论供核实之用，不代替认定。",
)


@dataclass(frozen=True, slots=True)
class Checkup:
    """One town held against a recognition standard."""

    town: int
    """Global row."""
    standard: int | None
    """Global row; None: a draft."""
    result: Result
    """The conditions."""
    prefer: Result | None
    """What gives priority; None: the standard has none."""
    method: Method
    note: str | None = None
    """What has to be said beside it: the standard was not in force in the year."""

    @property
    def outcome(self) -> Outcome:
        """Whether it meets the conditions."""
        return self.result.outcome

    @property
    def distance(self) -> float:
        """The relative shortfalls of the failing conditions, added up; 0 when none fails."""
        return self.result.distance

    @property
    def unknowns(self) -> int:
        """How many conditions are unknown."""
        return self.result.unknowns

    @property
    def in_words(self) -> str:
        """The whole in one line."""
        first = in_a_line(self.result)
        return first if self.prefer is None else f"{first}；优先条件{in_a_line(self.prefer)}"

    @property
    def nearness(self) -> tuple[float, int, float, int]:
        """What towns are ordered by: distance, unknown conditions, what those lack as far as known, row."""
        return self.distance, self.unknowns, self.result.lacking, self.town


@dataclass(frozen=True, slots=True)
class Checkups:
    """All towns held against a standard, nearest to passing first."""

    rows: Sequence[Checkup]
    count: int
    """How many towns have the asked outcome."""
    passed: int
    failed: int
    unknown_count: int
    in_words: str
    """The standard."""
    method: Method
    note: str | None = None


@dataclass(frozen=True, slots=True)
class _Held:
    """What towns are held against."""

    standard: int | None
    document: Recognition
    method: Method
    note: str | None = None


def checkup(snapshot: Snapshot, id: str, *, as_of: int, standard: str) -> Checkup:
    """Hold a town against a recognition standard: every condition with its nodes, shortfall and reasons."""
    row = row_of_kind(snapshot, id, "Town")
    held = _held(snapshot, standard, FORMULA.method(snapshot, as_of, {"town": id, "standard": standard}))
    return _of(Province(snapshot, as_of), row, held)


def checkups(
    snapshot: Snapshot, *, as_of: int, standard: str, outcome: Outcome | None = None, first: int = 20
) -> Checkups:
    """Hold all towns against a recognition standard, nearest to passing first.

    Nearest: the least sum of relative shortfalls over the failing conditions, then the fewest unknown
    conditions, then the least that these lack as far as known, then the id.
    """
    asked = {"standard": standard, "outcome": outcome and outcome.value, "first": first}
    held = _held(snapshot, standard, FORMULA.method(snapshot, as_of, asked))
    return _all(snapshot, held, snapshot.nodes["Town"].rows, outcome, first)


def try_standard(
    snapshot: Snapshot, *, as_of: int, criteria: str, town: str | None = None, first: int = 20
) -> Checkups:
    """Hold all towns, or one, against a draft that is not stored; all its faults are named at once."""
    found = [
        f"{'.'.join(one.path) or '全文'}：{one}" for one in faults(criteria, StandardPurpose.RECOGNITION)
    ]
    document = None if found else parse_standard(criteria, StandardPurpose.RECOGNITION)
    if document is not None:
        named = references(document)
        found = [f"{path}：图中没有 {id}" for path, id in named if snapshot.find(id) is None]
        found += [
            f"{path}：没有档次 {id}；可用：{known}" for path, id, known in unknown_classes(snapshot, document)
        ]
    if found or not isinstance(document, Recognition):
        raise BadInput(f"criteria：{len(found)} 处有误：{'；'.join(found)}", "criteria")
    rows = snapshot.nodes["Town"].rows
    if town is not None:
        row = row_of_kind(snapshot, town, "Town", argument="town")
        rows = range(row, row + 1)
    asked = {"criteria": criteria, "town": town, "first": first}
    held = _Held(None, document, FORMULA.method(snapshot, as_of, asked))
    return _all(snapshot, held, rows, None, first)


def _held(snapshot: Snapshot, id: str, method: Method) -> _Held:
    """Read a recognition standard; one of another purpose is refused by its name."""
    row = row_of_kind(snapshot, id, "Standard", argument="standard")
    table = snapshot.nodes["Standard"]
    place = row - table.first
    purpose = list(StandardPurpose)[table["purpose"][place]]
    if purpose is not StandardPurpose.RECOGNITION:
        said = f"standard：{id}（{snapshot.name_of(row)}）用于{purpose.words}，这里应为用于认定的标准"
        raise BadInput(said, "standard")
    document = parse_standard(table["criteria"][place] or "", StandardPurpose.RECOGNITION)
    if not isinstance(document, Recognition):
        raise TypeError(document)
    begins = table["validFrom"][place]
    early = not np.isnat(begins) and begins > np.datetime64(f"{method.as_of:04}-12-31")
    note = f"此标准自 {begins} 起施行，{method.as_of} 年尚未施行：仅供参照" if early else None
    return _Held(row, document, method, note)


def _all(snapshot: Snapshot, held: _Held, rows: range, outcome: Outcome | None, first: int) -> Checkups:
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    province = Province(snapshot, held.method.as_of)
    found = sorted((_of(province, row, held) for row in rows), key=lambda one: one.nearness)
    kept = [one for one in found if outcome is None or one.outcome is outcome]
    counts = {each: sum(one.outcome is each for one in found) for each in Outcome}
    return Checkups(
        kept[:first],
        len(kept),
        counts[Outcome.PASS],
        counts[Outcome.FAIL],
        counts[Outcome.UNKNOWN],
        document_words(snapshot, held.document),
        held.method,
        held.note,
    )


def _of(province: Province, row: int, held: _Held) -> Checkup:
    checkpoint()
    place = row - province.towns.first
    result = judged_town(province, held.document.criteria, place)
    prefer = held.document.prefer and judged_town(province, held.document.prefer, place)
    notes = [note for note in (held.note, withdrawn(province.snapshot, row, province.as_of)) if note]
    return Checkup(row, held.standard, result, prefer, held.method, "；".join(notes) or None)
