"""Towns of the demo side by side, over GraphQL, HTTP and both stores, beside what single questions answer."""

import io

import httpx
import openpyxl
import pytest

from api.http.app import create_app
from api.settings import Settings

TOWNS = ["town:dingxiang-flange", "town:qingxu-vinegar", "town:lingchuan-herbs-wellness"]
PARTS = """localSourcing { whole { rate } }
    gaps { states { state count } actions { action count rows { product { id } } } }
    position { upstreamness } concentration { hhi } singleSourced { share count }
    checkup { outcome byInvented }"""
ASKED = f"""query($towns: [ID!]!, $real: Boolean! = false) {{
    compare(towns: $towns, asOf: 2024, realOnly: $real) {{ standard {{ id }}
      method {{ query provenance {{ rows invented inWords }} }}
      cards {{ town {{ id name }} level status batch leaders {{ id synthetic }}
        figures {{ metric value year age grade source {{ id }} synthetic unknownReason }}
        own {{ count }} ownByForm {{ form count }} {PARTS}
        method {{ provenance {{ rows invented }} }} }}
      pairs {{ start {{ id }} end {{ id }} cosine krugman sells buys unknownReason }} }} }}"""
ONE = """query($id: ID!) { town(id: $id) { level status(asOf: 2024) batch
    leaders(first: 100, asOf: 2024, orderBy: ID_ASC) { nodes { id } }
    localSourcing(asOf: 2024) { whole { rate } own { count } }
    gaps(asOf: 2024, first: 3) { states { state count } actions { action count rows { product { id } } } }
    position(asOf: 2024) { upstreamness } singleSourced(asOf: 2024) { share count }
    checkup(standard: "standard:shanxi-recognition:2022", asOf: 2024) { outcome byInvented } }
    concentration(within: $id, asOf: 2024) { hhi } }"""


async def test_each_card_says_what_single_questions_answer(service):
    found = (await service.data(ASKED, towns=TOWNS))["compare"]
    assert [card["town"]["id"] for card in found["cards"]] == TOWNS
    assert found["standard"] == {"id": "standard:shanxi-recognition:2022"}
    for card in found["cards"]:
        data = await service.data(ONE, id=card["town"]["id"])
        one = {**data["town"], "concentration": data["concentration"]}
        assert card["own"]["count"] == one["localSourcing"].pop("own")["count"]
        assert sum(form["count"] for form in card["ownByForm"]) == card["own"]["count"]
        assert [leader["id"] for leader in card["leaders"]] == [n["id"] for n in one.pop("leaders")["nodes"]]
        assert {name: card[name] for name in one} == one
        assert len(card["figures"]) == 10
        assert all((f["value"] is None) == (f["unknownReason"] is not None) for f in card["figures"])
    assert any(f["value"] is not None for f in found["cards"][0]["figures"])


async def test_each_pair_says_what_the_matrix_does(service):
    found = (await service.data(ASKED, towns=TOWNS))["compare"]["pairs"]
    asked = """query($towns: [ID!]!) { similarityMatrix(towns: $towns, asOf: 2024) {
        towns { id } cosine krugman trade } }"""
    matrix = (await service.data(asked, towns=TOWNS))["similarityMatrix"]
    at = {town["id"]: place for place, town in enumerate(matrix["towns"])}
    assert [(p["start"]["id"], p["end"]["id"]) for p in found] == [
        (TOWNS[0], TOWNS[1]),
        (TOWNS[0], TOWNS[2]),
        (TOWNS[1], TOWNS[2]),
    ]
    for pair in found:
        a, b = (at[pair[end]["id"]] for end in ("start", "end"))
        assert (pair["cosine"], pair["krugman"]) == (matrix["cosine"][a][b], matrix["krugman"][a][b])
        assert (pair["sells"], pair["buys"]) == (matrix["trade"][a][b], matrix["trade"][b][a])


