"""Measure attacks: what refusing documents made to cost takes, beside parsing and validating them plainly."""

from collections.abc import Callable
from contextlib import suppress
from time import perf_counter
from typing import Any

import graphql
from graphql.execution.values import get_variable_values

from benchmarks.tables import Measure, Report, Target
from schema import schema
from schema.language.cost import cost
from schema.language.limits import LIMITS, exceeded, sizes

RUNNING = schema._schema  # noqa: SLF001 - strawberry keeps it so
MOST = Target("measured", "≤", 20)
"""Milliseconds, as the design asks."""
LONGEST = 1_000_000
"""Bytes of a body."""


def _deep() -> str:
    inner = "id"
    for _ in range(5):
        inner = f"suppliers(first: 100) {{ nodes {{ {inner} }} }}"
    return f'{{ organisation(id: "org:a") {{ {inner} }} }}'


def _overlapping(times: int) -> str:
    fragment = "fragment F{0} on Organisation {{ suppliers(first: {0}) {{ nodes {{ id name }} }} }}"
    spread = " ".join(f"...F{i}" for i in range(1, times))
    twice = f'{{ organisation(id: "org:a") {{ {spread} }} b: organisation(id: "org:a") {{ {spread} }} }}'
    return twice + " ".join(fragment.format(i) for i in range(1, times))


def _doubling(levels: int) -> str:
    chain = [f"fragment F{i} on Organisation {{ ...F{i + 1} ...F{i + 1} }}" for i in range(levels)]
    return " ".join(
        ['{ organisation(id: "org:a") { ...F0 } }', *chain, f"fragment F{levels} on Organisation {{ id }}"]
    )


ATTACKS = {
    "100,000 names": "{ " + "__typename " * 90_000 + "}",
    "900 equal fields": '{ organisation(id: "org:a") { ' + "name " * 900 + "} }",
    "60 overlapping fragments, twice": _overlapping(60),
    "20,000 directives": '{ organisation(id: "org:a") { ' + "id @skip(if: false) " * 20_000 + "} }",
    "20,000 variables": "query(" + " ".join(f"$v{i}: Int" for i in range(20_000)) + ") { __typename }",
    "10,000 aliases": '{ organisation(id: "org:a") { '
    + "".join(f"a{i}: name " for i in range(10_000))
    + "} }",
    "fragments that double 60 times": _doubling(60),
    "lists five deep": _deep(),
    "60 cascades": "{ "
    + "".join(f'c{i}: organisation(id: "org:{i}") {{ cascade {{ esri }} }} ' for i in range(200))
    + "}",
}


def run() -> Report:
    """Refuse each attack, and time it; the baseline parses and validates the same text without limits."""
    found = [
        Measure(f"{name} ({len(text):,} characters)", "ms", _time(_refused, text), _time(_plain, text), MOST)
        for name, text in ATTACKS.items()
    ]
    return Report("attacks", "each refused; baseline: parsed and validated, and not yet run", found)


def _time(work: Callable[[str], object], text: str) -> float:
    assert len(text) <= LONGEST, "no such body comes in"
    begun = perf_counter()
    work(text)
    return (perf_counter() - begun) * 1_000


def _refused(text: str) -> None:
    """Do what the service does until it refuses; raises AssertionError when it would run the document."""
    try:
        document = graphql.parse(text, max_lexical_tokens=LIMITS.tokens)
    except graphql.GraphQLSyntaxError:
        return
    if exceeded(sizes(document), LIMITS):
        return
    assert not graphql.validate(RUNNING, document), "the attack is no GraphQL"
    operation: Any = graphql.get_operation_ast(document)
    values: Any = get_variable_values(RUNNING, operation.variable_definitions or (), {})
    assert cost(RUNNING, document, values, operation) > LIMITS.cost, "the attack is not refused"


def _plain(text: str) -> None:
    with suppress(graphql.GraphQLError):
        graphql.validate(RUNNING, graphql.parse(text))
