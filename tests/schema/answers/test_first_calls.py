"""Whom to call for a gap: the page, the investment-promotion list and the briefing say the same of each."""

import csv
import io
import re
from pathlib import Path

import pytest

from api.http.list_books import Wanted, book
from loaders.word.town_page import town_words
from queries.briefings.town import town_briefing
from queries.gaps.gaps import gaps
from queries.gaps.terms import GapAction
from queries.lists.promotion import omission

YEAR, LISTED = 2024, 5
QUERIES = Path(__file__).parents[3] / "api" / "page" / "queries"
FRAGMENTS = "".join(path.read_text() for path in sorted((QUERIES / "fragments").glob("*.graphql")))
CANDIDATES = (QUERIES / "candidates.graphql").read_text()
METHOD = "fragment MethodParts" + FRAGMENTS.partition("fragment MethodParts")[2].partition("\nfragment ")[0]


def promoted(snapshot, town):
    """The rows of the Excel list by the gap that they are of, and what is said below them."""
    asked = {"town": town, "asOf": str(YEAR), "first": "100", "format": "csv"}
    text = book(snapshot, Wanted("promotion", asked)).content.decode("utf-8-sig")
    table, _, notes = text.partition("\r\n\r\n")
    rows = {}
    for row in csv.DictReader(io.StringIO(table)):
        rows.setdefault(row["缺失/薄弱环节"], []).append(row)
    return rows, notes


async def test_page_list_and_briefing_say_the_same_of_every_gap_of_every_town(service):
    snapshot = await service.keeper.ready()
    table, seen = snapshot.nodes["Town"], set()
    for row in table.rows:
        town, home = snapshot.id_of(row), snapshot.name_of(row)
        found = gaps(snapshot, town, as_of=YEAR, first=100)
        briefing = town_briefing(snapshot, town, as_of=YEAR, first=20)
        lines = {line.product: line for one in briefing.gaps for line in one.rows}
        words = {cells["环节"]: cells["首选"] for cells in town_words(snapshot, briefing)["缺口"]}
        rows, notes = promoted(snapshot, town)
        for ranking in found.actions:
            for gap in ranking.rows:
                if gap.product not in lines:
                    continue  # a briefing has the first 20
                name, line = snapshot.name_of(gap.product), lines[gap.product]
                told = [snapshot.name_of(one.organisation) for one in line.candidates]
                here = (home, name)
                if ranking.action is GapAction.SECURE:
                    assert name not in rows, here
                    suppliers = [snapshot.name_of(one.organisation) for one in gap.suppliers]
                    assert (line.candidate_count, told) == (gap.suppliers_count, suppliers[:2]), here
                    continue
                asked = {"town": town, "product": snapshot.id_of(gap.product), "asOf": YEAR}
                page = (await service.data(CANDIDATES + METHOD, **asked))["town"]["candidates"]
                local = [one["organisation"]["name"] for one in page["local"]]
                away = [one["organisation"]["name"] for one in page["rows"]][: page["listedCount"]]
                assert line.candidate_count == page["localCount"] + page["listedCount"], here
                assert line.staying_count == page["count"] - page["invitableCount"], here
                assert told == [*local, *away][:2], here
                if name in words and line.candidate_count > 2:
                    assert words[name].endswith(f"等{line.candidate_count}家"), here
                if omission(gap, 500_000.0):
                    assert name not in rows, here
                    continue
                listed = [one["目标企业"] for one in rows[name] if one["目标企业"]]
                assert listed == away[:LISTED], here
                if page["listedCount"] > LISTED:
                    assert f"{name}：候选企业共 {page['listedCount']} 家，列出 {LISTED} 家" in notes, here
                if not listed and local:
                    (reasons,) = (one["匹配理由"] for one in rows[name])
                    assert f"本镇已有 {page['localCount']} 家生产（{'、'.join(local[:LISTED])}" in reasons, (
                        here
                    )
                seen.add(ranking.action)
    assert seen == {GapAction.FILL, GapAction.STRENGTHEN, GapAction.EXTEND}


@pytest.mark.parametrize(
    ("product", "local", "count", "listed"),
    [
        # Of 7 makers of moulds elsewhere one makes forging dies; 6 are of their class alone.
        ("product:forging-die", 0, 7, 1),
        # Two firms of the town test without destroying, and nobody elsewhere in the graph does.
        ("product:nondestructive-testing", 2, 0, 0),
        # Six steel works in three provinces, of which the list names five.
        ("product:steel", 0, 6, 6),
    ],
)
async def test_the_gaps_that_were_told_three_ways(service, product, local, count, listed):
    asked = {"town": "town:dingxiang-flange", "product": product, "asOf": YEAR}
    page = (await service.data(CANDIDATES + METHOD, **asked))["town"]["candidates"]
    assert (page["localCount"], page["count"], page["listedCount"]) == (local, count, listed)
    _, notes = promoted(await service.keeper.ready(), "town:dingxiang-flange")
    assert re.search("锻造用钢材：候选企业共 6 家，列出 5 家", notes)
    assert "锻造模具：另有 6 家只是同属一个行业小类，未列" in notes
