"""Gaps say what is missing or weak in a town, why, and rank it; a plain Python version agrees."""

from datetime import date
from itertools import zip_longest
from math import isnan
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadInput, NotFound
from graph.kinds.entities import Chain, Industry, Organisation, Product, Region, Town
from graph.kinds.ledgers import Lead
from graph.kinds.papers import Qualification
from graph.kinds.relations import (
    ClassifiedAs,
    EngagesIn,
    Fills,
    Follows,
    Holds,
    InputOf,
    Leads,
    LiesIn,
    LocatedIn,
    Makes,
    MemberOf,
    Needs,
    OfTown,
    PartOf,
    ResponsibleFor,
    SpecialisesIn,
    StepOf,
    Supplies,
)
from graph.kinds.terms import (
    GovernmentLevel,
    LeadStage,
    OrganisationForm,
    OwnRule,
    ProductCategory,
    Proximity,
    RegionLevel,
    Stage,
    SupplyKind,
    TownLevel,
    TownStatus,
)
from graph.snapshot.proximity import CODE, to_area
from graph.snapshot.snapshot import Snapshot
from queries.briefings.fills import fills
from queries.gaps.chain_map import chain_map
from queries.gaps.gaps import gaps
from queries.gaps.rank import GapPart, Weights, ranked
from queries.gaps.terms import GapAction, GapState
from tests.oracles import economy
from tests.oracles import gaps as oracle
from tests.oracles.province import Province
from tests.oracles.ranking import percentile_rank, weighed
from tests.queries.networks import claim

YEAR = 2024
REGIONS = {
    "14": "PROVINCE",
    "1409": "CITY",
    "140921": "COUNTY",
    "140922": "COUNTY",
    "1401": "CITY",
    "13": "PROVINCE",
}
INSIDE = {"1409": "14", "140921": "1409", "140922": "1409", "1401": "14"}
FIRMS, GOODS = "abcdefg", "pqrstuv"
INDUSTRIES = ("0119", "1019", "33", "3391", "3393", "4511", "4220", "5431")


def snapshot(*edges, firms=FIRMS, closed=(), more=(), goods=MappingProxyType({})):
    """Make a province of two towns; `goods` are products of another category, or with a kind of supply."""
    form = OrganisationForm.ENTERPRISE
    nodes = [Region(id=f"region:{r}", name=r, level=RegionLevel(level)) for r, level in REGIONS.items()]
    nodes += [
        Organisation(id=f"org:{f}", name=f, form=form, closed_on=date(2023, 1, 1) if f in closed else None)
        for f in firms
    ]
    nodes += [
        Product(
            id=f"product:{p}",
            name=p,
            category=goods.get(p, (ProductCategory.COMPONENT, None))[0],
            supply_kind=goods.get(p, (None, None))[1],
        )
        for p in GOODS
    ]
    nodes += [Industry(id=f"industry:{c}", name=c, code=c, edition="4754-2017") for c in INDUSTRIES]
    nodes += [Chain(id=f"chain:{c}", name=c) for c in "cd"]
    level, status = TownLevel.PROVINCIAL, TownStatus.RECOGNISED
    nodes += [Town(id=f"town:{t}", name=t, level=level, status=status) for t in "st"]
    nodes.append(Qualification(id="qualification:x", name="x", level=GovernmentLevel.NATIONAL))
    fixed = [PartOf(start=f"region:{a}", end=f"region:{b}") for a, b in INSIDE.items()]
    fixed += [LiesIn(start="town:s", end="region:140921"), LiesIn(start="town:t", end="region:140922")]
    return Snapshot.of([*nodes, *more], [*fixed, *edges], newest_year=YEAR)


def step(product, stage="MIDSTREAM", *, required=True, chain="c"):
    return StepOf(start=f"product:{product}", end=f"chain:{chain}", stage=Stage(stage), required=required)


def engages(firm, code):
    return EngagesIn(start=f"org:{firm}", end=f"industry:{code}")


def classed(product, code):
    return ClassifiedAs(start=f"product:{product}", end=f"industry:{code}")


def specialises(town, code):
    return SpecialisesIn(start=f"town:{town}", end=f"industry:{code}")


def makes(firm, product, **given):
    return Makes(start=f"org:{firm}", end=f"product:{product}", **given)


def goes(start, end, *, essential=True, coefficient=None):
    ends = {"start": f"product:{start}", "end": f"product:{end}"}
    return InputOf(**ends, essential=essential, coefficient=coefficient)


def sells(seller, buyer, product, value, year=YEAR):
    ends = {"start": f"org:{seller}", "end": f"org:{buyer}"}
    return Supplies(**ends, product=f"product:{product}", value=value, year=year)


