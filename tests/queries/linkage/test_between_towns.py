"""Trade between towns: both ways are told, what stays in a town is not, what nobody measured is no zero."""

import pytest

from graph.errors import BadInput
from graph.kinds.entities import Organisation, Product, Town
from graph.kinds.relations import MemberOf, Supplies
from graph.snapshot.snapshot import Snapshot
from queries.linkage.between_towns import trade_between_towns

FIRMS = {"a": "s", "b": "s", "c": "t", "d": "u", "e": "st", "f": ""}
"""Each firm and the towns that it is a member of."""
GOODS = Product(id="product:p", name="p", category="COMPONENT")


def world(*flows, closed=""):
    nodes = [Town(id=f"town:{t}", name=t, level="PROVINCIAL", status="RECOGNISED") for t in "stuv"]
    gone = dict.fromkeys(closed, "2020-12-31")
    nodes += [Organisation(id=f"org:{f}", name=f, form="ENTERPRISE", closed_on=gone.get(f)) for f in FIRMS]
    joined = [MemberOf(start=f"org:{f}", end=f"town:{t}") for f, towns in FIRMS.items() for t in towns]
    supply = [
        Supplies(start=f"org:{a}", end=f"org:{b}", product="product:p", value=value, year=year)
        for (a, b), value, year in flows
    ]
    return Snapshot.of([*nodes, GOODS], [*joined, *supply])


def told(snapshot, **asked):
    found = trade_between_towns(snapshot, as_of=2024, **asked)
    names = snapshot.name_of
    return [(names(one.start) + names(one.end), one.value, one.unmeasured) for one in found.rows], found


def test_both_directions_are_told_and_what_stays_in_a_town_is_not():
    rows, found = told(
        world(("ac", 30.0, 2024), ("bc", 5.0, 2024), ("ca", 8.0, 2024), ("ab", 99.0, 2024), ("cf", 7.0, 2024))
    )
    assert rows == [("st", 35.0, 0), ("ts", 8.0, 0)]
    assert (found.count, found.total, found.unknown_reason) == (2, 43.0, None)


def test_who_belongs_to_two_towns_is_split():
    rows, _ = told(world(("ed", 10.0, 2024), ("ea", 4.0, 2024)))
    assert rows == [("su", 5.0, 0), ("tu", 5.0, 0), ("ts", 2.0, 0)], "of e's 4 to a, half stays in s"


def test_what_has_no_value_is_counted_and_comes_last():
    rows, found = told(world(("ad", None, 2024), ("ac", 1.0, 2024), ("bc", 9.0, 2019), ("da", 0.0, 2024)))
    assert rows == [("st", 1.0, 1), ("us", 0.0, 0), ("su", None, 1)]
    assert found.total == 1.0


def test_the_greatest_are_shown_and_all_are_counted():
    rows, found = told(world(("ac", 1.0, 2024), ("ad", 3.0, 2024), ("cd", 2.0, 2024)), first=2)
    assert rows == [("su", 3.0, 0), ("tu", 2.0, 0)]
    assert (found.count, found.total) == (3, 6.0)
    with pytest.raises(BadInput, match="first：应在 1 到 500 之间，所给为 0"):
        trade_between_towns(world(), as_of=2024, first=0)


def test_it_rests_on_the_flows_between_towns_alone():
    snapshot = world(("ac", 1.0, 2024), ("ab", 2.0, 2024), ("fa", 3.0, 2024))
    _, found = told(snapshot)
    assert found.method.used is not None
    assert len(found.method.used().relations["SUPPLIES"]) == 1


def test_without_any_it_says_so():
    for snapshot in (world(), world(("ab", 1.0, 2024)), world(("ac", 1.0, 2024), closed="c")):
        rows, found = told(snapshot)
        assert (rows, found.unknown_reason) == ([], "2024 年没有登记镇与镇之间的供应")


def test_a_pair_is_marked_when_one_of_its_flows_is_invented():
    nodes = [Town(id=f"town:{t}", name=t, level="PROVINCIAL", status="RECOGNISED") for t in "stu"]
    nodes += [
        Organisation(id=f"org:{f}", name=f, form="ENTERPRISE", synthetic=f == "x" or None) for f in "axcd"
    ]
    joined = [MemberOf(start=f"org:{f}", end=f"town:{t}") for f, t in ("as", "xs", "ct", "du")]
    supply = [
        Supplies(start=f"org:{a}", end=f"org:{b}", product="product:p", value=1.0, year=2024)
        for a, b in ("ac", "xc", "ad")
    ]
    found = trade_between_towns(Snapshot.of([*nodes, GOODS], [*joined, *supply]), as_of=2024)
    assert [(one.value, one.synthetic) for one in found.rows] == [(2.0, True), (1.0, False)]
