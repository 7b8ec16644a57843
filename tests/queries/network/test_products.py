"""Products are walked as NetworkX walks them, and their traders are those of the flows."""

from math import isclose

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadInput, NotFound
from graph.kinds.entities import Organisation, Product
from graph.kinds.relations import InputOf, Makes, Needs, Supplies
from graph.kinds.terms import OrganisationForm, ProductCategory, Proximity
from graph.snapshot.snapshot import Snapshot
from queries.linkage.traders import traders
from queries.network.products import product_walk

YEAR = 2024
GOODS = "abcdef"
FIRMS = "uvwxyz"


def world(recipes=(), makes=(), flows=(), needs=()):
    """Recipes: input, product, essential; flows: seller, buyer, product, yuan; needs: the same sellerless."""
    goods = [Product(id=f"product:{p}", name=p, category=ProductCategory.COMPONENT) for p in GOODS]
    firms = [Organisation(id=f"org:{f}", name=f, form=OrganisationForm.ENTERPRISE) for f in FIRMS]
    return Snapshot.of(
        [*goods, *firms],
        [
            *(InputOf(start=f"product:{a}", end=f"product:{b}", essential=e) for a, b, e in recipes),
            *(Makes(start=f"org:{f}", end=f"product:{p}", year=YEAR) for f, p in makes),
            *(
                Supplies(start=f"org:{a}", end=f"org:{b}", product=f"product:{p}", value=v, year=YEAR)
                for a, b, p, v in flows
            ),
            *(
                Needs(start=f"org:{b}", end=f"product:{p}", value=v, year=YEAR, origin=Proximity.ABROAD)
                for b, p, v in needs
            ),
        ],
    )


pair = st.tuples(st.sampled_from(GOODS), st.sampled_from(GOODS))
recipes = st.dictionaries(pair, st.sampled_from([True, False, None]), max_size=15)


@settings(deadline=None)
@given(recipes, st.integers(1, 5), st.sampled_from(["UP", "DOWN"]), st.booleans())
def test_tiers_are_those_of_networkx(known, depth, direction, essential_only):
    snapshot = world([(a, b, e) for (a, b), e in known.items()])
    found = product_walk(
        snapshot, "product:a", as_of=YEAR, direction=direction, depth=depth, essential_only=essential_only
    )
    graph = nx.DiGraph([edge for edge, e in known.items() if e or not essential_only])
    graph.add_node("a")
    seen = graph.reverse() if direction == "UP" else graph
    lengths = nx.single_source_shortest_path_length(seen, "a", cutoff=depth)
    assert {snapshot.name_of(step.row): step.tier for step in found.steps} == lengths
    shown = {(snapshot.name_of(one.start), snapshot.name_of(one.end)) for one in found.links}
    assert shown == {(a, b) for a, b in graph.edges if {a, b} <= set(lengths)}
    beyond = {a for a, b in seen.edges if a in lengths and b not in lengths}
    assert (found.frontier, found.left_out) == (len(beyond), 0)


def test_makers_are_counted_and_the_best_made_come_first():
    snapshot = world(
        [("b", "a", True), ("c", "a", None), ("d", "a", False)], makes=[("u", "c"), ("v", "c"), ("u", "b")]
    )
    found = product_walk(snapshot, "product:a", as_of=YEAR)
    steps = [(snapshot.name_of(step.row), step.tier, step.makers) for step in found.steps]
    assert steps == [("a", 0, 0), ("c", 1, 2), ("b", 1, 1), ("d", 1, 0)]
    assert [(snapshot.name_of(one.start), one.essential) for one in found.links] == [
        ("b", True),
        ("c", None),
        ("d", False),
    ]
    cut = product_walk(snapshot, "product:a", as_of=YEAR, max_nodes=2)
    assert ([snapshot.name_of(step.row) for step in cut.steps], cut.left_out) == (["a", "c"], 2)


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        ({"depth": 0}, BadInput, "depth：应在 1 到 10 之间，所给为 0"),
        ({"max_nodes": 2_001}, BadInput, "maxNodes：应在 1 到 2,000 之间，所给为 2001"),
        ({"id": "product:zz"}, NotFound, "id：图中没有“product:zz”"),
        ({"id": "org:u"}, BadInput, "id：org:u 应为产品"),
    ],
)
def test_what_can_not_be_asked_is_refused(wrong, error, message):
    with pytest.raises(error, match=message):
        product_walk(world(), wrong.pop("id", "product:a"), as_of=YEAR, **wrong)


flows = st.dictionaries(
    st.tuples(st.sampled_from(FIRMS), st.sampled_from(FIRMS), st.sampled_from("ab")),
    st.sampled_from([None, 1.0, 2.5, 40.0]),
    max_size=20,
)
outside = st.dictionaries(
    st.tuples(st.sampled_from(FIRMS), st.sampled_from("ab")), st.sampled_from([None, 3.0, 7.0]), max_size=6
)


@settings(deadline=None)
@given(flows, outside, st.sampled_from(["UP", "DOWN"]))
def test_traders_add_up_to_the_flows(sold, needs, side):
    snapshot = world(
        flows=[(*ends, value) for ends, value in sold.items()],
        needs=[(*ends, v) for ends, v in needs.items()],
    )
    found = traders(snapshot, "product:a", as_of=YEAR, side=side)
    lines = [(x, y, v) for (x, y, p), v in sold.items() if p == "a" and x != y]  # to oneself is no trade
    abroad = [(None, y, v) for (y, p), v in needs.items() if p == "a"]
    own, other = (0, 1) if side == "UP" else (1, 0)
    seen = lines if side == "UP" else lines + abroad
    assert found.count == len({line[own] for line in seen}) == len(found.rows)
    for row in found.rows:
        mine = [line for line in seen if line[own] == snapshot.name_of(row.organisation)]
        values = [v for *_, v in mine if v is not None]
        assert row.value == (sum(values) if values else None)
        assert row.partners == len({line[other] for line in mine} - {None})
        assert row.unmeasured == len(mine) - len(values)
    measured = [v for *_, v in seen if v is not None]
    assert (found.value is None) == (not measured)
    assert isclose(found.value or 0.0, sum(measured))
    bought = [v for *_, v in abroad if v is not None]
    assert found.outside == (sum(bought) if bought else None)
    known = [row.value for row in found.rows if row.value is not None]
    assert known == sorted(known, reverse=True)
    assert [row.value for row in found.rows][: len(known)] == known


def test_a_real_firm_that_trades_by_invented_rows_is_marked():
    firms = [
        Organisation(id=f"org:{f}", name=f, form=OrganisationForm.ENTERPRISE, synthetic=f == "w")
        for f in FIRMS
    ]
    good = Product(id="product:a", name="a", category=ProductCategory.COMPONENT)
    rows = [("u", "x", True), ("v", "x", False), ("v", "y", False), ("w", "y", False)]
    sold = [
        Supplies(
            start=f"org:{s}", end=f"org:{e}", product="product:a", year=YEAR, value=1.0, synthetic=made_up
        )
        for s, e, made_up in rows
    ]
    snapshot = Snapshot.of([good, *firms], sold)

    def marks(side):
        found = traders(snapshot, "product:a", as_of=YEAR, side=side)
        return {snapshot.name_of(row.organisation): row.synthetic for row in found.rows}

    assert marks("UP") == {"u": True, "v": False, "w": True}
    assert marks("DOWN") == {"x": True, "y": True}