def needs(firm, product, value, origin=Proximity.COUNTRY, year=YEAR):
    return Needs(start=f"org:{firm}", end=f"product:{product}", value=value, origin=origin, year=year)


FOLLOWS = Follows(start="town:s", end="chain:c")
HOME = [LocatedIn(start=f"org:{f}", end="region:140921") for f in "ab"]


def rows(content, **asked):
    found = gaps(content, "town:s", as_of=YEAR, first=500, include_covered=True, **asked)
    return {content.name_of(row.product): row for row in found.rows}


def reasons(row):
    return [reason.value for reason in row.reasons]


def test_nobody_known_is_unknown_not_missing():
    row = rows(snapshot(FOLLOWS, *HOME, step("p")))["p"]
    assert (row.state, row.action, row.rank, row.score) == (GapState.UNKNOWN, None, None, None)


def test_a_required_step_made_elsewhere_only_is_missing():
    row = rows(snapshot(FOLLOWS, *HOME, step("p"), makes("c", "p")))["p"]
    assert (row.state, row.action, reasons(row)) == (GapState.MISSING, GapAction.FILL, ["NO_MAKER"])
    assert row.demand.total is None
    assert row.demand.local_share is None


def test_elsewhere_is_another_province_that_is_known():
    status = TownStatus.RECOGNISED
    nowhere = Town(id="town:u", name="u", level=TownLevel.PROVINCIAL, status=status)
    content = snapshot(LocatedIn(start="org:a", end="region:13"), more=[nowhere])
    place = content.row_of("org:a") - content.nodes["Organisation"].first
    seen = [to_area(content, content.row_of(f"town:{t}"), YEAR).farthest[place] for t in "su"]
    assert seen == [CODE[Proximity.COUNTRY], CODE[Proximity.UNKNOWN]]


def test_an_optional_step_is_left_out_and_counted_and_an_unstated_one_is_unknown():
    content = snapshot(
        FOLLOWS, step("p", required=False), step("q", required=None), makes("c", "p"), makes("c", "q")
    )
    found = gaps(content, "town:s", as_of=YEAR)
    assert found.left_out == 1
    assert [(content.name_of(r.product), r.state) for r in found.rows] == [("q", GapState.UNKNOWN)]


def test_what_is_bought_outside_only_is_missing_though_no_chain_has_it():
    content = snapshot(
        *HOME,
        LocatedIn(start="org:c", end="region:13"),
        sells("c", "a", "p", 30.0),
        needs("b", "p", 70.0),
        makes("c", "p"),
    )
    found = gaps(content, "town:s", as_of=YEAR)
    (row,) = found.rows
    assert found.note is not None
    assert "没有对照的参考产业链" in found.note
    assert reasons(row) == ["NO_MAKER", "OUTSIDE_ONLY", "LOW_LOCAL_SHARE"]
    assert (row.demand.total, row.demand.local_share, row.hhi) == (100.0, 0.0, pytest.approx(0.09))
    assert row.parts[0].value == 100.0


def test_unknown_origins_may_be_local():
    content = snapshot(
        FOLLOWS, *HOME, step("p"), *(makes(f, "p") for f in "ab"), needs("a", "p", 1.0, Proximity.UNKNOWN)
    )
    row = rows(content)["p"]
    assert (row.state, row.demand.local_share, row.demand.local_share_at_most) == (GapState.COVERED, 0.0, 1.0)
    assert row.parts[0].value == 0.0


def test_one_local_maker_is_a_single_source_and_thresholds_are_asked():
    content = snapshot(FOLLOWS, *HOME, step("p"), makes("a", "p"))
    assert reasons(rows(content)["p"]) == ["SINGLE_SOURCE"]
    away = LocatedIn(start="org:c", end="region:13")
    bought = [sells("a", "b", "p", 6.0), sells("c", "a", "p", 4.0)]
    content = snapshot(FOLLOWS, *HOME, away, step("p"), *(makes(f, "p") for f in "abc"), *bought)
    assert reasons(rows(content)["p"]) == ["CONCENTRATED"]
    assert rows(content, hhi_at_least=0.6)["p"].state is GapState.COVERED
    assert reasons(rows(content, hhi_at_least=1.0, local_share_below=0.7)["p"]) == ["LOW_LOCAL_SHARE"]


