"""The iterations are those of the equations, and where losses only add up, the closed form."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.deadline import Deadline, within
from graph.errors import TooSlow
from queries.cascade import esri
from queries.cascade.esri import ESSENTIAL, NOT_NEEDED, REPLACEABLE, Firms, Trades, bundle, closure, closures
from tests.oracles.esri import brute, hitting

EXACT = 1e-12


def everybody(size):
    return np.arange(size, dtype=np.int32)


def case(firms, links, sectors, seed):
    """Make a random network: cycles, loops, parallel goods, purchases outside, sales below output."""
    rng = np.random.default_rng(seed)
    ends = (rng.integers(0, firms, links).astype(np.int32) for _ in range(2))
    value = rng.lognormal(12, 1.5, links)
    outside = 1 + rng.uniform(0, 1, links) * rng.integers(0, 2, links)
    trades = Trades(*ends, value, rng.integers(0, 3, links).astype(np.int8), value * outside)
    sales = np.bincount(trades.seller, weights=value, minlength=firms)
    bought = np.bincount(trades.buyer, weights=value, minlength=firms)
    output = sales * rng.uniform(1.2, 1.6, firms) + 1
    industry = rng.integers(0, sectors, firms).astype(np.int32)
    return trades, Firms(industry, output, bought * rng.uniform(1, 1.3, firms), output)


def alone(size, place):
    psi = np.zeros(size)
    psi[place] = 1
    return psi


def test_every_closure_equals_the_dense_sweeps():
    for seed, substitutes, eps in itertools.product(range(3), (False, True), (1e-2, 1e-5)):
        trades, firms = case(30, 30 * (1 + seed), 3 + 2 * seed, seed)
        got = closures(bundle(trades, firms, substitutes=substitutes), everybody(30), eps=eps)
        for i in range(30):
            wanted = brute(trades, firms, alone(30, i), eps=eps, substitutes=substitutes)
            found = got.esri[i], got.down[i], got.up[i]
            # What is left of a nearly empty market is a small difference of large numbers.
            assert found == pytest.approx(wanted[:3], abs=EXACT if eps == 1e-2 else 1e-9)
            assert got.iterations[i] == wanted[3]
            assert got.residual[i] <= eps


@settings(deadline=None, max_examples=100)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 7),
            st.integers(0, 7),
            st.floats(1, 1e6),
            st.sampled_from([NOT_NEEDED, REPLACEABLE, ESSENTIAL]),
            st.sampled_from([1.0, 1.5]),
        ),
        min_size=1,
        max_size=25,
    ),
    st.lists(st.integers(0, 2), min_size=8, max_size=8),
    st.dictionaries(st.integers(0, 7), st.floats(0.05, 1), min_size=1, max_size=3),
    st.booleans(),
)
def test_any_small_network_equals_the_dense_sweeps(links, industry, psi, substitutes):
    seller, buyer, value, need, outside = map(np.array, zip(*links, strict=True))
    trades = Trades(
        seller.astype(np.int32), buyer.astype(np.int32), value, need.astype(np.int8), value * outside
    )
    output = np.bincount(seller, weights=value, minlength=8) * 1.3
    output[0] = np.nan
    firms = Firms(np.array(industry, np.int32), output, np.full(8, np.nan), np.arange(8.0))
    # An odd eps: no residual of round numbers equals it.
    got = closure(bundle(trades, firms, substitutes=substitutes), psi, eps=0.01234567)
    shock = np.zeros(8)
    shock[list(psi)] = list(psi.values())
    wanted = brute(trades, firms, shock, eps=0.01234567, substitutes=substitutes)
    assert (got.esri, got.down, got.up) == pytest.approx(wanted[:3], abs=1e-9)
    assert got.iterations == wanted[3]
    assert got.h_down == pytest.approx(wanted[4], abs=1e-9)
    assert got.h_up == pytest.approx(wanted[5], abs=1e-9)


def test_partial_closures_equal_the_dense_sweeps():
    shock = {3: 1.0, 7: 0.4, 11: 0.05, 20: 0.9, 25: 0.0}
    psi = np.zeros(50)
    psi[list(shock)] = list(shock.values())
    for seed, substitutes in itertools.product(range(8), (False, True)):
        trades, firms = case(50, 250, 6, 100 + seed)
        got = closure(bundle(trades, firms, substitutes=substitutes), shock, eps=1e-6)
        wanted = brute(trades, firms, psi, eps=1e-6, substitutes=substitutes)
        assert got.iterations == wanted[3]
        assert got.esri == pytest.approx(wanted[0], abs=1e-9)
        assert got.h_down == pytest.approx(wanted[4], abs=1e-9)


def test_a_closure_alone_is_the_same_in_a_batch_to_the_last_bit():
    trades, firms = case(60, 300, 5, 3)
    net = bundle(trades, firms)
    whole = closures(net, everybody(60)[::-1], eps=1e-4)
    for i in range(60):
        one = closure(net, {i: 1.0}, eps=1e-4)
        k = 59 - i
        assert (one.esri, one.down, one.up) == (whole.esri[k], whole.down[k], whole.up[k])


def test_upstream_loss_equals_the_closed_form():
    trades, firms = case(200, 1200, 8, 1)
    share = np.zeros((200, 200))
    np.add.at(share, (trades.seller, trades.buyer), trades.value / firms.output[trades.seller])
    net = bundle(trades, firms)
    assert closures(net, everybody(200), eps=0.0).up == pytest.approx(hitting(share, net.weight), abs=EXACT)
    above = net.weight @ np.linalg.inv(np.eye(200) - share)
    assert (closures(net, everybody(200), eps=1e-2).up <= above + EXACT).all()


def test_linear_downstream_loss_equals_the_closed_form():
    trades, firms = case(200, 1200, 8, 2)
    plain = Trades(
        trades.seller, trades.buyer, trades.value, np.full(1200, REPLACEABLE, np.int8), trades.gross
    )
    # A part of each purchase comes from outside: a loss can then fade out.
    bought = 1.5 * np.bincount(plain.buyer, weights=plain.value, minlength=200) + 1
    apart = Firms(firms.industry, firms.output, bought, firms.output)
    share = np.zeros((200, 200))
    np.add.at(share, (plain.buyer, plain.seller), plain.value / bought[plain.buyer])
    net = bundle(plain, apart, substitutes=False)
    assert closures(net, everybody(200), eps=0.0).down == pytest.approx(hitting(share, net.weight), abs=EXACT)


def test_identities():
    trades, firms = case(200, 1000, 10, 5)
    net, all_ = bundle(trades, firms), everybody(200)
    coarse, fine = closures(net, all_, eps=1e-2), closures(net, all_, eps=1e-8)
    assert (fine.esri >= np.maximum(fine.down, fine.up) - EXACT).all()
    assert (fine.esri <= fine.down + fine.up + EXACT).all()
    assert (fine.esri >= net.weight - EXACT).all()
    assert (coarse.esri <= fine.esri + EXACT).all(), "stopping early can only understate"
    unit = Trades(trades.seller, trades.buyer, trades.value * 1e-8, trades.need, trades.gross * 1e-8)
    scaled = Firms(firms.industry, firms.output * 1e-8, firms.purchases * 1e-8, firms.output * 1e-8)
    assert closures(bundle(unit, scaled), all_, eps=1e-8).esri == pytest.approx(fine.esri, abs=1e-10)


def test_substitutes_can_only_help_and_closing_more_only_hurt():
    # At the fixed point only: a coarse eps ends the slower run earlier. Small, as losses creep.
    trades, firms = case(40, 120, 5, 5)
    on, off = (closures(bundle(trades, firms, substitutes=s), everybody(40), eps=1e-9) for s in (True, False))
    assert (on.esri <= off.esri + EXACT).all()
    net = bundle(trades, firms)
    for i in range(20):
        one = closure(net, {i: 0.5}, eps=1e-9)
        more = closure(net, {i: 0.8, i + 20: 0.3}, eps=1e-9)
        assert (more.h_down <= one.h_down + 1e-9).all()
        assert (more.h_up <= one.h_up + 1e-9).all()


@pytest.mark.parametrize("sigma", [False, True])
def test_the_loss_of_one_of_two_essential_suppliers_is_its_share_or_what_nobody_replaces(sigma):
    trades = Trades(
        np.array([0, 1], np.int32),
        np.array([2, 2], np.int32),
        np.array([30.0, 70.0]),
        np.full(2, ESSENTIAL, np.int8),
        np.array([30.0, 70.0]),
    )
    output = np.array([30.0, 70.0, 200.0])
    firms = Firms(np.array([0, 0, 1], np.int32), output, np.full(3, np.nan), output)
    found = closure(bundle(trades, firms, substitutes=sigma), {0: 1.0}, eps=1e-9)
    # 30 of the 100 are gone; with substitutes 30/70 of that loss can't be replaced by the 70 that are left.
    assert found.h_down[2] == pytest.approx(1 - (0.3 * 30 / 70 if sigma else 0.3))
    assert found.h_up.tolist() == [0.0, 1.0, 1.0]


def test_purchases_outside_soften_the_loss():
    one = np.array([0], np.int32)
    for need, gross, bought in ((ESSENTIAL, 40.0, 10.0), (REPLACEABLE, 10.0, 40.0)):
        trades = Trades(one, one + 1, np.array([10.0]), np.array([need], np.int8), np.array([gross]))
        output = np.array([100.0, 100.0])
        firms = Firms(np.array([0, 1], np.int32), output, np.array([0, bought]), output)
        assert closure(bundle(trades, firms), {0: 1.0}, eps=1e-9).h_down[1] == 0.75


def test_endless_creeping_is_capped_and_says_so():
    # Everything is sold in a circle: half of each loss comes round again for ever.
    ring = everybody(3)
    trades = Trades(ring, np.roll(ring, 1), np.ones(3), np.full(3, REPLACEABLE, np.int8), np.ones(3))
    firms = Firms(ring, np.full(3, 1.0), np.ones(3), np.ones(3))
    net = bundle(trades, firms, substitutes=False)
    full = closures(net, everybody(3), eps=1e-3)
    assert (full.residual <= 1e-3).all()
    capped = closures(net, everybody(3), eps=1e-3, most=2)
    assert capped.iterations.tolist() == [2, 2, 2]
    assert (capped.residual > 1e-3).all()
    assert (capped.esri <= full.esri).all()
    one = closure(net, {0: 1.0}, eps=1e-3, most=2)
    assert (one.iterations, one.esri) == (2, capped.esri[0])


def test_a_closure_ends_at_its_deadline(monkeypatch):
    trades, firms = case(400, 2400, 10, 7)
    net = bundle(trades, firms, substitutes=False)
    monkeypatch.setattr(esri, "BUDGET", 1)
    deadline = Deadline(60)
    deadline.give_up()
    with within(deadline), pytest.raises(TooSlow):
        closure(net, {0: 1.0}, eps=1e-12)
    whole = closure(net, {0: 1.0}, eps=1e-2)
    monkeypatch.undo()
    assert closure(net, {0: 1.0}, eps=1e-2).esri == whole.esri
