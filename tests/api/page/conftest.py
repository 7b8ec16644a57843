"""The page in a browser: the demo behind a real socket, and a Chromium that may ask nobody else."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Route,
    async_playwright,
    expect,
)

from api.http.app import create_app
from api.http.connections import Bounds
from api.settings import read_settings
from dev.demo import demo
from graph.snapshot.keeper import SnapshotKeeper
from graph.store.store import Store
from queries.lookup.search import SearchIndex
from tests.api.http.served import served

expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong
AXE = Path(__file__).parents[3] / "dev" / "page" / "node_modules" / "axe-core" / "axe.min.js"
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *(
        "--disable-component-update",
        "--disable-sync",
        "--font-render-hinting=none",
        "--force-color-profile=srgb",
    ),
)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; without one the tests skip, or fail with `REQUIRE_BROWSER=1`."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        missing = "no Chromium: apt-get install chromium fonts-noto-cjk"
        (pytest.fail if os.environ.get("REQUIRE_BROWSER") == "1" else pytest.skip)(missing)
    return found


@pytest.fixture(scope="session")
async def filled(browser: Browser) -> AsyncIterator[tuple[Store, SnapshotKeeper[SearchIndex]]]:
    """A store with the demo data, once there is a browser to look at it."""
    assert browser.is_connected()
    async with demo() as opened:
        yield opened


@pytest.fixture(scope="session")
async def site(filled: tuple[Store, SnapshotKeeper[SearchIndex]]) -> AsyncIterator[str]:
    """The address of a service with the demo data."""
    app = create_app(*filled, read_settings(store="embedded:none"))
    async with served(app, Bounds(60.0, 100)) as port:
        yield f"http://127.0.0.1:{port}/"


@pytest.fixture(scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """One browser for all tests."""
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=chromium, headless=True, args=list(QUIET))
        yield opened
        await opened.close()


@pytest.fixture
async def window(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A window in Chinese, without anything kept from before."""
    context = await browser.new_context(
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": 1400, "height": 880},
        reduced_motion="reduce",
        service_workers="block",
        accept_downloads=True,
    )
    yield context
    await context.close()


@pytest.fixture
async def page(window: BrowserContext, site: str) -> AsyncIterator[Page]:
    """A page that fails its test when it asks another host, throws, or logs an error."""
    async with guarded(window, site) as opened:
        yield opened


@asynccontextmanager
async def guarded(window: BrowserContext, site: str, expected: str = "") -> AsyncIterator[Page]:
    """Open a page; at its end nothing may have asked another host, thrown, or logged an error.

    Errors with `expected` in them are those of answers that a test wants refused.
    """
    faults: list[str] = []

    async def only_here(route: Route) -> None:
        if route.request.url.startswith((site, "data:", "blob:")):
            await route.continue_()
            return
        faults.append(f"external request: {route.request.url}")
        await route.abort()

    def logged(message: ConsoleMessage) -> None:
        if message.type == "error" and not (expected and expected in message.text):
            faults.append(f"console: {message.text}")

    await window.route("**/*", only_here)
    opened = await window.new_page()
    opened.on("console", logged)
    opened.on("pageerror", lambda error: faults.append(f"pageerror: {error}"))
    opened.set_default_timeout(20_000)
    yield opened
    assert faults == []


async def violations(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds against WCAG AA on a page: rules, and the elements that break them."""
    if not AXE.exists():
        missing = "`npm install --prefix dev/page` brings axe-core"
        (pytest.fail if os.environ.get("REQUIRE_BROWSER") == "1" else pytest.skip)(missing)
    await page.evaluate(AXE.read_text("utf-8"))
    found = await page.evaluate(
        "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"
    )
    return [(one["id"], [node["html"][:160] for node in one["nodes"]][:4]) for one in found["violations"]]


OVERRUN = """() => {
  const wide = document.documentElement.scrollWidth - innerWidth;
  const found = wide > 0 ? [`the page by ${wide}`] : [], range = document.createRange();
  const walk = document.createTreeWalker(document.querySelector('#app'), NodeFilter.SHOW_TEXT);
  const rooms = '.panel, td, th, button, .card, .stage-mark, .stamp, li';
  while (walk.nextNode()) {
    range.selectNodeContents(walk.currentNode);
    const text = range.getBoundingClientRect();
    if (!text.width) continue;
    for (let at = walk.currentNode.parentElement; at?.id !== 'app'; at = at.parentElement) {
      const { position, overflowX, display } = getComputedStyle(at), room = at.getBoundingClientRect();
      if (at instanceof SVGElement || /absolute|fixed/.test(position)) break;
      if (/auto|scroll|hidden/.test(overflowX)) break;
      if (display === 'contents' || !at.matches(rooms)) continue;
      if (text.right > room.right + 1 || text.left < room.left - 1) {
        found.push(`${at.tagName}.${at.className}: ${walk.currentNode.data.slice(0, 40)}`);
        break;
      }
    }
  }
  return found;
}"""


async def overrun(page: Page, width: int) -> list[str]:
    """Texts that run over their cell, panel or button at a width, and the page that runs over its window."""
    height = (page.viewport_size or {"height": 880})["height"]
    await page.set_viewport_size({"width": width, "height": height})
    found: list[str] = await page.evaluate(OVERRUN)
    return found
