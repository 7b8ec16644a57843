"""Pages, filters and orders beside plain Python over the objects of random graphs."""

import functools
from datetime import date
from random import Random

import numpy as np
import pytest

from graph.errors import BadInput
from graph.kinds import NODE_OF, NODES, RELATIONS
from graph.kinds.columns import columns
from graph.kinds.entities import Organisation, Town
from graph.kinds.relations import Many, Supplies
from graph.kinds.terms import Term
from graph.snapshot.snapshot import Snapshot
from queries.lookup.filters import Condition, Group
from queries.lookup.orders import Position, keys_of
from queries.lookup.pages import (
    Following,
    Listing,
    Slice,
    count,
    count_unknown,
    listed,
    related,
    related_count,
    related_keys,
    related_unknown,
    table_of,
)
from schema.language.filters import filterable, orders
from schema.language.lists import ways
from tests.schema.execution.worlds import random_graph

YEARS = (2017, 2020, 2024)
KINDS = [pytest.param(kind, id=kind.label) for kind in NODES]
TOLD = {"eq": lambda a, b: a == b, "gte": lambda a, b: a >= b, "lte": lambda a, b: a <= b}


@functools.cache
def graph(seed):
    snapshot, _ = random_graph(Random(seed), 6)  # noqa: S311 - cases, not secrets
    return snapshot


def rows_of(snapshot, kind):
    """All rows of a kind as objects, in the order of their table."""
    table = table_of(snapshot, kind)
    if kind.label in snapshot.nodes:
        return [snapshot.entity(row) for row in table.rows]
    return [snapshot.edge(kind.label, place) for place in range(len(table))]


def exists(row, year):
    """Whether a row exists or holds at the end of a year."""
    fields = {c.name: c.field for c in columns(type(row))}
    since, until = (name and getattr(row, fields[name]) for name in type(row).lifetime)
    at = date(year, 12, 31) if isinstance(since or until, date) else year
    return (since is None or since <= at) and (until is None or until > at)


def truth(filter, row):  # noqa: PLR0911 - one for each operator
    """True, False, or None where something is unknown."""
    if isinstance(filter, Group):
        parts = [truth(part, row) for part in filter.parts]
        if filter.join == "or":
            found = True if True in parts else None if None in parts else False
            return found if parts else True
        if filter.join == "not":
            found = True if True in parts else None if None in parts else False
            return True if not parts else None if found is None else not found
        return False if False in parts else None if None in parts else True
    fields = {c.name: c.field for c in columns(type(row))}
    value = getattr(row, fields[filter.column])
    if value is None or value == "":  # "" stands for a node that is not in the graph
        return None
    if filter.operator == "in":
        return value in filter.value
    if filter.operator == "contains":
        return filter.value in value
    if filter.operator == "startsWith":
        return value.startswith(filter.value)
    return TOLD[filter.operator](value, filter.value)


def some_filter(random, kind, rows, depth=0):
    """A filter made of cells that are there."""
    if depth < 2 and random.random() < 0.5:
        parts = tuple(some_filter(random, kind, rows, depth + 1) for _ in range(random.randint(0, 3)))
        return Group(random.choice(["and", "or", "not"]), parts)
    column = random.choice(filterable(kind))
    value = getattr(random.choice(rows), column.field)
    if value is None:
        value = next((v for row in rows if (v := getattr(row, column.field)) is not None), None)
    if value is None:
        return Group("and", ())
    value = value.value if isinstance(value, Term) else value
    plain = issubclass(column.type, Term) or column.type is bool or column.ref or column.name == "id"
    if plain or column.field in {"start", "end"}:
        operators = ["eq"] if column.type is bool else ["eq", "in"]
    elif column.type is str:
        operators = ["eq", "in", "contains", "startsWith"]
    else:
        operators = ["eq", "in", "gte", "lte"]
    operator = random.choice(operators)
    if operator == "in":
        return Condition(column.name, "in", (value,))
    return Condition(column.name, operator, value[:1] if operator in {"contains", "startsWith"} else value)


