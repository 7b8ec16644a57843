"""Scores, ranks, their intervals and stability: by hand, and beside the plain way on random sets."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.criteria import MEASURES, Arguments, Direction, Indicator, Missing, Scaling, Step
from queries.evaluation.intervals import Known, rank_intervals
from queries.evaluation.scoring import scores
from queries.evaluation.sensitivity import drawn, kept
from tests.oracles import evaluation as oracle

TOP = 4
"""Values lie between 0 and this; nothing known: all of it is open."""


def indicators_of(told):
    """Make the indicators of an oracle's set."""
    measure = MEASURES["leading_enterprises"]
    return tuple(
        Indicator(
            f"i{place}",
            f"指标{place}",
            measure,
            Arguments(),
            one["weight"],
            Direction(one["direction"]),
            Scaling(one["scaling"]),
            Missing(one["missing"]),
            tuple(Step(t, p) for t, p in one.get("points", ())),
        )
        for place, one in enumerate(told)
    )


def array(rows):
    return np.array([[np.nan if v is None else v for v in row] for row in rows], np.float64)


def of(weight, scaling="MIN_MAX", direction="UP", missing="EXCLUDE", **more):
    return {"weight": weight, "scaling": scaling, "direction": direction, "missing": missing, **more}


@st.composite
def indicator(draw):
    scaling = draw(st.sampled_from(["MIN_MAX", "RANK", "THRESHOLDS"]))
    direction = draw(st.sampled_from(["UP", "DOWN"]))
    one = of(draw(st.integers(0, 3)), scaling, direction, draw(st.sampled_from(["EXCLUDE", "ZERO"])))
    if scaling == "THRESHOLDS":
        steps = [(1, 40), (3, 100)] if direction == "UP" else [(1, 100), (3, 40)]
        one["points"] = steps
    return one


@st.composite
def sets(draw, most=3):
    told = draw(st.lists(indicator(), min_size=1, max_size=most))
    if not any(one["weight"] for one in told):
        told[0]["weight"] = 1
    return told


@st.composite
def worlds(draw, towns=4, unknown=6):
    """A set, what is scored of each town, and its bounds; few enough unknown values to try all corners."""
    told = draw(sets())
    values, lows, highs, left = [], [], [], unknown
    for _ in range(draw(st.integers(1, towns))):
        row, low, high = [], [], []
        for _ in told:
            state = draw(st.sampled_from(["known", "known", "partly", "unknown"])) if left else "known"
            at = draw(st.integers(0, TOP))
            if state == "unknown":
                row.append(None)
                low.append(0)
                high.append(TOP)
            else:
                row.append(at)
                low.append(draw(st.integers(0, at)) if state == "partly" else at)
                high.append(draw(st.integers(at, TOP)) if state == "partly" else at)
            left -= state != "known"
        values.append(row)
        lows.append(low)
        highs.append(high)
    return told, values, lows, highs


@settings(deadline=None)
@given(worlds(towns=6, unknown=20), st.sampled_from([0.0, 0.5, 0.8]))
def test_totals_and_ranks_are_those_of_the_plain_way(world, least_known):
    told, values, _, _ = world
    found = scores(array(values), indicators_of(told), least_known)
    totals = oracle.totals(values, told, least_known=least_known)
    assert [None if np.isnan(t) else t for t in found.total.tolist()] == pytest.approx(totals, abs=1e-8)
    assert [rank or None for rank in found.rank.tolist()] == oracle.ranks(totals)
    ranked = found.rank > 0
    assert found.contribution.sum(axis=1)[ranked] == pytest.approx(found.total[ranked], abs=1e-8)
    assert found.shares.sum(axis=1)[ranked] == pytest.approx(1.0)


@settings(max_examples=250, deadline=None)
@given(worlds(), st.sampled_from([0.0, 0.0, 0.7]))
def test_no_corner_of_the_unknown_leaves_the_interval_and_what_is_exact_is_reached(world, least_known):
    told, values, lows, highs = world
    known = Known(array(values), array(lows), array(highs), least_known)
    found = rank_intervals(known, indicators_of(told))
    best, worst = oracle.open_ranks(values, lows, highs, told, least_known)
    for town in range(len(values)):
        if best[town] is None:
            continue
        assert found.best[town] <= best[town]
        assert found.worst[town] >= worst[town]
        assert not found.best_exact[town] or found.best[town] == best[town]
        assert not found.worst_exact[town] or found.worst[town] == worst[town]


