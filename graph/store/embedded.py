"""The embedded store: ArcadeDB from its wheel, run as a child process that can't outlive us.

A data folder holds `owner.lock` (the pid that serves it, and the Bolt port once it answers), `java.lock`
(held until the database process has really ended), `password` (0600), `server.log`, and ArcadeDB's own files.
"""

import asyncio
import errno
import importlib.util
import os
import platform
import secrets
import shutil
import socket
import subprocess
import sys
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from neo4j import AsyncDriver, AsyncGraphDatabase
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from graph.errors import EmbeddedUnusable
from graph.store import guard
from graph.store.diagnosis import FAILED, LOG, Since

PACKAGE = "arcadedb_embedded"
FREE_SPACE = 200_000_000
ATTACH_SECONDS, START_SECONDS, QUIET_SECONDS, STOP_SECONDS = 30, 60, 10, 25
PORT_TRIES = 3
INSTEAD = "或改用 Neo4j：--store bolt://主机:7687"
MAIN = "com.arcadedb.server.ArcadeDBServer"
LOGGING = """\
handlers = java.util.logging.ConsoleHandler
.level = WARNING
com.arcadedb.level = INFO
java.util.logging.ConsoleHandler.level = INFO
java.util.logging.ConsoleHandler.formatter = com.arcadedb.log.LogFormatter
"""
_STARTED = "ArcadeDB Server started"
_PORT = "Unable to listen for BOLT connections"
_UNWANTED = ("mcp", "postgresw", "redisw", "graphql", "console", "python-bridge", "integration")
if sys.platform == "win32":
    _FLAGS = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
else:
    _FLAGS = 0


class _PortTaken(EmbeddedUnusable):
    """Another program took the port between our look and the server's."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where the embedded store answers, and to whom; `owned` is false when another process runs it."""

    folder: Path
    url: str
    user: str
    password: str = field(repr=False)
    owned: bool
    owner: int = field(default_factory=os.getpid)
    """The process that runs it."""
    kept: bool = False
    """Whether another process starts it again whenever it ends."""
    process: asyncio.subprocess.Process | None = field(default=None, repr=False)

    async def ended(self) -> int:
        """Wait until the server is gone; return its exit code, or -1 for another process's server."""
        if self.process:
            return await self.process.wait()
        while await self.listens():  # noqa: ASYNC110 - another process sends no event
            await asyncio.sleep(1)
        return -1

    async def listens(self) -> bool:
        """Whether anything takes connections at its address."""
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", _port(self.url))
        except OSError:
            return False
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
        return True

    def end(self) -> str:
        """Tell people that it has ended, and why when that is known."""
        if self.owned or self.kept:
            cause = Since.lately(self.folder).cause()
            why = f"（{cause}）" if cause else ""
            return f"内置数据库 {self.folder} 意外结束{why}，正在重新启动：请稍后再试"
        return (
            f"提供内置数据库 {self.folder} 的进程（pid {self.owner}）已结束，这一步没有完成："
            "请再试一次；装载再运行一次即可装完"
        )


@asynccontextmanager
async def embedded_server(
    folder: Path,
    database: str = "zhenlian",
    *,
    exclusive: bool = False,
    joining: bool = False,
    memory: str = "512m",
) -> AsyncGenerator[Server]:
    """Serve `database` from `folder` while the context lasts, or attach to the process that does so already.

    `exclusive` refuses to attach; `joining` waits, without end, for a process to attach to, and never serves.
    Enter again to restart a server that `ended()`. Raises EmbeddedUnusable.
    """
    if joining:
        yield await _joined(_absolute(folder), database)
        return
    folder, command = _absolute(folder), _command(_package(), database, memory)
    with await asyncio.to_thread(_open, folder) as lock:
        if attached := await _attached(folder, database, lock, exclusive=exclusive):
            yield attached
            return
        with _plainly(folder):
            guard.write(lock, f"{os.getpid()}")
        server = await _started(folder, database, command)
        try:
            with _plainly(folder):
                guard.write(lock, f"{os.getpid()} {_port(server.url)}")
            yield server
        finally:
            with suppress(OSError):
                guard.write(lock, f"{os.getpid()}")
            await _stop(server.process)


def _absolute(folder: Path) -> Path:
    return folder.expanduser().absolute()


def _package() -> Path:
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise EmbeddedUnusable(_missing())
    package = Path(found.origin).parent
    if not os.access(_java(package), os.X_OK):
        raise EmbeddedUnusable(
            f"不能运行内置数据库自带的 Java（{_java(package)}）：请重新安装 arcadedb-embedded，{INSTEAD}"
        )
    return package


