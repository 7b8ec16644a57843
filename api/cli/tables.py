"""Analyses of a published input–output table, printed as a grid or as JSON."""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.table import Table as Grid
from scipy.sparse import csr_array

from graph.errors import BadInput
from loaders.csv.flow_table import FlowTable, read_flow_table
from queries.answer import Formula
from queries.linkage import leontief, position
from queries.linkage.extraction import FORMULA, ExtractionForm, extracted
from queries.linkage.series import ClosedCircle

LARGEST_DENSE = 3_000
CLOSED = "投入矩阵的谱半径不小于 1（有部门的采购不少于其产出），逆矩阵不存在：请检查 output 一列"


def linkages(table: Path, *, as_json: bool) -> None:
    """Print the linkages of all sectors."""
    read = read_flow_table(table)
    try:
        found = leontief.linkages_of(csr_array(read.sales), read.output, dense=LARGEST_DENSE)
    except ClosedCircle:
        raise BadInput(CLOSED, "output") from None
    columns: dict[str, Sequence[Any]] = {
        "output": read.output.tolist(),
        "backwardLinkage": found.backward.tolist(),
        "forwardLinkage": found.forward.tolist(),
        "forwardLinkageLeontief": found.forward_leontief.tolist(),
        "backwardIndex": found.backward_index.tolist(),
        "forwardIndex": found.forward_index.tolist(),
        "dispersion": [None] * len(read.sectors) if found.dispersion is None else found.dispersion.tolist(),
        "kind": [kind.value for kind in found.kinds()],
    }
    _tell(read, leontief.FORMULA, columns, as_json=as_json)


def positions(table: Path, *, as_json: bool) -> None:
    """Print upstreamness and downstreamness; of an open economy where exports or imports are given."""
    read = read_flow_table(table)
    if read.disposable is not None and not (read.disposable > 0).all():
        sector = read.sectors[int((read.disposable > 0).argmin())]
        raise BadInput(f"{sector}：产出 − 出口 + 进口应大于 0", "exports")
    try:
        found = position.positions_of(csr_array(read.sales), read.output, disposable=read.disposable)
    except ClosedCircle:
        raise BadInput(CLOSED, "output") from None
    columns: dict[str, Sequence[Any]] = {
        "output": read.output.tolist(),
        "upstreamness": found.upstreamness.tolist(),
        "downstreamness": found.downstreamness.tolist(),
    }
    facts = {"terms": found.terms, "residual": found.residual, "open": read.disposable is not None}
    _tell(read, position.FORMULA, columns, facts, as_json=as_json)


def extraction(table: Path, form: ExtractionForm, *, as_json: bool) -> None:
    """Print what is lost when each sector is extracted."""
    read = read_flow_table(table)
    sales = csr_array(read.sales)
    try:
        losses = [extracted(sales, read.output, sector, form).loss for sector in range(len(read.sectors))]
    except ClosedCircle:
        raise BadInput(CLOSED, "output") from None
    total = [float(loss.sum()) for loss in losses]
    own = [float(loss[sector]) for sector, loss in enumerate(losses)]
    output = read.output.tolist()
    indirect = [a - b for a, b in zip(total, own, strict=True)]
    columns: dict[str, Sequence[Any]] = {
        "output": output,
        "total": total,
        "own": own,
        "indirect": indirect,
        "multiplier": [a / b for a, b in zip(indirect, output, strict=True)],
        "share": [value / sum(output) for value in total],
    }
    _tell(read, FORMULA, columns, {"form": form.value}, as_json=as_json)


def _tell(
    read: FlowTable,
    formula: Formula,
    columns: Mapping[str, Sequence[Any]],
    parameters: Mapping[str, Any] | None = None,
    *,
    as_json: bool,
) -> None:
    """Print a row for each sector: a grid for people, or JSON in full precision."""
    for imbalance in read.imbalances:
        typer.echo(f"注意：{imbalance}", err=True)
    names = ["sector", *columns]
    rows = [
        dict(zip(names, cells, strict=True)) for cells in zip(read.sectors, *columns.values(), strict=True)
    ]
    if as_json:
        said = {"formula": formula.name, "version": formula.version, "caveat": formula.caveat}
        whole = {**said, "parameters": dict(parameters or {}), "rows": rows}
        typer.echo(json.dumps(whole, ensure_ascii=False, indent=2))
        return
    grid = Grid(box=None)
    for name in names:
        grid.add_column(name, justify="left" if name in {"sector", "kind"} else "right")
    for row in rows:
        grid.add_row(*(_shown(value) for value in row.values()))
    Console(width=None if sys.stdout.isatty() else 200).print(grid)
    typer.echo(f"公式 {formula.name}，第 {formula.version} 版。{formula.caveat}")


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1e4 else f"{value:.6f}"  # noqa: PLR2004
    return "–" if value is None else str(value)
