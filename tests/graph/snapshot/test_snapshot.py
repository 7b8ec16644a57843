"""A snapshot says what the store says, is never torn, and chooses by the year rules."""

import asyncio
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.edits.lock import finish, once, take, touch
from graph.edits.upsert import NodeRow, RelationRow, merge_nodes, merge_relations
from graph.errors import BadInput, NotFound, StoreConflict, StoreUnavailable
from graph.kinds import NODES, RELATIONS
from graph.kinds.columns import columns
from graph.kinds.entities import Organisation, Product, Region, Town
from graph.kinds.facts import Claim, Source
from graph.kinds.metrics import Metric, Unit
from graph.kinds.papers import Qualification
from graph.kinds.relations import Holds, LocatedIn, Needs, Supplies
from graph.kinds.terms import (
    Grade,
    OrganisationForm,
    ProductCategory,
    Proximity,
    RegionLevel,
    Scope,
    TownLevel,
    TownStatus,
)
from graph.networkx.subgraph import subgraph
from graph.snapshot.claims import Measure, figure, figures
from graph.snapshot.index import Index
from graph.snapshot.keeper import SnapshotKeeper
from graph.snapshot.purchases import supply_flows, supply_network
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import MISSING, TEXT
from graph.snapshot.taking import take_snapshot
from graph.snapshot.years import alive, valid_in
from graph.store.versions import versions

FIRM = OrganisationForm.ENTERPRISE


def firm(id, **fields):
    return Organisation(id=f"org:{id}", name=id.upper(), form=FIRM, **fields)


def product(id):
    return Product(id=f"product:{id}", name=id, category=ProductCategory.COMPONENT)


def source(id, grade=Grade.B, **fields):
    return Source(id=f"source:{id}", name=id, grade=grade, **fields)


def supply(start, end, year=None, value=None, good="p", **fields):
    ends = {"start": f"org:{start}", "end": f"org:{end}", "product": f"product:{good}"}
    return Supplies(**ends, year=year, value=value, **fields)


def claim(id, year, value, **fields):
    given = {"subject": "org:a", "source": "source:s", "grade": Grade.B, "unit": Unit.YUAN} | fields
    return Claim(id=f"claim:{id}", metric=Metric.REVENUE, year=year, value=value, **given)


NODES_OF_ALL_TYPES = [
    Region(id="region:140921", name="定襄县", level=RegionLevel.COUNTY, former_codes=["142222", "x"]),
    Town(
        id="town:t",
        name="法兰",
        level=TownLevel.CITY,
        status=TownStatus.CANDIDATE,
        register_complete_for=[2023, 2024],
        recognised_on=date(2022, 9, 14),
    ),
    firm("b", aliases=["乙", "乙厂"], longitude=112.5, synthetic=True, founded_on=date(1999, 1, 2)),
    firm("a"),
    product("p"),
    source("s", published_on=date(2024, 5, 6)),
    Qualification(id="qualification:q", name="q", level="PROVINCIAL", rank=3),
    claim("1", 2024, 5.0, product="product:p", scope=Scope.PRODUCT),
    claim("2", None, 0.0, subject="town:t"),
]
RELATIONS_OF_ALL_TYPES = [
    supply("a", "b", 2024, 3.0, source="source:s", share=0.5),
    supply("a", "b"),
    LocatedIn(start="org:a", end="region:140921", since=2001),
    Holds(start="org:a", end="qualification:q", valid_from=date(2020, 1, 1), certificate="甲1"),
    Needs(start="org:a", end="product:p", value=1.5),
]


def test_what_goes_in_comes_out():
    snapshot = Snapshot.of(NODES_OF_ALL_TYPES, RELATIONS_OF_ALL_TYPES)
    for node in NODES_OF_ALL_TYPES:
        row = snapshot.row_of(node.id)
        assert snapshot.entity(row) == node
        assert snapshot.id_of(row) == node.id
        assert snapshot.kind_of(row) is type(node)
    edges = [snapshot.edge(label, p) for label, t in snapshot.relations.items() for p in range(len(t))]
    assert sorted(map(repr, edges)) == sorted(map(repr, RELATIONS_OF_ALL_TYPES))
    assert snapshot.find("org:nobody") is None
    with pytest.raises(NotFound, match="org:nobody"):
        snapshot.row_of("org:nobody")


