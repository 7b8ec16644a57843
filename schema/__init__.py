"""The GraphQL language of the service: types and fields, no Cypher, no algorithms."""

from typing import Any, cast

import strawberry
from strawberry.extensions import SchemaExtension, ValidationCache
from strawberry.schema.config import StrawberryConfig

from schema.analyses import fields_on
from schema.answers import cascade_ranking, chain_maps, checkup, counts, trust
from schema.answers.towns import FIELDS as TOWN
from schema.figures import figure_field
from schema.language import snapshots
from schema.language.context import Context
from schema.language.errors import Errors, OneOperation, QuietSchema
from schema.language.lists import finish
from schema.language.nodes import TYPES
from schema.lookups import root_fields
from schema.rulings import mutation_fields

DOCUMENTS = 256
"""How many documents are kept validated."""


class Versions(SchemaExtension):
    """Says which versions an answer comes from."""

    def get_results(self) -> dict[str, Any]:
        """Name the store's version and the snapshot that was asked."""
        context = cast("Context", self.execution_context.context)
        return {"versions": context.versions}


finish(
    {
        "Town": {
            **TOWN,
            **chain_maps.TOWN,
            **fields_on("Town"),
            **checkup.TOWN_FIELDS,
            **trust.fields_on("Town"),
            "figure": figure_field(),
        },
        "Organisation": {
            **fields_on("Organisation"),
            **checkup.ORGANISATION_FIELDS,
            **trust.fields_on("Organisation"),
            "figure": figure_field(),
        },
        "Chain": chain_maps.CHAIN,
        "Standard": checkup.STANDARD_FIELDS,
        "Benefit": checkup.BENEFIT_FIELDS,
        "Region": {**fields_on("Region"), "figure": figure_field()},
    }
)


def _query() -> Any:
    query: Any = type(
        "Query",
        (),
        {
            "__module__": __name__,
            **root_fields(),
            **counts.ROOT,
            **snapshots.ROOT,
            **cascade_ranking.ROOT,
            **fields_on(None),
            **trust.fields_on(None),
        },
    )
    return strawberry.type(query, description="查询的起点")


def _mutation() -> Any:
    mutation: Any = type("Mutation", (), {"__module__": __name__, **mutation_fields()})
    return strawberry.type(mutation, description="数据管理员可做的修改：只在本机、且设置允许时可用")


schema = QuietSchema(
    _query(),
    mutation=_mutation(),
    types=list(TYPES.values()),
    extensions=[
        Errors,
        lambda: ValidationCache(maxsize=DOCUMENTS),
        OneOperation,
        Versions,
    ],
    config=StrawberryConfig(auto_camel_case=True),
)

__all__ = ["Context", "schema"]
