"""Conflicts: what sources disagree on, the figure that counts, and why."""

import strawberry

from graph.kinds.metrics import Metric
from queries.evidence.conflicts import Conflicts, conflicts
from schema.language.enums import enum_type
from schema.language.question import Argument, Question

ARGUMENTS = {
    "metric": Argument(enum_type(Metric) | None, "只看此指标（不看供应）；空为全部", None),
    "agreeing": Argument(bool, "也列出另有来源而不矛盾的数值", default=False),
    "same_source": Argument(bool, "同一来源对同一年的两个数值之间也算矛盾", default=False),
    "first": Argument(int, "两个列表各取前几条，1–500", 50),
}
TOWN = {"town": Argument(strawberry.ID | None, "专业镇的标识；空为全部对象", None)}
QUESTIONS = (
    Question(
        "conflicts",
        "来源之间的矛盾：某镇（含其县域与本地主体）或全部",
        conflicts,
        Conflicts,
        arguments=TOWN | ARGUMENTS,
        what_if=False,
    ),
    Question(
        "conflicts",
        "来源之间的矛盾：本镇、其县域与本地主体",
        conflicts,
        Conflicts,
        on="Town",
        arguments=ARGUMENTS,
        what_if=False,
    ),
)
