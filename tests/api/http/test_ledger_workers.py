"""Twenty stewards keep the ledgers at once over three workers: nothing is lost, nothing is done twice.

Each steward has one connection and so one worker; which one it is, `/metrics` says on that connection.
"""

import asyncio
import os
import re
import signal
import subprocess
import sys
from collections import defaultdict
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import orjson
import pytest
from prometheus_client.parser import text_string_to_metric_families

from api.http.freshness import HEADER
from tests.api.http.ledger_world import at_once, filled
from tests.api.http.passes import PASS, TOKEN
from tests.api.http.test_service import environment
from tests.api.http.test_workers import there, workers_of

ROOT = Path(__file__).parents[3]
WORKERS, STEWARDS, PATIENCE = 3, 20, 120
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has one worker")

ENTRY = "entry { id version action reason changes { field before after } }"
CREATE = {
    "problem": """createProblem(input: {town: "town:flange", extent: COMMON, name: $name}, note: $note) {
        repeated item: problem { id version name stage: status } ENTRY }""",
    "task": """createTask(input: {town: "town:flange", year: 2024, dueOn: "2024-12-31", name: $name},
        note: $note) { repeated item: task { id version name stage: status } ENTRY }""",
    "lead": """recordLead(input: {town: "town:flange", name: $name}, note: $note) {
        repeated item: lead { id version name stage } ENTRY }""",
}
MOVE = {
    "problem": """moveProblem(input: {id: $id, to: ASSIGNED, expectedVersion: $seen}, note: $note) {
        repeated item: problem { id version stage: status } ENTRY }""",
    "task": """moveTask(input: {id: $id, to: STARTED, expectedVersion: $seen}, note: $note) {
        repeated item: task { id version stage: status } ENTRY }""",
    "lead": """moveLead(input: {id: $id, to: CONTACTED, expectedVersion: $seen}, note: $note) {
        repeated item: lead { id version stage } ENTRY }""",
}
REACHED = {"problem": "ASSIGNED", "task": "STARTED", "lead": "CONTACTED"}
COMMENT = "commentOnItem(input: {id: $id, text: $text}, note: $note) { repeated item { id } ENTRY }"
RENAME = """changeProblem(input: {id: "problem:gas", name: $name, expectedVersion: $seen}, note: $note) {
    repeated item: problem { id version name } ENTRY }"""
FINISH = """moveTask(input: {id: "task:tower", to: DONE}, note: $note) {
    repeated item: task { id stage: status } ENTRY }"""
TYPES = {"id": "ID!", "name": "String!", "text": "String!", "seen": "Int", "note": "NoteInput"}
RECORDED = """query ($id: String!) {
  ledgerEntries(where: {about: {eq: $id}}, first: 100, orderBy: VERSION_ASC) { nodes { id } } }"""
ALL = """query ($after: String) { ledgerEntries(first: 100, after: $after) { totalCount
  pageInfo { endCursor hasNextPage } nodes { id about version action reason before after request } } }"""
ITEMS = """{ problems(first: 100) { nodes { id version name stage: status } }
  tasks(first: 100) { nodes { id version name stage: status } }
  leads(first: 100) { nodes { id version name stage } } }"""


class Steward:
    """A client with one connection, kept as long as it asks."""

    def __init__(self, url, number):
        self.url, self.number, self.names = url, number, 0
        self.made = {}
        """What was answered, by the name of the request: the field, its variables, the answer."""
        self.connect()

    def connect(self):
        limits = httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=None)
        self.http = httpx.AsyncClient(base_url=self.url, headers=PASS, timeout=PATIENCE, limits=limits)

    async def worker(self):
        """Tell which worker has the connection."""
        text = (await self.http.get("metrics")).text
        families = text_string_to_metric_families(text)
        (found,) = {s.labels["worker"] for family in families for s in family.samples if "worker" in s.labels}
        return found

    async def ask(self, query, least=None, **variables):
        headers = {} if least is None else {HEADER: str(least)}
        body = {"query": query, "variables": variables}
        return (await self.http.post("graphql", json=body, headers=headers)).json()

    async def data(self, query, least=None, **variables):
        answer = await self.ask(query, least, **variables)
        assert "errors" not in answer, answer
        return answer["data"]

    async def write(self, field, request=None, **variables):
        """Ask for a change until there is an answer, always under one name; give the answer, or its error."""
        if request is None:
            self.names += 1
            request = f"{self.number}-{self.names}"
        given = {**variables, "note": {"requestId": request, "by": "专班办公室"}}
        declared = ", ".join(f"${name}: {TYPES[name]}" for name in given)
        query = f"mutation ({declared}) {{ made: {field.replace('ENTRY', ENTRY)} }}"
        while True:
            try:
                answer = await self.ask(query, **given)
            except (httpx.TransportError, orjson.JSONDecodeError, ValueError):
                await self.http.aclose()
                self.connect()
                await asyncio.sleep(0.1)
                continue
            if "errors" not in answer:
                made = answer["data"]["made"]
                self.made[request] = field, variables, made
                return made, answer["extensions"]["versions"]["writes"]
            error = answer["errors"][0]
            code = error["extensions"]["code"]
            if code in {"STORE_UNAVAILABLE", "BUSY", "STORE_CONFLICT"}:
                await asyncio.sleep(0.1)
                continue
            assert code == "CONFLICT", error
            return error, None

    async def sees(self, made, write, least=None):
        """Whether an answered change is in what is read next."""
        entry, id = made["entry"], made["item"]["id"]
        nodes = (await self.data(RECORDED, least, id=id))["ledgerEntries"]["nodes"]
        assert entry["id"] in {node["id"] for node in nodes}, (self.number, write, id)


