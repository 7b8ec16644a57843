"""Random provinces as lists of rows: towns, organisations, trade, chains and figures, some invented."""

from dataclasses import fields, replace
from datetime import date

from hypothesis import strategies as st

from graph.kinds import NODES, RELATIONS
from graph.kinds.columns import columns
from graph.kinds.entities import Chain, Industry, Organisation, Product, Region, Town
from graph.kinds.facts import Claim, Source
from graph.kinds.papers import Qualification
from graph.kinds.relations import (
    ClassifiedAs,
    EngagesIn,
    Follows,
    Holds,
    InputOf,
    Leads,
    LiesIn,
    LocatedIn,
    Makes,
    MemberOf,
    Needs,
    PartOf,
    SpecialisesIn,
    StepOf,
    Supplies,
)
from graph.kinds.terms import (
    GovernmentLevel,
    Grade,
    OrganisationForm,
    ProductCategory,
    Proximity,
    RegionLevel,
    Stage,
    SupplyKind,
    TownLevel,
    TownStatus,
)
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import references
from tests.oracles.province import Province
from tests.queries.networks import YEAR, claim

REGIONS = {
    "14": "PROVINCE",
    "1409": "CITY",
    "140921": "COUNTY",
    "140922": "COUNTY",
    "1401": "CITY",
    "140101": "COUNTY",
    "13": "PROVINCE",
    "1301": "CITY",
    "130101": "COUNTY",
}
HOMES = {"s": "140921", "t": "140922", "u": "140101", "v": "130101", "w": "140922"}
"""Towns and their counties; t and w share one, v lies in another province."""
FIRMS, GOODS = "abcdefghi", "pqrxyz"
INDUSTRIES = ("01", "0119", "10", "33", "339", "3391", "3393", "4511", "4220")
TREE = sorted({code[:digits] for code in INDUSTRIES for digits in (2, 3, 4)})
"""The industries with all that they lie in."""
SOURCES = {"a": (Grade.A, False), "b": (Grade.B, False), "m": (Grade.C, True)}
"""Sources with their grades; the last is invented."""
MARKS = False, False, False, True
NAMING = {
    kind.label: [column.field for column in columns(kind) if references(column, kind)]
    for kind in (*NODES, *RELATIONS)
}


class Rows:
    """The rows of a province."""

    def __init__(self, nodes, relations) -> None:
        self.nodes, self.relations = [*nodes], [*relations]

    def __repr__(self):
        """Name the rows that differ from province to province, one a line."""
        told = [one for one in self.nodes if type(one) in {Organisation, Product, Town, Claim}]
        return "\n".join(map(_line, [*told, *self.relations]))

    def snapshot(self):
        """Make the snapshot."""
        return Snapshot.of(self.nodes, self.relations, newest_year=YEAR)

    def plain(self):
        """Make the plain lookups over what holds in the year."""
        return Province(self.nodes, self.relations, YEAR)

    def real(self):
        """Leave out what is invented: what is marked, or refers to what is."""
        made_up = {node.id for node in self.nodes if node.synthetic}

        def is_real(row):
            marked = getattr(row, "synthetic", False)
            return not marked and made_up.isdisjoint(getattr(row, name) for name in NAMING[row.label])

        return Rows(filter(is_real, self.nodes), filter(is_real, self.relations))


def _line(row):
    cells = (getattr(row, field.name) for field in fields(row) if field.name not in {"name", "unit"})
    return " ".join([row.label, *(str(cell) for cell in cells if cell)])


def organisation(name):
    return f"org:{name}"


def product(name):
    return f"product:{name}"


firm, good = st.sampled_from(FIRMS), st.sampled_from(GOODS)
town, industry = st.sampled_from(sorted(HOMES)), st.sampled_from(INDUSTRIES)
amount = st.sampled_from([None, 1.0, 2.0, 5.0, 30.0])
when = st.sampled_from([YEAR, YEAR, YEAR, YEAR - 2, YEAR - 5, None])
maybe = st.sampled_from([True, False, None])


