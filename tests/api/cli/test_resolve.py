"""`zhenlian resolve`: proposals as rows, and rulings that the next list heeds, in each store."""

import csv

import pytest
from typer.testing import CliRunner

from api.cli import resolve
from api.cli.main import app
from graph.edits.lock import once
from graph.edits.rulings import Grounds
from graph.edits.upsert import NodeRow, RelationRow, merge_nodes, merge_relations
from graph.kinds.entities import Organisation, Region
from graph.kinds.relations import LocatedIn
from graph.snapshot.taking import take_snapshot
from graph.store.versions import versions
from queries.identity.proposals import identity_proposals

NAMES = {"org:a": "恒达玛钢厂", "org:b": "恒達瑪鋼（太谷）有限公司", "org:c": "=宝源铸造厂"}


@pytest.fixture
async def firms(empty_store):
    county = NodeRow("region:140703", {"name": "太谷区", "aliases": ["太谷"], "level": "COUNTY"})
    rows = [NodeRow(id, {"name": name, "form": "ENTERPRISE"}) for id, name in NAMES.items()]
    places = [RelationRow(id, "region:140703", "-", {}) for id in NAMES]
    await empty_store.write(
        *merge_nodes(Region, [county]),
        *merge_nodes(Organisation, rows),
        *merge_relations(LocatedIn, places),
        once(await versions(empty_store)),
    )
    return empty_store


async def listed(store):
    snapshot = await take_snapshot(store)
    found = identity_proposals(snapshot, as_of=2024)
    return list(resolve._rows(snapshot, found, 2024)), list(resolve._lines(found))


async def test_a_pair_is_listed_merged_and_taken_back(firms):
    rows, lines = await listed(firms)
    same = ["0.65", "org:a", "恒达玛钢厂", "太谷区", "", "org:b", NAMES["org:b"], "太谷区", ""]
    assert [list(row)[:9] for row in rows] == [same]
    assert lines[0].startswith("共 1 对可能是同一主体")
    grounds = Grounds("同一营业执照")
    ruled = await resolve._ruled(firms, ("org:b", "org:a"), None, None, grounds)
    assert (await listed(firms))[0] == []
    snapshot = await take_snapshot(firms)
    assert snapshot.id_of(snapshot.row_of("org:b")) == "org:a"
    await resolve._ruled(firms, None, None, ruled.ruling, grounds)
    assert (await listed(firms))[0] == rows


async def test_a_pair_ruled_apart_is_counted_until_that_is_undone(firms):
    ruled = await resolve._ruled(firms, None, ("org:b", "org:a"), None, Grounds("两家"))
    rows, lines = await listed(firms)
    assert rows == []
    assert lines[1] == "另有 1 对已裁定为不同主体，未列出"
    await resolve._ruled(firms, None, None, ruled.ruling, Grounds(""))
    assert len((await listed(firms))[0]) == 1


def test_a_file_for_excel_computes_nothing(tmp_path):
    path = tmp_path / "pairs.csv"
    resolve._write(path, [["0.65", "org:c", NAMES["org:c"]]])
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[1] == ["0.65", "org:c", "'=宝源铸造厂"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--merge", "org:a", "org:b"], "--reason"),
        (["--merge", "org:a", "org:b", "--undo", "ruling:x", "--reason", "x"], "一次只能用一个"),
    ],
)
def test_what_is_wrong_is_said_before_the_store_is_opened(arguments, said):
    told = CliRunner().invoke(app, ["resolve", *arguments])
    assert told.exit_code == 2
    assert said in told.output


def test_the_command_line_merges_sets_apart_and_takes_back(tmp_path):
    tables = {
        "Region": "id,name,level\nregion:140703,太谷区,COUNTY\n",
        "Organisation": "id,name,form,region\norg:a,恒达玛钢厂,ENTERPRISE,region:140703\n"
        "org:b,恒達瑪鋼（太谷）有限公司,ENTERPRISE,region:140703\n",
    }
    (tmp_path / "in").mkdir()
    for name, text in tables.items():
        (tmp_path / "in" / f"{name}.csv").write_text(text, "utf-8")

    def told(*arguments):
        done = CliRunner().invoke(app, [*arguments, "--store", f"embedded:{tmp_path}/store"])
        assert done.exit_code == 0, done.output
        return done.output

    def pairs(out):
        told("resolve", "--csv", str(tmp_path / out))
        rows = list(csv.reader((tmp_path / out).read_text("utf-8-sig").splitlines()))[1:]
        return [(row[1], row[5]) for row in rows]

    told("load", str(tmp_path / "in"))
    merged = told("resolve", "--merge", "org:b", "org:a", "--reason", "同一营业执照", "--by", "太谷区工信局")
    assert pairs("merged.csv") == []
    assert "org:b" in told("load", str(tmp_path / "in"))
    told("resolve", "--undo", merged.split("裁定标识：")[1].partition("（")[0])
    assert pairs("undone.csv") == [("org:a", "org:b")]
    assert "裁定标识：ruling:" in told("resolve", "--apart", "org:a", "org:b", "--reason", "两家，法人不同")
    assert pairs("apart.csv") == []


def test_an_id_is_never_cut_however_long():
    id = "org:" + "a" * 150
    row = ["0.65", id, "甲厂", "太谷区", "", "org:b", "甲厂", "", "9114", "同名", ""]
    lines = resolve._block(row).splitlines()
    assert [line.split()[-2] for line in lines[:2]] == [id, "org:b"]
