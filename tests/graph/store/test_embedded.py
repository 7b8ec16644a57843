"""The embedded store, with real servers: it starts, is shared, dies with its owner and comes back."""

import asyncio
import importlib.util
import os
import signal
import stat
import subprocess
import sys
import time
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from neo4j import AsyncGraphDatabase

from graph.errors import EmbeddedUnusable
from graph.store import embedded, guard
from graph.store.embedded import embedded_server

ROOT = Path(__file__).parents[3]
OWNER = """
import asyncio, sys
from pathlib import Path
from neo4j import AsyncGraphDatabase
from graph.store.embedded import embedded_server

async def main():
    async with embedded_server(Path(sys.argv[1])) as server:
        print(server.owned, server.url, flush=True)
        async with AsyncGraphDatabase.driver(server.url, auth=(server.user, server.password)) as driver:
            for number in range(int(sys.argv[2])):
                await driver.execute_query("CREATE (:Mark {number: $n})", n=number, database_="zhenlian")
                print(number, flush=True)

asyncio.run(main())
"""


@asynccontextmanager
async def another_process(*arguments):
    """Run OWNER elsewhere; give the process, ready to have its lines read; kill what is left of it."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-W", "error", "-c", OWNER, *map(str, arguments)), stdout=subprocess.PIPE, cwd=ROOT
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.communicate()


async def rows(server, cypher, **parameters):
    async with AsyncGraphDatabase.driver(server.url, auth=(server.user, server.password)) as driver:
        records, _, _ = await driver.execute_query(cypher, parameters, database_="zhenlian")
        return [list(record) for record in records]


def java(folder):
    return int((folder / "java.lock").read_text())


def alive(pid):
    """Say whether a process runs: a dead one that nobody has reaped yet does not."""
    with suppress(FileNotFoundError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


async def gone(pid):
    async with asyncio.timeout(10):
        while alive(pid):  # noqa: ASYNC110 - not our child
            await asyncio.sleep(0.05)


@pytest.fixture(scope="module")
async def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("data") / "数据 ${HOME} 'a' \"b\" \\ #1"


@pytest.fixture(scope="module")
async def server(folder):
    async with embedded_server(folder) as server:
        yield server


async def test_it_answers_from_a_folder_with_any_name(server, folder):
    await rows(server, "CREATE CONSTRAINT IF NOT EXISTS FOR (n:Town) REQUIRE n.id IS UNIQUE")
    await rows(server, "CREATE CONSTRAINT IF NOT EXISTS FOR (n:Town) REQUIRE n.id IS UNIQUE")
    assert await rows(server, "MERGE (n:Town {id: '镇'}) RETURN n.id") == [["镇"]]
    assert server.owned
    assert list(folder.parent.iterdir()) == [folder]


async def test_only_we_can_read_the_folder_and_the_password(server, folder):
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / "password")]
    assert modes == [0o700, 0o600]
    assert (folder / "password").read_text() == server.password
    assert server.password not in repr(server)


async def test_no_command_line_shows_the_password(server, folder):
    lines = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if path.exists()]
    assert any(b"ArcadeDBServer" in line for line in lines)
    assert not any(server.password.encode() in line for line in lines)
    assert server.password not in (folder / "server.log").read_text()


@pytest.mark.usefixtures("server")
async def test_every_port_is_on_loopback_and_the_optional_parts_are_off(folder):
    found = subprocess.run(["ss", "-Hltnp"], capture_output=True, text=True, check=False).stdout  # noqa: ASYNC221, S607
    listeners = [line for line in found.splitlines() if f"pid={java(folder)}," in line]
    assert all("127.0.0.1" in line for line in listeners)
    log = (folder / "server.log").read_text()
    assert "plugins [Neo4j-Bolt, AutoBackupSchedulerPlugin]" in log
    assert "SEVER" not in log


async def test_another_process_attaches(server, folder):
    async with another_process(folder, 1) as other:
        assert (await other.stdout.readline()).decode().split() == ["False", server.url]
        assert await other.wait() == 0
    assert await rows(server, "MATCH (n:Mark) RETURN n.number") == [[0]]


async def test_exclusive_names_the_process_in_the_way(server, folder):
    assert server.owned
    with pytest.raises(EmbeddedUnusable, match=rf"正被另一个进程（pid {os.getpid()}）使用"):
        async with embedded_server(folder, exclusive=True):
            pass


async def test_attaching_to_a_database_that_is_not_there_ends(server, folder, monkeypatch):
    monkeypatch.setattr(embedded, "ATTACH_SECONDS", 0.5)
    assert server.owned
    assert "它的数据库 another 在 0.5 秒内没有应答" in await refusal(folder, database="another")


async def test_kill_9_of_the_owner_loses_nothing_acknowledged(tmp_path):
    async with another_process(tmp_path, 100_000) as owner:
        assert (await owner.stdout.readline()).startswith(b"True")
        for _ in range(50):
            acknowledged = int(await owner.stdout.readline())
        async with embedded_server(tmp_path) as attached:
            assert not attached.owned
            first = java(tmp_path)
            owner.send_signal(signal.SIGKILL)
            await owner.wait()  # until then it still holds the lock, and others attach
            async with embedded_server(tmp_path) as server:
                assert server.owned
                assert not alive(first)
                assert await attached.ended() == -1
                [[count]] = await rows(server, "MATCH (n:Mark) RETURN count(n)")
                assert count > acknowledged


async def test_entering_again_restarts_what_was_killed(tmp_path):
    async with embedded_server(tmp_path) as server:
        await rows(server, "CREATE (:Mark {number: 1})")
        os.kill(java(tmp_path), signal.SIGKILL)
        async with asyncio.timeout(5):
            assert await server.ended() != 0
    (tmp_path / "password").unlink()
    async with embedded_server(tmp_path) as again:
        assert again.password != server.password
        assert await rows(again, "MATCH (n:Mark) RETURN n.number") == [[1]]
        os.kill(guards(tmp_path).pop(), signal.SIGKILL)
        async with asyncio.timeout(5):
            await again.ended()
        await gone(java(tmp_path))


def guards(folder):
    """Find the guards of a folder among all processes."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if guard.__file__ in (line := path.read_text().split("\0")) and f"{folder}/java.lock" in line:
                found.add(int(path.parts[2]))
    return found


