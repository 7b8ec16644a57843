"""Measures of organisations' size: figures that are claimed of them, and their age."""

import numpy as np

from graph.criteria import Arguments
from graph.kinds.metrics import Metric
from graph.kinds.terms import Bound
from graph.snapshot.claims import Measure, figures
from graph.snapshot.csr import Ints
from graph.snapshot.table import code
from queries.standards.measures.intervals import Numbers
from queries.standards.measures.province import Province


def figure_of(province: Province, rows: Ints, metric: Metric) -> Numbers:
    """Look up figures of nodes (global rows); a claim of *at least* or *at most* bounds one side only."""
    table, found = (
        province.snapshot.nodes["Claim"],
        figures(province.snapshot, Measure(metric), province.as_of),
    )
    if not len(found):
        return Numbers(np.zeros(len(rows)), np.full(len(rows), np.inf))
    places = np.minimum(np.searchsorted(found.subject, rows), len(found) - 1)
    there = found.subject[places] == rows
    bound, value = table["bound"][found.claim[places]], found.value[places]
    low = np.where(there & (bound != code(Bound.AT_MOST)), value, 0.0)
    high = np.where(there & (bound != code(Bound.AT_LEAST)), value, np.inf)
    claims = np.where(there, found.claim[places] + np.int32(table.first), np.int32(-1))
    return Numbers(low, high, claims.astype(np.int32))


def figures_of(province: Province, metric: Metric) -> Numbers:
    """Look up the figures of all organisations, once for a question."""

    def take() -> Numbers:
        everyone = np.arange(len(province.firms), dtype=np.int32)
        return figure_of(province, province.rows(everyone), metric)

    return province.once(("figures", metric), take)


def revenue(province: Province, firms: Ints, _: Arguments) -> Numbers:
    """Look up the revenue, yuan a year."""
    return figures_of(province, Metric.REVENUE).at(firms)


def employees(province: Province, firms: Ints, _: Arguments) -> Numbers:
    """Look up the number of staff."""
    return figures_of(province, Metric.EMPLOYEES).at(firms)


def age(province: Province, firms: Ints, _: Arguments) -> Numbers:
    """Count the years from the founding to 31 December, the first one in part."""
    founded = province.firms["foundedOn"][firms]
    unknown = np.isnat(founded)
    years = founded.astype("datetime64[Y]")
    begin = years.astype("datetime64[D]")
    end = (years + np.timedelta64(1, "Y")).astype("datetime64[D]")
    with np.errstate(invalid="ignore"):
        part = (end - np.timedelta64(1, "D") - founded).astype(np.float64) / (end - begin).astype(np.float64)
    found = province.as_of - (years.astype(np.int64) + 1970) + part
    return Numbers(np.where(unknown, 0.0, found), np.where(unknown, np.inf, found))
