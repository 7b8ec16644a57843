"""A snapshot that follows the log equals one taken anew, array by array; where the log fails, all is read."""

import asyncio
import random
from contextlib import suppress
from dataclasses import replace
from datetime import date

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.edits.change import MOST_LOGGED, Change, Journal
from graph.edits.invented import remove_synthetic
from graph.edits.lock import once
from graph.edits.neighbourhood import Place
from graph.edits.rulings import Correct, Grounds, Merge, Pin, Retract, SetApart, rule
from graph.edits.undo import undo
from graph.edits.upsert import NodeRow, RelationRow, merge_relations
from graph.errors import BadInput, NotFound, StoreUnavailable
from graph.kinds import NODE_OF, NODES, RELATION_OF, RELATIONS
from graph.kinds.columns import columns
from graph.kinds.entities import Organisation
from graph.kinds.relations import Supplies
from graph.kinds.terms import ProductCategory
from graph.snapshot.builder import Builder
from graph.snapshot.following import CannotFollow, followed
from graph.snapshot.keeper import SnapshotKeeper
from graph.snapshot.masking import without_persons
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.taking import take_snapshot
from graph.store.log import KEPT, Entry, Step, entries
from graph.store.store import Statement
from graph.store.versions import Versions, versions
from loaders.load import load_folder
from loaders.rows.correction import correction
from tests.graph.snapshot.test_overlay import same
from tests.loaders.csv.test_load import write

WHY = Grounds("核对原件")
BASE = {
    "Region": "id,name,level,formerCodes\nregion:140000,山西省,PROVINCE,\n"
    "region:140921,定襄县,COUNTY,140999\n",
    "PART_OF": "from,to\nregion:140921,region:140000\n",
    "Source": "id,name,grade\nsource:a,公报,A\nsource:b,报道,B\n",
    "Product": "id,name,category\nproduct:p,法兰,FINISHED\nproduct:q,锻件,COMPONENT\n",
    "Town": "id,name,level,status\ntown:t,定襄法兰,PROVINCIAL,RECOGNISED\n",
    "Organisation": "id,name,form,region,synthetic\norg:a,甲厂,ENTERPRISE,region:140921,\n"
    "org:b,乙厂,ENTERPRISE,region:140921,\norg:x,丙厂,COOPERATIVE,,true\n",
    "MEMBER_OF": "from,to,since\norg:a,town:t,2020\norg:x,town:t,2021\n",
    "SUPPLIES": "from,to,product,year,value,source\norg:a,org:b,product:p,2023,10,source:a\n"
    "org:a,org:b,product:p,2024,12,source:b\norg:x,org:a,product:q,,,\n",
    "NEEDS": "from,to,year\norg:a,product:q,2024\n",
    "Claim": "subject,metric,value,unit,source,year\norg:a,REVENUE,3,亿元,source:a,2023\n"
    "org:a,REVENUE,4,亿元,source:b,2023\ntown:t,OUTPUT_VALUE,5,亿元,source:b,2024\n",
}
FIRMS = "MATCH (o:Organisation) RETURN {id: o.id} AS firm ORDER BY o.id"
CLAIMS = "MATCH (c:Claim) RETURN {id: c.id} AS claim ORDER BY c.id"


@pytest.fixture
def load(empty_store, tmp_path):
    """Loads tables, and gives the load's id."""
    count = iter(range(10_000))

    async def loaded(tables):
        folder = tmp_path / f"tables{next(count)}"
        folder.mkdir()
        return (await load_folder(empty_store, write(folder, tables))).load

    return loaded


async def ruled(store, asked):
    return await rule(store, asked, WHY, correction)


async def agree(keeper, store):
    """Hold what the keeper has against a snapshot taken anew."""
    await keeper.refresh()
    fresh = await take_snapshot(store)
    same(keeper.current, fresh)
    held = keeper.current
    assert held.id == fresh.id
    assert (held.newest_year, held.former, held.mark) == (fresh.newest_year, fresh.former, fresh.mark)
    ids = fresh.index.ids.tolist()
    assert held.index.rows([*ids, "org:nobody"]).tolist() == [*range(len(ids)), -1]
    for table, twin in zip(_tables(held), _tables(fresh), strict=True):
        assert table.nbytes == twin.nbytes, "a column that is the same all over is one value in both"
        assert not any(array.flags.writeable for array in table.arrays.values())


