"""Counts: how many organisations there are by town, form, industry or region, and what they add up to."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.errors import BadInput
from graph.kinds.metrics import Metric
from graph.kinds.results import result
from graph.kinds.terms import OrganisationForm, RegionLevel, Term
from graph.snapshot.claims import Measure, figures
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.economy import own_organisations
from graph.snapshot.regions import at_level, industries, locations
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask, alive
from queries.lookup.filters import EVERYTHING, Filter, passing


class OrganisationGrouping(Term):
    """统计分组"""  # noqa: D400, D415 - GraphQL shows it

    TOWN = "TOWN", "专业镇：其自己的主体（主体可属多个镇）"
    FORM = "FORM", "主体形式"
    INDUSTRY = "INDUSTRY", "主要行业（未标明主要行业的，其全部行业）"
    REGION = "REGION", "行政区划"


TABLES = {
    OrganisationGrouping.TOWN: "Town",
    OrganisationGrouping.INDUSTRY: "Industry",
    OrganisationGrouping.REGION: "Region",
}


@result("一组主体的计数", "OrganisationCount")
@dataclass(frozen=True, slots=True)
class GroupCount:
    """One group, and the organisations in it; the total is in the unit of the metric."""

    key: Annotated[str | None, "组：专业镇、行业、区划的标识，或主体形式；空为未归组"]
    name: Annotated[str | None, "组名"]
    count: Annotated[int, "主体数"]
    total: Annotated[float | None, "指标合计（指标的单位），只计已知者；空为全不详或未问"]
    known: Annotated[int, "有数值的主体数"]
    unknown_count: Annotated[int, "无数值的主体数：合计未含"]


def organisation_counts(  # noqa: PLR0913 - each is an argument of the question
    snapshot: Snapshot,
    by: OrganisationGrouping,
    *,
    as_of: int,
    metric: Metric | None = None,
    digits: int = 2,
    region_level: RegionLevel = RegionLevel.COUNTY,
    filter: Filter = EVERYTHING,
) -> list[GroupCount]:
    """Count the organisations that exist in a year and pass a filter by group.

    The biggest group comes first, those without a group last.

    An organisation counts once in a group, but can be in several (towns; industries when none is the main
    one), so the counts may add up to more than there are. `digits` is the depth of the industry code,
    `region_level` that of the region.
    """
    if digits not in {2, 3, 4} or region_level is RegionLevel.TOWNSHIP:
        raise BadInput("行业按 2、3、4 位代码分组，区划按县、市、省分组", "by")
    organisations = snapshot.nodes["Organisation"]
    places = np.arange(len(organisations), dtype=np.int32)
    living = alive(organisations, as_of) & passing(snapshot, organisations, filter, places, as_of)
    if by is OrganisationGrouping.TOWN:
        pairs = _owned(snapshot, as_of)
    elif by is OrganisationGrouping.FORM:
        pairs = _known(organisations["form"])
    elif by is OrganisationGrouping.INDUSTRY:
        pairs = industries(snapshot, as_of, digits)
    else:
        where = locations(snapshot, as_of)
        pairs = _known(_through(where, at_level(snapshot, region_level, as_of)))
    return _counted(snapshot, by, pairs, living, _values(snapshot, metric, as_of))


def _owned(snapshot: Snapshot, as_of: int) -> tuple[Ints, Ints]:
    own = own_organisations(snapshot, as_of)
    return own.organisation, own.town


def _known(groups: Ints) -> tuple[Ints, Ints]:
    organisations = np.flatnonzero(groups >= 0).astype(np.int32)
    return organisations, groups[organisations]


def _through(places: Ints, targets: Ints) -> Ints:
    """Follow places on to their targets; -1 stays -1."""
    return np.append(targets, np.int32(-1))[places]


def _values(snapshot: Snapshot, metric: Metric | None, year: int) -> Floats:
    """Look up the figure of every organisation; NaN where there is none."""
    organisations = snapshot.nodes["Organisation"]
    if metric is None:
        return np.full(len(organisations), np.nan)
    rows = np.arange(organisations.first, organisations.first + len(organisations), dtype=np.int32)
    return figures(snapshot, Measure(metric), year).of(rows)


def _counted(
    snapshot: Snapshot, by: OrganisationGrouping, pairs: tuple[Ints, Ints], living: Mask, values: Floats
) -> list[GroupCount]:
    """Count and add up by group."""
    organisations, groups = (array[living[pairs[0]]] for array in pairs)
    alone = living.copy()
    alone[organisations] = False
    lost = np.flatnonzero(alone)
    keys, group = np.unique(np.append(groups, np.full(len(lost), -1)), return_inverse=True)
    value = values[np.append(organisations, lost)]
    known = np.bincount(group, weights=~np.isnan(value), minlength=len(keys)).astype(int)
    count = np.bincount(group, minlength=len(keys))
    total = np.bincount(group, weights=np.nan_to_num(value), minlength=len(keys))
    found = [
        GroupCount(*_named(snapshot, by, key), n, amount if sure else None, sure, n - sure)
        for key, n, amount, sure in zip(
            keys.tolist(), count.tolist(), total.tolist(), known.tolist(), strict=True
        )
    ]
    return sorted(found, key=lambda one: (one.key is None, -one.count, one.key or ""))


def _named(snapshot: Snapshot, by: OrganisationGrouping, key: int) -> tuple[str | None, str | None]:
    if key < 0:
        return None, None
    if by is OrganisationGrouping.FORM:
        form = list(OrganisationForm)[key]
        return form.value, form.words
    row = key + snapshot.nodes[TABLES[by]].first
    return snapshot.id_of(row), snapshot.name_of(row)
