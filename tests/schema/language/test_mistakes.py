"""Whatever GraphQL finds wrong with a document or its variables is said in Chinese."""

import re

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLScalarType,
    GraphQLSyntaxError,
    build_schema,
    parse,
    parse_value,
    specified_rules,
    validate,
)
from graphql.execution.values import get_variable_values
from graphql.utilities import validate_input_literal

from schema import schema
from schema.language.mistakes import IN_GENERAL, MOST_NAMED, mistakes

CORE = schema._schema
STREAMING = build_schema(
    """
    directive @defer(if: Boolean! = true, label: String) on FRAGMENT_SPREAD | INLINE_FRAGMENT
    directive @stream(if: Boolean! = true, label: String, initialCount: Int = 0) on FIELD
    type Query { names: [String], one: Query }
    type Mutation { names: [String] }
    type Subscription { names: [String], more: [String] }
    """
)
"""What ours does not have, and graphql-core has rules for."""

PROVOKED = {
    "ExecutableDefinitionsRule": ["{ towns { totalCount } } type X { a: Int }"],
    "KnownOperationTypesRule": ["subscription { towns { totalCount } }"],
    "UniqueOperationNamesRule": ["query A { towns { totalCount } } query A { towns { totalCount } }"],
    "LoneAnonymousOperationRule": ["{ towns { totalCount } } query A { towns { totalCount } }"],
    "SingleFieldSubscriptionsRule": [
        "subscription { names more }",
        "subscription A { names @skip(if: true) }",
    ],
    "KnownTypeNamesRule": ["{ node(id: 1) { ... on Twon { id } } }", "query ($a: Nonsense) { a }"],
    "FragmentsOnCompositeTypesRule": [
        "{ node(id: 1) { ... on String { id } } }",
        "{ towns { ...F } } fragment F on String { id }",
    ],
    "VariablesAreInputTypesRule": ["query ($a: Town) { towns { totalCount } }"],
    "ScalarLeafsRule": ['{ town(id: "x") }', '{ town(id: "x") { name { x } } }'],
    "FieldsOnCorrectTypeRule": [
        "{ toons }",
        "{ xyzzy }",
        "{ node(id: 1) { founded } }",
        "{ towns { totlCount } }",
    ],
    "UniqueFragmentNamesRule": [
        "{ town(id: 1) { ...F } } fragment F on Town { id } fragment F on Town { name }"
    ],
    "KnownFragmentNamesRule": ["{ ...Missing }"],
    "NoUnusedFragmentsRule": ["{ towns { totalCount } } fragment F on Town { id }"],
    "PossibleFragmentSpreadsRule": [
        '{ town(id: "x") { ... on Product { id } } }',
        '{ town(id: "x") { ...F } } fragment F on Product { id }',
    ],
    "NoFragmentCyclesRule": [
        "{ town(id: 1) { ...F } } fragment F on Town { ...F }",
        "{ town(id: 1) { ...F } } fragment F on Town { ...G } fragment G on Town { ...F }",
    ],
    "UniqueVariableNamesRule": ["query ($a: Int, $a: Int) { towns(first: $a) { totalCount } }"],
    "NoUndefinedVariablesRule": [
        "{ towns(first: $a) { totalCount } }",
        "query A { towns(first: $a) { totalCount } }",
    ],
    "NoUnusedVariablesRule": [
        "query ($a: Int) { towns { totalCount } }",
        "query A($a: Int) { towns { totalCount } }",
    ],
    "KnownDirectivesRule": [
        "{ towns @nonsense { totalCount } }",
        "query @skip(if: true) { towns { totalCount } }",
    ],
    "UniqueDirectivesPerLocationRule": ["{ towns @skip(if: true) @skip(if: true) { totalCount } }"],
    "DeferStreamDirectiveOnRootField": [
        "mutation { ... @defer { names } }",
        "mutation { ...F @defer } fragment F on Mutation { names }",
        "mutation { names @stream }",
    ],
    "DeferStreamDirectiveOnValidOperationsRule": [
        "subscription { names @stream }",
        "subscription { ... @defer { names } }",
    ],
    "DeferStreamDirectiveLabel": [
        "query ($a: String) { ... @defer(label: $a) { names } }",
        '{ ... @defer(label: "a") { names } one { ... @defer(label: "a") { names } } }',
    ],
    "StreamDirectiveOnListField": ["{ one @stream { names } }"],
    "KnownArgumentNamesRule": [
        "{ towns(frst: 1) { totalCount } }",
        "{ towns @skip(fi: true) { totalCount } }",
        "{ towns(xyzzy: 1) { totalCount } }",
    ],
    "UniqueArgumentNamesRule": ["{ towns(first: 1, first: 2) { totalCount } }"],
    "ValuesOfCorrectTypeRule": [
        "{ towns(orderBy: NONSENSE) { totalCount } }",
        "{ towns(orderBy: NAME_ACS) { totalCount } }",
        '{ towns(orderBy: "NAME_ASC") { totalCount } }',
        "{ towns(orderBy: { field: NONSENSE }) { totalCount } }",
        '{ towns(first: "x") { totalCount } }',
        "{ towns(where: 1) { totalCount } }",
        "{ towns(where: { nmae: { eq: 1 } }) { totalCount } }",
        "{ towns(where: { figure: {} }) { totalCount } }",
        "{ town(id: null) { id } }",
        "{ town(id: true) { id } }",
        '{ policies(where: { issuedOn: { eq: "x" } }) { totalCount } }',
    ],
    "ProvidedRequiredArgumentsRule": ["{ town { id } }", "{ towns @skip { totalCount } }"],
    "VariablesInAllowedPositionRule": [
        "query ($a: String) { towns(first: $a) { totalCount } }",
        "query ($a: ID) { town(id: $a) { id } }",
    ],
    "OverlappingFieldsCanBeMergedRule": [
        '{ town(id: "x") { a: id a: name } }',
        '{ town(id: "x") { id } town(id: "y") { id } }',
        '{ town(id: "x") { members { a: totalCount } members { a: __typename } } }',
        "{ node(id: 1) { ... on Town { a: id } ... on Product { a: synthetic } } }",
    ],
    "UniqueInputFieldNamesRule": [
        '{ towns(where: { name: { eq: "a" }, name: { eq: "b" } }) { totalCount } }'
    ],
    "MaxIntrospectionDepthRule": [
        "{ __schema { types {" + " fields { type {" * 4 + " name " + "} }" * 4 + " } } }"
    ],
}
"""Documents that break each rule: the walk below proves that they do."""

