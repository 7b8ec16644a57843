"""Two workers behind one address: what one is told the other says, and whoever dies is replaced.

Every question here goes over a connection of its own, so that both workers get some; `/metrics` says which
of them answered. One service is used up by all tests of this file, in their order.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from xlsxwriter import Workbook

from api.http.freshness import HEADER
from api.http.uploads import XLSX
from tests.api.http.passes import PASS, TOKEN
from tests.api.http.test_service import environment

ROOT = Path(__file__).parents[3]
SHEETS = {
    "行政区划": [["标识", "名称", "行政区划级别"], ["region:140921", "定襄县", "县级"]],
    "主体": [
        ["主体名称", "主体形式", "所在县"],
        ["样例法兰厂", "企业", "140921"],
        ["样例张三锻件铺", "个体工商户", "140921"],
    ],
}
FIRMS = "{ organisations(first: 9, orderBy: NAME_ASC) { nodes { id name address form } } }"
CORRECT = """mutation($id: ID!, $text: String!) {
  correctRow(row: {id: $id}, cells: [{column: "name", text: $text}], reason: "试") { ruling { id } } }"""
FOUND = "query($text: String!) { search(text: $text, first: 1) { id name } }"
PATIENCE = 120
"""Seconds that anything may take on a machine which is busy with something else."""
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has one worker")


class Service:
    """A service with two workers."""

    def __init__(self, home):
        self.home, self.store = home, home / "store"
        self.errors = (home / "errors").open("a")
        self.process = None

    def serve(self, **settings):
        self.process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "api.cli.main", "serve", "--workers", "2", "--port", "0",
             "--store", f"embedded:{self.store}"],
            cwd=ROOT, env=environment(self.home, ZHENLIAN_WRITABLE="true", ZHENLIAN_TOKEN=TOKEN, **settings),
            stdout=subprocess.PIPE, stderr=self.errors, text=True,
        )  # fmt: skip
        self.url = re.search(r"http://\S+?/", self.process.stdout.readline())[0]
        until(lambda: self.workers() == {"1", "2"})

    def send(self, method, path, **more):
        """Ask over a new connection."""
        headers = {"connection": "close"} | more.pop("headers", {})
        return httpx.request(method, self.url + path, timeout=PATIENCE, headers=headers, **more)

    def ask(self, query, least=None, **variables):
        headers = PASS | ({} if least is None else {HEADER: str(least)})
        answer = self.send(
            "POST", "graphql", json={"query": query, "variables": variables}, headers=headers
        ).json()
        assert "errors" not in answer, answer
        return answer

    def names(self, **more):
        return {
            firm["id"]: firm["name"] for firm in self.ask(FIRMS, **more)["data"]["organisations"]["nodes"]
        }

    def metrics(self):
        """Give the samples of whichever worker answers, by name, and which it is."""
        text = self.send("GET", "metrics").text
        samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
        (worker,) = {sample.labels["worker"] for sample in samples if "worker" in sample.labels}
        return worker, {sample.name: sample.value for sample in samples}

    def workers(self, times=12):
        """Say which workers answer."""
        return {self.metrics()[0] for _ in range(times)}

    def children(self):
        """Find the processes of the workers."""
        return workers_of(self.process.pid)

    @property
    def database(self):
        return int((self.store / "java.lock").read_text())

    def close(self):
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.communicate()
        self.errors.close()


def workers_of(service):
    """Find the processes of a service's workers."""
    told = ["pgrep", "-P", str(service), "-f", "api.http.working"]
    found = subprocess.run(told, capture_output=True, text=True, check=False).stdout  # noqa: S603
    return [int(pid) for pid in found.split()]


def there(pid):
    """Whether a process runs: one that has ended may wait to be noticed."""
    told = ["ps", "-o", "stat=", "-p", str(pid)]
    state = subprocess.run(told, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603
    return bool(state) and not state.startswith("Z")


def until(true, seconds=PATIENCE):
    end = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.2)
    return found


def book():
    memory = BytesIO()
    with Workbook(memory) as made:
        for name, rows in SHEETS.items():
            sheet = made.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return memory.getvalue()


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    made = Service(tmp_path_factory.mktemp("home"))
    try:
        made.serve()
        yield made
    finally:
        made.close()


def rule(service, id, text):
    """Rename a firm through one worker; give the number of the write, as the answer says it."""
    return service.ask(CORRECT, id=id, text=text)["extensions"]["versions"]["writes"]


def firm(service, form="ENTERPRISE"):
    nodes = service.ask(FIRMS)["data"]["organisations"]["nodes"]
    return next(node["id"] for node in nodes if node["form"] == form)


def test_an_upload_through_one_worker_is_seen_by_all(service):
    answer = service.send("POST", "load", content=book(), headers=PASS | {"content-type": XLSX})
    assert (answer.status_code, answer.json()["clean"]) == (200, True), answer.text
    until(lambda: all(len(service.names()) == 2 for _ in range(12)))


