"""Tier of a town by its output: which it is in, how far the next are, when its own growth would get there."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, isfinite, log
from typing import Annotated

import numpy as np

from graph.criteria import ClassEntry, Classes, Leaf, Operator, Subject
from graph.errors import BadInput
from graph.kinds.facts import Claim
from graph.kinds.metrics import Metric, Unit
from graph.kinds.papers import Standard
from graph.kinds.results import result
from graph.kinds.terms import Scope, StandardPurpose
from graph.snapshot.claims import REACHES, Measure, ScopeReach, figures, headline
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import MISSING, code
from graph.snapshot.years import alive
from queries.answer import Answer, Formula
from queries.levels import row_of_kind
from queries.provenance import Rows
from queries.standards.amounts import amount
from queries.standards.documents import StandardClassOption, class_of, held_document, not_yet_in_force
from queries.standards.measures import Province
from queries.standards.measures.towns import stated_figure

GROWTH_YEARS = 3
FARTHEST = 100
"""Years beyond which no extrapolation is told."""
STALE_YEARS = 5
FORMULA = Formula(
    "output-tier",
    "产值档次",
    1,
    "到达年份是按本镇近三年自身年均增速外推的算术结果，不是预测，也不是规划；"
    "产值口径见 scope：部分口径的产值只是下限，更大范围的只是上限。",
)


@result("本镇近三年的产值年均增速")
@dataclass(frozen=True, slots=True)
class OwnGrowth:
    """How output grew: (now ÷ then)^(1 ÷ years) − 1."""

    from_year: Annotated[int, "起始年份"]
    to_year: Annotated[int, "终止年份：产值所属年份"]
    from_value: Annotated[float, "起始年份的产值（元/年）"]
    rate: Annotated[float, "年均增速（0.1 为 10%）"]
    claim: Annotated[NodeIndex, Claim, "起始年份所用的事实"]


@result("尚未达到的一个档次")
@dataclass(frozen=True, slots=True)
class TierAhead:
    """A tier that is not surely reached."""

    id: Annotated[str, "档次标识"]
    words: Annotated[str, "档次"]
    threshold: Annotated[float | None, "产值下限（元/年）；空为此档不以产值下限划分"]
    distance: Annotated[float | None, "还差的产值（元/年），按来源给出的数；空为不详"]
    needed: Annotated[float | None, "需在所得产值上增长的比例（0–1）；空为不详"]
    reach_year: Annotated[int | None, "按自身增速外推的到达年份；空为达不到或不详，见 reachWords"]
    reach_words: Annotated[str, "外推的说明"]


@result("另一口径的产值")
@dataclass(frozen=True, slots=True)
class OtherScopeOutput:
    """The output in another scope: that of a wider area is no less than the town's."""

    scope: Annotated[Scope, "口径"]
    value: Annotated[float, "产值（元/年）"]
    year: Annotated[int | None, "所属年份；空为未注明"]
    claim: Annotated[NodeIndex, Claim, "所用的事实"]


@result("产值档次：在哪一档，离更高档次多远")
@dataclass(frozen=True, slots=True)
class TownTier(Answer):
    """A town's tier."""

    standard: Annotated[NodeIndex, Standard, "分档标准"]
    output: Annotated[float | None, "产值（元/年）；空为没有来源给出"]
    scope: Annotated[Scope | None, "产值的口径：全镇整体，没有则为首个有数值的口径；空为没有"]
    year: Annotated[int | None, "产值所属年份；空为未注明或没有"]
    claim: Annotated[NodeIndex | None, Claim, "所用的事实；空为没有"]
    options: Annotated[Sequence[StandardClassOption], "可能的档次，从高到低；只有一种即为结论"]
    own_growth: Annotated[OwnGrowth | None, "近三年的年均增速；空为两个年份的产值不全"]
    ahead: Annotated[Sequence[TierAhead], "尚未达到的档次，近者在前；产值不详者没有"]
    other_scopes: Annotated[
        Sequence[OtherScopeOutput], "其他口径的产值：没有本镇产值时，更大范围的作上限；此外不作分档依据"
    ]
    options_in_words: Annotated[str, "可能的档次，几个字"]
    in_words: Annotated[str, "一句话"]
    note: Annotated[str | None, "须一并说明的话；空为没有"]


@dataclass(frozen=True, slots=True)
class _Output:
    """The output that a tier is taken from."""

    scope: Scope
    value: float
    year: int | None
    claim: NodeIndex
    at_least: bool
    """Whether the output may be more: so it was stated, or it is that of a part."""