def _tables(snapshot):
    return [*snapshot.nodes.values(), *snapshot.relations.values()]


@pytest.mark.parametrize("seed", range(4))
async def test_any_loads_rulings_and_undos_are_followed(empty_store, load, caplog, seed):
    chance = random.Random(seed)  # noqa: S311 - repeatable
    caplog.set_level("INFO", "graph.snapshot.keeper")
    owners = [await load(BASE)]
    keeper = SnapshotKeeper(empty_store)
    await keeper.refresh()
    for _ in range(12):
        for _ in range(chance.choice([1, 1, 2, 3])):
            with suppress(BadInput, NotFound):
                await _something(empty_store, load, chance, owners)
        await agree(keeper, empty_store)
    assert "read anew" not in caplog.text
    await remove_synthetic(empty_store)
    await agree(keeper, empty_store)
    assert "read anew" not in caplog.text


async def _something(store, load, chance, owners):
    """Load something new or changed, rule something, or take something back."""
    number, year = chance.randrange(30), chance.choice(["", "2023", "2024", "2025"])
    firms = [row["id"] for row in await store.read(FIRMS)] or ["org:a"]
    one, other = chance.choice(firms), chance.choice(firms)
    tables = {
        "Organisation": f"id,name,form,region,foundedOn,aliases\norg:a,甲{number}厂,ENTERPRISE,,,\n"
        f"org:{number},某厂,COOPERATIVE,region:140000,2001-02-0{number % 9 + 1},某某|某\n",
        "Product": f"id,name,category\nproduct:{number},某品,FINISHED\n",
        "SUPPLIES": f"from,to,product,year,value,source\norg:{number},{one},product:q,{year},{number},\n"
        f"{one},{other},product:p,{year},{number + 0.5},source:a\n",
        "Claim": "subject,metric,value,unit,source,year\n"
        f"{one},REVENUE,{number},亿元,source:b,{year or 2022}\n",
    }
    claim = chance.choice([row["id"] for row in await store.read(CLAIMS)] or [""])
    asked = [
        Retract(Place(one)),
        Retract(Place(claim)),
        Retract(Place(None, "SUPPLIES", one, other)),
        Correct(Place(one), {"name": f"又名{number}", "longitude": "112.5"}),
        Correct(Place(claim), {"note": "更正"}),
        Merge(one, other),
        SetApart(one, other),
        Pin(claim),
    ]
    match chance.randrange(4):
        case 0:
            owners.append(await load(tables))
        case 1 if owners:
            await undo(store, chance.choice(owners))
        case _:
            owners.append((await ruled(store, chance.choice(asked))).ruling)


FORMS = ("ENTERPRISE", "FAMILY_FARM")
ORGS, GOODS, YEARS = ("org:a", "org:b", "org:c", "org:dd"), ("product:p", "product:q"), (None, 2023, 2024)
SUBJECTS = (*ORGS, *GOODS)
firm_cells = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["甲", "乙", "丙" * 20]),
        "form": st.sampled_from(["ENTERPRISE", "COOPERATIVE"]),
    },
    optional={
        "aliases": st.sampled_from([[], ["子"], ["子", "丑"], None]),
        "foundedOn": st.sampled_from([date(2001, 2, 3), None]),
        "longitude": st.sampled_from([1.5, None]),
        "synthetic": st.sampled_from([True, False, None]),
    },
)
flows = st.tuples(
    st.sampled_from(ORGS), st.sampled_from(ORGS), st.sampled_from(GOODS), st.sampled_from(YEARS)
)
deeds = st.one_of(
    st.tuples(st.just("firm"), st.sampled_from(ORGS), firm_cells),
    st.tuples(st.just("rename"), st.sampled_from(ORGS), st.sampled_from(["甲", "丁"])),
    st.tuples(st.just("leave"), st.sampled_from(ORGS), st.none()),
    st.tuples(st.just("flow"), flows, st.sampled_from([1.0, 2.5, None])),
    st.tuples(st.just("stop"), flows, st.none()),
    st.tuples(st.just("claim"), st.tuples(st.sampled_from(SUBJECTS), st.sampled_from("12")), st.just(7.0)),
)
worlds = st.lists(deeds, max_size=12)


