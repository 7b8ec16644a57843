"""Whose economy a town is, and what a product's industry says of it, as the rules are written."""

from collections import defaultdict

FIXED = {"FARMED", "MINED", "UTILITY", "SCRAP", "PUBLIC_SERVICE"}
"""What can't be attracted."""


def own_rule(province, town, organisation):
    """By which rule an organisation is a town's own; None: it is not."""
    members = {edge.end for edge in province.held("MEMBER_OF", start=organisation)}
    agency = province.nodes[organisation].form.value == "AGENCY"
    if members or agency:
        return "MEMBER" if town in members and not agency else None
    if not province.local(town, organisation):
        return None
    mine = province.codes("ENGAGES_IN", start=organisation)
    theirs = province.codes("SPECIALISES_IN", start=town)
    if any(one.startswith(other) for one in mine for other in theirs):
        return "INDUSTRY"
    chains = {edge.end for edge in province.held("FOLLOWS", start=town)}
    steps = {edge.start for edge in province.held("STEP_OF") if edge.end in chains}
    made = {edge.end for edge in province.held("MAKES", start=organisation) if _made(province, edge)}
    if made & steps:
        return "CHAIN"
    if any(_is_member(province, other, town) for other in _partners(province)[organisation]):
        return "TRADE"
    others = [id for id in province.nodes if id.startswith("town:") and province.local(id, organisation)]
    compared = bool(mine and theirs) or bool(made and steps)
    return "PLACE" if others == [town] and not compared else None


def towns_of(province, organisation):
    """List the towns whose own an organisation that exists is; it counts for each in equal parts."""
    if not hasattr(province, "belongings"):
        province.belongings = {
            one: [town for town in province.ids("town") if own_rule(province, town, one)]
            for one in province.ids("org")
            if province.exists(one)
        }
    return province.belongings.get(organisation, [])


def supply_kind(province, product):
    """Tell the kind of supply by the industry, unless the product says; None: unknown."""
    if province.nodes[product].supply_kind is not None:
        return province.nodes[product].supply_kind.value
    kinds = [(_kind(int(code[:2])), code) for code in province.codes("CLASSIFIED_AS", start=product)]
    kinds.sort(key=lambda one: (one[0] in FIXED, one[1]))
    return kinds[0][0] if kinds else None


def is_ware(province, product):
    """Tell whether a product is a good: what is done where it is used, or comes by a grid, is none."""
    kind = supply_kind(province, product)
    if kind is None:
        return province.nodes[product].category.value != "SERVICE"
    return kind not in {"SERVICE", "UTILITY", "PUBLIC_SERVICE"}


def _kind(division):
    if division == 42:
        return "SCRAP"
    if division in {5, 11}:
        return "SERVICE"
    sections = ((5, "FARMED"), (12, "MINED"), (43, "MADE"), (46, "UTILITY"))
    return next((kind for last, kind in sections if division <= last), "SERVICE")


def _made(province, edge):
    return (edge.year or 0) <= province.year and province.exists(edge.start)


def _is_member(province, organisation, town):
    return any(edge.end == town for edge in province.held("MEMBER_OF", start=organisation))


def _partners(province):
    if not hasattr(province, "partners"):
        province.partners = defaultdict(set)
        for edge in province.held("SUPPLIES"):
            dated = (edge.year or 0) <= province.year
            if dated and province.exists(edge.start) and province.exists(edge.end):
                province.partners[edge.start].add(edge.end)
                province.partners[edge.end].add(edge.start)
    return province.partners
