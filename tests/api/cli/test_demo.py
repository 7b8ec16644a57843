"""The store of the demo is filled anew when the data of the program change, and loses nothing of anybody."""

import shutil
from datetime import datetime

import pytest

from api.cli import demo as room
from api.cli.demo import STAMP, Demo, _only_ours
from api.cli.opening import opened
from api.settings import read_settings
from graph.edits.undo import undo
from graph.errors import BadInput, EmbeddedUnusable
from graph.store.versions import versions
from loaders.load import load_folder

LAST = "MATCH (l:Load) RETURN {id: max(l.id)} AS load"
NAMES = "MATCH (t:Town) RETURN {name: t.name} AS town ORDER BY t.name"


def tables(folder, *names):
    folder.mkdir(exist_ok=True)
    rows = [f"town:t{number},{name},PROVINCIAL,RECOGNISED" for number, name in enumerate(names)]
    (folder / "Town.csv").write_text("\n".join(["id,name,level,status", *rows]) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def demo(tmp_path, monkeypatch):
    monkeypatch.delenv("ZHENLIAN_BUNDLES", raising=False)
    settings = read_settings(store=f"embedded:{tmp_path / 'home' / 'demo'}", database="zhenlian")
    return Demo(settings, tables(tmp_path / "tables", "甲镇"))


async def start(demo, *, also=None):
    """Do what a start of the demo does, and return the names of the towns that it would show."""
    await demo.renew()
    async with opened(demo.settings, exclusive=True) as store:
        await demo.fill(store)
        if also is not None:
            await also(store)
        return [row["name"] for row in await store.read(NAMES)]


def beside(demo):
    return sorted(path.name for path in demo.folder.parent.iterdir() if path != demo.folder)


async def test_new_data_take_the_place_of_old_ones_that_nobody_touched(demo, tmp_path, capsys):
    assert await start(demo) == ["甲镇"]
    before = (demo.folder / STAMP).read_bytes()
    capsys.readouterr()
    async with opened(demo.settings) as store:
        await demo.renew()  # nothing to do: it does not look into the store
        await demo.fill(store)
        assert capsys.readouterr().err == ""
        assert (demo.folder / STAMP).read_bytes() == before
        tables(tmp_path / "tables", "乙镇", "丙镇")
        with pytest.raises(EmbeddedUnusable):  # another has it open
            await demo.renew()
        assert [row["name"] for row in await store.read(NAMES)] == ["甲镇"]
    (demo.folder / "bundles").mkdir()
    assert await start(demo) == ["丙镇", "乙镇"]
    assert capsys.readouterr().err.splitlines()[0] == "示例数据有了新版：正在换上，旧的不再保留。"
    assert beside(demo) == []
    assert not (demo.folder / "bundles").exists()


async def test_what_somebody_wrote_is_kept_beside_and_opens_again(demo, tmp_path, capsys):
    async def own(store):
        await load_folder(store, tables(tmp_path / "own", "甲镇", "自己的镇"))

    assert await start(demo, also=own) == ["甲镇", "自己的镇"]
    tables(tmp_path / "tables", "乙镇")
    kept = demo.folder.with_name(f"demo-{datetime.now().astimezone():%Y-%m-%d}")
    kept.mkdir()
    kept = kept.with_name(f"{kept.name}-2")
    assert await start(demo) == ["乙镇"]
    assert f"旧库中有您写入的内容，已留在 {kept}，要看时运行 zhenlian serve --store embedded:{kept}" in (
        capsys.readouterr().err
    )
    async with opened(read_settings(store=f"embedded:{kept}", database="zhenlian")) as store:
        assert [row["name"] for row in await store.read(NAMES)] == ["甲镇", "自己的镇"]


async def test_without_a_stamp_the_loads_say_whether_somebody_wrote(demo, tmp_path):
    demo.folder.mkdir(parents=True)
    await demo.renew()  # a first load that did not come to its end is completed
    async with opened(demo.settings, exclusive=True) as store:
        await demo.fill(store)
        stamp = demo._stamp()
        assert await _only_ours(store, await versions(store), stamp)
        assert await _only_ours(store, await versions(store), {})
        await load_folder(store, tables(tmp_path / "own", "自己的镇"))
        assert not await _only_ours(store, await versions(store), stamp)
        assert not await _only_ours(store, await versions(store), {})
        await undo(store, (await store.read(LAST))[0]["id"])
        assert not await _only_ours(store, await versions(store), {})
    (demo.folder / STAMP).write_text("{")
    assert await start(demo) == ["甲镇"]
    assert len(beside(demo)) == 1


def test_what_it_should_hold_follows_the_tables_and_the_vocabulary(demo, tmp_path, monkeypatch):
    first = demo._should_hold()
    assert first == demo._should_hold()
    tables(tmp_path / "tables", "乙镇")
    second = demo._should_hold()
    monkeypatch.setattr(room, "vocabulary", lambda: "another")
    assert len({first, second, demo._should_hold()}) == 3


async def test_rests_of_a_removal_go_at_the_next_start(demo):
    rest = demo.folder.with_name("demo-discarded")
    shutil.copytree(demo.tables, rest)
    await demo.renew()
    assert not rest.exists()


async def test_only_an_embedded_store_is_filled():
    with pytest.raises(BadInput, match="bolt"):
        await Demo(read_settings(store="bolt://127.0.0.1:1")).renew()
