"""Matches as they are defined: one town, one product, one purchase at a time."""

from tests.oracles.world import belongs, flows, living, local, makes

WORDS = ("OUTSIDE", "INSIDE", "UNKNOWN")
WHENCE = {
    **dict.fromkeys(("COUNTY", "CITY", "PROVINCE"), "INSIDE"),
    **dict.fromkeys(("COUNTRY", "ABROAD"), "OUTSIDE"),
    "UNKNOWN": "UNKNOWN",
}


def purchases(world, town, product, homes):
    """List (buyer, seller, whence, value) of what a town's firms buy elsewhere."""
    found = []
    for (seller, buyer, good), value in flows(world).items():
        if good != product or town not in belongs(world, buyer, homes) or local(world, seller, town, homes):
            continue
        where = world.where.get(seller)
        same = where is not None and where[:2] == homes[town][:2]
        whence = "UNKNOWN" if where is None else "INSIDE" if same else "OUTSIDE"
        found.append((buyer, seller, whence, value))
    for (buyer, good, origin), value in world.needs.items():
        mine = good == product and living(world, buyer) and town in belongs(world, buyer, homes)
        if mine and origin.value in WHENCE:
            found.append((buyer, None, WHENCE[origin.value], value))
    return found


def match(world, buyer, maker, product, homes):
    """Tell what one town buys elsewhere and another makes; None: no match."""
    if buyer == maker or homes[buyer][:2] != homes[maker][:2]:
        return None
    makers = sorted(
        f
        for f, good in makes(world)
        if good == product and maker in belongs(world, f, homes) and not local(world, f, buyer, homes)
    )
    all_of = purchases(world, buyer, product, homes)
    there = [p for p in all_of if p[1] is not None and maker in belongs(world, p[1], homes)]
    left = [p for p in all_of if p not in there]
    if not makers or not left:
        return None
    by = {word: [p[3] for p in left if p[2] == word] for word in WORDS}
    return {
        "origin": next(word for word in WORDS if by[word]),
        **{word: _total(values) for word, values in by.items()},
        "there": _total([p[3] for p in there]),
        "unmeasured": sum(p[3] is None for p in all_of),
        "buyers": sorted({p[0] for p in left}),
        "makers": makers,
    }


def _total(values):
    known = [v for v in values if v is not None]
    return None if values and not known else sum(known)
