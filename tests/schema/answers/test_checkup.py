"""Check-ups of the demo in each store: known answers, what-ifs, drafts, words."""

import json

SHANXI = "standard:shanxi-recognition:2022"
CONDITION = """path form outcome condition actual low high shortfall { least most words } deciding
    countedCount counted { name } uncertainCount uncertain { node { id } reason }
    leftOutCount leftOut { node { name } reason } claims { id }"""


async def test_sample_a_is_three_households_short(service):
    data = await service.data(
        f"""{{ town(id: "town:sample-a") {{ checkup(standard: "{SHANXI}", asOf: 2024) {{
            outcome inWords note unknownReason standard {{ id }}
            result {{ form outcome parts {{ {CONDITION} parts {{ path }} }} }} }} }} }}"""
    )
    found = data["town"]["checkup"]
    assert found["outcome"] == "FAIL"
    assert found["inWords"].startswith(
        "未通过：龙头 1 家 ✓，配套户 7 户（本县 7），差 3 户；优先条件（不影响是否通过）未满足："
    )
    assert (found["unknownReason"], found["standard"]["id"]) == (None, SHANXI)
    leader, households = found["result"]["parts"]
    assert (leader["outcome"], leader["actual"], leader["shortfall"]) == ("PASS", "1 家", None)
    assert households["path"] == "criteria.all[1]"
    assert (households["low"], households["high"]) == (7, 7)
    assert households["shortfall"] == {"least": 3, "most": 3, "words": "差 3 户"}
    assert {node["name"] for node in households["counted"]} == {
        "示例甲零件一厂",
        "示例甲零件二厂",
        "示例甲零件三厂",
        "示例甲零件一合作社",
        "示例甲零件一家庭农场",
        "示例甲货运一队",
        "示例甲产品经销一部",
    }
    assert {(one["node"]["name"], one["reason"]) for one in households["leftOut"]} == {
        ("示例甲货运二队", "2022 年注销"),
        ("示例甲零件四厂", "2023 年注销"),
    }


async def test_sample_b_is_unknown_and_no_real_town_fails(service):
    data = await service.data(
        f"""{{ checkups(standard: "{SHANXI}", first: 100, asOf: 2024) {{
            passed failed unknownCount count inWords
            rows {{ town {{ id synthetic }} outcome result {{ deciding }} }} }} }}"""
    )
    found = data["checkups"]
    by_town = {row["town"]["id"]: row for row in found["rows"]}
    assert by_town["town:sample-b"]["outcome"] == "UNKNOWN"
    assert by_town["town:sample-b"]["result"]["deciding"] == ["2024 年主体名录不完整，可能还有未登记者"]
    assert not [i for i, row in by_town.items() if row["outcome"] == "FAIL" and not row["town"]["synthetic"]]
    assert found["passed"] + found["failed"] + found["unknownCount"] == found["count"] == len(by_town)
    assert found["rows"][-1]["town"]["id"] == "town:sample-a"
    assert found["inWords"].startswith(
        "同时满足：① 龙头企业数 ≥ 1 家；② 龙头带动的配套户数 ≥ 10 户。优先条件"
    )


async def test_three_more_suppliers_would_do(service):
    supplies = ", ".join(
        f"""{{ open: {{ id: "org:new-{n}", name: "新{n}" }} }}, {{ setSupply: {{
            seller: "org:new-{n}", buyer: "org:sample-a-leader-01", product: "product:flange" }} }}"""
        for n in range(3)
    )
    data = await service.data(
        f"""{{ whatIf(edits: [{supplies}], asOf: 2024) {{
            townCheckup(id: "town:sample-a", standard: "{SHANXI}") {{
                before {{ outcome }} after {{ outcome inWords }} changes {{ field before after }} }} }} }}"""
    )
    found = data["whatIf"]["townCheckup"]
    assert (found["before"]["outcome"], found["after"]["outcome"]) == ("FAIL", "PASS")
    changed = {one["field"]: (one["before"], one["after"]) for one in found["changes"]}
    assert changed["result.parts[criteria.all[1]].reading.low"] == (7, 10)


