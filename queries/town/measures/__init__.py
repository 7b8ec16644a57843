"""The measures of towns and organisations: a closed registry, a function to each signature of the grammar."""

from queries.town.measures.judging import NO_CLASS, ORGANISATION, TOWN, column, reading, truth, truths
from queries.town.measures.province import NEARLY, Province
from queries.town.measures.readings import LeftOut, Reading, compared, listed_out, size

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
