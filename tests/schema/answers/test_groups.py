"""S13 on the demo in each store: groups, allies, and households that are one group; counted by hand.

All stakes and alliances of the demo (OWNS, ALLIED_WITH):

    定襄   法兰一厂 ─0.60→ 热处理一厂     法兰一厂 ─0.51→ 风电二厂 ─0.40→ 检测一厂
           so 检测一厂 is held to 0.51 · 0.40 = 0.204 over two steps, and controlled by nobody (0.40 < 0.5)
    盐湖   龙头一 ─0.35→ 电机一厂 ─0.05→ 龙头一: a circle that comes back to its holder adds nothing
    万荣   龙头一 ─0.70→ 外加剂三厂        泽州   龙头一 ─1→ 泵铸二厂
    杏花村 汾酒集团 ─?→ 杏花村汾酒: the share is not known, so at least 0
    盐湖 龙头二 ~ 泽州 泵铸一厂 (since 2024)    太谷 管件一厂 ~ 砂一厂 (cluster organisation)
"""

import pytest

from tests.schema.answers.test_checkup import partners

FLANGE = "org:sample-dingxiang-flange-"
HELD = """group(asOf: %s) { owners { organisation { id } share steps } members { id }
    owned { organisation { id } share atLeast direct steps } overOwned { id } unknownReason
    allies { organisation { id } member { id } form } ledTowns { town { id } leaders { id } } }"""
DOUBLE = """doubleCounted(asOf: 2024) { households independent unknownReason
    rows { head { id } households { id } leaders { id } } }"""


async def group(service, id, year=2024):
    return (await service.data(f'{{ organisation(id: "{id}") {{ {HELD % year} }} }}'))["organisation"][
        "group"
    ]


def held(side):
    return [(one["organisation"]["id"], one["share"], one["steps"]) for one in side]


async def test_s13_a_group_reaches_over_any_number_of_steps(service):
    found = await group(service, FLANGE + "flange-01")
    assert held(found["owned"]) == [
        (FLANGE + "heat-01", 0.6, 1),
        (FLANGE + "wind-02", 0.51, 1),
        (FLANGE + "testing-01", pytest.approx(0.51 * 0.4), 2),
    ]
    assert found["owned"][2]["direct"] is None
    assert {one["id"] for one in found["members"]} == {
        FLANGE + name for name in ("flange-01", "heat-01", "wind-02")
    }
    testing = await group(service, FLANGE + "testing-01")
    assert held(testing["owners"]) == [
        (FLANGE + "wind-02", 0.4, 1),
        (FLANGE + "flange-01", pytest.approx(0.204), 2),
    ]
    assert testing["members"] == [{"id": FLANGE + "testing-01"}]
    # 风电二厂 was bought in 2022.
    before = await group(service, FLANGE + "flange-01", 2021)
    assert held(before["owned"]) == [(FLANGE + "heat-01", 0.6, 1)]


async def test_s13_a_circle_adds_nothing_and_an_unknown_share_is_no_zero(service):
    pumps = "org:sample-yanhu-pump-"
    found = await group(service, pumps + "leader-01")
    assert held(found["owned"]) == [(pumps + "motor-01", 0.35, 1)]
    assert held(found["owners"]) == [(pumps + "motor-01", 0.05, 1)]
    assert (found["members"], found["overOwned"]) == ([{"id": pumps + "leader-01"}], [])
    liquor = await group(service, "org:fenjiu-group")
    (one,) = liquor["owned"]
    assert (one["organisation"]["id"], one["share"], one["atLeast"]) == ("org:xinghuacun-fenjiu", None, 0)
    assert liquor["members"] == [{"id": "org:fenjiu-group"}]
    assert liquor["ledTowns"] == [
        {"town": {"id": "town:xinghuacun-liquor"}, "leaders": [{"id": "org:fenjiu-group"}]}
    ]


async def test_s13_allies_are_told_from_both_sides_with_their_form_and_since_when(service):
    two, casting = "org:sample-yanhu-pump-leader-02", "org:sample-zezhou-casting-pump-casting-01"
    for mine, other in ((two, casting), (casting, two)):
        assert (await group(service, mine))["allies"] == [
            {"organisation": {"id": other}, "member": {"id": mine}, "form": "ALLIANCE"}
        ]
        assert (await group(service, mine, 2023))["allies"] == []
    iron = "org:sample-taigu-malleable-iron-"
    (ally,) = (await group(service, iron + "fitting-01"))["allies"]
    assert (ally["organisation"]["id"], ally["form"]) == (iron + "sand-01", "CLUSTER_ORGANISATION")


@pytest.mark.parametrize(
    ("town", "counted", "independent", "head", "together", "leading"),
    [
        # 热处理一厂 and 风电二厂 both deal with leaders; 法兰一厂, whose group they are, does not.
        ("dingxiang-flange", 56, 55, "flange-01", ["heat-01", "wind-02"], []),
        # 外加剂三厂 belongs to a leader: no household of its own.
        ("wanrong-admixture", 23, 22, "leader-01", ["admixture-03"], ["leader-01"]),
    ],
)
async def test_s13_households_of_one_group_are_counted_once(  # noqa: PLR0913, PLR0917 - a row of the table
    service, town, counted, independent, head, together, leading
):
    def named(*names):
        return [{"id": f"org:sample-{town}-{name}"} for name in names]

    plain, leaders = partners(f"town:{town}")
    assert len(plain) == counted
    assert {one["id"] for one in named(*together)} <= plain
    assert {one["id"] for one in named(*leading)} <= leaders
    found = (await service.data(f'{{ town(id: "town:{town}") {{ {DOUBLE} }} }}'))["town"]["doubleCounted"]
    assert (found["households"], found["independent"]) == (counted, independent)
    assert found["rows"] == [
        {"head": named(head)[0], "households": named(*together), "leaders": named(*leading)}
    ]


async def test_s13_owning_less_than_half_or_outside_the_town_doubles_nothing(service):
    # 泵铸二厂 of 泽州 is a leader's own, but deals with leaders of 盐湖 and 榆次 only.
    for town in ("yanhu-pump", "yuci-textile-hydraulics", "zezhou-casting", "xinghuacun-liquor"):
        plain, _ = partners(f"town:{town}")
        found = (await service.data(f'{{ town(id: "town:{town}") {{ {DOUBLE} }} }}'))["town"]["doubleCounted"]
        assert (found["households"], found["independent"], found["rows"]) == (len(plain), len(plain), [])
    data = await service.data(f'{{ town(id: "town:sample-b") {{ {DOUBLE} }} }}')
    nobody = data["town"]["doubleCounted"]
    assert nobody["unknownReason"] == "2024 年没有已知的龙头企业：配套户不详"
