"""What a town can be asked beyond its columns and relations."""

from datetime import date
from typing import Protocol

import strawberry
from strawberry.types.field import StrawberryField as Field

from graph.kinds.terms import TownStatus
from schema.language.connection import AsOf
from schema.language.context import Info
from schema.language.enums import enum_type


class _Town(Protocol):
    """The columns of a town that say whether it is recognised."""

    recognised_on: date | None
    withdrawn_on: date | None
    status_stored: str


async def status(root: _Town, info: Info, as_of: AsOf = None) -> TownStatus:
    """Whether the town was recognised at the end of a year."""
    day = f"{info.context.year(as_of)}-12-31"
    if root.withdrawn_on is not None and str(root.withdrawn_on) <= day:
        return TownStatus.WITHDRAWN
    if root.recognised_on is not None and str(root.recognised_on) > day:
        return TownStatus.CANDIDATE
    if root.recognised_on is not None:
        return TownStatus.RECOGNISED
    return TownStatus(root.status_stored)


FIELDS: dict[str, Field] = {
    "status": strawberry.field(
        status, graphql_type=enum_type(TownStatus), description="认定状态：按认定与撤销日期，截至 asOf"
    )
}
