"""Temporary folders go with their process, however it ends."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from loaders.scratch import scratch, sweep

PROGRAM = """
import signal
from loaders.scratch import scratch
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored, where the tests run in the background
with scratch() as folder:
    (folder / "book.xlsx").write_text("x")
    print(folder.parent, flush=True)
    input()
"""


@contextmanager
def working(place: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Run a process that works in a temporary folder, an old one."""
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", PROGRAM],
        env=os.environ | {"TMPDIR": str(place), "TEMP": str(place)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    folder = Path(process.stdout.readline().strip())
    os.utime(folder, (0, 0))
    try:
        yield process, folder
    finally:
        process.kill()
        process.communicate()


def left_behind(place: Path) -> Path:
    """Leave the folder of a process that was killed."""
    with working(place) as (process, folder):
        process.kill()
        process.wait()
    assert (folder / "files" / "book.xlsx").exists()
    return folder


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_folder_is_gone_at_the_end(place: Path):
    with scratch() as folder:
        assert list(folder.iterdir()) == []
        assert folder.is_relative_to(place)
    assert list(place.iterdir()) == []


def test_what_killed_processes_left_is_swept_and_nothing_else(place: Path):
    left = left_behind(place), left_behind(place)
    young = left_behind(place)
    os.utime(young)
    foreign = place / "zhenlian-notes"
    foreign.mkdir()
    os.utime(foreign, (0, 0))
    (place / "zhenlian-linked").symlink_to(foreign)
    with scratch() as own, working(place) as (process, alive):
        os.utime(own.parent, (0, 0))
        assert sweep() == len(left)
        assert not any(folder.exists() for folder in left)
        assert all(folder.exists() for folder in (young, foreign, own, alive / "files" / "book.xlsx"))
        process.communicate("\n")
        assert process.returncode == 0
    os.utime(young, (0, 0))
    assert sweep() == 1
    assert sorted(path.name for path in place.iterdir()) == ["zhenlian-linked", "zhenlian-notes"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_an_interrupted_process_sweeps_its_own(place: Path):
    with working(place) as (process, folder):
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
    assert not folder.exists()
