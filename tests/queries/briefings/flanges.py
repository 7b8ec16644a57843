"""A town small enough to know by heart: one maker of flanges, its steel and its customer from outside."""

from datetime import date

from graph.kinds.entities import Chain, Organisation, Product, Region, Town
from graph.kinds.facts import Claim, Source
from graph.kinds.metrics import Metric, Unit
from graph.kinds.papers import Qualification
from graph.kinds.relations import (
    Follows,
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
    StepOf,
    Supplies,
)
from graph.kinds.terms import (
    Bound,
    GovernmentLevel,
    Grade,
    OrganisationForm,
    ProductCategory,
    Proximity,
    RegionLevel,
    Stage,
    TownLevel,
    TownStatus,
)
from graph.snapshot.snapshot import Snapshot

YEAR = 2024
TOWN, MAKER, STEELWORKS, BUILDER = "town:t", "org:a", "org:b", "org:d"
STEEL, FLANGE, TOWER, BOLT = "product:steel", "product:flange", "product:tower", "product:bolt"


def nodes(name="定襄法兰"):
    for code, words, level in (
        ("140000", "山西省", RegionLevel.PROVINCE),
        ("140900", "忻州市", RegionLevel.CITY),
        ("140921", "定襄县", RegionLevel.COUNTY),
        ("370000", "山东省", RegionLevel.PROVINCE),
    ):
        yield Region(id=f"region:{code}", name=words, level=level)
    recognised = date(2022, 9, 14)
    yield Town(
        id=TOWN, name=name, level=TownLevel.PROVINCIAL, status=TownStatus.RECOGNISED, recognised_on=recognised
    )
    yield Chain(id="chain:c", name="法兰产业链")
    for id, words in ((STEEL, "钢材"), (FLANGE, "法兰"), (TOWER, "塔筒"), (BOLT, "紧固件")):
        yield Product(id=id, name=words, category=ProductCategory.COMPONENT)
    for id, words in ((MAKER, "恒跃"), (STEELWORKS, "鲁钢"), (BUILDER, "鲁塔")):
        yield Organisation(id=id, name=words, form=OrganisationForm.ENTERPRISE)
    yield Source(id="source:paper", name="县报", grade=Grade.B)
    yield Source(id="source:blog", name="博客", grade=Grade.C)
    yield Qualification(id="qualification:q", name="专精特新", level=GovernmentLevel.PROVINCIAL)
    yield said(TOWN, Metric.OUTPUT_VALUE, 2e8, 2024, bound=Bound.AT_LEAST, note="锻造业总产值")
    yield said(TOWN, Metric.OUTPUT_VALUE, 3e8, 2024, source="source:blog", grade=Grade.C)
    yield said(TOWN, Metric.EMPLOYEES, 40_000, 2010, unit=Unit.PERSON)
    yield said(MAKER, Metric.REVENUE, 9e6, 2023)
    yield said(MAKER, Metric.REVENUE, 1.2e7, 2024)


def relations():
    for low, high in (("140921", "140900"), ("140900", "140000")):
        yield PartOf(start=f"region:{low}", end=f"region:{high}")
    yield LiesIn(start=TOWN, end="region:140921")
    yield Follows(start=TOWN, end="chain:c")
    steps = ((STEEL, Stage.UPSTREAM, True), (FLANGE, Stage.MIDSTREAM, True), (TOWER, Stage.DOWNSTREAM, True))
    for product, stage, required in (*steps, (BOLT, Stage.SUPPORT, False)):
        yield StepOf(start=product, end="chain:c", stage=stage, required=required)
    yield InputOf(start=FLANGE, end=TOWER, essential=True)
    places = ((MAKER, "140921"), (STEELWORKS, "370000"), (BUILDER, "370000"))
    for who, code in places:
        yield LocatedIn(start=who, end=f"region:{code}")
    for who, what in ((MAKER, FLANGE), (STEELWORKS, STEEL), (BUILDER, TOWER)):
        yield Makes(start=who, end=what)
    yield MemberOf(start=MAKER, end=TOWN)
    yield Leads(start=MAKER, end=TOWN)
    told = {"year": YEAR, "source": "source:paper"}
    yield Supplies(start=STEELWORKS, end=MAKER, product=STEEL, value=3e6, synthetic=True, **told)
    yield Supplies(start=MAKER, end=BUILDER, product=FLANGE, value=8e6, **told)
    yield Needs(start=MAKER, end=STEEL, year=YEAR, value=1e6, origin=Proximity.COUNTRY)
    yield Holds(start=MAKER, end="qualification:q", valid_to=date(2026, 12, 31))
    yield Owns(start=BUILDER, end=MAKER, share=0.3)


def flanges(*, name="定襄法兰", without=(), more=()):
    """The town; `without` are labels of relations that are not known of it."""
    held = [one for one in relations() if one.label not in without]
    return Snapshot.of([*nodes(name), *more], held, newest_year=YEAR)


def said(  # noqa: PLR0913
    subject, metric, value, year, *, unit=Unit.YUAN, source="source:paper", grade=Grade.B, **more
):
    return Claim(
        id=f"claim:{subject}-{metric.value}-{year}-{source}",
        subject=subject,
        metric=metric,
        value=value,
        unit=unit,
        source=source,
        grade=grade,
        year=year,
        **more,
    )
