"""Gaps as docs/analyses/gaps.md defines them, product by product."""

from collections import defaultdict

from tests.oracles.economy import FIXED, own_rule, supply_kind
from tests.oracles.province import NEAR


def gaps(province, town, share=0.4, hhi=0.5, enough=3):  # noqa: PLR0915 - one rule after the other
    """Map each product that has a state to what is concluded of it, by ids; beside it what is left out."""
    organisations = province.ids("org")
    members = {o for o in organisations if province.exists(o) and own_rule(province, town, o)}
    near = {o: province.near(town, o) for o in organisations}
    unsure = {o for o in organisations if province.open(town, o)}
    bought = list(province.purchases())
    steps = _steps(province, town)
    products = province.ids("product")
    makers = {p: province.makers(p) for p in products}
    made = {p for p in products if any(near[o] == "TOWN" for o in makers[p])}
    mine_made = {p for p in products if members & {*makers[p]}}
    ahead = _downstream(province, mine_made, made, steps, makers)
    because = {product: min(ways)[1] for product, ways in ahead.items()}
    titled = any(province.qualified(o) for o in organisations if province.local(town, o))
    wares = defaultdict(list)
    for one in bought:
        wares[one[1]].append(one)
    found, left_out = {}, set()
    for product in products:
        mine = [one for one in wares[product] if one[0] in members]
        if product not in steps and not mine and product not in because:
            continue
        local = [o for o in makers[product] if near[o] == "TOWN"]
        row = _demand(mine, near, unsure)
        then = [
            o
            for o in province.makers(product, province.year - 3)
            if province.local(town, o, province.year - 3)
        ]
        least = row["local_share_at_most"]
        without = bool(local) and titled and not any(map(province.qualified, local))
        reasons = {
            "NO_MAKER": not local,
            "OUTSIDE_ONLY": not local and bool(mine),
            "SINGLE_SOURCE": len(local) == 1,
            "CONCENTRATED": row["hhi"] is not None and row["hhi"] >= hhi and len(local) < enough,
            "LOW_LOCAL_SHARE": least is not None and least < share,
            "NO_QUALIFIED_MAKER": without and any(map(province.qualified, makers[product])),
            "TITLES_UNREGISTERED": without and not any(map(province.qualified, makers[product])),
            "NO_DOWNSTREAM": product in because,
            "LOSING": len(local) < len(then),
        }
        row["reasons"] = [name for name, holds in reasons.items() if holds]
        _, required = steps.get(product, (None, None))
        wanted = required is True or bool(mine) or product in because
        if not local and not wanted and required is False:
            left_out.add(product)
            continue
        known = bool(makers[product]) or bool(wares[product])
        if not known or (not local and not wanted):
            row["state"] = "UNKNOWN"
        elif not local:
            row["state"] = "MISSING"
        elif {"SINGLE_SOURCE", "CONCENTRATED", "LOW_LOCAL_SHARE", "NO_QUALIFIED_MAKER"} & {*row["reasons"]}:
            row["state"] = "WEAK"
        else:
            row["state"] = "COVERED"
        row["because"] = because.get(product)
        row["kind"] = supply_kind(province, product)
        row["action"] = _action(row)
        row["rivals"] = _rivals(province, town, product, makers) if row["action"] == "EXTEND" else []
        if row["rivals"]:
            row["reasons"].append("RIVAL_TOWN")
        row["suppliers"] = _suppliers(mine)
        row["value"] = (
            _outflow(product, bought, members, ahead, makers, near)
            if row["action"] == "EXTEND"
            else _value(row, mine, near, unsure, local)
        )
        row["makers"] = {word: [o for o in makers[product] if near[o] == word] for word in NEAR}
        row["before"] = len(then)
        row["leaders"] = _leaders(province, town, product, makers)
        found[product] = row
    return found, left_out


def _steps(province, town):
    chains = {edge.end for edge in province.held("FOLLOWS") if edge.start == town}
    order = ("UPSTREAM", "MIDSTREAM", "DOWNSTREAM", "SUPPORT")
    found = {}
    for edge in province.held("STEP_OF"):
        if edge.end in chains:
            stage, required = found.get(edge.start, (None, None))
            stages = [s for s in (stage, edge.stage and edge.stage.value) if s]
            needs = [r for r in (required, edge.required) if r is not None]
            found[edge.start] = (min(stages, key=order.index, default=None), any(needs) if needs else None)
    return found


def _demand(mine, near, unsure):
    maybe, origins = 0.0, dict.fromkeys(NEAR, 0.0)
    sellers = defaultdict(float)
    for _, _, seller, origin, value in mine:
        if value is not None:
            origins[near[seller] if seller else origin] += value
            maybe += value if seller in unsure or origin == "UNKNOWN" else 0.0
            sellers[seller] += value if seller else 0.0
    measured = [value for *_, value in mine if value is not None]
    total = sum(measured)
    return {
        "origins": origins,
        "total": total if measured else None,
        "local_share": origins["TOWN"] / total if total else None,
        "local_share_at_most": (origins["TOWN"] + maybe) / total if total else None,
        "coverage": len(measured) / len(mine) if mine else None,
        "hhi": sum((value / total) ** 2 for value in sellers.values()) if total else None,
        "outside": max(total - origins["TOWN"] - maybe, 0.0) if measured else None,
    }


def _reached(feeds, start):
    found, ahead = set(), [start]
    while ahead:
        for product in feeds.get(ahead.pop(), ()):
            if product not in found:
                found.add(product)
                ahead.append(product)
    return found


