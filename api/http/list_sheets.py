"""Sheets of lists: the rows of a list, what to know when reading them, and what stands behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph.snapshot.snapshot import Snapshot
from loaders.export.lists import Column, Sheet
from queries.answer import Method
from queries.gaps.gaps import Gaps
from queries.gaps.terms import GapAction, GapState
from queries.lists.checkup_list import CheckupList, ConditionRow, LookedAtRow
from queries.lists.definitions import Account, DefinitionRow, definitions, invented
from queries.lists.gap_list import GapList, GapRow
from queries.lists.headings import Row, Shape, cells, headings
from queries.lists.ledger_list import LedgerList
from queries.lists.promotion import ConvertibleRow, Promotion, PromotionRow
from queries.provenance import Rows, any_invented, provenance

_SHOWN = {
    Shape.COUNT: "#,##0_ ",
    Shape.AMOUNT: "#,##0.00_ ",
    Shape.VALUE: "General",
    Shape.SHARE: "0%_ ",
    Shape.SCORE: "0.0_ ",
}
"""The number formats; `_ ` keeps a number away from the text beside it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One list of a book: the kind of its rows, the rows, and what to know when reading them."""

    kind: type[Row]
    rows: Sequence[Row]
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Basis:
    """What the lists of a book were made from."""

    town: int | None
    """Global row; None: of all towns."""
    as_of: int
    methods: Mapping[str, Method]
    sources: Sequence[int]
    """Global rows."""
    on: date | None = None
    """The day that was asked, where it was a day."""


def promotion_parts(found: Promotion) -> list[Part]:
    """Give the investment-promotion list, and that of the organisations in the town that could switch."""
    notes, told = _gap_notes(found.gaps.gaps), _own_notes(found)
    if secured := next((one for one in found.gaps.gaps.actions if one.action is GapAction.SECURE), None):
        kept = f"{secured.count} 个环节只能保供（资源、农产、公用事业、废料等），不列入招商，见缺口清单"
        notes += [kept] if secured.count else []
    if found.not_shown:
        notes.append(f"另有 {found.not_shown} 个候选者未列出：每个缺口只取前几个，要更多请增大 candidates")
    if unsure := sum(one.related_unknown is not None for one in found.found.values()):
        notes.append(f"{unsure} 个缺口的产品没有足够的镇以之为专长：相近产品只依行业小类相同，候选者可能不全")
    return [Part(PromotionRow, found.rows, notes), Part(ConvertibleRow, found.convertible, told)]


def _own_notes(found: Promotion) -> list[str]:
    """Say how many in the town are left out, and that there is nobody."""
    beyond = sum(one.convertible_count - len(one.convertible) for one in found.found.values())
    if not found.convertible:
        return ["没有已知的本地可转产企业：已登记者中无人生产相近产品，也无人销售所缺产品"]
    return [f"另有 {beyond} 家未列出：每个缺口只取前几家，要更多请增大 candidates"] if beyond else []


def gap_part(found: GapList) -> Part:
    """Give the list of gaps."""
    return Part(GapRow, found.rows, _gap_notes(found.gaps))


def checkup_parts(found: CheckupList) -> list[Part]:
    """Give the conditions, and who was looked at."""
    told = [found.standard, found.checkup.in_words, found.checkup.note]
    return [Part(ConditionRow, found.rows, [*filter(None, told)]), Part(LookedAtRow, found.looked_at)]


def ledger_part(found: LedgerList) -> Part:
    """Give the items of a ledger."""
    return Part(found.kind, found.rows, [found.note])


def candidates_method(found: Promotion) -> Mapping[str, Method]:
    """How candidates were ranked: the same for every gap but for the product asked."""
    if not found.found:
        return {}
    one = next(iter(found.found.values())).method
    common = {name: value for name, value in one.parameters.items() if name != "product"}
    return {"候选者": replace(one, parameters=common)}


def sheets(snapshot: Snapshot, parts: Sequence[Part], basis: Basis) -> list[Sheet]:
    """Lay the lists out, and put the sheet of definitions and sources behind them."""
    parts = [replace(parts[0], notes=[*parts[0].notes, *_basis_notes(snapshot, basis)]), *parts[1:]]
    account = Account(
        town=basis.town,
        lists=[part.kind for part in parts],
        methods=basis.methods,
        notes=[*dict.fromkeys(note for part in parts for note in part.notes)],
        sources=basis.sources,
        synthetic=sum(invented(part.rows) for part in parts),
    )
    behind = Part(DefinitionRow, definitions(snapshot, account))
    return [_sheet(snapshot, part, basis) for part in (*parts, behind)]


def _basis_notes(snapshot: Snapshot, basis: Basis) -> list[str]:
    """Say of what is listed how much is invented, or that nothing real is left."""
    used = {name: method for name, method in basis.methods.items() if method.used}
    told = {name: provenance(snapshot, m.used(), m.as_of).in_words for name, m in used.items() if m.used}
    return [f"{name}：{words}" for name, words in told.items() if words]


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
        said.append(f"缺口取前 {len(found.rows)} 个，共 {found.count} 个：要全部请增大 first")
    if found.left_out:
        said.append(f"未列出 {found.left_out} 个可选环节：本地无人从事，也无人采购")
    return [*filter(None, said)]


def _town(snapshot: Snapshot, row: int | None) -> str:
    """Name a town; an invented one is called an example."""
    if row is None:
        return "全部专业镇"
    return (
        f"{snapshot.name_of(row)}（示例）" if any_invented(snapshot, Rows(), [row]) else snapshot.name_of(row)
    )


def _sheet(snapshot: Snapshot, part: Part, basis: Basis) -> Sheet:
    marked = invented(part.rows)
    when = f"{basis.as_of} 年" if basis.on is None else f"截至 {basis.on}"
    told = (
        "制表单位：（填写）",
        f"数据截至：{basis.as_of} 年末" if basis.on is None else f"所问之日：{basis.on}",
        "金额单位：见表头",
        f"快照：{snapshot.id}",
        f"共 {len(part.rows)} 行",
        f"含虚构样例 {marked} 行" if marked else "无虚构样例",
    )
    return Sheet(
        name=part.kind.title,
        title=f"{_town(snapshot, basis.town)} {part.kind.title}（{when}）",
        line="　".join(told),
        columns=[Column(h.words, h.width, _SHOWN.get(h.shape), h.offered) for h in headings(part.kind)],
        rows=[cells(row) for row in part.rows],
        notes=part.notes,
    )
