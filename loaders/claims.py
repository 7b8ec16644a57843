"""What only claims need: an id made from what they speak of, and figures in the unit that is stored."""

from decimal import Decimal
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from graph.kinds.metrics import SPELLINGS, Metric, Unit
from graph.kinds.terms import Scope
from loaders.figures import CellFault

_SPOKEN_OF = ("subject", "metric", "scope", "product", "year", "targetYear", "source")
_WHOLE = {Unit.PERSON.value, Unit.COUNT.value, Unit.LINE.value}
_FACTORS = {text: (unit, Decimal(repr(factor))) for text, (unit, factor) in SPELLINGS.items()}


def spelling(text: str) -> str:
    """Keep a unit that people write; its metric decides whether it fits."""
    if text not in _FACTORS:
        raise CellFault(f"没有这种单位；可用：{'、'.join(_FACTORS)}")
    return text


def claim_id(values: dict[str, Any]) -> str:
    """Make the id of a claim: a digest of what it speaks of.

    >>> claim_id({"subject": "town:a", "metric": "REVENUE", "source": "source:b", "year": 2024})
    'claim:7c34029577d08f3b'
    """
    given = {"scope": Scope.WHOLE.value, **values}
    text = "\x1f".join(str(given.get(name, "")) for name in _SPOKEN_OF)
    return f"claim:{blake2b(text.encode(), digest_size=8).hexdigest()}"


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


def value_fault(value: float, unit: str) -> str:
    """Say why no figure of this unit can be so; empty when it can."""
    if value < 0:
        return "不能为负数"
    if unit == Unit.SHARE.value and value > 1:
        return "占比应在 0 至 1 之间（或 0% 至 100%）"
    if unit in _WHOLE and value != int(value):
        return "应为整数：人、户、条不能有小数"
    return ""


@lru_cache
def _spellings(units: tuple[Unit, ...]) -> str:
    return "、".join(text for text, (unit, _) in SPELLINGS.items() if unit in units and text != unit.value)
