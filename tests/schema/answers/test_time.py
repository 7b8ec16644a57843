"""The same questions as of several years, against the tables read year by year."""

import csv
from collections import defaultdict
from pathlib import Path

import networkx as nx
import pytest

TABLES = Path(__file__).parents[3] / "loaders" / "shanxi" / "tables"
YEARS = [2021, 2022, 2023, 2024]
TOWN, FIRM = "town:dingxiang-flange", "org:tianbao-group"


def rows(kind):
    with (TABLES / f"{kind}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def there(row, year):
    since, until = row.get("since"), row.get("until")
    return (not since or int(since) <= year) and (not until or int(until) > year)


def living(year):
    day = f"{year}-12-31"
    return {
        o["id"]
        for o in rows("Organisation")
        if (not o["foundedOn"] or o["foundedOn"] <= day) and (not o["closedOn"] or o["closedOn"] > day)
    }


@pytest.fixture(scope="module")
def table():
    return {kind: rows(kind) for kind in ("SUPPLIES", "MEMBER_OF", "Claim", "Organisation", "Source")}


def flows(table, year):
    """Choose the newest flow of each seller, buyer and product; of one year the source decides."""
    alive, found = living(year), {}
    for r in table["SUPPLIES"]:
        if there(r, year) and (not r["year"] or int(r["year"]) <= year) and {r["from"], r["to"]} <= alive:
            key = (r["from"], r["to"], r["product"])
            merit = (-int(r["year"] or 0), r["source"])
            if key not in found or merit < found[key][0]:
                found[key] = (merit, r)
    return {key: r for key, (_, r) in found.items()}


@pytest.mark.parametrize("year", YEARS)
async def test_members_are_those_of_the_year(service, table, year):
    data = await service.data(
        f"""{{ town(id: "{TOWN}") {{ members(first: 100, asOf: {year}) {{ asOf totalCount nodes {{ id }} }} }}
            organisationCounts(by: TOWN, asOf: {year}) {{ key count }} }}"""
    )
    wanted = {r["from"] for r in table["MEMBER_OF"] if r["to"] == TOWN and there(r, year)} & living(year)
    found = data["town"]["members"]
    assert {n["id"] for n in found["nodes"]} == wanted
    assert (found["asOf"], found["totalCount"]) == (year, len(wanted))
    counts = {g["key"]: g["count"] for g in data["organisationCounts"]}
    assert counts[TOWN] == len(wanted)


@pytest.mark.parametrize("year", YEARS)
async def test_counts_by_form_are_those_of_the_year(service, table, year):
    data = await service.data(f"{{ organisationCounts(by: FORM, asOf: {year}) {{ key count }} }}")
    wanted, alive = defaultdict(int), living(year)
    for row in table["Organisation"]:
        if row["id"] in alive:
            wanted[row["form"]] += 1
    assert {g["key"]: g["count"] for g in data["organisationCounts"]} == wanted


@pytest.mark.parametrize("year", YEARS)
async def test_suppliers_and_customers_are_those_of_the_year(service, table, year):
    data = await service.data(
        f"""{{ organisation(id: "{FIRM}") {{
            suppliers(first: 100, asOf: {year}) {{ totalCount edges {{
                node {{ id }} product {{ id }} year value source {{ id }} }} }}
            customers(first: 100, asOf: {year}) {{ totalCount edges {{
                node {{ id }} product {{ id }} year value source {{ id }} }} }} }} }}"""
    )
    chosen = flows(table, year)
    for name, mine, other in (("suppliers", 1, 0), ("customers", 0, 1)):
        wanted = {
            (key[other], key[2], r["year"], float(r["value"] or "nan"), r["source"])
            for key, r in chosen.items()
            if key[mine] == FIRM
        }
        edges = data["organisation"][name]["edges"]
        found = {
            (
                e["node"]["id"],
                e["product"]["id"],
                str(e["year"] or ""),
                float("nan") if e["value"] is None else e["value"],
                e["source"]["id"],
            )
            for e in edges
        }
        assert {f[:3] for f in found} == {w[:3] for w in wanted}
        assert {f for f in found if f[3] == f[3]} == {w for w in wanted if w[3] == w[3]}
        assert data["organisation"][name]["totalCount"] == len(wanted)


@pytest.mark.parametrize("year", YEARS)
async def test_a_walk_follows_the_supply_of_the_year(service, table, year):
    data = await service.data(
        f"""{{ organisation(id: "{FIRM}") {{ upstream(depth: 3, maxNodes: 5000, asOf: {year}) {{
            asOf nodes {{ tier organisation {{ id }} }} links {{ year }} }} }} }}"""
    )
    graph = nx.DiGraph((b, a) for a, b, _ in flows(table, year))
    wanted = nx.single_source_shortest_path_length(graph, FIRM, cutoff=3)
    found = data["organisation"]["upstream"]
    assert {n["organisation"]["id"]: n["tier"] for n in found["nodes"]} == wanted
    assert all(link["year"] is None or link["year"] <= year for link in found["links"])


@pytest.mark.parametrize("year", YEARS)
async def test_figures_are_not_newer_than_the_year(service, table, year):
    data = await service.data(
        f"""{{ town(id: "{TOWN}") {{ figure(metric: ENTERPRISES, asOf: {year}) {{ value year asOf }} }}
            organisations(first: 100, asOf: {year}) {{ nodes {{ id figure(metric: REVENUE, asOf: {year}) {{
                value year }} }} }} }}"""
    )
    said = [
        r
        for r in table["Claim"]
        if (r["metric"], r["scope"] or "WHOLE", r["product"]) == ("REVENUE", "WHOLE", "")
    ]
    alive = living(year)
    for node in data["organisations"]["nodes"]:
        assert node["id"] in alive
        years = [int(r["year"]) for r in said if r["subject"] == node["id"] and r["year"]]
        known = [y for y in years if y <= year]
        assert (node["figure"] or {}).get("year") == (max(known) if known else None)
    enterprises = data["town"]["figure"]
    assert (enterprises and enterprises["year"]) == (2022 if year >= 2022 else None)


@pytest.mark.parametrize("year", YEARS)
async def test_claims_of_later_years_are_not_listed(service, table, year):
    data = await service.data(
        f"""{{ claims(subject: "{TOWN}", first: 100, asOf: {year}) {{ totalCount nodes {{ year value }} }}
            all: claims(subject: "{TOWN}", first: 100) {{ totalCount }} }}"""
    )
    years = [int(r["year"]) if r["year"] else None for r in table["Claim"] if r["subject"] == TOWN]
    wanted = [y for y in years if y is None or y <= year]
    assert sorted(n["year"] or 0 for n in data["claims"]["nodes"]) == sorted(y or 0 for y in wanted)
    assert data["claims"]["totalCount"] == len(wanted)
    assert data["all"]["totalCount"] == len(years)


@pytest.mark.parametrize("year", YEARS)
async def test_drive_is_of_the_year(service, table, year):
    data = await service.data(
        f"""{{ organisation(id: "{FIRM}") {{ extraction(first: 5, asOf: {year}) {{ own unknownReason
            dependents {{ organisation {{ id }} }}
            method {{ asOf coverage {{ links organisations }} }} }} }} }}"""
    )
    found = data["organisation"]["extraction"]
    assert found["method"]["asOf"] == year
    assert found["method"]["coverage"]["links"] == len(flows(table, year))
    offices = {o["id"] for o in rows("Organisation") if o["form"] == "AGENCY"}
    assert found["method"]["coverage"]["organisations"] == len(living(year) - offices)
    assert {d["organisation"]["id"] for d in found["dependents"]} <= living(year)


async def test_an_older_question_is_not_answered_with_what_came_later(service):
    asked = f"""query($year: Int!) {{ organisation(id: "{FIRM}") {{ extraction(asOf: $year) {{ total }} }}
        town(id: "{TOWN}") {{ members(first: 1, asOf: $year) {{ totalCount }} }} }}"""
    answers = [await service.data(asked, year=year) for year in YEARS]
    assert len({a["organisation"]["extraction"]["total"] for a in answers}) == len(YEARS)
    assert answers[1] == await service.data(asked, year=2022)


async def test_closed_organisations_are_found_and_said_to_be_closed(service, table):
    closed = next(r for r in table["Organisation"] if r["closedOn"])
    year = int(closed["closedOn"][:4])
    asked = """query($text: String!, $year: Int) { search(text: $text, first: 5, kinds: [ORGANISATION],
        asOf: $year) { id active closedOn } }"""
    for when, active in ((year - 1, True), (year, False), (None, False)):
        hits = (await service.data(asked, text=closed["name"], year=when))["search"]
        (mine,) = [h for h in hits if h["id"] == closed["id"]]
        assert (mine["active"], str(mine["closedOn"])) == (active, closed["closedOn"])
    founded = next(r for r in table["Organisation"] if r["foundedOn"] > "2022" and not r["closedOn"])
    before = int(founded["foundedOn"][:4]) - 1
    hits = (await service.data(asked, text=founded["name"], year=before))["search"]
    assert [(h["active"], h["closedOn"]) for h in hits if h["id"] == founded["id"]] == [(False, None)]
