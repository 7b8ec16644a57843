"""Judging: whether rules hold, in three values: of many organisations at once, or of one town.

Here too are the two measures that ask a standard for a class, since that takes whole rules.
"""

from collections.abc import Iterator

import numpy as np

from graph.criteria import (
    All,
    AnyOf,
    Arguments,
    Count,
    Leaf,
    Not,
    Rule,
    Subject,
    Sum,
    walk,
)
from graph.snapshot.csr import Ints
from graph.snapshot.index import NodeIndex, nodes_of
from queries.standards.measures import rates, towns
from queries.standards.measures.classes import classes_of
from queries.standards.measures.coverage import TownMeasure, output_covered
from queries.standards.measures.intervals import (
    FALSE,
    TRUE,
    UNKNOWN,
    Column,
    Numbers,
    Options,
    Reading,
    Reasons,
    Truths,
    compared,
)
from queries.standards.measures.organisations import ORGANISATION as PLAIN
from queries.standards.measures.organisations import OfOrganisations
from queries.standards.measures.province import Province
from queries.standards.measures.rosters import Roster, roster
from queries.standards.measures.sizes import figures_of
from queries.standards.measures.towns import lacking

NO_CLASS = "-"
"""Stands for those that no class takes."""


def truths(province: Province, rule: Rule, firms: Ints) -> Truths:
    """Whether a rule holds of each organisation (places)."""
    match rule:
        case All():
            return np.min([truths(province, part, firms) for part in rule.parts], axis=0)
        case AnyOf():
            return np.max([truths(province, part, firms) for part in rule.parts], axis=0)
        case Not():
            return (TRUE - truths(province, rule.part, firms)).astype(np.int8)
        case Leaf():
            return compared(column(province, rule, firms), rule.comparison)
        case Count() | Sum():
            raise TypeError(rule)


def column(province: Province, leaf: Leaf, firms: Ints) -> Column:
    """Take the measure of a leaf of each organisation."""
    return taken(province, leaf.measure.name, leaf.arguments).at(firms)


def taken(province: Province, name: str, arguments: Arguments) -> Column:
    """Take a measure of all organisations, once for a question."""

    def take() -> Column:
        everyone = np.arange(len(province.firms), dtype=np.int32)
        return ORGANISATION[name](province, everyone, arguments)

    return province.once((name, arguments), take)


def truth(province: Province, rule: Rule, town: int) -> int:
    """Whether a rule holds of a town."""
    match rule:
        case All():
            return min(truth(province, part, town) for part in rule.parts)
        case AnyOf():
            return max(truth(province, part, town) for part in rule.parts)
        case Not():
            return int(TRUE) - truth(province, rule.part, town)
        case Leaf() | Count() | Sum():
            return int(compared(reading(province, rule, town).column, rule.comparison)[0])


def reading(province: Province, part: Leaf | Count | Sum, town: int) -> Reading:
    """Take what a part of a rule compares, of a town."""
    if isinstance(part, Leaf):
        return TOWN[part.measure.name].take(province, town, part.arguments)
    group = roster(province, town, part.group, part.arguments)
    meets = group.belongs
    if part.where is not None:
        meets = np.minimum(meets, truths(province, part.where, group.firms))
    numbers = None
    if isinstance(part, Sum):
        numbers = figures_of(province, part.metric).at(group.firms)
    return _total(province, part, group, meets, numbers)


def size_class(province: Province, firms: Ints, arguments: Arguments) -> Options:
    """Class organisations by a standard: the first class whose criteria hold, or may."""
    found = classes_of(province, arguments, Subject.ORGANISATION, "size_class")
    if found is None:
        return Options((NO_CLASS, "?"), np.ones((len(firms), 2), np.bool_))
    open_, possible = np.ones(len(firms), np.bool_), list[np.ndarray[tuple[int], np.dtype[np.bool_]]]()
    for entry in found.classes:
        holds = np.full(len(firms), TRUE, np.int8)
        if entry.criteria is not None:
            holds = truths(province, entry.criteria, firms)
        possible.append(open_ & (holds != FALSE))
        open_ &= holds != TRUE
    return Options((*(entry.id for entry in found.classes), NO_CLASS), np.stack([*possible, open_], axis=1))


