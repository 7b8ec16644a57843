"""A supervision notice and what stands behind it: to whom it goes, by when, what of the town is overdue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from graph.errors import BadInput
from graph.kinds.ledgers import LedgerEntry, Notice
from graph.kinds.terms import NoticeStatus
from graph.snapshot.index import NodeIndex, nodes_of
from graph.snapshot.snapshot import Snapshot
from queries.ledgers.items import LedgerItem, items_on, record, responsible, shown
from queries.ledgers.pages import Sought, chosen, in_order
from queries.levels import row_of_kind
from queries.provenance import Rows, any_invented


@dataclass(frozen=True, slots=True)
class NoticePaper:
    """What a notice says."""

    notice: Notice
    town: NodeIndex
    bodies: Sequence[NodeIndex]
    """To whom it goes."""
    issuer: str | None
    """Who issued it, as the record says; None: it is not issued, or the record does not say."""
    overdue: Sequence[LedgerItem]
    """What else of the town is overdue on the day."""
    on: date
    synthetic: bool
    """Whether the notice, its town or one of the bodies is invented."""

    @property
    def draft(self) -> bool:
        """Whether it is not in force."""
        return self.notice.status is NoticeStatus.DRAFT


def notice_paper(snapshot: Snapshot, id: str, *, on: date) -> NoticePaper:
    """Gather what a notice says; raises NotFound for an unknown one, BadInput for one without a town."""
    row = row_of_kind(snapshot, id, "Notice")
    notice = snapshot.entity(row)
    assert isinstance(notice, Notice)  # noqa: S101 - as asked
    items = items_on(snapshot, on)
    towns = snapshot.relations["OF_TOWN"]
    held = towns.end[towns.start == row]
    if not len(held):
        raise BadInput(f"id：{id} 没有登记所属专业镇，不能出具通知书：请先补上", "id")
    town = NodeIndex(int(held[0]))
    bodies, ends = responsible(snapshot, on)
    to = nodes_of(bodies[ends == row])
    late = np.flatnonzero(chosen(snapshot, items, Sought(town=snapshot.id_of(town), overdue=True)))
    late = in_order(items, late[items.rows[late] != row])
    return NoticePaper(
        notice=notice,
        town=town,
        bodies=to,
        issuer=_issuer(snapshot, id),
        overdue=shown(snapshot, items, late),
        on=on,
        synthetic=any_invented(snapshot, Rows(), (row, town, *to)),
    )


def _issuer(snapshot: Snapshot, id: str) -> str | None:
    """Who made the last entry by which the notice stands as it does."""
    first = snapshot.nodes["LedgerEntry"].first
    entries = [snapshot.entity(first + one.place) for one in record(snapshot).of(id) if one.moves]
    issued = [one for one in entries if isinstance(one, LedgerEntry) and '"ISSUED"' in (one.after or "")]
    return issued[-1].by if issued else None
