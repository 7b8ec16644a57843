"""Pages of organisations and products, what stops with one, the analyst's story, in a browser on the demo."""

import csv
import re
from io import BytesIO
from pathlib import Path

import docx
from playwright.async_api import Page, expect

from dev.demo import TABLES

TIANBAO, FLANGE = "org:tianbao-group", "org:sample-dingxiang-flange-flange-01"


def rows(table: str) -> list[dict[str, str]]:
    with (TABLES / f"{table}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


async def test_the_analysts_story(page: Page, site: str):
    """Open a figure, see what else is said of it, ask as of 2022, see how two firms hang together."""
    await page.goto(site)
    await page.get_by_role("combobox", name="查找专业镇、企业、产品").fill("样例定襄法兰一厂")
    await expect(page.get_by_role("option").first).to_contain_text("样例定襄法兰一厂")
    await page.keyboard.press("Enter")
    opened = page.get_by_role("heading", level=1)
    await expect(opened).to_contain_text(
        "样例定襄法兰一厂", timeout=60_000
    )  # kernels may still be made ready

    claims = {
        row["year"]: row["value"]
        for row in rows("Claim")
        if (row["subject"], row["metric"]) == (FLANGE, "EMPLOYEES")
    }
    await page.get_by_role("button", name=f"{claims['2025']} 人").click()
    drawer = page.get_by_role("complementary", name="这个数的来历")
    others = drawer.locator("tbody tr")
    await expect(others).to_have_count(len(claims) - 1)
    change = round((int(claims["2024"]) / int(claims["2025"]) - 1) * 100)
    await expect(others.first).to_contain_text(f"{claims['2024']} 人{change}%", use_inner_text=False)
    await page.keyboard.press("Escape")

    await page.get_by_label("截至年份").select_option("2022")
    await expect(page.get_by_role("button", name=f"{claims['2022']} 人")).to_be_visible()
    await expect(page.locator(".foot")).to_contain_text("数据截至 2022 年末")

    await page.get_by_role("link", name="关系路径").click()
    await page.get_by_role("combobox", name="查找另一主体").fill("样例定襄热处理一厂")
    hits = page.get_by_role("listbox").get_by_role("option")
    await expect(hits.first).to_contain_text("样例定襄热处理一厂")
    await page.keyboard.press("Enter")
    first = page.get_by_role("listitem", name="样例定襄法兰一厂 – 样例定襄热处理一厂", exact=True)
    await expect(first).to_contain_text("1 环")
    await expect(first).to_contain_text(re.compile(r"持股\s*60%\s*2018 年"))
    assert "other=org:sample-dingxiang-flange-heat-01" in page.url
    assert "asOf=2022" in page.url


async def test_paths_name_product_amount_and_strength_of_each_hop(page: Page, site: str):
    address = f"{site}?view=paths&org={TIANBAO}&other=org:sample-yanhu-pump-leader-01&asOf=2024"
    await page.goto(address)
    first = page.locator(".path").first
    await expect(first.locator("h2")).to_contain_text("3 环，阻力合计 1.80")
    await expect(first.locator(".stop a")).to_contain_text(
        ["天宝集团", "样例山东钢材一公司", "样例盐湖泵轴二部", "样例盐湖水泵龙头一厂"]
    )
    await expect(first.locator(".hop").first).to_contain_text(
        "购自 锻造用钢材 2.32\u00a0亿元", use_inner_text=True
    )
    await expect(page.locator("main")).to_contain_text("阻力越小，联系越强")
    await page.get_by_label("至多").select_option("2")
    await expect(page.locator(".empty")).to_contain_text(
        "天宝集团 与 样例盐湖水泵龙头一厂 之间，2 环以内没有已登记的路径"
    )
    await page.goto(f"{site}?view=paths&org={TIANBAO}&other={TIANBAO}")
    await expect(page.locator(".empty")).to_contain_text("请另选一个")
    await page.goto(f"{site}?view=paths&org={TIANBAO}&other=org:nobody")
    await expect(page.get_by_role("alert")).to_contain_text("org:nobody")


async def test_an_organisation_says_what_is_known_and_what_is_not(page: Page, site: str):
    await page.goto(f"{site}?view=firm&org={TIANBAO}")
    await expect(page.get_by_role("heading", level=1)).to_have_text("天宝集团")
    await expect(page.locator(".empty")).to_contain_text("营收、从业人员等都不详")
    main = page.locator("main")
    await expect(main.get_by_role("link", name="定襄法兰", exact=True)).to_have_attribute(
        "href", "?town=town:dingxiang-flange"
    )
    made = {row["to"] for row in rows("MAKES") if row["from"] == TIANBAO}
    names = {row["id"]: row["name"] for row in rows("Product")}
    panel = main.locator(".panel").filter(has=page.get_by_role("heading", name="生产什么"))
    for product in made:
        await expect(panel.get_by_role("link", name=names[product], exact=True)).to_be_visible()
    closed = {row["id"] for row in rows("Organisation") if row["closedOn"]}
    flows = [row for row in rows("SUPPLIES") if not row["until"] or int(row["until"]) > 2025]
    sellers = {row["from"] for row in flows if row["to"] == TIANBAO} - closed
    await expect(main).to_contain_text(f"图内 {len(sellers)} 家")
    await expect(main).to_contain_text("统一社会信用代码未登记")
    await main.get_by_role("link", name="样例山东钢材一公司").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("样例山东钢材一公司")
    await page.go_back()
    await expect(page.get_by_role("heading", level=1)).to_have_text("天宝集团")


async def test_the_profile_can_be_taken_to_a_meeting(page: Page, site: str, tmp_path: Path):
    await page.goto(f"{site}?view=firm&org={TIANBAO}&asOf=2024")
    async with page.expect_download() as waited:
        await page.get_by_role("link", name="下载企业画像").click()
    download = await waited.value
    assert download.suggested_filename == "天宝集团_企业画像_2024年.docx"
    await download.save_as(tmp_path / "profile.docx")
    text = "\n".join(
        one.text for one in docx.Document(BytesIO((tmp_path / "profile.docx").read_bytes())).paragraphs
    )
    assert "专业镇：定襄法兰（龙头、成员）" in text


async def test_only_real_data_leaves_the_invented_trade_out(page: Page, site: str):
    await page.goto(f"{site}?view=firm&org={TIANBAO}&realOnly=1")
    await expect(page.locator("main")).to_contain_text("没有已登记的供应商")
    await expect(page.locator("main .stamp:not(.real)")).to_have_count(0)
    await expect(page.locator(".foot .stamp.real")).to_be_visible()


async def test_a_closed_firm_leads_to_when_it_was(page: Page, site: str):
    closed = next(row for row in rows("Organisation") if row["closedOn"])
    await page.goto(f"{site}?view=firm&org={closed['id']}")
    await expect(page.locator("main")).to_contain_text(
        f"到 2025 年末，此主体已不存在（{closed['closedOn']} 注销）"
    )
    before = int(closed["closedOn"][:4]) - 1
    await page.get_by_role("button", name=f"看 {before} 年末").click()
    await expect(page.locator(".foot")).to_contain_text(f"数据截至 {before} 年末")
    await expect(page.locator("main")).not_to_contain_text("此主体已不存在")


async def test_an_unknown_organisation_or_product_says_so(page: Page, site: str):
    for view in ("firm", "network", "impact", "paths"):
        await page.goto(f"{site}?view={view}&org=org:nobody")
        await expect(page.get_by_role("heading", level=1)).to_have_text("图中没有主体 org:nobody。")
    await page.goto(f"{site}?view=product&product=product:nothing")
    await expect(page.get_by_role("heading", level=1)).to_have_text("图中没有产品 product:nothing。")


async def test_a_product_names_its_makers_and_where_they_lack(page: Page, site: str):
    await page.goto(f"{site}?view=product&product=product:flange")
    makers = {row["from"] for row in rows("MAKES") if row["to"] == "product:flange"}
    closed = {row["id"] for row in rows("Organisation") if row["closedOn"]}
    table = page.get_by_role("group", name="谁生产")
    await expect(table.locator("tbody tr")).to_have_count(len(makers - closed))
    await page.get_by_role("button", name="按营收排序").click()
    revenue = {
        row["subject"]: float(row["value"])
        for row in rows("Claim")
        if row["metric"] == "REVENUE" and row["year"] == "2025"
    }
    largest = max(makers & revenue.keys(), key=lambda one: revenue[one])
    names = {row["id"]: row["name"] for row in rows("Organisation")}
    await expect(table.locator("tbody tr").first).to_contain_text(names[largest])
    await expect(table.locator("tbody tr").last).to_contain_text("不详")
    chain = page.locator(".panel").filter(has=page.get_by_role("heading", name="所在产业链与各镇状态"))
    await expect(chain.get_by_role("listitem").filter(has_text="定襄法兰")).to_contain_text("覆盖")
    await chain.get_by_role("link", name="看产业链图").click()
    await expect(page.get_by_role("complementary", name="法兰", exact=True)).to_be_visible()
    await (
        page.get_by_role("complementary", name="法兰", exact=True)
        .get_by_role("link", name="谁生产、谁购入")
        .click()
    )
    await expect(page.get_by_role("heading", level=1)).to_have_text("法兰")


async def test_what_stops_with_a_leader_is_summed_over_all(page: Page, site: str):
    """The sums are those of docs/analyses/cascade.md, which an oracle of its own computes."""
    await page.goto(f"{site}?view=impact&org={TIANBAO}&asOf=2024")
    sums = page.get_by_role("region", name="合计")
    for words in (
        "25.7 亿元",
        "自身 14 亿元，波及 11.7 亿元",
        "3.3%",
        "42 家",
        "企业28 家",
        "个体工商户13 家",
        "农民专业合作社0 家",
        "家庭农场0 家",
    ):
        await expect(sums).to_contain_text(words)
    await expect(page.locator("main")).to_contain_text("已知采购额的 84% 卖方在图内")
    bars = page.locator(".bars li")
    await expect(bars.first).to_contain_text(re.compile("样例山东钢材一公司.*2.36 亿元.*自身产出的 53%"))
    widths = await bars.locator("b").evaluate_all("all => all.map(one => parseFloat(one.style.width))")
    assert widths[0] == 100
    assert widths == sorted(widths, reverse=True)
    await page.get_by_text("以表格查看").click()
    table = page.locator(".twin tbody tr")
    await expect(table).to_have_count(42)
    await expect(table.nth(1)).to_contain_text(
        re.compile("样例山东钢材一公司.*企业.*上游第 1 级.*缺销路.*53%.*2.36 亿元")
    )
    drawn = await bars.locator("a").all_inner_texts()
    named = await table.locator("th a").all_inner_texts()
    assert named[1 : len(drawn) + 1] == drawn
    await page.get_by_label("同行业其他卖方可以顶替").uncheck()
    await expect(page.locator("main")).to_contain_text("无人顶替")
    await expect(sums.locator(".number").first).not_to_have_text("25.7 亿元")


async def test_a_body_without_output_or_trade_has_no_impact_to_show(page: Page, site: str):
    await page.goto(f"{site}?view=impact&org=org:agency-140921")
    await expect(page.locator(".empty")).to_be_visible()
    await expect(page.locator(".bars")).to_have_count(0)


async def test_names_in_the_views_of_a_town_open_their_pages(page: Page, site: str):
    await page.goto(f"{site}?town=town:dingxiang-flange")
    await page.get_by_role("link", name="天宝集团", exact=True).click()
    await expect(page.get_by_role("navigation", name="本主体")).to_be_visible()
    await page.goto(f"{site}?view=gaps&town=town:dingxiang-flange&action=EXTEND&sel=product:wind-tower")
    await page.get_by_role("region", name="候选企业：风电塔筒").get_by_role("link").first.click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("样例")
    assert "view=firm" in page.url


async def test_what_the_search_does_not_know_it_says(page: Page, site: str):
    await page.goto(site)
    field = page.get_by_role("combobox", name="查找专业镇、企业、产品")
    await field.fill("绝无此厂")
    await expect(page.locator(".hits")).to_contain_text("图中没有“绝无此厂”")
    await field.fill("法兰机加工")
    await expect(page.get_by_role("option").first).to_contain_text("产品")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("法兰机加工")
