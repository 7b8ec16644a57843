"""Names of persons: which look like one, what stands for them, and snapshots that don't hold them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.kinds.entities import Organisation, Region
from graph.kinds.persons import TELLING, looks_personal, masked_names, number_of
from graph.kinds.relations import LocatedIn
from graph.kinds.terms import OrganisationForm, RegionLevel
from graph.snapshot.masking import without_persons
from graph.snapshot.snapshot import Snapshot

FARM, TRADER, FIRM = OrganisationForm.FAMILY_FARM, OrganisationForm.SOLE_TRADER, OrganisationForm.ENTERPRISE


@pytest.mark.parametrize(
    "name",
    [
        *("王二小家庭农场", "李四", "欧阳海经营部", "祁县张三玻璃加工厂", "赵小满商店", "司马光"),
        *("忻州市定襄县河边镇刘家庄村赵铁柱种植家庭农场", "王二小（个体工商户）", "高家庭农场"),
    ],
)
def test_names_of_persons_are_seen(name):
    assert looks_personal(name, TRADER)
    assert not looks_personal(name, FIRM)


@pytest.mark.parametrize(
    "name",
    [
        *("金色家庭农场", "黄河家庭农场", "兴旺家庭农场", "王村家庭农场", "富民养殖场", "样例定襄货运一队"),
        *("", "定襄县", "A王二小", "王二小法兰有限公司", "第十八号门市"),
    ],
)
def test_other_names_are_not(name):
    assert not looks_personal(name, TRADER)


members = st.dictionaries(
    st.integers(0, 10**6).map("org:{}".format),
    st.tuples(st.sampled_from([FARM, TRADER]), st.sampled_from(["甲县", "乙县", ""])),
    max_size=30,
)


@given(members, members)
@settings(max_examples=50, deadline=None)
def test_what_is_added_renames_nobody_but_those_of_the_same_number(some, more):
    def named(group):
        return masked_names((id, *what) for id, what in group.items())

    before, after = named(some), named(some | {id: what for id, what in more.items() if id not in some})
    assert len(set(after.values())) == len(after)
    numbers = [number_of(id) for id in after]
    alone = {id for id in some if numbers.count(number_of(id)) == 1}
    assert {id: before[id] for id in alone} == {id: after[id] for id in alone}


def test_two_of_one_number_get_different_names(monkeypatch):
    monkeypatch.setattr("graph.kinds.persons.number_of", lambda _: "7")
    found = masked_names([("org:b", FARM, "甲县"), ("org:a", FARM, "甲县"), ("org:c", TRADER, "甲县")])
    assert found == {
        "org:a": "甲县家庭农场 7 号",
        "org:b": "甲县家庭农场 7-2 号",
        "org:c": "甲县个体工商户 7 号",
    }


def graph():
    return Snapshot.of(
        [
            Region(id="region:14", name="省", level=RegionLevel.PROVINCE),
            Region(id="region:140921", name="定襄县", level=RegionLevel.COUNTY),
            Organisation(id="org:a", name="王二小", form=FARM, aliases=["二小"], uscc="x", latitude=38.0),
            Organisation(id="org:b", name="天宝", form=FIRM, aliases=["宝"], address="路", stock_code="6"),
            Organisation(id="org:c", name="李四", form=TRADER, address="街", longitude=112.0),
            Organisation(id="org:d", name="赵五", form=TRADER),
        ],
        [
            LocatedIn(start="org:a", end="region:140921"),
            LocatedIn(start="org:c", end="region:14"),
        ],
        newest_year=2024,
    )


def test_a_snapshot_without_persons_differs_in_what_tells_who_they_are_only():
    whole = graph()
    masked = without_persons(whole)
    names = [f"定襄县家庭农场 {number_of('org:a')} 号", "天宝", f"省个体工商户 {number_of('org:c')} 号"]
    assert masked.nodes["Organisation"]["name"].tolist() == [
        *names,
        f"个体工商户 {number_of('org:d')} 号",
    ]
    for id in ("org:a", "org:b", "org:c", "org:d"):
        row = whole.row_of(id)
        one, other = whole.entity(row), masked.entity(masked.row_of(id))
        if id == "org:b":
            assert one == other
        else:
            blank = {"aliases": [], "uscc": None, "address": None, "longitude": None, "latitude": None}
            assert vars(other) == vars(one) | blank | {"name": masked.name_of(row)}
    assert masked.id == whole.id
    assert masked.version == whole.version
    assert whole.name_of(whole.row_of("org:a")) == "王二小"
    assert masked.remember("key", lambda: 1) != whole.remember("key", lambda: 2)


def test_every_column_of_an_organisation_is_hidden_unless_it_is_known_to_tell_nothing():
    assert set(TELLING["Organisation"]) == {
        *("name", "aliases", "uscc", "address", "longitude", "latitude", "stockCode")
    }
