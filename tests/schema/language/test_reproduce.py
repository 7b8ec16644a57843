"""The query that an answer gives asks the same again: variables and fragments are written out."""

import pytest
from graphql import parse, print_ast

ASKED = """
query Some(
  $id: ID!, $year: Int, $level: Aggregation!, $order: LinkageOrder, $first: Int = 2, $with: Boolean = true
) {
  organisation(id: $id) {
    extraction(asOf: $year, organisationForm: null) { ...Figures method { query } }
    cascade(asOf: $year, eps: 0.02) { esri method { query } }
  }
  linkages(aggregation: $level, orderBy: $order, first: $first, asOf: $year) {
    rows { ... @include(if: $with) { output } member { __typename ... on Town { id } } }
    method { query }
  }
}
fragment Figures on Extraction { total dependents { loss } }
"""
VARIABLES = {"id": "org:tianbao-group", "year": 2024, "level": "TOWN", "with": True}


async def test_variables_and_fragments_are_written_out(service):
    data = await service.data(ASKED, **VARIABLES)
    firm, towns = data["organisation"], data["linkages"]
    said = firm["extraction"]["method"]["query"]
    assert "$" not in said
    assert 'organisation(id: "org:tianbao-group")' in said
    assert "extraction(organisationForm: null, asOf: 2024)" in said
    assert (await service.data(said))["organisation"]["extraction"] == firm["extraction"]
    again = (await service.data(firm["cascade"]["method"]["query"]))["organisation"]["cascade"]
    assert again["esri"] == firm["cascade"]["esri"]
    assert "linkages(aggregation: TOWN, first: 2, asOf: 2024)" in towns["method"]["query"]
    assert (await service.data(towns["method"]["query"]))["linkages"]["rows"] == towns["rows"]


async def test_a_field_that_is_selected_twice_is_asked_whole(service):
    data = await service.data(
        """query ($id: ID!) { organisation(id: $id) { ...Part extraction { own method { query } } } }
        fragment Part on Organisation { extraction { total } }""",
        id="org:tianbao-group",
    )
    firm = data["organisation"]
    assert (await service.data(firm["extraction"]["method"]["query"]))["organisation"] == firm


async def test_without_a_year_the_newest_is_written(service):
    data = await service.data("{ linkages(first: 1) { method { query } } }")
    assert "asOf: 2025" in data["linkages"]["method"]["query"]


@pytest.mark.parametrize(
    ("type", "value", "written"),
    [
        ("[ShockInput!]!", [{"id": "org:tianbao-group", "psi": 0.5}], "psi: 0.5"),
        ("[ShockInput!]!", [{"id": "org:tianbao-group"}], "org:tianbao-group"),
    ],
)
async def test_objects_are_written_out(service, type, value, written):
    field = "cascade(scenario: $value, asOf: 2024) { esri method { query } }"
    query = f"query ($value: {type}) {{ {field} }}"
    found = (await service.data(query, value=value))["cascade"]
    assert written in found["method"]["query"]
    assert print_ast(parse(found["method"]["query"])) == found["method"]["query"]
    assert (await service.data(found["method"]["query"]))["cascade"]["esri"] == found["esri"]
