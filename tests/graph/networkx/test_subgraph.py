"""A subgraph around a node holds what lies within so many links of it."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadInput, NotFound
from graph.kinds.entities import Organisation, Product
from graph.kinds.relations import Supplies
from graph.kinds.terms import OrganisationForm, ProductCategory
from graph.networkx.subgraph import subgraph
from graph.snapshot.snapshot import Snapshot

firm = st.sampled_from("abcdefgh")


def network(pairs, firms="abcdefgh", newest_year=2024):
    nodes = [Organisation(id=f"org:{f}", name=f, form=OrganisationForm.ENTERPRISE) for f in firms]
    goods = Product(id="product:p", name="p", category=ProductCategory.COMPONENT)
    flows = [Supplies(start=f"org:{a}", end=f"org:{b}", product=goods.id, year=2024) for a, b in set(pairs)]
    return Snapshot.of([*nodes, goods], flows, newest_year=newest_year)


@settings(deadline=None)
@given(st.lists(st.tuples(firm, firm), max_size=15), st.integers(0, 4))
def test_around_is_what_networkx_finds_without_directions(pairs, hops):
    snapshot = network(pairs)
    found = subgraph(snapshot, around="org:a", hops=hops)
    plain = nx.Graph([(f"org:{a}", f"org:{b}") for a, b in pairs])
    plain.add_node("org:a")
    near = nx.ego_graph(plain, "org:a", radius=hops)
    assert set(found) == set(near)
    assert set(found.edges) == {
        (f"org:{a}", f"org:{b}") for a, b in pairs if {f"org:{a}", f"org:{b}"} <= set(near)
    }
    assert nx.is_frozen(found)


def test_ids_stand_beside_what_is_around():
    snapshot = network([("a", "b"), ("c", "d")])
    assert list(subgraph(snapshot, ["org:c", "product:p"], 2024, around="org:a")) == [
        "org:c",
        "product:p",
        "org:a",
        "org:b",
    ]


def test_too_many_are_refused_with_their_count():
    firms = [f"{n:04}" for n in range(5_002)]
    star = network([("0000", other) for other in firms[1:]], firms)
    with pytest.raises(BadInput, match="5,002") as caught:
        subgraph(star, around="org:0000")
    assert list(caught.value.path) == ["around"]
    assert len(subgraph(star, around="org:0001", hops=1)) == 2


@pytest.mark.parametrize(
    ("bad", "argument"),
    [
        ({"around": "product:p"}, "around"),
        ({"around": "org:a", "hops": -1}, "hops"),
        ({"around": "org:a", "hops": 11}, "hops"),
    ],
)
def test_bad_input_names_the_argument(bad, argument):
    with pytest.raises(BadInput) as caught:
        subgraph(network([]), **bad)
    assert list(caught.value.path) == [argument]


def test_a_year_is_needed_and_ids_must_be_there():
    with pytest.raises(BadInput, match="asOf"):
        subgraph(network([], newest_year=None), ["org:a"])
    for bad in ({"ids": ["org:z"]}, {"around": "org:z"}):
        with pytest.raises(NotFound):
            subgraph(network([]), **bad)
