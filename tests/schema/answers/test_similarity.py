"""S12 on the demo in each store: which towns make the same, and whether they are rivals; counted by hand.

太谷玛钢 and 泽州铸造 cast the same things. Their output of 2024 by 4-digit industry, in 万元, as the tables
have it (newest revenue, else what was sold; nobody there is of two towns or of two industries):

            3391 castings   3443    3360   3525   4210   4220   3110  5431      sum
    太谷       144,307.1   13,061  1,227    794  1,996  2,006      –   120  163,511.1
    泽州        91,439          –  1,429    816  8,586      –  5,139   248  107,657

    share 太谷   0.88255  0.07988 0.00750 0.00486 0.01221 0.01227       – 0.00073
    share 泽州   0.84936        – 0.01327 0.00758 0.07975       – 0.04774 0.00230
    the less     0.84936        – 0.00750 0.00486 0.01221       –       – 0.00073   0.87466 = overlap
    K = 2 − 2 · 0.87466 = 0.25069
    the product  0.74960        – 0.00010 0.00004 0.00097       –       – 0.00000   0.75071
    lengths      √(0.77889 + 0.00638 + 0.00006 + 0.00002 + 0.00015 + 0.00015) = 0.88637  (太谷)
                 √(0.72141 + 0.00018 + 0.00006 + 0.00636 + 0.00228 + 0.00001) = 0.85457  (泽州)
    cosine       0.75071 / (0.88637 · 0.85457) = 0.9911

Sales between the two in 2024: 太谷 sells patterns (1,601,000) and scrap (15,300), 泽州 pig iron (193,000 and
36,300 yuan): under 0.2 % of what either puts out, so they are rivals rather than partners.
"""

import csv
from collections import defaultdict

import pytest

from tests.schema.conftest import TABLES

TAIGU, ZEZHOU, FLANGE = "town:taigu-malleable-iron", "town:zezhou-casting", "town:dingxiang-flange"
BY_HAND = {
    TAIGU: {
        "3391": 144_307.1,
        "3443": 13_061,
        "3360": 1_227,
        "3525": 794,
        "4210": 1_996,
        "4220": 2_006,
        "5431": 120,
    },
    ZEZHOU: {"3391": 91_439, "3360": 1_429, "3525": 816, "4210": 8_586, "3110": 5_139, "5431": 248},
}
OVERLAP, KRUGMAN, COSINE = 0.87466, 0.25069, 0.9911
PATTERNS, SCRAP, PIG_IRON = 1_601_000, 15_300, 193_000 + 36_300


def rows(name):
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_figures_counted_by_hand_are_those_of_the_tables():
    closed = {row["id"] for row in rows("Organisation") if row["closedOn"] and row["closedOn"] < "2025"}
    industry = {row["from"]: row["to"].rsplit(":")[-1] for row in rows("ENGAGES_IN")}
    revenue, sold = defaultdict(dict), defaultdict(dict)
    for row in rows("Claim"):
        if row["metric"] == "REVENUE" and row["year"] and row["year"] <= "2024":
            value = float(row["value"]) * {"万元": 1, "亿元": 1e4}[row["unit"]]
            revenue[row["subject"]][row["year"]] = value
    for row in rows("SUPPLIES"):
        if row["value"] and row["year"] <= "2024" and not {row["from"], row["to"]} & closed:
            sold[row["from"], row["to"], row["product"]][row["year"]] = float(row["value"]) / 1e4
    sales = defaultdict(float)
    for (seller, _, _), by_year in sold.items():
        sales[seller] += by_year[max(by_year)]
    found = {town: defaultdict(float) for town in BY_HAND}
    for row in rows("MEMBER_OF"):
        if row["to"] in found and row["from"] not in closed:
            stated = revenue[row["from"]]
            known = stated[max(stated)] if stated else 0
            found[row["to"]][industry[row["from"]]] += max(known, sales[row["from"]])
    for town, by_hand in BY_HAND.items():
        assert found[town] == pytest.approx(by_hand), town


