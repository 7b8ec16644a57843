"""A store that lost rows, or whose cells are others, is noticed, and stays so until somebody accepts it."""

import pytest

from graph.snapshot.keeper import SnapshotKeeper
from graph.snapshot.taking import take_snapshot
from graph.snapshot.tally import audited
from graph.store.store import Statement
from loaders.load import load_folder

REGIONS = "id,name,level\n" + "".join(f"region:14{n:04},县{n},COUNTY\n" for n in range(40))
LOSE = "MATCH (r:Region) WHERE r.id < 'region:140033' DELETE r"
FLIP = "MATCH (r:Region {id: 'region:140039'}) SET r.name = '县X'"


@pytest.fixture
async def store(empty_store, tmp_path):
    (tmp_path / "Region.csv").write_text(REGIONS, encoding="utf-8")
    assert (await load_folder(empty_store, tmp_path)).clean
    return empty_store


async def audit(store, **more):
    return await audited(store, await take_snapshot(store), **more)


@pytest.mark.parametrize(("harm", "told"), [(LOSE, "应有 40 行，现有 7 行"), (FLIP, "40 行中有内容")])
async def test_what_is_lost_or_changed_behind_its_back_is_told(store, tmp_path, harm, told):
    assert await audit(store) == []
    assert await audit(store) == []
    await store.write(Statement(harm))
    (found,) = await audit(store)
    assert told in found
    assert "Region" in found
    async with SnapshotKeeper(store, every=0.05) as keeper:
        await keeper.ready()
        assert keeper.damage == [found]
    more = tmp_path / "more"
    more.mkdir()
    (more / "Region.csv").write_text("id,name,level\nregion:150000,新县,COUNTY\n", encoding="utf-8")
    assert (await load_folder(store, more)).clean
    assert await audit(store) == [found], "a later write does not make it whole"
    assert await audit(store, accept=True) == []
    assert await audit(store) == []


async def test_what_is_written_through_the_door_is_no_damage(store, tmp_path):
    assert await audit(store) == []
    (tmp_path / "Region.csv").write_text(REGIONS.replace("县3,", "某县,"), encoding="utf-8")
    assert (await load_folder(store, tmp_path)).clean
    assert await audit(store) == []
    await store.write(Statement(LOSE))
    assert len(await audit(store)) == 1