def test_the_secret_and_its_cookie_let_in_at_every_worker(service):
    entered = service.send("GET", f"enter?token={TOKEN}")
    cookie = {"cookie": entered.headers["set-cookie"].partition(";")[0]}
    wrong = {"content-type": "text/plain"}
    for headers, status in (({}, 403), (PASS, 415), (cookie, 415), ({"x-zhenlian-token": "no" * 9}, 403)):
        found = {
            service.send("POST", "load", content=b"x", headers=headers | wrong).status_code for _ in range(8)
        }
        assert found == {status}, headers


def test_a_ruling_is_seen_by_the_next_read_of_every_worker(service):
    id = firm(service)
    for turn in range(4):
        name = f"改名法兰厂{'甲乙丙丁'[turn]}"
        write = rule(service, id, name)
        for _ in range(10):
            answer = service.ask(FOUND, least=write, text=name)
            assert answer["data"]["search"] == [{"id": id, "name": name}]
            assert answer["extensions"]["versions"]["writes"] >= write
            assert service.names(least=write)[id] == name


def test_without_asking_for_it_every_worker_sees_it_soon(service):
    id = firm(service)
    rule(service, id, "无需等候的厂")
    until(lambda: {service.names()[id] for _ in range(12)} == {"无需等候的厂"})


def test_a_write_that_nobody_made_is_waited_for_and_refused(service):
    headers = PASS | {HEADER: "999999"}
    answer = service.send("POST", "graphql", json={"query": FIRMS}, headers=headers)
    assert answer.status_code == 503
    assert answer.json()["errors"][0]["extensions"] == {"code": "STORE_UNAVAILABLE", "retryAfter": 2}


def test_a_worker_that_is_killed_is_replaced_and_reading_goes_on(service):
    before = service.children()
    assert len(before) == 2
    os.kill(before[0], signal.SIGKILL)
    until(lambda: not there(before[0]))
    assert all(len(service.names()) == 2 for _ in range(5)), "the other one answers"
    until(lambda: service.workers() == {"1", "2"})
    assert service.metrics()[1]["zhenlian_worker_restarts_total"] == 1
    assert service.metrics()[1]["zhenlian_workers"] == 2
    assert "starting it again" in (service.home / "errors").read_text()
    write = rule(service, firm(service), "换人以后的厂")
    assert all("换人以后的厂" in service.names(least=write).values() for _ in range(10))


def test_reading_goes_on_in_every_worker_while_the_database_is_away(service):
    database = service.database
    os.kill(database, signal.SIGKILL)
    until(lambda: not there(database))
    for _ in range(8):
        assert len(service.names()) == 2
        assert service.send("GET", "readyz").status_code == 200
    until(lambda: all(service.send("GET", "readyz/writes").status_code == 200 for _ in range(8)))
    write = rule(service, firm(service), "重启以后的厂")
    assert all("重启以后的厂" in service.names(least=write).values() for _ in range(10))


def test_it_stops_whatever_clients_do_and_leaves_nothing(service):
    workers, database = service.children(), service.database
    address = httpx.URL(service.url)
    half = [socket.create_connection((address.host, address.port)) for _ in range(6)]
    try:
        for one in half:
            one.sendall(b"POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n")
            one.sendall(b'content-length: 900\r\n\r\n{"query": ')
        said = len((service.home / "errors").read_text())
        service.process.terminate()
        rest, _ = service.process.communicate(timeout=PATIENCE)
        heard = [one.recv(10_000) for one in half]
    finally:
        for one in half:
            one.close()
    assert service.process.returncode == 0
    assert all(b" 503 " in one.splitlines()[0] and "正在停止".encode() in one for one in heard)
    assert not [pid for pid in (*workers, database) if there(pid)]
    assert "Traceback" not in (service.home / "errors").read_text()[said:] + rest


def test_masked_it_begins_with_what_was_saved_and_a_parent_that_is_killed_leaves_no_orphans(service):
    service.serve(ZHENLIAN_HIDE_PERSONS="true")
    trader, id = firm(service, "SOLE_TRADER"), firm(service)
    assert all("张三" not in service.names()[trader] for _ in range(8))
    write = rule(service, id, "隐名以后的厂")
    write = max(write, rule(service, trader, "样例李四锻件铺"))
    for _ in range(8):
        names = service.names(least=write)
        assert names[id] == "隐名以后的厂"
        assert "李四" not in names[trader]
        assert service.ask(FOUND, least=write, text="隐名以后的厂")["data"]["search"][0]["id"] == id
        assert service.ask(FOUND, least=write, text="样例李四锻件铺")["data"]["search"] == []
    left = [*service.children(), service.database]
    assert len(left) == 3
    service.process.kill()
    service.process.communicate()
    until(lambda: not [pid for pid in left if there(pid)])