def test_concentrated_purchases_are_no_weakness_where_buyers_can_turn_to_another():
    """b and d buy 10, of a alone (HHI 1); a and b make it, and with d there are three to turn to."""
    members = [MemberOf(start=f"org:{f}", end="town:s") for f in "d"]
    bought = [sells("a", "b", "p", 6.0), sells("a", "d", "p", 4.0)]
    made = [FOLLOWS, *HOME, *members, step("p"), *bought, makes("a", "p"), makes("b", "p")]
    two = rows(snapshot(*made))["p"]
    assert (reasons(two), two.hhi, two.parts[0].value) == (["CONCENTRATED"], 1.0, 10.0)
    three = snapshot(*made, makes("d", "p"))
    assert rows(three)["p"].state is GapState.COVERED
    assert reasons(rows(three, makers_enough=4)["p"]) == ["CONCENTRATED"]


def test_no_qualification_known_of_anybody_is_not_a_lack():
    made = [makes(f, "p") for f in "ab"] + [makes("a", "q"), makes("b", "q")]
    content = snapshot(FOLLOWS, *HOME, step("p"), *made)
    assert rows(content)["p"].state is GapState.COVERED
    old = Holds(start="org:a", end="qualification:x", valid_to=date(2020, 1, 1))
    assert rows(snapshot(FOLLOWS, *HOME, step("p"), *made, old))["p"].state is GapState.COVERED
    titled = [MemberOf(start="org:c", end="town:s"), Holds(start="org:c", end="qualification:x")]
    # c of the town holds a title, and makes nothing: of no maker of p one is known, here or elsewhere.
    unknown = rows(snapshot(FOLLOWS, *HOME, step("p"), *made, *titled))["p"]
    assert (unknown.state, reasons(unknown)) == (GapState.COVERED, ["TITLES_UNREGISTERED"])
    # d elsewhere makes p, and holds one: here nobody does. A title that is over says nothing.
    away = [*made, *titled, makes("d", "p")]
    over = Holds(start="org:d", end="qualification:x", valid_to=date(2020, 1, 1))
    assert reasons(rows(snapshot(FOLLOWS, *HOME, step("p"), *away, over))["p"]) == ["TITLES_UNREGISTERED"]
    held = Holds(start="org:d", end="qualification:x")
    weak = rows(snapshot(FOLLOWS, *HOME, step("p"), *away, held))["p"]
    assert (weak.state, reasons(weak)) == (GapState.WEAK, ["NO_QUALIFIED_MAKER"])
    good = Holds(start="org:a", end="qualification:x")
    assert rows(snapshot(FOLLOWS, *HOME, step("p"), *made, *titled, good))["p"].state is GapState.COVERED


def test_the_missing_downstream_says_because_of_what():
    made = [makes(f, "p") for f in "ab"]
    content = snapshot(
        FOLLOWS,
        *HOME,
        step("p"),
        step("q", "DOWNSTREAM"),
        *made,
        makes("c", "q"),
        goes("p", "q"),
        goes("q", "q"),
    )
    row = rows(content)["q"]
    assert (row.state, row.action) == (GapState.MISSING, GapAction.EXTEND)
    assert reasons(row) == ["NO_MAKER", "NO_DOWNSTREAM"]
    assert content.name_of(row.because) == "p"


def test_freight_does_not_lead_into_everything_but_an_essential_input_does():
    made = [*(makes(f, p) for f in "ab" for p in "pq"), makes("c", "r"), makes("c", "s")]
    chain = [step("p", "SUPPORT"), step("q")]
    content = snapshot(FOLLOWS, *HOME, *chain, *made, goes("p", "r"), goes("q", "s"))
    assert {name: row.action for name, row in rows(content).items()} == {
        "p": None,
        "q": None,
        "s": GapAction.EXTEND,
    }
    content = snapshot(FOLLOWS, *HOME, *chain, *made, goes("q", "s", essential=None))
    assert "s" not in rows(content)


def test_an_early_step_leads_to_products_of_its_chain_alone():
    made = [makes("a", "p"), makes("c", "r"), makes("c", "s")]
    chain = [step("p", "UPSTREAM"), step("r", "DOWNSTREAM")]
    found = rows(snapshot(FOLLOWS, *HOME, *chain, *made, goes("p", "r"), goes("p", "s")))
    assert {name: row.action for name, row in found.items() if row.action} == {
        "p": GapAction.STRENGTHEN,
        "r": GapAction.EXTEND,
    }


@pytest.mark.parametrize(
    ("link", "bought", "extends"),
    [
        ({"essential": True}, (), True),
        ({"essential": None, "coefficient": 0.2}, (), True),
        # Of the 100 that c, who makes q, is known to buy, 20 are p: a fifth.
        ({"essential": False}, (sells("a", "c", "p", 20.0), needs("c", "t", 80.0)), True),
        ({"essential": False}, (sells("a", "c", "p", 19.0), needs("c", "t", 81.0)), False),
        # What is not measured, or too old, is no part of it.
        ({"essential": None}, (sells("a", "c", "p", None), needs("c", "t", 80.0)), False),
        ({"essential": None}, (sells("a", "c", "p", 20.0, YEAR - 4), needs("c", "t", 80.0)), False),
    ],
)
def test_only_a_main_input_leads_on(link, bought, extends):
    made = [makes("a", "p"), makes("c", "q")]
    found = rows(snapshot(*HOME, *made, goes("p", "q", **link), *bought))
    assert ("q" in found) is extends


