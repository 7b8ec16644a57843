"""The questions that can be asked of the snapshot, all of them."""

from typing import Any

from schema import drive, leontief, position
from schema.questions import Question

QUESTIONS: tuple[Question, ...] = (
    *leontief.QUESTIONS,
    *position.QUESTIONS,
    *drive.QUESTIONS,
)


def fields_on(kind: str | None) -> dict[str, Any]:
    """Make the fields that a kind is asked by; None: those at the root."""
    return {question.name: question.field() for question in QUESTIONS if question.on == kind}
