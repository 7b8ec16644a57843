"""The page as people use it, in a browser, on the demo."""

import csv
import re
import struct
from base64 import b64encode
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest
from playwright.async_api import Page, expect

from dev.demo import TABLES
from tests.api.page.conftest import overrun, violations

DINGXIANG = "town:dingxiang-flange"
TIANBAO, RING = "org:tianbao-group", "org:sample-dingxiang-flange-wind-02"
STEEL = "SELLER|product:steel|COUNTRY>TOWN|product:flange|"
FIRM = "org:sample-dingxiang-flange-flange-01"
VIEWS = {
    "start": "",
    "town": f"?town={DINGXIANG}",
    "chain": f"?view=chain&town={DINGXIANG}&sel=product:steel",
    "gaps": f"?view=gaps&town={DINGXIANG}&action=EXTEND&sel=product:wind-tower",
    "figure": f"?town={DINGXIANG}&src={DINGXIANG}|EMPLOYEES",
    "tiles": "?view=tiles&measure=LOCAL_SOURCING",
    "tiles-checkup": "?view=tiles&measure=CHECKUP",
    "data": "?view=data",
    "flow": f"?view=flow&town={DINGXIANG}&by=PRODUCT&sel={quote(STEEL)}",
    "compare": f"?view=compare&towns={DINGXIANG},town:zezhou-casting",
    "compare, nothing chosen": "?view=compare",
    "similar": f"?view=similar&level=INDUSTRY2&pair={DINGXIANG},town:zezhou-casting",
    "method": f"?view=gaps&town={DINGXIANG}&src=method",
    "ledgers": "?view=ledgers&kind=LEAD&item=lead:sample-wind-tower&on=2025-06-30",
    "plan": f"?view=ledgers&kind=TASK&town={DINGXIANG}&plan=2025&on=2025-06-30",
    "drafts": "?view=ledgers&kind=NOTICE&drafts=1&on=2025-06-30",
    "whatif": f"?view=whatif&town={DINGXIANG}&with=product:steel.for:tianbao-group.50000000",
    "firm": "?view=firm&org=org:sample-dingxiang-flange-flange-01",
    "product": "?view=product&product=product:flange",
    "network": f"?view=network&org={TIANBAO}&open=u{RING}&sel=u{RING}",
    "paths": f"?view=paths&org={TIANBAO}&other=org:sample-yanhu-pump-leader-01",
    "impact": f"?view=impact&org={TIANBAO}",
    "ranking": f"?view=ranking&weights=local:40,growth:0&sel={DINGXIANG}"
    f"&beside={DINGXIANG},town:taigu-malleable-iron",
    "proposals": "?view=ranking&tab=proposals&few=1",
    "policies": "?view=policies",
    "papers": "?view=policies&tab=papers",
    "town-policies": f"?view=policies&town={DINGXIANG}",
    "facts": f"?view=policies&town={DINGXIANG}&tab=facts",
    "firm-policies": f"?view=policies&org={FIRM}&asOf=2024&sel={FIRM}|benefit:sample-forging-energy",
    "benefit": "?view=policies&benefit=benefit:sample-casting-upgrade",
    "growth": f"?view=growth&town={DINGXIANG}",
    "near": "?view=growth",
    "tiers": "?view=growth&tab=tiers",
}


