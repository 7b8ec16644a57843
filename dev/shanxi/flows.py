"""Deals spread over the years: measured flows, known but unmeasured ones, rival figures, needs."""

from collections.abc import Iterable
from statistics import fmean

from dev.shanxi.book import Book
from dev.shanxi.cast import SYNTHETIC, YEARS, dice
from dev.shanxi.deals import STEEL, STEEL_PRICE, Deal

_UNMEASURED, _SKIPPED, _LATE, _ENDED, _RIVAL = 0.08, 0.06, 0.06, 0.04, 0.008
_BUYERS = "source:synthetic-buyers"
_RIVAL_YEARS = (2023, 2024)
_MOST_YEARS = 5
_LITTLE = 100_000


def add_flows(book: Book, deals: Iterable[Deal]) -> None:
    """Write every deal: SUPPLIES when its seller is known, else NEEDS."""
    seen: set[tuple[str, str, str]] = set()
    for deal in deals:
        if deal.seller is None:
            _add_need(book, deal)
        elif (pair := (deal.seller.id, deal.buyer.id, deal.product)) not in seen:
            seen.add(pair)
            _add_supply(book, deal, deal.seller.id)


def _add_supply(book: Book, deal: Deal, seller: str) -> None:
    random = dice(seller, deal.buyer.id, deal.product)
    since, until = _life(deal)
    first = {"start": seller, "end": deal.buyer.id, "since": since, "until": until}
    cells = first | {"source": SYNTHETIC, "product": deal.product, "synthetic": True}
    if random.random() < _UNMEASURED and not (deal.seller and deal.seller.real):
        share = round(random.uniform(0.1, 0.4), 2) if random.random() < 0.5 else None  # noqa: PLR2004
        book.add("SUPPLIES", **cells, share=share)
        return
    years = [year for year in YEARS if _traded(deal, year, since, until)]
    if len(years) == _MOST_YEARS and random.random() < _SKIPPED * _MOST_YEARS and not _main_sale(deal):
        years.remove(random.choice(years[:-1]))
    rival = random.random() < _RIVAL
    for year in years:
        value = _rounded(deal.value * _level(deal, year) * random.uniform(0.95, 1.05))
        book.add("SUPPLIES", **cells, year=year, value=value)
        if rival and year in _RIVAL_YEARS:
            other = _rounded(value * random.uniform(1.15, 1.4))
            book.add("SUPPLIES", **cells | {"source": _BUYERS}, year=year, value=other)


def _add_need(book: Book, deal: Deal) -> None:
    for year in YEARS:
        if _traded(deal, year, None, None):
            value = _rounded(deal.value * _level(deal, year))
            book.add(
                "NEEDS",
                start=deal.buyer.id,
                end=deal.product,
                source=SYNTHETIC,
                value=value,
                quantity=round(value / STEEL_PRICE) if deal.product == STEEL else None,
                year=year,
                origin="COUNTRY",
            )


def _life(deal: Deal) -> tuple[int | None, int | None]:
    """Tell when a deal began and ended; blank when nothing is said."""
    actors = [actor for actor in (deal.seller, deal.buyer) if actor]
    young = max((actor.founded for actor in actors), default=0)
    if young in YEARS:
        return young, None
    if _main_sale(deal):
        return None, None
    random = dice(*(actor.id for actor in actors), deal.product, "life")
    drawn = random.random()
    if drawn < _LATE:
        return random.randint(2022, 2024), None
    if drawn < _LATE + _ENDED:
        return None, random.randint(2023, 2025)
    return None, None


def _traded(deal: Deal, year: int, since: int | None, until: int | None) -> bool:
    there = all(actor.alive(year) for actor in (deal.seller, deal.buyer) if actor)
    return there and (since or year) <= year and (until is None or year < until)


def _main_sale(deal: Deal) -> bool:
    """Tell the sales of real leaders outside: those of every year make up their output."""
    return deal.seller is not None and deal.seller.real and not deal.buyer.town


def _level(deal: Deal, year: int) -> float:
    """Follow the members of towns; those outside have no course of their own."""
    levels = [actor.level(year) for actor in (deal.seller, deal.buyer) if actor and actor.revenue]
    return min(levels) if deal.seller and deal.seller.revenue else fmean(levels or [1.0])


def _rounded(value: float) -> int:
    """Round down, to thousands or, of little, to hundreds of yuan."""
    step = 1000 if value >= _LITTLE else 100
    return max(1, int(value / step)) * step
