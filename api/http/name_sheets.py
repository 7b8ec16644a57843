"""Matches of a list of names: as a sheet of a workbook or CSV, and as JSON, for command and address alike."""

from collections.abc import Iterator, Sequence
from typing import Any

from graph.snapshot.invented import invented
from graph.snapshot.snapshot import Snapshot
from loaders.export.lists import Cell, Column, Sheet
from queries.identity.same_as import Candidate, NameMatches

COLUMNS = (
    Column("行", 8),
    Column("名称", 30),
    Column("候选数", 8, "0"),
    Column("候选", 8, "0"),
    Column("标识", 30),
    Column("图中名称", 30),
    Column("分值", 8, "0.00"),
    Column("依据", 34),
    Column("不同之处", 24),
    Column("虚构样例", 8),
)


def in_words(found: NameMatches) -> str:
    """Say in one line what became of the lines of a list."""
    return (
        f"{len(found.names)} 个名称，{found.matched} 个有候选，{found.unmatched} 个图中没有；"
        f"重复 {found.repeated} 行，没有名称 {found.blank} 行"
    )


def match_sheet(snapshot: Snapshot, found: NameMatches, name: str) -> Sheet:
    """Lay the matches of a list (by its file's name) out: a row for each candidate, one for who has none."""
    asked = found.method.parameters
    line = (
        f"名单 {name}；与 {found.method.as_of} 年图中的主体比对，分值不低于 {asked['atLeast']} 者为候选，"
        f"至多列 {asked['first']} 个；{in_words(found)}"
    )
    notes = [found.method.caveat, *_skipped(found)]
    return Sheet("名单比对", "名单与图中主体的比对", line, COLUMNS, list(_rows(snapshot, found)), notes)


def match_told(snapshot: Snapshot, found: NameMatches) -> dict[str, Any]:
    """Tell the matches of a list for programs, with the names that GraphQL's `sameAsList` has."""
    made_up = invented(snapshot).nodes
    return {
        "asOf": found.method.as_of,
        "snapshot": snapshot.id,
        "inWords": in_words(found),
        "matched": found.matched,
        "unmatched": found.unmatched,
        "repeated": found.repeated,
        "blank": found.blank,
        "parameters": dict(found.method.parameters),
        "caveat": found.method.caveat,
        "skipped": list(_skipped(found)),
        "names": [
            {
                "name": one.name,
                "lines": list(one.lines),
                "count": one.count,
                "rows": [
                    _candidate(snapshot, candidate, synthetic=bool(made_up[candidate.organisation]))
                    for candidate in one.rows
                ],
            }
            for one in found.names
        ],
    }


def _candidate(snapshot: Snapshot, one: Candidate, *, synthetic: bool) -> dict[str, Any]:
    return {
        "id": snapshot.id_of(one.organisation),
        "name": snapshot.name_of(one.organisation),
        "score": one.score,
        "evidence": [term.words for term in one.evidence],
        "against": [term.words for term in one.against],
        "synthetic": synthetic,
    }


def _skipped(found: NameMatches) -> Iterator[str]:
    for one in found.skipped:
        yield f"未逐个比较：{one.evidence.words}，{one.groups} 组，最多一组 {one.largest} 家"


def _rows(snapshot: Snapshot, found: NameMatches) -> Iterator[Sequence[Cell]]:
    made_up = invented(snapshot).nodes
    for one in found.names:
        told: tuple[Cell, ...] = ("、".join(map(str, one.lines)), one.name, one.count)
        if not one.rows:
            yield *told, *[None] * 6, None
        for number, candidate in enumerate(one.rows, 1):
            row = candidate.organisation
            reasons = ("；".join(term.words for term in t) for t in (candidate.evidence, candidate.against))
            mark = "是" if made_up[row] else None
            yield (
                *told,
                number,
                snapshot.id_of(row),
                snapshot.name_of(row),
                candidate.score,
                *reasons,
                mark,
            )
