"""A stored run comes back as it was, is replaced as a whole, and moves no version."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from graph.edits import runs
from graph.edits.runs import Run, latest_run, rows_of, store_run
from graph.store.store import Statement, Store
from graph.store.versions import versions

WHEN = datetime(2024, 5, 1, 12, tzinfo=UTC)
RUN = Run(
    id="run:contract-1",
    formula="contract/1",
    as_of=2024,
    snapshot="v1.2-0a0b0c0d",
    version=1,
    taken_at=WHEN,
    started_at=WHEN,
    finished_at=WHEN.replace(hour=13),
    parameters={"eps": 0.01, "substitutes": True, "weights": "OUTPUT", "seed": None},
)
CLEAN = (
    "MATCH (r:AnalysisRun) WHERE r.formula = 'contract/1' DETACH DELETE r",
    "MATCH (p:RunPart) WHERE p.run STARTS WITH 'run:contract' DELETE p",
)
UNFINISHED = "MATCH (r:AnalysisRun {id: $id}) SET r.finishedAt = null"


def columns(size, factor=1.0):
    return {
        "organisation": [f"org:{place}" for place in range(size)],
        "esri": [factor * place / 3 for place in range(size)],
        "iterations": list(range(size)),
    }


@pytest.fixture
async def kept(store: Store):
    yield store
    for statement in CLEAN:
        await store.write(Statement(statement))


async def test_a_run_comes_back_as_it_was(kept: Store, monkeypatch):
    monkeypatch.setattr(runs, "PART", 100)
    await store_run(kept, RUN, columns(250))
    assert await latest_run(kept, "contract/1", 2024) == RUN
    assert await rows_of(kept, RUN) == columns(250)


async def test_a_run_is_replaced_as_a_whole(kept: Store, monkeypatch):
    monkeypatch.setattr(runs, "PART", 100)
    await store_run(kept, RUN, columns(250))
    await store_run(kept, RUN, columns(20, 2.0))
    assert await rows_of(kept, RUN) == columns(20, 2.0)


async def test_the_run_that_finished_last_counts_for_its_year(kept: Store):
    later = replace(RUN, id="run:contract-2", finished_at=WHEN.replace(day=2), snapshot="v2.9-ffffffff")
    await store_run(kept, later, columns(1))
    await store_run(kept, RUN, columns(1))
    assert (await latest_run(kept, "contract/1", 2024)) == later
    assert await latest_run(kept, "contract/1", 2023) is None
    assert await latest_run(kept, "contract/2", 2024) is None


async def test_a_run_that_was_not_finished_does_not_count(kept: Store):
    await store_run(kept, RUN, columns(3))
    await kept.write(Statement(UNFINISHED, {"id": RUN.id}))
    assert await latest_run(kept, "contract/1", 2024) is None


async def test_a_run_without_rows_has_none(kept: Store):
    await store_run(kept, RUN, columns(0))
    assert await rows_of(kept, RUN) == {}


async def test_keeping_a_run_moves_no_version(kept: Store):
    before = await versions(kept)
    await store_run(kept, RUN, columns(3))
    after = await versions(kept)
    assert (after.version, after.writes, after.loading) == (before.version, before.writes, before.loading)
