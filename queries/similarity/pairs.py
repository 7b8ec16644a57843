"""Similarity: which towns make the same things, and whether they are rivals or trade with each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graph.deadline import checkpoint
from graph.errors import BadInput
from graph.snapshot.snapshot import Snapshot
from queries.answer import Formula, Level, Method, Parameter
from queries.linkage.accounts import accounts
from queries.links import known
from queries.similarity.complements import Complement, complements
from queries.similarity.profiles import Profiles, indices, profiles_of
from queries.similarity.relatedness import town_row

MOST = 200
ALIKE = 0.85
"""From which cosine on towns are called alike: a convention."""
FORMULA = Formula(
    "similarity/krugman-cosine-finger-kreinin", 1, "结果取决于行业层级；相似且互相供货是分工而非同构。"
)


@dataclass(frozen=True, slots=True)
class Similar:
    """Another town beside the one that was asked."""

    town: int
    krugman: float
    cosine: float
    overlap: float
    alike: bool
    """Whether the cosine reaches `alike`: a convention."""
    sells: float | None
    """What it sells to the town asked: yuan a year; None: known to sell, nothing measured."""
    buys: float | None
    """What it buys from the town asked: yuan a year; None: known to buy, nothing measured."""
    offers: Sequence[Complement]
    """What the town asked buys, from anybody, and this one makes."""
    wants: Sequence[Complement]
    """What this one buys, from anybody, and the town asked makes."""


@dataclass(frozen=True, slots=True)
class SimilarTowns:
    """The other towns, the most alike first (by cosine)."""

    town: int
    rows: Sequence[Similar]
    count: int
    """How many other towns have a known output."""
    classified: float | None
    """Of the town's known output, which share the level knows (0–1)."""
    method: Method
    unknown: str | None = None


def similar(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    id: str,
    *,
    as_of: int,
    level: Level = Level.INDUSTRY,
    digits: int = 4,
    first: int = 10,
    alike: float = ALIKE,
) -> SimilarTowns:
    """Rank the other towns by how alike their output is, beside what the two sell to each other."""
    town = town_row(snapshot, id)
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    if not 0 <= alike <= 1:
        raise BadInput(f"alike：应在 0 到 1 之间，所给为 {alike}", "alike")
    profiles = profiles_of(snapshot, as_of, level, digits)
    asked = {"level": level.value, "digits": digits, "first": first, "alike": alike}
    method = method_of(snapshot, as_of, asked)
    here = np.flatnonzero(profiles.towns == town)
    others = np.flatnonzero(profiles.towns != town)
    if not len(here):
        return SimilarTowns(town, [], 0, None, method, nothing(as_of))
    place = int(here[0])
    found = indices(profiles.shares[place], profiles.shares[others])
    order = np.lexsort([others, found.krugman, -found.cosine])[:first]
    figures = (a[order].tolist() for a in (others, found.krugman, found.cosine, found.overlap))
    rows = [
        _similar(snapshot, as_of, profiles, place, other, (k, s, f), alike)
        for other, k, s, f in zip(*figures, strict=True)
    ]
    return SimilarTowns(town, rows, len(others), float(profiles.classified[place]), method)


def _similar(  # noqa: PLR0913, PLR0917 - the parts of a row
    snapshot: Snapshot,
    as_of: int,
    profiles: Profiles,
    place: int,
    other: int,
    figures: tuple[float, float, float],
    alike: float,
) -> Similar:
    checkpoint()
    asked, town = int(profiles.towns[place]), int(profiles.towns[other])
    return Similar(
        town,
        *figures,
        alike=figures[1] >= alike,
        sells=known(float(profiles.trade[other, place])),
        buys=known(float(profiles.trade[place, other])),
        offers=complements(snapshot, as_of, asked, town),
        wants=complements(snapshot, as_of, town, asked),
    )


def method_of(snapshot: Snapshot, as_of: int, asked: Mapping[str, Parameter]) -> Method:
    """Say how towns were compared."""
    return FORMULA.method(snapshot, as_of, asked, coverage=accounts(snapshot, as_of=as_of).coverage)


def nothing(as_of: int) -> str:
    """Say why there is nothing to compare."""
    return f"{as_of} 年没有镇内主体的产出数据，或主体未归入此层级：无从比较"
