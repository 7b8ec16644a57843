"""Any load or ruling can be taken back, unless something later stands on its rows, which is then named."""

import random
import re
from pathlib import Path

import pytest

from graph.edits.invented import remove_synthetic
from graph.edits.neighbourhood import Place
from graph.edits.rulings import Correct, Grounds, Merge, Retract, rule
from graph.edits.undo import undo, undo_load
from graph.errors import BadInput, NotFound
from graph.store.store import Store
from loaders.load import load_folder
from loaders.rows.correction import correction
from tests.graph.edits.test_changes import content
from tests.loaders.csv.test_load import write

FIRST = {
    "Source": "id,name,grade\nsource:a,公报,A\n",
    "Product": "id,name,category\nproduct:flange,法兰,FINISHED\n",
    "Organisation": "id,name,form\norg:a,甲厂,ENTERPRISE\norg:b,乙厂,ENTERPRISE\n",
    "SUPPLIES": "from,to,product,year,value,source\norg:a,org:b,product:flange,2023,10,source:a\n",
    "Claim": "subject,metric,value,unit,source,year\norg:a,REVENUE,3,亿元,source:a,2023\n",
}
APART = {"Organisation": "id,name,form,synthetic\norg:c,丙厂,ENTERPRISE,true\norg:d,丁厂,ENTERPRISE,\n"}
COUNT = "MATCH (o:Organisation) RETURN {id: o.id} AS o ORDER BY o.id"


@pytest.fixture
def load(empty_store: Store, tmp_path: Path):
    """Loads tables, and gives the load's id."""

    async def loaded(tables: dict[str, str]) -> str:
        folder = tmp_path / str(random.random())  # noqa: S311 - a name
        folder.mkdir()
        report = await load_folder(empty_store, write(folder, tables))
        assert report.clean, list(report.lines())
        return report.load

    return loaded


async def ruled(store: Store, asked) -> str:
    return (await rule(store, asked, Grounds("核对原件"), correction)).ruling


async def test_an_earlier_load_goes_and_the_later_stays(empty_store: Store, load):
    await load(APART)
    alone = await content(empty_store)
    earlier = await load(FIRST)
    later = await load({"Organisation": "id,name,form\norg:e,戊厂,ENTERPRISE\n"})
    undone = await undo(empty_store, earlier)
    assert (undone.removed, undone.restored, undone.same) == (6, 0, {})
    assert [row["id"] for row in await empty_store.read(COUNT)] == ["org:c", "org:d", "org:e"]
    await undo(empty_store, later)
    assert await content(empty_store) == alone


@pytest.mark.parametrize(
    ("tables", "rows", "example"),
    [
        ({"Organisation": "id,name,form\norg:a,甲厂,COOPERATIVE\n"}, 1, "Organisation org:a"),
        (
            {"SUPPLIES": "from,to,product,year,value\norg:d,org:b,product:flange,2024,7\n"},
            1,
            r"SUPPLIES org:d org:b product:flange\|2024\|",
        ),
        (
            {
                "Claim": "subject,metric,value,unit,source,year\norg:d,REVENUE,1,亿元,source:a,2022\n"
                "org:d,REVENUE,2,亿元,source:a,2023\n"
            },
            2,
            "Claim claim:",
        ),
        ({"NEEDS": "from,to,year\norg:d,product:flange,2024\n"}, 1, "NEEDS org:d product:flange"),
    ],
    ids=["the same row", "a relation of its node", "claims of its source", "a need of its product"],
)
async def test_what_later_stands_on_its_rows_is_named(
    empty_store: Store, load, tables: dict[str, str], rows: int, example: str
):
    await load(APART)
    earlier = await load(FIRST)
    before = await content(empty_store)
    later = await load(tables)
    words = f"之后的 {later} 改动或用到了同样的行（{rows} 行，如 {example}.*）：请先撤销它"
    with pytest.raises(BadInput, match=words):
        await undo(empty_store, earlier)
    await undo(empty_store, later)
    assert await content(empty_store) == before
    await undo(empty_store, earlier)


