"""Sources, conflicts, histories, freshness, completeness and changes of the demo, asked through GraphQL."""

import csv
from pathlib import Path

import pytest

TABLES = Path(__file__).parents[3] / "loaders" / "shanxi" / "tables"


def rows(kind):
    with (TABLES / f"{kind}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


CONFLICT = """subject { id } metric scope spread
    chosen { value year source { id url publishedOn grade } }
    others { rival difference why { reason words } claim { value year source { id } } }"""


async def test_all_that_is_said_of_the_exports_of_dingxiang(service):
    data = await service.data(
        f"""{{ town(id: "town:dingxiang-flange") {{ conflicts(metric: MARKET_SHARE, asOf: 2025) {{
            count flowCount unknownReason rows {{ {CONFLICT} }} }} }} }}"""
    )
    found = data["town"]["conflicts"]
    (export,) = [row for row in found["rows"] if row["scope"] == "EXPORT"]
    assert export["chosen"]["value"] == pytest.approx(0.3)
    assert export["chosen"]["source"] == {
        "id": "source:71396-2025",
        "url": "https://www.71396.com/s-2-fc3935a256fb58de",
        "publishedOn": None,
        "grade": "C",
    }
    assert [(o["claim"]["value"], o["claim"]["year"], o["rival"]) for o in export["others"]] == [
        (pytest.approx(0.62), 2006, False),
        (pytest.approx(0.7), None, True),
    ]
    assert [o["why"]["words"] for o in export["others"]] == [
        "年份较新：2025，另一条为 2006",
        "只有采用的一条写明年份：2025",
    ]
    assert export["spread"] == pytest.approx(0.4 / 0.3)
    assert found["flowCount"] is None
    said = [
        r
        for r in rows("Claim")
        if (r["subject"], r["metric"], r["scope"]) == ("town:dingxiang-flange", "MARKET_SHARE", "EXPORT")
    ]
    assert len(said) == 1 + len(export["others"])


async def test_no_figure_of_the_demo_is_of_another_size(service):
    data = await service.data(
        """{ conflicts(asOf: 2024) { doubtfulCount doubtful { claim { id value } reason chosen } } }"""
    )
    assert data["conflicts"] == {"doubtfulCount": 0, "doubtful": []}


async def test_two_sources_agree_on_the_chain_output_of_qingxu(service):
    asked = f"""query($agreeing: Boolean!) {{ conflicts(town: "town:qingxu-vinegar", metric: OUTPUT_VALUE,
        agreeing: $agreeing, asOf: 2024) {{ rows {{ {CONFLICT} }} }} }}"""
    assert (await service.data(asked, agreeing=False))["conflicts"]["rows"] == []
    (row,) = (await service.data(asked, agreeing=True))["conflicts"]["rows"]
    assert (row["scope"], row["spread"]) == ("CHAIN", 0)
    assert (row["chosen"]["value"], row["chosen"]["year"]) == (pytest.approx(6.5e9), 2024)
    assert row["chosen"]["source"]["id"] == "source:cnfin-20240517"
    (other,) = row["others"]
    assert (other["claim"]["value"], other["claim"]["year"]) == (pytest.approx(6.5e9), 2021)
    assert (other["claim"]["source"]["id"], other["rival"]) == ("source:yazhou-20210927", False)


async def test_the_share_of_qingxu_fell_and_is_in_no_dispute(service):
    """30 % of 2021 and 20 % of 2024, by two sources: history."""
    data = await service.data(
        f"""query($agreeing: Boolean!) {{ conflicts(town: "town:qingxu-vinegar", metric: MARKET_SHARE,
            agreeing: $agreeing, asOf: 2024) {{ rows {{ {CONFLICT} }} }} }}""",
        agreeing=True,
    )
    (row,) = data["conflicts"]["rows"]
    assert row["chosen"]["value"] == pytest.approx(0.2)
    assert [(o["claim"]["value"], o["rival"]) for o in row["others"]] == [(pytest.approx(0.3), False)]


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025])
async def test_the_figures_in_dispute_are_those_of_one_year_or_of_none(service, year):
    """Read off the table: another source, the same year or none, 5 % apart; none invented against real."""
    groups = {}
    for row in rows("Claim"):
        if not row["year"] or int(row["year"]) <= year:
            key = row["subject"], row["metric"], row["scope"] or "WHOLE", row["product"]
            groups.setdefault(key, []).append(row)
    expected = {key for key, told in groups.items() if in_dispute(told)}
    data = await service.data(
        f"""{{ conflicts(asOf: {year}, first: 500) {{
            rows {{ subject {{ id }} metric scope product {{ id }} }} }} }}"""
    )
    got = {
        (row["subject"]["id"], row["metric"], row["scope"], (row["product"] or {}).get("id", ""))
        for row in data["conflicts"]["rows"]
    }
    assert got == expected
    flanges = [("town:dingxiang-flange", "MARKET_SHARE", scope, "") for scope in ("EXPORT", "WHOLE")]
    # 62 % (2006) and 70 % of no year; from 2025 on 30 % and 70 %, and of the whole 48 % and 30 % of no year.
    assert expected == set(flanges if year == 2025 else flanges[:1])