BROKEN = [
    "",
    "{",
    "{ towns(first: ) { totalCount } }",
    "nonsense { towns }",
    "{ towns(first: 01) { totalCount } }",
    "{ towns(first: 1.) { totalCount } }",
    "{ towns(first: .5) { totalCount } }",
    "{ towns(first: 1x) { totalCount } }",
    "{ town(id: 'x') { id } }",
    '{ town(id: "x) { id } }',
    '{ town(id: "x\\q") { id } }',
    '{ town(id: "x\\uZZZZ") { id } }',
    '{ town(id: "x\\u{110000000}") { id } }',
    '{ town(id: "x\n") { id } }',
    '{ town(id: """x) { id } }',
    "{ town..F }",
    "{ town(id: \x07) { id } }",
    "{ 山西 }",
    "{ towns，totalCount }",
    "query ($a: Int = $b) { towns { totalCount } }",
    '"words" { towns { totalCount } }',
    "fragment on on Town { id }",
    "enum X { true }",
    "extend nonsense",
    "{ a" + " { a" * 5000,
]
WRONG = [None, 3, 1.5, 2**40, 10**400, True, "x", "2024-13-01", [], [[1]], [None, "x"], {}, {"nonsense": 1}]
WRITTEN = [
    "null",
    "3",
    "1.5",
    "99999999999",
    "true",
    '"x"',
    "NONSENSE",
    "[]",
    "[[1]]",
    "{}",
    "{ nonsense: 1 }",
]


def assert_chinese(errors, core=CORE, document=None):
    told = [*mistakes(errors, core, document)]
    assert len(told) == len(errors)
    for error, mistake in zip(errors, told, strict=True):
        assert mistake.message != IN_GENERAL, error.message
        assert re.search("[\u4e00-\u9fff]", mistake.message), mistake.message
        assert not re.search(r"[a-z]{2,} [a-z]{2,}|Did you|'", mistake.message), mistake.message
        assert len(mistake.message) < 2500, len(mistake.message)
    return told


@pytest.mark.parametrize("rule", specified_rules, ids=lambda rule: rule.__name__)
def test_each_rule_of_graphql_speaks_chinese(rule):
    for text in PROVOKED[rule.__name__]:
        core = STREAMING if re.search(r"\bnames\b", text) else CORE
        document = parse(text)
        errors = validate(core, document, [rule])
        assert errors, text
        assert all(mistake.nodes for mistake in assert_chinese(errors, core, document))


def test_there_is_no_rule_that_is_not_walked():
    assert PROVOKED.keys() == {rule.__name__ for rule in specified_rules}


@pytest.mark.parametrize("text", BROKEN)
def test_what_is_not_graphql_is_said_with_its_line(text):
    with pytest.raises(GraphQLSyntaxError) as caught:
        parse(text)
    (told,) = assert_chinese([caught.value])
    assert told.message.startswith("第 ")


