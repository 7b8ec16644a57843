"""Members: what is known of one organisation, as far as its identity goes."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.kinds.credit_code import fault
from graph.kinds.terms import OrganisationForm
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import code
from queries.identity.names import Name, name_of, places_of

BODIES = (code(OrganisationForm.AGENCY), code(OrganisationForm.INSTITUTION))
"""Forms of which each county has one with the same name: the region is a part of it."""


@dataclass(frozen=True, slots=True)
class Member:
    """One organisation of a roster."""

    name: Name
    aliases: Sequence[Name] = ()
    code: str | None = None
    """Its credit code, if that is valid."""
    county: int = -1
    """Place of its county; -1: not known."""
    form: int = -1
    towns: Sequence[int] = ()


def member_of(  # noqa: PLR0913, PLR0917 - what is known of one
    snapshot: Snapshot,
    name: str,
    aliases: Sequence[str] = (),
    credit_code: str | None = None,
    county: int = -1,
    form: int = -1,
    towns: Sequence[int] = (),
) -> Member:
    """Describe one organisation; without a county the one that its name begins with counts."""
    places, regional = places_of(snapshot), form in BODIES
    read = name_of(name, places, regional=regional)
    valid = credit_code if credit_code and not fault(credit_code) else None
    others = [name_of(alias, places, regional=regional) for alias in aliases]
    return Member(read, others, valid, county if county >= 0 else read.county, form, towns)
