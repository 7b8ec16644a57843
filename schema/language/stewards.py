"""Stewards as the schema asks them for changes: the service says who they are, and whether they may."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from graph.edits.rulings import Grounds, Ruled


@dataclass(frozen=True, slots=True)
class Place:
    """Which row of the graph is meant: a node by its id, or a relation by its ends."""

    id: str | None = None
    relation: str | None = None
    """The label of a relation."""
    start: str | None = None
    end: str | None = None
    key: str | None = None
    """Tells apart several relations between the same ends; None: there is only one."""


class Steward(Protocol):
    """Makes rulings, one after the other."""

    async def pin(self, claim: str, grounds: Grounds) -> Ruled:
        """Let one claim count among its rivals."""
        ...

    async def correct(self, place: Place, cells: Mapping[str, str], grounds: Grounds) -> Ruled:
        """Write some cells of a row, given as a table would."""
        ...

    async def retract(self, place: Place, grounds: Grounds) -> Ruled:
        """Take a row out."""
        ...

    async def merge(self, drop: str, keep: str, grounds: Grounds) -> Ruled:
        """Let one organisation become another."""
        ...

    async def set_apart(self, a: str, b: str, grounds: Grounds) -> Ruled:
        """Say that two organisations are not the same."""
        ...

    async def undo(self, ruling: str) -> Ruled:
        """Take a ruling back."""
        ...
