"""The drive of an organisation: hypothetical extraction."""

from graph.kinds.terms import OrganisationForm
from queries.linkage.extraction import Drive, Extraction, drive
from schema.answers.linkages import CAP
from schema.language.enums import enum_type
from schema.language.question import Argument, Question

QUESTIONS = (
    Question(
        "drive",
        "带动效应：假设抽取法，停产时损失的产出、依赖最深的供应商、合作社与农场",
        drive,
        Drive,
        on="Organisation",
        arguments={
            "extraction": Argument(enum_type(Extraction), "抽取方式", Extraction.TOTAL),
            "form": Argument(
                enum_type(OrganisationForm) | None, "dependents 只列此形式的主体；空为全部", None
            ),
            "cap": CAP,
            "first": Argument(int, "dependents 取前几个，1–500", 20),
        },
    ),
)
