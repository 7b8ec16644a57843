"""Cascade: what else stops, for want of inputs or customers, when organisations stop, wholly or in part.

The network of a year is made ready for ESRI (`queries.cascade.esri`): valued links, industries as markets,
essentiality link by link, purchases outside the graph, outputs. A scenario closes organisations by psi.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.errors import BadInput
from graph.snapshot.csr import Floats
from graph.snapshot.snapshot import Snapshot
from queries.answer import Formula, Level, Method, Parameter
from queries.cascade.esri import Closure, closure
from queries.cascade.readiness import CascadeWeight, Ready, readiness
from queries.levels import row_of_kind
from queries.linkage.accounts import accounts
from queries.linkage.extraction import LossByForm, LossByMember, losses_by, losses_by_form
from queries.linkage.leontief import MOST, nothing_measured

FORMULA = Formula(
    "esri/diem-2022",
    1,
    "短期情景：无库存、无价格与新增供应商的调整；停止阈值 eps 使结果略偏低。",
)
EPS = 1e-2
"""The papers' own threshold; results are comparable at equal eps only."""


@dataclass(frozen=True, slots=True)
class Shock:
    """One organisation that stops, wholly or in part."""

    id: str
    psi: float = 1.0
    """The share of its output that stops (0–1)."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What one organisation loses."""

    row: int
    """Its global row."""
    psi: float
    """The share of it that the scenario itself closes; 0: it is only hit."""
    share: float
    """Of its output (0–1): 1 − min(h_down, h_up)."""
    loss: float | None
    """Yuan a year; None: its output is unknown."""
    h_down: float
    """What it can still make for want of inputs (0–1)."""
    h_up: float
    """What it can still sell for want of customers (0–1)."""


@dataclass(frozen=True, slots=True)
class Known:
    """How much is known of what the cascade runs on."""

    essential: int
    """Links (seller, buyer, product) of essential goods."""
    by_product: int
    """Links whose essentiality is known from INPUT_OF."""
    by_industry: int
    """Links whose essentiality comes from the table of industries."""
    unknown: int
    """Links whose essentiality is unknown: they count as replaceable."""
    unplaced: int
    """Trading organisations without an industry: all of them stand in one market."""
    weightless: int
    """Trading organisations without the figure that weighs them: they are left out of the shares."""


@dataclass(frozen=True, slots=True)
class Cascade:
    """What stops with the closed."""

    esri: float | None
    """Share of the whole (weights) that stops (0–1)."""
    down: float | None
    """The same for want of inputs only."""
    up: float | None
    """The same for want of customers only."""
    at_risk: float | None
    """Output that stops (yuan a year), over all whose output is known: ESRI · Σ output when OUTPUT weighs."""
    own: float | None
    """Of it, that of the closed themselves; None: the output of none of them is known."""
    affected: int
    """Organisations that lose something."""
    unmeasured: int
    """Of them, those whose output is unknown: they are in no sum."""
    losses: Sequence[Loss]
    """The greatest losses first (yuan), as many as were asked for; unknown ones last."""
    by_form: Sequence[LossByForm]
    by_town: Sequence[LossByMember]
    by_region: Sequence[LossByMember]
    sweeps: int | None
    settled: bool
    """False: the cap on sweeps ended it, and the loss is understated."""
    known: Known | None
    method: Method
    unknown: str | None = None


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
        return _nothing(FORMULA.method(snapshot, as_of, asked, coverage=coverage), why)
    found = closure(ready.net, psi, eps=eps)
    method = FORMULA.method(
        snapshot, as_of, asked, coverage=coverage, iterations=found.sweeps, residual=found.fall
    )
    return _told(snapshot, ready, psi, found, method, settled=found.fall <= eps, first=first)


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


def _nothing(method: Method, why: str) -> Cascade:
    shares = None, None, None, None, None
    found = (*shares, 0, 0, (), (), (), (), None)
    return Cascade(*found, settled=True, known=None, method=method, unknown=why)


def _told(  # noqa: PLR0913 - what was found
    snapshot: Snapshot,
    ready: Ready,
    psi: dict[int, float],
    found: Closure,
    method: Method,
    *,
    settled: bool,
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
        by_town=losses_by(snapshot, sure, Level.TOWN, method.as_of),
        by_region=losses_by(snapshot, sure, Level.REGION, method.as_of),
        sweeps=found.sweeps,
        settled=settled,
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
