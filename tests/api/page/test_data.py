"""The data desk in a browser: workbooks come in and go back, figures are ruled on, nothing typed is lost."""

import re
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from playwright.async_api import BrowserContext, Locator, Page, Route, expect

from api.http.app import create_app
from api.http.connections import Bounds
from api.http.passes import COOKIE
from api.settings import read_settings
from graph.kinds.metrics import Metric
from graph.kinds.terms import LoadStatus, RulingAction
from graph.snapshot.keeper import SnapshotKeeper
from graph.store.store import Store
from loaders.load import load_folder
from queries.lookup.entries import index_of
from tests.api.http.served import served
from tests.api.page.conftest import guarded, violations
from tests.api.page.test_page import WORDS

PASS = "0123456789abcdef"  # noqa: S105 - of no machine
TABLES = {
    "Region": "id,name,level\nregion:140000,山西省,PROVINCE\nregion:140921,定襄县,COUNTY\n",
    "PART_OF": "from,to\nregion:140921,region:140000\n",
    "Source": "id,name,grade\nsource:a,统计公报,A\nsource:b,县里报道,B\n",
    "Town": "id,name,level,status\ntown:t,定襄法兰,PROVINCIAL,RECOGNISED\n",
    "LIES_IN": "from,to\ntown:t,region:140921\n",
    "Product": "id,name,category\nproduct:p,法兰,FINISHED\n",
    "Organisation": "id,name,form,region\norg:a,天宝公司,ENTERPRISE,region:140921\n",
    "Claim": "subject,metric,value,unit,year,source\n"
    "town:t,EMPLOYEES,40000,PERSON,2022,source:a\n"
    "town:t,OUTPUT_VALUE,1000000000,YUAN,2024,source:a\n"
    "town:t,OUTPUT_VALUE,2000000000,YUAN,2024,source:b\n",
}
REFUSED = "Failed to load resource"
expect.set_options(timeout=20_000)  # a load on a busy machine


@pytest.fixture
async def service(empty_store: Store, tmp_path: Path) -> AsyncIterator[str]:
    """A service of its own that may be written to, with one town."""
    tables = tmp_path / "tables"
    tables.mkdir()
    for name, text in TABLES.items():
        (tables / f"{name}.csv").write_text(text, encoding="utf-8")
    assert (await load_folder(empty_store, tables)).clean
    async for address in _served(empty_store):
        yield address


async def _served(store: Store) -> AsyncIterator[str]:
    async with SnapshotKeeper(store, derive=index_of, every=0.2) as keeper:
        await keeper.ready()
        app = create_app(store, keeper, read_settings(store="embedded:none", writable=True, token=PASS))
        async with served(app, Bounds(60.0, 100)) as port:
            yield f"http://127.0.0.1:{port}/"


@pytest.fixture
async def desk(window: BrowserContext, service: str) -> AsyncIterator[Page]:
    """The desk, opened with the right to write."""
    async with guarded(window, service, REFUSED) as page:
        await page.goto(f"{service}enter?token={PASS}&to=view%3Ddata")
        assert page.url == f"{service}?view=data"
        yield page


async def template(page: Page) -> openpyxl.Workbook:
    """Take the template as people do."""
    async with page.expect_download() as waited:
        await page.get_by_role("link", name="填报模板").click()
    download = await waited.value
    assert download.suggested_filename == "镇链填报模板.xlsx"
    return openpyxl.load_workbook(BytesIO((await download.path()).read_bytes()))


def fill(book: openpyxl.Workbook, sheet: str, *rows: dict[str, Any]) -> None:
    """Write rows below the example of a sheet."""
    page = book[sheet]
    assert isinstance(page, Worksheet)
    places = {cell.value: cell.column for cell in page[1]}
    for number, row in enumerate(rows, 3):
        for head, value in row.items():
            page.cell(number, places[head], value)


def saved(book: openpyxl.Workbook, path: Path) -> Path:
    book.save(path)
    return path


async def send(page: Page, path: Path) -> None:
    await page.get_by_label("选择工作簿，或拖到这里").first.set_input_files(path)