def _missing() -> str:
    system, machine = platform.system(), platform.machine()
    if (system, machine.lower()) not in {("Linux", "x86_64"), ("Darwin", "arm64"), ("Windows", "amd64")}:
        return f"内置数据库没有 {system} {machine} 的安装包：请在其他电脑上运行，{INSTEAD}"
    if system == "Linux" and _glibc() < (2, 34):
        version = ".".join(map(str, _glibc())) or "无"
        return f"内置数据库需要 glibc 2.34 以上（本机：{version}）：请升级系统，{INSTEAD}"
    return f"没有安装内置数据库：请运行 uv sync（或 pip install arcadedb-embedded），{INSTEAD}"


def _glibc() -> tuple[int, ...]:
    library, version = platform.libc_ver()
    return tuple(int(part) for part in version.split(".")) if library == "glibc" else ()


def _java(package: Path) -> Path:
    return package / "jre" / "bin" / ("java.exe" if sys.platform == "win32" else "java")


def _command(package: Path, database: str, memory: str) -> list[str]:
    """Build the server's command: its port comes later, its password stays in the file.

    Paths are relative to the data folder: ArcadeDB would expand a `${…}` in the folder's name.
    """
    options = {
        "server.rootPath": ".",
        "server.databaseDirectory": "databases",
        "server.logsDirectory": "log",
        "server.rootPasswordPath": "password",
        "server.defaultDatabases": f"{database}[]",
        "server.mode": "production",
        "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "bolt.host": "127.0.0.1",
        "server.httpIncomingHost": "127.0.0.1",
        "server.httpIncomingPort": 0,  # it can't be switched off: on a port nobody is told, with 2 threads
        "server.httpWorkerThreads": 2,
        "server.httpsIoThreads": 1,
        "studio.enabled": "false",
        "serverMetrics": "false",
        "support.autoRegister": "false",
        "polyglotEngineEnabled": "false",
        "opencypher.loadCsv.allowFileUrls": "false",
        "opencypher.loadCsv.allowRemoteUrls": "false",
    }
    jars = [str(jar) for jar in sorted((package / "jars").glob("*.jar")) if not _unwanted(jar)]
    return [
        str(_java(package)),
        f"-Xmx{memory}",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:-UsePerfData",
        "-Djava.util.logging.config.file=logging.properties",
        "--add-modules=jdk.incubator.vector",
        *("-cp", os.pathsep.join(jars)),
        *(f"-Darcadedb.{name}={value}" for name, value in options.items()),
    ]


def _unwanted(jar: Path) -> bool:
    return jar.name.startswith(tuple(f"arcadedb-{name}" for name in _UNWANTED))


