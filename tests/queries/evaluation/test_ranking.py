"""Rankings of small provinces: who takes part, what changed, trials, drafts of notices, refusals."""

import json
from dataclasses import replace
from datetime import date

import pytest

from graph.errors import BadInput, NotFound
from graph.kinds.entities import Town
from graph.kinds.metrics import Metric
from graph.kinds.papers import Standard
from graph.kinds.terms import Bound, StandardPurpose, TownLevel, TownStatus
from graph.snapshot.snapshot import Snapshot
from queries.evaluation.card import evaluation_card
from queries.evaluation.changes import ScoreChangeReason
from queries.evaluation.notices import notice_drafts
from queries.evaluation.ranking import ranking, try_ranking
from queries.evaluation.readings import IndicatorState
from queries.evaluation.standings import RENORMALISED
from tests.queries.networks import claim

SET = "standard:set:1"
INDICATORS = [
    ("output", "output_value", 60, "MIN_MAX", "EXCLUDE", {}),
    ("entities", "market_entities", 20, "RANK", "EXCLUDE", {}),
    (
        "above",
        "above_scale_enterprises",
        20,
        "THRESHOLDS",
        "ZERO",
        {"points": [{"at_least": 5, "points": 100}]},
    ),
]
FIGURES = {
    "a": {2023: (100e8, 50, 9), 2024: (110e8, 50, 9)},
    "b": {2023: (60e8, 70, 4), 2024: (90e8, 70, 6)},
    "c": {2023: (20e8, 90, 9), 2024: (10e8, 90, 9)},
    "d": {2024: (60e8, None, 1)},
}
METRICS = Metric.OUTPUT_VALUE, Metric.MARKET_ENTITIES, Metric.ABOVE_SCALE_ENTERPRISES


def criteria(**weights):
    return json.dumps(
        {
            "indicators": [
                {
                    "id": id,
                    "measure": measure,
                    "weight": weights.get(id, weight),
                    "direction": "UP",
                    "scaling": scaling,
                    "missing": missing,
                    **more,
                }
                for id, measure, weight, scaling, missing, more in INDICATORS
            ]
        }
    )


def town(key, *, status=TownStatus.RECOGNISED, level=TownLevel.PROVINCIAL, since=None, until=None):
    return Town(
        id=f"town:{key}", name=key, level=level, status=status, recognised_on=since, withdrawn_on=until
    )


def snapshot_of(figures=FIGURES, *more, bounds=()):
    nodes = [
        town("a", since=date(2022, 9, 1)),
        town("b"),
        town("c", since=date(2022, 9, 1)),
        town("d", since=date(2024, 3, 1)),
        town("e", status=TownStatus.CANDIDATE, level=TownLevel.COUNTY),
        town("f", since=date(2022, 9, 1), until=date(2024, 6, 1)),
        Standard(
            id=SET,
            name="指标体系",
            purpose=StandardPurpose.EVALUATION,
            version="1",
            criteria=criteria(),
        ),
        Standard(
            id="standard:tiers:1",
            name="分档",
            purpose=StandardPurpose.CLASSES,
            version="1",
            criteria='{"classes": [{"id": "all", "words": "全部"}], "subject": "TOWN"}',
        ),
        *more,
    ]
    claims = [
        replace(claim(f"town:{key}", value, metric, year), bound=dict(bounds).get((key, metric), Bound.EXACT))
        for key, years in figures.items()
        for year, values in years.items()
        for metric, value in zip(METRICS, values, strict=True)
        if value is not None
    ]
    return Snapshot.of([*nodes, *claims], [], newest_year=2024)


def names(snapshot, rows):
    return [snapshot.id_of(row).removeprefix("town:") for row in rows]


