"""Freshness: how old the newest figures about a town are, metric by metric, and those of its organisations.

Age = the year asked − the year of the newest figure not after it. Over 5 years is stale, as any figure; one
that does not state its year has no age.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Annotated

import numpy as np

from graph.errors import BadInput
from graph.kinds.facts import Claim
from graph.kinds.metrics import Metric
from graph.kinds.results import result
from graph.snapshot.claims import STALE_OVER, standings
from graph.snapshot.csr import Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import MISSING, code
from queries.answer import Answer, Formula
from queries.levels import row_of_kind
from queries.provenance import Rows
from queries.subjects import locals_in

FORMULA = Formula(
    "freshness",
    "数据新旧",
    3,
    "年龄按数值所属年份计，不是发布日期；超过 staleOver 年（默认 5 年）为陈旧；未写年份的数值没有年龄。",
)


@result("一项指标最新数值的年龄")
@dataclass(frozen=True, slots=True)
class MetricAge:
    """The newest figure about a town in one metric, whatever its scope and product."""

    metric: Annotated[Metric, "指标"]
    claim: Annotated[NodeIndex | None, Claim, "最新的数值；空为没有"]
    year: Annotated[int | None, "所属年份"]
    age: Annotated[int | None, "年龄（年）；空为没有数值，或未写年份"]
    stale: Annotated[bool | None, "是否陈旧：年龄超过 staleOver；空为年龄不详"]
    unknown_reason: Annotated[str | None, "年龄不详的原因"] = None


@result("本镇主体一项指标最新数值的年龄")
@dataclass(frozen=True, slots=True)
class OrganisationAge:
    """How old the newest figures of a town's organisations are in one metric."""

    metric: Annotated[Metric, "指标"]
    known: Annotated[int, "有数值的主体数"]
    missing: Annotated[int, "没有数值的主体数"]
    undated: Annotated[int, "有数值而都未写年份的主体数"]
    stale: Annotated[int, "最新数值已陈旧（年龄超过 staleOver）的主体数"]
    median_age: Annotated[float | None, "最新数值年龄的中位数（年）；空为都未写年份"]


@result("数据新鲜度：各指标最新数值的年龄")
@dataclass(frozen=True, slots=True)
class Freshness(Answer):
    """How old a town's figures are, in each metric that any town has, and those of its organisations."""

    metrics: Annotated[Sequence[MetricAge], "本镇各指标（有镇有数值的指标），最陈旧者在前，没有数值者在后"]
    organisations: Annotated[Sequence[OrganisationAge], "本地主体各指标"]
    organisation_count: Annotated[int, "本地主体数"]


def freshness(snapshot: Snapshot, id: str, *, as_of: int, stale_over: int = STALE_OVER) -> Freshness:
    """How old the newest figures about a town and its local organisations are in a year.

    `stale_over` is the age in years over which a figure is stale.
    """
    if stale_over < 0:
        raise BadInput(f"staleOver：应不小于 0，所给为 {stale_over}", "staleOver")
    row = row_of_kind(snapshot, id, "Town")
    claims, towns = snapshot.nodes["Claim"], snapshot.nodes["Town"]
    heads = _heads(snapshot, as_of)
    subject, metric = claims["subject"][heads], claims["metric"][heads]
    of_towns = (subject >= towns.first) & (subject < towns.first + len(towns))
    own = heads[subject == row]
    asked = [m for m in Metric if (metric[of_towns] == code(m)).any()]
    ages = [_age(snapshot, own[claims["metric"][own] == code(m)], m, as_of, stale_over) for m in asked]
    ages.sort(key=lambda age: (age.claim is None, age.age is None, -(age.age or 0)))
    local = locals_in(snapshot, id, as_of)
    theirs = heads[np.isin(subject, local)]
    return Freshness(
        ages,
        _organisations(snapshot, theirs, len(local), as_of, stale_over),
        len(local),
        method=FORMULA.method(
            snapshot, as_of, {"staleOver": stale_over}, used=lambda: Rows(claims=np.append(own, theirs))
        ),
        unknown_reason=None if len(own) or len(theirs) else f"{as_of} 年及以前没有任何关于本镇及其主体的数值",
    )


def _heads(snapshot: Snapshot, as_of: int) -> Ints:
    places, begins = standings(snapshot, as_of)
    return places[begins]


def _age(snapshot: Snapshot, places: Ints, metric: Metric, as_of: int, stale_over: int) -> MetricAge:
    claims = snapshot.nodes["Claim"]
    if not len(places):
        return MetricAge(metric, None, None, None, None, f"没有来源给出{metric.words}")
    newest = int(places[np.argmax(claims["year"][places])])
    year = int(claims["year"][newest])
    if year == MISSING:
        return MetricAge(metric, NodeIndex(newest + claims.first), None, None, None, "数值未写明年份")
    return MetricAge(metric, NodeIndex(newest + claims.first), year, as_of - year, as_of - year > stale_over)


def _organisations(
    snapshot: Snapshot, heads: Ints, count: int, as_of: int, stale_over: int
) -> list[OrganisationAge]:
    claims = snapshot.nodes["Claim"]
    found: list[OrganisationAge] = []
    for metric in Metric:
        places = heads[claims["metric"][heads] == code(metric)]
        if len(places):
            newest: dict[int, int] = {}
            pairs = zip(claims["subject"][places].tolist(), claims["year"][places].tolist(), strict=True)
            for subject, year in pairs:
                newest[subject] = max(year, newest.get(subject, MISSING))
            ages = [as_of - year for year in newest.values() if year != MISSING]
            found.append(_aged(metric, ages, len(newest), count, stale_over))
    return found


def _aged(metric: Metric, ages: Sequence[int], known: int, count: int, stale_over: int) -> OrganisationAge:
    stale = sum(age > stale_over for age in ages)
    middle = float(median(ages)) if ages else None
    return OrganisationAge(metric, known, count - known, known - len(ages), stale, middle)