async def test_a_ruling_waits_until_the_rows_it_needs_are_back(empty_store: Store, load):
    await load(FIRST)
    before = await content(empty_store)
    flow = await ruled(empty_store, Retract(Place(None, "SUPPLIES", "org:a", "org:b")))
    firm = await ruled(empty_store, Retract(Place("org:b")))
    with pytest.raises(BadInput, match=f"之后的 {firm} .*1 行，如 Organisation org:b"):
        await undo(empty_store, flow)
    await undo(empty_store, firm)
    await undo(empty_store, flow)
    assert [row for row in await content(empty_store) if "ruling:" not in row] == before


async def test_all_that_stands_in_the_way_is_named_the_latest_first(empty_store: Store, load):
    first = await load(FIRST)
    one = await ruled(empty_store, Correct(Place("org:a"), {"name": "甲新厂"}))
    two = await ruled(empty_store, Merge("org:b", "org:a"))
    with pytest.raises(BadInput) as refused:
        await undo(empty_store, first)
    named = re.findall(r"(ruling:\S+) 改动", str(refused.value))
    assert named == [two, one]
    assert refused.value.path == ("load",)


async def test_a_removal_stands_in_the_way_for_good(empty_store: Store, load):
    await load(FIRST)
    invented = await load(APART)
    real = await load({"SUPPLIES": "from,to,product,year,value\norg:c,org:b,product:flange,2024,7\n"})
    gone = await remove_synthetic(empty_store)
    assert gone == {"SUPPLIES": 1, "Organisation": 1}
    for owner, rows, example in ((invented, 2, "Organisation org:c"), (real, 1, "SUPPLIES org:c")):
        with pytest.raises(BadInput, match=f"之后的 remove:.*{rows} 行，如 {example}.*：它不能撤销"):
            await undo(empty_store, owner)


async def test_a_load_that_found_the_same_is_told(empty_store: Store, load):
    first = await load(FIRST)
    again = await load(FIRST)
    undone = await undo(empty_store, first)
    assert undone.same == {again: 6}
    assert undone.lines() == [
        f"已撤销 {first}：删除 6 行，恢复 0 行",
        f"之后的 {again} 有 6 行与当时图中的相同：其中若有刚撤去的行，请再装载一次",
    ]


async def test_only_loads_and_rulings_can_be_undone(empty_store: Store):
    with pytest.raises(BadInput, match="应为一次装载（load:…）或裁定（ruling:…）的标识"):
        await undo(empty_store, "org:a")
    with pytest.raises(NotFound, match="图中没有 load:none"):
        await undo(empty_store, "load:none")
    with pytest.raises(BadInput, match="应为一次装载的记录的标识"):
        await undo_load(empty_store, "ruling:none")


@pytest.mark.parametrize("seed", [1, 2])
async def test_whatever_was_done_can_be_taken_back_in_some_order(empty_store: Store, load, seed: int):
    chance = random.Random(seed)  # noqa: S311 - repeatable
    owners = [await load(FIRST)]
    owners += [await _something(empty_store, load, chance) for _ in range(6)]
    while owners:
        refused = 0
        for owner in chance.sample(owners, len(owners)):
            try:
                await undo(empty_store, owner)
            except BadInput:
                refused += 1
            else:
                owners.remove(owner)
        assert refused == len(owners)
        assert len(owners) == 0 or refused < 7, "the latest can always be undone"
    assert [row for row in await content(empty_store) if "ruling:" not in row] == []


async def _something(store: Store, load, chance: random.Random) -> str:
    """Load something new or changed, or rule something that can be ruled."""
    number = chance.randrange(1000)
    tables = {
        "Organisation": f"id,name,form\norg:a,甲{number}厂,ENTERPRISE\norg:{number},某厂,ENTERPRISE\n",
        "SUPPLIES": "from,to,product,year,value\n"
        f"org:{number},org:a,product:flange,2024,{number}\norg:a,org:{number},product:flange,2023,5\n",
    }
    firms = [row["id"] for row in await store.read(COUNT)]
    one, other = chance.sample([*firms, "", ""], 2)
    asked = [Retract(Place(one)), Correct(Place(one), {"name": f"又名{number}"}), Merge(one, other)]
    ruling = chance.choice([None, *asked]) if one and other else None
    return await ruled(store, ruling) if ruling else await load(tables)
