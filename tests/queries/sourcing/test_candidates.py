"""Candidates: equal to the definition on random provinces, and what is known must decide the order."""

from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadInput, NotFound
from graph.kinds.entities import Organisation
from graph.kinds.relations import Makes
from graph.kinds.terms import OrganisationForm, Proximity
from graph.snapshot.overlay import Edits, overlay
from queries.similarity.relatedness import NearnessBasis
from queries.sourcing.candidates import candidates
from queries.sourcing.evidence import CandidateEvidence
from queries.sourcing.parts import TOWN, CandidatePart
from tests.oracles import candidates as oracle
from tests.oracles.world import local
from tests.queries.networks import YEAR
from tests.queries.worlds import GOODS, HOMES, World, worlds

WEIGHTS = [*TOWN.values()]


def asked(world, product="p", town="s", **more):
    return candidates(world.snapshot(), f"town:{town}", product=f"product:{product}", as_of=YEAR, **more)


@settings(deadline=None, max_examples=60)
@given(worlds, st.sampled_from(GOODS), st.sampled_from(sorted(HOMES)))
def test_candidates_are_those_of_the_definition(world, product, town):
    snapshot = world.snapshot()
    found = candidates(
        snapshot, f"town:{town}", product=f"product:{product}", as_of=YEAR, first=200, least_proximity=0.5
    )
    true = oracle.candidates(world, town, product, HOMES, WEIGHTS, 0.5)
    place = lambda firm: local(world, firm, town, HOMES)  # noqa: E731
    groups = [
        [one for one in true if one[1][0] == "LOCAL"],
        [one for one in true if place(one[0]) and one[1][0] != "LOCAL"],
        [one for one in true if not place(one[0])],
    ]
    shown = [found.local, found.convertible, found.rows]
    told = [[snapshot.name_of(row.row) for row in rows] for rows in shown]
    assert told == [[firm for firm, *_ in one] for one in groups]
    assert (found.local_count, found.convertible_count, found.count) == tuple(map(len, shown))
    for row, (_, evidence, parts, score) in zip(chain(*shown), chain(*groups), strict=True):
        assert [kind.value for kind in row.evidence] == evidence
        assert {part.part.value.lower(): part.value for part in row.parts} == pytest.approx(parts)
        assert row.score == pytest.approx(score)
        known = 0.0 if score is None else 1.0
        assert sum(part.weight for part in row.parts) == pytest.approx(known)
        by_class = row.nearness is not None and row.nearness.basis is NearnessBasis.SAME_CLASS
        for part in row.parts:
            ranked = part.value is not None or (by_class and part.part is CandidatePart.FIT)
            assert (part.percentile is not None) == ranked
    near, told = oracle.near_products(world, product, HOMES, 0.5)
    assert (found.related_unknown is None) == told
    for row in found.rows:
        if row.near_product is not None:
            phi = near[snapshot.name_of(row.near_product)]
            assert row.nearness.product_proximity == pytest.approx(phi)
            assert (row.nearness.basis is NearnessBasis.SAME_CLASS) == (phi is None)
    assert (found.unknown_reason is None) == bool(true)


@pytest.fixture
def world():
    """Town s needs p: a makes it at home, b in the province, c sells it to s from another, d stands apart."""
    return World(
        where={"a": "140101", "b": "140201", "c": "150101", "e": "140101", "f": "150101"},
        makes={("a", "p"): (10.0, 4.0), ("b", "p"): (None, 5.0), ("d", "p"): (None, None)}
        | {("f", "p"): (None, None), ("g", "p"): (3.0, 5.0)},
        sold={("c", "e", "p"): 30.0, ("b", "e", "q"): None, ("e", "b", "r"): 8.0},
        owns={("e", "f"): 0.6},
        holds={("a", 1): True, ("a", 2): False},
        revenue={"b": 100.0},
    )


def test_home_is_looked_at_first_and_each_kind_of_evidence_is_told(world):
    snapshot = world.snapshot()
    found = candidates(snapshot, "town:s", product="product:p", as_of=YEAR)
    evidence = {snapshot.name_of(row.row): row.evidence for row in (*found.local, *found.rows)}
    kinds = CandidateEvidence
    assert evidence == {
        "a": [kinds.LOCAL],
        "b": [kinds.HOME],
        "c": [kinds.SELLER],
        "f": [kinds.RELATIVE, kinds.MAKER],
        "d": [kinds.MAKER],
        "g": [kinds.MAKER],
    }
    assert [snapshot.name_of(row.row) for row in found.rows][:3] == ["b", "c", "f"]


