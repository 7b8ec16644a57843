"""A workbook sent over HTTP is loaded only where it is allowed, and the report comes back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO

import httpx
import openpyxl
import pytest
from python_calamine import CalamineWorkbook
from starlette.applications import Starlette
from xlsxwriter import Workbook

from api.http import uploads
from api.http.uploads import XLSX, upload_routes
from api.settings import Settings, read_settings
from graph.snapshot.keeper import SnapshotKeeper
from graph.store.store import Store
from tests.api.http.passes import PASS, TOKEN

HEADERS = {"content-type": XLSX}


def sheets(**named: list[list[object]]) -> bytes:
    memory = BytesIO()
    with Workbook(memory) as made:
        for name, rows in named.items():
            sheet = made.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return memory.getvalue()


def book(*rows: list[str]) -> bytes:
    return sheets(产品=[["产品名称", "产品或环节类别"], *rows])


SOUND = book(["法兰", "最终产品"])
MIXED = book(["法兰", "最终产品"], ["锻件", "不知道"])


@asynccontextmanager
async def client(
    store: Store, settings: Settings, *, host: str = "127.0.0.1", caller: str = "127.0.0.1"
) -> AsyncIterator[httpx.AsyncClient]:
    app = Starlette(routes=upload_routes(store, settings))
    transport = httpx.ASGITransport(app=app, client=(caller, 5))
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{host}", headers=PASS) as made:
        yield made


@pytest.fixture
def writable() -> Settings:
    return read_settings(writable=True, token=TOKEN)


async def products(store: Store) -> list[dict]:
    return await store.read("MATCH (p:Product) RETURN {name: p.name} AS p")


async def test_a_dry_run_tells_the_differences(empty_store: Store, writable: Settings):
    async with client(empty_store, writable) as sender:
        new = (await sender.post("/load?dry=1&name=a.xlsx", content=SOUND, headers=HEADERS)).json()
        await sender.post("/load", content=SOUND, headers=HEADERS)
        changed = book(["法兰", "原材料"])
        again = (await sender.post("/load?dry=1&name=a.xlsx", content=changed, headers=HEADERS)).json()
    assert (new["differences"]["total"], new["differences"]["first"][0]["column"]) == (1, "")
    (cell,) = again["differences"]["first"]
    assert (cell["place"], cell["before"], cell["after"]) == ("a.xlsx:产品!B2", "FINISHED", "RAW_MATERIAL")


async def test_a_dry_run_says_in_words_what_comes_what_changes_and_what_goes(
    empty_store: Store, writable: Settings
):
    head = ["卖方", "买方", "产品", "年份", "金额（万元/年）", "更正"]
    firms = [["主体名称", "主体形式", "所在县"], ["甲厂", "企业", "定襄县"], ["乙厂", "企业", "定襄县"]]
    products = [["产品名称", "产品或环节类别"], ["法兰", "最终产品"]]
    first = sheets(主体=firms, 产品=products, 供应=[head, ["甲厂", "乙厂", "法兰", 2023, 10, ""]])
    second = sheets(
        产品=[*products[:1], ["法兰", "原材料"]], 供应=[head, ["甲厂", "乙厂", "法兰", 2024, 10, "是"]]
    )
    async with client(empty_store, writable) as sender:
        assert (await sender.post("/load?name=b.xlsx", content=first, headers=HEADERS)).json()["clean"]
        answer = await sender.post("/load?dry=1&name=b.xlsx", content=second, headers=HEADERS)
        listed = await sender.post(
            "/load?dry=1&name=b.xlsx", content=second, headers=HEADERS | {"accept": "text/csv"}
        )
    told = answer.json()["differences"]
    assert told["sheets"] == [
        {"sheet": "b.xlsx:产品", "new": 0, "changed": 1, "gone": 0},
        {"sheet": "b.xlsx:供应", "new": 1, "changed": 0, "gone": 1},
    ]
    cell, new, gone = told["first"]
    assert (cell["kind"], cell["cell"], cell["words"]) == ("产品或产业链环节", "B2", "产品或环节类别")
    assert (cell["beforeInWords"], cell["afterInWords"]) == ("最终产品", "原材料")
    texts = {one["words"]: one["text"] for one in new["cells"]}
    assert (texts["年份"], texts["金额"]) == ("2024", "100,000 元")
    assert {one["words"]: one["text"] for one in gone["cells"]}["年份"] == "2023"
    assert [new["cell"], gone["cell"]] == ["2:2", "2:2"]
    lines = listed.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "table,row,id,column,before,after"
    assert len(lines) == 4


async def test_a_new_row_says_where_it_is_and_a_claim_what_it_is_of(empty_store: Store, writable: Settings):
    claims = [
        ["所述对象", "指标", "数值", "计量单位", "年份", "来源"],
        ["甲厂", "从业人员", 30, "人", 2024, "公报"],
    ]
    sent = sheets(
        主体=[["主体名称", "主体形式", "所在县"], ["甲厂", "企业", "定襄县"]],
        来源=[["来源名称", "来源等级"], ["公报", "官方发布或权威媒体"]],
        事实=claims,
    )
    async with client(empty_store, writable) as sender:
        answer = await sender.post("/load?dry=1&name=b.xlsx", content=sent, headers=HEADERS)
    told = answer.json()["differences"]
    firm, _, claim = told["first"]
    assert {one["words"]: one["text"] for one in firm["cells"]}["所在县"] == "region:140921"
    assert told["names"][claim["id"]] == "甲厂 从业人员 2024"
    assert told["names"][firm["id"]] == "甲厂"


async def test_what_was_checked_before_another_write_is_checked_again(empty_store: Store, writable: Settings):
    async with client(empty_store, writable) as sender:
        seen = (await sender.post("/load?dry=1", content=SOUND, headers=HEADERS)).json()["writes"]
        await sender.post("/load", content=book(["锻件", "原材料"]), headers=HEADERS)
        late = await sender.post(f"/load?after={seen}", content=SOUND, headers=HEADERS)
        again = (await sender.post("/load?dry=1", content=SOUND, headers=HEADERS)).json()["writes"]
        sound = await sender.post(f"/load?after={again}", content=SOUND, headers=HEADERS)
        wrong = await sender.post("/load?after=x", content=SOUND, headers=HEADERS)
    assert (late.status_code, late.json()["error"]["code"]) == (409, "CONFLICT")
    assert "没有装载，请再检查一次" in late.json()["error"]["message"]
    assert (sound.status_code, wrong.status_code) == (200, 400)
    assert sorted(p["name"] for p in await products(empty_store)) == ["法兰", "锻件"]


async def test_the_record_says_who_loaded(empty_store: Store, writable: Settings):
    async with client(empty_store, writable) as sender:
        await sender.post("/load", params={"by": " 定襄县工信局 "}, content=SOUND, headers=HEADERS)
        long = await sender.post("/load", params={"by": "长" * 101}, content=MIXED, headers=HEADERS)
        broken = await sender.post("/load", params={"by": "甲\n乙"}, content=MIXED, headers=HEADERS)
    assert [long.status_code, broken.status_code] == [400, 400]
    assert await empty_store.read("MATCH (l:Load) RETURN {by: l.by} AS l") == [{"by": "定襄县工信局"}]


async def test_a_rejected_row_says_what_may_be_meant(store: Store, writable: Settings):
    async with client(store, writable) as sender:
        told = (await sender.post("/load?dry=1", content=book(["锻件", "最终产吕"]), headers=HEADERS)).json()
    (rejected,) = told["rejections"]
    assert (rejected["place"], rejected["value"]) == ("上传.xlsx:产品!B2", "最终产吕")
    assert rejected["proposed"] == ["最终产品"]


async def test_a_cell_that_cannot_be_read_says_what_would_be_right_and_what_will_be_done(
    store: Store, writable: Settings
):
    head, row = ["标识", "主体名称", "主体形式", "成立日期"], ["org:jia", "甲厂", "企业", "去年夏天"]
    async with client(store, writable) as sender:
        asked = sheets(主体=[head, row], 产品=[["产品名称", "产品或环节类别"], ["锻件", "甲乙丙"]])
        told = (await sender.post("/load?dry=1", content=asked, headers=HEADERS)).json()
    found = {one["value"]: one for one in told["rejections"]}
    day, sort = found["去年夏天"], found["甲乙丙"]
    assert day["expected"] == "日期，如 2022-09-14、2022/9/14 或 2022年9月14日"
    assert day["reason"].endswith("；此格将按不详装载，该行其余各格将装载")
    assert (sort["proposed"], sort["expected"].startswith("原材料")) == ([], True)


async def test_a_figure_beyond_all_known_is_told_with_its_unit(empty_store: Store, writable: Settings):
    """Three supplies of 1 to 3 million; 99999999 under 万元 is 333,333 times the greatest."""
    firms = [["标识", "主体名称", "主体形式"], ["org:jia", "甲厂", "企业"], ["org:yi", "乙厂", "企业"]]
    head = ["供方", "需方", "产品", "年份", "金额（万元/年）"]
    some = [["甲厂", "乙厂", "法兰", year, value] for year, value in ((2021, 100), (2022, 200), (2023, 300))]
    goods = [["产品名称", "产品或环节类别"], ["法兰", "最终产品"]]
    async with client(empty_store, writable) as sender:
        first = sheets(主体=firms, 产品=goods, 供应=[head, *some])
        before = (await sender.post("/load", content=first, headers=HEADERS)).json()
        assert (before["clean"], before["implausible"]) == (True, []), before["rejections"]
        late = sheets(供应=[head, ["甲厂", "乙厂", "法兰", 2024, 99999999]])
        told = (await sender.post("/load?dry=1", content=late, headers=HEADERS)).json()
    (doubt,) = told["implausible"]
    assert (doubt["place"], doubt["value"]) == ("上传.xlsx:供应!E2", "99999999 万元")
    assert doubt["reason"].startswith("是库中已知同一产品的最大供应额（300 万元）的 333,333 倍")
    (new,) = told["differences"]["first"]
    assert "999,999,990,000 元" in [cell["text"] for cell in new["cells"]]


async def test_the_template_is_given_and_can_be_sent_back_with_one_row_more(
    empty_store: Store, writable: Settings
):
    async with client(empty_store, writable) as sender:
        given = await sender.get("/template.xlsx")
        assert "filename*=UTF-8''" in given.headers["content-disposition"]
        unfilled = await sender.post("/load?dry=1", content=given.content, headers=HEADERS)
        filled = openpyxl.load_workbook(BytesIO(given.content))
        places = {cell.value: cell.column for cell in filled["产品或产业链环节"][1]}
        for head, text in (("产品或产业链环节名称", "法兰"), ("产品或环节类别", "最终产品")):
            filled["产品或产业链环节"].cell(3, places[head], text)
        memory = BytesIO()
        filled.save(memory)
        sent = await sender.post("/load", content=memory.getvalue(), headers=HEADERS)
    assert (unfilled.status_code, unfilled.json()["error"]["code"]) == (422, "LOAD_REFUSED")
    assert "没有填写" in unfilled.json()["error"]["message"]
    assert sent.json()["clean"], sent.json()
    assert await products(empty_store) == [{"name": "法兰"}]


async def test_the_answer_to_a_load_waits_until_the_snapshot_holds_it(empty_store: Store, writable: Settings):
    async with SnapshotKeeper[None](empty_store, every=60) as keeper:
        await keeper.ready()
        app = Starlette(routes=upload_routes(empty_store, writable, keeper))
        transport = httpx.ASGITransport(app=app, client=("127.0.0.1", 5))
        async with httpx.AsyncClient(
            transport=transport, base_url="http://127.0.0.1", headers=PASS
        ) as sender:
            told = (await sender.post("/load", content=SOUND, headers=HEADERS)).json()
        names = keeper.current.nodes["Product"]["name"].tolist()
    assert (told["seen"], names) == (True, ["法兰"])


async def test_a_workbook_is_loaded_and_reported(empty_store: Store, writable: Settings):
    async with client(empty_store, writable) as sender:
        answer = await sender.post("/load?name=%E6%B8%85%E5%8D%95.xlsx", content=MIXED, headers=HEADERS)
    told = answer.json()
    assert answer.status_code == 200
    assert (told["clean"], told["rejected"], told["tables"][0]["new"]) == (False, 1, 1)
    assert told["rejections"][0]["place"] == "清单.xlsx:产品!B3"
    assert told["load"].startswith("load:")
    assert await products(empty_store) == [{"name": "法兰"}]


async def test_a_name_longer_than_any_file_is_cut_and_kept_whole_in_the_record(
    empty_store: Store, writable: Settings
):
    name = "清单" * 2_500 + ".xlsx"
    async with client(empty_store, writable) as sender:
        answer = await sender.post("/load", params={"name": name}, content=MIXED, headers=HEADERS)
    assert answer.status_code == 200
    assert answer.json()["rejections"][0]["place"] == "清单" * 40 + "….xlsx:产品!B3"
    (load,) = await empty_store.read("MATCH (l:Load) RETURN {files: l.files} AS l")
    assert [file.rpartition(" ")[0] for file in load["files"]] == [name]


async def test_a_dry_or_refused_strict_load_writes_nothing(empty_store: Store, writable: Settings):
    async with client(empty_store, writable) as sender:
        dry = await sender.post("/load?dry=1", content=SOUND, headers=HEADERS)
        strict = await sender.post("/load?strict=1", content=MIXED, headers=HEADERS)
    assert (dry.json()["load"], dry.json()["tables"][0]["new"]) == (None, 1)
    assert (strict.status_code, strict.json()["error"]["code"], strict.json()["rejected"]) == (
        422,
        "LOAD_REFUSED",
        1,
    )
    assert await products(empty_store) == []


async def test_the_rejected_rows_come_back_as_a_workbook_when_asked(empty_store: Store, writable: Settings):
    async with client(empty_store, writable) as sender:
        answer = await sender.post("/load", content=MIXED, headers=HEADERS | {"accept": XLSX})
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_name("产品").to_python()
    assert [row[0] for row in rows] == ["产品名称", "锻件"]


@pytest.mark.parametrize(
    ("given", "how", "headers", "status", "message"),
    [
        ({}, {}, {}, 403, "ZHENLIAN_WRITABLE=true"),
        ({"writable": True, "host": "0.0.0.0"}, {}, {}, 403, "服务未只在本机监听"),  # noqa: S104
        ({"writable": True}, {"caller": "10.0.0.7"}, {}, 403, "只允许来自本机"),
        ({"writable": True}, {"host": "evil.example"}, {}, 403, "只允许来自本机"),
        ({"writable": True}, {}, {"x-forwarded-for": "10.0.0.7"}, 403, "只允许来自本机"),
        ({"writable": True}, {}, {"x-real-ip": "10.0.0.7"}, 403, "只允许来自本机"),
        ({"writable": True}, {}, {"via": "1.1 proxy"}, 403, "只允许来自本机"),
        ({"writable": True}, {}, {"origin": "https://evil.example"}, 403, "其他网站"),
        ({"writable": True}, {}, {"x-zhenlian-token": "wrong"}, 403, "出示口令"),
        ({"writable": True}, {}, {"content-type": "text/plain"}, 415, "Content-Type"),
    ],
)  # fmt: skip
async def test_others_are_refused(  # noqa: PLR0913, PLR0917 - the parts of a request
    store: Store, given: dict, how: dict, headers: dict, status: int, message: str
):
    async with client(store, read_settings(token=TOKEN, **given), **how) as sender:
        answer = await sender.post("/load", content=SOUND, headers=HEADERS | headers)
    assert answer.status_code == status
    assert message in answer.json()["error"]["message"]


async def test_too_much_is_refused_however_it_is_sent(
    store: Store, writable: Settings, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(uploads, "MOST", 1_000)

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield b"x" * 500

    async with client(store, writable) as sender:
        for content in (b"x" * 1_001, chunks()):
            answer = await sender.post("/load", content=content, headers=HEADERS)
            assert answer.status_code == 413
            assert "工作簿过大" in answer.json()["error"]["message"]


async def test_what_is_no_workbook_is_said(store: Store, writable: Settings):
    async with client(store, writable) as sender:
        answer = await sender.post("/load", content=b"name,form\n", headers=HEADERS)
    assert answer.status_code == 422
    assert answer.json()["error"]["message"].startswith("上传.xlsx：不是 Excel 工作簿")


def test_the_setting_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ZHENLIAN_WRITABLE", "true")
    assert read_settings().writable
