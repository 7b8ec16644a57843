"""Which known id was probably meant: the same digits, or a distance that is small against the length."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

_DIGITS = re.compile(r"[0-9]{4,}")
_PART = 6
"""One wrong letter is forgiven for so many."""


def meant_id(id: str, known: Iterable[str]) -> str | None:
    """Find the known id that was meant; none when several fit, or none is near.

    A stock or credit code, a date or a region is told by its digits: other digits are another one.

    >>> meant_id("org:688063.sh", ["org:300363.sz", "org:sh688063"]), meant_id("org:688063", ["org:688068"])
    ('org:sh688063', None)
    >>> meant_id("product:flnge", ["product:flange", "product:hinge"]), meant_id("org:ab", ["org:cb"])
    ('product:flange', None)
    """
    if digits := numbers(id):
        same = [one for one in known if numbers(one) == digits]
        return same[0] if len(same) == 1 else None
    close = get_close_matches(id, known, 1, 0.8)
    name = id.partition(":")[2]
    return close[0] if close and _distance(id, close[0]) * _PART <= len(name) + 1 else None


def numbers(id: str) -> list[str]:
    """What identifies in an id: a stock code, a credit code, the number of a region.

    >>> numbers("org:688063.sh"), numbers("product:steel-45")
    (['688063'], [])
    """
    return _DIGITS.findall(id)


def _distance(one: str, other: str) -> int:
    """Letters that differ, are missing or too many."""
    steps = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return sum(max(b - a, d - c) for tag, a, b, c, d in steps if tag != "equal")
