"""Every statement that the vocabulary can give rise to is understood by both stores."""

import ast
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import graph
from graph.kinds import BOOKS, NODES, RELATIONS
from graph.kinds.columns import columns
from graph.snapshot.taking import statements

ROOT = Path(__file__).parents[3]
TEMPLATE = re.compile(r"\{\{|\{[a-z]+\}")
"""What is filled with words of the vocabulary first; the tests below do so."""
CYPHER = re.compile(r"\b(MATCH|MERGE) \(|\bUNWIND \$")
WRITERS = ("graph/edits/", "graph/store/", "graph/snapshot/taking.py", "graph/snapshot/tally.py")
"""Where Cypher may stand: what writes, what keeps the store, and what reads all of it."""


def constants():
    for found in pkgutil.walk_packages(graph.__path__, graph.__name__ + "."):
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            whole = name.isupper() and isinstance(value, str) and "RETURN" in value
            if whole and not TEMPLATE.search(value):
                yield pytest.param(value, id=f"{found.name}.{name}")


def texts():
    """Every text of the program that is Cypher, and the file that it stands in."""
    for folder in ("graph", "loaders", "queries", "schema", "api"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Constant)
                    and isinstance(node.value, str)
                    and CYPHER.search(node.value)
                ):
                    yield path.relative_to(ROOT).as_posix(), node.value


class Explaining:
    """A store that has every statement explained, and answers nothing."""

    def __init__(self, store):
        self.store = store
        self.seen = 0

    async def read(self, cypher, **parameters):
        self.seen += 1
        await self.store.read("EXPLAIN " + cypher, **parameters)
        return [{"total": 0}]


@pytest.mark.parametrize("cypher", list(constants()))
async def test_every_constant_is_understood(store, cypher):
    nothing = dict.fromkeys(
        ("ids", "subjects", "codes", "rows", "metric", "scope", "product", "load", "year"), None
    )
    await store.read("EXPLAIN " + cypher, **nothing)


def test_cypher_stands_only_where_the_store_is_written_or_read_whole():
    found = {file for file, _ in texts()}
    assert len(found) > 5
    assert not {file for file in found if not file.startswith(WRITERS)}


def test_no_cypher_holds_a_rule_of_years_or_rivals():
    """Which rows count in a year is told by the snapshot alone: no statement compares what says so."""
    named = {name for kind in (*NODES, *RELATIONS) for name in kind.lifetime if name}
    named |= {c.name for kind in (*NODES, *RELATIONS) for c in columns(kind) if c.year}
    compared = re.compile(rf"\.({'|'.join(sorted(named))})\s*(<|>|IS NULL)|pinnedThrough|coalesce\(\w+\.year")
    assert len(named) > 8
    assert not [(file, text) for file, text in texts() if compared.search(text)]


async def test_what_a_snapshot_reads_is_understood(store):
    explaining = Explaining(store)
    for kind in (*NODES, *BOOKS, *RELATIONS):
        for cypher in statements(kind):
            await explaining.read(cypher)
    assert explaining.seen >= len(NODES) + len(BOOKS) + len(RELATIONS)
