"""ESRI profile: whose stop would stop most, by the last batch over all organisations of a year.

The batch is computed from the command line and kept in the store (`graph.edits.runs`) with the snapshot it
belongs to; it answers until another one is finished, and says when the content has changed since.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Annotated, Any

import numpy as np

from graph.edits.runs import Column, Run
from graph.errors import BadInput
from graph.kinds import Id
from graph.kinds.entities import Organisation
from graph.kinds.results import As, result
from graph.kinds.terms import Term
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Origin, Snapshot
from queries.answer import Answer, Method, Parameter
from queries.cascade.cascade import FORMULA
from queries.cascade.esri import Closures
from queries.cascade.readiness import CascadeWeight, Ready
from queries.linkage.accounts import accounts
from queries.linkage.leontief import MOST

STORED = f"{FORMULA.name}/{FORMULA.version}"
"""What the run is called in the store."""


class ProfileOrder(Term):
    """ESRI 排序"""  # noqa: D400, D415 - GraphQL shows it

    ESRI = "ESRI", "停下的总份额，大者在前"
    DOWN = "DOWN", "因缺料停下的份额，大者在前"
    UP = "UP", "因缺销路停下的份额，大者在前"


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """The stored rows of a run, as arrays by organisation."""

    organisation: Sequence[str]
    """Ids."""
    esri: Floats
    down: Floats
    up: Floats
    iterations: Ints
    residual: Floats

    @classmethod
    def of(cls, columns: Mapping[str, Sequence[Any]]) -> "Ranking":
        """Take what the store has kept."""
        esri, down, up, residual = (
            np.array(columns.get(name, []), np.float64) for name in ("esri", "down", "up", "residual")
        )
        iterations = np.array(columns.get("iterations", []), np.int32)
        return cls(columns.get("organisation", []), esri, down, up, iterations, residual)


@result("ESRI 排名中的一个主体：若其单独全停", "EsriRanked")
@dataclass(frozen=True, slots=True)
class Ranked:
    """One organisation of the ranking; shares are of the whole weight."""

    rank: Annotated[int, "名次"]
    id: Annotated[Id, "主体的标识"]
    row: Annotated[NodeIndex | None, Organisation, "主体；空为当前快照中已没有", As("organisation")]
    esri: Annotated[float, "停下的部分占全部的比例（0–1）"]
    down: Annotated[float, "其中仅因缺料（向下游传导）"]
    up: Annotated[float, "其中仅因缺销路（向上游传导）"]
    at_risk: Annotated[float | None, "停下的产出（元/年）；空为该次计算不以产出为权重"]
    iterations: Annotated[int, "传导的轮数"]
    converged: Annotated[bool, "是否已稳定；否为轮数到上限，结果偏低"]


@result("全部主体的 ESRI 排名：取自最近一次批量计算（zhenlian analyse cascade --all）")
@dataclass(frozen=True, slots=True)
class EsriProfile(Answer):
    """The ranking of the last run, of organisations each closed alone."""

    run: Annotated[Id | None, "所取的批量计算；空为尚无"] = None
    started_at: Annotated[datetime | None, "计算开始时间"] = None
    finished_at: Annotated[datetime | None, "计算完成时间"] = None
    stale: Annotated[bool, "此后图的内容是否有变：有变则宜重算"] = False
    count: Annotated[int, "参与排名的主体数"] = 0
    rows: Annotated[Sequence[Ranked], "排名"] = ()


WITH_INVENTED = "排名取自整批计算，含虚构样例：只看真实数据请逐个问 cascade"


def closed(ready: Ready) -> Ints:
    """List the organisations (places) that a batch closes: those that trade, or whose output is known."""
    return np.flatnonzero(ready.trading | ~np.isnan(ready.output)).astype(np.int32)


def run_of(  # noqa: PLR0913 - what a run says of itself
    snapshot: Snapshot, ready: Ready, *, as_of: int, eps: float, started: datetime, finished: datetime
) -> Run:
    """Name a finished batch by what it was run of: the same content and parameters have the same id."""
    parameters = {**ready.parameters, "eps": eps, "total": ready.total}
    content = f"{snapshot.id.rpartition('-')[2]} {as_of} {sorted(parameters.items())}"
    id = f"run:esri-{as_of}-{blake2b(content.encode(), digest_size=4).hexdigest()}"
    origin = snapshot.origin
    moments = origin.taken_at, started, finished
    return Run(id, STORED, as_of, origin.id, origin.version, *moments, parameters)


def columns_of(snapshot: Snapshot, places: Ints, found: Closures) -> dict[str, Column]:
    """Lay out the results as they are stored, the greatest loss first."""
    order = np.lexsort((places, -found.esri))
    first = snapshot.nodes["Organisation"].first
    arrays = {"esri": found.esri, "down": found.down, "up": found.up}
    arrays |= {"iterations": found.iterations, "residual": found.residual}
    ids: Column = [snapshot.id_of(place + first) for place in places[order].tolist()]
    return {"organisation": ids, **{name: array[order].tolist() for name, array in arrays.items()}}


def esri_profile(
    snapshot: Snapshot,
    stored: tuple[Run, Ranking] | None,
    *,
    as_of: int,
    order_by: ProfileOrder = ProfileOrder.ESRI,
    first: int = 20,
) -> EsriProfile:
    """Rank the organisations by a stored run; without one the answer says how to make it."""
    asked_first(first)
    asked: dict[str, Parameter] = {"orderBy": order_by.value, "first": first}
    if stored is None:
        if snapshot.left_out is not None:
            return EsriProfile(method=_method(snapshot, as_of, asked), unknown_reason=WITH_INVENTED)
        why = f"{as_of} 年尚未批量计算：请运行 zhenlian analyse cascade --all --as-of {as_of}"
        return EsriProfile(method=_method(snapshot, as_of, asked), unknown_reason=why)
    run, ranking = stored
    stale = run.stale(snapshot.id)
    key = {ProfileOrder.DOWN: ranking.down, ProfileOrder.UP: ranking.up}.get(order_by, ranking.esri)
    order = np.argsort(-key, kind="stable")[:first]
    rows = [_ranked(snapshot, run, ranking, rank, place) for rank, place in enumerate(order.tolist(), 1)]
    method = _method(snapshot, as_of, asked, run, stale=stale)
    count = len(ranking.organisation)
    return EsriProfile(Id(run.id), run.started_at, run.finished_at, stale, count, rows, method=method)


def asked_first(first: int) -> None:
    """Refuse a number of rows out of bounds: raises BadInput."""
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")


def _ranked(snapshot: Snapshot, run: Run, ranking: Ranking, rank: int, place: int) -> Ranked:
    id, esri = ranking.organisation[place], float(ranking.esri[place])
    total, eps = run.parameters["total"], run.parameters["eps"]
    by_output = run.parameters["weights"] == CascadeWeight.OUTPUT.value
    return Ranked(
        rank=rank,
        id=Id(id),
        row=snapshot.find(id),
        esri=esri,
        down=float(ranking.down[place]),
        up=float(ranking.up[place]),
        at_risk=esri * float(total or 0.0) if by_output else None,
        iterations=int(ranking.iterations[place]),
        converged=bool(ranking.residual[place] <= float(eps or 0.0)),
    )


def _method(
    snapshot: Snapshot,
    as_of: int,
    asked: Mapping[str, Parameter],
    run: Run | None = None,
    *,
    stale: bool = False,
) -> Method:
    """Say how the run was computed; what was covered is known while the content is the same."""
    coverage = None if run is None or stale else accounts(snapshot, as_of=as_of).coverage
    origin = snapshot.origin if run is None else Origin(run.snapshot, run.taken_at, run.version)
    parameters = {**({} if run is None else run.parameters), **asked}
    return Method(
        FORMULA.name,
        FORMULA.words,
        FORMULA.version,
        FORMULA.caveat,
        as_of,
        origin,
        parameters,
        coverage,
        real_only=snapshot.left_out is not None,
    )
