"""Offers: every benefit as a year sees it: who offers it, if it is in force, and by which rule."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from json import dumps

import networkx as nx

from graph.criteria import All, AnyOf, Arguments, Comparison, Leaf, Not, Operator, Rule, parse_rule
from graph.errors import InvalidRule
from graph.kinds.terms import BenefitRecipient, BenefitResource
from graph.snapshot.index import NodeIndex
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import valid_in
from queries.links import known
from queries.policies.reach import PolicyValidity, reach_rule, validity

EVERYONE = "没有载明条件：适用范围内的主体都可享"
NO_POLICY = "没有政策文件提供它：效力与适用范围不详，不作判断"
ONCE = "每户只享一次，往年没有享受过"
NO_REACH = "政策文件没有登记适用区域、专业镇或行业：适用范围不详，不作判断"
_ORDER = (PolicyValidity.IN_FORCE, PolicyValidity.NOT_YET, PolicyValidity.EXPIRED)
"""Of several policies that offer one benefit the first of these counts."""


@dataclass(frozen=True, slots=True, eq=False)
class Offer:
    """One benefit in a year."""

    benefit: NodeIndex
    policies: tuple[NodeIndex, ...]
    """Those that count: of several the ones in force."""
    validity: PolicyValidity | None
    """None: no policy offers it."""
    reach: Rule | None
    conditions: Rule | None
    """What it asks, its own `received` read before the year, and that who had it once has not had it yet."""
    note: str | None
    """Why it can't be judged, or what has to be said beside a judgement."""
    recipient: BenefitRecipient
    resource: BenefitResource
    amount: float | None
    """Yuan a recipient; None: not stated."""
    once: bool
    """Whether nobody gets it twice."""

    @property
    def rule(self) -> Rule | None:
        """Reach and conditions together; None: it can't be judged."""
        if self.reach is None:
            return None
        parts = (self.reach,) if self.conditions is None else (self.reach, self.conditions)
        return All(parts, path="", words="在适用范围内，且符合条件")


def offers(snapshot: Snapshot, as_of: int) -> list[Offer]:
    """Read all benefits, in the order of their ids."""
    edges, found = snapshot.relations["OFFERS"], list[Offer]()
    held = valid_in(edges, as_of)
    by = {row: edges.start[held & (edges.end == row)].tolist() for row in snapshot.nodes["Benefit"].rows}
    needs = {row: _stored(snapshot, row) for row in by}
    circular = _circular(snapshot, {row: rule for row, (rule, _) in needs.items() if rule is not None})
    for row, policies in by.items():
        found.append(_offer(snapshot, row, policies, needs[row], circular.get(row), as_of))
    return found


def before_the_year(rule: Rule, benefit: str) -> Rule:
    """Let a benefit's conditions on itself look at the years before: whoever receives it now could.

    Without this a benefit given once would count against itself in the very year in which it was given.
    """
    match rule:
        case All() | AnyOf():
            return replace(rule, parts=tuple(before_the_year(part, benefit) for part in rule.parts))
        case Not():
            return replace(rule, part=before_the_year(rule.part, benefit))
        case Leaf() if rule.measure.name == "received" and benefit in rule.arguments.ids("benefit"):
            return _split(rule, benefit)
        case _:
            return rule


def _split(leaf: Leaf, benefit: str) -> Rule:
    others = tuple(id for id in leaf.arguments.ids("benefit") if id != benefit)
    own = _about(leaf, (benefit,), "before")
    if not others:
        return own
    both = (replace(own, comparison=_yes()), replace(_about(leaf, others), comparison=_yes()))
    together = AnyOf(both, path=leaf.path, words=leaf.words)
    return together if leaf.comparison.threshold is True else Not(together, path=leaf.path, words=leaf.words)


def _yes() -> Comparison:
    return Comparison(Operator.EQUALS, threshold=True)


def _about(leaf: Leaf, benefits: tuple[str, ...], *flags: str) -> Leaf:
    given = dict(leaf.arguments.pairs) | {"benefit": benefits} | dict.fromkeys(flags, True)
    return replace(leaf, arguments=Arguments(tuple(given.items())))


