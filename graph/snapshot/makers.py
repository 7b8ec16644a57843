"""Makers: who makes what in a year, and how much of it they make and can make."""

from dataclasses import dataclass

import numpy as np

from graph.snapshot.csr import Csr, Floats, Ints
from graph.snapshot.invented import invented
from graph.snapshot.purchases import KINDS, supply_flows
from graph.snapshot.years import Mask, Tables, counted


@dataclass(frozen=True, slots=True, eq=False)
class Makers:
    """Who makes what in a year: each pair of an organisation and a product once, ordered by both.

    Both are places in their tables. A pair holds as long as nothing ends it, however old the statement is;
    the figures of an old one are unknown.
    """

    organisation: Ints
    product: Ints
    capacity: Floats
    """Units of the product a year; NaN: unknown, or older than MAX_AGE."""
    output: Floats
    """Units of the product a year; NaN: unknown, or older than MAX_AGE."""
    by_organisation: Csr
    """The products of each organisation; its edges are places in the arrays."""
    by_product: Csr
    """The makers of each product, ordered by id; its edges are places in the arrays."""
    year: Ints
    """Of the statement that counts; MISSING: not stated."""
    source: Ints
    """Who says so (global rows); -1: not stated."""
    edge: Ints
    """Its place among the MAKES relations."""
    synthetic: Mask
    """Whether it is invented, by itself or by what it refers to."""

    def __len__(self) -> int:
        return len(self.organisation)

    def of(self, product: int) -> Ints:
        """List the makers of a product (its place), ordered by id."""
        ends = self.by_product.indptr
        return self.by_product.indices[ends[product] : ends[product + 1]]


def makers(tables: Tables, year: int) -> Makers:
    """Choose who makes what in a year, as `newest` does; the makers must exist in it."""
    return tables.remember(("makers", year), lambda: _makers(tables, year))


def makers_and_sellers(tables: Tables, year: int) -> tuple[Ints, Ints]:
    """Pair organisations with the products that they are known to make, or to sell in the graph.

    Places of both, ordered by organisation and product, each pair once.
    """
    return tables.remember(("makers and sellers", year), lambda: _makers_and_sellers(tables, year))


def _makers(tables: Tables, year: int) -> Makers:
    table, organisations, products = tables.relations["MAKES"], *(tables.nodes[k] for k in KINDS)
    chosen, fresh = counted(tables, "MAKES", year)
    organisation = table.start[chosen] - np.int32(organisations.first)
    product = table.end[chosen] - np.int32(products.first)
    capacity, output = (np.where(fresh, table[name][chosen], np.nan) for name in ("capacity", "output"))
    year_of, source = table["year"][chosen], table["source"][chosen]
    made_up = invented(tables).relations["MAKES"][chosen]
    for array in (organisation, product, capacity, output, year_of, source, chosen, made_up):
        array.setflags(write=False)
    by_organisation = Csr.of(len(organisations), organisation, product)
    by_product = Csr.of(len(products), product, organisation)
    return Makers(
        organisation, product, capacity, output, by_organisation, by_product, year_of, source, chosen, made_up
    )


def _makers_and_sellers(tables: Tables, year: int) -> tuple[Ints, Ints]:
    made, flows = makers(tables, year), supply_flows(tables, year)
    named = flows.product >= 0  # goods whose product is not in the graph
    seller = flows.start[named] - np.int32(tables.nodes["Organisation"].first)
    product = flows.product[named] - np.int32(tables.nodes["Product"].first)
    pairs = np.append(made.organisation, seller).astype(np.int64) << 32 | np.append(made.product, product)
    once = np.unique(pairs)
    return (once >> 32).astype(np.int32), (once & (2**32 - 1)).astype(np.int32)
