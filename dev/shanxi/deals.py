"""Who buys what from whom, and for how much: the invented supply network before it is spread over years."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random

from dev.shanxi.book import INVENTED, Book, read
from dev.shanxi.cast import Actor, dice

STEEL, STEEL_PRICE = "product:steel", 4_000.0
_MATERIALS, _BOUGHT, _SOLD, _LEADER_BOUGHT = 0.5, 0.78, 0.8, 0.55
"""Of revenue: what materials cost, the most of purchases, the most of sales, a real leader's purchases."""
_OUTSIDE_MATERIALS, _OUTSIDE_SOLD, _OUTSIDE_BOUGHT = 0.25, 0.7, 0.7
_OF_A_LIMIT = 0.8
"""How far a limit of `limits.csv` is used at most: years differ."""
_KEEP_OPTIONAL, _KEEP_PACKAGING, _FROM_AFAR, _ALSO_ELSEWHERE = 0.35, 0.55, 0.75, 0.12
_UNKNOWN_SELLER, _UNKNOWN_PART = 0.35, 0.6
_SHORT = 0.3
"""From this share of what is wanted on, what local makers can't deliver comes from elsewhere."""
_CATEGORY_LIMITS = {"SERVICE": 0.03, "PROCESS": 0.08, "EQUIPMENT": 0.03}
"""Most that one such product costs, of the buyer's revenue."""


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
        category = {row["id"]: row["category"] for row in book.rows["Product"]}
        self._services = {id for id, name in category.items() if name in ("SERVICE", "PROCESS")}
        self._raw = {id for id, name in category.items() if name == "RAW_MATERIAL"}
        self._limits = {
            id: (id, _CATEGORY_LIMITS[name]) for id, name in category.items() if name in _CATEGORY_LIMITS
        } | {f"product:{r['product']}": (r["group"], float(r["most"])) for r in read(INVENTED / "limits.csv")}

    def deals(self) -> list[Deal]:
        """Make all deals, balanced so that nobody sells or buys more than it can."""
        made = [deal for buyer in self.cast for deal in self._purchases(buyer)]
        made += list(self._first_sales({deal.seller.id for deal in made if deal.seller}))
        _cap(made, {a.id: a.size * (1.0 if a.real else _SOLD) for a in self.cast if a.town}, _seller)
        made += list(self._from_elsewhere(made))
        _cap(
            made,
            {a.id: a.size * (_LEADER_BOUGHT if a.real else _BOUGHT) for a in self.cast if a.town},
            _buyer,
        )
        _sell_away(self.cast, made)
        self._keep_limits(made)
        return made

    def _wanted(self, buyer: Actor) -> dict[str, float]:
        """What a buyer spends on each product that it needs, as a share of its revenue."""
        random, weights = dice(buyer.id, "needs"), dict[str, float]()
        for product, essential in (pair for made in buyer.makes for pair in self._inputs[made]):
            if product not in buyer.makes and product not in weights:
                packed = self._group(product) == "packaging"
                drawn = random.random() < (_KEEP_PACKAGING if packed else _KEEP_OPTIONAL)
                if essential or buyer.leader or drawn:
                    weights[product] = (3.0 if essential else 1.0) * random.uniform(0.5, 1.5)
        weights |= dict.fromkeys(buyer.buys, 1.0)
        whole = sum(weight for product, weight in weights.items() if product not in self._limits)
        together = Counter(self._group(product) for product in weights)
        materials = _MATERIALS if buyer.town else _OUTSIDE_MATERIALS
        return {
            product: self._limits[product][1] * random.uniform(0.4, 0.8) / together[self._group(product)]
            if product in self._limits
            else materials * weight / whole
            for product, weight in weights.items()
        }

    def _group(self, product: str) -> str:
        return self._limits.get(product, (product, 1.0))[0]

    def _purchases(self, buyer: Actor) -> Iterable[Deal]:
        for product, share in self._wanted(buyer).items():
            value, random = buyer.size * share, dice(buyer.id, product)
            local, near, far = self._sellers(buyer, product)
            sellers = _chosen(buyer, local, near, far, random)
            hidden = bool(buyer.town) and not local and product not in self._services
            if hidden and (product == STEEL or not sellers or random.random() < _UNKNOWN_SELLER):
                yield Deal(None, buyer, product, value * (_UNKNOWN_PART if sellers else 1.0))
                value *= 1 - _UNKNOWN_PART
            parts = [random.uniform(0.5, 1.5) for _ in sellers]
            for seller, part in zip(sellers, parts, strict=True):
                yield Deal(seller, buyer, product, value * part / sum(parts))

    def _from_elsewhere(self, made: Iterable[Deal]) -> Iterable[Deal]:
        """Buy from outside what the local makers of a material can't deliver."""
        got: dict[tuple[str, str], float] = defaultdict(float)
        for deal in made:
            got[deal.buyer.id, deal.product] += deal.value
        for buyer in (actor for actor in self.cast if actor.town):
            for product, share in self._wanted(buyer).items():
                lacking = buyer.size * share - got[buyer.id, product]
                if product in self._limits or lacking < _SHORT * buyer.size * share:
                    continue
                _, _, far = self._sellers(buyer, product)
                if far:
                    yield Deal(dice(buyer.id, product, "elsewhere").choice(far), buyer, product, lacking)
                elif buyer.real and product in self._raw:
                    yield Deal(None, buyer, product, lacking)

    def _keep_limits(self, deals: Sequence[Deal]) -> None:
        """Scale down what would cost a buyer more than the product's kind may."""
        limits = dict(self._limits.values())
        sizes = {actor.id: actor.size for actor in self.cast}
        spent: dict[tuple[str, str], float] = defaultdict(float)
        for deal in deals:
            spent[deal.buyer.id, self._group(deal.product)] += deal.value
        for deal in deals:
            group = self._group(deal.product)
            most = _OF_A_LIMIT * limits.get(group, 1.0) * sizes[deal.buyer.id]
            deal.value *= min(1.0, most / spent[deal.buyer.id, group])

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


def _sell_away(cast: Sequence[Actor], deals: list[Deal]) -> None:
    """Let real leaders sell their whole output, the rest of it outside; those there earn what that takes."""
    sold = _sums(deals, _seller)
    for leader in (actor for actor in cast if actor.real):
        away = [deal for deal in deals if deal.seller is leader and not deal.buyer.town]
        for deal in away:
            deal.value += (leader.size - sold[leader.id]) / len(away)
    bought, sold = _sums(deals, _buyer), _sums(deals, _seller)
    for actor in cast:
        if not actor.town:
            actor.size = max(actor.size, sold[actor.id] / _OUTSIDE_SOLD, bought[actor.id] / _OUTSIDE_BOUGHT)


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
