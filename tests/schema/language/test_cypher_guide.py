"""The ten questions of the guide to Neo4j give what the guide prints, on both stores."""

import re
from pathlib import Path

import pytest

GUIDE = (Path(__file__).parents[3] / "docs" / "guide" / "neo4j.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"```cypher\n(.*?)```\n\n((?:\|.*?\n)+)", GUIDE, re.DOTALL)
RETURNED = re.compile(r"RETURN (DISTINCT )?(.*?)( ORDER BY .*)?$", re.DOTALL)


def as_one_map(cypher):
    """Return one map for each row, which is how this project reads rows."""
    distinct, columns, order = RETURNED.search(cypher.strip()).groups()
    names = [part.split(" AS ")[-1].strip() for part in re.split(r", (?![^(]*\))", columns)]
    head = cypher[: cypher.index("RETURN")]
    pairs = ", ".join(f"{name}: {name}" for name in names)
    return f"{head}WITH {distinct or ''}{columns} {order or ''} RETURN {{{pairs}}} AS row", names


def shown(value):
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:,.0f}" if value >= 1e6 else f"{value:g}"
    return str(value)


def test_there_are_ten():
    assert len(QUESTIONS) == 10
    assert GUIDE.count("```cypher") == 10


@pytest.mark.parametrize(("cypher", "table"), QUESTIONS)
async def test_a_question_gives_what_is_printed(service, cypher, table):
    asked, names = as_one_map(cypher)
    wanted = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.strip().split("\n")]
    assert [part.strip() for part in wanted[0]] == names
    rows = await service.store.read(asked)
    assert rows
    assert [[shown(row[name]) for name in names] for row in rows] == wanted[2:]
