"""Trade of a made-up province: who makes, buys, leads, holds and owns what."""

from typing import TYPE_CHECKING

import numpy as np

from benchmarks.province_writing import Writer, pick, some
from graph.kinds.relations import AlliedWith, Holds, Leads, Makes, Needs, Owns, Supplies
from graph.kinds.terms import AllianceForm, Proximity
from graph.snapshot.csr import Csr
from graph.snapshot.table import MISSING, Array, code

if TYPE_CHECKING:
    from benchmarks.province import Plan

LEADERS = 4
"""Leading enterprises of a town."""
ORIGINS = (
    (Proximity.TOWN, 0.1),
    (Proximity.PROVINCE, 0.25),
    (Proximity.COUNTRY, 0.5),
    (Proximity.UNKNOWN, 0.15),
)


def trade(writer: Writer, plan: "Plan", chance: np.random.Generator) -> None:
    """Write who makes, supplies, needs, leads, holds, owns."""
    firm, product = _makes(plan, chance)
    source = writer.row("Source", np.zeros(1, np.int32))[0]
    year = np.array([2020, 2022, MISSING])[pick(chance, len(firm), (0.5, 0.3, 0.2))]
    until = np.where(some(chance, len(firm), 0.04), 2023, MISSING)
    ends = writer.row("Organisation", firm), writer.row("Product", product)
    writer.join(Makes, *ends, year=year, until=until, source=source)
    _supplies(writer, plan, firm, product, chance)
    _needs(writer, plan, firm, product, chance)
    _bonds(writer, plan, firm, chance)


def _makes(plan: "Plan", chance: np.random.Generator) -> tuple[Array, Array]:
    """Let firms make one to three neighbouring products within the stretch of their town, or anywhere."""
    firms = np.arange(plan.organisations)
    here = plan.town_of
    begin = np.where(here >= 0, plan.reach[0][here], 0.0)
    length = np.where(here >= 0, plan.reach[1][here], 1.0)
    stray = some(chance, plan.organisations, 0.05)
    begin, length = np.where(stray, 0.0, begin), np.where(stray, 1.0, length)
    middle = begin + chance.beta(1.3, 1.3, plan.organisations) * length
    many = 1 + pick(chance, plan.organisations, (0.6, 0.3, 0.1))
    firm = np.repeat(firms, many)
    step = np.floor(middle[firm] * plan.each).astype(int) + chance.integers(-1, 2, len(firm))
    product = plan.trade_of[firm] * plan.each + np.clip(step, 0, plan.each - 1)
    found = np.unique(np.stack([firm, product]), axis=1)
    return found[0], found[1]


def _supplies(writer: Writer, plan: "Plan", firm: Array, product: Array, chance: np.random.Generator) -> None:
    """Let makers buy the inputs of what they make from those who make them, at home where they can."""
    inputs = Csr.of(plan.products, plan.end.astype(np.int32), plan.start.astype(np.int32))
    able = np.flatnonzero(inputs.degree()[product] > 0)
    deal = chance.choice(able, plan.flows * 2, p=_sizes(len(able), chance))
    many = inputs.degree()[product[deal]]
    good = inputs.indices[inputs.indptr[product[deal]] + (chance.random(len(deal)) * many).astype(int)]
    near = plan.town_of[firm[deal]] >= 0
    at_home = near & some(chance, len(deal), 0.55)
    town = np.where(at_home, plan.town_of[firm[deal]], -1)
    seller = _seller(plan, firm, product, good=good, town=town, chance=chance)
    kept = np.flatnonzero((seller >= 0) & (seller != firm[deal]))[: plan.flows]
    year = chance.integers(2021, 2025, len(kept))
    value = np.where(some(chance, len(kept), 0.15), np.nan, np.round(chance.lognormal(13, 1.5, len(kept))))
    ends = writer.row("Organisation", seller[kept]), writer.row("Organisation", firm[deal[kept]])
    source = writer.row("Source", np.zeros(1, np.int32))[0]
    goods = writer.row("Product", good[kept])
    writer.join(Supplies, *ends, product=goods, year=year, value=value, source=source, synthetic=1)


