"""Diagnosis: why an embedded store failed, from what lies in its folder: the space left, and its own log.

The database conceals the causes of its errors from whoever asks it; they stand in `server.log` alone. What
people are told names the cause in our words, or the line of the log; never the database's own.
"""

import errno
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.errors import DiskFull

LOG = "server.log"
LEAST_SPACE = 1_000_000
"""Bytes of free space below which a failure is put down to the full disk."""
FAILED = 'Exception in thread "main" '
"""What Java writes when the server could not start."""
LONGEST, LAST_LINES = 1_000_000, 2_000
"""Bytes of the log that are read at most, and that are looked at when a process has ended."""
_FULL = ("No space left on device", "Disk quota exceeded", "There is not enough space")
_MEMORY = "内存不足：请关闭其他程序、把这一步分成几份，或调小数据库内存"
_DAMAGED = "数据文件已损坏：请停止服务，用备份恢复 {folder}，没有备份时换一个目录重新装载"
_CAUSES: Mapping[str, str] = {
    "Could not reserve enough space": _MEMORY,
    "insufficient memory": _MEMORY,
    "OutOfMemoryError": _MEMORY,
    "Invalid maximum heap size": "数据库内存的写法不对：应像 512m 或 2g",
    "Permission denied": "没有权限读写 {folder} 或运行自带的 Java：请检查权限",
    "Read-only file system": "{folder} 所在的磁盘只读：请检查磁盘",
    "Input/output error": "{folder} 所在的磁盘读写出错：请检查磁盘",
    "Cannot find record type": _DAMAGED,
    "Invalid position": _DAMAGED,
    "has no header page": _DAMAGED,
    "not a multiple of its page size": _DAMAGED,
    "is corrupt": _DAMAGED,
}
_ERRORS = ("Caused by: ", FAILED, "SEVER ", "Error: ", "WARNI ")


def full_disk(folder: Path) -> str:
    """Say that the disk of a folder is full, how much is left, and what to do."""
    free = shutil.disk_usage(folder).free
    return f"磁盘已满：{folder} 只剩 {free / 10**6:.1f} MB，请腾出空间后重试"


def no_room(folder: Path, least: int = LEAST_SPACE) -> bool:
    """Whether the disk of a folder has less free than some bytes."""
    return shutil.disk_usage(folder).free < least


def disk_full(error: OSError, folders: Iterable[Path]) -> DiskFull | None:
    """Make of a failure to write the error that says where; None: it failed for another reason.

    An error that names no file came from one of `folders`: from that with the least room.
    """
    if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
        return None
    if error.filename:
        return DiskFull(full_disk(Path(str(error.filename)).absolute().parent))
    there = [folder for folder in folders if folder.exists()]
    return DiskFull(full_disk(min(there, key=lambda folder: shutil.disk_usage(folder).free)))


@dataclass(frozen=True, slots=True)
class Since:
    """The folder of an embedded store, and the place of its log from which on a failure is looked for."""

    folder: Path
    begin: int

    @classmethod
    def now(cls, folder: Path) -> "Since":
        """Mark the end of the log as it is."""
        log = folder / LOG
        return cls(folder, log.stat().st_size if log.exists() else 0)

    @classmethod
    def lately(cls, folder: Path) -> "Since":
        """Mark the last lines of the log: what a process wrote before it ended."""
        return cls(folder, max(0, cls.now(folder).begin - LAST_LINES))

    def text(self) -> str:
        """Read what was written since; all of it when the log was moved away meanwhile."""
        log = self.folder / LOG
        if not log.exists():
            return ""
        size = log.stat().st_size
        with log.open("rb") as file:
            file.seek(max(self.begin if self.begin <= size else 0, size - LONGEST))
            return file.read(LONGEST).decode(errors="replace")

    def cause(self) -> str | None:
        """The cause and what to do; None when it is none that is known."""
        text = self.text()
        if no_room(self.folder) or any(sign in text for sign in _FULL):
            return full_disk(self.folder)
        found = (words for sign, words in _CAUSES.items() if sign in text)
        return next((words.format(folder=self.folder) for words in found), None)

    def place(self) -> str:
        """Name the line of the log that says most: of the last cause, else the last error, else the last."""
        log, text = self.folder / LOG, self.text()
        whole = log.read_bytes().count(b"\n") if log.exists() else 0
        before, lines = whole - text.count("\n"), text.splitlines()
        marked = {sign: n for n, line in enumerate(lines, 1) for sign in _ERRORS if sign in line}
        number = next((marked[sign] for sign in _ERRORS if sign in marked), len(lines))
        return f"{log} 第 {before + number} 行"

    def told(self) -> str:
        """The cause, or where it stands."""
        return self.cause() or f"原因见 {self.place()}"
