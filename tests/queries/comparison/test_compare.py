"""Towns side by side: hand-made figures, owns, leaders and flows, and what each card and pair must say."""

from datetime import date

import pytest

from graph.errors import BadInput, NotFound
from graph.kinds.entities import Industry, Town
from graph.kinds.facts import Claim, Source
from graph.kinds.metrics import Metric, Unit
from graph.kinds.papers import Standard
from graph.kinds.relations import EngagesIn, Leads
from graph.kinds.terms import (
    Grade,
    OrganisationForm,
    OwnRule,
    Scope,
    StandardPurpose,
    TownLevel,
    TownStatus,
)
from graph.snapshot.claims import ScopeReach
from graph.snapshot.invented import without_invented
from graph.snapshot.snapshot import Snapshot
from queries.comparison.cards import HEADLINES
from queries.comparison.compare import compare
from queries.gaps.gaps import gaps
from queries.linkage.sourcing_rate import sourcing_rate
from queries.lists.comparison_list import comparison_list
from queries.provenance import provenance
from queries.similarity.matrix import similarity_matrix
from tests.queries.networks import YEAR, claim, network

FLOWS = [("a", "b", 30.0, "p"), ("c", "d", 5.0, "p"), ("c", "a", 10.0, "q"), ("b", "c", 4.0, "q")]
REVENUE = {"a": 1000.0, "b": 600.0, "c": 800.0, "d": 700.0}
TOWNS = ["town:s", "town:t"]


def with_more(*nodes, relations=(), revenue=REVENUE, flows=FLOWS):
    """The network of the tests of analyses (a and b are in town s, c and d in t), and more."""
    small = network(flows, revenue)
    rows = [small.entity(row) for table in small.nodes.values() for row in table.rows]
    edges = [small.edge(name, n) for name, table in small.relations.items() for n in range(len(table))]
    classes = [Industry(id=f"industry:x:{c}", name=c, code=c, edition="x") for c in ("3311", "3312")]
    engaged = [
        EngagesIn(start=f"org:{f}", end=f"industry:x:{c}", main=True)
        for f, c in (("a", "3311"), ("b", "3312"), ("c", "3311"), ("d", "3311"))
    ]
    return Snapshot.of([*rows, *classes, *nodes], [*edges, *engaged, *relations], newest_year=YEAR)


def told(town, metric, value, year, **more):
    given = {"grade": Grade.B, "unit": Unit.YUAN, "source": "source:y", **more}
    key = f"claim:{town}-{metric.value}-{year}-{value:g}".replace(":", "-").lower()
    return Claim(id=f"claim:{key}", subject=town, metric=metric, value=value, year=year, **given)


SOURCE = Source(id="source:y", name="年鉴", grade=Grade.B)


def test_a_card_says_the_figure_that_counts_with_year_age_grade_and_source():
    snapshot = with_more(
        SOURCE,
        told("town:s", Metric.OUTPUT_VALUE, 5e9, 2021),
        told("town:s", Metric.OUTPUT_VALUE, 6e9, 2022),
        told("town:s", Metric.EMPLOYEES, 900, None, unit=Unit.PERSON, grade=Grade.C),
        told("town:s", Metric.OUTPUT_VALUE, 7e9, YEAR + 1),
    )
    one, other = compare(snapshot, towns=TOWNS, as_of=YEAR).cards
    assert [figure.metric for figure in one.figures] == [f.metric for f in other.figures] == [*HEADLINES]
    figures = {figure.metric: figure for figure in one.figures}
    output, people = figures[Metric.OUTPUT_VALUE], figures[Metric.EMPLOYEES]
    assert (output.value, output.unit, output.year, output.age) == (6e9, Unit.YUAN, 2022, 2)
    assert (output.scope, output.grade, output.rivals, output.unknown_reason) == (
        Scope.WHOLE,
        Grade.B,
        0,
        None,
    )
    assert snapshot.id_of(output.source) == "source:y"
    assert (people.value, people.unit, people.year, people.age) == (900, Unit.PERSON, None, None)
    assert output.reach is ScopeReach.SAME
    unknown = figures[Metric.REVENUE]
    assert (unknown.value, unknown.year, unknown.grade, unknown.source) == (None, None, None, None)
    assert unknown.unknown_reason == f"{YEAR} 年及以前没有本镇的营业收入：不详，不是 0"
    assert all(figure.value is None and figure.unknown_reason for figure in other.figures)


