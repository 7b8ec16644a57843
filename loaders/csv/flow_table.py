"""Input–output tables: a CSV file of flows between sectors becomes arrays.

The header is `sector`, the names of the sectors, then `output` and, as far as known, `final_demand`,
`exports`, `imports`, in any order: x = Z·1 + final_demand + exports − imports. Each row is a seller, in the
order of the header; a row `value_added` may follow at the end. All figures are in one money unit; an empty
cell among the flows is 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from graph.errors import LoadRefused
from loaders.csv.folder import encoding_of
from loaders.csv.lines import Cells, Lines
from loaders.report import Rejection

FIRST, OUTPUT, VALUE_ADDED = "sector", "output", "value_added"
EXTRA = ("final_demand", "exports", "imports")
TOLERANCE = 0.005
"""The share of output by which a row or a column may miss its total before it is told."""
MOST_FAULTS = 20

type Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class FlowTable:
    """A table of flows: what each sector sells to each, and what it puts out."""

    sectors: Sequence[str]
    sales: Array
    """Z, seller by buyer."""
    output: Array
    """x, all above 0."""
    exports: Array | None
    imports: Array | None
    imbalances: Sequence[str]
    """Rows and columns that miss their totals by more than half a percent of output."""

    @property
    def disposable(self) -> Array | None:
        """X − exports + imports, where any of them is given: what upstreamness divides by."""
        if self.exports is None and self.imports is None:
            return None
        nothing = np.zeros(len(self.output))
        exports = nothing if self.exports is None else self.exports
        imports = nothing if self.imports is None else self.imports
        return self.output - exports + imports


def read_flow_table(path: Path) -> FlowTable:
    """Read a table; raises LoadRefused with `file:row:column`, the value, and what would be right."""
    if not path.is_file():
        raise LoadRefused(f"没有文件 {path}")
    encoding = encoding_of(path)
    if not encoding:
        raise LoadRefused(f"{path.name}：既不是 UTF-8 也不是 GB18030 文字")
    with Lines(path, encoding) as lines:
        rows = list(lines)
    return _Reading(path.name, rows).table()


class _Reading:
    """One reading of a file: what it holds, and what is wrong with it."""

    def __init__(self, file: str, rows: list[Cells]) -> None:
        self._file = file
        self._rows = rows
        self._faults: list[Rejection] = []

    def table(self) -> FlowTable:
        """Read all of it, or refuse it with everything that is wrong."""
        for row in self._rows:
            if row.fault:
                self._wrong(row.line, "", row.shown, row.fault)
        self._stop()
        if not self._rows:
            raise LoadRefused(f"{self._file}：空文件")
        header = [text.strip() for text in self._rows[0].texts]
        sectors, extra = self._header(header)
        body = self._body(sectors, header)
        self._stop()
        numbers = np.array([self._numbers(row, header) for row in body])
        self._stop()
        columns = {name: numbers[: len(sectors), header.index(name) - 1] for name in (OUTPUT, *extra)}
        sales = numbers[: len(sectors), : len(sectors)]
        added = numbers[-1, : len(sectors)] if len(body) > len(sectors) else None
        for sector, row, value in zip(sectors, body, columns[OUTPUT].tolist(), strict=False):
            if not value > 0:
                self._wrong(row.line, OUTPUT, f"{value:g}", f"{sector} 的产出应大于 0")
        self._stop()
        told = _imbalances(sectors, sales, columns, added)
        return FlowTable(
            sectors, sales, columns[OUTPUT], columns.get("exports"), columns.get("imports"), told
        )

    def _header(self, header: list[str]) -> tuple[list[str], list[str]]:
        if not header or header[0] != FIRST or OUTPUT not in header:
            shown = ",".join(header)[:60]
            self._wrong(1, "", shown, f"表头应为 {FIRST}, 各部门名, {OUTPUT}[, {', '.join(EXTRA)}]")
            self._stop()
        at = min(header.index(name) for name in (OUTPUT, *EXTRA) if name in header)
        sectors, extra = header[1:at], [name for name in header[at:] if name != OUTPUT]
        for name in extra:
            if name not in EXTRA:
                self._wrong(1, name, name, f"部门之后只可有 {'、'.join((OUTPUT, *EXTRA))}")
        for name in {name for name in header if header.count(name) > 1}:
            self._wrong(1, name, name, "列名重复")
        if not sectors:
            self._wrong(1, "", "", "至少应有一个部门")
        self._stop()
        return sectors, extra

    def _body(self, sectors: list[str], header: list[str]) -> list[Cells]:
        """Check that there is a row for each sector, in the order of the columns."""
        body = self._rows[1:]
        names = [row.texts[0].strip() for row in body]
        wanted = [*sectors, *([VALUE_ADDED] if names[-1:] == [VALUE_ADDED] else [])]
        for row, name, right in zip(body, names, wanted, strict=False):
            if name != right:
                self._wrong(row.line, FIRST, name, f"行的次序应与列相同，此处应为 {right}")
        if len(body) != len(wanted):
            self._wrong(0, "", "", f"应有 {len(sectors)} 个部门行，却有 {len(body)} 行")
        for row in body:
            short = row.texts[0].strip() == VALUE_ADDED and len(row.texts) == len(sectors) + 1
            if len(row.texts) != len(header) and not short:
                self._wrong(row.line, "", "", f"有 {len(row.texts)} 格，表头有 {len(header)} 格")
        return body

    def _numbers(self, row: Cells, header: list[str]) -> list[float]:
        texts = [*row.texts[1:], *[""] * (len(header) - len(row.texts))]
        return [self._number(row, name, text.strip()) for name, text in zip(header[1:], texts, strict=True)]

    def _number(self, row: Cells, column: str, text: str) -> float:
        if not text and column != OUTPUT:
            return 0.0
        if not text and row.texts[0].strip() == VALUE_ADDED:
            return 0.0
        try:
            value = float(text.replace(",", "").replace("，", ""))
        except ValueError:
            value = np.nan
        if not np.isfinite(value):
            self._wrong(row.line, column, text, "应为数")
        elif value < 0 and column not in EXTRA:
            self._wrong(row.line, column, text, "不应为负")
        return value

    def _wrong(self, row: int, column: str, value: str, reason: str) -> None:
        self._faults.append(Rejection(self._file, row, column, value, reason))

    def _stop(self) -> None:
        if not self._faults:
            return
        shown = [str(fault) for fault in self._faults[:MOST_FAULTS]]
        more = len(self._faults) - len(shown)
        raise LoadRefused("\n".join([*shown, *([f"……另有 {more} 处"] if more else [])]))


def _imbalances(
    sectors: Sequence[str], sales: Array, columns: dict[str, Array], added: Array | None
) -> list[str]:
    """Which rows do not add up to output, and which columns."""
    output, told = columns[OUTPUT], list[str]()
    if "final_demand" in columns:
        uses = sales.sum(axis=1) + columns["final_demand"]
        uses += columns.get("exports", 0.0) - columns.get("imports", np.zeros(len(output)))
        told += [_missed("行", *row) for row in zip(sectors, uses.tolist(), output.tolist(), strict=True)]
    if added is not None:
        costs = sales.sum(axis=0) + added
        told += [_missed("列", *row) for row in zip(sectors, costs.tolist(), output.tolist(), strict=True)]
    return [text for text in told if text]


def _missed(what: str, sector: str, total: float, output: float) -> str:
    if abs(total - output) <= TOLERANCE * output:
        return ""
    return f"{sector}：{what}合计 {total:g} 与产出 {output:g} 相差 {total - output:+g}"
