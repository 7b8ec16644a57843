"""What was exported and loaded into an empty store is exported again, byte for byte."""

import json
from pathlib import Path

import networkx as nx
import pytest
from pyarrow import parquet

from graph.edits.upsert import declare
from graph.errors import BadInput
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.taking import take_snapshot
from graph.store.store import Statement, Store
from loaders.export.choice import Choice
from loaders.export.export import export
from loaders.export.exported import load_exported
from loaders.load import load_folder
from tests.loaders.csv.test_load import write

SHANXI = Path(__file__).parents[3] / "loaders" / "shanxi" / "tables"
EDGES = {
    "Region": "id,name,level,formerCodes\nregion:140921,定襄县,COUNTY,140999|140998\n",
    "Industry": "id,name,code,edition\nindustry:4754-2017:3393,锻件,3393,4754-2017\n",
    "Product": "id,name,category,unit\nproduct:flange,法兰,FINISHED,吨\nproduct:steel,钢,RAW_MATERIAL,\n",
    "Town": "id,name,level,status,registerCompleteFor,recognisedOn\n"
    "town:a,甲镇,COUNTY,RECOGNISED,2023|2024,2022-09-14\n",
    "Source": 'id,name,grade,publisher\nsource:s,"公报，""甲""",B,"一行\n二行, 三"\nsource:t,乙报,C,=1+1\n',
    "Organisation": "id,name,form,aliases,address,foundedOn,closedOn,longitude,synthetic\n"
    'org:a,甲厂,ENTERPRISE,"甲\\|乙|C:\\\\盘\\\\|末","说""是""\n\n街1号",2001-02-03,,112.123456789012345,\n'
    "org:b,乙,FAMILY_FARM,,,,2020-01-01,0.1,true\norg:c,+丙,COOPERATIVE,,-,,,,\n",
    "Benefit": "id,name,resource,text\nbenefit:x,补助,FUNDS,a|b 不分\n",
    "Claim": "subject,metric,value,unit,source,year,bound,scope,product,targetYear,note,recordedOn\n"
    "org:a,REVENUE,2.3,亿元,source:s,2024,EXACT,WHOLE,,,,2025-01-01\n"
    "org:a,REVENUE,2.5,亿元,source:t,2024,ABOUT,WHOLE,,,约 2.5 亿元,2025-01-01\n"
    "town:a,MARKET_SHARE,62,%,source:s,,AT_LEAST,EXPORT,product:flange,,,2025-01-01\n"
    "town:a,TARGET_OUTPUT,100,亿元,source:s,,AT_MOST,WHOLE,,2027,,2025-01-01\n"
    "product:steel,PRODUCTION_VOLUME,0.1,万吨,source:s,2020,EXACT,WHOLE,,,,\n",
    "SUPPLIES": "from,to,product,year,value,share,source,since,until,synthetic\n"
    "org:b,org:a,product:steel,2023,100.10000000000001,0.30000000000000004,source:s,2001,,\n"
    "org:b,org:a,product:steel,2023,1e16,,source:t,,2024,true\n"
    "org:b,org:a,product:steel,,,,,,,\norg:c,org:a,product:steel,2025,,,source:s,,,\n",
    "LIES_IN": "from,to\ntown:a,region:140921\n",
    "LOCATED_IN": "from,to,since\norg:a,region:140921,2001\norg:a,region:140921,\n",
    "NEEDS": "from,to,year,origin,quantity\norg:a,product:steel,2023,ABROAD,5\norg:a,product:steel,2023,,7\n",
    "INPUT_OF": "from,to,essential,coefficient\nproduct:steel,product:flange,false,1.05\n",
    "MEMBER_OF": "from,to\norg:c,town:a\n",
    "Ruling": "id,action,about,reason,ruledOn,other,by,undoneOn,before,after\n"
    'ruling:1,APART,org:a,"两家，""法人""不同",2025-01-02,org:b,工信局,,,\n'
    "ruling:2,RETRACT,OWNS org:a org:b -,误填,2024-03-04,,,2024-05-06,"
    """"{""share"":0.5}",\n""",
}
LOST = "MATCH (c:Claim {note: $note}) SET c.subject = 'org:gone', c.product = 'product:gone'"


async def emptied(store: Store) -> None:
    wipe = "MATCH (n) WITH n LIMIT 5000 DETACH DELETE n RETURN {gone: count(*)} AS wiped"
    while (await store.write(Statement(wipe)))[0]["gone"]:
        pass


async def loaded(store: Store, folder: Path) -> None:
    report = await load_folder(store, folder)
    assert report.clean, [str(found) for found in report.rejections]


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
async def demo(store: Store) -> Snapshot:
    """The demo as a store holds it: read once for all that write parts of it."""
    await emptied(store)
    await declare(store)
    await loaded(store, SHANXI)
    return await take_snapshot(store)


