"""Lists as books: what was asked in words becomes an Excel workbook or a CSV file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.http.arguments import COUNT, ID, NUMBER, TRUTH, Reader, read, snake, truth, year
from api.http.downloads import file_name, required_there
from api.http.list_sheets import (
    Basis,
    benefit_part,
    candidates_method,
    checkup_parts,
    comparison_parts,
    gap_part,
    promotion_parts,
    sheets,
)
from graph.errors import BadInput, NotFound
from graph.snapshot.invented import without_invented
from graph.snapshot.snapshot import Snapshot
from loaders.export.lists import Sheet, list_book, list_csv
from queries.gaps.terms import GapAction
from queries.levels import row_of_kind
from queries.lists.benefit_list import BenefitRow, UnclaimedRow, benefit_list, unclaimed_list
from queries.lists.checkup_list import checkup_list
from queries.lists.comparison_list import comparison_list
from queries.lists.gap_list import gap_list
from queries.lists.promotion import promotion
from queries.policies.decisions import BenefitStatus
from queries.sourcing.parts import TOWN, CandidatePart

FORMATS: Mapping[str, Callable[[Sequence[Sheet]], bytes]] = {
    "xlsx": list_book,
    "csv": lambda made: list_csv(made[0]),
}
"""What a book can be written as; CSV holds its first sheet."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which list, and the arguments as they were written."""

    list: str
    arguments: Mapping[str, str]
    """`town` (or `towns`), `asOf`, `format`, `realOnly`, and those of the GraphQL field of the question."""


@dataclass(frozen=True, slots=True)
class Book:
    """A file to hand out."""

    name: str
    content: bytes
    rows: Mapping[str, int]
    """How many rows each table has."""


@dataclass(frozen=True, slots=True)
class _Listing:
    """How a list is made, and what it can be asked for beside the towns and the year."""

    make: "Callable[[Snapshot, Sequence[str], int, dict[str, Any]], list[Sheet]]"
    takes: "Mapping[str, Reader]"
    several: bool = False
    """Whether it is of several towns: `towns`, with commas between them."""

    def towns(self, given: dict[str, str]) -> list[str]:
        """Take the towns out of the arguments; raises BadInput when there are none."""
        if not self.several:
            return [_required(given, "town", "town:dingxiang-flange")]
        listed = _required(given, "towns", "town:dingxiang-flange,town:taigu-malleable-iron")
        return [id.strip() for id in listed.replace("，", ",").split(",") if id.strip()]


def book(snapshot: Snapshot, wanted: Wanted) -> Book:
    """Make a list of a snapshot; raises BadInput, NotFound for what can't be asked."""
    if wanted.list not in _LISTS:
        raise NotFound(f"没有清单 “{wanted.list}”：可用 {'、'.join(_LISTS)}")
    listing, given = _LISTS[wanted.list], dict(wanted.arguments)
    suffix = given.pop("format", "xlsx")
    if suffix not in FORMATS:
        raise BadInput(f"format：没有格式 “{suffix}”，可用 {'、'.join(FORMATS)}", "format")
    whole, snapshot = snapshot, without_invented(snapshot) if truth(given, "realOnly") else snapshot
    towns, as_of = listing.towns(given), year(snapshot, given)
    argument = "towns" if listing.several else "town"
    name = _named(snapshot, whole, towns, argument)
    asked = read(given, listing.takes, also=(argument, "asOf", "format", "realOnly"))
    made = listing.make(snapshot, towns, as_of, asked)
    shown = made if suffix == "xlsx" else made[:1]
    return Book(
        name=f"{file_name(name, made[0].name, f'{snapshot.taken_at:%Y%m%d}')}.{suffix}",
        content=FORMATS[suffix](made),
        rows={one.name: len(one.rows) for one in shown},
    )


def _named(snapshot: Snapshot, whole: Snapshot, towns: Sequence[str], argument: str) -> str:
    """Name the file of some towns; raises NotFound for one that is not there, or invented and left out."""
    for id in towns:
        required_there(whole, snapshot, id, argument, "清单")
    rows = [row_of_kind(snapshot, id, "Town", argument=argument) for id in towns]
    name = "".join(snapshot.name_of(row) for row in rows[:1])
    return f"{name}等{len(rows)}镇" if len(rows) > 1 else name


def _required(given: dict[str, str], name: str, example: str) -> str:
    if not (value := given.pop(name, "")):
        raise BadInput(f"{name}：请给出，如 {name}={example}", name)
    return value


