"""What a screen reader is told of each view: kept as files, so that a change is seen and looked at.

`ZHENLIAN_WRITE_ARIA=1` writes them again; what changes with the day is left out.
"""

import os
import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.api.page.test_browser import VIEWS

KEPT = Path(__file__).parent / "aria"
MOST = 80
"""Lines of a view that are kept."""


def lasting(said: str) -> str:
    """Leave out what another day says otherwise: days overdue, dates and times, years that can be chosen."""
    lines = [line for line in said.splitlines() if not line.strip().startswith("- option")]
    text = "\n".join(lines[:MOST])
    text = re.sub(r"逾期 [\d,]+ 天", "逾期 … 天", text)
    text = re.sub(r"镇链 \d{4}/\d+/\d+", "镇链 …", text)
    return re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "…", text) + "\n"


@pytest.mark.parametrize("name", VIEWS)
async def test_a_view_says_what_it_said(page: Page, site: str, name: str):
    await page.goto(site + VIEWS[name])
    await expect(page.locator("main h1")).to_be_visible()
    await page.wait_for_load_state("networkidle")
    await expect(page.locator(".waiting, .outline, .stale")).to_have_count(0)
    said = lasting(await page.locator("main").aria_snapshot())
    file = KEPT / f"{re.sub(r'[^a-z]+', '-', name)}.yaml"
    if os.environ.get("ZHENLIAN_WRITE_ARIA") == "1":
        file.write_text(said, "utf-8")
    assert said == file.read_text("utf-8")


def test_no_view_is_left_over():
    assert {path.stem for path in KEPT.iterdir()} == {re.sub(r"[^a-z]+", "-", name) for name in VIEWS}
