"""What became of a workbook that was sent, as JSON: counts, each difference in words, each rejected row."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from functools import cache
from itertools import islice
from typing import Any, cast

import orjson

from graph.kinds import NODE_OF, RELATION_OF, kind_of
from graph.kinds.columns import Column, columns
from graph.kinds.facts import Claim
from graph.kinds.metrics import Metric
from graph.kinds.terms import Term
from graph.snapshot.snapshot import Snapshot
from loaders.differences import CellChange, Differences, text_of
from loaders.excel.rejected_rows import expected, proposed
from loaders.excel.titles import titles
from loaders.report import Rejection, Report
from loaders.rows.cells import called
from loaders.rows.figures import holds_money
from loaders.rows.header import REGION

MOST_TOLD = 1_000
"""Differences and rejections that are told one by one; the rest is counted."""


def told(report: Report, snapshot: Snapshot | None = None) -> dict[str, Any]:
    """Say what a load did, or a dry run would; ids stand beside their names, where a snapshot knows them."""
    tables = [{name: value for name, value in asdict(t).items() if name != "first"} for t in report.tables]
    return {
        "load": report.load,
        "clean": report.clean,
        "tables": tables,
        "rejections": [_rejected(r) for r in islice(report.rejections, MOST_TOLD)],
        "rejected": len(report.rejections),
        "causes": [
            {"cause": c.words, "count": c.count, "first": c.first.file} for c in report.rejections.causes()
        ],
        "waiting": [{"for": row, "count": count} for row, count in report.rejections.dependents()],
        "warnings": [str(warning) for warning in report.warnings],
        "implausible": [
            {"place": r.file, "value": r.value, "reason": r.reason} for r in report.implausible[:MOST_TOLD]
        ],
        "notes": list(report.notes),
        "taken": report.taken.counts if report.taken else {},
    } | _different(report.differences, snapshot)


def _rejected(one: Rejection) -> dict[str, Any]:
    right = {"proposed": proposed(one.reason), "expected": expected(one.reason)}
    return {"place": one.file, "value": one.value, "reason": one.reason, **right}


def _different(differences: Differences | None, snapshot: Snapshot | None) -> dict[str, Any]:
    """What a dry run would change: how much in all, of each sheet, and the first of it."""
    if differences is None:
        return {}
    first = list(islice(differences, MOST_TOLD))
    sheets = [
        {"sheet": sheet, "new": new, "changed": changed, "gone": gone}
        for sheet, new, changed, gone in differences.counts()
    ]
    told_of = {
        "total": len(differences),
        "sheets": sheets,
        "first": [_change(change) for change in first],
        "names": dict(_names(first, snapshot)),
    }
    return {"differences": told_of}


def _change(change: CellChange) -> dict[str, Any]:
    kind = (NODE_OF | RELATION_OF)[change.kind]
    said = {
        "place": str(change.spot),
        "sheet": change.spot.table,
        "cell": change.spot.row,
        "kind": called(kind),
        "id": change.id,
        "column": change.column,
        "words": change.words,
        "before": change.before,
        "after": change.after,
    }
    if change.column:
        column = _columns(change.kind).get(change.column)
        inside = {"beforeInWords": change.before, "afterInWords": change.after}
        return said | {name: in_words(column, text) for name, text in inside.items()}
    return said | {"cells": _cells(change)}


def _cells(change: CellChange) -> list[dict[str, str]]:
    """What a whole row says, cell by cell; what is not known of it is left out."""
    words = titles((NODE_OF | RELATION_OF)[change.kind])
    described = _columns(change.kind)
    found: dict[str, Any] = orjson.loads(change.after or change.before)
    return [
        {"column": name, "words": words[name].words if name in words else name, "text": text}
        for name, value in found.items()
        if (text := in_words(described.get(name), text_of(value)))
    ]


@cache
def _columns(label: str) -> dict[str, Column]:
    return {column.name: column for column in columns((NODE_OF | RELATION_OF)[label])}


def in_words(column: Column | None, text: str) -> str:
    """Write a value as people say it: terms by their words, figures without what a float adds.

    >>> level, value = _columns("Town")["level"], _columns("Claim")["value"]
    >>> in_words(level, "PROVINCIAL"), in_words(value, "1200000.0"), in_words(None, "region:140921")
    ('省级', '1200000', 'region:140921')
    >>> in_words(_columns("SUPPLIES")["value"], "999999990000.0")
    '999,999,990,000 元'
    """
    if column is None or not text:
        return text
    if issubclass(column.type, Term):
        known = {term.value: term.words.partition("：")[0] for term in column.type}
        return "、".join(known.get(one, one) for one in text.split("|"))
    plain = text.removesuffix(".0") if column.type is float else text
    return f"{float(text):,.2f}".removesuffix(".00") + " 元" if holds_money(column) else plain


def _names(changes: list[CellChange], snapshot: Snapshot | None) -> Iterator[tuple[str, str]]:
    """Name the ids that some changes mention: those that are new by the workbook, others by the snapshot."""
    new = {c.id: orjson.loads(c.after) for c in changes if c.new and c.kind in NODE_OF}

    def name_of(id: str) -> str | None:
        known = new.get(id, {})
        return known.get("name") or _known_as(id, snapshot)

    for id in dict.fromkeys(id for change in changes for id in _mentioned(change)):
        claim = new.get(id) or _claim(id, snapshot)
        name = _said(claim, name_of) if kind_of(id) is Claim and claim else name_of(id)
        if name:
            yield id, name


def _said(claim: Mapping[str, Any], name_of: Callable[[str], str | None]) -> str:
    """Name a claim by its subject, its metric and its year."""
    subject = str(claim["subject"])
    parts = [name_of(subject) or subject, Metric(claim["metric"]).words.partition("（")[0]]
    return " ".join([*parts, str(claim["year"])] if claim.get("year") else parts)


def _claim(id: str, snapshot: Snapshot | None) -> Mapping[str, Any] | None:
    row = snapshot.find(id) if snapshot and kind_of(id) is Claim else None
    if snapshot is None or row is None:
        return None
    found = cast("Claim", snapshot.entity(row))
    return {"subject": found.subject, "metric": found.metric.value, "year": found.year}


def _mentioned(change: CellChange) -> Iterator[str]:
    yield from change.id.split(" ")[:2]
    if change.column:
        column = _columns(change.kind).get(change.column)
        if change.column == REGION or (column and column.ref):
            yield from (one for text in (change.before, change.after) for one in text.split("|") if one)
        return
    cells: Mapping[str, Any] = orjson.loads(change.after or change.before)
    for name, value in cells.items():
        column = _columns(change.kind).get(name)
        if value and (name == REGION or (column and column.ref)):
            yield from value if isinstance(value, list) else [str(value)]


def _known_as(id: str, snapshot: Snapshot | None) -> str | None:
    if snapshot is None or (row := snapshot.find(id)) is None:
        return None
    name = snapshot.name_of(row)
    return None if name == id else name
