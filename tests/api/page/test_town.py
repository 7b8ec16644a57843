"""A town and its chain map: what is said of a year before, and what one view counts and another doesn't."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Page, expect

TOWN = "town=town:dingxiang-flange"


async def test_a_year_before_the_recognition_tells_of_no_batch_and_no_day(page: Page, site: str):
    await page.goto(f"{site}?{TOWN}&asOf=2021")
    told = page.locator("main .head p").first
    await expect(told).to_contain_text("省级 培育")
    await expect(told).not_to_contain_text(re.compile("批|认定"))
    checkup = page.locator("section.panel", has=page.get_by_role("heading", name="认定体检"))
    await expect(checkup).to_contain_text("2021 年末没有施行中的认定标准，无从对照。")
    await page.goto(f"{site}?{TOWN}&asOf=2022")
    await expect(told).to_contain_text("第 1 批 · 2022-09-14 认定")
    await expect(checkup).not_to_contain_text("没有施行中的认定标准")
    await page.goto(f"{site}?view=compare&towns=town:dingxiang-flange,town:zezhou-casting&asOf=2021")
    await expect(page.get_by_role("row", name="级别与认定")).to_contain_text("培育")
    await expect(page.get_by_role("row", name="级别与认定")).not_to_contain_text("批")


async def test_the_chain_map_says_which_of_its_steps_other_views_leave_out(page: Page, site: str):
    await page.goto(f"{site}?{TOWN}")
    await expect(page.locator("main")).to_contain_text("16 个环节")
    await page.goto(f"{site}?view=chain&{TOWN}")
    await expect(page.locator("main")).to_contain_text("显示 17 / 17 个环节")
    await expect(page.locator("main")).to_contain_text(
        "其中 1 个可选环节无人生产也无人采购，镇情、缺口与推演不列也不计数。"
    )


async def test_a_year_that_is_not_over_has_no_end_yet(page: Page, site: str):
    today = dt.datetime.now(ZoneInfo("Asia/Shanghai")).date()  # where the browser is
    await page.goto(f"{site}?{TOWN}&asOf={today.year}")
    for told in (page.locator("main > .foot"), page.locator(".printed")):
        await expect(told).to_contain_text(f"按 {today} 的数据")
        await expect(told).not_to_contain_text("年末")
    await page.goto(f"{site}?{TOWN}&asOf={today.year - 1}")
    await expect(page.locator("main > .foot")).to_contain_text(f"数据截至 {today.year - 1} 年末")


@pytest.mark.parametrize(
    "view", ["view=tiles", "view=compare&towns=town:dingxiang-flange,town:zezhou-casting", TOWN]
)
async def test_english_has_one_notation_for_money(page: Page, site: str, view: str):
    """A tile said 6.5B yuan, the next one 200 ×10⁸ yuan."""
    await page.goto(f"{site}?{view}&lang=en")
    await expect(page.locator("main")).to_contain_text(re.compile(r"at least 20B yuan"))
    text = await page.locator("main").inner_text()
    assert "×10" not in text
    assert re.search(r"\d[BMK] yuan", text)
