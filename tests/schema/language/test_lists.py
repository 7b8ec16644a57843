"""Lists over HTTP on both stores: the rows are those of GraphQL, and a bad question is told."""

import csv
import io
from urllib.parse import unquote

import httpx
import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from api.http.app import create_app
from api.settings import Settings

DINGXIANG, STANDARD = "town:dingxiang-flange", "standard:shanxi-recognition:2022"


@pytest.fixture(scope="module")
async def client(service):
    app = create_app(service.store, service.keeper, Settings())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as made:
        yield made


async def get(client, name, **asked):
    return await client.get(f"/lists/{name}", params={"town": DINGXIANG, "asOf": 2024} | asked, timeout=120)


def tables(response):
    """The rows of each sheet below its title and line, by the words of the headers."""
    assert response.status_code == 200, response.text
    book = CalamineWorkbook.from_filelike(io.BytesIO(response.content))
    found = {}
    for name in book.sheet_names:
        _, _, head, *rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        found[name] = [dict(zip(head, row, strict=True)) for row in rows]
    return found


async def test_the_promotion_list_has_the_candidates_that_graphql_answers(client, service):
    asked = "candidates(first: 2) { rows { organisation { name } score revenue evidence } }"
    gaps = f"gaps(first: 4, asOf: 2024, valueWeight: 1) {{ rows {{ action product {{ name }} {asked} }} }}"
    data = await service.data(f'{{ town(id: "{DINGXIANG}") {{ {gaps} }} }}')
    expected = [
        (
            gap["product"]["name"],
            one and one["organisation"]["name"],
            one and one["score"],
            one and one["revenue"],
        )
        for gap in data["town"]["gaps"]["rows"]
        if gap["action"] != "SECURE"  # 保供 is not on the list of 招商
        for one in gap["candidates"]["rows"] or [None]  # nobody is known: a row that says so
    ]
    assert len(expected) >= 4
    response = await get(client, "promotion", first=4, valueWeight=1, candidates=2)
    rows = tables(response)["招商引资清单"][: len(expected)]
    assert [row["序号"] for row in rows] == [*range(1, len(expected) + 1)]
    for row, (product, name, score, revenue) in zip(rows, expected, strict=True):
        assert (row["缺失/薄弱环节"], row["目标企业"]) == (product, name or "")
        assert row["推荐指数"] == ("" if score is None else pytest.approx(100 * score, abs=0.05))
        assert row["年营收（亿元）"] == ("" if revenue is None else pytest.approx(revenue / 1e8, abs=5e-5))
        assert row["虚构样例"] == "是"  # every candidate of the demo is invented
        assert isinstance(row["统一社会信用代码"], str)


async def test_the_workbook_has_its_sheets_columns_and_no_formula(client):
    response = await get(client, "promotion", standard=STANDARD, first=3)
    assert "filename*=UTF-8''" in response.headers["content-disposition"]
    assert "定襄法兰_招商引资清单_" in unquote(response.headers["content-disposition"])
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == ["招商引资清单", "本地可转产企业", "缺口清单", "体检", "体检名单", "口径与来源"]
    heads = [cell.value for cell in book["招商引资清单"][3]]
    assert len(heads) == 24
    assert heads[15:17] == ["落户可享政策", "落户待核政策"]
    assert heads[:3] == ["序号", "产业链", "缺失/薄弱环节"]
    assert heads[-4:] == ["责任单位", "联系人", "备注", "虚构样例"]
    kinds = {cell.data_type for page in book for row in page.iter_rows() for cell in row}
    assert kinds == {"s", "n"}


