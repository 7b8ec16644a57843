"""Who buys what from whom, and for how much: the invented supply network before it is spread over years."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random

from dev.shanxi.book import Book
from dev.shanxi.cast import Actor, dice

STEEL, STEEL_PRICE = "product:steel", 4_000.0
_STEEL_TOWN, _STEEL_YEAR, _STEEL_YUAN = "dingxiang-flange", 2023, 1.6e6 * STEEL_PRICE
"""What 定襄 buys a year: 1.6 million tonnes."""
_SPENT, _BOUGHT, _SOLD = 0.5, 0.8, 0.85
"""Purchases, at most the purchases, and at most the sales of an organisation, as shares of its revenue."""
_OUTSIDE_SPENT = 0.25
_KEEP_OPTIONAL, _FROM_AFAR, _ALSO_ELSEWHERE = 0.35, 0.75, 0.12
_UNKNOWN_SELLER, _UNKNOWN_PART = 0.35, 0.6


@dataclass(slots=True)
class Deal:
    """One product that a buyer gets from a seller; without a seller, from one who is not in the graph."""

    seller: Actor | None
    buyer: Actor
    product: str
    value: float
    """Yuan a year, in the middle of the years."""


class Market:
    """The makers of each product, and what goes into it."""

    def __init__(self, book: Book, cast: Sequence[Actor]) -> None:
        self.cast = cast
        self.makers: dict[str, list[Actor]] = defaultdict(list)
        for actor in cast:
            for product in actor.makes:
                self.makers[product].append(actor)
        self._inputs: dict[str, list[tuple[str, bool]]] = defaultdict(list)
        for row in book.rows["INPUT_OF"]:
            self._inputs[row["to"]].append((row["from"], row["essential"] == "true"))
        self._services = {r["id"] for r in book.rows["Product"] if r["category"] in ("SERVICE", "PROCESS")}

    def deals(self) -> list[Deal]:
        """Make all deals, balanced so that nobody sells more than it earns."""
        made = [deal for buyer in self.cast for deal in self._purchases(buyer)]
        made += list(self._first_sales({deal.seller.id for deal in made if deal.seller}))
        _set_steel(made)
        _balance(self.cast, made)
        return made

    def _wanted(self, buyer: Actor) -> dict[str, float]:
        """Weigh the products that a buyer needs."""
        random, weights = dice(buyer.id, "needs"), dict[str, float]()
        for product, essential in (pair for made in buyer.makes for pair in self._inputs[made]):
            if product not in buyer.makes and product not in weights:
                light = 0.15 if product in self._services else 1.0
                drawn = random.random() < _KEEP_OPTIONAL
                if essential or buyer.leader or drawn:
                    weights[product] = light * (3.0 if essential else 1.0) * random.uniform(0.5, 1.5)
        return weights | dict.fromkeys(buyer.buys, 1.0)

    def _purchases(self, buyer: Actor) -> Iterable[Deal]:
        weights = self._wanted(buyer)
        spent = buyer.size * (_SPENT if buyer.town else _OUTSIDE_SPENT)
        for product, weight in weights.items():
            value, random = spent * weight / sum(weights.values()), dice(buyer.id, product)
            local, near, far = self._sellers(buyer, product)
            sellers = _chosen(buyer, local, near, far, random)
            hidden = bool(buyer.town) and not local and product not in self._services
            if hidden and (product == STEEL or not sellers or random.random() < _UNKNOWN_SELLER):
                yield Deal(None, buyer, product, value * (_UNKNOWN_PART if sellers else 1.0))
                value *= 1 - _UNKNOWN_PART
            parts = [random.uniform(0.5, 1.5) for _ in sellers]
            for seller, part in zip(sellers, parts, strict=True):
                yield Deal(seller, buyer, product, value * part / sum(parts))

    def _sellers(self, buyer: Actor, product: str) -> tuple[list[Actor], list[Actor], list[Actor]]:
        """Split the makers of a product: in the buyer's town, in other towns, outside the towns."""
        makers = [maker for maker in self.makers[product] if maker is not buyer]
        local = [maker for maker in makers if maker.town and maker.town == buyer.town]
        near = [maker for maker in makers if maker.town and maker.town != buyer.town]
        return local, near, [maker for maker in makers if not maker.town] if buyer.town else []

    def _first_sales(self, sellers: set[str]) -> Iterable[Deal]:
        """Find a buyer for each maker in a town that has none yet."""
        for seller in self.cast:
            if not seller.town or seller.id in sellers:
                continue
            random = dice(seller.id, "first sale")
            buyers = [
                (buyer, product)
                for product in seller.makes
                for buyer in self.cast
                if buyer is not seller and (product in buyer.buys or self._goes_into(product, buyer))
            ]
            close = [pair for pair in buyers if pair[0].town == seller.town] or buyers
            led = [pair for pair in close if pair[0].leader] or close
            for buyer, product in random.sample(led, min(2, len(led))):
                yield Deal(seller, buyer, product, 0.2 * min(seller.size, buyer.size))

    def _goes_into(self, product: str, buyer: Actor) -> bool:
        return product not in buyer.makes and any(
            product == needed for made in buyer.makes for needed, _ in self._inputs[made]
        )