def cells_of(path: Path, sheet: str) -> list[list[str]]:
    book = openpyxl.load_workbook(BytesIO(path.read_bytes()))
    return [
        [str(cell) for cell in row if cell is not None] for row in book[sheet].iter_rows(values_only=True)
    ]


def upload(page: Page) -> Locator:
    return page.get_by_role("region", name="送入工作簿")


SOURCE = {"来源名称": "忻州统计局", "来源等级": "官方发布或权威媒体"}
FIGURE = {
    "所述对象": "定襄法兰",
    "指标": "从业人员（人）",
    "数值": 41000,
    "计量单位": "人",
    "年份": 2024,
    "来源": "忻州统计局",
}
FIRMS = (
    {"主体名称": "恒跃公司", "主体形式": "企业", "所在县": "定襄县"},
    {"主体名称": "金瑞公司", "主体形式": "企业", "所在县": "定襄县"},
)


async def test_the_offices_story_a_workbook_with_two_faults_is_mended_loaded_and_taken_back(
    desk: Page, service: str, tmp_path: Path
):
    town = f"{service}?town=town:t"
    book = await template(desk)
    fill(book, "来源", SOURCE)
    fill(book, "主体", FIRMS[0], FIRMS[1] | {"主体形式": "企业户户"})
    fill(book, "事实", FIGURE | {"计量单位": "人人"})
    await send(desk, saved(book, tmp_path / "台账.xlsx"))

    rejected = upload(desk).get_by_role("region", name="未通过的 2 处")
    rows = rejected.get_by_role("row")
    await expect(rows.nth(1)).to_contain_text(re.compile("主体 C4.*企业户户.*应为"))
    await expect(rows.nth(1).locator(".chip")).to_have_text("企业")
    await expect(rows.nth(2)).to_contain_text(re.compile(r"事实 E3.*人人"))
    await expect(desk.locator(".lead", has_text="新增")).to_have_text(
        "新增 2 行、更新 0 行、未变 0 行；未通过 2 处"
    )
    async with desk.expect_download() as waited:
        await rejected.get_by_role("button", name="下载未通过的行").click()
    download = await waited.value
    assert download.suggested_filename == "未通过的行.xlsx"
    found = cells_of(await download.path(), "主体")
    assert [row[0] for row in found] == ["标记", "金瑞公司"]
    assert found[0][-2:] == ["原行号", "退回原因"]
    assert found[1][-2].startswith("台账.xlsx:4@")
    assert "企业" in found[1][-1]
    assert len(cells_of(await download.path(), "事实")) == 2

    fill(book, "主体", *FIRMS)
    fill(book, "事实", FIGURE)
    await send(desk, saved(book, tmp_path / "台账.xlsx"))
    await expect(upload(desk)).to_contain_text("全部通过")
    await expect(desk.get_by_role("region", name=re.compile("未通过的"))).to_have_count(0)
    differences = upload(desk).get_by_role("region", name="差异").get_by_role("row")
    await expect(differences.filter(has_text="金瑞公司")).to_contain_text(
        re.compile("主体 第 4 行.*新增一行.*所在县 定襄县")
    )
    await expect(differences.filter(has_text="定襄法兰 从业人员 2024")).to_contain_text("数值 41000")
    await desk.get_by_label("经办机构或岗位").fill("定襄县工信局")
    await desk.get_by_role("button", name="装载", exact=True).click()
    await expect(upload(desk)).to_contain_text("已装载：台账.xlsx")

    await desk.goto(town)
    await expect(desk.get_by_role("button", name="41,000 人")).to_be_visible()
    await desk.goto(f"{service}?view=data")
    load = desk.get_by_role("row").filter(has_text="台账.xlsx")
    await expect(load).to_contain_text(re.compile("定襄县工信局.*4000已完成"))
    await load.get_by_role("button", name="撤回").click()
    undo = desk.get_by_role("group", name="撤回这次装载")
    await expect(undo.get_by_role("button", name="撤回这次装载")).to_be_disabled()
    await undo.get_by_label("理由和依据").fill("表送错了")
    await undo.get_by_role("button", name="撤回这次装载").click()
    await expect(desk.get_by_text(re.compile("^已撤销 load:.*恢复 0 行$"))).to_be_visible()
    await expect(load).to_contain_text("表送错了")
    await expect(load.get_by_role("button", name="撤回")).to_have_count(0)
    await desk.goto(town)
    await expect(desk.get_by_role("button", name="40,000 人")).to_be_visible()