def in_dispute(told):
    newest = max(int(row["year"] or 0) for row in told)
    (chosen, *same) = sorted(
        (row for row in told if int(row["year"] or 0) == newest),
        key=lambda row: (row["synthetic"] == "true", row["grade"]),
    )
    near = [*same, *(row for row in told if not row["year"])] if newest else same
    value = float(chosen["value"])
    return any(
        abs(float(row["value"]) - value) > 0.05 * value
        for row in near
        if row is not chosen
        and (row["source"] != chosen["source"] or not row["year"])
        and (row["synthetic"] != "true" or chosen["synthetic"] == "true")
    )


async def test_rival_flows_are_those_that_walks_count(service):
    data = await service.data(
        """{ conflicts(first: 500, asOf: 2024) { flowCount count flows {
            chosen { seller { id } buyer { id } product { id } value year rivals source { id } }
            others { value source { id } why { reason words } } } }
            same: conflicts(sameSource: true, asOf: 2024) { count }
            now: conflicts(asOf: 2025) { flowCount } }"""
    )
    found = data["conflicts"]
    assert found["flowCount"] == len(found["flows"]) > 0
    assert data["same"]["count"] == found["count"]  # no source of the demo says two things of one year
    assert data["now"]["flowCount"] == 0  # the second source of flows has spoken of 2023 and 2024 only
    table = rows("SUPPLIES")
    for flow in found["flows"]:
        chosen = flow["chosen"]
        assert chosen["rivals"] == len(flow["others"])
        ends = chosen["seller"]["id"], chosen["buyer"]["id"], chosen["product"]["id"]
        said = {
            (float(r["value"]), r["source"])
            for r in table
            if (r["from"], r["to"], r["product"], r["year"]) == (*ends, "2024")
        }
        assert {(o["value"], o["source"]["id"]) for o in flow["others"]} <= said
        assert (chosen["value"], chosen["source"]["id"]) in said
        assert chosen["year"] == 2024


async def test_the_conflicts_of_every_figure_are_those_of_conflicts(service):
    found = await service.data(
        """{ conflicts(first: 500, asOf: 2024) { count rows { subject { id } metric scope product { id }
            chosen { id } others { rival claim { id } } } } }"""
    )
    expected = {
        (row["subject"]["id"], row["metric"], row["scope"], (row["product"] or {}).get("id", "")): (
            row["chosen"]["id"],
            [other["claim"]["id"] for other in row["others"] if other["rival"]],
        )
        for row in found["conflicts"]["rows"]
    }
    assert len(expected) == found["conflicts"]["count"] > 0
    things = sorted({(r["subject"], r["metric"], r["scope"], r["product"]) for r in rows("Claim")})
    closed = {r["id"] for r in rows("Organisation") if r["closedOn"] and r["closedOn"] <= "2024-12-31"}
    got = {thing: figure for thing, figure in (await figures(service, things)).items() if figure[1]}
    assert {thing: one for thing, one in got.items() if thing[0] not in closed} == expected