async def refusal(folder, **options):
    started = time.monotonic()
    with pytest.raises(EmbeddedUnusable) as caught:
        async with embedded_server(folder, **options):
            pass
    assert time.monotonic() - started < 10
    assert "\n" not in str(caught.value)
    return str(caught.value)


async def test_a_folder_that_can_not_be_is_named(tmp_path):
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "below", Path("/proc/zhenlian")):
        assert f"不能使用数据目录 {folder}" in await refusal(folder)


async def test_a_full_disk_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(embedded, "FREE_SPACE", 10**18)
    assert "磁盘空间不足" in await refusal(tmp_path)


async def test_a_missing_package_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(embedded, "PACKAGE", "no_such_package")
    assert importlib.util.find_spec(embedded.PACKAGE) is None
    assert "uv sync" in (message := await refusal(tmp_path))
    assert "--store bolt://主机:7687" in message


@pytest.mark.parametrize(
    ("machine", "libc", "words"),
    [
        ("Linux aarch64", ("glibc", "2.39"), "没有 Linux aarch64 的安装包"),
        ("Darwin x86_64", ("", ""), "没有 Darwin x86_64 的安装包"),
        ("Linux x86_64", ("glibc", "2.31"), "本机：2.31"),
        ("Linux x86_64", ("", ""), "本机：无"),
    ],
)
async def test_a_system_without_a_wheel_is_named(tmp_path, monkeypatch, machine, libc, words):
    monkeypatch.setattr(embedded, "PACKAGE", "no_such_package")
    monkeypatch.setattr("platform.system", lambda: machine.split()[0])
    monkeypatch.setattr("platform.machine", lambda: machine.split()[1])
    monkeypatch.setattr("platform.libc_ver", lambda: libc)
    message = await refusal(tmp_path)
    assert words in message
    assert "--store bolt://主机:7687" in message


async def test_java_that_dies_at_start_gives_its_reason(tmp_path):
    assert "像 512m 或 2g" in await refusal(tmp_path, memory="plenty")


async def test_a_taken_port_is_tried_again(server, tmp_path, monkeypatch):
    ports = [embedded._free_port(), embedded._port(server.url)]
    monkeypatch.setattr(embedded, "_free_port", ports.pop)
    async with embedded_server(tmp_path) as second:
        assert second.url != server.url
    assert not ports


def test_a_big_log_is_moved_in_place(tmp_path, monkeypatch):
    monkeypatch.setattr(guard, "LOG_SIZE", 10)
    log = tmp_path / "server.log"
    with log.open("ab", buffering=0) as writer:
        writer.write(b"much more than ten bytes")
        guard.rotate(log)
        writer.write(b"new")
    assert log.read_bytes() == b"new"
    assert (tmp_path / "server.log.1").read_bytes() == b"much more than ten bytes"