def test_arrays_are_read_only_and_typed():
    snapshot = Snapshot.of(NODES_OF_ALL_TYPES, RELATIONS_OF_ALL_TYPES)
    dtypes = {"U": TEXT}
    for table in (*snapshot.nodes.values(), *snapshot.relations.values()):
        for array in table.arrays.values():
            assert not array.flags.writeable
            assert len(array) == len(table)
            assert array.dtype in (np.int8, np.int16, np.int32, np.float64, "datetime64[D]", dtypes["U"])


def test_the_order_of_reading_does_not_matter():
    one = Snapshot.of(NODES_OF_ALL_TYPES, RELATIONS_OF_ALL_TYPES)
    other = Snapshot.of(reversed(NODES_OF_ALL_TYPES), reversed(RELATIONS_OF_ALL_TYPES))
    assert one.id == other.id
    moved = [replace(n, name="另") if n.id == "org:a" else n for n in NODES_OF_ALL_TYPES]
    assert Snapshot.of(moved, RELATIONS_OF_ALL_TYPES).id != one.id


def test_what_dangles_is_counted_and_left_out():
    edges = [supply("a", "b"), supply("a", "gone"), supply("a", "b", 2020, source="source:gone")]
    snapshot = Snapshot.of([firm("a"), firm("b"), product("p")], edges)
    assert len(snapshot.relations["SUPPLIES"]) == 2
    assert snapshot.dangling == {"SUPPLIES.to": 1, "SUPPLIES.source": 1}


def test_an_id_that_shares_its_checksum_is_found(monkeypatch):
    monkeypatch.setattr("graph.snapshot.index.crc32", len)
    index = Index(np.array(["aa", "bb", "c", "dd"], dtype=TEXT))
    assert index.rows(["dd", "aa", "xx", None, "c", "bb"]).tolist() == [3, 0, -1, -1, 2, 1]
    assert [index.row(id) for id in ("dd", "aa", "xx", "", "c", "bb", "long")] == [3, 0, -1, -1, 2, 1, -1]


years = st.one_of(st.none(), st.integers(2018, 2025))
supplies = st.builds(
    supply,
    st.sampled_from("abc"),
    st.sampled_from("abc"),
    years,
    st.one_of(st.none(), st.sampled_from([1.0, 1.04, 1.06, 2.0])),
    st.sampled_from("pq"),
    source=st.sampled_from([None, "source:s", "source:t", "source:u"]),
    since=st.one_of(st.none(), st.integers(2018, 2025)),
    until=st.one_of(st.none(), st.integers(2018, 2025)),
)
SOURCES = [
    source("s", Grade.B, published_on=date(2020, 1, 1)),
    source("t", Grade.B, published_on=date(2021, 1, 1)),
    source("u", Grade.A),
]
RANK = {"source:u": 0, "source:t": 1, "source:s": 2, None: 3}
CAST = [firm("a"), firm("b"), firm("c", closed_on=date(2023, 6, 1)), product("p"), product("q"), *SOURCES]


def unique(edges):
    return list({(e.start, e.end, e.key()): e for e in edges}.values())


def holds(edge, year):
    closed = year >= 2023 and "org:c" in (edge.start, edge.end)
    begun = edge.since is None or edge.since <= year
    return begun and (edge.until is None or edge.until > year) and not closed


def chosen_flows(edges, year):
    groups = {}
    for edge in edges:
        if holds(edge, year) and (edge.year is None or edge.year <= year):
            groups.setdefault((edge.start, edge.end, edge.product), []).append(edge)
    return {
        key: (best, sum(contradicts(best, other) for other in group))
        for key, group in groups.items()
        for best in [min(group, key=lambda e: (-(e.year or 0), RANK[e.source]))]
    }


