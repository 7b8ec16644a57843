"""Lists as books: what was asked in words becomes an Excel workbook or a CSV file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from api.http.list_sheets import (
    Basis,
    candidates_method,
    checkup_parts,
    evaluation_parts,
    gap_part,
    near_part,
    promotion_parts,
    proposal_part,
    sheets,
)
from graph.errors import BadInput, NotFound
from graph.kinds.terms import TownLevel
from graph.snapshot.index import NodeIndex
from graph.snapshot.invented import without_invented
from graph.snapshot.snapshot import Snapshot
from loaders.export.lists import Sheet, list_book, list_csv
from queries.gaps.terms import GapAction
from queries.levels import row_of_kind
from queries.lists.checkup_list import checkup_list
from queries.lists.evaluation_list import evaluation_list, proposal_list
from queries.lists.gap_list import gap_list
from queries.lists.near_list import near_list
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
    """`asOf`, `format`, `realOnly`, `town` of a town's list, and those of the question's GraphQL field."""


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
    of_town: bool = True
    """Whether it is a list of one town, which must be named."""


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
    subject = _town(snapshot, whole, given) if listing.of_town else _within(snapshot, given)
    town = snapshot.id_of(subject) if listing.of_town and subject is not None else ""
    as_of = _year(snapshot, given.pop("asOf", None))
    made = listing.make(snapshot, town, as_of, _read(given, listing))
    shown = made if suffix == "xlsx" else made[:1]
    name = "全部专业镇" if subject is None else snapshot.name_of(subject)
    name = name.replace("/", "／").replace("\\", "＼")
    return Book(
        name=f"{name}_{made[0].name}_{snapshot.taken_at:%Y%m%d}.{suffix}",
        content=FORMATS[suffix](made),
        rows={one.name: len(one.rows) for one in shown},
    )


def _town(snapshot: Snapshot, whole: Snapshot, given: dict[str, str]) -> NodeIndex:
    """Take the town that is asked; `whole` has what is invented too."""
    town = _required(given, "town", "town:dingxiang-flange")
    if snapshot.find(town) is None and whole.find(town) is not None:
        raise NotFound(f"town：{town} 是虚构样例，只看真实数据（realOnly）时没有清单")
    return row_of_kind(snapshot, town, "Town", argument="town")


def _within(snapshot: Snapshot, given: Mapping[str, str]) -> NodeIndex | None:
    """Look at the town or the region that a list is of; None: it is of all."""
    asked = given.get("within")
    return None if asked is None else row_of_kind(snapshot, asked, "Town", "Region", argument="within")


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


def _read(given: Mapping[str, str], listing: _Listing) -> dict[str, Any]:
    """Turn written arguments into values; those that a list does not take are refused."""
    found, takes = dict[str, Any](), listing.takes
    for name, text in given.items():
        if name not in takes:
            known = [*(["town"] if listing.of_town else []), "asOf", "format", "realOnly", *takes]
            raise BadInput(f"没有参数 {name}：可用 {'、'.join(known)}", name)
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


def _ranking(snapshot: Snapshot, _: str, as_of: int, asked: dict[str, Any]) -> list[Sheet]:
    asked["standard"] = _required(asked, "standard", "standard:town-evaluation:2024")
    found = evaluation_list(snapshot, as_of=as_of, **_snake(asked))
    basis = Basis(None, as_of, {"评价": found.ranking.method}, found.sources)
    return sheets(snapshot, evaluation_parts(found), basis)


def _proposals(snapshot: Snapshot, _: str, as_of: int, asked: dict[str, Any]) -> list[Sheet]:
    asked["standard"] = _required(asked, "standard", "standard:town-evaluation:2024")
    found = proposal_list(snapshot, as_of=as_of, **_snake(asked))
    basis = Basis(None, as_of, {"评价": found.drafts.method}, found.sources)
    return sheets(snapshot, [proposal_part(found)], basis)


def _near(snapshot: Snapshot, _: str, as_of: int, asked: dict[str, Any]) -> list[Sheet]:
    subject = _within(snapshot, asked)
    found = near_list(snapshot, as_of=as_of, **_snake(asked))
    basis = Basis(subject, as_of, {"小升规": found.found.method}, found.sources)
    return sheets(snapshot, [near_part(found)], basis)


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
_LEVEL = _Reader(TownLevel, "、".join(TownLevel) + "之一")
_OF_EVALUATION = {
    "standard": _ID,
    "level": _LEVEL,
    "includeCandidates": _TRUTH,
    "leastKnown": _NUMBER,
}
_OF_RANKING = _OF_EVALUATION | {"draws": _COUNT, "spread": _NUMBER, "seed": _COUNT, "first": _COUNT}
_OF_NEAR = {"within": _ID, "industry": _ID, "atLeast": _NUMBER, "below": _NUMBER, "first": _COUNT}
_LISTS: Mapping[str, _Listing] = {
    "promotion": _Listing(_promotion, _OF_GAPS | _OF_CANDIDATES),
    "gaps": _Listing(_gaps, _OF_GAPS),
    "checkup": _Listing(_checkup, {"standard": _ID}),
    "ranking": _Listing(_ranking, _OF_RANKING, of_town=False),
    "proposals": _Listing(_proposals, _OF_EVALUATION | {"last": _COUNT, "praise": _COUNT}, of_town=False),
    "near-threshold": _Listing(_near, _OF_NEAR, of_town=False),
}
LISTS = tuple(_LISTS)
