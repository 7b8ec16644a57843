"""The check-up as lists: every condition with what it is short of, and everybody who was looked at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Annotated, ClassVar

from graph.criteria import Count, Leaf, Operator, Sum
from graph.snapshot.snapshot import Snapshot
from queries.lists.headings import Heading, Row, Shape
from queries.lists.particulars import Particulars, joined, short
from queries.provenance import Rows
from queries.standards.basis import condition_rows
from queries.standards.checkup import Checkup, checkup
from queries.standards.measures import Province, Reading, listed_out, size
from queries.standards.places import in_words, place_of
from queries.standards.verdicts import CheckupCondition
from queries.standards.wording import threshold

SHOWN = 10
"""How many names a cell of the first list takes; the second list has all."""
REQUIRED, PREFERRED = "必要条件", "优先条件（不影响是否通过）"
SIGNS = {
    Operator.AT_LEAST: "≥",
    Operator.AT_MOST: "≤",
    Operator.ABOVE: ">",
    Operator.BELOW: "<",
    Operator.EQUALS: "=",
    Operator.ONE_OF: "为其中之一：",
}


@dataclass(frozen=True, slots=True)
class ConditionRow(Row):
    """One part of the rule, judged."""

    title: ClassVar[str] = "体检"
    number: Annotated[int, Heading("序号", "在规则中的次序", 5, Shape.COUNT)]
    section: Annotated[str, Heading("部分", f"{REQUIRED}决定是否通过；{PREFERRED}", 12)]
    condition: Annotated[str, Heading("条件", "缩进表示层次", 22)]
    outcome: Annotated[str, Heading("结果", "通过、未通过，或待核：已知数据不足以判断", 7)]
    actual: Annotated[str | None, Heading("所得", "空为其下另有各项", 11)]
    low: Annotated[float | None, Heading("所得下限", "数值的下限，单位同界限；空为不是数值", 8, Shape.VALUE)]
    high: Annotated[
        float | None, Heading("所得上限", "空为没有上限（名录可能不全），或不是数值", 8, Shape.VALUE)
    ]
    threshold: Annotated[str | None, Heading("界限", "标准的要求；空为其下另有各项", 9)]
    shortfall: Annotated[str | None, Heading("差距", "离达到界限还差多少；空为已通过，或不是数值", 10)]
    counted: Annotated[int | None, Heading("计入（个）", "空为其下另有各项", 9, Shape.COUNT)]
    places: Annotated[str | None, Heading("计入者在哪里", "计入的主体按所在地；空为没有计入主体", 15)]
    names: Annotated[str | None, Heading("计入者", f"前 {SHOWN} 个；全部见“体检名单”", 24)]
    left_out: Annotated[
        int | None, Heading("未计入（个）", "看过而未计入，及尚待核实的个数", 11, Shape.COUNT)
    ]
    lacking: Annotated[str | None, Heading("待核所缺", "知道哪些事实即可判断；空为已有结果", 12)]
    sources: Annotated[str | None, Heading("数据来源", "所用事实的来源；空为没有用到数值事实", 9)]
    path: Annotated[str, Heading("规则位置", "在标准文件中的位置", 10)]
    synthetic: Annotated[
        str | None, Heading("含虚构样例", "“是”：计入者、所用事实或关系中有虚构样例；空为没有", 6)
    ]


@dataclass(frozen=True, slots=True)
class LookedAtRow(Row):
    """One that a condition counted, or did not."""

    title: ClassVar[str] = "体检名单"
    number: Annotated[int, Heading("条件序号", "“体检”中的序号", 8, Shape.COUNT)]
    condition: Annotated[str, Heading("条件", "条件的文字", 46)]
    standing: Annotated[str, Heading("计入与否", "计入、待核、未计入", 8)]
    name: Annotated[str, Heading("对象", "主体或其他对象的名称", 26)]
    code: Annotated[str | None, Heading("统一社会信用代码", "文本；空为未登记，或不是主体", 20)]
    place: Annotated[
        str | None, Heading("所在地", "从本镇看：本县、省内、省外、境外、所在地不详；空为不是主体", 10)
    ]
    reason: Annotated[str | None, Heading("原因", "未计入的原因，或待核所缺；计入者为空", 30)]
    synthetic: Annotated[str | None, Heading("虚构样例", "“是”：虚构样例；空为不是", 6)]


@dataclass(frozen=True, slots=True)
class CheckupList:
    """A check-up, as GraphQL answers it, and its rows."""

    checkup: Checkup
    rows: Sequence[ConditionRow]
    looked_at: Sequence[LookedAtRow]
    sources: Sequence[int]
    """Sources that the claims used come from (global rows)."""
    standard: str
    """Which standard, and what it is cited as."""


def checkup_list(snapshot: Snapshot, id: str, *, as_of: int, standard: str | None = None) -> CheckupList:
    """List a town's check-up; raises what `checkup` raises."""
    found, about = checkup(snapshot, id, as_of=as_of, standard=standard), Particulars(snapshot, as_of)
    province, town = Province(snapshot, as_of), found.town - snapshot.nodes["Town"].first
    parts = list(enumerate(_parts(found), 1))
    rows = [
        _condition(about, n, section, depth, one, condition_rows(province, town, one))
        for n, (section, depth, one) in parts
    ]
    seen = _Seen(about, province, town)
    named = [row for n, (_, _, one) in parts for row in _looked_at(seen, n, one)]
    claims = [claim for _, (_, _, one) in parts if one.reading for claim in one.reading.claims]
    return CheckupList(found, rows, named, about.sources((), claims), _standard(snapshot, found.standard))


