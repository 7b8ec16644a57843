"""Benefits of a town: what its organisations may have, what they got, who is still to get what (应享未享)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.kinds.entities import Town
from graph.kinds.papers import Benefit, Policy
from graph.kinds.results import result
from graph.kinds.terms import BenefitRecipient, BenefitResource
from graph.snapshot.csr import Ints
from graph.snapshot.economy import own_to
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask
from queries.answer import Answer, Formula
from queries.levels import OwnCounts, own_counts, row_of_kind
from queries.policies.basis import offer_rows
from queries.policies.benefits import FORMULA, OrganisationBenefit, benefit_row, checked, pair_rows, worth
from queries.policies.decisions import RECEIPT, Decided, Decisions, decisions
from queries.policies.offers import Offer
from queries.policies.reach import PolicyValidity, reaches_town, validity
from queries.provenance import Rows
from queries.standards.measures.intervals import FALSE, TRUE, UNKNOWN

COVERAGE = Formula(
    "policy-coverage",
    "政策享受率",
    2,
    "应享与已享都只按已登记者计；待核与是否已享不详者不计入占比，而放宽其上下限。政策效果不在此列。",
    FORMULA.defaults,
)
NO_RECEIPTS = "所涉措施当年都没有享受记录：是否已享不详"


@result("一项政策措施在一组主体中的情形")
@dataclass(frozen=True, slots=True)
class BenefitCounts:
    """How many of some organisations may have one benefit, and how many got it."""

    benefit: Annotated[NodeIndex, Benefit, "政策措施"]
    policies: Annotated[Sequence[NodeIndex], Policy, "提供它的政策文件"]
    validity: Annotated[PolicyValidity | None, "政策在所问年份的效力；空为没有政策文件提供它"]
    resource: Annotated[BenefitResource, "要素类型"]
    recipient: Annotated[BenefitRecipient, "给谁"]
    amount: Annotated[float | None, "每户（或每镇）金额（元）；空为没有载明"]
    eligible: Annotated[int, "可享的主体数"]
    not_eligible: Annotated[int, "不可享的主体数"]
    unknown: Annotated[int, "待核的主体数"]
    received: Annotated[int, "当年已享的主体数"]
    unclaimed: Annotated[int, "应享未享的主体数：可享而当年未享"]
    receipt_unknown: Annotated[int, "可享而是否已享不详的主体数"]
    note: Annotated[str | None, "须一并说明的话；空为没有"]


@result("本镇的政策措施：各有多少主体可享、已享、应享未享")
@dataclass(frozen=True, slots=True)
class TownBenefits(Answer):
    """The benefits that reach a town's own organisations, or the town itself."""

    town: Annotated[NodeIndex, Town, "专业镇"]
    rows: Annotated[Sequence[BenefitCounts], "所问的措施：应享未享多者在前"]
    count: Annotated[int, "所问的措施数"]
    undecided: Annotated[Sequence[str], "不能判断的措施及原因"]
    own: OwnCounts = None


@result("全部政策措施：各有多少主体可享、已享、应享未享")
@dataclass(frozen=True, slots=True)
class AllBenefits(Answer):
    """Every benefit over all organisations."""

    rows: Annotated[Sequence[BenefitCounts], "所问的措施：应享未享多者在前"]
    count: Annotated[int, "所问的措施数"]
    undecided: Annotated[Sequence[str], "不能判断的措施及原因"]


@result("一份政策文件的各项措施：各有多少主体可享、已享、应享未享")
@dataclass(frozen=True, slots=True)
class PolicyBenefits(Answer):
    """The benefits of one policy over all organisations."""

    validity: Annotated[PolicyValidity, "在所问年份的效力"]
    rows: Annotated[Sequence[BenefitCounts], "各项措施，按标识"]


@result("应享未享：可享而当年没有享受的主体与措施")
@dataclass(frozen=True, slots=True)
class UnclaimedBenefits(Answer):
    """Who surely may have what, and surely did not get it in the year."""

    rows: Annotated[Sequence[OrganisationBenefit], "主体与措施：金额大者在前，其次按措施、主体"]
    count: Annotated[int, "应享未享的主体与措施数"]
    organisations: Annotated[int, "涉及的主体数"]
    amount: Annotated[float, "应享未享的金额合计（元）：只计载明每户金额者"]
    amount_unknown: Annotated[int, "没有载明每户金额的主体与措施数：不在合计之内"]
    receipt_unknown: Annotated[int, "可享而是否已享不详的主体与措施数：不在其内"]
    unknown: Annotated[int, "待核的主体与措施数：不在其内，见 factsToCollect"]


