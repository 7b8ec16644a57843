"""Accounts add up at every level, and the analyses on them hold to their identities."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadInput, NotFound
from graph.kinds.terms import Proximity
from queries.answer import Aggregation
from queries.linkage.accounts import accounts
from queries.linkage.extraction import ExtractionForm, extraction
from queries.linkage.leontief import LinkageOrder, linkages
from queries.linkage.position import organisation_position, positions, town_position
from queries.linkage.sourcing_rate import circularity, finn_index, in_circles, sourcing_rate
from tests.queries.linkage.test_tables import ORACLES, table
from tests.queries.networks import FIRMS, YEAR, edges, measured, network, revenues

LEVELS = list(Aggregation)


def brute(flows, revenue):
    """Z and x of the firms, one line of the definition each."""
    sold = measured(flows)
    total = {f: sum(v for (a, _), v in sold.items() if a == f) for f in FIRMS}
    x = np.array([max(revenue.get(f, 0.0), total[f]) or np.nan for f in FIRMS])
    z = np.zeros((len(FIRMS), len(FIRMS)))
    for (a, b), value in sold.items():
        if not np.isnan(x[FIRMS.index(b)]):
            z[FIRMS.index(a), FIRMS.index(b)] = value
    return z, x


@settings(deadline=None, max_examples=60)
@given(edges, revenues)
def test_firm_accounts_are_the_definition(flows, revenue):
    table = accounts(network(flows, revenue), as_of=YEAR)
    z, x = brute(flows, revenue)
    assert table.sales.toarray() == pytest.approx(z)
    assert table.output == pytest.approx(x, nan_ok=True)
    assert table.demand == pytest.approx(np.nan_to_num(x) - z.sum(axis=1), abs=1e-9)
    known = {(a, b, p): v for a, b, v, p in flows}
    assert table.coverage.links == len(known)
    assert table.coverage.unmeasured == sum(v is None for v in known.values())
    assert table.coverage.outputs_unknown == np.isnan(x).sum()


@settings(deadline=None, max_examples=40)
@given(edges, revenues, st.sampled_from(LEVELS))
def test_levels_add_up_to_the_same_whole(flows, revenue, level):
    snapshot = network(flows, revenue)
    firms, table = accounts(snapshot, as_of=YEAR), accounts(snapshot, as_of=YEAR, aggregation=level, digits=3)
    assert table.sales.sum() == pytest.approx(firms.sales.sum())
    assert np.nansum(table.output) == pytest.approx(np.nansum(firms.output))
    assert (table.sales.data >= 0).all()


def test_towns_and_industries_by_hand():
    flows = [("a", "c", 10.0, "p"), ("b", "d", 5.0, "q"), ("a", "b", 2.0, "p"), ("g", "a", 1.0, "p")]
    snapshot = network(flows, dict.fromkeys(FIRMS, 100.0))
    towns = accounts(snapshot, as_of=YEAR, aggregation=Aggregation.TOWN)
    assert [snapshot.id_of(row) if row >= 0 else None for row in towns.rows] == ["town:s", "town:t", None]
    assert towns.sales.toarray().tolist() == [[2, 15, 0], [0, 0, 0], [1, 0, 0]]
    assert towns.output.tolist() == [200, 200, 400]
    inside = accounts(snapshot, as_of=YEAR, within="town:s")
    assert inside.sales.sum() == 2
    assert inside.coverage.organisations == 2
    industries = accounts(snapshot, as_of=YEAR, aggregation=Aggregation.INDUSTRY, digits=2)
    assert industries.sales.toarray().tolist() == [[12, 5, 0], [0, 0, 0], [1, 0, 0]]
    regions = accounts(snapshot, as_of=YEAR, within="region:14")
    assert regions.coverage.organisations == 6


def test_products_follow_what_their_buyers_sell():
    flows = [("a", "b", 10.0, "p"), ("b", "c", 30.0, "q"), ("b", "d", 10.0, "p")]
    snapshot = network(flows, {"a": 20.0, "b": 80.0, "c": 50.0, "d": 50.0})
    table = accounts(snapshot, as_of=YEAR, aggregation=Aggregation.PRODUCT)
    # b sells three quarters q and one quarter p, so its purchase of p goes there; c and d sell nothing.
    assert table.sales.toarray() == pytest.approx(np.array([[2.5, 7.5, 10], [0, 0, 30], [0, 0, 0]]))
    assert table.output[:2] == pytest.approx([20 + 20, 60])


def test_rival_sources_and_excess_are_named():
    flows = [("a", "b", 60.0, "p"), ("b", "c", 10.0, "p")]
    snapshot = network(flows, {"a": 50.0, "c": 100.0})
    table = accounts(snapshot, as_of=YEAR)
    assert [snapshot.name_of(r) for r in table.conflicts] == ["a"]
    assert table.output[0] == 60
    assert [snapshot.name_of(r) for r in table.excess] == ["b"]
    assert table.from_sales.tolist()[:3] == [False, True, False]
    capped = accounts(snapshot, as_of=YEAR, cap=True)
    assert capped.sales.toarray()[0, 1] == pytest.approx(10 * 0.999)


@settings(deadline=None, max_examples=30)
@given(edges, revenues)
def test_linkages_and_positions_agree(flows, revenue):
    snapshot = network(flows, revenue)
    pulled = linkages(snapshot, as_of=YEAR, aggregation=Aggregation.ORGANISATION, cap=True, first=500)
    placed = positions(snapshot, as_of=YEAR, aggregation=Aggregation.ORGANISATION, cap=True, first=500)
    assert (pulled.unknown_reason is None) == (placed.unknown_reason is None)
    by_row = {row.row: row for row in placed.rows}
    assert set(by_row) == {row.row for row in pulled.rows}
    for row in pulled.rows:
        assert row.backward_linkage == pytest.approx(by_row[row.row].downstreamness, rel=1e-6)
        assert row.forward_linkage == pytest.approx(by_row[row.row].upstreamness, rel=1e-6)
        assert row.backward_linkage >= 1
    if pulled.rows:
        assert np.mean([row.backward_index for row in pulled.rows]) == pytest.approx(1)


@settings(deadline=None, max_examples=30)
@given(edges, revenues, st.sampled_from(FIRMS))
def test_drive_is_extraction_by_brute_force(flows, revenue, firm):
    snapshot = network(flows, revenue)
    z, x = brute(flows, revenue)
    found = extraction(snapshot, f"org:{firm}", as_of=YEAR, cap=True, first=50)
    place = FIRMS.index(firm)
    if np.isnan(x[place]):
        assert found.unknown_reason
        assert found.total is None
        return
    known = ~np.isnan(x)
    if not z[:, place].any():
        assert "没有已计量的采购" in found.unknown_reason
        assert (found.total, found.indirect, found.own) == (None, None, x[place])
        return
    x = np.nan_to_num(x)
    bought = z.sum(axis=0)
    z *= np.where(bought > 0.999 * x, 0.999 * x / np.where(bought > 0, bought, 1), 1)
    inputs = np.divide(z, x, out=np.zeros_like(z), where=x > 0)
    demand = x - z.sum(axis=1)
    inputs[place] = inputs[:, place] = demand[place] = 0
    loss = x - np.linalg.inv(np.eye(len(x)) - inputs) @ demand
    assert found.total == pytest.approx(loss.sum(), rel=1e-6, abs=1e-6)
    assert found.own == pytest.approx(x[place])
    assert x[place] <= found.total * (1 + 1e-9)
    assert found.total <= x.sum() * (1 + 1e-9)
    others = {snapshot.name_of(d.row): d.loss for d in found.dependents}
    for name, value in others.items():
        assert value == pytest.approx(loss[FIRMS.index(name)], rel=1e-6, abs=1e-6)
    for groups in (found.by_form, found.by_town, found.by_region):
        assert sum(group.loss for group in groups) == pytest.approx(found.indirect, abs=1e-6)
    assert known[place]


def test_drive_by_hand():
    # a supplies b with half of b's output: without b, a loses its 50, and nobody else anything.
    snapshot = network([("a", "b", 50.0, "p")], {"a": 100.0, "b": 100.0, "c": 100.0})
    found = extraction(snapshot, "org:b", as_of=YEAR)
    assert (found.total, found.own, found.indirect) == (
        pytest.approx(150),
        pytest.approx(100),
        pytest.approx(50),
    )
    assert found.local == pytest.approx(50)
    assert found.multiplier == pytest.approx(0.5)
    assert found.share == pytest.approx(0.5)
    (dependent,) = found.dependents
    assert (snapshot.name_of(dependent.row), dependent.share) == ("a", pytest.approx(0.5))
    backward = extraction(snapshot, "org:b", as_of=YEAR, form=ExtractionForm.BACKWARD)
    assert backward.indirect == pytest.approx(50)
    assert backward.own == pytest.approx(0, abs=1e-9)
    forward = extraction(snapshot, "org:a", as_of=YEAR, form=ExtractionForm.FORWARD)
    assert forward.indirect == pytest.approx(50)
    alone = extraction(snapshot, "org:c", as_of=YEAR)
    assert (alone.own, alone.total, alone.indirect) == (100, None, None)
    assert alone.unknown_reason == "c截至 2024 年没有已计量的采购：带动谁、带动多少不详"
    assert (
        "没有已计量的销售"
        in extraction(snapshot, "org:c", as_of=YEAR, form=ExtractionForm.FORWARD).unknown_reason
    )


def test_a_line_counts_its_stages():
    flows = [("a", "b", 10.0, "p"), ("b", "c", 10.0, "p"), ("c", "d", 10.0, "p")]
    snapshot = network(flows, dict.fromkeys("abcd", 10.0))
    ups = [organisation_position(snapshot, f"org:{f}", as_of=YEAR).position for f in "abcd"]
    assert [p.upstreamness for p in ups] == pytest.approx([4, 3, 2, 1])
    assert [p.downstreamness for p in ups] == pytest.approx([1, 2, 3, 4])
    assert [p.tier for p in ups] == [4, 3, 2, 1]
    assert organisation_position(snapshot, "org:b", as_of=YEAR).above == pytest.approx(1 / 4)
    assert town_position(snapshot, "town:s", as_of=YEAR).position.upstreamness > 1


def test_a_closed_circle_is_unknown_and_says_who():
    snapshot = network([("a", "b", 10.0, "p"), ("b", "a", 10.0, "p")])
    found = linkages(snapshot, as_of=YEAR, aggregation=Aggregation.ORGANISATION)
    assert "谱半径" in found.unknown_reason
    assert "a" in found.unknown_reason
    assert list(found.rows) == []
    assert {snapshot.name_of(r) for r in found.excess} == {"a", "b"}
    assert "谱半径" in positions(snapshot, as_of=YEAR, aggregation=Aggregation.ORGANISATION).unknown_reason
    assert "谱半径" in extraction(snapshot, "org:a", as_of=YEAR).unknown_reason
    assert (
        linkages(snapshot, as_of=YEAR, aggregation=Aggregation.ORGANISATION, cap=True).unknown_reason is None
    )


def test_a_year_without_data_is_unknown():
    snapshot = network([("a", "b", 10.0, "p")], {"a": 100.0, "b": 100.0})
    assert "没有已计量的供应" in linkages(snapshot, as_of=2000).unknown_reason
    assert "没有已计量的供应" in positions(snapshot, as_of=2000).unknown_reason
    assert "产出不详" in extraction(snapshot, "org:a", as_of=2000).unknown_reason
    assert sourcing_rate(snapshot, "town:s", as_of=2000).unknown_reason
    assert circularity(snapshot, "town:s", as_of=2000).unknown_reason
    assert organisation_position(snapshot, "org:h", as_of=YEAR).unknown_reason == (
        "h截至 2024 年的产出不详：既无营业收入，也无已计量的销售"
    )


@pytest.mark.parametrize(
    ("asked", "argument"),
    [
        ({"first": 0}, "first"),
        ({"first": 501}, "first"),
        ({"digits": 5}, "digits"),
        ({"within": "org:a"}, "within"),
    ],
)
def test_what_makes_no_sense_is_refused(asked, argument):
    snapshot = network([("a", "b", 10.0, "p")])
    for question in (linkages, positions):
        with pytest.raises(BadInput) as refused:
            question(snapshot, as_of=YEAR, **asked)
        assert refused.value.path == (argument,)


def test_unknown_ids_are_not_found():
    snapshot = network([("a", "b", 10.0, "p")])
    with pytest.raises(NotFound):
        linkages(snapshot, as_of=YEAR, within="town:none")
    for question in (extraction, organisation_position):
        with pytest.raises(NotFound):
            question(snapshot, "org:none", as_of=YEAR)
        with pytest.raises(BadInput):
            question(snapshot, "town:s", as_of=YEAR)
    with pytest.raises(BadInput):
        town_position(snapshot, "org:a", as_of=YEAR)


def test_order_and_first():
    snapshot = network([("a", "b", 50.0, "p"), ("b", "c", 10.0, "p")], dict.fromkeys("abc", 100.0))
    by = {
        order: [
            snapshot.name_of(r.row)
            for r in linkages(
                snapshot, as_of=YEAR, aggregation=Aggregation.ORGANISATION, order_by=order, first=1
            ).rows
        ]
        for order in LinkageOrder
    }
    assert by == {
        LinkageOrder.OUTPUT: ["a"],
        LinkageOrder.BACKWARD_INDEX: ["b"],
        LinkageOrder.FORWARD_INDEX: ["a"],
    }
    assert linkages(snapshot, as_of=YEAR, aggregation=Aggregation.ORGANISATION, first=1).count == 3


def test_local_supply_by_hand():
    flows = [("a", "b", 60.0, "p"), ("c", "b", 20.0, "p"), ("a", "c", 7.0, "q"), ("b", "a", None, "q")]
    needs = [
        ("a", "p", 5.0, Proximity.TOWN),
        ("a", "p", 10.0, Proximity.UNKNOWN),
        ("b", "q", 5.0, Proximity.ABROAD),
    ]
    snapshot = network(flows, needs=needs)
    found = sourcing_rate(snapshot, "town:s", as_of=YEAR)
    assert (found.whole.local, found.whole.outside, found.whole.unknown) == (65, 25, 10)
    assert found.whole.unmeasured == 1
    assert (found.whole.rate, found.whole.rate_at_most) == (pytest.approx(0.65), pytest.approx(0.75))
    assert found.whole.external_dependence == pytest.approx(0.35)
    rows = {snapshot.name_of(row.product): row for row in found.products}
    assert rows["p"].purchases.total == 95
    assert rows["q"].outflow == 7
    assert sourcing_rate(snapshot, "region:14", as_of=YEAR).whole.local == 92


@settings(deadline=None, max_examples=30)
@given(edges)
def test_local_outside_and_unknown_are_all_there_is(flows):
    snapshot = network(flows)
    found = sourcing_rate(snapshot, "town:s", as_of=YEAR)
    bought = sum(v for (s, b), v in measured(flows).items() if b in "ab" and s != b)
    if found.whole is None:
        assert bought == 0
        return
    assert found.whole.total == pytest.approx(bought)
    assert sum(row.purchases.total for row in found.products) == pytest.approx(bought)
    assert 0 <= found.whole.rate <= found.whole.rate_at_most <= 1


def test_circles_by_hand():
    flows = [("a", "b", 30.0, "p"), ("b", "a", 10.0, "p"), ("a", "c", 60.0, "p"), ("c", "c", 5.0, "q")]
    snapshot = network(flows, dict.fromkeys(FIRMS, 200.0))
    table = accounts(snapshot, as_of=YEAR)
    share, circles = in_circles(table.sales)
    assert share == pytest.approx(45 / 105)
    assert [[snapshot.name_of(row) for row in table.rows[c]] for c in circles] == [["a", "b"]]
    found = circularity(snapshot, "town:s", as_of=YEAR)
    assert found.in_cycles == 1
    own = 1 / (1 - (30 / 200) * (10 / 200))
    assert found.finn == pytest.approx(1 - 1 / own)


def test_finn_of_the_known_tables():
    for name in ("germany_1995", "miller_blair_2_3", "pymrio_small"):
        wanted = ORACLES[name]["finn_cycling_index"]
        assert finn_index(*table(ORACLES[name])) == pytest.approx(wanted, abs=1e-6)
