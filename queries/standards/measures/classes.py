"""Classes: the standard that classes towns or organisations, as it is read for a measure."""

from functools import lru_cache

import numpy as np

from graph.criteria import Arguments, Classes, Leaf, Subject, parse_standard, walk
from graph.criteria.measures import MEASURES
from graph.errors import InvalidRule
from graph.kinds.terms import StandardPurpose
from graph.snapshot.table import code
from graph.snapshot.years import alive
from queries.standards.measures.province import Province


def classes_of(province: Province, arguments: Arguments, subject: Subject, asking: str) -> Classes | None:
    """Read the named standard of classes, or the only one in force for this subject.

    One that can't be read, is of another subject, or asks for a class itself gives None: unknown.
    """
    table = province.snapshot.nodes["Standard"]
    named = arguments.ids("standard")
    row = province.snapshot.find(named[0]) if named else None
    held = alive(table, province.as_of) & (table["purpose"] == code(StandardPurpose.CLASSES))
    asked = [row - table.first] if row is not None else ([] if named else np.flatnonzero(held).tolist())
    read = [_read(str(table["criteria"][place] or "")) for place in asked]
    found = [one for one in read if one is not None and one.subject is subject]
    plain = [one for one in found if not _asks(one, asking)]
    return plain[0] if len(plain) == 1 else None


@lru_cache(maxsize=64)
def _read(text: str) -> Classes | None:
    try:
        document = parse_standard(text, StandardPurpose.CLASSES)
    except InvalidRule:
        return None
    return document if isinstance(document, Classes) else None


def _asks(document: Classes, measure: str) -> bool:
    inner = (part for entry in document.classes if entry.criteria for part in walk(entry.criteria))
    return any(isinstance(part, Leaf) and part.measure is MEASURES[measure] for part in inner)
