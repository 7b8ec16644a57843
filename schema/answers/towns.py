"""What a town can be asked beyond its columns and relations."""

from collections.abc import Sequence

import numpy as np
import strawberry
from strawberry.types.field import StrawberryField as Field

from graph.kinds.terms import Term, TownStatus
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import members_of
from graph.snapshot.towns import town_status
from schema.language.connection import AsOf
from schema.language.context import Context, Info
from schema.language.enums import enum_type
from schema.language.lists import OfOwners
from schema.language.nodes import READING, Node


def _statuses(
    context: Context, snapshot: Snapshot, owners: Sequence[int], *, as_of: int | None = None
) -> list[Term | None]:
    """Whether towns were recognised at the end of a year."""
    towns = snapshot.nodes["Town"]
    found = town_status(towns, np.asarray(owners, np.int32) - np.int32(towns.first), context.year(as_of))
    members = members_of(TownStatus)
    return [members[code] for code in found.tolist()]


def status(root: Node, info: Info, as_of: AsOf = None) -> TownStatus | None:
    """Whether the town was recognised at the end of a year; None: unknown."""
    found = _statuses(info.context, root.snapshot, [root.row], as_of=as_of)[0]
    return None if found is None else TownStatus(found)


FIELDS: dict[str, Field] = {
    "status": strawberry.field(
        status,
        graphql_type=enum_type(TownStatus) | None,
        description="认定状态：按认定与撤销日期，截至 asOf；没有认定日期者在同级最早的认定之前为空：不详",
        metadata={READING: OfOwners(_statuses)},
    )
}
