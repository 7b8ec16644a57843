"""An answer as of a year is the one of a store that only holds the rows that are valid in that year."""

import random
from collections import defaultdict
from datetime import date
from itertools import product

import pytest

from graph.edits.lock import once
from graph.edits.upsert import NodeRow, RelationRow, declare, merge_nodes, merge_relations
from graph.kinds.columns import columns
from graph.kinds.entities import Industry, Organisation, Product, Region, Town
from graph.kinds.facts import Claim, Source
from graph.kinds.metrics import Metric, Unit
from graph.kinds.papers import Qualification
from graph.kinds.relations import (
    EngagesIn,
    Holds,
    LocatedIn,
    Makes,
    MemberOf,
    Needs,
    Owns,
    PartOf,
    Relation,
    Supplies,
)
from graph.kinds.terms import (
    Grade,
    OrganisationForm,
    ProductCategory,
    RegionLevel,
    TownLevel,
    TownStatus,
)
from graph.snapshot.keeper import SnapshotKeeper
from graph.store.store import Statement
from graph.store.versions import versions
from queries.lookup.entries import index_of
from schema import schema
from schema.language.context import Context
from schema.language.limits import Limits

WIPE = "MATCH (n) WITH n LIMIT 5000 DETACH DELETE n RETURN {gone: count(*)} AS wiped"
FIRMS = [f"org:{letter}" for letter in "abcdefg"]
YEARS = [2020, 2022]
NEWEST = 2024
EDGES = "totalCount edges { node { id } %s }"
LIST = "first: 100, asOf: $y"
FLOW = EDGES % "year value product { id } source { id }"
QUERY = f"""query($y: Int!) {{
    organisations({LIST}) {{ totalCount nodes {{ id
      region(asOf: $y) {{ id }}
      figure(metric: REVENUE, asOf: $y) {{ value year claims {{ id }} }}
      towns({LIST}) {{ {EDGES % "since"} }} industries({LIST}) {{ {EDGES % "main"} }}
      suppliers({LIST}) {{ {FLOW} }} customers({LIST}) {{ {FLOW} }}
      makes({LIST}) {{ {EDGES % "year output"} }} outsidePurchases({LIST}) {{ {EDGES % "year value origin"} }}
      holds({LIST}) {{ {EDGES % "validFrom"} }} owns({LIST}) {{ {EDGES % "share"} }}
      owners({LIST}) {{ {EDGES % "share"} }}
      upstream(depth: 4, asOf: $y) {{
        nodes {{ tier organisation {{ id }} }} links {{ year value stale rivals }} }}
      extraction(first: 9, asOf: $y) {{ own total local unknownReason
        dependents {{ organisation {{ id }} }} }} }} }}
    inTown: organisations({LIST}, where: {{town: {{eq: "town:t"}}}}) {{ totalCount nodes {{ id }} }}
    inRegion: organisations({LIST}, where: {{region: {{eq: "region:14"}}}}) {{ totalCount nodes {{ id }} }}
    ofTrade: organisations({LIST}, where: {{industry: {{eq: "industry:x:33"}}}}) {{ nodes {{ id }} }}
    makers: organisations({LIST}, where: {{makes: {{eq: "product:p"}}}}) {{ totalCount nodes {{ id }} }}
    town(id: "town:t") {{ members({LIST}) {{ {EDGES % "since"} }}
      figure(metric: OUTPUT_VALUE, asOf: $y) {{ value year claims {{ id }} }}
      freshness(asOf: $y) {{ organisationCount organisations {{ metric known missing stale medianAge }} }} }}
    product(id: "product:p") {{
      makers({LIST}) {{ {EDGES % "year"} }} boughtOutsideBy({LIST}) {{ {EDGES % "year"} }} }}
    region(id: "region:140101") {{ organisations({LIST}) {{ {EDGES % "since"} }}
      localSourcing(asOf: $y) {{
        whole {{ local outside unknownOrigin total unmeasured rate rateAtMost }} }} }}
    qualification(id: "qualification:q") {{ holders({LIST}) {{ {EDGES % "validFrom"} }} }}
    claims(subject: "org:a", {LIST}) {{ totalCount nodes {{ id }} }}
    conflicts(asOf: $y) {{ count rows {{ chosen {{ id }} others {{ claim {{ id }} rival }} }}
      flows {{ chosen {{ year value }} others {{ difference }} }} }}
    byForm: organisationCounts(by: FORM, metric: REVENUE, asOf: $y) {{ key count total known unknownCount }}
    byTown: organisationCounts(by: TOWN, metric: REVENUE, asOf: $y) {{ key count total known unknownCount }}
    byRegion: organisationCounts(by: REGION, asOf: $y) {{ key count }}
    byIndustry: organisationCounts(by: INDUSTRY, asOf: $y) {{ key count }}
}}"""


