"""Counts by group say how many there are, what is known of them, and what is not."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadInput
from graph.kinds.entities import Industry, Organisation, Region, Town
from graph.kinds.facts import Claim, Source
from graph.kinds.metrics import Metric, Unit
from graph.kinds.relations import EngagesIn, LocatedIn, MemberOf, PartOf
from graph.kinds.terms import Grade, OrganisationForm, RegionLevel, TownLevel, TownStatus
from graph.snapshot.snapshot import Snapshot
from queries.lookup.counts import GroupCount, OrganisationGrouping, organisation_counts

FORMS = OrganisationForm


def firm(id, form=FORMS.ENTERPRISE, **fields):
    return Organisation(id=f"org:{id}", name=id, form=form, **fields)


def revenue(id, year, value, grade=Grade.B):
    return Claim(
        id=f"claim:{id}-{year}-{grade}",
        subject=f"org:{id}",
        metric=Metric.REVENUE,
        value=value,
        unit=Unit.YUAN,
        source="source:s",
        grade=grade,
        year=year,
    )


def town(id):
    return Town(id=f"town:{id}", name=id, level=TownLevel.CITY, status=TownStatus.RECOGNISED)


def industry(code):
    return Industry(id=f"industry:{code}", name=f"业{code}", code=code, edition="4754-2017")


SNAPSHOT = Snapshot.of(
    [
        *(firm("a"), firm("b"), firm("c", FORMS.FAMILY_FARM), firm("d", FORMS.AGENCY)),
        *(firm("old", closed_on=date(2020, 1, 1)), firm("new", founded_on=date(2026, 1, 1))),
        *(town("t"), town("u"), Source(id="source:s", name="s", grade=Grade.B)),
        *map(industry, ("C", "33", "339", "3391", "3393", "01", "017", "0171")),
        Region(id="region:14", name="山西", level=RegionLevel.PROVINCE),
        Region(id="region:1409", name="忻州", level=RegionLevel.CITY),
        Region(id="region:140921", name="定襄", level=RegionLevel.COUNTY),
        Region(id="region:140921100", name="乡", level=RegionLevel.TOWNSHIP),
        *(revenue("a", 2023, 5.0), revenue("a", 2024, 7.0), revenue("a", 2024, 6.0, Grade.C)),
        *(revenue("b", 2024, 10.0), revenue("b", 2025, 99.0), revenue("old", 2019, 1000.0)),
    ],
    [
        *(MemberOf(start=f"org:{o}", end="town:t") for o in ("a", "b", "old")),
        *(MemberOf(start="org:a", end="town:u", since=y) for y in (2020, 2021)),
        MemberOf(start="org:c", end="town:u", until=2024),
        *(
            PartOf(start=f"industry:{a}", end=f"industry:{b}")
            for a, b in (
                ("33", "C"),
                ("339", "33"),
                ("3391", "339"),
                ("3393", "339"),
                ("017", "01"),
                ("0171", "017"),
            )
        ),
        EngagesIn(start="org:a", end="industry:3393", main=True),
        EngagesIn(start="org:a", end="industry:0171", main=False),
        *(EngagesIn(start="org:b", end=f"industry:{i}") for i in ("3391", "3393")),
        EngagesIn(start="org:c", end="industry:01"),
        *(
            PartOf(start=f"region:{a}", end=f"region:{b}")
            for a, b in (("140921100", "140921"), ("140921", "1409"), ("1409", "14"))
        ),
        LocatedIn(start="org:a", end="region:140921100"),
        LocatedIn(start="org:b", end="region:140921"),
        LocatedIn(start="org:c", end="region:1409"),
    ],
)


def counts(by, **asked):
    found = organisation_counts(SNAPSHOT, by, as_of=2024, **asked)
    return {group.key: group.count for group in found}


def test_towns_count_their_members_of_the_year_once():
    assert organisation_counts(SNAPSHOT, OrganisationGrouping.TOWN, as_of=2024, metric=Metric.REVENUE) == [
        GroupCount("town:t", "t", 2, 17.0, 2, 0),
        GroupCount("town:u", "u", 1, 7.0, 1, 0),
        GroupCount(None, None, 2, None, 0, 2),
    ]


def test_forms_have_their_words():
    assert organisation_counts(SNAPSHOT, OrganisationGrouping.FORM, as_of=2024) == [
        GroupCount("ENTERPRISE", "企业", 2, None, 0, 2),
        GroupCount("AGENCY", "政府机关", 1, None, 0, 1),
        GroupCount("FAMILY_FARM", "家庭农场", 1, None, 0, 1),
    ]


def test_industries_are_the_main_ones_at_the_depth_asked():
    assert counts(OrganisationGrouping.INDUSTRY) == {"industry:33": 2, "industry:01": 1, None: 1}
    assert counts(OrganisationGrouping.INDUSTRY, digits=3) == {"industry:339": 2, None: 2}
    assert counts(OrganisationGrouping.INDUSTRY, digits=4) == {
        "industry:3393": 2,
        "industry:3391": 1,
        None: 2,
    }


def test_regions_are_those_above_at_the_level_asked():
    assert counts(OrganisationGrouping.REGION) == {"region:140921": 2, None: 2}
    assert counts(OrganisationGrouping.REGION, region_level=RegionLevel.CITY) == {"region:1409": 3, None: 1}
    assert counts(OrganisationGrouping.REGION, region_level=RegionLevel.PROVINCE) == {"region:14": 3, None: 1}


def test_levels_that_are_no_groups_are_refused():
    with pytest.raises(BadInput):
        counts(OrganisationGrouping.REGION, region_level=RegionLevel.TOWNSHIP)
    with pytest.raises(BadInput):
        counts(OrganisationGrouping.INDUSTRY, digits=1)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(FORMS), st.one_of(st.none(), st.floats(0, 1e9)))))
def test_sums_leave_the_unknown_out_and_count_it(rows):
    nodes = [firm(str(n), form) for n, (form, _) in enumerate(rows)]
    nodes += [revenue(str(n), 2024, value) for n, (_, value) in enumerate(rows) if value is not None]
    nodes.append(Source(id="source:s", name="s", grade=Grade.B))
    found = organisation_counts(
        Snapshot.of(nodes), OrganisationGrouping.FORM, as_of=2024, metric=Metric.REVENUE
    )
    assert sum(group.count for group in found) == len(rows)
    for group in found:
        values = [value for form, value in rows if form.value == group.key]
        known = [value for value in values if value is not None]
        assert (group.count, group.known, group.unknown_count) == (
            len(values),
            len(known),
            len(values) - len(known),
        )
        assert group.total == (pytest.approx(sum(known)) if known else None)
