"""The whole service in a process of its own: started, asked, broken, and stopped."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner, Result

from api import logs
from api.cli.demo import QUESTIONS
from api.cli.main import app
from api.http.freshness import HEADER
from tests.loaders.test_scratch import left_behind

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals")


class Service:
    """A demo that answers."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.folder = home / "zhenlian" / "demo"
        self.errors = (home / "errors").open("w")
        self.temporary = home / "temporary"
        self.temporary.mkdir()
        left_behind(self.temporary)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "api.cli.main", "demo", "--port", "0"],
            cwd=ROOT, env=environment(home, TMPDIR=str(self.temporary)),
            stdout=subprocess.PIPE, stderr=self.errors, text=True,
        )  # fmt: skip
        self.words = self.process.stdout.readline()
        if "http://" not in self.words:
            self.process.kill()
            self.process.communicate()
            self.errors.close()
            pytest.fail((home / "errors").read_text()[-2000:])
        self.url = re.search(r"http://\S+?/", self.words)[0]
        self.client = httpx.Client(base_url=self.url, timeout=20)

    def ask(self, query: str) -> dict[str, Any]:
        response = self.client.post("graphql", json={"query": query})
        assert response.status_code == 200
        return response.json()

    def close(self) -> None:
        self.client.close()
        self.process.kill()
        self.process.communicate()
        self.errors.close()


