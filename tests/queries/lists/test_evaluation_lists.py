"""The lists of an evaluation and of enterprises near the scale, as files."""

import csv
import io

import pytest
from openpyxl import load_workbook

from api.http.list_books import Wanted, book
from graph.errors import BadInput, NotFound
from queries.evaluation.ranking import ranking
from queries.lists.evaluation_list import evaluation_list
from tests.queries.evaluation.test_ranking import SET, snapshot_of
from tests.queries.growth.test_growth import NEAR, of_firms


def csv_of(content, name, **asked):
    made = book(content, Wanted(name, {"asOf": "2024", "format": "csv"} | asked))
    text = made.content.decode("utf-8-sig")
    return made, list(csv.DictReader(io.StringIO(text))), text


def test_the_ranking_is_a_list_of_all_towns():
    snapshot = snapshot_of()
    made, rows, text = csv_of(snapshot, "ranking", standard=SET)
    assert made.name.startswith("全部专业镇_评价排名_")
    assert made.rows == {"评价排名": 4}
    assert [(row["名次"], row["专业镇"], row["总分"]) for row in rows[:4]] == [
        ("1", "a", "80.0"),
        ("2", "b", "78.0"),
        ("3", "c", "40.0"),
        ("4", "d", "37.5"),
    ]
    assert (rows[1]["上年名次"], rows[1]["升降"], rows[3]["上年名次"]) == ("2", "0", "")
    assert rows[1]["变动主要来由"] == "规上企业数 +20.0、产值 +18.0"
    assert rows[3]["不详的指标"] == "市场主体数"
    # Entities of d between those of a and b put b ahead by 1.3: no world that was tried does so.
    assert rows[0]["名次区间"] == "1 至 约 2"
    assert "权重 60%" in text


def test_the_workbook_says_what_each_indicator_gave_and_what_stands_behind():
    snapshot = snapshot_of()
    made = book(snapshot, Wanted("ranking", {"standard": SET, "asOf": "2024"}))
    pages = load_workbook(io.BytesIO(made.content))
    assert pages.sheetnames == ["评价排名", "评价指标得分", "口径与来源"]
    scores = evaluation_list(snapshot, as_of=2024, standard=SET).scores
    found = ranking(snapshot, as_of=2024, standard=SET)
    for row in found.rows:
        mine = [one.contribution or 0 for one in scores if one.town == snapshot.name_of(row.town)]
        assert sum(mine) == pytest.approx(row.total)
    unknown = [one for one in scores if one.points is None]
    assert [(one.town, one.indicator) for one in unknown] == [("d", "市场主体数")]
    assert (unknown[0].contribution, unknown[0].lost) == (None, None)


def test_a_trial_says_that_it_is_none_and_keeps_the_ranks_in_force_beside():
    # Only entities count: 50, 70, 90 of three towns give 0, 50 and 100; nothing is known of d.
    made, rows, text = csv_of(snapshot_of(), "ranking", standard=SET, weights="output:0,entities:1,above:0")
    assert made.name.startswith("全部专业镇_评价排名（自定义权重，非正式）_")
    assert [(row["名次"], row["专业镇"], row["总分"], row["现行名次"]) for row in rows[:4]] == [
        ("1", "c", "100.0", "3"),
        ("2", "b", "50.0", "2"),
        ("3", "a", "0.0", "1"),
        ("", "d", "", "4"),
    ]
    assert "试算" in text


@pytest.mark.parametrize("weights", ["", "output", "output:x", "output:1,output:2"])
def test_weights_that_can_not_be_read_are_refused_with_an_example(weights):
    with pytest.raises(BadInput, match="local:40,growth:0"):
        csv_of(snapshot_of(), "ranking", standard=SET, weights=weights)


def test_proposals_are_drafts():
    _, rows, text = csv_of(snapshot_of(), "proposals", standard=SET, last="1", praise="2")
    assert [(row["建议"], row["专业镇"], row["是否已定"]) for row in rows[:3]] == [
        ("表扬", "a", "已定"),
        ("表扬", "b", "已定"),
        ("督办", "d", "待核"),
    ]
    assert "草案供主管部门核实" in text


def test_near_the_scale_can_be_listed_of_a_town_or_of_all():
    made, rows, text = csv_of(of_firms(NEAR), "near-threshold")
    assert made.name.startswith("全部地区_小升规名单_")
    assert [row["企业"] for row in rows[:3]] == ["a", "i", "b"]
    assert (rows[0]["营业收入（万元）"], rows[0]["还差（万元）"], rows[0]["上年增速"]) == (
        "1900.0",
        "100.0",
        "",
    )
    assert "1 家工业企业的营业收入不详，可能也接近规上" in text
    made, rows, _ = csv_of(of_firms(NEAR), "near-threshold", within="town:s")
    assert made.name.startswith("镇_小升规名单_")
    assert [row["企业"] for row in rows[:1]] == ["a"]


@pytest.mark.parametrize(
    ("name", "asked", "said"),
    [
        ("ranking", {}, "standard：请给出"),
        ("ranking", {"standard": SET, "town": "town:a"}, "没有参数 town：可用 asOf"),
        (
            "ranking",
            {"standard": SET, "level": "PROVINCE"},
            "level：“PROVINCE”应为PROVINCIAL、CITY、COUNTY之一",
        ),
        ("proposals", {"standard": SET, "last": "x"}, "last：“x”应为整数"),
        ("near-threshold", {"within": "standard:set:1"}, "within"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_its_argument(name, asked, said):
    with pytest.raises(BadInput, match=said):
        csv_of(snapshot_of(), name, **asked)


def test_a_region_that_nobody_knows_is_not_found():
    with pytest.raises(NotFound, match="within：图中没有"):
        csv_of(snapshot_of(), "near-threshold", within="region:999999")
