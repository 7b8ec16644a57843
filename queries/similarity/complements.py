"""Complements: what towns make, what two of them both make, and what one buys that another makes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from scipy.sparse import coo_array, csr_array

from graph.kinds.entities import Product
from graph.kinds.results import result
from graph.snapshot.classification import wares
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.index import NodeIndex
from graph.snapshot.makers import makers_and_sellers
from graph.snapshot.purchases import Flows, purchases, supply_flows
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask
from queries.answer import Aggregation
from queries.levels import groups
from queries.links import known

SHOWN = 20
"""How many products are shown of a pair."""


@result("一镇采购而另一镇生产的产品")
@dataclass(frozen=True, slots=True)
class Complement:
    """A product that one town buys, from anybody, and the other makes."""

    product: Annotated[NodeIndex, Product, "产品"]
    value: Annotated[float | None, "采购镇对该产品的全部采购额（元/年）；空为已知采购、未计量"]
    from_there: Annotated[float | None, "其中已来自另一镇者（元/年）；空为已知有、未计量"]


@result("一镇生产的一种产品")
@dataclass(frozen=True, slots=True)
class MadeProduct:
    """A product that a town makes."""

    product: Annotated[NodeIndex, Product, "产品"]
    makers: Annotated[int, "本镇自己的主体中已知生产或售出它的个数"]
    sold: Annotated[float | None, "已知售出（元/年），含售予本镇者；空为不详或未计量"]


@result("两镇都生产的一种产品")
@dataclass(frozen=True, slots=True)
class SharedProduct:
    """A product that two towns make."""

    product: Annotated[NodeIndex, Product, "产品"]
    start_sold: Annotated[float | None, "甲镇已知售出（元/年）；空为不详或未计量"]
    end_sold: Annotated[float | None, "乙镇已知售出（元/年）；空为不详或未计量"]


@dataclass(frozen=True, slots=True, eq=False)
class Markets:
    """What the towns buy and make of each product: tables of towns × products (places).

    Only of goods: haulage, testing and power complement nobody, every town has its own.
    """

    towns: Ints
    """Global rows."""
    belongs: csr_array
    """Organisations × towns: who belongs to several is split equally."""
    bought: Floats
    """Yuan a year, from sellers in the graph and outside; NaN: bought, not measured; 0: not known to buy."""
    made: Mask
    """Whether an organisation of the town is known to make or sell it."""
    makers: Ints
    """How many are."""
    sold: Floats
    """Yuan a year that the town's are known to sell, to each other too; NaN: nothing known or measured."""


def complements(
    snapshot: Snapshot, as_of: int, buyer: int, maker: int, *, first: int = SHOWN
) -> Sequence[Complement]:
    """List what a town (a global row) buys, from anybody, and another makes: the most bought first."""
    markets = markets_of(snapshot, as_of)
    places = [np.flatnonzero(markets.towns == town) for town in (buyer, maker)]
    if not all(map(len, places)):
        return []
    buying, making = (int(place[0]) for place in places)
    bought = markets.bought[buying]
    products = np.flatnonzero(markets.made[making] & (bought != 0))
    products = products[np.argsort(-np.nan_to_num(bought[products]), kind="stable")][:first]
    there = _between(snapshot, supply_flows(snapshot, as_of), markets.belongs, making, buying)
    base = snapshot.nodes["Product"].first
    cells = zip(products.tolist(), bought[products].tolist(), there[products].tolist(), strict=True)
    return [Complement(NodeIndex(p + base), known(value), known(here)) for p, value, here in cells]


def makes(snapshot: Snapshot, as_of: int, town: int) -> list[MadeProduct]:
    """List the goods that a town (a global row) makes: the most sold first, the unknown last."""
    markets, base = markets_of(snapshot, as_of), snapshot.nodes["Product"].first
    place = np.flatnonzero(markets.towns == town)
    if not len(place):
        return []
    sold, makers = markets.sold[place[0]], markets.makers[place[0]]
    products = np.flatnonzero(makers)
    products = products[np.argsort(-np.nan_to_num(sold[products], nan=-1.0), kind="stable")]
    cells = zip(products.tolist(), makers[products].tolist(), sold[products].tolist(), strict=True)
    return [MadeProduct(NodeIndex(p + base), count, known(value)) for p, count, value in cells]


