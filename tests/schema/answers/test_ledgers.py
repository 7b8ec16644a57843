"""S4, S7, S8 on the demo: what a body has to do, what is overdue on a day, a town's year; counted by hand."""

ITEM = "item { id } ledger stage closed dueOn overdueDays closedOn"


def told(rows):
    return [(r["item"]["id"], r["dueOn"], r["overdueDays"]) for r in rows]


async def test_a_body_sees_all_that_it_has_to_do_by_due_date(service):
    asked = """{ organisation(id: "org:agency-140900") { responsibility(on: "2025-07-31") {
      body { id } count overdue counts { ledger count open overdue undated unknown } note
      rows { %s responsible { id } }
      method { formula provenance { rows invented inWords } } } } }"""
    found = (await service.data(asked % ITEM))["organisation"]["responsibility"]
    # Left out: a task of the plan of 2026. Not counted: a project without any date, planned today.
    assert (found["count"], found["overdue"]) == (3, 1)
    assert told(found["rows"]) == [
        ("task:sample-2025-dingxiang-land", "2025-06-30", 31),
        ("problem:sample-flange-talent", "2025-12-31", None),
        ("task:sample-2025-dingxiang-down", "2025-12-31", None),
    ]
    assert found["counts"] == [
        {"ledger": "PROBLEM", "count": 1, "open": 1, "overdue": 0, "undated": 0, "unknown": 0},
        {"ledger": "TASK", "count": 2, "open": 2, "overdue": 1, "undated": 0, "unknown": 0},
        {"ledger": "PROJECT", "count": 1, "open": 0, "overdue": 0, "undated": 0, "unknown": 1},
    ]
    assert found["note"] == (
        "有 1 项当日是否已了结不详（没有当日以前的变更记录，也没有相应日期）：不计入未了结、已了结与逾期"
    )
    assert {r["id"] for r in found["rows"][0]["responsible"]} == {"org:agency-140900", "org:agency-140921"}
    assert found["method"]["provenance"]["rows"] == 4 + 8, "to the town once each, from two bodies each"
    assert found["method"]["provenance"]["invented"] == 12


async def test_overdue_is_as_of_the_day_that_is_asked(service):
    asked = '{ overdue(on: "%s", town: "%s") { count rows { ' + ITEM + " } } }"
    dingxiang = "town:dingxiang-flange"
    assert (await service.data(asked % ("2025-01-15", dingxiang)))["overdue"]["rows"] == []
    found = (await service.data(asked % ("2025-07-31", dingxiang)))["overdue"]
    assert told(found["rows"]) == [
        ("problem:sample-steel-outside", "2025-03-31", 122),
        ("task:sample-2025-dingxiang-land", "2025-06-30", 31),
        ("lead:sample-wind-tower", "2025-06-30", 31),
    ]
    herbs = "town:shangdang-herbs"
    (late,) = (await service.data(asked % ("2024-07-15", herbs)))["overdue"]["rows"]
    # Solved a month later: open then, whether raised or already assigned nobody recorded.
    assert (late["item"]["id"], late["overdueDays"], late["stage"], late["closed"]) == (
        "problem:sample-herb-price",
        15,
        None,
        False,
    )
    for day in ("2024-06-30", "2024-08-15"):
        assert not (await service.data(asked % (day, herbs)))["overdue"]["rows"], "still in time; solved"


async def test_a_year_is_its_last_day_and_none_to_come(service):
    asked = '{ overdue(%s, town: "town:dingxiang-flange") { on count rows { ' + ITEM + " } } }"
    year, day = [(await service.data(asked % on))["overdue"] for on in ("asOf: 2025", 'on: "2025-12-31"')]
    assert year == day
    assert (await service.data(asked % "asOf: 2022"))["overdue"]["count"] == 0  # nothing had been recorded
    now = (await service.data(asked % "asOf: 2090"))["overdue"]
    assert now == (await service.data(asked % "first: 20"))["overdue"]
    (error,) = (await service.answer(asked % "asOf: 1900")).errors
    assert "asOf：1900 应不早于 1949" in error.message


