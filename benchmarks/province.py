"""A made-up province, large and always the same: towns with chains, firms, supply, papers and figures.

`province(scale)` makes 120 towns, 2,000 products in 40 chains, 100,000 organisations and 600,000 supply
relations at scale 1. A town makes a stretch of its chain, and firms buy near by where they can, so that what
a town lacks can be told from what it has.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.province_benefits import policies, reach
from benchmarks.province_papers import papers
from benchmarks.province_trade import trade
from benchmarks.province_writing import Writer, ids, pick, some
from graph.kinds.entities import Chain, Industry, Organisation, Product, Region, Town
from graph.kinds.relations import (
    ClassifiedAs,
    EngagesIn,
    Follows,
    InputOf,
    LiesIn,
    LocatedIn,
    MemberOf,
    PartOf,
    SpecialisesIn,
    StepOf,
)
from graph.kinds.terms import OrganisationForm, ProductCategory, RegionLevel, Stage, TownLevel, TownStatus
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import BREAK, Array, code

STANDARDS = Path(__file__).parents[1] / "loaders" / "shanxi" / "tables" / "Standard.csv"
YEAR = 2024
TOWNS, PRODUCTS, CHAINS, ORGANISATIONS, FLOWS = 120, 2_000, 40, 100_000, 600_000
CITIES = 11
STAGES = ((Stage.UPSTREAM, 0.3), (Stage.MIDSTREAM, 0.7), (Stage.DOWNSTREAM, 0.9), (Stage.SUPPORT, 1.0))
"""Up to which part of a chain each stage goes."""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What everything else follows from; places count within a kind."""

    towns: int
    chains: int
    each: int
    """Products of a chain; product p belongs to chain p // each, at place p % each."""
    organisations: int
    flows: int
    chain_of: Array
    """The chain of each town."""
    reach: Array
    """Where each town's stretch of its chain begins and how long it is (0–1)."""
    town_of: Array
    """The town that each organisation is local to; -1: none."""
    county_of: Array
    """Its county (towns lie in the counties of their own number); -1: outside the province."""
    trade_of: Array
    """The chain that each organisation works in."""
    start: Array
    end: Array
    """Inputs: product, and what it goes into."""

    @property
    def products(self) -> int:
        """How many there are."""
        return self.chains * self.each


def province(scale: float = 1.0, seed: int = 7) -> Snapshot:
    """Make the province: the numbers of towns, chains, firms and supplies go with the scale."""
    chance = np.random.default_rng(seed)
    plan = _plan(scale, chance)
    writer = Writer()
    _places(writer, plan, chance)
    policies(writer, plan, scale)
    papers(writer, plan, STANDARDS, chance)
    _ties(writer, plan, chance)
    trade(writer, plan, chance)
    cities = min(CITIES, plan.towns)
    counties = np.array(_counties(plan.towns, cities), dtype=object)
    numbers = [n for n in writer.ids("Industry") if len(n.rpartition(":")[2]) > 2]  # noqa: PLR2004
    reach(writer, plan, scale, counties, cities, np.array(numbers, dtype=object))
    return writer.snapshot(YEAR)


def _plan(scale: float, chance: np.random.Generator) -> Plan:
    towns, chains = max(4, round(TOWNS * scale)), max(2, round(CHAINS * scale))
    firms = max(50, round(ORGANISATIONS * scale))
    each = PRODUCTS // CHAINS
    size = np.arange(1, towns + 1) ** -0.5
    local = some(chance, firms, 0.6)
    town_of = np.where(local, chance.choice(towns, firms, p=size / size.sum()), -1)
    county_of = np.where(local, town_of, chance.integers(0, towns, firms))
    county_of[~local & some(chance, firms, 0.2)] = -1
    chain_of = np.arange(towns) % chains
    own = local & some(chance, firms, 0.85)
    trade_of = np.where(own, chain_of[town_of], chance.integers(0, chains, firms))
    reach = np.stack([chance.random(towns) * 0.5, 0.35 + chance.random(towns) * 0.3])
    ends = _inputs(chains, each, chance)
    flows = max(100, round(FLOWS * scale))
    return Plan(towns, chains, each, firms, flows, chain_of, reach, town_of, county_of, trade_of, *ends)


def _inputs(chains: int, each: int, chance: np.random.Generator) -> tuple[Array, Array]:
    """Feed each product with some that stand before it in its chain; one chain in four has a circle."""
    place = np.tile(np.arange(1, each), chains)
    base = np.repeat(np.arange(chains) * each, each - 1)
    many = np.repeat(np.arange(len(place)), chance.integers(1, 5, len(place)))
    before = np.maximum(0, place[many] - 1 - chance.geometric(0.15, len(many)) % np.maximum(place[many], 1))
    circles = np.arange(0, chains, 4) * each
    start = np.concatenate([base[many] + before, circles + 9])
    end = np.concatenate([base[many] + place[many], circles + 5])
    apart = np.unique(np.stack([start, end])[:, start != end], axis=1)
    return apart[0], apart[1]