@contextmanager
def _plainly(folder: Path) -> Generator[None]:
    """Turn a failure of the file system into one sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise EmbeddedUnusable(f"磁盘已满：请在 {folder} 所在的磁盘上腾出空间后重试") from error
        raise EmbeddedUnusable(
            f"不能使用数据目录 {folder}（{error.strerror}）：请检查权限，或换一个目录"
        ) from error


def _open(folder: Path) -> BinaryIO:
    with _plainly(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free
        if free < FREE_SPACE:
            raise EmbeddedUnusable(
                f"磁盘空间不足：{folder} 只剩 {free // 10**6} MB，请至少留出 {FREE_SPACE // 10**6} MB"
            )
        return (folder / "owner.lock").open("a+b", buffering=0)


async def _attached(folder: Path, database: str, lock: BinaryIO, *, exclusive: bool) -> Server | None:
    """Take the lock, or find the server of the process that holds it."""
    pid = ""
    with _plainly(folder), suppress(TimeoutError):  # in this order: a TimeoutError is an OSError
        async with asyncio.timeout(ATTACH_SECONDS):
            while not guard.take(lock):
                lock.seek(0)
                pid, _, port = lock.read(100).decode().partition(" ")
                if exclusive and pid:
                    raise EmbeddedUnusable(
                        f"数据目录 {folder} 正被另一个进程（pid {pid}）使用：请先停止它，或换一个目录"
                    )
                if port and (server := await _found(folder, database, int(pid), int(port))):
                    return None if guard.take(lock) else server  # its owner may have died meanwhile
                await asyncio.sleep(0.1)
            return None
    raise EmbeddedUnusable(
        f"另一个进程（pid {pid}）占用数据目录 {folder}，"
        f"它的数据库 {database} 在 {ATTACH_SECONDS} 秒内没有应答：请稍后重试，或先停止它"
    )


async def _joined(folder: Path, database: str) -> Server:
    """Wait for the server of another process, whatever it says meanwhile: that process tells people."""
    while True:
        with suppress(OSError, ValueError, EmbeddedUnusable):
            pid, _, port = (folder / "owner.lock").read_text().partition(" ")
            if port and (server := await _found(folder, database, int(pid), int(port))):
                return replace(server, kept=True)
        await asyncio.sleep(0.1)


async def _found(folder: Path, database: str, pid: int, port: int) -> Server | None:
    url, password = f"bolt://127.0.0.1:{port}", (folder / "password").read_text()
    server = Server(folder, url, "root", password, owned=False, owner=pid)
    async with _driver(server) as driver:
        return server if await _answers(driver, database) else None


async def _started(folder: Path, database: str, command: list[str]) -> Server:
    for _ in range(PORT_TRIES - 1):
        with suppress(_PortTaken):
            return await _start(folder, database, command)
    return await _start(folder, database, command)


async def _start(folder: Path, database: str, command: list[str]) -> Server:
    port, log = _free_port(), folder / LOG
    with _plainly(folder):
        password = await asyncio.to_thread(_password, folder)
        guard.rotate(log)
        (folder / "logging.properties").write_text(
            LOGGING
        )  # ArcadeDB's own would fill 1 GB in a second place
        since = Since.now(folder)
        process = await _spawn(folder, [*command, f"-Darcadedb.bolt.port={port}", MAIN])
    server = Server(folder, f"bolt://127.0.0.1:{port}", "root", password, owned=True, process=process)
    try:
        async with asyncio.timeout(START_SECONDS):
            await _ready(server, database, since)
    except TimeoutError:
        await _stop(process)
        raise EmbeddedUnusable(f"内置数据库在 {START_SECONDS} 秒内没有就绪：{since.told()}") from None
    except BaseException:
        await _stop(process)
        raise
    return server


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _password(folder: Path) -> str:
    """Return the password, made anew when there is none; ArcadeDB then makes its root user anew."""
    path, draft = folder / "password", folder / "password.new"
    if path.exists() and (password := path.read_text()):
        return password
    (folder / "config" / "server-users.jsonl").unlink(missing_ok=True)
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(24))
    draft.replace(path)
    return path.read_text()


async def _spawn(folder: Path, command: list[str]) -> asyncio.subprocess.Process:
    """Start the guard, away from the terminal: its output in the log, its signals its own."""
    log = folder / LOG
    with log.open("ab") as output:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-S", guard.__file__, folder / "java.lock", log, *command),
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            cwd=folder,
            start_new_session=True,
            creationflags=_FLAGS,
        )


async def _ready(server: Server, database: str, since: Since) -> None:
    ask = asyncio.get_running_loop().time() + QUIET_SECONDS
    async with _driver(server) as driver:
        while True:
            text = since.text()
            if server.process and (code := server.process.returncode) is not None:
                raise _failure(since, code)
            if FAILED in text:  # its main thread is dead, but the process hangs on
                raise _failure(since, 1)
            # Asked earlier, it writes a stack trace for each question.
            if (_STARTED in text or ask < asyncio.get_running_loop().time()) and await _answers(
                driver, database
            ):
                return
            await asyncio.sleep(0.1)


def _driver(server: Server) -> AsyncDriver:
    return AsyncGraphDatabase.driver(
        server.url, auth=(server.user, server.password), connection_timeout=5, telemetry_disabled=True
    )


async def _answers(driver: AsyncDriver, database: str) -> bool:
    try:
        async with driver.session(database=database) as session:
            await (await session.run("RETURN 1")).consume()
    except AuthError as error:
        raise EmbeddedUnusable(
            "内置数据库不接受数据目录里的密码：请删除其中的 password 文件后重启"
        ) from error
    except (DriverError, Neo4jError, OSError):
        return False
    return True


def _failure(since: Since, code: int) -> EmbeddedUnusable:
    if code == guard.LOCKED:
        pid = (since.folder / "java.lock").read_text()
        return EmbeddedUnusable(f"上次的数据库进程（pid {pid}）还没有结束：请稍后重试，或先结束它")
    if _PORT in since.text():
        return _PortTaken(f"找不到空闲的本机端口：请稍后重试，{INSTEAD}")
    return EmbeddedUnusable(f"内置数据库不能启动：{since.told()}，{INSTEAD}")


def _port(url: str) -> int:
    return int(url.rpartition(":")[2])


async def _stop(process: asyncio.subprocess.Process | None) -> None:
    """Close the guard's pipe and wait: it ends the database, by force after 20 s."""
    if process is None or process.stdin is None:
        return
    process.stdin.close()
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
    with suppress(OSError):
        await process.stdin.wait_closed()
