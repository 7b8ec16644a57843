"""The demo without what is invented: it shows exactly what sources say; and with it, every answer says so."""

import csv

import pytest

from graph.kinds import NODES, RELATIONS
from graph.kinds.columns import columns
from graph.kinds.metrics import SPELLINGS
from graph.snapshot.invented import without_invented
from graph.snapshot.table import references
from queries.lists.gap_list import gap_list
from queries.lists.promotion import promotion
from tests.schema.conftest import TABLES

DINGXIANG, HEAVY = "town:dingxiang-flange", "org:tianbao-group"
INVENTED_TOWN = "虚构样例，只看真实数据"


def rows(label):
    path = TABLES / f"{label}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def real_rows():
    """Brute force over the files: a row is real unless it is marked, or names something that is not."""
    kinds = {kind.label: kind for kind in (*NODES, *RELATIONS)}
    tables = {label: rows(label) for label in kinds}
    made_up = {
        row["id"]
        for kind in NODES
        for row in tables[kind.label]
        if row.get("synthetic") == "true" and "id" in row
    }
    naming = {label: [c.name for c in columns(kind) if references(c, kind)] for label, kind in kinds.items()}
    return {
        label: [
            row
            for row in table
            if row.get("synthetic") != "true" and not any(row.get(name) in made_up for name in naming[label])
        ]
        for label, table in tables.items()
    }


REAL = real_rows()


async def test_it_holds_exactly_the_real_rows_of_the_tables(service):
    shown = without_invented(service.keeper.whole)
    for label, table in REAL.items():
        held = {**shown.nodes, **shown.relations}[label]
        assert len(held) == len(table), label
        if label in shown.nodes and label not in {"Claim", "Ruling"}:
            assert set(held["id"].tolist()) == {row["id"] for row in table}
    assert [len(REAL[label]) for label in ("SUPPLIES", "NEEDS", "Claim")] == [0, 0, 63]


async def test_every_real_claim_and_nothing_else_is_shown(service):
    query = """query($id: ID!) { claims(subject: $id, first: 100, realOnly: true) { nodes {
      value metric source { id } } } }"""
    subjects = {row["subject"] for row in REAL["Claim"]}
    for subject in sorted(subjects):
        shown = (await service.data(query, id=subject))["claims"]["nodes"]
        found = sorted((one["metric"], one["value"], one["source"]["id"]) for one in shown)
        stated = [row for row in REAL["Claim"] if row["subject"] == subject]
        wanted = sorted(
            (row["metric"], float(row["value"]) * SPELLINGS[row["unit"]][1], row["source"]) for row in stated
        )
        assert [one[0::2] for one in found] == [one[0::2] for one in wanted]
        assert [one[1] for one in found] == pytest.approx([one[1] for one in wanted])


async def test_one_door_leads_to_all_that_is_below(service):
    query = """query($id: ID!) { town(id: $id, realOnly: true) { synthetic
      members(first: 100) { totalCount nodes { synthetic } }
      localSourcing { unknownReason method { realOnly query provenance { rows invented inWords } } } } }"""
    town = (await service.data(query, id=DINGXIANG))["town"]
    assert town["members"]["totalCount"] == sum(row["to"] == DINGXIANG for row in REAL["MEMBER_OF"])
    method = town["localSourcing"]["method"]
    assert (method["realOnly"], method["provenance"]["rows"]) == (True, 0)
    assert "没有真实" in method["provenance"]["inWords"]
    assert town["localSourcing"]["unknownReason"]
    again = await service.data(method["query"])
    assert again["town"]["localSourcing"]["unknownReason"] == town["localSourcing"]["unknownReason"]
    nested = f'{{ town(id: "{DINGXIANG}") {{ localSourcing(realOnly: true) {{ method {{ realOnly }} }} }} }}'
    assert (await service.data(nested))["town"]["localSourcing"]["method"]["realOnly"]


