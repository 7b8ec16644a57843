"""Questions run in few threads: a few more wait, and the rest are refused at once."""

import asyncio
import threading
import time

import pytest

from graph.deadline import Deadline, checkpoint
from graph.errors import Busy, TooSlow
from queries.running import Pool


def endless(stopped):
    try:
        while True:
            checkpoint()
            time.sleep(0.005)
    except TooSlow:
        stopped.set()
        raise


async def test_a_question_is_answered_in_a_thread():
    assert await Pool(1).run(
        Deadline(5), lambda a, *, b: (a + b, threading.current_thread().name), 1, b=2
    ) == (
        3,
        "question_0",
    )


async def test_more_than_may_wait_are_refused_at_once_and_later_ones_are_answered():
    pool, release = Pool(2, waiting=3), threading.Event()
    asked = [asyncio.create_task(pool.run(Deadline(9), release.wait)) for _ in range(5)]
    await asyncio.sleep(0.05)
    with pytest.raises(Busy, match="已有 5 个"):
        await pool.run(Deadline(9), release.wait)
    release.set()
    assert await asyncio.gather(*asked) == [True] * 5
    assert await pool.run(Deadline(9), lambda: "again") == "again"


async def test_a_question_stops_when_nobody_waits_for_it():
    pool, stopped = Pool(1), threading.Event()
    asked = asyncio.create_task(pool.run(Deadline(60), endless, stopped))
    await asyncio.sleep(0.05)
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    assert await asyncio.to_thread(stopped.wait, 5)


async def test_the_time_in_the_queue_counts():
    pool, begun = Pool(1), time.monotonic() - 1
    with pytest.raises(TooSlow, match=r"未能在 0\.5 秒内"):
        await pool.run(Deadline(0.5, begun), checkpoint)


async def test_a_question_that_fails_frees_its_place():
    pool = Pool(1, waiting=0)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            await pool.run(Deadline(5), lambda: 1 // 0)
