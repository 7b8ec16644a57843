"""Amounts: numbers, spans and figures in Chinese, with their units and what must be known of them."""

from graph.criteria import TimeUnit
from graph.kinds.metrics import Unit
from graph.kinds.terms import Bound, Scope
from graph.snapshot.claims import STALE_OVER

_UNITS = {
    Unit.PERSON: "人",
    Unit.COUNT: "户",
    Unit.TONNE: "吨",
    Unit.PIECE: "件",
    Unit.LINE: "条",
    Unit.MU: "亩",
}
_WHOLES = (0.0, 100.0, -100.0)
_MONEY = ((1e8, "亿元"), (1e4, "万元"), (1, "元"))


def amount(
    value: float,
    unit: Unit | TimeUnit,
    counter: str | None = None,
    *,
    apart: bool = False,
    stated: bool = False,
) -> str:
    """Write an amount: money in 万元 or 亿元, shares in per cent with one decimal.

    `apart`: a difference of shares; `stated`: what somebody wrote, a threshold or a figure, keeps its digits.

    >>> amount(2e8, Unit.YUAN), amount(0.012, Unit.SHARE), amount(0.003, Unit.SHARE, apart=True)
    ('2 亿元', '1.2%', '0.3 个百分点')
    >>> amount(0.274509, Unit.SHARE), amount(0.0125, Unit.SHARE, stated=True)
    ('27.5%', '1.25%')
    """
    if unit is Unit.YUAN:
        size, words = next((size, words) for size, words in _MONEY if abs(value) >= size or size == 1)
        return f"{number(value / size)} {words}"
    if unit is Unit.SHARE:
        said = number(value * 100) if stated else percent(value)
        return f"{said} 个百分点" if apart else f"{said}%"
    words = "年" if isinstance(unit, TimeUnit) else counter or _UNITS[unit]
    return f"{number(value)} {words}"


def span(low: str, high: str) -> str:
    """Write two amounts as from … to …, the unit once when it is the same; both once when they read alike.

    >>> span("5 户", "8 户"), span("5000 万元", "1 亿元")
    ('5 至 8 户', '5000 万元至 1 亿元')
    """
    if low == high:
        return low
    (first, _, unit), (_, _, other) = low.partition(" "), high.partition(" ")
    return f"{first if unit == other and unit else low}{' ' if unit == other and unit else ''}至 {high}"


def caution(scope: Scope, year: int | None, as_of: int, stale_over: int = STALE_OVER) -> str | None:
    """Say what must be known of a figure: a scope other than the whole, a year long past or not stated.

    >>> caution(Scope.WHOLE, 2023, 2025), caution(Scope.CHAIN, 2006, 2025), caution(Scope.WHOLE, None, 2025)
    (None, '全产业链（含关联行业）口径，2006 年', '未写年份')
    """
    said = [] if scope is Scope.WHOLE else [f"{scope.words}口径"]
    if year is None:
        said.append("未写年份")
    elif as_of - year > stale_over:
        said.append(f"{year} 年")
    return "，".join(said) or None


def bounded(value: str, bound: Bound) -> str:
    """Write an amount with its bound.

    >>> bounded("200 亿元", Bound.AT_LEAST), bounded("3 户", Bound.EXACT), bounded("3 户", Bound.ABOUT)
    ('不少于 200 亿元', '3 户', '约 3 户')
    """
    return value if bound is Bound.EXACT else f"{bound.words} {value}"


def number(value: float) -> str:
    """Write a number with at most four decimals, thousands apart by nothing.

    >>> number(0.30000000000000004), number(1600.0)
    ('0.3', '1600')
    """
    return f"{value:.4f}".rstrip("0").rstrip(".") if value != int(value) else str(int(value))


def percent(share: float) -> str:
    """Write a share in per cent: one decimal, more where one would make nothing or all of what is neither.

    >>> percent(0.274509), percent(-0.023256), percent(0.4), percent(0.9999), percent(0.00004)
    ('27.5', '-2.3', '40', '99.99', '0.004')
    """
    exact = round(share * 100, 4)
    digits = next((n for n in range(1, 4) if exact in _WHOLES or round(exact, n) not in _WHOLES), 4)
    return number(round(exact, digits))
