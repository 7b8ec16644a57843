"""Subjects: whose figures belong to a town: its own, those of its regions and of its local organisations."""

import numpy as np

from graph.snapshot.csr import Ints
from graph.snapshot.regions import regions_of
from graph.snapshot.snapshot import Snapshot
from queries.levels import in_scope, row_of_kind


def subjects_of(snapshot: Snapshot, town: str, as_of: int) -> Ints:
    """List the town, the regions it lies in, and the organisations local to it that exist in a year.

    Global rows.
    """
    row = row_of_kind(snapshot, town, "Town")
    regions = regions_of(snapshot, row - snapshot.nodes["Town"].first, as_of)
    return np.concatenate(
        [
            np.array([row], np.int32),
            regions + np.int32(snapshot.nodes["Region"].first),
            locals_in(snapshot, town, as_of),
        ]
    )


def withdrawn(snapshot: Snapshot, town: int, as_of: int) -> str | None:
    """Say that a town (a global row) is no longer one in a year; None: it is, or nothing is known of it."""
    table = snapshot.nodes["Town"]
    day = table["withdrawnOn"][town - table.first]
    if np.isnat(day) or day > np.datetime64(f"{as_of:04}-12-31"):
        return None
    return f"此镇已于 {day} 撤销专业镇认定：仅供参照"


def locals_in(snapshot: Snapshot, town: str, as_of: int) -> Ints:
    """List the organisations local to a town that exist in a year, as global rows."""
    inside = np.flatnonzero(in_scope(snapshot, town, as_of)).astype(np.int32)
    return inside + np.int32(snapshot.nodes["Organisation"].first)