class World:
    """Rows by label and identity, as a store would hold them, and the steps that led there."""

    def __init__(self):
        self.rows = {label: {} for label in (*NODE_OF, *RELATION_OF)}
        self.rows["Product"] = {
            id: {"name": id, "category": ProductCategory.COMPONENT.value, "id": id} for id in GOODS
        }
        self.rows["Source"] = {"source:s": {"name": "s", "grade": "B", "id": "source:s"}}

    def do(self, what, which, more):
        """Do something as graph/edits would, and tell the log's steps."""
        deeds = {"firm": self._firm, "rename": self._rename, "leave": self._leave, "claim": self._claim}
        if what in deeds:
            return deeds[what](which, more)
        return self._flow(what, which, more)

    def _firm(self, id, cells):
        return [self._put("Organisation", id, cells)]

    def _rename(self, id, name):
        there = id in self.rows["Organisation"]
        return [self._put("Organisation", id, {"name": name})] if there else []

    def _leave(self, id, _):
        if id not in self.rows["Organisation"]:
            return []
        lost = [claim for claim, row in self.rows["Claim"].items() if row["subject"] == id]
        steps = [self._drop("Claim", lost)] if lost else []
        self._drop("SUPPLIES", [flow for flow in self.rows["SUPPLIES"] if id in flow.split(" ", 2)[:2]])
        return [*steps, self._drop("Organisation", [id])]

    def _claim(self, which, value):
        subject, number = which
        if subject not in self.rows["Organisation"] and subject not in GOODS:
            return []
        about = {"subject": subject, "source": "source:s", "metric": "REVENUE", "unit": "YUAN", "year": 2024}
        return [self._put("Claim", f"claim:{subject}{number}", about | {"value": value, "grade": "B"})]

    def _flow(self, what, which, value):
        start, end, product, year = which
        identity = f"{start} {end} {product}|{year or ''}|"
        if not {start, end} <= self.rows["Organisation"].keys():
            return []
        if what == "stop":
            return [self._drop("SUPPLIES", [identity])] if identity in self.rows["SUPPLIES"] else []
        cells = {"product": product, "value": value} | ({"year": year} if year else {})
        return [self._put("SUPPLIES", identity, cells)]

    def _put(self, label, identity, cells):
        there = identity in self.rows[label]
        row = self.rows[label].setdefault(identity, {"id": identity} if label in NODE_OF else {})
        row |= cells
        some = {identity: dict(cells)}
        return Step(label, changed=some) if there else Step(label, new=some)

    def _drop(self, label, identities):
        for identity in identities:
            del self.rows[label][identity]
        return Step(label, identities)

    def snapshot(self):
        """Build it from scratch."""
        builder = Builder()
        for kind in (*NODES, *RELATIONS):
            rows = self.rows[kind.label].items()
            ends = [dict(zip(("from", "to"), id.split(" ")[:2], strict=False)) for id, _ in rows]
            whole = [
                row | (end if kind in RELATIONS else {}) for (_, row), end in zip(rows, ends, strict=True)
            ]
            builder.add(kind, [[row.get(c.name) for c in columns(kind)] for row in whole])
            builder.seal(kind)
        return Snapshot.built(builder)


def transacted(world, held, transactions):
    """Do deeds, transaction by transaction, and follow them from a held snapshot."""
    log = [entry(held.writes, [])]
    for number, deeds_done in enumerate(transactions, held.writes + 1):
        steps = [step for deed in deeds_done for step in world.do(*deed)]
        told = orjson.loads(orjson.dumps([[s.label, list(s.gone), s.new, s.changed] for s in steps]))
        log.append(entry(number, [Step(*step) for step in told]))
    last = held.writes + len(transactions)
    return followed(held, log, Versions(last, last, None, 0, 0, str(last)))


def entry(write, steps, *, mark=None, moved=1):
    return Entry(write, mark or str(write), write - moved, write, steps)


