"""Profile our own answers in process: `python -m benchmarks.peers.profiling bolt://user:password@host:port`.

Reads the graph that `python -m benchmarks peers` left in that Neo4j. Prints, for each question, the processor
time of one answer (without the profiler) and the functions that the profiler found to take most of it.
"""

import asyncio
import cProfile
import pstats
import sys
from collections.abc import Sequence
from http.client import HTTPConnection
from itertools import cycle, islice
from time import process_time

from benchmarks.answers import BUYERS
from benchmarks.loading import opened
from benchmarks.peers.questions import QUESTIONS, Given, Plain
from graph.snapshot.keeper import SnapshotKeeper
from schema import schema
from schema.language.context import Context

REPETITIONS = 200
SHOWN = 24


async def main(url: str) -> None:
    """Ask each question, first plainly, then under the profiler."""
    async with opened(url) as store, SnapshotKeeper(store) as keeper:
        await keeper.ready()
        assert keeper.current is not None
        buyers = [row["id"] for row in await store.read(BUYERS)]
        given = Given(len(keeper.current.nodes["Organisation"]), buyers, HTTPConnection("127.0.0.1"))
        for question in QUESTIONS:
            first_page = "$after" in question.ours
            sets: list[Plain] = [{"after": None}] if first_page else [v.ours for v in question.sets(given)]

            async def ask(number: int, text: str = question.ours, sets: Sequence[Plain] = sets) -> None:
                for variables in islice(cycle(sets), number):
                    context = Context(store, keeper)
                    result = await schema.execute(text, variable_values=variables, context_value=context)
                    assert not result.errors, result.errors

            await ask(len(sets))
            begin = process_time()
            await ask(REPETITIONS)
            each = (process_time() - begin) / REPETITIONS * 1000
            print(f"{question.name}: {each:.2f} ms of processor time, {given.organisations:,} organisations")
            with cProfile.Profile() as profile:
                await ask(REPETITIONS)
            pstats.Stats(profile).sort_stats("cumtime").print_stats(SHOWN)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