def _main(province, edge, makers):
    """Tell whether an input is a main one: essential, dosed, or a fifth of what the makers buy."""
    if province.nodes[edge.start].category.value in {"PACKAGING", "EQUIPMENT", "SERVICE"}:
        return False
    if edge.essential is True or (edge.coefficient or 0) > 0:
        return True
    bought = [one for one in province.purchases() if one[0] in makers[edge.end] and one[-1] is not None]
    total = sum(one[-1] for one in bought)
    return total > 0 and sum(one[-1] for one in bought if one[1] == edge.start) >= 0.2 * total


def _downstream(province, mine, local, steps, makers):
    """Map products to the main inputs that the town's own make: (whether it is not essential, the input)."""
    inputs = [edge for edge in province.held("INPUT_OF") if edge.start != edge.end]
    feeds = defaultdict(set)
    for edge in inputs:
        feeds[edge.start].add(edge.end)
    found = defaultdict(list)
    for edge in inputs:
        early = steps.get(edge.start, (None, None))[0] in {"UPSTREAM", "SUPPORT"}
        circle = edge.start in _reached(feeds, edge.end)
        fixed = supply_kind(province, edge.end) in FIXED
        if (
            edge.start not in mine
            or edge.end in local
            or circle
            or fixed
            or (early and edge.end not in steps)
        ):
            continue
        if _main(province, edge, makers):
            found[edge.end].append((edge.essential is not True, edge.start))
    return found


def _action(row):
    """Tell what fits: to secure, extend, fill or strengthen; None: nothing."""
    if row["state"] not in {"MISSING", "WEAK"}:
        return None
    if row["kind"] in FIXED:
        return "SECURE"
    if row["state"] == "WEAK":
        return "STRENGTHEN"
    return "EXTEND" if "NO_DOWNSTREAM" in row["reasons"] and "OUTSIDE_ONLY" not in row["reasons"] else "FILL"


def _rivals(province, town, product, makers):
    """List the other recognised towns of the province whose main product it is."""
    found = []
    for other in sorted(id for id in province.nodes if id.startswith("town:") and id != town):
        homes, theirs = (_provinces(province, one) for one in (town, other))
        recognised = province.nodes[other].status.value == "RECOGNISED"
        mains = province.codes("SPECIALISES_IN", start=other)
        classed = province.codes("CLASSIFIED_AS", start=product)
        main = any(code.startswith(one) for code in classed for one in mains)
        chained = any(
            edge.start == product and (edge.stage is None or edge.stage.value != "SUPPORT")
            for follows in province.held("FOLLOWS", start=other)
            for edge in province.held("STEP_OF")
            if edge.end == follows.end
        )
        made = any(own_rule(province, other, one) for one in makers[product])
        if recognised and homes & theirs and main and (chained or made):
            found.append(other)
    return found


def _provinces(province, town):
    regions = {edge.end for edge in province.held("LIES_IN", start=town)}
    above = {one for region in regions for one in province.above(region, province.year)}
    return {one for one in above if province.nodes[one].level.value == "PROVINCE"}


def _suppliers(mine):
    """List who sells it to the town, the most first, those without a figure last."""
    found = defaultdict(list)
    for _, _, seller, _, value in mine:
        if seller:
            found[seller].append(value)
    totals = {
        seller: sum(v for v in values if v is not None) if any(v is not None for v in values) else None
        for seller, values in found.items()
    }
    return sorted(totals.items(), key=lambda one: (one[1] is None, -(one[1] or 0), one[0]))


def _outflow(product, bought, members, ahead, makers, near):  # noqa: PLR0913, PLR0917 - all there is
    """Compute what the town sells of its main inputs to makers elsewhere; None: nothing is measured."""
    inputs = {start for _, start in ahead[product]}
    sold = [
        value
        for buyer, good, seller, _, value in bought
        if seller in members
        and good in inputs
        and buyer in makers[product]
        and near[buyer] != "TOWN"
        and value is not None
    ]
    return sum(sold) if sold else None


def _value(row, mine, near, unsure, local):
    """Compute what it is worth to fill, strengthen or secure; None: nothing is measured."""
    measured = [one for one in mine if one[-1] is not None]
    if not measured:
        return None
    if row["action"] == "SECURE":
        return row["total"]
    if row["action"] != "STRENGTHEN":
        return row["outside"]
    singles = set(local) if len(local) == 1 else set()
    sellers = [one for one in row["suppliers"] if one[1]]
    if "CONCENTRATED" in row["reasons"] and sellers:
        singles.add(sellers[0][0])
    return sum(
        value
        for _, _, seller, origin, value in measured
        if seller in singles
        or (seller and near[seller] != "TOWN" and seller not in unsure)
        or (origin and origin not in {"TOWN", "UNKNOWN"})
    )


def _leaders(province, town, product, makers):
    """List the leaders that make what the product goes into, however far, as essential; None: unknown."""
    leaders = {e.start for e in province.held("LEADS") if e.end == town and province.exists(e.start)}
    known = {o for o in leaders if any(o in made for made in makers.values())}
    inputs = [edge for edge in province.held("INPUT_OF") if edge.start != edge.end]
    if not known or not any(edge.start == product for edge in inputs):
        return None
    feeds = defaultdict(set)
    for edge in inputs:
        if edge.essential is True:
            feeds[edge.start].add(edge.end)
    ahead = _reached(feeds, product)
    return sorted(o for o in known if any(o in makers[p] for p in ahead))
