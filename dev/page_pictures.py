"""Pictures of the page of a running demo: `python -m dev.page_pictures http://127.0.0.1:8000/ [view …]`.

Each view is drawn as it opens, and once more in dark, on paper and on a phone, side by side. They need a
Chromium and a CJK font, `apt-get install chromium fonts-noto-cjk`, and the group `pictures`.
"""

import asyncio
import shutil
import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Page, async_playwright

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
TOWN, FIRM = "town=town:dingxiang-flange", "org:tianbao-group"
INVENTED = "org:sample-dingxiang-flange-flange-01"
VIEWS = {
    "start": "",
    "town": f"?{TOWN}",
    "chain": f"?view=chain&{TOWN}&sel=product:steel",
    "gaps": f"?view=gaps&{TOWN}&action=EXTEND&sel=product:wind-tower",
    "flow": f"?view=flow&{TOWN}&by=PRODUCT",
    "whatif": f"?view=whatif&{TOWN}&with=product:steel.for:tianbao-group.50000000",
    "firm": f"?view=firm&org={INVENTED}",
    "product": "?view=product&product=product:flange",
    "network": f"?view=network&org={FIRM}&open=uorg:sample-dingxiang-flange-wind-02",
    "paths": f"?view=paths&org={FIRM}&other=org:sample-yanhu-pump-leader-01",
    "impact": f"?view=impact&org={FIRM}",
    "tiles": "?view=tiles",
    "compare": "?view=compare&towns=town:dingxiang-flange,town:taigu-malleable-iron,town:zezhou-casting",
    "similar": "?view=similar&level=INDUSTRY2&pair=town:taigu-malleable-iron,town:zezhou-casting",
    "ranking": "?view=ranking&sel=town:dingxiang-flange",
    "proposals": "?view=ranking&tab=proposals&few=1",
    "policies": f"?view=policies&{TOWN}&tab=benefits",
    "firm-policies": f"?view=policies&org={INVENTED}&sel={INVENTED}|benefit:sample-forging-energy",
    "growth": "?view=growth&town=town:wanrong-admixture",
    "ledgers": "?view=ledgers&kind=PROBLEM&on=2025-06-30&item=problem:sample-steel-outside",
    "data": "?view=data&desk=conflicts",
    "source": f"?{TOWN}&src=town:dingxiang-flange|EMPLOYEES",
}
WIDE, TALL = 1400, 1500
"""Pixels of a picture; what is longer is cut."""
PAPER, PHONE = 1032, 390
"""Pixels of A4 landscape between its margins, and of a phone."""
HIGH, GAP, GROUND = 406, 12, "#d9e0e7"
"""Pixels of the three forms side by side, and what lies around them."""
COLOURS = 256
"""Of a picture: a page has few, and the file is a third as large."""


def side_by_side(pictures: Sequence[bytes]) -> Image.Image:
    """Put pictures beside each other, each as high as the others."""
    shown = [Image.open(BytesIO(one)).convert("RGB") for one in pictures]
    shown = [one.resize((one.width * HIGH // one.height, HIGH), Image.Resampling.LANCZOS) for one in shown]
    sheet = Image.new("RGB", (sum(one.width + GAP for one in shown) + GAP, HIGH + 2 * GAP), GROUND)
    left = GAP
    for one in shown:
        sheet.paste(one, (left, GAP))
        left += one.width + GAP
    return sheet


def write(picture: Image.Image, name: str) -> None:
    """Write a picture of the documentation."""
    few = picture.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=1)
    few.save(PICTURES / f"{name}.png", optimize=True)
    sys.stdout.write(f"docs/pictures/{name}.png\n")


async def opened(
    browser: Browser, address: str, width: int, *, dark: bool = False, paper: bool = False
) -> Page:
    """Open a view, and wait until it is drawn."""
    page = await browser.new_page(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if dark else "light",
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )
    if paper:
        await page.emulate_media(media="print")
    await page.goto(address)
    await page.wait_for_selector("main h1")
    await page.wait_for_load_state("networkidle")
    await page.wait_for_function("!document.querySelector('.outline, .waiting, .stale')")
    return page


async def drawn(page: Page, tall: int) -> bytes:
    """Draw what is open, down to a height, and close it."""
    size = await page.evaluate("[innerWidth, document.documentElement.scrollHeight]")
    await page.evaluate("scrollTo(0, 0)")
    await page.set_viewport_size({"width": size[0], "height": min(size[1], tall)})
    picture = await page.screenshot()
    await page.close()
    return picture


async def main(site: str, wanted: set[str]) -> None:
    """Draw them all, or those wanted."""
    chromium = shutil.which("chromium") or sys.exit("no Chromium: apt-get install chromium fonts-noto-cjk")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, path in VIEWS.items():
            if wanted and name not in wanted:
                continue
            address = f"{site}{path}"
            light = await drawn(await opened(browser, address, WIDE), TALL)
            write(Image.open(BytesIO(light)), f"page-{name}")
            dark = await drawn(await opened(browser, address, WIDE, dark=True), WIDE * 3 // 4)
            paper = await drawn(await opened(browser, address, PAPER, paper=True), PAPER * 7 // 10)
            phone = await drawn(await opened(browser, address, PHONE), PHONE * 2)
            write(side_by_side([dark, paper, phone]), f"page-{name}-forms")
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000/", set(sys.argv[2:])))
