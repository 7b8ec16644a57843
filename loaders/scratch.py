"""Folders for the files of one piece of work; what a killed process left behind is swept by another."""

import logging
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory, gettempdir

from graph.store.guard import take

_PREFIX, _LOCK, _FILES = "zhenlian-", "in-use", "files"
_YOUNG = 60.0
"""Seconds in which a folder that is not locked may belong to a process that is about to lock it."""
log = logging.getLogger(__name__)


@contextmanager
def scratch() -> Generator[Path]:
    """Make an empty folder that is gone at the end, and is locked as long as this process lives."""
    with TemporaryDirectory(prefix=_PREFIX) as name, (Path(name) / _LOCK).open("a+b", buffering=0) as lock:
        take(lock)
        files = Path(name) / _FILES
        files.mkdir()
        yield files


def sweep() -> int:
    """Remove the folders of processes that are gone, and count them; what is locked stays."""
    old = time.time() - _YOUNG
    left = [folder for folder in Path(gettempdir()).glob(f"{_PREFIX}*") if _is_left(folder, old)]
    for folder in left:
        rmtree(folder, ignore_errors=True)
    if left:
        log.info("removed %d temporary folders of processes that were killed", len(left))
    return len(left)


def _is_left(folder: Path, old: float) -> bool:
    """Whether a folder is one of ours, and of nobody who lives; those of other users can't be opened."""
    try:
        if folder.is_symlink() or folder.stat().st_mtime > old:
            return False
        with (folder / _LOCK).open("r+b", buffering=0) as lock:
            return take(lock)
    except OSError:
        return False
