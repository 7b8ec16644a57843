"""A row of an exported file before it is one of ours: its kind, its cells as texts, and where it stands."""

from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from graph.kinds import NODE_OF, RELATION_OF, Node, Relation
from graph.kinds.columns import Column, columns
from loaders.csv.writing import text_of

type Kind = type[Node | Relation]


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a row, or with one of its cells."""

    column: str
    value: str
    reason: str


@dataclass(slots=True)
class Found:
    """One row of a file: a line of JSON, a row of Parquet, a node or an edge of GraphML."""

    place: str
    """A line, a row, or an id; empty is the whole file."""
    kind: Kind | None = None
    texts: dict[str, str] = field(default_factory=dict[str, str])
    """As the CSV tables spell them."""
    wrong: list[Wrong] = field(default_factory=list[Wrong])


def kind_called(label: object) -> Kind | Wrong:
    """Find a kind by its label, or say which was meant."""
    known = NODE_OF | RELATION_OF
    found = known.get(label) if isinstance(label, str) else None
    if found:
        return found
    if label is None:
        return Wrong("kind", "", "缺少 kind：应写明种类，如 Town、SUPPLIES")
    close = get_close_matches(str(label), known, 1, 0.5)
    meant = f"是否应为 {close[0]}？" if close else ""
    return Wrong("kind", str(label), f"没有这个种类；{meant}可用：{'、'.join(known)}")


def unknown(kind: Kind, name: str) -> Wrong:
    """Say that a kind has no such column, and which was meant."""
    known = {c.name.lower(): c.name for c in columns(kind)}
    close = get_close_matches(name.replace("_", "").lower(), known, 1)
    meant = f"是否应为 {known[close[0]]}？" if close else ""
    return Wrong(name, "", f"没有这一列；{meant}可用的列：{'、'.join(known.values())}")


def take(found: Found, column: Column, value: object) -> None:
    """Spell a value as the CSV table does, or keep why its type is not the column's."""
    if value is None:
        return
    if reason := _misfit(column, value):
        found.wrong.append(Wrong(column.name, str(value), reason))
        return
    if isinstance(value, list):
        found.texts[column.name] = text_of([str(part) for part in _parts(value)])
    elif column.many:
        found.texts[column.name] = text_of([str(value)])
    elif isinstance(value, bool | int | float):
        found.texts[column.name] = text_of(value)
    else:
        found.texts[column.name] = str(value)


def _parts(value: list[object]) -> list[object]:
    return value


def _misfit(column: Column, value: object) -> str:
    if isinstance(value, list):
        if not column.many:
            return "应为单个值，不是列表"
        bad = any(isinstance(part, dict | list | bool) or part is None for part in _parts(value))
        return "列表中只能是文字或数字" if bad else ""
    if isinstance(value, bool) != (column.type is bool) and not isinstance(value, str):
        return "应为 true 或 false，不加引号" if column.type is bool else "不能是 true 或 false"
    if isinstance(value, int | float) and column.type not in (int, float, bool):
        return "应为文字，放在引号内"
    if isinstance(value, str | int | float | date):
        return ""
    return "应为单个值，不是对象"
