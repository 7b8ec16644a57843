"""Benefits of one organisation, and the organisations of one benefit, each with why, and whether received."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.errors import BadInput
from graph.kinds.entities import Organisation
from graph.kinds.papers import Benefit, Policy
from graph.kinds.results import As, result
from graph.kinds.terms import OrganisationForm
from graph.snapshot.csr import Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import code
from queries.answer import Answer, Formula, Method
from queries.levels import in_scope, row_of_kind
from queries.policies.basis import decision_rows, offer_rows
from queries.policies.decisions import (
    RECEIPT,
    STATUS,
    BenefitReceipt,
    BenefitStatus,
    Decided,
    Decisions,
    ReceiptState,
    decisions,
)
from queries.policies.offers import Offer
from queries.policies.reach import PolicyValidity
from queries.provenance import Rows, together
from queries.standards.judgement import judged_organisation
from queries.standards.measures.intervals import FALSE, TRUE, UNKNOWN
from queries.standards.verdicts import CheckupCondition, CriterionForm, Outcome
from queries.standards.wording import denied

MOST = 500
FORMULA = Formula(
    "policy-benefits",
    "可享政策",
    2,
    "按已登记的事实对照登记的条件判断，供提示与核实之用：是否享受以主管部门审核为准；"
    "不详的事实不当作不符合，没有享受记录也不当作没有享受。",
    {"validity": "当年至少有一天有效", "ownReceipts": "只看所问年份之前"},
)


@result("一个主体与一项政策措施：可享与否、差什么、缺什么，是否已享")
@dataclass(frozen=True, slots=True)
class OrganisationBenefit:
    """One organisation held against one benefit."""

    organisation: Annotated[NodeIndex, Organisation, "主体"]
    benefit: Annotated[NodeIndex, Benefit, "政策措施"]
    policies: Annotated[Sequence[NodeIndex], Policy, "提供它的政策文件"]
    validity: Annotated[PolicyValidity, "政策在所问年份的效力"]
    status: Annotated[BenefitStatus, "可否享受；政策不在施行中的，按其条件判断，仅供参照"]
    received: Annotated[ReceiptState, "当年是否已享"]
    receipts: Annotated[Sequence[BenefitReceipt], "享受记录，不晚于所问年份"]
    amount: Annotated[float | None, "每户金额（元）；空为没有载明"]
    condition: Annotated[CheckupCondition, "适用范围与条件的逐项判断"]
    note: Annotated[str | None, "须一并说明的话；空为没有"]

    @property
    def missed(self) -> Annotated[Sequence[str], "不符合的条件及差多少；只在不可享时有", As("failing")]:
        """The conditions that fail, each with what it is short of."""
        return [*failing(self.condition)] if self.status is BenefitStatus.NOT_ELIGIBLE else []

    @property
    def deciding(self) -> Annotated[Sequence[str], "待核时：知道哪些事实即可判断"]:
        """The unknown facts that would decide."""
        return self.condition.deciding

    @property
    def in_words(self) -> Annotated[str, "一句话"]:
        """The whole in one line."""
        why = "；".join(self.missed or self.deciding)
        said = self.status.words.partition("：")[0] + (f"（{why}）" if why else "")
        return f"{said}，{self.received.words.partition('：')[0]}{_years(self.receipts)}"


@result("一个主体可享的政策措施")
@dataclass(frozen=True, slots=True)
class OrganisationBenefits(Answer):
    """What reaches one organisation, what it may have and what it got."""

    rows: Annotated[Sequence[OrganisationBenefit], "所问的措施：可享者在前，其次待核；同者金额大者在前"]
    count: Annotated[int, "所问的措施数"]
    eligible: Annotated[int, "施行中、可享的措施数"]
    not_eligible: Annotated[int, "施行中、不可享的措施数"]
    unknown: Annotated[int, "施行中、待核的措施数"]
    received: Annotated[int, "施行中、当年已享的措施数"]
    unclaimed: Annotated[int, "应享未享：可享而当年未享的措施数；是否已享不详者不计"]
    receipt_unknown: Annotated[int, "施行中、可享而是否已享不详的措施数"]
    undecided: Annotated[Sequence[str], "不能判断的措施及原因"]


@result("一项政策措施的主体：谁可享、谁不可享、谁待核，谁已享")
@dataclass(frozen=True, slots=True)
class BenefitOrganisations(Answer):
    """Whom one benefit is for."""

    validity: Annotated[PolicyValidity | None, "政策在所问年份的效力；空为没有政策文件提供它"]
    rows: Annotated[Sequence[OrganisationBenefit], "所问的主体，按标识"]
    count: Annotated[int, "所问的主体数"]
    eligible: Annotated[int, "可享的主体数"]
    not_eligible: Annotated[int, "在适用范围内（或可能在）而不可享的主体数"]
    unknown: Annotated[int, "待核的主体数"]
    received: Annotated[int, "当年已享的主体数"]
    unclaimed: Annotated[int, "应享未享：可享而当年未享的主体数；是否已享不详者不计"]
    receipt_unknown: Annotated[int, "可享而是否已享不详的主体数"]
    note: Annotated[str | None, "须一并说明的话；空为没有"]


def checked(first: int) -> int:
    """Take how many rows were asked for; raises BadInput."""
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    return first


def organisation_benefits(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    id: str,
    *,
    as_of: int,
    status: BenefitStatus | None = None,
    validity: PolicyValidity | None = PolicyValidity.IN_FORCE,
    first: int = 20,
) -> OrganisationBenefits:
    """List the benefits that reach an organisation, or may, in a year."""
    checked(first)
    row = row_of_kind(snapshot, id, "Organisation")
    held, firm = decisions(snapshot, as_of), row - snapshot.nodes["Organisation"].first
    reached = held.of_firm(firm)
    now = [(one, at) for one, at in reached if one.in_force]
    asked = [(one, at) for one, at in reached if validity in (None, one.offer.validity)]
    asked = [(one, at) for one, at in asked if status in (None, STATUS[one.truth[at]])]
    asked.sort(key=lambda each: (-int(each[0].truth[each[1]]), *worth(each[0].offer)))
    method = FORMULA.method(
        snapshot,
        as_of,
        used=lambda: pair_rows(held, [(one, np.array([firm], np.int32)) for one, _ in reached]),
        organisation=id,
        status=status,
        policyValidity=validity,
        first=first,
    )
    truths = [int(one.truth[at]) for one, at in now]
    return OrganisationBenefits(
        [benefit_row(held, one, at) for one, at in asked[:first]],
        len(asked),
        truths.count(int(TRUE)),
        truths.count(int(FALSE)),
        truths.count(int(UNKNOWN)),
        sum(one.received[at] == TRUE for one, at in now),
        sum(bool(one.unclaimed[at]) for one, at in now),
        sum(bool(one.unsure[at]) for one, at in now),
        [f"{snapshot.name_of(one.benefit)}：{one.note}" for one in held.undecided],
        method=method,
        unknown_reason=_never(held, firm),
    )


def benefit_organisations(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    id: str,
    *,
    as_of: int,
    status: BenefitStatus | None = BenefitStatus.ELIGIBLE,
    received: ReceiptState | None = None,
    within: str | None = None,
    first: int = 20,
) -> BenefitOrganisations:
    """List the organisations that a benefit reaches, or may, in a year: of a town or a region, or all."""
    checked(first)
    row = row_of_kind(snapshot, id, "Benefit")
    held = decisions(snapshot, as_of)
    found = held.by_benefit.get(row)
    if within is not None:
        row_of_kind(snapshot, within, "Town", "Region", argument="within")
        found = found and found.where(in_scope(snapshot, within, as_of))
    asked = {
        "benefit": id,
        "status": status,
        "received": received,
        "within": within,
        "first": first,
    }
    if found is None:
        return _not_of_organisations(held, row, FORMULA.method(snapshot, as_of, asked))
    kept = np.ones(len(found.firms), np.bool_)
    if status is not None:
        kept &= found.truth == STATUS.index(status)
    if received is not None:
        kept &= found.received == RECEIPT.index(received)
    places = np.flatnonzero(kept)
    method = FORMULA.method(snapshot, as_of, asked, used=lambda: pair_rows(held, [(found, found.firms)]))
    return BenefitOrganisations(
        found.offer.validity,
        [benefit_row(held, found, at) for at in places[:first].tolist()],
        len(places),
        int((found.truth == TRUE).sum()),
        int((found.truth == FALSE).sum()),
        int((found.truth == UNKNOWN).sum()),
        int((found.received == TRUE).sum()),
        int(found.unclaimed.sum()) if found.in_force else 0,
        int(found.unsure.sum()) if found.in_force else 0,
        beside(found.offer, as_of),
        method=method,
    )


def benefit_row(held: Decisions, one: Decided, at: int) -> OrganisationBenefit:
    """Show one organisation (a place in what was decided) against one benefit."""
    offer, firm = one.offer, int(one.firms[at])
    if offer.rule is None or offer.validity is None:
        raise ValueError(offer.note)
    return OrganisationBenefit(
        NodeIndex(firm + held.province.firms.first),
        offer.benefit,
        offer.policies,
        offer.validity,
        STATUS[one.truth[at]],
        RECEIPT[one.received[at]],
        held.receipts(offer.benefit, firm),
        offer.amount,
        judged_organisation(held.province, offer.rule, firm),
        beside(offer, held.as_of),
    )


def worth(offer: Offer) -> tuple[float, int]:
    """What benefits are ordered by: the greater amount first, unknown ones last, then the id."""
    return -(offer.amount or 0.0), offer.benefit


def pair_rows(held: Decisions, pairs: Sequence[tuple[Decided, Ints]]) -> Rows:
    """Rows behind some benefits, each of some organisations (places)."""
    of = dict[Decided, list[Ints]]()
    for one, firms in pairs:
        of.setdefault(one, []).append(firms)
    offered = offer_rows(held.snapshot, [one.offer for one in of], held.as_of)
    decided = (
        decision_rows(held.snapshot, one.offer, np.concatenate(firms), held.as_of)
        for one, firms in of.items()
    )
    return together((offered, *decided))


def _not_of_organisations(held: Decisions, row: NodeIndex, method: Method) -> BenefitOrganisations:
    """Answer for a benefit that can't be judged of organisations, or is given to towns."""
    offer = next(one for one in (*held.undecided, *held.for_towns) if one.benefit == row)
    to_towns = "这项措施给专业镇，不逐户享受：见 town { benefits }"
    why = offer.note if offer in held.undecided else to_towns
    return BenefitOrganisations(
        offer.validity, [], 0, 0, 0, 0, 0, 0, 0, None, method=method, unknown_reason=why
    )


