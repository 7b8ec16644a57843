"""Ranking: towns of a year by a set of indicators, or by trial weights, and what changed since last year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from graph.criteria import Evaluation
from graph.errors import BadInput
from graph.kinds.entities import Town
from graph.kinds.papers import Standard
from graph.kinds.results import result
from graph.kinds.terms import TownLevel
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from queries import ranking as weighing
from queries.answer import Answer, Later
from queries.evaluation import sensitivity
from queries.evaluation.changes import entered
from queries.evaluation.readings import Evaluations
from queries.evaluation.standings import (
    LEAST_KNOWN,
    IndicatorSummary,
    Part,
    RankedTown,
    Sampling,
    Standings,
    method_of,
    notes_of,
    standings,
)
from queries.evaluation.taking_part import NotEvaluated
from queries.standards.documents import draft
from queries.standards.wording import document_words

MOST = 500
TRIAL = "试算：权重或指标为试用，未存入，不作为评价结果"


@result("专业镇年度评价排名")
@dataclass(frozen=True, slots=True)
class Ranking(Answer):
    """Towns ranked by a set of indicators, the first first; those that can't be ranked last."""

    standard: Annotated[NodeIndex | None, Standard, "指标体系；空为草案"]
    trial: Annotated[str | None, "试算时须一并说明的话；空为不是试算"]
    in_words: Annotated[str, "指标体系全文，中文"]
    note: Annotated[str | None, "须一并说明的话；空为没有"]
    rows: Annotated[Sequence[RankedTown], "各镇"]
    count: Annotated[int, "排了名次的镇数"]
    unranked_count: Annotated[int, "参评而已知的权重不足、不排名的镇数"]
    indicators: Annotated[Sequence[IndicatorSummary], "各项指标"]
    not_evaluated: Annotated[Sequence[NotEvaluated], "未参评的镇及原因"]
    years: Evaluations

    @property
    def entered(self) -> Annotated[Sequence[NodeIndex], Town, "今年新进排名的镇"]:
        """Towns that are ranked now and were not the year before."""
        return entered(self.years.now, self.years.before)

    @property
    def left(self) -> Annotated[Sequence[NodeIndex], Town, "上年在排名、今年不在的镇"]:
        """Towns that were ranked the year before and are not now."""
        return entered(self.years.before, self.years.now)


def ranking(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    *,
    as_of: int,
    standard: str,
    level: TownLevel | None = None,
    include_candidates: bool = False,
    least_known: float = LEAST_KNOWN,
    draws: int = sensitivity.DRAWS,
    spread: float = sensitivity.SPREAD,
    seed: int = 0,
    first: int = 100,
) -> Ranking:
    """Rank the towns of a level in a year by a stored set of indicators."""
    within(first, "first", MOST)
    sampling = Sampling(draws, spread, seed)
    part = Part(level, include_candidates, least_known)
    found = standings(snapshot, as_of, standard, part, sampling)
    asked = {"standard": standard, **part.told}
    return _answer(found, asked | _told(sampling, first), first)


def try_ranking(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    *,
    as_of: int,
    standard: str | None = None,
    weights: Mapping[str, float] | None = None,
    criteria: str | None = None,
    level: TownLevel | None = None,
    include_candidates: bool = False,
    least_known: float = LEAST_KNOWN,
    draws: int = sensitivity.DRAWS,
    spread: float = sensitivity.SPREAD,
    seed: int = 0,
    first: int = 100,
) -> Ranking:
    """Rank by a draft that is not stored, or by a stored set under other weights (by indicator).

    With a stored set, each town's rank by it stands beside (`reference_rank`).
    """
    within(first, "first", MOST)
    sampling = Sampling(draws, spread, seed)
    if standard is None and criteria is None:
        raise BadInput("standard 与 criteria：应至少给出一个：试用权重的指标体系，或指标体系草案", "standard")
    held, part = None, Part(level, include_candidates, least_known)
    if standard is not None:
        held = standings(snapshot, as_of, standard, part, sampling)
    if criteria is not None:
        document = draft(snapshot, criteria, Evaluation)
    else:
        document = held.now.document if held else Evaluation(())
    document = reweighed(document, weights or {})
    found = Standings(part.years(snapshot, document, as_of), held.standard if held else None, sampling, held)
    asked = {"standard": standard, "criteria": criteria, **part.told}
    asked |= {f"weights.{name}": weight for name, weight in (weights or {}).items()}
    return replace(_answer(found, asked | _told(sampling, first), first), trial=TRIAL)


def reweighed(document: Evaluation, weights: Mapping[str, float]) -> Evaluation:
    """Give indicators other weights, those not named keeping theirs; raises BadInput."""
    known = {one.id for one in document.indicators}
    for name in weights:
        if name not in known:
            raise BadInput(f"weights：没有指标 “{name}”，可用 {'、'.join(sorted(known))}", "weights")
    merged = {one.id: float(weights.get(one.id, one.weight)) for one in document.indicators}
    weighing.checked(merged, "weights")
    indicators = tuple(replace(one, weight=merged[one.id]) for one in document.indicators)
    return replace(document, indicators=indicators)


def within(number: int, name: str, most: int, least: int = 1) -> None:
    """Refuse a number of rows out of range; raises BadInput."""
    if not least <= number <= most:
        raise BadInput(f"{name}：应在 {least} 到 {most} 之间，所给为 {number}", name)


def _told(sampling: Sampling, first: int) -> dict[str, float | int]:
    return {"draws": sampling.draws, "spread": sampling.spread, "seed": sampling.seed, "first": first}


def _answer(found: Standings, asked: Mapping[str, bool | float | str | None], first: int) -> Ranking:
    sampling = found.sampling
    sensitivity.checked(sampling.draws, sampling.spread, sampling.seed)
    now, shown = found.now, found.order[:first]
    every = range(len(now.part.towns))
    return Ranking(
        found.standard,
        None,
        document_words(now.snapshot, now.document),
        notes_of(found),
        Later(len(shown), lambda: [found.town(row) for row in shown]),
        len(found.ranked),
        len(found.order) - len(found.ranked),
        [found.summary(place) for place in range(len(now.indicators))],
        now.part.others,
        found.years,
        method=method_of(found, asked, [*every]),
        unknown_reason=found.unknown_reason,
    )