def contradicts(best, other):
    undated = best.year is None or other.year is None
    heard = best.source != other.source or undated
    near = undated or best.year == other.year
    known = best.value is not None and other.value is not None
    return heard and near and known and abs(other.value - best.value) > 0.05 * abs(best.value)


@settings(deadline=None)
@given(st.lists(supplies, max_size=25).map(unique), st.integers(2019, 2025))
def test_flows_are_chosen_by_the_rule(edges, year):
    snapshot = Snapshot.of(CAST, edges)
    flows = supply_flows(snapshot, year)
    expected = chosen_flows(edges, year)
    assert len(flows) == len(expected)
    for place in range(len(flows)):
        ends = tuple(snapshot.id_of(a[place]) for a in (flows.start, flows.end, flows.product))
        best, rivals = expected[ends]
        assert snapshot.edge("SUPPLIES", int(flows.edge[place])) == best
        assert flows.rivals[place] == rivals
        assert flows.stale[place] == (best.year is not None and year - best.year > 3)
        assert flows.year[place] == (MISSING if best.year is None else best.year)


def test_a_share_is_that_of_known_purchases():
    edges = [
        supply("a", "c", 2024, 30.0),
        supply("b", "c", 2024, 50.0),
        supply("d", "c", 2019, 999.0),
        supply("a", "d", 2024, None, share=0.25),
        supply("b", "d", 2024),
        Needs(start="org:c", end="product:p", value=20.0, year=2023, origin=Proximity.ABROAD),
        Needs(start="org:c", end="product:p", value=7.0, year=2022, origin=Proximity.ABROAD),
    ]
    snapshot = Snapshot.of([*map(firm, "abcd"), product("p")], edges)
    flows = supply_flows(snapshot, 2024)
    names = [
        f"{snapshot.name_of(a)}{snapshot.name_of(b)}" for a, b in zip(flows.start, flows.end, strict=True)
    ]
    shares = dict(zip(names, flows.share.tolist(), strict=True))
    assert shares["AC"] == 0.3
    assert shares["BC"] == 0.5
    assert shares["AD"] == 0.25
    assert np.isnan([shares["DC"], shares["BD"]]).all()
    assert np.isnan(flows.measured[names.index("DC")])
    assert flows.value[names.index("DC")] == 999.0


def test_a_network_leads_both_ways_and_is_kept():
    snapshot = Snapshot.of([*map(firm, "abc"), product("p")], [supply("a", "b"), supply("b", "c")])
    network = supply_network(snapshot, 2024)
    assert supply_network(snapshot, 2024) is network
    assert network.customers.degree().tolist() == [1, 1, 0]
    assert network.suppliers.degree().tolist() == [0, 1, 1]


def test_certificates_and_lifetimes_go_by_their_dates():
    holder = {"start": "org:a", "end": "qualification:q"}
    spans = [(None, None), (date(2021, 12, 31), None), (date(2022, 1, 1), None), (None, date(2021, 12, 31))]
    edges = [Holds(**holder, valid_from=a, valid_to=b) for a, b in spans]
    snapshot = Snapshot.of([firm("a"), NODES_OF_ALL_TYPES[6]], edges)
    held = valid_in(snapshot.relations["HOLDS"], 2021)
    kept = [snapshot.edge("HOLDS", p) for p in np.flatnonzero(held).tolist()]
    assert sorted(map(repr, kept)) == sorted(map(repr, edges[:2]))
    firms = [firm("a", founded_on=date(2020, 5, 1)), firm("b", closed_on=date(2020, 5, 1)), firm("c")]
    table = Snapshot.of(firms).nodes["Organisation"]
    assert alive(table, 2019).tolist() == [False, True, True]
    assert alive(table, 2020).tolist() == [True, False, True]


claims = st.lists(
    st.builds(
        lambda *given: given,
        years,
        st.sampled_from([1.0, 1.04, 1.06, 2.0]),
        st.sampled_from(Grade),
        st.sampled_from(["source:s", "source:t", "source:u"]),
        st.one_of(st.none(), st.sampled_from([date(2024, 1, 1), date(2024, 2, 1)])),
        st.sampled_from(["org:a", "org:b"]),
        st.sampled_from([None, "product:p"]),
    ),
    max_size=20,
)
PUBLISHED = {s.id: s.published_on or date.min for s in SOURCES}


