"""Essentiality: whether a buyer can go on without a good for a while, or its production stops.

Link by link (seller, buyer, product): first what INPUT_OF says of the product and what the buyer makes or
sells; else a table of inputs without which a process of an industry stops; else the good counts as
replaceable, and is counted as unknown. The table is ours, drawn up from common technical knowledge (grade
C): it takes only raw materials and power that a process can't do without; equipment, packaging and services
count as replaceable in the short run.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array

from graph.snapshot.csr import Ints
from graph.snapshot.makers import makers_and_sellers
from graph.snapshot.purchases import KINDS, Flows
from graph.snapshot.regions import industry_level, main_industry, pairs
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask, valid_in
from queries.cascade.esri import ESSENTIAL, REPLACEABLE, Needs

SOURCE = "INPUT_OF.essential；缺则两位行业对照表（工艺常识，C 级）；再缺则视为可替代"
"""Said among the parameters of every answer."""
ESSENTIAL_INPUTS = {
    "13": "01 03",
    "14": "01 03 13",
    "15": "01 15",
    "17": "01 17 28",
    "20": "02 20",
    "22": "22",
    "23": "22",
    "25": "06",
    "26": "25 26",
    "27": "01 26 27",
    "29": "26 29",
    "30": "10 30",
    "31": "06 08 25 31",
    "32": "09 32",
    "33": "31 32 33",
    "34": "31 33",
    "35": "31 33",
    "36": "31 33",
    "38": "31 32",
    "44": "06",
    "45": "07",
}
"""By the two digits of the buyer: the industries of the inputs without which it stops (GB/T 4754—2017)."""
POWER = "44"
"""Electricity and heat: essential to every manufacturer (13–43)."""
SUPPORT = "05 23 34 35 43 51 52 53 54 55 56 57 58 59 60 63 64 65 66 70 71 72 73 74 75 77 78"
"""Equipment, printing and services: replaceable in the short run unless the table says otherwise."""


@dataclass(frozen=True, slots=True, eq=False)
class Essentiality:
    """What each good is to its buyer, and how that is known; counted in links (seller, buyer, product)."""

    need: Needs
    by_product: int
    """Known from INPUT_OF."""
    by_industry: int
    """Else known from the table of industries."""
    unknown: int
    """Known from neither: they count as replaceable."""


def essentiality(snapshot: Snapshot, as_of: int, flows: Flows, chosen: Ints) -> Essentiality:
    """What the product of some flows (places) is to their buyer."""
    first = snapshot.nodes["Organisation"].first
    buyer, product = flows.end[chosen] - first, flows.product[chosen] - snapshot.nodes["Product"].first
    need = np.full(len(chosen), -1, np.int8)
    makes, inputs = _makes(snapshot, as_of), snapshot.relations["INPUT_OF"]
    held = valid_in(inputs, as_of)
    for said, meant in ((0, REPLACEABLE), (1, ESSENTIAL)):
        told = held & (inputs["essential"] == said)
        into = _into(snapshot, inputs.start[told], inputs.end[told])
        need[_among(csr_array(makes @ into), buyer, product)] = meant
    by_product = int((need >= 0).sum())
    rest = np.flatnonzero(need < 0)
    need[rest] = _by_industry(snapshot, as_of, flows.start[chosen[rest]] - first, buyer[rest], product[rest])
    unknown = int((need < 0).sum())
    need[need < 0] = REPLACEABLE
    return Essentiality(need, by_product, len(chosen) - by_product - unknown, unknown)


def _makes(snapshot: Snapshot, as_of: int) -> csr_array:
    """Mark what each organisation makes or sells (organisation by product)."""
    ends, shape = makers_and_sellers(snapshot, as_of), [len(snapshot.nodes[kind]) for kind in KINDS]
    return csr_array(coo_array((np.ones(len(ends[0]), np.int32), ends), shape=tuple(shape)))


def _into(snapshot: Snapshot, start: Ints, end: Ints) -> csr_array:
    """Mark what goes into each product (product by input)."""
    products = snapshot.nodes["Product"]
    ends, shape = (end - products.first, start - products.first), (len(products), len(products))
    return csr_array(coo_array((np.ones(len(start), np.int32), ends), shape=shape))


def _among(needs: csr_array, buyer: Ints, product: Ints) -> Mask:
    """Which pairs of a buyer and a product are marked."""
    count = len(needs.indptr) - 1
    owners = np.repeat(np.arange(count, dtype=np.int64), np.diff(needs.indptr))
    return np.isin(buyer + product.astype(np.int64) * count, owners + needs.indices.astype(np.int64) * count)


def _by_industry(snapshot: Snapshot, as_of: int, seller: Ints, buyer: Ints, product: Ints) -> Needs:
    """Look up the industry of the product (else of its seller) and of the buyer; -1: not in the table."""
    above, main = industry_level(snapshot, as_of, 2), main_industry(snapshot, as_of, 2)
    goods, classes = pairs(snapshot, "CLASSIFIED_AS", as_of)
    of_product = np.full(len(snapshot.nodes["Product"]), -1, np.int32)
    of_product[goods[::-1]] = above[classes[::-1]]
    given = np.where(of_product[product] >= 0, of_product[product], main[seller])
    codes = [*snapshot.nodes["Industry"]["code"].tolist(), None]
    ends = np.unique(np.stack([given, main[buyer]]), axis=1, return_inverse=True)
    table = [need_of(codes[i], codes[j]) for i, j in ends[0].T.tolist()]
    return np.array([-1 if need is None else need for need in table], np.int8)[ends[1]]


def need_of(given: str | None, buyer: str | None) -> int | None:
    """Look up what an input of an industry is to a buyer of another (two digits); None: not in the table.

    >>> need_of("31", "33") == ESSENTIAL, need_of("54", "33") == REPLACEABLE, need_of("24", "33")
    (True, True, None)
    """
    if given is None or buyer is None:
        return None
    if given in ESSENTIAL_INPUTS.get(buyer, "").split() or (given == POWER and "13" <= buyer <= "43"):
        return ESSENTIAL
    return REPLACEABLE if given in SUPPORT.split() else None
