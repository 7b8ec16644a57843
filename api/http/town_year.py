"""A town's year as one book: evaluation, check-up, benefits not received, ledgers, firms near the scale.

A sheet that can't be made says why in words, unless what it should be made by was named: then it is refused.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from api.http.list_sheets import (
    Basis,
    Made,
    benefit_part,
    card_parts,
    checkup_parts,
    ledger_part,
    near_part,
)
from graph.criteria import Evaluation
from graph.errors import BadInput
from graph.kinds.stages import LEDGERS
from graph.kinds.terms import LedgerName
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from queries.answer import Method
from queries.growth.near_threshold import MOST
from queries.ledgers.pages import Sought
from queries.lists.benefit_list import UnclaimedRow, unclaimed_list
from queries.lists.checkup_list import ConditionRow, LookedAtRow, checkup_list
from queries.lists.definitions import Part
from queries.lists.evaluation_card import CardRow, StandingRow, card_list
from queries.lists.headings import Row
from queries.lists.ledger_list import ledger_list
from queries.lists.near_list import near_list
from queries.standards.choice import evaluation_standard
from queries.standards.documents import held_document

Asked = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Sheets:
    """Some sheets of the book, and what they rest on."""

    parts: Sequence[Part]
    methods: Mapping[str, Method] = field(default_factory=dict[str, Method])
    sources: Iterable[int] = ()

    @classmethod
    def without(cls, why: BadInput, *kinds: type[Row]) -> "_Sheets":
        """Sheets that say why they are empty."""
        return cls([Part(kind, [], empty=str(why).partition("：")[2]) for kind in kinds])


def town_year(snapshot: Snapshot, id: str, as_of: int, asked: Asked) -> Made:
    """Put the year of a town together; ledgers stand as on its last day, or today when it is not over."""
    on = asked.get("on") or min(date.today(), date(as_of, 12, 31))  # noqa: DTZ011 - a day
    town = NodeIndex(snapshot.row_of(id))
    made = [
        _evaluation(snapshot, town, as_of, asked),
        _checkup(snapshot, id, as_of, asked),
        _unclaimed(snapshot, id, as_of),
        *(_ledger(snapshot, id, one.name, as_of, on) for one in LEDGERS),
        _near(snapshot, id, as_of),
    ]
    methods = {name: method for one in made for name, method in one.methods.items()}
    sources = sorted({source for one in made for source in one.sources})
    basis = Basis([town], as_of, methods, sources)
    return Made([part for one in made for part in one.parts], basis, f"{as_of}年年度工作簿")


def _evaluation(snapshot: Snapshot, town: NodeIndex, as_of: int, asked: Asked) -> _Sheets:
    named, level = asked.get("evaluation"), asked.get("level")
    if named:
        held_document(snapshot, named, Evaluation, argument="evaluation")
    try:
        standard = named or snapshot.id_of(evaluation_standard(snapshot, [town], as_of))
        found = card_list(snapshot, snapshot.id_of(town), as_of=as_of, standard=standard, level=level)
    except BadInput as error:
        if named or level:
            raise
        return _Sheets.without(error, CardRow, StandingRow)
    card, standings = card_parts(found)
    return _Sheets(
        [_by(card, "评价卡"), _by(standings, "评价")],
        {"评价卡": found.card.method, "评价": found.ranking.method},
        found.sources,
    )


def _checkup(snapshot: Snapshot, id: str, as_of: int, asked: Asked) -> _Sheets:
    named = asked.get("standard")
    try:
        found = checkup_list(snapshot, id, as_of=as_of, standard=named)
    except BadInput as error:
        if named:
            raise
        return _Sheets.without(error, ConditionRow, LookedAtRow)
    conditions, looked_at = checkup_parts(found)
    return _Sheets([_by(conditions, "体检"), looked_at], {"体检": found.checkup.method}, found.sources)


def _unclaimed(snapshot: Snapshot, id: str, as_of: int) -> _Sheets:
    found = unclaimed_list(snapshot, id, as_of=as_of)
    part = _by(benefit_part(found, UnclaimedRow), "应享未享")
    return _Sheets([part], {"应享未享": found.method}, found.sources)


def _ledger(snapshot: Snapshot, id: str, name: LedgerName, as_of: int, on: date) -> _Sheets:
    found = ledger_list(snapshot, Sought(name, id), on=on, plans_to=as_of)
    part = _by(ledger_part(found), found.kind.title)
    return _Sheets([part], {found.kind.title: found.method}, found.sources)


def _near(snapshot: Snapshot, id: str, as_of: int) -> _Sheets:
    found = near_list(snapshot, as_of=as_of, within=id, first=MOST)
    return _Sheets([_by(near_part(found), "小升规")], {"小升规": found.found.method}, found.sources)


def _by(part: Part, method: str) -> Part:
    """Say which method of the book made a part."""
    return replace(part, methods=[method])
