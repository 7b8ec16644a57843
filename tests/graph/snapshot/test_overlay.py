"""An overlay is the snapshot that would be built from scratch with the edits applied."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import NotFound
from graph.kinds.entities import Organisation
from graph.kinds.relations import MemberOf, Supplies
from graph.kinds.terms import OrganisationForm
from graph.snapshot.overlay import Dropped, Edits, overlay
from graph.snapshot.snapshot import Snapshot
from tests.queries.networks import FIRMS, YEAR, claim, edges, network, revenues


def rebuilt(snapshot, edits):
    """Take the snapshot apart into objects, edit the lists, and build it again."""
    nodes = {}
    for table in snapshot.nodes.values():
        for row in table.rows:
            nodes[snapshot.id_of(row)] = snapshot.entity(row)
    relations = [
        snapshot.edge(label, place) for label, t in snapshot.relations.items() for place in range(len(t))
    ]
    for id in edits.removed:
        del nodes[id]
        nodes = {k: n for k, n in nodes.items() if getattr(n, "subject", None) != id}
        relations = [r for r in relations if id not in {r.start, r.end} and getattr(r, "product", None) != id]
    for d in edits.dropped:
        relations = [
            r
            for r in relations
            if not (
                (type(r).label, r.start, r.end) == (d.label, d.start, d.end)
                and (d.product is None or r.product == d.product)
            )
        ]
    nodes |= {node.id: node for node in edits.nodes}
    return Snapshot.of(nodes.values(), [*relations, *edits.relations], newest_year=snapshot.newest_year)


def same(one, other):
    for kind, table in (*one.nodes.items(), *one.relations.items()):
        twin = (other.nodes | other.relations)[kind]
        assert len(table) == len(twin)
        for name, array in table.arrays.items():
            assert array.dtype == twin[name].dtype
            assert np.array_equal(array, twin[name], equal_nan=array.dtype.kind in "fM"), (kind, name)
        assert getattr(table, "first", 0) == getattr(twin, "first", 0)
    assert one.index.ids.tolist() == other.index.ids.tolist()


def firm(name):
    return Organisation(id=f"org:{name}", name=name, form=OrganisationForm.COOPERATIVE)


def flow(a, b, value=7.0, product="p"):
    ends = {"start": f"org:{a}", "end": f"org:{b}", "product": f"product:{product}"}
    return Supplies(**ends, value=value, year=YEAR)


pairs = st.tuples(st.sampled_from(FIRMS), st.sampled_from(FIRMS))


@settings(deadline=None, max_examples=80)
@given(
    edges,
    revenues,
    st.sets(st.sampled_from(FIRMS), max_size=3),
    st.lists(pairs, max_size=4, unique=True),
    st.lists(pairs, max_size=4, unique=True),
    st.sets(st.sampled_from(["aa", "c", "zz"]), max_size=3),
)
def test_an_overlay_is_a_rebuilt_snapshot(  # noqa: PLR0913, PLR0917 - what is drawn
    flows, revenue, removed, dropped, put, new
):
    snapshot = network(flows, revenue)
    there = (set(FIRMS) - removed) | new
    edits = Edits(
        removed=[f"org:{f}" for f in sorted(removed)],
        dropped=[Dropped("SUPPLIES", f"org:{a}", f"org:{b}") for a, b in dropped],
        nodes=[firm(f) for f in sorted(new)] + [claim("org:a", 9.0) for _ in "x" if "a" in there],
        relations=[flow(a, b, product="q") for a, b in put if {a, b} <= there and (a, b) in dropped]
        + [MemberOf(start="org:aa", end="town:s") for _ in "x" if "aa" in new],
    )
    same(overlay(snapshot, edits), rebuilt(snapshot, edits))


def test_nothing_edited_shares_everything():
    snapshot = network([("a", "b", 1.0, "p")], {"a": 5.0})
    plain = overlay(snapshot, Edits())
    same(plain, snapshot)
    assert plain.relations["SUPPLIES"].arrays is snapshot.relations["SUPPLIES"].arrays
    assert plain.id != snapshot.id
    assert plain.id.startswith(snapshot.id)


def test_the_base_stays_as_it_was():
    snapshot = network([("a", "b", 1.0, "p"), ("b", "c", 2.0, "q")])
    before = snapshot.id
    changed = overlay(snapshot, Edits(removed=["org:b"], nodes=[firm("new")]))
    assert len(changed.relations["SUPPLIES"]) == 0
    assert changed.row_of("org:new") > 0
    with pytest.raises(NotFound):
        changed.row_of("org:b")
    again = network([("a", "b", 1.0, "p"), ("b", "c", 2.0, "q")])
    assert snapshot.id == before == again.id
    assert len(snapshot.relations["SUPPLIES"]) == 2


def test_bad_edits_are_refused():
    snapshot = network([("a", "b", 1.0, "p")])
    with pytest.raises(NotFound):
        overlay(snapshot, Edits(removed=["org:none"]))
    with pytest.raises(NotFound):
        overlay(snapshot, Edits(dropped=[Dropped("SUPPLIES", "org:a", "org:none")]))
    with pytest.raises(NotFound, match="org:none"):
        overlay(snapshot, Edits(relations=[flow("a", "none")]))
