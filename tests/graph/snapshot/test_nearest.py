"""What somebody may have meant who wrote an id that is not there."""

import pytest

from graph.deadline import Deadline, within
from graph.errors import TooSlow
from graph.kinds.entities import Organisation, Region, Town
from graph.kinds.terms import OrganisationForm, RegionLevel, TownLevel, TownStatus
from graph.snapshot.nearest import meant, missing, nearest
from graph.snapshot.snapshot import Snapshot


def organisation(id, name):
    return Organisation(id=id, name=name, form=OrganisationForm.ENTERPRISE)


@pytest.fixture(scope="module")
def snapshot():
    regions = [
        Region(id=f"region:{code}", name=name, level=RegionLevel.COUNTY)
        for code, name in (("140921", "定襄县"), ("140922", "五台县"), ("140181", "古交市"))
    ]
    towns = [
        Town(
            id="town:dingxiang-flange",
            name="定襄法兰",
            status=TownStatus.RECOGNISED,
            level=TownLevel.PROVINCIAL,
        )
    ]
    firms = [organisation("org:688063.sh", "甲"), organisation("org:300363.sz", "乙")]
    return Snapshot.of([*regions, *towns, *firms])


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("town:dingxiang-flnage", ["town:dingxiang-flange"]),  # two letters swapped
        ("town:dingxiang-flanges", ["town:dingxiang-flange"]),  # one more
        ("town:定襄法兰", ["town:dingxiang-flange"]),  # its name
        ("town:qixian-glass", []),
        ("region:140920", ["region:140921", "region:140922"]),  # one digit each
        ("region:149999", []),  # two digits differ from every other
        ("org:688036.sh", ["org:688063.sh"]),
        ("org:300688.sh", []),  # digits identify: nothing of it is right
        ("whatever", []),
        ("load:2024", []),  # the service's own books are not in a snapshot
        ("town:" + "x" * 5_000, []),
    ],
)
def test_only_what_differs_by_little_is_guessed(snapshot, wrong, right):
    assert sorted(nearest(snapshot, wrong)) == right


def test_a_guess_is_asked_back_with_its_name(snapshot):
    assert meant(snapshot, "town:dingxiang-flang") == "；是否应为 town:dingxiang-flange（定襄法兰）？"
    assert meant(snapshot, "town:nowhere-at-all") == ""
    assert str(missing(snapshot, "town:dingxiang-flang", "town")) == (
        "town：图中没有“town:dingxiang-flang”；是否应为 town:dingxiang-flange（定襄法兰）？"
    )


def test_the_nearest_of_all_steps_come_first_then_those_of_smaller_ids(monkeypatch):
    firms = [organisation(f"org:{key}", key) for key in ("aaaaabbbbb", "aaaaabbbcc", "aaaaabbbbc", "zzzzz")]
    snapshot = Snapshot.of(firms)
    whole = nearest(snapshot, "org:aaaaabbbbx")
    assert whole == ["org:aaaaabbbbb", "org:aaaaabbbbc", "org:aaaaabbbcc"]
    for step in (1, 2, 3):
        monkeypatch.setattr("graph.snapshot.nearest.STEP", step)
        assert nearest(snapshot, "org:aaaaabbbbx") == whole


def test_looking_stops_when_nobody_waits_any_more(snapshot):
    deadline = Deadline(60)
    deadline.give_up()
    with within(deadline), pytest.raises(TooSlow):
        nearest(snapshot, "org:688036.sh")
