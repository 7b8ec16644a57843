"""A view on paper: what can be read there, how large, and on how many pages."""

import re

import pytest
from playwright.async_api import Page, expect

TOWN, FIRM = "town:dingxiang-flange", "org:tianbao-group"
PAPER = {"width": 1032, "height": 703}  # A4 across, without its margins


async def pages_of(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", await page.pdf(landscape=True, format="A4")))


@pytest.mark.parametrize("view", [f"view=gaps&town={TOWN}", f"view=ledgers&town={TOWN}"])
async def test_the_chosen_tab_is_dark_on_white(page: Page, site: str, view: str):
    await page.goto(f"{site}?{view}")
    chosen = page.locator('.tabs [aria-selected="true"]')
    await expect(chosen).to_be_visible()
    await page.emulate_media(media="print")
    await expect(chosen).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    await expect(chosen).to_have_css("color", "rgb(31, 41, 51)")


@pytest.mark.parametrize(
    "view", ["view=growth", "view=ledgers", "view=ranking", f"view=policies&town={TOWN}"]
)
async def test_notes_and_heads_are_no_larger_than_the_text(page: Page, site: str, view: str):
    await page.goto(f"{site}?{view}")
    await expect(page.locator("td").first).to_be_visible()
    await page.emulate_media(media="print")
    text, *sizes = await page.evaluate(
        """() => [...document.querySelectorAll('td'),
                ...document.querySelectorAll('thead th, small, .quiet, .stamp, .foot')]
            .filter((one) => one.checkVisibility())
            .map((one) => parseFloat(getComputedStyle(one).fontSize) * one.currentCSSZoom)"""
    )
    assert 0 < max(sizes) <= text < 12
    assert min(sizes) > 9


@pytest.mark.parametrize("view", [f"view=growth&town={TOWN}", f"view=firm&org={FIRM}"])
async def test_a_table_stays_within_its_card(page: Page, site: str, view: str):
    await page.set_viewport_size(PAPER)
    await page.goto(f"{site}?{view}")
    await expect(page.locator(".panel td").first).to_be_visible()
    await page.emulate_media(media="print")
    past = await page.evaluate(
        """() => [...document.querySelectorAll('.panel .scroll')].map((one) =>
            one.querySelector('table').getBoundingClientRect().right - one.getBoundingClientRect().right)"""
    )
    assert max(past) < 1


@pytest.mark.parametrize(
    ("view", "shown", "most"),
    [
        (f"view=chain&town={TOWN}", ".map .card", 1),
        (f"view=network&org={FIRM}", ".net .card", 1),
        ("view=similar&level=INDUSTRY2", ".heat td", 1),
        (f"view=impact&org={FIRM}", ".bars li", 1),
        (f"view=gaps&town={TOWN}&action=EXTEND&sel=product:wind-tower", "#candidates tbody tr", 1),
        ("view=ranking&tab=proposals", ".draft", 2),
        (f"view=firm&org={FIRM}", ".panel td", 3),
    ],
)
async def test_a_view_takes_no_more_pages_than_it_needs(
    page: Page, site: str, view: str, shown: str, most: int
):
    await page.goto(f"{site}?{view}")
    await expect(page.locator(shown).first).to_be_visible()
    assert await pages_of(page) <= most


async def test_a_long_panel_begins_where_the_page_has_room(page: Page, site: str):
    """It went whole to the next page, and left two lines and a stray select on the first."""
    await page.goto(f"{site}?view=ranking&tab=proposals")
    await expect(page.locator(".draft").first).to_be_visible()
    await page.emulate_media(media="print")
    await expect(page.locator(".proposals > .panel").first).to_have_css("break-inside", "auto")
    await expect(page.locator("main select").first).to_have_css("border-top-width", "0px")
