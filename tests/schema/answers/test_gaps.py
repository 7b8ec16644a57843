"""What the demo was made to show of gaps, matches and ends: figures worked out by hand from its tables.

Of each seller, buyer and product the newest row of SUPPLIES up to 2024 (until and since kept, both ends in
business), of each buyer and product the newest of NEEDS; `source:synthetic` comes before the buyers' source.
Those that members or whoever is located in the town's county buy are added up by product, in yuan.
"""

YANHU = "town:yanhu-pump"
GAPS = """{ town(id: "%s") { gaps(asOf: 2024, first: 100, includeCovered: true) { rows {
  rank state action product { id } reasons { reason because { id } } hhi leaders { id }
  supply { proximity count } demand { total localShare byProximity: byOrigin { proximity value } }
  parts { name value } } ends { bothOutside reason
  upstream { total outsideShare } downstream { total outsideShare } } } } }"""


async def gaps_of(service, town):
    found = (await service.data(GAPS % town))["town"]["gaps"]
    return {row["product"]["id"]: row for row in found["rows"]}, found["ends"]


def reasons(row):
    return {reason["reason"] for reason in row["reasons"]}


async def test_dingxiang_buys_its_steel_outside_and_has_no_downstream(service):
    rows, _ = await gaps_of(service, "town:dingxiang-flange")
    steel = rows["product:steel"]
    assert (steel["rank"], steel["state"], steel["action"]) == (1, "MISSING", "FILL")
    assert "OUTSIDE_ONLY" in reasons(steel)
    assert steel["demand"]["total"] == 2_161_354_000
    assert {one["proximity"]: one["value"] for one in steel["demand"]["byProximity"] if one["value"]} == {
        "COUNTRY": 2_161_354_000
    }
    assert {one["proximity"]: one["count"] for one in steel["supply"] if one["count"]} == {"COUNTRY": 6}
    for product, made in (
        ("product:petrochemical-equipment", "product:flange"),
        ("product:wind-tower", "product:wind-tower-flange"),
    ):
        row = rows[product]
        assert (row["state"], row["action"]) == ("MISSING", "EXTEND")
        because = {r["reason"]: r["because"] for r in row["reasons"]}
        assert because["NO_DOWNSTREAM"] == {"id": made}


async def test_yanhu_has_one_source_of_an_essential_input(service):
    rows, _ = await gaps_of(service, YANHU)
    seal = rows["product:mechanical-seal"]
    assert (seal["state"], seal["action"], seal["hhi"]) == ("WEAK", "STRENGTHEN", 1.0)
    assert "SINGLE_SOURCE" in reasons(seal)
    assert seal["demand"]["total"] == 1_411_600
    assert len(seal["leaders"]) == 2


async def test_qixian_has_both_ends_outside(service):
    rows, ends = await gaps_of(service, "town:qixian-glassware")
    for product, value in (("product:quartz-sand", 75_283_000), ("product:soda-ash", 49_069_000)):
        assert "OUTSIDE_ONLY" in reasons(rows[product])
        assert rows[product]["demand"]["total"] == value
    assert ends["bothOutside"] is True
    # bought: steps of the stage UPSTREAM; sold: those of MIDSTREAM and DOWNSTREAM, to buyers elsewhere
    assert ends["upstream"] == {"total": 150_404_500, "outsideShare": 150_149_700 / 150_404_500}
    assert ends["downstream"] == {"total": 393_078_700, "outsideShare": 379_546_100 / 393_078_700}


async def test_zezhou_makes_what_yanhu_buys_outside(service):
    query = """{ town(id: "town:zezhou-casting") { matches(direction: SELLS, asOf: 2024, first: 100) { rows {
      origin product { id } buyer { id } outsideProvince fromThere unmeasured
      buyers { id } makers { id } } } } }"""
    rows = (await service.data(query))["town"]["matches"]["rows"]
    (match,) = [r for r in rows if (r["product"]["id"], r["buyer"]["id"]) == ("product:pump-casting", YANHU)]
    assert (match["origin"], match["outsideProvince"], match["fromThere"]) == (
        "COUNTRY",
        151_918_800,
        22_685_000,
    )
    assert (match["unmeasured"], len(match["buyers"]), len(match["makers"])) == (4, 12, 5)