def test_the_ranking_is_the_one_computed_by_hand():
    """Output 10–110: a 100, b 80, c 0, d 50; entities by place: a 0, b 50, c 100; above: d 0, others 100.

    a = 60 + 0 + 20 = 80; b = 48 + 10 + 20 = 78; c = 0 + 20 + 20 = 40;
    d without entities: (30 + 0) ÷ 0.8 = 37.5.
    """
    snapshot = snapshot_of()
    found = ranking(snapshot, as_of=2024, standard=SET)
    assert names(snapshot, [row.town for row in found.rows]) == ["a", "b", "c", "d"]
    assert [row.total for row in found.rows] == [80, 78, 40, 37.5]
    assert [row.rank for row in found.rows] == [1, 2, 3, 4]
    last = found.rows[3]
    assert [one.state for one in last.indicators] == [
        IndicatorState.KNOWN,
        IndicatorState.UNKNOWN,
        IndicatorState.KNOWN,
    ]
    assert [one.share for one in last.indicators] == pytest.approx([0.75, 0, 0.25])
    assert (last.known_weight, found.count, found.unranked_count) == (pytest.approx(0.8), 4, 0)
    assert {snapshot.id_of(one.town): one.reason for one in found.not_evaluated} == {
        "town:e": "候选镇，尚未认定",
        "town:f": "已于 2024-06-01 撤销认定",
    }
    assert found.note == f"1 个镇的认定日期不详，每年都计入；{RENORMALISED}"  # d's 0.75 of 0.6
    assert [row.unsettled for row in found.rows] == [False] * 4
    # d's entities move the places of the others: a and b stay ahead, c may fall behind a better d.
    assert [(row.interval.best, row.interval.worst) for row in found.rows] == [(1, 2), (1, 2), (3, 4), (3, 4)]


def test_a_change_adds_up_and_names_who_moved():
    snapshot = snapshot_of()
    found = ranking(snapshot, as_of=2024, standard=SET)
    by_town = dict(zip("abcd", found.rows, strict=True))
    # 2023: output 20–100 (f has none): a 100, b 50, c 0; b's 4 above scale give it 0: a 80, b 40, c 40.
    b = by_town["b"].changed
    assert (b.rank_before, b.total_before, b.ranks, b.total) == (2, 40, 0, 38)
    assert sum(one.contribution for one in b.indicators) == pytest.approx(38)
    assert {one.indicator: (round(one.contribution, 6), one.reason) for one in b.indicators} == {
        "output": (18, ScoreChangeReason.OWN_VALUE),
        "entities": (0, ScoreChangeReason.UNCHANGED),
        "above": (20, ScoreChangeReason.OWN_VALUE),
    }
    c = by_town["c"].changed
    assert (c.rank_before, c.ranks) == (2, -1)
    assert names(snapshot, c.overtaken_by) == ["b"]
    assert by_town["d"].changed is None
    assert (names(snapshot, found.entered), names(snapshot, found.left)) == (["d"], [])
    for row in found.rows:
        if row.changed is not None:
            one = row.changed
            moves = len(one.overtook) + len(one.left_above) - len(one.overtaken_by) - len(one.entered_above)
            assert one.ranks == moves


def test_too_little_known_is_not_ranked_and_says_so():
    snapshot = snapshot_of({**FIGURES, "d": {2024: (None, 3, 1)}})
    found = ranking(snapshot, as_of=2024, standard=SET)
    assert (found.count, found.unranked_count) == (3, 1)
    last = found.rows[3]
    assert (last.rank, last.total, last.stability) == (None, None, None)
    card = evaluation_card(snapshot, "town:d", as_of=2024, standard=SET)
    assert card.unknown_reason == "已知的权重只有 40 %：不排名"
    asked = ranking(snapshot, as_of=2024, standard=SET, least_known=0.4)
    assert asked.count == 4


def test_a_bound_is_scored_as_stated_and_leaves_the_rank_open():
    snapshot = snapshot_of(bounds={("c", Metric.OUTPUT_VALUE): Bound.AT_LEAST})
    found = ranking(snapshot, as_of=2024, standard=SET)
    by_town = {snapshot.id_of(row.town): row for row in found.rows}
    c = by_town["town:c"]
    assert (c.indicators[0].state, c.indicators[0].high) == (IndicatorState.PARTLY, None)
    assert (c.interval.best, c.interval.best_exact) == (1, True)
    assert (c.as_scored.best, c.as_scored.worst) == (3, 4)


def test_nobody_knows_anything_then_nobody_is_ranked():
    snapshot = snapshot_of({})
    found = ranking(snapshot, as_of=2024, standard=SET)
    assert (found.count, [row.rank for row in found.rows]) == (0, [None] * 4)
    assert "都没有已知数据：无法排名" in found.unknown_reason
    drafts = notice_drafts(snapshot, as_of=2024, standard=SET, last=0, praise=0)
    assert (list(drafts.drafts), drafts.unknown_reason) == ([], found.unknown_reason)


