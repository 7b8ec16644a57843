"""The questions that can be asked of the snapshot, all of them."""

from typing import Any

from schema import whatif
from schema.answers import (
    candidates,
    cascade,
    checkup,
    chokepoints,
    communities,
    concentration,
    extraction,
    gaps,
    groups,
    linkages,
    matches,
    paths,
    position,
    relatedness,
    sankey,
    similarity,
    sourcing_rate,
    suggestions,
    walks,
)
from schema.language.question import Question

QUESTIONS: tuple[Question, ...] = (
    *walks.QUESTIONS,
    *paths.QUESTIONS,
    *linkages.QUESTIONS,
    *position.QUESTIONS,
    *extraction.QUESTIONS,
    *cascade.QUESTIONS,
    *sourcing_rate.QUESTIONS,
    *relatedness.QUESTIONS,
    *similarity.QUESTIONS,
    *suggestions.QUESTIONS,
    *sankey.QUESTIONS,
    *chokepoints.QUESTIONS,
    *communities.QUESTIONS,
    *concentration.QUESTIONS,
    *checkup.QUESTIONS,
    *candidates.QUESTIONS,
    *matches.QUESTIONS,
    *groups.QUESTIONS,
    *gaps.QUESTIONS,
)


def fields_on(kind: str | None) -> dict[str, Any]:
    """Make the fields that a kind is asked by; None: those at the root."""
    fields = {question.name: question.field() for question in QUESTIONS if question.on == kind}
    return fields if kind else {**fields, "whatIf": whatif.whatif_field(QUESTIONS)}
