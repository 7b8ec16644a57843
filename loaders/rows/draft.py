"""Cells become drafts: the values of one row, and all that is wrong with it by itself."""

from dataclasses import dataclass, field
from typing import Any

from graph.criteria import faults
from graph.kinds import Relation
from graph.kinds.claim_rules import claim_id, value_fault
from graph.kinds.columns import camel, columns
from graph.kinds.terms import StandardPurpose
from loaders.csv.lines import Cells
from loaders.rows.cells import LONGEST_NAME, Reader
from loaders.rows.figures import Figure, claimed, taken_form
from loaders.rows.forms import UNSEEN, Bounded, CellFault, Taken, Years, visible
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
    spared: frozenset[str] = frozenset()
    """Columns of which a cell may be left unknown."""
    unread: list[Fault] = field(default_factory=list[Fault])
    """Cells that were left unknown because they can't be read."""
    taken: list[tuple[str, str, Any, str]] = field(default_factory=list[tuple[str, str, Any, str]])
    """Cells in another form than the tables': column, what is written, the value, what is said of it."""
    held: bool = False
    """Whether a ruling keeps it out."""
    defaults: dict[str, Any] = field(default_factory=dict[str, Any])
    """What is written beside the values when the row is new to the store."""

    def refuse(self, column: str, value: object, reason: str) -> None:
        """Keep a fault of the row."""
        self.faults.append(Fault(column, "" if value is None else str(value), reason))

    def miss(self, fault: Fault) -> None:
        """Leave a cell unknown that can't be read, or refuse the row where it must be known."""
        if fault.column in self.spared:
            self.values.pop(fault.column, None)
            self.unread.append(fault)
        else:
            self.faults.append(fault)

    def take(self, column: str, text: str, told: Taken) -> None:
        """Keep the value of a cell in another form, and what is said of it."""
        value = told.value
        if isinstance(value, Years):
            self.values[column] = value.since
            self._also(column, text, "until", value.until)
        elif isinstance(value, Bounded):
            self.values[column] = value.value
            self._also(column, text, "bound", value.bound)
        elif value is not None:
            self.values[column] = value
        self.taken.append((column, text, value, told.form))

    def _also(self, column: str, text: str, other: str, value: Any) -> None:
        """Keep what one cell says of two columns, unless the other says something else."""
        given = self.values.setdefault(other, value) if value is not None else None
        if given != value:
            self.refuse(column, text, f"与 {other} 列的 {given} 不一致：请只写一处")


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
    made.spared = head.spared
    for place, name, read in head.cells:
        if text := texts[place].strip():
            _read(made, name, text, read)
    if not made.values and not made.faults and not made.unread:
        return None
    _check(head, made)
    return made


def _read(made: Draft, name: str, text: str, read: Reader) -> None:
    if not text.isascii() and (seen := visible(text)) != text:
        made.taken.append((name, text, seen, UNSEEN))
        text = seen
    try:
        value = read(text)
    except CellFault as fault:
        made.miss(Fault(name, text, str(fault)))
        return
    if type(value) is Taken:
        made.take(name, text, value)
    elif (given := made.values.setdefault(name, value)) != value:
        made.refuse(name, text, f"与另一列中写的 {given} 不一致：请只写一处")


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
        untold = {column: text for column, text, value, _ in made.taken if value is None}
        for name in sorted(head.needed - values.keys() - wrong):
            text = untold.get(name, "")
            made.refuse(name, text, "必填，不能写作不详" if text else "必填，不能为空")
    for early, late in head.spans:
        if early in values and late in values and values[late] < values[early]:
            made.refuse(late, values[late], f"早于 {early} {values[early]}")
    if issubclass(head.kind, Relation):
        _check_relation(head, made)
    elif head.kind.label == "Claim" and not made.faults:
        _check_claim(made, head.units.get("value"))
    if made.taken:
        _keep_written(made)
    if "criteria" in values and not made.faults:
        _check_rule(made)


def _check_relation(head: Header, made: Draft) -> None:
    values = made.values
    since, until = values.get("since"), values.get("until")
    if since and until and until <= since:
        made.refuse("until", until, f"应晚于 since {since}（until 是不再有效的第一年）")
    if head.kind.label in _NO_LOOPS and "to" in values and values.get("from") == values["to"]:
        made.refuse("to", values["to"], "起点与终点相同")


def _check_claim(made: Draft, head: str | None) -> None:
    values = made.values
    found: Figure = values["value"]
    unit = values.get("unit") or (None if found.unit else head)
    written = f"{found.value:f}{found.written} {unit or ''}".strip()
    try:
        values["value"], values["unit"] = claimed(values["metric"], found, unit)
    except CellFault as fault:
        made.refuse("unit" if "unit" in values else "value", values.get("unit") or written, str(fault))
        return
    if found.bound and values.setdefault("bound", found.bound.value) != found.bound.value:
        told = found.bound.words
        made.refuse("bound", values["bound"], f"与数值中的“{told}”不一致：请只写一处")
    if not found.plain:
        made.taken.append(("value", written, values["value"], taken_form(found, "数值")))
    if wrong := value_fault(values["value"], values["unit"]):
        made.refuse("value", written, wrong)


def _keep_written(made: Draft) -> None:
    """Keep a name's written form as an alias, where more than the invisible differs and it is one line."""
    written = next((text for column, text, value, _ in made.taken if column == "name" and value), None)
    if written is None or "name" not in made.values:
        return
    alias = " ".join(visible(written).split())
    if alias in ("", made.values["name"]) or len(alias) > LONGEST_NAME:
        return
    if "aliases" in made.values:
        made.values["aliases"] = list(dict.fromkeys([*made.values["aliases"], alias]))
    else:
        made.defaults["aliases"] = [alias]


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
