"""Policies in a browser: three groups with what decides, what is due, unknown, expired; expected by hand."""

import re
from io import BytesIO
from pathlib import Path

import openpyxl
from playwright.async_api import Locator, Page, expect

FIRM = "org:sample-dingxiang-flange-flange-01"
DINGXIANG = "town:dingxiang-flange"


def group(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


async def test_a_firm_is_told_what_it_may_have_what_it_is_short_of_and_what_it_would_take(
    page: Page, site: str
):
    """33 persons by Claim.csv where 50 are asked for; one receipt of 2024 by RECEIVED.csv; no title."""
    await page.goto(f"{site}?view=policies&org={FIRM}&asOf=2024")
    await expect(page.get_by_role("heading", level=1)).to_contain_text("样例定襄法兰一厂 · 政策")
    await expect(page.locator(".figures")).to_contain_text(
        re.compile(r"应享未享\s*2 项\s*符合\s*4 项\s*已享\s*1 项\s*是否已享不详\s*1 项\s*待核\s*0 项")
    )
    yes, no = group(page, "符合"), group(page, "不符合")
    assert await yes.locator("tbody tr td:nth-child(2)").all_inner_texts() == [
        "未享",
        "未享",
        "是否已享不详",
        "已享\n记录：2024",
    ]
    await expect(yes.get_by_role("row").filter(has_text="就地配套奖励")).to_contain_text("2027-12-31")
    await expect(no.locator("tbody tr")).to_have_count(5)
    energy = no.get_by_role("row").filter(has_text="锻造用能保障")
    await expect(energy).to_contain_text("差从业人员 ≥ 50 人：33 人，差 17 人")
    await energy.get_by_role("button", name="算一算").click()
    await expect(page.get_by_role("region", name="怎样才能享")).to_contain_text(
        "从业人员由 33 人 增至 50 人（增 17 人）"
    )
    assert f"sel={FIRM}|benefit:sample-forging-energy" in page.url
    await expect(group(page, "待核")).to_contain_text("没有待核的。")
    await page.get_by_text("尚未施行的措施 1 项").click()
    await expect(page.locator(".folded")).to_contain_text("数字化服务券")


async def test_a_town_sees_first_what_is_due_and_the_unknown_apart(page: Page, site: str, tmp_path: Path):
    """The numbers are those that tests/schema/answers/test_policies.py counts from the tables."""
    await page.goto(f"{site}?view=policies&town={DINGXIANG}&asOf=2024")
    figures = page.locator(".figures > div")
    for words in (
        r"应享未享\s*76 项次",
        r"已享\s*32 项次",
        r"享受率\s*30%\s*不详者都计入时 14%–46%",
        r"待核\s*84 项次\s*不计入享受率",
    ):
        await expect(figures.filter(has_text=re.compile(words))).to_have_count(1)
    await expect(page.get_by_role("tab", selected=True)).to_contain_text("应享未享 76")
    await expect(page.locator("#policies-panel [role=status]")).to_contain_text("显示 76 / 共 76 项次")
    await expect(page.locator("#policies-panel tbody tr").first).to_contain_text("20 万元")
    await expect(page.locator("#policies-panel")).to_contain_text("另有 84 项次待核")
    async with page.expect_download() as waited:
        await page.get_by_role("link", name="导出应享未享").click()
    await (await waited.value).save_as(tmp_path / "due.xlsx")
    sheet = openpyxl.load_workbook(BytesIO((tmp_path / "due.xlsx").read_bytes())).worksheets[0]
    assert sum(isinstance(row[0], int | float) for row in sheet.iter_rows(values_only=True)) == 76

    await page.get_by_role("tab", name="先补哪些数据").click()
    await expect(page.locator("#policies-panel [role=status]")).to_contain_text(
        "84 项次待核，其中 79 项次只差一项事实"
    )
    await expect(page.locator("#policies-panel tbody tr").first).to_contain_text("持有的资质")

    await page.get_by_role("tab", name="各项措施").click()
    await page.get_by_role("link", name=re.compile("锻造用能保障")).click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("锻造用能保障（样例）")
    await expect(page.locator("main")).to_contain_text("以下只列本镇自己的主体。")
    await expect(group(page, "符合").locator("tbody tr")).to_have_count(13)
    lacking = group(page, "待核").locator("tbody tr")
    await expect(lacking).to_have_count(10)
    await expect(lacking.first).to_contain_text("缺从业人员不详")
    await page.go_back()
    await expect(page.get_by_role("tab", selected=True)).to_contain_text("各项措施")


async def test_a_benefit_quotes_its_text_and_names_its_paper_and_who_is_short_by_how_much(
    page: Page, site: str
):
    await page.goto(f"{site}?view=policies&benefit=benefit:sample-casting-upgrade&asOf=2024")
    await expect(page.locator("blockquote")).to_have_text(
        "营业收入 1000 万元以上、有高新技术企业或专精特新及以上资质"
    )
    await expect(page.locator(".paper")).to_contain_text("太谷区玛钢铸造转型措施（样例）")
    await expect(page.locator(".paper")).to_contain_text("2022-04-01 起施行 · 未载明失效 · 网址未记录")
    for name, count in (("符合", 7), ("待核", 5), ("不符合", 26)):
        await expect(group(page, name).locator("tbody tr")).to_have_count(count)
    short = group(page, "不符合").get_by_role("row").filter(has_text="样例太谷玛钢铸造二厂")
    await expect(short).to_contain_text("差营业收入 ≥ 1000 万元：990 万元，差 10 万元")
    await expect(page.get_by_role("link", name="导出可享政策")).to_have_attribute(
        "href", "lists/benefits?benefit=benefit%3Asample-casting-upgrade&asOf=2024"
    )


async def test_over_the_province_what_has_expired_is_folded_and_town_money_is_not_counted(
    page: Page, site: str
):
    """By Policy.csv one paper ended in 2022 (晋中) and one begins in 2026."""
    await page.goto(f"{site}?view=policies&asOf=2024")
    fund = page.get_by_role("row").filter(has_text="省级专业镇发展专项资金")
    await expect(fund).to_contain_text("5 亿元")
    await expect(fund).to_contain_text("给专业镇，不逐户计")
    await expect(page.locator("#policies-panel tbody")).not_to_contain_text("出口玻璃企业纾困")
    await page.get_by_text("已失效的措施 1 项").click()
    await expect(page.locator(".folded[open]")).to_contain_text("出口玻璃企业纾困")
    await expect(page.get_by_text("尚未施行的措施 1 项")).to_be_visible()
    await page.get_by_role("tab", name="政策文件").click()
    await expect(page.locator(".panel").filter(has_text="晋政办发〔2022〕81号")).to_contain_text(
        "省级财政每年安排5亿元支持专业镇发展"
    )
    await expect(page.locator("details.panel summary")).to_have_text(
        [re.compile("尚未施行"), re.compile("已失效")]
    )

    await page.goto(f"{site}?view=policies&benefit=benefit:sample-export-relief&asOf=2024")
    await expect(page.locator(".banner")).to_contain_text("已失效")
    await page.goto(f"{site}?view=policies&asOf=2022&benefit=benefit:sample-export-relief")
    await expect(page.locator(".banner")).to_have_count(0)
    await expect(group(page, "符合").locator("tbody tr")).to_have_count(13)  # 18 less the five of 2021
    await expect(group(page, "不符合")).to_contain_text(re.compile("每户只享一次，往年没有享受过.*"))


async def test_what_nobody_recorded_is_unknown_and_not_nought(page: Page, site: str):
    """RECEIVED.csv has no year 2026 and no row of 绿色通道; no paper of 定襄 was in force in 2022."""
    for year, why in (
        ("2026", "不详.*所涉措施当年都没有享受记录"),
        ("2022", "不适用.*没有施行中的政策措施"),
    ):
        await page.goto(f"{site}?town={DINGXIANG}&asOf={year}")
        card = page.locator(".figures > div").filter(has_text="应享未享")
        await expect(card).to_contain_text(re.compile(why))
        await expect(card).not_to_contain_text("项次")
        await page.goto(f"{site}?view=policies&town={DINGXIANG}&asOf={year}")
        due = page.locator(".figures > div").first  # 应享未享, or that none applied
        await expect(due).to_contain_text(re.compile(why))
        await expect(due).not_to_contain_text("项次")
    await page.goto(f"{site}?view=policies&benefit=benefit:sample-forging-policy&asOf=2024")
    await expect(page.locator(".figures")).to_contain_text(
        re.compile(r"应享未享\s*不详\s*符合\s*32 户\s*已享\s*不详\s*是否已享不详\s*32 户")
    )


async def test_where_there_is_nothing_it_says_so(page: Page, site: str):
    await page.goto(f"{site}?view=policies&org=org:none")
    await expect(page.get_by_role("heading", level=1)).to_have_text("图中没有主体 org:none。")
    await page.goto(f"{site}?view=policies&benefit=benefit:none")
    await expect(page.get_by_role("heading", level=1)).to_have_text("图中没有政策措施 benefit:none。")
    await page.goto(f"{site}?view=policies&asOf=2015")
    await expect(page.locator(".empty")).to_have_text("所问年份没有施行中的措施。")
    await page.goto(f"{site}?view=policies&realOnly=1&asOf=2024")
    await expect(page.locator("#policies-panel tbody tr")).to_have_count(2)  # what towns are given
    await expect(page.locator(".stamp.real")).to_be_visible()
