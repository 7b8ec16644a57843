"""The search index of a snapshot that follows another is that of one taken anew; what can stay stays."""

from dataclasses import replace

from hypothesis import given, reject, settings

from graph.snapshot.bundle import open_bundle, write_bundle
from graph.snapshot.following import CannotFollow
from graph.snapshot.masking import without_persons
from graph.snapshot.saved import open_snapshot, save_snapshot
from queries.lookup.entries import index_of, take
from queries.lookup.search import SearchIndex, Stack
from tests.graph.snapshot.test_following import World, transacted, worlds

ASKED = ("甲", "丁", "丙丙丙", "子", "jia", "org:a", "family", "product:p", "2001", "家庭农场", "丑丁")


def gone_on(world, held, deeds):
    """Follow one transaction; where a relation comes and goes in it all is read anew instead: no case."""
    try:
        return transacted(world, held, [deeds])
    except CannotFollow:
        reject()


@settings(deadline=None, max_examples=60)
@given(worlds, worlds, worlds)
def test_an_index_that_follows_finds_what_a_new_one_finds(before, one, other):
    world = World()
    for deed in before:
        world.do(*deed)
    held = replace(world.snapshot(), mark="0")
    index_of(without_persons(held))
    for deeds in (one, other):
        held = gone_on(world, held, deeds)
        made, fresh = (index_of(without_persons(s)) for s in (held, world.snapshot()))
        for text in ASKED:
            assert made.search(text) == fresh.search(text), text


@settings(deadline=None, max_examples=20)
@given(worlds, worlds, worlds)
def test_an_index_that_was_saved_is_gone_on_from(tmp_path_factory, before, one, other):
    folder, world = tmp_path_factory.mktemp("index"), World()
    for deed in before:
        world.do(*deed)
    held = replace(world.snapshot(), mark="0")
    index_of(held)
    held = gone_on(world, held, one)  # some entries lie above the others
    save_snapshot(folder / "snapshot", held)
    write_bundle(folder / "search", *index_of(held).saved())
    begun = open_snapshot(folder / "snapshot")
    take(begun, SearchIndex.opened(open_bundle(folder / "search")))
    made, fresh = index_of(gone_on(world, begun, other)), index_of(world.snapshot())
    for text in ASKED:
        assert made.search(text) == fresh.search(text), text


def test_after_a_start_from_a_bundle_nothing_is_laid_out_again(monkeypatch, tmp_path):
    world = World()
    for name in ("org:a", "org:b"):
        world.do("firm", name, {"name": "甲", "form": "ENTERPRISE"})
    held = replace(world.snapshot(), mark="0")
    save_snapshot(tmp_path / "snapshot", held)
    write_bundle(tmp_path / "search", *index_of(held).saved())
    begun = open_snapshot(tmp_path / "snapshot")
    take(begun, SearchIndex.opened(open_bundle(tmp_path / "search")))
    monkeypatch.setattr(Stack, "of", None)
    made = index_of(transacted(world, begun, [[("rename", "org:a", "丁")]]))
    assert [hit.id for hit in made.search("丁")] == ["org:a"]


def test_a_kind_that_nothing_touched_is_not_laid_out_again(monkeypatch):
    world = World()
    for name in ("org:a", "org:b"):
        world.do("firm", name, {"name": "甲", "form": "ENTERPRISE"})
    world.do("claim", ("org:a", "1"), 5.0)
    held = replace(world.snapshot(), mark="0")
    index_of(held)
    laid_out: list[int] = []
    of, changed = Stack.of, Stack.changed
    monkeypatch.setattr(Stack, "of", lambda kind, entries: laid_out.append(0) or of(kind, entries))
    monkeypatch.setattr(
        Stack, "changed", lambda stack, gone, put: laid_out.append(1) or changed(stack, gone, put)
    )
    held = transacted(world, held, [[("claim", ("org:a", "1"), 7.0)]])
    index_of(held)
    assert laid_out == []
    index_of(transacted(world, held, [[("rename", "org:a", "丁")]]))
    assert laid_out == [1]
