"""Filler facts: who makes, sells or comes near a product in a year, and how each stands to a town."""

from dataclasses import dataclass

import numpy as np

from graph.kinds.metrics import Metric
from graph.kinds.terms import OrganisationForm
from graph.snapshot.claims import Figures, Measure, figures
from graph.snapshot.csr import Csr, Ints
from graph.snapshot.flows import Floats, Network, supply_network
from graph.snapshot.makers import Makers, makers
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import MISSING, code
from graph.snapshot.years import Mask, alive, valid_in
from queries.gaps.nearness import Codes, nearness
from queries.levels import in_scope
from queries.similarity.relatedness import made_together
from queries.sourcing.market import relatives


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """What is known of all organisations in a year; nodes are places among them."""

    network: Network
    makers: Makers
    relatives: Csr
    """Owners, owned and allies."""
    usable: Mask
    """Who exists, and is no agency."""
    revenue: Figures
    held: Mask
    """Of the HOLDS relations: whether they are valid."""
    rank: Floats
    """The highest rank of the qualifications that each holds; NaN: none is recorded."""


@dataclass(frozen=True, slots=True, eq=False)
class Fillers:
    """All who could fill a gap of a town (places), with what is known of each; arrays are by filler."""

    who: Ints
    maker: Mask
    local: Mask
    seller: Mask
    """Whether it sells the product to somebody local."""
    relative: Mask
    """Whether it is an owner, owned by, or an ally of somebody local."""
    proximity: Floats
    """The nearest product that it makes (1: the product itself); NaN: none is known."""
    nearness: Codes
    """A place in `Nearness`."""
    ties: Floats
    """Yuan a year traded with locals, both ways; 0: no link is known; NaN: none is measured."""
    revenue: Floats
    rank: Floats
    capacity: Floats
    output: Floats
    """Units of the product a year."""
    related_unknown: bool
    """Whether nothing is known of which products are near."""

    @property
    def spare(self) -> Floats:
        """Capacity − output, not below 0; NaN: one of the two is not known."""
        return np.maximum(self.capacity - self.output, 0.0)


def field_of(snapshot: Snapshot, as_of: int) -> Field:
    """Survey the field of a year."""
    return snapshot.remember(("filler field", as_of), lambda: _field(snapshot, as_of))


def fillers(snapshot: Snapshot, town: str, product: int, as_of: int, least: float) -> Fillers:
    """Find who could fill a gap: makers and sellers of a product (a global row), and makers of what is near.

    `least` is the proximity from which products count as near.
    """
    field, place = field_of(snapshot, as_of), product - snapshot.nodes["Product"].first
    inside = in_scope(snapshot, town, as_of)
    maker, pair = _made(field, place)
    seller = _selling(field, inside, product)
    near = _proximities(snapshot, as_of, product, least)
    proximity = np.fmax(_nearest(field, near, least), np.where(maker, 1.0, np.nan))
    who = np.flatnonzero((maker | seller | ~np.isnan(proximity)) & field.usable).astype(np.int32)
    relative = np.zeros(len(inside), np.bool_)
    relative[field.relatives.at(np.flatnonzero(inside))[1]] = True
    capacity, output = (
        np.append(figure, np.nan)[pair[who]] for figure in (field.makers.capacity, field.makers.output)
    )
    return Fillers(
        who=who,
        maker=maker[who],
        local=inside[who],
        seller=seller[who],
        relative=relative[who],
        proximity=proximity[who],
        nearness=nearness(snapshot, [snapshot.row_of(town)], as_of, in_town=True)[who],
        ties=_ties(field, inside, who),
        revenue=field.revenue.of(who + np.int32(field.network.first)),
        rank=field.rank[who],
        capacity=capacity,
        output=output,
        related_unknown=not len(near),
    )


def measured(network: Network, flows: Ints) -> Floats:
    """Tell the values of some flows (places): yuan a year; NaN: unknown, or too old."""
    return np.where(network.flows.stale[flows], np.nan, network.flows.value[flows])


def _field(snapshot: Snapshot, as_of: int) -> Field:
    organisations = snapshot.nodes["Organisation"]
    agencies = organisations["form"] == code(OrganisationForm.AGENCY)
    return Field(
        network=supply_network(snapshot, as_of),
        makers=makers(snapshot, as_of),
        relatives=relatives(snapshot, as_of),
        usable=alive(organisations, as_of) & ~agencies,
        revenue=figures(snapshot, Measure(Metric.REVENUE), as_of),
        held=valid_in(snapshot.relations["HOLDS"], as_of),
        rank=_ranks(snapshot, as_of),
    )


def _ranks(snapshot: Snapshot, as_of: int) -> Floats:
    holds, table = snapshot.relations["HOLDS"], snapshot.nodes["Qualification"]
    held = valid_in(holds, as_of)
    stated = table["rank"].astype(np.float64)
    stated[table["rank"] == MISSING] = np.nan
    best = np.full(len(snapshot.nodes["Organisation"]), np.nan)
    who = holds.start[held] - snapshot.nodes["Organisation"].first
    np.fmax.at(best, who, stated[holds.end[held] - table.first])
    return best


def _made(field: Field, place: int) -> tuple[Mask, Ints]:
    """Tell who makes a product (a place), and which of the pairs of `makers` says so; -1: none."""
    _, who, pairs = field.makers.by_product.at(np.array([place]))
    pair = np.full(len(field.network), -1, np.int32)
    pair[who] = pairs
    return pair >= 0, pair


def _selling(field: Field, inside: Mask, product: int) -> Mask:
    buyers, sellers, flows = field.network.suppliers.at(np.flatnonzero(inside))
    sold = (field.network.flows.product[flows] == product) & (sellers != buyers)
    found = np.zeros(len(inside), np.bool_)
    found[sellers[sold]] = True
    return found


def _proximities(snapshot: Snapshot, as_of: int, product: int, least: float) -> dict[int, float]:
    """Map products (places) to how near they are, where it is `least` or more; empty: nothing is known."""
    _, products, found = made_together(snapshot, as_of)
    here = np.flatnonzero(products == product)
    if not len(here):
        return {}
    near = found.proximity[here[0]]
    some = np.flatnonzero(near >= least)
    places = products[some] - snapshot.nodes["Product"].first
    return dict(zip(places.tolist(), near[some].tolist(), strict=True))


def _nearest(field: Field, near: dict[int, float], least: float) -> Floats:
    """Tell of each organisation how near the nearest product is that it makes; NaN: none reaches `least`."""
    goods = np.fromiter(near, np.int32, len(near))
    proximity = np.full(len(field.makers.by_product), np.nan)
    proximity[goods] = np.fromiter(near.values(), np.float64, len(near))
    product, who, _ = field.makers.by_product.at(goods)
    best = np.full(len(field.network), np.nan)
    np.fmax.at(best, who, proximity[product])
    return np.where(best >= least, best, np.nan)


def _ties(field: Field, inside: Mask, who: Ints) -> Floats:
    """Add up what some trade with locals, in yuan a year."""
    count, total, linked = len(field.network), 0.0, 0.0
    for links in (field.network.customers, field.network.suppliers):
        one, other, flows = links.at(who)
        used = inside[other] & (one != other)
        value = measured(field.network, flows[used])
        total = total + np.bincount(one[used], np.nan_to_num(value), minlength=count)
        linked = linked + np.bincount(one[used], np.isnan(value), minlength=count)
    total, unmeasured = np.asarray(total)[who], np.asarray(linked)[who]
    return np.where((total == 0) & (unmeasured > 0), np.nan, total)
