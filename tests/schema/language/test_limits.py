"""What asks for too much is refused before it runs, and is measured as if its fragments were written out."""

import re
import tracemalloc
from itertools import count
from pathlib import Path

import graphql
import pytest
from graphql.execution.values import get_variable_values
from hypothesis import given
from hypothesis import strategies as st

from schema import schema
from schema.execution import documents
from schema.execution.introspection import AT_ONCE
from schema.language.context import Context
from schema.language.cost import ASSUMED, cost
from schema.language.limits import LIMITS, WORDS, Limits, exceeded, sizes, values_exceeded

ROOT = Path(__file__).parents[3]
RUNNING = schema._schema


class Nothing:
    """A keeper that holds no snapshot."""

    versions = current = derived = None


def bomb(levels, both="...F{0} ...F{0}"):
    """Write fragments that each spread the next one twice."""
    chain = [f"fragment F{i} on Organisation {{ {both.format(i + 1)} }}" for i in range(levels)]
    return " ".join(
        ['{ organisation(id: "org:a") { ...F0 } }', *chain, f"fragment F{levels} on Organisation {{ id }}"]
    )


def price(query, **variables):
    document = graphql.parse(query)
    operation = graphql.get_operation_ast(document)
    values = get_variable_values(RUNNING, operation.variable_definitions or (), variables)
    return cost(RUNNING, document, values, operation)


async def answer(query, limits=LIMITS, **variables):
    context = Context(None, Nothing(), limits=limits)
    return await schema.execute(query, variable_values=variables, context_value=context)


TOO_MUCH = {
    "characters": "{ __typename }" + "," * LIMITS.characters,
    "tokens": "{ " + "__typename " * LIMITS.tokens + "}",
    "comments": "#\n" * (documents.MOST_COMMENTS + 1) + "{ __typename }",
    "depth": '{ organisation(id: "org:a") {' + "suppliers(first: 1) { nodes {" * 8 + " id" + "}}" * 8 + "}}",
    "aliases": '{ organisation(id: "org:a") {' + "".join(f"a{i}: id " for i in range(101)) + "}}",
    "root_fields": "{" + "".join(f"a{i}: __typename " for i in range(21)) + "}",
    "spreads": bomb(51),
    "repeats": '{ organisation(id: "org:a") {' + "id " * 21 + "}}",
    "directives": '{ organisation(id: "org:a") {' + " id @skip(if: false)" * 51 + "}}",
    "list_items": "{ nodes(ids: [" + '"a" ' * 501 + "]) { id } }",
    "string": '{ search(first: 1, text: "' + "法" * 2_001 + '") { id } }',
    "cost": "{ towns(last: 9) { nodes { members(last: 99) { nodes { suppliers(last: 99) { nodes { id }}}}}}}",
}


@pytest.mark.parametrize("limit", [*WORDS])
async def test_each_limit_is_named_with_what_was_asked_and_what_is_allowed(limit):
    result = await answer(TOO_MUCH[limit])
    found = {error.extensions["limit"]: error for error in result.errors}
    assert result.data is None
    assert {error.extensions["code"] for error in result.errors} == {"TOO_COMPLEX"}
    error = found[limit]
    assert error.extensions["asked"] > error.extensions["allowed"]
    assert WORDS[limit] in error.message
    assert f"{error.extensions['allowed']:,}" in error.message


@pytest.mark.parametrize(
    "variables",
    [
        {"t": "法" * 2_001},
        {"n": ["a"] * 501},
        {"w": {"or": [{"x": "法" * 2_001}]}},
        {f"n{i}": 1 for i in range(501)},
    ],
)
def test_variables_are_measured_too(variables):
    assert values_exceeded(variables, LIMITS).extensions["code"] == "TOO_COMPLEX"
    assert values_exceeded(variables, Limits(string=2_001, list_items=501)) is None


async def test_what_is_allowed_runs_and_says_its_cost():
    result = await answer(
        "{ towns(first: 7) { nodes { name members(first: 3) { edges { node { id } } } } } }"
    )
    assert result.extensions["cost"] == {"requested": 1 + 7 * (1 + 1 + 3 * 2), "maximum": LIMITS.cost}
    assert [error.extensions["code"] for error in result.errors] == ["STORE_UNAVAILABLE"]


async def test_limits_are_those_of_the_request():
    query = "{ towns(first: 7) { nodes { name } } }"
    result = await answer(query, Limits(cost=7))
    assert [error.extensions["limit"] for error in result.errors] == ["cost"]
    assert (await answer(query, Limits(cost=8))).extensions["cost"]["maximum"] == 8


