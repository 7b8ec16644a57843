"""Cells become drafts: the values of one row, and all that is wrong with it by itself."""

from dataclasses import dataclass, field
from typing import Any

from graph.criteria import faults
from graph.kinds import Relation
from graph.kinds.claim_rules import claim_id, value_fault
from graph.kinds.columns import camel, columns
from graph.kinds.terms import StandardPurpose
from loaders.csv.lines import Cells
from loaders.rows.figures import CellFault, convert
from loaders.rows.header import Fault, Header

_NO_LOOPS = ("PART_OF", "OWNS", "ALLIED_WITH")


@dataclass(slots=True)
class Draft:
    """A row on its way into the graph."""

    line: int
    values: dict[str, Any] = field(default_factory=dict[str, Any])
    faults: list[Fault] = field(default_factory=list[Fault])
    doubts: list[Fault] = field(default_factory=list[Fault])
    """What to look at, though the row is sound."""
    held: bool = False
    """Whether a ruling keeps it out."""
    defaults: dict[str, Any] = field(default_factory=dict[str, Any])
    """What is written beside the values when the row is new to the store."""

    def refuse(self, column: str, value: object, reason: str) -> None:
        """Keep a fault."""
        self.faults.append(Fault(column, "" if value is None else str(value), reason))


def draft(head: Header, row: Cells) -> Draft | None:
    """Read one row; None when all its cells are blank."""
    made = Draft(row.line)
    if row.fault:
        made.refuse("", row.shown, row.fault)
        return made
    texts = row.texts
    if len(texts) != head.width and not _trimmed(texts, head.width):
        if not any(texts):
            return None
        made.refuse("", ",".join(texts), f"有 {len(texts)} 格，应为 {head.width} 格（与列名一致）")
        return made
    values = made.values
    for place, name, read in head.cells:
        if text := texts[place].strip():
            try:
                values[name] = read(text)
            except CellFault as fault:
                made.refuse(name, text, str(fault))
    if not values and not made.faults:
        return None
    _check(head, made)
    return made


def _trimmed(texts: list[str], width: int) -> bool:
    """Drop blank cells that a spreadsheet added on the right."""
    while len(texts) > width and not texts[-1].strip():
        texts.pop()
    return len(texts) == width


def _check(head: Header, made: Draft) -> None:
    """Hold the cells of a row against each other."""
    values = made.values
    if not head.needed <= values.keys():
        wrong = {fault.column for fault in made.faults}
        for name in sorted(head.needed - values.keys() - wrong):
            made.refuse(name, "", "必填，不能为空")
    for early, late in head.spans:
        if early in values and late in values and values[late] < values[early]:
            made.refuse(late, values[late], f"早于 {early} {values[early]}")
    if issubclass(head.kind, Relation):
        _check_relation(head, made)
    elif head.kind.label == "Claim" and not made.faults:
        _check_claim(made)
    if "criteria" in values and not made.faults:
        _check_rule(made)


def _check_relation(head: Header, made: Draft) -> None:
    values = made.values
    since, until = values.get("since"), values.get("until")
    if since and until and until <= since:
        made.refuse("until", until, f"应晚于 since {since}（until 是不再有效的第一年）")
    if head.kind.label in _NO_LOOPS and "to" in values and values.get("from") == values["to"]:
        made.refuse("to", values["to"], "起点与终点相同")


def _check_claim(made: Draft) -> None:
    values = made.values
    written = f"{values['value']} {values['unit']}"
    try:
        values["value"], values["unit"] = convert(values["metric"], values["value"], values["unit"])
    except CellFault as fault:
        made.refuse("unit", values["unit"], str(fault))
        return
    if wrong := value_fault(values["value"], values["unit"]):
        made.refuse("value", written, wrong)


def _check_rule(made: Draft) -> None:
    purpose = made.values.get("purpose")
    for fault in faults(made.values["criteria"], purpose and StandardPurpose(purpose)):
        place = ".".join(fault.path)
        made.refuse("criteria", "", f"{place}：{fault}" if place else str(fault))


def name_claim(made: Draft) -> None:
    """Give a claim its id, once its references are known to be ids."""
    given, made.values["id"] = made.values.get("id"), claim_id(made.values)
    if given and given != made.values["id"]:
        made.refuse("id", given, f"与内容不符：应为 {made.values['id']}，或留空由系统计算")


def key_of(kind: type[Relation], values: dict[str, Any]) -> str:
    """Make the key of a relation as the vocabulary does, from its cells."""
    texts = (str(values.get(name, default)) for name, default in _key_fields(kind))
    return "|".join(texts) or "-"


def _key_fields(kind: type[Relation]) -> tuple[tuple[str, Any], ...]:
    found = _KEYS.get(kind)
    if found is None:
        blank = {f: getattr(kind, f, None) for f in kind.key_fields}
        given = {c.field for c in columns(kind)}
        assert given.issuperset(kind.key_fields)  # noqa: S101 - the vocabulary's own promise
        found = tuple((camel(f), "" if v is None else v) for f, v in blank.items())
        _KEYS[kind] = found
    return found


_KEYS: dict[type[Relation], tuple[tuple[str, Any], ...]] = {}