async def test_the_gap_list_equals_the_answer_of_graphql(client, service):
    parts = "product { name } rank score supply { proximity count } demand { total localShare }"
    query = f'{{ town(id: "{DINGXIANG}") {{ gaps(asOf: 2024) {{ rows {{ {parts} }} }} }} }}'
    expected = (await service.data(query))["town"]["gaps"]["rows"]
    found = tables(await get(client, "gaps"))
    rows = found["缺口清单"][: len(expected)]
    assert [row["环节"] for row in rows] == [gap["product"]["name"] for gap in expected]
    for row, gap in zip(rows, expected, strict=True):
        makers = {one["proximity"]: one["count"] for one in gap["supply"]}
        total, share, score = gap["demand"]["total"], gap["demand"]["localShare"], gap["score"]
        assert row["名次"] == ("" if gap["rank"] is None else gap["rank"])
        assert row["本地主体（家）"] == makers.get("TOWN", 0)
        assert row["采购额（万元/年）"] == ("" if total is None else pytest.approx(total / 1e4))
        assert row["本地配套率"] == ("" if share is None else pytest.approx(share, abs=5e-5))
        assert row["得分（0–100）"] == ("" if score is None else pytest.approx(100 * score, abs=0.05))
    steel = rows[0]
    assert (steel["环节"], steel["状态"], steel["建议"]) == ("锻造用钢材", "缺失", "补链")
    assert (steel["采购额（万元/年）"], steel["本地配套率"]) == (pytest.approx(216135.4), 0.0)
    behind = {(row["部分"], row["项目"]): row["内容"] for row in found["口径与来源"]}
    assert behind["参数：缺链", "本地配套率低的界线"] == "0.4"
    assert behind["参数：缺链", "可行按什么计"] == "生产者家数（户）"
    assert behind["方法：缺链", "公式及版本"].startswith("产业链缺口（gaps），第")
    assert ("列：缺口清单", "本地配套率") in behind
    assert any(part == "来源" for part, _ in behind)


async def test_the_checkup_names_who_counts_and_who_does_not(client):
    found = tables(await get(client, "checkup", town="town:sample-a", standard=STANDARD))
    (row,) = (row for row in found["体检"] if row["差距"] == "差 3 户" and row["界限"])
    assert (row["结果"], row["计入（个）"], row["未计入（个）"]) == ("未通过", 7, 2)
    assert row["界限"] == "≥ 10 户"
    mine = [one for one in found["体检名单"] if one["条件序号"] == row["序号"]]
    assert [one["计入与否"] for one in mine] == ["计入"] * 7 + ["未计入"] * 2
    assert all("注销" in one["原因"] for one in mine[7:])


async def test_the_lists_of_benefits_hold_what_graphql_counts(client, service):
    counted = "policyCoverage(asOf: 2024) { eligible unclaimed unknown }"
    found = (await service.data(f'{{ town(id: "{DINGXIANG}") {{ {counted} }} }}'))["town"]["policyCoverage"]
    due = tables(await get(client, "unclaimed"))
    rows = [row for row in due["应享未享"] if isinstance(row["序号"], float)]
    assert len(rows) == found["unclaimed"]
    assert {row["虚构样例"] for row in rows} == {"是"}
    amounts = [row["每户金额（万元）"] or 0 for row in rows]
    assert amounts == sorted(amounts, reverse=True)
    behind = {(row["部分"], row["项目"]): row["内容"] for row in due["口径与来源"]}
    assert behind["方法：应享未享", "公式及版本"] == "可享政策（policy-benefits），第 2 版"
    assert "为虚构样例" in behind["方法：应享未享", "其中虚构样例"]
    every = tables(await get(client, "benefits"))["可享政策"]
    states = [row["可享与否"] for row in every]
    assert (states.count("可享"), states.count("待核")) == (found["eligible"], found["unknown"])
    assert all(row["差什么、缺什么"] for row in every if row["可享与否"] in ("不可享", "待核"))
    some = tables(await get(client, "benefits", status="UNKNOWN", first=3))["可享政策"]
    assert [row["可享与否"] for row in some[:3]] == ["待核"] * 3
    bad = await get(client, "benefits", status="MAYBE")
    assert bad.json()["error"]["message"] == "status：“MAYBE”应为ELIGIBLE、NOT_ELIGIBLE、UNKNOWN之一"


