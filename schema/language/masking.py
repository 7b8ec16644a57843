"""The veil: lists of stored rows as readers see them when persons are hidden."""

from dataclasses import replace

from graph.kinds import Node
from graph.snapshot.masking import without_person
from graph.snapshot.snapshot import Snapshot
from queries.lookup.filters import veiled, veiled_order
from queries.lookup.pages import Following, Listing, Page


def veiled_list[L: (Listing, Following)](asked: L) -> L:
    """Keep a list's filter and order from telling what its rows don't."""
    order = veiled_order(asked.order, asked.kind)
    return replace(asked, filter=veiled(asked.filter, asked.kind), order=order)


def veiled_page(kind: type[Node], found: Page, masked: Snapshot | None) -> Page:
    """Take from the rows of a page what tells who a person is; names are those of a masked snapshot."""
    places = [replace(place, node=without_person(kind, place.node, masked)) for place in found.places]
    return Page(places, found.more)
