"""Where the firms of a small world stand, as the rules are written: one firm at a time."""


def living(world, firm):
    return firm not in world.closed


def local(world, firm, town, homes):
    """Local to a town: its member, or located in its county."""
    return world.member.get(firm) == town or world.where.get(firm) == homes[town]


def belongs(world, firm, homes):
    """The towns whose own a firm is: its own one, else that of its county; agencies are nobody's.

    A world that knows industries and trades says it itself (`own`; tests/oracles/economy.py has the rules).
    """
    if (own := getattr(world, "own", None)) is not None:
        return own.get(firm, [])
    if firm in world.agencies:
        return []
    if firm in world.member:
        return [world.member[firm]]
    return [town for town, county in homes.items() if world.where.get(firm) == county]


def flows(world):
    """Flows between firms that exist; a value too old is none."""
    return {
        key: None if value is None or value < 0 else value
        for key, value in world.sold.items()
        if living(world, key[0]) and living(world, key[1])
    }


def makes(world):
    return {key: value for key, value in world.makes.items() if living(world, key[0])}


def total(values):
    """The sum of what is known; None when something is there and nothing known of it."""
    values = list(values)
    known = [v for v in values if v is not None]
    return None if values and not known else sum(known)