@pytest.fixture(params=["edge cases", "demo"])
def tables(request, tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return SHANXI if request.param == "demo" else write(tmp_path / "in", EDGES)


async def test_export_and_load_and_export_again_is_the_same(empty_store: Store, tables: Path, tmp_path: Path):
    await loaded(empty_store, tables)
    first = export(await take_snapshot(empty_store), tmp_path / "first")
    assert not first.lost
    assert not first.incomplete
    await emptied(empty_store)
    await loaded(empty_store, tmp_path / "first")
    second = export(await take_snapshot(empty_store), tmp_path / "second")
    assert first.rows == second.rows
    assert content(tmp_path / "first") == content(tmp_path / "second")
    again = await load_folder(empty_store, tables)
    assert (again.written, again.clean) == (0, True)


@pytest.mark.parametrize("format_", ["jsonl", "graphml", "parquet"])
async def test_every_format_comes_back_the_same(empty_store: Store, tmp_path: Path, format_: str):
    (tmp_path / "in").mkdir()
    await loaded(empty_store, write(tmp_path / "in", EDGES))
    export(await take_snapshot(empty_store), tmp_path / "first", format_)
    await emptied(empty_store)
    report = await load_exported(empty_store, tmp_path / "first")
    assert report.clean, [str(found) for found in report.rejections]
    export(await take_snapshot(empty_store), tmp_path / "second", format_)
    assert content(tmp_path / "first") == content(tmp_path / "second")
    assert (await load_exported(empty_store, tmp_path / "second")).written == 0


@pytest.mark.parametrize("edge_cases", [True, False])
async def test_every_format_holds_every_row(
    demo: Snapshot, empty_store: Store, tmp_path: Path, *, edge_cases: bool
):
    snapshot = demo
    if edge_cases:
        (tmp_path / "in").mkdir()
        await loaded(empty_store, write(tmp_path / "in", EDGES))
        snapshot = await take_snapshot(empty_store)
    counts = export(snapshot, tmp_path / "csv").rows
    edges = sum(len(table) for table in snapshot.relations.values())
    export(snapshot, tmp_path / "graphml", "graphml")
    graph = nx.read_graphml(tmp_path / "graphml" / "graph.graphml", force_multigraph=True)
    assert isinstance(graph, nx.MultiDiGraph)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (len(snapshot), edges)
    export(snapshot, tmp_path / "jsonl", "jsonl")
    lines = (tmp_path / "jsonl" / "graph.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == len(snapshot) + edges == sum(counts.values())
    assert {json.loads(line)["kind"] for line in lines} == counts.keys()
    export(snapshot, tmp_path / "parquet", "parquet")
    read = {path.stem: parquet.read_table(path) for path in (tmp_path / "parquet").iterdir()}
    assert {label: table.num_rows for label, table in read.items()} == counts
    claims = read["Claim"].to_pylist()
    assert {c["value"] for c in claims} == set(snapshot.nodes["Claim"]["value"].tolist())


@pytest.mark.parametrize(
    "choice",
    [
        Choice(town="town:dingxiang-flange"),
        Choice(town="town:sample-a"),
        Choice(as_of=2022),
        Choice(real_only=True),
        Choice(2023, "town:qingxu-vinegar", real_only=True),
    ],
)
async def test_a_part_loads_without_unknown_references(
    demo: Snapshot, empty_store: Store, tmp_path: Path, choice: Choice
):
    part = export(demo, tmp_path / "part", choice=choice)
    whole = sum(len(table) for table in (*demo.nodes.values(), *demo.relations.values()))
    assert 0 < sum(part.rows.values()) < whole
    await loaded(empty_store, tmp_path / "part")
    again = await take_snapshot(empty_store)
    export(again, tmp_path / "again")
    assert content(tmp_path / "part") == content(tmp_path / "again")
    if choice.as_of:
        assert (again.relations["SUPPLIES"]["year"] <= choice.as_of).all()
        assert (again.nodes["Claim"]["year"] <= choice.as_of).all()
    if choice.real_only:
        assert not (again.nodes["Organisation"]["synthetic"] == 1).any()
        assert "source:synthetic" not in again.nodes["Source"]["id"].tolist()


async def test_what_points_to_nothing_is_said(empty_store: Store, tmp_path: Path):
    await loaded(empty_store, write(tmp_path, EDGES))
    await empty_store.write(Statement(LOST, {"note": "约 2.5 亿元"}))
    done = export(await take_snapshot(empty_store), tmp_path / "out")
    assert done.lost == {"Claim.subject": 1, "Claim.product": 1}
    assert [(label, column) for label, _, column in done.incomplete] == [("Claim", "subject")]
    assert "Claim.subject 有 1 处指向库中没有的对象" in "\n".join(done.lines())
    with pytest.raises(BadInput, match="不是空的"):
        export(await take_snapshot(empty_store), tmp_path / "out")