def tier(snapshot: Snapshot, id: str, *, as_of: int, standard: str | None = None) -> TownTier:
    """Class a town by its newest output; `standard` None: the one for towns that holds in the year."""
    row = row_of_kind(snapshot, id, "Town")
    asked = standard or _only_standard(snapshot, as_of)
    held, document = held_document(snapshot, asked, Classes)
    classed = class_of(snapshot, id, as_of=as_of, standard=asked)
    province, town = Province(snapshot, as_of), row - snapshot.nodes["Town"].first
    output = _headline(province, row)
    grown = output and _growth(province, town, output)
    ahead = [] if output is None else _ahead(document, output, grown, as_of)
    others = _others(province, row, output)
    classes = _classes(document, classed.options)
    bounded = output is None and len(classed.options) < len(document.classes)
    limits = [one for one in others if bounded and REACHES[one.scope] is ScopeReach.WIDER]
    claims = [one.claim for one in (output, grown, *limits) if one]
    first = snapshot.nodes["Claim"].first
    lacking = f"截至 {as_of} 年没有来源给出本镇产值"
    missing = f"{lacking}：无从分档"
    without = f"{classes}：{lacking}，{_named(limits)}是它的上限" if bounded else missing
    return TownTier(
        held,
        output and output.value,
        output and output.scope,
        output and output.year,
        output and output.claim,
        classed.options,
        grown,
        ahead,
        others,
        classes,
        without if output is None else _in_words(classes, output, ahead),
        _note(snapshot, held, as_of, output, [] if bounded else others),
        method=FORMULA.method(
            snapshot,
            as_of,
            {"town": id, "standard": standard},
            used=lambda: Rows(claims=np.array(claims, np.int32) - np.int32(first)),
        ),
        unknown_reason=missing if output is None and not bounded else None,
    )


def years_to(value: float, threshold: float, rate: float) -> int | None:
    """In how many years a value grows to a threshold at a yearly rate; None: never.

    >>> years_to(70e8, 100e8, 0.1), years_to(70e8, 100e8, 0.0), years_to(100e8, 100e8, -0.1)
    (4, None, 0)
    """
    if value >= threshold:
        return 0
    if rate <= 0 or value <= 0:
        return None
    years = max(0, ceil(log(threshold / value) / log(1 + rate)) - 1)
    return years if value * (1 + rate) ** years >= threshold else years + 1


def _only_standard(snapshot: Snapshot, as_of: int) -> str:
    """Find the one standard that tiers towns; raises BadInput when there is none, or more than one."""
    table = snapshot.nodes["Standard"]
    places = np.flatnonzero(alive(table, as_of) & (table["purpose"] == code(StandardPurpose.CLASSES)))
    ids = [str(table["id"][place]) for place in places.tolist()]
    of_towns = [id for id in ids if held_document(snapshot, id, Classes)[1].subject is Subject.TOWN]
    if len(of_towns) != 1:
        found = "、".join(of_towns) or "没有"
        raise BadInput(f"standard：请给出专业镇分档标准；图中可用：{found}", "standard")
    return of_towns[0]


def _headline(province: Province, row: NodeIndex) -> _Output | None:
    """Take the output that speaks for a town; one of a wider area says only what it is not more than."""
    found = headline(province.snapshot, row, Metric.OUTPUT_VALUE, province.as_of)
    return (
        None if found is None or REACHES[found[0]] is ScopeReach.WIDER else _output(province, row, found[0])
    )


def _output(province: Province, row: NodeIndex, scope: Scope) -> _Output | None:
    snapshot = province.snapshot
    found = figures(snapshot, Measure(Metric.OUTPUT_VALUE, scope), province.as_of)
    place = int(np.searchsorted(found.subject, row))
    if place == len(found) or found.subject[place] != row:
        return None
    year, claim = int(found.year[place]), int(found.claim[place])
    read = stated_figure(province, row - snapshot.nodes["Town"].first, Metric.OUTPUT_VALUE, scope)
    return _Output(
        scope,
        float(found.value[place]),
        None if year == MISSING else year,
        NodeIndex(claim + snapshot.nodes["Claim"].first),
        REACHES[scope] is ScopeReach.PART or (read is not None and not isfinite(read.high)),
    )


def _growth(province: Province, town: int, output: _Output) -> OwnGrowth | None:
    if output.year is None:
        return None
    then = stated_figure(province, town, Metric.OUTPUT_VALUE, output.scope, year=output.year - GROWTH_YEARS)
    if then is None or then.low != then.high or then.low <= 0:
        return None
    rate = (output.value / then.low) ** (1 / GROWTH_YEARS) - 1
    return OwnGrowth(output.year - GROWTH_YEARS, output.year, then.low, rate, then.claims[0])


