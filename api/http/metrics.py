"""GET /metrics: how the service is, in the text that Prometheus reads. One registry a service.

Answered on this machine alone unless a setting opens it: paths and versions tell strangers too much.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from time import monotonic
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response

from api.http.accepting import Share
from api.http.refusals import refused
from api.http.stewards import from_here
from api.settings import Settings
from graph.snapshot.keeper import SnapshotKeeper
from queries.running import POOL, Pool
from schema.execution import documents
from schema.execution.answering import SERVED

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
"""Bounds of the histogram of times."""
PATHS = (
    "/graphql",
    "/lists",
    "/briefings",
    "/load",
    "/export",
    "/graphiql",
    "/healthz",
    "/readyz",
    "/metrics",
)
"""Paths that are told apart, with what lies below them; any other is `other`."""


class Metrics:
    """Counts what is answered, and tells it with what the parts of the service know of themselves."""

    def __init__(
        self,
        settings: Settings,
        keeper: SnapshotKeeper[Any],
        pool: Pool = POOL,
        share: Share | None = None,
    ) -> None:
        """Begin at zero; `share` says which of several workers this is."""
        self._settings = settings
        self._counting = lru_cache(256)(self._counted)
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "zhenlian_requests", "Answered requests.", ("path", "status"), registry=self._registry
        )
        self._errors = Counter(
            "zhenlian_errors", "Errors in answers, by code.", ("code",), registry=self._registry
        )
        self._seconds = Histogram(
            "zhenlian_request_seconds",
            "Seconds from a request to its answer.",
            ("path",),
            buckets=SECONDS,
            registry=self._registry,
        )
        self._registry.register(_State(keeper, pool))
        ProcessCollector(registry=self._registry)
        self._told = CollectorRegistry()
        self._told.register(_Labelled(self._registry, str(share.worker if share else 1)))
        self._told.register(_Crew(share))

    def seen(self, path: str, status: int, seconds: float, codes: Sequence[str]) -> None:
        """Count an answer; status 0: its client left."""
        requests, times = self._counting(path, status)
        requests.inc()
        times.observe(seconds)
        for code in codes:
            self._errors.labels(code).inc()

    def _counted(self, path: str, status: int) -> tuple[Counter, Histogram]:
        """Find what counts a path and status, and the times of the path."""
        named = path.removeprefix(self._settings.root_path)
        known = next((one for one in PATHS if named == one or named.startswith(f"{one}/")), "other")
        return self._requests.labels(known, str(status)), self._seconds.labels(known)

    async def answer(self, request: Request) -> Response:
        """Answer 403 to other machines unless the settings allow them."""
        if not self._settings.metrics and not from_here(request):
            return refused(403, "FORBIDDEN", "指标只供本机读取：设置 ZHENLIAN_METRICS=true 可对其他机器开放")
        return Response(generate_latest(self._told), headers={"content-type": CONTENT_TYPE_PLAIN_0_0_4})


class _Labelled(Collector):
    """Says of everything that a process tells of itself which worker it is."""

    def __init__(self, registry: CollectorRegistry, worker: str) -> None:
        self._registry, self._worker = registry, {"worker": worker}

    def collect(self) -> Iterable[Metric]:
        """Give all with the label."""
        for metric in self._registry.collect():
            samples = [sample._replace(labels=sample.labels | self._worker) for sample in metric.samples]
            metric.samples = samples  # the collected ones are made anew each time
            yield metric


class _Crew(Collector):
    """Tells of the workers together: any of them knows it."""

    def __init__(self, share: Share | None) -> None:
        self._board = share.board if share else None

    def collect(self) -> Iterable[Metric]:
        """Count those that take connections, and those that ended."""
        there, again = (len(self._board.there), self._board.restarts) if self._board else (1, 0)
        yield GaugeMetricFamily("zhenlian_workers", "Workers that take connections.", there)
        yield CounterMetricFamily(
            "zhenlian_worker_restarts", "Workers that ended and were started again.", again
        )


class _State(Collector):
    """Asks the parts of the service when it is asked itself."""

    def __init__(self, keeper: SnapshotKeeper[Any], pool: Pool) -> None:
        self._keeper, self._pool = keeper, pool

    def collect(self) -> Iterable[Metric]:
        """Tell versions, snapshot, pool and documents."""
        yield from self._store()
        yield from self._snapshot()
        pool, kept = self._pool, documents.kept()
        for name, value, words in (
            ("pool_running", pool.running, "Analyses that run."),
            ("pool_waiting", pool.waiting, "Analyses that wait for a thread."),
            ("documents", kept.entries, "Parsed documents that are kept."),
            ("documents_bytes", kept.bytes, "Bytes that they are taken to need."),
        ):
            yield GaugeMetricFamily(f"zhenlian_{name}", words, value)
        for name, value, words in (
            ("pool_refused", pool.refused, "Analyses refused as BUSY."),
            ("documents_hits", kept.hits, "Documents that were kept already."),
            ("documents_misses", kept.misses, "Documents that had to be parsed."),
        ):
            yield CounterMetricFamily(f"zhenlian_{name}", words, value)
        served = CounterMetricFamily(
            "zhenlian_answers", "Executed documents, by who answered.", labels=("by",)
        )
        for by in ("plan", "graphql-core"):
            served.add_metric([by], SERVED[by])
        yield served

    def _store(self) -> Iterable[Metric]:
        keeper, now = self._keeper, monotonic()
        if keeper.versions is not None:
            version = keeper.versions.version
            yield GaugeMetricFamily("zhenlian_store_version", "Finished loads and rulings.", version)
        if keeper.seen_at is not None:
            words = "Seconds since the store last answered the question for its version."
            yield GaugeMetricFamily("zhenlian_store_silent_seconds", words, now - keeper.seen_at)
        lag = 0.0 if keeper.behind_since is None else now - keeper.behind_since
        words = "Seconds since the store moved and the snapshot did not."
        yield GaugeMetricFamily("zhenlian_snapshot_lag_seconds", words, lag)

    def _snapshot(self) -> Iterable[Metric]:
        held = self._keeper.current
        if held is None:
            return
        yield InfoMetricFamily("zhenlian_snapshot", "The snapshot that answers.", {"id": held.id})
        age = (datetime.now(UTC) - held.taken_at).total_seconds()
        for name, value, words in (
            ("version", held.version, "Version of the store that it was taken of."),
            ("age_seconds", age, "Seconds since it was taken."),
            ("bytes", held.nbytes, "Bytes of its columns."),
            ("nodes", len(held), "Nodes in it."),
        ):
            yield GaugeMetricFamily(f"zhenlian_snapshot_{name}", words, value)
