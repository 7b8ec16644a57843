"""Alike towns on the page: known values of the demo, verdicts, pairs, and towns without data."""

import re

from playwright.async_api import Page, expect

DINGXIANG, TAIGU, ZEZHOU = "town:dingxiang-flange", "town:taigu-malleable-iron", "town:zezhou-casting"
SAMPLE = "town:sample-b"
"""A town none of whose organisations has a known revenue or sale."""


async def test_the_level_decides_who_is_alike(page: Page, site: str):
    """At four digits flanges and malleable iron have nothing in common, at two both are 金属制品业."""
    await page.goto(f"{site}?view=similar")
    cell = page.locator(f"[id='{DINGXIANG},{TAIGU}']")
    await expect(cell).to_have_text("0.00")
    await expect(page.locator(".lead")).to_have_text(re.compile("^1 对专业镇结构相似：1 对少有互供，为雷同"))
    await expect(page.locator(f"[id='{TAIGU},{ZEZHOU}']")).to_have_accessible_name(
        "太谷玛钢与泽州铸造 0.99、雷同"
    )
    await page.get_by_label("比较的层级").select_option("INDUSTRY2")
    assert "level=INDUSTRY2" in page.url
    await expect(cell).to_have_accessible_name("定襄法兰与太谷玛钢 1.00、雷同")
    await page.get_by_label("口径").select_option("KRUGMAN")
    await expect(page.get_by_role("heading", level=1)).to_have_text("专业镇相似度")
    await expect(page.locator(".steps")).to_contain_text("≤0.3：结构相似")
    await page.reload()
    assert "measure=KRUGMAN" in page.url
    await expect(page.get_by_label("口径")).to_have_value("KRUGMAN")


async def test_alike_towns_stand_beside_each_other(page: Page, site: str):
    await page.goto(f"{site}?view=similar&level=INDUSTRY2")
    await expect(page.locator(".heat tbody th")).to_have_count(19)
    names = await page.locator(".heat tbody th").all_inner_texts()
    first = [name.split()[0] for name in names]
    assert {first.index("太谷玛钢"), first.index("定襄法兰"), first.index("泽州铸造")} == {15, 16, 17}
    assert abs(first.index("杏花村汾酒") - first.index("代州黄酒")) == 1


async def test_a_town_without_output_is_no_zero(page: Page, site: str):
    await page.goto(f"{site}?view=similar")
    row = page.locator(".heat tr.missing")
    await expect(row).to_contain_text("示例镇乙")
    await expect(row).to_contain_text("无数据：产出不详，无从比较")
    assert not re.search(r"\d", await row.inner_text())
    assert await page.locator(f"[id*='{SAMPLE}']").count() == 0
    await expect(page.locator("main [role=status]").first).to_contain_text("显示 18 / 共 18")


async def test_a_cell_opens_what_the_pair_shares_and_trades(page: Page, site: str):
    await page.goto(f"{site}?view=similar")
    await page.locator(f"[id='{TAIGU},{ZEZHOU}']").click()
    side = page.get_by_role("complementary", name="所选的一对专业镇")
    await expect(side).to_contain_text("雷同")
    shared = side.locator("h3", has_text="两镇都生产")
    await expect(shared).to_contain_text("3 种")
    for product in ("废钢", "铸造模具", "表面涂装"):
        await expect(side.locator("ul").first).to_contain_text(product)
    await expect(side.locator("dl")).to_contain_text(re.compile("太谷玛钢 售予 泽州铸造\\s*169 万元"))
    await expect(side.locator("dl")).to_contain_text(re.compile("泽州铸造 售予 太谷玛钢\\s*21.7 万元"))
    assert f"pair={TAIGU},{ZEZHOU}" in page.url
    await side.get_by_role("link", name="并列对比这两镇").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("太谷玛钢、泽州铸造 对比")
    await page.go_back()
    await expect(side).to_be_visible()
    await side.get_by_role("button", name="关闭").click()
    await expect(side).to_have_count(0)


async def test_arrows_go_from_cell_to_cell_over_the_diagonal(page: Page, site: str):
    await page.goto(f"{site}?view=similar")
    await expect(page.locator(".heat td button[tabindex='0']")).to_have_count(1)
    cell = page.locator(".heat tbody tr").nth(1).locator("td button").first  # row 2, column 1
    await cell.focus()
    await page.keyboard.press("ArrowRight")  # over the town itself, to column 3
    labels = await page.locator(".heat tbody tr").nth(1).locator("td button").nth(1).get_attribute("id")
    assert await page.evaluate("document.activeElement.id") == labels
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("complementary", name="所选的一对专业镇")).to_be_visible()


async def test_the_list_of_pairs_says_what_the_map_says(page: Page, site: str):
    await page.goto(f"{site}?view=similar&level=INDUSTRY2")
    await page.get_by_text("以表格查看").click()
    await expect(page.locator(".twin tbody tr")).not_to_have_count(0)
    await expect(page.locator(".twin .quiet").first).to_have_text("显示 50 / 共 153 对，相似者在前")
    rows = page.locator(".twin tbody tr")
    values = [float(text) for text in await rows.locator("td:nth-child(3)").all_inner_texts()]
    assert values == sorted(values, reverse=True)
    assert await rows.filter(has_text="雷同").count() == 10
    framed = await page.locator(".heat td.RIVALS").count()
    assert framed == 20


async def test_other_years_and_real_data_alone_differ(page: Page, site: str):
    await page.goto(f"{site}?view=similar&level=INDUSTRY2&asOf=2022")
    cells = page.locator(".heat td button")
    await expect(page.locator(".foot").first).to_contain_text("数据截至 2022 年末")
    then = await cells.all_inner_texts()
    await page.get_by_label("截至年份").select_option("")
    await expect(page.locator(".foot").first).to_contain_text("数据截至 2025 年末")
    assert await cells.all_inner_texts() != then
    await page.get_by_label("只看真实数据").check()
    await expect(page.locator(".stamp.real")).to_be_visible()
    assert await page.locator(".heat td button, .empty").count() > 0
    await expect(page.locator("main")).not_to_contain_text("示例镇甲")
