"""A snapshot that was saved comes back the same, array by array, or is refused: never something else."""

import random
import shutil
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadInput, LoadRefused
from graph.kinds.entities import Organisation, Region
from graph.kinds.facts import Source
from graph.kinds.relations import Supplies
from graph.kinds.terms import Grade, OrganisationForm, RegionLevel
from graph.snapshot import saved
from graph.snapshot.index import Index
from graph.snapshot.masking import without_persons
from graph.snapshot.overlay import Dropped, Edits, overlay
from graph.snapshot.saved import open_snapshot, save_snapshot
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import TEXT
from graph.snapshot.texts import Columns, Texts

TEXTS = st.text(max_size=8) | st.sampled_from(["", "法兰", "\0", "a\nb", "𠮷野", "ÿ"])
NAMES = TEXTS.filter(bool)
FORMS = st.sampled_from(list(OrganisationForm))
DAYS = st.none() | st.dates(date(1900, 1, 1), date(2026, 1, 1))
VALUES = st.none() | st.floats(0, 1e12)


@st.composite
def snapshots(draw):
    names = draw(st.lists(NAMES, max_size=6, unique=True))
    firms = [
        Organisation(
            id=f"org:{name}",
            name=draw(NAMES),
            form=draw(FORMS),
            aliases=draw(st.lists(NAMES, max_size=2)),
            founded_on=draw(DAYS),
            uscc=draw(st.none() | TEXTS),
        )
        for name in names
    ]
    region = Region(
        id="region:140921",
        name="定襄县",
        level=RegionLevel.COUNTY,
        former_codes=draw(st.lists(st.sampled_from(["142201", "142202"]), unique=True)),
    )
    sources = [Source(id="source:s", name="来源", grade=draw(st.sampled_from(list(Grade))))]
    pairs = draw(st.lists(st.tuples(*[st.sampled_from(names)] * 2), max_size=8)) if names else []
    flows = {
        (a, b): Supplies(
            start=f"org:{a}",
            end=f"org:{b}",
            product=draw(st.sampled_from(["product:gone"])),
            year=draw(st.none() | st.integers(2000, 2026)),
            value=draw(VALUES),
            source=draw(st.sampled_from([None, "source:s"])),
        )
        for a, b in pairs
    }
    made = Snapshot.of([*firms, region, *sources], flows.values())
    return replace(made, version=draw(st.integers(0, 9)), writes=3, mark=draw(st.sampled_from(["", "4f2a"])))


def same(one, other):
    for label, table in {**one.nodes, **one.relations}.items():
        twin = {**other.nodes, **other.relations}[label]
        told = [(type(t), t.kind, len(t), getattr(t, "first", 0), list(t.arrays)) for t in (table, twin)]
        assert told[0] == told[1]
        for name, array in table.arrays.items():
            found = twin[name]
            shapes = [(a.dtype, a.shape, a.strides == (0,) and len(a) > 1) for a in (array, found)]
            assert shapes[0] == shapes[1], (label, name)
            if array.dtype == TEXT:
                assert array.tolist() == found.tolist()
            else:
                np.testing.assert_array_equal(array, found)
            with pytest.raises(ValueError, match="read-only"):
                found[...] = found[:1]
    for name in ("version", "writes", "mark", "newest_year", "taken_at", "dangling", "name", "former"):
        assert getattr(one, name) == getattr(other, name)
    assert one.index.ids.tolist() == other.index.ids.tolist()
    return one.id == other.id == replace(other, _kept={}).id


@settings(deadline=None, max_examples=60)
@given(snapshots())
def test_what_is_saved_comes_back(tmp_path_factory, snapshot):
    folder = tmp_path_factory.mktemp("b") / "one"
    save_snapshot(folder, snapshot)
    opened = open_snapshot(folder)
    ids = snapshot.index.ids.tolist()
    found = [opened.find(id) for id in (*ids, "org:", "", "region:142201", "\ud800")]
    assert found == [snapshot.find(id) for id in (*ids, "org:", "", "region:142201", "\ud800")]
    assert [opened.id_of(row) for row in range(len(ids))] == ids
    assert same(snapshot, opened)
    save_snapshot(folder, open_snapshot(folder))
    assert same(snapshot, open_snapshot(folder))


