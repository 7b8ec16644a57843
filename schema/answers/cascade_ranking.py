"""The ranking of all organisations by ESRI, from the last batch that the store has kept."""

from dataclasses import dataclass
from typing import Any

import strawberry
from strawberry.types.field import StrawberryField as Field

from graph.edits.runs import Run, latest_run, rows_of
from queries.cascade.ranking import STORED, EsriProfile, ProfileOrder, Ranking, asked_first, esri_profile
from schema.language.context import Context, Info
from schema.language.enums import enum_type
from schema.language.publish import Shown, type_of
from schema.language.question import Argument, signed


@dataclass(slots=True)
class Kept:
    """A place in the snapshot's memory for a ranking that was read."""

    ranking: Ranking | None = None


ProfileType = type_of(EsriProfile)


async def _stored(context: Context, year: int) -> tuple[Run, Ranking] | None:
    """Read the last run of a year; its rows once only."""
    run = await latest_run(context.store, STORED, year)
    if run is None:
        return None
    kept = context.snapshot.remember(("run", run.id, run.finished_at), Kept)
    kept.ranking = kept.ranking or Ranking.of(await rows_of(context.store, run))
    return run, kept.ranking


async def _resolve(
    root: object,  # noqa: ARG001 - a field of the root
    info: Info,
    as_of: int | None = None,
    real_only: bool = False,  # noqa: FBT001, FBT002 - an argument
    **asked: Any,
) -> Shown[EsriProfile]:
    """Answer from what is stored."""
    context = info.context
    year = context.year(as_of)
    asked_first(asked["first"])
    snapshot = await context.showing(real_only=real_only)
    stored = None if snapshot.left_out is not None else await _stored(context, year)
    found = await context.analyse_of(snapshot, esri_profile, stored, as_of=year, **asked)
    raw = info._raw_info  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - what graphql-core knows
    return ProfileType(found, snapshot, (raw, None, year))


ARGUMENTS = {
    "first": Argument(int, "取前几个，1–500", 20),
    "order_by": Argument(enum_type(ProfileOrder), "排序", ProfileOrder.ESRI),
}
ROOT: dict[str, Field] = {
    "esri_profile": strawberry.field(
        signed(_resolve, ARGUMENTS, ProfileType | None),
        description="ESRI 排名：谁单独停产会使最多的产出停下（取自最近一次批量计算）",
    )
}