@pytest.mark.parametrize(
    "category", [ProductCategory.PACKAGING, ProductCategory.EQUIPMENT, ProductCategory.SERVICE]
)
def test_packaging_equipment_and_services_lead_nowhere(category):
    made = [makes("a", "p"), makes("c", "q")]
    content = snapshot(*HOME, *made, goes("p", "q", coefficient=1.0), goods={"p": (category, None)})
    assert "q" not in rows(content)


def test_what_a_downstream_product_is_worth_is_what_its_makers_elsewhere_buy_here():
    """q is made of p and r: c buys 30 and 5, d 12; f makes no q, b is here, 4 years is too old."""
    made = [makes("a", "p"), makes("a", "r"), *(makes(f, "q") for f in "cdg")]
    sold = [
        *(sells("a", "c", p, v) for p, v in (("p", 30.0), ("r", 5.0), ("s", 100.0))),
        sells("a", "d", "p", 12.0),
        sells("a", "f", "p", 70.0),
        sells("a", "b", "p", 80.0),
        sells("a", "g", "p", 90.0, YEAR - 4),
        sells("e", "c", "p", 60.0),
    ]
    content = snapshot(*HOME, *made, *sold, goes("p", "q"), goes("r", "q"))
    row = rows(content)["q"]
    assert (row.action, row.parts[0].value) == (GapAction.EXTEND, 47.0)
    unsold = rows(snapshot(*HOME, *made, goes("p", "q")))["q"]
    assert (unsold.action, unsold.parts[0].value) == (GapAction.EXTEND, None)


def test_what_is_at_risk_comes_from_outside_or_from_one():
    """p: 6 from its sole local maker a, 3 from c outside, 1 from d who may be here: 9 at risk of 10."""
    away = LocatedIn(start="org:c", end="region:13")
    bought = [sells("a", "b", "p", 6.0), sells("c", "b", "p", 3.0), sells("d", "a", "p", 1.0)]
    content = snapshot(FOLLOWS, *HOME, away, step("p"), makes("a", "p"), *bought)
    row = rows(content)["p"]
    assert (row.action, row.parts[0].value) == (GapAction.STRENGTHEN, 9.0)
    # Two make it here, but one sells 6 of 10 (HHI 0.36 + 0.09 + 0.01 = 0.46): at risk when 0.4 is too much.
    content = snapshot(FOLLOWS, *HOME, away, step("p"), makes("a", "p"), makes("b", "p"), *bought)
    assert rows(content)["p"].state is GapState.COVERED
    assert rows(content, hhi_at_least=0.4)["p"].parts[0].value == 9.0
    assert [(content.name_of(one.organisation), one.value) for one in row.suppliers] == [
        ("a", 6.0),
        ("c", 3.0),
        ("d", 1.0),
    ]


def test_what_is_bought_beyond_the_graph_makes_the_whole_with_the_suppliers():
    """a buys 3 of c, and 5 of nobody knows whom in the country and 2 in the province: 3 + 7 = 10."""
    bought = [sells("c", "a", "p", 3.0), needs("a", "p", 5.0), needs("a", "p", 2.0, Proximity.PROVINCE)]
    row = rows(snapshot(FOLLOWS, *HOME, step("p"), *bought))["p"]
    assert (row.demand.total, row.demand.beyond_graph) == (10.0, 7.0)
    assert sum(one.value or 0.0 for one in row.suppliers) == 3.0
    # Known and not measured is not nothing; of q nothing is bought of them.
    unknown = [needs("a", "p", None), sells("c", "a", "q", 1.0)]
    found = rows(snapshot(FOLLOWS, *HOME, step("p"), step("q"), *unknown))
    assert (found["p"].demand.beyond_graph, found["q"].demand.beyond_graph) == (None, 0.0)


