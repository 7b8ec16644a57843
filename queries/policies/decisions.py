"""Decisions: what every benefit says of every organisation in a year, in three values, and who received it.

A rule is judged of all organisations at once, over columns; only those that its policies reach, or may, are
kept. `queries/standards/judgement.py` judges one organisation by the same rule, and is where words come from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

import numpy as np

from graph.deadline import checkpoint
from graph.kinds.results import result
from graph.kinds.terms import BenefitRecipient, Term
from graph.snapshot.csr import Csr, Ints
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import MISSING
from graph.snapshot.years import Mask
from queries.links import known
from queries.policies.offers import Offer, offers
from queries.policies.reach import PolicyValidity
from queries.standards.measures import Province, truths
from queries.standards.measures.intervals import FALSE, TRUE, UNKNOWN, Truths


class BenefitStatus(Term):
    """一个主体可否享受一项政策措施"""  # noqa: D400, D415 - GraphQL shows it

    ELIGIBLE = "ELIGIBLE", "可享：在适用范围内，且符合条件"
    NOT_ELIGIBLE = "NOT_ELIGIBLE", "不可享：可能在适用范围内，而不符合条件"
    UNKNOWN = "UNKNOWN", "待核：已知数据不足以判断"


class ReceiptState(Term):
    """当年是否已享"""  # noqa: D400, D415 - GraphQL shows it

    RECEIVED = "RECEIVED", "已享：当年有享受记录"
    RECEIVED_BEFORE = "RECEIVED_BEFORE", "已享过：每户只享一次的措施，往年有享受记录，不再应享"
    NOT_RECEIVED = "NOT_RECEIVED", "未享：该措施当年有享受记录，其中没有此主体"
    UNKNOWN = "UNKNOWN", "不详：该措施当年没有任何享受记录，或其记录没有年份"


STATUS = (BenefitStatus.NOT_ELIGIBLE, BenefitStatus.UNKNOWN, BenefitStatus.ELIGIBLE)
"""By truth."""
RECEIPT = (
    ReceiptState.NOT_RECEIVED,
    ReceiptState.UNKNOWN,
    ReceiptState.RECEIVED,
    ReceiptState.RECEIVED_BEFORE,
)
"""By truth; `BEFORE` comes after the three."""
BEFORE = np.int8(3)
"""Of receipts only: what is given once was given in an earlier year. Nobody of them is eligible."""


@result("一次享受记录")
@dataclass(frozen=True, slots=True)
class BenefitReceipt:
    """One time that a benefit was given."""

    year: Annotated[int | None, "年份；空为没有注明"]
    amount: Annotated[float | None, "金额（元）；空为不详"]


@dataclass(frozen=True, slots=True, eq=False)
class Decided:
    """What one benefit says of the organisations that it reaches, or may reach."""

    offer: Offer
    firms: Ints
    """Places, ascending; organisations of the year that are no bodies of government."""
    truth: Truths
    """Whether each is reached and meets the conditions."""
    received: Truths
    """Whether each was given it in the year: places in RECEIPT."""

    def where(self, wanted: Mask) -> "Decided":
        """Take those that are wanted, by place in the whole table."""
        return self.only(wanted[self.firms])

    def only(self, wanted: Mask) -> "Decided":
        """Take those that are wanted, by place among those whom it reaches."""
        kept = np.flatnonzero(wanted)
        return Decided(self.offer, self.firms[kept], self.truth[kept], self.received[kept])

    @property
    def eligible(self) -> Mask:
        """Who surely is eligible."""
        return self.truth == TRUE

    @property
    def unclaimed(self) -> Mask:
        """Who surely is eligible and surely did not receive it in the year (应享未享)."""
        return self.eligible & (self.received == FALSE)

    @property
    def unsure(self) -> Mask:
        """Who surely is eligible, while nobody knows whether it received it in the year."""
        return self.eligible & (self.received == UNKNOWN)

    @property
    def in_force(self) -> bool:
        """Whether a policy that offers it is in force in the year."""
        return self.offer.validity is PolicyValidity.IN_FORCE


@dataclass(frozen=True, eq=False)
class Decisions:
    """All benefits of a year."""

    snapshot: Snapshot
    as_of: int
    province: Province
    """Keeps the columns that were judged, for the words of single rows."""
    of: Sequence[Decided]
    """Benefits for organisations that can be judged, in the order of their ids, in force or not."""
    for_towns: Sequence[Offer]
    """Benefits that are given to towns."""
    undecided: Sequence[Offer]
    """Benefits that can't be judged: their note says why."""

    @cached_property
    def by_benefit(self) -> Mapping[int, Decided]:
        """By global row."""
        return {one.offer.benefit: one for one in self.of}

    @cached_property
    def by_firm(self) -> Csr:
        """The benefits (places in `of`) of each organisation; edges: places in all pairs."""
        sizes = [len(one.firms) for one in self.of]
        firms = np.concatenate([np.zeros(0, np.int32), *(one.firms for one in self.of)])
        return Csr.of(
            len(self.province.firms), firms, np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
        )

    @cached_property
    def _pairs(self) -> tuple[Truths, Truths]:
        """Status and receipt of all pairs, laid end to end as `by_firm` counts them."""
        none = np.zeros(0, np.int8)
        truths = np.concatenate([none, *(one.truth for one in self.of)])
        return truths, np.concatenate([none, *(one.received for one in self.of)])

    def of_firms(self, firms: Ints) -> list[Decided]:
        """Take some organisations (places, ascending) of every benefit: as slow as what reaches them."""
        owner, place, pair = self.by_firm.at(firms)
        order = np.argsort(place, kind="stable")
        owner, pair = owner[order], pair[order]
        ends = np.searchsorted(place[order], np.arange(len(self.of) + 1))
        truths, received = self._pairs
        return [
            Decided(one.offer, owner[a:b], truths[pair[a:b]], received[pair[a:b]])
            for one, a, b in zip(self.of, ends[:-1], ends[1:], strict=True)
        ]

    def in_force(self) -> Sequence[Decided]:
        """Those in force."""
        return [one for one in self.of if one.in_force]

    def of_firm(self, firm: int) -> Sequence[tuple[Decided, int]]:
        """List what reaches an organisation (its place), or may, each with its place there."""
        _, found, _ = self.by_firm.at(np.array([firm]))
        listed = (self.of[place] for place in found.tolist())
        return [(one, int(np.searchsorted(one.firms, firm))) for one in listed]

    def receipts(self, benefit: int, firm: int) -> list[BenefitReceipt]:
        """List when an organisation (its place) was given a benefit (a global row), up to the year."""
        edges, row = self.snapshot.relations["RECEIVED"], firm + self.province.firms.first
        first, last = np.searchsorted(edges.start, [row, row + 1])
        places = np.arange(first, last)[edges.end[first:last] == benefit]
        years = edges["year"][places]
        places = places[years <= self.as_of]
        found = zip(edges["year"][places].tolist(), edges["amount"][places].tolist(), strict=True)
        return [BenefitReceipt(None if year == MISSING else year, known(amount)) for year, amount in found]


