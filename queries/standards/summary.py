"""Summary: a judged rule in one line, with what each condition comes to."""

from collections.abc import Iterator

from graph.criteria import Count, Leaf, Rule, Sum
from queries.standards.verdicts import CheckupCondition, CriterionForm, Outcome
from queries.standards.wording import title

_SHORT = {"leading_enterprises": "龙头", "supporting_households": "配套户"}


def in_a_line(result: CheckupCondition) -> str:
    """Write each condition of a result in a few words; conditions of one title by their own words."""
    parts = [*_conditions(result)]
    titles = [_label(part.part) for part in parts]
    labels = [t if titles.count(t) == 1 else p.words for t, p in zip(titles, parts, strict=True)]
    said = [_line(label, part) for label, part in zip(labels, parts, strict=True)]
    return f"{_name(result.outcome)}：{'，'.join(said)}"


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


def _line(label: str, result: CheckupCondition) -> str:
    if result.form is CriterionForm.NOT:
        inner = "，".join(f"{_label(part.part)} {part.found}" for part in _conditions(result.parts[0]))
        mark = {Outcome.PASS: " ✓", Outcome.FAIL: "，不符", Outcome.UNKNOWN: "，待核"}[result.outcome]
        return f"不得：{inner}{mark}"
    match result.outcome:
        case Outcome.PASS:
            return f"{label} {result.found} ✓"
        case Outcome.FAIL:
            return f"{label} {result.found}，{result.shortfall.words if result.shortfall else '不符'}"
        case Outcome.UNKNOWN:
            return f"{label} {result.found}，待核"


def _name(outcome: Outcome) -> str:
    return outcome.words.split("：", maxsplit=1)[0]
