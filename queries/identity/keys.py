"""Keys: the numbers by which members of rosters meet, a kind for each kind of evidence."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from graph.snapshot.csr import Ints
from queries.identity.evidence import IdentityEvidenceKind
from queries.identity.members import Member
from queries.identity.misspelt import Words, as_written, one_less, one_other, rearranged

INNER = slice(8, 17)
type Pair = tuple[object, int]
type Made = Callable[[Member], Sequence[object]]


@dataclass(frozen=True, slots=True, eq=False)
class Keys:
    """What members are found by, in rising order: a number for each key, and whose it is.

    The numbers are 64 bits of a hash: of 2 million keys two meet by chance once in 10⁷ times.
    """

    values: NDArray[np.int64]
    members: Ints

    @classmethod
    def of(cls, pairs: Iterable[Pair]) -> Self:
        """Give keys their numbers."""
        numbered = ((hash(key), member) for key, member in pairs)
        both = np.fromiter(numbered, np.dtype([("value", np.int64), ("member", np.int64)]))
        return cls.sorted(both["value"], both["member"].astype(np.int32))

    @classmethod
    def sorted(cls, values: NDArray[np.int64], members: Ints) -> Self:
        """Bring numbers into order, each member once to a number."""
        order = np.lexsort((members, values))
        values, members = values[order], members[order]
        fresh = np.ones(len(values), np.bool_)
        fresh[1:] = (values[1:] != values[:-1]) | (members[1:] != members[:-1])
        return cls(values[fresh], members[fresh])


def keys_of(members: Sequence[Member], kind: IdentityEvidenceKind, *, part: bool) -> Keys:
    """Make the keys of a kind of evidence; `part`: what the other side's whole is held against."""
    spelt = (SPELT_PARTS if part else SPELT).get(kind)
    if spelt:
        values, whose = spelt([member.name.core for member in members])
        return Keys.sorted(values.view(np.int64), whose)
    make = (PARTS if part else WHOLES)[kind]
    return Keys.of((key, n) for n, member in enumerate(members) for key in make(member))


def _same_name(member: Member) -> list[object]:
    known = member.county >= 0 and member.form >= 0
    return [(member.county, member.form, member.name.folded)] if known else []


def _own(member: Member) -> list[object]:
    return [member.name.folded, member.name.core]


def _others(member: Member) -> list[object]:
    return [text for alias in member.aliases for text in (alias.folded, alias.core)]


def _short(member: Member) -> list[object]:
    texts = {member.name.core, *(alias.core for alias in member.aliases)}
    return [(town, text) for town in member.towns for text in texts]


def _beginnings(member: Member) -> list[object]:
    core = member.name.core
    return [(town, core[:size]) for town in member.towns for size in range(2, len(core))]


WHOLES: Mapping[IdentityEvidenceKind, Made] = {
    IdentityEvidenceKind.SAME_CODE: lambda m: [m.code] if m.code else [],
    IdentityEvidenceKind.INNER_CODE: lambda m: [m.code[INNER]] if m.code else [],
    IdentityEvidenceKind.SAME_NAME: _same_name,
    IdentityEvidenceKind.FULL_NAME: lambda m: [m.name.folded],
    IdentityEvidenceKind.SAME_CORE: lambda m: [m.name.core],
    IdentityEvidenceKind.ALIAS: lambda m: [*_own(m), *_others(m)],
    IdentityEvidenceKind.SHORT_NAME: _short,
}
PARTS = {**WHOLES, IdentityEvidenceKind.ALIAS: _others, IdentityEvidenceKind.SHORT_NAME: _beginnings}
"""The other side of kinds that are not the same both ways."""
type Spelt = Callable[[Sequence[str]], tuple[Words, Ints]]
SPELT: Mapping[IdentityEvidenceKind, Spelt] = {
    IdentityEvidenceKind.SWAPPED: rearranged,
    IdentityEvidenceKind.DROPPED: as_written,
    IdentityEvidenceKind.REPLACED: one_other,
}
"""Kinds whose keys are made of all cores at once."""
SPELT_PARTS = {**SPELT, IdentityEvidenceKind.DROPPED: one_less}
ONE_WAY = frozenset(
    {IdentityEvidenceKind.ALIAS, IdentityEvidenceKind.SHORT_NAME, IdentityEvidenceKind.DROPPED}
)
"""Kinds whose whole and part differ, so that they are tried both ways."""