async def test_what_is_finished_today_is_not_finished_on_an_earlier_day_unless_something_says_so(service):
    """Task.csv of 定襄: plans of 2024 to 2026; no record, and only problems say when they ended."""
    asked = """{ ledgerItems(town: "town:dingxiang-flange", asOf: %d) { count note
      counts { ledger count open overdue unknown } rows { item { id } stage stageWords closed } } }"""
    assert (await service.data(asked % 2022))["ledgerItems"]["counts"] == [
        {"ledger": "PROJECT", "count": 2, "open": 0, "overdue": 0, "unknown": 2}
    ]
    found = (await service.data(asked % 2025))["ledgerItems"]
    stages = {r["item"]["id"]: (r["stage"], r["stageWords"], r["closed"]) for r in found["rows"]}
    assert stages["task:sample-2025-dingxiang-fair"] == (None, "不详", None)
    assert stages["task:sample-2025-dingxiang-down"][2] is False
    assert stages["problem:sample-flange-testing"] == ("RESOLVED", "已解决", True)
    assert not [id for id in stages if id.startswith("task:sample-2026")]


async def test_items_are_chosen_by_ledger_town_stage_body_and_date(service):
    asked = "{ ledgerItems(%s) { count counts { ledger count } rows { " + ITEM + " town { id } } } }"
    common = 'ledger: PROBLEM, on: "2025-07-31"'
    found = (await service.data(asked % f'{common}, body: "org:agency-140921"'))["ledgerItems"]
    assert told(found["rows"]) == [
        ("problem:sample-steel-outside", "2025-03-31", 122),
        ("problem:sample-flange-talent", "2025-12-31", None),
        ("problem:sample-land-permit", "2023-12-31", None),
        ("problem:sample-flange-testing", "2024-10-31", None),
    ]
    assert [r["closedOn"] for r in found["rows"]] == [None, None, "2023-11-20", "2024-10-18"]
    for more, ids in (
        ('stage: "OPEN", dueTo: "2025-09-30"', ["problem:sample-steel-outside", "problem:sample-loan"]),
        ('closed: true, town: "town:taigu-malleable-iron"', ["problem:sample-sand-transport"]),
        ('overdue: true, dueFrom: "2025-01-01"', ["problem:sample-steel-outside"]),
    ):
        rows = (await service.data(asked % f"{common}, {more}"))["ledgerItems"]["rows"]
        assert [r["item"]["id"] for r in rows] == ids, more
    for wrong, code, argument in (
        ('stage: "SOLVED"', "BAD_USER_INPUT", "stage"),
        ('town: "town:dingxiang-flang"', "NOT_FOUND", None),
        ('body: "town:dingxiang-flange"', "BAD_USER_INPUT", None),
        ("first: 501", "BAD_USER_INPUT", "first"),
        ("offset: -1", "BAD_USER_INPUT", "offset"),
    ):
        (error,) = await service.errors(asked % f"ledger: PROBLEM, {wrong}")
        assert error[0] == code, error
        assert argument is None or error[1] == argument
    (error,) = await service.errors(asked % 'on: "2999-01-01"')
    assert error[:2] == ("BAD_USER_INPUT", "on")


async def test_a_year_is_laid_out_by_quarters(service):
    asked = """{ town(id: "town:dingxiang-flange") { plan(year: 2025, on: "2025-08-01") {
      count done doneLate open overdue cancelled unknown inWords beyond { item { id } }
      quarters { quarter count done open overdue unknown rows { item { id } } } } } }"""
    found = (await service.data(asked))["town"]["plan"]
    ids = [[r["item"]["id"] for r in quarter["rows"]] for quarter in found["quarters"]]
    names = [[id.removeprefix("task:sample-2025-dingxiang-") for id in some] for some in ids]
    assert names == [["testing"], ["land", "standard"], ["fair"], ["down"]]
    # Three are done today, none says since when: on that day they may have been open.
    assert [(q["done"], q["open"], q["overdue"], q["unknown"]) for q in found["quarters"]] == [
        (0, 0, 0, 1),
        (0, 0, 1, 1),
        (0, 0, 0, 1),
        (0, 1, 0, 0),
    ]
    said = "2025 年任务 5 项，截至 2025-08-01：完成 0 项，在办 1 项，逾期 1 项，是否已完成不详 3 项"
    assert found["inWords"] == said
    assert (found["count"], found["done"], found["open"], found["overdue"]) == (5, 0, 1, 1)
    today = asked.replace(', on: "2025-08-01"', "")
    found = (await service.data(today))["town"]["plan"]
    assert (found["count"], found["done"], found["unknown"]) == (5, 3, 0)
    later = asked.replace("2025, on", "2026, on")
    said = "2026 年的行动计划晚于所问之日（2025-08-01），不列"
    assert (await service.data(later))["town"]["plan"]["inWords"] == said
    empty = asked.replace("2025, on", "1999, on")
    assert (await service.data(empty))["town"]["plan"]["inWords"] == "1999 年没有登记的任务"


