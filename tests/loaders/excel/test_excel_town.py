"""A person with only Excel adds a town with ten suppliers, mends two mistakes, and the service answers."""

from pathlib import Path

from python_calamine import CalamineWorkbook

from dev.excel_town import COUNTY, LEADER, SUPPLIERS, TOWN, fill, mend, typed
from graph.edits.upsert import NodeRow, merge_nodes
from graph.kinds.entities import Region
from graph.snapshot.taking import take_snapshot
from graph.store.store import Store
from loaders.excel.rejected_rows import write_report
from loaders.excel.template import write_template
from loaders.excel.workbook import load_workbook
from queries.network.walk import walk

FLOWS = (
    "MATCH (a:Organisation)-[r:SUPPLIES]->(b:Organisation)"
    " RETURN {seller: a.name, buyer: b.name, value: r.value, year: r.year} AS r"
)


async def test_a_town_of_ten_suppliers_from_excel_to_its_answers(empty_store: Store, tmp_path: Path):
    county = NodeRow("region:140923", {"name": COUNTY, "level": "COUNTY"})
    await empty_store.write(*merge_nodes(Region, [county]))
    book, back = tmp_path / "酒曲.xlsx", tmp_path / "退回.xlsx"
    write_template(book)
    fill(book, typed())
    report = await load_workbook(empty_store, book)
    assert [str(found).partition("：")[0] for found in report.rejections] == [
        "酒曲.xlsx:供应!C7",
        "酒曲.xlsx:供应!G10",
    ]
    write_report(report, back)
    with CalamineWorkbook.from_path(back) as opened:
        rows = opened.get_sheet_by_name("供应").to_python()
    assert [row[1] for row in rows[1:]] == [SUPPLIERS[4], SUPPLIERS[7]]
    mend(back)
    mended = await load_workbook(empty_store, back)
    assert (mended.clean, mended.written) == (True, 2)
    flows = await empty_store.read(FLOWS)
    assert {f["seller"] for f in flows} == set(SUPPLIERS)
    assert {(f["buyer"], f["year"]) for f in flows} == {(LEADER, 2024)}
    sold = {f["seller"]: f["value"] for f in flows}
    assert [sold[name] for name in SUPPLIERS[:5]] == [400_000, 420_000, 450_000, 435_000, 440_000]
    founded = await empty_store.read(
        "MATCH (o:Organisation) RETURN DISTINCT {on: toString(o.foundedOn)} AS o"
    )
    assert founded == [{"on": "2018-05-01"}]
    await _answers(empty_store)


async def _answers(store: Store) -> None:
    """Ask who leads the town, who belongs to it, and who supplies its leader."""
    snapshot = await take_snapshot(store)
    assert snapshot.nodes["Town"]["name"].tolist() == [TOWN]
    assert len(snapshot.relations["MEMBER_OF"]) == len(SUPPLIERS) + 1
    leads = snapshot.relations["LEADS"]["from"].tolist()
    assert [snapshot.name_of(row) for row in leads] == [LEADER]
    walked = walk(snapshot, str(snapshot.index.ids[leads[0]]), as_of=2024, depth=1)
    assert {snapshot.name_of(step.row) for step in walked.steps if step.tier == 1} == set(SUPPLIERS)
    assert sum(step.value or 0 for step in walked.steps if step.tier == 1) == 4_500_000