def products(book: openpyxl.Workbook, path: Path) -> Path:
    """A workbook that changes a cell and brings a row."""
    row = {"产品或产业链环节名称": "法兰", "产品或环节类别": "原材料"}
    fill(book, "产品或产业链环节", row, {"产品或产业链环节名称": "锻件", "产品或环节类别": "零部件、中间品"})
    fill(book, "主体", FIRMS[0])
    return saved(book, path)


async def test_a_changed_cell_is_shown_from_what_to_what_and_a_sheet_can_be_chosen(
    desk: Page, tmp_path: Path
):
    await send(desk, products(await template(desk), tmp_path / "a.xlsx"))
    rows = upload(desk).get_by_role("region", name="差异").locator("tbody tr")
    await expect(rows).to_have_count(3)
    changed = rows.filter(has_text="最终产品")
    await expect(changed.locator("th, td")).to_have_text(
        ["产品或产业链环节 C3", "法兰产品或产业链环节", "产品或环节类别", "最终产品", "原材料"]
    )
    await desk.get_by_label("工作表").select_option("主体")
    await expect(rows).to_have_count(1)
    await expect(desk.get_by_text("显示 1 / 共 1 处")).to_be_visible()
    assert "sheet=%E4%B8%BB%E4%BD%93" in desk.url
    async with desk.expect_download() as waited:
        await desk.get_by_role("button", name="下载全部差异（CSV）").click()
    lines = (await (await waited.value).path()).read_text("utf-8-sig").splitlines()
    assert len(lines) == 4
    assert lines[1].startswith("a.xlsx:产品或产业链环节,C3,product:p,category,FINISHED,RAW_MATERIAL")


async def test_of_two_tabs_the_second_is_told_that_the_data_moved(desk: Page, service: str, tmp_path: Path):
    path = products(await template(desk), tmp_path / "a.xlsx")
    async with guarded(desk.context, service, REFUSED) as other:
        await other.goto(f"{service}?view=data")
        for page in (desk, other):
            await send(page, path)
            await expect(page.get_by_role("button", name="装载", exact=True)).to_be_enabled()
        await desk.get_by_role("button", name="装载", exact=True).click()
        await expect(upload(desk)).to_contain_text("已装载：a.xlsx")
        await other.get_by_role("button", name="装载", exact=True).click()
        await expect(upload(other)).to_contain_text("数据在检查之后又有改动，差异可能不同：没有装载")
        await expect(upload(other)).to_contain_text("与已有的数据相同，没有可装载的")


async def test_what_cannot_be_loaded_is_said_with_what_to_do(desk: Page, tmp_path: Path):
    (tmp_path / "清单.txt").write_text("name\n", "utf-8")
    (tmp_path / "假.xlsx").write_text("name,form\n", "utf-8")
    with (tmp_path / "大.xlsx").open("wb") as file:
        file.truncate(50_000_001)
    unfilled = saved(await template(desk), tmp_path / "空.xlsx")
    for path, words in (
        (tmp_path / "清单.txt", "“清单.txt”不是工作簿：应为 .xlsx"),
        (tmp_path / "假.xlsx", "不是 Excel 工作簿"),
        (tmp_path / "大.xlsx", "工作簿过大：50.0 MB，最多 50 MB。请分成几个"),
        (unfilled, "各工作表都没有填写"),
    ):
        await send(desk, path)
        await expect(upload(desk).get_by_role("alert")).to_contain_text(words)
        await expect(desk.get_by_role("button", name="装载", exact=True)).to_have_count(0)


