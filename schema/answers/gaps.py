"""Gaps of a town: what is missing or weak, why, what to do about it, and what matters most."""

from queries.gaps.gaps import Gaps, gaps
from queries.gaps.rows import Gap
from queries.gaps.terms import GapAction
from schema.answers.candidates import candidates_field
from schema.language.enums import enum_type
from schema.language.publish import published
from schema.language.question import Argument, Question

published(Gap, candidates=candidates_field())
QUESTIONS = (
    Question(
        "gaps",
        "缺链：补链、强链、延链、保供，各按价值、关键性、可行性排序",
        gaps,
        Gaps,
        on="Town",
        arguments={
            "action": Argument(enum_type(GapAction) | None, "只问一种做法；空为四种", None),
            "first": Argument(int, "总览与每种做法各取前几行，1–500", 20),
            "include_covered": Argument(bool, "是否也列出已有的环节", default=False),
            "value_weight": Argument(float, "价值的权重（≥ 0）", 0.5),
            "criticality_weight": Argument(float, "关键性的权重（≥ 0）", 0.3),
            "feasibility_weight": Argument(float, "可行性的权重（≥ 0）", 0.2),
            "local_share_below": Argument(float, "本地配套率低于此为薄弱（0–1）", 0.4),
            "hhi_at_least": Argument(float, "采购集中度不低于此为采购集中（0–1）", 0.5),
            "makers_enough": Argument(int, "本地生产者达到几家，采购集中便不算薄弱：可换（1–500）", 3),
        },
        weight=20,
    ),
)
