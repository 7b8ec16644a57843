"""Lists as books: what was asked in words becomes an Excel workbook or a CSV file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from api.http.arguments import read, truth, year
from api.http.downloads import file_name, required_there
from api.http.list_kinds import LISTINGS, Listing, Of, required
from api.http.list_sheets import Basis, sheets
from graph.errors import BadInput, NotFound
from graph.snapshot.invented import without_invented
from graph.snapshot.snapshot import Snapshot
from loaders.export.lists import Sheet, list_book, list_csv
from queries.levels import row_of_kind

FORMATS: Mapping[str, Callable[[Sequence[Sheet]], bytes]] = {
    "xlsx": list_book,
    "csv": lambda made: list_csv(made[0]),
}
"""What a book can be written as; CSV holds its first sheet."""
LISTS = tuple(LISTINGS)
_ALWAYS = ("asOf", "format", "realOnly")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which list, and the arguments as they were written."""

    list: str
    arguments: Mapping[str, str]
    """`town` or `towns` of such lists, `asOf`, `format`, `realOnly`, and those of the question's field."""


@dataclass(frozen=True, slots=True)
class Book:
    """A file to hand out."""

    name: str
    content: bytes
    rows: Mapping[str, int]
    """How many rows each table has."""


def book(snapshot: Snapshot, wanted: Wanted) -> Book:
    """Make a list of a snapshot; raises BadInput, NotFound for what can't be asked."""
    if wanted.list not in LISTINGS:
        raise NotFound(f"没有清单 “{wanted.list}”：可用 {'、'.join(LISTS)}")
    listing, given = LISTINGS[wanted.list], dict(wanted.arguments)
    suffix = given.pop("format", "xlsx")
    if suffix not in FORMATS:
        raise BadInput(f"format：没有格式 “{suffix}”，可用 {'、'.join(FORMATS)}", "format")
    whole, snapshot = snapshot, without_invented(snapshot) if truth(given, "realOnly") else snapshot
    towns, as_of = _towns(snapshot, whole, listing, given), year(snapshot, given)
    asked = read(given, listing.takes, also=(*filter(None, (listing.of.argument,)), *_ALWAYS))
    made = listing.make(snapshot, towns, as_of, asked)
    pages = sheets(snapshot, made)
    shown = pages if suffix == "xlsx" else pages[:1]
    name = _name(snapshot, made.basis)
    return Book(
        name=f"{file_name(name, made.name or pages[0].name, f'{snapshot.taken_at:%Y%m%d}')}.{suffix}",
        content=FORMATS[suffix](pages),
        rows={one.name: len(one.rows) for one in shown},
    )


def _towns(snapshot: Snapshot, whole: Snapshot, listing: Listing, given: dict[str, str]) -> Sequence[str]:
    """Take the towns out of the arguments; raises BadInput without one, NotFound for a wrong one.

    `whole` has what is invented too.
    """
    name = listing.of.argument
    if listing.of is Of.ALL:
        return []
    if listing.of is Of.TOWN_OR_ALL and not given.get(name):
        given.pop(name, None)
        return []
    example = "town:dingxiang-flange" + ",town:taigu-malleable-iron" * (listing.of is Of.TOWNS)
    listed = required(given, name, example).replace("，", ",")
    towns = [id.strip() for id in listed.split(",") if id.strip()] if listing.of is Of.TOWNS else [listed]
    for id in towns:
        required_there(whole, snapshot, id, name, "清单")
        row_of_kind(snapshot, id, "Town", argument=name)
    return towns


def _name(snapshot: Snapshot, basis: Basis) -> str:
    """Say what a file is of."""
    names = [snapshot.name_of(row) for row in basis.subjects]
    return f"{names[0]}等{len(names)}镇" if len(names) > 1 else "".join(names) or basis.whole
