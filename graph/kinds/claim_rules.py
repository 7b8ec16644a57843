"""What only claims need: an id made from what they speak of, and which values a unit allows."""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from graph.kinds.metrics import Unit
from graph.kinds.terms import Scope

SPOKEN_OF = ("subject", "metric", "scope", "product", "year", "targetYear", "source")
"""The columns that tell a claim from every other."""
_WHOLE = {Unit.PERSON.value, Unit.COUNT.value, Unit.LINE.value}


def claim_id(values: Mapping[str, Any]) -> str:
    """Make the id of a claim: a digest of what it speaks of.

    >>> claim_id({"subject": "town:a", "metric": "REVENUE", "source": "source:b", "year": 2024})
    'claim:7c34029577d08f3b'
    """
    given = {"scope": Scope.WHOLE.value, **values}
    text = "\x1f".join(str(given.get(name, "")) for name in SPOKEN_OF)
    return f"claim:{blake2b(text.encode(), digest_size=8).hexdigest()}"


def value_fault(value: float, unit: str) -> str:
    """Say why no figure of this unit can be so; empty when it can.

    >>> value_fault(1.2, "SHARE"), value_fault(3.0, "COUNT")
    ('占比应在 0 至 1 之间（或 0% 至 100%）', '')
    """
    if value < 0:
        return "不能为负数"
    if unit == Unit.SHARE.value and value > 1:
        return "占比应在 0 至 1 之间（或 0% 至 100%）"
    if unit in _WHOLE and value != int(value):
        return "应为整数：人、户、条不能有小数"
    return ""
