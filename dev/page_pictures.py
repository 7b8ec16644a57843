"""Pictures of the page of a running demo: `python -m dev.page_pictures http://127.0.0.1:8000/`.

They need a Chromium and a CJK font: `apt-get install chromium fonts-noto-cjk`.
"""

import asyncio
import re
import shutil
import sys
from pathlib import Path

from playwright.async_api import async_playwright

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
TOWN, FIRM = "town=town:dingxiang-flange", "org:tianbao-group"
TOWN = "town=town:dingxiang-flange"
FIRM = "org:sample-dingxiang-flange-flange-01"
SHOTS = {
    "page-start": ("", 1400, "light"),
    "page-town": (f"?{TOWN}", 1400, "light"),
    "page-chain": (f"?view=chain&{TOWN}&sel=product:steel", 1400, "light"),
    "page-gaps": (f"?view=gaps&{TOWN}&action=EXTEND&sel=product:wind-tower", 1400, "light"),
    "page-tiles": ("?view=tiles", 1400, "light"),
    "page-data": ("?view=data&desk=conflicts", 1400, "light"),
    "page-firm": ("?view=firm&org=org:sample-dingxiang-flange-flange-01", 1400, "light"),
    "page-product": ("?view=product&product=product:flange", 1400, "light"),
    "page-network": (f"?view=network&org={FIRM}&open=uorg:sample-dingxiang-flange-wind-02", 1400, "light"),
    "page-paths": (f"?view=paths&org={FIRM}&other=org:sample-yanhu-pump-leader-01", 1400, "light"),
    "page-impact": (f"?view=impact&org={FIRM}", 1400, "light"),
    "page-flow": (f"?view=flow&{TOWN}&by=PRODUCT", 1400, "light"),
    "page-compare": (
        "?view=compare&towns=town:dingxiang-flange,town:taigu-malleable-iron,town:zezhou-casting",
        1400,
        "light",
    ),
    "page-similar": (
        "?view=similar&level=INDUSTRY2&pair=town:taigu-malleable-iron,town:zezhou-casting",
        1400,
        "light",
    ),
    "page-ranking": ("?view=ranking&sel=town:dingxiang-flange", 1400, "light"),
    "page-proposals": ("?view=ranking&tab=proposals&few=1", 1400, "light"),
    "page-policies": (f"?view=policies&{TOWN}&tab=benefits", 1400, "light"),
    "page-firm-policies": (
        f"?view=policies&org={FIRM}&sel={FIRM}|benefit:sample-forging-energy",
    "page-growth": ("?view=growth&town=town:wanrong-admixture", 1400, "light"),
    "page-source": (f"?{TOWN}&src=town:dingxiang-flange|EMPLOYEES", 1400, "dark"),
    "page-whatif": (f"?view=whatif&{TOWN}&with=product:steel.for:tianbao-group.50000000", 1400, "light"),
    "page-ledgers": (
        "?view=ledgers&kind=PROBLEM&on=2025-06-30&item=problem:sample-steel-outside",
        1400,
        "light",
    ),
    "page-phone": (f"?view=gaps&{TOWN}", 390, "light"),
}
"""What is shown: address, width in pixels, colours."""


async def main(site: str) -> None:
    """Draw them all."""
    chromium = shutil.which("chromium") or sys.exit("no Chromium: apt-get install chromium fonts-noto-cjk")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, (address, width, colours) in SHOTS.items():
            page = await browser.new_page(
                viewport={"width": width, "height": 800},
                color_scheme="dark" if colours == "dark" else "light",
                locale="zh-CN",
                reduced_motion="reduce",
            )
            await page.goto(f"{site}{address}")
            await page.wait_for_selector("main h1")
            await page.wait_for_load_state("networkidle")
            await page.screenshot(
                path=PICTURES / f"{name}.png", full_page=not re.search("src=|desk=", address)
            )
            sys.stdout.write(f"docs/pictures/{name}.png\n")
            await page.close()
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000/"))