def in_order(snapshot, table, order, kept):
    """Sort places as an order says: values, then ids; unknown ones last; turned when it falls."""
    field = next(c.field for c in columns(table.kind) if c.name == order.column)
    objects = rows_of(snapshot, table.kind)
    known = [place for place in kept if getattr(objects[place], field) is not None]
    unknown = [place for place in kept if getattr(objects[place], field) is None]
    known.sort(key=lambda place: (getattr(objects[place], field), place), reverse=order.descending)
    return known + sorted(unknown, reverse=order.descending)


def paged(snapshot, listing, size, *, backward):
    """Walk through a whole list, page by page, by its cursors."""
    found, cursor = [], None
    keys = keys_of(snapshot, table_of(snapshot, listing.kind), listing.order)
    while True:
        page = listed(snapshot, listing, Slice(size, backward, cursor))
        rows = page.rows.tolist()
        found = rows + found if backward else found + rows
        if not page.more:
            return found
        cursor = keys.positions(page.rows)[0 if backward else -1]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("kind", [*KINDS, pytest.param(Supplies, id="SUPPLIES")])
def test_lists_are_those_found_row_by_row(kind, seed):
    random, snapshot = Random(f"{kind.label}{seed}"), graph(seed)  # noqa: S311 - cases, not secrets
    table, rows = table_of(snapshot, kind), rows_of(snapshot, kind)
    for order in random.sample(list(orders(kind).meanings.values()), 2):
        year, filter = random.choice(YEARS), some_filter(random, kind, rows)
        there = [p for p, row in enumerate(rows) if kind is Supplies or exists(row, year)]
        kept = [place for place in there if truth(filter, rows[place]) is True]
        wanted = in_order(snapshot, table, order, kept)
        listing = Listing(kind, year, order, filter)
        assert count(snapshot, listing) == len(wanted)
        field = next(c.field for c in columns(kind) if c.name == order.column)
        assert count_unknown(snapshot, listing) == sum(getattr(rows[p], field) is None for p in wanted)
        size = random.randint(1, 4)
        assert paged(snapshot, listing, size, backward=False) == wanted
        assert paged(snapshot, listing, size, backward=True) == wanted


def counting(snapshot, relation, year, places):
    """Of yearly relations that hold those that count: the newest, then the better source."""
    if relation.newest_by is None:
        return places
    named = {c.name: c.field for c in columns(relation)}
    groups = {}
    for place in places:
        edge = snapshot.edge(relation.label, place)
        if edge.year is not None and edge.year > year:
            continue
        source = snapshot.entity(snapshot.row_of(edge.source)) if edge.source else None
        published = source.published_on.toordinal() if source and source.published_on else -(10**9)
        rank = source is None, source.grade.value if source else "", -published, edge.source or "", place
        key = edge.start, edge.end, *(getattr(edge, named[name]) for name in relation.newest_by)
        groups.setdefault(key, []).append((-(edge.year or -(10**9)), *rank))
    return sorted(min(group)[-1] for group in groups.values())


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("relation", [pytest.param(r, id=r.label) for r in RELATIONS])
def test_related_lists_are_those_found_row_by_row(relation, seed):
    random, snapshot = Random(f"{relation.label}{seed}"), graph(seed)  # noqa: S311 - cases, not secrets
    all_ways = [way for kind in NODES for way in ways(kind) if way.relation is relation]
    edges = rows_of(snapshot, relation)
    for way in all_ways:
        year = random.choice(YEARS)
        owners = random.choices(list(snapshot.nodes[way.owner.label].rows), k=5)
        by = random.choice([relation, way.other]) if orders(relation).meanings else way.other
        order = random.choice(list(orders(by).meanings.values()))
        filter = some_filter(random, way.other, rows_of(snapshot, way.other))
        following = Following(relation, way.owner, way.other, way.forward, year, order, filter)
        wanted = [plain_related(snapshot, edges, following, owner) for owner in owners]
        assert related_count(snapshot, following, owners) == list(map(len, wanted))
        by_edge = order.of == "r"
        field = next(c.field for c in columns(relation if by_edge else way.other) if c.name == order.column)
        lacking = [
            [pair for pair in pairs if sorted_by_value(snapshot, edges, pair, field, by_edge=by_edge) is None]
            for pairs in wanted
        ]
        assert related_unknown(snapshot, following, owners) == list(map(len, lacking))
        for backward in (False, True):
            assert walked(snapshot, following, owners, backward=backward) == wanted


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("relation", [pytest.param(r, id=r.label) for r in RELATIONS])
def test_lists_that_are_kept_are_those_found_row_by_row(relation, seed):
    random, snapshot = Random(f"{relation.label}{seed}"), graph(seed)  # noqa: S311 - cases, not secrets
    edges = rows_of(snapshot, relation)
    for way in (way for kind in NODES for way in ways(kind) if way.relation is relation):
        owners = random.choices(list(snapshot.nodes[way.owner.label].rows), k=5)
        following = following_of(random, way)
        wanted = [plain_related(snapshot, edges, following, owner) for owner in owners]
        assert related_count(snapshot, following, owners, usual=True) == list(map(len, wanted))
        for backward in (False, True):
            assert walked(snapshot, following, owners, backward=backward, usual=True) == wanted


