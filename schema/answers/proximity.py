"""Proximity as GraphQL tells it: each question in the words that it tells apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from graph.kinds.entities import Organisation
from graph.kinds.results import After, result
from graph.kinds.terms import Proximity, Term
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from schema.language.publish import Shown, type_of


class Nearness(Term):
    """生产者离专业镇的远近"""  # noqa: D400, D415 - GraphQL shows it

    TOWN = "TOWN", "本镇（位于镇所在区划，或为本镇主体）"
    COUNTY = "COUNTY", "本县"
    CITY = "CITY", "本市"
    PROVINCE = "PROVINCE", "本省"
    ELSEWHERE = "ELSEWHERE", "省外"
    UNKNOWN = "UNKNOWN", "所在地不详"


class Whence(Term):
    """采购的来源地，相对于采购镇"""  # noqa: D400, D415 - GraphQL shows it

    OUTSIDE = "OUTSIDE", "省外或境外"
    INSIDE = "INSIDE", "省内、本镇之外"
    UNKNOWN = "UNKNOWN", "来源不详"


FAR = {Proximity.COUNTRY, Proximity.ABROAD}
NEARNESS = {word: Nearness.ELSEWHERE if word in FAR else Nearness(word.value) for word in Proximity}
WHENCE = {
    Proximity.COUNTRY: Whence.OUTSIDE,
    Proximity.PROVINCE: Whence.INSIDE,
    Proximity.UNKNOWN: Whence.UNKNOWN,
}


@result("某一远近的生产者")
@dataclass(frozen=True, slots=True)
class MakersAt:
    """Makers that are equally near to a town, in the order of ids."""

    nearness: Annotated[Nearness, "远近"]
    makers: Annotated[Sequence[NodeIndex], Organisation, "生产者"]

    @property
    def count(self) -> Annotated[int, "家数", After("nearness")]:
        """How many they are."""
        return len(self.makers)


@result("按对方所在地的金额")
@dataclass(frozen=True, slots=True)
class AmountByNearness:
    """What is traded with partners that are equally near to a town."""

    nearness: Annotated[Nearness, "对方离本镇的远近"]
    value: Annotated[float, "金额（元/年）"]


def amounts(found: Mapping[Proximity, float], snapshot: Snapshot) -> list[Shown[AmountByNearness]]:
    """Add up amounts by nearness, in the order of the words, those that are there."""
    made = type_of(AmountByNearness)
    sums = dict.fromkeys(map(NEARNESS.__getitem__, found), 0.0)
    for one, amount in found.items():
        sums[NEARNESS[one]] += amount
    return [made(AmountByNearness(*cells), snapshot) for cells in sums.items()]


def makers(found: Mapping[Proximity, Sequence[NodeIndex]], snapshot: Snapshot) -> list[Shown[MakersAt]]:
    """Put makers together by nearness, in the order of the words, those that are there."""
    made = type_of(MakersAt)
    rows = {NEARNESS[one]: list[NodeIndex]() for one in found}
    for one, some in found.items():
        rows[NEARNESS[one]] += some
    return [made(MakersAt(word, sorted(some)), snapshot) for word, some in rows.items()]