def test_who_buys_a_main_input_here_comes_first(world):
    """q goes into p: b of the province and g of nowhere buy it from e of s; f buys it from d, not of s."""
    world.inputs = {("q", "p")}
    world.sold |= {("e", "b", "q"): 5.0, ("e", "g", "q"): None, ("d", "f", "q"): 9.0}
    snapshot = world.snapshot()
    found = candidates(snapshot, "town:s", product="product:p", as_of=YEAR)
    first = {snapshot.name_of(row.row): row.evidence for row in found.rows[:2]}
    kinds = CandidateEvidence
    assert first == {"b": [kinds.DOWNSTREAM_BUYER, kinds.HOME], "g": [kinds.DOWNSTREAM_BUYER, kinds.MAKER]}


def test_makers_of_the_same_class_are_related_and_locals_stand_apart():
    """r is of p's class: e here could switch, c elsewhere is a candidate; q is only of its group."""
    world = World(
        where={"a": "140101", "c": "150101", "d": "150101", "e": "140101"},
        makes={("c", "r"): (None, None), ("e", "r"): (None, None), ("d", "q"): (None, None)},
        classes={"p": "3391", "r": "3391", "q": "3393"},
    )
    snapshot = world.snapshot()
    found = candidates(snapshot, "town:s", product="product:p", as_of=YEAR)
    assert [[snapshot.name_of(row.row) for row in rows] for rows in (found.convertible, found.rows)] == [
        ["e"],
        ["c"],
    ]
    (row,) = found.rows
    assert row.evidence == [CandidateEvidence.RELATED]
    assert snapshot.name_of(row.near_product) == "r"
    # Of three makers two make r: all of s (1 ÷ 2/3 > 1), half of u (1/2 ÷ 2/3 < 1). So one place has either.
    assert (row.nearness.basis, row.nearness.places) == (NearnessBasis.SAME_CLASS, 1)
    assert found.related_unknown is not None


def test_near_by_class_comes_after_all_who_make_or_sell_it():
    """d, of nowhere, makes p; c, bigger, makes r of its class. RELATED stands before MAKER: yet d first."""
    world = World(
        where={"c": "150101"},
        makes={("c", "r"): (None, None), ("d", "p"): (None, None)},
        classes={"p": "3391", "r": "3391"},
        revenue={"c": 900.0, "d": 1.0},
    )
    snapshot = world.snapshot()
    found = candidates(snapshot, "town:s", product="product:p", as_of=YEAR)
    assert [snapshot.name_of(row.row) for row in found.rows] == ["d", "c"]


@pytest.mark.parametrize("form", [one for one in OrganisationForm if one is not OrganisationForm.AGENCY])
def test_only_enterprises_can_be_invited_and_come_first(world, form):
    """b of the province stands first; c, f, d and g stand behind it whatever it is, unless it is no firm."""
    plain = world.snapshot()
    b = Organisation(id="org:b", name="b", form=form)
    snapshot = overlay(plain, Edits(nodes=[b]))
    found = candidates(snapshot, "town:s", product="product:p", as_of=YEAR)
    names = [snapshot.name_of(row.row) for row in found.rows]
    firm = form is OrganisationForm.ENTERPRISE
    assert names.index("b") == (0 if firm else 4)
    assert (found.count, found.invitable_count) == (5, 5 if firm else 4)
    assert [row.invitable for row in found.rows] == ([True] * 5 if firm else [True] * 4 + [False])


def test_three_places_of_either_make_products_near():
    """Of s and t each has a maker of q and one of r, u one of q and one of p: all are specialities there.

    q and r: both in s and t, either in 3. p̄ = (2 + 1 + 0) / (3 + 3 + 2) over q–r, q–p, r–p = 3/8;
    φ̂_qr = (2 + 9/8) / (3 + 3) = 25/48.
    """
    pairs = [("a", "q"), ("e", "r"), ("b", "q"), ("d", "r"), ("c", "q"), ("c", "p")]
    where = {"a": "140101", "e": "140101", "b": "140201", "d": "140201", "c": "150101"}
    world = World(where=where, makes=dict.fromkeys(pairs, (None, None)))
    snapshot = world.snapshot()
    found = candidates(snapshot, "town:s", product="product:q", as_of=YEAR, least_proximity=0.5)
    assert [snapshot.name_of(row.row) for row in (*found.local, *found.convertible)] == ["a", "e"]
    assert [snapshot.name_of(row.row) for row in found.rows] == ["b", "d", "c"]
    near = found.rows[1].nearness
    assert near == found.convertible[0].nearness
    assert (near.basis, near.places, near.together) == (NearnessBasis.CO_LOCATION, 3, 2)
    assert near.product_proximity == pytest.approx(25 / 48)
    above = candidates(snapshot, "town:s", product="product:q", as_of=YEAR, least_proximity=0.53)
    assert [snapshot.name_of(row.row) for row in above.rows] == ["b", "c"]