def following_of(random, way):
    """All that a relation leads to in the newest year, in some order."""
    by = way.relation if orders(way.relation).meanings and random.random() < 0.5 else way.other
    order = random.choice(list(orders(by).meanings.values()))
    return Following(way.relation, way.owner, way.other, way.forward, 2024, order)


@pytest.mark.parametrize("relation", [pytest.param(r, id=r.label) for r in RELATIONS])
def test_kept_lists_are_made_anew_when_what_they_are_made_of_is_another(relation):
    random, snapshot = Random(relation.label), graph(0)  # noqa: S311 - cases, not secrets
    for way in (way for kind in NODES for way in ways(kind) if way.relation is relation):
        following, owners = following_of(random, way), list(snapshot.nodes[way.owner.label].rows)
        related(snapshot, following, owners, Slice(3), usual=True)
        for label in (relation.label, way.other.label, "Source"):
            for changed in columns_turned(snapshot, label):
                kept = related(changed, following, owners, Slice(3), usual=True)
                found = related(changed, following, owners, Slice(3))
                for name in ("begins", "nodes", "edges", "more"):
                    assert getattr(kept, name).tolist() == getattr(found, name).tolist()


def columns_turned(snapshot, label):
    """Copies that follow a snapshot; in each of them the cells of one column of a table are others."""
    place = "relations" if label in snapshot.relations else "nodes"
    tables = getattr(snapshot, place)
    for name, array in tables[label].arrays.items():
        if name not in {"id", "from", "to"}:
            table = tables[label].altered({name: np.roll(array, 1)})
            yield snapshot.changed(**{place: {**tables, label: table}})


def plain_related(snapshot, edges, following, owner):
    """The list of one owner: pairs of node and relation."""
    id, both = snapshot.id_of(owner), following.relation.backward is None
    found = []
    for place, edge in enumerate(edges):
        ends = [(edge.start, edge.end), (edge.end, edge.start)] if both else [(edge.start, edge.end)]
        if not (following.forward or both):
            ends = [(edge.end, edge.start)]
        for here, there in dict.fromkeys(ends):
            other = snapshot.row_of(there)
            fits = here == id and snapshot.kind_of(other) is following.kind
            if fits and exists(edge, following.year) and exists(snapshot.entity(other), following.year):
                found.append((other, place))
    counted = set(counting(snapshot, following.relation, following.year, [place for _, place in found]))
    found = [
        (other, place)
        for other, place in found
        if place in counted and truth(following.filter, snapshot.entity(other)) is True
    ]
    of_edge = following.order.of == "r"
    record = following.relation if of_edge else following.kind
    field = next(c.field for c in columns(record) if c.name == following.order.column)

    def value(pair):
        return sorted_by_value(snapshot, edges, pair, field, by_edge=of_edge)

    known = [pair for pair in found if value(pair) is not None]
    unknown = [pair for pair in found if value(pair) is None]
    known.sort(key=lambda pair: (value(pair), *pair), reverse=following.order.descending)
    return known + sorted(unknown, reverse=following.order.descending)


