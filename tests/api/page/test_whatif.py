"""The what-if in a browser: what changes, that it is no actual data, and that the address holds it all."""

import re
from pathlib import Path

from playwright.async_api import Page, expect

DINGXIANG = "town:dingxiang-flange"
BANNER = "推演结果，非实际数据"


async def test_a_firm_that_settles_turns_a_missing_step_into_a_weak_one(page: Page, site: str):
    """From the chain map: nobody local makes 风电塔筒; with one maker it rests on a single source."""
    await page.goto(f"{site}?view=chain&town={DINGXIANG}&sel=product:wind-tower")
    side = page.get_by_role("complementary", name="风电塔筒")
    await side.get_by_role("link", name="加入推演").click()
    await expect(page.get_by_role("note")).to_contain_text(BANNER)
    await expect(page.locator(".edits .chip")).to_contain_text("新企业落户，生产 风电塔筒")
    rows = page.locator(".drawn tbody tr")
    await expect(rows).to_have_count(1)
    await expect(rows.first).to_contain_text(re.compile(r"缺失\s*→\s*薄弱"))
    await expect(rows.first).to_contain_text(re.compile(r"0\s*→\s*1"))
    await expect(page.locator(".figures")).to_contain_text(re.compile(r"缺失\s*6\s*→\s*5"))


async def test_what_a_buyer_takes_from_a_newcomer_is_local(page: Page, site: str):
    """50 million yuan of steel, bought of nobody local before: local sourcing rises, and the score."""
    address = f"{site}?view=whatif&town={DINGXIANG}&with=product:steel.for:tianbao-group.50000000"
    await page.goto(address)
    steel = page.locator(".drawn tbody tr", has_text="锻造用钢材")
    await expect(steel).to_contain_text(re.compile(r"缺失\s*→\s*薄弱"))
    await expect(steel).to_contain_text(re.compile(r"0%\s*→\s*2.2%"))
    figures = page.locator(".figures")
    await expect(figures).to_contain_text(re.compile(r"19.6%\s*→\s*20.9%"))
    await expect(figures).to_contain_text(re.compile(r"66.4\s*→\s*66.9"))
    await expect(page.locator(".edits .chip")).to_contain_text("售予 天宝集团 5,000 万元")


async def test_changes_are_added_by_a_form_dropped_one_by_one_and_all_in_the_address(page: Page, site: str):
    await page.goto(f"{site}?view=whatif&town={DINGXIANG}")
    await expect(page.locator(".empty")).to_contain_text("还没有改动")
    form = page.get_by_role("form", name="加入推演")
    await form.get_by_role("button", name="加入推演").click()
    await expect(form.locator(".wrong")).to_have_text("请给出哪家企业。")
    await form.get_by_role("combobox", name="哪家企业").fill("天宝")
    await form.get_by_role("option", name=re.compile("^天宝集团")).click()
    await form.get_by_role("button", name="加入推演").click()
    await expect(page.locator(".edits .chip")).to_have_count(1)
    assert "without=org:tianbao-group" in page.url
    flange = page.locator(".drawn tbody tr", has=page.get_by_role("link", name="法兰", exact=True))
    await expect(flange).to_contain_text(re.compile(r"16\s*→\s*15"))

    form = page.get_by_role("form", name="加入推演")
    await form.get_by_label("改动").select_option(label="企业落户本镇")
    await form.get_by_role("combobox", name="生产什么").fill("风电塔筒")
    await form.get_by_role("option", name=re.compile("^风电塔筒 ")).click()
    await form.get_by_role("button", name="加入推演").click()
    await expect(page.locator(".edits .chip")).to_have_count(2)
    await page.reload()
    await expect(page.locator(".edits .chip")).to_have_count(2)
    await page.get_by_role("button", name="去掉 天宝集团 关停").click()
    await expect(page.locator(".edits .chip")).to_have_count(1)
    await page.go_back()
    await expect(page.locator(".edits .chip")).to_have_count(2)
    await page.get_by_role("button", name="全部取消").click()
    await expect(page.locator(".edits")).to_have_count(0)
    assert page.url.endswith(f"view=whatif&town={DINGXIANG}")


async def test_a_candidate_of_a_gap_can_be_tried(page: Page, site: str):
    await page.goto(f"{site}?view=gaps&town={DINGXIANG}&action=EXTEND&sel=product:wind-tower")
    region = page.get_by_role("region", name="候选企业：风电塔筒")
    await region.get_by_role("link", name="加入推演").first.click()
    await expect(page.locator(".edits .chip")).to_contain_text(re.compile("落户，生产 风电塔筒"))
    await expect(page.locator(".drawn tbody tr")).to_have_count(1)


async def test_it_says_that_it_is_no_actual_data_on_paper_and_in_the_picture_too(
    page: Page, site: str, tmp_path: Path
):
    await page.goto(f"{site}?view=whatif&town={DINGXIANG}&without=org:tianbao-group")
    await expect(page.locator(".drawn tbody tr").first).to_be_visible()
    await expect(page.locator(".drawn > header .stamp", has_text=BANNER)).to_have_count(1)
    async with page.expect_download() as waited:
        await page.get_by_role("button", name="存为图片").click()
    await (await waited.value).save_as(tmp_path / "whatif.png")
    assert (tmp_path / "whatif.png").read_bytes()[:4] == b"\x89PNG"
    await page.emulate_media(media="print")
    await expect(page.get_by_role("note")).to_be_visible()
    await expect(page.get_by_role("form", name="加入推演")).to_be_hidden()


async def test_a_firm_that_nobody_has_is_said_not_to_be_there(page: Page, site: str):
    await page.goto(f"{site}?view=whatif&town={DINGXIANG}&without=org:nobody-at-all")
    await expect(page.get_by_role("alert")).to_be_visible()
    await expect(page.get_by_role("note")).to_contain_text(BANNER)
    await page.get_by_role("button", name="全部取消").click()
    await expect(page.get_by_role("alert")).to_have_count(0)


async def test_who_settles_keeps_selling_to_the_town_and_that_is_local_now(page: Page, site: str):
    """The best candidate for steel sells to the town already: the same purchases, now from a local."""
    await page.goto(f"{site}?view=whatif&town={DINGXIANG}&with=product:steel.org:sample-370000-steel-02")
    steel = page.locator(".drawn tbody tr", has_text="锻造用钢材")
    await expect(steel).to_contain_text(re.compile(r"0%\s*→\s*18.1%"))
    await expect(page.locator(".figures")).to_contain_text(re.compile(r"19.6%\s*→\s*32.3%"))
    told = "样例山东钢材二公司现售予本镇主体的该产品改由落户者供应"
    await expect(page.get_by_text(told)).to_be_visible()


async def test_what_closes_takes_its_sales_along_and_a_higher_rate_is_no_praise(page: Page, site: str):
    await page.goto(f"{site}?view=whatif&town={DINGXIANG}&without=org:tianbao-group")
    lost = page.get_by_role("table", name="关停带走的（一年）").locator("tbody tr")
    await expect(lost).to_have_count(1)
    await expect(lost).to_contain_text("天宝集团")
    await expect(lost).to_contain_text("不详")
    await expect(lost).to_contain_text("亿元")
    await expect(page.get_by_text("可能只因分母变小而上升，不等于变好")).to_be_visible()
    await lost.get_by_role("link", name="停产影响").click()
    await expect(page).to_have_url(re.compile("view=impact"))
