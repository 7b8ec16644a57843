"""Random graphs over the whole vocabulary, and what is broken in them."""

from dataclasses import replace
from datetime import date, timedelta
from threading import Lock

import numpy as np

from graph.kinds import NODE_OF, NODES, RELATIONS
from graph.kinds.columns import columns
from graph.kinds.terms import Term
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import MISSING, TEXT


def random_graph(random, size):
    """Some nodes of every kind, and some relations of every label between them."""
    ids = {kind.label: [f"{kind.prefix}:{n}" for n in range(size)] for kind in NODES}
    every = [id for some in ids.values() for id in some]
    nodes = [
        kind(**{"id": id} | {c.field: cell(random, c, ids, every) for c in columns(kind) if c.name != "id"})
        for kind in NODES
        for id in ids[kind.label]
    ]
    relations = {}
    for kind in RELATIONS:
        for start, end in kind.ends:
            for _ in range(3 * size):
                ends = {"start": random.choice(ids[start]), "end": random.choice(ids[end])}
                rest = {c.field: cell(random, c, ids, every) for c in columns(kind) if c.field not in ends}
                made = kind(**ends, **rest)
                relations[kind.label, made.start, made.end, made.key()] = made
    return Snapshot.of(nodes, relations.values(), newest_year=2024), every


def cell(random, column, ids, every):  # noqa: PLR0911 - one for each type
    if column.many:
        return [column.type(n) for n in range(random.randint(0, 2))]
    if column.optional and random.random() < 0.3 and column.field not in {"scope", "bound", "synthetic"}:
        return None if column.type is not bool else False
    if column.ref is not None:
        return random.choice(every if column.ref == "*" else ids[column.ref])
    if issubclass(column.type, Term):
        return random.choice(list(column.type))
    if column.type is bool:
        return random.random() < (0.1 if column.name == "synthetic" else 0.5)
    if column.type is int:
        return random.randint(2018, 2024) if column.year else random.randint(0, 50)
    if column.type is float:
        return random.choice([0.0, 1.0, 2.5, 100.0, 1e6, -3.0])
    if column.type is date:
        return date(2017, 1, 1) + timedelta(days=random.randint(0, 2900))
    if column.code == "criteria":
        return "{}"
    return random.choice(["法兰", "钢锭", "甲", "乙丙", "a|b", "Ω"]) + str(random.randint(0, 9))


def broken(random, snapshot):
    """A copy in which some cells hold what they never should: nothing where something must be, infinity."""
    nodes = {label: replace(table, arrays=holed(random, table)) for label, table in snapshot.nodes.items()}
    relations = {
        label: replace(table, arrays=holed(random, table)) for label, table in snapshot.relations.items()
    }
    return replace(snapshot, nodes=nodes, relations=relations, name="broken", _kept={}, _lock=Lock())


def holed(random, table):
    arrays = dict(table.arrays)
    for name, array in table.arrays.items():
        if name in {"id", "from", "to"} or random.random() < 0.8 or not len(array):
            continue
        made = array.copy()
        made[random.randrange(len(made))] = hole(random, array)
        arrays[name] = made
    return arrays


def hole(random, array):
    if array.dtype == TEXT:
        return None
    if array.dtype.kind == "f":
        return random.choice([np.nan, np.inf])
    if array.dtype.kind == "M":
        return np.datetime64("NaT", "D")
    return MISSING if array.dtype == np.int32 and random.random() < 0.5 else -1


__all__ = ["NODE_OF", "broken", "random_graph"]
