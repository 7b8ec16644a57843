"""Who takes part: the invented organisations that `invented/roles.csv` asks for, and the real leaders."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import exp
from random import Random

from dev.shanxi.book import INVENTED, Book, Row, read
from dev.shanxi.sizes import real_sizes, set_sizes
from graph.kinds.credit_code import INVENTED_REGION, check_character, inner_check_character

YEARS = range(2021, 2026)
SYNTHETIC = "source:synthetic"
_NUMERALS = "零一二三四五六七八九十"
_CLASS_OF = {
    "ENTERPRISE": "91",
    "SOLE_TRADER": "92",
    "COOPERATIVE": "93",
    "VILLAGE_COLLECTIVE": "N2",
    "INSTITUTION": "12",
}
"""How a credit code begins; family farms have none here."""
_YOUNG = 0.1
_MIDDLE = 2023


@dataclass(slots=True)
class Actor:
    """An organisation that makes, buys and sells."""

    id: str
    form: str
    town: str
    """Empty for those outside the towns."""
    makes: tuple[str, ...]
    buys: tuple[str, ...] = ()
    """Beside the inputs of what it makes."""
    industry: str = ""
    """Of its main activity."""
    leader: bool = False
    real: bool = False
    founded: int = 2000
    closed: int | None = None
    size: float = 0.0
    """Yuan a year, in the middle of the years."""
    revenue: dict[int, float] = field(default_factory=dict[int, float])

    def draw(self, about: str) -> Random:
        """Draw numbers about it."""
        return dice(self.id, about)

    def alive(self, year: int) -> bool:
        """Tell whether it is in business on the last day of a year."""
        return self.founded <= year and (self.closed is None or year < self.closed)

    def level(self, year: int) -> float:
        """Compare a year with the middle of the years."""
        return self.revenue[year] / self.size if year in self.revenue else 1.0


def dice(*about: str) -> Random:
    """Draw numbers that depend on nothing but what they are about."""
    return Random("/".join(("shanxi", *about)))  # noqa: S311 - invented data, no secret


def credit_code(form: str, serial: int) -> str | None:
    """Make the credit code of an invented organisation: sound, but of a region that does not exist."""
    if form not in _CLASS_OF:
        return None
    inner = f"{serial:08d}"
    body = f"{_CLASS_OF[form]}{INVENTED_REGION}{inner}{inner_check_character(inner)}"
    return body + check_character(body)


_ABROAD = "990000"
"""Stands for what is outside the country; not a code of GB/T 2260."""


def numeral(number: int) -> str:
    """Write a number below 20 as names do.

    >>> numeral(12)
    '十二'
    """
    tens, ones = divmod(number, 10)
    return ("十" if tens else "") + (_NUMERALS[ones] if ones or not tens else "")


def actors(book: Book) -> list[Actor]:
    """Add all invented organisations to the book and return them after the real leaders."""
    economies = {row["town"]: row for row in read(INVENTED / "economies.csv")}
    cast = list(_real_leaders(book))
    lies_in: dict[str, list[str]] = {}
    for row in book.rows["LIES_IN"]:
        lies_in.setdefault(row["from"].removeprefix("town:"), []).append(row["to"])
    main = {row["from"]: row["to"] for row in book.rows["CLASSIFIED_AS"]}
    shares: dict[str, float] = {}
    for role in read(INVENTED / "roles.csv"):
        place = role["place"]
        for number in range(1, int(role["count"]) + 1):
            actor = _actor(role, number, town=place if place in economies else "")
            cast.append(actor)
            regions = lies_in.get(place) or [f"region:{_ABROAD if place == 'abroad' else place}"]
            name = role["name"].format(n=numeral(number))
            short = economies[place]["place"] if place in economies else ""
            industry = f"industry:4754-2017:{role['industry']}" if role["industry"] else main[actor.makes[0]]
            actor.industry = industry
            _add(book, actor, f"样例{short}{name}", regions[(number - 1) % len(regions)], len(cast))
            if actor.town:
                shares[actor.id] = float(role["share"]) / int(role["count"])
            else:
                actor.size = 4e8 * exp(actor.draw("size").gauss(0, 0.4))
    set_sizes(cast, shares, economies)
    _set_course(cast, economies)
    return cast


def _real_leaders(book: Book) -> Iterator[Actor]:
    sizes = real_sizes()
    towns = {row["from"]: row["to"].removeprefix("town:") for row in book.rows["LEADS"]}
    trades = {row["from"]: row["to"] for row in book.rows["ENGAGES_IN"]}
    for row in book.rows["Organisation"]:
        id = row["id"]
        makes = tuple(m["to"] for m in book.rows["MAKES"] if m["from"] == id)
        yield Actor(
            id, row["form"], towns[id], makes, industry=trades[id], leader=True, real=True, size=sizes[id]
        )


def _actor(role: Row, number: int, *, town: str) -> Actor:
    id = f"org:sample-{role['place']}-{role['role']}-{number:02d}"
    random = dice(id, "founded")
    leader = "leader" in role["role"]
    young = not leader and town and int(role["count"]) > 3 and random.random() < _YOUNG  # noqa: PLR2004
    founded = random.randint(2021, 2024) if young else random.randint(1996, 2019)
    last = role["closes"] and number == int(role["count"])
    return Actor(
        id,
        role["form"],
        town,
        tuple(f"product:{slug}" for slug in role["makes"].split()),
        tuple(f"product:{slug}" for slug in role["buys"].split()),
        leader=leader,
        founded=2005 if last else founded,
        closed=int(role["closes"]) if last else None,
    )


def _add(book: Book, actor: Actor, name: str, region: str, serial: int) -> None:
    random = dice(actor.id, "dates")
    book.add(
        "Organisation",
        id=actor.id,
        name=name,
        synthetic=True,
        form=actor.form,
        uscc=None if region == f"region:{_ABROAD}" else credit_code(actor.form, serial),
        founded_on=f"{actor.founded}-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}",
        closed_on=f"{actor.closed}-06-30" if actor.closed else None,
    )
    book.add("LOCATED_IN", start=actor.id, end=region, source=SYNTHETIC)
    book.add("ENGAGES_IN", start=actor.id, end=actor.industry, main=True, source=SYNTHETIC)
    if actor.town:
        since = actor.founded if actor.founded in YEARS else None
        book.add("MEMBER_OF", start=actor.id, end=f"town:{actor.town}", since=since, source=SYNTHETIC)
    if actor.leader:
        since = 2023 if actor.id.endswith("02") else None
        book.add("LEADS", start=actor.id, end=f"town:{actor.town}", since=since, source=SYNTHETIC)
    for product in actor.makes:
        book.add("MAKES", start=actor.id, end=product, source=SYNTHETIC)


def _set_course(cast: list[Actor], economies: dict[str, dict[str, str]]) -> None:
    """Let the invented members grow with their town, each year in business."""
    for actor in cast:
        if actor.town and not actor.real:
            growth = 1 + float(economies[actor.town]["growth"])
            for year in (year for year in YEARS if actor.alive(year)):
                noise = dice(actor.id, "revenue", str(year)).uniform(0.96, 1.04)
                actor.revenue[year] = actor.size * growth ** (year - _MIDDLE) * noise
            actor.size = sum(actor.revenue.values()) / len(actor.revenue)