async def keep(steward, others):
    """Do what one steward does; `others` are stewards at each worker, who read what was written."""
    kind, n = ("problem", "task", "lead")[steward.number % 3], steward.number
    # Created twice at once over two connections: one item, one answer.
    same = f"{n}-登记"
    second = others[n % len(others)]
    both = await at_once(
        [one.write(CREATE[kind], same, name=f"走访所得第 {n} 件") for one in (steward, second)]
    )
    (first, write), (again, _) = both
    assert first | {"repeated": False} == again | {"repeated": False}
    assert {first["repeated"], again["repeated"]} == {False, True}
    await steward.sees(first, write)
    id = first["item"]["id"]
    moved, write = await steward.write(MOVE[kind], id=id, seen=1)
    assert (moved["item"]["version"], moved["item"]["stage"]) == (2, REACHED[kind])
    await steward.sees(moved, write)
    # Who acts on what was seen before gets what is there now.
    late, _ = await second.write(MOVE[kind], f"{n}-迟", id=id, seen=1)
    assert late["extensions"]["code"] == "CONFLICT"
    current = late["extensions"]["current"]
    assert (current["id"], current["version"], current["name"]) == (id, 2, f"走访所得第 {n} 件")
    assert current["stage" if kind == "lead" else "status"] == REACHED[kind]
    said, write = await steward.write(COMMENT, id="problem:steel", text=f"第 {n} 办意见")
    await steward.sees(said, write)
    # All rename the same problem, each on the state that it was told.
    seen, tries = 0, 0
    while True:
        named, write = await steward.write(RENAME, name=f"气价偏高（第 {n} 办）", seen=seen)
        if write is not None:
            break
        tries += 1
        current = named["extensions"]["current"]
        assert current["version"] > seen, "a conflict tells a newer state"
        assert tries <= STEWARDS, "whoever knows the newest state gets through in the end"
        seen = current["version"]
    assert named["entry"]["version"] == seen + 1
    await steward.sees(named, write)
    done, write = await steward.write(FINISH, "完成-风电塔筒")
    for one in others:
        await one.sees(done, write, least=write)
        await one.sees(named, write, least=write)
    return {"created": first, "moved": moved, "said": said, "named": named, "done": done}


def replayed(before, entries):
    """Play an item's record from how it was loaded; every entry starts from where the one before ended."""
    state = dict(before)
    for place, entry in enumerate(entries):
        assert entry["version"] == place + 1, "no version twice, none left out"
        old, new = (orjson.loads(entry[side] or "{}") for side in ("before", "after"))
        assert {name: state.get(name) for name in old} == old, entry
        state |= new
    return state


async def explained(reader):
    """Compare each item with what its record makes of it; give the entries by item."""
    found, after = [], None
    while True:
        page = (await reader.data(ALL, after=after))["ledgerEntries"]
        found += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert len(found) == page["totalCount"]
    by_item = defaultdict(list)
    for entry in sorted(found, key=lambda one: one["version"]):
        by_item[entry["about"]].append(entry)
    items = [one for kind in (await reader.data(ITEMS)).values() for one in kind["nodes"]]
    loaded = {
        "problem:gas": {"name": "气价偏高", "status": "ASSIGNED"},
        "task:tower": {"name": "引进塔筒企业", "status": "STARTED"},
        "problem:steel": {"name": "锻钢全部外购", "status": "OPEN"},
    }
    assert by_item.keys() <= {one["id"] for one in items}
    for one in items:
        if record := by_item[one["id"]]:
            state = replayed(loaded.get(one["id"], {}), record)
            assert state["name"] == one["name"]
            assert state.get("stage", state.get("status")) == one["stage"]
        assert one["version"] == len(record)
    return by_item