async def test_s12_towns_that_make_the_same_stand_first_with_what_they_trade(service):
    asked = """{ town(id: "%s") { similar(asOf: 2024, first: 2) { count classified rows { town { id } krugman
        cosine overlap alike sells buys offers { product { id } fromThere } wants { product { id } fromThere }
        } method { caveat provenance { invented } } } } }"""
    found = (await service.data(asked % TAIGU))["town"]["similar"]
    assert (found["count"], found["classified"]) == (17, 1), "of 19 towns 示例镇乙 has no output"
    nearest, second = found["rows"]
    assert (nearest["town"]["id"], nearest["alike"], second["alike"]) == (ZEZHOU, True, False)
    indices = (nearest["overlap"], nearest["krugman"], nearest["cosine"])
    assert indices == pytest.approx((OVERLAP, KRUGMAN, COSINE), abs=1e-4)
    assert (nearest["sells"], nearest["buys"]) == (PIG_IRON, PATTERNS + SCRAP)
    bought = {one["product"]["id"]: one["fromThere"] for one in nearest["offers"]}
    wanted = {one["product"]["id"]: one["fromThere"] for one in nearest["wants"]}
    assert bought["product:pig-iron"] == PIG_IRON
    assert wanted["product:casting-pattern"] == PATTERNS
    assert wanted["product:scrap-steel"] == SCRAP
    assert found["method"]["provenance"]["invented"] > 0
    back = (await service.data(asked % ZEZHOU))["town"]["similar"]["rows"][0]
    assert back["town"]["id"] == TAIGU
    assert (back["sells"], back["buys"]) == (nearest["buys"], nearest["sells"])
    assert (back["krugman"], back["cosine"]) == pytest.approx((nearest["krugman"], nearest["cosine"]))


async def test_s12_one_pair_of_all_is_alike_at_four_digits_and_more_at_two(service):
    asked = """{ similarityMatrix(asOf: 2024, %s) { towns { id } cosine krugman overlap trade output
        missing { id } alike { start { id } end { id } value sells buys } } }"""
    found = (await service.data(asked % "digits: 4"))["similarityMatrix"]
    (pair,) = found["alike"]
    assert {pair["start"]["id"], pair["end"]["id"]} == {TAIGU, ZEZHOU}
    assert pair["value"] == pytest.approx(COSINE, abs=1e-4)
    at = {town["id"]: place for place, town in enumerate(found["towns"])}
    here, there = at[TAIGU], at[ZEZHOU]
    assert (found["trade"][here][there], found["trade"][there][here]) == (PATTERNS + SCRAP, PIG_IRON)
    assert (found["output"][here], found["output"][there]) == (1_635_111_000, 1_076_570_000)
    assert found["overlap"][here][there] == found["overlap"][there][here] == pytest.approx(OVERLAP, abs=1e-4)
    assert found["missing"] == [{"id": "town:sample-b"}]
    # 3391 and 3393 are both 33 at two digits: flanges join the castings, 0.99 of 定襄 beside 0.86 of 泽州.
    rough = await service.data(asked % f'digits: 2, towns: ["{TAIGU}", "{ZEZHOU}", "{FLANGE}"]')
    alike = rough["similarityMatrix"]["alike"]
    assert {frozenset((one["start"]["id"], one["end"]["id"])) for one in alike} == {
        frozenset(two) for two in ((TAIGU, ZEZHOU), (TAIGU, FLANGE), (ZEZHOU, FLANGE))
    }


async def test_s12_a_town_without_output_is_not_called_different(service):
    data = await service.data(
        '{ town(id: "town:sample-b") { similar(asOf: 2024) { classified unknownReason rows { cosine } } } }'
    )
    found = data["town"]["similar"]
    assert (found["rows"], found["classified"]) == ([], None)
    assert found["unknownReason"].endswith("无从比较")
