"""The page on bad days: no data, nothing known, 5,000 members, long names, slow answers, old links."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Error, Page, Route, expect

from api.http.app import create_app
from api.http.connections import Bounds
from api.settings import read_settings
from dev.demo import demo
from tests.api.http.served import served
from tests.api.page.conftest import guarded

LONG = "山西省忻州市定襄县" + "特种合金法兰锻造与精密机加工联合" * 3 + "有限公司"
"""A name of 61 characters."""
SOURCE = "id,name,publisher,grade\nsource:list,企业名单,县工信局,B\n"
BARE = "town:bare"
CROWDED = "town:crowded"


def province(folder: Path) -> Path:
    """Write two towns: one of which only the name is known, one with 5,000 members and nothing made."""
    tables = {
        "Source": SOURCE,
        "Town": "id,name,level,status\n"
        f"{BARE},无名镇产业,PROVINCIAL,RECOGNISED\n{CROWDED},拥挤镇产业,COUNTY,CANDIDATE\n",
        "Organisation": "id,name,form\n"
        + "".join(f"org:m{n},{LONG if n == 0 else f'拥挤镇第{n}厂'},ENTERPRISE\n" for n in range(5_000)),
        "MEMBER_OF": "from,to,source\n" + "".join(f"org:m{n},{CROWDED},source:list\n" for n in range(5_000)),
        "LEADS": f"from,to,source\norg:m0,{CROWDED},source:list\n",
    }
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return folder


@asynccontextmanager
async def serving(tables: Path) -> AsyncIterator[str]:
    async with demo(tables=tables) as (store, keeper):
        app = create_app(store, keeper, read_settings(store="embedded:none"))
        async with served(app, Bounds(60.0, 100)) as port:
            yield f"http://127.0.0.1:{port}/"


@pytest.fixture(scope="module")
async def sparse(browser: object, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """A service with those two towns, once there is a browser."""
    assert browser
    async with serving(province(tmp_path_factory.mktemp("sparse"))) as address:
        yield address


@pytest.fixture
async def site(sparse: str) -> str:
    """What `page` may ask: this service instead of the demo's."""
    return sparse


async def sideways(page: Page) -> int:
    return await page.evaluate("document.documentElement.scrollWidth - innerWidth")


async def test_nothing_known_is_said_and_is_no_zero(page: Page, site: str):
    await page.goto(f"{site}?town={BARE}")
    await expect(page.get_by_role("heading", level=1)).to_have_text("无名镇产业")
    figures = page.locator("section.figures > div")
    assert await figures.locator(".unknown").count() == await figures.count()
    await expect(page.locator("section.figures")).not_to_contain_text("0")
    await page.goto(f"{site}?view=chain&town={BARE}")
    await expect(page.locator(".empty")).to_contain_text("没有这个镇的参考产业链")
    await page.goto(f"{site}?view=gaps&town={BARE}")
    await expect(page.locator(".empty")).to_contain_text("无法判断，不等于不缺")
    await expect(page.get_by_role("alert")).to_have_count(0)


async def test_five_thousand_members_and_a_long_name_fit(page: Page, site: str):
    for width in (390, 900, 1400):
        await page.set_viewport_size({"width": width, "height": 800})
        await page.goto(f"{site}?town={CROWDED}")
        await expect(page.get_by_text(LONG)).to_be_visible()
        assert await sideways(page) <= 0, width


async def test_twice_as_large_fits_too(page: Page, site: str):
    """200 % zoom of a window of 1,400 pixels leaves 700."""
    await page.set_viewport_size({"width": 700, "height": 440})
    for address in (f"?town={CROWDED}", f"?view=gaps&town={CROWDED}", ""):
        await page.goto(site + address)
        await expect(page.locator("main h1")).to_be_visible()
        assert await sideways(page) <= 0, address


async def test_a_slow_answer_says_that_it_is_awaited_and_leaving_gives_it_up(page: Page, site: str):
    async def late(route: Route) -> None:
        await asyncio.sleep(3)
        with suppress(Error):  # given up meanwhile
            await route.continue_()

    await page.goto(site)
    await expect(page.get_by_role("link", name="拥挤镇产业")).to_be_visible()
    await page.route("**/graphql", late)
    async with page.expect_event("requestfailed") as left:
        await page.get_by_role("link", name="拥挤镇产业").click()
        await expect(page.get_by_role("status").filter(has_text="正在查询")).to_be_visible()
        await page.get_by_role("link", name="镇链").click()
    assert (await left.value).url.endswith("/graphql")
    await expect(page.get_by_role("row").filter(has_text="拥挤镇产业")).to_be_visible()
    await asyncio.sleep(3)


async def test_back_and_forward_and_a_link_of_an_older_page(page: Page, site: str):
    await page.goto(f"{site}?view=heatmap&town={CROWDED}&palette=blue&asOf=soon")
    await expect(page.get_by_role("heading", level=1)).to_have_text("拥挤镇产业")
    await page.get_by_role("link", name="产业链图", exact=True).click()
    await page.get_by_role("link", name="缺口与招商", exact=True).click()
    await page.go_back()
    await expect(page.get_by_role("link", name="产业链图", exact=True)).to_have_attribute(
        "aria-current", "page"
    )
    await page.go_forward()
    await expect(page.get_by_role("link", name="缺口与招商", exact=True)).to_have_attribute(
        "aria-current", "page"
    )


async def test_two_tabs_stand_for_themselves(page: Page, site: str):
    other = await page.context.new_page()
    await page.goto(f"{site}?town={CROWDED}")
    await other.goto(f"{site}?town={BARE}&lang=en")
    await other.get_by_label("Real data only").check()
    await page.reload()
    await expect(page.get_by_role("heading", level=1)).to_have_text("拥挤镇产业")
    await expect(other.get_by_role("heading", level=1)).to_have_text("无名镇产业")
    await other.close()


async def test_without_storage_the_page_works(page: Page, site: str):
    for storage in ("localStorage", "sessionStorage"):
        await page.add_init_script(
            f"Object.defineProperty(window, '{storage}', {{get() {{ throw new Error('forbidden'); }}}})"
        )
    await page.goto(f"{site}?town={CROWDED}")
    await expect(page.get_by_role("heading", level=1)).to_have_text("拥挤镇产业")


async def test_no_data_yet_says_how_to_bring_some(browser: object, page: Page, tmp_path: Path):
    """An empty graph: what to do stands where the towns would."""
    assert browser
    (tmp_path / "Source.csv").write_text(
        "id,name,publisher,grade\nsource:list,企业名单,县工信局,B\n", "utf-8"
    )
    async with serving(tmp_path) as address:
        await page.context.unroute("**/*")
        await page.goto(address)
        await expect(page.locator(".empty")).to_contain_text("图中还没有专业镇")
        await expect(page.locator("main")).to_contain_text("模板")


async def test_a_view_that_could_not_be_fetched_says_so_and_is_fetched_again(
    window: BrowserContext, site: str
):
    async with guarded(window, site, expected="ERR_FAILED") as page:
        await page.goto(f"{site}?town={BARE}")
        await expect(page.locator("main h1")).to_be_visible()
        await page.route("**/views/chain.js", lambda route: route.abort())
        await page.get_by_role("link", name="产业链图", exact=True).click()
        failure = page.get_by_role("alert")
        await expect(failure).to_contain_text("连不上服务")
        await page.unroute("**/views/chain.js")
        await failure.get_by_role("button", name="重试").click()
        await expect(page.locator("main h1")).to_contain_text("产业链")
