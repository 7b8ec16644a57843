"""What an answer rests on: the claims and relations that it used, and how many of them are invented."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from graph.kinds.facts import Claim
from graph.kinds.relations import Relation
from graph.kinds.results import result
from graph.kinds.terms import Grade, Term
from graph.snapshot.claims import Measure, figures
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.invented import invented
from graph.snapshot.purchases import Purchases
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import MISSING, Table
from graph.snapshot.years import MAX_AGE, Mask, Tables, valid_in

VALUED = ("SUPPLIES", "NEEDS")
"""Relations that have a value in yuan a year."""
NOTHING_REAL = "只看真实数据：所问没有真实的事实或关系可依据"
_NONE = np.zeros(0, np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Rows of a snapshot that an answer was made from; each counts once, however often it is named."""

    relations: Mapping[str, NDArray[np.integer]] = field(default_factory=dict[str, NDArray[np.integer]])
    """By label, places in the tables of relations."""
    claims: NDArray[np.integer] = field(default_factory=lambda: _NONE)
    """Places among the claims."""

    def __or__(self, other: "Rows") -> "Rows":
        """Take the rows of both."""
        return together((self, other))


def together(parts: Iterable[Rows]) -> Rows:
    """Take the rows of all parts: each column is put together once, whatever the number of parts."""
    relations, claims = dict[str, list[NDArray[np.integer]]](), [_NONE]
    for part in parts:
        claims += [part.claims] if len(part.claims) else []
        for label, places in part.relations.items():
            relations.setdefault(label, []).append(places)
    return Rows({label: _joined(of) for label, of in relations.items()}, _joined(claims[1:] or claims))


def _joined(parts: Sequence[NDArray[np.integer]]) -> NDArray[np.integer]:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def of_supply(edges: NDArray[np.integer]) -> Rows:
    """Rows of some supply, by its places among the relations."""
    return Rows({"SUPPLIES": edges})


def of_outside(edges: NDArray[np.integer]) -> Rows:
    """Rows of some purchases from sellers that are not in the graph, by their places among the relations."""
    return Rows({"NEEDS": edges})


def of_making(edges: NDArray[np.integer]) -> Rows:
    """Rows that say who makes what, by their places among the relations."""
    return Rows({"MAKES": edges})


def of_purchases(bought: Purchases) -> Rows:
    """Rows behind some purchases: supply, and what is bought from sellers that are not in the graph."""
    named = bought.seller >= 0
    return of_supply(bought.edge[named]) | of_outside(bought.edge[~named])


def of_figures(tables: Tables, measure: Measure, as_of: int, subjects: NDArray[np.integer]) -> Rows:
    """Claims that tell a measure of some subjects (global rows) in a year."""
    found = figures(tables, measure, as_of)
    return Rows(claims=found.claim[np.isin(found.subject, subjects)])


def joining(
    snapshot: Snapshot, label: str, as_of: int, starts: NDArray[np.integer], ends: NDArray[np.integer]
) -> Rows:
    """Relations of a label that hold in a year and lead from some nodes (global rows) to others."""
    table = snapshot.relations[label]
    held = valid_in(table, as_of) & np.isin(table.start, starts) & np.isin(table.end, ends)
    return Rows({label: np.flatnonzero(held)})


def leaving(snapshot: Snapshot, label: str, as_of: int, starts: NDArray[np.integer]) -> Rows:
    """Relations of a label that hold in a year and lead from some nodes (global rows)."""
    table = snapshot.relations[label]
    return Rows({label: np.flatnonzero(valid_in(table, as_of) & np.isin(table.start, starts))})


def any_invented(snapshot: Snapshot, used: Rows, nodes: Iterable[int | None] = ()) -> bool:
    """Whether one of some rows, or of some nodes beside them (global rows), is invented."""
    known = invented(snapshot)
    if any(known.nodes[-1 if row is None else row] for row in nodes):
        return True
    made_up = (known.relations[label][places].any() for label, places in used.relations.items())
    return any(made_up) or bool(known.of(snapshot.nodes[Claim.label])[used.claims].any())


