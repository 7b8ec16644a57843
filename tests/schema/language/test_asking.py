"""What is asked by a wrong id, without a size, or by more than columns; held against the demo's tables."""

import csv
import threading
from pathlib import Path

import pytest

from graph.snapshot import nearest

TABLES = Path(__file__).parents[3] / "loaders" / "shanxi" / "tables"
YEAR = 2024
TOWN = "town:dingxiang-flange"
WHERE = """query($where: OrganisationFilter, $year: Int) {
    organisations(first: 100, asOf: $year, where: $where, orderBy: ID_ASC) { totalCount nodes { id } } }"""


def rows(name):
    with (TABLES / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def holds(row, year):
    """Whether a relation holds at the end of a year: one until that year has ended by then."""
    since, until = row.get("since") or "", row.get("until") or ""
    return (not since or int(since[:4]) <= year) and (not until or int(until[:4]) > year)


@pytest.fixture(scope="module")
def living():
    """Organisations of the demo that exist in the year."""
    ended = {
        row["id"] for row in rows("Organisation") if row["closedOn"] and row["closedOn"] <= f"{YEAR}-12-31"
    }
    begun = {r["id"] for r in rows("Organisation") if not r["foundedOn"] or r["foundedOn"] <= f"{YEAR}-12-31"}
    return begun - ended


async def found(service, where):
    page = (await service.data(WHERE, where=where, year=YEAR))["organisations"]
    ids = [node["id"] for node in page["nodes"]]
    assert page["totalCount"] == len(ids) or len(ids) == 100
    return ids, page["totalCount"]


@pytest.mark.parametrize(
    ("query", "argument", "message"),
    [
        (
            '{ organisations(where: {town: {eq: "town:dingxiang-flnage"}}) { totalCount } }',
            "where.town.eq",
            "where.town.eq：图中没有“town:dingxiang-flnage”；是否应为 town:dingxiang-flange（定襄法兰）？",
        ),
        (
            '{ organisations(where: {not: {makes: {in: ["product:flange", "product:flangee"]}}}) { asOf } }',
            "where.not.makes.in",
            "where.not.makes.in：图中没有“product:flangee”；是否应为 product:flange（",
        ),
        (
            '{ town(id: "town:qingxu-vinegar") { members(where: {id: {eq: "org:nobody"}}) { asOf } } }',
            "where.id.eq",
            "where.id.eq：图中没有“org:nobody”",
        ),
    ],
)
async def test_a_filter_by_an_id_that_nobody_has_is_refused(service, query, argument, message):
    ((code, where, said),) = await service.errors(query)
    assert (code, where) == ("NOT_FOUND", argument)
    assert said.startswith(message)


async def test_a_filter_by_an_id_of_another_kind_is_refused(service):
    ((code, argument, message),) = await service.errors(
        '{ organisations(where: {makes: {eq: "town:dingxiang-flange"}}) { totalCount } }'
    )
    assert (code, argument) == ("BAD_USER_INPUT", "where.makes.eq")
    assert message == "where.makes.eq：town:dingxiang-flange 是专业镇，此处应为产品或产业链环节"


async def test_an_unknown_root_is_null_and_what_may_be_meant_is_hinted(service):
    asked = """{ a: town(id: "town:dingxiang-flang") { id } b: node(id: "town:定襄法兰") { id }
        c: organisation(uscc: "91140900600037341A") { id } }"""
    for _ in range(2):  # the second time by its plan alone
        result = await service.answer(asked)
        assert result.errors is None
        assert result.data == {"a": None, "b": None, "c": None}
        hints = result.extensions["hints"]
        assert [(hint["argument"], hint["value"]) for hint in hints] == [
            ("id", "town:dingxiang-flang"),
            ("id", "town:定襄法兰"),
            ("uscc", "91140900600037341A"),
        ]
        for hint in hints[:2]:
            assert hint["message"].endswith("是否应为 town:dingxiang-flange（定襄法兰）？")
        assert "校验位（第 18 位）为 A，应为" in hints[2]["message"]


async def test_what_is_there_has_no_hints(service):
    assert "hints" not in (await service.answer('{ town(id: "town:dingxiang-flange") { id } }')).extensions


async def test_a_page_without_a_size_has_twenty_rows_and_says_so(service):
    page = (await service.data("{ organisations { nodes { id } pageInfo { pageSize hasNextPage } } }"))[
        "organisations"
    ]
    assert len(page["nodes"]) == page["pageInfo"]["pageSize"] == 20
    assert page["pageInfo"]["hasNextPage"]
    page = (await service.data("{ organisations(last: 7) { pageInfo { pageSize } nodes { id } } }"))[
        "organisations"
    ]
    assert len(page["nodes"]) == page["pageInfo"]["pageSize"] == 7


async def test_who_leads_a_town(service, living):
    leaders = {r["from"] for r in rows("LEADS") if r["to"] == TOWN and holds(r, YEAR)} & living
    assert leaders
    assert (await found(service, {"leads": {"eq": TOWN}}))[0] == sorted(leaders)


async def test_who_supplies_the_leaders_of_a_town(service, living):
    leaders = {r["from"] for r in rows("LEADS") if r["to"] == TOWN and holds(r, YEAR)}
    flows = [r for r in rows("SUPPLIES") if (not r["year"] or int(r["year"]) <= YEAR) and holds(r, YEAR)]
    both = [r for r in flows if {r["from"], r["to"]} <= living]
    sellers = sorted({r["from"] for r in both if r["to"] in leaders})
    assert sellers
    ids, count = await found(service, {"suppliesLeaderOf": {"eq": TOWN}})
    assert (ids, count) == (sellers[:100], len(sellers))
    one = sellers[0]
    buyers = sorted({r["to"] for r in both if r["from"] == one})
    assert (await found(service, {"buysFrom": {"eq": one}}))[0] == buyers
    assert one in (await found(service, {"supplies": {"in": buyers}}))[0]


async def test_who_holds_a_title_or_received_a_benefit(service, living):
    for label, name in (("HOLDS", "holds"), ("RECEIVED", "received")):
        held = [r for r in rows(label) if r["from"] in living]
        if label == "HOLDS":
            held = [
                r
                for r in held
                if (not r["validFrom"] or r["validFrom"] <= f"{YEAR}-12-31")
                and (not r["validTo"] or r["validTo"] >= f"{YEAR}-12-31")
            ]
        else:
            held = [r for r in held if not r["year"] or int(r["year"]) <= YEAR]
        target = min(r["to"] for r in held)
        wanted = sorted({r["from"] for r in held if r["to"] == target})
        ids, count = await found(service, {name: {"eq": target}})
        assert (ids, count) == (wanted[:100], len(wanted))


async def test_a_figure_can_be_filtered_by_its_bounds(service):
    asked = """{ organisations(first: 100, asOf: 2024, where: {town: {eq: "town:dingxiang-flange"}
        figure: {metric: REVENUE, gte: 1e8}}) { totalCount nodes { figure(metric: REVENUE) { value } } } }"""
    rich = (await service.data(asked))["organisations"]
    assert rich["nodes"]
    assert all(node["figure"]["value"] >= 1e8 for node in rich["nodes"])
    every = (
        """query($where: OrganisationFilter) { organisations(asOf: 2024, where: $where) { totalCount } }"""
    )
    town = {"town": {"eq": TOWN}}

    async def count(**more):
        return (await service.data(every, where={**town, **more}))["organisations"]["totalCount"]

    known = await count(figure={"metric": "REVENUE"})
    low = await count(figure={"metric": "REVENUE", "lte": 99_999_999.5})
    assert rich["totalCount"] + low == known
    # A figure that nobody knows is neither within the bounds nor outside of them.
    assert await count(**{"not": {"figure": {"metric": "REVENUE", "gte": 1e8}}}) == low
    assert known <= await count()


async def test_bounds_that_exclude_everything_are_refused(service):
    ((code, argument, _),) = await service.errors(
        "{ organisations(where: {figure: {metric: REVENUE, gte: 2, lte: 1}}) { totalCount } }"
    )
    assert (code, argument) == ("BAD_USER_INPUT", "where.figure")


async def test_flows_can_be_asked_for_by_the_place_of_either_end(service):
    asked = """query($where: SupplyFilter) { supplies(first: 100, where: $where) {
        totalCount nodes { from { id } to { id } } } }"""
    members = {r["from"] for r in rows("MEMBER_OF") if r["to"] == TOWN and holds(r, YEAR)}
    page = (await service.data(asked, where={"fromTown": {"eq": TOWN}}))["supplies"]
    wanted = [r for r in rows("SUPPLIES") if r["from"] in members]
    assert page["totalCount"] == len(wanted)
    assert {flow["from"]["id"] for flow in page["nodes"]} <= members
    inside = (await service.data(asked, where={"fromTown": {"eq": TOWN}, "toTown": {"eq": TOWN}}))["supplies"]
    assert inside["totalCount"] == sum(r["to"] in members for r in wanted)


async def test_organisations_are_counted_under_a_condition(service, living):
    asked = """query($where: OrganisationFilter) {
        organisationCounts(by: FORM, where: $where, asOf: 2024) { key count } }"""
    counts = (await service.data(asked, where={"town": {"eq": TOWN}}))["organisationCounts"]
    members = {r["from"] for r in rows("MEMBER_OF") if r["to"] == TOWN and holds(r, YEAR)} & living
    forms = [r["form"] for r in rows("Organisation") if r["id"] in members]
    assert {c["key"]: c["count"] for c in counts} == {form: forms.count(form) for form in set(forms)}


ASKED_BACK = "是否应为 town:dingxiang-flange（定襄法兰）？"
WRONG = "town:dingxiang-flnage"


@pytest.mark.parametrize(
    "query",
    [
        f'{{ organisations(where: {{town: {{eq: "{WRONG}"}}}}) {{ totalCount }} }}',
        f'{{ town(id: "{TOWN}") {{ members(where: {{leads: {{eq: "{WRONG}"}}}}) {{ totalCount }} }} }}',
        f'{{ claims(subject: "{WRONG}") {{ totalCount }} }}',
        f'{{ supplies(where: {{fromTown: {{eq: "{WRONG}"}}}}) {{ totalCount }} }}',
        f'{{ organisationCounts(by: FORM, where: {{town: {{eq: "{WRONG}"}}}}) {{ count }} }}',
        f'{{ similarityMatrix(towns: ["{WRONG}"]) {{ output }} }}',
        f'{{ sameAs(name: "甲", town: "{WRONG}") {{ count }} }}',
        f'{{ concentration(within: "{WRONG}") {{ method {{ caveat }} }} }}',
        f'{{ history(subject: "{WRONG}", metric: REVENUE) {{ method {{ caveat }} }} }}',
        f'{{ town(id: "{WRONG}") {{ id }} }}',
    ],
)
async def test_what_may_be_meant_is_never_looked_for_on_the_event_loop(service, monkeypatch, query):
    threads, looking = [], nearest.nearest

    def recorded(*given):
        threads.append(threading.get_ident())
        return looking(*given)

    monkeypatch.setattr(nearest, "nearest", recorded)
    for _ in range(2):  # the second time by its plan, where it has one
        result = await service.answer(query)
        told = [e.message for e in result.errors or ()]
        told += [hint["message"] for hint in result.extensions.get("hints", ())]
        assert len(told) == 1
        assert told[0].endswith(ASKED_BACK)
    assert threads
    assert threading.get_ident() not in threads


async def test_of_many_wrong_ids_the_first_are_looked_for_and_the_others_are_said(service):
    lists = " ".join(
        f'a{n}: organisations(where: {{town: {{eq: "town:dingxiang-flang{n}"}}}}) {{ asOf }}'
        for n in range(7)
    )
    messages = [message for _, _, message in await service.errors(f"{{ {lists} }}")]
    assert [message.endswith(ASKED_BACK) for message in messages] == [True] * 5 + [False] * 2
    assert messages[6].endswith("图中没有“town:dingxiang-flang6”；一次请求只为前 5 个找相近者")
    lists = " ".join(f'a{n}: town(id: "town:dingxiang-flang{n}") {{ id }}' for n in range(7))
    told = (await service.answer(f"{{ {lists} }}")).extensions
    assert [len(told["hints"]), told["hintsLeftOut"]] == [5, 2]