def _promotion(snapshot: Snapshot, towns: Sequence[str], as_of: int, asked: dict[str, Any]) -> list[Sheet]:
    standard, given = asked.pop("standard", None), snake(asked)
    weights = {part: given.pop(_weight_of(part), weight) for part, weight in TOWN.items()}
    given["candidates_first"] = given.pop("candidates", 5)
    found = promotion(snapshot, *towns, as_of=as_of, weights=weights, **given)
    checked = checkup_list(snapshot, *towns, as_of=as_of, standard=standard) if standard else None
    parts = [*promotion_parts(found), gap_part(found.gaps), *(checkup_parts(checked) if checked else ())]
    methods = {"缺链": found.gaps.gaps.method, **candidates_method(found)}
    methods |= {"体检": checked.checkup.method} if checked else {}
    sources = {*found.sources, *found.gaps.sources, *(checked.sources if checked else ())}
    return sheets(snapshot, parts, Basis([found.gaps.gaps.town], as_of, methods, sorted(sources)))


def _gaps(snapshot: Snapshot, towns: Sequence[str], as_of: int, asked: dict[str, Any]) -> list[Sheet]:
    found = gap_list(snapshot, *towns, as_of=as_of, **snake(asked))
    basis = Basis([found.gaps.town], as_of, {"缺链": found.gaps.method}, found.sources)
    return sheets(snapshot, [gap_part(found)], basis)


def _checkup(snapshot: Snapshot, towns: Sequence[str], as_of: int, asked: dict[str, Any]) -> list[Sheet]:
    found = checkup_list(snapshot, *towns, as_of=as_of, standard=asked.get("standard"))
    basis = Basis([found.checkup.town], as_of, {"体检": found.checkup.method}, found.sources)
    return sheets(snapshot, checkup_parts(found), basis)


def _compare(snapshot: Snapshot, towns: Sequence[str], as_of: int, asked: dict[str, Any]) -> list[Sheet]:
    found = comparison_list(snapshot, towns, as_of=as_of, **asked)
    rows = [one.town for one in found.comparison.cards]
    basis = Basis(rows, as_of, found.methods, found.sources)
    return sheets(snapshot, comparison_parts(found), basis)


def _benefits(snapshot: Snapshot, towns: Sequence[str], as_of: int, asked: dict[str, Any]) -> list[Sheet]:
    found = benefit_list(snapshot, towns[0], as_of=as_of, **asked)
    basis = Basis([found.town], as_of, {"可享政策": found.method}, found.sources)
    return sheets(snapshot, [benefit_part(found, BenefitRow)], basis)


def _unclaimed(snapshot: Snapshot, towns: Sequence[str], as_of: int, asked: dict[str, Any]) -> list[Sheet]:
    found = unclaimed_list(snapshot, towns[0], as_of=as_of, **asked)
    basis = Basis([found.town], as_of, {"应享未享": found.method}, found.sources)
    return sheets(snapshot, [benefit_part(found, UnclaimedRow)], basis)


def _weight_of(part: CandidatePart) -> str:
    return f"weights.{part.value.lower()}"


_ACTION = Reader(GapAction, "、".join(GapAction) + "之一")
_STATUS = Reader(BenefitStatus, "、".join(BenefitStatus) + "之一")
_OF_GAPS = {
    "action": _ACTION,
    "first": COUNT,
    "includeCovered": TRUTH,
    "valueWeight": NUMBER,
    "criticalityWeight": NUMBER,
    "feasibilityWeight": NUMBER,
    "localShareBelow": NUMBER,
    "hhiAtLeast": NUMBER,
    "makersEnough": COUNT,
}
_OF_CANDIDATES = {
    "candidates": COUNT,
    "leastProximity": NUMBER,
    "leastPlaces": COUNT,
    "leastValue": NUMBER,
    **{_weight_of(part): NUMBER for part in TOWN},
    "standard": ID,
}
_LISTS: Mapping[str, _Listing] = {
    "promotion": _Listing(_promotion, _OF_GAPS | _OF_CANDIDATES),
    "gaps": _Listing(_gaps, _OF_GAPS),
    "checkup": _Listing(_checkup, {"standard": ID}),
    "compare": _Listing(_compare, {"standard": ID}, several=True),
    "benefits": _Listing(_benefits, {"status": _STATUS, "first": COUNT}),
    "unclaimed": _Listing(_unclaimed, {"first": COUNT}),
}
LISTS = tuple(_LISTS)
OF_SEVERAL = tuple(name for name, one in _LISTS.items() if one.several)
"""The lists that are of several towns."""
