"""Measure the value analyses: Leontief series, extraction, ESRI, each beside a plain way of its definition.

Run `python -m benchmarks.linkage [--firms 10000 100000] [--all]`: power-law networks with six valued links a
firm, 600 industries, a third of the industry pairs essential. The plain ways: a sparse LU of I − A, an
extraction that is solved anew, ESRI over whole sparse matrices. Where the plain way would take hours it is
run for some firms and multiplied. `--all` closes every firm of every size, not only of the smallest.
"""

import argparse
import asyncio
import csv
import os
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter

import httpx
import numpy as np
from scipy.sparse import csr_array, diags_array, eye_array
from scipy.sparse.linalg import splu

from api.http.app import create_app
from api.settings import Settings
from benchmarks.answers import filled, grown
from benchmarks.loading import YEARS, opened
from benchmarks.snapshot import network, timed
from benchmarks.tables import Measure, Report, Target, machine, show
from graph.snapshot.csr import Floats
from graph.snapshot.keeper import SnapshotKeeper
from graph.store.embedded import embedded_server
from queries.cascade.batch import Parts, batch, profile
from queries.cascade.esri import ESSENTIAL, REPLACEABLE, Firms, Trades, bundle, closures
from queries.linkage.extraction import extracted
from queries.linkage.leontief import linkages_of
from queries.linkage.series import series
from queries.lookup.entries import index_of
from queries.warming import warm

FIRMS = (10_000, 100_000)
LINKS_EACH = 6
INDUSTRIES = 600
EPS = 1e-2
SAME = 1e-12
CLOSE = 1e-9
"""Of all output: the plain way takes the difference of two sums."""
SOME = 20
"""Firms that are asked one by one."""
PLAIN = 20
"""Firms that the plain way of ESRI is run for."""
LARGEST_LU = 10_000
LINKS_ASKED = 100_000
"""Links of the network that is asked through GraphQL."""
ASKS = 60
QUESTIONS = {
    "extraction": "query ($id: ID!) { organisation(id: $id) { extraction(first: 20) { total } } }",
    "cascade": "query ($id: ID!) { organisation(id: $id) { cascade(first: 20) { esri } } }",
    "position": "query ($id: ID!) { organisation(id: $id) { position { upstreamness } } }",
    "upstream": "query ($id: ID!) { organisation(id: $id) { upstream(depth: 3) { nodes { tier } } } }",
}
BARE = "query ($id: ID!) { organisation(id: $id) { id } }"


def valued(firms: int) -> tuple[csr_array, Floats, Trades, Firms]:
    """Draw a network with values: the same for every way."""
    chance = np.random.default_rng(11)
    start, end = network(firms, firms * LINKS_EACH)
    value = chance.lognormal(12, 1.5, len(start))
    sales = np.bincount(start, weights=value, minlength=firms)
    bought = np.bincount(end, weights=value, minlength=firms)
    output = np.maximum(sales, bought) * chance.uniform(1.2, 1.6, firms) + 1
    industry = chance.integers(0, INDUSTRIES, firms).astype(np.int32)
    pairs = chance.choice((REPLACEABLE, ESSENTIAL), (INDUSTRIES, INDUSTRIES), p=(2 / 3, 1 / 3))
    need = pairs[industry[start], industry[end]].astype(np.int8)
    table = csr_array((value, (start, end)), shape=(firms, firms))
    trades = Trades(start, end, value, need, value)
    return table, output, trades, Firms(industry, output, bought, output)


class Plain:
    """ESRI as it is defined, by iterations over whole sparse matrices."""

    def __init__(self, trades: Trades, firms: Firms) -> None:
        self._firms, count = firms, len(firms)
        self._sales = np.bincount(trades.seller, weights=trades.value, minlength=count)
        key = trades.buyer.astype(np.int64) * INDUSTRIES + firms.industry[trades.seller]
        groups, self._group = np.unique(key, return_inverse=True)
        self._buyer = groups // INDUSTRIES
        essential = trades.need == ESSENTIAL
        bought = np.bincount(self._group, weights=trades.value * essential)[self._group]
        share = np.divide(trades.value, bought, out=np.zeros(len(bought)), where=bought > 0) * essential
        self._essential = csr_array((share, (self._group, trades.seller)), shape=(len(groups), count))
        rest = trades.value / firms.purchases[trades.buyer] * ~essential
        self._other = csr_array((rest, (trades.buyer, trades.seller)), shape=(count, count))
        unsold = trades.value / firms.output[trades.seller]
        self._up = csr_array((unsold, (trades.seller, trades.buyer)), shape=(count, count))
        self._weight = firms.weight / firms.weight.sum()
        self._begins = np.flatnonzero(np.diff(self._buyer, prepend=-1))

    def esri(self, firm: int) -> float:
        """Close one firm."""
        industry, count = self._firms.industry, len(self._firms)
        cap = np.ones(count)
        cap[firm] = 0.0
        down = up = cap
        market = np.bincount(industry, weights=self._sales, minlength=INDUSTRIES)
        while True:
            left = np.bincount(industry, weights=self._sales * down, minlength=INDUSTRIES)
            hard = np.minimum(1.0, self._sales / np.maximum(left, 1e-300)[industry])
            lost = np.where((left <= 1e-10 * market)[industry], 1.0, hard) * (1 - down)
            worst = np.zeros(count)
            worst[self._buyer[self._begins]] = np.maximum.reduceat(self._essential @ lost, self._begins)
            new_down = np.maximum(0, np.minimum(cap, 1 - np.maximum(worst, self._other @ lost)))
            new_up = np.maximum(0, np.minimum(cap, 1 - self._up @ (1 - up)))
            residual = max((down - new_down).max(), (up - new_up).max())
            down, up = new_down, new_up
            if residual <= EPS:
                return float(self._weight @ (1 - np.minimum(down, up)))


