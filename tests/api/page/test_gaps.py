"""The panel of a gap: who makes it here, who can be invited, and what is bought of nobody knows whom."""

import re

from playwright.async_api import Page, expect

GAPS = "?view=gaps&town=town:dingxiang-flange&asOf=2024"


async def test_who_makes_it_in_the_town_stands_before_nobody_elsewhere(page: Page, site: str):
    await page.goto(f"{site}{GAPS}&action=STRENGTHEN&sel=product:nondestructive-testing")
    panel = page.get_by_role("region", name="候选企业：无损检测")
    here = panel.get_by_role("table", name="本镇已有的生产者：先扶持").locator("tbody tr")
    await expect(here).to_have_count(2)
    await expect(here.first).to_contain_text("样例定襄无损检测一公司")
    await expect(panel).to_contain_text("镇外没有已知的候选企业。")


async def test_who_is_near_by_class_alone_is_counted_apart(page: Page, site: str):
    await page.goto(f"{site}{GAPS}&action=FILL&sel=product:forging-die")
    told = "镇外 7 家，显示 7 家；其中可招引 1 家；另有 6 家只是同属一个行业小类"
    await expect(page.get_by_role("region", name="候选企业：锻造模具")).to_contain_text(told)


async def test_what_is_bought_of_sellers_outside_the_graph_makes_the_whole(page: Page, site: str):
    """21.6 (亿元) of steel: 8.56 of six sellers, of which five are shown, and 13.05 of nobody knows whom."""
    await page.goto(f"{site}{GAPS}&action=FILL&sel=product:steel")
    panel = page.get_by_role("region", name="候选企业：锻造用钢材")
    await expect(panel).to_contain_text(re.compile(r"另向图外卖方购入 13(\.\d+)? 亿元"))
    await page.goto(f"{site}?view=product&product=product:steel")
    sellers = page.locator("section.panel", has=page.get_by_role("heading", name=re.compile("^谁卖出")))
    await expect(sellers).to_contain_text("；另有图外卖方售出")
    buyers = page.locator("section.panel", has=page.get_by_role("heading", name=re.compile("^谁购入")))
    await expect(buyers).to_contain_text("，其中向图外购入")
