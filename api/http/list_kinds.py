"""Which lists there are: of each how it is made, of what it is, and what it can be asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from api.http.arguments import COUNT, ID, NUMBER, TRUTH, Reader, snake
from api.http.list_sheets import (
    Basis,
    Made,
    benefit_part,
    candidates_method,
    checkup_parts,
    comparison_parts,
    evaluation_parts,
    gap_part,
    ledger_part,
    measure_part,
    near_part,
    promotion_parts,
    proposal_part,
)
from api.http.town_year import town_year
from graph.errors import BadInput
from graph.kinds.stages import LEDGERS
from graph.kinds.terms import LedgerName, TownLevel
from graph.snapshot.snapshot import Snapshot
from queries.comparison.measures import TownMeasure
from queries.gaps.terms import GapAction
from queries.ledgers.pages import Sought
from queries.levels import row_of_kind
from queries.lists.benefit_list import BenefitRow, UnclaimedRow, benefit_list, unclaimed_list
from queries.lists.checkup_list import checkup_list
from queries.lists.comparison_list import comparison_list
from queries.lists.evaluation_list import evaluation_list, proposal_list
from queries.lists.gap_list import gap_list
from queries.lists.ledger_list import ledger_list
from queries.lists.measure_list import measure_list
from queries.lists.near_list import near_list
from queries.lists.promotion import promotion
from queries.policies.decisions import BenefitStatus
from queries.sourcing.parts import TOWN, CandidatePart

Asked = dict[str, Any]
Towns = Sequence[str]


class Of(Enum):
    """What a list is of, and the argument that names it."""

    TOWN = "one town"
    TOWNS = "several towns, with commas between them"
    TOWN_OR_ALL = "one town, or all"
    ALL = "all towns"

    @property
    def argument(self) -> str:
        """The name of the argument; empty: there is none."""
        return {Of.TOWNS: "towns", Of.ALL: ""}.get(self, "town")


@dataclass(frozen=True, slots=True)
class Listing:
    """How a list is made, and what it can be asked for beside the towns and the year."""

    make: Callable[[Snapshot, Towns, int, Asked], Made]
    takes: Mapping[str, Reader]
    of: Of = Of.TOWN


def required(given: dict[str, Any], name: str, example: str) -> str:
    """Take an argument that must be given; raises BadInput."""
    if not (value := given.pop(name, "")):
        raise BadInput(f"{name}：请给出，如 {name}={example}", name)
    return value


def _promotion(snapshot: Snapshot, towns: Towns, as_of: int, asked: Asked) -> Made:
    standard, given = asked.pop("standard", None), snake(asked)
    weights = {part: given.pop(_weight_of(part), weight) for part, weight in TOWN.items()}
    given["candidates_first"] = given.pop("candidates", 5)
    found = promotion(snapshot, *towns, as_of=as_of, weights=weights, **given)
    checked = checkup_list(snapshot, *towns, as_of=as_of, standard=standard) if standard else None
    parts = [*promotion_parts(found), gap_part(found.gaps), *(checkup_parts(checked) if checked else ())]
    methods = {"缺链": found.gaps.gaps.method, **candidates_method(found)}
    methods |= {"体检": checked.checkup.method} if checked else {}
    sources = {*found.sources, *found.gaps.sources, *(checked.sources if checked else ())}
    return Made(parts, Basis([found.gaps.gaps.town], as_of, methods, sorted(sources)))


def _gaps(snapshot: Snapshot, towns: Towns, as_of: int, asked: Asked) -> Made:
    found = gap_list(snapshot, *towns, as_of=as_of, **snake(asked))
    basis = Basis([found.gaps.town], as_of, {"缺链": found.gaps.method}, found.sources)
    return Made([gap_part(found)], basis)


def _checkup(snapshot: Snapshot, towns: Towns, as_of: int, asked: Asked) -> Made:
    found = checkup_list(snapshot, *towns, as_of=as_of, standard=asked.get("standard"))
    basis = Basis([found.checkup.town], as_of, {"体检": found.checkup.method}, found.sources)
    return Made(checkup_parts(found), basis)


def _compare(snapshot: Snapshot, towns: Towns, as_of: int, asked: Asked) -> Made:
    found = comparison_list(snapshot, towns, as_of=as_of, **asked)
    rows = [one.town for one in found.comparison.cards]
    return Made(comparison_parts(found), Basis(rows, as_of, found.methods, found.sources))


def _benefits(snapshot: Snapshot, towns: Towns, as_of: int, asked: Asked) -> Made:
    found = benefit_list(snapshot, next(iter(towns), None), as_of=as_of, **asked)
    basis = Basis(found.about, as_of, {"可享政策": found.method}, found.sources)
    return Made([benefit_part(found, BenefitRow)], basis)


def _unclaimed(snapshot: Snapshot, towns: Towns, as_of: int, asked: Asked) -> Made:
    found = unclaimed_list(snapshot, next(iter(towns), None), as_of=as_of, **asked)
    basis = Basis(found.about, as_of, {"应享未享": found.method}, found.sources)
    return Made([benefit_part(found, UnclaimedRow)], basis)


def _ranking(snapshot: Snapshot, _: Towns, as_of: int, asked: Asked) -> Made:
    asked["standard"] = required(asked, "standard", "standard:town-evaluation:2024")
    found = evaluation_list(snapshot, as_of=as_of, **snake(asked))
    return Made(evaluation_parts(found), Basis([], as_of, {"评价": found.ranking.method}, found.sources))


def _proposals(snapshot: Snapshot, _: Towns, as_of: int, asked: Asked) -> Made:
    asked["standard"] = required(asked, "standard", "standard:town-evaluation:2024")
    found = proposal_list(snapshot, as_of=as_of, **snake(asked))
    return Made([proposal_part(found)], Basis([], as_of, {"评价": found.drafts.method}, found.sources))


def _near(snapshot: Snapshot, _: Towns, as_of: int, asked: Asked) -> Made:
    within = asked.get("within")
    rows = [] if within is None else [row_of_kind(snapshot, within, "Town", "Region", argument="within")]
    found = near_list(snapshot, as_of=as_of, **snake(asked))
    return Made(
        [near_part(found)], Basis(rows, as_of, {"小升规": found.found.method}, found.sources, "全部地区")
    )


def _measures(snapshot: Snapshot, _: Towns, as_of: int, asked: Asked) -> Made:
    measure = asked.pop("measure", TownMeasure.OUTPUT_VALUE)
    found = measure_list(snapshot, as_of=as_of, measure=measure, **snake(asked))
    return Made([measure_part(found)], Basis([], as_of, {"各镇指标": found.found.method}, found.sources))


def _ledger(name: LedgerName) -> Callable[[Snapshot, Towns, int, Asked], Made]:
    def make(snapshot: Snapshot, towns: Towns, _: int, asked: Asked) -> Made:
        on = asked.pop("on", None) or date.today()  # noqa: DTZ011 - a day
        found = ledger_list(snapshot, Sought(name, next(iter(towns), None), **snake(asked)), on=on)
        rows = [row_of_kind(snapshot, town, "Town", argument="town") for town in towns]
        return Made([ledger_part(found)], Basis(rows, on.year, {"台账": found.method}, found.sources))

    return make


def _year(snapshot: Snapshot, towns: Towns, as_of: int, asked: Asked) -> Made:
    (town,) = towns
    return town_year(snapshot, town, as_of, asked)


def _weights(text: str) -> dict[str, float]:
    """Read weights of indicators, as `local:40,growth:0`; raises ValueError."""
    pairs = [one.partition(":") for one in text.replace("，", ",").split(",") if one.strip()]
    found = {name.strip(): float(weight) for name, _, weight in pairs}
    if not found or len(found) < len(pairs):
        raise ValueError(text)
    return found


def _weight_of(part: CandidatePart) -> str:
    return f"weights.{part.value.lower()}"


_ACTION = Reader(GapAction, "、".join(GapAction) + "之一")
_STATUS = Reader(BenefitStatus, "、".join(BenefitStatus) + "之一")
_LEVEL = Reader(TownLevel, "、".join(TownLevel) + "之一")
_MEASURE = Reader(TownMeasure, "、".join(TownMeasure) + "之一")
_DAY = Reader(date.fromisoformat, "日期，如 2025-06-30")
_OF_LEDGERS = {
    "on": _DAY,
    "body": ID,
    "stage": Reader(str, "阶段的代码，如 OPEN"),
    "overdue": TRUTH,
    "closed": TRUTH,
    "dueFrom": _DAY,
    "dueTo": _DAY,
}
_OF_GAPS = {
    "action": _ACTION,
    "first": COUNT,
    "includeCovered": TRUTH,
    "valueWeight": NUMBER,
    "criticalityWeight": NUMBER,
    "feasibilityWeight": NUMBER,
    "localShareBelow": NUMBER,
    "hhiAtLeast": NUMBER,
    "makersEnough": COUNT,
}
_OF_CANDIDATES = {
    "candidates": COUNT,
    "leastProximity": NUMBER,
    "leastPlaces": COUNT,
    "leastValue": NUMBER,
    **{_weight_of(part): NUMBER for part in TOWN},
    "standard": ID,
}
_OF_EVALUATION = {"standard": ID, "level": _LEVEL, "includeCandidates": TRUTH, "leastKnown": NUMBER}
_WEIGHTS = Reader(_weights, "指标与权重，各一次，如 local:40,growth:0")
_OF_SAMPLING = {"draws": COUNT, "spread": NUMBER, "seed": COUNT, "first": COUNT}
_OF_RANKING = _OF_EVALUATION | {"weights": _WEIGHTS} | _OF_SAMPLING
_OF_NEAR = {"within": ID, "industry": ID, "atLeast": NUMBER, "below": NUMBER, "first": COUNT}
LISTINGS: Mapping[str, Listing] = {
    "promotion": Listing(_promotion, _OF_GAPS | _OF_CANDIDATES),
    "gaps": Listing(_gaps, _OF_GAPS),
    "checkup": Listing(_checkup, {"standard": ID}),
    "compare": Listing(_compare, {"standard": ID}, Of.TOWNS),
    "benefits": Listing(
        _benefits, {"org": ID, "benefit": ID, "status": _STATUS, "first": COUNT}, Of.TOWN_OR_ALL
    ),
    "unclaimed": Listing(_unclaimed, {"org": ID, "benefit": ID, "first": COUNT}, Of.TOWN_OR_ALL),
    "year": Listing(_year, {"standard": ID, "evaluation": ID, "level": _LEVEL, "on": _DAY}),
    "ranking": Listing(_ranking, _OF_RANKING, Of.ALL),
    "proposals": Listing(_proposals, _OF_EVALUATION | {"last": COUNT, "praise": COUNT}, Of.ALL),
    "near-threshold": Listing(_near, _OF_NEAR, Of.ALL),
    "measures": Listing(_measures, {"measure": _MEASURE, "first": COUNT}, Of.ALL),
    **{ledger.kind.plural: Listing(_ledger(ledger.name), _OF_LEDGERS, Of.TOWN_OR_ALL) for ledger in LEDGERS},
}
"""By the name in the address."""