def tier(province: Province, town: int, arguments: Arguments) -> Reading:
    """Class a town by a standard, the same way."""
    found = classes_of(province, arguments, Subject.TOWN, "tier")
    if found is None:
        return Reading(options=(NO_CLASS, "?"), lacking=("没有施行的专业镇分档标准，或不止一个",))
    possible, open_ = list[str](), True
    inner = [part for entry in found.classes if entry.criteria for part in walk(entry.criteria)]
    parts = [part for part in inner if isinstance(part, Leaf | Count | Sum) and _of_town(part)]
    for entry in found.classes:
        holds = int(TRUE) if entry.criteria is None else truth(province, entry.criteria, town)
        possible += [entry.id] if open_ and holds != FALSE else []
        open_ = open_ and holds != TRUE
    options = (*possible, NO_CLASS) if open_ else tuple(possible)
    readings = [reading(province, part, town) for part in parts]
    lacks = [fact for one in readings for fact in one.lacking] if len(options) > 1 else []
    claims = tuple(dict.fromkeys(claim for one in readings for claim in one.claims))
    note = "；".join(dict.fromkeys(one.note for one in readings if one.note)) or None
    return Reading(options=options, claims=claims, lacking=tuple(dict.fromkeys(lacks)), note=note)


ORGANISATION: dict[str, OfOrganisations] = {**PLAIN, "size_class": size_class}
"""The measures of organisations, by name."""
TOWN: dict[str, TownMeasure] = {
    **towns.TOWN,
    **rates.TOWN,
    "tier": TownMeasure(tier, lambda province, town, _: output_covered(province, town)),
}
"""The measures of towns, by name."""


def _total(
    province: Province, part: Count | Sum, group: Roster, meets: Truths, numbers: Numbers | None
) -> Reading:
    """Count those who meet, or add their figures up."""
    rows, sure, maybe = province.rows(group.firms), meets == TRUE, meets == UNKNOWN
    uncertain = (*group.uncertain, *_unknowns(province, part.where, group, maybe))
    claims = _claims(province, part.where, group.firms[sure])
    low, high = float(sure.sum()), float(sure.sum() + maybe.sum())
    if numbers is not None and isinstance(part, Sum):
        lacks = np.isinf(numbers.high) & sure
        low, high = float(numbers.low[sure].sum()), float(numbers.high[sure | maybe].sum())
        uncertain += ((rows[lacks], f"{part.metric.words}不详"),) if lacks.any() else ()
        claims += (
            tuple(nodes_of(numbers.claims[sure][numbers.claims[sure] >= 0])) if len(numbers.claims) else ()
        )
    return Reading(
        low,
        high if group.complete else np.inf,
        counted=rows[sure],
        uncertain=uncertain,
        left_out=(*group.left_out, *_failing(province, part.where, group, meets == FALSE)),
        claims=tuple(dict.fromkeys(claims)),
        lacking=lacking(province, group, uncertain),
    )


def _unknowns(province: Province, where: Rule | None, group: Roster, maybe: "np.ndarray") -> Reasons:
    """Say which measures are unknown of those that belong and may meet a rule."""
    left, said = maybe & (group.belongs == TRUE), list[tuple[Ints, str]]()
    for leaf in _leaves(where):
        unknown = left & (compared(column(province, leaf, group.firms), leaf.comparison) == UNKNOWN)
        said += [(province.rows(group.firms[unknown]), f"{leaf.measure.words}不详")] if unknown.any() else []
        left &= ~unknown
    return tuple(said)


def _failing(province: Province, where: Rule | None, group: Roster, out: "np.ndarray") -> Reasons:
    """Say which condition those fail that do not meet a rule; of `any` and `not` only that they do."""
    left, said = out.copy(), list[tuple[Ints, str]]()
    plain = where.parts if isinstance(where, All) else (where,)
    for part in plain:
        if isinstance(part, Leaf):
            fails = left & (compared(column(province, part, group.firms), part.comparison) == FALSE)
            words = part.words or part.measure.words
            said += [(province.rows(group.firms[fails]), f"不符合：{words}")] if fails.any() else []
            left &= ~fails
    said += [(province.rows(group.firms[left]), "不符合所列条件")] if left.any() else []
    return tuple(said)


def _claims(province: Province, where: Rule | None, firms: Ints) -> tuple[NodeIndex, ...]:
    found = list[NodeIndex]()
    for leaf in _leaves(where):
        values = column(province, leaf, firms)
        if isinstance(values, Numbers):
            found += nodes_of(values.claims[values.claims >= 0])
    return tuple(found)


def _leaves(rule: Rule | None) -> Iterator[Leaf]:
    return (part for part in walk(rule) if isinstance(part, Leaf)) if rule else iter(())


def _of_town(part: Leaf | Count | Sum) -> bool:
    return not isinstance(part, Leaf) or part.measure.subject is Subject.TOWN
