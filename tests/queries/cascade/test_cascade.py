"""A cascade is ESRI on what the snapshot says, and its losses add up."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadInput, NotFound
from graph.kinds.entities import Industry
from graph.kinds.metrics import Metric
from graph.kinds.relations import ClassifiedAs, InputOf, Makes
from graph.kinds.terms import Proximity
from queries.cascade.cascade import Shock, cascade, scenario
from queries.cascade.esri import ESSENTIAL, REPLACEABLE, Firms, Trades
from queries.cascade.essentiality import need_of
from queries.cascade.readiness import CascadeWeight, readiness
from tests.oracles.esri import brute
from tests.queries.networks import FIRMS, YEAR, claim, edges, network, revenues

INPUTS = (
    InputOf(start="product:p", end="product:q", essential=True),
    InputOf(start="product:q", end="product:p", essential=False),
)
EPS = 0.01234567
"""Odd: no residual of round numbers equals it."""


def industry_of(firm):
    return {**dict.fromkeys("abc", "33"), **dict.fromkeys("de", "44")}.get(firm)


def inputs(flows, revenue, needs):
    """What the iterations run on, one line of the definition each."""
    known = {(a, b, p): v for a, b, v, p in flows}
    sells = {(a, p) for a, _, p in known}
    outside = {}
    for buyer, product, value, _ in needs:
        outside[buyer, product] = outside.get((buyer, product), 0.0) + value
    links, needed, gross = [], [], []
    for (a, b, p), value in known.items():
        if value is None:
            continue
        inside = sum(v for (_, to, q), v in known.items() if (to, q) == (b, p) and v is not None)
        gross.append(value + value / inside * outside.get((b, p), 0.0))
        made = {"p": "q", "q": "p"}[p]
        if (b, made) in sells:
            needed.append(ESSENTIAL if p == "p" else REPLACEABLE)
        else:
            needed.append(need_of(industry_of(a), industry_of(b)) or REPLACEABLE)
        links.append((FIRMS.index(a), FIRMS.index(b), value))
    seller, buyer, value = (np.array(column) for column in zip(*links, strict=True))
    ends = seller.astype(np.int32), buyer.astype(np.int32)
    trades = Trades(*ends, value.astype(float), np.array(needed, np.int8), np.array(gross))
    size = len(FIRMS)
    sales = np.bincount(seller, weights=value, minlength=size)
    bought = np.bincount(buyer, weights=value, minlength=size)
    bought += [sum(v for (b, _), v in outside.items() if b == f) for f in FIRMS]
    output = np.array([max(revenue.get(f, 0.0), s) or np.nan for f, s in zip(FIRMS, sales, strict=True)])
    sector = np.array([{"33": 0, "44": 1}.get(industry_of(f), 2) for f in FIRMS], np.int32)
    return trades, Firms(sector, output, bought, output)


outside = st.dictionaries(
    st.tuples(st.sampled_from(FIRMS), st.sampled_from("pq")), st.floats(1.0, 100.0), max_size=6
)
shocks = st.dictionaries(st.sampled_from(FIRMS), st.floats(0.05, 1), min_size=1, max_size=3)


@settings(deadline=None, max_examples=60)
@given(edges, revenues, outside, shocks, st.booleans())
def test_a_scenario_is_esri_on_what_the_snapshot_says(flows, revenue, bought, psi, substitutes):
    needs = [(firm, product, value, Proximity.COUNTRY) for (firm, product), value in bought.items()]
    snapshot = network(flows, revenue, needs=needs, more=INPUTS)
    asked = [Shock(f"org:{firm}", part) for firm, part in psi.items()]
    found = scenario(snapshot, asked, as_of=YEAR, eps=EPS, substitutes=substitutes, first=8)
    if found.unknown_reason:
        assert found.esri is None
        chosen = {(a, b, p): v for a, b, v, p in flows}
        measured = {firm for (a, b, _), v in chosen.items() if v for firm in (a, b)}
        assert not measured or not (measured | set(revenue)) & set(psi)
        return
    trades, firms = inputs(flows, revenue, needs)
    shock = np.array([psi.get(firm, 0.0) for firm in FIRMS])
    esri, down, up, iterations, h_down, h_up = brute(trades, firms, shock, eps=EPS, substitutes=substitutes)
    assert (found.esri, found.down, found.up) == pytest.approx((esri, down, up), abs=1e-9)
    assert found.iterations == iterations
    lost = np.nan_to_num(firms.output * (1 - np.minimum(h_down, h_up)))
    assert found.at_risk == pytest.approx(lost.sum())
    assert found.at_risk == pytest.approx(esri * np.nansum(firms.output))
    for row in found.losses:
        place = FIRMS.index(snapshot.name_of(row.row))
        assert (row.h_down, row.h_up) == pytest.approx((h_down[place], h_up[place]), abs=1e-9)
        assert row.psi == shock[place]
        assert row.loss is None or row.loss == pytest.approx(lost[place])
        assert (row.loss is None) == np.isnan(firms.output[place])


@settings(deadline=None, max_examples=40)
@given(edges, revenues, shocks)
def test_losses_add_up_by_form_town_and_region(flows, revenue, psi):
    found = scenario(
        network(flows, revenue), [Shock(f"org:{f}", part) for f, part in psi.items()], as_of=YEAR, first=8
    )
    if found.unknown_reason:
        return
    assert found.at_risk == pytest.approx(sum(row.loss or 0.0 for row in found.losses))
    for parts in (found.by_form, found.by_town, found.by_region):
        assert sum(part.loss for part in parts) == pytest.approx(found.at_risk)
    assert found.affected == len(found.losses)
    assert found.unmeasured == sum(row.loss is None for row in found.losses)
    own = [row.loss for row in found.losses if row.psi]
    assert found.own is None or found.own == pytest.approx(sum(loss or 0.0 for loss in own))
    assert found.own is not None or not any(own)
    assert max(found.down, found.up) <= found.esri + 1e-12
    assert found.esri <= found.down + found.up + 1e-12


CHAIN = [("a", "b", 60.0, "p"), ("c", "b", 40.0, "p"), ("b", "d", 50.0, "q")]
REVENUE = {"a": 100.0, "b": 200.0, "c": 100.0, "d": 400.0}


def test_one_organisation_is_a_scenario_of_one():
    snapshot = network(CHAIN, REVENUE, more=INPUTS)
    one = cascade(snapshot, "org:a", as_of=YEAR, psi=0.5)
    assert one == scenario(snapshot, [Shock("org:a", 0.5)], as_of=YEAR)
    assert cascade(snapshot, "org:a", as_of=YEAR, psi=0.0).esri == 0.0
    assert one.esri < cascade(snapshot, "org:a", as_of=YEAR).esri


def test_the_own_loss_is_unknown_when_the_output_is():
    found = cascade(network(CHAIN, {f: REVENUE[f] for f in "abc"}, more=INPUTS), "org:d", as_of=YEAR)
    assert (found.own, found.unmeasured) == (None, 1)
    assert found.at_risk > 0


def test_a_chain_by_hand():
    snapshot = network(CHAIN, REVENUE, more=INPUTS)
    found = cascade(snapshot, "org:a", as_of=YEAR, substitutes=False)
    names = {snapshot.name_of(row.row): row for row in found.losses}
    # a and c are of one industry: b loses 60 of 100 of an essential input, and d, who buys of b only, 60 %.
    assert names["a"].loss == 100.0
    assert names["b"].h_down == pytest.approx(0.4)
    assert names["d"].h_down == pytest.approx(0.4)
    assert names["b"].loss == pytest.approx(120.0)
    assert found.at_risk == pytest.approx(100 + 120 + 240)
    assert found.esri == pytest.approx(460 / 800)
    assert (found.known.essential, found.known.by_product, found.known.unknown_count) == (2, 2, 1)
    assert found.own == 100.0
    with_substitutes = cascade(snapshot, "org:a", as_of=YEAR)
    assert 0 < with_substitutes.esri < found.esri


def test_what_is_bought_outside_softens_the_loss():
    needs = [("b", "p", 100.0, Proximity.COUNTRY)]
    snapshot = network(CHAIN, REVENUE, needs=needs, more=INPUTS)
    found = cascade(snapshot, "org:a", as_of=YEAR, substitutes=False)
    hit = next(row for row in found.losses if snapshot.name_of(row.row) == "b")
    assert hit.h_down == pytest.approx(1 - 60 / 200)


def test_the_industry_of_the_product_goes_before_that_of_its_seller():
    more = [
        Industry(id="industry:x:31", name="31", code="31", edition="x"),
        Industry(id="industry:x:54", name="54", code="54", edition="x"),
    ]
    steel = ClassifiedAs(start="product:p", end="industry:x:31")
    freight = ClassifiedAs(start="product:p", end="industry:x:54")
    for classified, essential in ((steel, 2), (freight, 0)):
        snapshot = network([("f", "a", 1.0, "p"), ("g", "b", 1.0, "p")], more=())
        nodes = [*more, *(snapshot.entity(row) for row in range(len(snapshot)))]
        edges_ = [
            snapshot.edge(label, place) for label, t in snapshot.relations.items() for place in range(len(t))
        ]
        placed = type(snapshot).of(nodes, [*edges_, classified])
        known = cascade(placed, "org:f", as_of=YEAR).known
        assert (known.essential, known.by_industry, known.unknown_count) == (essential, 2, 0)
        assert known.unplaced == 2


def test_what_a_buyer_makes_tells_what_it_needs():
    makes = Makes(start="org:d", end="product:q")
    flows = [("a", "d", 1.0, "p")]
    assert cascade(network(flows, more=INPUTS), "org:a", as_of=YEAR).known.unknown_count == 1
    known = cascade(network(flows, more=(*INPUTS, makes)), "org:a", as_of=YEAR).known
    assert (known.by_product, known.essential, known.unknown_count) == (1, 1, 0)


def test_weights_are_what_esri_is_a_share_of():
    snapshot = network(CHAIN, REVENUE, more=INPUTS)
    by_sales = cascade(snapshot, "org:a", as_of=YEAR, weights=CascadeWeight.SALES, substitutes=False)
    assert by_sales.esri == pytest.approx((60 + 0.6 * 50) / 150)
    assert by_sales.at_risk == pytest.approx(460)
    by_people = cascade(snapshot, "org:a", as_of=YEAR, weights=CascadeWeight.EMPLOYEES)
    assert "从业人员" in by_people.unknown_reason
    people = type(snapshot).of(
        [*(snapshot.entity(r) for r in range(len(snapshot))), claim("org:b", 10.0, Metric.EMPLOYEES)],
        [snapshot.edge(label, p) for label, t in snapshot.relations.items() for p in range(len(t))],
    )
    found = cascade(people, "org:a", as_of=YEAR, weights=CascadeWeight.EMPLOYEES, substitutes=False)
    assert found.esri == pytest.approx(0.6)
    assert found.known.weightless == 3


def test_an_answer_says_how_it_was_computed():
    found = cascade(network(CHAIN, REVENUE), "org:a", as_of=YEAR, eps=0.001)
    method = found.method
    assert method.formula == "esri/diem-2022"
    assert "无库存" in method.caveat
    assert method.parameters["eps"] == 0.001
    assert method.parameters["scenario"] == "org:a=1"
    assert "C 级" in str(method.parameters["essentiality"])
    assert (method.iterations, method.coverage.links) == (found.iterations, 3)
    assert method.residual <= 0.001
    assert found.converged


def test_what_is_not_known_is_said():
    snapshot = network([("a", "b", None, "p")], REVENUE)
    assert (
        cascade(snapshot, "org:a", as_of=YEAR).unknown_reason == "2024 年在此范围内没有已计量的供应：无从计算"
    )
    lonely = cascade(network(CHAIN), "org:h", as_of=YEAR)
    assert lonely.unknown_reason.startswith("h：截至 2024 年产出不详")
    assert (lonely.esri, lonely.at_risk, lonely.losses, lonely.known) == (None, None, (), None)
    alone = cascade(network(CHAIN, {"h": 1000.0}), "org:h", as_of=YEAR)
    assert (alone.at_risk, alone.affected) == (1000.0, 1)


@pytest.mark.parametrize(
    ("asked", "argument"),
    [
        ({"psi": 1.5}, "psi"),
        ({"psi": -0.1}, "psi"),
        ({"psi": float("nan")}, "psi"),
        ({"eps": 0.0}, "eps"),
        ({"eps": -1.0}, "eps"),
        ({"eps": 1.0}, "eps"),
        ({"digits": 5}, "digits"),
        ({"first": 0}, "first"),
        ({"first": 501}, "first"),
    ],
)
def test_bad_arguments_are_named(asked, argument):
    with pytest.raises(BadInput) as raised:
        cascade(network(CHAIN), "org:a", as_of=YEAR, **asked)
    assert raised.value.path == (argument,)


def test_bad_scenarios_are_named():
    snapshot = network(CHAIN)
    for asked in ([], [Shock("org:a"), Shock("org:a", 0.5)], [Shock("org:a")] * 501):
        with pytest.raises(BadInput) as raised:
            scenario(snapshot, asked, as_of=YEAR)
        assert raised.value.path == ("scenario",)
    with pytest.raises(BadInput, match="应为主体"):
        cascade(snapshot, "town:s", as_of=YEAR)
    with pytest.raises(NotFound):
        cascade(snapshot, "org:nobody", as_of=YEAR)


def test_a_finer_industry_is_a_smaller_market():
    snapshot = network(CHAIN, REVENUE)
    assert readiness(snapshot, as_of=YEAR, digits=2).net.market.max() == 2
    assert readiness(snapshot, as_of=YEAR).unplaced == 0
