"""Concentration by its formula; centrality as NetworkX computes it."""

from itertools import combinations, pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadInput, NotFound
from graph.kinds.entities import Organisation
from graph.kinds.relations import Makes
from graph.kinds.terms import OrganisationForm, Proximity
from graph.snapshot.snapshot import Snapshot
from queries.linkage.accounts import accounts
from queries.linkage.concentration import ConcentrationOf, concentration
from queries.network.centrality import CentralityOrder, centrality, sampled
from queries.network.graphs import network_graph
from queries.network.partners import partners
from tests.queries.networks import FIRMS, YEAR, claim, edges, network, revenues

random_networks = settings(deadline=None, max_examples=80)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 8])
def test_equal_shares_have_the_least_concentration(count):
    snapshot = network([], dict.fromkeys(FIRMS[:count], 700.0))
    found = concentration(snapshot, as_of=YEAR)
    assert found.hhi == pytest.approx(1 / count)
    assert found.equivalent == pytest.approx(count)
    assert found.cr4 == pytest.approx(min(4, count) / count)
    assert (found.count, found.unknown_count) == (count, len(FIRMS) - count)


@random_networks
@given(edges, revenues, st.sampled_from(ConcentrationOf), st.sampled_from([None, "town:s"]))
def test_concentration_is_the_sum_of_squared_shares(flows, revenue, of, scope):
    snapshot = network(flows, revenue)
    inside = FIRMS if scope is None else "ab"
    place = 1 if of is ConcentrationOf.PURCHASES else 0
    traded = {}
    for a, b, value, product in flows:
        if of is ConcentrationOf.OUTPUT or a != b:
            traded[a, b, product] = value
    total = {f: [v for k, v in traded.items() if k[place] == f] for f in inside}
    known = {
        f: sum(v for v in vs if v is not None) for f, vs in total.items() if any(v is not None for v in vs)
    }
    if of is ConcentrationOf.OUTPUT:
        known = {f: max(revenue.get(f, 0), known.get(f, 0)) for f in inside if f in revenue or f in known}
    found = concentration(snapshot, scope, as_of=YEAR, of=of, first=500)
    held = {snapshot.name_of(row.row): row.value for row in found.rows}
    assert held == pytest.approx(known)
    assert found.count == len(known)
    taking_part = set(inside) if of is ConcentrationOf.OUTPUT else {f for f, vs in total.items() if vs}
    assert found.unknown_count == len(taking_part - set(known))
    if not known:
        assert (found.hhi, found.cr4, found.total) == (None, None, None)
        assert found.unknown_reason
        return
    shares = sorted((v / sum(known.values()) for v in known.values()), reverse=True)
    assert found.hhi == pytest.approx(sum(s**2 for s in shares))
    assert 1 / len(shares) - 1e-12 <= found.hhi <= 1 + 1e-12
    assert found.cr4 == pytest.approx(sum(shares[:4]))
    assert sum(row.share for row in found.rows) == pytest.approx(1)


def test_an_agency_is_no_firm_without_a_figure():
    """Of a firm of 300, one of 100 and one without a figure, beside an office: 1 is unknown, not 2."""
    firms = [
        Organisation(id=f"org:{f}", name=f, form=form)
        for f, form in zip("abcd", [*[OrganisationForm.ENTERPRISE] * 3, OrganisationForm.AGENCY], strict=True)
    ]
    snapshot = Snapshot.of([*firms, claim("org:a", 300.0), claim("org:b", 100.0)])
    found = concentration(snapshot, as_of=YEAR)
    assert (found.hhi, found.count, found.unknown_count) == (pytest.approx(0.625), 2, 1)
    coverage = found.method.coverage
    assert coverage is not None
    assert (coverage.organisations, coverage.outputs_unknown) == (3, 1)
    whole = accounts(snapshot, as_of=YEAR).coverage
    assert (whole.organisations, whole.outputs_unknown) == (3, 1)


def test_purchases_count_what_comes_from_outside_the_graph():
    snapshot = network(
        [("a", "b", 30.0, "p")],
        needs=[("b", "p", 70.0, Proximity.COUNTRY), ("c", "q", 100.0, Proximity.COUNTRY)],
    )
    found = concentration(snapshot, as_of=YEAR, of=ConcentrationOf.PURCHASES)
    assert {snapshot.name_of(row.row): row.value for row in found.rows} == {"b": 100.0, "c": 100.0}
    assert found.method.coverage.outside_graph == 170.0
    of_one = concentration(snapshot, as_of=YEAR, of=ConcentrationOf.PURCHASES, product="product:p")
    assert (of_one.hhi, of_one.count) == (1.0, 1)