class ShareBasis(Term):
    """虚构样例占比按什么计"""  # noqa: D400, D415 - GraphQL shows it

    SUPPLY_VALUE = "SUPPLY_VALUE", "供应额：所用供应与图外采购中有可用数值者"
    CLAIM_VALUE = "CLAIM_VALUE", "指标数值：所用的都是同一指标的事实"
    ROWS = "ROWS", "行数：没有可以相加的数值"


@result("某一来源等级的行数")
@dataclass(frozen=True, slots=True)
class GradeRows:
    """How many of the rows are of a grade."""

    grade: Annotated[Grade | None, "来源等级；空为没有注明来源"]
    rows: Annotated[int, "行数"]


@result("答案所依据的事实与关系：多少是虚构样例，来源等级，年份")
@dataclass(frozen=True, slots=True)
class Provenance:
    """What an answer rests on."""

    rows: Annotated[int, "所用的事实与关系（行）"]
    invented: Annotated[int, "其中虚构样例：行本身、其一端、产品或来源是虚构的"]
    invented_share: Annotated[float | None, "虚构样例的占比（0–1），按 weighedBy 计；空为没有用到任何行"]
    weighed_by: Annotated[ShareBasis, "占比按什么计"]
    grades: Annotated[Sequence[GradeRows], "按来源等级，好者在前"]
    oldest_year: Annotated[int | None, "所用各行中最早的年份；空为都没有年份"]
    undated: Annotated[int, "既无年份也无起始时间的行：在每一年都计入"]
    undated_in_words: Annotated[str | None, "同上，须与较早年份的数字一同说出的话；空为没有这样的行"]
    source_count: Annotated[int, "所用来源的个数"]
    in_words: Annotated[str | None, "须与数字一同说出的话；空为没有虚构样例"]
    sources: Sequence[NodeIndex]
    """The source of the most rows first."""


