"""Lists on small snapshots: what is empty is explained, what is unknown stays empty, leads are found."""

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from api.http.list_books import Wanted, book
from graph.errors import BadInput, NotFound
from graph.kinds.entities import Organisation
from graph.kinds.facts import Source
from graph.kinds.ledgers import Lead
from graph.kinds.relations import (
    Concerns,
    Fills,
    Follows,
    Holds,
    LocatedIn,
    MemberOf,
    OfTown,
    ResponsibleFor,
)
from graph.kinds.terms import Grade, LeadStage, OrganisationForm, Proximity
from graph.snapshot.overlay import Edits, overlay
from queries.lists.gap_list import gap_list
from queries.lists.promotion import Omission, promotion
from queries.lists.promotion_rows import NOBODY
from tests.queries.gaps.test_gaps import (
    FOLLOWS,
    HOME,
    classed,
    goes,
    makes,
    needs,
    sells,
    snapshot,
    specialises,
    step,
)
from tests.queries.networks import YEAR

BOUGHT = (FOLLOWS, *HOME, step("p"), needs("a", "p", 2_000_000.0))


def listed(content, **asked):
    return promotion(content, "town:s", as_of=YEAR, **asked)


def test_a_gap_without_candidates_has_a_row_that_says_so():
    (row,) = listed(snapshot(*BOUGHT)).rows
    assert (row.product, row.state, row.organisation) == ("p", "缺失（补链）", None)
    assert row.reasons == NOBODY


def test_what_is_unknown_is_empty_and_not_zero():
    (row,) = listed(snapshot(*BOUGHT, makes("c", "p"))).rows
    assert (row.organisation, row.products) == ("c", "p")
    assert (row.code, row.capital, row.revenue, row.sources, row.dated) == (None,) * 5
    assert (row.stage_of_talks, row.responsible, row.contact, row.remark) == (None,) * 4


def test_a_row_says_its_sources_and_that_it_is_invented():
    sources = [
        Source(id="source:x", name="名录", grade=Grade.A, published_on=date(2023, 5, 1)),
        Source(id="source:y", name="样例", grade=Grade.C, synthetic=True),
    ]
    made = [makes("c", "p", source="source:x"), makes("d", "p", source="source:y", year=YEAR)]
    content = snapshot(*BOUGHT, *made, more=sources)
    rows = {row.organisation: row for row in listed(content).rows}
    assert (rows["c"].sources, rows["c"].dated, rows["c"].synthetic) == ("名录", "2023-05-01", None)
    assert (rows["d"].sources, rows["d"].dated, rows["d"].synthetic) == ("样例", str(YEAR), "是")
    assert gap_list(content, "town:s", as_of=YEAR).rows[0].synthetic == "是"


def test_the_newest_lead_of_this_town_and_product_counts():
    def lead(key, stage, day, town="s", product="p"):
        here = f"lead:{key}"
        node = Lead(id=here, name=key, stage=stage, recorded_on=day)
        return node, [
            OfTown(start=here, end=f"town:{town}"),
            Concerns(start=here, end="org:c"),
            Fills(start=here, end=f"product:{product}"),
            ResponsibleFor(start="org:b", end=here),
        ]

    leads = [
        lead("old", LeadStage.CONTACTED, date(YEAR, 1, 1)),
        lead("new", LeadStage.NEGOTIATING, date(YEAR, 6, 1)),
        lead("later", LeadStage.SIGNED, date(YEAR + 1, 1, 1)),
        lead("there", LeadStage.LANDED, date(YEAR, 7, 1), town="t"),
        lead("other", LeadStage.DROPPED, date(YEAR, 8, 1), product="q"),
    ]
    edges = [edge for _, edges in leads for edge in edges]
    content = snapshot(*BOUGHT, makes("c", "p"), *edges, more=[node for node, _ in leads])
    (row,) = listed(content).rows
    assert (row.stage_of_talks, row.responsible) == ("在谈", "b")


def test_candidates_beyond_the_first_are_counted():
    content = snapshot(*BOUGHT, makes("c", "p"), makes("d", "p"))
    found = listed(content, candidates_first=1)
    assert (len(found.rows), found.counted) == (1, ["p：候选企业共 2 家，列出 1 家"])
    text = csv_of(content, "promotion", candidates="1")
    assert "说明：p：候选企业共 2 家，列出 1 家" in text
    assert "candidates" not in text  # no officer can set an argument


LEFT_OUT = (
    # p is missing and worth inviting for; q is bought for 20,000 a year; r is mined.
    *(*BOUGHT, needs("a", "q", 20_000.0), classed("r", "1019"), needs("a", "r", 9e6)),
    # Two make s here without a title, f elsewhere has one, and c of the town: nobody from outside mends that.
    *(step("s"), makes("a", "s"), makes("b", "s"), MemberOf(start="org:c", end="town:s"), makes("f", "s")),
    *(Holds(start="org:c", end="qualification:x"), Holds(start="org:f", end="qualification:x")),
    # v of a goes into u, which town t is recognised for.
    *(makes("a", "v"), goes("v", "u"), classed("u", "3391"), specialises("t", "3391"), makes("g", "u")),
    *(Follows(start="town:t", end="chain:d"), step("u", chain="d")),
)


