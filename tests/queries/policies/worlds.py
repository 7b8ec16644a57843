"""Small worlds of policies: plain dicts, random ones too, and the snapshots that they make."""

import json
from datetime import date

from hypothesis import HealthCheck
from hypothesis import strategies as st

from graph.kinds.entities import Industry, Organisation, Region, Town
from graph.kinds.papers import Benefit, Policy, Qualification
from graph.kinds.relations import (
    AppliesIn,
    EngagesIn,
    Favours,
    Holds,
    LiesIn,
    LocatedIn,
    MemberOf,
    Offers,
    PartOf,
    Received,
    Targets,
)
from graph.kinds.terms import (
    BenefitRecipient,
    BenefitResource,
    GovernmentLevel,
    OrganisationForm,
    RegionLevel,
    TownLevel,
    TownStatus,
)
from graph.snapshot.snapshot import Snapshot
from tests.oracles.policies import YEAR
from tests.queries.networks import claim

SLOW = [HealthCheck.too_slow]
"""On a busy machine worlds are drawn slowly; no test here is about time."""
REGIONS = ("14", "1401", "140101", "140102", "1402", "140201")
LEVELS = {2: RegionLevel.PROVINCE, 4: RegionLevel.CITY, 6: RegionLevel.COUNTY}
INDUSTRIES = ("33", "339", "3391", "3393", "44")
TOWNS = {"s": "140101", "t": "140201"}
TITLES = "xy"
BENEFITS = "uvw"
FIRMS = "abcde"


def firm(**given):
    """Describe a firm."""
    blank = {
        "form": "ENTERPRISE",
        "closed": None,
        "region": "140101",
        "industries": ["3393"],
        "towns": [],
        "holds": [],
        "revenue": None,
    }
    return blank | given


def policy(*benefits, **given):
    """Describe a policy."""
    blank = {"regions": ["14"], "towns": [], "industries": [], "begin": YEAR - 1, "end": None}
    return blank | {"benefits": list(benefits)} | given


def world(firms, benefits, policies=None, received=(), towns=None, once=()):  # noqa: PLR0913, PLR0917 - a world
    """Describe a world; without policies one offers everything in the province."""
    return {
        "firms": firms,
        "towns": {t: {"region": r, "complete": t in (towns or ())} for t, r in TOWNS.items()},
        "policies": [policy(*benefits)] if policies is None else policies,
        "benefits": benefits,
        "received": list(received),
        "once": set(once),
    }


def snapshot_of(told, amounts=None, to_towns=()):
    """Make the snapshot of a world; benefits may have amounts, or be given to towns."""
    return Snapshot.of([*_nodes(told, amounts or {}, to_towns)], [*_relations(told)], newest_year=YEAR)


def _nodes(told, amounts, to_towns):
    for name, one in told["firms"].items():
        ended = one["closed"] and date(one["closed"], 6, 1)
        yield Organisation(id=f"org:{name}", name=name, form=OrganisationForm(one["form"]), closed_on=ended)
        if one["revenue"] is not None:
            yield claim(f"org:{name}", one["revenue"])
    for town, about in told["towns"].items():
        whole = [YEAR] if about["complete"] else []
        kinds = {"level": TownLevel.COUNTY, "status": TownStatus.CANDIDATE, "register_complete_for": whole}
        yield Town(id=f"town:{town}", name=town, **kinds)
    for code in REGIONS:
        yield Region(id=f"region:{code}", name=code, level=LEVELS[len(code)])
    for code in INDUSTRIES:
        yield Industry(id=f"industry:x:{code}", name=code, code=code, edition="x")
    for title in (*TITLES, "z"):
        yield Qualification(id=f"qualification:{title}", name=title, level=GovernmentLevel.PROVINCIAL)
    for benefit, rule in told["benefits"].items():
        kinds = {"resource": BenefitResource.FUNDS, "text": benefit, "amount": amounts.get(benefit)}
        kinds["recipient"] = BenefitRecipient.TOWN if benefit in to_towns else None
        kinds["once"] = True if benefit in told["once"] else None
        text = None if rule is None else json.dumps(rule)
        yield Benefit(id=f"benefit:{benefit}", name=benefit, criteria=text, **kinds)
    for number, one in enumerate(told["policies"]):
        begin, end = (year and date(year, 7, 1) for year in (one["begin"], one["end"]))
        kinds = {"level": GovernmentLevel.COUNTY, "issuer": "县", "issued_on": begin, "valid_to": end}
        yield Policy(id=f"policy:{number}", name=str(number), **kinds)


