"""Cluster: the chunks of a profile on the workers of a Dask cluster, which may be many machines.

Asks for the optional extra `cluster` (distributed). The bundle travels once to each worker; chunks repeat
safely, so the scheduler may give those of a lost worker to another.
"""

from typing import Any

from distributed import Client, as_completed

from graph.deadline import checkpoint
from queries.cascade.batch import Batch, Parts, Told, computed
from queries.cascade.esri import Closures

RETRIES = 3


def profile_on(client: Client, batch: Batch, parts: Parts, *, told: Told | None = None) -> Closures:
    """Compute what is missing of a batch on a cluster; the same bits as `queries.cascade.batch.profile`."""
    missing = parts.missing()
    done = parts.done(missing)
    # A list, as a bare tuple would be scattered array by array.
    scattered: Any = client.scatter([batch.net], broadcast=True)
    closed = [batch.closed[batch.chunks[chunk]] for chunk in missing]
    futures = client.map(
        computed,
        scattered * len(missing),
        closed,
        eps=batch.eps,
        most=batch.most,
        retries=RETRIES,
        pure=False,
    )
    chunk_of = {future.key: chunk for future, chunk in zip(futures, missing, strict=True)}
    for future, rows in as_completed(futures, with_results=True):
        chunk = chunk_of[future.key]
        parts.keep(chunk, rows)
        done += len(batch.chunks[chunk])
        if told:
            told(done, len(batch.closed))
        checkpoint()
    return parts.whole()


def connect(address: str) -> Client:
    """Reach the scheduler of a cluster at `tcp://host:port`."""
    return Client(address)
