"""Measure bundles: how large a saved snapshot and its search index are, how long to write and to open.

Run `python -m benchmarks bundles`: a made-up province. Opening reads and hashes all of it; beside the opening
of the index stands its making.
"""

import tempfile
from pathlib import Path

from benchmarks.province import ORGANISATIONS, province, size_of
from benchmarks.snapshot import MEGA, timed
from benchmarks.tables import Measure, Report, Target
from graph.snapshot.bundle import open_bundle, write_bundle
from graph.snapshot.saved import open_snapshot, save_snapshot
from queries.lookup.entries import index_of
from queries.lookup.search import SearchIndex

OPENED = Target("measured", "≤", 1)


def run(organisations: int) -> Report:
    """Save and open a province and its index; each time is the best of three."""
    made = province(organisations / ORGANISATIONS)
    index, making = timed(lambda: index_of(made), 2)
    with tempfile.TemporaryDirectory() as name:
        whole, search = Path(name) / "whole", Path(name) / "search"
        _, hashing = timed(lambda: made.id)
        _, writing = timed(lambda: save_snapshot(whole, made) or True, 3)
        opened, opening = timed(lambda: open_snapshot(whole), 3)
        _, finding = timed(lambda: opened.find("org:none") is None)
        _, writing_index = timed(lambda: write_bundle(search, *index.saved()) or True, 3)
        _, opening_index = timed(lambda: SearchIndex.opened(open_bundle(search)), 3)
        sizes = [sum(file.stat().st_size for file in folder.iterdir()) / MEGA for folder in (whole, search)]
        keys = sum(a.nbytes for n, a in index.saved()[0].items() if n.endswith("__keys")) / MEGA
    return Report(
        "bundles",
        f"{size_of(made)}; baseline: making the index from the snapshot",
        [
            Measure("snapshot", "MB", sizes[0]),
            Measure("its id (a hash of all)", "s", hashing),
            Measure("snapshot, written", "s", writing),
            Measure("snapshot, opened: all of it hashed", "s", opening, target=OPENED),
            Measure("first id looked up", "ms", finding * 1000),
            Measure("search index", "MB", sizes[1]),
            Measure("of which keys", "MB", keys),
            Measure("search index, written", "s", writing_index),
            Measure("search index, opened: all of it hashed", "s", opening_index, making, OPENED),
        ],
    )
