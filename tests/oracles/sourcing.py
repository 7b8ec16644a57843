"""What a town's own organisations buy from one alone, as docs/analyses/chokepoints.md says: pair by pair."""

from tests.oracles.economy import towns_of


def single_sources(province, town=None):
    """Map (buyer, product) of one supplier to it and the yuan; beside it how many pairs have any supplier."""
    suppliers, outside = {}, set()
    for buyer, product, seller, _, value in province.purchases():
        if town is not None and town not in towns_of(province, buyer):
            continue
        if seller is None:
            outside.add((buyer, product))
        else:
            suppliers.setdefault((buyer, product), {})[seller] = value
    single = {
        pair: next(iter(found.items()))
        for pair, found in suppliers.items()
        if len(found) == 1 and pair not in outside
    }
    return single, len(suppliers)