def shared(snapshot: Snapshot, as_of: int, one: int, other: int) -> list[SharedProduct]:
    """List the goods that two towns (global rows) both make: those that both sell most of first."""
    theirs = {made.product: made.sold for made in makes(snapshot, as_of, other)}
    both = [made for made in makes(snapshot, as_of, one) if made.product in theirs]
    found = [SharedProduct(made.product, made.sold, theirs[made.product]) for made in both]
    return sorted(found, key=lambda row: (-min(row.start_sold or -1, row.end_sold or -1), row.product))


def markets_of(snapshot: Snapshot, as_of: int) -> Markets:
    """Find what all towns buy and make in a year."""
    return snapshot.remember(("markets", as_of), lambda: _markets(snapshot, as_of))


def _markets(snapshot: Snapshot, as_of: int) -> Markets:
    towns, all_ = groups(snapshot, Aggregation.TOWN, as_of).assigned(), purchases(snapshot, as_of)
    some = np.flatnonzero(all_.product >= 0)
    bought = _amounts(snapshot, towns.weights, all_.buyer[some], all_.product[some], all_.value[some])
    who, what = makers_and_sellers(snapshot, as_of)
    makers = _table(snapshot, towns.weights > 0, who, what, np.ones(len(who)))
    goods = wares(snapshot, as_of)
    bought, makers = np.where(goods, bought, 0.0), np.where(goods, makers, 0).astype(np.int32)
    sold = _amounts(snapshot, towns.weights, *_sold(snapshot, as_of))
    return Markets(towns.rows, towns.weights, bought, makers > 0, makers, np.where(sold == 0, np.nan, sold))


def _sold(snapshot: Snapshot, as_of: int) -> tuple[Ints, Ints, Floats]:
    """List what is sold of named products: sellers and products (places), yuan a year."""
    flows = supply_flows(snapshot, as_of)
    some = (flows.product >= 0) & (flows.start != flows.end)
    first, base = (np.int32(snapshot.nodes[kind].first) for kind in ("Organisation", "Product"))
    return flows.start[some] - first, flows.product[some] - base, flows.measured[some]


def _between(snapshot: Snapshot, flows: Flows, belongs: csr_array, seller: int, buyer: int) -> Floats:
    """Add up, by product, what one town (a place) sells to another; to itself nobody sells."""
    first, base = snapshot.nodes["Organisation"].first, snapshot.nodes["Product"].first
    sells, buys = (belongs[:, [town]].toarray().ravel() for town in (seller, buyer))
    part = sells[flows.start - first] * buys[flows.end - first] * (flows.start != flows.end)
    used, count = np.flatnonzero(part), len(snapshot.nodes["Product"])
    value = flows.measured[used] * part[used]
    products = flows.product[used] - base
    total = np.bincount(products, weights=np.nan_to_num(value), minlength=count)
    linked = np.bincount(products, minlength=count) > 0
    return np.where(linked & (total == 0), np.nan, total)


def _amounts(snapshot: Snapshot, belongs: csr_array, who: Ints, what: Ints, value: Floats) -> Floats:
    """Add up values by town and product; NaN where something is known and nothing measured."""
    total = _table(snapshot, belongs, who, what, np.nan_to_num(value))
    some = _table(snapshot, belongs, who, what, np.ones(len(value))) > 0
    return np.where(some & (total == 0), np.nan, total)


def _table(snapshot: Snapshot, belongs: csr_array, who: Ints, what: Ints, value: Floats) -> Floats:
    shape = len(snapshot.nodes["Organisation"]), len(snapshot.nodes["Product"])
    return (belongs.T @ csr_array(coo_array((value, (who, what)), shape=shape))).toarray()
