"""The benefits that invented organisations received: to whom their conditions fit, over several years.

Conditions are read off what the book says of an organisation, once more and by hand: a test holds them to the
rules of the benefits. One receipt does not fit, and is there to be found.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dev.shanxi.book import Book
from dev.shanxi.cast import SYNTHETIC, Actor, dice

_FARMS = ("COOPERATIVE", "FAMILY_FARM")
_WAN = 1e4
_SMALL, _LARGE = 300, 4e8
UNFIT = "org:sample-dingxiang-flange-freight-01", "sample-forging-energy", 2024
"""Who was given what in which year without meeting its conditions."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What the book says of organisations: figures by subject, metric and year; titles with their days."""

    figures: Mapping[tuple[str, str], Mapping[int, float]]
    titles: Mapping[tuple[str, str], tuple[str, str]]

    @classmethod
    def of(cls, book: Book) -> "_Known":
        figures = dict[tuple[str, str], dict[int, float]]()
        for row in book.rows["Claim"]:
            if row.get("year") and row["metric"] in ("REVENUE", "EMPLOYEES"):
                scale = _WAN if row["unit"] == "万元" else 1.0
                of = figures.setdefault((row["subject"], row["metric"]), {})
                of[int(row["year"])] = float(row["value"]) * scale
        titles = {
            (row["from"], row["to"].partition(":")[2]): (row.get("validFrom", ""), row.get("validTo", ""))
            for row in book.rows["HOLDS"]
        }
        return cls(figures, titles)

    def figure(self, actor: Actor, metric: str, year: int) -> float | None:
        known = self.figures.get((actor.id, metric), {})
        newest = max((at for at in known if at <= year), default=None)
        return None if newest is None else known[newest]

    def within(self, actor: Actor, metric: str, year: int, low: float, high: float = float("inf")) -> bool:
        value = self.figure(actor, metric, year)
        return value is not None and low <= value < high

    def holds(self, actor: Actor, year: int, *titles: str) -> bool:
        day = f"{year}-12-31"
        held = (self.titles.get((actor.id, title)) for title in titles)
        return any((one[0] or "0") <= day < (one[1] or "9") for one in held if one)


_HIGHER = (
    "specialised-sme",
    "little-giant",
    "single-champion",
    "leading-enterprise",
    "provincial-tech-centre",
)
"""What stands at or above 专精特新 and is given to invented organisations."""
type _Fits = Callable[[_Known, Actor, int], bool]


@dataclass(frozen=True, slots=True)
class _Grant:
    """How often a benefit was given to those whom it fits, in which years."""

    slug: str
    years: Sequence[int]
    share: float
    amount: int | None
    fits: _Fits
    once: bool = False


def _town(name: str, fits: _Fits) -> _Fits:
    return lambda known, actor, year: actor.town == name and fits(known, actor, year)


def _works(actor: Actor, code: str) -> bool:
    return actor.industry.startswith(f"industry:4754-2017:{code}")


def _manufactures(actor: Actor) -> bool:
    return "13" <= actor.industry.rpartition(":")[2][:2] <= "43"


def _above_scale(known: _Known, actor: Actor, year: int) -> bool:
    small = known.within(actor, "EMPLOYEES", year, 0, _SMALL)
    return small and _manufactures(actor) and known.within(actor, "REVENUE", year, 2e7, _LARGE)


def _anybody(_: _Known, __: Actor, ___: int) -> bool:
    return True


def _upgraded(known: _Known, actor: Actor, year: int) -> bool:
    titled = known.holds(actor, year, "high-tech", *_HIGHER)
    return titled and known.within(actor, "REVENUE", year, 1e7)


