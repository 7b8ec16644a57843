"""Proximity as GraphQL tells it: each question in the words that it tells apart."""

from collections.abc import Mapping, Sequence
from typing import Any

from graph.kinds.terms import Proximity, Term
from schema.language.enums import enum_type


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


NearnessName: Any = enum_type(Nearness)
WhenceName: Any = enum_type(Whence)
FAR = {Proximity.COUNTRY, Proximity.ABROAD}
NEARNESS = {word: Nearness.ELSEWHERE if word in FAR else Nearness(word.value) for word in Proximity}
WHENCE = {
    Proximity.COUNTRY: Whence.OUTSIDE,
    Proximity.PROVINCE: Whence.INSIDE,
    Proximity.UNKNOWN: Whence.UNKNOWN,
}


def amounts(found: Mapping[Proximity, float]) -> list[tuple[Nearness, float]]:
    """Add up amounts by word, in the order of the words, those that are there."""
    sums = dict.fromkeys(map(NEARNESS.__getitem__, found), 0.0)
    for one, amount in found.items():
        sums[NEARNESS[one]] += amount
    return list(sums.items())


def nodes(found: Mapping[Proximity, Sequence[int]]) -> list[tuple[Nearness, list[int]]]:
    """Put nodes (global rows) together by word, in the order of the words, each in the order of ids."""
    rows = {NEARNESS[one]: list[int]() for one in found}
    for one, some in found.items():
        rows[NEARNESS[one]] += some
    return [(word, sorted(some)) for word, some in rows.items()]
