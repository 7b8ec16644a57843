"""The search index of a snapshot that follows another is that of one taken anew; what can stay stays."""

from dataclasses import replace

from hypothesis import given, settings

from graph.snapshot.masking import without_persons
from queries.lookup.entries import index_of
from queries.lookup.search import Stack
from tests.graph.snapshot.test_following import World, transacted, worlds

ASKED = ("甲", "丁", "丙丙丙", "子", "jia", "org:a", "family", "product:p", "2001", "家庭农场", "丑丁")


@settings(deadline=None, max_examples=60)
@given(worlds, worlds, worlds)
def test_an_index_that_follows_finds_what_a_new_one_finds(before, one, other):
    world = World()
    for deed in before:
        world.do(*deed)
    held = replace(world.snapshot(), mark="0")
    index_of(without_persons(held))
    for deeds in (one, other):
        held = transacted(world, held, [deeds])
        made, fresh = (index_of(without_persons(s)) for s in (held, world.snapshot()))
        for text in ASKED:
            assert made.search(text) == fresh.search(text), text


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
