"""Measure the export: seconds and peak memory of writing a big snapshot in each format.

Run by `python -m benchmarks exporting`. The snapshot is read from a file of arrays in a process of its own;
what the process holds before the export begins is the baseline, and the peak of the whole is held to 300 MB.
"""

import json
import pickle
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks.snapshot import assembled, cells, network
from benchmarks.tables import Measure, Report, Target
from graph.snapshot.snapshot import Snapshot
from loaders.export.export import FORMATS, export

_KILO = 1024
LIMIT = 300
STATUS = Path("/proc/self/status")


def peak() -> float:
    """Tell the most memory this process has held, in MB.

    Linux hands the parent's peak on in `ru_maxrss`, through fork and exec, so its own is read from /proc.
    """
    if STATUS.exists():
        told = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(told.split()[1]) / _KILO
    unit = 1 if sys.platform == "darwin" else _KILO
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20


def written(path: Path, format_: str) -> dict[str, float]:
    """Export a kept snapshot; tell seconds and memory before and at the peak."""
    with path.open("rb") as file:
        snapshot = Snapshot(*pickle.load(file))  # noqa: S301 - our own file
    held = peak()
    with tempfile.TemporaryDirectory() as folder:
        begin = perf_counter()
        done = export(snapshot, Path(folder) / "out", format_)
        seconds = perf_counter() - begin
    return {"rows": sum(done.rows.values()), "seconds": seconds, "held": held, "peak": peak()}


def run(firms: int, links: int) -> Report:
    """Measure every format, each in a process of its own."""
    found: list[Measure] = []
    rows = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "snapshot"
        made = assembled(cells(firms, *network(firms, links)))
        with path.open("wb") as file:
            pickle.dump((made.nodes, made.relations, made.index, made.dangling), file)
        del made
        for format_ in FORMATS:
            asked = [sys.executable, "-m", "benchmarks.exporting", str(path), format_]
            told = json.loads(subprocess.run(asked, check=True, capture_output=True).stdout)  # noqa: S603
            rows = int(told["rows"])
            found += [
                Measure(f"{format_}: whole export", "s", told["seconds"]),
                Measure(
                    f"{format_}: peak memory, beside what the snapshot holds",
                    "MB",
                    told["peak"],
                    told["held"],
                    Target("measured", "≤", LIMIT),
                ),
            ]
    return Report("exporting", f"{rows:,} rows; baseline: the process with the snapshot, before", found)


if __name__ == "__main__":
    print(json.dumps(written(Path(sys.argv[1]), sys.argv[2])))
