"""Histories: of a figure over the years, and of an organisation's relations."""

import strawberry

from graph.kinds.metrics import Metric
from graph.kinds.terms import Scope
from queries.evidence.history import History, history
from queries.evidence.relation_history import RelationHistory, relation_history
from schema.language.enums import enum_type
from schema.language.question import Argument, Question

QUESTIONS = (
    Question(
        "history",
        "一项数值的来历：历年谁怎么说，哪年采用哪一条",
        history,
        History,
        arguments={
            "subject": Argument(strawberry.ID, "所述对象的标识"),
            "metric": Argument(enum_type(Metric), "指标"),
            "scope": Argument(enum_type(Scope), "数值口径", Scope.WHOLE),
            "product": Argument(strawberry.ID | None, "所指产品；空为不分产品的数值", None),
        },
        what_if=False,
    ),
    Question(
        "history",
        "关系的来历：历年与谁有何关系，谁说的",
        relation_history,
        RelationHistory,
        on="Organisation",
        arguments={"first": Argument(int, "取前几条，1–500", 50)},
        what_if=False,
    ),
)
