"""Arguments of addresses: what is written in a query string becomes values, or is refused by its name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from graph.errors import BadInput
from graph.snapshot.snapshot import Snapshot
from schema.language.context import EARLIEST

TRUTHS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads one argument."""

    read: Callable[[str], Any]
    words: str
    """What it should be."""


COUNT, NUMBER, ID = Reader(int, "整数"), Reader(float, "数"), Reader(str, "标识")
TRUTH = Reader(TRUTHS.__getitem__, " true 或 false")


def read(given: Mapping[str, str], takes: Mapping[str, Reader], also: Sequence[str] = ()) -> dict[str, Any]:
    """Turn written arguments into values; those that are not taken are refused, with all that are.

    `also` are names that somebody else reads.
    """
    found = dict[str, Any]()
    for name, text in given.items():
        if name not in takes:
            raise BadInput(f"没有参数 {name}：可用 {'、'.join((*also, *takes))}", name)
        try:
            found[name] = takes[name].read(text)
        except (ValueError, KeyError):
            raise BadInput(f"{name}：“{text}”应为{takes[name].words}", name) from None
    return found


def truth(given: dict[str, str], name: str) -> bool:
    """Take one that is true or false; false when it is not given."""
    if (text := given.pop(name, "false")) not in TRUTHS:
        raise BadInput(f"{name}：“{text}”应为 true 或 false", name)
    return TRUTHS[text]


def year(snapshot: Snapshot, given: dict[str, str]) -> int:
    """Take `asOf`; the newest year of a snapshot when it is not given."""
    now = datetime.now(UTC).year
    newest = snapshot.newest_year or now
    if (text := given.pop("asOf", None)) is None:
        return newest
    latest = max(newest, now)
    if not (text.isascii() and text.isdecimal() and EARLIEST <= int(text) <= latest):
        raise BadInput(f"asOf：“{text}”应为 {EARLIEST} 到 {latest} 之间的年份，如 2024", "asOf")
    return int(text)


def snake(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Write names as Python does.

    >>> snake({"atLeast": 0.5})
    {'at_least': 0.5}
    """
    return {"".join(f"_{c.lower()}" if c.isupper() else c for c in name): v for name, v in asked.items()}