def provenance(snapshot: Snapshot, used: Rows, as_of: int) -> Provenance:
    """Say what some rows are worth: values that are too old in the year weigh nothing."""
    tables: list[tuple[Table, NDArray[np.integer]]] = [
        (snapshot.nodes[Claim.label], used.claims),
        *((snapshot.relations[label], places) for label, places in used.relations.items()),
    ]
    parts = [_Part.of(snapshot, table, _once(table, places)) for table, places in tables]
    rows, made_up = sum(len(part.made_up) for part in parts), sum(int(p.made_up.sum()) for p in parts)
    share, basis = _share(parts, as_of)
    years = np.concatenate([part.year for part in parts])
    dated = years[years != MISSING]
    undated = sum(int(part.undated.sum()) for part in parts)
    sources = _by_count(np.concatenate([part.source for part in parts]))
    return Provenance(
        rows=rows,
        invented=made_up,
        invented_share=share,
        weighed_by=basis,
        grades=_grades(np.concatenate([part.grade for part in parts])),
        oldest_year=int(dated.min()) if len(dated) else None,
        undated=undated,
        undated_in_words=_undated_words(rows, undated, as_of),
        source_count=len(sources),
        in_words=_words(snapshot, rows, made_up, share, basis),
        sources=sources,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Some rows of one table."""

    table: Table
    places: NDArray[np.int64]
    made_up: Mask
    source: Ints
    """Global rows; -1: not stated."""
    grade: NDArray[np.int16]
    """-1: not stated."""
    year: Ints
    undated: Mask

    @classmethod
    def of(cls, snapshot: Snapshot, table: Table, places: NDArray[np.int64]) -> "_Part":
        source, sources = table["source"][places], snapshot.nodes["Source"]
        graded = np.append(sources["grade"], np.int16(-1))
        of_source = graded[np.where(source < 0, len(sources), source - sources.first)]
        grade = table["grade"][places] if "grade" in table.arrays else of_source
        yearly = "year" in table.arrays
        year = table["year"][places] if yearly else np.full(len(places), MISSING, np.int32)
        return cls(
            table,
            places,
            invented(snapshot).of(table)[places],
            source,
            grade,
            year,
            _undated(table, places, year),
        )

    def value(self, as_of: int) -> Floats:
        """Their values; 0 where unknown, or too old to count."""
        value = np.nan_to_num(self.table["value"][self.places])
        fresh = (self.year == MISSING) | (as_of - self.year.astype(np.int64) <= MAX_AGE)
        return np.where(fresh | (self.table.kind is Claim), value, 0.0)


def _once(table: Table, places: NDArray[np.integer]) -> NDArray[np.int64]:
    """Places in order, each once: marking them takes less than sorting them."""
    seen = np.zeros(len(table), np.bool_)
    seen[places] = True
    return np.flatnonzero(seen)


def _undated(table: Table, places: NDArray[np.int64], year: Ints) -> Mask:
    begins = table.kind.lifetime[0] if issubclass(table.kind, Relation) else None
    if begins is None:
        return year == MISSING
    since = table[begins][places]
    return (year == MISSING) & (np.isnat(since) if since.dtype.kind == "M" else since == MISSING)


def _share(parts: Sequence[_Part], as_of: int) -> tuple[float | None, ShareBasis]:
    """Share of what is invented, by value where values can be added up."""
    claims = [part for part in parts if part.table.kind is Claim and len(part.places)]
    alone = sum(len(part.places) for part in parts) == sum(len(part.places) for part in claims)
    one = [part for part in claims if alone and len(np.unique(part.table["metric"][part.places])) == 1]
    supply = [part for part in parts if part.table.kind.label in VALUED]
    for some, basis in ((supply, ShareBasis.SUPPLY_VALUE), (one, ShareBasis.CLAIM_VALUE)):
        values = [(part.value(as_of), part.made_up) for part in some]
        if (total := sum(float(value.sum()) for value, _ in values)) > 0:
            return sum(float(value[made_up].sum()) for value, made_up in values) / total, basis
    rows = sum(len(part.places) for part in parts)
    made_up = sum(int(part.made_up.sum()) for part in parts)
    return (made_up / rows if rows else None), ShareBasis.ROWS


def _grades(codes: NDArray[np.int16]) -> list[GradeRows]:
    known = [GradeRows(grade, int((codes == at).sum())) for at, grade in enumerate(Grade)]
    return [one for one in (*known, GradeRows(None, int((codes < 0).sum()))) if one.rows]


def _by_count(sources: Ints) -> list[NodeIndex]:
    found, counts = np.unique(sources[sources >= 0], return_counts=True)
    return [NodeIndex(row) for row in found[np.argsort(-counts, kind="stable")].tolist()]


def _words(snapshot: Snapshot, rows: int, made_up: int, share: float | None, basis: ShareBasis) -> str | None:
    """Write what must be said beside the numbers."""
    if not rows and snapshot.left_out is not None:
        return NOTHING_REAL
    if not made_up or share is None:
        return None
    if basis is ShareBasis.ROWS or not share:
        return f"所用 {rows} 行事实与关系中 {made_up} 行为虚构样例"
    return f"其中 {percent(share)}的{basis.words.partition('：')[0]}为虚构样例"


def _undated_words(rows: int, undated: int, as_of: int) -> str | None:
    if not undated:
        return None
    some = f"{rows} 行事实与关系中 {undated} 行" if undated < rows else f"{rows} 行事实与关系都"
    return f"所用 {some}没有年份，在每一年都计入：{as_of} 年是否如此不详"


def percent(share: float) -> str:
    """Write a share above 0 as whole per cents that never say all or nothing of a part.

    >>> percent(0.83), percent(0.001), percent(0.9999), percent(1.0)
    ('83 % ', '不到 1 % ', '99 % 以上', '100 % ')
    """
    if share < 0.005:  # noqa: PLR2004 - would be written as 0
        return "不到 1 % "
    whole = round(100 * share)
    return "99 % 以上" if whole == 100 and share < 1 else f"{whole} % "  # noqa: PLR2004 - all
