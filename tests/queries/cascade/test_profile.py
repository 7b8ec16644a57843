"""The profile of all organisations is the same to the last bit however it is computed, and can be resumed."""

import json
import pickle
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from distributed import LocalCluster

from graph.deadline import Deadline, within
from graph.errors import BadInput, TooSlow
from queries.cascade.batch import Parts, batch, profile
from queries.cascade.cascade import cascade
from queries.cascade.cluster import connect, profile_on
from queries.cascade.esri import Closures, bundle, closures
from queries.cascade.ranking import ProfileOrder, Ranking, closed, columns_of, esri_profile, run_of
from queries.cascade.readiness import readiness
from tests.queries.cascade.test_esri import case, everybody
from tests.queries.networks import YEAR, network

ROOT = Path(__file__).parents[3]
SIZE = 400
SLOW = """
import pickle, sys, time
from pathlib import Path
from queries.cascade.batch import Parts, profile
job = pickle.loads(Path(sys.argv[1]).read_bytes())
profile(job, Parts(job, Path(sys.argv[2])), threads=1, told=lambda done, count: time.sleep(0.2))
"""


def same(left: Closures, right: Closures) -> bool:
    names = ("esri", "down", "up", "iterations", "residual")
    return all(np.array_equal(getattr(left, name), getattr(right, name)) for name in names)


@pytest.fixture(scope="module")
def job():
    return batch(bundle(*case(SIZE, 2400, 10, 9)), everybody(SIZE), eps=1e-3)


@pytest.fixture(scope="module")
def plain(job):
    return closures(job.net, everybody(SIZE), eps=1e-3)


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_threads_change_no_bit(job, plain, threads, tmp_path):
    told = []
    found = profile(job, Parts(job, tmp_path), threads=threads, told=lambda *far: told.append(far))
    assert same(found, plain)
    assert told[-1] == (SIZE, SIZE)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_chunks_are_all_organisations_once_in_an_order_of_the_seed(job):
    assert sorted(np.concatenate(job.chunks).tolist()) == list(range(SIZE))
    again = batch(job.net, everybody(SIZE), eps=1e-3)
    other = batch(job.net, everybody(SIZE), eps=1e-3, seed=1)
    assert again.name == job.name
    assert other.name != job.name
    assert batch(job.net, everybody(SIZE), eps=1e-2).name != job.name
    assert max(map(len, batch(job.net, everybody(SIZE), eps=1e-3).chunks)) == 16


@pytest.mark.parametrize(("workers", "threads"), [(2, 1), (1, 2)])
def test_a_cluster_changes_no_bit_and_holds_one_bundle_a_worker(job, plain, workers, threads, tmp_path):
    with (
        LocalCluster(
            n_workers=workers, threads_per_worker=threads, processes=True, dashboard_address=None
        ) as cluster,
        connect(cluster.scheduler_address) as client,
    ):
        seen = []

        def told(*_):
            if not seen:
                sizes = client.run(lambda dask_worker: [type(d).__name__ for d in dask_worker.data.values()])
                seen.extend(kept.count("Bundle") for kept in sizes.values())

        assert same(profile_on(client, job, Parts(job, tmp_path), told=told), plain)
        assert seen == [1] * workers


def test_a_killed_run_goes_on_where_it_was(job, plain, tmp_path):
    described, work = tmp_path / "job", tmp_path / "work"
    described.write_bytes(pickle.dumps(job))
    process = subprocess.Popen([sys.executable, "-c", SLOW, described, work], cwd=ROOT)  # noqa: S603
    parts = Parts(job, work)
    while len(parts.missing()) > len(job.chunks) - 3:
        assert process.poll() is None
        time.sleep(0.02)
    process.kill()
    process.wait()
    missing = parts.missing()
    assert 0 < len(missing) < len(job.chunks)
    (parts.folder / "000000.part").write_bytes(b"torn")
    told = []
    assert same(profile(job, parts, threads=2, told=lambda *far: told.append(far)), plain)
    assert len(told) == len(missing), "what was done is not done again"
    parts.discard()
    assert list(work.iterdir()) == []


