"""Questions over the snapshot, asked through GraphQL, against the tables themselves."""

import csv
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pytest

TABLES = Path(__file__).parents[3] / "loaders" / "shanxi" / "tables"
YEAR = 2024


def rows(kind):
    with (TABLES / f"{kind}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def there(row, year=YEAR):
    since, until = row.get("since"), row.get("until")
    return (not since or int(since) <= year) and (not until or int(until) > year)


@pytest.fixture(scope="module")
def alive():
    return {
        o["id"]
        for o in rows("Organisation")
        if (not o["foundedOn"] or o["foundedOn"] <= f"{YEAR}-12-31")
        and (not o["closedOn"] or o["closedOn"] > f"{YEAR}-12-31")
    }


@pytest.fixture(scope="module")
def supply(alive):
    graph = nx.DiGraph()
    for r in rows("SUPPLIES"):
        if there(r) and (not r["year"] or int(r["year"]) <= YEAR) and {r["from"], r["to"]} <= alive:
            graph.add_edge(r["from"], r["to"])
    return graph


@pytest.mark.parametrize("depth", [1, 3])
@pytest.mark.parametrize(("field", "reverse"), [("upstream", True), ("downstream", False)])
async def test_a_walk_reaches_what_networkx_reaches(service, supply, field, reverse, depth):
    data = await service.data(
        f"""{{ organisation(id: "org:tianbao-group") {{
            {field}(depth: {depth}, maxNodes: 5000, asOf: {YEAR}) {{ asOf
            nodes {{ tier further organisation {{ id name }} }} links {{ seller {{ id }} buyer {{ id }} }}
            cut {{ nodes frontier unmeasured whole }} }} }} }}"""
    )
    found = data["organisation"][field]
    graph = supply.reverse() if reverse else supply
    wanted = nx.single_source_shortest_path_length(graph, "org:tianbao-group", cutoff=depth)
    assert {n["organisation"]["id"]: n["tier"] for n in found["nodes"]} == wanted
    assert len(wanted) > 10
    further = {id: len(set(graph[id]) - set(wanted)) for id in wanted}
    assert {n["organisation"]["id"]: n["further"] for n in found["nodes"]} == further
    assert any(further.values()) == (field == "upstream" and depth == 1)
    assert found["cut"]["nodes"] == 0
    links = {(k["seller"]["id"], k["buyer"]["id"]) for k in found["links"]}
    assert links
    assert links <= set(supply.edges)
    assert not service.statements


async def test_a_cut_walk_says_how_many_it_left_out(service):
    asked = """query($limit: Int!) { organisation(id: "org:tianbao-group") {
        upstream(depth: 3, maxNodes: $limit) { nodes { tier } cut { nodes whole } } } }"""
    whole = (await service.data(asked, limit=5000))["organisation"]["upstream"]
    cut = (await service.data(asked, limit=5))["organisation"]["upstream"]
    assert len(cut["nodes"]) == 5
    assert cut["cut"]["nodes"] > 0
    assert not cut["cut"]["whole"]
    assert len(whole["nodes"]) > 5


async def test_paths_follow_real_links(service, supply):
    data = await service.data(
        f"""{{ organisation(id: "org:tianbao-group") {{ upstream(depth: 2, maxNodes: 500, asOf: {YEAR}) {{
            paths(first: 5) {{ more paths {{ share nodes {{ id }} }} }} }} }} }}"""
    )
    paths = data["organisation"]["upstream"]["paths"]["paths"]
    assert len(paths) == 5
    for path in paths:
        ids = [n["id"] for n in path["nodes"]]
        assert ids[0] == "org:tianbao-group"
        assert all(supply.has_edge(b, a) for a, b in pairwise(ids))


@pytest.mark.parametrize(
    ("arguments", "argument"),
    [
        ("depth: 11", "depth"),
        ("depth: 0", "depth"),
        ("maxNodes: 5001", "maxNodes"),
        ("minShare: 2", "minShare"),
    ],
)
async def test_a_walk_out_of_bounds_is_refused(service, arguments, argument):
    found = await service.errors(
        f'{{ organisation(id: "org:tianbao-group") {{ upstream({arguments}) {{ asOf }} }} }}'
    )
    assert [e[:2] for e in found] == [("BAD_USER_INPUT", argument)]


async def test_steel_is_made_outside_dingxiang_only(service):
    data = await service.data(
        """{ town(id: "town:dingxiang-flange") { chainMap { chains { id } steps { stage required
            product { id } makers { proximity count makers { id } } } inputs { essential
            product { id } usedIn { id } } } } }"""
    )
    steps = {s["product"]["id"]: s for s in data["town"]["chainMap"]["steps"]}
    assert set(steps) == {r["from"] for r in rows("STEP_OF") if r["to"] == "chain:dingxiang-flange"}
    steel = {m["proximity"]: m["count"] for m in steps["product:steel"]["makers"]}
    assert sum(steel.values()) > 0
    assert steel.get("TOWN", 0) == 0
    assert steel.get("COUNTY", 0) == 0
    flange = {m["proximity"]: m["count"] for m in steps["product:flange"]["makers"]}
    assert flange["TOWN"] > 0
    inputs = {(i["product"]["id"], i["usedIn"]["id"]) for i in data["town"]["chainMap"]["inputs"]}
    inside = {(r["from"], r["to"]) for r in rows("INPUT_OF") if {r["from"], r["to"]} <= set(steps)}
    assert inputs == inside


async def test_counts_by_form_are_the_tables(service, alive):
    data = await service.data(f"{{ organisationCounts(by: FORM, asOf: {YEAR}) {{ key count }} }}")
    wanted = defaultdict(int)
    for row in rows("Organisation"):
        if row["id"] in alive:
            wanted[row["form"]] += 1
    assert {g["key"]: g["count"] for g in data["organisationCounts"]} == wanted


async def test_sums_by_town_say_what_they_leave_out(service, alive):
    data = await service.data(
        f"{{ organisationCounts(by: TOWN, metric: REVENUE, asOf: {YEAR}) "
        "{ key name count total known unknownCount } }"
    )
    groups = {g["key"]: g for g in data["organisationCounts"]}
    members = {
        r["from"]
        for r in rows("MEMBER_OF")
        if r["to"] == "town:dingxiang-flange" and there(r) and r["from"] in alive
    }
    newest = {}
    for c in rows("Claim"):
        plain = c["metric"] == "REVENUE" and (c.get("scope") or "WHOLE") == "WHOLE" and not c.get("product")
        if plain and c["subject"] in members and c["year"] and int(c["year"]) <= YEAR:
            factor = {"YUAN": 1, "元": 1, "万元": 1e4, "亿元": 1e8}[c["unit"]]
            newest[c["subject"]] = max(
                newest.get(c["subject"], (0, 0)), (int(c["year"]), float(c["value"]) * factor)
            )
    town = groups["town:dingxiang-flange"]
    assert (town["count"], town["known"]) == (len(members), len(newest))
    assert town["unknownCount"] == len(members) - len(newest)
    assert town["total"] == pytest.approx(sum(value for _, value in newest.values()))


async def test_the_snapshot_tells_itself(service):
    data = await service.data("{ snapshot { id version newestYear takenAt } }")
    assert data["snapshot"]["id"] == service.keeper.current.id
    assert data["snapshot"]["newestYear"] == 2025