def measured(firms: int, *, whole: bool) -> list[Measure]:
    """Measure one size."""
    table, output, trades, of = valued(firms)
    chosen = np.random.default_rng(5).choice(firms, SOME, replace=False).astype(np.int32)
    found = [*leontief(table, output), *drives(table, output, chosen.tolist())]
    net = bundle(trades, of)
    plain = Plain(trades, of)
    closures(net, chosen[:1], eps=EPS)
    each = [timed(partial(closures, net, chosen[place : place + 1], eps=EPS)) for place in range(SOME)]
    slow = [timed(partial(plain.esri, int(firm))) for firm in chosen[:PLAIN]]
    for (ours, _), (theirs, _) in zip(each, slow, strict=False):
        assert abs(ours.esri[0] - theirs) < SAME, (ours.esri[0], theirs)
    one, bare = (float(np.median([1000 * seconds for _, seconds in times])) for times in (each, slow))
    found.append(Measure("ESRI of one firm, p50", "ms", one, bare, Target("measured", "≤", firms / 2_000)))
    if whole:
        every = np.arange(firms, dtype=np.int32)
        with tempfile.TemporaryDirectory() as work:
            made = batch(net, every, eps=EPS)
            _, seconds = timed(lambda: profile(made, Parts(made, Path(work)), threads=os.cpu_count()))
        name = "ESRI of all firms (plain: multiplied)"
        mean = float(np.mean([each for _, each in slow]))
        found.append(Measure(name, "s", seconds, mean * firms, Target("ratio", "≤", 1 / 50)))
    _, screen = timed(lambda: series(csr_array(plain._up.T), of.weight), 3)  # noqa: SLF001
    found.append(Measure("screening of all by the closed form", "ms", 1000 * screen))
    return found


def leontief(table: csr_array, output: Floats) -> list[Measure]:
    """Solve for the output that a demand needs, by the series and by LU; and all linkages."""
    inputs = csr_array(table @ diags_array(1 / output))
    demand = output - table.sum(axis=1)
    solved, seconds = timed(lambda: series(inputs, demand), 3)
    bare = None
    if len(output) <= LARGEST_LU:
        whole = (eye_array(len(output)) - inputs).tocsc()
        exact, bare = timed(lambda: splu(whole).solve(demand))
        assert np.abs(solved.value - exact).max() <= 1e-6 * exact.max()
    _, all_three = timed(lambda: linkages_of(table, output))
    return [
        Measure("Leontief series beside sparse LU", "ms", 1000 * seconds, bare and 1000 * bare),
        Measure("linkages of all firms", "ms", 1000 * all_three),
    ]


def drives(table: csr_array, output: Floats, chosen: Sequence[int]) -> list[Measure]:
    """Extract some firms by the closed form, and by solving without them."""
    ours = [timed(partial(extracted, table, output, firm)) for firm in chosen]
    inputs, demand = csr_array(table @ diags_array(1 / output)), output - table.sum(axis=1)

    def solved(firm: int) -> float:
        kept = np.ones(len(output))
        kept[firm] = 0.0
        without = csr_array(diags_array(kept) @ inputs @ diags_array(kept))
        return float((output - series(without, demand * kept).value).sum())

    plain = [timed(partial(solved, firm)) for firm in chosen[:PLAIN]]
    for (a, _), (b, _) in zip(ours, plain, strict=False):
        assert abs(a.loss.sum() - b) <= CLOSE * output.sum()
    one, bare = (float(np.median([1000 * seconds for _, seconds in times])) for times in (ours, plain))
    return [Measure("extraction of one firm, p50", "ms", one, bare)]


