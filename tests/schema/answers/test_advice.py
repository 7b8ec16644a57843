"""What the demo's advice must be whatever its figures: rules that show, over GraphQL and in the lists."""

import csv
import io
from collections import defaultdict

import pytest

from api.http.list_books import Wanted, book
from tests.schema.conftest import TABLES

YEAR = 2024
GAPS = """query ($id: ID!) { town(id: $id) { gaps(asOf: 2024, first: 36) {
  own { count byRule { rule count } }
  actions { action count rows { ...row } } rows { action rank product { id } } } } }
fragment row on Gap {
  rank action supplyKind product { id industries { code } } rivals { id } reasons { reason because { id } }
  suppliers { organisation { id } value } suppliersCount hhi responsible { id }
  demand { purchases }
}"""
EXTEND = """{ town(id: "town:dingxiang-flange") { gaps(asOf: 2024, action: EXTEND, first: 5) {
  count actions { action } rows { action lead { id } product { id } parts { name value }
    reasons { reason because { id } } candidates(first: 20) { rows { evidence proximity } } } } } }"""
with (TABLES / "Organisation.csv").open(encoding="utf-8") as file:
    FORMS = {row["name"]: row["form"] for row in csv.DictReader(file)}
MAIN = defaultdict(
    set,
    {
        "town:qingxu-vinegar": {"食醋（老陈醋）", "醋糟"},
        "town:dingxiang-flange": {"法兰", "锻件毛坯"},
        "town:qixian-glassware": {"人工吹制玻璃器皿", "机制玻璃器皿"},
        "town:pingyao-beef": {"平遥牛肉（熟肉制品）"},
    },
)
"""What a town is known for, of which a dozen there make it: nobody is invited for that."""
NEAR = """query ($id: ID!) { town(id: $id) { relatedness(asOf: 2024, first: 200) { rows {
  product { name category } nearest { name category } nearness { basis together } } }
  matches(asOf: 2024, first: 200) { rows { product { category } } } } }"""
TOWNS = "{ towns(first: 100) { nodes { id } } }"


async def actions_of(service, town):
    found = (await service.data(GAPS, id=town))["town"]["gaps"]
    return {one["action"]: one["rows"] for one in found["actions"]}, found


async def all_towns(service):
    return [one["id"] for one in (await service.data(TOWNS))["towns"]["nodes"]]


async def test_the_two_towns_of_pingyao_lack_nothing_of_each_other(service):
    """What the one needs (生漆、木胎、金箔; 活牛、分割牛肉、食盐) is bought by none of the other's own."""
    lacquer = {"product:raw-lacquer", "product:wood-blank", "product:gold-foil", "product:lacquerware"}
    beef = {
        "product:live-cattle",
        "product:beef-cut",
        "product:salt",
        "product:vacuum-bag",
        "product:pingyao-beef",
    }
    for town, foreign in (("town:pingyao-beef", lacquer), ("town:pingyao-lacquerware", beef)):
        _, found = await actions_of(service, town)
        assert found["own"]["count"] > 0
        assert not {row["product"]["id"] for row in found["rows"]} & foreign


async def test_dingxiang_extends_to_those_who_buy_its_flanges(service):
    rows = (await service.data(EXTEND))["town"]["gaps"]["rows"]
    assert {row["product"]["id"] for row in rows[:2]} == {
        "product:wind-tower",
        "product:petrochemical-equipment",
    }
    flanges = {"product:wind-tower-flange", "product:flange", "product:pressure-vessel-forging"}
    for row in rows[:2]:
        because = {one["reason"]: one["because"] for one in row["reasons"]}
        assert because["NO_DOWNSTREAM"]["id"] in flanges
        assert {one["name"]: one["value"] for one in row["parts"]}["VALUE"] > 0
        first, *_ = row["candidates"]["rows"]
        assert first["evidence"][0] == "DOWNSTREAM_BUYER"
        assert first["proximity"] in {"COUNTRY", "ABROAD"}
        kinds = ["DOWNSTREAM_BUYER" in one["evidence"] for one in row["candidates"]["rows"]]
        assert kinds == sorted(kinds, reverse=True)