GRANTS = (
    _Grant(
        "sample-supply-bonus",
        (2023, 2024, 2025),
        0.4,
        200_000,
        _town(
            "dingxiang-flange",
            lambda known, a, year: not a.leader and known.within(a, "REVENUE", year, 3e6, _LARGE),
        ),
    ),
    _Grant(
        "sample-forging-project",
        (2024, 2025),
        0.4,
        None,
        _town(
            "dingxiang-flange",
            lambda known, a, year: "wind-tower-flange" in _goods(a) and known.within(a, "REVENUE", year, 2e7),
        ),
    ),
    _Grant(
        "sample-forging-energy",
        (2024, 2025),
        0.5,
        None,
        _town("dingxiang-flange", lambda known, a, year: known.within(a, "EMPLOYEES", year, 50)),
    ),
    _Grant(
        "sample-forging-land",
        (2024, 2025),
        0.1,
        None,
        _town("dingxiang-flange", lambda _, a, year: a.form == "ENTERPRISE" and a.founded <= year - 4),
    ),
    _Grant(
        "sample-vinegar-farm",
        (2023, 2024, 2025),
        0.4,
        50_000,
        _town("qingxu-vinegar", lambda _, a, __: a.form in _FARMS and "sorghum" in _goods(a)),
    ),
    _Grant(
        "sample-vinegar-talent",
        (2024, 2025),
        0.4,
        100_000,
        _town("qingxu-vinegar", lambda known, a, year: a.leader or known.holds(a, year, *_HIGHER)),
    ),
    _Grant(
        "sample-pump-service",
        (2024, 2025),
        0.4,
        80_000,
        _town("yanhu-pump", lambda _, a, __: _works(a, "3441")),
    ),
    _Grant(
        "sample-casting-energy",
        (2022, 2023, 2024, 2025),
        0.3,
        None,
        _town(
            "taigu-malleable-iron",
            lambda known, a, year: a.form == "ENTERPRISE" and known.within(a, "EMPLOYEES", year, 30),
        ),
    ),
    _Grant(
        "sample-casting-upgrade", (2023, 2024, 2025), 0.4, 300_000, _town("taigu-malleable-iron", _upgraded)
    ),
    _Grant(
        "sample-glass-talent",
        (2023, 2024, 2025),
        0.5,
        80_000,
        _town(
            "qixian-glassware",
            lambda known, a, year: a.leader or known.holds(a, year, "provincial-tech-centre"),
        ),
    ),
    _Grant(
        "sample-glass-testing",
        (2023, 2024, 2025),
        0.4,
        20_000,
        _town(
            "qixian-glassware",
            lambda known, a, year: a.form == "ENTERPRISE" and known.within(a, "REVENUE", year, 0, 2e7),
        ),
    ),
    _Grant("sample-glass-fair", (2024, 2025), 0.5, None, _town("qixian-glassware", _anybody)),
    _Grant(
        "sample-export-relief",
        (2021, 2022),
        0.5,
        300_000,
        _town("qixian-glassware", lambda _, a, __: _works(a, "3054")),
        once=True,
    ),
    _Grant("sample-above-scale", (2024, 2025), 0.3, 100_000, _above_scale, once=True),
    _Grant(
        "sample-little-giant",
        (2024, 2025),
        0.5,
        500_000,
        lambda known, a, year: known.holds(a, year, "little-giant"),
        once=True,
    ),
    _Grant(
        "sample-specialised-award",
        (2024, 2025),
        0.5,
        100_000,
        lambda known, a, year: known.holds(a, year, "specialised-sme"),
        once=True,
    ),
)


def _goods(actor: Actor) -> set[str]:
    return {good.removeprefix("product:") for good in actor.makes}


def add_received(book: Book, cast: Sequence[Actor]) -> None:
    """Let some of those whom benefits fit receive them, and one whom one does not."""
    known = _Known.of(book)
    for grant in GRANTS:
        for actor in sorted(cast, key=lambda one: one.id):
            for year in grant.years:
                if not actor.town or actor.real or not actor.alive(year):
                    continue
                lucky = dice(actor.id, grant.slug, str(year)).random() < grant.share
                if lucky and grant.fits(known, actor, year):
                    _give(book, actor.id, grant, year)
                    if grant.once:
                        break
    unfit, slug, year = UNFIT
    _give(book, unfit, next(grant for grant in GRANTS if grant.slug == slug), year)


def _give(book: Book, id: str, grant: _Grant, year: int) -> None:
    end, cells = f"benefit:{grant.slug}", {"source": SYNTHETIC, "year": year, "amount": grant.amount}
    book.add("RECEIVED", start=id, end=end, **cells)