async def test_an_argument_that_fails_hides_no_cost():
    query = 'query($n: Int = 1) { search(text: "法", first: $n) { id } towns(first: 9) { nodes { name } } }'
    result = await answer(query, Limits(cost=9), n=None)
    assert [error.extensions.get("limit") for error in result.errors] == ["cost"]


def test_a_price_is_kept_by_the_variables_that_size_lists():
    query = "query($id: ID!, $n: Int!) { town(id: $id) { name members(first: $n) { nodes { id } } } }"
    document = documents.Document(graphql.parse(query), len(query), {})
    operation = graphql.get_operation_ast(document.parsed)

    def priced(**variables):
        values = get_variable_values(RUNNING, operation.variable_definitions, variables)
        return document.price(RUNNING, operation, values)

    for id, n in (("town:a", 3), ("town:b", 3), ("town:a", 90)):
        assert priced(id=id, n=n) == price(query, id=id, n=n)
    assert len(document.prices) == 2


async def test_introspection_is_not_too_much():
    result = await answer(graphql.get_introspection_query(input_value_deprecation=True))
    assert result.errors is None
    assert len(result.data["__schema"]["types"]) == len(RUNNING.type_map)


def test_introspection_is_priced_by_what_this_schema_has():
    kinds = [graphql.is_object_type, graphql.is_interface_type]
    fields = [len(t.fields) for t in RUNNING.type_map.values() if any(is_one(t) for is_one in kinds)]
    assert price("{ __schema { types { name } } }") == 1 + len(RUNNING.type_map)
    all_fields = price("{ __schema { types { fields { name } } } }")
    assert all_fields == pytest.approx(1 + len(RUNNING.type_map) + sum(fields))
    one = price('{ __type(name: "Query") { fields { name } } }')
    assert one == 1 + max(fields)
    assert price("{ ...I } fragment I on Query { __schema { types { name } } }") == 1 + len(RUNNING.type_map)


async def test_much_introspection_is_asked_by_itself():
    much = "__schema { types { fields { name } } }"
    (error,) = (await answer(f"{{ {much} towns(first: 1) {{ nodes {{ id }} }} }}")).errors
    assert (error.extensions["limit"], error.extensions["allowed"]) == ("cost", AT_ONCE)
    little = await answer("{ __schema { queryType { name } } __typename }")
    assert (little.errors, little.data["__typename"]) == (None, "Query")
    times = " ".join(f"a{n}: types {{ fields {{ name }} }}" for n in range(20))
    (error,) = (await answer(f"{{ __schema {{ {times} }} }}")).errors
    assert (error.extensions["limit"], error.extensions["allowed"]) == ("cost", LIMITS.cost)


async def test_of_many_wrong_variables_not_all_are_looked_at():
    query = "query($w: OrganisationFilter) { organisations(first: 1, where: $w) { nodes { id } } }"
    wrong = [{f"nam{n}": 1 for n in range(100)}] * 100
    assert 1 <= len((await answer(query, w={"or": wrong})).errors) <= 51


async def test_a_known_text_is_neither_parsed_nor_validated_again(monkeypatch):
    query = "query Known { __typename }"
    assert (await answer(query)).data == {"__typename": "Query"}
    monkeypatch.setattr(documents, "sizes", None)
    monkeypatch.setattr(documents, "validate", None)
    assert (await answer(query)).data == {"__typename": "Query"}
    assert documents._KEPT.currsize <= documents.KEPT


def test_a_kept_document_takes_no_more_than_is_counted():
    text = "{ " + "x " * 900 + "}"
    tracemalloc.start()
    parsed = graphql.parse(text)
    taken = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert parsed.definitions
    assert 0 < taken <= len(text) * documents.PER_CHARACTER * 1.1


async def test_a_long_text_is_not_kept():
    query = "{ __typename } # " + "长" * documents.LONGEST_KEPT
    before = documents._KEPT.currsize
    assert (await answer(query)).data == {"__typename": "Query"}
    assert documents._KEPT.currsize == before