@settings(deadline=None)
@given(claims, st.integers(2019, 2025))
def test_figures_are_chosen_by_the_rule(rows, year):
    made = [
        claim(f"{n:02}", y, v, grade=g, source=s, recorded_on=r, subject=o, product=p)
        for n, (y, v, g, s, r, o, p) in enumerate(rows)
    ]
    snapshot = Snapshot.of([*CAST, *made])
    found = figures(snapshot, Measure(Metric.REVENUE), year)
    for subject in ("org:a", "org:b"):
        group = [
            c
            for c in made
            if c.subject == subject and c.product is None and (c.year is None or c.year <= year)
        ]
        ranked = sorted(group, key=_rank)
        row = snapshot.row_of(subject)
        one = figure(snapshot, row, Measure(Metric.REVENUE), year)
        assert (one is None) == (not ranked)
        assert (row in found.subject) == bool(ranked)
        if one is not None:
            rivals = [c.id for c in ranked[1:] if contradicts(ranked[0], c)]
            assert [snapshot.id_of(c) for c in one.claims] == [c.id for c in ranked]
            assert [snapshot.id_of(c) for c in one.rivals] == rivals
            place = found.subject.tolist().index(row)
            assert found.claim[place] + snapshot.nodes["Claim"].first == one.claim
            assert found.rivals[place] == len(rivals)
            assert found.of(np.array([row], np.int32)).tolist() == [one.value]


def _rank(one):
    later = (-PUBLISHED[one.source].toordinal(), -(one.recorded_on or date.min).toordinal())
    return (one.year is None, -(one.year or 0), one.grade, later, one.id)


def test_a_picture_is_frozen_and_bounded():
    edges = [supply("a", "b", 2023, 1.0), supply("a", "b", 2024, 2.0, "q"), supply("b", "c")]
    snapshot = Snapshot.of([*map(firm, "abc"), product("p"), product("q")], edges)
    graph = subgraph(snapshot, ["org:a", "org:b"], 2024)
    assert graph.nodes["org:a"] == {"name": "A", "kind": "Organisation"}
    links = [("org:a", "org:b", {"product": "product:p|product:q", "value": 3.0, "year": 2024})]
    assert list(graph.edges(data=True)) == links
    with pytest.raises(Exception, match=r"[Ff]rozen"):
        graph.add_node("x")
    many = Snapshot.of([firm(f"{n:04}") for n in range(5_001)])
    with pytest.raises(BadInput, match="5,001"):
        subgraph(many, many.nodes["Organisation"]["id"].tolist(), 2024)


async def fill(store):
    """Write objects of every type as a load does."""
    statements = []
    for kind in NODES:
        rows = [NodeRow(n.id, cells(n)) for n in NODES_OF_ALL_TYPES if type(n) is kind]
        statements += merge_nodes(kind, rows) if rows else []
    for kind in RELATIONS:
        rows = [
            RelationRow(
                r.start, r.end, r.key(), {k: v for k, v in cells(r).items() if k not in ("from", "to")}
            )
            for r in RELATIONS_OF_ALL_TYPES
            if type(r) is kind
        ]
        statements += merge_relations(kind, rows) if rows else []
    begun = take("load:x", await versions(store))
    await store.write(begun, *statements, touch("load:x"), finish("load:x"))


def cells(item):
    values = {c.name: getattr(item, c.field) for c in columns(type(item))}
    return {name: value for name, value in values.items() if value not in (None, [])}


async def test_the_store_and_its_snapshot_agree(empty_store):
    await fill(empty_store)
    snapshot = await take_snapshot(empty_store)
    assert snapshot.id.partition("-")[0] == "v1.2"
    assert snapshot.id.partition("-")[2] == Snapshot.of(NODES_OF_ALL_TYPES, RELATIONS_OF_ALL_TYPES).id[5:]
    assert snapshot.newest_year == 2024
    assert not snapshot.dangling
    for node in NODES_OF_ALL_TYPES:
        assert snapshot.entity(snapshot.row_of(node.id)) == node
    edges = [snapshot.edge(label, p) for label, t in snapshot.relations.items() for p in range(len(t))]
    assert sorted(map(repr, edges)) == sorted(map(repr, RELATIONS_OF_ALL_TYPES))


