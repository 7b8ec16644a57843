"""Measure attacks: what refusing documents made to cost takes, beside parsing and validating them plainly."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, cast

import graphql
import orjson

from benchmarks.tables import Measure, Report, Target
from graph.snapshot.keeper import SnapshotKeeper
from graph.store.store import Store
from queries.lookup.search import SearchIndex
from schema import schema
from schema.language.context import Context

RUNNING = schema._schema  # noqa: SLF001 - strawberry keeps it so
MOST = Target("measured", "≤", 20)
"""Milliseconds, as the design asks."""
LONGEST = 1_000_000
"""Bytes of a body."""
AN_ORGANISATION = '{{ organisation(id: "org:tianbao-group") {{ {} }} }}'
FILTERED = "query($w: OrganisationFilter) { organisations(first: 1, where: $w) { nodes { id } } }"


@dataclass(frozen=True, slots=True)
class Attack:
    """A request made to cost: refused for going over some of these limits, or, without any, answered."""

    query: str
    limits: frozenset[str] = frozenset()
    variables: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def body(self) -> bytes:
        """As it is sent."""
        return orjson.dumps({"query": self.query, "variables": self.variables})


def _of(query: str, *limits: str, **variables: Any) -> Attack:
    return Attack(query, frozenset(limits), variables)


def _lists(levels: int) -> str:
    inner = "id"
    for _ in range(levels):
        inner = f"suppliers(first: 100) {{ nodes {{ {inner} }} }}"
    return AN_ORGANISATION.format(inner)


def _overlapping(times: int) -> str:
    fragment = "fragment F{0} on Organisation {{ suppliers(first: {0}) {{ nodes {{ id name }} }} }}"
    spread = " ".join(f"...F{i}" for i in range(1, times))
    twice = f'{{ organisation(id: "org:a") {{ {spread} }} b: organisation(id: "org:a") {{ {spread} }} }}'
    return twice + " ".join(fragment.format(i) for i in range(1, times))


def _doubling(levels: int, spread: str = "...F{0} ...F{0}", last: str = "id") -> str:
    chain = [f"fragment F{i} on Organisation {{ {spread.format(i + 1)} }}" for i in range(levels)]
    return " ".join(
        [AN_ORGANISATION.format("...F0"), *chain, f"fragment F{levels} on Organisation {{ {last} }}"]
    )


def _times(count: int, text: str) -> str:
    return " ".join(text.format(i) for i in range(count))


_CASCADE = 'c{0}: organisation(id: "org:tianbao-group") {{ cascade {{ esri }} }}'
_TWICE = (
    "a{0}: suppliers(first: 9) {{ nodes {{ ...F{0} }} }} b{0}: suppliers(first: 9) {{ nodes {{ ...F{0} }} }}"
)
_DIGITS = "{{ towns(first: {}) {{ nodes {{ id }} }} }}"
_TYPES = "{{ __schema {{ {} }} }}"

ATTACKS = {
    "100,000 names": _of("{ " + "__typename " * 90_000 + "}", "characters"),
    "9,000 names": _of("{ " + "__typename " * 9_000 + "}", "tokens"),
    "a name of 900,000 letters": _of("{ " + "a" * 900_000 + " }", "characters"),
    "a comment of 900,000 letters": _of("#" + "a" * 900_000 + "\n{ __typename }", "characters"),
    "40,000 comments": _of("#\n" * 40_000 + "{ __typename }", "comments"),
    "900,000 commas": _of("," * 900_000 + "{ __typename }", "characters"),
    "900,000 opening braces": _of("{" * 900_000, "characters"),
    "4,000 equal fields": _of(AN_ORGANISATION.format("name " * 4_000), "tokens"),
    "900 equal fields": _of(AN_ORGANISATION.format("name " * 900), "repeats"),
    "4,000 equal lists": _of(
        AN_ORGANISATION.format("suppliers(first: 1) { nodes { id } } " * 4_000), "characters"
    ),
    "90 equal lists": _of(
        AN_ORGANISATION.format("suppliers(first: 1) { nodes { id } } " * 90), "tokens", "repeats"
    ),
    "600 overlapping fragments, twice": _of(_overlapping(600), "tokens"),
    "60 overlapping fragments, twice": _of(_overlapping(60), "tokens"),
    "fragments that double 60 times": _of(_doubling(60), "spreads"),
    "fragments that double 49 times": _of(_doubling(49)),
    "fragments of lists that double 20 times": _of(_doubling(20, _TWICE), "depth", "aliases", "cost"),
    "20,000 directives": _of(AN_ORGANISATION.format("id @skip(if: false) " * 20_000), "characters"),
    "80 directives": _of(AN_ORGANISATION.format(_times(80, "a{0}: id @skip(if: false)")), "directives"),
    "20,000 variables": _of("query(" + _times(20_000, "$v{0}: Int") + ") { __typename }", "characters"),
    "2,000 variables": _of("query(" + _times(2_000, "$v{0}: Int") + ") { __typename }", "tokens"),
    "70,000 values": _of("{ __typename }", "list_items", **{f"v{i}": 1 for i in range(70_000)}),
    "10,000 aliases": _of(AN_ORGANISATION.format(_times(10_000, "a{0}: name")), "characters", "tokens"),
    "300 aliases": _of(AN_ORGANISATION.format(_times(300, "a{0}: name")), "aliases"),
    "lists five deep": _of(_lists(5), "cost"),
    "lists forty deep": _of(_lists(40), "depth"),
    "60 cascades": _of("{ " + _times(60, _CASCADE) + " }", "tokens", "root_fields"),
    "40 cascades": _of("{ " + _times(40, _CASCADE) + " }", "root_fields"),
    "20 cascades": _of("{ " + _times(20, _CASCADE) + " }"),
    "a text of 90,000 letters": _of('{ search(first: 1, text: "' + "a" * 90_000 + '") { id } }', "string"),
    "a text of 900,000 letters": _of(
        "query($t: String!) { search(first: 1, text: $t) { id } }", "string", t="a" * 900_000
    ),
    "a number of 90,000 digits": _of(_DIGITS.format("1" * 90_000), "string"),
    "a fraction of 90,000 digits": _of(_DIGITS.format("1." + "1" * 90_000), "string"),
    "600 ids": _of("{ nodes(ids: [" + '"org:a" ' * 600 + "]) { id } }", "list_items"),
    "150,000 ids": _of("query($i: [ID!]!) { nodes(ids: $i) { id } }", "list_items", i=["a"] * 150_000),
    "a page of 300,000": _of(_DIGITS.format(300_000), "cost"),
    "a filter of unknown fields": _of(FILTERED, "list_items", w={f"nam{i}": 1 for i in range(60_000)}),
    "a filter of filters": _of(FILTERED, "list_items", w={"or": [{"name": {"contains": "厂"}}] * 20_000}),
    "the schema, 50 times": _of(
        _TYPES.format(_times(50, "a{0}: types {{ name fields {{ name }} }}")), "cost"
    ),
    "the schema beside data": _of(
        "{ __schema { types { name fields { name } } } towns(first: 1) { nodes { id } } }", "cost"
    ),
    "the schema": _of(graphql.get_introspection_query()),
    "each year anew": _of(
        "{ " + _times(20, "a{0}: organisations(first: 1, asOf: 20{0:02}) {{ totalCount }}") + " }"
    ),
}
BODIES = {
    "more than 1 MB": (b" " * (LONGEST + 1), 413),
    "no JSON": (b"{" * 900_000, 400),
    "arrays 400,000 deep": (b"[" * 400_000 + b"]" * 400_000, 400),
    "objects 100,000 deep": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, 400),
    "100,000 requests": (b"[" + b'{"query":"{a}"},' * 50_000 + b"{}]", 400),
    "a number of 900,000 digits": (
        b'{"query":"{__typename}","variables":{"n":' + b"1" * 900_000 + b"}}",
        400,
    ),
}
"""Bodies that are no request, and the status that refuses each."""


def run() -> Report:
    """Refuse each attack, and time it; the baseline parses and validates the same text without limits."""
    refused = {name: attack for name, attack in ATTACKS.items() if attack.limits}
    found = [
        Measure(
            f"{name} ({len(attack.query):,} characters)",
            "ms",
            _time(_refused, attack),
            _time(_plain, attack),
            MOST,
        )
        for name, attack in refused.items()
    ]
    return Report("attacks", "each refused; baseline: parsed and validated, and not yet run", found)


def _time(work: Callable[[Attack], object], attack: Attack) -> float:
    assert len(attack.body) <= LONGEST, "no such body comes in"
    begun = perf_counter()
    work(attack)
    return (perf_counter() - begun) * 1_000


def _refused(attack: Attack) -> None:
    """Ask as a request does; raises AssertionError when it is not refused."""
    keeper = SnapshotKeeper[SearchIndex](cast("Store", None))
    context = Context(cast("Store", None), keeper)
    asked = schema.execute(attack.query, dict(attack.variables), context)
    found = {(error.extensions or {}).get("limit") for error in asyncio.run(asked).errors or ()}
    assert found & attack.limits, f"the attack is not refused: {found}"


def _plain(attack: Attack) -> None:
    with suppress(graphql.GraphQLError):
        graphql.validate(RUNNING, graphql.parse(attack.query))
