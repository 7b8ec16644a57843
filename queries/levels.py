"""Levels: how organisations add up to industries, towns, regions and products; whose own they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from scipy.sparse import csr_array

from graph.errors import BadInput
from graph.kinds import NODE_OF, Entity
from graph.kinds.results import Subject, result
from graph.kinds.terms import OwnRule, RegionLevel
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.economy import RULES, own_organisations, own_to
from graph.snapshot.index import NodeIndex
from graph.snapshot.nearest import missing
from graph.snapshot.purchases import supply_flows
from graph.snapshot.regions import at_level, industry_parts, located_in, locations
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask, alive
from queries.answer import Aggregation

UNASSIGNED = -1
"""Stands for the group of those that belong to none."""
ROUNDING = 1e-9
"""A rest of an organisation below this is none."""
MEMBER = "成员：主体、产品、行业、专业镇或区划；空为未归入任何一个者之和"
Member = Annotated[NodeIndex | None, Entity, Subject(), MEMBER]
"""A member of a level, as results hold it; None: those that belong to none."""


@result("按某一规则算入本镇的主体数")
@dataclass(frozen=True, slots=True)
class OwnRuleCount:
    """How many organisations a rule brings into a town's economy."""

    rule: Annotated[OwnRule, "规则"]
    count: Annotated[int, "主体数"]


@result("本镇自己的主体：采购、缺链、配套、相似、计数都只看它们")
@dataclass(frozen=True, slots=True)
class OwnOrganisations:
    """The organisations that a town's economy is made of, by the rule by which each came in."""

    count: Annotated[int, "当年存续的主体数"]
    by_rule: Annotated[Sequence[OwnRuleCount], "按所依规则，各计一次，合计即 count"]


OwnCounts = Annotated[OwnOrganisations | None, "本镇自己的主体及所依规则；空为所问不是专业镇"]


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """How much of each organisation belongs to each group.

    `weights` has a row for each organisation and a column for each group; every row adds up to 1. Who
    belongs to several towns or industries is split equally, by sales when the groups are products. What
    belongs to none makes a last group, UNASSIGNED: whole organisations, or the part of one that is engaged in
    an industry known less deeply than the level.
    """

    rows: Ints
    """The global row of each group."""
    weights: csr_array

    def __len__(self) -> int:
        return len(self.rows)

    def assigned(self) -> "Groups":
        """Leave out UNASSIGNED, if it is there: the rows of those that belong to none add up to 0."""
        count = int((self.rows != UNASSIGNED).sum())
        return Groups(self.rows[:count], csr_array(self.weights[:, :count]))


def member(row: int) -> NodeIndex | None:
    """Member of a level by its global row in arrays; None: UNASSIGNED."""
    return None if row == UNASSIGNED else NodeIndex(row)


def row_of_kind(snapshot: Snapshot, id: str, *kinds: str, argument: str = "id") -> NodeIndex:
    """Find the global row of an id that must be of one of some kinds; raises NotFound, BadInput.

    `argument` is the name of what was given, as the message shows it.
    """
    row = snapshot.find(id)
    if row is None:
        raise missing(snapshot, id, argument)
    if snapshot.kind_of(row).label not in kinds:
        words = "或".join(NODE_OF[kind].words for kind in kinds)
        raise BadInput(f"{argument}：{id} 应为{words}，却是{snapshot.kind_of(row).words}", argument)
    return row


def own_counts(snapshot: Snapshot, row: int | None, as_of: int) -> OwnOrganisations | None:
    """Count the own organisations of a town (a global row) that exist in a year; None for anything else."""
    table = snapshot.nodes["Town"]
    if row is None or row not in table.rows:
        return None
    living = alive(snapshot.nodes["Organisation"], as_of)
    counts = own_organisations(snapshot, as_of).counts(row - table.first, living)
    return OwnOrganisations(sum(counts), [OwnRuleCount(*one) for one in zip(RULES, counts, strict=True)])