def _places(writer: Writer, plan: Plan, chance: np.random.Generator) -> None:
    """Write regions, industries, chains, products, towns and organisations."""
    cities, counties = min(CITIES, plan.towns), plan.towns
    codes = ["13", "14", *(f"14{1 + n:02}" for n in range(cities)), *_counties(counties, cities)]
    levels = [RegionLevel.PROVINCE] * 2 + [RegionLevel.CITY] * cities + [RegionLevel.COUNTY] * counties
    region = {"id": [f"region:{c}" for c in codes], "name": codes, "level": [code(v) for v in levels]}
    writer.write(Region, region)
    trades = [f"{13 + n // 9:02}{n % 9 + 1}0" for n in range(plan.chains)]
    numbers = sorted({n[:2] for n in trades} | {*trades})
    edition = ["4754-2017"] * len(numbers)
    writer.write(
        Industry,
        {"id": ids("industry:4754-2017:", numbers), "name": numbers, "code": numbers, "edition": edition},
    )
    writer.named(Chain, "chain:", plan.chains)
    place = np.arange(plan.products) % plan.each / plan.each
    stage = np.searchsorted([end for _, end in STAGES], place, side="right")
    kinds = [ProductCategory.RAW_MATERIAL, ProductCategory.COMPONENT, ProductCategory.FINISHED]
    category = np.array([code(kind) for kind in (*kinds, ProductCategory.SERVICE)])[stage]
    writer.named(Product, "product:", plan.products, category=category)
    complete = [BREAK.join(("2023", "2024")) if n % 3 == 0 else None for n in range(plan.towns)]
    town = {"level": code(TownLevel.PROVINCIAL), "status": code(TownStatus.CANDIDATE)}
    writer.named(Town, "town:", plan.towns, registerCompleteFor=complete, **town)
    forms = (OrganisationForm.ENTERPRISE, OrganisationForm.SOLE_TRADER, OrganisationForm.COOPERATIVE)
    form = np.array([code(one) for one in forms])[pick(chance, plan.organisations, (0.7, 0.2, 0.1))]
    founded = np.datetime64("1990-01-01") + chance.integers(0, 365 * 33, plan.organisations)
    gone = np.where(some(chance, plan.organisations, 0.06), chance.integers(0, 2000, plan.organisations), -1)
    closed = np.where(gone >= 0, np.datetime64("2019-01-01") + gone, np.datetime64("NaT", "D"))
    dates = {"foundedOn": founded, "closedOn": closed}
    writer.named(Organisation, "org:", plan.organisations, form=form, **dates)


def _counties(count: int, cities: int) -> list[str]:
    """Make the codes of counties, in order."""
    each = -(-count // cities)
    return [f"14{1 + n // each:02}{n % each + 1:02}" for n in range(count)]


def _ties(writer: Writer, plan: Plan, chance: np.random.Generator) -> None:
    """Write where everything belongs: regions, industries, chains, inputs, members."""
    regions, cities = writer.ids("Region"), min(CITIES, plan.towns)
    numbers = writer.ids("Industry")
    above = [("region:" + r[7:-2], r) for r in regions if len(r) > len("region:14")]
    above += [(n[:-2], n) for n in numbers if len(n.rpartition(":")[2]) > 2]  # noqa: PLR2004 - digits of a division
    writer.join(PartOf, [n for _, n in above], [a for a, _ in above])
    county = np.array(_counties(plan.towns, cities), dtype=object)
    writer.join(LiesIn, writer.row("Town", np.arange(plan.towns)), ids("region:", county.tolist()))
    trades = np.array([n for n in numbers if len(n.rpartition(":")[2]) > 2], dtype=object)  # noqa: PLR2004
    writer.join(SpecialisesIn, writer.row("Town", np.arange(plan.towns)), trades[plan.chain_of].tolist())
    follows = np.flatnonzero(np.arange(plan.towns) % 40 != 39)  # noqa: PLR2004 - one in forty follows none
    writer.join(Follows, writer.row("Town", follows), writer.row("Chain", plan.chain_of[follows]))
    where = np.where(plan.county_of < 0, "13", county[plan.county_of])
    everyone = writer.row("Organisation", np.arange(plan.organisations))
    writer.join(LocatedIn, everyone, ids("region:", where.tolist()))
    writer.join(EngagesIn, everyone, trades[plan.trade_of].tolist(), main=1)
    goods = np.arange(plan.products)
    writer.join(ClassifiedAs, writer.row("Product", goods), trades[goods // plan.each].tolist())
    members = np.flatnonzero((plan.town_of >= 0) & some(chance, plan.organisations, 0.7))
    writer.join(MemberOf, writer.row("Organisation", members), writer.row("Town", plan.town_of[members]))
    essential = pick(chance, len(plan.start), (0.2, 0.6, 0.2)) % 3
    feeds = writer.row("Product", plan.start), writer.row("Product", plan.end)
    writer.join(InputOf, *feeds, essential=np.array([0, 1, -1])[essential])
    place = goods % plan.each / plan.each
    stage = np.searchsorted([end for _, end in STAGES], place, side="right")
    stages = np.array([code(one) for one, _ in STAGES])[stage]
    required = np.where(some(chance, plan.products, 0.5), 1, 0)
    ends = writer.row("Product", goods), writer.row("Chain", goods // plan.each)
    writer.join(StepOf, *ends, stage=stages, required=required)


def size_of(snapshot: Snapshot) -> str:
    """Say how large a province is."""
    tables = {**snapshot.nodes, **snapshot.relations}
    towns, firms, flows, products = (
        len(tables[label]) for label in ("Town", "Organisation", "SUPPLIES", "Product")
    )
    return f"{towns} towns, {firms:,} organisations, {flows:,} supplies, {products:,} products"
