"""What if: the answer on an overlay is the answer on a graph that is so, and the differences are told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadInput, NotFound
from graph.kinds.results import Subject
from graph.snapshot.index import KindIndex, NodeIndex
from queries.answer import Aggregation
from queries.linkage.extraction import extraction
from queries.linkage.leontief import linkages
from queries.linkage.sankey import sankey
from queries.linkage.single_sources import single_sourced
from queries.linkage.sourcing_rate import sourcing_rate
from queries.network.chokepoints import chokepoints
from queries.network.walk import walk
from queries.similarity.relatedness import Nearness, NearnessBasis, NearnessDegree, Related
from queries.whatif.changes import changes
from queries.whatif.edits import (
    SHRINKS,
    Close,
    EndSupply,
    Open,
    SetRevenue,
    SetSupply,
    caveat,
    edited,
    losses,
)
from tests.queries.networks import FIRMS, YEAR, edges, network, revenues


def by_name(snapshot, answer):
    return {snapshot.name_of(r.row): (r.output, r.backward_linkage, r.forward_linkage) for r in answer.rows}


pairs = st.tuples(st.sampled_from(FIRMS), st.sampled_from(FIRMS), st.floats(1, 50))


@settings(deadline=None, max_examples=40)
@given(edges, revenues, st.lists(pairs, max_size=3, unique_by=lambda p: p[:2]), st.sampled_from(FIRMS))
def test_an_overlay_answers_as_a_graph_that_is_so(flows, revenue, put, closed):
    edits = [SetSupply(f"org:{a}", f"org:{b}", "product:p", v) for a, b, v in put if closed not in {a, b}]
    other = edited(
        network(flows, revenue),
        [*edits, Close(f"org:{closed}"), SetRevenue("org:a", 900.0)][: None if closed != "a" else -1],
        YEAR,
    )
    replaced = {(a, b) for a, b, _ in put if closed not in {a, b}}
    kept = [f for f in flows if closed not in f[:2] and not (f[3] == "p" and f[:2] in replaced)]
    kept += [(a, b, v, "p") for a, b, v in put if closed not in {a, b}]
    wanted = {f: v for f, v in revenue.items() if f != closed}
    if closed != "a":
        wanted["a"] = 900.0
    firms = "".join(f for f in FIRMS if f != closed)
    twin = network(kept, wanted, firms=firms)
    answers = [
        linkages(s, as_of=YEAR, aggregation=Aggregation.ORGANISATION, cap=True, first=99)
        for s in (other, twin)
    ]
    one, two = by_name(other, answers[0]), by_name(twin, answers[1])
    assert set(one) == set(two)
    for name, figures in one.items():
        assert figures == pytest.approx(two[name])


@settings(deadline=None, max_examples=20)
@given(edges, revenues)
def test_no_edits_change_nothing(flows, revenue):
    snapshot = network(flows, revenue)
    other = edited(snapshot, (), YEAR)
    for ask in (
        lambda s: linkages(s, as_of=YEAR, aggregation=Aggregation.TOWN),
        lambda s: extraction(s, "org:a", as_of=YEAR, cap=True),
        lambda s: sourcing_rate(s, "town:s", as_of=YEAR),
    ):
        assert changes(ask(snapshot), ask(other), snapshot, other) == []


def test_differences_by_hand():
    flows = [("a", "b", 50.0, "p"), ("c", "b", 10.0, "p")]
    snapshot = network(flows, {"a": 100.0, "b": 100.0, "c": 100.0})
    other = edited(snapshot, [EndSupply("org:a", "org:b")], YEAR)
    found = changes(
        extraction(snapshot, "org:b", as_of=YEAR), extraction(other, "org:b", as_of=YEAR), snapshot, other
    )
    told = {(c.field, c.about): (c.before, c.after, c.change) for c in found}
    assert told["total", ()] == (160, 110, -50)
    assert told["dependents.loss", ("org:a",)] == (50, None, None)
    assert ("own", ()) not in told
    assert [c.about for c in found] == sorted((c.about for c in found), key=bool)


def test_a_new_organisation_belongs_where_it_is_said():
    snapshot = network([("a", "b", 50.0, "p"), ("c", "b", 50.0, "p")], {"a": 100.0, "b": 200.0})
    new = Open(
        "org:new", "新厂", town="town:s", region="region:140101", industry="industry:x:33", revenue=80.0
    )
    edits = [new, EndSupply("org:c", "org:b"), SetSupply("org:new", "org:b", "product:p", 50.0)]
    other = edited(snapshot, edits, YEAR)
    before, after = (sourcing_rate(s, "town:s", as_of=YEAR).whole for s in (snapshot, other))
    assert (before.rate, after.rate) == (0.5, 1)
    assert extraction(other, "org:new", as_of=YEAR).own == pytest.approx(80)
    assert snapshot.find("org:new") is None


@pytest.mark.parametrize(
    ("edit", "error"),
    [
        (Close("org:none"), NotFound),
        (Close("town:s"), BadInput),
        (Open("town:x", "x"), BadInput),
        (Open("org:a", "a"), BadInput),
        (Open("org:x", "x", town="town:none"), NotFound),
        (SetSupply("org:a", "org:none", "product:p", 1.0), NotFound),
        (SetSupply("org:a", "org:b", "product:p", -1.0), BadInput),
        (SetRevenue("org:a", float("nan")), BadInput),
        (SetSupply("town:s", "org:b", "product:p", 1.0), BadInput),
        (SetSupply("org:a", "org:b", "org:c", 1.0), BadInput),
        (Open("org:x", "x", makes="town:s"), BadInput),
        (EndSupply("org:a", "org:none"), NotFound),
        (EndSupply("org:a", "org:b", "town:s"), BadInput),
        (Open("org:x", "x", town="town:s", makes="product:p", takes_over="org:none"), NotFound),
        (Open("org:x", "x", town="town:s", makes="product:p", takes_over="town:s"), BadInput),
        (Open("org:x", "x", makes="product:p", takes_over="org:a"), BadInput),
        (Open("org:x", "x", town="town:s", takes_over="org:a"), BadInput),
    ],
)
def test_bad_edits_are_refused(edit, error):
    with pytest.raises(error):
        edited(network([("a", "b", 50.0, "p")]), [edit], YEAR)


@pytest.mark.parametrize(
    "edits",
    [
        [Open("org:x", "x"), Open("org:x", "y")],
        [SetRevenue("org:a", 1.0), SetRevenue("org:a", 2.0)],
        [Open(f"org:{x}", x, town="town:s", makes="product:p", takes_over="org:c") for x in ("x", "y")],
        [SetSupply("org:a", "org:b", "product:p", 1.0), SetSupply("org:a", "org:b", "product:p", 2.0)],
    ],
)
def test_what_is_set_twice_is_refused(edits):
    with pytest.raises(BadInput):
        edited(network([("a", "b", 50.0, "p")]), edits, YEAR)


def test_rows_and_places_are_not_figures():
    snapshot = network([("a", "b", 50.0, "p"), ("c", "b", 50.0, "p"), ("c", "d", 5.0, "q")])
    other = edited(snapshot, [EndSupply("org:a", "org:b")], YEAR)
    for ask in (
        lambda s: walk(s, "org:d", as_of=YEAR),
        lambda s: chokepoints(s, "org:d", as_of=YEAR),
        lambda s: single_sourced(s, as_of=YEAR),
        lambda s: sankey(s, as_of=YEAR, aggregation=Aggregation.ORGANISATION),
    ):
        found = changes(ask(snapshot), ask(other), snapshot, other)
        assert not {c.field.split(".")[-1] for c in found} & {"edge", "supplier", "source", "target"}
        assert all(id.split(":")[0] in {"org", "product"} for c in found for id in c.about)


@dataclass
class Seen:
    """A row whose fields have names that nothing knows beforehand."""

    firm: NodeIndex
    witness: NodeIndex | None
    spot: KindIndex
    loss: float


@dataclass
class Sum:
    member: Annotated[NodeIndex | None, Subject(), "成员；空为未归类"]
    witnesses: Sequence[NodeIndex]
    loss: float


@dataclass
class Found:
    rows: Sequence[Seen]
    sums: Sequence[Sum]


def test_nodes_and_places_are_told_from_figures_by_their_types():
    snapshot = network([])
    a, b, c = (snapshot.row_of(f"org:{name}") for name in "abc")
    before = Found([Seen(a, b, 3, 1.0), Seen(b, None, 4, 5.0)], [Sum(None, [a], 1.0), Sum(c, [a], 2.0)])
    after = Found([Seen(b, c, 5, 6.0), Seen(a, c, 6, 1.0)], [Sum(c, [b], 4.0), Sum(None, [b], 2.0)])
    found = {
        (one.field, one.about, one.before, one.after) for one in changes(before, after, snapshot, snapshot)
    }
    assert found == {
        ("rows.loss", ("org:b",), 5.0, 6.0),
        ("sums.loss", ("org:c",), 2.0, 4.0),
        ("sums[-].loss", (), 1.0, 2.0),
    }


def test_the_product_nearest_to_another_is_no_figure():
    snapshot = network([])
    product, near, far = (snapshot.row_of(id) for id in ("product:p", "product:q", "org:a"))
    close = Nearness(NearnessBasis.CO_LOCATION, NearnessDegree.FAR, 0.4, 5, 2)
    before = Related(product, 1.0, 1.0, True, 0.5, near, close, 1, None)  # noqa: FBT003
    after = replace(before, nearest=far, nearness=replace(close, product_proximity=0.6))
    found = changes([before], [after], snapshot, snapshot)
    assert [(one.field, one.about, one.before, one.after) for one in found] == [
        ("nearness.product_proximity", ("product:p",), 0.4, 0.6)
    ]


def test_a_supply_that_is_not_there_cannot_end():
    snapshot = network([("a", "b", 50.0, "p")])
    with pytest.raises(BadInput, match="图中没有供应"):
        edited(snapshot, [EndSupply("org:b", "org:a")], YEAR)
    with pytest.raises(BadInput, match="图中没有供应"):
        edited(snapshot, [EndSupply("org:a", "org:b", "product:q")], YEAR)
    with pytest.raises(BadInput, match="互相矛盾"):
        edited(snapshot, [SetSupply("org:a", "org:b", "product:p", 1.0), EndSupply("org:a", "org:b")], YEAR)


def test_at_most_200_edits():
    snapshot = network([("a", "b", 50.0, "p")])
    edits = [Open(f"org:new-{n}", "新", town="town:s", makes="product:p", revenue=1.0) for n in range(201)]
    assert edited(snapshot, edits[:200], YEAR).find("org:new-199") is not None
    with pytest.raises(BadInput, match="201"):
        edited(snapshot, edits, YEAR)


SETTLES = Open("org:new", "新厂", town="town:s", makes="product:p", takes_over="org:c")


def local(snapshot):
    """What the own organisations of s buy in the town, and in all (yuan a year)."""
    found = sourcing_rate(snapshot, "town:s", as_of=YEAR).whole
    return found.local, found.total


def test_who_settles_takes_its_sales_of_the_product_to_the_town_along():
    """a and b are of s; c of t sells p to both, q to b, and p to d of t: only its sales of p to a and b move.

    Of 50 + 30 + 20 + 5 the 50 of a are local before, and 50 + 30 + 20 after; c keeps 5 + 7.
    """
    flows = [("a", "b", 50.0, "p"), ("c", "a", 30.0, "p"), ("c", "b", 20.0, "p"), ("c", "b", 5.0, "q")]
    snapshot = network([*flows, ("c", "d", 7.0, "p")])
    assert local(snapshot) == (50.0, 105.0)
    other = edited(snapshot, [SETTLES], YEAR)
    assert local(other) == (100.0, 105.0)
    assert [one.sold for one in losses(other, [Close("org:c")], YEAR)] == [12.0]
    told = caveat(snapshot, [SETTLES], YEAR)
    assert "c现售予本镇主体的该产品改由落户者供应，共 2 笔，已计量 0 万元/年，算作本地" in told
    # A newcomer of nowhere else sells nothing that nobody said.
    assert (
        local(edited(snapshot, [Open("org:new", "新厂", town="town:s", makes="product:p")], YEAR))[0] == 50.0
    )


def test_what_an_edit_says_of_a_sale_stands_before_what_is_taken_over():
    """The newcomer sells 44 to a, in place of the 30 of c; c ends its sales to b, or goes on with 9."""
    snapshot = network([("c", "a", 30.0, "p"), ("c", "b", 20.0, "p")])
    put = [SETTLES, SetSupply("org:new", "org:a", "product:p", 44.0)]
    assert local(edited(snapshot, put, YEAR)) == (64.0, 64.0)
    assert local(edited(snapshot, [*put, EndSupply("org:c", "org:b")], YEAR)) == (44.0, 44.0)
    kept = [SETTLES, SetSupply("org:c", "org:b", "product:p", 9.0)]
    assert local(edited(snapshot, kept, YEAR)) == (30.0, 39.0)


def test_what_closes_takes_its_output_along_and_a_rate_may_rise():
    """b buys 60 of c and 10 of a, and sells 90 to d; a buys 30 of c. When c closes all left is local."""
    flows = [("a", "b", 10.0, "p"), ("c", "b", 60.0, "p"), ("c", "a", 30.0, "p"), ("b", "d", 90.0, "q")]
    snapshot = network([*flows, ("b", "b", 5.0, "q")], {"b": 200.0})
    (lost,) = losses(snapshot, [Close("org:b")], YEAR)
    assert (snapshot.id_of(lost.organisation), [*map(snapshot.id_of, lost.towns)]) == ("org:b", ["town:s"])
    assert (lost.revenue, lost.output) == (200.0, None)  # nobody says what it puts out
    assert (lost.sold, lost.bought) == (90.0, 70.0)  # what it supplies to itself is no trade
    assert (lost.sales_unmeasured, lost.purchases_unmeasured) == (0, 0)
    assert (local(snapshot), local(edited(snapshot, [Close("org:c")], YEAR))) == ((10.0, 100.0), (10.0, 10.0))
    assert caveat(snapshot, [Close("org:c")], YEAR).endswith(SHRINKS)
    assert SHRINKS not in caveat(snapshot, [EndSupply("org:a", "org:b")], YEAR)
    assert losses(snapshot, [EndSupply("org:a", "org:b")], YEAR) == []


def test_what_nobody_measured_of_what_closes_is_unknown_and_not_nothing():
    snapshot = network([("a", "b", None, "p"), ("a", "c", None, "p")])
    (lost,) = losses(snapshot, [Close("org:a")], YEAR)
    assert (lost.sold, lost.sales_unmeasured, lost.bought, lost.purchases_unmeasured) == (None, 2, 0.0, 0)
    assert lost.revenue is None
