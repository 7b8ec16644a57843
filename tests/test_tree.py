"""The tree of the code: what one room decides, no other decides again."""

from pathlib import Path

import pytest

from dev.measure_tree import NAMED, TRADE, Checkout

ROOT = Path(__file__).parents[1]


def checkout(root, **files):
    """Write a checkout with one file of queries."""
    for folder in ("api", "schema", "queries", "graph", "loaders"):
        (root / folder).mkdir()
    (root / "queries" / "one.py").write_text(files["code"], "utf-8")
    return Checkout(root)


def test_makers_and_purchases_are_read_in_their_rooms_alone():
    assert Checkout(ROOT).trade_readers() == []


def test_every_exception_is_still_one():
    there = Checkout(ROOT)
    assert {name for name in NAMED if not any(f'"{label}"' in there.files[name] for label in TRADE)} == set()


@pytest.mark.parametrize(
    "code",
    [
        'table = snapshot.relations["NEEDS"]\n',
        'places = newest(snapshot, "MAKES", year)\n',
        "table = snapshot.relations[Supplies.label]\n",
        "table = snapshot.relations[relations.Makes.label]\n",
    ],
)
def test_a_reader_elsewhere_is_found(tmp_path, code):
    assert checkout(tmp_path, code=code).trade_readers() == ["queries/one.py:1"]


def test_who_only_tells_of_them_reads_nothing(tmp_path):
    code = '"""What is bought (NEEDS)."""\n\nDropped(Supplies.label, seller, buyer)\n'
    assert checkout(tmp_path, code=code).trade_readers() == []
