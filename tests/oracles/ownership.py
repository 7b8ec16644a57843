"""Ownership by brute force: sums over paths, and control one company at a time."""


def path_sums(owns, holder):
    """Add up the products of shares over all paths from a holder; only where nothing goes round."""
    found = {}

    def walk(here, share):
        for (owner, owned), part in owns.items():
            if owner == here:
                found[owned] = found.get(owned, 0.0) + share * part
                walk(owned, share * part)

    walk(holder, 1.0)
    return found


def walk_sums(owns, holder, rounds=2_000):
    """Add up the products of shares over all walks that don't come back to the holder, term by term."""
    firms = {firm for pair in owns for firm in pair}
    found, wave = dict.fromkeys(firms, 0.0), {holder: 1.0}
    for _ in range(rounds):
        following = dict.fromkeys(firms, 0.0)
        for (owner, owned), part in owns.items():
            if owned != holder:
                following[owned] += wave.get(owner, 0.0) * part
        wave = following
        found = {firm: found[firm] + wave[firm] for firm in firms}
    return found


def groups(firms, owns, control):
    """Merge each company with the one group that holds enough of it, until nothing changes."""
    group = {firm: {firm} for firm in firms}
    while True:
        for company in firms:
            held = {}
            for (owner, owned), share in owns.items():
                if owned == company and share is not None:
                    key = min(group[owner])
                    held[key] = held.get(key, 0.0) + share
            for key, share in held.items():
                enough = share >= control - 1e-9 and share > sum(held.values()) - share + 1e-9
                if enough and company not in group[key]:
                    merged = group[key] | group[company]
                    for firm in merged:
                        group[firm] = merged
                    break
            else:
                continue
            break
        else:
            return {firm: min(members) for firm, members in group.items()}
