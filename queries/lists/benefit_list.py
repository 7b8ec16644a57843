"""Lists of benefits: what organisations may have (可享政策), and have yet to get (应享未享)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, ClassVar, Self

import numpy as np

from graph.deadline import checkpoint
from graph.errors import BadInput
from graph.snapshot.csr import Ints
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import Array
from graph.snapshot.years import Mask
from queries.answer import Method
from queries.levels import row_of_kind
from queries.lists.headings import Heading, Row, Shape
from queries.lists.particulars import POLICIES, WAN, Particulars, joined, short
from queries.policies.basis import decision_rows, offer_rows
from queries.policies.benefits import FORMULA, OrganisationBenefit, benefit_row, pair_rows, worth
from queries.policies.decisions import STATUS, BenefitStatus, Decided, Decisions, decisions
from queries.policies.towns import of_town
from queries.provenance import Rows
from queries.standards.measures.intervals import UNKNOWN

MOST = 20_000
SHOWN = 5_000


RECORDS = Heading("以往享受", "不晚于所问年份的享受年份；空为没有记录", 9)
SOURCES = Heading("数据来源", "判断所据事实与关系的来源", 12)
REMARK = Heading("备注", "留空，由使用者填写", 8)
SYNTHETIC = Heading("虚构样例", "“是”：主体、措施或所据事实、关系中有虚构样例；空为没有", 5)


@dataclass(frozen=True, slots=True)
class BenefitLine(Row):
    """One organisation and one benefit: what both lists show of them."""

    must_know: ClassVar[Sequence[tuple[str, str]]] = (POLICIES,)
    number: Annotated[int, Heading("序号", "行的次序", 5, Shape.COUNT)]
    organisation: Annotated[str, Heading("主体", "当年存续；问一个镇时为该镇自己的主体", 20)]
    code: Annotated[str | None, Heading("统一社会信用代码", "文本；空为未登记", 17)]
    place: Annotated[str | None, Heading("所在地", "当年所在的行政区划；空为不详", 10)]
    benefit: Annotated[str, Heading("政策措施", "措施的名称", 16)]
    resource: Annotated[str, Heading("要素", "政策、项目、资金、人才、土地、能源、服务", 6)]
    text: Annotated[str, Heading("条款摘要", "给什么、给谁", 20)]
    policy: Annotated[str, Heading("政策文件", "提供它的文件及文号", 18)]
    until: Annotated[str | None, Heading("有效期至", "政策的失效日期；空为没有载明", 9)]
    amount: Annotated[
        float | None, Heading("每户金额（万元）", "措施载明的金额；空为没有载明", 8, Shape.AMOUNT)
    ]


@dataclass(frozen=True, slots=True)
class UnclaimedRow(BenefitLine):
    """One benefit that one organisation may have and did not get in the year."""

    title: ClassVar[str] = "应享未享"
    records: Annotated[str | None, RECORDS]
    sources: Annotated[str | None, SOURCES]
    remark: Annotated[str | None, REMARK]
    synthetic: Annotated[str | None, SYNTHETIC]


@dataclass(frozen=True, slots=True)
class BenefitRow(BenefitLine):
    """One benefit in force that reaches one organisation, or may."""

    title: ClassVar[str] = "可享政策"
    status: Annotated[str, Heading("可享与否", "可享、不可享，或待核：已知数据不足以判断", 7)]
    why: Annotated[str | None, Heading("差什么、缺什么", "不可享者差多少，待核者缺哪些事实；可享者为空", 24)]
    received: Annotated[
        str, Heading("当年是否已享", "不详：该措施当年没有任何享受记录；已享过：一次性措施，往年享过", 8)
    ]
    records: Annotated[str | None, RECORDS]
    sources: Annotated[str | None, SOURCES]
    remark: Annotated[str | None, REMARK]
    synthetic: Annotated[str | None, SYNTHETIC]


type ListRow = UnclaimedRow | BenefitRow


@dataclass(frozen=True, slots=True)
class BenefitList:
    """A list of benefits, and what it rests on."""

    about: Sequence[int]
    """The town and the benefit that were asked for (global rows)."""
    rows: Sequence[ListRow]
    notes: Sequence[str]
    sources: Sequence[int]
    method: Method


def benefit_list(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    town: str | None = None,
    *,
    as_of: int,
    org: str | None = None,
    benefit: str | None = None,
    status: BenefitStatus | None = None,
    first: int = SHOWN,
) -> BenefitList:
    """List the benefits in force that reach organisations, organisation by organisation."""
    held, about, some = _asked(snapshot, {"town": town, "org": org, "benefit": benefit}, as_of, first)
    found = range(len(STATUS)) if status is None else [STATUS.index(status)]
    wanted = [np.isin(one.truth, found) for one in some]
    pairs = _Pairs.of(some, wanted).sorted(lambda found: (found.firm, -found.truth, found.worth))
    asked = {"town": town, "org": org, "benefit": benefit, "status": status and status.value, "first": first}
    return _listed(held, about, pairs, asked, BenefitRow, [*_left_open(held)])


def unclaimed_list(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    town: str | None = None,
    *,
    as_of: int,
    org: str | None = None,
    benefit: str | None = None,
    first: int = SHOWN,
) -> BenefitList:
    """List what organisations may have and did not get in the year, benefit by benefit."""
    held, about, some = _asked(snapshot, {"town": town, "org": org, "benefit": benefit}, as_of, first)
    pairs = _Pairs.of(some, [one.unclaimed for one in some]).sorted(lambda found: (found.worth, found.firm))
    open_ = sum(int((one.truth == UNKNOWN).sum()) for one in some)
    unsure = sum(int(one.unsure.sum()) for one in some)
    elsewhere = "待核（缺事实，可能可享），不在本表：见清单“可享政策”（benefits）"
    notes = [f"另有 {open_} 项{elsewhere}"] if open_ else []
    notes += [f"另有 {unsure} 项可享而是否已享不详，不在本表：该措施当年没有享受记录"] if unsure else []
    asked = {"town": town, "org": org, "benefit": benefit, "first": first}
    return _listed(held, about, pairs, asked, UnclaimedRow, notes)


_KINDS = {"town": "Town", "org": "Organisation", "benefit": "Benefit"}


def _asked(
    snapshot: Snapshot, of: Mapping[str, str | None], as_of: int, first: int
) -> tuple[Decisions, list[int], list[Decided]]:
    """Judge what is asked for, of a town, a firm, a benefit, or all; say what it is (global rows)."""
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    asked = {
        name: row_of_kind(snapshot, id, _KINDS[name], argument=name)
        for name, id in of.items()
        if id is not None
    }
    held = decisions(snapshot, as_of)
    some = of_town(held, asked["town"]) if "town" in asked else held.of
    if "org" in asked:
        here = asked["org"] - held.province.firms.first
        some = [one.only(one.firms == here) for one in some]
    only = asked.get("benefit")
    return (
        held,
        [*asked.values()],
        [one for one in some if one.in_force and only in (None, one.offer.benefit)],
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Pairs:
    """Benefits and the organisations that they reach: arrays, as a province has 10⁵ and a list shows few."""

    some: Sequence[Decided]
    benefit: Ints
    """Places in `some`."""
    at: Ints
    """Places in `some[benefit].firms`."""

    @classmethod
    def of(cls, some: Sequence[Decided], wanted: Sequence[Mask]) -> Self:
        """Take those wanted of the organisations of each benefit."""
        places = [np.flatnonzero(one) for one in wanted]
        benefit = np.repeat(np.arange(len(some)), [len(one) for one in places])
        return cls(
            some, benefit.astype(np.int32), np.concatenate([np.zeros(0, np.int32), *places], dtype=np.int32)
        )

    @property
    def worth(self) -> Ints:
        ranks = {one: rank for rank, one in enumerate(sorted({worth(one.offer) for one in self.some}))}
        return np.array([ranks[worth(one.offer)] for one in self.some], np.int32)[self.benefit]

    @property
    def firm(self) -> Ints:
        return self._each([one.firms for one in self.some])

    @property
    def truth(self) -> Ints:
        return self._each([one.truth for one in self.some])

    def sorted(self, by: Callable[[Self], tuple[Ints, ...]]) -> Self:
        """Order by some columns, the first above all."""
        order = np.lexsort(by(self)[::-1])
        return replace(self, benefit=self.benefit[order], at=self.at[order])

    def first(self, count: int) -> list[tuple[Decided, int]]:
        found = zip(self.benefit[:count].tolist(), self.at[:count].tolist(), strict=True)
        return [(self.some[benefit], at) for benefit, at in found]

    def _each(self, columns: Sequence[Array]) -> Array:
        starts = np.cumsum([0, *map(len, columns)])
        return np.concatenate([np.zeros(0, np.int32), *columns])[starts[self.benefit] + self.at]


def _left_open(held: Decisions) -> Iterator[str]:
    """Say which benefits can't be judged, and which are given to towns."""
    for one in held.undecided:
        yield f"{held.snapshot.name_of(one.benefit)}：{one.note}"
    if held.for_towns:
        names = joined(held.snapshot.name_of(one.benefit) for one in held.for_towns)
        yield f"给专业镇而不逐户享受的措施不在本表：{names}"


