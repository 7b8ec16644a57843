"""Sheets of lists: the rows of a list, what to know when reading them, and what stands behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from graph.snapshot.snapshot import Snapshot
from loaders.export.lists import Column, Sheet
from queries.answer import Method
from queries.gaps.gaps import Gaps
from queries.gaps.terms import GapState
from queries.lists.benefit_list import BenefitLine, BenefitList, UnclaimedRow
from queries.lists.checkup_list import CheckupList, ConditionRow, LookedAtRow
from queries.lists.comparison_list import ComparisonList, ComparisonRow, PairRow
from queries.lists.definitions import (
    EVERYTHING,
    Account,
    DefinitionRow,
    Part,
    definitions,
    invented,
)
from queries.lists.evaluation_card import CardList, CardRow, StandingRow
from queries.lists.evaluation_list import (
    EvaluationList,
    ProposalList,
    ProposalRow,
    RankingRow,
    ScoreRow,
    TrialRow,
)
from queries.lists.gap_list import GapList, GapRow
from queries.lists.headings import Cell, Heading, Row, Shape, cells
from queries.lists.ledger_list import LedgerList
from queries.lists.measure_list import MeasureList, MeasureRow
from queries.lists.near_list import NearList, NearRow
from queries.lists.promotion import Omission, Promotion
from queries.lists.promotion_rows import ConvertibleRow, PromotionRow
from queries.provenance import Rows, any_invented, provenance

_SHOWN = {
    Shape.COUNT: "#,##0_ ",
    Shape.AMOUNT: "#,##0.00_ ",
    Shape.VALUE: "General_ ",
    Shape.SHARE: "0.0%_ ",
    Shape.SCORE: "0.0_ ",
}
"""The number formats; `_ ` keeps a number away from the text beside it."""
_DIGITS = {Shape.AMOUNT: 4, Shape.SHARE: 4, Shape.SCORE: 1}
"""How many decimals a cell keeps, also where no format hides them (CSV)."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What the lists of a book were made from."""

    subjects: Sequence[int]
    """The towns or the region that the lists are of (global rows); none: `whole`."""
    as_of: int
    methods: Mapping[str, Method]
    sources: Sequence[int]
    """Global rows."""
    whole: str = EVERYTHING
    """What they are of when no town or region is named."""


@dataclass(frozen=True, slots=True)
class Made:
    """The tables of a list, and what they were made from."""

    parts: Sequence[Part]
    basis: Basis
    name: str | None = None
    """What the book is called; None: as its first list."""


def promotion_parts(found: Promotion) -> list[Part]:
    """Give the investment-promotion list, and that of the organisations in the town that could switch."""
    notes = _gap_notes(found.gaps.gaps)
    notes += [f"{found.omitted[why]} {why.words}" for why in Omission if found.omitted.get(why)]
    notes += found.counted
    if found.counted:
        notes.append("未列出的候选者：在页面“缺口与招商”点开该环节，可看全部")
    if unsure := sum(one.related_unknown is not None for one in found.found.values()):
        notes.append(f"{unsure} 个缺口的产品没有足够的镇以之为专长：相近产品只依行业小类相同，候选者可能不全")
    nobody = "没有已知的本地可转产企业：已登记者中无人生产相近产品，也无人销售所缺产品"
    own = Part(ConvertibleRow, found.convertible, _own_notes(found), empty=nobody)
    return [Part(PromotionRow, found.rows, notes, empty="没有可招引者：缺口与原因见下"), own]


def _own_notes(found: Promotion) -> list[str]:
    """Say how many in the town are left out."""
    beyond = sum(one.convertible_count - len(one.convertible) for one in found.found.values())
    return [f"另有 {beyond} 家未列出：每个环节只列前几家"] if beyond else []


def gap_part(found: GapList) -> Part:
    """Give the list of gaps."""
    return Part(GapRow, found.rows, _gap_notes(found.gaps), empty="没有可列的环节：原因见下")