@settings(deadline=None, max_examples=100)
@given(worlds, st.lists(worlds, min_size=1, max_size=3))
def test_folded_steps_make_the_rows_that_they_made_one_by_one(before, transactions):
    world = World()
    for deed in before:
        world.do(*deed)
    held = replace(world.snapshot(), mark="0")
    without_persons(held)
    made = transacted(world, held, transactions)
    fresh = world.snapshot()
    same(made, fresh)
    same(without_persons(made), without_persons(fresh))
    assert made.id.partition("-")[2] == fresh.id.partition("-")[2]
    assert made.newest_year == fresh.newest_year
    last = len(transactions)
    assert (made.version, made.writes, made.mark) == (last, last, str(last))


@settings(deadline=None, max_examples=25)
@given(worlds, worlds)
def test_what_is_read_anew_shares_what_is_equal(before, deeds_done):
    world = World()
    for deed in before:
        world.do(*deed)
    held = replace(world.snapshot(), mark="0")
    for deed in deeds_done:
        world.do(*deed)
    fresh = world.snapshot()
    made = fresh.after(held)
    same(made, fresh)
    assert made.id == fresh.id
    for table, old in zip(_tables(made), _tables(held), strict=True):
        for name, array in table.arrays.items():
            equal = array.dtype == old[name].dtype and array.tolist() == old[name].tolist()
            assert not equal or array is old[name] or array.dtype.kind in "fM"


def test_what_is_not_touched_is_shared():
    world = World()
    for number in range(5):
        world.do("claim", ("product:p", str(number)), float(number))
    held = replace(world.snapshot(), mark="0")
    step = Step("Claim", changed={"claim:product:p1": {"pinnedThrough": 2024, "metric": "REVENUE"}})
    made = followed(held, [entry(0, []), entry(1, [step])], Versions(1, 1, None, 0, 0, "1"))
    assert made.index is held.index
    claims = made.nodes["Claim"]
    changed = {name for name, array in claims.arrays.items() if array is not held.nodes["Claim"][name]}
    assert changed == {"pinnedThrough"}
    assert all(made.nodes[label] is table for label, table in held.nodes.items() if label != "Claim")
    assert all(made.relations[label] is table for label, table in held.relations.items())


FIRM = {"name": "甲", "form": "ENTERPRISE"}


@pytest.mark.parametrize(
    ("log", "why"),
    [
        ([], "begins later"),
        ([entry(0, [], mark="other"), entry(1, [])], "another store"),
        ([entry(0, []), entry(2, [])], "no write 1"),
        ([entry(0, []), entry(1, [], moved=0)], "no write 1"),
        ([entry(0, []), entry(1, None)], "does not say"),
        ([entry(0, [])], "ends earlier"),
        ([entry(0, []), entry(1, [], mark="other")], "ends earlier"),
        ([entry(0, []), entry(1, [Step("Organisation", changed={"org:z": FIRM})])], "not in the snapshot"),
        ([entry(0, []), entry(1, [Step("Organisation", new={"org:z": {"form": "ENTERPRISE"}})])], "without"),
        (
            [entry(0, []), entry(1, [Step("Claim", changed={"claim:org:a1": {"source": "source:none"}})])],
            "not there",
        ),
        ([entry(0, []), entry(1, [Step("Source", ["source:s"])])], "not there"),
        (
            [entry(0, []), entry(1, [Step("SUPPLIES", ["org:a org:b product:q|2023|"])])],
            "not in the snapshot",
        ),
        (
            [entry(0, []), entry(1, [Step("Organisation", new={f"org:{n}": FIRM for n in range(1_001)})])],
            "1,001 rows",
        ),
    ],
)
def test_a_log_that_does_not_lead_on_is_not_followed(log, why):
    world = World()
    for id in ("org:a", "org:b"):
        world.do("firm", id, FIRM)
    world.do("claim", ("org:a", "1"), 7.0)
    world.do("flow", ("org:a", "org:b", "product:p", 2023), 1.0)
    held = replace(world.snapshot(), mark="0")
    with pytest.raises(CannotFollow, match=why):
        followed(held, log, Versions(1, 1, None, 0, 0, "1"))


BY_HAND = "MATCH (m:Meta {id: 'meta'}) SET m.writes = m.writes + 1"
VERSION = "MATCH (m:Meta {id: 'meta'}) SET m.version = m.version + 1"
LOST = "MATCH (e:LogEntry) WHERE e.write = $write DELETE e"
RESTORED = "MATCH (m:Meta {id: 'meta'}) SET m.mark = 'restored'"


