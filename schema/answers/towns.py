"""What a town can be asked beyond its columns and relations."""

from typing import Any

import strawberry

from graph.kinds.terms import TownStatus
from schema.language.connection import AsOf
from schema.language.context import Info
from schema.language.enums import enum_type

TownStatusName: Any = enum_type(TownStatus)


async def status(root: Any, info: Info, as_of: AsOf = None) -> Any:
    """Whether the town was recognised at the end of a year."""
    day = f"{info.context.year(as_of)}-12-31"
    if root.withdrawn_on is not None and str(root.withdrawn_on) <= day:
        return TownStatus.WITHDRAWN
    if root.recognised_on is not None and str(root.recognised_on) > day:
        return TownStatus.CANDIDATE
    if root.recognised_on is not None:
        return TownStatus.RECOGNISED
    return TownStatus(root.status_stored)


status.__annotations__["return"] = TownStatusName
FIELDS: dict[str, Any] = {
    "status": strawberry.field(status, description="认定状态：按认定与撤销日期，截至 asOf")
}
