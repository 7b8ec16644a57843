"""Figures of another size, and what is joined with itself, are loaded and told; the future is refused."""

from datetime import date, timedelta
from pathlib import Path

from graph.kinds import RELATION_OF
from graph.store.store import Store
from loaders.load import load_folder
from loaders.rows.plausible import Plausibility

FIRMS = "id,name,form\norg:a,甲厂,ENTERPRISE\norg:b,乙厂,ENTERPRISE\n"
PRODUCTS = "id,name,category\nproduct:a,法兰,COMPONENT\n"


def doubts(values: list[float]) -> list[tuple[int, str]]:
    found = Plausibility(RELATION_OF["SUPPLIES"])
    for line, value in enumerate(values, 2):
        found.take(line, {"value": value, "share": 0.5})
    return [(line, fault.reason) for line, fault in found.doubts()]


def test_a_figure_in_another_unit_is_told_with_its_times():
    """Nine figures around 100: their median with the wrong one is 100, and 340,000 is 3,400 times that."""
    usual = [96.0, 97, 98, 99, 100, 101, 102, 103, 104]
    assert doubts([*usual, 340_000]) == [
        (11, "是同列中位数（100）的 3,400 倍；单位是否写错，如元写成了万元？")
    ]
    assert doubts([*usual, 0.01]) == [(11, "是同列中位数（99）的 1/9,900；单位是否写错，如万元写成了元？")]
    assert doubts(usual) == []
    assert doubts([1, 1, 1, 1, 1, 1, 10_000]) == []  # too few for a median to say something


def test_a_column_that_spreads_by_nature_is_left_alone():
    """A geometric row over 8 powers of ten: its largest is 10,000 times the median, and not alone."""
    assert doubts([10 ** (step / 10) for step in range(81)]) == []


async def test_doubts_stand_first_and_the_rows_are_loaded(empty_store: Store, tmp_path: Path):
    flows = "".join(f"org:a,org:b,product:a,{year},{100 + year}\n" for year in range(2010, 2019))
    tables = {
        "Organisation": FIRMS,
        "Product": PRODUCTS,
        "SUPPLIES": f"from,to,product,year,value\n{flows}org:a,org:a,product:a,2020,3000000\n",
        "INPUT_OF": "from,to\nproduct:a,product:a\n",
    }
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    report = await load_folder(empty_store, tmp_path)
    assert report.clean
    lines = list(report.lines())
    assert lines[0] == "已装载而难以置信的 3 处，请先核对："
    assert lines[1] == "  SUPPLIES.csv:11：“org:a”：供应的两端是同一主体：是否填错？"
    assert "的 1,419 倍" in lines[2]  # 3,000,000 / 2,114, the lower middle of ten
    assert lines[3] == "  INPUT_OF.csv:2：“product:a”：投入品的两端是同一产品或产业链环节：是否填错？"
    assert await empty_store.read("MATCH ()-[r:SUPPLIES]->() RETURN {n: count(r)} AS r") == [{"n": 10}]


async def test_founded_tomorrow_is_refused(empty_store: Store, tmp_path: Path):
    days = [date.today() + timedelta(days=step) for step in (0, 1)]  # noqa: DTZ011 - the day where the office is
    rows = "".join(f"org:{place},厂{place},ENTERPRISE,{day}\n" for place, day in enumerate(days))
    (tmp_path / "Organisation.csv").write_text(f"id,name,form,foundedOn\n{rows}", "utf-8")
    report = await load_folder(empty_store, tmp_path)
    assert [(r.row, r.column) for r in report.rejections] == [(3, "foundedOn")]
    assert report.written == 1
