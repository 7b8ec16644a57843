"""The guard: runs one command under a lock, and ends it when our parent ends in any way.

    python guard.py LOCK LOG COMMAND...

The parent holds the other end of our standard input. When it closes (a clean stop, a crash, `kill -9`), the
command gets SIGTERM, and SIGKILL 20 s later. The command inherits the lock: it is free again only when the
command has really ended. A program of its own: it imports the standard library alone.
"""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, NoReturn

LOCKED = 75
LOG_SIZE = 10_000_000
_PATIENCE = 30.0
_GRACE = 20.0
_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG

if sys.platform == "win32":
    import msvcrt

    def take(file: BinaryIO) -> bool:
        """Lock `file` until it is closed, or say that another process has it."""
        file.seek(1 << 30)  # Windows forbids others to read what is locked: lock a byte behind the text
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def take(file: BinaryIO) -> bool:
        """Lock `file` until it is closed here and in every process that inherited it."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def rotate(log: Path) -> None:
    """Move a log that has grown big to `.1`, in place: its writer goes on writing."""
    if log.exists() and log.stat().st_size > LOG_SIZE:
        shutil.copyfile(log, log.with_name(log.name + ".1"))
        os.truncate(log, 0)


def write(file: BinaryIO, text: str) -> None:
    """Replace what stands in a lock file."""
    file.truncate(0)
    file.write(text.encode())


def main(lock: Path, log: Path, command: list[str]) -> int:
    """Run `command` to its end, or to our parent's; return its exit code."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    over = threading.Event()
    with lock.open("a+b", buffering=0) as file:
        if not _taken(file):
            return LOCKED
        child = _run(command, file)
        write(file, str(child.pid))
        for wait in (child.wait, _parent_ends):
            threading.Thread(target=_report, args=(wait, over), daemon=True).start()
        try:
            while not over.wait(60):
                rotate(log)
        finally:
            code = _stop(child)
    return code


def _taken(file: BinaryIO) -> bool:
    parent, patience = os.getppid(), time.monotonic() + _PATIENCE
    while not take(file):
        if os.getppid() != parent or time.monotonic() > patience:
            return False
        time.sleep(0.05)
    return True


def _run(command: list[str], lock: BinaryIO) -> subprocess.Popen[bytes]:
    for name in ("CLASSPATH", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"):
        os.environ.pop(name, None)
    os.umask(0o077)
    if sys.platform == "linux":
        os.environ["LC_ALL"] = "C.UTF-8"  # in the C locale Java opens no file with a Chinese name
    return subprocess.Popen(  # noqa: S603 - our own command
        command,
        stdin=subprocess.DEVNULL,
        pass_fds=() if sys.platform == "win32" else (lock.fileno(),),
        preexec_fn=_end_with_guard if sys.platform == "linux" else None,  # noqa: PLW1509 - no thread runs yet
    )


def _end_with_guard() -> None:
    ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGTERM)


def _report(wait: Callable[[], object], over: threading.Event) -> None:
    wait()
    over.set()


def _parent_ends() -> None:
    while os.read(0, 1):
        pass


def _leave(*_: object) -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit(128 + signal.SIGTERM)


def _stop(child: subprocess.Popen[bytes]) -> int:
    child.terminate()
    try:
        return child.wait(_GRACE)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]))