def test_where_the_whole_is_not_known_a_card_says_what_its_figure_is_of():
    snapshot = with_more(
        SOURCE,
        told("town:s", Metric.OUTPUT_VALUE, 5e9, 2022, scope=Scope.PARK),
        told("town:t", Metric.OUTPUT_VALUE, 4e9, 2022, scope=Scope.CHAIN),
    )
    found = [one.figures[0] for one in compare(snapshot, towns=TOWNS, as_of=YEAR).cards]
    assert [(one.value, one.scope, one.reach) for one in found] == [
        (5e9, Scope.PARK, ScopeReach.PART),
        (4e9, Scope.CHAIN, ScopeReach.SAME),
    ]
    rows = {row.item: row for row in comparison_list(snapshot, TOWNS, as_of=YEAR).rows}
    assert [cell.split("，")[1] for cell in rows["产值：年份、口径、等级、来源"].cells] == [
        "园区（只是其中一部分：整体不少于它）",
        "全产业链",
    ]


def test_a_card_counts_its_own_by_form_and_rule_and_names_who_leads():
    snapshot = with_more(
        relations=[
            Leads(start="org:b", end="town:s", since=2020),
            Leads(start="org:a", end="town:s", since=2010, until=2015),
            Leads(start="org:c", end="town:t", since=YEAR + 1),
        ]
    )
    one, other = compare(snapshot, towns=TOWNS, as_of=YEAR).cards
    forms = {count.form: count.count for count in one.own_by_form}
    assert list(forms) == list(OrganisationForm)
    assert forms[OrganisationForm.ENTERPRISE] == forms[OrganisationForm.COOPERATIVE] == 1  # a and b
    assert sum(forms.values()) == one.own.count == 2
    assert {count.rule: count.count for count in one.own.by_rule}[OwnRule.MEMBER] == 2
    assert [snapshot.id_of(row) for row in one.leaders] == ["org:b"]
    assert other.leaders == []


def test_what_towns_make_what_both_make_and_what_one_buys_that_the_other_makes():
    """s sells 30 of p (a) and 4 of q (b), t 5 of p and 10 of q (c); s buys 30 of p and 10 of q, that of t."""
    snapshot = with_more()
    found = compare(snapshot, towns=TOWNS, as_of=YEAR)
    made = [[(snapshot.id_of(m.product), m.makers, m.sold) for m in one.makes] for one in found.cards]
    assert made == [
        [("product:p", 1, 30.0), ("product:q", 1, 4.0)],
        [("product:q", 1, 10.0), ("product:p", 1, 5.0)],
    ]
    (pair,) = found.pairs
    both = [(snapshot.id_of(row.product), row.start_sold, row.end_sold) for row in pair.shared]
    assert both == [("product:p", 30.0, 5.0), ("product:q", 4.0, 10.0)]
    assert [(snapshot.id_of(o.product), o.value, o.from_there) for o in pair.offers] == [
        ("product:p", 30.0, 0.0),
        ("product:q", 10.0, 10.0),
    ]
    assert [(snapshot.id_of(w.product), w.value, w.from_there) for w in pair.wants] == [
        ("product:p", 5.0, 0.0),
        ("product:q", 4.0, 4.0),
    ]


def test_parts_and_pairs_are_the_answers_of_their_own_questions():
    snapshot = with_more()
    found = compare(snapshot, towns=["town:t", "town:s"], as_of=YEAR)
    assert [snapshot.id_of(one.town) for one in found.cards] == ["town:t", "town:s"]
    for one, id in zip(found.cards, ("town:t", "town:s"), strict=True):
        rate = sourcing_rate(snapshot, id, as_of=YEAR).whole
        assert one.local_sourcing.whole == rate
        assert one.gaps.states == gaps(snapshot, id, as_of=YEAR).states
    # s buys 30 of s and 10 of t, so a quarter comes from elsewhere.
    assert found.cards[1].local_sourcing.whole.rate == pytest.approx(0.75)
    (pair,) = found.pairs
    matrix = similarity_matrix(snapshot, as_of=YEAR, towns=TOWNS)
    assert (pair.cosine, pair.krugman) == (matrix.cosine[0][1], matrix.krugman[0][1])
    # t sold 10 to s (c to a) and bought 4 of it (b to c).
    assert (snapshot.id_of(pair.start), pair.sells, pair.buys) == ("town:t", 10.0, 4.0)
    assert pair.unknown_reason is None


def test_a_town_of_which_nothing_is_known_is_unknown_everywhere_and_not_nothing():
    empty = Town(id="town:n", name="无", level=TownLevel.CITY, status=TownStatus.RECOGNISED)
    snapshot = with_more(empty)
    found = compare(snapshot, towns=["town:s", "town:n"], as_of=YEAR)
    card = found.cards[1]
    assert card.local_sourcing.whole is None
    assert card.position.position is None
    assert card.concentration.hhi is None
    assert card.single_sourced.share is None
    assert card.checkup is None
    assert card.checkup_unknown_reason == (
        f"standard：所在省不详的专业镇没有在 {YEAR} 年施行的认定标准：图中没有任何认定标准"
    )
    (pair,) = found.pairs
    assert (pair.cosine, pair.krugman, pair.sells, pair.buys) == (None, None, None, None)
    assert pair.unknown_reason == f"{YEAR} 年无没有已知的产出或行业归属：无从比较"
    table = comparison_list(snapshot, ["town:s", "town:n"], as_of=YEAR)
    cells = {row.item: row.cells[1] for row in table.rows}
    unknown = (
        "产值",
        "本地配套率：来源不详者不算本地",
        "单一来源的采购占比",
        "单一来源的采购（买方与产品）",
        "产出集中度（HHI）",
        "上游度：到最终使用的级数",
        "缺失的环节",
        "结论",
    )
    assert {name: cells[name] for name in unknown} == dict.fromkeys(unknown, "不详")


