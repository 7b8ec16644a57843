"""Figures and titles of the invented organisations, and yearly figures of towns."""

from collections import defaultdict
from collections.abc import Sequence

from dev.shanxi.book import INVENTED, Book, Cell, read
from dev.shanxi.cast import SYNTHETIC, YEARS, Actor, dice

_NO_STAFF, _A_YEAR_MISSING, _NO_FIGURES = 0.06, 0.1, 0.2
_PER_PERSON = 7e5
_GRANT_YEARS = 3


def add_figures(book: Book, cast: Sequence[Actor]) -> None:
    """Claim revenue and staff of each year, some of them missing, and research spending of a few."""
    checked = {row["subject"]: row["year"] for row in book.rows["Claim"] if row["metric"] in _TOTALS}
    for actor in cast:
        random = dice(actor.id, "figures")
        if actor.real or (not actor.town and random.random() < _NO_FIGURES):
            continue
        revenue = actor.revenue or {year: actor.size * random.uniform(0.9, 1.1) for year in YEARS}
        kept = checked.get(f"town:{actor.town}")
        lost = random.choice(list(YEARS)) if random.random() < _A_YEAR_MISSING else None
        staffed = random.random() >= _NO_STAFF
        for year, yuan in revenue.items():
            if year != lost or str(year) == kept:
                _claim(book, actor.id, "REVENUE", max(1, round(yuan / 1e4)), "万元", year)
            if staffed:
                people = max(2, round(yuan / _PER_PERSON * random.uniform(0.8, 1.2)))
                _claim(book, actor.id, "EMPLOYEES", people, "人", year)
        if actor.form == "ENTERPRISE" and actor.town and random.random() < 0.2:  # noqa: PLR2004
            for year in (2023, 2024):
                if year in revenue:
                    spent = round(revenue[year] / 1e4 * random.uniform(0.005, 0.04))
                    _claim(book, actor.id, "RND_SPENDING", spent, "万元", year)


_TOTALS = ("OUTPUT_VALUE", "REVENUE")


def add_yearly(book: Book) -> None:
    """Claim the invented yearly figures of towns; a real figure is never followed by a newer invented one."""
    real = {
        (row["subject"], row["metric"]): int(row["year"])
        for row in book.rows["Claim"]
        if row["source"] != SYNTHETIC and row.get("scope") == "WHOLE" and row.get("year")
    }
    for row in read(INVENTED / "yearly.csv"):
        subject, metric, unit = (row[name] for name in ("subject", "metric", "unit"))
        for year, value in row.items():
            if not year.isdecimal() or not value:
                continue
            if int(year) >= real.get((subject, metric), int(year) + 1):
                raise ValueError(f"{subject} {metric} {year}: a real figure stands there, or before")
            _claim(book, subject, metric, value, unit, int(year))


def _claim(book: Book, subject: str, metric: str, value: Cell, unit: str, year: int) -> None:  # noqa: PLR0913, PLR0917 - one row's facts
    book.add(
        "Claim",
        subject=subject,
        metric=metric,
        value=value,
        unit=unit,
        source=SYNTHETIC,
        grade="C",
        scope="WHOLE",
        bound="EXACT",
        year=year,
        synthetic=True,
    )


def add_titles(book: Book, cast: Sequence[Actor]) -> None:
    """Grant qualifications, more of them to the bigger members of each town; some have run out."""
    towns: dict[str, list[Actor]] = defaultdict(list)
    for actor in cast:
        if actor.town and not actor.real and actor.closed is None:
            towns[actor.town].append(actor)
    for members in towns.values():
        ranked = sorted(members, key=lambda actor: -actor.size)
        for place, actor in enumerate(a for a in ranked if a.form == "ENTERPRISE"):
            for title in _titles(actor, place):
                _grant(book, actor, title)
        for actor in ranked:
            if actor.form == "INSTITUTION":
                _grant(book, actor, "service-platform")


def _titles(actor: Actor, place: int) -> list[str]:
    """Draw the titles of the enterprise that is in this place by size in its town."""
    random = dice(actor.id, "titles")
    chances = (
        ("provincial-tech-centre", 0.6 if place == 0 else 0.15 if place < 5 else 0),  # noqa: PLR2004
        ("little-giant", 0.4 if place < 3 else 0),  # noqa: PLR2004
        ("single-champion", 0.1 if place == 0 else 0),
        ("specialised-sme", 0.45 if place < 10 else 0.05),  # noqa: PLR2004
        ("leading-enterprise", 1.0 if actor.leader else 0),
        ("high-tech", 0.25),
        ("iso-9001", 0.4),
    )
    return [title for title, chance in chances if random.random() < chance]


def _grant(book: Book, actor: Actor, title: str) -> None:
    random = dice(actor.id, title)
    year = max(random.randint(2019, 2024), actor.founded)
    lasting = title.endswith("centre")
    month = random.randint(1, 12)
    book.add(
        "HOLDS",
        start=actor.id,
        end=f"qualification:{title}",
        source=SYNTHETIC,
        valid_from=f"{year}-{month:02d}-01",
        valid_to=None if lasting else f"{year + _GRANT_YEARS}-{month:02d}-01",
        certificate=f"样例-{random.randint(1, 999_999):06d}",
    )
