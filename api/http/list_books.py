"""Lists as books: what was asked in words becomes an Excel workbook or a CSV file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from api.http.list_sheets import (
    Basis,
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
from queries.lists.checkup_list import checkup_list
from queries.lists.comparison_list import comparison_list
from queries.lists.gap_list import gap_list
from queries.lists.promotion import promotion
from queries.sourcing.parts import TOWN, CandidatePart
from schema.language.context import EARLIEST

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
    takes: "Mapping[str, _Reader]"
    several: bool = False
    """Whether it is of several towns: `towns`, with commas between them."""

    def towns(self, given: dict[str, str]) -> list[str]:
        """Take the towns out of the arguments; raises BadInput when there are none."""
        if not self.several:
            return [_required(given, "town", "town:dingxiang-flange")]
        listed = _required(given, "towns", "town:dingxiang-flange,town:taigu-malleable-iron")
        return [id.strip() for id in listed.replace("，", ",").split(",") if id.strip()]

    def read(self, given: Mapping[str, str]) -> dict[str, Any]:
        """Turn written arguments into values; those that a list does not take are refused."""
        found = dict[str, Any]()
        for name, text in given.items():
            if name not in self.takes:
                known = ("towns" if self.several else "town", "asOf", "format", "realOnly", *self.takes)
                raise BadInput(f"没有参数 {name}：可用 {'、'.join(known)}", name)
            try:
                found[name] = self.takes[name].read(text)
            except (ValueError, KeyError):
                raise BadInput(f"{name}：“{text}”应为{self.takes[name].words}", name) from None
        return found


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
    real = given.pop("realOnly", "false")
    if real not in _TRUTHS:
        raise BadInput(f"realOnly：“{real}”应为 true 或 false", "realOnly")
    whole, snapshot = snapshot, without_invented(snapshot) if _TRUTHS[real] else snapshot
    towns, as_of = listing.towns(given), _year(snapshot, given.pop("asOf", None))
    name = _named(snapshot, whole, towns, "towns" if listing.several else "town")
    made = listing.make(snapshot, towns, as_of, listing.read(given))
    shown = made if suffix == "xlsx" else made[:1]
    return Book(
        name=f"{name}_{made[0].name}_{snapshot.taken_at:%Y%m%d}.{suffix}",
        content=FORMATS[suffix](made),
        rows={one.name: len(one.rows) for one in shown},
    )


def _named(snapshot: Snapshot, whole: Snapshot, towns: Sequence[str], argument: str) -> str:
    """Name the file of some towns; raises NotFound for one that is not there, or invented and left out."""
    for id in towns:
        if snapshot.find(id) is None and whole.find(id) is not None:
            raise NotFound(f"{argument}：{id} 是虚构样例，只看真实数据（realOnly）时没有清单")
    rows = [row_of_kind(snapshot, id, "Town", argument=argument) for id in towns]
    name = "".join(snapshot.name_of(row) for row in rows[:1]).replace("/", "／").replace("\\", "＼")
    return f"{name}等{len(rows)}镇" if len(rows) > 1 else name


def _required(given: dict[str, str], name: str, example: str) -> str:
    if not (value := given.pop(name, "")):
        raise BadInput(f"{name}：请给出，如 {name}={example}", name)
    return value


def _year(snapshot: Snapshot, text: str | None) -> int:
    now = datetime.now(UTC).year
    newest = snapshot.newest_year or now
    if text is None:
        return newest
    latest = max(newest, now)
    if not (text.isascii() and text.isdecimal() and EARLIEST <= int(text) <= latest):
        raise BadInput(f"asOf：“{text}”应为 {EARLIEST} 到 {latest} 之间的年份，如 2024", "asOf")
    return int(text)


def _promotion(snapshot: Snapshot, towns: Sequence[str], as_of: int, asked: dict[str, Any]) -> list[Sheet]:
    standard, given = asked.pop("standard", None), _snake(asked)
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
    found = gap_list(snapshot, *towns, as_of=as_of, **_snake(asked))
    basis = Basis([found.gaps.town], as_of, {"缺链": found.gaps.method}, found.sources)
    return sheets(snapshot, [gap_part(found)], basis)


def _checkup(snapshot: Snapshot, towns: Sequence[str], as_of: int, asked: dict[str, Any]) -> list[Sheet]:
    standard = _required(asked, "standard", "standard:shanxi-recognition:2022")
    found = checkup_list(snapshot, *towns, as_of=as_of, standard=standard)
    basis = Basis([found.checkup.town], as_of, {"体检": found.checkup.method}, found.sources)
    return sheets(snapshot, checkup_parts(found), basis)


def _compare(snapshot: Snapshot, towns: Sequence[str], as_of: int, asked: dict[str, Any]) -> list[Sheet]:
    found = comparison_list(snapshot, towns, as_of=as_of, **asked)
    rows = [one.town for one in found.comparison.cards]
    basis = Basis(rows, as_of, found.methods, found.sources)
    return sheets(snapshot, comparison_parts(found), basis)


def _snake(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {"".join(f"_{c.lower()}" if c.isupper() else c for c in name): v for name, v in asked.items()}


def _weight_of(part: CandidatePart) -> str:
    return f"weights.{part.value.lower()}"


_COUNT, _NUMBER, _ID = _Reader(int, "整数"), _Reader(float, "数"), _Reader(str, "标识")
_TRUTH = _Reader(_TRUTHS.__getitem__, " true 或 false")
_ACTION = _Reader(GapAction, "、".join(GapAction) + "之一")
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
    "compare": _Listing(_compare, {"standard": _ID}, several=True),
}
LISTS = tuple(_LISTS)
OF_SEVERAL = tuple(name for name, one in _LISTS.items() if one.several)
"""The lists that are of several towns."""
