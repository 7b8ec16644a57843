"""Measure the page in a headless Chromium: what it weighs, how soon it is drawn, how soon it answers a hand.

Each page is opened in a window of its own, so nothing is cached, from a service in a process of its own on
loopback. Pictures of a given size (60 cards and 120 links, 300 cards) are drawn by the page's own code from
an answer whose rows are made up. Script, style and layout are processor time of the page's thread, which a
busy machine lengthens less; everything else is by the clock. Medians of 20.
"""

import asyncio
import shutil
import subprocess
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

import numpy as np
import orjson
from playwright.async_api import Browser, Page, Response, Route, async_playwright

from api.http.compression import at_best
from benchmarks.tables import Measure, Report, Target, machine

ROOT = Path(__file__).parents[1]
TIMES, HANDS = 20, 60
"""How often a page is opened or drawn, and how often it is touched."""
CARDS, LINKS, NEAR, ROWS, EXPORTED = 60, 120, 150, 1_000, 500
KILO = 1000
TOWNS = {"demo": "town:dingxiang-flange"}
FIRMS = {"demo": "org:tianbao-group"}
SIZES = {"small": 0.1, "full": 1.0}
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
STAGES = ("UPSTREAM", "MIDSTREAM", "DOWNSTREAM", "SUPPORT")
STATES = ("COVERED", "WEAK", "MISSING", "UNKNOWN")

HANDS_OF = (ROOT / "benchmarks" / "page.js").read_text("utf-8")


