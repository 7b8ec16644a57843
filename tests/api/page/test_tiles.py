"""Tiles on the demo: known figures in their cities, the same in the ranking; an office's own map."""

import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import openpyxl
import pytest
from playwright.async_api import BrowserContext, Locator, Page, expect

from api.http.app import create_app
from api.http.connections import Bounds
from api.settings import Settings, read_settings
from graph.snapshot.keeper import SnapshotKeeper
from graph.store.store import Store
from queries.lookup.search import SearchIndex
from tests.api.http.served import served

TILES = "?view=tiles"


def cell(page: Page, city: str) -> Locator:
    return page.get_by_role("region", name=city, exact=True)


async def test_towns_stand_in_their_cities_with_the_value_in_words(page: Page, site: str):
    await page.goto(site + TILES)
    await expect(page.get_by_role("heading", level=1)).to_have_text("各镇一览 · 产值")
    await expect(page.locator("main > .answer [role=status]").first).to_have_text(
        "显示 19 / 共 19 个专业镇 · 其中 5 个不详"
    )
    for city, town, value in (
        ("晋城市", "泽州铸造", "70 亿元"),
        ("忻州市", "定襄法兰", "至少 200 亿元"),
        ("忻州市", "代州黄酒", "不详，至多 1.6 亿元"),
        ("晋中市", "太谷玛钢", "不详"),
    ):
        await expect(cell(page, city).locator(".tile", has_text=town)).to_contain_text(value)
    await expect(cell(page, "晋中市").locator(".tile")).to_have_count(5)
    await expect(cell(page, "临汾市")).to_contain_text("图中没有专业镇")
    await expect(cell(page, "所在市不详").locator(".tile")).to_have_count(2)
    await expect(page.get_by_text("方格示意，非地图，不表示行政区域界线与面积")).to_be_visible()


async def test_unknown_is_hatched_and_what_is_invented_is_stamped(page: Page, site: str):
    await page.goto(site + TILES)
    huangjiu = page.locator(".tile", has_text="代州黄酒")
    await expect(huangjiu).to_have_class(re.compile("UNKNOWN"))
    assert "gradient" in await huangjiu.evaluate("one => getComputedStyle(one).backgroundImage")
    await expect(page.locator(".tile", has_text="万荣外加剂")).to_contain_text("虚构样例")
    await expect(page.locator(".tile", has_text="泽州铸造")).not_to_contain_text("虚构样例")
    await page.get_by_label("只看真实数据").check()
    await expect(page.locator(".tile", has_text="万荣外加剂")).to_contain_text("不详")
    await expect(page.locator(".tile")).to_have_count(17)


async def test_the_ranking_says_what_the_tiles_say_and_can_be_turned_round(page: Page, site: str):
    await page.goto(site + TILES)
    rows = page.locator(".tile-ranking tbody tr")
    await expect(rows).to_have_count(19)
    ranked = [re.sub(r"\s+", " ", text) for text in await rows.all_inner_texts()]
    assert [one.split(" ")[:2] for one in ranked[:3]] == [
        ["1", "杏花村汾酒"],
        ["2", "定襄法兰"],
        ["3", "泽州铸造"],
    ]
    assert all(one.startswith("—") for one in ranked[-5:])
    tiles = await page.locator(".tile b").all_inner_texts()
    assert sorted(tiles) == sorted(await page.locator(".tile-ranking tbody th a").evaluate_all(NAMES))
    await page.get_by_role("button", name="位次").click()
    await expect(rows.first).to_contain_text("平遥推光漆器")
    await expect(page.locator("th[aria-sort=descending]")).to_have_text(re.compile("位次"))
    assert "sort=-rank" in page.url
    await expect(rows.last).to_have_text(re.compile("^—"))


NAMES = "all => all.map(one => one.querySelector('span').firstChild.data)"


async def test_a_tile_opens_its_town_and_a_figure_its_source(page: Page, site: str):
    await page.goto(site + TILES)
    await page.locator(".tile-ranking tr", has_text="泽州铸造").get_by_role("button").click()
    drawer = page.get_by_role("complementary", name="这个数的来历")
    await expect(drawer).to_contain_text("70 亿元")
    await expect(drawer.locator("tbody tr")).not_to_have_count(0)
    await page.keyboard.press("Escape")
    await page.locator(".tile", has_text="定襄法兰").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("定襄法兰")
    await page.go_back()
    await expect(page.locator(".tile")).to_have_count(19)


async def test_each_measure_is_asked_of_all_towns_and_stands_in_the_address(page: Page, site: str):
    await page.goto(site + TILES)
    await page.get_by_role("button", name="认定体检").click()
    await expect(page.locator(".tile-keys li").first).to_have_text(re.compile("通过 ?16"))
    lacquer = page.locator(".tile", has_text="平遥推光漆器")
    await expect(lacquer).to_contain_text("待核")
    await page.get_by_role("button", name="本地配套率").click()
    await expect(lacquer).to_contain_text("7%")
    assert "measure=LOCAL_SOURCING" in page.url
    await page.get_by_role("button", name="应享未享").click()
    await expect(page.locator(".tile", has_text="定襄法兰")).to_contain_text("63 项次，至多 180 项次")
    await page.reload()
    await expect(page.get_by_role("heading", level=1)).to_have_text("各镇一览 · 应享未享")
    await page.go_back()
    await expect(page.get_by_role("heading", level=1)).to_have_text("各镇一览 · 本地配套率")