def sample():
    firms = [
        Organisation(
            id=f"org:{n}", name=f"定襄第{n}厂", form=list(OrganisationForm)[n % 5], aliases=["法兰"] * (n % 2)
        )
        for n in range(30)
    ]
    flows = [
        Supplies(
            start=f"org:{n}",
            end=f"org:{(n * 7) % 30}",
            product="product:p",
            year=2020 + n % 5,
            value=float(n),
        )
        for n in range(30)
    ]
    return Snapshot.of([*firms, Region(id="region:14", name="山西省", level=RegionLevel.PROVINCE)], flows)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bundle") / "whole"
    save_snapshot(folder, sample())
    return folder


def test_no_text_is_decoded_before_it_is_asked_for(bundle):
    opened = open_snapshot(bundle)
    table = opened.nodes["Organisation"]
    assert isinstance(table.arrays, Columns)
    assert opened.find("org:7") == sample().find("org:7")
    assert opened.id_of(opened.find("org:29")) == "org:29"
    assert all(isinstance(table.arrays.held(name), Texts) for name in ("id", "name", "aliases"))
    assert opened.nbytes > 0
    masked = without_persons(opened)
    assert isinstance(masked.nodes["Region"].arrays.held("formerCodes"), Texts)
    assert table["name"] is table["name"]


def test_what_is_made_of_an_opened_snapshot_is_what_is_made_of_the_saved(bundle):
    one, other = sample(), open_snapshot(bundle)
    assert same(replace(without_persons(one), taken_at=other.taken_at), without_persons(other))
    edits = Edits(removed=["org:3"], dropped=[Dropped("SUPPLIES", "org:1", "org:7")])
    assert same(
        replace(overlay(one, edits), taken_at=date.min), replace(overlay(other, edits), taken_at=date.min)
    )


def test_texts_are_the_same_read_where_they_lie_and_decoded(bundle, monkeypatch):
    whole = sample()
    for most in (0, 10**9):
        monkeypatch.setattr("graph.snapshot.table.MOST_DECODED", most)
        opened = open_snapshot(bundle)
        for label, table in {**opened.nodes, **opened.relations}.items():
            held = {**whole.nodes, **whole.relations}[label]
            places = np.arange(len(table))[::-1]
            for name in held.arrays:
                assert str(table.read(name, places)) == str(held.read(name, places))


def test_ids_with_the_same_checksum_are_told_apart():
    ids = ["a", "plumless", "b", "buckeroo"]
    whole = Index(np.array(ids, TEXT))
    assert len(set(whole.sums.tolist())) == 3
    begun = Index(np.array(ids[:2], TEXT))
    mapped = Index(Texts.of(ids), (whole.sums, whole.order))
    for made in (whole, begun.extended(np.array(ids[2:], TEXT)), mapped):
        assert made.rows([*ids, "c", None, ""]).tolist() == [0, 1, 2, 3, -1, -1, -1]
        assert [made.row(id) for id in [*ids, "c", ""]] == [0, 1, 2, 3, -1, -1]


def test_only_what_the_store_holds_is_saved(tmp_path):
    for other in (without_persons(sample()), overlay(sample(), Edits(removed=["org:1"]))):
        with pytest.raises(BadInput):
            save_snapshot(tmp_path / "b", other)
    assert list(tmp_path.iterdir()) == []


def test_a_snapshot_of_another_vocabulary_is_refused(bundle, monkeypatch):
    monkeypatch.setattr(saved, "vocabulary", lambda: "another")
    with pytest.raises(LoadRefused, match="词汇"):
        open_snapshot(bundle)


@pytest.mark.parametrize("seed", range(150))
def test_any_damage_is_refused_or_changes_nothing(bundle, tmp_path, seed):
    chance = random.Random(seed)  # noqa: S311 - no secret
    folder = tmp_path / "hurt"
    shutil.copytree(bundle, folder)
    file = chance.choice(sorted(folder.iterdir()))
    content = bytearray(file.read_bytes())
    match chance.randrange(4):
        case 0:
            content = content[: chance.randrange(len(content))]
        case 1:
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        case 2:
            place = chance.randrange(len(content))
            content[place : place + 40] = bytes(len(content[place : place + 40]))
        case 3:
            content += b"0"
    file.write_bytes(content)
    try:
        opened = open_snapshot(folder)
    except LoadRefused:
        return
    assert same(open_snapshot(bundle), opened)
