"""Profile: the ESRI of every organisation, in chunks on all cores, so that a run can be resumed.

The organisations are shuffled (a hub costs a hundred times the median) and cut into chunks. Each chunk is
computed on its own and kept as a file of its number; a run that was killed goes on with the chunks that are
missing. Neither the number of threads nor the order of the chunks changes a bit of the result.
"""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np

from graph.deadline import checkpoint
from graph.snapshot.csr import Ints
from queries.cascade.esri import MOST_SWEEPS, Closures, readied
from queries.cascade.kernels import COLUMNS, Bundle, Rows, each

CHUNKS, SMALLEST, LARGEST = 100, 16, 500
"""About how many chunks there are; of how many organisations each is at least and at most."""

type Told = Callable[[int, int], None]
"""Is told how many of how many organisations are done."""


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """What is to be computed: which organisations (places) are closed alone, in which chunks."""

    net: Bundle
    closed: Ints
    eps: float
    most: int
    chunks: tuple[Ints, ...]
    """Places in `closed`."""

    @property
    def name(self) -> str:
        """Name it by its content: the same inputs, and only they, have the same name."""
        digest = blake2b(digest_size=8)
        for array in (*_arrays(self.net), self.closed, *self.chunks):
            digest.update(f"{array.dtype}{array.shape}".encode() + np.ascontiguousarray(array).tobytes())
        digest.update(f"{self.net.substitutes} {self.eps!r} {self.most}".encode())
        return digest.hexdigest()

    def rows(self, chunk: int) -> Rows:
        """Compute a chunk."""
        return computed(self.net, self.closed[self.chunks[chunk]], self.eps, self.most)


def batch(net: Bundle, closed: Ints, *, eps: float, most: int = MOST_SWEEPS, seed: int = 0) -> Batch:
    """Shuffle the organisations, by a seed, and cut them into chunks."""
    order = np.random.default_rng(seed).permutation(len(closed)).astype(np.int32)
    size = min(max(len(closed) // CHUNKS, SMALLEST), LARGEST)
    chunks = tuple(order[start : start + size] for start in range(0, len(order), size))
    return Batch(net, closed.astype(np.int32), float(eps), most, chunks)


def computed(net: Bundle, closed: Ints, eps: float, most: int) -> Rows:
    """Close some organisations, each alone, wherever this runs: in a thread, or in another process."""
    closed = np.array(closed, np.int32)
    closed.setflags(write=False)
    return each(readied(net), closed, eps, most)


class Parts:
    """The chunks that are done, as files in a folder of the batch's name; made whole or not at all."""

    def __init__(self, batch: Batch, work: Path) -> None:
        """Use, or make, the folder of a batch below a folder for such work."""
        self._batch = batch
        self.folder = work / batch.name
        self.folder.mkdir(parents=True, exist_ok=True)

    def missing(self) -> list[int]:
        """List the chunks that are not done."""
        return [chunk for chunk in range(len(self._batch.chunks)) if not self._file(chunk).exists()]

    def keep(self, chunk: int, rows: Rows) -> None:
        """Keep the rows of a chunk."""
        part = self.folder / f"{chunk:06}.part"
        with part.open("wb") as file:
            np.save(file, rows)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._file(chunk))

    def done(self, missing: Iterable[int]) -> int:
        """Count the organisations that are done, when some chunks are missing."""
        return len(self._batch.closed) - sum(len(self._batch.chunks[chunk]) for chunk in missing)

    def whole(self) -> Closures:
        """Put the chunks together, in the order of the batch's organisations."""
        rows = np.empty((len(self._batch.closed), COLUMNS))
        for chunk, places in enumerate(self._batch.chunks):
            rows[places] = np.load(self._file(chunk))
        return Closures.of(rows)

    def discard(self) -> None:
        """Delete the files: the result is kept elsewhere."""
        for file in self.folder.iterdir():
            file.unlink()
        self.folder.rmdir()

    def _file(self, chunk: int) -> Path:
        return self.folder / f"{chunk:06}.npy"


def profile(batch: Batch, parts: Parts, *, threads: int | None = None, told: Told | None = None) -> Closures:
    """Compute what is missing of a batch on threads (all cores when None); heeds the deadline."""
    missing, count = parts.missing(), len(batch.closed)
    done = parts.done(missing)
    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        running = {pool.submit(batch.rows, chunk): chunk for chunk in missing}
        try:
            for future in as_completed(running):
                chunk = running[future]
                parts.keep(chunk, future.result())
                done += len(batch.chunks[chunk])
                if told:
                    told(done, count)
                checkpoint()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
    return parts.whole()


def _arrays(net: Bundle) -> "list[np.ndarray[tuple[int], np.dtype[np.number]]]":
    return [net.sales, net.weight, *net.down, *net.up, net.group_start, net.market, net.market_sales]
