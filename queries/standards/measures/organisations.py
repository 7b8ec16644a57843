"""Measures of organisations: form, place, trade, towns, titles, benefits, products; sizes stand apart.

Each takes the province, some organisations (places) and its arguments, and gives a column. Of a fact that is
recorded in no way at all nothing is known; see each measure for when its absence is a *no*.
"""

from collections.abc import Callable

import numpy as np

from graph.criteria import Arguments
from graph.kinds.terms import OrganisationForm, TownLevel
from graph.snapshot.csr import Csr, Ints
from graph.snapshot.makers import makers as products_made
from graph.snapshot.regions import lifted, parents
from graph.snapshot.table import MISSING, code
from graph.snapshot.years import Mask, valid_in
from queries.standards.measures.intervals import (
    FALSE,
    NOBODY,
    TRUE,
    UNKNOWN,
    Answers,
    Numbers,
    Options,
    Truths,
)
from queries.standards.measures.province import Province
from queries.standards.measures.sizes import age, employees, revenue

type OfOrganisations = Callable[[Province, Ints, Arguments], Numbers | Options | Answers]


def form(province: Province, firms: Ints, _: Arguments) -> Options:
    """Give the form, which is always known."""
    codes = province.firms["form"][firms]
    return Options(tuple(OrganisationForm), codes[:, None] == np.arange(len(OrganisationForm)))


def in_region(province: Province, firms: Ints, arguments: Arguments) -> Answers:
    """Who is located in a region or below; UNKNOWN without a place, or with a wider one only."""
    inside, wider = _below(province, "Region", arguments.ids("region"))
    where = province.where[firms]
    found = np.where(inside[where], TRUE, np.where(wider[where], UNKNOWN, FALSE))
    return Answers(np.where(where < 0, UNKNOWN, found).astype(np.int8))


def in_industry(province: Province, firms: Ints, arguments: Arguments) -> Answers:
    """Who is engaged in an industry or below; UNKNOWN without any, or with a wider one only."""
    inside, wider = _below(province, "Industry", arguments.ids("industry"))
    edges = province.snapshot.relations["ENGAGES_IN"]
    held = np.flatnonzero(valid_in(edges, province.as_of))
    industry = edges.end[held] - province.snapshot.nodes["Industry"].first
    main = edges["main"][held]
    hit, maybe = inside[industry], wider[industry]
    if arguments.flag("main"):
        hit, maybe = hit & (main == 1), (maybe & (main != 0)) | (hit & (main < 0))
    ends = edges.start[held] - np.int32(province.firms.first)
    return _recorded(province, firms, ends, ends[hit], ends[maybe])


def holds(province: Province, firms: Ints, arguments: Arguments) -> Answers:
    """Who holds a title on 31 December.

    Without it: FALSE for who has any title on record, now or before, and for members of a town whose
    register is complete; else UNKNOWN.
    """
    return province.once(("holding", _titles_key(arguments)), lambda: _holding(province, arguments)).at(firms)


def _holding(province: Province, arguments: Arguments) -> Answers:
    edges, firms = province.snapshot.relations["HOLDS"], np.arange(len(province.firms), dtype=np.int32)
    wanted = np.isin(edges.end, _titles(province, arguments))
    ends = edges.start - np.int32(province.firms.first)
    got = ends[wanted & valid_in(edges, province.as_of)]
    return _recorded(province, firms, np.append(ends, _registered(province)), got, NOBODY)


def received(province: Province, firms: Ints, arguments: Arguments) -> Answers:
    """Who was given a benefit, in the last years if that is asked; with `before` not in the year itself.

    Without a record: FALSE when recipients of the benefit are on record at all, or with `recorded`; else
    UNKNOWN.
    """
    edges = province.snapshot.relations["RECEIVED"]
    wanted = np.isin(edges.end, ids_to_rows(province, arguments.ids("benefit")))
    year, years = edges["year"], arguments.number("years")
    since = np.int64(MISSING if years is None else province.as_of - years + 1)
    last = province.as_of - int(bool(dict(arguments.pairs).get("before")))
    hit = wanted & (year <= last) & ((year >= since) if years else True)
    maybe = wanted & (year == MISSING) & (years is not None or last < province.as_of)
    ends = edges.start - np.int32(province.firms.first)
    told = wanted.any() or bool(dict(arguments.pairs).get("recorded"))
    known = np.arange(len(province.firms), dtype=np.int32) if told else NOBODY
    return _recorded(province, firms, known, ends[hit & ~maybe], ends[maybe])


def makes(province: Province, firms: Ints, arguments: Arguments) -> Answers:
    """Who makes a product in the year; FALSE for who has other products on record."""
    found = products_made(province.snapshot, province.as_of)
    goods = ids_to_rows(province, arguments.ids("product")) - province.snapshot.nodes["Product"].first
    return _recorded(
        province, firms, found.organisation, found.organisation[np.isin(found.product, goods)], NOBODY
    )


