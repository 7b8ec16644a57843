"""Towns side by side on the page: figures of the demo tables with their year, what each makes, each pair."""

import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.async_api import Page, expect

DINGXIANG, TAIGU, ZEZHOU = "town:dingxiang-flange", "town:taigu-malleable-iron", "town:zezhou-casting"
BOTH = f"?view=compare&towns={DINGXIANG},{ZEZHOU}"


def line(page: Page, head: str):
    return page.locator(".compared tbody tr").filter(has=page.locator("th", has_text=re.compile(f"^{head}")))


async def test_figures_stand_side_by_side_with_year_scope_and_source(page: Page, site: str):
    await page.goto(site + BOTH)
    await expect(page.get_by_role("heading", level=1)).to_have_text("定襄法兰、泽州铸造 对比")
    output = line(page, "产值").locator("td")
    await expect(output.nth(0)).to_contain_text(re.compile("至少 200 亿元.*2025 年 · C"))
    await expect(output.nth(1)).to_contain_text(re.compile("70 亿元.*2022 年 · C"))
    await expect(output.nth(1)).not_to_contain_text("来源不一致")  # 61, 63 and 67 of other years are history
    people = line(page, "市场主体").locator("td")
    await expect(people.nth(0)).to_contain_text(re.compile("11,400 个.*2022 年 · C · 全产业链"))
    await expect(people.nth(0)).not_to_contain_text("虚构样例")
    await expect(people.nth(1)).to_contain_text(re.compile("602 个.*虚构样例"))
    await output.nth(1).get_by_role("button").click()
    drawer = page.get_by_role("complementary", name="这个数的来历")
    await expect(drawer).to_contain_text("泽州铸造")
    await expect(drawer).to_contain_text("70 亿元")


async def test_what_they_make_how_they_stand_and_what_lies_between(page: Page, site: str):
    await page.goto(f"{site}?view=compare&towns={TAIGU},{ZEZHOU}")
    makes = line(page, "生产什么").locator("td")
    await expect(makes.nth(0).locator("li").first).to_have_text(re.compile("沟槽管件 7.19 亿元 · 7 家"))
    await expect(makes.nth(1).locator("li").first).to_have_text(re.compile("球墨铸铁管 1.03 亿元 · 7 家"))
    await expect(line(page, "认定体检").locator("td").first).to_contain_text("按虚构样例")
    await expect(line(page, "梯次").locator("td").nth(1)).to_contain_text("50亿级")
    pair = page.locator(".panel").filter(has=page.get_by_role("heading", name="太谷玛钢 · 泽州铸造"))
    await expect(pair).to_contain_text("结构余弦 0.99")
    await expect(pair).to_contain_text(re.compile("太谷玛钢 售予 泽州铸造\\s*169 万元"))
    await expect(pair).to_contain_text(re.compile("铸造模具\\s*采购 372 万元，其中来自对方 168 万元"))


async def test_towns_are_found_by_initials_added_and_removed(page: Page, site: str):
    await page.goto(f"{site}?view=compare")
    await expect(page.locator(".empty")).to_contain_text("选两至四个专业镇")
    field = page.get_by_role("combobox", name="加一个专业镇")
    await field.fill("dxfl")
    await expect(page.locator("#add-town-hits [role=option]").first).to_contain_text("定襄法兰")
    await field.press("Enter")
    await expect(page.locator(".empty")).to_contain_text("再选一个")
    await page.get_by_role("button", name="泽州铸造", exact=True).click()
    await expect(page.locator(".compared thead th")).to_have_count(3)
    assert f"towns={DINGXIANG},{ZEZHOU}" in page.url
    await page.get_by_role("button", name="移去定襄法兰").click()
    await expect(page.locator(".compared")).to_have_count(0)
    await page.go_back()
    await expect(page.locator(".compared thead th")).to_have_count(3)


async def test_four_are_the_most(page: Page, site: str):
    await page.goto(f"{site}{BOTH},{TAIGU},town:sample-b")
    await expect(page.locator(".choosing")).to_contain_text("最多并列 4 个专业镇")
    await expect(page.locator(".panels .panel")).to_have_count(6)
    unknown = line(page, "产值").locator("td").nth(3)
    await expect(unknown).to_have_text("不详")
    await expect(page.locator(".compared thead th").nth(4)).to_contain_text("虚构样例")
    await expect(page.locator(".panels .panel").last).to_contain_text("无从比较")


async def test_a_town_that_is_not_there_is_said_and_can_be_removed(page: Page, site: str):
    await page.goto(f"{site}?view=compare&towns={DINGXIANG},town:nowhere")
    await expect(page.locator(".empty")).to_have_text("图中没有专业镇 town:nowhere。")
    await page.get_by_role("button", name="移去town:nowhere").last.click()
    await expect(page.locator(".empty")).to_contain_text("再选一个")


@pytest.mark.parametrize(("condition", "stamp"), [("", "虚构样例"), ("&realOnly=1", "只看真实数据")])
async def test_it_says_what_it_rests_on(page: Page, site: str, condition: str, stamp: str):
    await page.goto(f"{site}{BOTH}{condition}")
    await expect(page.locator(".foot .stamp")).to_contain_text(stamp)
    revenue = line(page, "营业收入").locator("td")
    if condition:
        await expect(line(page, "产值").locator("td").first).to_contain_text("至少 200 亿元")
        await expect(revenue).to_have_count(
            0
        )  # all of it is invented: the line says nothing, and is named below
        await expect(page.locator("main")).to_contain_text(re.compile("所选各镇都没有数值：.*营业收入"))
    else:
        await expect(revenue.first).to_contain_text("虚构样例")


async def test_another_year_gives_that_years_figures(page: Page, site: str):
    await page.goto(f"{site}{BOTH}&asOf=2021")
    await expect(page.locator(".foot").first).to_contain_text("数据截至 2021 年末")
    await expect(line(page, "产值").locator("td").nth(1)).not_to_contain_text("70 亿元")  # that of 2022


async def test_the_comparison_is_exported(page: Page, site: str, tmp_path: Path):
    await page.goto(site + BOTH)
    async with page.expect_download() as waited:
        await page.get_by_role("link", name="导出对比表").click()
    await (await waited.value).save_as(tmp_path / "list.xlsx")
    book = openpyxl.load_workbook(BytesIO((tmp_path / "list.xlsx").read_bytes()))
    cells = {str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell}
    assert {"定襄法兰", "泽州铸造"} <= cells