async def test_the_investment_teams_story(page: Page, site: str, tmp_path: Path):
    """Find 定襄法兰; steel comes from outside, nothing is made downstream; evidence; candidates; the list."""
    await page.goto(site)
    await page.get_by_role("combobox", name="查找专业镇、企业、产品").fill("dxfl")
    await expect(page.get_by_role("option").first).to_contain_text("定襄法兰")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("定襄法兰")

    await page.get_by_role("link", name="产业链图", exact=True).click()
    steel = page.get_by_role("button", name=re.compile("^锻造用钢材.*缺失"))
    await expect(steel).to_have_accessible_name(re.compile("无本地主体 ?本地配套率 ?0%"))
    for downstream in ("石化成套装备", "风电塔筒"):
        await expect(page.get_by_role("button", name=re.compile(f"^{downstream}.*缺失"))).to_be_visible()
    await steel.click()
    side = page.get_by_role("complementary", name="锻造用钢材")
    await expect(side).to_contain_text("全靠外购")
    await side.get_by_role("link", name="谁能补上").click()

    candidates = page.get_by_role("region", name="候选企业：锻造用钢材")
    await expect(candidates.locator("tbody tr")).not_to_have_count(0)
    await expect(candidates).to_contain_text("虚构样例")
    await expect(page.locator(".lead")).to_contain_text("定襄法兰缺的是锻造用钢材")
    await page.get_by_role("tab", name="延链").click()
    await page.get_by_role("button", name="风电塔筒").click()
    buyers = page.get_by_role("region", name="候选企业：风电塔筒")
    await expect(buyers.locator("tbody tr").first).to_contain_text("本镇产品的买主")

    async with page.expect_download() as waited:
        await page.get_by_role("link", name="导出招商引资清单").click()
    download = await waited.value
    assert "招商引资清单" in download.suggested_filename
    await download.save_as(tmp_path / "list.xlsx")
    book = openpyxl.load_workbook(BytesIO((tmp_path / "list.xlsx").read_bytes()))
    cells = {str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell}
    assert any("样例内蒙古塔筒一厂" in cell for cell in cells)


async def test_a_figure_opens_to_its_source_and_its_address_can_be_sent_on(page: Page, site: str):
    await page.goto(f"{site}?town={DINGXIANG}")
    await page.get_by_role("button", name="40,000 人").click()
    drawer = page.get_by_role("complementary", name="这个数的来历")
    await expect(drawer).to_contain_text("8881319.com 网页：定襄法兰")
    await expect(drawer).to_contain_text("2022")
    address = page.url
    await page.keyboard.press("Escape")
    await expect(drawer).to_have_count(0)
    await page.go_back()
    await expect(drawer).to_be_visible()
    await page.goto(address)
    await expect(drawer).to_contain_text("40,000 人")


async def test_an_invented_figure_of_a_real_town_is_stamped(page: Page, site: str):
    await page.goto(site)
    rows = page.get_by_role("row")
    await expect(rows.filter(has_text="万荣外加剂").locator("td.number")).to_contain_text("虚构样例")
    await expect(rows.filter(has_text="泽州铸造").locator("td.number")).not_to_contain_text("虚构样例")
    await page.goto(f"{site}?town=town:wanrong-admixture")
    await expect(page.locator(".figures button").first).to_contain_text("虚构样例")


async def test_another_year_gives_that_years_answer(page: Page, site: str):
    await page.goto(f"{site}?view=chain&town={DINGXIANG}")
    legend = page.get_by_role("group", name="按状态筛选")
    await expect(page.locator(".foot").first).to_contain_text("数据截至 2025 年末")
    now = await legend.inner_text()
    await page.get_by_label("截至年份").select_option("2020")
    await expect(page.locator(".foot").first).to_contain_text("数据截至 2020 年末")
    assert "asOf=2020" in page.url
    assert await legend.inner_text() != now


async def test_the_table_says_what_the_picture_says(page: Page, site: str):
    await page.goto(f"{site}?view=chain&town={DINGXIANG}")
    await expect(page.locator(".card")).not_to_have_count(0)
    names = await page.locator(".card strong").evaluate_all("all => all.map(one => one.firstChild.data)")
    states = await page.locator(".card .state").all_inner_texts()
    cards = [(name, state.strip()) for name, state in zip(names, states, strict=True)]
    await page.get_by_text("以表格查看").click()
    await expect(page.locator(".twin tbody tr")).not_to_have_count(0)
    rows = await page.locator(".twin tbody tr").evaluate_all("all => all.map(one => one.innerText)")
    assert len(rows) == len(cards)
    for name, state in cards:
        assert any(row.startswith(name) and state in row for row in rows), (name, state)


