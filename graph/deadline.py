"""Deadlines: how a long analysis learns that nobody waits for it any more.

A thread can't be cancelled from outside, so analyses call `checkpoint()` between their steps. Outside of
`within`, as in notebooks and batch commands, it does nothing.
"""

import time
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

from graph.errors import TooSlow

_current: ContextVar["Deadline | None"] = ContextVar("deadline", default=None)


class Deadline:
    """How long an analysis may still run: until its seconds are over, or until it is given up."""

    def __init__(self, seconds: float, begun: float | None = None) -> None:
        """Begin now, or at a moment of the monotonic clock; `seconds` may be infinite."""
        self.seconds = seconds
        self._ends = (time.monotonic() if begun is None else begun) + seconds
        self._given_up = False

    def give_up(self) -> None:
        """The analysis, from any thread, that its answer is not wanted any more."""
        self._given_up = True

    def check(self) -> None:
        """Raise TooSlow when the time is over or the analysis was given up."""
        if self._given_up:
            raise TooSlow("提问者已离开，分析已停止")
        if time.monotonic() > self._ends:
            raise TooSlow(f"未能在 {self.seconds:g} 秒内完成，已停止；请缩小范围、放宽精度或少问几项")


@contextmanager
def within(deadline: Deadline) -> Generator[Deadline]:
    """Let checkpoints in this context, and in threads started with it, heed a deadline."""
    token = _current.set(deadline)
    try:
        yield deadline
    finally:
        _current.reset(token)


def checkpoint() -> None:
    """Stop here when the deadline of this context has passed: raises TooSlow."""
    if (deadline := _current.get()) is not None:
        deadline.check()
