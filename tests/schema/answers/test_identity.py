"""Identity through GraphQL: who may be the same, whom a name means, and former codes of regions."""

import pytest

PROPOSED = """{ identityProposals(asOf: 2024, atLeast: %s, first: %d) {
    count apart rows { score a { id } b { id } evidence { kind words } against { kind } } } }"""


async def test_proposals_say_why_and_count_all(service):
    data = (await service.data(PROPOSED % (0.6, 10)))["identityProposals"]
    assert (data["count"], data["apart"]) == (len(data["rows"]), 0)
    (row,) = [r for r in data["rows"] if r["a"]["id"] == "org:fenjiu-group"]
    assert (row["score"], row["b"]["id"]) == (0.6, "org:xinghuacun-fenjiu")
    assert [e["kind"] for e in row["evidence"]] == ["ALIAS"]
    wider = (await service.data(PROPOSED % (0.2, 1)))["identityProposals"]
    assert len(wider["rows"]) == 1 < wider["count"]


async def test_a_typed_name_means_a_firm_of_the_graph(service):
    name = "太谷縣龙成瑪鋼（集團）公司"
    asked = f'{{ sameAs(name: "{name}", asOf: 2024) {{ core rows {{ organisation {{ id }} score }} }} }}'
    found = (await service.data(asked))["sameAs"]
    assert found["core"] == "龙成玛钢"
    assert found["rows"][0] == {"organisation": {"id": "org:longcheng-malleable"}, "score": 0.65}


@pytest.mark.parametrize(
    ("asked", "argument"),
    [
        ("identityProposals(atLeast: 0) { count }", "atLeast"),
        ("identityProposals(first: 0) { count }", "first"),
        ('sameAs(name: " ") { count }', "name"),
        ('sameAs(name: "甲", region: "town:dingxiang-flange") { count }', "region"),
    ],
)
async def test_what_can_not_be_asked_is_said_with_its_argument(service, asked, argument):
    ((code, said, message),) = await service.errors(f"{{ {asked} }}")
    assert (code, said) == ("BAD_USER_INPUT", argument)
    assert message


async def test_a_former_code_answers_as_the_region_of_today(service):
    """太谷 was 140726 until 2019; who still has the old code finds the place, and sees both codes."""
    data = await service.data(
        """{ node(id: "region:140726") { id ... on Region { name formerCodes } }
        region(id: "region:140726") { id } search(text: "140726", first: 1) { id }
        sameAs(name: "龙成玛钢", region: "region:140726", asOf: 2024) { rows { against { kind } } } }"""
    )
    today = "region:140703"
    assert data["node"] == {"id": today, "name": "太谷区", "formerCodes": ["140726"]}
    assert data["region"] == {"id": today}
    assert data["search"] == [{"id": today}]
    assert data["sameAs"]["rows"][0]["against"] == []
