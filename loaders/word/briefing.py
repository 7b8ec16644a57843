"""Briefings as Word documents: what was found of a town or an organisation fills a template."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.snapshot.snapshot import Snapshot
from loaders.word.filling import About, Template, Words, filled
from loaders.word.organisation_page import organisation_words
from loaders.word.stock import organisation_template, town_template
from loaders.word.town_page import town_words
from queries.briefings.organisation import organisation_briefing
from queries.briefings.town import town_briefing


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of briefing: how it is found, put in words, and laid out unless an office lays it out itself."""

    title: str
    ask: Callable[..., Any]
    words: Callable[[Snapshot, Any], Mapping[str, Words]]
    stock: Callable[..., bytes]
    """Given how many rows it has to hold; without, for as many as there can be."""


KINDS: Mapping[str, Kind] = {
    "Town": Kind("镇画像", town_briefing, town_words, town_template),
    "Organisation": Kind("企业画像", organisation_briefing, organisation_words, organisation_template),
}
"""The kinds of nodes that have a briefing."""


def briefing(snapshot: Snapshot, row: int, *, as_of: int, template: Template | None = None) -> bytes:
    """Write the briefing of a node (a global row) of one of KINDS; raises BadTemplate."""
    kind = KINDS[snapshot.kind_of(row).label]
    words = kind.words(snapshot, kind.ask(snapshot, snapshot.id_of(row), as_of=as_of))
    rows = sum(len(value) for value in words.values() if isinstance(value, list))
    used = template or Template(f"标准{kind.title}", kind.stock(rows))
    return filled(used, words, About(f"{words['名称']}{kind.title}", snapshot.taken_at))
