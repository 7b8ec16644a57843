"""What if on the demo: who settles keeps selling to the town, who closes takes its sales along."""

import csv

import pytest

from tests.schema.conftest import TABLES

DINGXIANG, STEEL, SELLER = "town:dingxiang-flange", "product:steel", "org:sample-370000-steel-02"


def table(name):
    with (TABLES / f"{name}.csv").open(encoding="utf-8") as lines:
        return [*csv.DictReader(lines)]


def sold(**ends):
    """What the table of supplies says of 2025, as numbers; every end and product that is given must be so."""
    rows = [row for row in table("SUPPLIES") if row["year"] == "2025"]
    return [
        float(row["value"])
        for row in rows
        if row["value"] and all(row[end] in ids for end, ids in ends.items())
    ]


async def test_the_best_candidate_for_steel_settles(service):
    """397 million yuan more are local, by the table, of the same purchases in all."""
    members = {row["from"] for row in table("MEMBER_OF") if row["to"] == DINGXIANG}
    moved = sold(**{"from": {SELLER}, "to": members, "product": {STEEL}})
    assert (len(moved), sum(moved)) == (10, 397_377_000.0)
    edits = f'[{{open: {{id: "org:what-if-1", name: "落户", town: "{DINGXIANG}", makes: "{STEEL}", '
    edits += f'takesOver: "{SELLER}"}}}}]'
    whole = "whole { local total rate }"
    both = f"before {{ {whole} }} after {{ {whole} }}"
    asked = f'caveat losses {{ sold }} townLocalSourcing(id: "{DINGXIANG}") {{ {both} }}'
    found = (await service.data(f"{{ whatIf(asOf: 2025, edits: {edits}) {{ {asked} }} }}"))["whatIf"]
    before, after = (found["townLocalSourcing"][side]["whole"] for side in ("before", "after"))
    assert after["total"] == pytest.approx(before["total"])
    assert after["local"] == pytest.approx(before["local"] + sum(moved))
    assert (before["rate"], after["rate"]) == (
        pytest.approx(614_674_000 / 3_128_852_400),
        pytest.approx(1_012_051_000 / 3_128_852_400),
    )
    assert "共 11 笔，已计量 39,738 万元/年，另 1 笔金额不详，算作本地" in found["caveat"]
    assert found["losses"] == []


async def test_the_greatest_leader_closes(service):
    """The local rate rises from 19.6 %; the answer says what is gone, and that nobody knows its output."""
    lost = "losses { organisation { id } towns { id } output revenue sold bought }"
    rate = f'townLocalSourcing(id: "{DINGXIANG}") {{ after {{ whole {{ local total rate }} }} }}'
    closing = '[{close: {organisation: "org:tianbao-group"}}]'
    data = await service.data(f"{{ whatIf(asOf: 2025, edits: {closing}) {{ caveat {lost} {rate} }} }}")
    (found,) = data["whatIf"]["losses"]
    others = {row["to"] for row in table("SUPPLIES")} - {"org:tianbao-group"}
    assert found["sold"] == pytest.approx(sum(sold(**{"from": {"org:tianbao-group"}, "to": others})))
    assert (found["output"], found["revenue"]) == (None, None)
    assert [one["id"] for one in found["towns"]] == [DINGXIANG]
    whole = data["whatIf"]["townLocalSourcing"]["after"]["whole"]
    assert whole["total"] == pytest.approx(3_128_852_400 - found["bought"])
    assert whole["rate"] > 614_674_000 / 3_128_852_400
    assert "可能只因分母变小而上升" in data["whatIf"]["caveat"]