async def test_sending_can_be_stopped_and_the_store_may_be_away(desk: Page, tmp_path: Path):
    path = products(await template(desk), tmp_path / "a.xlsx")
    await desk.route("**/load?*", lambda _: None)  # never answered
    await send(desk, path)
    await desk.get_by_role("button", name="停止").click()
    await expect(upload(desk).get_by_role("alert")).to_contain_text("已停止，没有写入")
    await desk.unroute("**/load?*")
    await desk.get_by_role("button", name="再检查一次").click()
    await desk.get_by_label("经办机构或岗位").fill("定襄县工信局")
    await desk.route("**/load?*", _away)
    await desk.get_by_role("button", name="装载", exact=True).click()
    await expect(upload(desk).get_by_role("alert")).to_contain_text("数据库暂时不可用：仍可查看，暂时不能写")
    await expect(desk.get_by_label("经办机构或岗位")).to_have_value("定襄县工信局")
    await expect(desk.get_by_role("table", name="装载记录")).to_be_visible()
    await desk.unroute("**/load?*")
    await desk.get_by_role("button", name="装载", exact=True).click()
    await expect(upload(desk)).to_contain_text("已装载：a.xlsx")


async def _away(route: Route) -> None:
    body = '{"error":{"code":"STORE_UNAVAILABLE","message":"x"}}'
    await route.fulfill(status=503, body=body, content_type="application/json")


async def test_a_figure_that_is_hard_to_believe_is_looked_at_before_it_is_loaded(desk: Page, tmp_path: Path):
    """99999999 under 万元 from a seller of 1,000 万元 a year: 99,999.999 times, told as 100,000."""
    book = await template(desk)
    sheet = book["供应"]
    assert isinstance(sheet, Worksheet)
    amount = next(str(cell.value) for cell in sheet[1] if str(cell.value).startswith("金额"))
    fill(book, "来源", SOURCE)
    fill(book, "主体", FIRMS[0])
    turnover = {"所述对象": "恒跃公司", "指标": "营业收入（元/年）", "数值": 1000, "计量单位": "万元"}
    fill(book, "事实", FIGURE | turnover)
    sale = {"卖方": "恒跃公司", "买方": "天宝公司", "产品": "法兰", "年份": 2024, amount: 99999999}
    fill(book, "供应", sale)
    await send(desk, saved(book, tmp_path / "台账.xlsx"))
    doubts = upload(desk).get_by_role("region", name="难以置信的 1 处")
    await expect(doubts).to_contain_text(
        re.compile("供应 .*3.*99999999 万元.*是卖方已知营业收入或产值（最高 1,000 万元）的 100,000 倍")
    )
    load = desk.get_by_role("button", name="装载", exact=True)
    await expect(load).to_be_disabled()
    await expect(upload(desk)).to_contain_text("999,999,990,000 元")
    await doubts.get_by_label("我已核对").check()
    await load.click()
    await expect(upload(desk)).to_contain_text("已装载：台账.xlsx")


async def test_a_figure_is_ruled_on_beside_its_rivals_and_the_ruling_is_undone(desk: Page, service: str):
    await desk.goto(f"{service}?view=data&desk=conflicts")
    rivals = desk.get_by_role("region", name="定襄法兰 产值")
    rows = rivals.locator("tbody tr")
    await expect(rows.nth(0)).to_contain_text(re.compile("10 亿元.*统计公报.*采用"))
    await expect(rows.nth(1)).to_contain_text(re.compile("20 亿元.*县里报道.*100%.*等级"))
    await rows.nth(1).get_by_role("button", name="以此为准").click()
    form = desk.get_by_role("group", name="定以此为准")
    await form.get_by_label("理由和依据").fill("已核对原件")
    await form.get_by_label("经办机构或岗位").fill("县统计局")
    await form.get_by_role("button", name="定以此为准").click()
    await expect(rivals).to_contain_text(re.compile("裁定以此为准（县统计局）：已核对原件"))
    await expect(rows.nth(0)).to_contain_text(re.compile("20 亿元.*采用"))
    await expect(rows.nth(1)).to_contain_text("数据管理员选定：已核对原件")
    ruling = desk.get_by_role("table", name="裁定记录").locator("tbody tr")
    await expect(ruling).to_contain_text(re.compile("选定.*已核对原件.*县统计局.*有效"))
    await ruling.get_by_role("button", name="撤销").click()
    form = desk.get_by_role("group", name="撤销这次裁定")
    await form.get_by_label("理由和依据").fill("看错了")
    await form.get_by_role("button", name="撤销这次裁定").click()
    await expect(ruling).to_contain_text("看错了")
    await expect(rows.nth(0)).to_contain_text(re.compile("10 亿元.*采用"))