def test_the_output_of_a_product_is_what_its_makers_make():
    made = [
        Makes(start="org:a", end="product:p", output=30.0, year=YEAR - 1),
        Makes(start="org:b", end="product:p", output=10.0, year=YEAR),
        Makes(start="org:c", end="product:p", year=YEAR),
        Makes(start="org:d", end="product:p", output=99.0, year=YEAR - 4),
        Makes(start="org:e", end="product:q", output=99.0, year=YEAR),
    ]
    found = concentration(network([], more=made), as_of=YEAR, product="product:p")
    assert [row.share for row in found.rows] == [0.75, 0.25]
    assert (found.total, found.count, found.unknown_count) == (40.0, 2, 2)


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        ({"within": "org:a"}, BadInput),
        ({"within": "town:none"}, NotFound),
        ({"product": "org:a"}, BadInput),
        ({"product": "product:none"}, NotFound),
        ({"first": 0}, BadInput),
    ],
)
def test_bad_arguments_of_concentration_are_refused(bad, error):
    with pytest.raises(error):
        concentration(network([]), as_of=YEAR, **bad)


@random_networks
@given(edges, st.sampled_from([None, "town:s"]))
def test_all_sources_give_what_networkx_gives(flows, scope):
    snapshot = network(flows)
    found = centrality(snapshot, as_of=YEAR, within=scope, samples=len(FIRMS), first=500)
    graph = nx.DiGraph(network_graph(snapshot, YEAR))
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    if scope is not None:
        graph = graph.subgraph(["org:a", "org:b"]).copy()
    assert found.count == found.samples == len(graph)
    asked = {(a, b, p) for a, b, _, p in flows if a != b and (scope is None or {a, b} <= set("ab"))}
    assert found.method.coverage.links == len(asked)
    if not graph.edges:
        assert (list(found.rows), bool(found.unknown_reason)) == ([], True)
        return
    rows = {snapshot.id_of(row.row): row for row in found.rows}
    assert {id: row.suppliers for id, row in rows.items()} == dict(graph.in_degree)
    assert {id: row.customers for id, row in rows.items()} == dict(graph.out_degree)
    ranks = nx.pagerank(graph, weight=None, tol=1e-12 / len(graph), max_iter=1000)
    assert {id: row.pagerank for id, row in rows.items()} == pytest.approx(ranks, abs=1e-9)
    assert found.method.residual <= 1e-10
    if len(graph) > 2:
        between = nx.betweenness_centrality(graph)
        assert {id: row.betweenness for id, row in rows.items()} == pytest.approx(between, abs=1e-9)
        assert {row.standard_error for row in rows.values()} == {0.0}
    else:
        assert {row.betweenness for row in rows.values()} == {None}


@settings(deadline=None, max_examples=20)
@given(edges, st.integers(2, 7))
def test_a_sample_is_right_on_average_and_so_is_its_error(flows, samples):
    """Over all samples the mean is exact, and the squared standard error on average the squared error."""
    linked = partners(network(flows), YEAR)
    exact, _ = sampled(linked, np.arange(len(linked), dtype=np.int32))
    found = [sampled(linked, np.array(s, np.int32)) for s in combinations(range(len(linked)), samples)]
    values, errors = (np.array(part) for part in zip(*found, strict=True))
    assert values.mean(axis=0) == pytest.approx(exact, abs=1e-12)
    assert ((values - exact) ** 2).mean(axis=0) == pytest.approx((errors**2).mean(axis=0), abs=1e-12)


def test_the_same_seed_gives_the_same_answer():
    snapshot = network([(a, b, 1.0, "p") for a, b in pairwise(FIRMS)])
    first, again, other = (centrality(snapshot, as_of=YEAR, samples=3, seed=s) for s in (1, 1, 2))
    assert list(first.rows) == list(again.rows)
    assert list(first.rows) != list(other.rows)
    assert (first.samples, first.count) == (3, len(FIRMS))
    assert all(row.standard_error is None for row in centrality(snapshot, as_of=YEAR, samples=1).rows)


@pytest.mark.parametrize("order_by", CentralityOrder)
def test_rows_are_in_the_order_asked_for(order_by):
    snapshot = network(
        [("a", "c", 1.0, "p"), ("b", "c", 1.0, "p"), ("c", "d", 1.0, "p"), ("d", "e", 1.0, "p")]
    )
    found = centrality(snapshot, as_of=YEAR, order_by=order_by)
    values = [getattr(row, order_by.value.lower()) for row in found.rows]
    assert values == sorted(values, reverse=True)
    assert dict(found.method.parameters)["orderBy"] == order_by.value


@pytest.mark.parametrize(
    "bad", [{"samples": 0}, {"samples": 1025}, {"seed": -1}, {"first": 0}, {"within": "org:a"}]
)
def test_bad_arguments_of_centrality_are_refused(bad):
    with pytest.raises(BadInput):
        centrality(network([]), as_of=YEAR, **bad)
