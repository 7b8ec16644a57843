"""Summary: a judged rule in one line, with what each condition comes to."""

from collections.abc import Iterator

from graph.criteria import Count, Group, Leaf, Rule, Sum
from graph.kinds.terms import Proximity
from graph.snapshot.snapshot import Snapshot
from queries.standards.places import WORDS, in_words
from queries.standards.verdicts import CheckupCondition, CriterionForm, Outcome
from queries.standards.wording import title

_SHORT = {"leading_enterprises": "龙头", "supporting_households": "配套户"}


PREFERRED = {Outcome.PASS: "满足", Outcome.FAIL: "未满足", Outcome.UNKNOWN: "待核"}


def in_lines(snapshot: Snapshot, result: CheckupCondition, prefer: CheckupCondition | None) -> str:
    """Write what is required, and behind it what is preferred, marked as such."""
    first = f"{_name(result.outcome)}：{in_a_line(snapshot, result)}"
    if prefer is None:
        return first
    return f"{first}；优先条件（不影响是否通过）{PREFERRED[prefer.outcome]}：{in_a_line(snapshot, prefer)}"


def in_a_line(snapshot: Snapshot, result: CheckupCondition) -> str:
    """Write each condition of a result in a few words; conditions of one title by their own words."""
    parts = [*_conditions(result)]
    titles = [_label(part.part) for part in parts]
    labels = [t if titles.count(t) == 1 else p.words for t, p in zip(titles, parts, strict=True)]
    said = [_line(label, part, _places(snapshot, part)) for label, part in zip(labels, parts, strict=True)]
    return "，".join(said)


def _places(snapshot: Snapshot, result: CheckupCondition) -> str:
    """Say where those counted are: always of households, of others when some are not in the county."""
    words = {WORDS[one.proximity] for one in result.places}
    if not result.places or (words == {WORDS[Proximity.TOWN]} and not _of_households(result.part)):
        return ""
    return f"（{in_words(snapshot, result.places)}）"


def _of_households(part: Rule) -> bool:
    if isinstance(part, Leaf):
        return part.measure.name == "supporting_households"
    return isinstance(part, Count | Sum) and part.group is Group.HOUSEHOLDS


def _conditions(result: CheckupCondition) -> Iterator[CheckupCondition]:
    """Yield what is told one by one: what must not hold is told as one."""
    if result.form is CriterionForm.NOT or not result.parts:
        yield result
    else:
        for part in result.parts:
            yield from _conditions(part)


def _label(part: Rule) -> str:
    if isinstance(part, Leaf):
        return _SHORT.get(part.measure.name, part.measure.words)
    return title(part) if isinstance(part, Count | Sum) else ""


def _line(label: str, result: CheckupCondition, places: str) -> str:
    if result.form is CriterionForm.NOT:
        inner = "，".join(f"{_label(part.part)} {part.found}" for part in _conditions(result.parts[0]))
        mark = {Outcome.PASS: " ✓", Outcome.FAIL: "，不符", Outcome.UNKNOWN: "，待核"}[result.outcome]
        return f"不得：{inner}{mark}"
    match result.outcome:
        case Outcome.PASS:
            return f"{label} {result.found} ✓{places}"
        case Outcome.FAIL:
            short = result.shortfall.words if result.shortfall else "不符"
            return f"{label} {result.found}{places}，{short}"
        case Outcome.UNKNOWN:
            return f"{label} {result.found}{places}，待核"


def _name(outcome: Outcome) -> str:
    return outcome.words.split("：", maxsplit=1)[0]