def sorted_by_value(snapshot, edges, pair, field, *, by_edge):
    """What a pair of node and relation is sorted by."""
    return getattr(edges[pair[1]] if by_edge else snapshot.entity(pair[0]), field)


def walked(snapshot, following, owners, *, backward, usual=False):
    """Walk through the list of each owner by its cursors, asked together with the others each time."""
    lists = []
    for number in range(len(owners)):
        found, cursor = [], None
        while True:
            pages = related(snapshot, following, owners, Slice(2, backward, cursor), usual=usual)
            nodes, edges, more = pages.page(number)
            pairs = list(zip(nodes.tolist(), edges.tolist(), strict=True))
            found = pairs + found if backward else found + pairs
            if not more:
                break
            keys = related_keys(snapshot, following, nodes, edges)
            cursor = keys.positions(np.arange(len(nodes), dtype=np.int32))[0 if backward else -1]
        lists.append(found)
    return lists


def test_a_cursor_goes_on_where_its_row_stood():
    names = "abcdef"
    firms = [Organisation(id=f"org:{n}", name=n, form="ENTERPRISE") for n in names]
    whole, order = Snapshot.of(firms), orders(Organisation).of("NAME_ASC")
    listing = Listing(Organisation, 2024, order)
    cursor = keys_of(whole, whole.nodes["Organisation"], order).positions(
        listed(whole, listing, Slice(3)).rows
    )[2]
    rest = Snapshot.of([firm for firm in firms if firm.name != "c"])
    for backward, wanted in ((False, "def"), (True, "ab")):
        rows = listed(rest, listing, Slice(9, backward, cursor)).rows.tolist()
        assert "".join(rest.nodes["Organisation"]["name"][row] for row in rows) == wanted


@pytest.mark.parametrize("key", [2**63, 2**64, 10**30, -(2**63) - 1, float("inf"), 1.5, True, "5"])
def test_a_cursor_with_a_number_that_no_column_holds_is_refused_or_goes_on(key):
    """Whatever a client made up, it is a place in the order or an error of theirs."""
    snapshot = Snapshot.of([Town(id="town:a", name="a", level="COUNTY", status="CANDIDATE", batch=2)])
    for name in ("BATCH_ASC", "BATCH_DESC"):
        listing = Listing(Town, 2024, orders(Town).of(name))
        try:
            assert len(listed(snapshot, listing, Slice(1, cursor=Position(key, ("town:a",)))).rows) <= 1
        except BadInput as error:
            assert "不是本服务给出的游标" in str(error)  # noqa: PT017 - or none is raised


@pytest.mark.parametrize("cursor", [Position(5, ("org:a",)), Position("a", ()), Position("a", ("zzz",))])
def test_a_cursor_that_no_list_gives_is_refused(cursor):
    snapshot = Snapshot.of([Organisation(id="org:a", name="a", form="ENTERPRISE")])
    listing = Listing(Organisation, 2024, orders(Organisation).of("NAME_ASC"))
    with pytest.raises(BadInput, match="不是本服务给出的游标"):
        listed(snapshot, listing, Slice(1, cursor=cursor))


def test_every_kind_and_way_is_tried():
    assert {way.relation for kind in NODES for way in ways(kind)} == set(RELATIONS)
    assert any(way.many is Many.ANY for way in ways(NODE_OF["Organisation"]))