def with_revenues(folder: Path) -> None:
    """Give every firm a revenue above what it sells and buys in a year."""
    trade: dict[str, float] = {}
    with (folder / "SUPPLIES.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for firm in (row["from"], row["to"]):
                trade[firm] = trade.get(firm, 0.0) + float(row["value"])
    with (folder / "Claim.csv").open("w", encoding="utf-8", newline="") as file:
        claims = csv.writer(file)
        claims.writerow(("subject", "metric", "value", "unit", "year", "source", "grade"))
        for firm, value in trade.items():
            claims.writerow((firm, "REVENUE", 1.3 * value, "YUAN", max(YEARS), "source:register", "B"))


async def through_graphql() -> Report:
    """Ask one firm of a network with 100,000 links over HTTP, beside a question that only finds the firm."""
    firms = LINKS_ASKED // LINKS_EACH
    found: list[Measure] = []
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "tables").mkdir()
        await asyncio.to_thread(grown, Path(folder) / "tables", firms, LINKS_ASKED * len(YEARS))
        await asyncio.to_thread(with_revenues, Path(folder) / "tables")
        async with embedded_server(Path(folder) / "store") as server:
            url = f"bolt://{server.user}:{server.password}@{server.url.removeprefix('bolt://')}/zhenlian"
            async with opened(url) as store:
                await filled(store, Path(folder) / "tables")
                async with SnapshotKeeper(store, derive=index_of) as keeper:
                    snapshot = await keeper.ready()
                    ids = snapshot.nodes["Organisation"]["id"].tolist()
                    chosen = [str(id) for id in np.random.default_rng(5).choice(ids, ASKS)]
                    app = create_app(store, keeper, Settings())
                    async with httpx.AsyncClient(
                        transport=httpx.ASGITransport(app), base_url="http://localhost"
                    ) as client:
                        bare = await _asked(client, BARE, chosen)
                        for name, query in QUESTIONS.items():
                            times = await _asked(client, query, chosen)
                            beyond = float(np.percentile(times, 95)) - float(np.median(bare))
                            target = Target("measured", "≤", 50)
                            found.append(
                                Measure(f"{name}, p95 beyond the request", "ms", beyond, None, target)
                            )
    note = (
        f"{firms:,} firms, {LINKS_ASKED:,} links in the embedded store; {ASKS} firms, the first ask is warm"
    )
    return Report("linkage through GraphQL", note, found)


async def _asked(client: httpx.AsyncClient, query: str, ids: Sequence[str]) -> list[float]:
    """Time a question for several firms, in milliseconds."""
    times: list[float] = []
    for id in (ids[0], *ids):
        begin = perf_counter()
        body = {"query": query, "variables": {"id": id}}
        response = await client.post("/graphql", json=body, timeout=300)
        times.append(1000 * (perf_counter() - begin))
        assert "errors" not in response.json(), response.text
    return times[1:]


def run(firms: Sequence[int] = FIRMS, *, every: bool = False, graphql: bool = True) -> Iterator[Report]:
    """Measure all sizes, one after the other; then how cost grows, and the answers through GraphQL."""
    warm()
    reports: list[Report] = []
    for place, size in enumerate(firms):
        lines = measured(size, whole=every or place == 0)
        note = f"{size:,} firms, {size * LINKS_EACH:,} links, {INDUSTRIES} industries, eps {EPS:g}"
        reports.append(Report(f"linkage, {size:,} firms", note, lines))
        yield reports[-1]
    if len(firms) > 1:
        yield _growth(firms, reports)
    if graphql:
        yield asyncio.run(through_graphql())


def _growth(firms: Sequence[int], reports: Sequence[Report]) -> Report:
    """Fit the exponent b of time = a · firms^b."""
    by_name = [{m.what: m.measured for m in report.measures} for report in reports]
    shared = [name for name in by_name[0] if all(name in line for line in by_name)]
    sizes = np.log([float(size) for size in firms])
    lines = [
        Measure(name, "exponent", float(np.polyfit(sizes, np.log([line[name] for line in by_name]), 1)[0]))
        for name in shared
    ]
    return Report("growth with the number of firms", f"{', '.join(f'{f:,}' for f in firms)} firms", lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the value analyses")
    parser.add_argument("--firms", type=int, nargs="+", default=list(FIRMS))
    parser.add_argument("--all", action="store_true", help="close every firm of every size")
    parser.add_argument("--no-graphql", action="store_true")
    given = parser.parse_args()
    print(machine())
    for report in run(given.firms, every=given.all, graphql=not given.no_graphql):
        show(report)


if __name__ == "__main__":
    main()
