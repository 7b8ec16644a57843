"""Local links: what a town makes that goes into a product, and what it makes out of it."""

from dataclasses import dataclass

import numpy as np

from graph.snapshot.csr import Ints
from graph.snapshot.makers import makers
from graph.snapshot.regions import local_to
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask
from queries.gaps.product_links import inputs_of


@dataclass(frozen=True, slots=True, eq=False)
class LocalLinks:
    """How many local makers each product has (its place), and who of them would trade with a newcomer."""

    snapshot: Snapshot
    as_of: int
    makers: Ints
    made_up: Mask
    """Whether an invented row says so of one of them."""

    @classmethod
    def of(cls, snapshot: Snapshot, town: int, as_of: int) -> "LocalLinks":
        """Count the makers of a town (a global row)."""
        found = makers(snapshot, as_of)
        local: Mask = local_to(snapshot, town - snapshot.nodes["Town"].first, as_of)
        here, count = local[found.organisation], len(snapshot.nodes["Product"])
        makers_of = np.bincount(found.product[here], minlength=count).astype(np.int32)
        made_up = np.zeros(count, np.bool_)
        made_up[found.product[here & found.synthetic]] = True
        return cls(snapshot, as_of, makers_of, made_up)

    def invented(self, product: int) -> bool:
        """Whether a maker that is named for a product (a global row) is invented."""
        inputs, place = inputs_of(self.snapshot, self.as_of), product - self.snapshot.nodes["Product"].first
        near = np.append(inputs.start[inputs.end == place], inputs.end[inputs.start == place])
        return bool(self.made_up[near].any())

    def words(self, product: int) -> str | None:
        """Name what local makers could supply to a maker of a product (a global row), and take from it."""
        inputs, place = inputs_of(self.snapshot, self.as_of), product - self.snapshot.nodes["Product"].first
        up = self._made(inputs.start[inputs.end == place])
        down = self._made(inputs.end[inputs.start == place])
        said = [f"{side}：{'、'.join(names)}" for side, names in (("上游", up), ("下游", down)) if names]
        return "；".join(said) or None

    def _made(self, products: Ints) -> list[str]:
        first = self.snapshot.nodes["Product"].first
        return [
            f"{self.snapshot.name_of(place + first)}（{self.makers[place]} 家）"
            for place in np.unique(products).tolist()
            if self.makers[place]
        ]
