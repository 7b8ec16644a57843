"""Firms as the demo has none: of 60 characters, without relations, in a ring, with hundreds of partners."""

import csv
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from api.http.app import create_app
from api.http.connections import Bounds
from api.settings import read_settings
from dev.demo import demo
from tests.api.http.served import served

LONG = (
    "山西省定襄县环球重型锻造法兰管件阀门风电塔筒法兰石化成套装备"
    "无损检测热处理机加工公路货运防锈包装进出口贸易股份有限总公司"
)
FIRMS = {
    "hub": "枢纽厂",
    "long": LONG,
    "alone": "孤立厂",
    "closed": "关停厂",
    **{f"s{n:02}": f"供方{n:02}厂" for n in range(1, 40)},
    "c1": "买方一厂",
    "t1": "再上游厂",
    "big": "大厂",
    **{f"b{n:03}": f"散户{n:03}" for n in range(1, 201)},
    **{f"k{n:03}": f"客户{n:03}" for n in range(1, 161)},
}
SUPPLIES = [  # seller, buyer, yuan in 2024
    ("long", "hub", 90_000_000),
    *((f"s{n:02}", "hub", (60 - n) * 1_000_000) for n in range(1, 40)),
    ("hub", "c1", 50_000_000),
    ("c1", "hub", 500_000),
    ("hub", "s01", 3_000_000),
    ("t1", "s01", 2_000_000),
    ("s02", "s01", 1_000_000),
    *((f"b{n:03}", "big", 1_000_000 - n) for n in range(1, 201)),
    *(("big", f"k{n:03}", 1_000_000 - n) for n in range(1, 161)),
]
REVENUE = [(2024, 100_000_000, "one"), (2024, 130_000_000, "two"), (2020, 80_000_000, "one")]


def write(folder: Path, table: str, rows: Sequence[Mapping[str, object]]) -> None:
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, list(rows[0]))
        out.writeheader()
        out.writerows(rows)