def checkup_parts(found: CheckupList) -> tuple[Part, Part]:
    """Give the conditions, and who was looked at."""
    told = [found.standard, found.checkup.in_words, found.checkup.note]
    looked_at = Part(LookedAtRow, found.looked_at, empty="各项条件都没有看到可计入的对象")
    return Part(ConditionRow, found.rows, [*filter(None, told)]), looked_at


def comparison_parts(found: ComparisonList) -> list[Part]:
    """Give the table of the towns, and that of their pairs."""
    return [Part(ComparisonRow, found.rows, found.notes, found.columns), Part(PairRow, found.pairs)]


def benefit_part(found: BenefitList, kind: type[BenefitLine]) -> Part:
    """Give a list of benefits."""
    when = f"{found.method.as_of} 年"
    due = f"{when}没有已知可享而未享的主体与措施"
    return Part(
        kind, found.rows, found.notes, empty=due if kind is UnclaimedRow else f"{when}没有可列的主体与措施"
    )


def evaluation_parts(found: EvaluationList) -> list[Part]:
    """Give the ranking, and what each indicator gave."""
    one = found.ranking
    told = [one.trial, one.in_words, one.note, one.unknown_reason]
    return [
        Part(TrialRow if one.trial else RankingRow, found.rows, [*filter(None, told)]),
        Part(ScoreRow, found.scores),
    ]


def card_parts(found: CardList) -> tuple[Part, Part]:
    """Give a town's evaluation, and the ranking that it stands in."""
    card, whole = found.card, found.ranking
    told = [card.in_words if found.rows else None, card.note]
    out = [f"{name}（{reason}）" for name, reason in found.not_evaluated]
    about = [whole.in_words, whole.note, whole.unknown_reason, f"未参评：{'、'.join(out)}" if out else None]
    here = frozenset(n for n, one in enumerate(found.standings) if one.this)
    if not here:
        about.insert(0, f"本镇不在其中：{card.in_words}")
    return (
        Part(CardRow, found.rows, [*filter(None, told)], empty=card.in_words, marked=frozenset({0})),
        Part(StandingRow, found.standings, [*filter(None, about)], found.columns, marked=here),
    )


def proposal_part(found: ProposalList) -> Part:
    """Give the drafts of notices and praise."""
    return Part(ProposalRow, found.rows, [*filter(None, (found.drafts.note, found.drafts.unknown_reason))])


def near_part(found: NearList) -> Part:
    """Give the enterprises near the scale, and say who may be missing."""
    one = found.found
    told = [one.unknown_reason]
    told += [f"另有 {one.count - len(one.rows)} 家未列出：要更多请增大 first"] * (one.count > len(one.rows))
    told += [f"{one.unknown_count} 家工业企业的营业收入不详，可能也接近规上"] * (one.unknown_count > 0)
    told += [f"{one.sold_count} 家营业收入不详，而已知销售额已达界限，不是接近"] * (one.sold_count > 0)
    told += [f"{one.bounded_count} 家的营业收入只有一侧界限，无法判断"] * (one.bounded_count > 0)
    told += [f"{one.unclassified_count} 家企业的行业不详，未列入"] * (one.unclassified_count > 0)
    return Part(NearRow, found.rows, [*filter(None, told)], empty="没有已知营业收入接近规上的工业企业")


def measure_part(found: MeasureList) -> Part:
    """Give a measure of all towns."""
    one = found.found
    told = [one.unknown_reason]
    told += [f"另有 {one.count - len(one.rows)} 个镇未列出：要更多请增大 first"] * (one.count > len(one.rows))
    return Part(MeasureRow, found.rows, [*filter(None, told)])


def ledger_part(found: LedgerList) -> Part:
    """Give the items of a ledger."""
    return Part(found.kind, found.rows, [found.note], empty=found.empty, on=found.on)


def candidates_method(found: Promotion) -> Mapping[str, Method]:
    """How candidates were ranked: the same for every gap but for the product asked."""
    if not found.found:
        return {}
    one = next(iter(found.found.values())).method
    common = {name: value for name, value in one.parameters.items() if name != "product"}
    return {"候选者": replace(one, parameters=common)}