@result("一类要素的政策享受情形")
@dataclass(frozen=True, slots=True)
class ResourceCoverage:
    """What one kind of resource came to."""

    resource: Annotated[BenefitResource, "要素类型"]
    benefits: Annotated[int, "措施数"]
    eligible: Annotated[int, "可享的主体与措施数"]
    received: Annotated[int, "其中当年已享"]
    unclaimed: Annotated[int, "其中应享未享"]
    unknown: Annotated[int, "待核的主体与措施数"]


@result("政策享受率：已享与应享之比，不详者另计")
@dataclass(frozen=True, slots=True)
class PolicyCoverage(Answer):
    """Share of what is due that was given, over pairs of an organisation and a benefit."""

    applicable: Annotated[
        bool | None, "所问年份是否有施行中的政策措施适用于这些主体：否则其余各数不适用；空为不详"
    ]
    share: Annotated[float | None, "当年已享占应享之比（0–1），只计两者都已知者；空为没有"]
    low: Annotated[float | None, "不详者都不利时的占比；空为没有应享者"]
    high: Annotated[float | None, "不详者都有利时的占比；空为没有应享者"]
    eligible: Annotated[int, "可享的主体与措施数"]
    received: Annotated[int, "其中当年已享"]
    unclaimed: Annotated[int, "其中当年未享（应享未享）"]
    receipt_unknown: Annotated[int, "其中是否已享不详"]
    unknown: Annotated[int, "待核的主体与措施数"]
    received_otherwise: Annotated[int, "当年已享而不可享或待核的主体与措施数：须核实"]
    amount_received: Annotated[float, "当年已享的金额合计（元）：只计有金额者"]
    amount_unknown: Annotated[int, "当年已享而金额不详的次数：不在合计之内"]
    by_resource: Annotated[Sequence[ResourceCoverage], "按要素类型"]
    own: OwnCounts = None


def town_benefits(
    snapshot: Snapshot,
    id: str,
    *,
    as_of: int,
    in_force: PolicyValidity | None = PolicyValidity.IN_FORCE,
    first: int = 50,
) -> TownBenefits:
    """Count for each benefit that reaches a town's organisations, or the town, who may have it and got it."""
    checked(first)
    town, held = row_of_kind(snapshot, id, "Town"), decisions(snapshot, as_of)
    some = [one for one in of_town(held, town) if in_force in (None, one.offer.validity)]
    rows = [_counts(one) for one in some if len(one.firms)]
    rows += [_to_town(one) for one in _town_offers(held, town) if in_force in (None, one.validity)]
    rows.sort(key=lambda row: (-row.unclaimed, -row.eligible, row.benefit))
    method = FORMULA.method(
        snapshot,
        as_of,
        used=lambda: _used(held, some, _town_offers(held, town)),
        town=id,
        validity=in_force,
        first=first,
    )
    undecided = [f"{snapshot.name_of(one.benefit)}：{one.note}" for one in held.undecided]
    return TownBenefits(
        town, rows[:first], len(rows), undecided, own=own_counts(snapshot, town, as_of), method=method
    )


def all_benefits(
    snapshot: Snapshot,
    *,
    as_of: int,
    in_force: PolicyValidity | None = PolicyValidity.IN_FORCE,
    first: int = 50,
) -> AllBenefits:
    """Count for each benefit, over all organisations, who may have it and got it."""
    checked(first)
    held = decisions(snapshot, as_of)
    some = [one for one in held.of if in_force in (None, one.offer.validity)]
    others = [one for one in held.for_towns if in_force in (None, one.validity)]
    rows = [*map(_counts, some), *map(_to_town, others)]
    rows.sort(key=lambda row: (-row.unclaimed, -row.eligible, row.benefit))
    method = FORMULA.method(
        snapshot,
        as_of,
        used=lambda: _used(held, some, others),
        validity=in_force,
        first=first,
    )
    undecided = [f"{snapshot.name_of(one.benefit)}：{one.note}" for one in held.undecided]
    return AllBenefits(rows[:first], len(rows), undecided, method=method)


def policy_benefits(snapshot: Snapshot, id: str, *, as_of: int) -> PolicyBenefits:
    """Count for each benefit of a policy who may have it and got it, over all organisations."""
    policy, held = row_of_kind(snapshot, id, "Policy"), decisions(snapshot, as_of)
    mine = [one for one in held.of if policy in one.offer.policies]
    others = [one for one in (*held.for_towns, *held.undecided) if policy in one.policies]
    rows = sorted([*map(_counts, mine), *map(_to_town, others)], key=lambda row: row.benefit)
    method = FORMULA.method(snapshot, as_of, used=lambda: _used(held, mine, others), policy=id)
    state = validity(snapshot, policy, as_of)
    why = None if rows else "这份文件没有登记政策措施，或在所问年份由别的文件提供"
    return PolicyBenefits(state, rows, method=method, unknown_reason=why)