async def test_the_table_of_a_picture_is_drawn_when_it_is_opened(page: Page, site: str):
    await page.goto(f"{site}?view=chain&town={DINGXIANG}")
    await expect(page.locator(".card")).not_to_have_count(0)
    await expect(page.locator(".twin tr")).to_have_count(0)
    await page.get_by_text("以表格查看").click()
    await expect(page.locator(".twin tr")).not_to_have_count(0)


TABLE = """async () => {
  const base = document.querySelector('script[type=module]').src.replace(/app\\.js$/, '');
  const { Table } = await import(`${base}parts/frames.js`);
  const { h, render } = await import(`${base}vendor/preact.js`);
  const rows = Array.from({ length: 250 }, (_, n) => n), room = document.createElement('main');
  const column = { head: 'n', cell: (row) => row };
  const draw = (picked) => Table({ rows, key: String, columns: [column], picked: (row) => row === picked });
  document.querySelector('#app').replaceWith(room);
  render(h(() => draw(-1)), room);
  window.pick = (row) => { render(null, room); render(h(() => draw(row)), room); };
}"""


async def test_a_long_table_is_drawn_by_the_hundred_and_says_what_is_left(page: Page, site: str):
    await page.goto(site)
    await expect(page.locator("main h1")).to_be_visible()
    await page.evaluate(TABLE)
    rows, rest = page.locator("tbody th"), page.locator("tr.rest")
    await expect(rows).to_have_count(100)
    await expect(rest).to_have_text("其余 150 项未显示 再显示 100 行")
    await rest.get_by_role("button").click()
    await expect(rows).to_have_count(200)
    await expect(rest).to_have_text("其余 50 项未显示 再显示 50 行")
    await rest.get_by_role("button").click()
    await expect(rows).to_have_count(250)
    await expect(rest).to_have_count(0)
    await page.evaluate("window.pick(180)")
    await expect(page.locator("tr.picked")).to_have_text("180")
    await expect(rows).to_have_count(181)


async def test_a_filter_is_in_the_address_and_says_what_it_hides(page: Page, site: str):
    await page.goto(f"{site}?view=chain&town={DINGXIANG}")
    await page.get_by_role("button", name=re.compile("^缺失")).click()
    assert "state=MISSING" in page.url
    await expect(page.locator("main [role=status]").first).to_contain_text(re.compile(r"显示 6 / 17 个环节"))
    await page.goto(f"{site}?view=chain&town={DINGXIANG}&state=UNKNOWN&asOf=2025&realOnly=1")
    await expect(page.get_by_role("heading", level=1)).to_contain_text("产业链图")


async def test_the_story_by_keyboard_alone(page: Page, site: str):
    await page.goto(f"{site}?view=chain&town={DINGXIANG}")
    await expect(page.locator(".card").first).to_be_visible()
    await page.locator("[id='product:natural-gas']").focus()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("complementary", name="锻造用钢材")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("complementary", name="锻造用钢材")).to_have_count(0)
    assert await page.evaluate("document.activeElement.id") == "product:steel"
    await page.keyboard.press("/")
    assert await page.evaluate("document.activeElement.id") == "search"


async def test_the_investment_teams_story_without_a_mouse(page: Page, site: str, tmp_path: Path):
    """The same story by keys alone: what is wanted is reached by Tab, opened by Enter or Space."""

    async def reach(name: str, *, back: bool = False) -> None:
        for _ in range(120):
            await page.keyboard.press("Shift+Tab" if back else "Tab")
            said = await page.evaluate(
                "(document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText)"
            )
            if said and " ".join(said.split()).startswith(name):
                return
        pytest.fail(f"no key leads to {name}")

    await page.goto(site)
    await expect(page.locator("tbody tr").first).to_be_visible()
    await page.keyboard.press("/")
    await page.keyboard.type("dxfl")
    await expect(page.get_by_role("option").first).to_contain_text("定襄法兰")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("定襄法兰")
    await reach("缺口与招商")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("tab", name="补链")).to_be_visible()
    await reach("延链")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("tab", name="延链")).to_have_attribute("aria-selected", "true")
    await reach("2. 风电塔筒")
    await page.keyboard.press("Space")
    buyers = page.get_by_role("region", name="候选企业：风电塔筒")
    await expect(buyers.locator("tbody tr").first).to_contain_text("本镇产品的买主")
    await expect(buyers).to_contain_text("锻造用能保障（样例）")
    await reach("缺口候选企业")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("complementary", name="这个数的来历")).to_contain_text("gap-candidates")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("complementary", name="这个数的来历")).to_have_count(0)
    await reach("导出招商引资清单", back=True)
    async with page.expect_download() as waited:
        await page.keyboard.press("Enter")
    await (await waited.value).save_as(tmp_path / "list.xlsx")
    book = openpyxl.load_workbook(BytesIO((tmp_path / "list.xlsx").read_bytes()))
    cells = {str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell}
    assert any("样例内蒙古塔筒一厂" in cell for cell in cells)


