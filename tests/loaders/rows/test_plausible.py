"""Figures of another size, and what is joined with itself, are loaded and told; the future is refused."""

from datetime import date, timedelta
from pathlib import Path

import pytest

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
    assert "“3000000 元”" in lines[2]
    assert lines[1] == "  SUPPLIES.csv:11：“org:a”：供应的两端是同一主体：是否填错？"
    assert "的 1,419 倍" in lines[2]  # 3,000,000 / 2,114, the lower middle of ten
    assert lines[3] == "  INPUT_OF.csv:2：“product:a”：投入品的两端是同一产品或产业链环节：是否填错？"
    assert await empty_store.read("MATCH ()-[r:SUPPLIES]->() RETURN {n: count(r)} AS r") == [{"n": 10}]


WRONG = "99999999"
"""Typed under 万元: 9,999.9999 亿元."""


async def known(store: Store, folder: Path) -> Path:
    """Load a small trade: three supplies of at most 2 million yuan, a seller of 10 million a year."""
    for name, text in {
        "Source": "id,name,grade\nsource:a,统计公报,A\n",
        "Organisation": FIRMS,
        "Product": PRODUCTS,
        "Claim": "subject,metric,value,unit,year,source\norg:a,REVENUE,1000,万元,2023,source:a\n",
        "SUPPLIES": "from,to,product,year,value(万元)\n"
        + "".join(
            f"org:a,org:b,product:a,{year},{value}\n"
            for year, value in ((2021, 50), (2022, 120), (2023, 200))
        ),
    }.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    report = await load_folder(store, folder)
    assert report.clean
    assert report.implausible == ()
    later = folder / "later"
    later.mkdir()
    return later


@pytest.mark.parametrize("dry", [True, False])
async def test_one_figure_is_held_against_the_store(empty_store: Store, tmp_path: Path, *, dry: bool):
    """1e12 yuan: 100,000 (rounded) times the seller's 1e7, and 500,000 times the greatest supply of 2e6."""
    later = await known(empty_store, tmp_path)
    flows = f"org:a,org:b,product:a,2024,{WRONG}\norg:a,org:b,product:a,2025,210\n"
    (later / "SUPPLIES.csv").write_text(f"from,to,product,year,value(万元)\n{flows}", "utf-8")
    report = await load_folder(empty_store, later, dry=dry)
    (doubt,) = report.implausible
    assert (doubt.row, doubt.column, doubt.value) == (2, "value", "99999999 万元")
    assert doubt.reason == (
        "是卖方已知营业收入或产值（最高 1,000 万元）的 100,000 倍；"
        "是库中已知同一产品的最大供应额（200 万元）的 500,000 倍；单位是否写错，如元写成了万元？"
    )
    assert (report.clean, report.written) == (True, 2)
    assert next(iter(report.lines())) == f"{'' if dry else '已装载而'}难以置信的 1 处，请先核对："


async def test_a_turnover_of_the_same_tables_counts_and_a_product_of_its_own_is_held_against_all(
    empty_store: Store, tmp_path: Path
):
    """b sells 40 million, of 10 million a year by this table: 4 times; and 20 times all that is sold."""
    later = await known(empty_store, tmp_path)
    for name, text in {
        "Product": "id,name,category\nproduct:n,新品,COMPONENT\n",
        "Claim": "subject,metric,value,unit,year,source\norg:b,REVENUE,1000,万元,2023,source:a\n",
        "SUPPLIES": (
            "from,to,product,year,value\norg:b,org:a,product:n,2024,40000000\n"
            "org:b,org:a,product:n,2023,29000000\n"
        ),
    }.items():
        (later / f"{name}.csv").write_text(text, "utf-8")
    report = await load_folder(empty_store, later, dry=True)
    (doubt,) = report.implausible
    assert (doubt.row, doubt.value) == (2, "40000000 元")
    assert doubt.reason == (
        "是卖方已知营业收入或产值（最高 1,000 万元）的 4.0 倍；"
        "是库中已知最大供应额（200 万元）的 20 倍；单位是否写错，如元写成了万元？"
    )


async def test_claims_and_needs_are_held_against_their_like(empty_store: Store, tmp_path: Path):
    """Three firms of 8 to 10 million: 200 million is 20 times. The claim of a town is none of their like."""
    later = await known(empty_store, tmp_path)
    more = "org:b,REVENUE,800,万元,2022,source:a\norg:b,REVENUE,900,万元,2023,source:a\n"
    head = "subject,metric,value,unit,year,source\n"
    (tmp_path / "Claim.csv").write_text(head + more, "utf-8")
    needs = "from,to,value(万元),year,origin\n" + "".join(
        f"org:a,product:a,{n}0,202{n},COUNTRY\n" for n in (1, 2, 3)
    )
    (tmp_path / "NEEDS.csv").write_text(needs, "utf-8")
    assert (await load_folder(empty_store, tmp_path)).clean
    (later / "Claim.csv").write_text(f"{head}org:b,REVENUE,2,亿元,2024,source:a\n", "utf-8")
    (later / "NEEDS.csv").write_text(
        "from,to,value,year,origin\norg:a,product:a,600万元,2024,COUNTRY\n", "utf-8"
    )
    report = await load_folder(empty_store, later, dry=True)
    assert [(doubt.file, doubt.value, doubt.reason) for doubt in report.implausible] == [
        (
            "Claim.csv",
            "2 亿元",
            "是库中已知同类对象同一指标的最大值（1,000 万元）的 20 倍；单位是否写错，如元写成了万元？",
        ),
        (
            "NEEDS.csv",
            "600万元",
            "是库中已知同一产品的最大采购额（30 万元）的 20 倍；单位是否写错，如元写成了万元？",
        ),
    ]


async def test_founded_tomorrow_is_refused(empty_store: Store, tmp_path: Path):
    days = [date.today() + timedelta(days=step) for step in (0, 1)]  # noqa: DTZ011 - the day where the office is
    rows = "".join(f"org:{place},厂{place},ENTERPRISE,{day}\n" for place, day in enumerate(days))
    (tmp_path / "Organisation.csv").write_text(f"id,name,form,foundedOn\n{rows}", "utf-8")
    report = await load_folder(empty_store, tmp_path)
    assert [(r.row, r.column) for r in report.rejections] == [(3, "foundedOn")]
    assert report.written == 1
