"""Evidence: of one kind for buyers and towns, on one scale, as it is defined."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.kinds.entities import Organisation, Product, Region, Town
from graph.kinds.relations import LiesIn, LocatedIn, Makes, PartOf
from graph.kinds.terms import OrganisationForm, ProductCategory, Proximity, RegionLevel, TownLevel, TownStatus
from graph.snapshot.snapshot import Snapshot
from queries.sourcing.candidates import candidates
from queries.sourcing.evidence import CandidateEvidence
from queries.sourcing.parts import BUYER, TOWN, CandidatePart
from queries.sourcing.suggestions import supplier_suggestions
from tests.oracles import suppliers as oracle
from tests.oracles.world import living, local
from tests.queries.networks import YEAR
from tests.queries.worlds import FIRMS, GOODS, HOMES, worlds

ORDER = {kind.value: place for place, kind in enumerate(CandidateEvidence)}


def suggested(snapshot, buyer, product):
    return supplier_suggestions(snapshot, f"org:{buyer}", product=f"product:{product}", as_of=YEAR, first=200)


@settings(deadline=None, max_examples=80)
@given(worlds, st.sampled_from(GOODS), st.sampled_from(FIRMS))
def test_suppliers_of_a_buyer_are_those_of_the_definition(world, product, buyer):
    snapshot = world.snapshot()
    found = suggested(snapshot, buyer, product)
    if not living(world, buyer):
        assert "不存续" in found.unknown_reason
        return
    true = oracle.suppliers(world, buyer, product, HOMES)
    rows = {snapshot.name_of(row.row): row for row in found.rows}
    assert {
        firm: ([kind.value for kind in row.evidence], row.proximity.value) for firm, row in rows.items()
    } == true
    strongest = [ORDER[row.evidence[0].value] for row in rows.values()]
    assert strongest == sorted(strongest)
    for row in rows.values():
        assert sum(part.weight for part in row.parts) == pytest.approx(0.0 if row.score is None else 1.0)


@settings(deadline=None, max_examples=60)
@given(worlds, st.sampled_from(GOODS), st.sampled_from(FIRMS))
def test_a_town_and_a_buyer_in_it_see_makers_elsewhere_alike(world, product, buyer):
    """Beyond the town's own ground the two questions have one scale and the same kinds of evidence."""
    world.where[buyer] = HOMES["s"]
    world.closed.discard(buyer)
    snapshot = world.snapshot()
    town = candidates(snapshot, "town:s", product=f"product:{product}", as_of=YEAR, first=200)
    theirs = {row.row: row for row in suggested(snapshot, buyer, product).rows}
    for row in town.rows:
        name = snapshot.name_of(row.row)
        if row.row not in theirs or (name, product) not in world.makes or local(world, name, "s", HOMES):
            continue
        other = theirs[row.row]
        assert row.proximity is other.proximity
        for kind in (CandidateEvidence.HOME, CandidateEvidence.MAKER):
            assert (kind in row.evidence) == (kind in other.evidence)


@pytest.fixture
def abroad():
    """Buyer x; makers in its province, in another one, abroad, and an agency next door."""
    levels = {"14": RegionLevel.PROVINCE, "13": RegionLevel.PROVINCE, "99": RegionLevel.PROVINCE}
    regions = [Region(id=f"region:{code}0000", name=code, level=level) for code, level in levels.items()]
    county = Region(id="region:140100", name="1401", level=RegionLevel.COUNTY)
    forms = {"agency": OrganisationForm.AGENCY}
    firms = [
        Organisation(id=f"org:{name}", name=name, form=forms.get(name, OrganisationForm.ENTERPRISE))
        for name in ("x", "home", "other", "abroad", "agency")
    ]
    where = {"x": "140100", "home": "140000", "other": "130000", "abroad": "990000", "agency": "140100"}
    town = Town(id="town:s", name="s", level=TownLevel.COUNTY, status=TownStatus.CANDIDATE)
    relations = [
        PartOf(start="region:140100", end="region:140000"),
        LiesIn(start="town:s", end="region:140100"),
        *(LocatedIn(start=f"org:{name}", end=f"region:{code}") for name, code in where.items()),
        *(Makes(start=f"org:{name}", end="product:p") for name in list(where)[1:]),
    ]
    good = Product(id="product:p", name="p", category=ProductCategory.COMPONENT)
    return Snapshot.of([*regions, county, town, *firms, good], relations, newest_year=YEAR)


def test_abroad_is_farther_than_another_province(abroad):
    rows = suggested(abroad, "x", "p").rows
    assert [(abroad.name_of(row.row), row.proximity) for row in rows] == [
        ("home", Proximity.PROVINCE),
        ("other", Proximity.COUNTRY),
        ("abroad", Proximity.ABROAD),
    ]
    # No size and no kilometres are known: the scale alone orders the three.
    assert [row.parts[0].percentile for row in rows] == pytest.approx([5 / 6, 3 / 6, 1 / 6])


def test_a_town_sees_the_same_scale(abroad):
    rows = candidates(abroad, "town:s", product="product:p", as_of=YEAR).rows
    standing = [next(p for p in row.parts if p.part is CandidatePart.PROXIMITY) for row in rows]
    assert [(abroad.name_of(row.row), part.value) for row, part in zip(rows, standing, strict=True)] == [
        ("home", 1.0),
        ("other", 0.0),
        ("abroad", -1.0),
    ]
    assert [part.percentile for part in standing] == pytest.approx([5 / 6, 3 / 6, 1 / 6])


def test_an_agency_is_no_supplier(abroad):
    assert "agency" not in {abroad.name_of(row.row) for row in suggested(abroad, "x", "p").rows}


def test_weights_are_tables_over_one_list_of_parts():
    assert set(TOWN) | set(BUYER) == set(CandidatePart)
    assert not set(TOWN) & set(BUYER)
    assert sum(TOWN.values()) == pytest.approx(1.0)
    assert set(BUYER.values()) == {1.0}