async def test_only_what_is_real_is_compared_when_that_is_asked(service):
    whole = (await service.data(ASKED, towns=TOWNS))["compare"]
    real = (await service.data(ASKED, towns=TOWNS, real=True))["compare"]
    assert whole["method"]["provenance"]["invented"] > 0
    assert real["method"]["provenance"] == {
        "rows": real["method"]["provenance"]["rows"],
        "invented": 0,
        "inWords": None,
    }
    for card, before in zip(real["cards"], whole["cards"], strict=True):
        assert not any(leader["synthetic"] for leader in card["leaders"])
        assert card["own"]["count"] < before["own"]["count"]
        assert card["method"]["provenance"]["invented"] == 0
    again = await service.data(real["method"]["query"])
    assert again["compare"]["cards"] == real["cards"]
    ((code, argument, message),) = await service.errors(ASKED, towns=["town:sample-a", TOWNS[0]], real=True)
    assert (code, argument) == ("NOT_FOUND", "towns")
    assert message.startswith("towns：真实数据（虚构样例已略去）中没有“town:sample-a”")


@pytest.mark.parametrize(
    ("towns", "code", "message"),
    [
        (TOWNS[:1], "BAD_USER_INPUT", "towns：请给出 2 至 6 个专业镇，所给为 1 个"),
        ([*TOWNS, *TOWNS, TOWNS[0]], "BAD_USER_INPUT", "towns：请给出 2 至 6 个专业镇，所给为 7 个"),
        ([TOWNS[0], TOWNS[0]], "BAD_USER_INPUT", "towns：town:dingxiang-flange 给出了两次"),
        (
            ["town:dingxiang-flang", TOWNS[1]],
            "NOT_FOUND",
            "towns：图中没有“town:dingxiang-flang”；是否应为 town:dingxiang-flange（定襄法兰）？",
        ),
    ],
)
async def test_what_can_not_be_compared_is_refused(service, towns, code, message):
    ((told, argument, said),) = await service.errors(ASKED, towns=towns)
    assert (told, argument) == (code, "towns")
    assert said.startswith(message)


async def test_the_workbook_has_a_column_for_each_town(service):
    app = create_app(service.store, service.keeper, Settings())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
        asked = {"towns": ",".join(TOWNS), "asOf": "2024"}
        response = await client.get("/lists/compare", params=asked, timeout=120)
        assert response.status_code == 200, response.text
        refused = [
            (await client.get("/lists/compare", params=wrong)).json()["error"]["message"]
            for wrong in ({}, {"town": TOWNS[0]}, {"towns": TOWNS[0]}, {**asked, "first": "3"})
        ]
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == ["专业镇比较", "两两相似与互供", "口径与来源"]
    _, _, head, *rows = book.worksheets[0].iter_rows(values_only=True)
    assert head == ("部分", "项目", "单位", "含虚构样例", "定襄法兰", "清徐老陈醋", "陵川中药材文旅康养")
    found = (await service.data(ASKED, towns=TOWNS))["compare"]
    cells = {row[1]: row[4:] for row in rows if row[0] and row[1]}
    assert cells["本镇自己的主体"] == tuple(card["own"]["count"] for card in found["cards"])
    rates = [
        card["localSourcing"]["whole"] and card["localSourcing"]["whole"]["rate"] for card in found["cards"]
    ]
    assert cells["本地配套率：来源不详者不算本地"] == tuple(
        "不详" if rate is None else pytest.approx(100 * rate, abs=0.051) for rate in rates
    )
    _, _, head, *rows = book.worksheets[1].iter_rows(values_only=True)
    assert [row[:2] for row in rows[:3]] == [
        ("定襄法兰", "清徐老陈醋"),
        ("定襄法兰", "陵川中药材文旅康养"),
        ("清徐老陈醋", "陵川中药材文旅康养"),
    ]
    assert refused[0].startswith("towns：请给出，如 towns=town:dingxiang-flange,")
    assert refused[1] == refused[0]
    assert refused[2] == "towns：请给出 2 至 6 个专业镇，所给为 1 个"
    assert refused[3] == "没有参数 first：可用 towns、asOf、format、realOnly、standard"
