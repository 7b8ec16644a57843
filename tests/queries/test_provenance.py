"""What answers rest on: worlds by hand, in which every number of a provenance is written out."""

import numpy as np
import pytest

from graph.kinds.entities import Town
from graph.kinds.facts import Source
from graph.kinds.relations import InputOf, Makes, MemberOf, Needs, Supplies
from graph.kinds.terms import Grade, Proximity, TownLevel, TownStatus
from graph.snapshot.invented import without_invented
from graph.snapshot.snapshot import Snapshot
from queries.gaps.gaps import gaps
from queries.gaps.terms import GapAction
from queries.linkage.accounts import accounts
from queries.linkage.concentration import ConcentrationOf, concentration
from queries.linkage.extraction import extraction
from queries.linkage.single_sources import single_sourced
from queries.network.centrality import centrality
from queries.network.paths import paths
from queries.network.walk import walk
from queries.provenance import NOTHING_REAL, GradeRows, Rows, ShareBasis, provenance
from tests.graph.snapshot.test_invented import firm, good, revenue, source

YEAR = 2024


def flow(start, end, value, by="source:true", year=YEAR, **more):
    ends = {"start": f"org:{start}", "end": f"org:{end}", "product": "product:p"}
    return Supplies(**ends, year=year, value=value, source=by, **more)


NODES = [
    *(firm(name) for name in "abcd"),
    firm("m", made_up=True),
    source("true"),
    source("false", made_up=True),
    Source(id="source:good", name="good", grade=Grade.A),
    good("p"),
    revenue("a", "org:a", "source:good"),
    revenue("b", "org:b", "source:true", made_up=True),
]
FLOWS = [
    flow("a", "b", 100.0, "source:good"),
    flow("m", "b", 300.0),  # invented: its seller is
    flow("b", "c", 40.0, None, None),  # nobody says so, of no year
    flow("c", "d", 500.0, year=2019),  # older than three years: a link, whose figure counts no more
    flow("d", "c", 60.0, "source:false", 2022),  # invented: its source is
]
WORLD = Snapshot.of(
    NODES,
    [*FLOWS, Needs(start="org:b", end="product:p", value=600.0, year=YEAR, origin=Proximity.ABROAD)],
    newest_year=YEAR,
)


def of(answer, snapshot=WORLD):
    return provenance(snapshot, answer.method.used(), answer.method.as_of)


def test_a_walk_rests_on_the_links_that_it_shows():
    found = of(walk(WORLD, "org:b", as_of=YEAR, depth=1))
    # a→b (100, A) and m→b (300, B, invented): 300 ÷ 400.
    assert (found.rows, found.invented, found.invented_share) == (2, 1, 0.75)
    assert found.weighed_by is ShareBasis.SUPPLY_VALUE
    assert found.in_words == "其中 75 % 的供应额为虚构样例"
    assert found.grades == [GradeRows(Grade.A, 1), GradeRows(Grade.B, 1)]
    assert (found.oldest_year, found.undated, found.source_count) == (YEAR, 0, 2)


def test_what_is_too_old_or_without_a_year_is_said():
    found = of(walk(WORLD, "org:d", as_of=YEAR, depth=2))
    # c→d (2019: its 500 weigh nothing) and b→c (undated, no source); d→c is a link of a circle, and shown.
    assert found.rows == 3
    assert (found.invented, found.invented_share) == (1, 60 / 100)
    assert (found.oldest_year, found.undated) == (2019, 1)
    assert found.grades == [GradeRows(Grade.B, 2), GradeRows(None, 1)]


def test_single_sources_rest_on_what_the_buyers_buy_from_anybody():
    found = of(single_sourced(WORLD, as_of=YEAR))
    # Five flows and what b buys abroad: (300 + 60) ÷ (100 + 300 + 40 + 60 + 600), 2019's 500 left out.
    assert (found.rows, found.invented) == (6, 2)
    assert found.invented_share == pytest.approx(360 / 1_100)


