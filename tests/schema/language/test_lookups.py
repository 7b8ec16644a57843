"""Everything a client can look up, asked of the demo data on both stores."""

import base64
import csv
import json
from pathlib import Path

import pytest

TABLES = Path(__file__).parents[3] / "loaders" / "shanxi" / "tables"


def rows(kind):
    with (TABLES / f"{kind}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


async def test_a_newcomers_first_question(service):
    data = await service.data("""{ town(id: "town:dingxiang-flange") {
        name leaders(first: 10) { nodes { name } }
        figure(metric: MARKET_SHARE, scope: EXPORT) {
          value year grade source { name } conflicts { value year source { name } } } } }""")
    town = data["town"]
    assert town["name"] == "定襄法兰"
    assert {n["name"] for n in town["leaders"]["nodes"]} == {
        "天宝集团",
        "恒跃集团",
        "管家营",
        "中工重型锻压",
        "格尔德贝克",
    }
    figure = town["figure"]
    assert (figure["value"], figure["year"], figure["grade"]) == (0.3, 2025, "C")
    assert [(c["value"], c["year"]) for c in figure["conflicts"]] == [(0.7, None)]


async def test_a_figure_as_of_an_earlier_year_is_that_years(service):
    asked = """query($year: Int) { town(id: "town:qingxu-vinegar") {
        figure(metric: MARKET_SHARE, asOf: $year) { value year asOf conflicts { value year } } } }"""
    early, late = [(await service.data(asked, year=y))["town"]["figure"] for y in (2021, 2025)]
    assert (early["value"], early["year"], early["asOf"]) == (0.3, 2021, 2021)
    assert early["conflicts"] == []
    assert (late["value"], late["year"]) == (0.2, 2024)
    assert late["conflicts"] == []  # what was said of 2021 is history
    assert (await service.data(asked, year=1990))["town"]["figure"] is None


async def test_a_towns_status_follows_the_year(service):
    data = await service.data("""{ town(id: "town:zezhou-casting") {
        before: status(asOf: 2022) after: status(asOf: 2023) } }""")
    assert data["town"] == {"before": "CANDIDATE", "after": "RECOGNISED"}


async def test_a_filter_by_status_follows_the_year(service):
    asked = """query($year: Int) {
        towns(first: 1, asOf: $year, where: {status: {eq: RECOGNISED}}) { totalCount } }"""
    counts = [(await service.data(asked, year=year))["towns"]["totalCount"] for year in (2021, 2022, 2023)]
    dated = [row["recognisedOn"] for row in rows("Town") if row["status"] == "RECOGNISED"]
    known = [sum(1 for day in dated if day and day <= f"{year}-12-31") for year in (2021, 2022, 2023)]
    assert known[0] == 0  # nobody was recognised yet: of whom no day is known it is unknown
    assert counts == [0, *(dated.count("") + count for count in known[1:])]
    assert counts[0] < counts[1] < counts[2]


async def test_a_status_without_a_day_is_unknown_before_the_first_recognition(service):
    data = await service.data("""{ town(id: "town:lingchuan-herbs-wellness") {
        before: status(asOf: 2021) after: status(asOf: 2022) } }""")
    assert data["town"] == {"before": None, "after": "RECOGNISED"}
    asked = """{
        known: towns(first: 1, asOf: 2021, where: {status: {in: [RECOGNISED, CANDIDATE, WITHDRAWN]}}) {
            totalCount }
        not: towns(first: 1, asOf: 2021, where: {not: {status: {eq: RECOGNISED}}}) { totalCount }
        all: towns(first: 1, asOf: 2021) { totalCount } }"""
    found = {name: one["totalCount"] for name, one in (await service.data(asked)).items()}
    assert found == {"known": 18, "not": 18, "all": 19}


async def test_pages_forward_and_backward_give_the_same_list(service):
    last = {row["id"]: row["synthetic"] == "true" for row in rows("Town")}  # the invented, by their ids
    ordered = sorted(
        rows("Town"), key=lambda row: (last[row["id"]], row["id" if last[row["id"]] else "name"])
    )
    whole = [row["id"] for row in ordered]
    asked = """query($first: Int, $after: String, $last: Int, $before: String) {
        towns(first: $first, after: $after, last: $last, before: $before) {
          totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""
    forward, cursor, more = [], None, True
    while more:
        page = (await service.data(asked, first=4, after=cursor))["towns"]
        forward += [n["id"] for n in page["nodes"]]
        cursor, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    backward, cursor, more = [], None, True
    while more:
        page = (await service.data(asked, last=4, before=cursor))["towns"]
        backward = [n["id"] for n in page["nodes"]] + backward
        cursor, more = page["pageInfo"]["startCursor"], page["pageInfo"]["hasPreviousPage"]
    assert page["totalCount"] == len(whole)
    assert forward == backward == whole


@pytest.mark.parametrize("order", ["RECOGNISED_ON_ASC", "RECOGNISED_ON_DESC", "BATCH_ASC", "BATCH_DESC"])
async def test_the_unknown_comes_last_in_every_order(service, order):
    asked = "query($o: TownOrder) { towns(first: 100, orderBy: $o) { nodes { recognisedOn batch } } }"
    nodes = (await service.data(asked, o=order))["towns"]["nodes"]
    values = [n["batch" if "BATCH" in order else "recognisedOn"] for n in nodes]
    known = [v for v in values if v is not None]
    assert 0 < len(known) < len(values)
    assert values[: len(known)] == sorted(known, reverse="DESC" in order)


@pytest.mark.parametrize("order", ["YEAR_ASC", "VALUE_ASC", "VALUE_DESC", "SHARE_DESC"])
async def test_a_list_is_ordered_by_its_relation(service, order):
    asked = """query($o: SuppliesOrder) { organisation(id: "org:tianbao-group") {
        suppliers(first: 100, orderByRelation: $o) { edges { value year share } } } }"""
    edges = (await service.data(asked, o=order))["organisation"]["suppliers"]["edges"]
    values = [edge[order.split("_")[0].lower()] for edge in edges]
    known = [value for value in values if value is not None]
    assert known
    assert len(values) > 1
    assert values[: len(known)] == sorted(known, reverse=order.endswith("DESC"))


async def test_a_relation_of_two_equal_ends_is_ordered_by_the_other(service):
    asked = """{ organisation(id: "org:tianbao-group") {
        suppliers(first: 100, orderBy: NAME_DESC) { nodes { name } } } }"""
    names = [n["name"] for n in (await service.data(asked))["organisation"]["suppliers"]["nodes"]]
    assert names == sorted(names, reverse=True)
    assert len(set(names)) > 1


async def test_two_orders_at_once_are_refused(service):
    asked = """{ organisation(id: "org:tianbao-group") {
        suppliers(first: 1, orderBy: NAME_ASC, orderByRelation: VALUE_DESC) { totalCount } } }"""
    assert await service.errors(asked) == [
        ("BAD_USER_INPUT", "orderBy", "orderBy、orderByRelation：只能给出其中一个")
    ]


async def test_pages_of_suppliers_are_whole_and_ordered_by_value(service):
    asked = """query($after: String) { organisation(id: "org:tianbao-group") {
        suppliers(first: 5, after: $after) { totalCount pageInfo { hasNextPage endCursor }
          edges { value year product { id } node { id } } } } }"""
    edges, cursor, more = [], None, True
    while more:
        page = (await service.data(asked, after=cursor))["organisation"]["suppliers"]
        edges += page["edges"]
        cursor, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert len(edges) == page["totalCount"]
    assert len({(e["node"]["id"], e["product"]["id"]) for e in edges}) == len(edges)
    values = [e["value"] if e["value"] is not None else -1 for e in edges]
    assert values == sorted(values, reverse=True)
    assert values[0] > 0


async def test_a_flow_is_the_newest_not_after_the_year(service):
    asked = """query($year: Int) { organisation(id: "org:tianbao-group") {
        suppliers(first: 100, asOf: $year) { edges { year value product { id } node { id } } } } }"""
    for year in (2022, 2025):
        edges = (await service.data(asked, year=year))["organisation"]["suppliers"]["edges"]
        newest = {}
        for row in rows("SUPPLIES"):
            if row["to"] == "org:tianbao-group" and (not row["year"] or int(row["year"]) <= year):
                key = row["from"], row["product"]
                newest[key] = max(newest.get(key, 0), int(row["year"] or 0))
        found = {(e["node"]["id"], e["product"]["id"]): e["year"] or 0 for e in edges}
        assert found
        assert found.items() <= newest.items()


async def test_lookups_ask_the_store_nothing(service):
    asked = """query($first: Int!) { towns(first: $first) { nodes { name
        regions { name } members(first: 20) { totalCount edges { source { name } node { name
          region { name } makes(first: 3) { nodes { name } } } } } } } }"""
    await service.data(asked, first=19)
    assert not service.statements
    await service.data("""{ towns(first: 19) { nodes {
        figure(metric: OUTPUT_VALUE) { value source { name } claims { value source { name } } } } } }""")
    assert not service.statements
    await service.data("{ loads(first: 1) { nodes { id } } analysisRuns(first: 1) { totalCount } }")
    assert len(service.statements) == 2  # the service's own books are read as they are now


@pytest.mark.parametrize(
    ("where", "keep"),
    [
        ("{form: {eq: COOPERATIVE}}", lambda o: o["form"] == "COOPERATIVE"),
        ("{form: {in: [FAMILY_FARM, AGENCY]}}", lambda o: o["form"] in {"FAMILY_FARM", "AGENCY"}),
        ('{name: {contains: "法兰"}}', lambda o: "法兰" in o["name"]),
        ('{name: {startsWith: "样例定襄"}}', lambda o: o["name"].startswith("样例定襄")),
        ("{synthetic: {eq: true}}", lambda o: o["synthetic"] == "true"),
        ("{synthetic: {eq: false}}", lambda o: o["synthetic"] != "true"),
        ('{foundedOn: {gte: "2015-01-01"}}', lambda o: o["foundedOn"] >= "2015-01-01"),
        (
            '{or: [{form: {eq: AGENCY}}, {name: {contains: "合作社"}}]}',
            lambda o: o["form"] == "AGENCY" or "合作社" in o["name"],
        ),
        ("{not: {form: {eq: ENTERPRISE}}}", lambda o: o["form"] != "ENTERPRISE"),
    ],
)
async def test_filters_select_what_they_say(service, where, keep):
    data = await service.data(f"{{ organisations(first: 1, where: {where}, asOf: 2025) {{ totalCount }} }}")
    there = [
        o
        for o in rows("Organisation")
        if (not o["foundedOn"] or o["foundedOn"] <= "2025-12-31")
        and (not o["closedOn"] or o["closedOn"] > "2025-12-31")
    ]
    wanted = sum(1 for o in there if keep(o))
    assert 0 < wanted < len(there)
    assert data["organisations"]["totalCount"] == wanted


async def test_a_region_filter_reaches_its_counties(service):
    asked = (
        """query($region: ID) { organisations(first: 1, where: {region: {eq: $region}}) { totalCount } }"""
    )
    county = (await service.data(asked, region="region:140921"))["organisations"]["totalCount"]
    city = (await service.data(asked, region="region:140900"))["organisations"]["totalCount"]
    assert 0 < county < city


async def test_flows_are_listed_as_they_were_recorded(service):
    data = await service.data("""{ supplies(first: 3, orderBy: VALUE_DESC,
        where: {year: {eq: 2023}, product: {eq: "product:steel"}}) {
          totalCount
          edges { cursor node { value year from { id } to { name } source { grade } product { id } } }
          nodes { value } } }""")
    wanted = [r for r in rows("SUPPLIES") if r["year"] == "2023" and r["product"] == "product:steel"]
    assert data["supplies"]["totalCount"] == len(wanted) > 3
    top = sorted((float(r["value"]) for r in wanted if r["value"]), reverse=True)[:3]
    assert [e["node"]["value"] for e in data["supplies"]["edges"]] == top
    assert [flow["value"] for flow in data["supplies"]["nodes"]] == top


async def test_all_claims_of_a_town_are_listed(service):
    data = await service.data("""{ claims(subject: "town:dingxiang-flange", first: 100) {
        totalCount nodes { metric value year source { name } subject { name } } } }""")
    wanted = [r for r in rows("Claim") if r["subject"] == "town:dingxiang-flange"]
    assert data["claims"]["totalCount"] == len(wanted) == len(data["claims"]["nodes"])
    assert {n["subject"]["name"] for n in data["claims"]["nodes"]} == {"定襄法兰"}


async def test_nodes_keep_the_order_and_leave_gaps(service):
    data = await service.data("""{ nodes(ids: ["product:steel", "org:nobody", "town:qixian-glassware"]) {
        id __typename } }""")
    assert [n and n["__typename"] for n in data["nodes"]] == ["Product", None, "Town"]


async def test_a_credit_code_is_as_good_as_an_id(service):
    one = next(o for o in rows("Organisation") if o["uscc"])
    data = await service.data(
        "query($c: ID, $u: String) { a: organisation(id: $c) { id } b: organisation(uscc: $u) { id } }",
        c=one["uscc"],
        u=one["uscc"],
    )
    assert data["a"]["id"] == data["b"]["id"] == one["id"]


@pytest.mark.parametrize("text", ["定襄法兰", "dxfl", "dingxiangfalan", "定襄法蘭", "dingxaingfalan"])
async def test_search_finds_the_town(service, text):
    data = await service.data(
        "query($t: String!) { search(text: $t, kinds: [TOWN], first: 3) { id matchedBy entity { name } } }",
        t=text,
    )
    assert data["search"][0]["id"] == "town:dingxiang-flange"
    assert data["search"][0]["entity"]["name"] == "定襄法兰"


@pytest.mark.parametrize(
    ("query", "code", "argument"),
    [
        ('{ town(id: "nonsense") { id } }', "BAD_USER_INPUT", "id"),
        ('{ town(id: "org:tianbao-group") { id } }', "BAD_USER_INPUT", "id"),
        ("{ towns(first: 0) { totalCount } }", "BAD_USER_INPUT", "first"),
        ("{ towns(first: 101) { totalCount } }", "BAD_USER_INPUT", "first"),
        ("{ towns(last: -1) { totalCount } }", "BAD_USER_INPUT", "last"),
        ("{ towns(first: 1, last: 1) { totalCount } }", "BAD_USER_INPUT", "first"),
        ('{ towns(first: 1, after: "AAAA") { totalCount } }', "BAD_USER_INPUT", "after"),
        ('{ towns(first: 1, after: "é") { totalCount } }', "BAD_USER_INPUT", "after"),
        ("{ towns(first: 1, asOf: 1) { totalCount } }", "BAD_USER_INPUT", "asOf"),
        ("{ towns(first: 1, asOf: 2999) { totalCount } }", "BAD_USER_INPUT", "asOf"),
        ('{ search(text: "", first: 1) { id } }', "BAD_USER_INPUT", "text"),
        ('{ search(text: "x", first: 1000) { id } }', "BAD_USER_INPUT", "first"),
        ('{ claims(subject: "town:nowhere", first: 1) { totalCount } }', "NOT_FOUND", "subject"),
        ("{ nonsense }", "BAD_USER_INPUT", None),
        ("query A { a: __typename } query B { b: __typename }", "BAD_USER_INPUT", None),
        ("{ towns(first: 1", "BAD_USER_INPUT", None),
        (
            '{ towns(first: 1, where: {not: {not: {not: {name: {eq: "x"}}}}}) { totalCount } }',
            "BAD_USER_INPUT",
            "where.not.not.not",
        ),
    ],
)
async def test_a_mistake_is_named_with_its_argument(service, query, code, argument):
    found = await service.errors(query)
    assert [(c, a) for c, a, _ in found] == [(code, argument)]


async def test_a_cursor_of_another_list_is_refused(service):
    asked = """query($o: TownOrder, $a: String) {
        towns(first: 1, orderBy: $o, after: $a) { pageInfo { endCursor } } }"""
    cursor = (await service.data(asked, o="NAME_ASC"))["towns"]["pageInfo"]["endCursor"]
    assert [e[:2] for e in await service.errors(asked, o="NAME_DESC", a=cursor)] == [
        ("BAD_USER_INPUT", "after")
    ]


@pytest.mark.parametrize("key", ["x", "2024", ["a"], {"a": 1}])
async def test_a_cursor_that_no_list_gives_is_refused(service, key):
    asked = "query($a: String) { towns(first: 1, orderBy: BATCH_ASC, after: $a) { pageInfo { endCursor } } }"
    format, mark, _, tie = json.loads(
        base64.urlsafe_b64decode((await service.data(asked))["towns"]["pageInfo"]["endCursor"])
    )
    cursor = base64.urlsafe_b64encode(json.dumps([format, mark, key, tie]).encode()).decode()
    (error,) = await service.errors(asked, a=cursor)
    assert error == ("BAD_USER_INPUT", "after", "after：不是本服务给出的游标")


async def test_every_answer_says_its_versions(service):
    result = await service.answer('{ search(text: "法兰", first: 1) { id } }')
    snapshot = service.keeper.current
    told = {"store": snapshot.version, "snapshot": snapshot.id, "writes": snapshot.writes}
    assert result.extensions["versions"] == told
