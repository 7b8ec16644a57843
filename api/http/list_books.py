"""Lists as books: what was asked in words becomes an Excel workbook or a CSV file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.http.downloads import file_name, real_or_all, required_there, year_of
from api.http.list_sheets import (
    Basis,
    candidates_method,
    checkup_parts,
    gap_part,
    ledger_part,
    promotion_parts,
    sheets,
)
from graph.errors import BadInput, NotFound
from graph.kinds.stages import LEDGERS
from graph.kinds.terms import LedgerName
from graph.snapshot.snapshot import Snapshot
from loaders.export.lists import Sheet, list_book, list_csv
from queries.gaps.terms import GapAction
from queries.ledgers.pages import Sought
from queries.levels import row_of_kind
from queries.lists.checkup_list import checkup_list
from queries.lists.gap_list import gap_list
from queries.lists.ledger_list import ledger_list
from queries.lists.promotion import promotion
from queries.sourcing.parts import TOWN, CandidatePart

FORMATS: Mapping[str, Callable[[Sequence[Sheet]], bytes]] = {
    "xlsx": list_book,
    "csv": lambda made: list_csv(made[0]),
}
"""What a book can be written as; CSV holds its first sheet."""
_TRUTHS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which list, and the arguments as they were written."""

    list: str
    arguments: Mapping[str, str]
    """`town`, `asOf`, `format`, `realOnly`, and those of the GraphQL field of the same question."""


@dataclass(frozen=True, slots=True)
class Book:
    """A file to hand out."""

    name: str
    content: bytes
    rows: Mapping[str, int]
    """How many rows each table has."""


@dataclass(frozen=True, slots=True)
class _Listing:
    """How a list is made, and what it can be asked for beside the town and the year."""

    make: "Callable[[Snapshot, str, int, dict[str, Any]], list[Sheet]]"
    takes: "Mapping[str, _Reader]"
    of_all: bool = False
    """Whether it may be asked of all towns: without one."""


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one argument."""

    read: Callable[[str], Any]
    words: str
    """What it should be."""


def book(snapshot: Snapshot, wanted: Wanted) -> Book:
    """Make a list of a snapshot; raises BadInput, NotFound for what can't be asked."""
    if wanted.list not in _LISTS:
        raise NotFound(f"没有清单 “{wanted.list}”：可用 {'、'.join(_LISTS)}")
    listing, given = _LISTS[wanted.list], dict(wanted.arguments)
    suffix = given.pop("format", "xlsx")
    if suffix not in FORMATS:
        raise BadInput(f"format：没有格式 “{suffix}”，可用 {'、'.join(FORMATS)}", "format")
    whole, snapshot = snapshot, real_or_all(snapshot, given.pop("realOnly", "false"))
    as_of = year_of(snapshot, given.pop("asOf", None))
    if listing.of_all and not given.get("town"):
        given.pop("town", None)
        made = listing.make(snapshot, "", as_of, _read(given, listing.takes))
        return _bound(snapshot, "全部专业镇", made, suffix)
    town = _required(given, "town", "town:dingxiang-flange")
    required_there(whole, snapshot, town, "town", "清单")
    row = row_of_kind(snapshot, town, "Town", argument="town")
    made = listing.make(snapshot, town, as_of, _read(given, listing.takes))
    return _bound(snapshot, snapshot.name_of(row), made, suffix)


def _bound(snapshot: Snapshot, name: str, made: list[Sheet], suffix: str) -> Book:
    """Write the sheets of a list as a file that is called by what it is of."""
    shown = made if suffix == "xlsx" else made[:1]
    return Book(
        name=f"{file_name(name, made[0].name, f'{snapshot.taken_at:%Y%m%d}')}.{suffix}",
        content=FORMATS[suffix](made),
        rows={one.name: len(one.rows) for one in shown},
    )


def _required(given: dict[str, str], name: str, example: str) -> str:
    if not (value := given.pop(name, "")):
        raise BadInput(f"{name}：请给出，如 {name}={example}", name)
    return value


def _read(given: Mapping[str, str], takes: Mapping[str, _Reader]) -> dict[str, Any]:
    """Turn written arguments into values; those that a list does not take are refused."""
    found = dict[str, Any]()
    for name, text in given.items():
        if name not in takes:
            raise BadInput(f"没有参数 {name}：可用 town、asOf、format、realOnly、{'、'.join(takes)}", name)
        try:
            found[name] = takes[name].read(text)
        except (ValueError, KeyError):
            raise BadInput(f"{name}：“{text}”应为{takes[name].words}", name) from None
    return found


