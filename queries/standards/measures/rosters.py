"""Rosters: who a town's leaders, members and supporting households are, who is not, and why."""

from dataclasses import dataclass

import numpy as np

from graph.criteria import Arguments, Group
from graph.kinds.terms import Proximity
from graph.snapshot.csr import Ints
from graph.snapshot.purchases import dealings, supply_network
from graph.snapshot.table import MISSING
from queries.standards.measures.intervals import FALSE, TRUE, UNKNOWN, Reasons, Truths
from queries.standards.measures.province import Province


@dataclass(frozen=True, slots=True, eq=False)
class Roster:
    """A group of a town in a year."""

    firms: Ints
    """Who belongs, or may: places, in order."""
    belongs: Truths
    """TRUE or UNKNOWN of each."""
    uncertain: Reasons
    """What is not known of those that may belong."""
    left_out: Reasons
    """Who was looked at and does not belong."""
    complete: bool
    """Whether nobody else can belong."""


def roster(province: Province, town: int, group: Group, arguments: Arguments | None = None) -> Roster:
    """List a group of a town; only households take arguments: tiers and nearness."""
    given = arguments if group is Group.HOUSEHOLDS else None
    return province.once(("roster", town, group, given), lambda: _roster(province, town, group, given))


def _roster(province: Province, town: int, group: Group, arguments: Arguments | None) -> Roster:
    match group:
        case Group.MEMBERS:
            return _plain(province, town, province.members_of(town), "MEMBER_OF", "已不属于本镇")
        case Group.LEADERS:
            return _plain(province, town, province.led_by(town), "LEADS", "已不再是本镇龙头")
        case Group.HOUSEHOLDS:
            tiers = (arguments and arguments.number("tiers")) or 1
            within = arguments.proximity("within") if arguments else None
            return households(province, town, tiers, within)


def households(province: Province, town: int, tiers: int = 1, within: Proximity | None = None) -> Roster:
    """List the supporting households of a town.

    An organisation of any form, not a leader of the town itself, that in the year sells to a leader or buys
    from one, counted once; closed ones and agencies don't count. More tiers walk on from household to
    household. Whoever is reached only over dealings whose record is older than three years may count.
    `within` limits who counts, not where the walk goes.
    """
    leaders = province.led_by(town)
    sure = _reached(province, leaders, tiers, fresh=True)
    all_ = _reached(province, leaders, tiers, fresh=False)
    stale, near = ~np.isin(all_, sure), province.near(town, within, all_)
    belongs: Truths = np.minimum(near, np.where(stale, UNKNOWN, TRUE)).astype(np.int8)
    beyond = np.flatnonzero(belongs == FALSE)
    unknown = belongs == UNKNOWN
    uncertain = _named(
        province,
        (all_[unknown & stale], "往来记录早于三年，是否仍有往来不详"),
        (all_[unknown & ~stale], "所在地不详"),
    )
    left = (
        *_named(province, (all_[beyond], f"不在{within.words}范围" if within else "")),
        *_not_dealing(province, leaders, all_),
    )
    kept = belongs != FALSE
    return Roster(all_[kept], belongs[kept], uncertain, left, bool(province.complete[town]))


def gone(province: Province, firms: Ints) -> Reasons:
    """Say since when organisations are closed; those that are founded later are nobody yet, and left out."""
    dates = province.firms["closedOn"][firms]
    years = dates.astype("datetime64[Y]").astype(np.int64) + 1970
    held = ~np.isnat(dates) & (years <= province.as_of)
    said = ((firms[held & (years == year)], f"{year} 年注销") for year in np.unique(years[held]).tolist())
    return _named(province, *said)


def _plain(province: Province, town: int, firms: Ints, label: str, ended: str) -> Roster:
    """List who stands in a relation to a town, and who did, or does and no longer exists."""
    edges = province.snapshot.relations[label]
    ties, valid = province.once(("ties", label), lambda: province.ties(label))
    _, everyone, here = ties.at(np.array([town]))
    held = valid[here]
    begun = (edges["since"][here] <= province.as_of) | (edges["since"][here] == MISSING)
    others: Ints = np.setdiff1d(everyone[held], firms)
    agencies: Ints = others[province.agencies[others] & province.living[others]]
    past: Ints = np.setdiff1d(np.setdiff1d(everyone[begun & ~held], firms), others)
    left = (
        *gone(province, others[~province.living[others]]),
        *_named(province, (agencies, "政府机关不计"), (past, ended)),
    )
    belongs: Truths = np.full(len(firms), TRUE, np.int8)
    return Roster(firms, belongs, (), left, bool(province.complete[town]))


def _reached(province: Province, leaders: Ints, tiers: int, *, fresh: bool) -> Ints:
    """Walk from the leaders over dealings both ways; leaders and agencies are not entered."""
    network = supply_network(province.snapshot, province.as_of)
    seen, edge = leaders, leaders
    for _ in range(tiers):
        found = list[Ints]()
        for links in (network.suppliers, network.customers):
            _, near, flows = links.at(edge)
            found.append(near[~network.flows.stale[flows]] if fresh else near)
        edge = np.setdiff1d(np.concatenate(found), seen)
        edge = edge[~province.agencies[edge]]
        seen = np.union1d(seen, edge)
    return np.setdiff1d(seen, leaders).astype(np.int32)


def _not_dealing(province: Province, leaders: Ints, households: Ints) -> Reasons:
    """Name who is on record with a leader and does not count."""
    both = dealings(province.snapshot, province.as_of)
    ever = np.unique(np.concatenate([links.at(leaders)[1] for links in both]))
    others = np.setdiff1d(ever, households)
    own = np.isin(others, leaders)
    agency, dead = ~own & province.agencies[others], ~own & ~province.living[others]
    ended = others[~own & ~agency & ~dead]
    return (
        *_named(province, (others[own], "龙头自身"), (others[agency], "政府机关不计")),
        *gone(province, others[dead & ~agency]),
        *_named(province, (ended, "往来已终止")),
    )


def _named(province: Province, *reasons: tuple[Ints, str]) -> Reasons:
    return tuple((province.rows(firms), words) for firms, words in reasons if len(firms)) or ()
