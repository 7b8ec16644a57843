"""Requests made to cost, over real sockets: each is refused or answered whole, and others are answered.

`ZHENLIAN_ATTACK_ROUNDS` says how often all are sent; `make faults` takes 5, eight attackers at once.
"""

import asyncio
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import httpx
import pytest

from benchmarks.attacks import ATTACKS, BODIES
from benchmarks.start import service
from schema.language.limits import WORDS
from tests.api.http.test_service import environment

ROUNDS = int(os.environ.get("ZHENLIAN_ATTACK_ROUNDS", "1"))
ATTACKERS = 1 if ROUNDS == 1 else 8
BOUND = 5.0
"""Seconds in which the innocent is answered, unless the machine is so busy that it waits as long alone."""
JSON = {"content-type": "application/json"}
HALF = 100
"""Clients that send half a request, of each sort."""
HEAD = b"POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\n"
HALVES = (HEAD + b"x-more: ", HEAD + b"content-type: application/json\r\ncontent-length: 900\r\n\r\n{")


@dataclass
class Innocent(threading.Thread):
    """Asks for next to nothing all the time, and notes how long each answer took."""

    url: str
    took: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        with httpx.Client(timeout=60) as client:
            while not self.stop.is_set():
                begun = time.perf_counter()
                answer = client.post(self.url, json={"query": "{ __typename }"})
                self.took.append(time.perf_counter() - begun)
                if answer.status_code != 200 or answer.json()["data"] != {"__typename": "Query"}:
                    self.wrong.append(answer.text)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with service("demo", **environment(tmp_path_factory.mktemp("home"))) as opened:
        yield f"http://{opened.host}:{opened.port}/graphql"


def attack(url: str, name: str) -> str | None:
    """Send an attack; say what is wrong with how it was met."""
    wanted = ATTACKS[name].limits
    answer = httpx.post(url, content=ATTACKS[name].body, headers=JSON, timeout=30).json()
    errors = answer.get("errors", [])
    if not wanted:
        return f"{name}: {errors}" if errors or not answer["data"] else None
    told = {error["extensions"].get("limit"): error for error in errors}
    if not told or not told.keys() <= wanted:
        return f"{name}: {str(answer)[:300]}"
    for limit, error in told.items():
        extensions = error["extensions"]
        assert extensions["code"] == "TOO_COMPLEX"
        assert extensions["asked"] > extensions["allowed"]
        assert WORDS[limit] in error["message"]
    return None


def test_no_attack_holds_others_up(url: str, capsys: pytest.CaptureFixture[str]):
    innocent = Innocent(url)
    innocent.start()
    time.sleep(3)
    alone = max(innocent.took)
    with ThreadPoolExecutor(ATTACKERS) as attackers:
        met = list(attackers.map(lambda name: attack(url, name), [*ATTACKS] * ROUNDS))
    innocent.stop.set()
    innocent.join()
    with capsys.disabled():
        print(  # noqa: T201 - the figure that is asked for
            f"\n{len(met)} attacks, {len(innocent.took):,} others: the slowest {max(innocent.took):.3f} s"
        )
    assert [wrong for wrong in met if wrong] == []
    assert innocent.wrong == []
    assert max(innocent.took) < max(BOUND, 5 * alone)


@pytest.mark.parametrize("name", [*BODIES])
def test_what_is_no_request_is_refused(url: str, name: str):
    body, status = BODIES[name]
    answer = httpx.post(url, content=body, headers=JSON, timeout=60)
    assert answer.status_code == status
    (error,) = answer.json()["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert len(answer.content) < 1_000


async def test_halves_of_requests_keep_nobody_out_and_end(url: str):
    at = httpx.URL(url)
    opened = [
        (sent, *await asyncio.open_connection(at.host, at.port)) for sent in HALVES for _ in range(HALF)
    ]
    for sent, _, writer in opened:
        writer.write(sent)
        await writer.drain()
    async with httpx.AsyncClient() as client:
        for _ in range(10):
            assert (await client.post(url, json={"query": "{ __typename }"})).status_code == 200
    async with asyncio.timeout(60):
        for _, reader, writer in opened:
            assert (await reader.read()).startswith(b"HTTP/1.1 408")
            writer.close()
            await writer.wait_closed()
