"""Cascade: what else stops, for want of inputs or customers, when organisations stop, wholly or in part.

The network of a year is made ready for ESRI (`queries.cascade.esri`): valued links, industries as markets,
essentiality link by link, purchases outside the graph, outputs. A scenario closes organisations by psi.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.errors import BadInput
from graph.kinds.entities import Organisation
from graph.kinds.results import As, result
from graph.snapshot.csr import Floats
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from queries.answer import Aggregation, Answer, Formula, Method, Parameter
from queries.cascade.esri import Closure, closure
from queries.cascade.readiness import CascadeWeight, Ready, readiness
from queries.levels import row_of_kind
from queries.linkage.accounts import accounts
from queries.linkage.extraction import LossByForm, LossByMember, losses_by, losses_by_form
from queries.linkage.leontief import MOST, nothing_measured

FORMULA = Formula(
    "esri/diem-2022",
    "停产波及",
    2,
    "短期情景：无库存、无价格与新增供应商的调整；一轮中无人再降过 eps（默认 1%）即不再算，结果略偏低。",
)
EPS = 1e-2
"""The papers' own threshold; results are comparable at equal eps only."""


@dataclass(frozen=True, slots=True)
class Shock:
    """One organisation that stops, wholly or in part."""

    id: str
    psi: float = 1.0
    """The share of its output that stops (0–1)."""


@result("一个主体在连锁停产中的损失", "CascadeLoss")
@dataclass(frozen=True, slots=True)
class Loss:
    """What one organisation loses."""

    row: Annotated[NodeIndex, Organisation, "主体", As("organisation")]
    psi: Annotated[float, "情景本身使其停产的比例（0–1）；0 为受波及者"]
    share: Annotated[float, "占其自身产出的比例（0–1）：1 − min(hDown, hUp)"]
    loss: Annotated[float | None, "损失的产出（元/年）；空为产出不详"]
    h_down: Annotated[float, "受供应短缺后仍能生产的比例（0–1）"]
    h_up: Annotated[float, "受需求缺失后仍能销售的比例（0–1）"]


@result("连锁停产所依据的数据：已知多少", "CascadeInputs")
@dataclass(frozen=True, slots=True)
class Known:
    """How much is known of what the cascade runs on."""

    essential: Annotated[int, "不可缺少的供应数（卖方、买方、产品）"]
    by_product: Annotated[int, "可缺与否由产品投入关系得知的供应数"]
    by_industry: Annotated[int, "可缺与否由两位行业对照表（C 级）得知的供应数"]
    unknown_count: Annotated[int, "可缺与否不详的供应数：视为可替代"]
    unplaced: Annotated[int, "有供销而行业不详的主体数：归于同一市场"]
    weightless: Annotated[int, "有供销而权重不详的主体数：不计入份额"]


@result(
    "连锁停产：停产者的客户缺料、供应商缺销路，逐轮传导后停下的部分（ESRI）；数值为空即不详，见 unknownReason"
)
@dataclass(frozen=True, slots=True)
class Cascade(Answer):
    """What stops with the closed."""

    esri: Annotated[float | None, "停下的部分占全部（按 weights）的比例（0–1）"] = None
    down: Annotated[float | None, "其中仅因缺料（向下游传导）"] = None
    up: Annotated[float | None, "其中仅因缺销路（向上游传导）"] = None
    at_risk: Annotated[float | None, "停下的产出（元/年），产出已知者之和"] = None
    """ESRI · Σ output when OUTPUT weighs."""
    own: Annotated[float | None, "其中情景内主体自身的产出（元/年）"] = None
    affected: Annotated[int, "有损失的主体数（含情景内主体）"] = 0
    unmeasured: Annotated[int, "其中产出不详者：不计入任何金额"] = 0
    losses: Annotated[Sequence[Loss], "损失大者在前；金额不详者在后"] = ()
    by_form: Annotated[Sequence[LossByForm], "按主体形式"] = ()
    by_town: Annotated[Sequence[LossByMember], "按专业镇（属多个镇者均分）"] = ()
    by_region: Annotated[Sequence[LossByMember], "按县级区划"] = ()
    iterations: Annotated[int | None, "传导的轮数"] = None
    converged: Annotated[bool, "是否已稳定；否为轮数到上限，结果偏低"] = True
    known: Annotated[Known | None, "所依据的数据；空为不详，见 unknownReason", As("inputs")] = None


def cascade(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    id: str,
    *,
    as_of: int,
    psi: float = 1.0,
    eps: float = EPS,
    substitutes: bool = True,
    digits: int = 4,
    weights: CascadeWeight = CascadeWeight.OUTPUT,
    first: int = 20,
) -> Cascade:
    """Close one organisation, by psi, in the network of a year."""
    return scenario(
        snapshot,
        [Shock(id, psi)],
        as_of=as_of,
        eps=eps,
        substitutes=substitutes,
        digits=digits,
        weights=weights,
        first=first,
    )


