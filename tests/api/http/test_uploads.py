"""A workbook sent over HTTP is loaded only where it is allowed, and the report comes back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO

import httpx
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


def book(*rows: list[str]) -> bytes:
    memory = BytesIO()
    with Workbook(memory) as made:
        sheet = made.add_worksheet("产品")
        for number, row in enumerate([["产品名称", "产品或环节类别"], *rows]):
            sheet.write_row(number, 0, row)
    return memory.getvalue()


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
