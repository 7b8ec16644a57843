"""Profiles: what towns make, by industry or product, how alike they are, and what they sell each other."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, diags_array

from graph.errors import BadInput
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.purchases import supply_flows
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask
from queries.answer import Aggregation
from queries.levels import groups, in_scope
from queries.linkage.accounts import firms


@dataclass(frozen=True, slots=True, eq=False)
class Indices:
    """How alike one row of shares is to others."""

    krugman: Floats
    """K = Σ_k |s_ak − s_bk| (0: the same – 2: nothing in common; Krugman 1991)."""
    cosine: Floats
    """S = Σ_k s_ak s_bk / √(Σ_k s_ak² Σ_k s_bk²) (0–1)."""
    overlap: Floats
    """Σ_k min(s_ak, s_bk) = 1 − K/2 (0–1; Finger and Kreinin 1979)."""


@dataclass(frozen=True, slots=True, eq=False)
class Profiles:
    """What the towns with a known output make, and what they sell to each other."""

    towns: Ints
    """Global rows."""
    shares: Floats
    """s_ak, towns × industries or products; every row adds up to 1."""
    output: Floats
    """Yuan a year: what is known and classified of those that exist in the year; who belongs to several towns
    is split equally."""
    classified: Floats
    """Which share of the known output belongs to an industry or product of the level (0–1)."""
    unplaced: Ints
    """Global rows of the towns whose output is known, but none of it belongs to the level."""
    trade: Floats
    """Known sales from town to town (yuan a year); NaN: there are links, none of them measured."""


def indices(one: Floats, others: Floats) -> Indices:
    """Compare one row of shares (k) with others (n × k); each adds up to 1.

    >>> found = indices(np.array([0.5, 0.5]), np.array([[1.0, 0.0], [0.5, 0.5]]))
    >>> found.krugman.tolist(), found.overlap.tolist(), found.cosine.round(4).tolist()
    ([1.0, 0.0], [0.5, 1.0], [0.7071, 1.0])
    """
    overlap = np.minimum(one, others).sum(axis=1)
    lengths = np.sqrt((one**2).sum() * (others**2).sum(axis=1))
    cosine = np.minimum(others @ one / lengths, 1.0)
    return Indices(np.abs(one - others).sum(axis=1), cosine, overlap)


def profiles_of(snapshot: Snapshot, as_of: int, aggregation: Aggregation, digits: int) -> Profiles:
    """Draw up the profiles of all towns at a level in a year."""
    if aggregation not in {Aggregation.INDUSTRY, Aggregation.PRODUCT}:
        raise BadInput(f"aggregation：应为 INDUSTRY 或 PRODUCT，所给为 {aggregation.value}", "aggregation")
    key = ("profiles", as_of, aggregation, digits)
    return snapshot.remember(key, lambda: _profiles(snapshot, as_of, aggregation, digits))


def _profiles(snapshot: Snapshot, as_of: int, aggregation: Aggregation, digits: int) -> Profiles:
    towns = groups(snapshot, Aggregation.TOWN, as_of).assigned()
    kinds = groups(snapshot, aggregation, as_of, digits=digits).assigned()
    living = in_scope(snapshot, None, as_of)
    output = np.where(living, np.nan_to_num(firms(snapshot, as_of).output), 0.0)
    sold = towns.weights.T @ diags_array(output)
    table, plain = (sold @ kinds.weights).toarray(), sold.sum(axis=1)
    classified = table.sum(axis=1)
    some: Mask = classified > 0
    return Profiles(
        towns.rows[some],
        table[some] / classified[some, None],
        classified[some],
        classified[some] / plain[some],
        towns.rows[~some & (plain > 0)],
        _trade(snapshot, as_of, towns.weights)[np.ix_(some, some)],
    )


def _trade(snapshot: Snapshot, as_of: int, belongs: csr_array) -> Floats:
    """Add up what towns sell to each other; what an organisation supplies to itself is no sale."""
    flows, first = supply_flows(snapshot, as_of), snapshot.nodes["Organisation"].first
    sold = flows.start != flows.end
    sellers, buyers = belongs[flows.start[sold] - first], belongs[flows.end[sold] - first]
    value = np.nan_to_num(flows.measured[sold])
    total = (sellers.T @ diags_array(value) @ buyers).toarray()
    linked = (sellers.T @ buyers).toarray() > 0
    return np.where(linked & (total == 0), np.nan, total)