def environment(home: Path, **more: str) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ZHENLIAN_")}
    folders = {"XDG_DATA_HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    return clean | folders | {"ZHENLIAN_WORKERS": "1"} | more


type Command = Callable[..., Result]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """Run a command in this process: to start another takes seconds."""
    monkeypatch.setattr(logs, "configure", lambda *_: None)

    def run(*words: str, home: Path = tmp_path, **more: str) -> Result:
        return CliRunner().invoke(app, words, env={"XDG_DATA_HOME": str(home)} | more)

    return run


def assert_one_line(done: Result, code: int, words: str) -> None:
    assert done.exit_code == code, done.output
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert words in done.stderr


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    made = Service(tmp_path_factory.mktemp("home"))
    yield made
    made.close()


def test_the_first_question_is_answered_with_its_source_and_the_figures_that_differ(service: Service):
    town = service.ask(QUESTIONS[0])["data"]["town"]
    assert town["name"] == "定襄法兰"
    assert "天宝集团" in [node["name"] for node in town["leaders"]["nodes"]]
    assert town["figure"]["value"] is not None
    assert town["figure"]["year"]
    assert town["figure"]["source"]["name"]
    assert isinstance(town["figure"]["conflicts"], list)


@pytest.mark.parametrize("question", QUESTIONS[1:])
def test_the_other_questions_are_answered_too(service: Service, question: str):
    answer = service.ask(question)
    assert "errors" not in answer
    assert all(answer["data"].values())


def test_the_examples_of_the_page_are_answered(service: Service):
    page = service.client.get("graphiql/").text
    examples = json.loads(re.search(r'<script id="examples"[^>]*>(.*?)</script>', page, re.DOTALL)[1])
    for example in examples:
        answer = service.client.post("graphql", json=example).json()
        assert "errors" not in answer
        assert all(answer["data"].values())


def test_the_page_is_served_below_a_strict_policy(service: Service):
    for path in ("", "graphiql/"):
        page = service.client.get(path)
        assert page.status_code == 200
        assert "script-src 'self';" in page.headers["content-security-policy"]
        assert page.headers["x-content-type-options"] == "nosniff"
    assert service.client.get("graphiql").headers["location"] == "graphiql/"
    assert service.client.get("graphiql/query.js").headers["content-type"].startswith("text/javascript")
    assert [
        service.client.get(path).status_code for path in ("docs", "openapi.json", "graphiql/../app.py")
    ] == [404] * 3


def test_it_says_how_it_is(service: Service):
    assert service.client.get("healthz").json() == {"status": "ok"}
    ready = service.client.get("readyz")
    assert ready.status_code == 200
    told = ready.json()
    assert (told["reads"], told["store"], told["following"]) == (True, True, True)
    assert ready.json()["snapshot"]["version"] >= 1
    assert set(ready.json()["snapshot"]) == {"id", "version", "takenAt"}
    writes = service.client.get("readyz/writes")
    assert (writes.status_code, writes.json()["writes"]) == (503, False)
    assert "ZHENLIAN_WRITABLE" in writes.json()["why"][0]


def test_an_answer_is_as_new_as_its_client_asks_or_says_why_not(service: Service):
    question = {"query": "{ towns(first: 1) { totalCount } }"}
    writes = service.client.post("graphql", json=question).json()["extensions"]["versions"]["writes"]
    asked = [
        service.client.post("graphql", json=question, headers={HEADER: given})
        for given in (f"{writes}", f"{writes + 9}", "-1", "x" * 900)
    ]
    assert [answer.status_code for answer in asked] == [200, 503, 400, 400]
    (error,) = asked[1].json()["errors"]
    assert error["extensions"] == {"code": "STORE_UNAVAILABLE", "retryAfter": 2}
    assert f"第 {writes + 9} 次写入（现为 {writes}）" in error["message"]
    assert asked[2].json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    other = service.client.get("export", headers={HEADER: f"{writes + 9}"})
    assert (other.status_code, other.headers["retry-after"]) == (503, "2")
    assert other.json()["error"]["code"] == "STORE_UNAVAILABLE"


def test_the_log_has_a_line_for_each_answer_and_no_bodies(service: Service):
    service.client.post("graphql?secret=1", json={"query": "{ secret }"})
    service.client.get("healthz")  # the line of an answer is written just after it
    text = (service.home / "errors").read_text()
    events = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    last = [event for event in events if event.get("method") == "POST"][-1]
    assert (last["method"], last["path"], last["status"]) == ("POST", "/graphql", 200)
    assert last["ms"] > 0
    assert "secret" not in json.dumps(last)


def test_another_demo_says_who_has_the_folder(service: Service, command: Command):
    done = command("demo", "--port", "0", home=service.home)
    assert_one_line(done, 3, f"pid {service.process.pid}")


def test_a_taken_port_is_said_before_anything_starts(service: Service, command: Command, tmp_path: Path):
    port = str(httpx.URL(service.url).port)
    assert_one_line(command("demo", "--port", port), 3, "端口已被占用")
    assert_one_line(command("serve", "--port", port), 3, "端口已被占用")
    assert list(tmp_path.iterdir()) == []


def test_a_strange_address_or_setting_is_one_line(command: Command):
    assert_one_line(command("serve", "--port", "0", "--store", "mysql://x"), 3, "应为 embedded:文件夹")
    assert_one_line(command("serve", ZHENLIAN_PORT="八千"), 2, "ZHENLIAN_PORT")


def test_a_folder_is_checked_and_loaded_beside_the_running_service(
    service: Service, command: Command, tmp_path: Path
):
    (tmp_path / "Town.csv").write_text(
        "id,name,level,status\ntown:x,甲镇,PROVINCIAL,RECOGNISED\ntown:y,乙镇,高,RECOGNISED\n",
        encoding="utf-8",
    )
    store = f"embedded:{service.folder}"
    report = tmp_path / "report.csv"
    checked = command("check", str(tmp_path), "--store", store, "--report", str(report))
    assert checked.exit_code == 1
    assert "拒绝 1" in checked.stdout
    assert "高" in report.read_text(encoding="utf-8-sig")
    strict = command("load", "--strict", str(tmp_path), "--store", store)
    assert strict.exit_code == 1
    assert "严格模式" in strict.stderr
    assert service.ask('{ town(id: "town:x") { name } }')["data"]["town"] is None
    assert command("load", str(tmp_path), "--store", store).exit_code == 1
    until = time.monotonic() + 30
    while (town := service.ask('{ town(id: "town:x") { name } }')["data"]["town"]) is None:
        assert time.monotonic() < until, "the snapshot follows the load"
        time.sleep(0.1)
    assert town == {"name": "甲镇"}


def test_a_store_that_dies_is_started_again_and_reading_goes_on(service: Service):
    os.kill(int((service.folder / "java.lock").read_text()), signal.SIGKILL)
    codes, until, books = set[str](), time.monotonic() + 30, None
    while time.monotonic() < until and not (codes and books):
        answer = service.ask('{ town(id: "town:dingxiang-flange") { name } }')
        assert answer["data"]["town"] == {"name": "定襄法兰"}
        answer = service.ask("{ loads(first: 1) { totalCount } }")
        codes |= {error["extensions"]["code"] for error in answer.get("errors", [])}
        books = answer["data"]["loads"]
        time.sleep(0.1)
    assert codes == {"STORE_UNAVAILABLE"}
    assert books["totalCount"] > 0
    assert service.client.get("readyz").status_code == 200


def test_uploads_of_a_killed_service_are_swept_at_start(service: Service):
    assert list(service.temporary.glob("zhenlian-*")) == []


@pytest.mark.parametrize("word", [signal.SIGTERM])
def test_a_signal_stops_it_and_its_database(service: Service, word: int):
    database = int((service.folder / "java.lock").read_text())
    said = len((service.home / "errors").read_text())  # the cause of the death above is in it
    service.process.send_signal(word)
    rest, _ = service.process.communicate(timeout=20)
    assert service.process.returncode == 0
    assert not Path(f"/proc/{database}").exists()
    assert "Traceback" not in (service.home / "errors").read_text()[said:] + rest


def test_a_server_that_is_down_leaves_the_service_up(tmp_path: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        down = f"bolt://127.0.0.1:{taken.getsockname()[1]}"
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "api.cli.main", "serve", "--port", "0", "--store", down],
            cwd=ROOT, env=environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        url = re.search(r"http://\S+?/", process.stdout.readline())[0]
        assert httpx.get(f"{url}healthz").status_code == 200
        ready = httpx.get(f"{url}readyz")
        assert ready.status_code == 503
        told = ready.json()
        assert "答复" in told.pop("why")[1]
        nothing = dict.fromkeys(("reads", "writes", "store", "following"), False)
        assert told == {**nothing, "snapshot": None, "damage": []}
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "Traceback" not in errors