@pytest.mark.parametrize(
    ("towns", "error", "message"),
    [
        ([], BadInput, "towns：请给出 2 至 6 个专业镇，所给为 0 个"),
        (["town:s"], BadInput, "towns：请给出 2 至 6 个专业镇，所给为 1 个"),
        (["town:s"] * 7, BadInput, "towns：请给出 2 至 6 个专业镇，所给为 7 个"),
        (["town:s", "town:t", "town:s"], BadInput, "towns：town:s 给出了两次：一个镇不与自己相比"),
        (["town:s", "town:tt"], NotFound, "towns：图中没有“town:tt”；是否应为 town:t（t）"),
        (["town:s", "org:a"], BadInput, "towns：org:a 应为专业镇"),
    ],
)
def test_what_can_not_be_compared_is_refused(towns, error, message):
    with pytest.raises(error) as raised:
        compare(with_more(), towns=towns, as_of=YEAR)
    assert str(raised.value).startswith(message)


def standard(key, *, since=2022):
    return Standard(
        id=f"standard:{key}",
        name=key,
        purpose=StandardPurpose.RECOGNITION,
        version="1",
        valid_from=date(since, 1, 1),
        criteria='{"criteria": {"count": "leaders", "at_least": 1}}',
    )


def test_without_a_standard_the_one_in_force_is_taken():
    snapshot = with_more(standard("real"), standard("next", since=YEAR + 1))
    found = compare(snapshot, towns=TOWNS, as_of=YEAR)
    assert snapshot.id_of(found.standard) == "standard:real"
    assert all(card.checkup is not None and card.checkup_unknown_reason is None for card in found.cards)
    two = with_more(standard("one"), standard("two"))
    found = compare(two, towns=TOWNS, as_of=YEAR)
    assert found.standard is None
    (reason,) = {card.checkup_unknown_reason for card in found.cards}
    assert reason.startswith(
        f"standard：所在省不详的专业镇有 2 个在 {YEAR} 年施行的认定标准，请指明是哪一个："
    )
    assert compare(two, towns=TOWNS, as_of=YEAR, standard="standard:two").cards[0].checkup is not None


def test_a_card_rests_on_its_claims_leaders_members_and_flows_and_without_the_invented_on_fewer():
    snapshot = with_more(
        SOURCE,
        Source(id="source:z", name="样例", grade=Grade.C, synthetic=True),
        told("town:s", Metric.OUTPUT_VALUE, 5e9, 2022, source="source:z", grade=Grade.C),
        told("town:t", Metric.OUTPUT_VALUE, 4e9, 2022),
        relations=[Leads(start="org:b", end="town:s")],
    )
    one, other = compare(snapshot, towns=TOWNS, as_of=YEAR).cards
    rests = provenance(snapshot, one.method.used(), YEAR)
    used = one.method.used()
    assert len(set(used.relations["LEADS"].tolist())) == 1
    assert len(set(used.relations["MEMBER_OF"].tolist())) == 2
    assert rests.invented == 1  # the claim of an invented source
    assert one.figures[0].synthetic
    assert not provenance(snapshot, other.method.used(), YEAR).invented
    real = without_invented(snapshot)
    shown = compare(real, towns=TOWNS, as_of=YEAR)
    assert shown.cards[0].figures[0].value is None
    assert shown.cards[1].figures[0].value == 4e9
    assert shown.method.real_only


def test_the_table_marks_what_rests_on_something_invented_line_by_line():
    snapshot = with_more(
        Source(id="source:z", name="样例", grade=Grade.C, synthetic=True),
        told("town:s", Metric.OUTPUT_VALUE, 5e9, 2022, source="source:z", grade=Grade.C),
        claim("town:t", 3e8, Metric.REVENUE),
    )
    rows = {row.item: row for row in comparison_list(snapshot, TOWNS, as_of=YEAR).rows}
    assert rows["产值"].cells == (500_000.0, "不详")  # in 万元
    assert (rows["产值"].unit, rows["产值"].synthetic) == ("万元", "是")
    assert rows["产值：年份、口径、等级、来源"].cells[0] == "2022 年（2 年前），全镇，C 级，样例，虚构样例"
    assert (rows["营业收入"].cells, rows["营业收入"].synthetic) == (("不详", 30_000.0), None)
    assert rows["本镇自己的主体"].synthetic is None
    assert rows["其中虚构样例"].cells[1] == "没有"