@pytest.mark.parametrize("harm", ["writes", "version", "hole", "other store", "not told"])
async def test_what_the_log_does_not_tell_is_read_anew_and_said_once(empty_store, load, caplog, harm):
    await load(BASE)
    caplog.set_level("INFO", "graph.snapshot.keeper")
    keeper = SnapshotKeeper(empty_store)
    await keeper.refresh()
    row = RelationRow("org:b", "org:a", "product:p|2022|", {"product": "product:p", "year": 2022})
    hidden = merge_relations(Supplies, [row])
    if harm == "not told":
        await empty_store.write(once(await versions(empty_store)), *hidden)
    else:
        await empty_store.write(*hidden)
    if harm == "hole":
        lost = (await ruled(empty_store, SetApart("org:a", "org:b"))).write
        await empty_store.write(Statement(LOST, {"write": lost}))
        await ruled(empty_store, SetApart("org:a", "org:x"))
    elif harm != "not told":
        await empty_store.write(Statement({"writes": BY_HAND, "version": VERSION}.get(harm, RESTORED)))
    await agree(keeper, empty_store)
    assert len(keeper.current.relations["SUPPLIES"]) == 4
    assert caplog.text.count("read anew") == 1
    for pair in (("org:b", "org:x"), ("org:a", "org:b")):
        await ruled(empty_store, SetApart(*pair))
        await agree(keeper, empty_store)
    assert caplog.text.count("read anew") <= 2, "from the next write on the log leads again"


async def test_every_write_has_its_entry_and_old_ones_make_room(empty_store, load, monkeypatch):
    monkeypatch.setattr("graph.store.log.KEPT", 8)
    await load(BASE)
    for n in range(6):
        await ruled(empty_store, SetApart("org:a", "org:b" if n % 2 else "org:x"))
    seen = await versions(empty_store)
    found = await entries(empty_store, seen.writes - 7, seen.writes)
    assert [one.write for one in found] == list(range(seen.writes - 7, seen.writes + 1))
    assert found[-1].mark == seen.mark
    assert all(one.steps is not None for one in found)
    assert await entries(empty_store, seen.writes - 8, seen.writes) == [], "it is further behind than the log"
    count = await empty_store.read("MATCH (e:LogEntry) RETURN {count: count(*)} AS entries")
    assert count[0]["count"] == 8 < KEPT


def test_a_big_load_is_not_told_row_by_row():
    journal, rows = Journal(), [NodeRow(f"org:{n}") for n in range(MOST_LOGGED)]
    assert journal.steps(Change(Organisation, new=rows)) is not None
    assert journal.steps(Change(Organisation, new=rows[:1])) is None
    assert journal.steps(Change(Organisation, new=rows[:1])) is None


async def test_who_wrote_sees_it_and_one_reading_serves_all_that_wait(empty_store, load):
    await load(BASE)
    store = Counted(empty_store)
    keeper = SnapshotKeeper(store, derive=len)
    assert not await keeper.at_least(10**6, patience=0.2)
    made = await ruled(empty_store, SetApart("org:a", "org:b"))
    assert await keeper.at_least(made.write, patience=60)
    assert keeper.current.find(made.ruling) is not None
    undone = await undo(empty_store, made.ruling)
    assert undone.write == made.write + 1
    store.read_versions = 0
    shown = await asyncio.gather(*(keeper.at_least(undone.write, patience=60) for _ in range(8)))
    assert all(shown)
    assert keeper.derived == len(keeper.current)
    assert store.read_versions <= 2
    await agree(keeper, empty_store)
    store.away = True
    assert not await keeper.at_least(undone.write + 1, patience=0.1)
    assert await keeper.at_least(undone.write, patience=0.1), "what is held needs no store"


class Counted:
    """A store that counts how often its state is read, and is away at times."""

    def __init__(self, store):
        self.store, self.away, self.read_versions = store, False, 0
        self.write, self.stream = store.write, store.stream

    async def read(self, cypher, **parameters):
        if self.away:
            raise StoreUnavailable("断")
        self.read_versions += "Meta" in cypher
        return await self.store.read(cypher, **parameters)