def test_what_is_not_known_is_told_as_unknown(world):
    snapshot = world.snapshot()
    found = candidates(snapshot, "town:s", product="product:p", as_of=YEAR)
    by = {snapshot.name_of(row.row): row for row in (*found.local, *found.rows)}
    assert by["a"].spare == 6.0
    assert (by["b"].spare, by["g"].spare) == (None, 0.0)
    assert (by["d"].proximity, by["c"].proximity) == (Proximity.UNKNOWN, Proximity.COUNTRY)
    assert (by["b"].revenue, by["a"].revenue, by["a"].claim) == (100.0, None, None)
    assert snapshot.id_of(by["b"].claim) == f"claim:org-b-revenue-{YEAR}"
    assert (by["b"].ties.sells, by["b"].ties.buys, by["d"].ties.buys) == (None, 8.0, 0.0)
    assert [snapshot.name_of(p) for p in by["b"].ties.products] == ["q", "r"]
    assert [snapshot.name_of(o) for o in by["f"].ties.relatives] == ["e"]
    assert [snapshot.name_of(q) for q in by["a"].qualifications] == ["1"]


def test_closed_ones_and_agencies_are_left_out(world):
    world.closed, world.agencies = {"b"}, {"c"}
    snapshot = world.snapshot()
    found = candidates(snapshot, "town:s", product="product:p", as_of=YEAR)
    assert {snapshot.name_of(row.row) for row in found.rows} == {"d", "f", "g"}


def test_only_the_proportions_of_weights_matter(world):
    plain, doubled = asked(world), asked(world, weights={part: 2 * weight for part, weight in TOWN.items()})
    assert [row.score for row in plain.rows] == pytest.approx([row.score for row in doubled.rows])
    alone = asked(world, weights=dict.fromkeys(TOWN, 0.0) | {CandidatePart.SIZE: 0.15})
    assert {row.score for row in alone.rows} == {None, 0.5}


def test_huge_weights_do_not_add_up_to_infinity(world):
    plain, huge = (asked(world, weights=dict.fromkeys(TOWN, size)) for size in (1.0, 1e308))
    assert [row.score for row in huge.rows] == pytest.approx([row.score for row in plain.rows])


def test_nobody_known_is_unknown():
    found = asked(World())
    assert (found.rows, found.count) == ([], 0)
    assert found.unknown_reason
    assert found.related_unknown


@pytest.mark.parametrize(
    ("more", "argument"),
    [
        ({"first": 0}, "first"),
        ({"first": 201}, "first"),
        ({"least_proximity": 0.0}, "leastProximity"),
        ({"least_places": 0}, "leastPlaces"),
        ({"weights": {**TOWN, CandidatePart.FIT: -0.1}}, "weights"),
        ({"weights": {**TOWN, CandidatePart.FIT: float("nan")}}, "weights"),
        ({"weights": dict.fromkeys(TOWN, 0.0)}, "weights"),
    ],
)
def test_bad_arguments_are_refused(world, more, argument):
    with pytest.raises(BadInput) as caught:
        asked(world, **more)
    assert list(caught.value.path) == [argument]


def test_what_is_no_town_or_no_product_is_refused(world):
    snapshot = world.snapshot()
    with pytest.raises(BadInput, match="product：town:s 应为产品"):
        candidates(snapshot, "town:s", product="town:s", as_of=YEAR)
    with pytest.raises(BadInput, match="应为专业镇"):
        candidates(snapshot, "org:a", product="product:p", as_of=YEAR)
    with pytest.raises(NotFound):
        candidates(snapshot, "town:s", product="product:none", as_of=YEAR)


def test_an_old_capacity_is_no_spare_capacity(world):
    """Makers stay makers; a capacity of five years ago says nothing of what is free today."""
    content = world.snapshot()
    old = Makes(start="org:b", end="product:q", capacity=9.0, output=1.0, year=YEAR - 5)
    fresh = Makes(start="org:d", end="product:q", capacity=9.0, output=1.0, year=YEAR - 3)
    content = overlay(content, Edits(relations=[old, fresh]))
    found = candidates(content, "town:s", product="product:q", as_of=YEAR)
    by = {content.name_of(row.row): row for row in found.rows}
    assert (by["b"].capacity, by["b"].output, by["b"].spare) == (None, None, None)
    assert (by["d"].capacity, by["d"].output, by["d"].spare) == (9.0, 1.0, 8.0)
