"""Running: questions in threads, as many at once as there are cores, each within its deadline.

A question that finds every thread taken waits; when too many wait already it is refused at once, so that
nobody waits for an answer that can't come in time.
"""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial

from graph.deadline import Deadline, within
from graph.errors import Busy

WAITING = 32


class Pool:
    """Threads for questions, and a queue of a few."""

    def __init__(self, threads: int | None = None, waiting: int = WAITING) -> None:
        """Start no thread yet; `threads` are as many as there are cores when not given."""
        self._most = threads or os.cpu_count() or 1
        self._threads = ThreadPoolExecutor(self._most, thread_name_prefix="question")
        self._waiting = waiting
        self._asked = 0
        self.refused = 0
        """Questions that found too many waiting."""

    @property
    def running(self) -> int:
        """Questions that have a thread."""
        return min(self._asked, self._most)

    @property
    def waiting(self) -> int:
        """Questions that wait for one."""
        return self._asked - self.running

    async def run[**P, T](
        self, deadline: Deadline, question: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Ask in a thread, and wait; raises Busy, and TooSlow at a checkpoint after the deadline.

        When whoever waits is cancelled, as its client has left, the question stops at its next checkpoint.
        """
        if self._asked >= self._most + self._waiting:
            self.refused += 1
            raise Busy(f"正忙：已有 {self._asked} 个分析在做或在等，请稍后再试")
        self._asked += 1
        try:
            with within(deadline):
                asked = partial(copy_context().run, question, *args, **kwargs)
            return await asyncio.get_running_loop().run_in_executor(self._threads, asked)
        finally:
            self._asked -= 1
            deadline.give_up()


POOL = Pool()
"""The threads of this process."""
