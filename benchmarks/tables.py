"""What was measured, beside what it is held against, as a table and as JSON."""

import json
import os
import platform
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.table import Table

WIDTH = 110
"""Columns of a table that goes into a file: no name is cut."""


@dataclass(frozen=True, slots=True)
class Target:
    """The bound that a measured value, or its ratio to the baseline, has to keep."""

    of: Literal["measured", "ratio"]
    sign: Literal["≤", "≥"]
    bound: float

    def kept(self, value: float) -> bool:
        """Tell whether a value keeps it."""
        return value <= self.bound if self.sign == "≤" else value >= self.bound


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of a table."""

    what: str
    unit: str
    measured: float
    baseline: float | None = None
    target: Target | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the baseline was measured."""
        return self.measured / self.baseline if self.baseline else None

    @property
    def kept(self) -> bool | None:
        """Whether the target was kept; None without one."""
        value = self.measured if self.target and self.target.of == "measured" else self.ratio
        return self.target.kept(value) if self.target and value is not None else None


@dataclass(frozen=True, slots=True)
class Report:
    """One benchmark's table, with what has to be known to read it."""

    name: str
    note: str
    measures: list[Measure]


def show(report: Report) -> None:
    """Print one table."""
    console = Console(width=None if Console().is_terminal else WIDTH)
    table = Table(title=report.name, title_justify="left", caption=report.note, caption_justify="left")
    table.add_column("", overflow="fold")
    for heading in ("unit", "measured", "baseline", "ratio", "target", ""):
        table.add_column(heading, justify="left" if heading == "unit" else "right", no_wrap=True)
    for measure in report.measures:
        verdict = {None: "", True: "kept", False: "missed"}[measure.kept]
        numbers = (measure.measured, measure.baseline, measure.ratio)
        table.add_row(measure.what, measure.unit, *map(_number, numbers), _bound(measure.target), verdict)
    console.print(table)
    sys.stdout.flush()


def write(path: Path, reports: Iterable[Report], arguments: dict[str, object]) -> None:
    """Write what was measured as JSON."""
    path.parent.mkdir(exist_ok=True)
    whole = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "arguments": arguments,
        "machine": machine(),
        "reports": {report.name: _plain(report) for report in reports},
    }
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=1), encoding="utf-8")


def machine() -> str:
    """Say in general words what this is measured on, and how busy it is."""
    load = f", load averages {' '.join(f'{n:.1f}' for n in os.getloadavg())}" if os.name == "posix" else ""
    system = f"{platform.system()} {platform.machine()}"
    return f"{os.cpu_count()} cores, {system}, Python {platform.python_version()}{load}"


def _plain(report: Report) -> dict[str, object]:
    lines = [asdict(m) | {"ratio": m.ratio, "kept": m.kept} for m in report.measures]
    return {"note": report.note, "measures": lines}


def _number(value: float | None) -> str:
    if value is None:
        return ""
    digits = 0 if abs(value) >= 1000 else 1 if abs(value) >= 100 else 2  # noqa: PLR2004
    return f"{value:,.{digits}f}"


def _bound(target: Target | None) -> str:
    if target is None:
        return ""
    return f"{target.sign} {target.bound:g}" + (" ×" if target.of == "ratio" else "")
