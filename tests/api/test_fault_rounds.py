"""Rounds of faults: whoever writes is killed in the middle, in any order, and what was acknowledged stays.

The service, its database, a load beside it and a stream of rulings and their undoing run together; in each
round one of them is killed with signal 9. Afterwards every acknowledged ruling stands or is undone as it was
acknowledged, none stands half, and the copy that answers is the one that is read anew, array by array (its id
is a hash of them). `ZHENLIAN_FAULT_ROUNDS` says how many rounds; `make faults` takes 20.
"""

import os
import re
import secrets
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from random import Random

import httpx
import pytest

from benchmarks.loading import tables
from graph.snapshot.taking import take_snapshot
from graph.store.backends import open_store
from tests.api.http.test_service import environment

ROOT = Path(__file__).parents[2]
ROUNDS = int(os.environ.get("ZHENLIAN_FAULT_ROUNDS", "3"))
SEED = os.environ.get("ZHENLIAN_FAULT_SEED", "20261129")
FIRMS, FLOWS = 300, 6_000
CORRECT = """mutation($id: ID!, $text: String!) {
  correctRow(row: {id: $id}, cells: [{column: "address", text: $text}], reason: "试") { ruling { id } } }"""
UNDO = "mutation($id: ID!) { undoRuling(ruling: $id) { lines } }"
ADDRESSES = "MATCH (o:Organisation) WHERE o.address <> '定襄县' RETURN {id: o.id, address: o.address} AS row"
RULED = """
MATCH (r:Ruling) RETURN {id: r.id, about: r.about, undone: r.undoneOn IS NOT NULL, after: r.after} AS row
"""
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals")


class Place:
    """A store, its service, and a load beside it."""

    def __init__(self, home):
        self.home, self.store, self.more = home, home / "store", home / "more"
        self.token = secrets.token_hex(16)
        self.environment = environment(
            home, ZHENLIAN_WRITABLE="true", ZHENLIAN_TOKEN=self.token, ZHENLIAN_BUNDLES=str(home / "bundles")
        )
        self.process = self.loading = None
        for folder, size in ((home / "tables", FIRMS), (self.more, 2 * FIRMS)):
            folder.mkdir()
            tables(folder, size, FLOWS)
        done = self.command("load", home / "tables")
        done.communicate(timeout=120)
        assert done.returncode == 0

    def command(self, *words):
        return subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "api.cli.main", *map(str, words), "--store", f"embedded:{self.store}"],
            cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip

    def serve(self):
        """Start the service unless it runs."""
        if self.process is None or self.process.poll() is not None:
            self.process = self.command("serve", "--port", "0")
            words = self.process.stdout.readline()
            self.url = re.search(r"http://\S+?/", words)[0]

    def ask(self, query, **variables):
        """Ask; None: nobody answered, or with an error."""
        try:
            answer = httpx.post(
                f"{self.url}graphql",
                json={"query": query, "variables": variables},
                headers={"X-Zhenlian-Token": self.token},
                timeout=30,
            ).json()
        except (httpx.HTTPError, ValueError):
            return None
        return None if answer.get("errors") else answer["data"]

    def kill(self, what):
        """Kill one of them, in the middle of whatever it does."""
        if what == "database":
            os.kill(int((self.store / "java.lock").read_text()), signal.SIGKILL)
        else:
            process = self.process if what == "service" else self.loading
            process.kill()
            process.communicate()

    def close(self):
        for process in (self.process, self.loading):
            if process is not None and process.poll() is None:
                process.terminate()
                process.communicate(timeout=30)


class Stewards(threading.Thread):
    """Corrects addresses and takes corrections back, one after the other, and notes what was acknowledged."""

    def __init__(self, place, random, first):
        super().__init__(daemon=True)
        self.place, self.random, self.number = place, random, first
        self.stands, self.undone, self.stop = {}, set(), threading.Event()

    def run(self):
        while not self.stop.is_set():
            if self.stands and self.random.random() < 0.3:
                ruling = self.random.choice([*self.stands])
                self.stands.pop(ruling)
                if self.place.ask(UNDO, id=ruling) is not None:
                    self.undone.add(ruling)
                    continue
                continue  # else nobody knows whether it stands, and it is not asked about any more
            self.number += 1
            id, text = f"org:{self.number % FIRMS:06}", f"改{self.number}"
            made = self.place.ask(CORRECT, id=id, text=text)
            if made is not None:
                self.stands[made["correctRow"]["ruling"]["id"]] = [id, text]


async def checked(place, stands, undone):
    """Hold the store against what was acknowledged, and the copy against the store."""
    async with open_store(f"embedded:{place.store}") as store:
        rulings = {row["id"]: row for row in await store.read(RULED)}
        addresses = {row["id"]: row["address"] for row in await store.read(ADDRESSES)}
        assert not {id for id in stands if rulings.get(id, {}).get("undone") is not False}
        assert not {id for id in undone if rulings.get(id, {}).get("undone") is not True}
        newest = {}
        for row in rulings.values():
            if not row["undone"]:
                number = int(re.search("改([0-9]+)", row["after"])[1])
                newest.setdefault(row["about"].split()[-1], []).append(number)
        assert addresses == {id: f"改{max(numbers)}" for id, numbers in newest.items()}, "no half ruling"
        until = time.monotonic() + 90
        while True:
            fresh = (await take_snapshot(store, tries=30)).id
            answer = place.ask("{ snapshot { id } }")
            if answer and answer["snapshot"] and answer["snapshot"]["id"] == fresh:
                return
            assert time.monotonic() < until, (answer, fresh)
            time.sleep(0.3)  # noqa: ASYNC251 - nothing else runs here


async def test_what_was_acknowledged_stays_whoever_is_killed(tmp_path):
    random = Random(SEED)  # noqa: S311 - an order of faults, not a secret
    place = Place(tmp_path)
    stands, undone, number = {}, set(), 0
    try:
        place.serve()
        for round in range(ROUNDS):
            stewards = Stewards(place, random, number)
            stewards.start()
            what = random.choice(["service", "database", "load"] if round else ["service"])
            if what == "load" or random.random() < 0.3:
                place.loading = place.command("load", place.more)
            time.sleep(random.uniform(1, 5))  # noqa: ASYNC251 - nothing else runs here
            place.kill(what)
            time.sleep(1)  # noqa: ASYNC251 - the rulings run into it
            stewards.stop.set()
            stewards.join(60)
            number = stewards.number
            stands = {
                id: about for id, about in (stands | stewards.stands).items() if id not in stewards.undone
            }
            undone |= stewards.undone
            if place.loading is not None:
                place.loading.communicate(timeout=120)
                place.loading = None
            place.serve()
            await checked(place, stands, undone)
        assert len(stands) + len(undone) >= ROUNDS, "something was acknowledged"
    finally:
        place.close()