def test_each_input_type_refuses_in_chinese():
    kinds = [
        kind
        for name, kind in CORE.type_map.items()
        if isinstance(kind, GraphQLScalarType | GraphQLEnumType | GraphQLInputObjectType) and name[:2] != "__"
    ]
    refused = 0
    for kind in kinds:
        for written in (kind.name, f"{kind.name}!", f"[{kind.name}!]!"):
            (operation,) = parse(f"query ($it: {written}) {{ towns {{ totalCount }} }}").definitions
            defined = operation.variable_definitions
            for value in WRONG:
                errors = get_variable_values(CORE, defined, {"it": value}, max_errors=20)
                if isinstance(errors, list):
                    refused += len(errors)
                    assert all(told.argument.startswith("$it") for told in assert_chinese(errors))
        for written in WRITTEN:
            found = []
            validate_input_literal(
                parse_value(written), kind, lambda error, _, found=found: found.append(error)
            )
            refused += len(assert_chinese(found))
    assert refused > 10 * len(kinds)


def test_too_many_errors_are_said_to_be_too_many():
    text = "{" + " ".join(f"a{n}" for n in range(150)) + "}"
    document = parse(text)
    errors = validate(CORE, document)
    assert len(errors) == 101
    assert "其余未查" in assert_chinese(errors, document=document)[-1].message


def test_an_unknown_sentence_is_said_in_general_and_kept():
    (told,) = mistakes([GraphQLError("The moon is made of cheese.")], CORE, None)
    assert told.message == IN_GENERAL


@pytest.mark.parametrize(
    ("query", "variables", "argument", "message"),
    [
        (
            '{ town(id: "x") { members { nodes { makes(first: "2") { totalCount } } } } }',
            {},
            "first",
            "town.members.nodes.makes(first)：“2”不是整数：应为整数，如 10",
        ),
        (
            "{ policies(where: { or: [{ issuedOn: { lte: 3 } }] }) { totalCount } }",
            {},
            "where.or[0].issuedOn.lte",
            "policies(where.or[0].issuedOn.lte)：3 不是日期：应为加引号的 年-月-日，如 2024-06-30",
        ),
        (
            "query ($w: PolicyFilter) { policies(where: $w) { totalCount } }",
            {"w": {"or": [{"issuedOn": {"lte": "2024-13-01"}}]}},
            "$w.or[0].issuedOn.lte",
            "$w.or[0].issuedOn.lte：2024-13-01 不是日期：应为加引号的 年-月-日，如 2024-06-30",
        ),
        (
            "query ($o: TownOrder) { towns(orderBy: $o) { totalCount } }",
            {"o": "NAME_ACS"},
            "$o",
            "$o：没有值“NAME_ACS”：可用 ID_ASC、",
        ),
        (
            "{ towns(frst: 1) { totalCount } }",
            {},
            "frst",
            "towns(frst)：Query.towns 没有参数 frst：可用 first、",
        ),
        ("{ town { id } }", {}, "id", "town(id)：Query.town 缺少必填的参数 id，类型为 ID!"),
        (
            "query ($a: String) { towns(first: $a) { totalCount } }",
            {},
            "first",
            "towns(first)：变量 $a 声明为 String，此处应为 Int",
        ),
        ("query ($a: ID!) { town(id: $a) { id } }", {}, "$a", "$a：缺少值：必填，类型为 ID!"),
        (
            "query ($a: Int) { a: towns { totalCount @skip(if: $a) } }",
            {},
            "if",
            "towns.totalCount@skip(if)：变量 $a 声明为 Int，此处应为 Boolean!",
        ),
    ],
)
async def test_a_client_reads_where_what_and_what_would_be_right(
    service, query, variables, argument, message
):
    result = await service.answer(query, **variables)
    (found,) = result.errors
    assert found.message.startswith(message)
    assert found.extensions["code"] == "BAD_USER_INPUT"
    assert found.extensions["argument"] == argument
    assert re.search("[a-z]+ [a-z]+", found.extensions["original"])
    assert found.locations


async def test_all_values_of_a_short_list_are_named_and_of_a_long_one_the_nearest(service):
    ((_, _, order),) = await service.errors("{ towns(orderBy: NAME_ACS) { totalCount } }")
    assert all(value in order for value in CORE.type_map["TownOrder"].values)
    assert "是否应为 NAME_ASC" in order
    ((_, _, field),) = await service.errors("{ toons { totalCount } }")
    fields = CORE.query_type.fields
    assert len(fields) > MOST_NAMED
    assert f"是否应为 towns 或 town 或 loads 或 nodes 或 tasks？可用的共 {len(fields)} 个" in field


async def test_our_own_refusals_stay_as_they_are(service):
    ((code, argument, message),) = await service.errors("{ towns(first: 1000) { totalCount } }")
    assert (code, argument) == ("BAD_USER_INPUT", "first")
    assert message == "first：1000 超出范围，应在 1 到 100 之间"
    two = await service.errors("query A { towns { totalCount } } query B { towns { totalCount } }")
    assert two == [("BAD_USER_INPUT", None, "文档含多个操作，请用 operationName 指明执行哪一个")]