@pytest.fixture(scope="module")
async def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The address of a service with these firms."""
    assert browser.is_connected()
    assert len(LONG) == 60
    folder = tmp_path_factory.mktemp("corners")
    write(
        folder,
        "Source",
        [{"id": f"source:{one}", "name": f"年报{one}", "grade": "B"} for one in ("one", "two")],
    )
    write(folder, "Product", [{"id": "product:part", "name": "零件", "category": "COMPONENT"}])
    write(
        folder,
        "Organisation",
        [
            {
                "id": f"org:{id}",
                "name": name,
                "form": "ENTERPRISE",
                "closedOn": "2020-06-30" if id == "closed" else "",
            }
            for id, name in FIRMS.items()
        ],
    )
    flows = [(*flow, 2024) for flow in SUPPLIES] + [("closed", "t1", 7_000_000, 2019)]
    write(
        folder,
        "SUPPLIES",
        [
            {
                "from": f"org:{seller}",
                "to": f"org:{buyer}",
                "source": "source:one",
                "product": "product:part",
                "year": year,
                "value": value,
            }
            for seller, buyer, value, year in flows
        ],
    )
    write(
        folder,
        "Claim",
        [
            {
                "subject": "org:hub",
                "metric": "REVENUE",
                "value": value,
                "unit": "元",
                "source": f"source:{source}",
                "grade": "B",
                "year": year,
            }
            for year, value, source in REVENUE
        ],
    )
    async with demo(tables=folder) as (store, keeper):
        app = create_app(store, keeper, read_settings(store="embedded:none"))
        async with served(app, Bounds(60.0, 100)) as port:
            yield f"http://127.0.0.1:{port}/"


async def test_a_firm_whose_figure_has_a_rival_says_so(page: Page, site: str):
    await page.goto(f"{site}?view=firm&org=org:hub")
    figure = page.get_by_role("button", name="亿元")
    await expect(figure).to_contain_text("2 个来源不一致", timeout=60_000)  # kernels may still be made ready
    await figure.click()
    drawer = page.get_by_role("complementary", name="这个数的来历")
    chosen = await drawer.locator(".big").inner_text()
    assert chosen.startswith(("1 亿元", "1.3 亿元"))
    rival, change = ("1.3 亿元", "30% 矛盾") if chosen.startswith("1 亿元") else ("1 亿元", "-23% 矛盾")
    await expect(drawer.locator("tbody tr").filter(has_text=rival)).to_contain_text(change)
    await expect(drawer.locator("tbody tr").filter(has_text="8,000 万元")).not_to_contain_text("矛盾")
    await page.keyboard.press("Escape")
    await page.get_by_label("截至年份").select_option("2022")
    await expect(page.get_by_role("button", name="8,000 万元")).to_be_visible()
    await expect(page.locator(".rivals")).to_have_count(0)


@pytest.mark.parametrize("width", [390, 1366])
@pytest.mark.parametrize("view", ["firm", "network", "impact", "paths&other=org:hub"])
async def test_a_name_of_60_characters_fits(page: Page, site: str, view: str, width: int):
    await page.set_viewport_size({"width": width, "height": 800})
    for org in ("long", "hub"):
        await page.goto(
            f"{site}?view={view}&org=org:{org}" if org == "long" else f"{site}?view=network&org=org:hub"
        )
        await expect(page.locator("main")).to_contain_text(LONG)
        await expect(page.locator(".outline")).to_have_count(0)
        assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


async def test_a_firm_without_relations_is_said_to_have_none(page: Page, site: str):
    await page.goto(f"{site}?view=firm&org=org:alone")
    for words in ("没有已登记的供应商。", "没有已登记的客户。", "没有已登记的产品。", "没有一项已登记的数值"):
        await expect(page.locator("main")).to_contain_text(words)
    await page.goto(f"{site}?view=network&org=org:alone")
    await expect(page.locator(".empty")).to_contain_text("没有登记不等于没有往来")
    await page.goto(f"{site}?view=impact&org=org:alone")
    await expect(page.locator(".empty")).to_be_visible()
    await page.goto(f"{site}?view=paths&org=org:alone&other=org:hub")
    await expect(page.locator(".empty")).to_contain_text("孤立厂 与 枢纽厂 之间，6 环以内没有已登记的路径")


async def test_a_ring_is_drawn_once_and_marked(page: Page, site: str):
    """枢纽厂 sells to 供方01厂, which supplies it; 买方一厂 buys of it and supplies it."""
    await page.goto(f"{site}?view=network&org=org:hub&open=uorg:s01")
    second = page.get_by_role("region", name="上游第 2 级")
    await expect(second.get_by_role("button", name="枢纽厂")).to_contain_text("回到本主体")
    await expect(second.get_by_role("button", name="供方02厂")).to_contain_text("已在图中")
    await expect(second.get_by_role("button", name="再上游厂")).not_to_contain_text("↺")
    await second.get_by_role("button", name="枢纽厂").click()
    assert await page.evaluate("document.activeElement.id") == "c"
    await page.goto(f"{site}?view=network&org=org:hub&top=50")
    first = page.get_by_role("region", name="上游第 1 级")
    for name, mark in (("买方一厂", "↺"), ("供方01厂", "↺")):
        await expect(first.get_by_role("button", name=name).first).to_contain_text(mark)
    await expect(first.get_by_role("button", name="供方03厂")).not_to_contain_text("↺")


async def test_a_network_keeps_to_300_cards_and_says_what_it_leaves_out(page: Page, site: str):
    await page.goto(f"{site}?view=network&org=org:big")
    await expect(page.get_by_role("button", name="其余 188 家")).to_be_visible()
    await page.goto(f"{site}?view=network&org=org:big&top=150")
    await expect(page.locator(".net .card:not(.rest)")).to_have_count(300)
    await expect(page.locator("main .empty[role=status]")).to_contain_text(
        "图中已有 300 张卡片，另有 1 家没有画出"
    )
    await expect(page.get_by_role("button", name="其余 50 家")).to_be_visible()
    await page.get_by_label("每家至多显示").select_option("100")
    await expect(page.locator("main .empty[role=status]")).to_have_count(0)


async def test_the_network_of_a_closed_firm_leads_to_when_it_was(page: Page, site: str):
    await page.goto(f"{site}?view=network&org=org:closed")
    await expect(page.locator("main .empty")).to_contain_text("2020-06-30 注销")
    await page.get_by_role("button", name="看 2019 年末").click()
    await expect(
        page.get_by_role("region", name="下游第 1 级").get_by_role("button", name="再上游厂")
    ).to_contain_text("700 万元")
