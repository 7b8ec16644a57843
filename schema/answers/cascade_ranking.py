"""The ranking of all organisations by ESRI, from the last batch that the store has kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import strawberry

from graph.edits.runs import latest_run, rows_of
from queries.cascade.ranking import STORED, ProfileOrder, Ranking, asked_first, esri_profile
from schema.language.context import Context, Info
from schema.language.enums import enum_type
from schema.language.method import answer_type
from schema.language.question import Argument, signed
from schema.language.results import node_field, result_type, results_field, value_field


@dataclass(slots=True)
class Kept:
    """A place in the snapshot's memory for a ranking that was read."""

    ranking: Ranking | None = None


def _share(words: str, name: str) -> Any:
    return value_field(words, float, lambda row: getattr(row, name))


RankedType = result_type(
    "EsriRanked",
    "ESRI 排名中的一个主体：若其单独全停",
    rank=value_field("名次", int, lambda row: row.rank),
    id=value_field("主体的标识", strawberry.ID, lambda row: row.id),
    organisation=node_field("Organisation", "主体；空为当前快照中已没有", lambda row: row.row, optional=True),
    esri=_share("停下的部分占全部的比例（0–1）", "esri"),
    down=_share("其中仅因缺料（向下游传导）", "down"),
    up=_share("其中仅因缺销路（向上游传导）", "up"),
    at_risk=value_field(
        "停下的产出（元/年）；空为该次计算不以产出为权重", float | None, lambda row: row.at_risk
    ),
    sweeps=value_field("传导的轮数", int, lambda row: row.sweeps),
    settled=value_field("是否已稳定；否为轮数到上限，结果偏低", bool, lambda row: row.settled),
)
ProfileType = answer_type(
    "EsriProfile",
    "全部主体的 ESRI 排名：取自最近一次批量计算（zhenlian analyse cascade --all）",
    run=value_field("所取的批量计算；空为尚无", strawberry.ID | None, lambda found: found.run),
    started_at=value_field("计算开始时间", datetime | None, lambda found: found.started_at),
    finished_at=value_field("计算完成时间", datetime | None, lambda found: found.finished_at),
    stale=value_field("此后图的内容是否有变：有变则宜重算", bool, lambda found: found.stale),
    count=value_field("参与排名的主体数", int, lambda found: found.count),
    rows=results_field("排名", RankedType, lambda found: found.rows),
)


async def _stored(context: Context, year: int) -> Any:
    """Read the last run of a year; its rows once only."""
    run = await latest_run(context.store, STORED, year)
    if run is None:
        return None
    kept = context.snapshot.remember(("run", run.id, run.finished_at), Kept)
    kept.ranking = kept.ranking or Ranking.of(await rows_of(context.store, run))
    return run, kept.ranking


async def _resolve(
    root: Any,  # noqa: ARG001 - a field of the root
    info: Info,
    as_of: int | None = None,
    **asked: Any,
) -> Any:
    """Answer from what is stored."""
    context = info.context
    year = context.year(as_of)
    asked_first(asked["first"])
    stored = await _stored(context, year)
    found = await context.analyse(esri_profile, stored, as_of=year, **asked)
    raw = info._raw_info  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - what graphql-core knows
    return ProfileType(found=found, snapshot=context.snapshot, asked=(raw, None, year))


ARGUMENTS = {
    "first": Argument(int, "取前几个，1–500", 20),
    "order_by": Argument(enum_type(ProfileOrder), "排序", ProfileOrder.ESRI),
}
ROOT: dict[str, Any] = {
    "esri_profile": strawberry.field(
        signed(_resolve, ARGUMENTS, ProfileType | None),
        description="ESRI 排名：谁单独停产会使最多的产出停下（取自最近一次批量计算）",
    )
}
