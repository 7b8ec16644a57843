"""The supply network of a firm: who stands where, in a browser on the demo."""

import csv

from playwright.async_api import Locator, Page, expect

from dev.demo import TABLES

TIANBAO = "org:tianbao-group"
NET = f"?view=network&org={TIANBAO}"
RING = "org:sample-dingxiang-flange-wind-02"


def rows(table: str) -> list[dict[str, str]]:
    with (TABLES / f"{table}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def partners(seller: str, buyer: str, **of: str) -> set[str]:
    """Ids of those that 天宝集团 still deals with at the end of 2025."""
    there = [row for row in rows("SUPPLIES") if not row["until"] or int(row["until"]) > 2025]
    flows = [row for row in there if row[buyer] == TIANBAO and of.items() <= row.items()]
    return {row[seller] for row in flows} - {row["id"] for row in rows("Organisation") if row["closedOn"]}


async def boxes(cards: Locator) -> dict[str, tuple[float, float]]:
    found = await cards.evaluate_all("""all => all.map(one => {
        const box = one.getBoundingClientRect();
        return [one.id, box.left + scrollX, box.top + scrollY]; })""")
    return {id: (left, top) for id, left, top in found}


async def test_suppliers_stand_left_and_customers_right_with_their_amounts(page: Page, site: str):
    await page.goto(site + NET)
    sellers, buyers = partners("from", "to"), partners("to", "from")
    status = page.locator("main [role=status]").first
    await expect(status).to_have_text(
        f"供应商 12 / 共 {len(sellers)} 家，客户 {len(buyers)} / 共 {len(buyers)} 家，按金额；"
        f"图中 {12 + len(buyers) + 1} 张卡片"
    )
    up, down = page.get_by_role("region", name="上游第 1 级"), page.get_by_role("region", name="下游第 1 级")
    await expect(up.locator(".firm")).to_have_count(12)
    await expect(down.locator(".firm")).to_have_count(len(buyers))
    await expect(up.get_by_role("button", name="其余")).to_have_text(f"其余 {len(sellers) - 12} 家")
    steel = up.get_by_role("button", name="样例山东钢材一公司")
    await expect(steel).to_contain_text("2.2 亿元")
    await expect(steel).to_contain_text("锻造用钢材 · 山东省")
    assert "away" in (await steel.get_attribute("class") or "")
    assert "here" in (await up.get_by_role("button", name="样例定襄热处理四厂").get_attribute("class") or "")
    at = await boxes(page.locator(".net .card"))
    centre = at["c"][0]
    assert all(at[f"u{id}"][0] < centre for id in sellers if f"u{id}" in at)
    assert all(at[f"d{id}"][0] > centre for id in buyers)


async def test_opening_a_card_moves_nothing_and_back_undoes_it(page: Page, site: str):
    await page.goto(site + NET)
    cards = page.locator(".net .card")
    await expect(cards).not_to_have_count(0)
    before = await boxes(cards)
    for name in ("展开 样例定襄风电法兰二厂 的另 3 家供应商", "展开 样例定襄风电法兰三厂 的另 5 家供应商"):
        await page.get_by_role("button", name=name).click()
        await expect(page.get_by_role("button", name=name)).to_have_count(0)
        await expect(cards).not_to_have_count(len(before))  # its answer is here
        after = await boxes(cards)
        assert len(after) > len(before)
        assert {id: after[id] for id in before} == before
        before = after
    assert f"open=uorg:{RING.removeprefix('org:')}" in page.url
    await expect(page.get_by_role("region", name="上游第 2 级").locator(".firm")).not_to_have_count(0)
    await page.reload()
    await expect(cards).to_have_count(len(before))
    await page.go_back()
    await expect(page.get_by_role("button", name="展开 样例定襄风电法兰三厂 的另 5 家供应商")).to_be_visible()
    await page.go_back()
    await expect(page.get_by_role("region", name="上游第 2 级").locator(".card")).to_have_count(0)


async def test_whoever_stands_there_already_is_led_back_to(page: Page, site: str):
    """样例定襄风电法兰二厂 buys of 样例山东钢材一公司, which supplies 天宝集团 too."""
    await page.goto(f"{site}{NET}&open=u{RING}")
    again = page.get_by_role("region", name="上游第 2 级").get_by_role("button", name="样例山东钢材一公司")
    await expect(again).to_contain_text("↺")
    await expect(again).to_contain_text("已在图中")
    await again.click()
    assert await page.evaluate("document.activeElement.id") == "uorg:sample-370000-steel-01"


async def test_the_table_has_the_rows_of_the_picture(page: Page, site: str):
    await page.goto(f"{site}{NET}&open=u{RING}")
    await expect(page.get_by_role("region", name="上游第 2 级").locator(".card")).not_to_have_count(0)
    drawn = await page.locator(".net .card:not(#c)").evaluate_all(
        """all => all.map(one => [one.querySelector('strong').innerText.replace(/^↺ ?/, ''),
            one.querySelector('.amount')?.innerText ?? ''])"""
    )
    await page.get_by_text("以表格查看").click()
    await expect(page.locator(".twin tbody tr")).not_to_have_count(0)
    rows = await page.locator(".twin tbody tr").evaluate_all(
        """all => all.map(one => [one.cells[0].innerText.replace(/^↺ ?/, '').replace('虚构样例', '').trim(),
            one.cells[4].innerText])"""
    )
    assert sorted(map(tuple, rows)) == sorted(map(tuple, drawn))
    assert len(rows) > 20


async def test_those_that_are_left_out_can_be_listed(page: Page, site: str):
    await page.goto(site + NET)
    await page.get_by_role("button", name="其余 13 家").click()
    listed = page.get_by_role("complementary", name="天宝集团 的全部供应商")
    await expect(listed).to_contain_text("显示 25 / 共 25 家")
    await expect(listed.get_by_role("link")).to_have_count(25)
    await page.keyboard.press("Escape")
    await expect(listed).to_have_count(0)
    assert await page.evaluate("document.activeElement.id") == "rest|u|c"


async def test_a_product_filters_and_more_can_be_shown(page: Page, site: str):
    await page.goto(site + NET)
    await page.get_by_label("每家至多显示").select_option("50")
    await expect(page.get_by_role("region", name="上游第 1 级").locator(".firm")).to_have_count(25)
    await page.locator("main").get_by_role("combobox", name="产品").select_option("锻造用钢材")
    up = page.get_by_role("region", name="上游第 1 级")
    sellers = partners("from", "to", product="product:steel")
    await expect(up.locator(".firm")).to_have_count(len(sellers))
    await expect(page.get_by_role("region", name="下游第 1 级")).to_contain_text("没有已登记的客户")


async def test_the_keyboard_walks_opens_and_closes(page: Page, site: str):
    await page.goto(site + NET)
    await page.locator("[id='uorg:sample-370000-steel-01']").focus()
    await page.keyboard.press("ArrowDown")
    assert await page.evaluate("document.activeElement.id") == f"u{RING}"
    await page.keyboard.press("Enter")
    side = page.get_by_role("complementary", name="样例定襄风电法兰二厂")
    await expect(side).to_contain_text("供给 天宝集团")
    await expect(side).to_contain_text("环件碾制")
    await page.keyboard.press("Escape")
    assert await page.evaluate("document.activeElement.id") == f"u{RING}"
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("region", name="上游第 2 级").locator(".card")).not_to_have_count(0)
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("ArrowRight")
    assert await page.evaluate("document.activeElement.id") == "c"


async def test_the_year_that_is_asked_is_the_year_of_the_network(page: Page, site: str):
    await page.goto(f"{site}{NET}&asOf=2022")
    await expect(page.locator(".foot")).to_contain_text("数据截至 2022 年末")
    steel = page.get_by_role("button", name="样例山东钢材一公司")
    await expect(steel).to_be_visible()
    await expect(steel).not_to_contain_text("2.2 亿元")
