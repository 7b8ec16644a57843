"""What people read when the embedded store fails: where, why, and what to do, in no words of the database.

Over GraphQL, HTTP and the command line; the disks are full, the processes killed and the files damaged in
truth.
"""

import asyncio
import random
import re
import shutil
import signal
import subprocess
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from benchmarks.loading import tables
from graph.errors import StoreError, StoreMisused, StoreUnavailable
from graph.store import embedded
from graph.store.backends import open_store
from graph.store.store import Statement
from tests.api.http.test_stewards import PIN, client
from tests.api.http.test_uploads import HEADERS, SOUND

ROOT = Path(__file__).parents[2]
RAW = re.compile(
    r"Neo\.|request failed|server log|Exception|Traceback|neo4j_code|127\.0\.0\.1|[a-z]+ [a-z]+ [a-z]+"
)
"""What no person should read: words of the driver, of the database, or of Python."""
WRONG = "not-the-password"
FIRST_CLAIM = "MATCH (c:Claim) RETURN {id: c.id} AS claim ORDER BY c.id LIMIT 1"
MARKS = "UNWIND range(1, 3000) AS n CREATE (:Mark {number: n, text: $text})"
COUNT = "MATCH (m:Mark) RETURN {count: count(m.text)} AS marks"
COMMAND = """
from api.cli.main import main
from graph.store import embedded
embedded.FREE_SPACE = 0
main()
"""
OWNER = """
import asyncio, sys
from pathlib import Path
from graph.store.embedded import embedded_server
async def main():
    async with embedded_server(Path(sys.argv[1])):
        print("ready", flush=True)
        await asyncio.sleep(600)
asyncio.run(main())
"""


@pytest.fixture
def small_disk(disk, monkeypatch):
    """A disk of 48 MB."""
    monkeypatch.setattr(embedded, "FREE_SPACE", 0)
    return disk("size=48m")


@asynccontextmanager
async def filled(disk):
    """Leave 200 kB of a disk, as other files do that grow."""
    free = shutil.disk_usage(disk).free
    (disk / "others").write_bytes(b"\0" * (free - 200_000))
    try:
        yield
    finally:
        (disk / "others").unlink()


async def command(*arguments):
    """Run a command in a process of its own; return its exit code and what it wrote on standard error."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", COMMAND, *map(str, arguments)),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    _, errors = await process.communicate()
    return process.returncode, errors.decode()


def refused(errors):
    """The line that tells a person of the failure; it says nothing of the database's own."""
    (line,) = [line for line in errors.splitlines() if line.startswith("错误：")]
    assert not RAW.search(line), line
    return line


async def test_a_full_disk_is_told_everywhere_and_loses_nothing(small_disk, tmp_path):
    store = small_disk / "store"
    (tmp_path / "tables").mkdir()
    (tmp_path / "many").mkdir()
    tables(tmp_path / "many", 500, 4_000)
    async with (
        open_store(f"embedded:{store}") as opened,
        client(opened, tmp_path / "tables", writable=True) as steward,
    ):
        claim = (await opened.read(FIRST_CLAIM))[0]["id"]
        async with filled(small_disk):
            with pytest.raises(StoreUnavailable, match="磁盘已满") as direct:
                await opened.write(*[Statement(MARKS, {"text": "x" * 300})] * 10)
            code, _, ruled = await steward.error(PIN, claim=claim, reason="已核对")
            sent = await steward.http.post("/load?name=a.xlsx", content=SOUND, headers=HEADERS)
            exit_code, errors = await command("load", tmp_path / "many", "--store", f"embedded:{store}")
        assert (code, sent.status_code, exit_code) == ("STORE_UNAVAILABLE", 503, 3)
        for told in (str(direct.value), ruled, sent.json()["error"]["message"], refused(errors)):
            assert f"磁盘已满：{store} 只剩 0." in told
            assert "请腾出空间后重试" in told
            assert not RAW.search(told), told
        assert (await opened.read(COUNT))[0]["count"] == 0, "a step that failed leaves nothing"
        made = (await steward.data(PIN, claim=claim, reason="已核对"))["pinClaim"]
        assert made["ruling"]["action"] == "PIN"


