"""Changes of a town between two years."""

from typing import Annotated

import strawberry
from strawberry.types.field import StrawberryField as Field

from queries.evidence.changes import Changes, changes
from schema.language.connection import RealOnly
from schema.language.context import Info
from schema.language.nodes import Node
from schema.language.publish import Shown, type_of

ChangesType = type_of(Changes)


async def changes_(  # noqa: PLR0913, PLR0917 - the arguments of a field
    root: Node,
    info: Info,
    start: Annotated[int, strawberry.argument(name="from", description="前一年，早于 to")],
    end: Annotated[int, strawberry.argument(name="to", description="后一年")],
    first: Annotated[int, strawberry.argument(description="每个列表取前几条，1–500")] = 50,
    real_only: RealOnly = False,  # noqa: FBT002 - an argument
) -> Shown[Changes]:
    """Compare a town in two years."""
    years = (info.context.year(year, argument) for year, argument in ((start, "from"), (end, "to")))
    before, after = years
    snapshot = await info.context.showing(real_only=real_only, owner=root.snapshot)
    found = await info.context.analyse_of(
        snapshot, changes, str(root.id), start=before, end=after, first=first
    )
    raw = info._raw_info  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - what graphql-core knows
    return ChangesType(found, snapshot, (raw, str(root.id), None))


TOWN: dict[str, Field] = {
    "changes": strawberry.field(
        changes_,
        graphql_type=ChangesType | None,
        name="changes",
        description="两年对比：成员、成立与注销、供应、数值的变化",
    )
}