def test_the_list_is_of_gaps_that_somebody_can_be_invited_for():
    found = listed(snapshot(*LEFT_OUT))
    assert [row.product for row in found.rows] == ["p"]
    assert found.omitted == dict.fromkeys(Omission, 1)
    told = csv_of(snapshot(*LEFT_OUT), "promotion")
    assert all(f"说明：1 {why.words}" in told for why in Omission)


def test_what_is_bought_for_little_is_listed_when_asked_or_when_there_is_a_lead():
    assert [row.product for row in listed(snapshot(*LEFT_OUT), least_value=20_000.0).rows] == ["p", "q"]
    lead = Lead(id="lead:q", name="q", stage=LeadStage.CONTACTED, recorded_on=date(YEAR, 1, 1))
    edges = (OfTown(start="lead:q", end="town:s"), Fills(start="lead:q", end="product:q"))
    assert [row.product for row in listed(snapshot(*LEFT_OUT, *edges, more=[lead])).rows] == ["p", "q"]
    for wrong in (-1.0, float("nan"), float("inf")):
        with pytest.raises(BadInput) as caught:
            listed(snapshot(*BOUGHT), least_value=wrong)
        assert caught.value.path == ("leastValue",)


@pytest.mark.parametrize("form", [one for one in OrganisationForm if one is not OrganisationForm.AGENCY])
def test_only_enterprises_are_named(form):
    """c and d make p: c is whatever it is."""
    plain = snapshot(*BOUGHT, makes("c", "p"), makes("d", "p"))
    content = overlay(plain, Edits(nodes=[Organisation(id="org:c", name="c", form=form)]))
    firm = form is OrganisationForm.ENTERPRISE
    found = listed(content)
    assert [row.organisation for row in found.rows] == (["c", "d"] if firm else ["d"])
    stays = "p：另有 1 家不是企业（个体户、合作社、事业单位等），可对接采购，不宜招引，未列"
    assert found.counted == ([] if firm else [stays])
    alone = listed(overlay(content, Edits(removed=["org:d"]))).rows
    assert [row.organisation for row in alone] == (["c"] if firm else [None])
    assert firm or "已知的 1 家中没有企业" in (alone[0].reasons or "")


def test_near_by_class_is_named_only_where_nobody_makes_or_sells_it():
    """c makes q, of p's class; d makes p."""
    near = [*BOUGHT, classed("p", "3393"), classed("q", "3393"), makes("c", "q")]
    (row,) = listed(snapshot(*near)).rows
    assert (row.organisation, row.reasons is not None and "同属一个行业小类" in row.reasons) == ("c", True)
    found = listed(snapshot(*near, makes("d", "p")))
    assert [row.organisation for row in found.rows] == ["d"]
    assert found.counted == ["p：另有 1 家只是同属一个行业小类，未列"]
    sold = [sells("c", "b", "p", 500.0)]
    (row,) = listed(snapshot(*near, *sold)).rows
    assert row.reasons is not None
    assert row.reasons.startswith("已向镇内主体供应该产品；相近产品的生产者")
    assert row.reasons.endswith("已售予镇内不足 1 万元/年")


def test_who_belongs_to_another_town_is_to_be_worked_with_and_not_moved():
    member = MemberOf(start="org:c", end="town:t")
    content = snapshot(*BOUGHT, makes("c", "p"), makes("d", "p"), member)
    assert {row.organisation: row.approach for row in listed(content).rows} == {
        "c": "协作（属t）",
        "d": "招引",
    }


def test_a_place_nobody_knows_is_not_called_another_province():
    away = LocatedIn(start="org:d", end="region:13")
    rows = listed(snapshot(*BOUGHT, makes("c", "p"), makes("d", "p"), away)).rows
    assert {row.organisation: row.reasons for row in rows} == {"c": "所在地不详的生产者", "d": "省外的生产者"}


def test_reasons_say_each_thing_once_and_how_concentrated():
    """All of p comes from c outside: that nobody here makes it, and that little is local, goes with it."""
    content = snapshot(FOLLOWS, *HOME, step("p"), sells("c", "a", "p", 9.0))
    (row,) = gap_list(content, "town:s", as_of=YEAR).rows
    assert row.reasons is not None
    assert row.reasons.split("；") == [
        "本地主体采购而本地无人生产，全靠外购",
        "采购集中：集中度（HHI）不低于阈值，本地又没有足够的生产者可换（1.00）",
    ]