def unclaimed_of_town(
    snapshot: Snapshot, id: str, *, as_of: int, benefit: str | None = None, first: int = 20
) -> UnclaimedBenefits:
    """List who in a town may have a benefit in force and did not get it in the year."""
    town, held = row_of_kind(snapshot, id, "Town"), decisions(snapshot, as_of)
    asked = benefit and row_of_kind(snapshot, benefit, "Benefit", argument="benefit")
    some = [one for one in of_town(held, town) if asked in (None, one.offer.benefit)]
    return _unclaimed(held, some, first, {"town": id, "benefit": benefit})


def unclaimed_of_policy(
    snapshot: Snapshot, id: str, *, as_of: int, within: str | None = None, first: int = 20
) -> UnclaimedBenefits:
    """List who may have a benefit of a policy and did not get it in the year: all, or those of a town."""
    policy, held = row_of_kind(snapshot, id, "Policy"), decisions(snapshot, as_of)
    some = [one for one in held.of if policy in one.offer.policies]
    if within is not None:
        own = own_mask(snapshot, row_of_kind(snapshot, within, "Town", argument="within"), as_of)
        some = [one.where(own) for one in some]
    return _unclaimed(held, some, first, {"policy": id, "within": within})


def policy_coverage(snapshot: Snapshot, id: str, *, as_of: int) -> PolicyCoverage:
    """Compare what a town's organisations got in a year with what they may have."""
    town, held = row_of_kind(snapshot, id, "Town"), decisions(snapshot, as_of)
    some = [one for one in of_town(held, town) if one.in_force]
    pairs = _pairs(some)
    sure, missed = int(pairs[TRUE, TRUE]), int(pairs[TRUE, FALSE])
    amounts = _amounts(held, some)
    method = COVERAGE.method(snapshot, as_of, used=lambda: _used(held, some), town=id)
    return PolicyCoverage(
        _applicable(held, some, own_mask(snapshot, town, as_of)),
        sure / (sure + missed) if sure + missed else None,
        *bounds(pairs),
        int(pairs[TRUE].sum()),
        sure,
        missed,
        int(pairs[TRUE, UNKNOWN]),
        int(pairs[UNKNOWN].sum()),
        int(pairs[FALSE, TRUE] + pairs[UNKNOWN, TRUE]),
        float(np.nansum(amounts)),
        int(np.isnan(amounts).sum()),
        _by_resource(some),
        own=own_counts(snapshot, town, as_of),
        method=method,
        unknown_reason=_why(some, pairs),
    )


def bounds(pairs: "np.ndarray[tuple[int, int], np.dtype[np.int64]]") -> tuple[float | None, float | None]:
    """Bound received ÷ eligible over pairs counted by status and receipt (both FALSE, UNKNOWN, TRUE).

    What was had before is due to nobody, and counts in neither.
    A pair that may be eligible counts where it moves the ratio to the bound: without a receipt in the lower,
    with one in the upper.
    """
    no, open_, yes = (int(count) for count in pairs[TRUE, :3])
    maybe_no, maybe, maybe_yes = (int(count) for count in pairs[UNKNOWN, :3])
    least = yes + no + open_ + maybe_no + maybe
    most = yes + no + open_ + maybe_yes + maybe
    low = yes / least if least else 1.0 if maybe_yes else None
    high = (yes + open_ + maybe_yes + maybe) / most if most else 0.0 if maybe_no else None
    return low, high


def of_town(held: Decisions, town: int) -> list[Decided]:
    """Take of every benefit a town's (a global row) own organisations."""
    own = np.flatnonzero(own_mask(held.snapshot, town, held.as_of))
    return held.of_firms(own.astype(np.int32))


def own_mask(snapshot: Snapshot, town: int, as_of: int) -> Mask:
    """Which organisations are a town's (a global row) own."""
    return own_to(snapshot, town - snapshot.nodes["Town"].first, as_of)


