"""The page in a browser: the demo behind a real socket, and a Chromium that may ask nobody else."""

import os
import shutil
from collections.abc import AsyncIterator
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
async def site(browser: Browser) -> AsyncIterator[str]:
    """The address of a service with the demo data, once there is a browser to look at it."""
    assert browser.is_connected()
    async with demo() as (store, keeper):
        app = create_app(store, keeper, read_settings(store="embedded:none"))
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
    faults: list[str] = []

    async def only_here(route: Route) -> None:
        if route.request.url.startswith((site, "data:", "blob:")):
            await route.continue_()
            return
        faults.append(f"external request: {route.request.url}")
        await route.abort()

    def logged(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(f"console: {message.text}")

    await window.route("**/*", only_here)
    opened = await window.new_page()
    opened.on("console", logged)
    opened.on("pageerror", lambda error: faults.append(f"pageerror: {error}"))
    opened.set_default_timeout(20_000)
    yield opened
    assert faults == []