class Disturbed:
    """A store in which others write while it is read."""

    def __init__(self, store, times):
        self.store, self.left = store, times
        self.read, self.write = store.read, store.write

    async def stream(self, cypher):
        async for row in self.store.stream(cypher):
            yield row
        if self.left and "Organisation" in cypher:
            self.left -= 1
            late = NodeRow(
                f"org:late{self.left}", {"id": f"org:late{self.left}", "name": "x", "form": "ENTERPRISE"}
            )
            await self.store.write(*merge_nodes(Organisation, [late]), once(await versions(self.store)))


async def test_a_write_during_the_reading_makes_it_read_again(empty_store):
    await fill(empty_store)
    snapshot = await take_snapshot(Disturbed(empty_store, 1), wait=0.01)
    now = await versions(empty_store)
    assert (snapshot.version, snapshot.writes) == (now.version, now.writes)
    assert snapshot.find("org:late0") is not None


async def test_a_store_that_never_rests_is_a_conflict(empty_store):
    await fill(empty_store)
    with pytest.raises(StoreConflict):
        await take_snapshot(Disturbed(empty_store, 99), tries=3, wait=0.01)
    await empty_store.write(take("load:z", await versions(empty_store)))
    with pytest.raises(StoreConflict):
        await take_snapshot(empty_store, tries=2, wait=0.01)


async def until(condition):
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - nothing tells
            await asyncio.sleep(0.02)


async def test_the_keeper_follows_the_store(empty_store):
    await fill(empty_store)
    async with SnapshotKeeper(empty_store, derive=len, every=0.02) as keeper:
        first = await keeper.ready()
        assert keeper.derived == len(first)
        await empty_store.write(take("load:y", await versions(empty_store)))
        await empty_store.write(touch("load:y"))
        await until(lambda: keeper.versions.writes > first.writes)
        await asyncio.sleep(0.1)
        assert keeper.current is first, "a running load is waited for"
        late = claim("late", 2025, 1.0)
        row = NodeRow(late.id, cells(late))
        await empty_store.write(*merge_nodes(Claim, [row]), touch("load:y"), finish("load:y"))
        await until(lambda: keeper.current is not first)
        assert keeper.derived == len(first) + 1
        assert keeper.current.newest_year == 2025


class Broken:
    """A store that is away at times."""

    def __init__(self, store):
        self.store, self.away = store, False
        self.write, self.stream = store.write, store.stream

    async def read(self, cypher, **parameters):
        if self.away:
            raise StoreUnavailable("断")
        return await self.store.read(cypher, **parameters)


async def test_an_outage_is_said_once_and_waited_out(empty_store, caplog):
    await fill(empty_store)
    store = Broken(empty_store)
    caplog.set_level("INFO", "graph.snapshot.keeper")
    async with SnapshotKeeper(store, every=0.01) as keeper:
        first = await keeper.ready()
        store.away = True
        await until(lambda: caplog.records[-1].levelname == "WARNING")
        await asyncio.sleep(0.1)
        assert sum(r.levelname == "WARNING" for r in caplog.records) == 1
        assert keeper.current is first
        store.away = False
        await until(lambda: "follows the store again" in caplog.text)


async def test_the_keeper_survives_a_fault_in_what_is_derived(empty_store, caplog):
    await fill(empty_store)
    faults = [ZeroDivisionError("x"), None]

    def derive(snapshot):
        fault = faults.pop(0)
        if fault:
            raise fault
        return len(snapshot)

    async with SnapshotKeeper(empty_store, derive=derive, every=0.01) as keeper:
        assert keeper.derived is None
        assert len(await keeper.ready()) == keeper.derived
    assert "could not be taken" in caplog.text