def beside(offer: Offer, as_of: int) -> str | None:
    """Say what must stand beside a judgement."""
    now = None if offer.validity is PolicyValidity.IN_FORCE or offer.validity is None else offer.validity
    told = f"{as_of} 年{now.words.partition('：')[0]}：仅供参照" if now else None
    return "；".join(filter(None, (told, offer.note))) or None


def _never(held: Decisions, firm: int) -> str | None:
    """Say why an organisation gets nothing whatever it is."""
    if not held.province.living[firm]:
        return f"{held.as_of} 年末该主体不存在：尚未成立，或已注销"
    if held.province.firms["form"][firm] == code(OrganisationForm.AGENCY):
        return "机关不享受政策措施"
    return None


def _years(receipts: Sequence[BenefitReceipt]) -> str:
    years = sorted({one.year for one in receipts if one.year is not None})
    return f"（记录：{'、'.join(map(str, years))} 年）" if years else ""


def failing(condition: CheckupCondition) -> Iterator[str]:
    """Write the conditions that fail, as far down as they are told one by one; of a choice all at once."""
    if condition.outcome is not Outcome.FAIL:
        return
    if condition.form is CriterionForm.ALL and condition.parts:
        for part in condition.parts:
            yield from failing(part)
    elif condition.form is CriterionForm.ANY and condition.parts:
        parts = ["，且 ".join(failing(part)) for part in condition.parts]
        yield parts[0] if len(parts) == 1 else f"至少满足一项：{'；或 '.join(parts)}"
    else:
        yield _missed(condition)


def _missed(condition: CheckupCondition) -> str:
    """Write one condition that fails, with what was found and what is short."""
    words = condition.words
    if condition.form is CriterionForm.NOT:
        words = denied(condition.parts[0].part, condition.parts[0].words)
    missing = condition.shortfall.words if condition.shortfall else "不符"
    found = f"{condition.found}，" if condition.found and condition.shortfall else ""
    return f"{words}：{found}{missing}"
