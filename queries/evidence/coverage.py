"""Coverage: how much of what one condition of a standard needs of a town is known, and what is missing."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.criteria import Leaf
from graph.kinds.results import As, result
from queries.evidence.requirements import Requirement
from queries.standards.judgement import judged_town, too_early
from queries.standards.measures import TOWN, Province
from queries.standards.measures.coverage import CoverageState, group_covered, having
from queries.standards.measures.rosters import roster
from queries.standards.verdicts import Outcome


@result("认定标准的一项条件，及判断它所需的数据掌握多少")
@dataclass(frozen=True, slots=True)
class RequiredFact(Requirement):
    """How much is known of one need, and what is missing."""

    state: Annotated[CoverageState, "掌握程度"]
    known: Annotated[int, "所涉者中有数据的个数"]
    of: Annotated[int, "所涉个数：已登记的主体数，或 1（本镇的一个数值）"]
    reason: Annotated[str | None, "缺什么；空为不缺"]
    outcome: Annotated[Outcome, "按已知数据此项条件的判断：已定者（通过、未通过）不待补齐所缺"]

    @property
    def measured(self) -> Annotated[str | None, "指标名；空为对主体计数或合计", As("measure")]:
        """Name of its measure."""
        return self.measure and self.measure.name


def required_fact(province: Province, town: int, need: Requirement) -> RequiredFact:
    """How much is known of what one condition needs of a town (its place)."""
    if isinstance(need.part, Leaf):
        covered = TOWN[need.part.measure.name].covered(province, town, need.part.arguments)
    else:
        firms = roster(province, town, need.part.group).firms
        known = np.ones(len(firms), np.bool_)
        for metric in need.metrics:
            known &= having(province, firms, metric)
        if need.needs_founding:
            known &= ~np.isnat(province.firms["foundedOn"][firms])
        words = "、".join([m.words for m in need.metrics] + ["成立日期"] * need.needs_founding)
        covered = group_covered(province, town, need.part.group, known, words)
    early = too_early(province, town)
    outcome = Outcome.UNKNOWN if early else judged_town(province, need.part, town).outcome
    return RequiredFact(need.standard, need.path, need.words, need.part, need.priority, *covered, outcome)
