"""Rows behind decisions about benefits: policies, reach, receipts, and what rules read of organisations."""

from collections.abc import Iterable

import numpy as np

from graph.criteria import Leaf, Rule, walk
from graph.kinds.metrics import Metric
from graph.snapshot.claims import Measure, figures
from graph.snapshot.csr import Ints
from graph.snapshot.makers import makers
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import valid_in
from queries.policies.offers import Offer
from queries.provenance import Rows, of_making, together

_LABELS = {
    "in_region": "LOCATED_IN",
    "in_industry": "ENGAGES_IN",
    "in_town": "MEMBER_OF",
    "leads_town": "LEADS",
    "holds": "HOLDS",
}
_METRICS = {
    "revenue": (Metric.REVENUE,),
    "employees": (Metric.EMPLOYEES,),
    "size_class": (Metric.REVENUE, Metric.EMPLOYEES),
}
REACH = ("APPLIES_IN", "FAVOURS", "TARGETS")


def offer_rows(snapshot: Snapshot, offers: Iterable[Offer], as_of: int) -> Rows:
    """Rows that say who offers some benefits, and whom the policies are for."""
    listed = list(offers)
    policies = np.array(sorted({policy for one in listed for policy in one.policies}), np.int32)
    edges = snapshot.relations["OFFERS"]
    given = np.isin(edges.start, policies) & np.isin(edges.end, [one.benefit for one in listed])
    offered = Rows({"OFFERS": np.flatnonzero(given & valid_in(edges, as_of))})
    return together((offered, *(_leaving(snapshot, label, as_of, policies) for label in REACH)))


def decision_rows(snapshot: Snapshot, offer: Offer, firms: Ints, as_of: int) -> Rows:
    """Rows that a benefit's rule reads of some organisations (places), and when these received it."""
    rows = firms + np.int32(snapshot.nodes["Organisation"].first)
    edges, rule = snapshot.relations["RECEIVED"], offer.rule
    places = _from(edges.start, rows)
    got = (edges.end[places] == offer.benefit) & (edges["year"][places] <= as_of)
    found = [Rows({"RECEIVED": places[got]})]
    for name in sorted(measures(rule)) if rule else ():
        if name in _LABELS:
            found.append(_leaving(snapshot, _LABELS[name], as_of, rows))
        for metric in _METRICS.get(name, ()):
            stated = figures(snapshot, Measure(metric), as_of)
            found.append(Rows(claims=stated.claim[_from(stated.subject, rows)]))
        if name == "makes":
            made = makers(snapshot, as_of)
            found.append(of_making(made.edge[made.by_organisation.at(firms)[2]]))
    return together(found)


def _leaving(snapshot: Snapshot, label: str, as_of: int, rows: Ints) -> Rows:
    """Relations of a label that hold in a year and lead from some nodes (global rows): of few, fast."""
    edges = snapshot.relations[label]
    places = _from(edges.start, rows)
    return Rows({label: places[valid_in(edges, as_of, places)]})


def _from(starts: Ints, rows: Ints) -> Ints:
    """Find where in a sorted column some values stand."""
    first, last = np.searchsorted(starts, rows), np.searchsorted(starts, rows, side="right")
    count = last - first
    ends = np.cumsum(count)
    total = int(ends[-1]) if len(ends) else 0
    return (np.arange(total) + np.repeat(first - ends + count, count)).astype(np.int32)


def measures(rule: Rule) -> set[str]:
    """Names of the measures that a rule reads."""
    return {part.measure.name for part in walk(rule) if isinstance(part, Leaf)}
