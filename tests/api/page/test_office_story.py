"""The office's story: a workbook with two faults, the check-up, the ranking, a notice, a problem."""

import re
from pathlib import Path

from playwright.async_api import Page, expect

from tests.api.http.passes import TOKEN
from tests.api.page.test_data import fill, saved, send, template, upload
from tests.api.page.test_ledgers import site

__all__ = ["site"]  # the fixture: a demo that may be written to
OFFICE = "定襄县工信局"
FIRM = {"主体名称": "晋北精工（试填）", "主体形式": "企业", "所在县": "定襄县"}
FIGURE = {"所述对象": "定襄法兰", "指标": "从业人员（人）", "数值": 41500, "计量单位": "人", "年份": 2025}


async def test_the_office_brings_its_figures_looks_at_its_town_and_settles_what_is_due(
    page: Page, site: str, tmp_path: Path
):
    await page.goto(f"{site}enter?token={TOKEN}")
    await page.get_by_role("link", name="数据", exact=True).click()
    book = await template(page)
    fill(book, "来源", {"来源名称": "定襄县统计局（试填）", "来源等级": "官方发布或权威媒体"})
    fill(book, "主体", FIRM | {"主体形式": "企业户户"})
    fill(book, "事实", FIGURE | {"计量单位": "人人", "来源": "定襄县统计局（试填）"})
    await send(page, saved(book, tmp_path / "报表.xlsx"))
    rejected = upload(page).get_by_role("region", name="未通过的 2 处")
    await expect(rejected).to_contain_text("企业户户")
    await expect(rejected).to_contain_text("人人")
    fill(book, "主体", FIRM)
    fill(book, "事实", FIGURE | {"来源": "定襄县统计局（试填）"})
    await send(page, saved(book, tmp_path / "报表.xlsx"))
    await expect(upload(page)).to_contain_text("全部通过")
    await page.get_by_label("经办机构或岗位").fill(OFFICE)
    await page.get_by_role("button", name="装载", exact=True).click()
    await expect(upload(page)).to_contain_text("已装载：报表.xlsx")

    await page.get_by_role("combobox", name="查找专业镇、企业、产品").fill("dxfl")
    await page.get_by_role("option", name=re.compile("定襄法兰")).first.click()
    await expect(page.get_by_role("button", name=re.compile("41,500 人"))).to_be_visible()
    checkup = page.locator("section", has=page.get_by_role("heading", name=re.compile("^认定体检")))
    await expect(checkup).to_contain_text("配套户 至少 56 户")

    await page.get_by_role("link", name="评价排名", exact=True).click()
    ranked = page.locator("tbody tr").filter(has_text="定襄法兰").first
    await expect(ranked.locator("td, th").first).to_have_text("3")

    await page.get_by_role("link", name="台账", exact=True).click()
    await page.get_by_role("tab", name=re.compile("^督办")).click()
    await page.get_by_role("link", name="由评价草拟督办").click()
    drafts = page.get_by_role("region", name="由评价草拟督办")
    await (
        drafts.get_by_role("row", name=re.compile("^祁县玻璃器皿"))
        .get_by_role("link", name="草拟通知书")
        .click()
    )
    form = page.get_by_role("form", name="拟写督办通知书")
    await form.get_by_label("整改期限").fill("2031-03-31")
    await form.get_by_label("经办机构或岗位").fill(OFFICE)
    await form.get_by_role("button", name="存为草稿").click()
    item = page.get_by_role("complementary", name="事项")
    await expect(item.get_by_role("heading", level=2)).to_contain_text("祁县玻璃器皿督办通知书")

    await page.get_by_role("tab", name=re.compile("^问题")).click()
    await (
        page.locator("#ledger-rows tr", has_text="玻璃企业天然气价格偏高").get_by_role("button").first.click()
    )
    await item.get_by_role("button", name="办结 → 已解决").click()
    settle = page.get_by_role("form", name="流转：办结")
    await settle.get_by_label("理由（必填）").fill("长协气价已签")
    await settle.get_by_role("button", name="办结").click()
    await expect(item).to_contain_text("已交办 → 已解决")
    await expect(page.locator("#ledger-rows tr", has_text="玻璃企业天然气价格偏高")).to_contain_text("已解决")
