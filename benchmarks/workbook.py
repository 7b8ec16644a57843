"""Measure reading a workbook: seconds for 50,000 rows, beside python-calamine that reads its cells alone.

Run `python -m benchmarks.workbook [--rows 50000]`. It must take at most 3 times as long.
"""

import argparse
import json
import tempfile
from pathlib import Path
from time import perf_counter

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from loaders.excel.workbook import read_workbook

HEADERS = ("卖方", "买方", "产品", "年份", "金额（万元/年）", "来源")
LIMIT = 3.0
REPEATS = 3


def write(path: Path, rows: int) -> None:
    """Write a sheet of flows between firms."""
    with Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("供应")
        sheet.write_row(0, 0, HEADERS)
        for row in range(1, rows + 1):
            firms = f"第{row % 4999}机械厂", f"第{row % 997}铸造公司"
            sheet.write_row(row, 0, (*firms, f"产品{row % 50}", 2020 + row % 5, row * 1.5, "统计台账"))


def cells(path: Path) -> int:
    """Read the cells alone."""
    with CalamineWorkbook.from_path(path) as book:
        return sum(1 for _ in book.get_sheet_by_name("供应").iter_rows())


def measured(rows: int) -> dict[str, float]:
    """Take the best of some readings, ours and bare ones by turns."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        write(path, rows)
        bare = ours = float("inf")
        for _ in range(REPEATS):
            start = perf_counter()
            cells(path)
            middle = perf_counter()
            read_workbook(path)
            ours, bare = min(ours, perf_counter() - middle), min(bare, middle - start)
    return {"rows": rows, "bare_s": round(bare, 3), "read_s": round(ours, 3), "ratio": round(ours / bare, 2)}


def main() -> None:
    """Print what was measured; fail above the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000)
    found = measured(parser.parse_args().rows)
    print(json.dumps(found))
    if found["ratio"] > LIMIT:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
