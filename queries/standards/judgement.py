"""Judgement: whether a town or an organisation meets a rule, part by part, and what is short."""

from collections.abc import Callable
from math import isinf

import numpy as np

from graph.criteria import All, AnyOf, Count, Leaf, Not, Quantity, Rule, Sum
from graph.criteria.measures import COUNT
from graph.snapshot.towns import first_record
from queries.standards.amounts import amount, span
from queries.standards.measures import Province, Reading, column, compared, reading
from queries.standards.measures.intervals import Answers, Numbers, Options
from queries.standards.places import counted_at
from queries.standards.shortfalls import Condition, Shortfall, nearest, opposite_shortfall, shortfall
from queries.standards.verdicts import CheckupCondition, CriterionForm, Outcome
from queries.standards.wording import condition, counter, option, value_of


def judged_town(province: Province, rule: Rule, town: int) -> CheckupCondition:
    """Judge a town (its place) by a rule."""
    return _judged(province, rule, lambda part: reading(province, part, town), town)


def too_early(province: Province, town: int) -> str | None:
    """Why nothing of a town (its place) can be judged: the year lies before its first dated record."""
    first = first_record(province.snapshot, town)
    if first is None or province.as_of >= first:
        return None
    return f"最早的记录是 {first} 年，{province.as_of} 年如何无从判断"


def unjudged(one: CheckupCondition, reason: str) -> CheckupCondition:
    """The same condition, unknown for a reason, and so all below it."""
    parts = tuple(unjudged(part, reason) for part in one.parts)
    read = None if one.reading is None else Reading(lacking=(reason,))
    found = None if one.found is None else "不详"
    return CheckupCondition(one.part, Outcome.UNKNOWN, one.words, read, found, parts=parts)


def judged_organisation(province: Province, rule: Rule, firm: int) -> CheckupCondition:
    """Judge an organisation (its place) by a rule."""

    def read(part: Condition) -> Reading:
        if not isinstance(part, Leaf):
            raise TypeError(part)
        return _single(part, column(province, part, np.array([firm], np.int32)))

    return _judged(province, rule, read)


def _outcome(truth: int) -> Outcome:
    return (Outcome.FAIL, Outcome.UNKNOWN, Outcome.PASS)[truth]


def _truth(outcome: Outcome) -> int:
    return (Outcome.FAIL, Outcome.UNKNOWN, Outcome.PASS).index(outcome)


def _judged(
    province: Province, rule: Rule, read: Callable[[Condition], Reading], town: int | None = None
) -> CheckupCondition:
    match rule:
        case All() | AnyOf():
            parts = tuple(_judged(province, part, read, town) for part in rule.parts)
            choose = min if isinstance(rule, All) else max
            outcome = _outcome(choose(_truth(part.outcome) for part in parts))
            form = CriterionForm.ALL if isinstance(rule, All) else CriterionForm.ANY
            settled = isinstance(rule, All) or outcome is Outcome.PASS
            least = None if settled else nearest(part.shortfall for part in parts)
            return CheckupCondition(rule, outcome, rule.words or form.words, shortfall=least, parts=parts)
        case Not():
            part = _judged(province, rule.part, read, town)
            outcome = _outcome(2 - _truth(part.outcome))
            missing = None if outcome is Outcome.PASS else _inverted(part)
            return CheckupCondition(
                rule, outcome, rule.words or CriterionForm.NOT.words, shortfall=missing, parts=(part,)
            )
        case Leaf() | Count() | Sum():
            return _condition(province, rule, read(rule), town)


def _condition(province: Province, part: Condition, found: Reading, town: int | None) -> CheckupCondition:
    outcome = _outcome(int(compared(found.column, part.comparison)[0]))
    words = part.words or province.once(("in words", part), lambda: condition(province.snapshot, part))
    missing = None if outcome is Outcome.PASS else shortfall(part, found)
    places = () if town is None else counted_at(province, town, found.counted)
    return CheckupCondition(part, outcome, words, found, said(province, part, found), missing, places=places)


def _inverted(result: CheckupCondition) -> Shortfall | None:
    """How far a condition is from *not* holding; None for other parts."""
    if not isinstance(result.part, Leaf | Count | Sum) or result.reading is None:
        return None
    return opposite_shortfall(result.part, result.reading)


def said(province: Province, part: Condition, found: Reading) -> str:
    """Write what was found: a value, what it lies between, or the classes it may be in; with its note."""
    told = _value(province, part, found)
    return told if found.note is None else f"{told}（{found.note}）"


def _value(province: Province, part: Condition, found: Reading) -> str:
    if found.options is not None:
        words = [option(province.snapshot, part, one) for one in found.options]
        return "或".join(words) if len(words) <= 3 else f"不详（{len(words)} 种可能）"  # noqa: PLR2004 - readable
    type_ = value_of(part)
    return in_amounts(type_ if isinstance(type_, Quantity) else COUNT, counter(part), found)


def in_amounts(type_: Quantity, word: str | None, found: Reading) -> str:
    """Write a number that was found, or what it lies between; `word`: what things are counted by."""
    if found.low == found.high:
        return amount(found.low, type_.unit, word)
    if found.high >= type_.high and found.low <= type_.low:
        known = "" if found.estimate is None else f"，已知部分为 {amount(found.estimate, type_.unit, word)}"
        return f"不详{known}"
    if isinf(found.high):
        return f"至少 {amount(found.low, type_.unit, word)}"
    return span(amount(found.low, type_.unit, word), amount(found.high, type_.unit, word))


def _single(leaf: Leaf, values: Numbers | Options | Answers) -> Reading:
    """Read the only row of a column."""
    unknown = (f"{leaf.measure.words}不详",)
    match values:
        case Numbers():
            low, high = float(values.low[0]), float(values.high[0])
            claims = tuple(values.claims[values.claims >= 0].tolist())
            return Reading(low, high, claims=claims, lacking=() if low == high else unknown)
        case Options():
            options = tuple(n for n, may in zip(values.names, values.possible[0], strict=True) if may)
        case Answers():
            options = {0: (False,), 1: (False, True), 2: (True,)}[int(values.truth[0])]
    return Reading(options=options, lacking=() if len(options) == 1 else unknown)
