"""Rosters: the organisations whose identities are compared, with the keys by which they meet."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.deadline import checkpoint
from graph.kinds.terms import RegionLevel
from graph.snapshot.csr import Ints
from graph.snapshot.regions import at_level, locals_of, locations
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import listed
from graph.snapshot.years import alive
from queries.identity.evidence import IdentityEvidenceKind
from queries.identity.keys import Keys, keys_of
from queries.identity.members import Member, member_of


@dataclass(frozen=True)
class Roster:
    """Members, and where each stands in the snapshot."""

    members: Sequence[Member]
    places: Ints
    """Places in the table of organisations; empty for names that somebody typed."""
    _keys: dict[tuple[IdentityEvidenceKind, bool], Keys] = field(
        default_factory=dict[tuple[IdentityEvidenceKind, bool], Keys]
    )

    def __len__(self) -> int:
        return len(self.members)

    def keys(self, kind: IdentityEvidenceKind, *, part: bool = False) -> Keys:
        """Make the keys of a kind of evidence once; `part`: what the other side's whole is held against."""
        if (kind, part) not in self._keys:
            checkpoint()
            self._keys[kind, part] = keys_of(self.members, kind, part=part)
        return self._keys[kind, part]

    @cached_property
    def columns(self) -> dict[str, NDArray[np.int64]]:
        """What speaks against a pair where it differs and is known of both; -1: not known."""
        found = {
            "code": [_number(m.code) for m in self.members],
            "county": [m.county for m in self.members],
            "form": [m.form for m in self.members],
            "number": [_number(m.name.numerals) for m in self.members],
            "core": [_number(m.name.core) for m in self.members],
        }
        return {name: np.array(column, np.int64) for name, column in found.items()}


NODES, RELATIONS = ("Organisation", "Region", "Town"), ("LOCATED_IN", "MEMBER_OF", "LIES_IN", "PART_OF")
"""What a roster is made of: while these stay, so does the roster, whatever else is written."""


def roster_of(snapshot: Snapshot, as_of: int) -> Roster:
    """List the organisations that exist in a year."""
    return snapshot.remember(("roster", as_of), lambda: _lasting(snapshot, as_of))


def _lasting(snapshot: Snapshot, as_of: int) -> Roster:
    tables = [*map(snapshot.nodes.__getitem__, NODES), *map(snapshot.relations.__getitem__, RELATIONS)]
    arrays = [array for table in tables for array in table.arrays.values()]
    return snapshot.lasting("roster", [as_of, *arrays], lambda _: _roster(snapshot, as_of))


def _roster(snapshot: Snapshot, as_of: int) -> Roster:
    table = snapshot.nodes["Organisation"]
    there = np.flatnonzero(alive(table, as_of)).astype(np.int32)
    counties = np.append(at_level(snapshot, RegionLevel.COUNTY, as_of), np.int32(-1))
    county = counties[locations(snapshot, as_of)][there].tolist()
    towns = _towns(snapshot, as_of)
    columns = [table[c][there].tolist() for c in ("name", "aliases", "uscc", "form")]
    members = [
        member_of(snapshot, name, listed(aliases), uscc, where, form, towns.get(place, ()))
        for name, aliases, uscc, form, where, place in zip(*columns, county, there.tolist(), strict=True)
    ]
    return Roster(members, there)


def _towns(snapshot: Snapshot, as_of: int) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for organisation, town in zip(*(a.tolist() for a in locals_of(snapshot, as_of)), strict=True):
        found.setdefault(organisation, []).append(town)
    return found


def _number(text: str | None) -> int:
    """Stand for a text; -1 for none."""
    return -1 if text is None else hash(text) >> 1 & (2**62 - 1)
