"""Which copy of the graph answers."""

from datetime import datetime

import strawberry
from strawberry.types.field import StrawberryField

from graph.errors import StoreUnavailable
from graph.snapshot.snapshot import Origin, Snapshot
from graph.snapshot.years import YEAR_RULE
from schema.language.context import Info


@strawberry.type(description="某一年份的行数")
class YearRows:
    """How many rows are of a year."""

    year: int = strawberry.field(description="年份")
    rows: int = strawberry.field(description="供应与指标的行数")


@strawberry.type(description="快照：分析与检索所依据的全库副本")
class SnapshotInfo:
    """Which copy of the graph answers."""

    id: str = strawberry.field(description="标识：版本、写入次数与内容散列")
    version: int = strawberry.field(description="数据版本：已完成的装载次数")
    taken_at: datetime = strawberry.field(description="取得时间")
    newest_year: int | None = strawberry.field(description="数据最新年份：asOf 为空时所取")
    newest_year_rule: str = strawberry.field(
        description="数据最新年份的确定规则，对查询、分析、设想与导出一致"
    )
    year_rows: list[YearRows] = strawberry.field(
        description="各年份的供应与指标行数，由新到旧；不含未说明年份的"
    )


async def snapshot_info(info: Info) -> SnapshotInfo | None:
    """Say which snapshot answers now; None before the first."""
    try:
        found = info.context.snapshot
    except StoreUnavailable:
        return None
    return told(found.origin, found)


def told(origin: Origin, snapshot: Snapshot) -> SnapshotInfo:
    """Describe the snapshot that an answer names, with the years of the rows that it was computed from."""
    return SnapshotInfo(
        id=origin.id,
        version=origin.version,
        taken_at=origin.taken_at,
        newest_year=snapshot.newest_year,
        newest_year_rule=YEAR_RULE,
        year_rows=[YearRows(year=y, rows=snapshot.year_rows[y]) for y in reversed(list(snapshot.year_rows))],
    )


ROOT: dict[str, StrawberryField] = {
    "snapshot": strawberry.field(snapshot_info, description="当前快照；空为尚未就绪")
}
