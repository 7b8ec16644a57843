"""Evidence: who could supply a product to a town or an organisation, and what speaks for each of them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from graph.kinds.terms import Proximity, Term
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.economy import own_organisations, own_to
from graph.snapshot.makers import makers
from graph.snapshot.proximity import CODE, Codes, to_area, to_organisation
from graph.snapshot.purchases import supply_network
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask, alive
from queries.gaps.product_links import inputs_of, main_inputs
from queries.similarity.complexity import SUPPORT
from queries.similarity.relatedness import Nearness, NearnessBasis, near_products
from queries.sourcing.market import makers_or_sellers, possible, relatives


class CandidateEvidence(Term):
    """候选供应者的依据；先列者优先"""  # noqa: D400, D415 - GraphQL shows it

    LOCAL = "LOCAL", "本镇已有的生产者：先看本地，再说缺失；为一个买方寻找时没有此项"
    DOWNSTREAM_BUYER = (
        "DOWNSTREAM_BUYER",
        "本镇外的生产者，现向本镇主体采购它的主要投入品：延链的首选；为一个买方寻找时没有此项",
    )
    HOME = "HOME", "同省的生产者"
    SELLER = "SELLER", "已向本镇主体（买方所属专业镇的其他主体）供应该产品"
    RELATED = "RELATED", "相近产品的生产者（依据与程度见 nearness）；为一个买方寻找时没有此项"
    RELATIVE = "RELATIVE", "股东、所持股的主体或联合伙伴，且生产该产品"
    MAKER = "MAKER", "其他生产者：省外，或所在地不详"


_RELATED = tuple(CandidateEvidence).index(CandidateEvidence.RELATED)


@dataclass(frozen=True, slots=True, eq=False)
class Seeker:
    """Who seeks a product, a town or an organisation, and how all organisations (places) stand to it."""

    row: int
    """Its global row."""
    organisation: int | None
    """Its place; None: a town."""
    own: Mask
    """Who it is: the organisations of the town that exist, or the one organisation."""
    around: Mask
    """Whose purchases show who sells here: those of the town, or the others of the organisation's towns."""


@dataclass(frozen=True, slots=True, eq=False)
class Prospects:
    """All who could supply a product to a seeker, with what speaks for each; arrays are by candidate."""

    seeker: Seeker
    product: int
    """A global row."""
    year: int
    who: Ints
    """Places, in the order of ids."""
    evidence: Mask
    """Candidates × kinds of evidence, the strongest kind first."""
    fit: Floats
    """φ̂ of the nearest product that each makes (1: the product itself); NaN: unknown, or by class alone."""
    nearest: Ints
    """The near product (its place) that each makes; -1: it makes the product itself, or none is near."""
    near: Mapping[int, Nearness]
    """How near each near product (its place) is."""
    proximity: Codes
    """How near each is known to be to the seeker; to an organisation from COUNTY on."""
    capacity: Floats
    """Units of the product a year; NaN: unknown."""
    output: Floats
    """Units of the product a year; NaN: unknown."""
    related_unknown: bool
    """Whether co-location says nothing of which products are near: by class alone."""

    @property
    def strongest(self) -> Ints:
        """The strongest kind of evidence for each: a place in `CandidateEvidence`."""
        return self.evidence.argmax(axis=1).astype(np.int32)

    @property
    def by_class(self) -> Mask:
        """Who neither makes nor sells the product, and is near to it by its class alone."""
        return (self.strongest == _RELATED) & np.isnan(self.fit)

    @property
    def local(self) -> Mask:
        """Who makes the product in the seeking town already."""
        return self.evidence[:, 0]

    @property
    def here(self) -> Mask:
        """Who is in the seeking town, whatever it makes."""
        return (self.proximity == CODE[Proximity.TOWN]) & (self.seeker.organisation is None)

    def nearness(self, at: int) -> Nearness | None:
        """How near the nearest product is that a candidate makes; None: the product itself, or none."""
        place = int(self.nearest[at])
        return None if place < 0 else self.near[place]


def town_seeker(snapshot: Snapshot, town: int, year: int) -> Seeker:
    """Survey how all organisations stand to a town (a global row)."""
    here = alive(snapshot.nodes["Organisation"], year)
    here &= own_to(snapshot, town - snapshot.nodes["Town"].first, year)
    return Seeker(town, None, here, here)


def buyer_seeker(snapshot: Snapshot, buyer: int, year: int) -> Seeker:
    """Survey how all organisations stand to one that buys (its place)."""
    table, all_ = snapshot.nodes["Organisation"], own_organisations(snapshot, year)
    own = _marked(len(table), np.array([buyer]))
    towns = all_.town[all_.organisation == buyer]
    around = _marked(len(table), all_.organisation[np.isin(all_.town, towns)])
    return Seeker(buyer + table.first, buyer, own, around & ~own)