async def test_another_year_has_that_years_values(page: Page, site: str):
    await page.goto(site + TILES)
    await expect(page.locator(".tile", has_text="定襄法兰")).to_contain_text("至少 200 亿元")
    await page.get_by_label("截至年份").select_option("2020")
    await expect(page.locator(".tile", has_text="定襄法兰")).not_to_contain_text("200 亿元")
    await expect(page.locator(".foot").first).to_contain_text("数据截至 2020 年末")


async def test_the_trade_of_towns_is_a_list_with_both_ways_and_a_way_to_the_rest(page: Page, site: str):
    await page.goto(site + TILES)
    trade = page.locator(".tile-trade")
    await expect(trade.locator("tbody tr")).to_have_count(10)
    first = trade.locator("tbody tr").first
    await expect(first).to_contain_text(re.compile("泽州铸造.*榆次纺机液压.*2,792", re.DOTALL))
    await expect(first).to_contain_text("虚构样例")
    await trade.get_by_role("button", name="显示全部").click()
    await expect(trade.locator("tbody tr")).to_have_count(47)
    pairs = await trade.locator("tbody tr").evaluate_all(PAIRS)
    assert ["上党中药材", "陵川中药材文旅康养"] in pairs
    assert ["陵川中药材文旅康养", "上党中药材"] in pairs


PAIRS = "all => all.map(row => [...row.querySelectorAll('a span')].map(one => one.firstChild.data))"


async def test_the_measure_is_taken_away_as_a_workbook(page: Page, site: str, tmp_path: Path):
    await page.goto(f"{site}{TILES}&measure=UNCLAIMED_BENEFITS")
    async with page.expect_download() as waited:
        await page.get_by_role("link", name="导出各镇指标").click()
    await (await waited.value).save_as(tmp_path / "list.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "list.xlsx").worksheets[0]
    rows = [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert next(row for row in rows if "定襄法兰" in row)[4:7] == ["应享未享（项次）", "63", "180"]


MAP = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"adcode": code},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for code, ring in (
            (140525, [[112, 35], [113, 35.5], [112.5, 36.123456789], [112, 35]]),
            (140923, [[112, 38], [113, 38.5], [112.5, 39], [112, 38]]),
            (140105, [[111, 37], [111.5, 37], [111.5, 37.5], [111, 37]]),
        )
    ],
}
"""Three invented triangles: of a town whose output is known, of one where it is not, of no town."""


type Shown = Callable[[Settings], AbstractAsyncContextManager[Page]]


@pytest.fixture
def office(filled: tuple[Store, SnapshotKeeper[SearchIndex]], window: BrowserContext) -> Shown:
    """Open the tiles of a service with some settings, as a map if it has one."""

    @asynccontextmanager
    async def opened(settings: Settings) -> AsyncIterator[Page]:
        async with served(create_app(*filled, settings), Bounds(60.0, 100)) as port:
            page = await window.new_page()
            page.set_default_timeout(20_000)
            await page.goto(f"http://127.0.0.1:{port}/{TILES}&onmap=1")
            yield page

    return opened


def settings_of(folder: Path, content: str, **given: object) -> Settings:
    (folder / "map.geojson").write_text(content, "utf-8")
    said = {
        "map_source": "某单位，2024 年",
        "map_crs": "CGCS2000",
        "map_approval_no": "晋S(2024)005号",
    } | given
    return read_settings(store="embedded:none", map_geojson=folder / "map.geojson", **said)


async def test_an_offices_map_is_drawn_as_its_file_has_it_with_its_number_in_the_corner(
    office: Shown, tmp_path: Path
):
    async with office(settings_of(tmp_path, json.dumps(MAP))) as page:
        paths = page.locator(".own-map path")
        await expect(paths).to_have_count(3)
        corner = page.locator(".corner")
        await expect(corner).to_contain_text("审图号：晋S(2024)005号")
        await expect(corner).to_contain_text("来源：某单位，2024 年")
        drawn = await paths.nth(0).get_attribute("d")
        assert drawn is not None
        assert [one.split(",")[1] for one in re.split("[ML]", drawn) if one] == [
            "-35",
            "-35.5",
            "-36.123456789",
            "-35",
        ]
        await expect(paths.nth(0)).to_have_class("area step-5")
        await expect(paths.nth(1)).to_have_class("area UNKNOWN")
        await expect(paths.nth(2)).to_have_class("border")
        assert await paths.nth(2).evaluate("one => getComputedStyle(one).fill") == "none"
        await expect(page.get_by_role("link", name="泽州铸造 70 亿元")).to_contain_text("3")
        await expect(page.get_by_text("图上没有对应要素的地方")).to_contain_text("定襄县")
        await page.get_by_role("button", name="方格").click()
        await expect(page.locator(".own-map")).to_have_count(0)
        await expect(page.locator(".tile")).to_have_count(19)


async def test_an_internal_map_says_so_on_the_picture_and_on_paper(office: Shown, tmp_path: Path):
    async with office(settings_of(tmp_path, json.dumps(MAP), map_approval_no="", map_internal=True)) as page:
        await expect(page.locator(".corner b")).to_have_text("内部资料，不得公开")
        await expect(page.locator(".drawn > header")).to_contain_text("内部资料，不得公开")
        await page.emulate_media(media="print")
        await expect(page.locator(".corner b")).to_be_visible()


async def test_a_refused_map_is_said_and_the_tiles_stay(office: Shown, tmp_path: Path):
    async with office(settings_of(tmp_path, json.dumps(MAP), map_approval_no="")) as page:
        await expect(page.get_by_role("alert")).to_contain_text("没有审图号，不显示地图")
        await expect(page.locator(".tile")).to_have_count(19)
        await expect(page.locator(".own-map")).to_have_count(0)
