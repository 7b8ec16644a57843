"""The questions that can be asked of the snapshot: all that the modules of `schema/answers` declare."""

import pkgutil
from importlib import import_module

from strawberry.types.field import StrawberryField

from schema import answers, whatif
from schema.language.question import Question

ORDER = (
    "walks",
    "paths",
    "linkages",
    "position",
    "extraction",
    "cascade",
    "sourcing_rate",
    "relatedness",
    "similarity",
    "suggestions",
    "sankey",
    "town_flow",
    "chokepoints",
    "communities",
    "concentration",
    "checkup",
    "policies",
    "candidates",
    "matches",
    "groups",
    "gaps",
    "conflicts",
    "completeness",
    "histories",
    "identity",
)
"""Modules whose fields the schema shows first, in this order; those of all others follow by name."""


def _declared() -> tuple[Question, ...]:
    """Collect the `QUESTIONS` of all modules."""
    names = sorted(module.name for module in pkgutil.iter_modules(answers.__path__))
    modules = {name: import_module(f"{answers.__name__}.{name}") for name in names}
    ordered = [*(name for name in ORDER if name in modules), *(name for name in names if name not in ORDER)]
    return tuple(question for name in ordered for question in getattr(modules[name], "QUESTIONS", ()))


QUESTIONS = _declared()
"""All of them, in the order of the schema."""


def fields_on(kind: str | None, *, what_if: bool = True) -> dict[str, StrawberryField]:
    """Make the fields that a kind is asked by (None: those at the root), in what-ifs too or not there."""
    asked = (one for one in QUESTIONS if one.on == kind and one.what_if is what_if)
    return {question.name: question.field() for question in asked}


def whatif_field() -> StrawberryField:
    """Make the field that asks every question that has a what-if before and after some edits."""
    return whatif.whatif_field(tuple(question for question in QUESTIONS if question.what_if))
