"""Towns in a year: their status by every combination of dates, and the first year on record."""

from datetime import date

import numpy as np
import pytest

from graph.kinds.entities import Organisation, Product, Town
from graph.kinds.facts import Claim
from graph.kinds.metrics import Metric, Unit
from graph.kinds.relations import Leads, MemberOf, Supplies
from graph.kinds.terms import Grade, OrganisationForm, ProductCategory, TownLevel, TownStatus
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import members_of
from graph.snapshot.towns import first_record, town_status

C, R, W = TownStatus.CANDIDATE, TownStatus.RECOGNISED, TownStatus.WITHDRAWN
FIRST = Town(
    id="town:first", name="first", level=TownLevel.PROVINCIAL, status=R, recognised_on=date(2022, 9, 14)
)


def statuses(years, *towns):
    snapshot = Snapshot.of(towns)
    table = snapshot.nodes["Town"]
    place = snapshot.row_of("town:t") - table.first
    found = (town_status(table, np.array([place], np.int32), year)[0] for year in years)
    return [members_of(TownStatus)[one] for one in found]


def town(status, recognised=None, withdrawn=None, level=TownLevel.PROVINCIAL):
    return Town(
        id="town:t",
        name="t",
        level=level,
        status=status,
        recognised_on=recognised and date(recognised, 6, 1),
        withdrawn_on=withdrawn and date(withdrawn, 6, 1),
    )


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (town(R, 2023), [C, C, R, R]),
        (town(R), [None, R, R, R]),
        (town(C), [C, C, C, C]),
        (town(C, 2023), [C, C, R, R]),
        (town(W, 2022, 2024), [C, R, R, W]),
        (town(W, None, 2024), [None, R, R, W]),
        (town(W, 2023), [C, C, W, W]),
        (town(W), [None, W, W, W]),
        (town(R, level=TownLevel.CITY), [R, R, R, R]),
    ],
)
def test_status_by_what_is_known_of_its_days(asked, expected):
    """The first known recognition of the province is of 2022; of the city level none is known."""
    assert statuses((2021, 2022, 2023, 2024), FIRST, asked) == expected


def figure(subject, year):
    return Claim(
        id=f"claim:{subject.replace(':', '-')}",
        subject=subject,
        metric=Metric.REVENUE,
        value=1.0,
        unit=Unit.YUAN,
        year=year,
        source="source:none",
        grade=Grade.B,
    )


def record(nodes=(), relations=()):
    cast = [
        Town(id="town:t", name="t", level=TownLevel.COUNTY, status=C),
        *(Organisation(id=f"org:{o}", name=o, form=OrganisationForm.ENTERPRISE) for o in "ab"),
        Product(id="product:p", name="p", category=ProductCategory.COMPONENT),
    ]
    return first_record(Snapshot.of([*cast, *nodes], relations), 0)


MEMBER, LEADER = MemberOf(start="org:a", end="town:t"), Leads(start="org:a", end="town:t", since=2020)
SOLD = Supplies(start="org:b", end="org:a", product="product:p", year=2019)


def test_the_first_record_is_of_the_town_or_of_those_that_are_its_own():
    assert record() is None
    assert record([figure("town:t", 2018), figure("org:a", None)], [MEMBER]) == 2018
    assert record([figure("org:a", 2017)], [MEMBER]) == 2017
    assert record([figure("org:b", 2016)], [MEMBER]) is None
    assert record([], [MEMBER, SOLD]) == 2019
    assert record([], [SOLD]) is None
    assert record([], [LEADER]) == 2020