def _ahead(document: Classes, output: _Output, grown: OwnGrowth | None, as_of: int) -> list[TierAhead]:
    """List the tiers above the value, nearest first; the last class, which takes all the rest, is none."""
    tiers = [(entry, _threshold(entry)) for entry in document.classes if entry.criteria is not None]
    open_ = [(entry, at) for entry, at in reversed(tiers) if at is None or at > output.value]
    return [_tier(entry, at, (output, grown, as_of)) for entry, at in open_]


def _threshold(entry: ClassEntry) -> float | None:
    """The output from which a class begins; None: it is not made so."""
    rule = entry.criteria
    if not isinstance(rule, Leaf) or rule.measure.name != "output_value":
        return None
    if rule.arguments.term("scope", Scope) not in {None, Scope.WHOLE}:
        return None
    at = rule.comparison.threshold
    plain = rule.comparison.operator is Operator.AT_LEAST and isinstance(at, int | float)
    return float(at) if plain and isinstance(at, int | float) else None


def _tier(entry: ClassEntry, at: float | None, basis: tuple[_Output, OwnGrowth | None, int]) -> TierAhead:
    output, grown, as_of = basis
    if at is None:
        return TierAhead(entry.id, entry.words, None, None, None, None, "此档不以产值下限划分：不外推")
    distance = at - output.value
    needed = distance / output.value if output.value > 0 else None
    year, words = _reach(at, output, grown, as_of)
    return TierAhead(entry.id, entry.words, at, distance, needed, year, words)


def _reach(at: float, output: _Output, grown: OwnGrowth | None, as_of: int) -> tuple[int | None, str]:
    if output.year is None or grown is None:
        lacks = "产值未注明年份"
        if output.year is not None:
            lacks = f"没有来源给出 {output.year - GROWTH_YEARS} 年的产值"
        return None, f"{lacks}：增速不详，不外推"
    rate = amount(grown.rate, Unit.SHARE)
    basis = f"按 {grown.from_year}—{grown.to_year} 年自身年均增速 {rate} 外推"
    years = years_to(output.value, at, grown.rate)
    if years is None:
        return None, f"{basis}：增速不为正，照此达不到"
    if years > FARTHEST:
        return None, f"{basis}：{FARTHEST} 年内达不到"
    year = output.year + years
    if year <= as_of:
        return year, f"{basis}，{year} 年应已达到，尚没有更新的产值证实；是外推，不是预测"
    return year, f"{basis}，{'至迟 ' if output.at_least else ''}{year} 年达到；是外推，不是预测"


def _others(province: Province, row: NodeIndex, taken: _Output | None) -> list[OtherScopeOutput]:
    left = [scope for scope in Scope if taken is None or scope is not taken.scope]
    found = ((scope, _output(province, row, scope)) for scope in left)
    return [OtherScopeOutput(scope, one.value, one.year, one.claim) for scope, one in found if one]


def _classes(document: Classes, options: Sequence[StandardClassOption]) -> str:
    """Name the tiers that a town may be in: all of them say nothing, all down to one are a lower bound."""
    ids, known = [one.id for one in options], [one.id for one in document.classes]
    if len(ids) > 1 and ids == known[: len(ids)]:
        lowest = options[-1].words
        return f"不详：{options[0].words}至{lowest}都有可能" if ids == known else f"{lowest}以上"
    return "或".join(one.words for one in options)


def _in_words(classes: str, output: _Output, ahead: Sequence[TierAhead]) -> str:
    when = "年份不详" if output.year is None else f"{output.year} 年"
    bound = "不少于 " if output.at_least else ""
    whose = "" if output.scope is Scope.WHOLE else f"（{output.scope.words}）"
    said = [f"{classes}：{when}产值{whose} {bound}{amount(output.value, Unit.YUAN)}"]
    if ahead and ahead[0].distance is not None:
        most = "至多差" if output.at_least else "差"
        said.append(f"距{ahead[0].words}{most} {amount(ahead[0].distance, Unit.YUAN)}")
        said.append(ahead[0].reach_words)
    return "；".join(said)


def _named(others: Sequence[OtherScopeOutput]) -> str:
    return "、".join(f"{one.scope.words}产值 {amount(one.value, Unit.YUAN)}" for one in others)


def _note(
    snapshot: Snapshot,
    standard: NodeIndex,
    as_of: int,
    output: _Output | None,
    others: Sequence[OtherScopeOutput],
) -> str | None:
    said = [not_yet_in_force(snapshot, standard, as_of)]
    if output and output.year is not None and as_of - output.year > STALE_YEARS:
        said.append(f"产值是 {output.year} 年的，已过 {as_of - output.year} 年")
    if output is None and others:
        said.append(f"另有{_named(others)}，不作分档依据")
    return "；".join(filter(None, said)) or None