@asynccontextmanager
async def service(address, home, count=WORKERS):
    """Serve a store with several workers; give the process and its address."""
    given = {
        "ZHENLIAN_WRITABLE": "true",
        "ZHENLIAN_TOKEN": TOKEN,
        "ZHENLIAN_STORE_USER": address.user,
        "ZHENLIAN_STORE_PASSWORD": address.password,
        "ZHENLIAN_DATABASE": address.database,
        "ZHENLIAN_KEEP_ALIVE": "600",
    }
    with (home / "errors").open("a") as errors:
        process = subprocess.Popen(  # noqa: S603, ASYNC220 - our own command
            [sys.executable, "-m", "api.cli.main", "serve", "--workers", str(count), "--port", "0",
             "--store", address.url],
            cwd=ROOT, env=environment(home, **given), stdout=subprocess.PIPE, stderr=errors, text=True,
        )  # fmt: skip
        try:
            line = await asyncio.to_thread(process.stdout.readline)
            yield process, re.search(r"http://\S+?/", line)[0]
        finally:
            process.terminate()
            await asyncio.to_thread(process.communicate, timeout=PATIENCE)


async def at_each_worker(url, numbers, *, among=None):
    """Open connections until each worker has one; give a steward at each."""
    found, spare = {}, []
    async with asyncio.timeout(PATIENCE):
        for number in numbers:
            one = Steward(url, number)
            try:
                worker = await one.worker()
            except httpx.TransportError:
                worker = None
            if worker is None or worker in found:
                spare.append(one)
                await asyncio.sleep(0.05)
            else:
                found[worker] = one
            if len(found) == (among or WORKERS):
                break
    for one in spare:
        await one.http.aclose()
    return found


async def test_twenty_stewards_over_three_workers_lose_nothing_and_do_nothing_twice(
    empty_store, address, tmp_path
):
    await filled(empty_store, tmp_path)
    async with service(address, tmp_path) as (_, url):
        readers = await at_each_worker(url, range(1_000, 2_000))
        assert len(readers) == WORKERS
        seated = [*(await at_each_worker(url, range(2_000, 3_000))).values()]
        for number, one in enumerate(seated):
            one.number = number
        stewards = [*seated, *(Steward(url, number) for number in range(WORKERS, STEWARDS))]
        spread = await at_once([one.worker() for one in stewards])
        assert set(spread) == set(readers), "they sit at all workers"
        results = await at_once([keep(one, [*readers.values()]) for one in stewards])
        # One request of all twenty is one change, and each was told the same.
        (done,) = {orjson.dumps(one["done"]["entry"]) for one in results}
        assert sum(not one["done"]["repeated"] for one in results) == 1
        for worker, reader in readers.items():
            assert await reader.worker() == worker
            by_item = await explained(reader)
            assert len(by_item["problem:steel"]) == STEWARDS
            assert len(by_item["problem:gas"]) == STEWARDS
            assert [one["id"] for one in by_item["task:tower"]] == [orjson.loads(done)["id"]]
            assert sum(map(len, by_item.values())) == 1 + STEWARDS * 4
            assert {one["reason"] for one in by_item["problem:steel"]} == {
                f"第 {n} 办意见" for n in range(STEWARDS)
            }
            for one in results:
                entries = by_item[one["created"]["item"]["id"]]
                assert [entry["action"] for entry in entries] == ["CREATED", "MOVED"]
        # Asked again at another worker, after all that came between: the same entry.
        for steward in stewards:
            other = next(one for worker, one in readers.items() if worker != spread[steward.number])
            for request, (field, variables, made) in steward.made.items():
                again, _ = await other.write(field, request, **variables)
                assert (again["repeated"], again["entry"]) == (True, made["entry"]), request
        for one in (*stewards, *readers.values()):
            await one.http.aclose()


async def test_a_worker_that_dies_in_the_middle_takes_no_change_with_it(empty_store, address, tmp_path):
    """Stewards whose worker is gone ask again under the same name, and nobody knows whether it was done."""
    await filled(empty_store, tmp_path)
    async with service(address, tmp_path) as (process, url):
        readers = await at_each_worker(url, range(1_000, 2_000))
        stewards = [Steward(url, number) for number in range(STEWARDS)]
        await at_once([one.worker() for one in stewards])

        async def busy(steward):
            return [
                await steward.write(COMMENT, id="problem:steel", text=f"{steward.number}.{turn}")
                for turn in range(5)
            ]

        writing = [asyncio.create_task(busy(one)) for one in stewards]
        await asyncio.wait(writing, timeout=0.5)
        victim = workers_of(process.pid)[0]
        assert not all(task.done() for task in writing)
        os.kill(victim, signal.SIGKILL)
        answers = [answer for task in writing for answer in await task]
        assert not there(victim)
        (reader,) = (await at_each_worker(url, range(2_000, 3_000), among=1)).values()
        last = max(write for _, write in answers)
        assert (await reader.data("{ snapshot { id } }", last))["snapshot"]
        record = (await explained(reader))["problem:steel"]
        assert len(record) == len(answers) == STEWARDS * 5
        assert {made["entry"]["id"] for made, _ in answers} == {one["id"] for one in record}
        assert {one["reason"] for one in record} == {f"{n}.{t}" for n in range(STEWARDS) for t in range(5)}
        for one in (*stewards, *readers.values(), reader):
            await one.http.aclose()