@pytest.mark.parametrize(
    ("code", "stated", "kind", "action"),
    [
        ("0119", None, SupplyKind.FARMED, GapAction.SECURE),
        ("1019", None, SupplyKind.MINED, GapAction.SECURE),
        ("4511", None, SupplyKind.UTILITY, GapAction.SECURE),
        ("4220", None, SupplyKind.SCRAP, GapAction.SECURE),
        ("3393", None, SupplyKind.MADE, GapAction.FILL),
        ("5431", None, SupplyKind.SERVICE, GapAction.FILL),
        (None, None, None, GapAction.FILL),
        ("3393", SupplyKind.MINED, SupplyKind.MINED, GapAction.SECURE),
        ("1019", SupplyKind.MADE, SupplyKind.MADE, GapAction.FILL),
        (None, SupplyKind.PUBLIC_SERVICE, SupplyKind.PUBLIC_SERVICE, GapAction.SECURE),
    ],
)
def test_what_cannot_be_attracted_is_secured(code, stated, kind, action):
    edges = [*HOME, needs("a", "p", 9.0)] + ([classed("p", code)] if code else [])
    content = snapshot(*edges, goods={"p": (ProductCategory.RAW_MATERIAL, stated)})
    row = rows(content)["p"]
    assert (row.supply_kind, row.action, row.parts[0].value) == (kind, action, 9.0)
    note = gaps(content, "town:s", as_of=YEAR).note
    assert ("1 个缺链的产品没有行业分类" in note) is (kind is None)


def test_of_several_industries_one_whose_goods_can_be_attracted_counts():
    content = snapshot(*HOME, needs("a", "p", 9.0), classed("p", "0119"), classed("p", "3393"))
    assert rows(content)["p"].supply_kind is SupplyKind.MADE


def test_actions_have_rankings_of_their_own_and_take_turns():
    """p and q are bought outside (9 and 5), r is weak, t is farmed: 补链 p, q; 强链 r; 保供 t."""
    content = snapshot(
        FOLLOWS,
        *HOME,
        step("r"),
        makes("a", "r"),
        needs("a", "p", 9.0),
        needs("a", "q", 5.0),
        needs("a", "t", 70.0),
        classed("t", "0119"),
    )
    found = gaps(content, "town:s", as_of=YEAR)
    told = [(content.name_of(row.product), row.action.value, row.rank) for row in found.rows]
    assert told == [("p", "FILL", 1), ("r", "STRENGTHEN", 1), ("t", "SECURE", 1), ("q", "FILL", 2)]
    assert [(one.action.value, one.count) for one in found.actions] == [
        ("FILL", 2),
        ("STRENGTHEN", 1),
        ("EXTEND", 0),
        ("SECURE", 1),
    ]
    # Of two that are known the greater exceeds one and half of itself; alone: half of itself.
    assert [row.parts[0].percentile for row in found.rows] == [0.75, None, 0.5, 0.25]
    alone = gaps(content, "town:s", as_of=YEAR, action=GapAction.FILL, first=1)
    assert [content.name_of(row.product) for row in alone.rows] == ["p"]
    assert ([one.action.value for one in alone.actions], alone.count) == (["FILL"], 2)


def test_a_product_of_another_recognised_town_comes_last():
    """q and r are made of p; t specialises in 3393 and makes q: last, whatever is sold to its makers."""
    made = [makes("a", "p"), makes("d", "q"), makes("d", "r"), MemberOf(start="org:c", end="town:t")]
    links = [goes("p", "q"), goes("p", "r"), sells("a", "d", "p", 9.0), classed("q", "3393")]
    rival = [makes("c", "q"), specialises("t", "3393")]
    content = snapshot(*HOME, *made, *links, *rival)
    extends = next(
        one for one in gaps(content, "town:s", as_of=YEAR).actions if one.action is GapAction.EXTEND
    )
    told = [(content.name_of(row.product), [*map(content.name_of, row.rivals)]) for row in extends.rows]
    assert told == [("r", []), ("q", ["t"])]
    assert "RIVAL_TOWN" in reasons(extends.rows[1])
    # Of the two that d could make for the town, it is told of the one; of the other that it is left out.
    place = content.find("org:d") - content.nodes["Organisation"].first
    told, left_out, _ = fills(content, place, YEAR)
    assert ([content.name_of(one.product) for one in told], left_out) == (["r"], 1)
    # Nobody of t makes it, and no chain of t has it: it is not known to be a product of t.
    elsewhere = snapshot(*HOME, *made, *links, specialises("t", "3393"))
    assert rows(elsewhere)["q"].rivals == []
    chained = [Follows(start="town:t", end="chain:d"), step("q", chain="d"), specialises("t", "33")]
    assert len(rows(snapshot(*HOME, *made, *links, *chained))["q"].rivals) == 1


