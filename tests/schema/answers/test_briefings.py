"""Briefings over GraphQL: the demo's published figures, and the answers of the questions they compose."""

from io import BytesIO

from docx import Document

from graph.snapshot.invented import without_invented
from loaders.word.briefing import briefing
from loaders.word.wording import MARK

TOWN = """
query ($id: ID!, $realOnly: Boolean) {
  town(id: $id) {
    briefing(asOf: 2025, realOnly: $realOnly) {
      status
      regions { name }
      figures {
        metric scope inWords year synthetic source { name grade }
        rivals { inWords year source { name } }
      }
      steps { product { name } state synthetic }
      gaps { action count rows { product { id } value synthetic candidates { organisation { id } } } }
      suppliers { value count rows { organisation { name } synthetic } }
      checkups { standard { id } inWords }
      unknowns
      grounds { inWords synthetic formulas }
      method { formula provenance { rows invented } }
    }
    gaps(asOf: 2025, first: 3, realOnly: $realOnly) {
      actions { action count rows { product { id } parts { name value } } }
    }
  }
}
"""
FIRM = """
{ organisation(id: "org:tianbao-group") { briefing(asOf: 2025) {
  place towns { town { id } leads } products { product { name } synthetic }
  purchases { count rows { organisation { name } place value synthetic } }
  dependence { soleSourceFor affected } fills { town { id } product { id } }
  unknowns grounds { synthetic } } } }
"""


async def asked(service, id, *, real_only=False):
    return (await service.data(TOWN, id=id, realOnly=real_only))["town"]


async def test_published_figures_stand_with_source_and_rivals(service):
    """As Claim.csv of the demo has them: two sources tell the share of exports, 30 % and 70 %."""
    found = (await asked(service, "town:dingxiang-flange"))["briefing"]
    assert (found["status"], found["regions"]) == ("RECOGNISED", [{"name": "定襄县"}])
    told = {(one["metric"], one["scope"]): one for one in found["figures"]}
    output, share = told["OUTPUT_VALUE", "WHOLE"], told["MARKET_SHARE", "EXPORT"]
    assert (output["inWords"], output["year"], output["synthetic"]) == ("不少于 200 亿元", 2025, False)
    assert output["source"] == {"name": "71396.com 网页：定襄法兰", "grade": "C"}
    assert share["inWords"] == "30%"
    assert share["rivals"] == [{"inWords": "70%", "year": None, "source": {"name": "odgf.cn 论坛：定襄法兰"}}]
    assert [one["inWords"] for one in found["figures"] if one["metric"] == "EMPLOYEES"] == ["4 万人"]


async def test_gaps_are_those_of_the_question_itself(service):
    town = await asked(service, "town:qixian-glassware")
    brief = [
        (one["action"], one["count"], [(row["product"]["id"], row["value"]) for row in one["rows"]])
        for one in town["briefing"]["gaps"]
    ]
    whole = [
        (
            one["action"],
            one["count"],
            [(row["product"]["id"], row["parts"][0]["value"]) for row in one["rows"]],
        )
        for one in town["gaps"]["actions"]
    ]
    assert brief == whole
    assert any(rows for _, _, rows in brief)


async def test_what_rests_on_the_invented_is_marked_and_goes_when_only_the_real_is_asked(service):
    whole = (await asked(service, "town:dingxiang-flange"))["briefing"]
    assert whole["grounds"]["synthetic"]
    assert "为虚构样例" in whole["grounds"]["inWords"]
    assert all(one["synthetic"] for one in whole["suppliers"]["rows"])  # all supply of the demo is invented
    assert 0 < whole["method"]["provenance"]["invented"] <= whole["method"]["provenance"]["rows"]
    real = (await asked(service, "town:dingxiang-flange", real_only=True))["briefing"]
    assert (real["suppliers"]["value"], real["suppliers"]["rows"]) == (None, [])
    assert not real["grounds"]["synthetic"]
    assert not any(one["synthetic"] for one in real["steps"])
    shown = [one for one in whole["figures"] if not one["synthetic"]]
    assert real["figures"][: len(shown)] == shown  # what is real stands first, and stays


async def test_a_real_standard_goes_before_an_invented_one(service):
    found = (await asked(service, "town:dingxiang-flange"))["briefing"]
    (one,) = found["checkups"]
    assert one["standard"]["id"] == "standard:shanxi-recognition:2022"
    assert one["inWords"].startswith("通过：龙头 至少 5 家")


async def test_a_town_without_a_chain_says_so(service):
    found = (await asked(service, "town:pingyao-beef"))["briefing"]
    assert found["steps"] == []
    assert "没有对照的参考产业链：只比较采购" in found["unknowns"]


async def test_a_firm_has_its_page(service):
    found = (await service.data(FIRM))["organisation"]["briefing"]
    assert found["place"] == "山西省忻州市定襄县"
    assert found["towns"] == [{"town": {"id": "town:dingxiang-flange"}, "leads": True}]
    products = {one["product"]["name"]: one["synthetic"] for one in found["products"]}
    assert products == {"法兰": False, "风电塔筒法兰": False, "锻件毛坯": False}  # MAKES.csv
    values = [one["value"] for one in found["purchases"]["rows"]]
    assert values == sorted(values, reverse=True)
    assert "股东未登记" in found["unknowns"]


async def test_bounds_and_unknown_ids_are_told(service):
    assert await service.errors(
        '{ town(id: "town:dingxiang-flange") { briefing(first: 21) { unknowns } } }'
    ) == [("BAD_USER_INPUT", "first", "first：应在 1 到 20 之间，所给为 21")]
    assert (await service.data('{ town(id: "town:none") { briefing { unknowns } } }'))["town"] is None


async def test_the_document_says_what_the_answer_says(service):
    snapshot = service.keeper.current
    for shown, marked in ((snapshot, True), (without_invented(snapshot), False)):
        made = Document(BytesIO(briefing(shown, shown.row_of("town:dingxiang-flange"), as_of=2025)))
        rows = [[cell.text for cell in row.cells] for table in made.tables for row in table.rows]
        assert any("不少于 200 亿元" in row for row in rows)
        assert any("70%（odgf.cn 论坛：定襄法兰，C级，年份不详）" in row for row in rows)
        assert any(MARK in row for row in rows) is marked
