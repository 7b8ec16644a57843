"""The batch over all organisations, from the command line to GraphQL."""

import asyncio
import os
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli.main import app
from graph.store.store import Statement

ROOT = Path(__file__).parents[3]
PROFILE = """{ esriProfile(first: 3, orderBy: ESRI, asOf: 2024) {
    unknownReason run stale count startedAt finishedAt rows {
    rank id organisation { id name } esri down up atRisk iterations converged }
    method { formula query parameters { name value } snapshot { id } } } }"""
FORGET = (
    "MATCH (r:AnalysisRun) WHERE r.formula STARTS WITH 'esri' DETACH DELETE r",
    "MATCH (p:RunPart) WHERE p.run STARTS WITH 'run:esri' DELETE p",
)


def access(address):
    """Name what a command needs to enter the store."""
    given = {"STORE_USER": address.user, "STORE_PASSWORD": address.password, "DATABASE": address.database}
    return {f"ZHENLIAN_{name}": value for name, value in given.items()}


async def analysed(address, *arguments):
    """Run the command as its users do; return its exit code and what it wrote."""
    process = await asyncio.create_subprocess_exec(
        *(
            sys.executable,
            "-m",
            "api.cli.main",
            "analyse",
            "cascade",
            "--store",
            address.url,
            *map(str, arguments),
        ),
        cwd=ROOT,
        env=os.environ | access(address),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    return process.returncode, out.decode(), err.decode()


@pytest.fixture
async def forgotten(store):
    for statement in FORGET:
        await store.write(Statement(statement))
    yield
    for statement in FORGET:
        await store.write(Statement(statement))


@pytest.mark.usefixtures("forgotten")
async def test_the_ranking_is_what_the_batch_has_stored(service, address, tmp_path):
    before = (await service.data(PROFILE))["esriProfile"]
    assert "zhenlian analyse cascade --all --as-of 2024" in before["unknownReason"]
    assert (before["rows"], before["run"]) == ([], None)

    version = service.keeper.current.id
    code, out, err = await analysed(address, "--all", "--as-of", 2024, "--work", tmp_path, "--threads", 2)
    assert code == 0, err
    lines = out.splitlines()
    assert lines[0].startswith("2024 年")
    assert len(lines) == 11
    assert list(tmp_path.iterdir()) == [], "what is stored needs no parts"

    found = (await service.data(PROFILE))["esriProfile"]
    assert found["unknownReason"] is None
    assert not found["stale"]
    assert found["method"]["snapshot"]["id"].partition("-")[2] == version.partition("-")[2]
    assert found["count"] > 500
    assert found["startedAt"] <= found["finishedAt"]
    assert [row["rank"] for row in found["rows"]] == [1, 2, 3]
    for row, line in zip(found["rows"], lines[1:], strict=False):
        assert line.endswith(row["id"])
        assert row["organisation"]["id"] == row["id"]
        alone = f'organisation(id: "{row["id"]}")'
        one = await service.data(
            f"{{ {alone} {{ cascade(asOf: 2024) {{ esri down up atRisk iterations }} }} }}"
        )
        single = one["organisation"]["cascade"]
        assert [row[name] for name in ("esri", "down", "up", "iterations")] == [
            single[name] for name in ("esri", "down", "up", "iterations")
        ]
        assert row["atRisk"] == pytest.approx(single["atRisk"])
    by_up = (await service.data(PROFILE.replace("ESRI,", "UP,")))["esriProfile"]["rows"]
    assert by_up == sorted(by_up, key=lambda row: -row["up"])
    again = await service.data(found["method"]["query"])
    assert again["esriProfile"]["rows"] == found["rows"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--all"),
        (("--all", "--eps", "0"), "eps"),
        (("--all", "--threads", "0"), "--threads"),
        (("--all", "--as-of", "1900"), "没有已计量的供应"),
    ],
)
@pytest.mark.usefixtures("service")
def test_what_can_not_be_run_is_told_in_one_line(address, arguments, said, tmp_path):
    asked = ["analyse", "cascade", "--store", address.url, *arguments, "--work", str(tmp_path)]
    done = CliRunner().invoke(app, asked, env=access(address))
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("{ esriProfile(first: 0) { count } }", "first"),
        ('{ cascade(scenario: [{id: "org:tianbao-group", psi: 2}]) { esri } }', "psi"),
        ("{ cascade(scenario: []) { esri } }", "scenario"),
        ('{ organisation(id: "org:tianbao-group") { cascade(eps: 0) { esri } } }', "eps"),
    ],
)
async def test_bad_arguments_are_refused(service, query, path):
    result = await service.answer(query)
    assert result.errors[0].extensions["code"] == "BAD_USER_INPUT"
    assert path in str(result.errors[0].extensions)


async def test_a_scenario_of_several(service):
    data = await service.data(
        """{ cascade(scenario: [{id: "org:tianbao-group", psi: 0.5}, {id: "org:xinghuacun-fenjiu"}],
            asOf: 2024, first: 3) { esri down up atRisk own affected converged losses { psi share loss
            organisation { id } } byForm { form loss } byTown { member { id } loss } byRegion { loss }
            inputs { unknownCount byProduct } } }"""
    )
    found = data["cascade"]
    assert {row["psi"] for row in found["losses"]} <= {0.0, 0.5, 1.0}
    for parts in ("byForm", "byTown", "byRegion"):
        assert sum(part["loss"] for part in found[parts]) == pytest.approx(found["atRisk"])
    assert 0 < found["own"] < found["atRisk"]
