"""Figures of claims as people write them, brought to the unit that is stored."""

from decimal import Decimal
from functools import lru_cache

from graph.kinds.metrics import SPELLINGS, Metric, Unit
from loaders.rows.figures import CellFault

_FACTORS = {text: (unit, Decimal(repr(factor))) for text, (unit, factor) in SPELLINGS.items()}


def spelling(text: str) -> str:
    """Keep a unit that people write; its metric decides whether it fits."""
    if text not in _FACTORS:
        raise CellFault(f"没有这种单位；可用：{'、'.join(_FACTORS)}")
    return text


def convert(metric: str, value: Decimal, unit: str) -> tuple[float, str]:
    """Bring a figure to the unit it is stored in; raise CellFault when it can't be one of the metric's.

    >>> convert("REVENUE", Decimal("2.3"), "亿元")
    (230000000.0, 'YUAN')
    """
    base, factor = _FACTORS[unit]
    known = Metric(metric)
    if base not in known.units:
        raise CellFault(f"{metric}（{known.words}）的单位应为 {_spellings(known.units)}")
    return float(value * factor), base.value


@lru_cache
def _spellings(units: tuple[Unit, ...]) -> str:
    return "、".join(text for text, (unit, _) in SPELLINGS.items() if unit in units and text != unit.value)