async def test_the_lists_of_benefits_can_be_of_one_benefit_in_the_province_or_in_a_town(client, service):
    id = "benefit:sample-casting-upgrade"
    counted = "eligible(asOf: 2024) { eligible notEligible unknown unclaimed }"
    found = (await service.data(f'{{ benefit(id: "{id}") {{ name {counted} }} }}'))["benefit"]
    counts = found["eligible"]
    assert counts["unclaimed"] == 2  # by docs/analyses/policies.md; both are in 太谷
    due = tables(await get(client, "unclaimed", town="", benefit=id))["应享未享"]
    rows = [row for row in due if isinstance(row["序号"], float)]
    assert [row["政策措施"] for row in rows] == [found["name"]] * 2
    every = tables(await get(client, "benefits", town="", benefit=id))["可享政策"]
    states = [row["可享与否"] for row in every]
    wanted = [counts[name] for name in ("eligible", "notEligible", "unknown")]
    assert [states.count(one) for one in ("可享", "不可享", "待核")] == wanted
    none = tables(await get(client, "unclaimed", benefit=id))[
        "应享未享"
    ]  # 定襄 has no castings of that policy
    assert [row for row in none if isinstance(row["序号"], float)] == []
    assert (await get(client, "unclaimed", town="", benefit="benefit:none")).status_code == 404


async def test_the_list_of_benefits_of_one_organisation(client):
    # By docs/analyses/policies.md: four that it may have, one of them received and one of
    # which nobody recorded a receipt (锻造企业审批绿色通道), so two are due; five that it may not.
    firm = "org:sample-dingxiang-flange-flange-01"
    every = tables(await get(client, "benefits", town="", org=firm))["可享政策"]
    rows = [row for row in every if isinstance(row["序号"], float)]
    assert {row["主体"] for row in rows} == {"样例定襄法兰一厂"}
    assert [row["可享与否"] for row in rows] == ["可享"] * 4 + ["不可享"] * 5
    assert [row["当年是否已享"] for row in rows].count("已享") == 1
    due = tables(await get(client, "unclaimed", town="", org=firm))["应享未享"]
    assert len([row for row in due if isinstance(row["序号"], float)]) == 2


async def test_csv_holds_the_same_rows(client):
    rows = tables(await get(client, "promotion", first=3))["招商引资清单"]
    response = await get(client, "promotion", first=3, format="csv")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    written = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    firms = [row["目标企业"] for row in written if row["目标企业"]]
    assert firms
    assert firms == [row["目标企业"] for row in rows if row["目标企业"]]


@pytest.mark.parametrize(
    ("name", "asked", "status", "said"),
    [
        ("gaps", {"town": "town:nowhere"}, 404, "town：图中没有“town:nowhere”"),
        ("gaps", {"town": "org:tianbao-group"}, 400, "专业镇"),
        ("gaps", {"town": ""}, 400, "town：请给出"),
        ("everything", {}, 404, "没有清单 “everything”：可用 promotion、gaps、checkup"),
        ("gaps", {"format": "pdf"}, 400, "可用 xlsx、csv"),
        ("gaps", {"first": 0}, 400, "1 到 500"),
        ("gaps", {"first": "many"}, 400, "应为整数"),
        ("gaps", {"includeCovered": "1"}, 400, "true 或 false"),
        ("gaps", {"asOf": "soon"}, 400, "年份"),
        ("gaps", {"asOf": "1024"}, 400, "年份"),
        ("gaps", {"valueWeight": -1}, 400, "权重"),
        ("gaps", {"candidates": 3}, 400, "没有参数 candidates"),
        ("promotion", {"candidates": 201}, 400, "1 到 200"),
        ("promotion", {"weights.fit": -1}, 400, "权重"),
        ("checkup", {"asOf": 2019}, 400, "standard：山西省没有在 2019 年施行的认定标准"),
        ("checkup", {"standard": "standard:output-tiers:2022"}, 400, "standard"),
    ],
)
async def test_a_bad_question_is_told(client, name, asked, status, said):
    response = await get(client, name, **asked)
    assert response.status_code == status
    assert said in response.json()["error"]["message"]
    assert response.json()["error"]["code"] == ("NOT_FOUND" if status == 404 else "BAD_USER_INPUT")


async def test_an_argument_given_twice_is_refused(client):
    response = await client.get(f"/lists/gaps?town={DINGXIANG}&town=town:yanhu-pump")
    assert (response.status_code, response.json()["error"]["message"]) == (400, "town：给出了两次")