def _sizes(count: int, chance: np.random.Generator) -> Array:
    weight = np.arange(1, count + 1) ** -0.4
    return chance.permutation(weight / weight.sum())


def _seller(  # noqa: PLR0913 - makers and what is asked of them
    plan: "Plan", firm: Array, product: Array, *, good: Array, town: Array, chance: np.random.Generator
) -> Array:
    """Draw a maker of each good, of the town when one is given and has any, else of anywhere; -1: nobody."""
    at = plan.town_of[firm] * plan.products + product
    order = np.argsort(at, kind="stable")
    wanted = town * plan.products + good
    low, high = np.searchsorted(at[order], wanted), np.searchsorted(at[order], wanted, side="right")
    home = (town >= 0) & (high > low)
    drawn = low + (chance.random(len(good)) * (high - low)).astype(int)
    local = firm[order[np.minimum(drawn, len(order) - 1)]]
    makers = Csr.of(plan.products, product.astype(np.int32), firm.astype(np.int32))
    many = makers.degree()[good]
    anyone = makers.indptr[good] + (chance.random(len(good)) * many).astype(int)
    other = makers.indices[np.minimum(anyone, len(makers.indices) - 1)]
    return np.where(home, local, np.where(many > 0, other, -1))


def _needs(writer: Writer, plan: "Plan", firm: Array, product: Array, chance: np.random.Generator) -> None:
    """Let some buy inputs from sellers that nobody has registered."""
    inputs = Csr.of(plan.products, plan.end.astype(np.int32), plan.start.astype(np.int32))
    deal = chance.choice(np.flatnonzero(inputs.degree()[product] > 0), plan.flows // 20)
    good = inputs.indices[inputs.indptr[product[deal]]]
    origin = np.array([code(one) for one, _ in ORIGINS])[pick(chance, len(deal), [p for _, p in ORIGINS])]
    key = np.stack([firm[deal], good, origin])
    firms, goods, origins = np.unique(key, axis=1)
    value = np.where(some(chance, len(firms), 0.1), np.nan, np.round(chance.lognormal(13, 1.5, len(firms))))
    ends = writer.row("Organisation", firms), writer.row("Product", goods)
    source = writer.row("Source", np.zeros(1, np.int32))[0]
    writer.join(Needs, *ends, value=value, origin=origins, year=2024, source=source)


def _bonds(writer: Writer, plan: "Plan", makers: Array, chance: np.random.Generator) -> None:
    """Write leaders, qualifications, owners and allies; every tenth town has no known leader."""
    working = np.unique(makers)
    working = working[plan.town_of[working] >= 0]
    first = working[np.argsort(plan.town_of[working], kind="stable")]
    rank = np.arange(len(first)) - np.searchsorted(plan.town_of[first], plan.town_of[first])
    leaders = first[(rank < LEADERS) & (plan.town_of[first] % 10 != 9)]  # noqa: PLR2004 - one town in ten
    town = writer.row("Town", plan.town_of[leaders])
    writer.join(Leads, writer.row("Organisation", leaders), town)
    held = np.flatnonzero(some(chance, plan.organisations, 0.05))
    titles = writer.row("Qualification", chance.integers(0, len(writer.ids("Qualification")), len(held)))
    granted = np.datetime64("2015-01-01") + chance.integers(0, 365 * 9, len(held))
    writer.join(Holds, writer.row("Organisation", held), titles, validFrom=granted)
    for kind, given in ((Owns, {"share": 0.6}), (AlliedWith, {"form": code(AllianceForm.ALLIANCE)})):
        pair = chance.integers(0, plan.organisations, (2, plan.organisations // 50))
        pair = np.unique(pair[:, pair[0] != pair[1]], axis=1)
        writer.join(kind, *(writer.row("Organisation", end) for end in pair), **given)
