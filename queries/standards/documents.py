"""Documents: what a stored standard or benefit asks, in words, and the class that a standard gives."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.criteria import (
    Arguments,
    Classes,
    ClassId,
    Document,
    Leaf,
    Recognition,
    Subject,
    parse_rule,
    parse_standard,
    walk,
)
from graph.errors import BadInput
from graph.kinds.results import result
from graph.kinds.terms import StandardPurpose
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import code
from queries.levels import row_of_kind
from queries.standards.measures import ORGANISATION, TOWN, Province
from queries.standards.measures.intervals import Options
from queries.standards.wording import document_words


@result("一个可能的档次")
@dataclass(frozen=True, slots=True)
class StandardClassOption:
    """A class of a standard; `-` is none of them."""

    id: Annotated[str, "标识；“-”为不属任何一档"]
    words: Annotated[str, "名称"]


@result("属于哪一档")
@dataclass(frozen=True, slots=True)
class StandardClass:
    """The class of a town or an organisation, or those it may be in, in the order of the standard."""

    options: Annotated[Sequence[StandardClassOption], "可能的档次，从高到低；只有一种即为结论"]
    missing_facts: Annotated[Sequence[str], "所缺的事实"]
    note: Annotated[str | None, "所用数值须一并说出的话：不是全镇整体的口径，陈旧者的年份；空为没有"] = None

    @property
    def known(self) -> Annotated[bool, "是否只有一种可能"]:
        """Whether there is one option only."""
        return len(self.options) == 1


def standard_words(snapshot: Snapshot, id: str) -> str | None:
    """Write the conditions, classes or indicators of a standard; None when it has none."""
    found = stored_document(snapshot, id)
    return found and document_words(snapshot, found)


def benefit_words(snapshot: Snapshot, id: str) -> str | None:
    """Write the conditions of a benefit; None when it has none."""
    table = snapshot.nodes["Benefit"]
    text = table["criteria"][row_of_kind(snapshot, id, "Benefit") - table.first]
    return document_words(snapshot, parse_rule(text)) if text else None


def stored_document(snapshot: Snapshot, id: str) -> Document | None:
    """Read the criteria of a stored standard; None when it has none."""
    table = snapshot.nodes["Standard"]
    place = row_of_kind(snapshot, id, "Standard", argument="standard") - table.first
    text, purpose = table["criteria"][place], list(StandardPurpose)[table["purpose"][place]]
    return parse_standard(text, purpose) if text else None


def unknown_classes(snapshot: Snapshot, document: Document) -> Iterator[tuple[str, str, str]]:
    """Find the classes that a recognition standard asks for and none has: path, id, those there are."""
    rules = (document.criteria, document.prefer) if isinstance(document, Recognition) else ()
    for part in (part for rule in rules if rule for part in walk(rule)):
        if not isinstance(part, Leaf) or not isinstance(part.measure.value, ClassId):
            continue
        named = part.arguments.ids("standard")
        known = _class_ids(snapshot, part.measure.subject, named[0] if named else None)
        given = part.comparison.threshold
        for id in map(str, given if isinstance(given, tuple) else (given,)):
            if id not in known:
                yield part.path, id, "、".join(known) or "无"


def _class_ids(snapshot: Snapshot, subject: Subject, standard: str | None) -> list[str]:
    table = snapshot.nodes["Standard"]
    classes = np.flatnonzero(table["purpose"] == code(StandardPurpose.CLASSES))
    ids = table["id"][classes].tolist() if standard is None else [standard]
    read = (stored_document(snapshot, id) for id in ids)
    found = (one for one in read if isinstance(one, Classes) and one.subject is subject)
    return [entry.id for one in found for entry in one.classes]


def class_of(snapshot: Snapshot, id: str, *, as_of: int, standard: str) -> StandardClass:
    """Class a town or an organisation by a standard of classes for its kind."""
    row = row_of_kind(snapshot, id, "Town", "Organisation")
    document = stored_document(snapshot, standard)
    subject = Subject.TOWN if row in snapshot.nodes["Town"].rows else Subject.ORGANISATION
    if not isinstance(document, Classes) or document.subject is not subject:
        raise BadInput(f"standard：{standard} 不是用于{subject.words}的分档标准", "standard")
    province, asked = Province(snapshot, as_of), Arguments((("standard", standard),))
    words = {one.id: one.words for one in document.classes} | {"-": "不属任何一档", "?": "不详"}
    if subject is Subject.TOWN:
        found = TOWN["tier"].take(province, row - province.towns.first, asked)
        return StandardClass(
            [StandardClassOption(o, words[o]) for o in map(str, found.options or ())],
            found.lacking,
            found.note,
        )
    column = ORGANISATION["size_class"](province, np.array([row - province.firms.first]), asked)
    if not isinstance(column, Options):
        raise TypeError(column)
    options = [name for name, may in zip(column.names, column.possible[0], strict=True) if may]
    lacks = ["判断档次所需的数值不详"] if len(options) > 1 else []
    return StandardClass([StandardClassOption(name, words[name]) for name in options], lacks)
