"""What belongs to a town: its places, its organisations and what they trade, and who says so."""

import numpy as np

from graph.kinds import NODES
from graph.snapshot.invented import entries_about, referred, rulings_about
from graph.snapshot.years import Mask
from loaders.export.choice import Kept

_LATER = ("PART_OF", "CLASSIFIED_AS", "INPUT_OF", "STEP_OF", "OFFERS", "APPLIES_IN", "TARGETS")
"""Relations that are not chosen by their touching the town or its organisations."""


def town_part(kept: Kept, town: int) -> Kept:
    """Choose of what is kept the part of one town (a global row).

    The town and its regions upwards; organisations that are members, leaders, or located in its regions, with
    everything that is said of them; partners of their flows as bare nodes; ledgers; products, chains and
    policies of these; claims about all but the bare ones; the sources used.
    """
    here = np.zeros(len(kept.nodes), np.bool_)
    here[town] = True
    regions = kept.across("LIES_IN", here)
    inside = kept.closed("PART_OF", regions, back=True)
    core = here | kept.across("OF_TOWN", here, back=True)
    core |= kept.across("LOCATED_IN", inside, back=True)
    core |= kept.across("MEMBER_OF", here, back=True) | kept.across("LEADS", here, back=True)
    part = Kept(kept.snapshot, core.copy(), {})
    _touching(kept, part, core)
    regions = kept.closed("PART_OF", regions)
    part.nodes[:] |= regions
    _chains(kept, part)
    _policies(kept, part, regions)
    _claims(kept, part, core | regions | _of(part, "Product", "Chain"))
    _classes(kept, part)
    for label, edges in kept.snapshot.relations.items():
        for _, rows in referred(edges):
            part.nodes[rows[part.edges[label] & (rows >= 0)]] = True
    part.of("Ruling")[:] = kept.of("Ruling") & rulings_about(kept.snapshot, part.nodes)
    part.of("LedgerEntry")[:] = kept.of("LedgerEntry") & entries_about(kept.snapshot, part.nodes)
    return part


def _touching(kept: Kept, part: Kept, core: Mask) -> None:
    for label, edges in kept.snapshot.relations.items():
        part.edges[label] = kept.edges[label] & (core[edges.start] | core[edges.end])
        if label in _LATER:
            part.edges[label][:] = False
        for rows in (edges.start, edges.end, *(rows for _, rows in referred(edges))):
            part.nodes[rows[part.edges[label] & (rows >= 0)]] = True


def _chains(kept: Kept, part: Kept) -> None:
    """Take the steps of the chains, and what goes into what among the products."""
    part.nodes[:] |= kept.across("STEP_OF", part.nodes, back=True)
    _between(kept, part, "STEP_OF", "INPUT_OF")


def _policies(kept: Kept, part: Kept, regions: Mask) -> None:
    """Take the policies made for the town or in force in its regions, and what they give."""
    part.nodes[:] |= kept.across("APPLIES_IN", regions, back=True)
    part.nodes[:] |= kept.across("OFFERS", part.nodes)
    _between(kept, part, "APPLIES_IN", "OFFERS")


def _claims(kept: Kept, part: Kept, about: Mask) -> None:
    claims = kept.snapshot.nodes["Claim"]
    subject = claims["subject"]
    mask = kept.of("Claim") & (subject >= 0) & about[subject]
    part.of("Claim")[:] = mask
    for _, rows in referred(claims):
        part.nodes[rows[mask & (rows >= 0)]] = True


def _classes(kept: Kept, part: Kept) -> None:
    """Take the industries of the products, and for industries and regions all that is above them."""
    part.nodes[:] |= kept.across("CLASSIFIED_AS", part.nodes)
    part.nodes[:] |= kept.closed("PART_OF", part.nodes & _of(kept, "Region", "Industry"))
    _between(kept, part, "CLASSIFIED_AS", "TARGETS", "PART_OF", "INPUT_OF")


def _between(kept: Kept, part: Kept, *labels: str) -> None:
    for label in labels:
        edges = kept.snapshot.relations[label]
        part.edges[label] = kept.edges[label] & part.nodes[edges.start] & part.nodes[edges.end]


def _of(kept: Kept, *labels: str) -> Mask:
    """Which chosen nodes are of some kinds."""
    found = np.zeros(len(kept.nodes), np.bool_)
    for kind in NODES:
        if kind.label in labels:
            table = kept.snapshot.nodes[kind.label]
            found[table.first : table.first + len(table)] = kept.of(kind.label)
    return found