async def test_an_unknown_town_says_so(page: Page, site: str):
    await page.goto(f"{site}?town=town:nowhere")
    await expect(page.get_by_role("heading", level=1)).to_have_text("图中没有专业镇 town:nowhere。")


async def test_a_service_that_fails_keeps_the_last_answer_and_can_be_asked_again(page: Page, site: str):
    await page.goto(f"{site}?town={DINGXIANG}")
    await expect(page.get_by_role("heading", level=1)).to_have_text("定襄法兰")
    fault = '{"errors":[{"message":"x","extensions":{"code":"STORE_UNAVAILABLE"}}]}'
    await page.route(
        "**/graphql", lambda route: route.fulfill(status=200, body=fault, content_type="application/json")
    )
    await page.get_by_label("只看真实数据").check()
    await expect(page.get_by_role("alert")).to_contain_text("数据库暂时不可用")
    await expect(page.get_by_role("heading", level=1)).to_have_text("定襄法兰")
    await page.unroute("**/graphql")
    await page.get_by_role("button", name="重试").click()
    await expect(page.get_by_role("alert")).to_have_count(0)
    await expect(page.locator(".stamp.real")).to_be_visible()


@pytest.mark.parametrize("name", VIEWS)
async def test_nothing_runs_over_its_place_at_any_width(page: Page, site: str, name: str):
    await page.set_viewport_size({"width": 390, "height": 800})
    await page.goto(site + VIEWS[name])
    await expect(page.locator("main h1")).to_be_visible()
    await expect(page.locator(".waiting, .outline")).to_have_count(0)
    for width in (390, 900, 1280, 1920):
        assert await overrun(page, width) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", VIEWS)
async def test_axe_finds_no_violation(page: Page, site: str, name: str, scheme: str):
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    await page.goto(site + VIEWS[name])
    await expect(page.locator("main h1")).to_be_visible()
    await expect(page.locator(".waiting, .outline")).to_have_count(0)
    assert await violations(page) == []


async def test_english_is_complete(page: Page, site: str):
    for address in VIEWS.values():
        await page.goto(f"{site}{address or '?'}&lang=en")
        await expect(page.locator("main h1")).to_be_visible()
        frame = await page.locator("header.bar, thead, .tabs, .legend, h2, h3").all_inner_texts()
        text = re.sub(r"中文", "", " ".join(frame))
        assert not re.search(r"[一-龥]", re.sub("|".join(map(re.escape, NAMES)), "", text)), text


UNMARKED = """() => {
  const walk = document.createTreeWalker(document.querySelector('#app'), NodeFilter.SHOW_TEXT), found = [];
  while (walk.nextNode()) {
    const { data, parentElement } = walk.currentNode, spoken = parentElement.closest('[lang]');
    if (/[\\u3400-\\u9fff]/.test(data) && spoken.getAttribute('lang') !== 'zh-CN') found.push(data);
  }
  return found;
}"""


@pytest.mark.parametrize("name", VIEWS)
async def test_what_stands_in_chinese_in_the_english_page_is_marked_and_said_once(
    page: Page, site: str, name: str
):
    await page.goto(f"{site}{VIEWS[name] or '?'}&lang=en")
    await expect(page.locator("main h1")).to_be_visible()
    await expect(page.get_by_text("in the service’s own words")).to_have_count(1)
    await expect(page.locator(".waiting, .outline")).to_have_count(0)
    assert await page.evaluate(UNMARKED) == []
    for width in (390, 1280, 1400):
        assert await overrun(page, width) == []


