"""Check-ups of the demo in each store: known answers, what-ifs, drafts, words."""

import csv
import json
from collections import Counter
from pathlib import Path

TABLES = Path(__file__).parents[3] / "loaders" / "shanxi" / "tables"

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


BEEF = "town:pingyao-beef"


def table(name):
    with (TABLES / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def partners(town):
    """Who dealt with a leader of a town from 2021 to 2024 and exists at the end of 2024; and the leaders."""
    closed = {row["id"] for row in table("Organisation") if row["closedOn"] and row["closedOn"] < "2025"}
    leaders = {row["from"] for row in table("LEADS") if row["to"] == town} - closed
    found = set()
    for row in table("SUPPLIES"):
        over = row["since"] > "2024" or (row["until"] and row["until"] <= "2024")
        recent = row["year"] in {"", "2021", "2022", "2023", "2024"} and not over
        if recent and {row["from"], row["to"]} & leaders:
            found |= {row["from"], row["to"]}
    return found - leaders - closed, leaders


def partners_by_place():
    """Where those are that dealt with a leader of 平遥牛肉 from 2021 to 2024; its county is 140728."""
    where = {row["from"]: row["to"].removeprefix("region:") for row in table("LOCATED_IN")}
    member = {row["from"] for row in table("MEMBER_OF") if row["to"] == BEEF}
    return Counter(
        "TOWN"
        if where[one] == "140728" or one in member
        else "SHANXI"
        if where[one][:2] == "14"
        else "COUNTRY"
        for one in partners(BEEF)[0]
    )


async def test_a_checkup_without_a_standard_says_where_the_households_are(service):
    plain = partners_by_place()
    assert plain == {"TOWN": 6, "SHANXI": 1, "COUNTRY": 3}
    data = await service.data(
        f"""{{ town(id: "{BEEF}") {{ checkup(asOf: 2024) {{ standard {{ id }} inWords firstRecord
            result {{ role parts {{ role countedCount places {{
                proximity count organisations(first: 1) {{ id }} }} }} }} prefer {{ role }} }} }} }}"""
    )
    found = data["town"]["checkup"]
    assert found["standard"]["id"] == SHANXI
    assert (
        "，配套户 至少 10 户 ✓（本县 6、省内 1、省外 3）；优先条件（不影响是否通过）满足："
        in found["inWords"]
    )
    households = found["result"]["parts"][1]
    places = {one["proximity"]: one["count"] for one in households["places"]}
    assert places.get("TOWN", 0) + places.get("COUNTY", 0) == plain["TOWN"]
    assert places.get("CITY", 0) + places.get("PROVINCE", 0) == plain["SHANXI"]
    assert places["COUNTRY"] == plain["COUNTRY"]
    assert sum(places.values()) == households["countedCount"]
    assert all(len(one["organisations"]) == 1 for one in households["places"])
    assert (found["result"]["role"], households["role"], found["prefer"]["role"]) == (
        "REQUIRED",
        "REQUIRED",
        "PREFERRED",
    )
    listed = await service.data("{ checkups(asOf: 2024, first: 1) { count rows { standard { id } } } }")
    assert listed["checkups"]["rows"] == [{"standard": {"id": SHANXI}}]


async def test_buyers_abroad_are_named(service):
    data = await service.data('{ town(id: "town:dingxiang-flange") { checkup(asOf: 2024) { inWords } } }')
    assert "境外 2：样例境外法兰买家一号、样例境外法兰买家二号）" in data["town"]["checkup"]["inWords"]


async def test_a_year_without_a_standard_is_told_with_those_that_there_are(service):
    asked = 'query($year: Int) { town(id: "town:pingyao-beef") { checkup(asOf: $year) { outcome } } }'
    ((code, argument, message),) = await service.errors(asked, year=2021)
    assert (code, argument) == ("BAD_USER_INPUT", "standard")
    assert message.startswith("standard：山西省没有在 2021 年施行的认定标准：现有 ")
    assert f"{SHANXI}（山西省级专业镇认定条件，山西省，2022-09-26 起施行）" in message


async def test_before_the_first_record_nothing_is_judged(service):
    data = await service.data(
        f"""{{ town(id: "town:pingyao-beef") {{ checkup(standard: "{SHANXI}", asOf: 2020) {{
            outcome inWords firstRecord
            result {{ deciding parts {{ outcome countedCount actual }} }} }} }} }}"""
    )
    found = data["town"]["checkup"]
    words = "最早的记录是 2021 年，2020 年如何无从判断"
    assert (found["outcome"], found["firstRecord"], found["inWords"]) == ("UNKNOWN", 2021, f"待核：{words}")
    assert found["result"]["deciding"] == [words]
    assert {(one["outcome"], one["countedCount"], one["actual"]) for one in found["result"]["parts"]} == {
        ("UNKNOWN", 0, "不详")
    }


async def test_of_a_past_year_it_is_said_how_many_rows_state_none(service):
    data = await service.data(
        """{ town(id: "town:pingyao-beef") { checkup(asOf: 2024) { note method {
            provenance { rows undated undatedInWords } } } } }"""
    )
    found = data["town"]["checkup"]
    rests = found["method"]["provenance"]
    assert rests["undated"] > 0
    counts = f"所用 {rests['rows']} 行事实与关系中 {rests['undated']} 行"
    said = f"{counts}没有年份，在每一年都计入：2024 年是否如此不详"
    assert (rests["undatedInWords"], found["note"]) == (said, said)


async def test_s3_the_preferred_conditions_count_titles_that_are_valid_at_the_end_of_the_year(service):
    """清徐老陈醋: which members hold what, row by row of HOLDS.

    Centres, none with an end: 紫林, 水塔, 醋六厂 (from 2021-07), 醋五厂 (2022-08): 4 in both years.
    Titles: 紫林 (two) and 水塔 without an end; 醋六厂, 醋七厂, 醋十厂 from 2024 to 2027: 5 at the end of 2024
    醋二厂's and 饮料一厂's ended in the course of 2024, so with the two they are 4 in 2023; 醋四厂's in 2022.
    """
    asked = """{ town(id: "town:qingxu-vinegar") { checkup(standard: "%s", asOf: %d) { prefer { outcome
        parts { role outcome actual counted { id } } } } } }"""
    vinegar = "org:sample-qingxu-vinegar-vinegar-"
    real = {"org:zilin-vinegar", "org:shuita-vinegar"}
    expected = {
        2024: (
            real | {vinegar + "05", vinegar + "06"},
            real | {vinegar + "06", vinegar + "07", vinegar + "10"},
        ),
        2023: (
            real | {vinegar + "05", vinegar + "06"},
            real | {vinegar + "02", "org:sample-qingxu-vinegar-drink-01"},
        ),
    }
    for year, holders in expected.items():
        prefer = (await service.data(asked % (SHANXI, year)))["town"]["checkup"]["prefer"]
        assert prefer["outcome"] == "PASS"
        for part, held in zip(prefer["parts"], holders, strict=True):
            assert {one["id"] for one in part["counted"]} == held
            assert (part["role"], part["outcome"]) == ("PREFERRED", "PASS")
            assert part["actual"] == f"至少 {len(held)} 户", "the register is not complete: there may be more"
    short = await service.data(
        f"""{{ town(id: "town:sample-a") {{ checkup(standard: "{SHANXI}", asOf: 2024) {{
            outcome prefer {{ outcome parts {{ actual shortfall {{ words }} }} }} }} }} }}"""
    )
    assert [
        (one["actual"], one["shortfall"]["words"]) for one in short["town"]["checkup"]["prefer"]["parts"]
    ] == [
        ("0 户", "差 1 户"),
        ("0 户", "差 1 户"),
    ]


async def test_s1_s2_the_flange_town_is_led_by_five_and_drives_fifty_six(service):
    """LEADS has five rows of 定襄法兰; 56 others dealt with one of the five in the three years before."""
    data = await service.data(
        f"""{{ town(id: "town:dingxiang-flange") {{ checkup(standard: "{SHANXI}", asOf: 2024) {{
            outcome byInvented result {{ parts {{
                actual countedCount counted(first: 100) {{ id }} }} }} }} }} }}"""
    )
    found = data["town"]["checkup"]
    leading, households = found["result"]["parts"]
    others, leaders = partners("town:dingxiang-flange")
    assert (len(leaders), len(others)) == (5, 56)
    assert {one["id"] for one in leading["counted"]} == leaders
    assert {one["id"] for one in households["counted"]} == others
    assert (leading["actual"], households["actual"]) == ("至少 5 家", "至少 56 户")
    assert (leading["countedCount"], households["countedCount"]) == (5, 56)
    assert found["byInvented"] == "按虚构样例：只看真实数据则待核"
