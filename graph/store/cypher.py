"""The only place where Cypher is put together: its labels and fields come from the closed vocabulary.

Labels and property names can't be parameters in Cypher. They are taken from the classes in `graph.kinds` and
from nowhere else; whatever a client sent travels as a parameter.
"""

from typing import LiteralString, cast

from graph.kinds import BOOKS, NODES, Entity, Node, Relation


def compose(text: LiteralString, /, **words: str) -> LiteralString:
    """Fill a template with words of the vocabulary (labels, columns) or parts made from them."""
    return cast("LiteralString", text.format(**words))


UNIQUE = "CREATE CONSTRAINT {label}_{field} IF NOT EXISTS FOR (n:{label}) REQUIRE n.{field} IS UNIQUE"
INDEX = "CREATE INDEX {label}_{field}_index IF NOT EXISTS FOR (n:{label}) ON (n.{field})"


def declarations() -> list[LiteralString]:
    """List the constraints and indexes of the whole vocabulary; safe to repeat."""
    kinds: tuple[type[Node], ...] = (*NODES, *BOOKS)
    return [
        *(
            compose(UNIQUE, label=label, field="id")
            for label in (*(k.label for k in kinds), "Meta", "ChangePart", "RunPart")
        ),
        compose(UNIQUE, label="LogEntry", field="slot"),
        compose(UNIQUE, label="Organisation", field="uscc"),
        *(compose(INDEX, label=k.label, field="name") for k in kinds if issubclass(k, Entity)),
        compose(INDEX, label="Claim", field="subject"),
        compose(INDEX, label="ChangePart", field="owner"),
        compose(INDEX, label="LedgerEntry", field="about"),
        compose(INDEX, label="LedgerEntry", field="request"),
    ]


def pairs(relation: type[Relation]) -> list[dict[str, str]]:
    """List the label pairs a relation may join, as words for a template."""
    return [{"label": relation.label, "start": start, "end": end} for start, end in relation.ends]


def labels(kinds: tuple[str, ...]) -> str:
    """Write a disjunction of labels.

    >>> labels(("Town", "Region"))
    'Town|Region'
    """
    return "|".join(kinds)
