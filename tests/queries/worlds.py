"""Small worlds for tests of candidates, matches and groups: plain lists, and the snapshot that they make."""

from dataclasses import dataclass, field
from datetime import date

from hypothesis import strategies as st

from graph.kinds.entities import Industry, Organisation, Product, Region, Town
from graph.kinds.papers import Qualification
from graph.kinds.relations import (
    AlliedWith,
    ClassifiedAs,
    Holds,
    InputOf,
    Leads,
    LiesIn,
    LocatedIn,
    Makes,
    MemberOf,
    Needs,
    Owns,
    PartOf,
    Supplies,
)
from graph.kinds.terms import (
    GovernmentLevel,
    OrganisationForm,
    ProductCategory,
    Proximity,
    RegionLevel,
    TownLevel,
    TownStatus,
)
from graph.snapshot.snapshot import Snapshot
from tests.queries.networks import YEAR, claim

FIRMS, GOODS = "abcdefg", "pqr"
CLASSES = "3391", "3393", "0119"
HOMES = {"s": "140101", "t": "140201", "u": "150101"}
"""Towns and their counties: s and t in one province, u in another."""


@dataclass
class World:
    """What is true in the year; firms are letters, and z belongs nowhere."""

    firms: str = FIRMS
    where: dict[str, str] = field(default_factory=dict)
    """The county of a firm."""
    member: dict[str, str] = field(default_factory=dict)
    agencies: set[str] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)
    makes: dict[tuple[str, str], tuple[float | None, float | None]] = field(default_factory=dict)
    """(firm, product) → capacity, output."""
    sold: dict[tuple[str, str, str], float | None] = field(default_factory=dict)
    """(seller, buyer, product) → yuan a year; negative: a figure too old to count."""
    needs: dict[tuple[str, str, Proximity], float | None] = field(default_factory=dict)
    owns: dict[tuple[str, str], float | None] = field(default_factory=dict)
    allied: set[tuple[str, str]] = field(default_factory=set)
    holds: dict[tuple[str, int], bool] = field(default_factory=dict)
    """(firm, rank of the qualification) → whether it is still valid."""
    revenue: dict[str, float] = field(default_factory=dict)
    leads: set[tuple[str, str]] = field(default_factory=set)
    classes: dict[str, str] = field(default_factory=dict)
    """The industry of a product, of four digits."""
    inputs: set[tuple[str, str]] = field(default_factory=set)
    """What is essential to what."""

    def snapshot(self) -> Snapshot:
        """Make the snapshot."""
        return Snapshot.of(self._nodes(), self._relations(), newest_year=YEAR)

    def _nodes(self):
        levels = {2: RegionLevel.PROVINCE, 4: RegionLevel.CITY, 6: RegionLevel.COUNTY}
        codes = {c[:n] for c in HOMES.values() for n in (2, 4, 6)}
        for code in sorted(codes):
            yield Region(id=f"region:{code}", name=code, level=levels[len(code)])
        for town in HOMES:
            yield Town(id=f"town:{town}", name=town, level=TownLevel.COUNTY, status=TownStatus.CANDIDATE)
        for good in GOODS:
            yield Product(id=f"product:{good}", name=good, category=ProductCategory.COMPONENT)
        for code in CLASSES:
            yield Industry(id=f"industry:{code}", name=code, code=code, edition="4754-2017")
        for rank in (1, 2):
            level = GovernmentLevel.PROVINCIAL
            yield Qualification(id=f"qualification:{rank}", name=str(rank), level=level, rank=rank)
        for firm in (*FIRMS, "z"):
            form = OrganisationForm.AGENCY if firm in self.agencies else OrganisationForm.ENTERPRISE
            ended = date(YEAR - 1, 6, 1) if firm in self.closed else None
            yield Organisation(id=f"org:{firm}", name=firm, form=form, closed_on=ended)
        yield from (claim(f"org:{firm}", value) for firm, value in self.revenue.items())

    def _relations(self):
        yield from self._places()
        yield from self._trade()
        yield from self._ties()

    def _places(self):
        for county in HOMES.values():
            yield PartOf(start=f"region:{county}", end=f"region:{county[:4]}")
        for city in sorted({county[:4] for county in HOMES.values()}):
            yield PartOf(start=f"region:{city}", end=f"region:{city[:2]}")
        for town, county in HOMES.items():
            yield LiesIn(start=f"town:{town}", end=f"region:{county}")
        for firm, county in self.where.items():
            yield LocatedIn(start=f"org:{firm}", end=f"region:{county}")
        for firm, town in self.member.items():
            yield MemberOf(start=f"org:{firm}", end=f"town:{town}")

    def _trade(self):
        for (firm, good), (capacity, output) in self.makes.items():
            yield Makes(start=f"org:{firm}", end=f"product:{good}", capacity=capacity, output=output)
        for (seller, buyer, good), value in self.sold.items():
            ends = {"start": f"org:{seller}", "end": f"org:{buyer}", "product": f"product:{good}"}
            old = value is not None and value < 0
            yield Supplies(**ends, value=value and abs(value), year=YEAR - 5 if old else YEAR)
        for (firm, good, origin), value in self.needs.items():
            ends = {"start": f"org:{firm}", "end": f"product:{good}"}
            yield Needs(**ends, value=value, origin=origin, year=YEAR)

    def _ties(self):
        for good, code in self.classes.items():
            yield ClassifiedAs(start=f"product:{good}", end=f"industry:{code}")
        for one, other in sorted(self.inputs):
            yield InputOf(start=f"product:{one}", end=f"product:{other}", essential=True)
        for firm, town in sorted(self.leads):
            yield Leads(start=f"org:{firm}", end=f"town:{town}")
        for (owner, owned), share in self.owns.items():
            yield Owns(start=f"org:{owner}", end=f"org:{owned}", share=share)
        for one, other in sorted(self.allied):
            yield AlliedWith(start=f"org:{one}", end=f"org:{other}")
        for (firm, rank), valid in self.holds.items():
            ended = None if valid else date(YEAR, 1, 1)
            yield Holds(start=f"org:{firm}", end=f"qualification:{rank}", valid_to=ended)


firm, good = st.sampled_from(FIRMS), st.sampled_from(GOODS)
amount = st.one_of(st.none(), st.integers(1, 100).map(float))
aged = st.one_of(st.none(), st.integers(1, 100).map(float), st.just(-7.0))
worlds = st.builds(
    World,
    where=st.dictionaries(firm, st.sampled_from(sorted(HOMES.values()))),
    member=st.dictionaries(firm, st.sampled_from("st"), max_size=3),
    agencies=st.sets(firm, max_size=1),
    closed=st.sets(firm, max_size=1),
    makes=st.dictionaries(st.tuples(firm, good), st.tuples(amount, amount), max_size=10),
    sold=st.dictionaries(st.tuples(firm, firm, good), aged, max_size=15),
    needs=st.dictionaries(st.tuples(firm, good, st.sampled_from(list(Proximity))), amount, max_size=8),
    owns=st.dictionaries(st.tuples(firm, firm).filter(lambda p: p[0] != p[1]), st.just(0.5), max_size=3),
    allied=st.sets(st.tuples(firm, firm).filter(lambda p: p[0] != p[1]), max_size=3),
    holds=st.dictionaries(st.tuples(firm, st.integers(1, 2)), st.booleans(), max_size=4),
    revenue=st.dictionaries(firm, st.integers(1, 1000).map(float)),
    classes=st.dictionaries(good, st.sampled_from(CLASSES)),
    inputs=st.sets(st.tuples(good, good), max_size=3),
)