def in_town(province: Province, firms: Ints, arguments: Arguments) -> Answers:
    """Who is a member of a town of some levels, or of some towns.

    Who is not: UNKNOWN when it is located in such a town, or nobody knows where, and the town's register is
    not complete; else FALSE.
    """
    towns = _towns(province, arguments)
    open_ = towns & ~province.complete
    yes, near = _of_towns(province, province.members, towns), _of_towns(province, province.locals, open_)
    maybe = near | ((province.where < 0) & open_.any())
    return Answers(np.where(yes, TRUE, np.where(maybe, UNKNOWN, FALSE)).astype(np.int8)[firms])


def leads_town(province: Province, firms: Ints, arguments: Arguments) -> Answers:
    """Who leads a town of some levels, or one of some towns.

    Who does not: UNKNOWN for members of such a town that has no known leader and no complete register.
    """
    towns = _towns(province, arguments)
    open_ = towns & ~province.complete & (province.leaders.degree() == 0)
    yes, maybe = _of_towns(province, province.leaders, towns), _of_towns(province, province.members, open_)
    return Answers(np.where(yes, TRUE, np.where(maybe, UNKNOWN, FALSE)).astype(np.int8)[firms])


ORGANISATION: dict[str, OfOrganisations] = {
    "form": form,
    "revenue": revenue,
    "employees": employees,
    "age": age,
    "in_region": in_region,
    "in_industry": in_industry,
    "in_town": in_town,
    "leads_town": leads_town,
    "holds": holds,
    "received": received,
    "makes": makes,
}
"""All but the size class, which asks a standard and so needs whole rules."""


def _recorded(province: Province, firms: Ints, known: Ints, yes: Ints, maybe: Ints) -> Answers:
    """Answer TRUE for `yes`, UNKNOWN for `maybe` and for those of whom nothing is known, else FALSE."""
    truth: Truths = np.full(len(province.firms), UNKNOWN, np.int8)
    truth[known] = FALSE
    truth[maybe] = UNKNOWN
    truth[yes] = TRUE
    return Answers(truth[firms])


def _below(province: Province, label: str, ids: tuple[str, ...]) -> tuple[Mask, Mask]:
    """Mark the nodes at or below some, and those above them; the last place stands for none."""
    table, above = province.snapshot.nodes[label], parents(province.snapshot, label, province.as_of)
    wanted = np.zeros(len(table), np.bool_)
    wanted[ids_to_rows(province, ids) - table.first] = True
    inside, wider = lifted(above, wanted) >= 0, np.zeros(len(table), np.bool_)
    for start in np.flatnonzero(wanted).tolist():
        here = int(above[start])
        while here >= 0 and not wider[here]:
            wider[here], here = True, int(above[here])
    return np.append(inside, np.False_), np.append(wider & ~inside, np.False_)


def ids_to_rows(province: Province, ids: tuple[str, ...]) -> Ints:
    """Find the global rows of ids; those that are not there fit nobody."""
    found = (province.snapshot.find(id) for id in ids)
    return np.array([row for row in found if row is not None], np.int32)


def _titles_key(arguments: Arguments) -> tuple[object, ...]:
    return arguments.ids("qualification"), dict(arguments.pairs).get("or_higher", False)


def _titles(province: Province, arguments: Arguments) -> Ints:
    """List the asked qualifications; with `or_higher` also all whose rank is above the lowest asked."""
    table, asked = (
        province.snapshot.nodes["Qualification"],
        ids_to_rows(province, arguments.ids("qualification")),
    )
    if "or_higher" not in dict(arguments.pairs) or not arguments.flag("or_higher"):
        return asked
    ranks = table["rank"][asked - table.first]
    ranks = ranks[ranks != MISSING]
    higher = np.flatnonzero(table["rank"] > ranks.min()) if len(ranks) else NOBODY
    return np.union1d(asked, higher + table.first).astype(np.int32)


def _registered(province: Province) -> Ints:
    """List the members of towns whose register is complete."""
    return province.members.at(np.flatnonzero(province.complete))[1]


def _towns(province: Province, arguments: Arguments) -> Mask:
    towns = province.towns
    asked = np.ones(len(towns), np.bool_)
    if levels := arguments.terms("level", TownLevel):
        asked &= np.isin(towns["level"], [code(level) for level in levels])
    if ids := arguments.ids("town"):
        asked &= np.isin(np.array(towns.rows), ids_to_rows(province, ids))
    return asked


def _of_towns(province: Province, links: Csr, towns: Mask) -> Mask:
    found = np.zeros(len(province.firms), np.bool_)
    found[links.at(np.flatnonzero(towns))[1]] = True
    return found
