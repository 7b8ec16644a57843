"""Small supply networks for tests of the analyses: organisations in towns and industries, flows, revenues."""

from hypothesis import strategies as st

from graph.kinds.entities import Industry, Organisation, Product, Region, Town
from graph.kinds.facts import Claim
from graph.kinds.metrics import Metric, Unit
from graph.kinds.relations import EngagesIn, LocatedIn, MemberOf, Needs, PartOf, Supplies
from graph.kinds.terms import Grade, OrganisationForm, ProductCategory, RegionLevel, TownLevel, TownStatus
from graph.snapshot.snapshot import Snapshot

YEAR = 2024
FIRMS = "abcdefgh"
FORMS = (OrganisationForm.ENTERPRISE, OrganisationForm.COOPERATIVE, OrganisationForm.FAMILY_FARM)

values = st.one_of(st.none(), st.floats(1.0, 100.0))
edges = st.lists(
    st.tuples(st.sampled_from(FIRMS), st.sampled_from(FIRMS), values, st.sampled_from("pq")), max_size=25
)
revenues = st.dictionaries(st.sampled_from(FIRMS), st.floats(500.0, 1e4), max_size=len(FIRMS))


def network(flows, revenue=None, *, firms=FIRMS, needs=(), more=()):
    """Make a snapshot: flows are (seller, buyer, value, product); a and b are in town s, c and d in t."""
    revenue = revenue or {}
    nodes = [Organisation(id=f"org:{f}", name=f, form=FORMS[place % 3]) for place, f in enumerate(firms)]
    nodes += [Product(id=f"product:{p}", name=p, category=ProductCategory.COMPONENT) for p in "pq"]
    nodes += [Town(id=f"town:{t}", name=t, level=TownLevel.COUNTY, status=TownStatus.CANDIDATE) for t in "st"]
    nodes += [
        Region(id="region:14", name="省", level=RegionLevel.PROVINCE),
        Region(id="region:140101", name="县一", level=RegionLevel.COUNTY),
        Region(id="region:140102", name="县二", level=RegionLevel.COUNTY),
    ]
    nodes += [Industry(id=f"industry:x:{c}", name=c, code=c, edition="x") for c in ("33", "331", "44")]
    nodes += [claim(f"org:{f}", value) for f, value in revenue.items()]
    chosen = {}
    for a, b, value, product in flows:
        ends = {"start": f"org:{a}", "end": f"org:{b}", "product": f"product:{product}"}
        chosen[a, b, product] = Supplies(**ends, value=value, year=YEAR)
    relations = [
        *chosen.values(),
        *(
            MemberOf(start=f"org:{f}", end=f"town:{t}")
            for f, t in zip("abcd", "sstt", strict=True)
            if f in firms
        ),
        *(LocatedIn(start=f"org:{f}", end="region:140101") for f in "abe" if f in firms),
        *(LocatedIn(start=f"org:{f}", end="region:140102") for f in "cdf" if f in firms),
        *(PartOf(start=f"region:{r}", end="region:14") for r in ("140101", "140102")),
        PartOf(start="industry:x:331", end="industry:x:33"),
        *(EngagesIn(start=f"org:{f}", end="industry:x:331", main=True) for f in "abc" if f in firms),
        *(EngagesIn(start=f"org:{f}", end="industry:x:44", main=True) for f in "de" if f in firms),
        *(Needs(start=f"org:{f}", end=f"product:{p}", value=v, origin=o, year=YEAR) for f, p, v, o in needs),
        *more,
    ]
    return Snapshot.of(nodes, relations, newest_year=YEAR)


def claim(subject, value, metric=Metric.REVENUE, year=YEAR):
    key = f"{subject}-{metric.value}-{year}".replace(":", "-").lower()
    return Claim(
        id=f"claim:{key}",
        subject=subject,
        metric=metric,
        value=value,
        unit=Unit.YUAN,
        year=year,
        source="source:none",
        grade=Grade.B,
    )


def measured(flows):
    """Add up the flows that have a value, by pair; of the same pair and product the last one counts."""
    chosen = {(a, b, product): value for a, b, value, product in flows}
    found = {}
    for (a, b, _), value in chosen.items():
        if value is not None:
            found[a, b] = found.get((a, b), 0.0) + value
    return found
