"""The map of a chain: its steps, how they feed each other, and who makes them where."""

import strawberry
from strawberry.types.field import StrawberryField as Field

from queries.gaps.chain_map import ChainMap, chain_map
from schema.language.connection import AsOf, RealOnly
from schema.language.context import Info
from schema.language.cost import weight
from schema.language.nodes import Node
from schema.language.publish import Shown, type_of


def _map_field(words: str) -> Field:
    """Make the field that draws the map of a chain, for a town or by itself."""
    made = type_of(ChainMap)

    async def resolve(
        root: Node,
        info: Info,
        as_of: AsOf = None,
        real_only: RealOnly = False,  # noqa: FBT002 - an argument
    ) -> Shown[ChainMap]:
        snapshot = await info.context.showing(real_only=real_only, owner=root.snapshot)
        year = info.context.year(as_of)
        found = await info.context.analyse_of(snapshot, chain_map, str(root.id), as_of=year)
        return made(found, snapshot)

    return strawberry.field(resolve, graphql_type=made | None, description=words, directives=[weight(10)])


CHAIN = {"map": _map_field("产业链图：各环节由哪里的谁生产")}
TOWN = {"chain_map": _map_field("对照参考产业链的产业链图：各环节的生产者，按离本镇的远近")}