def nodes(chance):
    """Make the nodes: organisations and claims of all ages, and what they are joined to."""
    day = lambda: chance.choice([None, None, date(chance.randint(2018, 2024), chance.choice([1, 12]), 31)])  # noqa: E731
    found = [
        Region(id="region:14", name="省", level=RegionLevel.PROVINCE),
        Region(id="region:140101", name="县", level=RegionLevel.COUNTY),
        Region(id="region:140102", name="邻县", level=RegionLevel.COUNTY),
        *(Industry(id=f"industry:x:{c}", name=c, code=c, edition="x") for c in ("33", "44")),
        Town(id="town:t", name="镇", level=TownLevel.COUNTY, status=TownStatus.CANDIDATE),
        *(Product(id=f"product:{p}", name=p, category=ProductCategory.COMPONENT) for p in "pq"),
        Qualification(id="qualification:q", name="资质", level="PROVINCIAL"),
        *(Source(id=f"source:{g.value.lower()}", name=g.value, grade=g) for g in (Grade.A, Grade.B)),
    ]
    for place, id in enumerate(FIRMS):
        founded, closed = day(), day()
        if founded and closed and closed <= founded:
            closed = None
        form = list(OrganisationForm)[place % 3]
        found.append(Organisation(id=id, name=id[4:], form=form, founded_on=founded, closed_on=closed))
    for number in range(60):
        subject = chance.choice([*FIRMS, "town:t"])
        metric = Metric.OUTPUT_VALUE if subject == "town:t" else Metric.REVENUE
        grade = chance.choice([Grade.A, Grade.B])
        found.append(
            Claim(
                id=f"claim:{number:02}",
                subject=subject,
                metric=metric,
                value=float(chance.randint(1, 9)),
                unit=Unit.YUAN,
                source=f"source:{grade.value.lower()}",
                grade=grade,
                year=chance.choice([None, *range(2016, 2025)]),
            )
        )
    return found


def relations(chance):
    """Make the relations: some with years since and until, some yearly, some with both."""

    def span():
        since = chance.choice([None, *range(2018, 2025)])
        until = chance.choice([None, *range((since or 2017) + 1, 2026)])
        return {"since": since, "until": until, "source": chance.choice(["source:a", "source:b"])}

    def yearly():
        return span() | {"year": chance.choice([None, *range(2018, 2025)])}

    value = lambda: chance.choice([None, float(chance.randint(1, 99))])  # noqa: E731
    found: list[Relation] = [
        PartOf(start=f"region:{r}", end="region:14", source="source:a") for r in ("140101", "140102")
    ]
    for a, b, p in product(FIRMS, FIRMS, "pq"):
        if a != b and chance.random() < 0.35:
            ends = {"start": a, "end": b, "product": f"product:{p}"}
            found += [Supplies(**ends, value=value(), **yearly()) for _ in range(chance.randint(1, 3))]
        if a != b and p == "p" and chance.random() < 0.2:
            found.append(Owns(start=a, end=b, share=0.5, **span()))
    for firm in FIRMS:
        found.append(MemberOf(start=firm, end="town:t", **span()))
        found.append(LocatedIn(start=firm, end=chance.choice(["region:140101", "region:140102"]), **span()))
        found.append(EngagesIn(start=firm, end=f"industry:x:{chance.choice(['33', '44'])}", **span()))
        found += [Makes(start=firm, end="product:p", output=value(), **yearly()) for _ in range(2)]
        found += [Needs(start=firm, end="product:p", value=value(), **yearly()) for _ in range(2)]
        begin = date(chance.randint(2018, 2023), 6, 1)
        end = chance.choice([None, date(begin.year + 1, 12, 31)])
        found.append(
            Holds(start=firm, end="qualification:q", valid_from=begin, valid_to=end, source="source:a")
        )
    unique = {(type(r).label, r.start, r.end, r.key()): r for r in found}
    return list(unique.values())