def sheets(snapshot: Snapshot, made: Made) -> list[Sheet]:
    """Lay the lists out, and put the sheet of definitions and sources behind them."""
    basis, parts = made.basis, [_accounted(snapshot, made, n) for n in range(len(made.parts))]
    account = Account(basis.subjects, basis.whole, basis.as_of, parts, basis.methods, basis.sources)
    behind = Part(DefinitionRow, definitions(snapshot, account), on=parts[0].on)
    return [_sheet(snapshot, part, basis) for part in (*parts, behind)]


def _accounted(snapshot: Snapshot, made: Made, place: int) -> Part:
    """Say below a part what it rests on; the first one says it of what no part claims."""
    part, claimed = made.parts[place], {name for one in made.parts for name in one.methods}
    names = [*part.methods, *(name for name in made.basis.methods if not place and name not in claimed)]
    said = [words for name in names for words in _basis_notes(snapshot, name, made.basis.methods[name])]
    return replace(part, notes=[*part.notes, *said])


def _basis_notes(snapshot: Snapshot, name: str, method: Method) -> list[str]:
    """Say of what is listed how much is invented or undated, or that nothing real is left."""
    if method.used is None:
        return []
    found = provenance(snapshot, method.used(), method.as_of)
    return [f"{name}：{words}" for words in (found.in_words, found.undated_in_words) if words]


def _gap_notes(found: Gaps) -> list[str]:
    """Say what the list of gaps leaves out, and why it is empty if it is."""
    unsure = found.states.get(GapState.UNKNOWN, 0)
    gaps = sum(found.states.get(state, 0) for state in (GapState.MISSING, GapState.WEAK))
    said = [found.unknown_reason, found.note]
    if not gaps and not found.unknown_reason:
        said.append(f"没有已知的缺口；{unsure} 个环节不详，无法判断" if unsure else "没有缺口")
    elif unsure:
        said.append(f"另有 {unsure} 个环节不详，无法判断是否缺失")
    if found.count > len(found.rows):
        said.append(f"缺口共 {found.count} 个，列出前 {len(found.rows)} 个：其余见页面“缺口与招商”")
    if found.left_out:
        said.append(f"未列出 {found.left_out} 个可选环节：本地无人从事，也无人采购")
    return [*filter(None, said)]


def _subjects(snapshot: Snapshot, basis: Basis) -> str:
    """Name the towns or the region that a list is of; an invented one is called an example."""
    marked = [(row, any_invented(snapshot, Rows(), [row])) for row in basis.subjects]
    names = [f"{snapshot.name_of(row)}（示例）" if one else snapshot.name_of(row) for row, one in marked]
    return "、".join(names) or basis.whole


def _rounded(heads: Sequence[Heading], row: Row) -> list[Cell]:
    """Take the cells of a row, with no more digits than a reader may trust; values of rules stay whole."""
    shapes = (heading.shape for heading in heads)
    return [
        round(cell, _DIGITS[shape]) if isinstance(cell, float) and shape in _DIGITS else cell
        for shape, cell in zip(shapes, cells(row), strict=True)
    ]


def _sheet(snapshot: Snapshot, part: Part, basis: Basis) -> Sheet:
    heads = part.headings
    when = f"{basis.as_of} 年" if part.on is None else f"截至 {part.on}"
    told = [
        "制表单位：（填写）",
        f"数据截至：{basis.as_of} 年末" if part.on is None else f"所问之日：{part.on}",
        "金额单位：见表头" if any("元" in head.words for head in heads) else "金额单位：随数注明",
        f"快照：{snapshot.id}",
        f"共 {len(part.rows)} 行",
    ]
    if "synthetic" in part.kind.__dataclass_fields__:
        marked = invented(part.rows)
        told.append(f"含虚构样例 {marked} 行" if marked else "无虚构样例")
    return Sheet(
        name=part.kind.title,
        title=f"{_subjects(snapshot, basis)} {part.kind.title}（{when}）",
        line="　".join(told),
        columns=[Column(h.words, h.width, _SHOWN.get(h.shape), h.offered) for h in heads],
        rows=[_rounded(heads, row) for row in part.rows],
        notes=part.notes,
        empty=part.empty,
        marked=part.marked,
    )