@pytest.mark.parametrize(
    ("query", "points"),
    [
        ("{ __typename }", 0),
        ("{ towns(first: 2) { nodes { name members(first: 3) { nodes { name } } } } }", 11),
        ('{ organisation(id: "org:a") { id name } }', 1),
        ("query($n: Int) { towns(first: $n) { nodes { id } } }", 1 + 12),
        ("{ towns(last: 5) { edges { node { id } } } }", 1 + 5 * 2),
        ("{ nodes(ids: [1, 2, 3]) { id } }", 3),
        (
            '{ town(id: "town:a") { gaps(first: 4) { rows { product { id } parts { name } } } } }',
            22 + 4 * (2 + ASSUMED),
        ),
        (
            '{ town(id: "town:a") { gaps(first: 4) { rows { candidates(first: 2) { rows { score } } } } } }',
            22 + 4 * (1 + 10 + 1 + 2),
        ),
        (
            (
                "{ whatIf(edits: []) { townGaps(id: 1, first: 4) { before { ...R } after { ...R } } } }"
                " fragment R on Gaps { rows { score } }"
            ),
            501 + 41 + 2 * (1 + 4),
        ),
    ],
)
def test_the_cost_is_what_the_rules_add_up_to(query, points):
    assert price(query, n=12) == points


def test_what_would_never_end_is_priced_at_once():
    twice = (
        "suppliers(first: 100) {{ nodes {{ ...F{0} }} }} b: suppliers(first: 100) {{ nodes {{ ...F{0} }} }}"
    )
    assert price(bomb(40, twice)) == 1e12
    assert sizes(graphql.parse(bomb(40, twice)))["aliases"] == 2**40 - 1


def written_out(document):
    """Write a document's fragments out where they are spread, as inline fragments."""
    fragments = {d.name.value: d for d in document.definitions if d.kind == "fragment_definition"}

    class Written(graphql.Visitor):
        def enter_fragment_spread(self, node, *_):
            fragment = fragments[node.name.value]
            selected = graphql.visit(fragment.selection_set, Written())
            return graphql.InlineFragmentNode(
                type_condition=fragment.type_condition, directives=(), selection_set=selected
            )

    main = document.definitions[0]
    return graphql.DocumentNode(definitions=(graphql.visit(main, Written()),))


@st.composite
def layered(draw):
    """Documents whose fragments spread later ones at will."""
    names, counter = [f"F{i}" for i in range(draw(st.integers(1, 4)))], count()

    def selection(below, depth=0):
        parts = []
        for _ in range(draw(st.integers(1, 3))):
            kind = draw(st.sampled_from(["id", "alias", "list", "spread"]))
            if kind == "spread" and below:
                parts.append(f"...{draw(st.sampled_from(below))}")
            elif kind == "list" and depth < 2:
                size = draw(st.integers(1, 9))
                inner = selection(below, depth + 1)
                parts.append(f"a{next(counter)}: suppliers(first: {size}) {{ nodes {{ {inner} }} }}")
            else:
                parts.append("id" if kind == "id" else f"a{next(counter)}: name")
        return " ".join(parts)

    fragments = [
        f"fragment {name} on Organisation {{ {selection(names[i + 1 :])} }}" for i, name in enumerate(names)
    ]
    return f'{{ organisation(id: "org:a") {{ {selection(names)} ...F0 }} }} ' + " ".join(fragments)


@given(layered())
def test_fragments_are_measured_as_if_they_were_written_out(query):
    document = graphql.parse(query)
    plain = written_out(document)
    for name in ("depth", "aliases", "root_fields"):
        assert sizes(document)[name] == sizes(plain)[name]
    operations = [graphql.get_operation_ast(one) for one in (document, plain)]
    values = get_variable_values(RUNNING, (), {})
    prices = [cost(RUNNING, one, values, its) for one, its in zip((document, plain), operations, strict=True)]
    assert prices[0] == pytest.approx(prices[1])


def examples():
    for page in sorted(ROOT.glob("docs/**/*.md")):
        for number, block in enumerate(
            re.findall(r"```graphql\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
        ):
            yield pytest.param(block, id=f"{page.stem}-{number}")


@pytest.mark.parametrize("text", [*examples()])
def test_the_examples_of_the_documentation_are_within_the_limits(text):
    document = graphql.parse(text)
    assert exceeded(sizes(document), LIMITS) == []
    operation = graphql.get_operation_ast(document)
    if (
        operation is not None
        and not operation.variable_definitions
        and not graphql.validate(RUNNING, document)
    ):
        assert price(text) <= LIMITS.cost


def test_every_limit_is_a_setting_that_the_page_names():
    page = (ROOT / "docs" / "reference" / "settings.md").read_text("utf-8")
    for limit in WORDS:
        if limit != "comments":
            assert f"| `ZHENLIAN_MAX_{limit.upper()}` | `{getattr(LIMITS, limit)}` |" in page
    assert set(WORDS) == set(TOO_MUCH)