def test_a_run_that_is_given_up_ends_and_keeps_what_is_done(job, tmp_path):
    parts, deadline = Parts(job, tmp_path), Deadline(float("inf"))
    with within(deadline), pytest.raises(TooSlow):
        profile(job, parts, threads=1, told=lambda *_: deadline.give_up())
    assert 0 < len(parts.missing()) < len(job.chunks)


FLOWS = [("a", "b", 60.0, "p"), ("c", "b", 40.0, "p"), ("b", "d", 50.0, "q"), ("d", "a", 5.0, "q")]
REVENUE = {"a": 100.0, "b": 200.0, "c": 100.0, "d": 400.0, "h": 50.0}


def ranked(tmp_path):
    snapshot = network(FLOWS, REVENUE)
    ready = readiness(snapshot, as_of=YEAR)
    small = batch(ready.net, closed(ready), eps=1e-2)
    found = profile(small, Parts(small, tmp_path))
    when = datetime(2024, 5, 1, tzinfo=UTC)
    run = run_of(snapshot, ready, as_of=YEAR, eps=1e-2, started=when, finished=when)
    stored = json.loads(json.dumps(columns_of(snapshot, small.closed, found)))
    return snapshot, run, Ranking.of(stored)


def test_the_ranking_is_that_of_single_cascades(tmp_path):
    snapshot, run, ranking = ranked(tmp_path)
    found = esri_profile(snapshot, (run, ranking), as_of=YEAR)
    assert (found.count, len(found.rows), found.stale) == (5, 5, False)
    assert [row.rank for row in found.rows] == [1, 2, 3, 4, 5]
    for row in found.rows:
        one = cascade(snapshot, row.id, as_of=YEAR)
        assert (row.esri, row.down, row.up, row.iterations) == (one.esri, one.down, one.up, one.iterations)
        assert row.at_risk == pytest.approx(one.at_risk)
        assert row.converged
    esri = [row.esri for row in found.rows]
    assert esri == sorted(esri, reverse=True)
    for order, name in ((ProfileOrder.DOWN, "down"), (ProfileOrder.UP, "up")):
        got = [
            getattr(row, name)
            for row in esri_profile(snapshot, (run, ranking), as_of=YEAR, order_by=order).rows
        ]
        assert got == sorted(got, reverse=True)
    assert found.method.parameters["eps"] == 1e-2
    assert found.method.snapshot.id == snapshot.id
    assert found.method.coverage.links == 4


def test_a_ranking_of_other_content_says_so(tmp_path):
    _, run, ranking = ranked(tmp_path)
    changed = network(FLOWS[:3], REVENUE, firms="abcdefg")
    found = esri_profile(changed, (run, ranking), as_of=YEAR)
    assert found.stale
    assert found.method.snapshot.id == run.snapshot != changed.id
    assert found.method.coverage is None
    assert {row.id: row.row is None for row in found.rows} == {f"org:{f}": f == "h" for f in "abcdh"}


def test_the_same_content_and_parameters_have_the_same_run():
    snapshot = network(FLOWS, REVENUE)
    ready, when = readiness(snapshot, as_of=YEAR), datetime(2024, 5, 1, tzinfo=UTC)
    runs = [run_of(snapshot, ready, as_of=YEAR, eps=e, started=when, finished=when) for e in (0.1, 0.1, 0.2)]
    assert runs[0].id == runs[1].id != runs[2].id


def test_without_a_run_the_answer_says_how_to_make_one():
    found = esri_profile(network(FLOWS), None, as_of=YEAR)
    assert found.unknown_reason == "2024 年尚未批量计算：请运行 zhenlian analyse cascade --all --as-of 2024"
    assert (found.rows, found.run, found.count) == ((), None, 0)
    with pytest.raises(BadInput) as raised:
        esri_profile(network(FLOWS), None, as_of=YEAR, first=0)
    assert raised.value.path == ("first",)