def scenario(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    shocks: Sequence[Shock],
    *,
    as_of: int,
    eps: float = EPS,
    substitutes: bool = True,
    digits: int = 4,
    weights: CascadeWeight = CascadeWeight.OUTPUT,
    first: int = 20,
) -> Cascade:
    """Close several organisations at once, each by its psi, in the network of a year."""
    asked_eps(eps)
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    psi = _closed(snapshot, shocks)
    ready = readiness(snapshot, as_of=as_of, digits=digits, substitutes=substitutes, weights=weights)
    asked: dict[str, Parameter] = {
        "scenario": "、".join(f"{shock.id}={shock.psi:g}" for shock in shocks),
        "first": first,
        "eps": eps,
        **ready.parameters,
    }
    coverage = accounts(snapshot, as_of=as_of).coverage
    if why := _unanswerable(snapshot, ready, psi, as_of):
        return Cascade(
            method=FORMULA.method(snapshot, as_of, asked, coverage=coverage, used=ready.used),
            unknown_reason=why,
        )
    found = closure(ready.net, psi, eps=eps)
    method = FORMULA.method(
        snapshot,
        as_of,
        asked,
        coverage=coverage,
        iterations=found.iterations,
        residual=found.residual,
        used=ready.used,
    )
    return _told(snapshot, ready, psi, found, method, converged=found.residual <= eps, first=first)


def asked_eps(eps: float) -> None:
    """Refuse a threshold that is no share: raises BadInput."""
    if not 0 < eps < 1:
        raise BadInput(f"eps：应大于 0、小于 1，所给为 {eps}", "eps")


def _closed(snapshot: Snapshot, shocks: Sequence[Shock]) -> dict[int, float]:
    """Map the closed (places) to their psi."""
    if not 1 <= len(shocks) <= MOST:
        raise BadInput(f"scenario：应有 1 到 {MOST} 个主体，所给为 {len(shocks)} 个", "scenario")
    first, psi = snapshot.nodes["Organisation"].first, dict[int, float]()
    for shock in shocks:
        place = row_of_kind(snapshot, shock.id, "Organisation") - first
        if not 0 <= shock.psi <= 1:
            raise BadInput(f"psi：应在 0 到 1 之间，所给为 {shock.psi}", "psi")
        if place in psi:
            raise BadInput(f"scenario：{shock.id} 出现了不止一次", "scenario")
        psi[place] = float(shock.psi)
    return psi


def _unanswerable(snapshot: Snapshot, ready: Ready, psi: dict[int, float], as_of: int) -> str | None:
    if not len(ready.net.up.to):
        return nothing_measured(as_of)
    if not ready.net.weight.any():
        return f"{as_of} 年没有任何主体的{ready.weights.words}：无从加权"
    silent = [i for i in psi if np.isnan(ready.output[i]) and not ready.trading[i]]
    if len(silent) < len(psi):
        return None
    names = "、".join(snapshot.name_of(i + snapshot.nodes["Organisation"].first) for i in silent[:5])
    return f"{names}：截至 {as_of} 年产出不详，也没有已计量的供销，无从计算"


def _told(  # noqa: PLR0913 - what was found
    snapshot: Snapshot,
    ready: Ready,
    psi: dict[int, float],
    found: Closure,
    method: Method,
    *,
    converged: bool,
    first: int,
) -> Cascade:
    share = 1.0 - np.minimum(found.h_down, found.h_up)
    loss, hit = share * ready.output, share > 0
    sure = np.nan_to_num(loss)
    return Cascade(
        esri=found.esri,
        down=found.down,
        up=found.up,
        at_risk=float(sure.sum()),
        own=_own(loss[list(psi)]),
        affected=int(hit.sum()),
        unmeasured=int((hit & np.isnan(loss)).sum()),
        losses=_losses(snapshot, found, share, loss, psi, first),
        by_form=losses_by_form(snapshot, sure),
        by_town=losses_by(snapshot, sure, Aggregation.TOWN, method.as_of),
        by_region=losses_by(snapshot, sure, Aggregation.REGION, method.as_of),
        iterations=found.iterations,
        converged=converged,
        known=_known(ready),
        method=method,
    )


def _own(loss: Floats) -> float | None:
    return None if np.isnan(loss).all() else float(np.nansum(loss))


def _losses(  # noqa: PLR0913, PLR0917 - what was found
    snapshot: Snapshot, found: Closure, share: Floats, loss: Floats, psi: dict[int, float], first: int
) -> list[Loss]:
    order = np.lexsort((-share, np.where(np.isnan(loss), np.inf, -loss)))
    order = order[share[order] > 0][:first]
    start = snapshot.nodes["Organisation"].first
    cells = (a[order].tolist() for a in (share, loss, found.h_down, found.h_up))
    return [
        Loss(place + start, psi.get(place, 0.0), part, None if lost != lost else lost, down, up)  # noqa: PLR0124 - NaN
        for place, part, lost, down, up in zip(order.tolist(), *cells, strict=True)
    ]


def _known(ready: Ready) -> Known:
    found = ready.essentiality
    counts = found.by_product, found.by_industry, found.unknown
    return Known(ready.essential, *counts, ready.unplaced, ready.weightless)
