"""Definitions and sources (口径与来源): what the columns mean, how it was computed, who says it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from graph.kinds.terms import Grade
from graph.snapshot.invented import invented as made_up
from graph.snapshot.snapshot import Snapshot
from queries.answer import Method
from queries.lists.headings import Heading, Row, cells, headings
from queries.lists.particulars import INVENTED
from queries.parameters import said, words_of
from queries.provenance import provenance

EVERYTHING = "全部专业镇"
EMPTY = "空单元格表示不详或不适用，不是 0"
NONE_KNOWN = "没有已知"
NOT_NONE = "已登记的资料里没有，不等于实际没有"


@dataclass(frozen=True, slots=True)
class DefinitionRow(Row):
    """One definition, parameter or source."""

    title: ClassVar[str] = "口径与来源"
    part: Annotated[str, Heading("部分", "概况、说明、列、方法、参数、来源", 22)]
    item: Annotated[str, Heading("项目", "所说明的项目", 24)]
    words: Annotated[str | None, Heading("内容", "定义、取值或发布者", 72)]
    grade: Annotated[str | None, Heading("来源等级", "A、B、C；只有来源才有", 14)]
    link: Annotated[str | None, Heading("链接", "文本，不可点击；空为未登记", 26)]
    synthetic: Annotated[str | None, Heading("虚构样例", "“是”：虚构的来源", 6)]


@dataclass(frozen=True, slots=True)
class Part:
    """One list of a book: the kind of its rows, the rows, and what to know when reading them."""

    kind: type[Row]
    rows: Sequence[Row]
    notes: Sequence[str] = ()
    more: Sequence[Heading] = ()
    """Columns behind those of the kind."""
    empty: str = "没有符合条件者"
    """What stands in place of the rows when there are none."""
    methods: Sequence[str] = ()
    """What it was made by, of the methods of the book; none: whatever no other part was made by."""
    marked: frozenset[int] = frozenset()
    """Rows (their places) that a reader looks for."""
    on: date | None = None
    """The day that was asked, where it was a day."""

    @property
    def headings(self) -> tuple[Heading, ...]:
        """All its columns, in order."""
        return (*headings(self.kind), *self.more)


@dataclass(frozen=True, slots=True)
class Account:
    """What a book has to account for."""

    subjects: Sequence[int]
    """The towns or the region that the lists are of (global rows); none: `whole`."""
    whole: str
    as_of: int
    parts: Sequence[Part]
    methods: Mapping[str, Method]
    """By what they are the method of."""
    sources: Sequence[int]
    """Global rows."""


def definitions(snapshot: Snapshot, account: Account) -> list[DefinitionRow]:
    """Write the sheet that stands behind the lists of a book."""
    told = {note: part.kind.title for part in reversed(account.parts) for note in reversed(part.notes)}
    return [
        *_overview(snapshot, account),
        *(_line("说明", title, words) for words, title in reversed(told.items())),
        *_columns(account.parts),
        *(row for words, method in account.methods.items() for row in _method(snapshot, words, method)),
        *(_source(snapshot, row) for row in account.sources),
    ]


def _columns(parts: Sequence[Part]) -> Iterator[DefinitionRow]:
    """Say what each column means; what means the same in several lists once."""
    lists = dict[tuple[str, str], list[str]]()
    for part in parts:
        for one in part.headings:
            lists.setdefault((one.words, one.meaning), []).append(part.kind.title)
    for (words, meaning), titles in lists.items():
        if meaning:
            yield _line(f"列：{'、'.join(titles)}", words, meaning)


def _line(part: str, item: str, words: str | None) -> DefinitionRow:
    return DefinitionRow(part, item, words, None, None, None)


def _overview(snapshot: Snapshot, account: Account) -> Iterator[DefinitionRow]:
    origin, parts = snapshot.origin, account.parts
    for subject in account.subjects:
        kind = "专业镇" if subject in snapshot.nodes["Town"].rows else "区划"
        yield _line("概况", kind, f"{snapshot.name_of(subject)}（{snapshot.id_of(subject)}）")
    if not account.subjects:
        yield _line("概况", "范围", account.whole)
    if any(part.on is None for part in parts):
        yield _line("概况", "所问年份（asOf）", f"{account.as_of} 年末")
    if days := sorted({part.on for part in parts if part.on}):
        yield _line("概况", "所问之日（on）", "、".join(map(str, days)))
    yield _line("概况", "快照", origin.id)
    yield _line(
        "概况", "数据版本", f"第 {origin.version} 次装载后；快照取于 {origin.taken_at:%Y-%m-%d %H:%M} UTC"
    )
    yield _line("概况", "虚构样例", f"{sum(invented(part.rows) for part in parts)} 行标有“是”")
    yield _line("概况", "空单元格", EMPTY)
    if any(NONE_KNOWN in words for part in parts for words in _words(part)):
        yield _line("概况", NONE_KNOWN, NOT_NONE)
    for item, words in dict.fromkeys(one for part in parts for one in part.kind.must_know):
        yield _line("概况", item, words)


def _words(part: Part) -> Iterator[str]:
    """All that is written in a list."""
    yield from part.notes
    yield from (part.empty,) * (not part.rows)
    yield from (heading.meaning for heading in part.headings)
    yield from (cell for row in part.rows for cell in cells(row) if isinstance(cell, str))


def _method(snapshot: Snapshot, words: str, method: Method) -> Iterator[DefinitionRow]:
    yield _line(f"方法：{words}", "公式及版本", f"{method.words}（{method.formula}），第 {method.version} 版")
    yield _line(f"方法：{words}", "注意", method.caveat)
    for name, value in method.parameters.items():
        yield _line(f"参数：{words}", words_of(name), said(value))
    if method.real_only:
        yield _line(f"方法：{words}", "只看真实数据", "一切虚构样例都已略去")
    if method.used is not None:
        found = provenance(snapshot, method.used(), method.as_of)
        dated = f"最早 {found.oldest_year} 年" if found.oldest_year else "都没有年份"
        told = f"{found.rows} 行事实与关系，{found.source_count} 个来源，{dated}，{found.undated} 行没有时间"
        yield _line(f"方法：{words}", "依据", told)
        yield _line(f"方法：{words}", "其中虚构样例", found.in_words or "没有")
    if (coverage := method.coverage) is not None and coverage.links:
        told = f"{coverage.links - coverage.unmeasured} / {coverage.links} 笔供应有可用数值"
        yield _line(f"方法：{words}", "数据覆盖", told)


def _source(snapshot: Snapshot, row: int) -> DefinitionRow:
    table, place = snapshot.nodes["Source"], row - snapshot.nodes["Source"].first
    grade = int(table["grade"][place])
    day = str(table["publishedOn"][place])
    said = [table["publisher"][place], None if day == "NaT" else f"{day} 发布"]
    return DefinitionRow(
        "来源",
        snapshot.name_of(row),
        "，".join(filter(None, said)) or "发布者与日期未登记",
        _graded(list(Grade)[grade]) if grade >= 0 else None,
        table["url"][place],
        INVENTED if made_up(snapshot).nodes[row] else None,
    )


def _graded(grade: Grade) -> str:
    return f"{grade.value}：{grade.words}"


def invented(rows: Iterable[Row]) -> int:
    """Count the rows that are marked as invented."""
    return sum(getattr(row, "synthetic", None) == INVENTED for row in rows)