def _chosen(
    buyer: Actor, local: list[Actor], near: list[Actor], far: list[Actor], random: Random
) -> list[Actor]:
    if not buyer.town:
        led = [seller for seller in near if seller.leader]
        others = [seller for seller in near if not seller.leader]
        return led + random.sample(others, min(len(others), random.randint(2, 5)))
    if local:
        several = random.randint(4, 7) if buyer.leader else random.randint(1, 2)
        chosen = random.sample(local, min(len(local), several))
        elsewhere = near + far
        if elsewhere and random.random() < _ALSO_ELSEWHERE:
            chosen.append(random.choice(elsewhere))
        return chosen
    chosen: list[Actor] = []
    for _ in range(random.randint(1, 2)):
        pool = far if far and (not near or random.random() < _FROM_AFAR) else near
        left = [seller for seller in pool if seller not in chosen]
        chosen += random.sample(left, min(1, len(left)))
    return chosen


def _set_steel(deals: list[Deal]) -> None:
    """Bring the steel that 定襄 buys to what is known of it."""
    steel = [deal for deal in deals if deal.product == STEEL and deal.buyer.town == _STEEL_TOWN]
    factor = _STEEL_YUAN / sum(deal.value for deal in steel if deal.buyer.alive(_STEEL_YEAR))
    for deal in steel:
        deal.value *= factor


def _balance(cast: Sequence[Actor], deals: list[Deal]) -> None:
    """Scale deals so that nobody sells or buys more than it earns; those outside earn what that takes."""
    members = {actor.id: actor.size for actor in cast if actor.town and not actor.real}
    _cap(deals, {id: _SOLD * size for id, size in members.items()}, _seller)
    _cap(deals, {id: _BOUGHT * size for id, size in members.items()}, _buyer)
    bought, sold = _sums(deals, _buyer), _sums(deals, _seller)
    for leader in (actor for actor in cast if actor.real):
        away = [deal for deal in deals if deal.seller is leader and not deal.buyer.town]
        lacking = bought[leader.id] / _SPENT - sold[leader.id]
        if lacking > 0:
            for deal in away:
                deal.value += lacking / len(away)
    bought, sold = _sums(deals, _buyer), _sums(deals, _seller)
    for actor in cast:
        if not actor.town:
            actor.size = max(actor.size, sold[actor.id] / _SOLD, bought[actor.id] / _SPENT)


def _cap(deals: list[Deal], most: dict[str, float], side: Callable[[Deal], str]) -> None:
    """Scale down the deals of everyone whose total on this side is above the most."""
    totals = _sums(deals, side)
    for deal in deals:
        id = side(deal)
        if id in most:
            deal.value *= min(1.0, most[id] / totals[id])


def _sums(deals: Iterable[Deal], side: Callable[[Deal], str]) -> dict[str, float]:
    totals = defaultdict[str, float](float)
    for deal in deals:
        totals[side(deal)] += deal.value
    return totals


def _seller(deal: Deal) -> str:
    return deal.seller.id if deal.seller else ""


def _buyer(deal: Deal) -> str:
    return deal.buyer.id
