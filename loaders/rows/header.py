"""The first row of a table: which cell belongs to which column, or why the table can't be read."""

import re
from dataclasses import dataclass
from functools import cache
from unicodedata import normalize

from graph.kinds import NODE_OF, Entity, Node, Relation
from graph.kinds.claim_rules import SPOKEN_OF
from graph.kinds.columns import camel, columns, defaults
from graph.kinds.facts import Claim
from graph.kinds.relations import LocatedIn
from loaders.rows.cells import Reader, ids_of, reader, unless_unknown
from loaders.rows.figures import HEADS, figure, spelling
from loaders.rows.unused import unused

REGION = "region"
"""A column of the loader's own in Organisation.csv: where it is, for its id and for a LOCATED_IN row."""
_MAY_LACK = {"Organisation": {"id"}, "Claim": {"id", "grade", "unit"}}
_HEAD = re.compile(r"([A-Za-z]+)\(([^()]+)\)")
"""A column and the unit that its figures are in."""
_SPANS = (
    ("foundedOn", "closedOn"),
    ("validFrom", "validTo"),
    ("recognisedOn", "withdrawnOn"),
    ("startOn", "dueOn"),
    ("raisedOn", "dueOn"),
    ("raisedOn", "resolvedOn"),
    ("issuedOn", "dueOn"),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell, or with the row when `column` is empty."""

    column: str
    value: str
    reason: str
    owing_to: str = ""
    """The row that was refused before, when this one only names it."""


@dataclass(frozen=True, slots=True)
class Header:
    """How to read the rows of one table."""

    kind: type[Node | Relation]
    width: int
    cells: tuple[tuple[int, str, Reader], ...]
    """Place, column, and the function that reads it."""
    needed: frozenset[str]
    """Columns that no row may leave blank."""
    references: tuple[str, ...]
    """Columns that hold ids of other nodes."""
    spared: frozenset[str]
    """Columns whose cell is left unknown when it can't be read; for that of another the row is refused."""
    units: dict[str, str]
    """The units that heads name, by column."""
    spans: tuple[tuple[str, str], ...]
    """Pairs of columns of which the first may not be later."""
    unused: tuple[str, ...] = ()
    """What is said of columns that hold nothing for the graph."""


def header(kind: type[Node | Relation], texts: list[str]) -> Header | list[Fault]:
    """Read the column names of a table."""
    heads = [_parted(text.strip().removeprefix("\ufeff")) for text in texts]
    while heads and not heads[-1][0]:
        heads.pop()
    names, units = [name for name, _ in heads], {name: unit for name, unit in heads if unit}
    readers = _readers(kind, units)
    needed = _needed(kind)
    if faults := _faults(names, list(readers), needed):
        return faults
    return Header(
        kind,
        len(names),
        tuple((place, name, readers[name]) for place, name in enumerate(names) if name in readers),
        needed,
        tuple(n for n in names if n in references(kind)),
        spared(kind),
        units,
        tuple(span for span in _SPANS if set(span) <= set(names)),
        tuple(unused((n for n in names if n not in readers), {n.lower(): n for n in readers})),
    )


def _parted(text: str) -> tuple[str, str]:
    """Part a column's name from the unit in brackets.

    >>> _parted("value（万元/年）"), _parted("value")
    (('value', '万元'), ('value', ''))
    """
    found = _HEAD.fullmatch(normalize("NFKC", text).replace(" ", ""))
    unit = found[2].removesuffix("/年") if found else ""
    return (found[1], unit) if found and unit in HEADS else (text, "")


def _readers(kind: type[Node | Relation], units: dict[str, str]) -> dict[str, Reader]:
    readers = {column.name: reader(kind, column, units.get(column.name, "")) for column in columns(kind)}
    if kind.label == "Organisation":
        readers[REGION] = ids_of((LocatedIn.ends[0][1],))
    if kind is Claim:
        readers |= {"value": unless_unknown(figure), "unit": unless_unknown(spelling)}
    return readers


def _needed(kind: type[Node | Relation]) -> frozenset[str]:
    return frozenset(c.name for c in columns(kind) if not c.optional) - _MAY_LACK.get(kind.label, set())


@cache
def spared(kind: type[Node | Relation]) -> frozenset[str]:
    """Columns that may be unknown without making the row another one, or saying something untrue of it."""
    keys = {camel(field) for field in getattr(kind, "key_fields", ())}
    told = {"id", "from", "to", *keys, *defaults(kind), *(SPOKEN_OF if kind is Claim else ())}
    free = {c.name for c in columns(kind) if c.optional and c.code != "criteria"} - told
    return frozenset(free | {REGION} if kind.label == "Organisation" else free)


@cache
def references(kind: type[Node | Relation]) -> dict[str, tuple[str, ...]]:
    """Map the columns that hold ids of other nodes to the kinds they may name.

    >>> references(NODE_OF["Claim"])["source"]
    ('Source',)
    """
    every = tuple(label for label, node in NODE_OF.items() if issubclass(node, Entity))
    found = {c.name: every if c.ref == "*" else (c.ref,) for c in columns(kind) if c.ref}
    if issubclass(kind, Relation):
        for place, name in enumerate(("from", "to")):
            found[name] = tuple(dict.fromkeys(pair[place] for pair in kind.ends))
    return found | {REGION: ("Region",)} if kind.label == "Organisation" else found


def _faults(names: list[str], known: list[str], needed: frozenset[str]) -> list[Fault]:
    allowed = f"可用的列：{'、'.join(known)}"
    if len(names) == 1 and any(mark in names[0] for mark in "\t;；，"):
        return [Fault("", names[0], "列之间应以英文逗号分隔")]
    if any("\ufffd" in name or not name.isprintable() for name in names):
        return [Fault("", ",".join(names), "第一行不是列名：可能是其他格式的文件改了扩展名")]
    faults = [
        Fault(name, "", "列名重复：应只有一列")
        for name in dict.fromkeys(names)
        if name and names.count(name) > 1
    ]
    if "" in names:
        faults.append(Fault("", "", f"第 {names.index('') + 1} 列没有列名；{allowed}"))
    if missing := [name for name in known if name in needed and name not in names]:
        others = [name for name in names if name and name not in known]
        told = f"没有认出的列：{'、'.join(others)}；" if others else ""
        faults.append(Fault("", "", f"缺少必填的列 {'、'.join(missing)}；{told}{allowed}"))
    return faults