def run(size: str) -> Iterator[Report]:
    """Look at the demo and at a province (of 100,000 organisations when full)."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        print("page is left out: it needs a Chromium: apt-get install chromium fonts-noto-cjk")
        return
    scale = SIZES[size]
    for what, called in (("demo", "demo"), (str(scale), f"province of {round(100_000 * scale):,}")):
        yield asyncio.run(_looked(chromium, what, called))


async def _looked(chromium: str, what: str, called: str) -> Report:
    async with async_playwright() as playwright, _service(what) as site:
        browser = await playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        measures = await _Look(browser, site, *await _asked(site, what)).all()
        note = (
            f"Chromium {browser.version}, no GPU, loopback, nothing cached; medians of {TIMES}; {machine()}"
        )
        await browser.close()
    return Report(f"page, {called}", note, measures)


@asynccontextmanager
async def _service(what: str) -> AsyncGenerator[str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.page_server", what),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert process.stdout is not None
        line = await process.stdout.readline()
        assert line, "the service ended"
        yield f"http://127.0.0.1:{int(line)}/"
    finally:
        process.kill()
        await process.wait()


async def _asked(site: str, what: str) -> tuple[str, str]:
    """Choose the town and the firm that are looked at: of a province the first town, which is the largest."""
    if what == "demo":
        return TOWNS[what], FIRMS[what]
    asked = "{ towns(first: 1) { nodes { id members(first: 1) { nodes { id } } } } }"
    (town,) = _posted(site, asked)["towns"]["nodes"]
    return town["id"], town["members"]["nodes"][0]["id"]


def _posted(site: str, query: str) -> Any:
    connection = _connected(site)
    connection.request(
        "POST", "/graphql", orjson.dumps({"query": query}), {"content-type": "application/json"}
    )
    answer = orjson.loads(connection.getresponse().read())
    connection.close()
    assert "errors" not in answer, answer
    return answer["data"]


def _connected(site: str) -> HTTPConnection:
    return HTTPConnection(site.removeprefix("http://").removesuffix("/"), timeout=60)


class _Look:
    """A browser before a service, about a town and a firm."""

    def __init__(self, browser: Browser, site: str, town: str, firm: str) -> None:
        self._browser, self._site, self._town, self._firm = browser, site, town, firm

    async def all(self) -> list[Measure]:
        """Measure everything that there is to see."""
        return [
            *await self._weights(),
            *await self._loads(),
            *await self._chain(),
            *await self._network(),
            *await self._table(),
            *self._export(),
        ]

    @asynccontextmanager
    async def _window(self) -> AsyncGenerator[Page]:
        context = await self._browser.new_context(
            locale="zh-CN", viewport={"width": 1400, "height": 880}, reduced_motion="reduce"
        )
        page = await context.new_page()
        page.set_default_timeout(60_000)
        await page.add_init_script(HANDS_OF)
        yield page
        await context.close()

    def _at(self, **query: str) -> str:
        return f"{self._site}?{urlencode(query)}"

    async def _opened(self, page: Page, **query: str) -> None:
        await page.goto(self._at(**query))
        await page.wait_for_selector("main h1")

    async def _weights(self) -> list[Measure]:
        """Weigh what the first picture of a town, its chain map, has the browser fetch."""
        got = list[Response]()
        async with self._window() as page:
            page.on("response", lambda one: got.append(one))  # noqa: PLW0108 - playwright marks what it is given
            await page.goto(self._at(view="chain", town=self._town))
            await page.wait_for_selector("main .card")
            await page.wait_for_load_state("networkidle")
            own = [one for one in got if not one.url.endswith("/graphql")]
            bodies = [await one.body() for one in own]
            sent = [(await one.request.sizes())["responseBodySize"] for one in own]
        packed = sum(len(at_best("gzip", body)) for body in bodies)
        return [
            Measure("code, framework and styles", "KB", sum(map(len, bodies)) / KILO),
            Measure("the same, gzip", "KB", packed / KILO, target=Target("measured", "≤", 40)),
            Measure("the same, as it was sent", "KB", sum(sent) / KILO),
            Measure("requests, without questions", "", len(own), target=Target("measured", "≤", 25)),
            Measure("questions", "", len(got) - len(own), target=Target("measured", "≤", 3)),
        ]

    async def _loads(self) -> list[Measure]:
        """Open the first page and the chain map again and again, each time for the first time."""
        paints = {"start": list[list[float]](), "chain": list[list[float]]()}
        drawn = list[float]()
        for _ in range(TIMES):
            for view, found in paints.items():
                async with self._window() as page:
                    await page.goto(
                        self._at(**({} if view == "start" else {"view": view, "town": self._town}))
                    )
                    await page.wait_for_selector("main h1")
                    if view == "chain":
                        drawn.append(await page.evaluate("bench.firstCard"))
                    await page.wait_for_load_state("networkidle")
                    found.append(await page.evaluate("bench.paints()"))
        made = [
            Measure(f"{view}: {what} contentful paint", "ms", median(one[place] for one in found))
            for view, found in paints.items()
            for place, what in enumerate(("first", "largest"))
        ]
        return [*made, _within("from the address to the chain map", median(drawn), 800)]

    async def _chain(self) -> list[Measure]:
        """Draw a chain map of 60 cards and 120 links, and touch it."""
        async with self._window() as page:
            await _answered(page, "page/chain", _chain)
            await self._opened(page, view="chain", town=self._town)
            there = [{"view": "chain", "town": self._town}, CARDS]
            costs = list[float]()
            for _ in range(TIMES):
                await page.evaluate("bench.away()")
                costs.append(await _cost(page, lambda: page.evaluate("n => bench.draw(n)", there)))
            focused = await _touched(page, "focus")
            chosen = await _touched(page, "filter")
        name = f"chain map, {CARDS} cards and {LINKS} links"
        return [
            _within(f"{name}: script, style and layout", median(costs), 20),
            *_hands(f"{name}: focus", *focused, 100),
            *_hands(f"{name}: filter", *chosen, 100),
        ]

    async def _network(self) -> list[Measure]:
        """Draw a network of 300 cards."""
        async with self._window() as page:
            await self._opened(page)
            if not await page.evaluate("bench.has('network')"):
                print("the network is left out: the page has no such view")
                return []
            await _answered(page, "page/network", _network)
            there = [{"view": "network", "town": "", "of": {"org": self._firm, "top": str(NEAR)}}, 2 * NEAR]
            frames, costs = list[float](), list[float]()
            for _ in range(TIMES):
                await page.evaluate("bench.away()")
                costs.append(
                    await _cost(page, lambda: page.evaluate("n => bench.draw(n)", there), frames.append)
                )
            aside = await _touched(page, "pan")
        name = f"network, {2 * NEAR} cards"
        return [
            _within(f"{name}: first frame", median(frames), 600),
            Measure(f"{name}: script, style and layout", "ms", median(costs)),
            *_hands(f"{name}: a step aside", *aside, 60),
        ]

    async def _table(self) -> list[Measure]:
        """Sort a table of 1,000 rows by its heads."""
        async with self._window() as page:
            await self._opened(page)
            times = await page.evaluate("n => bench.sort(n)", [ROWS, TIMES])
        if not times:
            print("the sorted table is left out: tables of the page have no heads to sort by")
            return []
        return [_within(f"table of {ROWS:,} rows, sorted, to next frame", median(times), 50)]

    def _export(self) -> list[Measure]:
        """Take a list of 500 rows away."""
        address = f"/lists/benefits?{urlencode({'town': self._town, 'first': EXPORTED})}"
        connection, times = _connected(self._site), list[float]()
        connection.request("GET", f"{address}&format=csv")
        text = connection.getresponse().read().decode("utf-8-sig")
        rows = len(text.partition("\r\n\r\n")[0].splitlines()) - 1
        for _ in range(TIMES):
            begin = perf_counter()
            connection.request("GET", f"{address}&format=xlsx")
            answer = connection.getresponse()
            assert answer.status == 200, answer.read()  # noqa: PLR2004
            answer.read()
            times.append(perf_counter() - begin)
        connection.close()
        return [
            Measure(
                f"可享政策 as Excel, {rows:,} rows", "s", median(times), target=Target("measured", "≤", 0.5)
            )
        ]


async def _answered(page: Page, id: str, make: Callable[[Any], None]) -> None:
    """Let one question of a page be answered with made-up rows: the real answer, changed in place."""

    async def changed(route: Route) -> None:
        if (route.request.post_data_json or {}).get("documentId") != id:
            await route.continue_()
            return
        response = await route.fetch()
        answer = await response.json()
        make(answer["data"])
        await route.fulfill(
            response=response, body=orjson.dumps(answer), headers={"content-type": "application/json"}
        )

    await page.route("**/graphql", changed)


async def _cost(
    page: Page, act: Callable[[], Awaitable[Any]], told: Callable[[Any], None] = lambda _: None
) -> float:
    """Tell the milliseconds of script, style and layout that an act takes the page's thread."""
    session = await page.context.new_cdp_session(page)
    await session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = await _spent(session)
    told(await act())
    after = await _spent(session)
    await session.detach()
    return (after - before) * 1000


