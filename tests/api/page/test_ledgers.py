"""Ledgers in a browser: what is due, what a steward changes, and what happens when two do, or none may."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import docx
import openpyxl
import pytest
from playwright.async_api import Browser, Page, Route, expect

from api.http.app import create_app
from api.http.connections import Bounds
from api.settings import read_settings
from dev.demo import demo
from tests.api.http.passes import TOKEN
from tests.api.http.served import served
from tests.api.page.conftest import violations

DINGXIANG = "town:dingxiang-flange"
OFFICE = "定襄县工信局"
LOST = '{"errors":[{"message":"x","extensions":{"code":"STORE_UNAVAILABLE"}}]}'


@pytest.fixture(scope="module")
async def site(browser: Browser) -> AsyncIterator[str]:
    """A service of these tests alone, which whoever shows the pass may change."""
    assert browser.is_connected()
    async with demo() as (store, keeper):
        app = create_app(store, keeper, read_settings(store="embedded:none", writable=True, token=TOKEN))
        async with served(app, Bounds(60.0, 100)) as port:
            yield f"http://127.0.0.1:{port}/"


async def enter(page: Page, site: str) -> None:
    """Give a browser the pass, as the address that the start prints does."""
    found = await page.request.get(f"{site}enter?token={TOKEN}")
    assert found.ok


def item(page: Page):
    return page.get_by_role("complementary", name="事项")


async def past(page: Page) -> list[str]:
    """What the record of the open item says, the newest first."""
    rows = await item(page).locator(".history > li").all_inner_texts()
    return [" ".join(row.split()) for row in rows]


# --- reading


async def test_what_is_overdue_is_that_of_the_day_asked(page: Page, site: str):
    """Raised by 2025-06-30: ten problems; two of them late, by 30 + 31 + 30 and by 181 days."""
    await page.goto(f"{site}?view=ledgers&kind=PROBLEM&on=2025-06-30")
    tab = page.get_by_role("tab", name=re.compile("^问题"))
    await expect(tab).to_have_text(re.compile(r"问题\s*10\s*逾期 2"))
    await expect(tab).to_have_attribute("aria-selected", "true")
    rows = page.locator("#ledger-rows tbody tr")
    await expect(rows).to_have_count(10)
    await expect(rows.nth(0)).to_contain_text("玻璃企业天然气价格偏高（样例）")
    await expect(rows.nth(0)).to_contain_text("逾期 181 天")
    await expect(rows.nth(1)).to_contain_text("锻造钢材全部外购、运距长（样例）")
    await expect(rows.nth(1)).to_contain_text("逾期 91 天")
    await page.get_by_role("combobox", name="期限", exact=True).select_option(label="已逾期")
    await expect(rows).to_have_count(2)
    assert "due=OVERDUE" in page.url
    await page.get_by_role("combobox", name="专业镇", exact=True).select_option(label="定襄法兰")
    await expect(rows).to_have_count(1)
    await page.reload()
    await expect(rows).to_have_count(1)
    await page.get_by_role("button", name="取消筛选").click()
    await expect(page.get_by_role("combobox", name="期限", exact=True)).to_have_value("")


async def test_what_a_body_has_to_do_stands_in_one_list(page: Page, site: str):
    """The county office of 盐湖 answers for problems, tasks, projects and leads alike."""
    await page.goto(f"{site}?view=ledgers&body=org:agency-140802")
    await expect(page.locator(".lead")).to_contain_text("盐湖区专业镇工作专班办公室（样例）要办的事：未办结")
    kinds = await page.locator("#ledger-rows tbody td:nth-child(2)").all_inner_texts()
    assert {"问题", "任务", "项目", "招商线索"} <= set(kinds)


async def test_a_plan_is_laid_out_by_quarters(page: Page, site: str):
    """Five tasks of 2025: three done, two late on the last of January 2026."""
    await page.goto(f"{site}?view=ledgers&kind=TASK&town={DINGXIANG}&plan=2025&on=2026-01-31")
    plan = page.get_by_role("region", name="2025 年行动计划")
    await expect(plan).to_contain_text(
        "2025 年任务 5 项，截至 2026-01-31：完成 0 项，在办 0 项，逾期 2 项，是否已完成不详 3 项"
    )
    quarters = plan.locator(".quarters > section")
    assert [await one.locator("li").count() for one in await quarters.all()] == [1, 2, 1, 1]
    await expect(quarters.nth(1)).to_contain_text("锻造园区二期用地报批（样例）")
    await expect(quarters.nth(1)).to_contain_text("逾期 215 天")
    await quarters.nth(3).get_by_role("button", name="引进塔筒整机企业（样例）").click()
    await expect(item(page)).to_contain_text("2025-12-31")


async def test_more_is_loaded_and_the_list_can_be_taken_away(page: Page, site: str, tmp_path: Path):
    await page.goto(f"{site}?view=ledgers")
    rows = page.locator("#ledger-rows tbody tr")
    await expect(rows).to_have_count(50)
    await expect(page.locator("#ledger-rows").get_by_role("status")).to_contain_text("显示 50 / 共")
    await page.get_by_role("button", name="加载更多").click()
    await expect(page.get_by_role("button", name="加载更多")).to_have_count(0)
    assert await rows.count() > 50
    async with page.expect_download() as waited:
        await page.get_by_role("link", name="导出招商线索台账").click()
    await (await waited.value).save_as(tmp_path / "leads.xlsx")
    book = openpyxl.load_workbook(tmp_path / "leads.xlsx")
    assert "引进石化装备制造（样例）" in str(list(book.worksheets[0].iter_rows(values_only=True)))


async def test_a_browser_that_only_reads_is_told_how_to_write(page: Page, site: str):
    await page.goto(f"{site}?view=ledgers&kind=PROBLEM&item=problem:sample-loan")
    await expect(item(page)).to_contain_text("流动资金贷款到期（样例）")
    await expect(page.locator(".rights")).to_contain_text("在浏览器中打开服务启动时显示的地址")
    await expect(page.get_by_role("button", name=re.compile("登记|更改|批注|交办"))).to_have_count(0)
    await expect(page.get_by_role("checkbox", name=re.compile("^选中"))).to_have_count(0)


async def test_an_invented_item_is_not_there_for_real_data_only(page: Page, site: str):
    await page.goto(f"{site}?view=ledgers&kind=PROBLEM&realOnly=1&item=problem:sample-loan")
    await expect(item(page)).to_contain_text("没有这一项")
    await item(page).get_by_role("button", name="关闭").click()
    await expect(item(page)).to_have_count(0)


# --- the office's story, its second part


async def test_a_notice_is_drafted_from_the_evaluation_issued_and_taken_as_word(page: Page, site: str):
    await enter(page, site)
    await page.goto(f"{site}?view=ledgers&kind=NOTICE")
    await page.get_by_role("link", name="由评价草拟督办").click()
    drafts = page.get_by_role("region", name="由评价草拟督办")
    row = drafts.get_by_role("row", name=re.compile("^清徐老陈醋"))
    reason = (await row.locator("td").nth(1).inner_text()).split("\n")[0]
    assert reason.startswith("清徐老陈醋在 2025 年度评价")
    await row.get_by_role("link", name="草拟通知书").click()

    form = page.get_by_role("form", name="拟写督办通知书")
    await expect(form.get_by_label("督办事由")).to_have_value(reason)
    await expect(form.get_by_label("专业镇", exact=True)).to_have_value("town:qingxu-vinegar")
    await expect(form).to_contain_text("清徐县专业镇工作专班办公室（样例）")
    await form.get_by_role("button", name="存为草稿").click()
    await expect(form).to_contain_text("请填写期限。")
    await form.get_by_label("整改期限").fill("2030-06-30")
    await form.get_by_label("经办机构或岗位").fill(OFFICE)
    await form.get_by_role("button", name="存为草稿").click()

    await expect(item(page).get_by_role("heading", level=2)).to_contain_text("清徐老陈醋督办通知书")
    await expect(item(page)).to_contain_text("草拟")
    await item(page).get_by_role("button", name="下达 → 已下达").click()
    await page.get_by_role("form", name="流转：下达").get_by_role("button", name="下达").click()
    await expect(item(page)).to_contain_text("收回 → 草拟")
    async with page.expect_download() as waited:
        await item(page).get_by_role("link", name="下载通知书（Word）").click()
    path = await (await waited.value).path()
    text = "\n".join(one.text for one in docx.Document(str(path)).paragraphs)
    assert "清徐老陈醋" in text
    assert "草稿" not in (await waited.value).suggested_filename
    seen = await past(page)
    assert [re.sub(r"^\S+ ", "", one).split(" ")[0] for one in seen] == ["流转", "登记"]
    assert OFFICE in seen[0]


async def test_a_problem_is_closed_with_its_reason_and_a_slip_is_undone(page: Page, site: str):
    await enter(page, site)
    await page.goto(f"{site}?view=ledgers&kind=PROBLEM&item=problem:sample-gas-price")
    await item(page).get_by_role("button", name="办结 → 已解决").click()
    form = page.get_by_role("form", name="流转：办结")
    await form.get_by_role("button", name="办结").click()
    await expect(form.locator(".wrong")).to_have_text("“办结”须写明理由")
    await expect(form.get_by_label("理由（必填）")).to_have_attribute("aria-invalid", "true")
    await form.get_by_label("发生之日").fill("2024-01-05")
    await form.get_by_label("理由（必填）").fill("长协气价已签")
    await form.get_by_role("button", name="办结").click()
    await expect(form.get_by_role("alert")).to_contain_text("早于提出日期 2024-04-10")
    await expect(form.get_by_label("理由（必填）")).to_have_value("长协气价已签")
    await form.get_by_label("发生之日").fill("2024-12-20")
    await form.get_by_role("button", name="办结").click()
    await expect(item(page).locator("dl")).to_contain_text("2024-12-20")
    row = page.locator("#ledger-rows tr", has_text="玻璃企业天然气价格偏高")
    await expect(row).to_contain_text("已解决")
    assert re.search(r"流转 .*问题状态 已交办 → 已解决.*长协气价已签", (await past(page))[0])

    await item(page).get_by_role("button", name="撤销", exact=True).click()
    undo = page.get_by_role("form", name="撤销")
    await undo.get_by_role("button", name="撤销这一次变更").click()
    await expect(undo.locator(".wrong")).to_have_text("撤销须写明理由")
    await undo.get_by_label("理由（必填）").fill("点错了事项")
    await undo.get_by_role("button", name="撤销这一次变更").click()
    await expect(row).to_contain_text("已交办")
    assert [re.sub(r"^\S+ ", "", one)[:2] for one in await past(page)] == ["撤销", "流转"]
    await expect(item(page).locator(".history .undone")).to_contain_text("已撤销")


async def test_an_item_is_recorded_changed_and_commented_on(page: Page, site: str):
    await enter(page, site)
    await page.goto(f"{site}?view=ledgers&town={DINGXIANG}")
    await page.get_by_role("button", name="登记问题").click()
    form = page.get_by_role("form", name="登记问题")
    await form.get_by_role("button", name="登记").click()
    await expect(form.locator(".wrong")).to_have_text(re.compile("^不能为空：请写明问题台账的名称"))
    await form.get_by_label("名称", exact=True).fill("检测排队过长")
    await form.get_by_role("combobox", name="责任单位").fill("定襄县专业镇")
    await form.get_by_role("option", name=re.compile("定襄县专业镇工作专班办公室")).click()
    await form.get_by_role("button", name="登记").click()
    await expect(item(page).get_by_role("heading", level=2)).to_contain_text("检测排队过长")
    await expect(item(page).locator("dl")).to_contain_text("定襄县专业镇工作专班办公室（样例）")
    assert "item=problem:" in page.url

    await item(page).get_by_role("button", name="更改").click()
    form = page.get_by_role("form", name="更改")
    await form.get_by_role("button", name="保存更改").click()
    await expect(form.get_by_role("alert")).to_contain_text("与现在的内容相同，无可更改")
    await form.get_by_label("办结期限").fill("2031-03-31")
    await form.get_by_role("button", name="保存更改").click()
    await expect(item(page).locator("dl")).to_contain_text("2031-03-31")
    await item(page).get_by_role("button", name="批注").click()
    form = page.get_by_role("form", name="批注")
    await form.get_by_label("批注").fill("已商市里")
    await form.get_by_role("button", name="批注").click()
    await expect(item(page).locator(".history")).to_contain_text("已商市里")
    seen = await past(page)
    assert "办结期限 无 → 2031-03-31" in seen[1]


async def test_a_lead_keeps_what_the_board_said_of_its_firm(page: Page, site: str):
    await enter(page, site)
    await page.goto(f"{site}?view=gaps&town={DINGXIANG}&action=EXTEND&sel=product:wind-tower")
    buyer = page.get_by_role("region", name="候选企业：风电塔筒").get_by_role("row").nth(1)
    name = await buyer.get_by_role("rowheader").locator("span").first.evaluate("e => e.firstChild.data")
    score = await buyer.locator("td").last.inner_text()
    await buyer.get_by_role("link", name="登记线索").click()
    form = page.get_by_role("form", name="登记招商线索")
    await expect(form).to_contain_text(name)
    await expect(form).to_contain_text("风电塔筒")
    await form.get_by_role("button", name="登记").click()
    await expect(item(page).get_by_role("heading", level=2)).to_contain_text("定襄法兰招商线索：风电塔筒")
    await expect(item(page)).to_contain_text("第 1 名")
    await expect(item(page)).to_contain_text("本镇产品的买主")
    kept = item(page).locator("dl").last
    await expect(kept).to_contain_text(score)


# --- what is refused, and what is never lost


async def test_chosen_items_move_together_or_not_at_all(page: Page, site: str):
    """One of the two is moved in another tab meanwhile: the bulk says which, and moves neither."""
    await enter(page, site)
    await page.goto(f"{site}?view=ledgers&kind=TASK&stage=PLANNED")
    for name in ("组织泽州铸造与盐湖水泵对接", "玻璃器皿设计中心揭牌"):
        await page.get_by_role("checkbox", name=re.compile(name)).check()
    other = await page.context.new_page()
    await other.goto(f"{site}?view=ledgers&kind=TASK&item=task:sample-2026-qixian-design")
    await item(other).get_by_role("button", name="启动 → 进行中").click()
    await other.get_by_role("form", name="流转：启动").get_by_role("button", name="启动").click()
    await expect(item(other).get_by_role("button", name="完成 → 已完成")).to_be_visible()
    await other.close()

    form = page.get_by_role("form", name="把所选 2 项一并流转")
    await form.get_by_role("combobox").select_option(label="启动 → 进行中")
    await form.get_by_role("button", name="一并流转").click()
    alert = form.get_by_role("alert")
    await expect(alert).to_contain_text("一项也没有改")
    await expect(alert.locator("li").first).to_contain_text("玻璃器皿设计中心揭牌（样例）")
    await page.goto(f"{site}?view=ledgers&kind=TASK&item=task:sample-2025-yanhu-casting")
    await expect(item(page).get_by_role("button", name="启动 → 进行中")).to_be_visible()
    await expect(item(page)).to_contain_text("没有变更记录")

    await page.goto(f"{site}?view=ledgers&kind=TASK&stage=STARTED&town={DINGXIANG}&due=CLOSED")
    await page.get_by_role("combobox", name="期限", exact=True).select_option(label="未办结")
    for name in ("五户企业小升规", "落地风电塔筒项目"):
        await page.get_by_role("checkbox", name=re.compile(name)).check()
    await page.get_by_role("form", name="把所选 2 项一并流转").get_by_role("button", name="一并流转").click()
    await expect(page.get_by_role("button", name="落地风电塔筒项目（样例）")).to_have_count(0)
    await page.get_by_role("combobox", name="阶段", exact=True).select_option(label="已完成")
    await page.get_by_role("combobox", name="期限", exact=True).select_option(label="已办结")
    for name in ("五户企业小升规（样例）", "落地风电塔筒项目（样例）"):
        await expect(page.get_by_role("button", name=name)).to_be_visible()


async def test_two_stewards_the_second_sees_what_is_now_beside_what_was_typed(
    page: Page, browser: Browser, site: str
):
    address = f"{site}?view=ledgers&kind=PROBLEM&item=problem:sample-pump-grid"
    await enter(page, site)
    await page.goto(address)
    await item(page).get_by_role("button", name="更改").click()
    form = page.get_by_role("form", name="更改")
    await form.get_by_label("名称", exact=True).fill("电力增容批复未下")

    window = await browser.new_context(locale="zh-CN", viewport={"width": 1400, "height": 880})
    other = await window.new_page()
    await enter(other, site)
    await other.goto(address)
    await item(other).get_by_role("button", name="更改").click()
    theirs = other.get_by_role("form", name="更改")
    await theirs.get_by_label("办结期限").fill("2027-06-30")
    await theirs.get_by_role("button", name="保存更改").click()
    await expect(item(other).locator("dl")).to_contain_text("2027-06-30")
    await window.close()

    await form.get_by_role("button", name="保存更改").click()
    await expect(form.get_by_role("alert")).to_contain_text("别人改过这一项，所以没有写入")
    beside = form.get_by_role("table")
    await expect(beside.get_by_role("row", name=re.compile("^名称"))).to_contain_text("电力增容批复未下")
    due = beside.get_by_role("row", name=re.compile("^期限"))
    await expect(due).to_contain_text("2027-06-30")
    await expect(due).to_contain_text("未改，保留现在的")
    await expect(form.get_by_label("名称", exact=True)).to_have_value("电力增容批复未下")
    await form.get_by_role("button", name="看过了，仍按我填的提交").click()
    await expect(item(page).get_by_role("heading", level=2)).to_contain_text("电力增容批复未下")
    await expect(item(page).locator("dl")).to_contain_text("2027-06-30")


async def test_a_jump_that_the_table_forbids_is_refused_with_the_servers_sentence(page: Page, site: str):
    """Two tabs: the problem is closed in one while the other would hand it back."""
    address = f"{site}?view=ledgers&kind=PROBLEM&item=problem:sample-casting-dust"
    await enter(page, site)
    await page.goto(address)
    await item(page).get_by_role("button", name="退回 → 待办").click()
    form = page.get_by_role("form", name="流转：退回")
    await form.get_by_label("理由（必填）").fill("材料不全")
    tab = await page.context.new_page()
    await tab.goto(address)
    await item(tab).get_by_role("button", name="办结 → 已解决").click()
    await tab.get_by_role("form", name="流转：办结").get_by_label("理由（必填）").fill("资金已到位")
    await tab.get_by_role("form", name="流转：办结").get_by_role("button", name="办结").click()
    await expect(item(tab).get_by_role("button", name="重新办理 → 已交办")).to_be_visible()
    await tab.close()

    await form.get_by_role("button", name="退回").click()
    form = page.get_by_role("form", name=re.compile("^流转"))
    await expect(form.get_by_role("alert")).to_contain_text("别人改过这一项")
    await expect(form).to_contain_text("“已解决”之后不能到“待办”")
    await expect(form.get_by_label("理由")).to_have_value("材料不全")
    await expect(item(page).get_by_role("button", name="重新办理 → 已交办")).to_be_visible()


async def test_the_right_is_lost_in_the_middle_of_an_edit_and_nothing_typed_is(page: Page, site: str):
    await enter(page, site)
    await page.goto(f"{site}?view=ledgers&kind=PROBLEM&item=problem:sample-glass-freight")
    await item(page).get_by_role("button", name="批注").click()
    form = page.get_by_role("form", name="批注")
    await form.get_by_label("批注").fill("船公司答复后再议")
    await page.context.clear_cookies()
    await form.get_by_role("button", name="批注").click()
    await expect(form.get_by_role("alert")).to_contain_text("重新打开服务启动时显示的 /enter 地址")
    await expect(form.get_by_label("批注")).to_have_value("船公司答复后再议")
    await expect(page.locator(".rights")).to_be_visible()
    await enter(page, site)
    await form.get_by_role("button", name="批注").click()
    await expect(item(page).locator(".history")).to_contain_text("船公司答复后再议")
    await expect(item(page).locator(".history > li")).to_have_count(1)


async def test_an_answer_that_is_lost_on_the_way_changes_nothing_twice(page: Page, site: str):
    """The service has written, the answer is lost; the same sent again is the same change."""
    await enter(page, site)
    await page.goto(f"{site}?view=ledgers&kind=LEAD&item=lead:sample-petrochemical")
    await item(page).get_by_role("button", name="接触 → 已接触").click()
    form = page.get_by_role("form", name="流转：接触")

    async def lose(route: Route) -> None:
        await route.fetch()  # the service has answered
        await route.fulfill(status=200, body=LOST)

    await page.route("**/graphql", lose)
    await form.get_by_role("button", name="接触").click()
    await expect(form.get_by_role("alert")).to_contain_text("所填的都还在")
    await page.unroute("**/graphql")
    await form.get_by_role("button", name="接触").click()
    await expect(item(page).get_by_role("button", name="洽谈 → 在谈")).to_be_visible()
    await expect(item(page).locator(".history > li")).to_have_count(1)


async def test_what_was_typed_outlives_a_reload_and_another_tab_has_its_own(page: Page, site: str):
    address = f"{site}?view=ledgers&town={DINGXIANG}&make=PROBLEM"
    await enter(page, site)
    await page.goto(address)
    form = page.get_by_role("form", name="登记问题")
    await form.get_by_label("名称", exact=True).fill("检测排队过长")
    other = await page.context.new_page()
    await other.goto(address)
    theirs = other.get_by_role("form", name="登记问题").get_by_label("名称", exact=True)
    await expect(theirs).to_have_value("")
    await theirs.fill("用工不足")
    await page.reload()
    await other.reload()
    await expect(form.get_by_label("名称", exact=True)).to_have_value("检测排队过长")
    await expect(theirs).to_have_value("用工不足")
    await other.close()
    await form.get_by_role("button", name="放弃").click()
    await page.goto(address)
    await expect(form.get_by_label("名称", exact=True)).to_have_value("")
    await form.get_by_label("名称", exact=True).fill("字")
    await form.get_by_label("名称", exact=True).fill("")
    assert await page.evaluate("Object.keys(sessionStorage)") == [], "as it began: nothing was typed"


async def test_sent_again_after_a_reload_it_is_still_the_same_change(page: Page, site: str):
    """The answer is lost, the page is loaded anew, the text is still there: it is not written twice."""
    await enter(page, site)
    await page.goto(f"{site}?view=ledgers&kind=PROBLEM&item=problem:sample-loan")
    await item(page).get_by_role("button", name="批注").click()
    form = page.get_by_role("form", name="批注")
    await form.get_by_label("批注").fill("银行已受理")

    async def lose(route: Route) -> None:
        await route.fetch()  # the service has answered
        await route.fulfill(status=200, body=LOST)

    await page.route("**/graphql", lose)
    await form.get_by_role("button", name="批注").click()
    await expect(form.get_by_role("alert")).to_contain_text("所填的都还在")
    await page.unroute("**/graphql")
    await page.reload()
    await expect(item(page).locator(".history > li")).to_have_count(1)
    await item(page).get_by_role("button", name="批注").click()
    await expect(form.get_by_label("批注")).to_have_value("银行已受理")
    await form.get_by_role("button", name="批注").click()
    await expect(form).to_have_count(0)
    await expect(item(page).locator(".history > li")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_forms_are_for_everybody(page: Page, site: str, scheme: str):
    """With a refusal and a choice of many open: no violation, nothing sideways on a phone, Escape leaves."""
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    await enter(page, site)
    await page.goto(f"{site}?view=ledgers&kind=PROBLEM&item=problem:sample-seal-single")
    await page.get_by_role("checkbox", name=re.compile("^选中")).first.check()
    await item(page).get_by_role("button", name="办结 → 已解决").click()
    form = page.get_by_role("form", name="流转：办结")
    await form.get_by_role("button", name="办结").click()
    await expect(form.locator(".wrong")).to_be_visible()
    assert await violations(page) == []
    await page.set_viewport_size({"width": 390, "height": 800})
    assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    await form.get_by_label("理由").press("Escape")
    await expect(item(page)).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(item(page)).to_have_count(0)
    await page.get_by_role("button", name="登记问题").click()
    await expect(page.get_by_role("form", name="登记问题")).to_be_visible()
    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