def _standard(snapshot: Snapshot, row: int | None) -> str:
    table = snapshot.nodes["Standard"]
    if row is None:
        return "标准：草案"
    cited = table["citation"][row - table.first]
    return f"标准：{snapshot.name_of(row)}（{cited or snapshot.id_of(row)}）"


def _parts(found: Checkup) -> Iterator[tuple[str, int, CheckupCondition]]:
    for section, result in ((REQUIRED, found.result), (PREFERRED, found.prefer)):
        if result is not None:
            for depth, one in result.walk():
                yield section, depth, one


def _condition(  # noqa: PLR0913, PLR0917 - what a row shows
    about: Particulars, number: int, section: str, depth: int, one: CheckupCondition, used: Rows
) -> ConditionRow:
    snapshot, read = about.snapshot, one.reading
    numeric = read if read and read.options is None else None
    return ConditionRow(
        number=number,
        section=section,
        condition="　" * depth + one.words,
        outcome=short(one.outcome.words),
        actual=one.found,
        low=numeric.low if numeric else None,
        high=numeric.high if numeric and isfinite(numeric.high) else None,
        threshold=_threshold(snapshot, one),
        shortfall=one.shortfall.words if one.shortfall else None,
        counted=len(read.counted) if read else None,
        places=in_words(snapshot, one.places) or None,
        names=_names(snapshot, read) if read else None,
        left_out=size(read.left_out) + size(read.uncertain) if read else None,
        lacking=joined(one.deciding),
        sources=joined(map(snapshot.name_of, about.sources((), read.claims if read else ()))),
        path=one.path,
        synthetic=about.invented(*read.counted.tolist(), used=used) if read else None,
    )


def _threshold(snapshot: Snapshot, one: CheckupCondition) -> str | None:
    if not isinstance(one.part, Leaf | Count | Sum):
        return None
    asked = one.part.comparison
    return f"{SIGNS[asked.operator]} {threshold(snapshot, one.part, asked.threshold)}"


def _names(snapshot: Snapshot, read: Reading) -> str | None:
    shown = joined(snapshot.name_of(row) for row in read.counted[:SHOWN].tolist())
    beyond = len(read.counted) - SHOWN
    return f"{shown}，另 {beyond} 个" if beyond > 0 else shown


@dataclass(frozen=True, slots=True)
class _Seen:
    """Looks at organisations from a town (its place)."""

    about: Particulars
    province: Province
    town: int

    def place(self, row: int) -> str | None:
        """Where an organisation is; None for anything else."""
        if self.about.snapshot.kind_of(row).label != "Organisation":
            return None
        return place_of(self.province, self.town, row)


def _looked_at(seen: _Seen, number: int, one: CheckupCondition) -> Iterator[LookedAtRow]:
    about, read = seen.about, one.reading
    if read is None:
        return
    found = [("计入", row, None) for row in read.counted.tolist()]
    found += [("待核", each.row, each.reason) for each in listed_out(read.uncertain)]
    found += [("未计入", each.row, each.reason) for each in listed_out(read.left_out)]
    for standing, row, reason in found:
        name, code = about.snapshot.name_of(row), _code(about, row)
        yield LookedAtRow(
            number, one.words, standing, name, code, seen.place(row), reason, about.invented(row)
        )


def _code(about: Particulars, row: int) -> str | None:
    return about.code(row) if about.snapshot.kind_of(row).label == "Organisation" else None
