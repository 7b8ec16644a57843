"""How big everyone is: yuan a year, log-normal within each form, as registers of firms are."""

from collections.abc import Mapping, Sequence
from math import exp, log
from statistics import NormalDist
from typing import TYPE_CHECKING

from dev.shanxi.book import INVENTED, Row, read

if TYPE_CHECKING:
    from dev.shanxi.cast import Actor

_SMALL = {
    "SOLE_TRADER": (6e5, 0.7),
    "FAMILY_FARM": (1.5e5, 0.5),
    "COOPERATIVE": (2e6, 0.6),
    "VILLAGE_COLLECTIVE": (1e6, 0.4),
    "INSTITUTION": (6e6, 0.5),
}
"""Median (yuan) and spread (of the logarithm) by form."""
ABOVE_SCALE = 2e7
"""规上: where an industrial enterprise comes into the statistics (yuan a year)."""
_BELOW_SCALE, _ENTERPRISE_SPREAD = 0.6, 2.0
"""Share of the enterprises below that, and the spread of the logarithm: 4–5 % lie within 1,600–2,000 万."""
_BESIDE_LEADER, _SAME_TRADE, _LED, _BESIDE_LED = 0.4, 0.8, 0.2, 0.5
"""Most of an invented enterprise: of the smallest real leader of its town, of its trade elsewhere; with
none in the town, a leader's share of the town's total, and another's of that."""
_ROLE_COUNTS, _CHANCE = 0.8, 0.8
"""How much the riches of town and role count (1: in proportion), and how much chance does."""

type Economies = Mapping[str, Row]


def real_sizes() -> dict[str, float]:
    """Yuan a year by which the invented flows of each real leader are sized; never written down."""
    return {row["organisation"]: float(row["size"]) * 1e8 for row in read(INVENTED / "leaders.csv")}


def set_sizes(cast: Sequence["Actor"], shares: Mapping[str, float], economies: Economies) -> None:
    """Size the invented members of towns."""
    members = [actor for actor in cast if actor.town and not actor.real]
    for form, (median, spread) in _SMALL.items():
        same = sorted((a for a in members if a.form == form), key=lambda actor: actor.draw("size").random())
        for actor, part in zip(same, _parts(len(same)), strict=True):
            actor.size = median * exp(spread * NormalDist().inv_cdf(part))
    _set_enterprises(cast, [a for a in members if a.form == "ENTERPRISE"], shares, economies)


def _set_enterprises(
    cast: Sequence["Actor"], firms: Sequence["Actor"], shares: Mapping[str, float], economies: Economies
) -> None:
    """Give the sizes out from the biggest down: each to the first in rank that may be so big."""
    median = ABOVE_SCALE * exp(-_ENTERPRISE_SPREAD * NormalDist().inv_cdf(_BELOW_SCALE))
    most = {firm.id: _most(firm, cast, economies) for firm in firms}

    def rank(firm: "Actor") -> tuple[bool, float]:
        town = float(economies[firm.town]["total"])
        return firm.leader, _ROLE_COUNTS * log(town * shares[firm.id]) + firm.draw("size").gauss(0, _CHANCE)

    left = sorted(firms, key=rank, reverse=True)
    for part in reversed(_parts(len(firms))):
        size = median * exp(_ENTERPRISE_SPREAD * NormalDist().inv_cdf(part))
        firm = next((one for one in left if most[one.id] >= size), None)
        firm = firm or max(left, key=lambda one: most[one.id])
        firm.size = min(size, most[firm.id])
        left.remove(firm)


def _most(firm: "Actor", cast: Sequence["Actor"], economies: Economies) -> float:
    real = [actor for actor in cast if actor.real]
    town = [actor.size for actor in real if actor.town == firm.town]
    trade = [_SAME_TRADE * actor.size for actor in real if actor.industry == firm.industry]
    if town:
        return min([_BESIDE_LEADER * min(town), *trade])
    if firm.leader:
        return min([_LED * float(economies[firm.town]["total"]) * 1e8, *trade])
    leaders = (actor for actor in cast if actor.town == firm.town and actor.leader)
    return min([_BESIDE_LED * min(_most(leader, cast, economies) for leader in leaders), *trade])


def _parts(count: int) -> list[float]:
    """Middle of each of so many equal parts of a distribution."""
    return [(place + 0.5) / count for place in range(count)]