async def test_english_words_follow_the_count(page: Page, site: str):
    await page.goto(f"{site}{VIEWS['plan']}&lang=en")
    quarters = page.locator(".quarters")
    await expect(quarters).to_contain_text("1 task,")
    await expect(quarters).to_contain_text("2 tasks,")


INDICATORS = (
    *("本地配套率", "营业收入增速", "市场主体增速", "规上企业数", "配套户数"),
    *("研发投入强度", "问题办结率", "项目建成率"),
)
"""Words of the demo's set of indicators: data, as names are."""
NAMED = (
    "Town",
    "Product",
    "Organisation",
    "Chain",
    "Benefit",
    "Policy",
    "Standard",
    "Lead",
    "Problem",
    "Task",
)


def _names() -> list[str]:
    """Names of the demo, which stay as they are in every language; the longest first."""
    found = set(INDICATORS)
    for kind in NAMED:
        with (TABLES / f"{kind}.csv").open(encoding="utf-8-sig", newline="") as file:
            found |= {row["name"] for row in csv.DictReader(file)}
    return sorted(found, key=len, reverse=True)


NAMES = _names()


async def test_glyphs_are_drawn(page: Page, site: str):
    """Two Chinese characters look different: without a CJK font both are the same box."""
    await page.goto(site)
    drawn = """text => { const c = document.createElement('canvas'); c.width = c.height = 40;
        const g = c.getContext('2d'); g.font = '30px ' + getComputedStyle(document.body).fontFamily;
        g.fillText(text, 2, 32); return c.toDataURL(); }"""
    assert await page.evaluate(drawn, "链") != await page.evaluate(drawn, "镇")


async def test_a_town_needs_three_requests_at_most(page: Page, site: str):
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if "/graphql" in request.url else None)
    await page.goto(f"{site}?town={quote(DINGXIANG)}")
    await expect(page.get_by_role("heading", level=1)).to_have_text("定襄法兰")
    assert 1 <= len(sent) <= 3


async def test_a_picture_is_saved_twice_as_large_and_light(page: Page, site: str, tmp_path: Path):
    await page.emulate_media(color_scheme="dark")
    await page.goto(f"{site}?view=chain&town={DINGXIANG}")
    drawn = page.get_by_role("figure", name="定襄法兰 · 产业链图")
    await expect(drawn.locator(".card")).not_to_have_count(0)
    async with page.expect_download() as waited:
        await page.get_by_role("button", name="存为图片").click()
    download = await waited.value
    assert download.suggested_filename == "定襄法兰 · 产业链图.png"
    await download.save_as(tmp_path / "chain.png")
    picture = (tmp_path / "chain.png").read_bytes()
    box = await drawn.bounding_box()
    assert box is not None
    assert struct.unpack(">8x4x4sI", picture[:20]) == (b"IHDR", 2 * round(box["width"]))
    corner = """async data => { const image = new Image(); image.src = `data:image/png;base64,${data}`;
        await image.decode(); const g = document.createElement('canvas').getContext('2d');
        g.drawImage(image, 0, 0); return [...g.getImageData(4, 4, 1, 1).data]; }"""
    assert await page.evaluate(corner, b64encode(picture).decode()) == [255, 255, 255, 255]
    assert await page.evaluate("document.documentElement.dataset.theme") is None


async def test_what_a_view_asks_can_be_asked_by_anybody(page: Page, site: str):
    await page.goto(f"{site}?view=chain&town={DINGXIANG}&asOf=2022")
    await expect(page.locator(".card")).not_to_have_count(0)
    await page.get_by_role("link", name="GraphQL").click()
    await expect(page.locator(".graphiql-query-editor")).to_contain_text("query Chain(")
    await expect(page.locator(".graphiql-editor-tools")).to_be_visible()
    await page.get_by_role("button", name=re.compile("Execute query")).click()
    await expect(page.locator(".graphiql-response")).to_contain_text("定襄法兰")