def test_whose_economy_a_town_is():
    """Both towns lie in one county; only who is a member, or is linked to a town by a rule, is its own."""
    both = LiesIn(start="town:t", end="region:140921")
    here = [LocatedIn(start=f"org:{f}", end="region:140921") for f in "abcdef"]
    known = [
        MemberOf(start="org:a", end="town:s"),
        MemberOf(start="org:b", end="town:t"),
        engages("c", "3393"),
        specialises("s", "33"),
        makes("d", "p"),
        sells("e", "a", "v", 1.0),
    ]
    wants = [needs(f, p, 1.0) for f, p in zip("abcdef", "qrstuv", strict=True)]
    content = snapshot(FOLLOWS, both, *here, *known, step("p", required=False), *wants)
    found = gaps(content, "town:s", as_of=YEAR)
    counts = {one.rule.value: one.count for one in found.own.by_rule}
    assert counts == {"MEMBER": 1, "INDUSTRY": 1, "CHAIN": 1, "TRADE": 1, "PLACE": 0}
    assert found.own.count == 4
    # b is a member of the other town, and of f nothing is known: what they buy is not lacking here.
    assert {content.name_of(row.product) for row in found.rows} == {"p", "q", "s", "t", "u", "v"}
    other = gaps(content, "town:t", as_of=YEAR)
    assert {content.name_of(row.product) for row in other.rows} == {"r"}


def test_the_only_town_has_whom_nothing_can_be_compared_of():
    needed = [needs("a", "p", 1.0), needs("b", "q", 1.0)]
    alone = snapshot(*HOME, *needed, engages("a", "3393"))
    assert gaps(alone, "town:s", as_of=YEAR).own.count == 2
    # Once the industry of the town is known, that of a says that it is not its own; of b nothing is known.
    told = gaps(
        snapshot(*HOME, *needed, engages("a", "3393"), specialises("s", "0119")), "town:s", as_of=YEAR
    )
    assert (told.own.count, [one.count for one in told.own.by_rule]) == (1, [0, 0, 0, 0, 1])


def test_a_row_says_who_is_responsible_and_the_lead_that_there_is():
    agency = {"start": "org:g"}
    lead = Lead(id="lead:x", name="x", stage=LeadStage.CONTACTED, recorded_on=date(YEAR, 1, 1))
    content = snapshot(
        FOLLOWS,
        *HOME,
        step("p"),
        needs("a", "p", 1.0),
        needs("a", "q", 1.0),
        ResponsibleFor(start="org:f", end="chain:c"),
        ResponsibleFor(**agency, end="town:s"),
        OfTown(start="lead:x", end="town:s"),
        Fills(start="lead:x", end="product:q"),
        more=[lead],
    )
    found = rows(content)
    assert [content.name_of(one) for one in found["p"].responsible] == ["f"]
    assert [content.name_of(one) for one in found["q"].responsible] == ["g"]
    assert (found["p"].lead, content.id_of(found["q"].lead)) == (None, "lead:x")


def test_products_of_a_circle_are_not_downstream_of_each_other():
    chain = [step("p"), step("q"), step("r")]
    made = [makes("a", "p"), makes("c", "q"), makes("c", "r")]
    content = snapshot(FOLLOWS, *HOME, *chain, *made, goes("p", "q"), goes("q", "p"), goes("q", "r"))
    assert reasons(rows(content)["q"]) == ["NO_MAKER"]
    assert "r" in rows(content)


def test_losing_looks_three_years_back():
    content = snapshot(FOLLOWS, *HOME, step("p"), makes("a", "p"), makes("b", "p", until=2023))
    row = rows(content)["p"]
    assert ("LOSING" in reasons(row), row.makers_before) == (True, 2)
    content = snapshot(FOLLOWS, *HOME, step("p"), makes("a", "p"), makes("b", "p", until=2021))
    assert "LOSING" not in reasons(rows(content)["p"])


def test_leaders_depend_through_essential_inputs():
    chain = [step("p", "UPSTREAM"), step("q", "UPSTREAM"), step("r"), step("s")]
    made = [makes("a", "s"), makes("b", "r"), makes("c", "p"), makes("c", "q")]
    links = [goes("p", "r"), goes("r", "s"), goes("q", "s", essential=False), goes("s", "s")]
    leaders = [Leads(start="org:a", end="town:s"), Leads(start="org:d", end="town:s")]
    content = snapshot(FOLLOWS, *HOME, *chain, *made, *links, *leaders, more=[claim("org:a", 500.0)])
    found = rows(content)
    critical = {name: row.parts[1].value for name, row in found.items()}
    assert critical == {"p": 1.0, "q": 0.0, "r": 1.0, "s": None}
    assert (found["p"].leaders_revenue, found["q"].leaders_revenue) == (500.0, None)