def test_a_trial_of_weights_stands_beside_the_ranks_in_force():
    snapshot = snapshot_of()
    found = try_ranking(snapshot, as_of=2024, standard=SET, weights={"output": 0, "above": 0})
    # Entities alone: c 100, b 50, a 0; d has none.
    assert found.trial
    assert [(row.rank, row.reference_rank) for row in found.rows] == [(1, 3), (2, 2), (3, 1), (None, 4)]
    assert names(snapshot, [row.town for row in found.rows]) == ["c", "b", "a", "d"]
    draft = try_ranking(snapshot, as_of=2024, criteria=criteria(output=0, above=0))
    assert [row.total for row in draft.rows] == [row.total for row in found.rows]
    assert [row.reference_rank for row in draft.rows] == [None] * 4


def test_drafts_name_the_weakest_and_the_unknown_and_praise_the_first():
    snapshot = snapshot_of()
    found = notice_drafts(snapshot, as_of=2024, standard=SET, last=1, praise=2)
    (draft,) = found.drafts
    assert snapshot.id_of(draft.town.town) == "town:d"
    # d lost 0.75·50 = 37.5 on output and 0.25·100 = 25 on above.
    assert [(one.indicator, one.lost) for one in draft.weakest] == [
        ("output", pytest.approx(37.5)),
        ("above", pytest.approx(25)),
    ]
    assert [one.indicator for one in draft.unknown] == ["entities"]
    assert not draft.settled
    assert "数据不详、请先补报：市场主体数" in draft.reason
    assert names(snapshot, [one.town.town for one in found.praise]) == ["a", "b"]
    assert [one.settled for one in found.praise] == [True, True]


def test_ranks_that_are_open_are_those_among_all_that_take_part_and_shaky_when_all_are():
    """Of four only a and b are known enough (0.6): a before b, and c and d may come before or behind either.

    Nobody's weights are scaled up but those of c and d, who have no rank: nothing is said of that.
    """
    values = {"a": {2024: (50e8, 10, 9)}, "b": {2024: (40e8, 10, 9)}}
    values |= {key: {2024: (None, 10, 9)} for key in "cd"}
    found = ranking(snapshot_of(values), as_of=2024, standard=SET)
    # b may come as near to a as one likes, so that its bounds say that it may be equal: all of 1 to 4.
    assert [row.rank for row in found.rows] == [1, 2, None, None]
    assert [row.unsettled for row in found.rows] == [False, True, True, True]
    assert (found.count, found.unranked_count) == (2, 2)
    assert RENORMALISED not in (found.note or "")
    card = evaluation_card(snapshot_of(values), "town:a", as_of=2024, standard=SET)
    assert card.in_words.startswith("2 镇中第 1 名（未知事实查明后可为参评 4 镇中第 1 至 3 名），")
    alone = {"a": values["a"]} | {key: {2024: (None, 10, 9)} for key in "bcd"}
    card = evaluation_card(snapshot_of(alone), "town:a", as_of=2024, standard=SET)
    assert card.town is not None
    assert card.town.unsettled
    assert card.in_words.startswith("1 镇中第 1 名（名次不稳：未知事实查明后可为参评 4 镇中第 1 至 4 名），")


def test_a_draft_says_that_a_rank_is_shaky():
    """a leads b by what is known, 80 % of the weights; of the rest nothing: with it either may be first."""
    values = {"a": {2024: (50e8, None, 9)}, "b": {2024: (50e8, None, 10)}}
    found = notice_drafts(snapshot_of(values), as_of=2024, standard=SET, last=1, praise=1)
    for one in (*found.drafts, *found.praise):
        assert "名次不稳：未知事实查明后可为" in one.reason
        assert not one.settled


def test_who_ties_with_the_last_is_drafted_too_and_nobody_where_all_are_equal():
    tied = {key: {2024: (50e8, 10, 9)} for key in "abcd"} | {"a": {2024: (90e8, 10, 9)}}
    found = notice_drafts(snapshot_of(tied), as_of=2024, standard=SET, last=1, praise=1)
    assert (len(found.drafts), len(found.praise)) == (3, 1)
    equal = {key: {2024: (50e8, 10, 9)} for key in "abcd"}
    found = notice_drafts(snapshot_of(equal), as_of=2024, standard=SET, last=1, praise=1)
    assert (len(found.drafts), len(found.praise)) == (0, 0)


