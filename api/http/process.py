"""The process: the port it takes before anything slow begins, and the signals that end its work."""

import asyncio
import errno
import gc
import os
import signal
import socket
import sys
from collections.abc import Coroutine, Generator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from api.settings import Settings
from graph.errors import ChainError

if sys.platform == "win32":
    _LOOP = None
else:
    import uvloop  # faster (`python -m benchmarks http`); there is none for Windows

    _LOOP = uvloop.new_event_loop
_REASONS = {
    errno.EADDRINUSE: "端口已被占用",
    errno.EACCES: "没有权限",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
    socket.EAI_NONAME: "主机名无法解析",
}


class PortTaken(ChainError):
    """The service can't listen where it was told to."""


@contextmanager
def listener(host: str, port: int) -> Generator[socket.socket]:
    """Take the port before anything slow is started; close it in the end. Raises PortTaken."""
    try:
        taken = _bound(host, port)
    except OSError as error:
        reason = _REASONS.get(error.errno or 0) or error.strerror or str(error)
        raise PortTaken(f"不能在 {host}:{port} 上提供服务（{reason}）：请换一个端口，如 --port 0") from error
    with taken:
        yield taken


def _bound(host: str, port: int) -> socket.socket:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, kind, protocol, _, address = found[0]
    made = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen()
    except BaseException:
        made.close()
        raise
    return made


def address(taken: socket.socket, settings: Settings) -> str:
    """Write the address that a browser opens."""
    host, port = taken.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{host}:{port}{settings.root_path}/"


def run[T](work: Coroutine[Any, Any, T]) -> T | None:
    """Run to the end and return what came out; Ctrl-C or SIGTERM cancels the work, and gives None."""

    async def stoppable() -> T | None:
        loop, task = asyncio.get_running_loop(), asyncio.ensure_future(work)

        def stop(*_: object) -> None:
            loop.call_soon_threadsafe(task.cancel)

        before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            return await task
        except asyncio.CancelledError:
            return None
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    with asyncio.Runner(loop_factory=_LOOP) as runner:
        return runner.run(stoppable())


def imported(name: str) -> Any:
    """Import a module, without looking for garbage among the million objects that it makes and that stay."""
    gc.disable()
    try:
        return import_module(name)
    finally:
        gc.freeze()
        gc.enable()
