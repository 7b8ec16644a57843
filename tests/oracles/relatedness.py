"""Relatedness as docs/analyses/relatedness.md defines it: one pair of products, one town at a time."""

from tests.oracles.economy import is_ware, supply_kind, towns_of
from tests.oracles.similarity import supplies

ALPHA, NEAR = 3.0, 0.55


def board(province, measure):
    """Map (town, product) to X, and tell what it counts: makers stand for sales where nobody measured one."""
    found = {}
    if measure == "OUTPUT":
        for seller, _, good, value in supplies(province):
            _add(found, province, seller, good, value)
    if not found:
        measure = "MAKERS"
        for good in province.ids("product"):
            for maker in province.makers(good):
                _add(found, province, maker, good, 1.0)
    return found, measure


def _add(found, province, organisation, good, value):
    if not is_ware(province, good):
        return
    towns = towns_of(province, organisation)
    for town in towns if value else []:
        found[town, good] = found.get((town, good), 0.0) + value / len(towns)


class Relatedness:
    """What the board of a year says of towns and products."""

    def __init__(self, province, measure="OUTPUT", least=3) -> None:
        self.province, self.least = province, least
        self.x, self.measure = board(province, measure)
        self.towns = sorted({town for town, _ in self.x})
        self.goods = sorted({good for _, good in self.x})
        self.whole = sum(self.x.values())
        self.specialised = {
            (town, good) for town, good in self.x if (self.rca(town, good) or 0.0) >= 1 - 1e-9
        }
        pairs = [(p, q) for p in self.goods for q in self.goods if p < q and self.places(p, q) >= least]
        most = sum(self._most(p, q) for p, q in pairs)
        self.base = sum(self.together(p, q) for p, q in pairs) / most if most else 0.0

    def rca(self, town, good):
        """(X_rp / X_r.) / (X_.p / X..)."""
        row = sum(v for (t, _), v in self.x.items() if t == town)
        column = sum(v for (_, g), v in self.x.items() if g == good)
        return self.x.get((town, good), 0.0) / row / (column / self.whole)

    def has(self, good):
        """The towns that are specialised in a product."""
        return {town for town, one in self.specialised if one == good}

    def places(self, p, q):
        """How many towns are specialised in either."""
        return len(self.has(p) | self.has(q))

    def together(self, p, q):
        """How many towns are specialised in both."""
        return len(self.has(p) & self.has(q))

    def phi(self, p, q):
        """Shrunk co-location of two products; None: too few places."""
        if p == q:
            return 1.0
        if p not in self.goods or q not in self.goods or self.places(p, q) < self.least:
            return None
        return (self.together(p, q) + ALPHA * self.base) / (self._most(p, q) + ALPHA)

    def density(self, town, good):
        """Σ M φ̂ ÷ Σ φ̂ over what is known; None: φ̂ is known of no other product, or nothing of this one."""
        known = [(q, n) for q in self.goods if (n := self.phi(good, q)) is not None]
        if good not in self.goods or len(known) < 2:
            return None
        return sum(n for q, n in known if (town, q) in self.specialised) / sum(n for _, n in known)

    def nearest(self, town, good):
        """The nearest other product that the town is specialised in: (product, basis, near, φ̂); None: none.

        What never went together is not near; classes speak where φ̂ is unknown, after all that are known.
        """
        mine = [q for q in self.goods if q != good and (town, q) in self.specialised]
        known = [(-n, q) for q in mine if (n := self.phi(good, q)) is not None and self.together(good, q)]
        if known:
            n, q = min(known)
            return q, "CO_LOCATION", -n >= NEAR, -n
        unknown = [q for q in mine if self.phi(good, q) is None]
        for digits in (4, 3):
            kin = [q for q in unknown if self._classes(good, digits) & self._classes(q, digits)]
            if kin:
                return kin[0], "SAME_CLASS", digits == 4, None
        return None

    def _classes(self, good, digits):
        if supply_kind(self.province, good) == "SCRAP":  # glass and sand are of one class
            return set()
        codes = self.province.codes("CLASSIFIED_AS", start=good)
        return {code[:digits] for code in codes if len(code) >= digits}

    def _most(self, p, q):
        return max(len(self.has(p)), len(self.has(q)))
