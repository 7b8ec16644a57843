"""Hypothetical extraction of an organisation."""

from graph.kinds.terms import OrganisationForm
from queries.linkage.extraction import Extraction, ExtractionForm, extraction
from schema.answers.linkages import CAP
from schema.language.enums import enum_type
from schema.language.question import Argument, Question

QUESTIONS = (
    Question(
        "extraction",
        "带动效应：假设抽取法，停产时损失的产出、依赖最深的供应商、合作社与农场",
        extraction,
        Extraction,
        on="Organisation",
        arguments={
            "form": Argument(enum_type(ExtractionForm), "抽取方式", ExtractionForm.TOTAL),
            "organisation_form": Argument(
                enum_type(OrganisationForm) | None, "dependents 只列此形式的主体；空为全部", None
            ),
            "cap": CAP,
            "first": Argument(int, "dependents 取前几个，1–500", 20),
        },
        weight=50,
    ),
)
