"""Candidates over GraphQL: below a gap, in a what-if, and with bad arguments."""

TOWN = 'town(id: "town:yanhu-pump")'
CASTING = 'product: "product:pump-casting"'


async def test_a_gap_has_the_candidates_of_its_product(service):
    asked = "candidates(first: 3) { count rows { organisation { id } score } }"
    gaps = f"gaps(first: 50, asOf: 2024) {{ rows {{ product {{ id }} {asked} }} }}"
    data = await service.data(f"{{ {TOWN} {{ {gaps} }} }}")
    found = {row["product"]["id"]: row["candidates"] for row in data["town"]["gaps"]["rows"]}
    alone = f"candidates({CASTING}, first: 3, asOf: 2024) {{ count rows {{ organisation {{ id }} score }} }}"
    data = await service.data(f"{{ {TOWN} {{ {alone} }} }}")
    assert found["product:pump-casting"] == data["town"]["candidates"]


async def test_a_what_if_opens_a_local_maker(service):
    edit = '{open: {id: "org:new", name: "新厂", town: "town:yanhu-pump", makes: "product:pump-casting"}}'
    side = "{ localCount count local { organisation { id } evidence } }"
    query = f"""{{ whatIf(edits: [{edit}], asOf: 2024) {{
        townCandidates(id: "town:yanhu-pump", {CASTING}) {{ before {side} after {side} }} }} }}"""
    found = (await service.data(query))["whatIf"]["townCandidates"]
    assert found["before"]["localCount"] == 0
    assert found["after"]["local"] == [{"organisation": {"id": "org:new"}, "evidence": ["LOCAL"]}]
    assert found["after"]["localCount"] == 1


async def test_weights_are_given_and_refused(service):
    given = "weights: {fit: %s, proximity: 0, ties: 0, size: 0, qualification: 0, spare: 0}"
    asked = f"candidates({CASTING}, {given}, asOf: 2024) {{ rows {{ parts {{ weight }} }} }}"
    one = f"{{ {TOWN} {{ {asked} }} }}"
    rows = (await service.data(one % 2))["town"]["candidates"]["rows"]
    assert {part["weight"] for part in rows[0]["parts"]} == {0.0, 1.0}
    for weight in (0, -1):
        ((code, argument, _),) = await service.errors(one % weight)
        assert (code, argument) == ("BAD_USER_INPUT", "weights")


async def test_a_matrix_needs_a_threshold_for_other_measures(service):
    ((code, _, message),) = await service.errors("{ similarityMatrix(measure: KRUGMAN) { output } }")
    assert code == "BAD_USER_INPUT"
    assert "请给出" in message
