"""Changes: what it would take for one organisation to become eligible for one benefit.

Only what an organisation can bring about counts as a change: a larger figure, a title gained, years gone by;
and what is unknown may be confirmed. Looked for is the smallest set of them that makes the rule hold, by
trying sets in the order of their size, over the values at which a condition turns.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product
from math import inf, prod
from typing import Annotated

import numpy as np

from graph.criteria import All, AnyOf, Classes, Leaf, Not, Operator, Quantity, Rule, Subject, walk
from graph.deadline import checkpoint
from graph.kinds.metrics import Unit
from graph.kinds.papers import Qualification
from graph.kinds.results import result
from graph.kinds.terms import Term
from graph.snapshot.csr import Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from queries.answer import Answer, Formula
from queries.levels import row_of_kind
from queries.policies.benefits import benefit_row, beside, failing, pair_rows
from queries.policies.decisions import STATUS, BenefitStatus, Decided, Decisions, decisions
from queries.standards.amounts import amount
from queries.standards.judgement import said
from queries.standards.measures import NO_CLASS, Province, Reading, column, compared
from queries.standards.measures.classes import classes_of
from queries.standards.measures.intervals import FALSE, TRUE, UNKNOWN, Answers, Column, Numbers, Options
from queries.standards.wording import condition, denied

MOST_TRIED = 20_000
"""How many assignments are tried before the question is given up, and it is said."""
ENTANGLED = "各项条件互相牵制：没有一组取值能使其同时成立"
GROWING = ("revenue", "employees", "age")
FORMULA = Formula(
    "what-would-it-take",
    "怎样才能享",
    1,
    "只看条件的界限与资质：增长、取得、满年限，及查明不详者；缩小规模、迁址、改行不作为建议。最少几项不等于最容易。",
)


class ChangeKind(Term):
    """改变的种类"""  # noqa: D400, D415 - GraphQL shows it

    GROW = "GROW", "增长到"
    WAIT = "WAIT", "再过几年"
    GAIN = "GAIN", "取得资质"
    CONFIRM = "CONFIRM", "查明：现在不详"


@result("须改变的一项")
@dataclass(frozen=True, slots=True)
class NeededChange:
    """One thing that would have to be otherwise."""

    kind: Annotated[ChangeKind, "种类"]
    measure: Annotated[str, "指标，如 revenue"]
    words: Annotated[str, "须怎样，中文"]
    now: Annotated[float | None, "现在的数值；空为不详，或不是数值"]
    needed: Annotated[float | None, "须达到的数值；空为不是数值"]
    qualification: Annotated[NodeIndex | None, Qualification, "须取得的资质；空为不是"]


@result("一种办法：这些改变合在一起，即可享受")
@dataclass(frozen=True, slots=True)
class WayToBenefit:
    """One smallest set of changes."""

    changes: Annotated[Sequence[NeededChange], "须改变者"]

    @property
    def in_words(self) -> Annotated[str, "一句话"]:
        """All changes in one line."""
        return "；".join(one.words for one in self.changes)


@result("怎样才能享受一项政策措施：最少要改变哪些条件")
@dataclass(frozen=True, slots=True)
class WhatItTakes(Answer):
    """What would make an organisation eligible."""

    status: Annotated[BenefitStatus | None, "现在可否享受；空为不在适用范围内，或不能判断"]
    ways: Annotated[Sequence[WayToBenefit], "改变最少的办法，各为一组；改动小者在前"]
    size: Annotated[int | None, "最少要改变几项；0 为现在即可享，空为没有办法"]
    blocking: Annotated[Sequence[str], "没有办法时：不能靠增长、取得资质或查明来改变的条件"]
    note: Annotated[str | None, "须一并说明的话，如政策已失效；空为没有"] = None


type Key = tuple[str, object]
"""A measure, and for titles the id, for other facts its arguments: one thing that may change."""
type Value = float | bool


@dataclass(frozen=True, slots=True, eq=False)
class _Facts:
    """What is known of one organisation, with some of it assumed otherwise."""

    province: Province
    firm: Ints
    """Its place, alone."""
    assumed: Mapping[Key, Value]

    def truth(self, rule: Rule) -> int:
        """Judge a rule."""
        match rule:
            case All():
                return min(self.truth(part) for part in rule.parts)
            case AnyOf():
                return max(self.truth(part) for part in rule.parts)
            case Not():
                return int(TRUE) - self.truth(rule.part)
            case Leaf():
                return int(compared(self.column(rule), rule.comparison)[0])
            case _:
                raise TypeError(rule)

    def column(self, leaf: Leaf) -> Column:
        """Take what a leaf compares."""
        name = leaf.measure.name
        if name in GROWING and (name, None) in self.assumed:
            value = np.array([float(self.assumed[name, None])])
            return Numbers(value, value)
        if any(("holds", id) in self.assumed for id in _titles(leaf)):
            return Answers(np.array([TRUE]))
        if (value := self.assumed.get((name, leaf.arguments))) is not None:
            return Answers(np.array([TRUE if value else FALSE]))
        classes = _classes(self.province, leaf) if name == "size_class" and self.assumed else None
        return self._class(classes) if classes else column(self.province, leaf, self.firm)

    def _class(self, classes: Classes) -> Options:
        """The classes that it may be in, as the measure finds them."""
        open_, possible = True, list[bool]()
        for entry in classes.classes:
            holds = int(TRUE) if entry.criteria is None else self.truth(entry.criteria)
            possible.append(open_ and holds != FALSE)
            open_ = open_ and holds != TRUE
        names = (*(entry.id for entry in classes.classes), NO_CLASS)
        return Options(names, np.array([[*possible, open_]]))


def what_it_takes(snapshot: Snapshot, id: str, *, benefit: str, as_of: int) -> WhatItTakes:
    """Find the smallest sets of changes that make an organisation eligible for a benefit."""
    row = row_of_kind(snapshot, id, "Organisation")
    wanted = row_of_kind(snapshot, benefit, "Benefit", argument="benefit")
    held, firm = decisions(snapshot, as_of), row - snapshot.nodes["Organisation"].first
    one = held.by_benefit.get(wanted)
    method = FORMULA.method(
        snapshot,
        as_of,
        used=lambda: pair_rows(held, [(one, np.array([firm], np.int32))] if one else []),
        organisation=id,
        benefit=benefit,
    )
    at = -1 if one is None else int(np.searchsorted(one.firms, firm))
    if one is None or at == len(one.firms) or one.firms[at] != firm:
        why = _out_of_reach(held, one, wanted, firm)
        blocked = _blocking(held, one, firm) if one else []
        return WhatItTakes(None, [], None, blocked, method=method, unknown_reason=why)
    status, note = STATUS[one.truth[at]], beside(one.offer, as_of)
    if status is BenefitStatus.ELIGIBLE:
        return WhatItTakes(status, [], 0, [], note, method=method)
    ways, gave_up = smallest(held.province, one.offer.rule, firm) if one.offer.rule else ([], False)
    least = len(ways[0].changes) if ways else None
    blocked = [] if ways or gave_up else _why_not(held, one, at)
    why = f"条件牵连太多：试过 {MOST_TRIED} 种组合仍未找到" if gave_up else None
    return WhatItTakes(status, ways, least, blocked, note, method=method, unknown_reason=why)


def smallest(province: Province, rule: Rule, firm: int) -> tuple[list[WayToBenefit], bool]:
    """Try sets of changes by their size; give all of the smallest that work, and whether it was given up."""
    here = np.array([firm], np.int32)
    now = _Facts(province, here, {})
    could = {key: [*values] for key, values in _could(now, rule).items()}
    must = _must(now, rule) & could.keys()
    rest, left = sorted(could.keys() - must, key=repr), MOST_TRIED
    for more in range(len(rest) + 1):
        found = list[tuple[float, WayToBenefit]]()
        for chosen in combinations(rest, more):
            keys = [*sorted(must, key=repr), *chosen]
            left -= min(left, prod(len(could[key]) for key in keys))
            if not left:
                return [], True
            checkpoint()
            found += _best(now, rule, keys, could)
        if found:
            return [way for _, way in sorted(found, key=lambda each: (each[0], each[1].in_words))], False
    return [], False


def _best(
    now: _Facts, rule: Rule, keys: Sequence[Key], could: Mapping[Key, Sequence[Value]]
) -> list[tuple[float, WayToBenefit]]:
    """Of the values that some things may take together, choose those that work and move the least."""
    leaves = _leaves(now.province, rule)
    tried = islice(product(*(could[key] for key in keys)), MOST_TRIED)
    works = [
        assumed
        for values in tried
        if _Facts(now.province, now.firm, assumed := dict(zip(keys, values, strict=True))).truth(rule) == TRUE
    ]
    if not works:
        return []
    best = min(works, key=lambda assumed: sum(_moved(now, leaves, key, v) for key, v in assumed.items()))
    fits = {key: [assumed[key] for assumed in works if _apart(assumed, best) <= {key}] for key in keys}
    changes = [_change(now, leaves, key, value, fits[key]) for key, value in best.items()]
    return [(sum(_moved(now, leaves, key, value) for key, value in best.items()), WayToBenefit(changes))]


def _apart(one: Mapping[Key, Value], other: Mapping[Key, Value]) -> set[Key]:
    """What two assumptions differ in."""
    return {key for key in one if one[key] != other[key]}


def _could(now: _Facts, rule: Rule) -> dict[Key, Sequence[Value]]:
    """What may change, and the values that are worth trying."""
    found = dict[Key, dict[Value, None]]()
    for leaf in _leaves(now.province, rule):
        name, values = leaf.measure.name, now.column(leaf)
        if name in GROWING and isinstance(values, Numbers):
            low, high = float(values.low[0]), float(values.high[0])
            marks = [*_marks(leaf)] + ([low, *_below(leaf)] if low < high else [])
            tries = [mark for mark in marks if mark > low or (low < high and low <= mark <= high)]
            found.setdefault((name, None), {}).update(dict.fromkeys(tries))
        elif name == "holds" and isinstance(values, Answers) and values.truth[0] != TRUE:
            found.update({("holds", id): {True: None} for id in _titles(leaf)})
            if values.truth[0] == UNKNOWN:
                found[name, leaf.arguments] = {False: None}
        elif isinstance(values, Answers) and values.truth[0] == UNKNOWN:
            found[name, leaf.arguments] = {True: None, False: None}
    return {key: list(values) for key, values in found.items() if values}


def _must(now: _Facts, rule: Rule) -> set[Key]:
    """Find what has to change in any case: figures and single titles that `all` asks for and lacks."""
    match rule:
        case All():
            return set[Key]().union(*(_must(now, part) for part in rule.parts))
        case Leaf() if now.truth(rule) != TRUE:
            name, titles = rule.measure.name, _titles(rule)
            if name in GROWING:
                return {(name, None)}
            wanted = rule.comparison.threshold is True
            return {("holds", titles[0])} if name == "holds" and len(titles) == 1 and wanted else set()
        case _:
            return set()


def _marks(leaf: Leaf) -> Iterator[float]:
    """Values at which a comparison of a figure begins to hold, or ceases to."""
    given = leaf.comparison.threshold
    whole = isinstance(leaf.measure.value, Quantity) and leaf.measure.value.whole
    for one in given if isinstance(given, tuple) else (given,):
        mark = float(one)
        yield mark
        if leaf.comparison.operator in (Operator.ABOVE, Operator.AT_MOST):
            yield mark + 1 if whole else float(np.nextafter(mark, inf))


def _below(leaf: Leaf) -> Iterator[float]:
    """Values just below those that a figure is compared with."""
    given = leaf.comparison.threshold
    whole = isinstance(leaf.measure.value, Quantity) and leaf.measure.value.whole
    for one in given if isinstance(given, tuple) else (given,):
        yield float(one) - 1 if whole else float(np.nextafter(float(one), -inf))


def _leaves(province: Province, rule: Rule) -> list[Leaf]:
    """List the leaves of a rule, those of the classes that it asks for included."""
    found = list[Leaf]()
    for part in walk(rule):
        if isinstance(part, Leaf):
            classes = _classes(province, part) if part.measure.name == "size_class" else None
            found.append(part)
            for entry in classes.classes if classes else ():
                found += _leaves(province, entry.criteria) if entry.criteria else []
    return found


def _classes(province: Province, leaf: Leaf) -> Classes | None:
    key = "classes read", leaf.arguments
    return province.once(
        key, lambda: classes_of(province, leaf.arguments, Subject.ORGANISATION, "size_class")
    )


def _titles(leaf: Leaf) -> tuple[str, ...]:
    return leaf.arguments.ids("qualification") if leaf.measure.name == "holds" else ()


def _moved(now: _Facts, leaves: Sequence[Leaf], key: Key, value: Value) -> float:
    """How far a change is, relative to what it comes to; what is only confirmed moves nothing."""
    name = key[0]
    if name not in GROWING:
        return 1.0 if isinstance(key[1], str) else 0.0
    low, high = _bounds(now, leaves, name)
    return 0.0 if low <= value <= high else (float(value) - high) / float(value)


def _bounds(now: _Facts, leaves: Sequence[Leaf], name: str) -> tuple[float, float]:
    found = now.column(next(leaf for leaf in leaves if leaf.measure.name == name))
    if not isinstance(found, Numbers):
        raise TypeError(name)
    return float(found.low[0]), float(found.high[0])


def _change(
    now: _Facts, leaves: Sequence[Leaf], key: Key, value: Value, fits: Sequence[Value]
) -> NeededChange:
    """Say one change in words; `fits` are all values that would do beside the other changes."""
    name, about = key
    if name in GROWING:
        leaf = next(leaf for leaf in leaves if leaf.measure.name == name)
        low, high = _bounds(now, [leaf], name)
        return _confirmed(now, leaf, fits) if low < high else _grown(leaf, low, float(value))
    if isinstance(about, str):
        row = now.province.snapshot.find(about)
        leaf = next(one for one in leaves if about in _titles(one))
        unknown = now.truth(leaf) == UNKNOWN
        title = about if row is None else now.province.snapshot.name_of(row)
        words = f"查明或取得资质：{title}" if unknown else f"取得资质：{title}"
        return NeededChange(ChangeKind.GAIN, name, words, None, None, row)
    leaf = next(one for one in leaves if one.measure.name == name and one.arguments == about)
    words = leaf.words or condition(now.province.snapshot, leaf)
    asserted = bool(value) == (leaf.comparison.threshold is True)
    told = f"查明确如“{words}”" if asserted else f"查明并非“{words}”"
    return NeededChange(ChangeKind.CONFIRM, name, told, None, None, None)


def _confirmed(now: _Facts, leaf: Leaf, fits: Sequence[Value]) -> NeededChange:
    """Say which values of an unknown figure would do: from the least to the most that were tried."""
    low, high = _bounds(now, [leaf], leaf.measure.name)
    least, most = min(map(float, fits)), max(map(float, fits))
    tried = [float(one) for one in _could(now, leaf).get((leaf.measure.name, None), ())]
    words = leaf.measure.words
    if least > low:
        told = f"达到 {_said(leaf, least)}" + ("" if most >= max(tried) else f"、至多 {_said(leaf, most)}")
    else:
        told = f"至多 {_said(leaf, most)}"
    known = said(now.province, leaf, Reading(low, high))
    words = f"查明{words}：{told}即合条件（现知：{known}）"
    return NeededChange(ChangeKind.CONFIRM, leaf.measure.name, words, None, round(least, 6), None)


def _grown(leaf: Leaf, low: float, value: float) -> NeededChange:
    name, words, more = leaf.measure.name, leaf.measure.words, _about(leaf, value - low, apart=True)
    if name == "age":
        told = f"{words}满 {_said(leaf, value)}：再过 {more}"
        return NeededChange(ChangeKind.WAIT, name, told, low, round(value, 6), None)
    told = f"{words}由 {_about(leaf, low)} 增至 {_said(leaf, value)}（增 {more}）"
    return NeededChange(ChangeKind.GROW, name, told, low, round(value, 6), None)


def _about(leaf: Leaf, value: float, *, apart: bool = False) -> str:
    """Write what is there or lacks; a share as people read it."""
    kind = leaf.measure.value
    if isinstance(kind, Quantity) and kind.unit is Unit.SHARE:
        return amount(value, kind.unit, apart=apart)
    return _said(leaf, value)


def _said(leaf: Leaf, value: float) -> str:
    """Write what is needed: a threshold, with all its digits."""
    kind = leaf.measure.value
    if not isinstance(kind, Quantity):
        raise TypeError(leaf)
    rounded = round(value, 6)
    side = "" if rounded == value or kind.whole else "超过 " if value > rounded else "不到 "
    return side + amount(rounded, kind.unit, kind.counter, stated=True)


def _why_not(held: Decisions, one: Decided, at: int) -> list[str]:
    """Say why no set of changes does: what can't be changed, else what fails, else that it can't all hold."""
    blocked = _blocking(held, one, int(one.firms[at]))
    return blocked or [*failing(benefit_row(held, one, at).condition)] or [ENTANGLED]


def _blocking(held: Decisions, one: Decided, firm: int) -> list[str]:
    """Name the conditions that fail and that nothing which counts as a change can mend."""
    now = _Facts(held.province, np.array([firm], np.int32), {})
    return list(dict.fromkeys(_blocked(now, one.offer.rule))) if one.offer.rule else []


def _blocked(now: _Facts, rule: Rule) -> Iterator[str]:
    if now.truth(rule) != FALSE:
        return
    match rule:
        case All() | AnyOf():
            for part in rule.parts:
                yield from _blocked(now, part)
        case Not(part=Leaf() as leaf):
            yield denied(leaf, leaf.words or condition(now.province.snapshot, leaf))
        case Not():
            yield rule.words or "不得符合所列条件"
        case Leaf():
            if not _could(now, rule):
                yield rule.words or condition(now.province.snapshot, rule)
        case _:
            raise TypeError(rule)


def _out_of_reach(held: Decisions, one: Decided | None, benefit: int, firm: int) -> str:
    """Say why nothing can be told of an organisation and a benefit."""
    if one is not None:
        if not held.province.living[firm]:
            return f"{held.as_of} 年末该主体不存在：尚未成立，或已注销"
        return "机关不享受政策措施" if held.province.agencies[firm] else "不在政策适用范围内"
    offer = next(each for each in (*held.undecided, *held.for_towns) if each.benefit == benefit)
    return offer.note if offer in held.undecided and offer.note else "这项措施给专业镇，不逐户享受"
