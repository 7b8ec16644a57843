"""The drive of an organisation: hypothetical extraction."""

from typing import Any

from graph.kinds.terms import OrganisationForm
from queries.linkage.drive import Extraction, drive
from schema.enums import enum_type
from schema.leontief import CAP
from schema.members import member_field
from schema.methods import answer_type
from schema.questions import Argument, Question
from schema.results import node_field, result_type, results_field, value_field

FormName: Any = enum_type(OrganisationForm)

DependentType = result_type(
    "Dependent",
    "依赖此主体的主体",
    organisation=node_field("Organisation", "主体", lambda row: row.row),
    loss=value_field("损失的产出（元/年）", float, lambda row: row.loss),
    share=value_field("占其自身产出的比例（0–1）", float, lambda row: row.share),
)
LossByMember = result_type(
    "LossByMember",
    "一个镇或区划的损失合计",
    member=member_field(lambda group: group.row),
    organisations=value_field("有损失的主体数", int, lambda group: group.organisations),
    loss=value_field("损失的产出（元/年）", float, lambda group: group.loss),
)
LossByForm = result_type(
    "LossByForm",
    "一种主体形式的损失合计",
    form=value_field("主体形式", FormName, lambda group: group.form),
    organisations=value_field("有损失的主体数", int, lambda group: group.organisations),
    loss=value_field("损失的产出（元/年）", float, lambda group: group.loss),
)


def _figure(words: str, name: str) -> Any:
    return value_field(words, float | None, lambda found: getattr(found, name))


DriveType = answer_type(
    "Drive",
    "带动效应：假如此主体停产，核算上会损失的产出；数值为空即不详，见 unknown",
    total=_figure("总损失（元/年）：含本身产出", "total"),
    own=_figure("其中本身的产出（元/年）", "own"),
    indirect=_figure("其中其他主体的产出（元/年）", "indirect"),
    local=_figure("其他主体的损失中，同镇主体的部分（元/年）；空为不属任何镇", "local"),
    per_yuan=_figure("每 1 元产出带动其他主体的产出（元）", "per_yuan"),
    share=_figure("总损失占全部已知产出的比例（0–1）", "share"),
    dependents=results_field("损失占自身产出比例大者在前", DependentType, lambda found: found.dependents),
    by_form=results_field("按主体形式（不含本身）", LossByForm, lambda found: found.by_form),
    by_town=results_field("按专业镇（不含本身；属多个镇者均分）", LossByMember, lambda found: found.by_town),
    by_region=results_field("按县级区划（不含本身）", LossByMember, lambda found: found.by_region),
)
QUESTIONS = (
    Question(
        "drive",
        "带动效应：假设抽取法，停产时损失的产出、依赖最深的供应商、合作社与农场",
        drive,
        DriveType,
        on="Organisation",
        arguments={
            "extraction": Argument(enum_type(Extraction), "抽取方式", Extraction.TOTAL),
            "form": Argument(FormName | None, "dependents 只列此形式的主体；空为全部", None),
            "cap": CAP,
            "first": Argument(int, "dependents 取前几个，1–500", 20),
        },
    ),
)