async def test_who_loses_the_right_in_the_middle_loses_nothing_typed(desk: Page, service: str):
    await desk.goto(f"{service}?view=data&desk=conflicts")
    rows = desk.get_by_role("region", name="定襄法兰 产值").locator("tbody tr")
    await rows.nth(1).get_by_role("button", name="以此为准").click()
    form = desk.get_by_role("group", name="定以此为准")
    await form.get_by_label("理由和依据").fill("已核对原件")
    await desk.context.clear_cookies(name=COOKIE)
    await form.get_by_role("button", name="定以此为准").click()
    rights = desk.get_by_role("complementary", name="写入的权限")
    await expect(rights).to_contain_text("这个浏览器现在只能看，不能写")
    await rights.get_by_label("口令").fill("wrong-wrong-wrong")
    await rights.get_by_role("button", name="取得写入权").click()
    await expect(rights.get_by_role("alert")).to_have_text("口令不对")
    await rights.get_by_label("口令").fill(PASS)
    await rights.get_by_role("button", name="取得写入权").click()
    await expect(rights).to_have_count(0)
    await expect(form.get_by_label("理由和依据")).to_have_value("已核对原件")
    await form.get_by_role("button", name="定以此为准").click()
    await expect(rows.nth(0)).to_contain_text(re.compile("20 亿元.*采用"))


async def test_a_reason_outlives_the_tab_of_the_desk_and_a_reload(desk: Page, service: str):
    await desk.goto(f"{service}?view=data&desk=conflicts")
    pin = desk.get_by_role("region", name="定襄法兰 产值").get_by_role("button", name="以此为准")
    form = desk.get_by_role("group", name="定以此为准")
    await pin.nth(1).click()
    await form.get_by_label("理由和依据").fill("已核对原件")
    await desk.get_by_role("tab", name="装载").click()
    await desk.get_by_role("tab", name="冲突").click()
    await expect(form.get_by_label("理由和依据")).to_have_value("已核对原件")
    await desk.reload()
    await pin.nth(1).click()
    await expect(form.get_by_label("理由和依据")).to_have_value("已核对原件")
    await form.get_by_role("button", name="定以此为准").click()
    await expect(form).to_have_count(0)
    assert await desk.evaluate("Object.keys(sessionStorage)") == []


async def test_where_writing_is_switched_off_the_setting_is_named_and_no_pass_is_asked_for(
    page: Page, site: str
):
    """This service may not be written to; the English page says it in its own words."""
    for query, words in (
        ("?view=data", "须由运行服务的人设置 ZHENLIAN_WRITABLE=true"),
        ("?view=ledgers", "须由运行服务的人设置 ZHENLIAN_WRITABLE=true"),
        ("?view=data&desk=conflicts&lang=en", "would have to set ZHENLIAN_WRITABLE=true"),
    ):
        await page.goto(site + query)
        rights = page.locator(".rights")
        await expect(rights).to_contain_text(words)
        await expect(rights.get_by_role("button")).to_have_count(0)
        await expect(rights.locator("input")).to_have_count(0)


async def test_an_undo_that_something_stands_on_is_refused_with_its_name(desk: Page, service: str):
    await desk.goto(f"{service}?view=data&desk=conflicts")
    await (
        desk.get_by_role("region", name="定襄法兰 产值").get_by_role("button", name="以此为准").nth(1).click()
    )
    form = desk.get_by_role("group", name="定以此为准")
    await form.get_by_label("理由和依据").fill("已核对原件")
    await form.get_by_role("button", name="定以此为准").click()
    await expect(desk.get_by_role("table", name="裁定记录")).to_be_visible()
    await desk.get_by_role("tab", name="装载").click()
    await desk.get_by_role("row").filter(has_text="Region.csv").get_by_role("button", name="撤回").click()
    undo = desk.get_by_role("group", name="撤回这次装载")
    await undo.get_by_label("理由和依据").fill("误装")
    await undo.get_by_role("button", name="撤回这次装载").click()
    await expect(undo.get_by_role("alert")).to_contain_text(
        re.compile("之后的 ruling:.*改动或用到了同样的行.*请先撤销它.*填写的内容还在")
    )
    await expect(undo.get_by_label("理由和依据")).to_have_value("误装")