@st.composite
def provinces(draw, *, marked=False):
    """Draw a province; `marked`: some of its rows are invented."""

    def some(most, *parts, key=None):
        key = key or (lambda item: item)
        return draw(st.lists(st.tuples(*parts), max_size=most, unique_by=key))

    def marks(names, most=2):
        return set(draw(st.lists(st.sampled_from(names), max_size=most))) if marked else set()

    def ends(item):
        return item[:2]

    relations = [*_fixed()]
    relations += [
        LocatedIn(start=organisation(f), end=f"region:{r}")
        for f, r in some(9, firm, st.sampled_from(sorted(REGIONS)[::-1]), key=lambda item: item[0])
    ]
    relations += [MemberOf(start=organisation(f), end=f"town:{t}") for f, t in some(6, firm, town)]
    relations += [
        EngagesIn(start=organisation(f), end=f"industry:{c}", main=main)
        for f, c, main in some(8, firm, industry, st.sampled_from([None, None, True]), key=ends)
    ]
    relations += [SpecialisesIn(start=f"town:{t}", end=f"industry:{c}") for t, c in some(4, town, industry)]
    relations += [ClassifiedAs(start=product(p), end=f"industry:{c}") for p, c in some(8, good, industry)]
    relations += [
        Follows(start=f"town:{t}", end=f"chain:{c}") for t, c in some(4, town, st.sampled_from("cd"))
    ]
    relations += [
        StepOf(start=product(p), end=f"chain:{c}", stage=stage, required=needed)
        for p, c, stage, needed in some(
            8, good, st.sampled_from("cd"), st.sampled_from(list(Stage)), maybe, key=ends
        )
    ]
    relations += [
        InputOf(start=product(p), end=product(q), essential=essential, coefficient=dose)
        for p, q, essential, dose in some(8, good, good, maybe, st.sampled_from([None, 0.5]), key=ends)
    ]
    relations += _trade(some, ends)
    relations += [Leads(start=organisation(f), end=f"town:{t}") for f, t in some(4, firm, town)]
    relations += [
        Holds(start=organisation(f), end="qualification:x", valid_to=ended)
        for f, ended in some(3, firm, st.sampled_from([None, date(YEAR, 1, 1)]), key=lambda item: item[0])
    ]
    relations = [replace(one, source=draw(_sources(marked=marked))) for one in relations]
    nodes = [*_frame(draw, marks), *_firms(draw, marks), *_goods(draw, marks)]
    stated = some(
        7, firm, st.sampled_from([YEAR, YEAR - 1, YEAR + 1, None]), st.sampled_from([3.0, 40.0]), key=ends
    )
    for f, year, value in stated:
        one = claim(organisation(f), value, year=year)
        nodes.append(
            replace(
                one, source=draw(_sources(marked=marked)) or "source:a", synthetic=draw(_mark(marked=marked))
            )
        )
    return Rows(nodes, relations)


def _mark(*, marked):
    return st.sampled_from([*MARKS]) if marked else st.sampled_from(MARKS[:1])


def _sources(*, marked):
    return st.sampled_from([None, "source:a", "source:b", *(["source:m"] if marked else [])])


def _fixed():
    for code in REGIONS:
        if len(code) > 2:
            yield PartOf(start=f"region:{code}", end=f"region:{code[:4] if len(code) == 6 else code[:2]}")
    for code in TREE:
        if len(code) > 2:
            yield PartOf(start=f"industry:{code}", end=f"industry:{code[:-1]}")
    for name, county in HOMES.items():
        yield LiesIn(start=f"town:{name}", end=f"region:{county}")


def _trade(some, ends):
    for f, p, until in some(16, firm, good, st.sampled_from([None, None, 2022]), key=ends):
        yield Makes(start=organisation(f), end=product(p), until=until)
    for s, b, p, year, value in some(16, firm, firm, good, when, amount, key=lambda item: item[:4]):
        yield Supplies(start=organisation(s), end=organisation(b), product=product(p), value=value, year=year)
    origins = st.sampled_from(list(Proximity))
    for f, p, origin, year, value in some(6, firm, good, origins, when, amount, key=lambda item: item[:4]):
        yield Needs(start=organisation(f), end=product(p), value=value, origin=origin, year=year)


def _frame(draw, marks):
    yield from (Region(id=f"region:{r}", name=r, level=RegionLevel(level)) for r, level in REGIONS.items())
    yield from (Industry(id=f"industry:{c}", name=c, code=c, edition="4754-2017") for c in TREE)
    yield from (Chain(id=f"chain:{c}", name=c) for c in "cd")
    invented = marks(sorted(HOMES)[1:], 1)
    for name in HOMES:
        status = draw(st.sampled_from([TownStatus.RECOGNISED, TownStatus.CANDIDATE]))
        yield Town(
            id=f"town:{name}", name=name, level=TownLevel.COUNTY, status=status, synthetic=name in invented
        )
    yield Qualification(id="qualification:x", name="x", level=GovernmentLevel.NATIONAL)
    for name, (grade, made_up) in SOURCES.items():
        yield Source(id=f"source:{name}", name=name, grade=grade, synthetic=made_up)


def _firms(draw, marks):
    agencies, closed = (set(draw(st.lists(firm, max_size=1))) for _ in range(2))
    invented = marks(FIRMS, 3)
    for name in FIRMS:
        form = OrganisationForm.AGENCY if name in agencies else OrganisationForm.ENTERPRISE
        ended = date(YEAR - 1, 6, 1) if name in closed else None
        yield Organisation(
            id=organisation(name), name=name, form=form, closed_on=ended, synthetic=name in invented
        )


def _goods(draw, marks):
    invented = marks(GOODS, 1)
    kinds = [ProductCategory.COMPONENT, ProductCategory.COMPONENT, ProductCategory.PACKAGING]
    kinds.append(ProductCategory.SERVICE)
    for name in GOODS:
        category = draw(st.sampled_from(kinds))
        kind = draw(st.sampled_from([None, None, None, SupplyKind.MINED, SupplyKind.MADE, SupplyKind.SCRAP]))
        yield Product(
            id=product(name), name=name, category=category, supply_kind=kind, synthetic=name in invented
        )
