"""Check-up: whether a town meets a recognition standard, what it is short of, who is nearest to passing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from graph.criteria import Recognition
from graph.deadline import checkpoint
from graph.errors import BadInput
from graph.kinds.entities import Town
from graph.kinds.papers import Standard
from graph.kinds.results import As, result
from graph.snapshot.index import NodeIndex
from graph.snapshot.invented import without_invented
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.towns import first_record
from queries.answer import Answer, Formula, Method
from queries.levels import OwnCounts, own_counts, row_of_kind
from queries.provenance import Rows, any_invented, provenance
from queries.standards.basis import checkup_rows
from queries.standards.choice import recognition_standard
from queries.standards.documents import draft, held_document, not_yet_in_force
from queries.standards.judgement import judged_town, too_early, unjudged
from queries.standards.measures import Province
from queries.standards.summary import in_lines
from queries.standards.verdicts import CheckupCondition, Outcome
from queries.standards.wording import document_words
from queries.subjects import withdrawn

MOST = 500
BY_INVENTED = "按虚构样例"
FORMULA = Formula(
    "checkup",
    "认定体检",
    4,
    "名录不完整时计数只是下限：已知者够数才算通过，不够则为待核而非未通过；结论供核实之用，不代替认定。",
)


@result("一个专业镇的体检")
@dataclass(frozen=True)
class CheckupRow:
    """One town held against a recognition standard.

    It has no slots: of the two bases of an answer only one may have them.
    """

    town: Annotated[NodeIndex, Town, "专业镇"]
    standard: Annotated[NodeIndex | None, Standard, "标准；空为草案"]
    result: Annotated[CheckupCondition, "认定条件"]
    prefer: Annotated[CheckupCondition | None, "优先条件；空为标准没有"]
    note: Annotated[str | None, "须一并说明的话；空为没有"]
    by_invented: Annotated[str | None, "只凭虚构样例才通过时的说明；空为不是"]
    first_record: Annotated[
        int | None, "关于本镇最早有年份的记录：所问早于此年则一概待核；空为没有写明年份的记录"
    ]
    in_words: Annotated[str, "一句话：必要条件及计入者在哪里，其后为优先条件"]

    @property
    def outcome(self) -> Annotated[Outcome, "是否达到认定条件"]:
        """Whether it meets the conditions."""
        return self.result.outcome

    @property
    def distance(self) -> Annotated[float, "未通过各项相对差距之和；0 为没有未通过者"]:
        """The relative shortfalls of the failing conditions, added up."""
        return self.result.distance

    @property
    def unknowns(self) -> Annotated[int, "待核的条件数", As("unknown_conditions")]:
        """How many conditions are unknown."""
        return self.result.unknowns

    @property
    def nearness(self) -> tuple[float, int, float, int]:
        """What towns are ordered by: distance, unknown conditions, what those lack as far as known, row."""
        return self.distance, self.unknowns, self.result.lacking, self.town


@result("体检：本镇是否达到一个认定标准，差什么")
@dataclass(frozen=True, slots=True)
class Checkup(CheckupRow, Answer):
    """The town that was asked, held against a recognition standard."""

    own: OwnCounts = None


@result("体检：各专业镇，最接近通过者在前")
@dataclass(frozen=True, slots=True)
class Checkups(Answer):
    """All towns held against a standard, nearest to passing first."""

    in_words: Annotated[str, "标准全文，中文"]
    rows: Annotated[Sequence[CheckupRow], "各镇"]
    count: Annotated[int, "所问结果的专业镇数"]
    passed: Annotated[int, "通过的镇数"]
    failed: Annotated[int, "未通过的镇数"]
    unknown_count: Annotated[int, "待核的镇数"]
    note: Annotated[str | None, "须一并说明的话；空为没有"]


@dataclass(frozen=True, slots=True)
class _Held:
    """What towns are held against."""

    standard: NodeIndex | None
    document: Recognition
    method: Method
    note: str | None = None


def checkup(snapshot: Snapshot, id: str, *, as_of: int, standard: str | None = None) -> Checkup:
    """Hold a town against a recognition standard: every condition with its nodes, shortfall and reasons.

    Without one it is the one in force in the town's province in the year; raises BadInput when there is none
    or several.
    """
    row = row_of_kind(snapshot, id, "Town")
    standard = standard or snapshot.id_of(recognition_standard(snapshot, [row], as_of))
    province, place = Province(snapshot, as_of), row - snapshot.nodes["Town"].first
    method = FORMULA.method(
        snapshot,
        as_of,
        {"town": id, "standard": standard},
        used=lambda: checkup_rows(province, place, (found.result, found.prefer)),
    )
    held = _held(snapshot, standard, method)
    found = _row(province, row, held)
    return Checkup(
        found.town,
        found.standard,
        found.result,
        found.prefer,
        "；".join(filter(None, [found.note, _undated(snapshot, method)])) or None,
        found.by_invented,
        found.first_record,
        found.in_words,
        own=own_counts(snapshot, row, as_of),
        method=method,
    )


def checkups(
    snapshot: Snapshot,
    *,
    as_of: int,
    standard: str | None = None,
    outcome: Outcome | None = None,
    first: int = 20,
) -> Checkups:
    """Hold all towns against a recognition standard, nearest to passing first.

    Without one it is the one in force in the province of them all; raises BadInput as `checkup` does.
    Nearest: the least sum of relative shortfalls over the failing conditions, then the fewest unknown
    conditions, then the least that these lack as far as known, then the id.
    """
    towns = snapshot.nodes["Town"].rows
    standard = standard or snapshot.id_of(recognition_standard(snapshot, [*map(NodeIndex, towns)], as_of))
    asked = {"standard": standard, "outcome": outcome, "first": first}
    held = _held(snapshot, standard, FORMULA.method(snapshot, as_of, asked))
    return _all(snapshot, held, towns, outcome, first)


def try_standard(
    snapshot: Snapshot, *, as_of: int, criteria: str, town: str | None = None, first: int = 20
) -> Checkups:
    """Hold all towns, or one, against a draft that is not stored; all its faults are named at once."""
    document = draft(snapshot, criteria, Recognition)
    rows = snapshot.nodes["Town"].rows
    if town is not None:
        rows = [row_of_kind(snapshot, town, "Town", argument="town")]
    asked = {"criteria": criteria, "town": town, "first": first}
    held = _Held(None, document, FORMULA.method(snapshot, as_of, asked))
    return _all(snapshot, held, rows, None, first)


def _held(snapshot: Snapshot, id: str, method: Method) -> _Held:
    """Read a recognition standard; one of another purpose is refused by its name."""
    row, document = held_document(snapshot, id, Recognition)
    note = not_yet_in_force(snapshot, row, method.as_of)
    return _Held(row, document, method, note)


def _all(
    snapshot: Snapshot, held: _Held, rows: Sequence[NodeIndex], outcome: Outcome | None, first: int
) -> Checkups:
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    province = Province(snapshot, held.method.as_of)
    held = replace(held, method=replace(held.method, used=lambda: _rows_used(province, found)))
    found = sorted((_row(province, row, held) for row in rows), key=lambda one: one.nearness)
    kept = [one for one in found if outcome is None or one.outcome is outcome]
    counts = {each: sum(one.outcome is each for one in found) for each in Outcome}
    return Checkups(
        document_words(snapshot, held.document),
        kept[:first],
        len(kept),
        counts[Outcome.PASS],
        counts[Outcome.FAIL],
        counts[Outcome.UNKNOWN],
        held.note,
        method=held.method,
    )


def _row(province: Province, row: NodeIndex, held: _Held) -> CheckupRow:
    checkpoint()
    place = row - province.towns.first
    result = judged_town(province, held.document.criteria, place)
    prefer = held.document.prefer and judged_town(province, held.document.prefer, place)
    notes = [note for note in (held.note, withdrawn(province.snapshot, row, province.as_of)) if note]
    said, first = "；".join(notes) or None, first_record(province.snapshot, place)
    if early := too_early(province, place):
        result, prefer = unjudged(result, early), prefer and unjudged(prefer, early)
        return CheckupRow(row, held.standard, result, prefer, said, None, first, f"待核：{early}")
    by_invented = _by_invented(province, row, result, prefer, held)
    words = in_lines(province.snapshot, result, prefer) + (f"（{by_invented}）" if by_invented else "")
    return CheckupRow(row, held.standard, result, prefer, said, by_invented, first, words)


def _undated(snapshot: Snapshot, method: Method) -> str | None:
    """Say of a past year how many of the rows that counted state none."""
    if method.used is None or method.as_of >= (snapshot.newest_year or method.as_of):
        return None
    return provenance(snapshot, method.used(), method.as_of).undated_in_words


def _rows_used(province: Province, found: Sequence[CheckupRow]) -> Rows:
    """Rows that some check-ups rest on."""
    used = Rows()
    for one in found:
        used |= checkup_rows(province, one.town - province.towns.first, (one.result, one.prefer))
    return used


def _by_invented(
    province: Province,
    row: NodeIndex,
    result: CheckupCondition,
    prefer: CheckupCondition | None,
    held: _Held,
) -> str | None:
    """Say when a town passes only by what is invented: without it the same rule does not pass."""
    whole = province.snapshot
    if result.outcome is not Outcome.PASS or whole.left_out is not None:
        return None
    used = checkup_rows(province, row - province.towns.first, (result, prefer))
    counted = [node for _, one in result.walk() if one.reading for node in one.reading.counted.tolist()]
    if not any_invented(whole, used, [row, *counted]):
        return None
    real = without_invented(whole)
    town = real.find(whole.id_of(row))
    if town is None:
        return BY_INVENTED
    there = Province(real, province.as_of)
    again = judged_town(there, held.document.criteria, town - there.towns.first).outcome
    return None if again is Outcome.PASS else f"{BY_INVENTED}：只看真实数据则{again.words.partition('：')[0]}"
