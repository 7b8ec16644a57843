"""The newest whole snapshot is found again, whatever happened to the folder, and not taken for another's."""

import asyncio
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from graph.edits.lock import finish, take, touch
from graph.edits.upsert import NodeRow, merge_nodes
from graph.kinds.entities import Product
from graph.kinds.terms import ProductCategory
from graph.snapshot.archive import Archive, Archivist
from graph.snapshot.bundle import ARRAYS, FACTS
from graph.snapshot.keeper import SnapshotKeeper
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.taking import take_snapshot
from graph.store.versions import versions

ROOT = Path(__file__).parents[3]
PART = {"search": ({"numbers": np.arange(5)}, {"what": "search"})}


def products(count, version=1):
    made = [
        Product(id=f"product:{n}", name=f"第{n}种", category=ProductCategory.COMPONENT) for n in range(count)
    ]
    return replace(Snapshot.of(made), version=version)


def names(folder):
    return sorted(path.name for path in folder.iterdir() if path.name != ".lock")


def test_the_two_newest_are_kept_with_what_was_made_from_them(tmp_path):
    archive = Archive(tmp_path / "deep" / "bundles")
    assert archive.newest() is None
    made = [products(count) for count in (1, 2, 3)]
    for snapshot in made:
        assert archive.keep(snapshot, PART)
    assert names(tmp_path / "deep" / "bundles") == sorted(
        name for snapshot in made[1:] for name in (snapshot.id, f"{snapshot.id}.search")
    )
    assert archive.newest().id == made[2].id
    assert archive.part(made[2], "search").arrays["numbers"].tolist() == [0, 1, 2, 3, 4]
    assert archive.part(made[2], "other") is archive.part(made[0], "search") is None
    if sys.platform != "win32":
        assert (tmp_path / "deep" / "bundles").stat().st_mode & 0o777 == 0o700
    archive.keep(made[1], {})
    assert archive.newest().id == made[1].id, "the one that was written last, not the highest number"


@pytest.mark.parametrize("file", [ARRAYS, FACTS])
def test_a_damaged_bundle_is_thrown_away_with_one_line_and_the_older_one_answers(tmp_path, caplog, file):
    archive, old, new = Archive(tmp_path), products(1), products(2)
    archive.keep(old, PART)
    archive.keep(new, PART)
    hurt = tmp_path / new.id / file
    hurt.write_bytes(hurt.read_bytes()[:-7])
    assert archive.newest().id == old.id
    assert len(caplog.records) == 1
    assert str(hurt) in caplog.text
    assert names(tmp_path) == [old.id, f"{old.id}.search"]
    part = tmp_path / f"{old.id}.search" / ARRAYS
    part.write_bytes(b"\0" * part.stat().st_size)
    assert archive.part(old, "search") is None
    assert names(tmp_path) == [old.id]
    assert archive.keep(new, PART)
    assert archive.newest().id == new.id


def test_while_another_service_writes_nobody_else_does(tmp_path):
    holder = (
        "import sys; from graph.store.guard import take; f = open(sys.argv[1], 'ab'); print(take(f)); input()"
    )
    Archive(tmp_path).keep(products(1), {})
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", holder, tmp_path / ".lock"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as other:  # fmt: skip
        assert other.stdout.readline() == "True\n"
        assert Archive(tmp_path).keep(products(2), {}) is False
        assert Archive(tmp_path).newest().id == products(1).id
        other.communicate("\n")
    assert Archive(tmp_path).keep(products(2), {}) is True


