"""Complexity: published numbers, the formulas themselves, and identities."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from queries.similarity.complexity import complexity
from tests.oracles.complexity import advantage, density, indices, proximity

ORACLE = json.loads((Path(__file__).parents[2] / "oracles" / "oracles.json").read_text(encoding="utf-8"))
TABLE = ORACLE["complexity_4x4"]
values = st.sampled_from([0.0, 0.0, 0.0, 1.0, 2.0, 3.0, 7.0, 11.5])
tables = st.tuples(st.integers(2, 6), st.integers(2, 6)).flatmap(
    lambda shape: arrays(float, shape, elements=values)
)


PLAIN = {"least": 2, "support": 1, "shrinkage": 0.0}
"""As it is published: a single place counts, and nothing is shrunk."""


def known(rows):
    """Turn what is unknown into NaN."""
    return np.array([[np.nan if one is None else one for one in row] for row in rows], float)


def full(table):
    return table[np.ix_(table.sum(axis=1) > 0, table.sum(axis=0) > 0)]


def test_the_published_four_by_four():
    found = complexity(np.array(TABLE["output"]), **PLAIN)
    assert found.rca == pytest.approx(np.array(TABLE["rca"]), abs=1e-6)
    assert found.specialised.tolist() == np.array(TABLE["specialised"], bool).tolist()
    assert found.proximity == pytest.approx(np.array(TABLE["proximity_with_self_1"]))
    assert found.density == pytest.approx(np.array(TABLE["density"]), abs=1e-6)
    assert found.indices.eci == pytest.approx(np.array(TABLE["eci"]), abs=1e-6)
    assert found.indices.pci == pytest.approx(np.array(TABLE["pci"]), abs=1e-6)
    assert found.diversity.tolist() == [2, 2, 2, 1]
    assert found.ubiquity.tolist() == [2, 2, 1, 2]


def test_few_towns_have_density_only():
    found = complexity(np.array(TABLE["output"]), support=1, shrinkage=0.0)
    assert found.density == pytest.approx(np.array(TABLE["density"]), abs=1e-6)
    assert found.indices is None
    assert found.reason == "专长遍及 1 个镇以上的产品只有 4 种，涉及 4 个镇：不足 10，不计算复杂度"


def test_few_places_say_nothing_and_more_are_shrunk_towards_the_base_rate():
    """Products p0 and p1 are made in 2 places, both in 1; 3 have either. p2 is made in 1 of these three.

    Specialities: a {p0, p1}, b {p0}, c {p1, p2}. n_01 = 1 of max 2, with 3 places of either: supported.
    p0 and p2: either in a, b, c: n_02 = 0 of max 2, supported. p1 and p2: either in a and c alone: unknown.
    p̄ = (1 + 0) / (2 + 2) = 1/4; φ̂_01 = (1 + 3/4) / (2 + 3) = 0.35; φ̂_02 = (0 + 3/4) / 5 = 0.15.
    """
    table = np.array([[1.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 1.0]])
    found = complexity(table)
    assert found.specialised.tolist() == (table > 0).tolist()
    nan = np.nan
    near = np.array([[1.0, 0.35, 0.15], [0.35, 1.0, nan], [0.15, nan, 1.0]])
    assert found.proximity == pytest.approx(near, nan_ok=True)
    assert found.either.tolist() == [[2, 3, 3], [3, 2, 2], [3, 2, 1]]
    # Of b, which makes p0 alone: 1 of 1 + 0.35 + 0.15, 0.35 of 1.35, 0.15 of 1.15.
    assert found.density[1] == pytest.approx([1 / 1.5, 0.35 / 1.35, 0.15 / 1.15])


def test_products_of_one_or_two_places_are_told_no_complexity():
    """Five places make p0 to p2 in steps; p3 is made in one place, and p4 in two: both are left out."""
    table = np.array(
        [
            [1.0, 1.0, 1.0, 0.0, 1.0],
            [1.0, 1.0, 1.0, 0.0, 0.0],
            [1.0, 1.0, 1.0, 0.0, 0.0],
            [1.0, 1.0, 0.0, 0.0, 0.0],
            [2.0, 0.0, 0.0, 1.0, 1.0],
        ]
    )
    found = complexity(table, least=2)
    few = found.ubiquity < 3
    assert few.any()
    assert np.isnan(found.indices.pci[few]).all() if found.indices else "3 个镇以上" in found.reason


@settings(deadline=None)
@given(tables)
def test_all_is_as_the_formulas_say(table):
    table = full(table)
    assume(min(table.shape, default=0) > 1)
    found = complexity(table, **PLAIN)
    rca = np.array(advantage(table))
    assert found.rca == pytest.approx(rca)
    assert np.array_equal(found.specialised, rca >= 1 - 1e-9)
    made = found.specialised
    assert found.proximity == pytest.approx(known(proximity(made, 1, 0.0)))
    assert found.density == pytest.approx(known(density(made, 1, 0.0)), nan_ok=True)
    shrunk = complexity(table, least=2)
    assert shrunk.proximity == pytest.approx(known(proximity(made)), nan_ok=True)
    assert shrunk.density == pytest.approx(known(density(made)), nan_ok=True)
    wanted = indices(found.specialised)
    if wanted is not None:
        assert found.indices is not None, found.reason
        assert found.indices.eci == pytest.approx(wanted[0], abs=1e-6)
        assert found.indices.pci == pytest.approx(wanted[1], abs=1e-6)


@settings(deadline=None)
@given(tables)
def test_identities(table):
    table = full(table)
    assume(min(table.shape, default=0) > 1)
    found = complexity(table, **PLAIN)
    total = table.sum()
    assert table.sum(axis=1) @ found.rca / total == pytest.approx(np.ones(table.shape[1]), abs=1e-12)
    assert found.rca @ table.sum(axis=0) / total == pytest.approx(np.ones(table.shape[0]), abs=1e-12)
    told = found.density[~np.isnan(found.density)]
    assert np.all((told >= 0) & (told <= 1 + 1e-12))
    assert np.all(np.diag(found.proximity) == 1)
    assert np.array_equal(found.proximity, found.proximity.T)
    if found.indices is not None:
        eci, pci = found.indices.eci, found.indices.pci
        mean = found.specialised @ pci / found.diversity
        assert mean == pytest.approx(eci, abs=1e-9)
        assert eci.mean() == pytest.approx(0, abs=1e-9)
        assert eci.std() == pytest.approx(1)


def test_the_complexity_of_a_town_is_the_mean_of_its_products():
    found = complexity(np.array(TABLE["output"]), **PLAIN)
    mean = found.specialised @ found.indices.pci / found.diversity
    assert mean == pytest.approx(found.indices.eci, abs=1e-12)


@settings(deadline=None)
@given(tables, st.randoms(use_true_random=False), st.floats(1e-6, 1e9))
def test_order_and_unit_change_nothing(table, random, scale):
    rows, columns = (random.sample(range(n), n) for n in table.shape)
    plain, other = complexity(table, **PLAIN), complexity(table[np.ix_(rows, columns)] * scale, **PLAIN)
    assert other.rca == pytest.approx(plain.rca[np.ix_(rows, columns)], nan_ok=True)
    assert np.array_equal(other.specialised, plain.specialised[np.ix_(rows, columns)])
    assert other.density == pytest.approx(plain.density[np.ix_(rows, columns)], nan_ok=True)
    assert other.proximity == pytest.approx(plain.proximity[np.ix_(columns, columns)], nan_ok=True)
    assert (other.reason is None) == (plain.reason is None)
    if plain.indices is not None:
        assert other.indices.eci == pytest.approx(plain.indices.eci[rows], abs=1e-6, nan_ok=True)
        assert other.indices.pci == pytest.approx(plain.indices.pci[columns], abs=1e-6, nan_ok=True)


def test_empty_towns_and_products_are_dropped():
    table = np.array(TABLE["output"])
    wide = np.zeros((5, 6))
    wide[np.ix_([0, 1, 3, 4], [1, 2, 3, 5])] = table
    found = complexity(wide, **PLAIN)
    assert np.isnan(found.density[2]).all()
    assert np.isnan(found.density[:, [0, 4]]).all()
    assert found.ubiquity[[0, 4]].tolist() == [0, 0]
    assert found.indices.eci[[0, 1, 3, 4]] == pytest.approx(np.array(TABLE["eci"]), abs=1e-6)
    assert np.isnan(found.indices.eci[2])


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (np.eye(3), "各镇的专长分成互不相连的几组"),
        (np.ones((3, 3)), "第二特征值不唯一"),
        (np.ones((3, 3)) * 3 - np.eye(3) * 2.5, "第二特征值不唯一"),
        (np.zeros((3, 3)), "不足 10"),
        (np.zeros((0, 0)), "不足 10"),
    ],
)
def test_what_the_table_leaves_open_is_not_told(table, reason):
    found = complexity(table, **PLAIN | {"least": 2 if table.any() else 10})
    assert found.indices is None
    assert reason in found.reason


def test_without_more_and_less_diverse_towns_the_sign_is_open():
    ring = np.array([[1.0, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]])
    found = complexity(ring, **PLAIN)
    assert found.indices is None