async def test_without_any_data_the_desk_says_how_to_bring_some(
    window: BrowserContext, empty_store: Store, tmp_path: Path
):
    async for address in _served(empty_store):
        async with guarded(window, address, REFUSED) as page:
            await page.goto(f"{address}?view=data")
            await expect(upload(page)).to_contain_text("还没有数据。下载模板填好，在这里送入")
            await expect(page.get_by_label("选择工作簿，或拖到这里").first).to_be_disabled()
            await page.get_by_label("口令").fill(PASS)
            await page.keyboard.press("Enter")
            await expect(page.get_by_role("complementary", name="写入的权限")).to_have_count(0)
            await send(page, products(await template(page), tmp_path / "a.xlsx"))
            await page.get_by_role("button", name="装载", exact=True).click()
            await expect(upload(page)).to_contain_text("已装载：a.xlsx")
            await expect(
                page.get_by_role("table", name="装载记录").locator("tbody tr").first
            ).to_contain_text("a.xlsx")


async def test_what_is_lacking_most_is_named(page: Page, site: str):
    await page.goto(f"{site}?view=data&desk=complete")
    await expect(page.locator(".lead")).to_have_text(
        "最缺的是“带动上下游配套企业（含家庭农场、专业合作社）10户以上”：19 个镇中 1 个不详，2 个只知一部分。"
    )
    kinds, towns = (page.get_by_role("table", name=name) for name in ("按条件", "按专业镇"))
    # The table begins with what the headline names; of the other 16 towns the condition is decided, or known.
    await expect(kinds.locator("tbody tr").nth(0)).to_contain_text("带动上下游配套企业")
    leading = kinds.locator("tbody tr").filter(has_text="龙头企业")
    await expect(leading.first).to_contain_text("示例镇乙")
    assert await towns.locator("tbody tr td:last-child").filter(has_text="至少1家").count() == 1
    await expect(towns.locator("tbody tr")).to_have_count(19)
    await expect(towns.locator("tbody tr").filter(has_text="示例镇乙")).to_contain_text("没有登记龙头企业")


async def _sound(page: Page) -> None:
    assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert await violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_state_of_the_desk_is_accessible_and_narrow(
    desk: Page, service: str, tmp_path: Path, scheme: str
):
    await desk.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    await desk.set_viewport_size({"width": 390, "height": 800})
    book = await template(desk)
    fill(book, "主体", FIRMS[0], FIRMS[1] | {"主体形式": "企业户户"})
    await send(desk, saved(book, tmp_path / "a.xlsx"))
    await expect(desk.get_by_role("button", name="只装载通过的行")).to_be_visible()
    await _sound(desk)
    await desk.get_by_role("button", name="只装载通过的行").click()
    await expect(upload(desk)).to_contain_text("未通过的 1 处没有装载")
    await desk.get_by_role("row").filter(has_text="a.xlsx").last.get_by_role("button", name="撤回").click()
    await _sound(desk)
    for tab in ("complete", "conflicts"):
        await desk.goto(f"{service}?view=data&desk={tab}")
        await expect(desk.locator("#desk table, #desk .empty").first).to_be_visible()
        await _sound(desk)


@pytest.mark.parametrize(
    ("prefix", "values"),
    [
        ("data.metric.", Metric),
        ("data.status.", LoadStatus),
        ("data.ruling.", RulingAction),
        ("data.coverage.", ("KNOWN", "PARTLY", "UNKNOWN")),
    ],
)
def test_every_value_that_the_desk_shows_has_its_word(prefix: str, values: Any):
    names = [one if isinstance(one, str) else one.value for one in values]
    assert [name for name in names if WORDS.count(f"'{prefix}{name}':") != 2] == []
