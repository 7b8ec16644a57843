"""The measures of towns and organisations: a closed registry, a function to each signature of the grammar."""

from queries.standards.measures.intervals import LeftOut, Reading, compared, listed_out, size
from queries.standards.measures.judging import NO_CLASS, ORGANISATION, TOWN, column, reading, truth, truths
from queries.standards.measures.province import NEARLY, Province

__all__ = [
    "NEARLY",
    "NO_CLASS",
    "ORGANISATION",
    "TOWN",
    "LeftOut",
    "Province",
    "Reading",
    "column",
    "compared",
    "listed_out",
    "reading",
    "size",
    "truth",
    "truths",
]