def prospects(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    seeker: Seeker,
    product: int,
    year: int,
    *,
    sellers: bool = False,
    least: float | None = None,
    least_places: int = SUPPORT,
) -> Prospects:
    """Find who could supply a product (a global row): its makers, who sells it here, makers of what is near.

    With `sellers` who is known to sell it to anybody counts as a maker. `least` is the proximity φ̂ from which
    products count as near, where `least_places` places are specialised in either (else those of the same
    class are); None: none is. A buyer and those who supply it already are no candidates.
    """
    pair = _pairs(snapshot, product, year)
    maker = pair >= 0
    if sellers:
        place = product - snapshot.nodes["Product"].first
        maker[makers_or_sellers(snapshot, year).at(np.array([place]))[1]] = True
    near, told = dict[int, Nearness](), True
    if least is not None:
        near, told = near_products(snapshot, product, year, least=least, least_places=least_places)
    nearest, fit = _nearest(snapshot, near, year)
    nearest[maker], fit[maker] = -1, 1.0
    selling = _selling(snapshot, seeker, product, year)
    wanted = (maker | selling | (nearest >= 0)) & possible(snapshot, year)
    who = np.flatnonzero(wanted & ~_served(snapshot, seeker, product, year)).astype(np.int32)
    made = makers(snapshot, year)
    capacity, output = (np.append(figure, np.nan)[pair[who]] for figure in (made.capacity, made.output))
    near_by = _proximity(snapshot, seeker, who, year)
    related = _related(snapshot, seeker, year)
    taking = _taking(snapshot, seeker, product, year)
    marks = (maker[who], taking[who], selling[who], nearest[who] >= 0, related[who])
    evidence = _evidence(near_by, *marks, town=seeker.organisation is None)
    return Prospects(
        seeker,
        product,
        year,
        who,
        evidence,
        fit[who],
        nearest[who],
        near,
        near_by,
        capacity,
        output,
        not told,
    )


def suppliers(snapshot: Snapshot, buyer: int, product: int, year: int) -> Ints:
    """List who supplies a product (a global row) to a buyer (a place), in the order of ids."""
    network = supply_network(snapshot, year)
    _, selling, flows = network.suppliers.at(np.array([buyer]))
    return np.unique(selling[network.flows.product[flows] == product])


def _proximity(snapshot: Snapshot, seeker: Seeker, who: Ints, year: int) -> Codes:
    """How near some organisations (places) are known to be to a seeker."""
    if seeker.organisation is None:
        return to_area(snapshot, seeker.row, year).farthest[who]
    return to_organisation(snapshot, seeker.organisation, who, year).farthest


def _evidence(  # noqa: PLR0913, PLR0917 - what speaks for each
    near_by: Codes, maker: Mask, taking: Mask, selling: Mask, fits: Mask, relative: Mask, *, town: bool
) -> Mask:
    """Candidates × kinds of evidence, in their order."""
    local = maker & (near_by == CODE[Proximity.TOWN])
    away = maker & ~local
    home = away & (near_by <= CODE[Proximity.PROVINCE])
    kinds = (local, away & taking & town, home, selling, fits, away & relative, away & ~home)
    return np.stack(kinds, axis=1)


def _pairs(snapshot: Snapshot, product: int, year: int) -> Ints:
    """By organisation: which pair of `Makers` says that it makes a product (a global row); -1: none."""
    place = product - snapshot.nodes["Product"].first
    _, who, pairs = makers(snapshot, year).by_product.at(np.array([place]))
    found = np.full(len(snapshot.nodes["Organisation"]), -1, np.int32)
    found[who] = pairs
    return found


def _selling(snapshot: Snapshot, seeker: Seeker, product: int, year: int) -> Mask:
    """Who sells a product to those around a seeker."""
    network = supply_network(snapshot, year)
    buyers, selling, flows = network.suppliers.at(np.flatnonzero(seeker.around))
    sold = (network.flows.product[flows] == product) & (selling != buyers)
    return _marked(len(network), selling[sold])


def _taking(snapshot: Snapshot, seeker: Seeker, product: int, year: int) -> Mask:
    """Who buys a main input of a product (a global row) from those that a seeker is."""
    network, base = supply_network(snapshot, year), snapshot.nodes["Product"].first
    inputs, main = inputs_of(snapshot, year), main_inputs(snapshot, year)
    wanted = inputs.start[main & (inputs.end == product - base)] + base
    sellers, buyers, flows = network.customers.at(np.flatnonzero(seeker.own))
    bought = np.isin(network.flows.product[flows], wanted) & (buyers != sellers)
    return _marked(len(network), buyers[bought])


def _related(snapshot: Snapshot, seeker: Seeker, year: int) -> Mask:
    """Who owns, is owned by, or is an ally of those that a seeker is."""
    return _marked(len(seeker.own), relatives(snapshot, year).at(np.flatnonzero(seeker.own))[1])


def _served(snapshot: Snapshot, seeker: Seeker, product: int, year: int) -> Mask:
    """Who needs no finding: a buyer itself, and those who supply it already; nobody when a town seeks."""
    if seeker.organisation is None:
        return np.zeros(len(seeker.own), np.bool_)
    return seeker.own | _marked(len(seeker.own), suppliers(snapshot, seeker.organisation, product, year))


def _marked(count: int, places: Ints) -> Mask:
    marks = np.zeros(count, np.bool_)
    marks[places] = True
    return marks


def _nearest(snapshot: Snapshot, near: Mapping[int, Nearness], year: int) -> tuple[Ints, Floats]:
    """By organisation: the nearest of some products (places) that it makes, and its φ̂.

    The greatest φ̂ first, then those that are near by their class, then the smaller id. -1 and NaN: it makes
    none of them; NaN: it is near by class.
    """
    ordered = sorted(near, key=lambda place: (-(near[place].product_proximity or 0.0), place))
    by_product = makers(snapshot, year).by_product
    product, who, _ = by_product.at(np.array(ordered[::-1], np.int32))
    nearest = np.full(len(snapshot.nodes["Organisation"]), -1, np.int32)
    nearest[who] = product  # the last one written counts
    proximity = np.full(len(by_product) + 1, np.nan)
    for place, one in near.items():
        if one.basis is NearnessBasis.CO_LOCATION and one.product_proximity is not None:
            proximity[place] = one.product_proximity
    return nearest, proximity[nearest]