def _listed(  # noqa: PLR0913, PLR0917 - what a list is made of
    held: Decisions,
    about: Sequence[int],
    pairs: _Pairs,
    asked: dict[str, str | int | None],
    kind: type[ListRow],
    notes: list[str],
) -> BenefitList:
    first, told, used = int(asked["first"] or 0), Particulars(held.snapshot, held.as_of), set[int]()
    rows, shown = list[ListRow](), pairs.first(first)
    for number, (one, at) in enumerate(shown, 1):
        checkpoint()
        rows.append(_row(held, told, number, benefit_row(held, one, at), one, kind, used))
    if len(pairs.at) > first:
        notes.append(f"列出 {first} 行，共 {len(pairs.at)} 行：要全部请增大 first")
    together: list[tuple[Decided, Ints]] = [(one, np.array([one.firms[at]], np.int32)) for one, at in shown]
    method = FORMULA.method(held.snapshot, held.as_of, asked, used=lambda: pair_rows(held, together))
    return BenefitList(about, rows, notes, sorted(used), method)


def _row(  # noqa: PLR0913, PLR0917 - what a row shows
    held: Decisions,
    about: Particulars,
    number: int,
    found: OrganisationBenefit,
    one: Decided,
    kind: type[ListRow],
    used: set[int],
) -> ListRow:
    snapshot, firm = held.snapshot, found.organisation - held.province.firms.first
    here = np.array([firm], np.int32)
    rests = held.province.once(
        ("offer rows", found.benefit), lambda: offer_rows(snapshot, [one.offer], held.as_of)
    )
    rests |= decision_rows(snapshot, one.offer, here, held.as_of)
    sources = _sources(snapshot, rests)
    used.update(sources)
    years = sorted({each.year for each in found.receipts if each.year is not None})
    table = snapshot.nodes["Benefit"]
    given: dict[str, Any] = {
        "number": number,
        "organisation": snapshot.name_of(found.organisation),
        "code": about.code(found.organisation),
        "place": about.place(found.organisation),
        "benefit": snapshot.name_of(found.benefit),
        "resource": one.offer.resource.words,
        "text": table["text"][found.benefit - table.first],
        "policy": joined(_cited(snapshot, row) for row in found.policies) or "",
        "until": _until(snapshot, found.policies),
        "amount": None if found.amount is None else found.amount / WAN,
        "records": joined(f"{year} 年" for year in years),
        "sources": joined(map(snapshot.name_of, sources)),
        "remark": None,
        "synthetic": about.invented(found.organisation, found.benefit, *found.policies, used=rests),
    }
    if kind is BenefitRow:
        given["status"], given["received"] = short(found.status.words), short(found.received.words)
        given["why"] = "；".join((*found.missed, *found.deciding)) or None
    return kind(**given)


def _sources(snapshot: Snapshot, rows: Rows) -> list[int]:
    """List the sources (global rows) of some rows, each once."""
    said = [snapshot.nodes["Claim"]["source"][rows.claims]]
    said += [snapshot.relations[label]["source"][places] for label, places in rows.relations.items()]
    return sorted(set(np.concatenate(said).tolist()) - {-1})


def _cited(snapshot: Snapshot, policy: int) -> str:
    table = snapshot.nodes["Policy"]
    number = table["documentNo"][policy - table.first]
    return f"{snapshot.name_of(policy)}（{number}）" if number else snapshot.name_of(policy)


def _until(snapshot: Snapshot, policies: Sequence[int]) -> str | None:
    """The last day on which one of some policies is in force; None: one has none."""
    table = snapshot.nodes["Policy"]
    days = [table["validTo"][policy - table.first] for policy in policies]
    return None if any(np.isnat(day) for day in days) else str(max(days))
