"""Classification: what the industry of a product (GB/T 4754) says of it.

Whether it can be attracted to a town, and which products are of the same class or group. The codes alone are
looked at: the first two digits are the division, three the group, four the class.
"""

import numpy as np
from numpy.typing import NDArray

from graph.kinds.terms import ProductCategory, SupplyKind
from graph.snapshot.csr import Ints
from graph.snapshot.regions import pairs
from graph.snapshot.table import code
from graph.snapshot.years import Mask, Tables

type Kinship = NDArray[np.int8]
"""How near products are by their classes: NEAR, FAR, or 0.

What is no good (`wares`) is near to nothing by its class, and no scrap is: glass and sand are of one class.
"""

NEAR, FAR = np.int8(2), np.int8(1)
"""Of the same class (four digits), of the same group (three)."""
KINDS = tuple(SupplyKind)
FOUND = (SupplyKind.FARMED, SupplyKind.MINED, SupplyKind.UTILITY, SupplyKind.SCRAP, SupplyKind.PUBLIC_SERVICE)
"""What is where nature, a grid or the state puts it: it can't be attracted, only secured."""
EVERYWHERE = (SupplyKind.UTILITY, SupplyKind.PUBLIC_SERVICE, SupplyKind.SERVICE)
"""What is done where it is used: no good that is made in one place and sold in another."""
_SECTIONS = {"A": SupplyKind.FARMED, "B": SupplyKind.MINED, "C": SupplyKind.MADE, "D": SupplyKind.UTILITY}
_FARMED, _MINED, _MADE, _UTILITY = 5, 12, 43, 46
"""The last divisions of sections A, B, C and D in GB/T 4754-2017."""
_SCRAP = 42
_AUXILIARY = {5, 11}
"""Services to farms and to mines: first processing, machine work, drilling. They can come to a town."""


def supply_kind(industry: str) -> SupplyKind:
    """Kind of supply of what an industry makes, by its code.

    >>> [supply_kind(c).value for c in ("0119", "0916", "4511", "4220", "3393", "5431", "D", "0514", "1120")]
    ['FARMED', 'MINED', 'UTILITY', 'SCRAP', 'MADE', 'SERVICE', 'UTILITY', 'SERVICE', 'SERVICE']
    """
    if not industry[:2].isdecimal():
        return _SECTIONS.get(industry[:1], SupplyKind.SERVICE)
    division = int(industry[:2])
    if division == _SCRAP:
        return SupplyKind.SCRAP
    if division in _AUXILIARY:
        return SupplyKind.SERVICE
    ends = (
        (_FARMED, SupplyKind.FARMED),
        (_MINED, SupplyKind.MINED),
        (_MADE, SupplyKind.MADE),
        (_UTILITY, SupplyKind.UTILITY),
    )
    return next((kind for last, kind in ends if division <= last), SupplyKind.SERVICE)


def industry_codes(tables: Tables) -> NDArray[np.str_]:
    """Code of every industry (its place)."""
    return np.array(tables.nodes["Industry"]["code"].tolist(), np.str_)


def supply_kinds(tables: Tables, year: int) -> NDArray[np.int8]:
    """Kind of supply of every product (its place), as a place in KINDS; -1: unknown.

    What the product says itself comes before its industries; of several industries one whose goods can be
    attracted comes first, then the smaller code.
    """
    return tables.remember(("supply kinds", year), lambda: _supply_kinds(tables, year))


def attractable(tables: Tables, year: int) -> Mask:
    """Which products (places) can be attracted; those of an unknown kind count as if they could."""
    fixed = [KINDS.index(kind) for kind in FOUND]
    return ~np.isin(supply_kinds(tables, year), fixed)


def wares(tables: Tables, year: int) -> Mask:
    """Which products (places) are goods: what is good to make in one place says what else is.

    Haulage, testing, power are wherever somebody needs them, and say nothing of it. Without a kind the
    product's category decides.
    """
    kinds, category = supply_kinds(tables, year), tables.nodes["Product"]["category"]
    everywhere = np.isin(kinds, [KINDS.index(kind) for kind in EVERYWHERE])
    return ~(everywhere | ((kinds < 0) & (category == code(ProductCategory.SERVICE))))


def kinship(tables: Tables, year: int) -> Kinship:
    """Products × products (places): which are of the same class, or at least of the same group."""
    return tables.remember(("kinship of products", year), lambda: _kinship(tables, year))


def _supply_kinds(tables: Tables, year: int) -> NDArray[np.int8]:
    products, industries = pairs(tables, "CLASSIFIED_AS", year)
    codes = industry_codes(tables)[industries]
    kinds = np.array([KINDS.index(supply_kind(text)) for text in codes.tolist()], np.int8)
    fixed = np.isin(kinds, [KINDS.index(kind) for kind in FOUND])
    order = np.lexsort((codes, fixed))[::-1]
    found = np.full(len(tables.nodes["Product"]), -1, np.int8)
    found[products[order]] = kinds[order]  # the last one written counts
    stated = tables.nodes["Product"]["supplyKind"]
    for place, kind in enumerate(KINDS):
        found[stated == code(kind)] = place
    found.setflags(write=False)
    return found


def _kinship(tables: Tables, year: int) -> Kinship:
    products, industries = pairs(tables, "CLASSIFIED_AS", year)
    codes = industry_codes(tables)[industries]
    near = np.zeros((len(tables.nodes["Product"]),) * 2, np.int8)
    for digits, word in ((3, FAR), (4, NEAR)):
        deep = np.strings.str_len(codes) >= digits
        near[_together(products[deep], codes[deep].astype(f"<U{digits}"), len(near))] = word
    apart = ~wares(tables, year) | (supply_kinds(tables, year) == KINDS.index(SupplyKind.SCRAP))
    near[apart] = near[:, apart] = 0
    near.setflags(write=False)
    return near


def _together(products: Ints, groups: NDArray[np.str_], count: int) -> Mask:
    """Products × products: which share a group."""
    names, group = np.unique(groups, return_inverse=True)
    belongs = np.zeros((count, len(names)), np.float32)
    belongs[products, group] = 1
    return (belongs @ belongs.T) > 0