def test_unknown_parts_are_left_out_and_weights_renormalised():
    nan = np.nan
    values = np.array([10.0, 30.0, nan]), np.array([nan, 1.0, nan]), np.array([0.2, nan, nan])
    found = ranked(dict(zip(GapPart, values, strict=True)), Weights(0.5, 0.3, 0.2))
    # Below the smaller of two is half of itself, below the greater it and half of itself; alone: half.
    assert found.percentiles[:, 0].tolist()[:2] == [0.25, 0.75]
    assert found.percentiles[:, 1].tolist()[1] == found.percentiles[:, 2].tolist()[0] == 0.5
    assert found.weights[:, 0].tolist() == pytest.approx([0.5 / 0.7, 0.5 / 0.8, 0.0])
    assert found.score.tolist()[:2] == pytest.approx(
        [(0.5 * 0.25 + 0.2 * 0.5) / 0.7, (0.5 * 0.75 + 0.3 * 0.5) / 0.8]
    )
    assert isnan(found.score[2])


@pytest.mark.parametrize("size", [1e308, 1e-308])
def test_only_the_proportions_of_weights_matter(size):
    keys = dict.fromkeys(GapPart, np.array([1.0, 2.0]))
    assert ranked(keys, Weights(size, size, size)).score.tolist() == pytest.approx([0.25, 0.75])


@pytest.mark.parametrize(
    ("asked", "argument"),
    [
        ({"value_weight": -0.1}, "valueWeight"),
        ({"feasibility_weight": float("nan")}, "feasibilityWeight"),
        ({"value_weight": 0.0, "criticality_weight": 0.0, "feasibility_weight": 0.0}, "valueWeight"),
        ({"local_share_below": 1.1}, "localShareBelow"),
        ({"hhi_at_least": -1.0}, "hhiAtLeast"),
        ({"makers_enough": 0}, "makersEnough"),
        ({"first": 0}, "first"),
    ],
)
def test_bad_arguments_are_named(asked, argument):
    with pytest.raises(BadInput) as caught:
        gaps(snapshot(), "town:s", as_of=YEAR, **asked)
    assert caught.value.path == (argument,)


def test_a_town_that_is_none_or_has_nothing():
    with pytest.raises(BadInput):
        gaps(snapshot(), "org:a", as_of=YEAR)
    with pytest.raises(NotFound):
        gaps(snapshot(), "town:x", as_of=YEAR)
    found = gaps(snapshot(), "town:s", as_of=YEAR)
    assert found.rows == []
    assert found.unknown_reason is not None


firm, good = st.sampled_from(FIRMS), st.sampled_from(GOODS)
amount = st.one_of(st.none(), st.integers(0, 20).map(float))
when = st.sampled_from([None, 2019, 2023, 2024, 2025])
essentials = st.sampled_from([None, False, True])
industries = st.sampled_from(INDUSTRIES)
kinds = st.tuples(
    st.sampled_from([ProductCategory.COMPONENT, ProductCategory.PACKAGING, ProductCategory.SERVICE]),
    st.sampled_from([None, None, SupplyKind.MINED, SupplyKind.MADE]),
)


@st.composite
def provinces(draw):
    """Draw a small province: steps, makers, purchases, inputs, leaders, titles, places, industries."""

    def some(strategy, most, key=lambda item: item):
        return draw(st.lists(strategy, max_size=most, unique_by=key))

    pair = lambda item: item[:2]  # noqa: E731
    steps = some(st.tuples(good, st.sampled_from("cd"), st.sampled_from(list(Stage)), essentials), 8, pair)
    edges = [StepOf(start=f"product:{p}", end=f"chain:{c}", stage=s, required=r) for p, c, s, r in steps]
    follows = some(st.tuples(st.sampled_from("st"), st.sampled_from("cd")), 3)
    edges += [Follows(start=f"town:{t}", end=f"chain:{c}") for t, c in follows]
    where = some(st.tuples(firm, st.sampled_from(sorted(REGIONS))), 8, lambda item: item[0])
    edges += [LocatedIn(start=f"org:{f}", end=f"region:{r}") for f, r in where]
    if draw(st.booleans()):
        edges.append(LiesIn(start="town:t", end="region:140921"))
    edges += [
        MemberOf(start=f"org:{f}", end=f"town:{t}")
        for f, t in some(st.tuples(firm, st.sampled_from("st")), 3)
    ]
    edges += [engages(*one) for one in some(st.tuples(firm, industries), 4)]
    edges += [specialises(*one) for one in some(st.tuples(st.sampled_from("st"), industries), 3)]
    edges += [classed(*one) for one in some(st.tuples(good, industries), 8)]
    edges += [
        makes(f, p, until=u)
        for f, p, u in some(st.tuples(firm, good, st.sampled_from([None, 2022])), 14, pair)
    ]
    inputs = st.tuples(good, good, essentials, st.sampled_from([None, None, 0.5]))
    edges += [goes(a, b, essential=e, coefficient=c) for a, b, e, c in some(inputs, 10, pair)]
    key = lambda item: (item[0], item[1], item[2], item[4])  # noqa: E731
    edges += [sells(*one) for one in some(st.tuples(firm, firm, good, amount, when), 12, key)]
    wants = st.tuples(firm, good, amount, st.sampled_from(list(Proximity)), when)
    edges += [needs(*one) for one in some(wants, 6, lambda item: (item[0], item[1], item[3], item[4]))]
    edges += [Leads(start=f"org:{f}", end="town:s") for f in some(firm, 2)]
    edges += [Holds(start=f"org:{f}", end="qualification:x") for f in some(firm, 2)]
    return snapshot(
        *edges, closed=some(firm, 1), goods=dict(some(st.tuples(good, kinds), 4, lambda item: item[0]))
    )