def decisions(snapshot: Snapshot, as_of: int) -> Decisions:
    """Judge all benefits of a year, once for a snapshot."""
    return snapshot.remember(("policy decisions", as_of), lambda: _decisions(snapshot, as_of))


def recipients(province: Province) -> Ints:
    """List who may receive benefits (places): organisations of the year that are no bodies of government."""
    return np.flatnonzero(province.living & ~province.agencies).astype(np.int32)


def decided(province: Province, offer: Offer, firms: Ints) -> Decided:
    """Judge a benefit of some organisations (places, ascending), whether or not it is in force."""
    if offer.reach is None:
        raise ValueError(offer.note)
    reach = truths(province, offer.reach, firms)
    near, truth = firms[reach != FALSE], reach[reach != FALSE]
    if offer.conditions is not None and len(near):
        truth = np.minimum(truth, truths(province, offer.conditions, near))
    return Decided(offer, near, truth, received_in_year(province, offer, near))


def received_in_year(province: Province, offer: Offer, firms: Ints) -> Truths:
    """Tell who was given a benefit in the year.

    Without a record of one: FALSE when this benefit was given to anybody in that year, so that somebody keeps
    the books of it; else UNKNOWN. A record without a year leaves it UNKNOWN. What is given once and was given
    in an earlier year is BEFORE.
    """
    edges = province.snapshot.relations["RECEIVED"]
    first, year = np.int32(province.firms.first), edges["year"]
    mine, now = edges.end == offer.benefit, year == province.as_of
    found = np.full(len(province.firms), FALSE if (mine & now).any() else UNKNOWN, np.int8)
    found[edges.start[mine & (year == MISSING)] - first] = UNKNOWN
    if offer.once:
        found[edges.start[mine & (year != MISSING) & (year < province.as_of)] - first] = BEFORE
    found[edges.start[mine & now] - first] = TRUE
    return found[firms]


def _decisions(snapshot: Snapshot, as_of: int) -> Decisions:
    province, read = Province(snapshot, as_of), offers(snapshot, as_of)
    everyone, judged = recipients(province), list[Decided]()
    for offer in read:
        checkpoint()
        if offer.recipient is BenefitRecipient.ORGANISATION and offer.reach is not None:
            judged.append(decided(province, offer, everyone))
    return Decisions(
        snapshot,
        as_of,
        province,
        judged,
        [one for one in read if one.recipient is BenefitRecipient.TOWN],
        [one for one in read if one.recipient is BenefitRecipient.ORGANISATION and one.reach is None],
    )
