"""A report groups what is wrong by its cause, and is never written over what is loaded."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli.main import app
from graph.errors import BadInput
from graph.store.store import Store
from loaders.excel.rejected_rows import refuse_report
from loaders.load import load_folder
from loaders.report import Rejection, Rejections


def test_equal_causes_are_counted_whatever_stands_in_the_cells():
    found = Rejections()
    found.add(
        [
            Rejection("Town.csv", 2, "region", "忻州县", "没有名为“忻州县”的行政区划：本工作簿和库中都没有"),
            Rejection("Town.csv", 3, "batch", "一", "应为数字，如 1234.5，不带单位"),
            Rejection("Town.csv", 4, "region", "沁原县", "没有名为“沁原县”的行政区划：本工作簿和库中都没有"),
            Rejection(
                "Claim.csv", 9, "", "", "与第 3 行的标识（或起点、终点、键）相同而内容不同：请只留一行"
            ),
            Rejection(
                "Claim.csv", 11, "", "", "与第 10 行的标识（或起点、终点、键）相同而内容不同：请只留一行"
            ),
            Rejection("Claim.csv", 12, "", "", "没有名为“甲：乙”的行政区划：本工作簿和库中都没有"),
        ]
    )
    assert [str(cause) for cause in found.causes()] == [
        "3 处：没有名为…的行政区划（如 Town.csv:2）",
        "2 处：与第…行的标识相同而内容不同（如 Claim.csv:9）",
        "1 处：应为数字（如 Town.csv:3）",
    ]


async def test_causes_stand_above_the_tables(empty_store: Store, tmp_path: Path):
    (tmp_path / "Product.csv").write_text("id,name,category\nproduct:a,甲,x\nproduct:b,乙,y\n", "utf-8")
    lines = list((await load_folder(empty_store, tmp_path, dry=True)).lines())
    assert lines[:2] == ["被拒绝的共 2 处，按原因：", "  2 处：不在可用值内（如 Product.csv:2）"]
    assert lines[2].startswith("Product.csv（")


@pytest.mark.parametrize("name", ["Product.csv", "adapter.yaml", "missing/report.csv", "report.xlsx", "."])
def test_a_report_that_would_do_harm_or_fail_is_refused(tmp_path: Path, name: str):
    (tmp_path / "Product.csv").touch()
    (tmp_path / "adapter.yaml").touch()
    with pytest.raises(BadInput, match=r"报告请|不能写入"):
        refuse_report(tmp_path / name, tmp_path, tmp_path / "adapter.yaml")
    refuse_report(tmp_path / "report.csv", tmp_path)


def test_nothing_is_written_when_the_report_is_the_input(tmp_path: Path):
    """Not even a store is made: the refusal comes before it is opened."""
    (tmp_path / "tables").mkdir()
    table = tmp_path / "tables" / "Product.csv"
    table.write_text("id,name,category\nproduct:a,甲,x\n", "utf-8")
    before, store = table.read_bytes(), tmp_path / "store"
    asked = ["load", str(tmp_path / "tables"), "--store", f"embedded:{store}", "--report", str(table)]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == 2
    assert "就是要装载的文件" in done.output
    assert table.read_bytes() == before
    assert not store.exists()
