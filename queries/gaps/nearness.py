"""Nearness: how near organisations are to a town in a year, from its own ground to outside the province."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from graph.kinds.terms import RegionLevel, Term
from graph.snapshot.csr import Ints
from graph.snapshot.regions import at_level, local_to, locations, regions_of
from graph.snapshot.snapshot import Snapshot

type Codes = NDArray[np.int8]


class Nearness(Term):
    """生产者离专业镇的远近"""  # noqa: D400, D415 - GraphQL shows it

    TOWN = "TOWN", "本镇（位于镇所在区划，或为本镇主体）"
    COUNTY = "COUNTY", "本县"
    CITY = "CITY", "本市"
    PROVINCE = "PROVINCE", "本省"
    ELSEWHERE = "ELSEWHERE", "省外"
    UNKNOWN = "UNKNOWN", "所在地不详"


ORDER = {word: place for place, word in enumerate(Nearness)}
LEVELS = (
    (RegionLevel.PROVINCE, Nearness.PROVINCE),
    (RegionLevel.CITY, Nearness.CITY),
    (RegionLevel.COUNTY, Nearness.COUNTY),
)


def nearness(snapshot: Snapshot, towns: Sequence[int], year: int, *, in_town: bool) -> Codes:
    """Tell for every organisation (its place) the nearest word that fits, as its place in `Nearness`.

    Towns are global rows. With `in_town` there is one town; without, only its province, elsewhere and unknown
    are told apart.
    """
    first, where = snapshot.nodes["Town"].first, locations(snapshot, year)
    regions = np.concatenate([regions_of(snapshot, row - first, year) for row in towns] or [where[:0]])
    province = _above(snapshot, RegionLevel.PROVINCE, year)
    # Elsewhere is another province: both must be known.
    away = (province[where] >= 0) & (province[regions] >= 0).any()
    near = np.where(away, ORDER[Nearness.ELSEWHERE], ORDER[Nearness.UNKNOWN]).astype(np.int8)
    for level, word in LEVELS if in_town else LEVELS[:1]:
        above = _above(snapshot, level, year)
        home = above[regions]
        inside = np.isin(above, home[home >= 0])
        near[inside[where]] = ORDER[word]
    if in_town:
        near[local_to(snapshot, towns[0] - first, year)] = ORDER[Nearness.TOWN]
    return near


def _above(snapshot: Snapshot, level: RegionLevel, year: int) -> Ints:
    """Map each region to the one of a level that it lies in; the last place stands for no region."""
    return snapshot.remember(
        ("region above", level, year), lambda: np.append(at_level(snapshot, level, year), np.int32(-1))
    )