def _unclaimed(
    held: Decisions, some: Sequence[Decided], first: int, asked: dict[str, str | None]
) -> UnclaimedBenefits:
    checked(first)
    some = sorted((one for one in some if one.in_force), key=lambda one: worth(one.offer))
    found = [(one, np.flatnonzero(one.unclaimed)) for one in some]
    pairs, count = _pairs(some), sum(len(places) for _, places in found)
    rows = [(one, at) for one, places in found for at in places.tolist()[:first]][:first]
    firms = np.unique(np.concatenate([np.zeros(0, np.int32), *(one.firms[at] for one, at in found)]))
    stated = [(one.offer.amount, len(places)) for one, places in found]
    method = FORMULA.method(
        held.snapshot,
        held.as_of,
        {**asked, "first": first},
        used=lambda: pair_rows(held, [(one, one.firms[places]) for one, places in found if len(places)]),
    )
    return UnclaimedBenefits(
        [benefit_row(held, one, at) for one, at in rows],
        count,
        len(firms),
        sum(amount * number for amount, number in stated if amount is not None),
        sum(number for amount, number in stated if amount is None),
        int(pairs[TRUE, UNKNOWN]),
        int(pairs[UNKNOWN].sum()),
        method=method,
        unknown_reason=_why(some, pairs),
    )


def _pairs(some: Iterable[Decided]) -> "np.ndarray[tuple[int, int], np.dtype[np.int64]]":
    """Count pairs by status and receipt (a place in RECEIPT)."""
    found = np.zeros((3, len(RECEIPT)), np.int64)
    for one in some:
        np.add.at(found, (one.truth, one.received), 1)
    return found


def _why(some: Sequence[Decided], pairs: "np.ndarray[tuple[int, int], np.dtype[np.int64]]") -> str | None:
    if not any(len(one.firms) for one in some):
        return "所问年份没有施行中的政策措施适用于这些主体"
    return NO_RECEIPTS if pairs[TRUE].sum() and pairs[TRUE].sum() == pairs[TRUE, UNKNOWN] else None


def _applicable(held: Decisions, some: Sequence[Decided], own: Mask) -> bool | None:
    """Whether a measure in force reaches somebody; unknown while one can't be judged, or nobody is known."""
    if any(len(one.firms) for one in some):
        return True
    open_ = any(one.validity in {PolicyValidity.IN_FORCE, None} for one in held.undecided)
    return None if open_ or not own.any() else False


def _counts(one: Decided) -> BenefitCounts:
    offer = one.offer
    return BenefitCounts(
        offer.benefit,
        offer.policies,
        offer.validity,
        offer.resource,
        offer.recipient,
        offer.amount,
        int((one.truth == TRUE).sum()),
        int((one.truth == FALSE).sum()),
        int((one.truth == UNKNOWN).sum()),
        int((one.received == TRUE).sum()),
        int(one.unclaimed.sum()),
        int(one.unsure.sum()),
        offer.note,
    )


def _to_town(offer: Offer) -> BenefitCounts:
    """Show a benefit that is not counted over organisations."""
    told = "给专业镇，不逐户计；拨付与否图中不记" if offer.recipient is BenefitRecipient.TOWN else None
    given = (offer.validity, offer.resource, offer.recipient, offer.amount, *[0] * 6)
    note = "；".join(filter(None, (told, None if told and offer.reach else offer.note)))
    return BenefitCounts(offer.benefit, offer.policies, *given, note=note)


def _town_offers(held: Decisions, town: int) -> list[Offer]:
    """List the benefits that are given to towns and reach this one (a global row)."""
    return [
        one
        for one in held.for_towns
        if any(reaches_town(held.snapshot, policy, town, held.as_of) for policy in one.policies)
    ]


def _by_resource(some: Sequence[Decided]) -> list[ResourceCoverage]:
    rows = list[ResourceCoverage]()
    for resource in BenefitResource:
        mine = [one for one in some if one.offer.resource is resource and len(one.firms)]
        pairs = _pairs(mine)
        if mine:
            found = int(pairs[TRUE].sum()), int(pairs[TRUE, TRUE]), int(pairs[TRUE, FALSE])
            rows.append(ResourceCoverage(resource, len(mine), *found, int(pairs[UNKNOWN].sum())))
    return rows


def _amounts(held: Decisions, some: Sequence[Decided]) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """What was given in the year to whom each benefit reaches (yuan; NaN: not known)."""
    edges, first = held.snapshot.relations["RECEIVED"], np.int32(held.province.firms.first)
    now = np.flatnonzero(edges["year"] == held.as_of)
    found = [np.zeros(0)]
    for one in some:
        got = one.firms[one.received == TRUE] + first
        if len(got):
            mine = now[edges.end[now] == one.offer.benefit]
            found.append(edges["amount"][mine[np.isin(edges.start[mine], got)]])
    return np.concatenate(found)


def _used(held: Decisions, some: Sequence[Decided], others: Sequence[Offer] = ()) -> Rows:
    pairs: list[tuple[Decided, Ints]] = [(one, one.firms) for one in some if len(one.firms)]
    return pair_rows(held, pairs) | offer_rows(held.snapshot, others, held.as_of)