async def figures(service, things):
    """Ask for the figure of each subject, metric, scope and product, as many in one request as may be."""
    found = {}
    for begin in range(0, len(things), 20):
        some = things[begin : begin + 20]
        asked = " ".join(f"f{n}: {asking(*thing)}" for n, thing in enumerate(some))
        data = await service.data(f"{{ {asked} }}")
        for n, thing in enumerate(some):
            figure = data[f"f{n}"]["figure"]
            if figure is not None:
                found[thing] = figure["claims"][0]["id"], [claim["id"] for claim in figure["conflicts"]]
    return found


def asking(subject, metric, scope, product):
    kind = {"org": "organisation", "town": "town"}[subject.split(":")[0]]
    of = f"metric: {metric}, scope: {scope or 'WHOLE'}, asOf: 2024"
    of += f', product: "{product}"' if product else ""
    return f'{kind}(id: "{subject}") {{ figure({of}) {{ claims {{ id }} conflicts {{ id }} }} }}'


async def test_the_history_of_a_figure(service):
    data = await service.data(
        """{ history(subject: "town:dingxiang-flange", metric: MARKET_SHARE, scope: EXPORT, asOf: 2025) {
            claims { value year } periods { since until chosen { value } rivals { value } why { reason } }
            unknownReason method { query } } }"""
    )
    found = data["history"]
    assert [c["year"] for c in found["claims"]] == [None, 2006, 2025]
    assert [(p["since"], p["until"], p["chosen"]["value"]) for p in found["periods"]] == [
        (None, 2005, pytest.approx(0.7)),
        (2006, 2024, pytest.approx(0.62)),
        (2025, 2025, pytest.approx(0.3)),
    ]
    again = await service.data(found["method"]["query"])
    assert again["history"]["periods"] == found["periods"]


async def test_the_history_of_an_organisation_is_all_its_rows(service):
    data = await service.data(
        """{ organisation(id: "org:tianbao-group") { history(first: 500, asOf: 2025) { count events {
            relation words outgoing other { id } since until year value product { id } source { id } active }
        } } }"""
    )
    found = data["organisation"]["history"]
    kinds = {e["relation"] for e in found["events"]}
    for kind in kinds:
        mine = [e for e in found["events"] if e["relation"] == kind]
        wanted = [r for r in rows(kind) if "org:tianbao-group" in (r["from"], r["to"])]
        assert len(mine) == len(wanted)
        assert {e["source"]["id"] for e in mine} == {r["source"] for r in wanted}
    years = [e["since"] or e["year"] for e in found["events"]]
    dated = [year for year in years if year]
    assert dated == sorted(dated)
    assert None not in years[: len(dated)]
    assert found["count"] == len(years)


async def test_freshness_and_completeness_of_a_town(service):
    data = await service.data(
        """{ town(id: "town:sample-a") { freshness(asOf: 2024) {
            unknownReason organisationCount organisations { metric known missing } }
            completeness(asOf: 2024) { needed known partly missing share
            requirements { words state known of reason standard { id } } } }
            completeness(first: 3, asOf: 2024) { count rows { town { id } missing }
            unreadable { reason } } }"""
    )
    complete = data["town"]["completeness"]
    assert complete["needed"] == complete["known"] + complete["partly"] + complete["missing"]
    first = {n["words"]: n for n in complete["requirements"]}["至少1家实力较强、行业知名的龙头企业"]
    assert (first["state"], first["known"], first["of"], first["reason"]) == ("KNOWN", 1, 1, None)
    board = data["completeness"]
    missing = [row["missing"] for row in board["rows"]]
    assert missing == sorted(missing, reverse=True)
    assert board["count"] == len(rows("Town"))
    assert board["rows"][0]["town"]["id"] == "town:sample-b"
    assert board["unreadable"] == []
    for one in data["town"]["freshness"]["organisations"]:
        assert one["known"] + one["missing"] == data["town"]["freshness"]["organisationCount"]


