"""Suppliers of a buyer as they are defined: one firm at a time."""

from tests.oracles.world import belongs, flows, living, makes

REGIONS = (("COUNTY", 6), ("CITY", 4), ("PROVINCE", 2))


def suppliers(world, buyer, product, homes):
    """Map who could supply a buyer to the kinds of evidence and the proximity."""
    sold = flows(world)
    known = {f for f, good in makes(world) if good == product} | {s for s, _, good in sold if good == product}
    now = {s for s, b, good in sold if b == buyer and good == product}
    towns = belongs(world, buyer, homes)
    customers = {s: {b for s2, b, good in sold if s2 == s and good == product and b != s} for s in known}
    kin = {b if a == buyer else a for a, b in {*world.owns, *world.allied} if buyer in {a, b}}
    found = {}
    for firm in sorted(known - now - {buyer} - world.agencies):
        near = proximity(world, buyer, firm)
        home = near in {"COUNTY", "CITY", "PROVINCE"}
        here = any(
            town in belongs(world, b, homes) and living(world, b)
            for b in customers[firm] - {buyer}
            for town in towns
        )
        flags = {"HOME": home, "SELLER": here, "RELATIVE": firm in kin, "MAKER": not home}
        found[firm] = [kind for kind, holds in flags.items() if holds], near
    return found


def proximity(world, one, other):
    """The smallest region that both are known to lie in; UNKNOWN: one of the two provinces is."""
    here, there = world.where.get(one), world.where.get(other)
    if here is None or there is None:
        return "UNKNOWN"
    return next((word for word, digits in REGIONS if here[:digits] == there[:digits]), "COUNTRY")
