"""Ownership: who holds how much of whom, over any number of steps, and who makes one group by control.

The integrated share of i in j adds up the products of shares over all walks from i to j that do not come back
to i: the chance that, going from j to one of its owners again and again with the shares as chances, one comes
by i (Brioschi, Buzzacchi and Colombo 1989). Circles are thereby counted rightly, and nothing exceeds 1 unless
the stated shares of a company add up to more than 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from graph.deadline import checkpoint
from graph.errors import BadInput
from graph.snapshot.csr import Csr, Floats, Ints
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import MISSING
from graph.snapshot.years import Mask, both_alive, valid_in

LARGEST = 2_000
"""How many organisations may hang together by stakes on the way between two."""
SLACK = 1e-9
"""How far stated shares may add up to more than 1, and how near a half is a half."""


@dataclass(frozen=True, slots=True, eq=False)
class Stakes:
    """Who holds a stake in whom in a year: places of organisations, each pair once, nobody in itself."""

    owner: Ints
    owned: Ints
    share: Floats
    """0–1; NaN: unknown."""
    down: Csr
    """From owners to owned."""
    up: Csr

    def __len__(self) -> int:
        return len(self.down)


@dataclass(frozen=True, slots=True)
class Held:
    """An integrated share: what one holds of another, directly and over others."""

    place: int
    share: float | None
    """0–1; None: a stake on the way has no share, or the shares contradict each other."""
    at_least: float | None
    """What the known shares alone make of it; None: they contradict each other."""
    steps: int
    """The fewest stakes on the way."""


def stakes_of(snapshot: Snapshot, as_of: int) -> Stakes:
    """List the stakes of a year between organisations that exist; of two of a pair the later one counts."""
    return snapshot.remember(("stakes", as_of), lambda: _stakes(snapshot, as_of))


def downward(stakes: Stakes, holder: int) -> list[Held]:
    """List all that an organisation (a place) has a stake in, over any number of steps, by place."""
    steps = _reached(stakes.down, holder)
    inside = np.flatnonzero(steps > 0)
    if len(inside) > LARGEST:
        raise BadInput(f"id：所持股的主体有 {len(inside):,} 家，超过 {LARGEST:,} 家：未计算", "id")
    shares, unsure = _integrated(stakes, holder, steps >= 0)
    return [_held(place, shares, bool(unsure[place]), int(steps[place])) for place in inside.tolist()]


def upward(stakes: Stakes, held: int) -> list[Held]:
    """List all that have a stake in an organisation (a place), over any number of steps, by place."""
    steps = _reached(stakes.up, held)
    above = np.flatnonzero(steps > 0)
    if len(above) > LARGEST:
        raise BadInput(f"id：股东有 {len(above):,} 家，超过 {LARGEST:,} 家：未计算", "id")
    found = list[Held]()
    for holder in above.tolist():
        checkpoint()
        between = (_reached(stakes.down, holder) >= 0) & (steps >= 0)
        shares, unsure = _integrated(stakes, holder, between)
        one = _held(held, shares, bool(unsure[held]), int(steps[holder]))
        found.append(Held(holder, one.share, one.at_least, one.steps))
    return found


def controlled(stakes: Stakes, control: float = 0.5) -> Ints:
    """Which group each organisation belongs to, by the smallest place of its members.

    A group controls a company when its members together hold `control` of it or more, by stated shares, and
    more than all others together (of two halves neither controls); what a group controls belongs to it.
    """
    count = len(stakes)
    label = np.arange(count, dtype=np.int32)
    sure = ~np.isnan(stakes.share)
    owner, owned, share = stakes.owner[sure], stakes.owned[sure], stakes.share[sure]
    while True:
        checkpoint()
        head, company = _controllers(label[owner], owned, share, count, control)
        ends = (np.append(head, label), np.append(company, np.arange(count)))
        links = coo_array((np.ones(len(ends[0]), np.int8), ends), shape=(count, count))
        _, part = connected_components(links, directed=False)
        _, first = np.unique(part, return_index=True)
        merged = first[part].astype(np.int32)
        if (merged == label).all():
            return label
        label = merged


def over_owned(stakes: Stakes) -> Sequence[int]:
    """List the organisations (places) whose stated shares add up to more than 1: sources contradict."""
    total = np.bincount(stakes.owned, np.nan_to_num(stakes.share), minlength=len(stakes))
    return np.flatnonzero(total > 1 + SLACK).tolist()


def _stakes(snapshot: Snapshot, as_of: int) -> Stakes:
    edges, table = snapshot.relations["OWNS"], snapshot.nodes["Organisation"]
    held = np.flatnonzero(
        valid_in(edges, as_of) & both_alive(snapshot, edges, as_of) & (edges.start != edges.end)
    )
    since = np.where(edges["since"][held] == MISSING, -(10**9), edges["since"][held])
    held = held[np.lexsort((-since, edges.end[held], edges.start[held]))]
    fresh = np.ones(len(held), np.bool_)
    start, end = edges.start[held], edges.end[held]
    fresh[1:] = (start[1:] != start[:-1]) | (end[1:] != end[:-1])
    owner, owned = start[fresh] - np.int32(table.first), end[fresh] - np.int32(table.first)
    count = len(table)
    down, up = Csr.of(count, owner, owned), Csr.of(count, owned, owner)
    return Stakes(owner, owned, edges["share"][held][fresh], down, up)


def _reached(links: Csr, start: int) -> Ints:
    """Count the fewest stakes from an organisation to each other; -1: there is no way."""
    steps = np.full(len(links), -1, np.int32)
    steps[start], wave, step = 0, np.array([start], np.int32), 0
    while len(wave):
        step += 1
        near = np.unique(links.at(wave)[1])
        wave = near[steps[near] < 0]
        steps[wave] = step
    return steps


def _integrated(stakes: Stakes, holder: int, inside: Mask) -> tuple[Floats | None, Mask]:
    """Solve y_j = a_hj + Σ_{k≠h} y_k·a_kj over the known shares; tell too which y rest on unknown ones.

    None: there is no solution ≥ 0, as the stated shares of some company add up to more than 1.
    """
    used = inside[stakes.owner] & inside[stakes.owned] & (stakes.owned != holder)
    sure = used & (stakes.share > 0)
    unsure = np.zeros(len(stakes), np.bool_)
    for place in np.unique(stakes.owned[used & np.isnan(stakes.share)]).tolist():
        unsure |= _reached(_without(stakes, holder), place) >= 0
    known = Csr.of(len(stakes), stakes.owner[sure], stakes.owned[sure])
    places = np.flatnonzero(_reached(known, holder) > 0)
    shares = np.zeros(len(stakes))
    if not len(places):
        return shares, unsure & inside
    spot = np.full(len(stakes), -1, np.int32)
    spot[places] = np.arange(len(places))
    a, b = np.zeros((len(places),) * 2), np.zeros(len(places))
    owner, owned, share = stakes.owner[sure], stakes.owned[sure], stakes.share[sure]
    first = owner == holder
    b[spot[owned[first]]] = share[first]
    later = ~first & (spot[owner] >= 0)
    a[spot[owned[later]], spot[owner[later]]] = share[later]
    try:
        solved = np.linalg.solve(np.eye(len(places)) - a, b)
    except np.linalg.LinAlgError:
        return None, unsure & inside
    if not np.isfinite(solved).all() or (solved < -SLACK).any():
        return None, unsure & inside
    shares[places] = solved
    return shares, unsure & inside


def _without(stakes: Stakes, holder: int) -> Csr:
    """Link owners to owned, leaving out the stakes in one organisation."""
    other = stakes.owned != holder
    return Csr.of(len(stakes), stakes.owner[other], stakes.owned[other])


def _held(place: int, shares: Floats | None, unsure: bool, steps: int) -> Held:  # noqa: FBT001 - a fact
    least = None if shares is None else float(shares[place])
    least = None if least is None or isnan(least) else least
    return Held(place, None if unsure else least, least, steps)


def _controllers(group: Ints, owned: Ints, share: Floats, count: int, control: float) -> tuple[Ints, Ints]:
    """Pair groups with the companies of which they hold enough, and more than all others together."""
    key, which = np.unique(owned.astype(np.int64) * count + group, return_inverse=True)
    total = np.bincount(which, share, minlength=len(key))
    company, holder = np.divmod(key, count)
    others = np.bincount(owned, share, minlength=count)[company] - total
    chosen = (total >= control - SLACK) & (total > others + SLACK)
    return holder[chosen].astype(np.int32), company[chosen].astype(np.int32)
