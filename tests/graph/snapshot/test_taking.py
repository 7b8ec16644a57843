"""Of two processes on one store, one reads it; the other takes what that one saved, and follows the log."""

from dataclasses import replace

import pytest

from graph.edits.lock import once
from graph.edits.upsert import NodeRow, merge_nodes
from graph.kinds.entities import Product
from graph.kinds.terms import ProductCategory
from graph.snapshot.archive import Archive
from graph.snapshot.keeper import SnapshotKeeper
from graph.snapshot.taking import Newest, take_snapshot
from graph.store.versions import versions
from tests.graph.snapshot.test_archive import products


class Watched:
    """A store that counts how often whole kinds are read."""

    def __init__(self, store):
        self.store, self.streamed = store, 0

    async def read(self, cypher, **parameters):
        return await self.store.read(cypher, **parameters)

    def stream(self, cypher, **parameters):
        self.streamed += 1
        return self.store.stream(cypher, **parameters)


async def add(store, *numbers, said=True):
    """Write products; `said`: whether the log says which."""
    rows = [
        NodeRow(f"product:{n}", {"name": str(n), "category": ProductCategory.COMPONENT.value})
        for n in numbers
    ]
    await store.write(once(await versions(store), () if said else None), *merge_nodes(Product, rows))


@pytest.fixture
async def pair(empty_store, tmp_path):
    """Give the store, the archive that another process fills, and a keeper that takes from it."""
    archive, missing = Archive(tmp_path), []
    watched = Watched(empty_store)
    newest = Newest(
        archive, watched, derived=lambda whole: f"saved {len(whole)}", missing=lambda: missing.append(1)
    )
    keeper = SnapshotKeeper(watched, derive=lambda whole: f"made {len(whole)}", take=newest.take)
    return empty_store, archive, newest, keeper, missing, watched


async def test_what_another_saved_is_taken_once_it_is_there_and_nothing_is_read(pair):
    store, archive, _, keeper, missing, watched = pair
    await add(store, 1, 2, said=False)
    assert await keeper.refresh() is False
    assert (keeper.current, missing) == (None, [1])
    saved = await take_snapshot(store)
    archive.keep(saved, {})
    assert await keeper.refresh() is True
    assert (keeper.whole.id, keeper.derived, keeper.following) == (saved.id, "saved 2", True)
    await add(store, 3, said=False)
    assert await keeper.refresh() is False, "the log does not say what came, and nobody has saved it yet"
    assert (keeper.whole.id, len(missing), watched.streamed) == (saved.id, 2, 0)
    assert keeper.behind_since is not None
    archive.keep(await take_snapshot(store), {})
    assert await keeper.refresh() is True
    assert (len(keeper.whole), keeper.derived, watched.streamed) == (3, "saved 3", 0)


async def test_a_saved_snapshot_from_which_the_log_leads_on_is_taken_and_followed(pair):
    store, archive, _, keeper, _, watched = pair
    await add(store, 1, said=False)
    archive.keep(await take_snapshot(store), {})
    await add(store, said=True)
    assert await keeper.at_least((await versions(store)).writes)
    assert keeper.whole.id == (await take_snapshot(store)).id
    assert watched.streamed == 0


async def test_a_snapshot_of_another_store_is_not_taken(pair):
    store, archive, _, keeper, missing, _ = pair
    await add(store, 1, said=False)
    now = await versions(store)
    foreign = replace(products(5), version=now.version, writes=now.writes, mark="another")
    archive.keep(foreign, {})
    assert await keeper.refresh() is False
    assert await keeper.refresh() is False
    assert (keeper.current, missing) == (None, [1, 1])


async def test_when_nobody_can_save_the_store_is_read(pair):
    store, _, newest, keeper, missing, watched = pair
    await add(store, 1, 2, said=False)
    newest.alone = True
    assert await keeper.refresh() is True
    assert (len(keeper.whole), keeper.derived, missing) == (2, "made 2", [])
    assert watched.streamed > 0