def test_a_card_says_where_a_town_stands_in_each_indicator():
    snapshot = snapshot_of()
    card = evaluation_card(snapshot, "town:b", as_of=2024, standard=SET)
    # Output: 110, 90, 60, 10: median 75. Entities: 50, 70, 90: median 70.
    assert [
        (one.indicator, one.place, one.of, one.gap_to_median, one.could_gain) for one in card.standings
    ] == [
        ("output", 2, 4, 15e8, pytest.approx(12)),
        ("entities", 2, 3, 0, pytest.approx(10)),
        ("above", 1, 4, -1.5, 0),
    ]
    assert card.in_words.startswith(
        "4 镇中第 2 名（未知事实查明后可为第 1 至 2 名），78.0 分；与上年持平；失分最多"
    )
    candidate = evaluation_card(snapshot, "town:e", as_of=2024, standard=SET)
    assert (candidate.town, candidate.unknown_reason) == (None, "2024 年未参评：候选镇，尚未认定")
    tried = evaluation_card(snapshot, "town:e", as_of=2024, standard=SET, include_candidates=True)
    assert tried.town is not None


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"standard": "standard:tiers:1"}, "用于分档，这里应为用于评价的标准"),
        ({"level": TownLevel.CITY}, "没有可参评的市级专业镇"),
        ({"level": TownLevel.COUNTY}, "includeCandidates: true"),
        ({"draws": 0}, "draws：抽样次数应在 1 到 10000 之间"),
        ({"spread": 1.5}, "spread：权重浮动幅度应在 0 到 1 之间"),
        ({"spread": float("nan")}, "spread"),
        ({"seed": -1}, "seed：种子应不小于 0"),
        ({"first": 0}, "first：应在 1 到 500 之间"),
        ({"least_known": 1.1}, "leastKnown：应在 0 到 1 之间"),
    ],
)
def test_bad_questions_are_refused_by_their_argument(asked, said):
    with pytest.raises(BadInput, match=said):
        ranking(snapshot_of(), as_of=2024, **{"standard": SET, **asked})


def test_an_unknown_standard_is_not_found():
    with pytest.raises(NotFound, match="standard：图中没有"):
        ranking(snapshot_of(), as_of=2024, standard="standard:nobody:1")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "应至少给出一个"),
        ({"standard": SET, "weights": {"output": 0, "entities": 0, "above": 0}}, "权重不能全为 0"),
        ({"standard": SET, "weights": {"output": -1}}, "权重应为不小于 0 的数"),
        ({"standard": SET, "weights": {"nobody": 1}}, "没有指标 “nobody”，可用 above、entities、output"),
        ({"criteria": criteria(output=0, entities=0, above=0)}, "权重全为 0"),
        ({"criteria": "{"}, "criteria：1 处有误"),
    ],
)
def test_bad_trials_are_refused(asked, said):
    with pytest.raises(BadInput, match=said):
        try_ranking(snapshot_of(), as_of=2024, **asked)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"last": 5}, "last：应在 0 到 4 之间"),
        ({"last": -1}, "last：应在 0 到 4 之间"),
        ({"praise": 9}, "praise：应在 0 到 4 之间"),
        ({"last": 3, "praise": 2}, "同一镇不能既督办又表扬"),
    ],
)
def test_drafts_out_of_range_are_refused(asked, said):
    with pytest.raises(BadInput, match=said):
        notice_drafts(snapshot_of(), as_of=2024, standard=SET, **asked)


def test_a_score_names_the_claims_of_the_town_itself_and_counts_all_that_were_used():
    snapshot = snapshot_of()
    row = ranking(snapshot, as_of=2024, standard=SET).rows[0]
    claims, first = snapshot.nodes["Claim"], snapshot.nodes["Claim"].first
    for one, used in zip(row.indicators, METRICS, strict=True):
        assert one.claims_count == len(one.claims) == 1
        place = one.claims[0] - first
        assert (claims["subject"][place], claims["year"][place]) == (row.town, 2024)
        assert list(Metric)[claims["metric"][place]] is used
