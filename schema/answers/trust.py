"""What makes data trusted: conflicts, histories, completeness, changes, identity; not for what-ifs."""

from typing import Any

from schema.answers import changes, completeness, conflicts, histories, identity
from schema.language.question import Question

QUESTIONS: tuple[Question, ...] = (
    *conflicts.QUESTIONS,
    *completeness.QUESTIONS,
    *histories.QUESTIONS,
    *identity.QUESTIONS,
)


def fields_on(kind: str | None) -> dict[str, Any]:
    """Make the fields that a kind is asked by; None: those at the root."""
    fields = {question.name: question.field() for question in QUESTIONS if question.on == kind}
    return {**fields, **changes.TOWN} if kind == "Town" else fields