async def test_only_real_items_are_shown_where_that_is_asked(service):
    asked = "{ ledgerItems(realOnly: true) { count rows { item { id } } } }"
    assert (await service.data(asked))["ledgerItems"] == {"count": 0, "rows": []}


async def test_s7_problems_are_of_the_trade_or_of_one_firm_and_those_of_this_year_are_listed(service):
    """Problem.csv: 13 rows, 3 of one firm each (CONCERNS says which); three were raised in 2026."""
    asked = """{ problems(first: 100, where: {extent: {eq: %s}}%s) { totalCount
        nodes { id organisations { nodes { id } } } } }"""
    found = (await service.data(asked % ("INDIVIDUAL", "")))["problems"]
    assert {one["id"]: [firm["id"] for firm in one["organisations"]["nodes"]] for one in found["nodes"]} == {
        "problem:sample-land-permit": ["org:sample-dingxiang-flange-flange-03"],
        "problem:sample-loan": ["org:sample-zezhou-casting-casting-02"],
        "problem:sample-pump-grid": ["org:sample-yanhu-pump-testing-01"],
    }
    assert (await service.data(asked % ("COMMON", "")))["problems"]["totalCount"] == 10
    # What was raised in 2026 was no problem yet at the end of 2025: one of a firm, two of the trade.
    for extent, count in (("INDIVIDUAL", 2), ("COMMON", 8)):
        assert (await service.data(asked % (extent, ", asOf: 2025")))["problems"]["totalCount"] == count
    data = await service.data(
        '{ town(id: "town:yanhu-pump") { problems(first: 9, orderBy: RAISED_ON_ASC) { nodes { id } } } }'
    )
    assert [one["id"] for one in data["town"]["problems"]["nodes"]] == [
        "problem:sample-seal-single",
        "problem:sample-pump-grid",
    ]


async def test_s8_projects_leads_and_whom_to_invite(service):
    """Project.csv, Lead.csv and OF_TOWN: two of each in 定襄; MAKES: three plants make petrochemical sets.

    No member makes them, and all three buy flanges of members (SUPPLIES): hence both kinds of evidence.
    """
    listed = 'ledgerItems(ledger: %s, town: "town:dingxiang-flange", on: "2025-07-31") { rows { %s } }'
    data = await service.data(
        "{ a: %s b: %s }" % (listed % ("PROJECT", ITEM), listed % ("LEAD", ITEM))  # noqa: UP031 - braces
    )
    assert [(r["item"]["id"], r["stage"]) for r in data["a"]["rows"]] == [
        ("project:sample-wind-flange-line", "STARTED"),
        ("project:sample-forging-park", None),  # planned today: since when nobody recorded
    ]
    assert [(r["item"]["id"], r["stage"], r["overdueDays"]) for r in data["b"]["rows"]] == [
        ("lead:sample-wind-tower", None, 31),  # not given up, but perhaps not yet contacted
        ("lead:sample-petrochemical", "UNTOUCHED", None),
    ]
    data = await service.data(
        """{ town(id: "town:dingxiang-flange") { candidates(product: "product:petrochemical-equipment",
            asOf: 2024) { count localCount rows { organisation { id } evidence } } } }"""
    )
    found = data["town"]["candidates"]
    assert (found["count"], found["localCount"]) == (3, 0)
    assert {r["organisation"]["id"]: r["evidence"] for r in found["rows"]} == {
        f"org:sample-{province}-petrochemical-{n}": ["DOWNSTREAM_BUYER", "MAKER"]
        for province, n in (("370000", "01"), ("370000", "02"), ("210000", "01"))
    }