@settings(max_examples=60, deadline=None)
@given(provinces())
def test_a_plain_version_agrees(content):
    plain = Province.of(content, YEAR)
    expected, left_out = oracle.gaps(plain, "town:s")
    found = gaps(content, "town:s", as_of=YEAR, first=500, include_covered=True)
    assert found.left_out == len(left_out)
    assert {content.id_of(row.product) for row in found.rows} == set(expected)
    for row in found.rows:
        agrees(content, row, expected[content.id_of(row.product)])
    agrees_with_lists(found)
    rules = [economy.own_rule(plain, "town:s", f"org:{f}") for f in FIRMS if plain.exists(f"org:{f}")]
    assert {one.rule.value: one.count for one in found.own.by_rule} == {
        rule.value: rules.count(rule.value) for rule in OwnRule
    }
    by_step = {content.id_of(s.product): s for s in chain_map(content, "town:s", as_of=YEAR).steps}
    for id, one in by_step.items():
        assert (one.state and one.state.value) == expected.get(id, {"state": None})["state"]


def agrees_with_lists(found):
    """Each action has its ranking, rivals last; the overview takes them in turn."""
    lists = [one.rows for one in found.actions]
    assert [one.action for one in found.actions] == [*GapAction]
    for rows_of in lists:
        assert [row.rank for row in rows_of] == list(range(1, len(rows_of) + 1))
        keys = [(bool(row.rivals), -1.0 if row.score is None else row.score) for row in rows_of]
        assert keys == sorted(keys, key=lambda one: (one[0], -one[1]))
        agrees_with_rank(rows_of)
    turns = [one for turn in zip_longest(*lists) for one in turn if one is not None]
    ranked_rows = [row for row in found.rows if row.rank]
    assert [row.product for row in ranked_rows] == [row.product for row in turns]
    assert found.rows[: len(turns)] == ranked_rows


def agrees_with_rank(ranked_rows):
    """Each part's percentile among the gaps of an action, and the score that they make, by definition."""
    keys = [
        [part.value if part.name is not GapPart.CRITICALITY else _critical(row, part) for part in row.parts]
        for row in ranked_rows
    ]
    for row, mine in zip(ranked_rows, keys, strict=True):
        places = [
            percentile_rank(key, column) for key, column in zip(mine, zip(*keys, strict=True), strict=True)
        ]
        assert [part.percentile for part in row.parts] == pytest.approx(places)
        assert row.score == pytest.approx(weighed(places, (0.5, 0.3, 0.2)))


def _critical(row, part):
    """Of equally many leaders the greater revenue comes first."""
    return None if part.value is None else (part.value, row.leaders_revenue or 0.0)


def agrees(content, row, plain):
    assert row.state.value == plain["state"]
    assert reasons(row) == plain["reasons"]
    assert (row.action and row.action.value) == plain["action"]
    assert (row.supply_kind and row.supply_kind.value) == plain["kind"]
    assert [*map(content.id_of, row.rivals)] == plain["rivals"]
    assert [(content.id_of(one.organisation), one.value) for one in row.suppliers] == plain["suppliers"][:5]
    assert row.suppliers_count == len(plain["suppliers"])
    assert (row.because is not None and content.id_of(row.because)) == (plain["because"] or False)
    assert {one.proximity.value: [*map(content.id_of, one.makers)] for one in row.makers} == plain["makers"]
    assert row.makers_before == plain["before"]
    assert {one.proximity.value: one.value for one in row.demand.by_origin} == pytest.approx(plain["origins"])
    for name in ("total", "local_share", "local_share_at_most", "coverage"):
        assert getattr(row.demand, name) == pytest.approx(plain[name]), name
    assert row.hhi == pytest.approx(plain["hhi"])
    assert row.parts[0].value == pytest.approx(plain["value"])
    leaders = plain["leaders"]
    assert row.parts[1].value == (None if leaders is None else len(leaders))
    assert leaders is None or [*map(content.id_of, row.leaders)] == leaders