async def test_where_nothing_real_is_left_it_is_said_in_words(service):
    invented = next(row["id"] for row in rows("Town") if row["synthetic"] == "true")
    for query in (
        f'{{ town(id: "{invented}", realOnly: true) {{ id }} }}',
        f'{{ town(id: "{invented}") {{ localSourcing(realOnly: true) {{ unknownReason }} }} }}',
    ):
        ((code, _, message),) = await service.errors(query)
        assert (code, INVENTED_TOWN in message) == ("NOT_FOUND", True)
    ((_, _, message),) = await service.errors("{ supplies(first: 1, realOnly: true) { totalCount } }")
    assert "没有真实的供应" in message


async def test_invented_towns_come_last_in_any_order_and_stay(service):
    for order in ("NAME_ASC", "NAME_DESC", "ID_ASC", "ID_DESC"):
        query = f"{{ towns(first: 100, orderBy: {order}) {{ nodes {{ id synthetic }} }} }}"
        nodes = (await service.data(query))["towns"]["nodes"]
        marks = [node["synthetic"] for node in nodes]
        assert marks == sorted(marks)
        assert {node["id"] for node in nodes} == {row["id"] for row in rows("Town")}
        page, seen = None, []
        while page is None or page["pageInfo"]["hasNextPage"]:
            after = f', after: "{page["pageInfo"]["endCursor"]}"' if page else ""
            asked = f"towns(first: 3, orderBy: {order}{after})"
            page = (
                await service.data(f"{{ {asked} {{ nodes {{ id }} pageInfo {{ hasNextPage endCursor }} }} }}")
            )["towns"]
            seen += [node["id"] for node in page["nodes"]]
        assert seen == [node["id"] for node in nodes]


async def test_answers_about_a_real_firm_say_that_they_rest_on_invented_flows(service):
    said = "method { provenance { rows invented inWords sources(first: 3) { synthetic } } }"
    query = f"""query($id: ID!) {{ organisation(id: $id) {{ synthetic
      extraction {{ total {said} }} upstream {{ {said} }} position {{ {said} }} }} }}"""
    found = (await service.data(query, id=HEAVY))["organisation"]
    assert found.pop("synthetic") is False
    assert found["extraction"]["total"] > 0
    for name, answer in found.items():
        rests = answer["method"]["provenance"]
        assert 0 < rests["invented"] <= rests["rows"], name
        assert "虚构样例" in rests["inWords"], name


async def test_a_row_of_a_list_is_marked_by_all_that_stands_behind_it(service):
    snapshot = service.keeper.whole
    found = promotion(snapshot, DINGXIANG, as_of=2024)
    firms = {row["id"]: row for row in rows("Organisation")}
    by_name = {row["name"]: row for row in firms.values()}
    traded = {end for row in rows("SUPPLIES") for end in (row["from"], row["to"])}  # all of them are invented
    real_traders = [
        row
        for row in found.rows
        if row.organisation in by_name
        and by_name[row.organisation]["synthetic"] != "true"
        and by_name[row.organisation]["id"] in traded
    ]
    assert all(row.synthetic == "是" for row in real_traders if "镇内" in (row.reasons or ""))
    told = [row for row in found.rows if row.reasons and "已购自镇内" in row.reasons]
    assert told
    assert all(row.synthetic == "是" for row in told)
    listed = gap_list(snapshot, DINGXIANG, as_of=2024)
    assert all(row.synthetic == "是" for row in listed.rows if row.bought), "all purchases are invented"
    real = without_invented(snapshot)
    assert not [row for row in promotion(real, DINGXIANG, as_of=2024).rows if row.synthetic]


async def test_a_check_up_that_passes_only_by_the_invented_says_so(service):
    query = """{ checkups(standard: "standard:shanxi-recognition:2022", first: 100 REAL) {
      rows { town { id } outcome byInvented inWords } } }"""
    whole, real = [
        {row["town"]["id"]: row for row in (await service.data(text))["checkups"]["rows"]}
        for text in (query.replace("REAL", ""), query.replace("REAL", ", realOnly: true"))
    ]
    passing = {id for id, row in whole.items() if row["outcome"] == "PASS"}
    assert passing
    for id, row in whole.items():
        only = id in passing and (id not in real or real[id]["outcome"] != "PASS")
        assert (row["byInvented"] is not None) == only
        assert ("按虚构样例" in row["inWords"]) == only
