"""Documents: what a stored standard or benefit asks, in words, and the class that a standard gives."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.criteria import (
    Arguments,
    Classes,
    ClassId,
    Document,
    Evaluation,
    Leaf,
    Recognition,
    Subject,
    faults,
    parse_rule,
    parse_standard,
    references,
    walk,
)
from graph.errors import BadInput, NotFound
from graph.kinds.results import result
from graph.kinds.terms import StandardPurpose
from graph.snapshot.index import NodeIndex
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


def held_document[T: Document](
    snapshot: Snapshot, id: str, kind: type[T], *, argument: str = "standard"
) -> tuple[NodeIndex, T]:
    """Find a stored standard of the purpose of `kind`; one of another purpose is refused by its name."""
    if snapshot.find(id) is None and snapshot.left_out is not None:
        said = f"{argument}：图中没有“{id}”，或它是虚构样例，只看真实数据（realOnly）时已略去"
        raise NotFound(said, argument)
    row = row_of_kind(snapshot, id, "Standard", argument=argument)
    table = snapshot.nodes["Standard"]
    place = row - table.first
    purpose, wanted = list(StandardPurpose)[table["purpose"][place]], _PURPOSES[kind]
    if purpose is not wanted:
        held = f"{argument}：{id}（{snapshot.name_of(row)}）用于{purpose.words}"
        raise BadInput(f"{held}，这里应为用于{wanted.words}的标准", argument)
    return row, _of_kind(parse_standard(table["criteria"][place] or "", purpose), kind)


def draft[T: Document](snapshot: Snapshot, criteria: str, kind: type[T]) -> T:
    """Read a draft of a standard that is not stored; all its faults are named at once."""
    purpose = _PURPOSES[kind]
    found = [f"{'.'.join(one.path) or '全文'}：{one}" for one in faults(criteria, purpose)]
    document = None if found else parse_standard(criteria, purpose)
    if document is not None:
        named = references(document)
        found = [f"{path}：图中没有 {id}" for path, id in named if snapshot.find(id) is None]
        found += [
            f"{path}：没有档次 {id}；可用：{known}" for path, id, known in unknown_classes(snapshot, document)
        ]
    if found or document is None:
        raise BadInput(f"criteria：{len(found)} 处有误：{'；'.join(found)}", "criteria")
    return _of_kind(document, kind)


def not_yet_in_force(snapshot: Snapshot, standard: NodeIndex, as_of: int) -> str | None:
    """Say that a standard begins only after a year; None: it holds, or nobody knows since when."""
    table = snapshot.nodes["Standard"]
    begins = table["validFrom"][standard - table.first]
    if np.isnat(begins) or begins <= np.datetime64(f"{as_of:04}-12-31"):
        return None
    return f"此标准自 {begins} 起施行，{as_of} 年尚未施行：仅供参照"


def _of_kind[T](document: object, kind: type[T]) -> T:
    if not isinstance(document, kind):
        raise TypeError(document)
    return document


_PURPOSES: Mapping[type[Document], StandardPurpose] = {
    Recognition: StandardPurpose.RECOGNITION,
    Classes: StandardPurpose.CLASSES,
    Evaluation: StandardPurpose.EVALUATION,
}


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