def _not_yet(benefit: str) -> Rule:
    """What a benefit that is given once asks besides: no receipt of an earlier year.

    Whoever has none on record has not had it, even where nobody keeps the books: who had it can't be told
    from who didn't, and all of them would be left in doubt.
    """
    asked = {"measure": "received", "with": {"benefit": [benefit]}, "equals": False, "words": ONCE}
    leaf = parse_rule(dumps(asked))
    if not isinstance(leaf, Leaf):
        raise TypeError(leaf)
    return replace(_about(leaf, (benefit,), "before", "recorded"), path="once")


def _offer(  # noqa: PLR0913, PLR0917 - what a benefit is made of
    snapshot: Snapshot,
    row: NodeIndex,
    policies: Sequence[NodeIndex],
    stored: tuple[Rule | None, str | None],
    circular: str | None,
    as_of: int,
) -> Offer:
    table = snapshot.nodes["Benefit"]
    place, (conditions, fault) = row - table.first, stored
    states = {policy: validity(snapshot, policy, as_of) for policy in dict.fromkeys(policies)}
    best = next((state for state in _ORDER if state in states.values()), None)
    counting = tuple(policy for policy, state in states.items() if state is best)
    rules = [rule for policy in counting if (rule := reach_rule(snapshot, policy, as_of)) is not None]
    reach = rules[0] if len(rules) == 1 else AnyOf(tuple(rules), path="reach", words="在任一政策适用范围内")
    why = NO_POLICY if best is None else NO_REACH if not rules else fault
    recipient, once = int(table["recipient"][place]), bool(table["once"][place] == 1)
    asked = [rule for rule in (conditions, _not_yet(snapshot.id_of(row)) if once else None) if rule]
    return Offer(
        row,
        counting,
        best,
        None if why else reach,
        All(tuple(asked), path="conditions", words="符合条件") if len(asked) > 1 else next(iter(asked), None),
        why or circular or (EVERYONE if conditions is None else None),
        list(BenefitRecipient)[recipient] if recipient >= 0 else BenefitRecipient.ORGANISATION,
        list(BenefitResource)[table["resource"][place]],
        known(float(table["amount"][place])),
        once,
    )


def _stored(snapshot: Snapshot, row: int) -> tuple[Rule | None, str | None]:
    """Read the conditions of a benefit, and what is wrong with them."""
    table = snapshot.nodes["Benefit"]
    text = table["criteria"][row - table.first]
    if not text:
        return None, None
    try:
        return before_the_year(parse_rule(text), snapshot.id_of(row)), None
    except InvalidRule as fault:
        return None, f"条件有误，不作判断：{'.'.join(fault.path)}：{fault}"


def _circular(snapshot: Snapshot, rules: dict[NodeIndex, Rule]) -> dict[NodeIndex, str]:
    """Find benefits that nobody can begin to receive, since each has to be received before the other."""
    needed = nx.DiGraph()
    for row, rule in rules.items():
        asked = (snapshot.find(id) for id in _asked_before(rule))
        needed.add_edges_from((row, other) for other in asked if other is not None)
    found = dict[NodeIndex, str]()
    for group in nx.strongly_connected_components(needed):
        if len(group) > 1 or any(needed.has_edge(row, row) for row in group):
            names = "、".join(snapshot.name_of(row) for row in sorted(group))
            found |= dict.fromkeys(group, f"条件互为前提（{names}）：没有享受记录的主体无从开始享受")
    return found


def _asked_before(rule: Rule) -> set[str]:
    """Ids of the benefits that must have been received for a rule to hold."""
    match rule:
        case All():
            return set(chain.from_iterable(map(_asked_before, rule.parts)))
        case AnyOf():
            return set.intersection(*map(_asked_before, rule.parts))
        case Leaf() if rule.measure.name == "received" and rule.comparison.threshold is True:
            ids = rule.arguments.ids("benefit")
            return set(ids) if len(ids) == 1 else set()
        case _:
            return set()