def test_a_text_table_shows_no_more_digits_than_the_workbook():
    """A third of what is bought comes from the town: four decimals of a share, one of a score."""
    content = snapshot(
        *BOUGHT, needs("a", "p", 1_000_000.0, Proximity.TOWN), makes("c", "p"), makes("d", "p")
    )
    rows = [*csv.DictReader(io.StringIO(csv_of(content, "gaps")))]
    assert rows[0]["本地配套率"] == "0.3333"
    scores = [row["推荐指数"] for row in csv.DictReader(io.StringIO(csv_of(content, "promotion")))]
    assert all(len(score.partition(".")[2]) <= 1 for score in scores[:2])


def test_money_is_shown_in_the_unit_of_the_header():
    (row,) = gap_list(snapshot(*BOUGHT, makes("c", "p")), "town:s", as_of=YEAR).rows
    assert (row.bought, row.value) == (200.0, 200.0)
    assert (row.local, row.elsewhere + row.province) == (0, 1)


def csv_of(content, name, **asked):
    made = book(content, Wanted(name, {"town": "town:s", "asOf": str(YEAR), "format": "csv"} | asked))
    return made.content.decode("utf-8-sig")


@pytest.mark.parametrize("name", ["promotion", "gaps"])
def test_a_town_without_a_chain_is_explained(name):
    rows = list(csv.reader(io.StringIO(csv_of(snapshot(*HOME), name))))
    told = [row[0] for row in rows if row and row[0].startswith("说明：")]
    assert rows[1] == []
    assert any("没有对照的参考产业链" in line for line in told)


def test_no_gap_is_only_said_when_nothing_is_unknown():
    covered = [FOLLOWS, *HOME, step("p"), makes("a", "p"), makes("b", "p")]
    assert "说明：没有缺口" in csv_of(snapshot(*covered), "promotion")
    text = csv_of(snapshot(*covered, step("q")), "promotion")
    assert "没有已知的缺口；1 个环节不详" in text


def test_what_cannot_be_asked_is_refused():
    content = snapshot(*BOUGHT)
    with pytest.raises(NotFound):
        csv_of(content, "gaps", town="town:x")
    with pytest.raises(BadInput, match="1 到 200"):
        listed(content, candidates_first=0)


def test_a_region_stands_from_the_province_down():
    content = snapshot(*BOUGHT, makes("c", "p"), LocatedIn(start="org:c", end="region:140922"))
    (row,) = listed(content).rows
    assert row.place is not None
    assert row.place.endswith("140922")
    assert row.place.startswith("14")


def behind(content, name, **asked):
    """The overview of the definitions: what each line is about, and what it says."""
    made = book(content, Wanted(name, {"asOf": str(YEAR)} | asked))
    page = load_workbook(io.BytesIO(made.content))["口径与来源"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=4)]
    return {row[1]: row[2] for row in rows if row[0] == "概况"}


def test_definitions_say_only_what_their_lists_need():
    content = snapshot(*BOUGHT)
    promoted, gaps = behind(content, "promotion", town="town:s"), behind(content, "gaps", town="town:s")
    near = behind(content, "near-threshold")
    problems = behind(content, "problems", on=f"{YEAR}-06-30")
    # Only the promotion list shows benefits; only it says here of whom nothing is known.
    assert ["可享政策" in one for one in (promoted, gaps, near, problems)] == [True, False, False, False]
    assert promoted["没有已知"].endswith("不等于实际没有")
    assert (near["范围"], problems["范围"]) == ("全部地区", "全部专业镇")
    assert (gaps["所问年份（asOf）"], "所问之日（on）" in gaps) == (f"{YEAR} 年末", False)
    assert (problems["所问之日（on）"], "所问年份（asOf）" in problems) == (f"{YEAR}-06-30", False)


def test_what_is_empty_says_so_in_place_of_its_rows():
    asked = {"asOf": str(YEAR), "on": f"{YEAR}-06-30"}
    words = f"截至 {YEAR}-06-30，问题台账中没有登记的事项"
    page = load_workbook(io.BytesIO(book(snapshot(), Wanted("problems", asked)).content))["问题台账"]
    assert (page["A4"].value, page["A5"].value) == (
        words,
        f"截至 {YEAR}-06-30：共 0 项，未了结 0 项，其中逾期 0 项",
    )
    text = book(snapshot(), Wanted("problems", asked | {"format": "csv"})).content.decode("utf-8-sig")
    heads, blank, *notes = list(csv.reader(io.StringIO(text)))
    assert (heads[:2], blank, [f"说明：{words}"] in notes) == (["序号", "问题"], [], True)
    narrow = book(snapshot(), Wanted("problems", asked | {"stage": "OPEN"}))
    page = load_workbook(io.BytesIO(narrow.content))["问题台账"]
    assert page["A4"].value == f"截至 {YEAR}-06-30，问题台账中没有符合条件的事项"
