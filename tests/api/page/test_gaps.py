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


async def test_weights_that_leave_no_score_leave_no_order_either(page: Page, site: str):
    await page.goto(f"{site}{GAPS}&w=0,0,0.1")
    rows = page.locator("#gap-table tbody tr")
    await expect(rows.first.locator("td").nth(5)).to_have_text("—")  # 排序分
    for row in await rows.all():
        await expect(row.get_by_role("button")).not_to_have_text(re.compile(r"^\d"))
    await expect(page.locator("#gap-table [role=status]")).to_have_text(
        re.compile(r"条，未排序：有权重的分项都不详，没有排序分$")
    )
    await page.goto(f"{site}{GAPS}")
    await expect(rows.first.get_by_role("button")).to_have_text(re.compile(r"^1\. "))
    await expect(page.locator("#gap-table [role=status]")).to_have_text(re.compile(r"条，按排序分$"))


async def test_what_a_firm_of_the_town_may_have_is_not_headed_as_if_it_settled(page: Page, site: str):
    await page.goto(f"{site}{GAPS}&action=STRENGTHEN&sel=product:nondestructive-testing")
    here = page.get_by_role("table", name="本镇已有的生产者：先扶持")
    await expect(here.get_by_role("columnheader", name="可享政策", exact=True)).to_be_visible()
    await expect(here.locator("tbody .chip", has_text="样例").first).to_be_visible()
    await expect(here).not_to_contain_text("现所在地也可享")
    await page.goto(f"{site}{GAPS}&action=EXTEND&sel=product:wind-tower")
    away = page.get_by_role("table", name="候选企业：风电塔筒")
    await expect(away.get_by_role("columnheader", name="落户可享政策", exact=True)).to_be_visible()


async def test_back_undoes_the_choice_of_a_year(page: Page, site: str):
    await page.goto(f"{site}?view=gaps&town=town:dingxiang-flange")
    foot, year = page.locator("main > .foot"), page.get_by_label("截至年份")
    await expect(foot).to_contain_text("数据截至 2025 年末")
    await year.select_option("2022")
    await expect(foot).to_contain_text("数据截至 2022 年末")
    await page.get_by_label("只看真实数据").check()
    await expect(foot).to_contain_text("只看真实数据")
    await page.go_back()
    await expect(page.get_by_label("只看真实数据")).not_to_be_checked()
    await expect(foot).to_contain_text("数据截至 2022 年末")
    await page.go_back()
    await expect(foot).to_contain_text("数据截至 2025 年末")
    await expect(year).to_have_value("")
    await expect(page.get_by_role("heading", level=1)).to_contain_text("缺口与招商")
