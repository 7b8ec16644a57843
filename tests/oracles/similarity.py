"""Similar towns as docs/analyses/similarity.md defines them: one organisation, one sale at a time."""

from math import sqrt

from tests.oracles.economy import is_ware, towns_of


def sales(province):
    """List what is sold, the newest each: seller, buyer, product, yuan; to itself is no sale."""
    return [(seller, buyer, good, value) for buyer, good, seller, _, value in province.purchases() if seller]


def supplies(province):
    """List sales, and what organisations supply to themselves."""
    return [*sales(province), *((one, one, good, value) for one, good, value in province.own_use())]


def output(province, organisation):
    """Tell the newest revenue, else the measured sales, whichever is more; None: unknown.

    What an organisation supplies to itself it has put out too, though it is neither sold nor bought.
    """
    sold = [v for s, _, _, v in supplies(province) if s == organisation and v is not None]
    known = [v for v in (province.revenue(organisation), sum(sold) if sold else None) if v is not None]
    return max(known, default=None)


def industries(province, organisation, digits):
    """Split an organisation over its industries, the main ones or all, equally: {industry or None: part}.

    None: the part of what is known less deeply than `digits`.
    """
    engaged = province.held("ENGAGES_IN", start=organisation)
    main = [edge for edge in engaged if edge.main is True]
    codes = [province.nodes[edge.end].code for edge in main or engaged]
    found = {}
    for code in codes:
        key = code[:digits] if len(code) >= digits else None
        found[key] = found.get(key, 0.0) + 1 / len(codes)
    return found


def products(province, organisation):
    """Split an organisation over what it is known to put out, by yuan."""
    sold = [(good, v) for s, _, good, v in supplies(province) if s == organisation and v]
    total, found = sum(v for _, v in sold), {}
    for good, value in sold:
        found[good] = found.get(good, 0.0) + value / total
    return found


def shares(province, town, digits):
    """Share of each industry (product: digits None) in the classified output of a town; its part."""
    held, total = {}, 0.0
    for organisation in province.ids("org"):
        towns = towns_of(province, organisation)
        made = output(province, organisation)
        if town not in towns or made is None:
            continue
        total += made / len(towns)
        split = products(province, organisation) if digits is None else None
        split = split if split is not None else industries(province, organisation, digits)
        for key, part in split.items():
            if key is not None:
                held[key] = held.get(key, 0.0) + made * part / len(towns)
    classified = sum(held.values())
    told = {key: value / classified for key, value in held.items()} if classified else {}
    return told, (classified / total if total else None)


def indices(one, other):
    """K, cosine and overlap of two towns' shares, by their formulas."""
    keys = {*one, *other}
    pairs = [(one.get(key, 0.0), other.get(key, 0.0)) for key in keys]
    lengths = sqrt(sum(a * a for a, _ in pairs) * sum(b * b for _, b in pairs))
    return (
        sum(abs(a - b) for a, b in pairs),
        sum(a * b for a, b in pairs) / lengths,
        sum(min(a, b) for a, b in pairs),
    )


def traded(province, seller, buyer):
    """Yuan that one town sells to another; 0: nothing is known, None: known, not measured."""
    found = []
    for start, end, _, value in sales(province):
        starts, ends = towns_of(province, start), towns_of(province, end)
        if seller in starts and buyer in ends:
            found.append((value, 1 / len(starts) / len(ends)))
    return _added(found)


def offered(province, buyer, maker):
    """Which goods a town buys, from anybody, and another makes: {product: (yuan, of it from there)}.

    Who sells a product, or supplies itself with it, makes it.
    """
    made = set()
    for product in province.ids("product"):
        if any(maker in towns_of(province, one) for one in province.makers(product)):
            made.add(product)
    made |= {good for start, _, good, _ in supplies(province) if maker in towns_of(province, start)}
    found = {}
    for product in (one for one in made if is_ware(province, one)):
        all_of, there = [], []
        for end, good, start, _, value in province.purchases():
            towns = towns_of(province, end)
            if good != product or buyer not in towns:
                continue
            all_of.append((value, 1 / len(towns)))
            starts = towns_of(province, start) if start else []
            if maker in starts:
                there.append((value, 1 / len(towns) / len(starts)))
        if all_of:
            found[product] = _added(all_of), _added(there)
    return found


def _added(values):
    known = [value * part for value, part in values if value is not None]
    return None if values and not known else sum(known)
