"""A bundle comes back as it was written, mapped, or is refused by the name of the file that is wrong."""

import json
import pickle
import subprocess
import sys

import numpy as np
import pytest

from graph.errors import BadInput, LoadRefused
from graph.kinds.entities import Organisation, Product
from graph.kinds.relations import Supplies
from graph.kinds.terms import OrganisationForm, ProductCategory
from graph.snapshot.bundle import ARRAYS as DATA
from graph.snapshot.bundle import (
    FACTS,
    FORMAT,
    MappedNetwork,
    open_bundle,
    open_network,
    save_network,
    write_bundle,
)
from graph.snapshot.csr import Csr
from graph.snapshot.purchases import Flows, supply_network
from graph.snapshot.snapshot import Snapshot

ARRAYS = {
    "indptr": np.array([0, 2, 3], np.int64),
    "indices": np.array([1, 0, 1], np.int32),
    "share": np.array([[0.5, np.nan]]),
    "flag": np.array([True]),
    "nothing": np.zeros(0),
}
FACTS_TOLD = {"year": 2024, "sigma": 0.5, "name": "供应", "none": None}


def mapping(array):
    """The memory map that an array lies in."""
    while isinstance(array, np.ndarray):
        array = array.base
    return type(array).__name__


@pytest.mark.parametrize("mapped", [True, False])
def test_what_is_written_comes_back(tmp_path, mapped):
    write_bundle(tmp_path / "b", ARRAYS, FACTS_TOLD)
    bundle = open_bundle(tmp_path / "b", mapped=mapped)
    assert bundle.facts == FACTS_TOLD
    assert list(bundle.arrays) == list(ARRAYS)
    for name, array in ARRAYS.items():
        found = bundle.arrays[name]
        np.testing.assert_array_equal(found, array)
        assert (found.dtype, type(found)) == (array.dtype, np.ndarray)
        assert (mapping(found) == "mmap") == mapped
        with pytest.raises(ValueError, match="read-only"):
            found[...] = 0


def test_a_new_bundle_takes_the_place_of_the_old_and_readers_keep_theirs(tmp_path):
    write_bundle(tmp_path / "b", {"a": np.arange(3)}, {})
    old = open_bundle(tmp_path / "b")
    write_bundle(tmp_path / "b", {"a": np.arange(9)}, {})
    new = open_bundle(tmp_path / "b")
    assert (old.arrays["a"].tolist(), len(new.arrays["a"])) == ([0, 1, 2], 9)
    assert old.digest != new.digest
    assert [p.name for p in tmp_path.iterdir()] == ["b"]


def truncated(folder):
    (folder / DATA).write_bytes((folder / DATA).read_bytes()[:-1])


def longer(folder):
    with (folder / DATA).open("ab") as file:
        file.write(b"\0" * 4)


def empty(folder):
    (folder / DATA).write_bytes(b"")


def flipped(folder):
    content = bytearray((folder / DATA).read_bytes())
    content[content.index(np.float64(0.5).tobytes())] ^= 1
    (folder / DATA).write_bytes(content)


def missing(folder):
    (folder / DATA).unlink()


def no_facts(folder):
    (folder / FACTS).unlink()


def half_of_the_facts(folder):
    (folder / FACTS).write_text((folder / FACTS).read_text()[:50])


def another_year(folder):
    (folder / FACTS).write_text((folder / FACTS).read_text().replace("2024", "2025"))


def foreign(folder):
    (folder / FACTS).write_text(json.dumps({"format": "other"}))


def older(folder):
    (folder / FACTS).write_text((folder / FACTS).read_text().replace(FORMAT, "zhenlian-bundle/1"))


def newer(folder):
    (folder / FACTS).write_text((folder / FACTS).read_text().replace(FORMAT, "zhenlian-bundle/99"))


