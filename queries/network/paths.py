"""Paths: the chains of suppliers, or customers, along which most of the input, or output, runs."""

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.errors import BadInput
from graph.snapshot.snapshot import Snapshot
from queries.links import Direction, Link
from queries.network.walk import Walk

BUDGET = 20_000
"""How many beginnings of paths are looked at."""
MOST = 200


@dataclass(frozen=True, slots=True)
class Path:
    """A chain of organisations, from the start of the walk outwards, none of them twice."""

    rows: tuple[int, ...]
    """Global rows."""
    share: float | None
    """The product of the links' shares of the buyers' purchases (0–1); None: one of them is not known."""


@dataclass(frozen=True, slots=True)
class Paths:
    """The paths that carry most, best first; those with an unknown share after all others."""

    paths: Sequence[Path]
    more: bool
    """Whether there are more of them, or the search ended before it was through."""
    walk: Walk
    """The walk that the paths lie in, with what it does not show."""


def paths(snapshot: Snapshot, walked: Walk, *, first: int = 20) -> Paths:  # noqa: ARG001 - asked of it
    """Follow the strongest paths of a walk to where they end.

    A path ends after `depth` links, or where the walk leads to no organisation that is not on it. Of several
    products between the same two, the link with the greatest share counts.
    """
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    found, more = _strongest(_neighbours(walked), walked.steps[0].row, walked.asked.depth, first)
    return Paths(found, more, walked)


def _neighbours(walked: Walk) -> Mapping[int, Mapping[int, float | None]]:
    """Map each organisation to those that the walk leads to from it, with the share of the strongest link."""
    neighbours: dict[int, dict[int, float | None]] = defaultdict(dict)
    for link in walked.links:
        here, there = _ends(link, walked.asked.direction)
        before = neighbours[here].get(there)
        known = [share for share in (before, link.share) if share is not None]
        neighbours[here][there] = max(known, default=None)
    return neighbours


def _ends(link: Link, direction: Direction) -> tuple[int, int]:
    return (link.end, link.start) if direction == "UP" else (link.start, link.end)


def _strongest(
    neighbours: Mapping[int, Mapping[int, float | None]], start: int, depth: int, first: int
) -> tuple[list[Path], bool]:
    """Search best first: no continuation is stronger than its beginning, so paths come out in order."""
    heap: list[tuple[bool, float, tuple[int, ...]]] = [(False, -1.0, (start,))]
    found: list[Path] = []
    for _ in range(BUDGET):
        if not heap or len(found) == first:
            break
        unknown, share, rows = heapq.heappop(heap)
        onward = {row: part for row, part in neighbours.get(rows[-1], {}).items() if row not in rows}
        if len(rows) > depth or (not onward and len(rows) > 1):
            found.append(Path(rows, None if unknown else -share))
            continue
        for row, part in onward.items():
            weight = share * (1.0 if part is None else part)
            heapq.heappush(heap, (unknown or part is None, weight, (*rows, row)))
    return found, bool(heap)