@pytest.mark.parametrize(
    ("product", "kind"),
    [
        ("product:natural-gas", "UTILITY"),
        ("product:quartz-sand", "MINED"),
        ("product:salt", "MINED"),
        ("product:bauxite", "MINED"),
    ],
)
async def test_what_cannot_be_attracted_is_secured_with_who_supplies_it(service, product, kind):
    seen = 0
    for town in await all_towns(service):
        actions, _ = await actions_of(service, town)
        for action, rows in actions.items():
            for row in rows:
                if row["product"]["id"] == product:
                    assert (action, row["supplyKind"]) == ("SECURE", kind)
                    seen += bool(row["suppliers"])
                    assert row["demand"]["purchases"] == 0 or row["suppliersCount"] or row["hhi"] is not None
    assert seen


async def test_qingxu_is_told_of_no_liquor(service):
    """Of group 151 is what is distilled and brewed; bottles and sorghum lead there no more."""
    actions, _ = await actions_of(service, "town:qingxu-vinegar")
    codes = {one["code"] for rows in actions.values() for row in rows for one in row["product"]["industries"]}
    assert codes
    assert not {code for code in codes if code.startswith("151")}


async def test_a_main_product_of_another_town_comes_last_and_names_it(service):
    """泽州's pump castings go into pumps, which 盐湖 is recognised for."""
    rows = (await actions_of(service, "town:zezhou-casting"))[0]["EXTEND"]
    (pump,) = [row for row in rows if row["product"]["id"] == "product:pump"]
    assert [one["id"] for one in pump["rivals"]] == ["town:yanhu-pump"]
    assert "RIVAL_TOWN" in {one["reason"] for one in pump["reasons"]}
    marks = [bool(row["rivals"]) for row in rows]
    assert marks == sorted(marks)


async def test_every_gap_has_its_place_and_a_body_in_charge(service):
    for town in await all_towns(service):
        actions, found = await actions_of(service, town)
        turns = [row["action"] for row in found["rows"] if row["rank"]]
        assert len(turns) == sum(map(len, actions.values()))
        assert turns[: len({*turns})] == [action for action, rows in actions.items() if rows]
        for rows in actions.values():
            assert [row["rank"] for row in rows] == [*range(1, len(rows) + 1)]
            assert all(row["responsible"] for row in rows)


async def test_one_action_alone(service):
    found = (await service.data(EXTEND))["town"]["gaps"]
    assert [one["action"] for one in found["actions"]] == ["EXTEND"]
    assert {row["action"] for row in found["rows"]} == {"EXTEND"}
    leads = {row["product"]["id"]: row["lead"] for row in found["rows"]}
    assert leads["product:wind-tower"] == {"id": "lead:sample-wind-tower"}


async def test_the_promotion_list_names_nobody_of_the_town_and_nothing_to_secure(service):
    snapshot = await service.keeper.ready()
    for town in await all_towns(service):
        asked = {"town": town, "asOf": str(YEAR), "format": "csv", "candidates": "200", "first": "500"}
        text = book(snapshot, Wanted("promotion", asked)).content.decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(text)))
        head = next(at for at, line in enumerate(lines) if line[:1] == ["序号"])
        rows = [dict(zip(lines[head], line, strict=False)) for line in lines[head + 1 :] if line[:1] != [""]]
        named = {row["目标企业"] for row in rows if row.get("目标企业")}
        assert all(FORMS[name] == "ENTERPRISE" for name in named), (
            "nobody invites a household or an institute"
        )
        assert all(row["合作方式"].startswith(("招引", "协作（属")) for row in rows if row.get("目标企业"))
        weak = [row for row in rows if "强链" in (row.get("缺口程度") or "")]
        assert not {row["缺失/薄弱环节"] for row in weak} & MAIN[town]
        query = """query ($id: ID!) { town(id: $id) { members(first: 100) { nodes { name } }
          gaps(asOf: 2024, action: SECURE, first: 50) { rows { product { name } } } } }"""
        told = (await service.data(query, id=town))["town"]
        assert not named & {one["name"] for one in told["members"]["nodes"]}
        secured = {row["product"]["name"] for row in told["gaps"]["rows"]}
        assert not secured & {row["缺失/薄弱环节"] for row in rows if row.get("缺失/薄弱环节")}


async def test_services_are_near_nothing_and_matched_with_nobody(service):
    for town in await all_towns(service):
        told = (await service.data(NEAR, id=town))["town"]
        rows = told["relatedness"]["rows"]
        seen = [one["category"] for row in rows for one in (row["product"], row["nearest"]) if one]
        assert "SERVICE" not in [*seen, *(row["product"]["category"] for row in told["matches"]["rows"])]
        near = [row["nearness"] for row in rows if row["nearness"]]
        assert all(one["together"] for one in near if one["basis"] == "CO_LOCATION")