def facts_without_sizes(folder):
    (folder / FACTS).write_text(json.dumps({"format": FORMAT, "arrays": {"share": {}}}))


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (truncated, DATA),
        (longer, DATA),
        (empty, DATA),
        (flipped, f"{DATA}：share"),
        (missing, DATA),
        (no_facts, FACTS),
        (half_of_the_facts, FACTS),
        (another_year, FACTS),
        (foreign, FACTS),
        (older, FACTS),
        (newer, FACTS),
        (facts_without_sizes, FACTS),
    ],
)
def test_a_broken_bundle_is_refused_by_name(tmp_path, damage, named):
    write_bundle(tmp_path / "b", ARRAYS, FACTS_TOLD)
    damage(tmp_path / "b")
    with pytest.raises(LoadRefused, match=named):
        open_bundle(tmp_path / "b")


@pytest.mark.parametrize(
    ("arrays", "facts"),
    [
        ({"a": np.array(["x"])}, {}),
        ({"a": np.array([None])}, {}),
        ({"../a": np.arange(2)}, {}),
        ({}, {"x": float("nan")}),
    ],
)
def test_what_can_not_be_mapped_is_not_written(tmp_path, arrays, facts):
    with pytest.raises(BadInput):
        write_bundle(tmp_path / "b", arrays, facts)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def network():
    firms = [Organisation(id=f"org:{n}", name=f"{n}", form=OrganisationForm.ENTERPRISE) for n in range(50)]
    goods = Product(id="product:p", name="p", category=ProductCategory.COMPONENT)
    chance = np.random.default_rng(1)
    pairs = {tuple(pair) for pair in chance.integers(0, 50, (200, 2)).tolist()}
    flows = [
        Supplies(
            start=f"org:{a}", end=f"org:{b}", product="product:p", year=2024, value=None if a % 5 else 1.0 + b
        )
        for a, b in sorted(pairs)
    ]
    return supply_network(Snapshot.of([*firms, goods], flows), 2024)


def same(one, other):
    for name in Flows.__dataclass_fields__:
        np.testing.assert_array_equal(getattr(one.flows, name), getattr(other.flows, name))
    for side in ("customers", "suppliers"):
        for name in Csr.__dataclass_fields__:
            np.testing.assert_array_equal(
                getattr(getattr(one, side), name), getattr(getattr(other, side), name)
            )
    return one.first == other.first and len(one) == len(other)


def test_a_network_comes_back_mapped_and_is_pickled_as_its_folder(tmp_path, network):
    save_network(tmp_path / "n", network)
    opened = open_network(tmp_path / "n")
    assert same(opened, network)
    assert mapping(opened.flows.value) == mapping(opened.customers.indices) == "mmap"
    pickled = pickle.dumps(opened)
    assert len(pickled) < 500
    again = pickle.loads(pickled)  # noqa: S301 - our own
    assert isinstance(again, MappedNetwork)
    assert same(again, network)


def test_another_process_maps_the_same_files(tmp_path, network):
    save_network(tmp_path / "n", network)
    opened = open_network(tmp_path / "n")
    (tmp_path / "p").write_bytes(pickle.dumps(opened))
    program = (
        "import pickle, pathlib, sys\n"
        "n = pickle.loads(pathlib.Path(sys.argv[1]).read_bytes())\n"
        "print(n.flows.value.sum(where=n.flows.value == n.flows.value))\n"
        "maps = pathlib.Path('/proc/self/maps')\n"
        "print(maps.read_text() if maps.exists() else '')"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "p")]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)  # noqa: S603
    assert float(done.stdout.splitlines()[0]) == np.nansum(network.flows.value)
    if sys.platform == "linux":
        assert str(tmp_path / "n" / DATA) in done.stdout


def test_a_network_that_was_replaced_is_not_taken_for_the_old_one(tmp_path, network):
    save_network(tmp_path / "n", network)
    pickled = pickle.dumps(open_network(tmp_path / "n"))
    write_bundle(tmp_path / "n", ARRAYS, {})
    with pytest.raises(LoadRefused, match="缺"):
        pickle.loads(pickled)  # noqa: S301 - our own
    other = Csr.of(1, np.zeros(1, np.int32), np.zeros(1, np.int32))
    empty = Flows(*(getattr(network.flows, name)[:1] for name in Flows.__dataclass_fields__))
    save_network(tmp_path / "n", type(network)(empty, 0, other, other))
    with pytest.raises(LoadRefused, match="取代"):
        pickle.loads(pickled)  # noqa: S301 - our own
