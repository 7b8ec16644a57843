"""Every fault that a table may have is told with its place, its value and what would be right."""

from pathlib import Path

import pytest

from graph.errors import LoadRefused
from graph.store.store import Store
from loaders.load import load_folder
from loaders.report import Report, TablesRefused

FAULTS = Path(__file__).with_name("faults")
EXPECTED = FAULTS.with_name("faults_report.txt")
COUNT = "MATCH (n) WHERE n.id IS NOT NULL RETURN {count: count(n)} AS all"


def told(report: Report) -> str:
    return "\n".join(report.lines()) + "\n"


@pytest.mark.parametrize("dry", [True, False], ids=["check", "load"])
async def test_every_fault_is_told_as_expected(empty_store: Store, dry):
    report = await load_folder(empty_store, FAULTS, dry=dry)
    faults, _, differences = told(report).partition("与图相比：\n")
    expected = EXPECTED.read_text(encoding="utf-8")
    if dry:  # nothing was loaded: it would be
        expected = expected.replace(
            "此格按不详装载，该行其余各格已装载", "此格将按不详装载，该行其余各格将装载"
        )
    assert faults == expected
    new = sum(table.new for table in report.tables)
    assert len([line for line in differences.splitlines() if "新增" in line]) == (new if dry else 0)


async def test_a_check_writes_nothing(empty_store: Store):
    await load_folder(empty_store, FAULTS, dry=True)
    assert (await empty_store.read(COUNT))[0]["count"] == 0


async def test_a_strict_load_refuses_all(empty_store: Store):
    with pytest.raises(TablesRefused) as refused:
        await load_folder(empty_store, FAULTS, strict=True)
    assert refused.value.report.rejections
    assert (await empty_store.read(COUNT))[0]["count"] == 0


async def test_sound_rows_beside_bad_ones_are_loaded(empty_store: Store):
    await load_folder(empty_store, FAULTS)
    rows = await empty_store.read("MATCH (o:Organisation) RETURN {id: o.id} AS o ORDER BY o.id")
    lived = ["org:check", "org:doubt", "org:excel", "org:region"]  # an optional cell of each is left unknown
    assert [row["id"] for row in rows] == sorted(["org:after", "org:code", "org:good", *lived])


async def test_all_rejections_can_be_written_as_a_table(empty_store: Store, tmp_path: Path):
    report = await load_folder(empty_store, FAULTS, dry=True)
    report.write_csv(tmp_path / "rejected.csv")
    lines = (tmp_path / "rejected.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "文件,行,列,值,原因"
    assert len(lines) == 1 + len(report.rejections)


@pytest.mark.parametrize("place", ["missing", "file.csv", "empty"])
async def test_a_folder_without_tables_is_refused(empty_store: Store, tmp_path: Path, place):
    (tmp_path / "file.csv").touch()
    (tmp_path / "empty").mkdir()
    with pytest.raises(LoadRefused, match=place):
        await load_folder(empty_store, tmp_path / place)