def _relations(told):
    yield from (PartOf(start=f"region:{c}", end=f"region:{c[:-2]}") for c in REGIONS if len(c) > 2)
    yield from (PartOf(start=f"industry:x:{c}", end=f"industry:x:{c[:-1]}") for c in INDUSTRIES if len(c) > 2)
    for town, about in told["towns"].items():
        yield LiesIn(start=f"town:{town}", end=f"region:{about['region']}")
    for name, one in told["firms"].items():
        start = f"org:{name}"
        if one["region"]:
            yield LocatedIn(start=start, end=f"region:{one['region']}")
        yield from (EngagesIn(start=start, end=f"industry:x:{code}") for code in one["industries"])
        yield from (MemberOf(start=start, end=f"town:{town}") for town in one["towns"])
        yield from (Holds(start=start, end=f"qualification:{title}") for title in one["holds"])
    for number, one in enumerate(told["policies"]):
        start = f"policy:{number}"
        yield from (Offers(start=start, end=f"benefit:{benefit}") for benefit in one["benefits"])
        yield from (AppliesIn(start=start, end=f"region:{code}") for code in one["regions"])
        yield from (Favours(start=start, end=f"town:{town}") for town in one["towns"])
        yield from (Targets(start=start, end=f"industry:x:{code}") for code in one["industries"])
    for number, (who, what, year) in enumerate(told["received"]):
        source = None if year is None else f"{number}"
        yield Received(start=f"org:{who}", end=f"benefit:{what}", year=year, amount=1.0 if source else None)


def leaf(measure, parameter=None, *ids, **asked):
    """Write one condition."""
    told = {"with": {parameter: [*ids]}} if parameter else {}
    return {"measure": measure, **told, **asked}


revenues = st.builds(
    lambda way, at: leaf("revenue", unit="YUAN", **{way: at}),
    st.sampled_from(["at_least", "below"]),
    st.sampled_from([10.0, 20.0, 30.0]),
)
titles = st.builds(
    lambda title, yes: leaf("holds", "qualification", title, equals=yes),
    st.sampled_from(TITLES),
    st.booleans(),
)
forms = st.sampled_from([leaf("form", one_of=["ENTERPRISE"]), leaf("form", one_of=["COOPERATIVE"])])
places = st.builds(
    lambda code, yes: leaf("in_region", "region", code, equals=yes), st.sampled_from(REGIONS), st.booleans()
)
trades = st.builds(
    lambda code: leaf("in_industry", "industry", f"x:{code}", equals=True), st.sampled_from(INDUSTRIES)
)
towns = st.builds(lambda town: leaf("in_town", "town", town, equals=True), st.sampled_from("st"))


@st.composite
def receipts(draw):
    """Draw a condition on benefits received before."""
    ids = draw(st.lists(st.sampled_from(BENEFITS), min_size=1, max_size=2, unique=True))
    made = leaf("received", "benefit", *ids, equals=draw(st.booleans()))
    if years := draw(st.sampled_from([None, 1, 2, 3])):
        made["with"]["years"] = years
    return made


def rules(leaves):
    """Draw rules of some conditions."""

    def joined(parts):
        several = st.lists(parts, min_size=1, max_size=3)
        return st.one_of(
            several.map(lambda some: {"all": some}),
            several.map(lambda some: {"any": some}),
            parts.map(lambda one: {"not": one}),
        )

    return st.recursive(leaves, joined, max_leaves=6)


firms = st.builds(
    firm,
    form=st.sampled_from(["ENTERPRISE", "COOPERATIVE", "AGENCY"]),
    closed=st.sampled_from([None, None, None, YEAR - 1]),
    region=st.sampled_from([None, *REGIONS]),
    industries=st.lists(st.sampled_from(INDUSTRIES), max_size=2, unique=True),
    towns=st.lists(st.sampled_from("st"), max_size=1),
    holds=st.lists(st.sampled_from("xyz"), max_size=2, unique=True),
    revenue=st.sampled_from([None, 5.0, 10.0, 25.0, 40.0]),
)
policies = st.builds(
    lambda benefits, **given: policy(*benefits, **given),
    benefits=st.lists(st.sampled_from(BENEFITS), min_size=1, max_size=3, unique=True),
    regions=st.lists(st.sampled_from(REGIONS), max_size=2, unique=True),
    towns=st.lists(st.sampled_from("st"), max_size=1),
    industries=st.lists(st.sampled_from(INDUSTRIES), max_size=1),
    begin=st.sampled_from([YEAR - 2, YEAR, YEAR + 1]),
    end=st.sampled_from([None, None, YEAR - 1, YEAR]),
)
every = st.one_of(revenues, titles, forms, places, trades, towns, receipts())


@st.composite
def worlds(draw):
    """Draw a world."""
    given = draw(st.lists(st.tuples(st.sampled_from(FIRMS), st.sampled_from(BENEFITS)), max_size=6))
    years = st.sampled_from([None, YEAR - 2, YEAR - 1, YEAR])
    return world(
        {name: draw(firms) for name in FIRMS},
        {name: draw(st.one_of(st.none(), rules(every))) for name in BENEFITS},
        draw(st.lists(policies, max_size=3)),
        {(*pair, draw(years)) for pair in given},
        draw(st.sets(st.sampled_from("st"))),
        draw(st.sets(st.sampled_from(BENEFITS))),
    )