async def _touched(page: Page, how: str) -> tuple[Sequence[float], float]:
    """Touch a picture again and again: milliseconds to each next frame, and what all of them cost."""
    times = list[float]()
    return times, await _cost(page, lambda: page.evaluate(f"n => bench.{how}(n)", HANDS), times.extend)


async def _spent(session: Any) -> float:
    metrics = {one["name"]: one["value"] for one in (await session.send("Performance.getMetrics"))["metrics"]}
    return sum(metrics[name] for name in ("ScriptDuration", "RecalcStyleDuration", "LayoutDuration"))


def _chain(data: Any) -> None:
    """Fill a chain map: 15 cards a stage, each link from one stage to the next."""
    held = data["town"]["chainMap"]
    each = CARDS // len(STAGES)
    held["steps"] = [
        {
            "product": {"id": f"product:made-{n}", "name": f"第 {n} 号样例产品", "synthetic": n % 3 == 0},
            "stage": STAGES[n // each],
            "required": n % 2 == 0,
            "state": STATES[n % len(STATES)],
            "reasons": ["SINGLE_SOURCE"] if n % len(STATES) else [],
            "makers": [{"proximity": "TOWN", "count": n % 5}, {"proximity": "PROVINCE", "count": n % 7}],
        }
        for n in range(CARDS)
    ]
    pairs = [
        (n % (CARDS - each), n % (CARDS - each) // each * each + each + (n * 7 + n // (CARDS - each)) % each)
        for n in range(LINKS)
    ]
    assert len({*pairs}) == LINKS, "a link is drawn twice"
    held["inputs"] = [
        {
            "product": {"id": f"product:made-{start}"},
            "usedIn": {"id": f"product:made-{end}"},
            "essential": start % 4 == 0,
        }
        for start, end in pairs
    ]


def _network(data: Any) -> None:
    """Fill both sides of a network, each with so many firms as the view draws at most."""
    firm = data["organisation"]["id"]
    for side in ("upstream", "downstream"):
        walk = data["organisation"][side]
        ids = [f"org:made-{side}-{n}" for n in range(NEAR)]
        nodes = walk["nodes"][:1]
        region = {"id": "region:140921", "name": "定襄县"}
        nodes += [
            {
                "organisation": {"id": id, "name": f"第 {n} 号样例企业", "synthetic": True, "region": region},
                "tier": 1,
                "value": 1e8 / (n + 1),
                "synthetic": True,
                "further": n % 4,
            }
            for n, id in enumerate(ids)
        ]
        walk["nodes"], walk["cut"] = nodes, {"nodes": 0}
        product = {"id": "product:made", "name": "样例产品"}
        walk["links"] = [
            {
                "seller": {"id": id if side == "upstream" else firm},
                "buyer": {"id": firm if side == "upstream" else id},
                "product": product,
                "value": 1e8 / (n + 1),
                "year": 2024,
                "stale": False,
            }
            for n, id in enumerate(ids)
        ]


def _within(what: str, value: float, most: float) -> Measure:
    return Measure(what, "ms", value, target=Target("measured", "≤", most))


def _hands(what: str, times: Sequence[float], cost: float, most: float) -> list[Measure]:
    p50, p95 = np.percentile(times, (50, 95)).tolist()
    return [
        Measure(f"{what}: script, style and layout", "ms", cost / len(times)),
        Measure(f"{what} to next frame, p50", "ms", p50),
        _within(f"{what} to next frame, p95", p95, most),
    ]
