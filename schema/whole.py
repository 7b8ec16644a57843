"""The whole schema, put together of all types and fields."""

from typing import Any, cast

import strawberry
from strawberry.extensions import SchemaExtension
from strawberry.schema.config import StrawberryConfig
from strawberry.types.field import StrawberryField

from graph.kinds import NODES
from graph.kinds.stages import BY_LABEL
from schema.analyses import fields_on, whatif_field
from schema.answers import cascade_ranking, chain_maps, changes, checkup, counts, ledgers
from schema.answers.towns import FIELDS as TOWN
from schema.execution.documents import Documents, PlannedSchema
from schema.figures import figure_fields, headline_field
from schema.language import snapshots
from schema.language.context import Context
from schema.language.cost import declare_sizes
from schema.language.errors import Errors, OneOperation
from schema.language.lists import finish
from schema.language.nodes import TYPES
from schema.ledgers import ledger_mutations
from schema.lookups import root_fields
from schema.rulings import ROOT as VIEWER
from schema.rulings import mutation_fields


class Versions(SchemaExtension):
    """Says which versions an answer comes from, and what may have been meant by ids that nobody has."""

    async def get_results(self) -> dict[str, Any]:  # pyright: ignore[reportIncompatibleMethodOverride] - may wait
        """Name the store's version and the snapshot that was asked, and give hints."""
        return await cast("Context", self.execution_context.context).told()


WRITTEN: dict[str, dict[str, StrawberryField]] = {
    "Chain": chain_maps.CHAIN,
    "Standard": checkup.STANDARD_FIELDS,
    "Benefit": checkup.BENEFIT_FIELDS,
    "LedgerEntry": ledgers.ENTRY,
    **{label: ledgers.item_fields() for label in BY_LABEL},
}


def _asked(kind: str | None, between: dict[str, StrawberryField]) -> dict[str, StrawberryField]:
    """Make the fields of all questions of a kind, with others between analyses and what records say."""
    return {**fields_on(kind), **between, **fields_on(kind, what_if=False)}


finish(
    {kind.label: {**WRITTEN.get(kind.label, {}), **_asked(kind.label, {})} for kind in NODES}
    | {
        "Town": {
            **TOWN,
            **chain_maps.TOWN,
            **_asked("Town", checkup.TOWN_FIELDS),
            **changes.TOWN,
            **ledgers.TOWN,
            **figure_fields(),
            "headline": headline_field(),
        },
        "Organisation": {
            **_asked("Organisation", checkup.ORGANISATION_FIELDS),
            **ledgers.ORGANISATION,
            **figure_fields(),
        },
        "Region": {**_asked("Region", {}), **figure_fields()},
    }
)


def _query() -> type:
    query = type(
        "Query",
        (),
        {
            "__module__": __name__,
            **root_fields(),
            **counts.ROOT,
            **snapshots.ROOT,
            **cascade_ranking.ROOT,
            **ledgers.ROOT,
            **VIEWER,
            **_asked(None, {"whatIf": whatif_field()}),
        },
    )
    return strawberry.type(query, description="查询的起点")


def _mutation() -> type:
    mutation = type("Mutation", (), {"__module__": __name__, **mutation_fields(), **ledger_mutations()})
    return strawberry.type(mutation, description="数据管理员可做的修改：只在本机、且设置允许时可用")


schema = PlannedSchema(
    _query(),
    mutation=_mutation(),
    types=list(TYPES.values()),
    extensions=[
        Errors,
        Documents,
        OneOperation,
        Versions,
    ],
    config=StrawberryConfig(auto_camel_case=True),
)

declare_sizes(schema)
