"""Growth in a browser: tiers, doubling, enterprises near the scale; expected by hand from the tables."""

import re

from playwright.async_api import Page, expect


async def test_a_town_with_its_tier_the_distance_to_the_next_and_whether_it_doubled(page: Page, site: str):
    """66 of 100 亿元: 34 short, 51.5 % more; 835 after 486: 1.72 times, 2 × 486 − 835 = 137 short."""
    await page.goto(f"{site}?view=growth&town=town:wanrong-admixture&asOf=2025")
    tier = page.locator(".panel").filter(has=page.get_by_role("heading", name=re.compile("^产值档次")))
    await expect(tier.locator(".big")).to_have_text("50亿级")
    await expect(tier.get_by_role("row").filter(has_text="100亿级")).to_contain_text(
        re.compile(r"100\s*34\s*52%\s*2031 年")
    )
    await expect(tier).to_contain_text("是外推，不是预测")
    await expect(tier.locator(".foot .stamp")).to_have_text("虚构样例")
    doubling = page.locator(".panel").filter(
        has=page.get_by_role("heading", name=re.compile("^市场主体倍增"))
    )
    await expect(doubling).to_contain_text(re.compile("未倍增.*1.72 倍、离倍增差 137 户", re.DOTALL))
    bars = page.get_by_role("img", name=re.compile("^市场主体"))
    await expect(bars).to_have_accessible_name(re.compile("2022 486、2023 590、2024 702、2025 835"))
    await page.get_by_text("以表格查看").click()
    await expect(page.locator(".twin").get_by_role("row").filter(has_text="2025")).to_contain_text(
        re.compile(r"66\s*62.7\s*835")
    )


async def test_what_nobody_stated_is_a_hatched_place_and_never_a_zero(page: Page, site: str):
    await page.goto(f"{site}?view=growth&town=town:dingxiang-flange&asOf=2025")
    bars = page.get_by_role("img", name=re.compile("^产值"))
    await expect(bars.locator("i.none")).to_have_count(3)  # 2022 to 2024
    await expect(bars).to_contain_text("至少 200")
    series = page.locator(".trio .bars")
    stamped = {
        (await one.locator("h3").inner_text()).split("（")[0]: await one.locator("h3 .stamp").count()
        for one in await series.all()
    }
    assert stamped == {"产值": 0, "营业收入": 1, "市场主体": 0}  # nobody states the last, a paper the first
    await expect(page.locator("main")).to_contain_text("是否倍增不详")


async def test_firms_near_the_scale_by_town_and_by_industry(page: Page, site: str):
    await page.goto(f"{site}?view=growth&asOf=2024&town=town:qingxu-vinegar")
    near = page.locator(".panel").filter(has=page.get_by_role("heading", name=re.compile("^小升规")))
    await expect(near).to_contain_text("工业企业 3 家；已达 2,000 万元的 9 家")
    await expect(near).to_contain_text(
        "4 家营业收入不详，而已知销售额已达界限"
    )  # the leaders: 4.0 to 7.9 亿元
    first = near.locator("tbody tr").first  # 1,836 of 2,000: 164 short, 2000 ÷ 1836 − 1 = 8.9 %
    await expect(first).to_contain_text(
        re.compile(r"样例清徐酿醋三厂.*1,836.*164\s*9%\s*-3%\s*不能（外推）", re.DOTALL)
    )

    await page.goto(f"{site}?view=growth&asOf=2025")
    await expect(page.locator("tbody tr")).to_have_count(14)
    metal = page.get_by_role("button", name=re.compile("^金属制品业 4"))
    await metal.click()
    await expect(page.locator("tbody tr")).to_have_count(4)
    await expect(metal).to_have_attribute("aria-pressed", "true")
    await expect(page.get_by_role("link", name="导出小升规名单")).to_have_attribute(
        "href", re.compile("industry=")
    )
    await page.get_by_role("button", name="营收").click()
    values = await page.locator("tbody tr td.number:nth-child(4) .number").all_inner_texts()
    assert values == sorted(values)


async def test_tiers_of_all_towns_stand_by_output_and_the_unknown_last(page: Page, site: str):
    await page.goto(f"{site}?view=growth&tab=tiers&asOf=2025")
    rows = page.locator("#growth-panel tbody tr")
    await expect(rows).to_have_count(19)
    await expect(rows.first).to_contain_text("杏花村汾酒")
    await expect(rows.last).to_contain_text("不详：500亿级至50亿以下都有可能")
