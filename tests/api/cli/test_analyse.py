"""`zhenlian analyse` on a published table, run as its users run it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli.main import app

ORACLES = json.loads((Path(__file__).parents[2] / "oracles" / "oracles.json").read_text(encoding="utf-8"))
GERMANY = ORACLES["germany_1995"]


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "germany.csv"
    rows = [["sector", *GERMANY["sectors"], "output"]]
    rows += [
        [name, *flows, x]
        for name, flows, x in zip(GERMANY["sectors"], GERMANY["Z"], GERMANY["x"], strict=True)
    ]
    path.write_text("\n".join(",".join(map(str, row)) for row in rows), encoding="utf-8")
    return path


def asked(*arguments):
    return CliRunner().invoke(app, ["analyse", *map(str, arguments)])


@pytest.mark.parametrize(
    ("command", "name", "known"),
    [
        ("linkages", "backwardLinkage", "backward_linkage"),
        ("linkages", "forwardIndex", "forward_index"),
        ("linkages", "dispersion", "backward_dispersion_cv"),
        ("position", "upstreamness", "upstreamness"),
        ("extraction", "total", "hem_total_loss"),
        ("extraction", "multiplier", "hem_indirect_per_unit"),
    ],
)
def test_germany_in_full_precision(table, command, name, known):
    told = asked(command, table, "--json")
    assert told.exit_code == 0, told.output
    rows = json.loads(told.output)["rows"]
    assert [row["sector"] for row in rows] == GERMANY["sectors"]
    assert [row[name] for row in rows] == pytest.approx(GERMANY[known], abs=1e-6, rel=1e-9)


def test_people_get_a_grid_and_the_caveat(table):
    told = asked("linkages", table)
    assert told.exit_code == 0
    assert "1.841299" in told.output
    assert "数值为下限" in told.output
    assert [line.split()[-1] for line in told.output.splitlines()[1:7]] == [
        kind.upper() for kind in GERMANY["key_sector_class"]
    ]


def test_half_an_extraction(table):
    total, half = (
        json.loads(asked("extraction", table, "--json", "--form", kind).output)
        for kind in ("TOTAL", "BACKWARD")
    )
    for a, b in zip(total["rows"], half["rows"], strict=True):
        assert b["indirect"] == pytest.approx(a["indirect"])
        assert b["own"] < a["own"]


def test_a_fault_is_located(table):
    table.write_text(table.read_text(encoding="utf-8").replace("7930.0", "x"), encoding="utf-8")
    told = asked("position", table)
    assert told.exit_code == 1
    assert "germany.csv:3:A：“x”：应为数" in told.output


def test_a_closed_circle_says_so(tmp_path):
    path = tmp_path / "circle.csv"
    path.write_text("sector,a,b,output\na,0,2,2\nb,2,0,2\n", encoding="utf-8")
    for command in ("linkages", "position", "extraction"):
        told = asked(command, path)
        assert told.exit_code == 2
        assert "谱半径不小于 1" in told.output