async def test_a_load_says_that_the_service_it_was_attached_to_has_ended(tmp_path):
    store, many = tmp_path / "store", tmp_path / "many"
    many.mkdir()
    tables(many, 1_000, 20_000)
    owner = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", OWNER, store), cwd=ROOT, stdout=subprocess.PIPE
    )
    await owner.stdout.readline()
    loading = asyncio.create_task(command("load", many, "--store", f"embedded:{store}"))
    async with open_store(f"embedded:{store}") as attached:
        while not (await attached.read("MATCH (l:ChangePart) RETURN {count: count(*)} AS parts"))[0]["count"]:
            assert not loading.done()
            await asyncio.sleep(0.05)
        owner.send_signal(signal.SIGKILL)
        await owner.wait()
        exit_code, errors = await loading
    assert exit_code == 3
    told = refused(errors)
    assert f"提供内置数据库 {store} 的进程（pid {owner.pid}）已结束" in told
    assert "装载再运行一次即可装完" in told


async def test_a_damaged_file_is_told_with_its_place_and_what_to_do(tmp_path):
    store = tmp_path / "store"
    async with open_store(f"embedded:{store}") as opened:
        await opened.write(Statement("CREATE CONSTRAINT IF NOT EXISTS FOR (m:Mark) REQUIRE m.id IS UNIQUE"))
        await opened.write(Statement(MARKS, {"text": "x" * 200}))
    (bucket,) = (store / "databases" / "zhenlian").glob("Mark_0.*.bucket")
    data, chance = bytearray(bucket.read_bytes()), random.Random(1)  # noqa: S311 - damage, not a secret
    for _ in range(len(data) // 50):
        data[chance.randrange(len(data))] ^= 0xFF
    bucket.write_bytes(data)
    async with open_store(f"embedded:{store}") as opened:
        with pytest.raises(StoreError, match="数据文件已损坏") as caught:
            await opened.read(COUNT)
    told = str(caught.value)
    assert f"用备份恢复 {store}" in told
    assert not RAW.search(told), told


async def test_a_schema_that_can_not_be_read_is_told_at_the_start(tmp_path):
    store = tmp_path / "store"
    async with open_store(f"embedded:{store}") as opened:
        await opened.write(Statement(MARKS, {"text": ""}))
    for file in (store / "databases" / "zhenlian").iterdir():
        file.write_bytes(b"\xff" * file.stat().st_size)
    exit_code, errors = await command("undo", "load:none", "--store", f"embedded:{store}")
    assert exit_code == 3
    assert str(store) in refused(errors)


async def test_a_statement_that_is_wrong_names_the_line_of_the_log(tmp_path):
    async with open_store(f"embedded:{tmp_path}") as opened:
        with pytest.raises(StoreMisused, match=rf"原因见 {tmp_path}/server.log 第 \d+ 行") as caught:
            await opened.read("MATCH (m:Mark RETURN {m: 1} AS wrong")
    line = int(re.search(r"第 (\d+) 行", str(caught.value))[1])
    said = (tmp_path / "server.log").read_text().splitlines()[line - 1 :]
    assert "Syntax error" in said[0]
    assert not RAW.search(str(caught.value).replace(str(tmp_path), ""))


async def test_a_server_that_refuses_is_told_without_its_words(address):
    wrong = "MATCH (m:Mark RETURN {m: 1} AS wrong"
    async with open_store(
        address.url, user=address.user, password=address.password, database=address.database
    ) as opened:
        with pytest.raises(StoreMisused, match="原因见数据库的日志") as caught:
            await opened.read(wrong)
    assert address.url in str(caught.value)
    assert not RAW.search(str(caught.value).replace(address.url, ""))


async def test_a_password_that_is_wrong_is_told_without_it(address):
    async with open_store(
        address.url, user=address.user, password=WRONG, database=address.database
    ) as opened:
        with pytest.raises(StoreUnavailable, match="拒绝登录") as caught:
            await opened.read(COUNT)
    assert WRONG not in str(caught.value)
