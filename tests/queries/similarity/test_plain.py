"""Similarity and relatedness beside plain Python that goes by the rules alone, on random provinces."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.answer import Aggregation
from queries.similarity.matrix import similarity_matrix
from queries.similarity.pairs import similar
from queries.similarity.relatedness import NearnessDegree, SpecialityBasis, relatedness
from tests.oracles import similarity as oracle
from tests.oracles.relatedness import Relatedness
from tests.queries.networks import YEAR
from tests.queries.provinces import HOMES, provinces

random_provinces = settings(deadline=None, max_examples=40)
levels = st.sampled_from([2, 3, 4, None])
towns = st.sampled_from(sorted(HOMES))


def at(digits):
    by_product = {"aggregation": Aggregation.PRODUCT}
    return by_product if digits is None else {"digits": digits}


@random_provinces
@given(provinces(), towns, levels)
def test_similar_towns_are_those_of_the_definition(rows, town, digits):
    snapshot, plain = rows.snapshot(), rows.plain()
    asked = f"town:{town}"
    found = similar(snapshot, asked, as_of=YEAR, first=200, **at(digits))
    shares = {one: oracle.shares(plain, one, digits) for one in plain.ids("town")}
    mine, classified = shares[asked]
    assert found.classified == pytest.approx(classified)
    others = [one for one, (told, _) in shares.items() if told and one != asked] if mine else []
    assert {snapshot.id_of(row.town) for row in found.rows} == {*others}
    for row in found.rows:
        other = snapshot.id_of(row.town)
        true = oracle.indices(mine, shares[other][0])
        assert (row.krugman, row.cosine, row.overlap) == pytest.approx(true, abs=1e-9)
        assert row.alike == (row.cosine >= 0.85)
        assert row.sells == pytest.approx(oracle.traded(plain, other, asked))
        assert row.buys == pytest.approx(oracle.traded(plain, asked, other))
        for shown, buyer, maker in ((row.offers, asked, other), (row.wants, other, asked)):
            told = {snapshot.id_of(one.product): (one.value, one.from_there) for one in shown}
            expected = oracle.offered(plain, buyer, maker)
            assert set(told) == set(expected)
            for product, pair in told.items():
                assert pair == pytest.approx(expected[product]), product
    cosines = [row.cosine for row in found.rows]
    assert cosines == sorted(cosines, reverse=True)


@random_provinces
@given(provinces(), levels)
def test_the_matrix_holds_all_pairs_of_the_definition(rows, digits):
    snapshot, plain = rows.snapshot(), rows.plain()
    found = similarity_matrix(snapshot, as_of=YEAR, **at(digits))
    shares = {one: told for one in plain.ids("town") if (told := oracle.shares(plain, one, digits)[0])}
    names = [snapshot.id_of(town) for town in found.towns]
    assert names == [*shares]
    assert [snapshot.id_of(town) for town in found.missing] == [
        one for one in plain.ids("town") if one not in shares
    ]
    for i, one in enumerate(names):
        for j, other in enumerate(names):
            true = oracle.indices(shares[one], shares[other])
            told = found.krugman[i][j], found.cosine[i][j], found.overlap[i][j]
            assert told == pytest.approx(true, abs=1e-9)
            assert found.trade[i][j] == pytest.approx(oracle.traded(plain, one, other))


@random_provinces
@given(provinces(), towns, st.sampled_from(SpecialityBasis), st.sampled_from([1, 2, 3]))
def test_relatedness_is_that_of_the_definition(rows, town, measure, least):
    snapshot, plain = rows.snapshot(), rows.plain()
    asked = f"town:{town}"
    found = relatedness(snapshot, asked, as_of=YEAR, first=500, measure=measure, least_places=least)
    true = Relatedness(plain, measure.value, least)
    if asked not in true.towns:
        assert (found.rows, bool(found.unknown_reason)) == ([], True)
        return
    assert found.method.parameters["basis"] == true.measure
    assert {snapshot.id_of(row.product) for row in found.rows} == {*true.goods}
    assert found.diversity == sum(one == asked for one, _ in true.specialised)
    for row in found.rows:
        agrees(snapshot, row, true, asked)
    keys = [
        (row.made, row.nearest is None, row.density is None, -(row.density or 0), snapshot.id_of(row.product))
        for row in found.rows
    ]
    rounded = [(*some, round(density, 9), id) for *some, density, id in keys]
    assert rounded == sorted(rounded)


def agrees(snapshot, row, true, town):
    """One product of a town is what the definition says."""
    product = snapshot.id_of(row.product)
    assert row.output == pytest.approx(true.x.get((town, product), 0.0))
    assert row.rca == pytest.approx(true.rca(town, product))
    assert row.made == ((town, product) in true.specialised)
    assert row.density == pytest.approx(true.density(town, product))
    assert row.ubiquity == len(true.has(product))
    nearest = true.nearest(town, product)
    if nearest is None:
        assert (row.nearest, row.nearness) == (None, None)
        return
    other, basis, near, phi = nearest
    shown = row.nearness
    assert (snapshot.id_of(row.nearest), shown.basis.value) == (other, basis)
    assert (shown.degree is NearnessDegree.NEAR) == near
    assert shown.product_proximity == pytest.approx(phi)
    assert (shown.places, shown.together) == (true.places(product, other), true.together(product, other))
