"""Lists on small snapshots: what is empty is explained, what is unknown stays empty, leads are found."""

import csv
import io
from datetime import date

import pytest

from api.http.list_books import Wanted, book
from graph.errors import BadInput, NotFound
from graph.kinds.facts import Source
from graph.kinds.ledgers import Lead
from graph.kinds.relations import Concerns, Fills, LocatedIn, OfTown, ResponsibleFor
from graph.kinds.terms import Grade, LeadStage
from queries.lists.gap_list import gap_list
from queries.lists.promotion import NOBODY, promotion
from tests.queries.gaps.test_gaps import FOLLOWS, HOME, makes, needs, snapshot, step
from tests.queries.networks import YEAR

BOUGHT = (FOLLOWS, *HOME, step("p"), needs("a", "p", 20_000.0))


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
    assert (len(found.rows), found.not_shown) == (1, 1)
    text = csv_of(content, "promotion", candidates="1")
    assert "另有 1 个候选者未列出" in text


def test_money_is_shown_in_the_unit_of_the_header():
    (row,) = gap_list(snapshot(*BOUGHT, makes("c", "p")), "town:s", as_of=YEAR).rows
    assert (row.bought, row.value) == (2.0, 2.0)
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