WRITER = """
import runpy, sys
from pathlib import Path
from graph.snapshot.archive import Archive
here = runpy.run_path(sys.argv[2])
archive = Archive(Path(sys.argv[1]))
made = [here["products"](count) for count in (300, 400, 500)]
print("begins", flush=True)
while True:
    for snapshot in made:
        archive.keep(snapshot, here["PART"])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_writer_that_is_killed_leaves_a_whole_bundle_or_none(tmp_path, caplog):
    known = {products(count).id for count in (300, 400, 500)}
    chance = random.Random(1)  # noqa: S311 - moments
    for _ in range(8):
        with subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", WRITER, tmp_path, __file__], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout.readline() == "begins\n"
            time.sleep(chance.random() * 0.3)
            writer.send_signal(signal.SIGKILL)
        found = Archive(tmp_path).newest()
        assert found is None or found.id in known
        assert caplog.records == []
    assert Archive(tmp_path).keep(products(300), {})
    assert [name for name in names(tmp_path) if name.startswith(".")] == []
    assert Archive(tmp_path).newest().id == products(300).id


async def test_what_can_not_be_written_is_said_once_and_done_without(tmp_path, caplog):
    (tmp_path / "file").write_text("no folder")
    archivist = Archivist(Archive(tmp_path / "file" / "bundles"), lambda _: PART, pause=0)
    async with archivist.at_work():
        for count in (1, 2, 3):
            archivist.tell(products(count), None)
            await asyncio.sleep(0.05)
    assert len(caplog.records) == 1
    assert "bundle not written" in caplog.text
    assert str(tmp_path / "file") in caplog.text


async def test_a_folder_that_may_only_be_read_still_answers(disk, caplog):
    folder = disk("size=4m") / "bundles"
    kept, hurt = products(1), products(2)
    Archive(folder).keep(kept, PART)
    Archive(folder).keep(hurt, PART)
    (folder / hurt.id / ARRAYS).write_bytes(b"")
    disk("ro")
    assert Archive(folder).newest().id == kept.id, "the damaged one can't be thrown away, and is not taken"
    assert Archive(folder).part(kept, "search") is not None
    caplog.clear()
    archivist = Archivist(Archive(folder), lambda _: PART, pause=0)
    async with archivist.at_work():
        archivist.tell(products(3), None)
        await asyncio.sleep(0.3)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "bundle not written" in caplog.text
    assert str(folder) in caplog.text


async def test_of_many_small_changes_the_newest_state_is_written(tmp_path):
    archivist = Archivist(archive := Archive(tmp_path), lambda _: PART, pause=0.2)
    async with archivist.at_work():
        for count in range(1, 30):
            archivist.tell(products(count), "derived")
            await asyncio.sleep(0.01)
        await until(lambda: archive.newest() and archive.newest().id == products(29).id)
    assert archive.part(products(29), "search")
    assert len(names(tmp_path)) == 4


async def until(true, seconds=30):
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - files send no event
            await asyncio.sleep(0.01)


async def add(store, count):
    rows = [
        NodeRow(f"product:{n}", {"name": str(n), "category": ProductCategory.COMPONENT.value})
        for n in range(count)
    ]
    await store.write(take("load:x", await versions(store)))
    await store.write(*merge_nodes(Product, rows), touch("load:x"), finish("load:x"))


async def test_a_saved_snapshot_answers_and_is_proved_when_the_store_is_seen(empty_store, tmp_path):
    await add(empty_store, 3)
    archive = Archive(tmp_path)
    archive.keep(await take_snapshot(empty_store), {})
    heard = []
    keeper = SnapshotKeeper(
        empty_store, derive=len, mask=lambda s: replace(s, name=s.id), tell=lambda *told: heard.append(told)
    )
    saved = archive.newest()
    await keeper.begin_with(saved, lambda _: 77)
    assert (await keeper.ready()).id == saved.id
    assert (keeper.whole, keeper.derived, keeper.following, heard) == (saved, 77, False, [])
    assert await keeper.refresh() is False
    assert (keeper.whole, keeper.derived, keeper.following) == (saved, 77, True), "the store is not read"
    await add(empty_store, 4)
    assert await keeper.refresh() is True
    assert (keeper.derived, heard) == (4, [(keeper.whole, 4)])


async def test_what_was_not_saved_is_derived_and_told(empty_store):
    heard = []
    keeper = SnapshotKeeper(empty_store, derive=len, tell=lambda *told: heard.append(told))
    await keeper.begin_with(products(3))
    assert (keeper.derived, heard) == (3, [(keeper.whole, 3)])


@pytest.mark.parametrize("other", ["emptied", "the same numbers", "before marks were set"])
async def test_a_bundle_of_another_store_answers_only_until_the_store_is_seen(empty_store, other):
    await add(empty_store, 3)
    seen = await versions(empty_store)
    numbers = {"version": seen.version, "writes": seen.writes}
    saved = {
        "emptied": products(5, version=9),
        "the same numbers": replace(products(5), **numbers, mark="another"),
        "before marks were set": replace(products(5), **numbers),
    }[other]
    keeper = SnapshotKeeper(empty_store)
    await keeper.begin_with(saved)
    assert len(keeper.current) == 5
    assert await keeper.refresh() is True
    assert keeper.current.id == (await take_snapshot(empty_store)).id
    assert len(keeper.current.nodes["Product"]) == 3
    assert keeper.following
    assert await keeper.refresh() is False