async def test_changes_between_two_years(service):
    asked = """{ town(id: "town:dingxiang-flange") { changes(from: 2022, to: 2024, first: 500) { start end
        came { count rows { id foundedOn } } left { rows { id closedOn } } closed { rows { id } }
        begun { count rows { seller { id } buyer { id } source { id } } }
        ended { rows { seller { id } buyer { id } } }
        changed { rows { before { year value } after { year value } difference } }
        figures { rows { metric before { value } after { value year } difference } }
        supplyUnknown unknownReason method { query } } } }"""
    found = (await service.data(asked))["town"]["changes"]
    assert (found["start"], found["end"], found["unknownReason"]) == (2022, 2024, None)
    closed = {r["id"] for r in rows("Organisation") if "2022-12-31" < (r["closedOn"] or "") <= "2024-12-31"}
    assert {r["id"] for r in found["left"]["rows"]} <= closed
    assert {r["id"] for r in found["closed"]["rows"]} <= closed
    assert found["left"]["rows"]
    assert all(r["source"]["id"] for r in found["begun"]["rows"])
    gone = closed & {r["id"] for r in found["left"]["rows"]}
    ended = {end["id"] for r in found["ended"]["rows"] for end in (r["seller"], r["buyer"])}
    assert gone <= ended
    assert {r["metric"]: r["difference"] for r in found["figures"]["rows"]} == {
        "REVENUE": pytest.approx(177e8 - 163e8),
        "RND_SPENDING": pytest.approx(40_700e4 - 31_000e4),
        "ABOVE_SCALE_ENTERPRISES": 70 - 61,
        "MATERIAL_USE": None,
    }
    assert all(
        r["difference"] == pytest.approx(r["after"]["value"] - r["before"]["value"])
        for r in found["changed"]["rows"]
    )
    again = (await service.data(found["method"]["query"]))["town"]["changes"]
    assert again["ended"] == found["ended"]


@pytest.mark.parametrize(
    ("years", "argument"),
    [("from: 2024, to: 2024", "from"), ("from: 2024, to: 2022", "from"), ("from: 1000, to: 2022", "from")],
)
async def test_years_that_do_not_rise_are_refused(service, years, argument):
    found = await service.errors(
        f'{{ town(id: "town:dingxiang-flange") {{ changes({years}) {{ unknownReason }} }} }}'
    )
    assert [e[:2] for e in found] == [("BAD_USER_INPUT", argument)]


async def test_a_year_before_any_data_is_said(service):
    data = await service.data(
        '{ town(id: "town:dingxiang-flange") '
        "{ changes(from: 2000, to: 2024) { unknownReason begun { count } } } }"
    )
    assert "始于 2006 年" in data["town"]["changes"]["unknownReason"]


async def test_none_of_it_is_asked_in_a_what_if(service):
    found = await service.answer('{ __type(name: "WhatIf") { fields { name } } }')
    names = {f["name"] for f in found.data["__type"]["fields"]} if found.data["__type"] else set()
    assert not names & {"conflicts", "history", "freshness", "completeness", "changes"}


async def test_numbers_open_to_their_sources(service):
    data = await service.data(
        """{ organisation(id: "org:tianbao-group") {
            upstream(depth: 1, asOf: 2024) { links { source { id name url publishedOn grade } } }
            suppliers(first: 5, asOf: 2024) { edges { source { id name grade } } }
            towns(first: 5) { edges { source { id name grade } } } }
            claims(subject: "town:qingxu-vinegar", first: 50) {
                nodes { synthetic source { name url publishedOn grade } } }
        }"""
    )
    links = data["organisation"]["upstream"]["links"]
    assert {k["source"]["id"] for k in links} <= {"source:synthetic", "source:synthetic-buyers"}
    assert all(e["source"]["grade"] for e in data["organisation"]["suppliers"]["edges"])
    assert all(e["source"]["name"] for e in data["organisation"]["towns"]["edges"])
    assert all(n["source"]["url"] for n in data["claims"]["nodes"] if not n["synthetic"])
    assert any(not n["synthetic"] for n in data["claims"]["nodes"])