@settings(max_examples=100, deadline=None)
@given(worlds(towns=5, unknown=12), st.randoms(use_true_random=False))
def test_no_random_world_leaves_the_interval(world, chance):
    told, values, lows, highs = world
    found = rank_intervals(Known(array(values), array(lows), array(highs)), indicators_of(told))
    for _ in range(20):
        rows = [
            [
                None if value is None and chance.random() < 0.3 else chance.uniform(low, high)
                for value, low, high in zip(row, low_row, high_row, strict=True)
            ]
            for row, low_row, high_row in zip(values, lows, highs, strict=True)
        ]
        for town, rank in enumerate(oracle.ranks(oracle.totals(rows, told))):
            assert rank is None or found.best[town] <= rank <= found.worst[town]


@settings(deadline=None)
@given(worlds(towns=6, unknown=0))
def test_when_everything_is_known_the_interval_is_the_rank(world):
    told, values, lows, highs = world
    indicators = indicators_of(told)
    found = rank_intervals(Known(array(values), array(lows), array(highs)), indicators)
    rank = scores(array(values), indicators).rank
    assert found.best.tolist() == found.worst.tolist() == rank.tolist()
    assert found.best_exact.all()
    assert found.worst_exact.all()


@settings(deadline=None)
@given(worlds(towns=5, unknown=20), st.integers(0, 5))
def test_stability_is_that_of_the_plain_way(world, seed):
    told, values, _, _ = world
    indicators = indicators_of(told)
    weights = drawn(indicators, 30, 0.2, seed)
    found = kept(scores(array(values), indicators), indicators, weights).tolist()
    plain = oracle.kept(values, told, weights.tolist())
    assert [None if np.isnan(x) else x for x in found] == plain


def test_draws_lie_within_the_spread_and_are_the_same_for_a_seed():
    indicators = indicators_of([of(3), of(1)])
    weights = drawn(indicators, 1000, 0.2, 7)
    assert weights.shape == (1000, 2)
    assert (abs(weights / [0.75, 0.25] - 1) <= 0.2).all()
    assert np.ptp(weights[:, 0]) > 0.25
    assert (weights == drawn(indicators, 1000, 0.2, 7)).all()
    assert (weights != drawn(indicators, 1000, 0.2, 8)).any()


def test_without_spread_every_rank_is_kept():
    told = [of(2), of(1, "RANK")]
    indicators = indicators_of(told)
    found = kept(
        scores(array([[1, 2], [2, 1], [3, None]]), indicators), indicators, drawn(indicators, 9, 0, 0)
    )
    assert found.tolist() == [1.0, 1.0, 1.0]


def test_equal_totals_share_a_rank_and_the_next_is_skipped():
    found = scores(array([[2], [4], [4], [0], [None]]), indicators_of([of(1)]))
    assert found.rank.tolist() == [3, 1, 1, 4, 0]
    assert found.total[:4].tolist() == [50, 100, 100, 0]


def test_what_is_excluded_gives_its_weight_to_the_rest_and_what_is_zero_keeps_it():
    excluded = scores(array([[4, None], [0, 2], [2, 0]]), indicators_of([of(3), of(1)]))
    assert excluded.total.tolist() == [100, 25, 37.5]
    zero = scores(array([[4, None], [0, 2], [2, 0]]), indicators_of([of(3), of(1, missing="ZERO")]))
    assert zero.total.tolist() == [75, 25, 37.5]


def test_an_unknown_third_town_does_not_unsettle_who_is_ahead_of_whom():
    """The third town's value moves the scale of both, and can't turn them: only its own rank is open."""
    known = Known(
        array([[4, 1], [2, 1], [3, 1]]), array([[4, 1], [2, 1], [0, 1]]), array([[4, 1], [2, 1], [9, 1]])
    )
    found = rank_intervals(known, indicators_of([of(3), of(1)]))
    assert (found.best.tolist(), found.worst.tolist()) == ([1, 2, 1], [2, 3, 3])
    assert found.best_exact.all()
    assert found.worst_exact.all()


def test_a_value_without_a_bound_is_conservative_and_the_bound_says_that_it_is_not_exact():
    """However great the third value is, the first stays ahead of the second, by ever less."""
    known = Known(array([[4], [2], [None]]), array([[4], [2], [0]]), np.array([[4.0], [2.0], [np.inf]]))
    found = rank_intervals(known, indicators_of([of(1)]))
    assert (found.best.tolist(), found.worst.tolist()) == ([1, 1, 1], [2, 3, 3])
    assert found.best_exact.tolist() == [True, False, True]
    assert found.worst_exact.all()