def test_concentration_of_output_rests_on_revenue_and_on_sales_where_there_is_none():
    found = of(concentration(WORLD, as_of=YEAR))
    # Revenues of 5 yuan: a and b sell more than that, so sales stand for them: a→b, b→c; m→b and d→c beside.
    assert (found.rows, found.invented) == (4, 2)
    assert found.invented_share == pytest.approx(360 / 500)
    made = Snapshot.of(
        NODES, [Makes(start="org:a", end="product:p", output=3.0), Makes(start="org:m", end="product:p")]
    )
    found = of(concentration(made, as_of=YEAR, product="product:p", of=ConcentrationOf.OUTPUT), made)
    assert (found.rows, found.invented, found.invented_share) == (2, 1, 0.5)
    assert found.weighed_by is ShareBasis.ROWS
    assert found.in_words == "所用 2 行事实与关系中 1 行为虚构样例"


def test_claims_of_one_metric_weigh_by_their_values():
    rows = Rows(claims=np.array([0, 1]))
    found = provenance(WORLD, rows | rows, YEAR)
    assert (found.rows, found.invented, found.invented_share) == (2, 1, 0.5), "each row counts once"
    assert found.weighed_by is ShareBasis.CLAIM_VALUE
    assert found.in_words == "其中 50 % 的指标数值为虚构样例"


def test_extraction_rests_on_the_flows_whose_buyer_has_an_output_and_on_the_outputs():
    found = of(extraction(WORLD, "org:b", as_of=YEAR))
    # b has an output (40 of sales), c has none that is measured in time, d has 60: so a→b, m→b, b→c? c's
    # output is unknown (its only sale is of 2019): b→c is final use, yet it is b's output. d→c likewise d's.
    assert np.isnan(accounts(WORLD, as_of=YEAR).output[2])
    assert (found.rows, found.invented) == (4, 2)


def test_centrality_counts_links_whether_measured_or_not_and_paths_those_they_go_over():
    assert of(centrality(WORLD, as_of=YEAR)).rows == 5
    found = of(paths(WORLD, "org:a", "org:c", as_of=YEAR, k=1))
    assert (found.rows, found.invented, found.in_words) == (2, 0, None)


def test_without_the_invented_an_answer_says_that_nothing_is_left():
    real = without_invented(WORLD)
    found = walk(real, "org:b", as_of=YEAR, depth=1)
    assert (of(found, real).invented, of(found, real).in_words) == (0, None)
    assert (found.method.real_only, walk(WORLD, "org:b", as_of=YEAR).method.real_only) == (True, False)
    alone = without_invented(Snapshot.of(NODES, FLOWS[1:2]))
    assert of(walk(alone, "org:b", as_of=YEAR), alone).in_words == NOTHING_REAL


def test_what_a_gap_is_worth_to_extend_into_is_counted():
    """a of s makes p, an essential input of w, and sells it to b elsewhere, who makes w: an invented sale."""
    nodes = [firm("a"), firm("b"), source("true"), source("false", made_up=True), good("p"), good("w")]
    nodes += [Town(id="town:s", name="s", level=TownLevel.COUNTY, status=TownStatus.CANDIDATE)]
    relations = [
        MemberOf(start="org:a", end="town:s"),
        Makes(start="org:a", end="product:p", source="source:true"),
        Makes(start="org:b", end="product:w", source="source:true"),
        InputOf(start="product:p", end="product:w", essential=True, source="source:true"),
        flow("a", "b", 70.0, "source:false"),
    ]
    snapshot = Snapshot.of(nodes, relations, newest_year=YEAR)
    answer = gaps(snapshot, "town:s", as_of=YEAR)
    (row,) = answer.rows
    assert (row.action, row.parts[0].value) == (GapAction.EXTEND, 70.0)
    found = of(answer, snapshot)
    assert (found.invented, found.invented_share, found.weighed_by) == (1, 1.0, ShareBasis.SUPPLY_VALUE)


def test_a_real_revenue_beside_an_invented_maker_does_not_make_it_weigh_nothing():
    rows = Rows({"MAKES": np.array([0])}, claims=np.array([0]))
    made = Snapshot.of(NODES, [Makes(start="org:m", end="product:p")], newest_year=YEAR)
    found = provenance(made, rows, YEAR)
    assert (found.rows, found.invented, found.invented_share) == (2, 1, 0.5)
    assert found.weighed_by is ShareBasis.ROWS