def there(row, year):
    """Tell whether a row is valid on 31 December of a year, from the definition."""
    day = date(year, 12, 31)
    begin, end = type(row).lifetime
    field = {c.name: c.field for c in columns(type(row))}
    since, until = (name and getattr(row, field[name]) for name in (begin, end))
    at_since, at_until = (day if isinstance(bound, date) else year for bound in (since, until))
    of = getattr(row, "year", None)
    return (
        (since is None or since <= at_since)
        and (until is None or until > at_until)
        and (of is None or of <= year)
    )


def valid(all_nodes, all_relations, year):
    kept = [node for node in all_nodes if there(node, year)]
    ids = {node.id for node in kept}
    kept = [node for node in kept if not isinstance(node, Claim) or node.subject in ids]
    return kept, [r for r in all_relations if there(r, year) and {r.start, r.end} <= ids]


def values(record, *, without):
    given = {c.name: getattr(record, c.field) for c in columns(type(record)) if c.field not in without}
    return {name: value for name, value in given.items() if value is not None and value != []}


async def stored(store, all_nodes, all_relations):
    """Put rows into an empty store, and take a snapshot."""
    while (await store.write(Statement(WIPE)))[0]["gone"]:
        pass
    await declare(store)
    by_kind, by_label = defaultdict(list), defaultdict(list)
    for node in all_nodes:
        by_kind[type(node)].append(NodeRow(node.id, values(node, without={"id"})))
    for r in all_relations:
        row = RelationRow(r.start, r.end, r.key(), values(r, without={"start", "end"}))
        by_label[type(r)].append(row)
    for kind, rows in by_kind.items():
        await store.write(*merge_nodes(kind, rows))
    for label, rows in by_label.items():
        await store.write(*merge_relations(label, rows))
    await store.write(once(await versions(store)))
    keeper = SnapshotKeeper(store, derive=index_of)
    await keeper.refresh()
    return keeper


async def answered(store, keeper, year):
    context = Context(
        store, keeper, limits=Limits(tokens=20_000, root_fields=200, aliases=500, cost=1_000_000)
    )
    result = await schema.execute(QUERY, variable_values={"y": year}, context_value=context)
    assert result.errors is None, result.errors
    return result.data


@pytest.mark.parametrize("seed", [1])
async def test_an_answer_as_of_a_year_is_that_of_a_store_with_its_rows_only(store, seed):
    chance = random.Random(seed)  # noqa: S311 - a small graph, not a secret
    all_nodes, all_relations = nodes(chance), relations(chance)
    whole = await stored(store, all_nodes, all_relations)
    found = {year: await answered(store, whole, year) for year in YEARS}
    assert len({str(answer) for answer in found.values()}) == len(YEARS)
    for year in YEARS:
        alone = await stored(store, *valid(all_nodes, all_relations, year))
        wanted = await answered(store, alone, year)
        for name, answer in wanted.items():
            assert found[year][name] == answer, (year, name)
