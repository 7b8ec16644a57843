"""Which copy of the graph answers."""

from datetime import datetime
from typing import Any

import strawberry

from graph.errors import StoreUnavailable
from schema.language.context import Info


@strawberry.type(description="快照：分析与检索所依据的全库副本")
class SnapshotInfo:
    """Which copy of the graph answers."""

    id: str = strawberry.field(description="标识：版本、写入次数与内容散列")
    version: int = strawberry.field(description="数据版本：已完成的装载次数")
    taken_at: datetime = strawberry.field(description="取得时间")
    newest_year: int | None = strawberry.field(description="数据最新年份：asOf 为空时所取")


async def snapshot_info(info: Info) -> SnapshotInfo | None:
    """Say which snapshot answers now; None before the first."""
    try:
        found = info.context.snapshot
    except StoreUnavailable:
        return None
    return SnapshotInfo(
        id=found.id, version=found.version, taken_at=found.taken_at, newest_year=found.newest_year
    )


ROOT: dict[str, Any] = {"snapshot": strawberry.field(snapshot_info, description="当前快照；空为尚未就绪")}