def _promotion(snapshot: Snapshot, town: str, as_of: int, asked: dict[str, Any]) -> list[Sheet]:
    standard, given = asked.pop("standard", None), _snake(asked)
    weights = {part: given.pop(_weight_of(part), weight) for part, weight in TOWN.items()}
    given["candidates_first"] = given.pop("candidates", 5)
    found = promotion(snapshot, town, as_of=as_of, weights=weights, **given)
    checked = checkup_list(snapshot, town, as_of=as_of, standard=standard) if standard else None
    parts = [*promotion_parts(found), gap_part(found.gaps), *(checkup_parts(checked) if checked else ())]
    methods = {"缺链": found.gaps.gaps.method, **candidates_method(found)}
    methods |= {"体检": checked.checkup.method} if checked else {}
    sources = {*found.sources, *found.gaps.sources, *(checked.sources if checked else ())}
    return sheets(snapshot, parts, Basis(found.gaps.gaps.town, as_of, methods, sorted(sources)))


def _gaps(snapshot: Snapshot, town: str, as_of: int, asked: dict[str, Any]) -> list[Sheet]:
    found = gap_list(snapshot, town, as_of=as_of, **_snake(asked))
    basis = Basis(found.gaps.town, as_of, {"缺链": found.gaps.method}, found.sources)
    return sheets(snapshot, [gap_part(found)], basis)


def _checkup(snapshot: Snapshot, town: str, as_of: int, asked: dict[str, Any]) -> list[Sheet]:
    standard = _required(asked, "standard", "standard:shanxi-recognition:2022")
    found = checkup_list(snapshot, town, as_of=as_of, standard=standard)
    basis = Basis(found.checkup.town, as_of, {"体检": found.checkup.method}, found.sources)
    return sheets(snapshot, checkup_parts(found), basis)


def _ledger(
    name: LedgerName,
) -> "Callable[[Snapshot, str, int, dict[str, Any]], list[Sheet]]":
    def make(snapshot: Snapshot, town: str, _: int, asked: dict[str, Any]) -> list[Sheet]:
        on = asked.pop("on", None) or date.today()  # noqa: DTZ011 - a day
        sought = Sought(name, town or None, **_snake(asked))
        found = ledger_list(snapshot, sought, on=on)
        row = row_of_kind(snapshot, town, "Town", argument="town") if town else None
        basis = Basis(row, on.year, {"台账": found.method}, found.sources, on)
        return sheets(snapshot, [ledger_part(found)], basis)

    return make


def _snake(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {"".join(f"_{c.lower()}" if c.isupper() else c for c in name): v for name, v in asked.items()}


def _weight_of(part: CandidatePart) -> str:
    return f"weights.{part.value.lower()}"


_COUNT, _NUMBER, _ID = _Reader(int, "整数"), _Reader(float, "数"), _Reader(str, "标识")
_TRUTH = _Reader(_TRUTHS.__getitem__, " true 或 false")
_ACTION = _Reader(GapAction, "、".join(GapAction) + "之一")
_DAY = _Reader(date.fromisoformat, "日期，如 2025-06-30")
_OF_LEDGERS = {
    "on": _DAY,
    "body": _ID,
    "stage": _Reader(str, "阶段的代码，如 OPEN"),
    "overdue": _TRUTH,
    "closed": _TRUTH,
    "dueFrom": _DAY,
    "dueTo": _DAY,
}
_OF_GAPS = {
    "action": _ACTION,
    "first": _COUNT,
    "includeCovered": _TRUTH,
    "valueWeight": _NUMBER,
    "criticalityWeight": _NUMBER,
    "feasibilityWeight": _NUMBER,
    "localShareBelow": _NUMBER,
    "hhiAtLeast": _NUMBER,
}
_OF_CANDIDATES = {
    "candidates": _COUNT,
    "leastProximity": _NUMBER,
    "leastPlaces": _COUNT,
    **{_weight_of(part): _NUMBER for part in TOWN},
    "standard": _ID,
}
_LISTS: Mapping[str, _Listing] = {
    "promotion": _Listing(_promotion, _OF_GAPS | _OF_CANDIDATES),
    "gaps": _Listing(_gaps, _OF_GAPS),
    "checkup": _Listing(_checkup, {"standard": _ID}),
    **{ledger.kind.plural: _Listing(_ledger(ledger.name), _OF_LEDGERS, of_all=True) for ledger in LEDGERS},
}
LISTS = tuple(_LISTS)