def groups(snapshot: Snapshot, aggregation: Aggregation, as_of: int, *, digits: int = 2) -> Groups:
    """Group all organisations at a level in a year."""
    if digits not in {2, 3, 4}:
        raise BadInput(f"digits：行业代码位数应为 2、3 或 4，所给为 {digits}", "digits")
    return snapshot.remember(
        ("groups", aggregation, as_of, digits), lambda: _groups(snapshot, aggregation, as_of, digits)
    )


def in_scope(snapshot: Snapshot, within: str | None, as_of: int) -> Mask:
    """Which organisations exist in a year and are a town's own or located in a region; None: all."""
    living = alive(snapshot.nodes["Organisation"], as_of)
    if within is None:
        return living
    if (row := snapshot.find(within)) is None:
        raise missing(snapshot, within, "within")
    kind = snapshot.kind_of(row).label
    if kind == "Town":
        return living & own_to(snapshot, row - snapshot.nodes["Town"].first, as_of)
    if kind == "Region":
        return living & located_in(snapshot, row - snapshot.nodes["Region"].first, as_of)
    raise BadInput(f"within：应为专业镇或行政区划，{within} 不是", "within")


def _groups(snapshot: Snapshot, aggregation: Aggregation, as_of: int, digits: int) -> Groups:
    count = len(snapshot.nodes["Organisation"])
    if aggregation is Aggregation.ORGANISATION:
        places = np.arange(count, dtype=np.int32)
        return _weighed(snapshot, "Organisation", places, places, np.ones(count))
    if aggregation is Aggregation.PRODUCT:
        return _by_sales(snapshot, as_of)
    if aggregation is Aggregation.INDUSTRY:
        return _weighed(snapshot, "Industry", *industry_parts(snapshot, as_of, digits))
    label, (organisations, groups) = (
        ("Town", _towns(snapshot, as_of))
        if aggregation is Aggregation.TOWN
        else ("Region", _counties(snapshot, as_of))
    )
    return _weighed(snapshot, label, *_equally(organisations, groups, np.ones(len(groups))))


def _towns(snapshot: Snapshot, as_of: int) -> tuple[Ints, Ints]:
    """Pair organisations with the towns whose own they are."""
    own = own_organisations(snapshot, as_of)
    return own.organisation, own.town


def _counties(snapshot: Snapshot, as_of: int) -> tuple[Ints, Ints]:
    where = locations(snapshot, as_of)
    county = np.append(at_level(snapshot, RegionLevel.COUNTY, as_of), np.int32(-1))[where]
    organisations = np.flatnonzero(county >= 0).astype(np.int32)
    return organisations, county[organisations]


def _by_sales(snapshot: Snapshot, as_of: int) -> Groups:
    """Split organisations over the products they are known to sell, by value."""
    flows = supply_flows(snapshot, as_of)
    known = np.flatnonzero(flows.measured > 0)
    sellers = flows.start[known] - np.int32(snapshot.nodes["Organisation"].first)
    products = flows.product[known] - np.int32(snapshot.nodes["Product"].first)
    return _weighed(snapshot, "Product", *_equally(sellers, products, flows.measured[known]))


def _equally(organisations: Ints, groups: Ints, weights: Floats) -> tuple[Ints, Ints, Floats]:
    """Divide the weights of each organisation by what they add up to."""
    return organisations, groups, weights / np.bincount(organisations, weights=weights)[organisations]


def _weighed(snapshot: Snapshot, label: str, organisations: Ints, groups: Ints, parts: Floats) -> Groups:
    """Keep the groups that have somebody, and give the rest of every organisation to UNASSIGNED."""
    count = len(snapshot.nodes["Organisation"])
    present, group = np.unique(groups, return_inverse=True)
    rest = 1 - np.bincount(organisations, weights=parts, minlength=count)
    some = np.flatnonzero(rest > ROUNDING)
    shares = np.append(parts, rest[some])
    ends = np.append(organisations, some), np.append(group, np.full(len(some), len(present)))
    rows = present + snapshot.nodes[label].first
    if len(some):
        rows = np.append(rows, UNASSIGNED)
    return Groups(rows.astype(np.int32), csr_array((shares, ends), shape=(count, len(rows))))