async def test_the_other_province_is_held_against_and_drafts_are_tried(service):
    data = await service.data(
        """{ town(id: "town:yanhu-pump") { checkup(
            standard: "standard:other-province-cluster:2023", asOf: 2024) {
            result { parts { form outcome actual claims(first: 3) { value } } } } } }"""
    )
    parts = data["town"]["checkup"]["result"]["parts"]
    assert [part["form"] for part in parts] == ["COUNT", "COUNT", "SUM", "MEASURE", "MEASURE"]
    assert parts[0]["outcome"] == "PASS"
    assert all(claim["value"] > 2e8 for claim in parts[0]["claims"])
    draft = {"criteria": {"measure": "supporting_households", "at_least": 7}}
    tried = await service.data(
        """query($criteria: String!) { tryStandard(criteria: $criteria, town: "town:sample-a", asOf: 2024) {
            rows { outcome standard { id } } method { query } } }""",
        criteria=json.dumps(draft),
    )
    assert tried["tryStandard"]["rows"] == [{"outcome": "PASS", "standard": None}]
    again = await service.data(tried["tryStandard"]["method"]["query"])
    assert again["tryStandard"]["rows"] == tried["tryStandard"]["rows"]
    draft["criteria"]["measure"] = "households"
    ((code, argument, message),) = await service.errors(
        "query($criteria: String!) { tryStandard(criteria: $criteria) { count } }", criteria=json.dumps(draft)
    )
    assert (code, argument) == ("BAD_USER_INPUT", "criteria")
    assert "criteria.measure：没有指标 “households”" in message


async def test_the_purpose_is_named_when_it_is_not_recognition(service):
    ((code, argument, message),) = await service.errors(
        '{ checkups(standard: "standard:output-tiers:2022") { count } }'
    )
    assert (code, argument) == ("BAD_USER_INPUT", "standard")
    assert "用于分档" in message


async def test_standards_and_benefits_are_said_and_classes_found(service):
    data = await service.data(
        """{ standard(id: "standard:town-evaluation:2024") { inWords }
            benefit(id: "benefit:sample-above-scale") { inWords }
            town(id: "town:sample-b") { classOf(standard: "standard:output-tiers:2022", asOf: 2024) {
                known options { id words } missingFacts } } }"""
    )
    assert data["standard"]["inWords"].startswith(
        "本地配套率（权重 20%，越大越好，按最小最大值折算，缺数据时剔除"
    )
    assert "规模档次（分档标准：工业企业大中小微型划分） 为小型、微型之一" in data["benefit"]["inWords"]
    found = data["town"]["classOf"]
    assert not found["known"]
    assert found["options"][0] == {"id": "tier-500", "words": "500亿级"}
    assert found["missingFacts"] == ["没有来源给出产值（元/年）"]


async def test_a_class_that_no_standard_has_is_refused(service):
    asked = "query ($c: String!) { tryStandard(criteria: $c, asOf: 2024) { inWords rows { inWords } } }"
    wrong = '{"criteria": {"measure": "tier", "one_of": ["tier-5"]}}'
    ((code, argument, words),) = await service.errors(asked, c=wrong)
    assert (code, argument) == ("BAD_USER_INPUT", "criteria")
    assert "criteria：没有档次 tier-5；可用：tier-500、" in words
    right = '{"criteria": {"measure": "tier", "one_of": ["tier-500"]}}'
    assert (await service.data(asked, c=right))["tryStandard"]["inWords"] == "产值档次 为500亿级"


async def test_what_must_not_hold_is_not_told_as_a_pass(service):
    asked = 'query ($c: String!) { tryStandard(criteria: $c, town: "town:dingxiang-flange", asOf: 2024) {'
    draft = '{"criteria": {"not": {"measure": "supporting_households", "at_least": 1}}}'
    (row,) = (await service.data(asked + " rows { outcome inWords } } }", c=draft))["tryStandard"]["rows"]
    assert row["outcome"] == "FAIL"
    assert row["inWords"].startswith("未通过：不得：")
    assert row["inWords"].endswith("，不符")
    assert "✓" not in row["inWords"]
