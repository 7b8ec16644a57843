"""The flow of a town on the page: what the demo tables say, read plainly, is what is drawn."""

import csv
import re
from functools import cache
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

TABLES = Path(__file__).parents[3] / "loaders" / "shanxi" / "tables"
SLOW = 30_000
"""Where kernels are compiled for the first time, the first flow takes some seconds (ms)."""
FLOW = "?view=flow&town=town:dingxiang-flange"
STEEL = "SELLER|product:steel|COUNTRY>TOWN|product:flange|"


@cache
def table(name: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def place(organisation: str) -> str:
    """Where an organisation is, seen from 定襄 (140921)."""
    region = {row["from"]: row["to"] for row in table("LOCATED_IN")}.get(organisation, "")[7:]
    if region.startswith("140921"):
        return "HERE"
    return "PROVINCE" if region.startswith("14") else "ABROAD" if region.startswith("99") else "COUNTRY"


def sold_by_dingxiang(year: int, where: str) -> float:
    """What those in 定襄 sell to others elsewhere: of each seller, buyer and product the newest row."""
    closed = {
        row["id"] for row in table("Organisation") if row["closedOn"][:4] <= str(year) if row["closedOn"]
    }
    newest: dict[tuple[str, str, str], tuple[int, float]] = {}
    for row in table("SUPPLIES"):
        key, when = (row["from"], row["to"], row["product"]), int(row["year"] or 0)
        gone = {row["from"], row["to"]} & closed or (row["until"] and int(row["until"]) <= year)
        if when <= year and not gone and when >= newest.get(key, (0, 0.0))[0]:
            newest[key] = when, float(row["value"] or 0)
    flows = {key: value for key, (when, value) in newest.items() if year - when <= 3}
    return sum(v for (a, b, _), v in flows.items() if place(a) == "HERE" and place(b) == where)


def yi(value: float) -> str:
    """Write yuan as the page does: three figures, in units of 10^8."""
    number = value / 1e8
    return f"{number:.1f}" if number >= 10 else f"{number:.2f}".rstrip("0").rstrip(".")


@pytest.mark.parametrize("year", [2025, 2022])
async def test_what_is_sold_elsewhere_is_what_the_tables_say(page: Page, site: str, year: int):
    country, abroad = (sold_by_dingxiang(year, where) for where in ("COUNTRY", "ABROAD"))
    await page.goto(f"{site}{FLOW}&asOf={year}")
    for words, value in (("省外", country), ("境外", abroad)):
        band = page.get_by_role(
            "button", name=re.compile(f"^本镇中游 → 售往{words}：{yi(value)} 亿元 虚构样例$")
        )
        await expect(band).to_be_visible()
    await expect(page.locator(".foot")).to_contain_text(f"数据截至 {year} 年末")
    assert (yi(country), yi(abroad)) == {2025: ("34.2", "11.1"), 2022: ("33.4", "11.3")}[year]


async def test_a_band_opens_its_supplies_and_leads_to_who_could_supply(page: Page, site: str):
    await page.goto(f"{site}{FLOW}&by=PRODUCT")
    band = page.get_by_role("button", name=re.compile("^锻造用钢材（购自省外） → 本镇法兰：9.27 亿元"))
    await band.focus()
    await page.keyboard.press("Enter")
    rows = page.get_by_role("region", name="这条带里的供应")
    await expect(rows.get_by_role("status")).to_have_text("显示 29 / 共 29 笔，计入此带多者在前")
    first = rows.locator("tbody tr").first
    await expect(first).to_contain_text("不在图中，只知来源地")
    await expect(first).to_contain_text("天宝集团")
    await expect(first).to_contain_text("34,163")  # NEEDS of 天宝集团, 2025: 341,633,000 yuan of steel
    parts = await rows.locator("tbody td:nth-child(5)").all_inner_texts()
    total = sum(float(part.replace(",", "")) for part in parts)
    assert total == pytest.approx(92_668, abs=3)  # the width of the band: 9.27 亿元
    await page.keyboard.press("Escape")
    await expect(rows).to_have_count(0)
    assert await page.evaluate("document.activeElement.id") == STEEL
    await page.go_back()
    await expect(rows).to_be_visible()
    await rows.get_by_role("link", name="谁能在本地供应锻造用钢材").click()
    await expect(page.get_by_role("region", name="候选企业：锻造用钢材")).to_be_visible()


async def test_circles_are_opened_and_what_is_not_drawn_is_said(page: Page, site: str):
    """Admixtures go round in 万荣: it is drawn all the same, and what was left out is said."""
    await page.goto(f"{site}?view=flow&town=town:wanrong-admixture&by=PRODUCT")
    await page.wait_for_selector(".notes", timeout=SLOW)
    await expect(page.locator(".notes")).to_contain_text("已略去 2 条回流，合计 1,888 万元")
    await expect(page.locator(".notes")).to_contain_text("显示 23 / 共 23 条带，占已知总额的 99%")
    await expect(page.locator(".notes")).to_contain_text("另有 5 笔供应金额不详，未画出")
    assert await page.locator(".band > path[role]").count() == 23


async def test_small_items_are_merged_and_the_address_says_from_where_on(page: Page, site: str):
    await page.goto(f"{site}{FLOW}&by=PRODUCT")
    await expect(page.locator(".notes")).to_contain_text(
        "8 项各小于 7,655 万元，已合并为“其他”，合计 1.58 亿元"
    )
    await page.get_by_label("小于此数的合并为").select_option("0")
    await expect(page.locator(".notes")).not_to_contain_text("已合并")
    assert "min=0" in page.url
    await expect(page.locator(".node .name", has_text="无损检测")).to_be_visible()
    await page.goto(f"{site}{FLOW}&by=NONSENSE&min=-3")
    await expect(page.get_by_role("button", name="按产业链位置")).to_have_attribute("aria-pressed", "true")
    assert await page.get_by_label("小于此数的合并为").input_value() == ""


async def test_the_table_says_what_the_picture_says(page: Page, site: str):
    await page.goto(f"{site}{FLOW}")
    await expect(page.locator(".band")).not_to_have_count(0)
    bands = await page.locator(".band > path[role]").evaluate_all(
        "all => all.map(one => one.getAttribute('aria-label'))"
    )
    await page.get_by_text("以表格查看").click()
    await expect(page.locator(".twin tbody tr")).not_to_have_count(0)
    cells = "all => all.map(row => [...row.cells].slice(0, 2).map(one => one.innerText.trim()).join(' → '))"
    rows = await page.locator(".twin tbody tr").evaluate_all(cells)
    assert rows == [band.split("：")[0] for band in bands]


async def test_without_real_supply_it_says_so_and_offers_to_drop_the_condition(page: Page, site: str):
    await page.goto(f"{site}{FLOW}&realOnly=1")
    await expect(page.locator(".empty")).to_contain_text("2025 年在此范围内没有已计量的供应")
    await expect(page.locator(".band")).to_have_count(0)
    await page.get_by_role("button", name="也看虚构样例").click()
    await expect(page.locator(".band")).not_to_have_count(0)
    await expect(page.locator(".foot .stamp")).to_have_text("虚构样例")
