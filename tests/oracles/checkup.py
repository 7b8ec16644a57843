"""Check-ups the slow way: node by node over plain lists, from the written definitions, for comparison.

A province is a dict: `firms` maps ids to form, closed (year), region and revenue; `towns` maps ids to
complete and regions; `leads` and `members` are pairs (firm, town), `holds` pairs (firm, title), `flows`
(seller, buyer, year). Rules are the JSON documents themselves.
"""

from math import inf

YEAR = 2024
FAIL, UNKNOWN, PASS = 0, 1, 2
LEVELS = {"COUNTY": 6, "CITY": 4, "PROVINCE": 2}
"""How many digits a region's key has at a level."""


def judge(province, town, rule):
    """Judge a rule; return a dict with outcome, and for conditions low, high, counted and short."""
    if "all" in rule or "any" in rule:
        parts = [judge(province, town, part) for part in rule.get("all") or rule["any"]]
        outcome = UNKNOWN
        good = [part["outcome"] == PASS for part in parts]
        bad = [part["outcome"] == FAIL for part in parts]
        if all(good) if "all" in rule else any(good):
            outcome = PASS
        elif any(bad) if "all" in rule else all(bad):
            outcome = FAIL
        return {"outcome": outcome, "parts": parts}
    if "not" in rule:
        part = judge(province, town, rule["not"])
        return {"outcome": {PASS: FAIL, FAIL: PASS, UNKNOWN: UNKNOWN}[part["outcome"]], "parts": [part]}
    low, high, counted = read(province, town, rule)
    return {
        "outcome": compare(low, high, rule),
        "low": low,
        "high": high,
        "counted": counted,
        "short": short(low, high, rule),
    }


def read(province, town, rule):
    """Give the least and the most that a condition's value can be, and who surely counts."""
    told = rule.get("with", {})
    if "measure" in rule:
        return total(province, town, measured(province, town, rule["measure"], told))
    group = rule.get("over") or rule["count"]
    if group == "households":
        belongs = households(province, town, told)
    else:
        belongs = [(f, PASS) for f in {"members": members, "leaders": leaders}[group](province, town)]
    meets = [(f, min(b, where(province, f, rule.get("where")))) for f, b in belongs]
    if "sum" not in rule:
        return total(province, town, meets)
    low = high = 0.0
    for firm, truth in meets:
        revenue = province["firms"][firm]["revenue"]
        if truth == PASS and revenue is not None:
            low += revenue
        if truth != FAIL:
            high += inf if revenue is None else revenue
    if not province["towns"][town]["complete"]:
        high = inf
    return low, high, {firm for firm, truth in meets if truth == PASS}


def measured(province, town, name, told):
    """List those that a measure counts."""
    if name == "leading_enterprises":
        return [(f, PASS) for f in leaders(province, town)]
    if name == "supporting_households":
        return households(province, town, told)
    if name == "members":
        forms = told.get("form") or {firm["form"] for firm in province["firms"].values()}
        return [(f, PASS) for f in members(province, town) if province["firms"][f]["form"] in forms]
    group = {"members": members, "leaders": leaders}[told.get("among", "members")](province, town)
    return [(f, holds(province, f, told["qualification"])) for f in group]


def total(province, town, belongs):
    """Count who belongs; without a complete register there may be more."""
    sure = {firm for firm, truth in belongs if truth == PASS}
    maybe = {firm for firm, truth in belongs if truth == UNKNOWN}
    high = len(sure) + len(maybe) if province["towns"][town]["complete"] else inf
    return len(sure), high, sure


def living(province, firm):
    """Tell whether a firm exists at the end of the year."""
    closed = province["firms"][firm]["closed"]
    return closed is None or closed > YEAR


def members(province, town):
    """List the members of a town that exist and are no agencies."""
    firms = province["firms"]
    held = [f for f in firms if (f, town) in province["members"] and living(province, f)]
    return [f for f in held if firms[f]["form"] != "AGENCY"]


def leaders(province, town):
    """List the leaders of a town that exist and are no agencies."""
    firms = province["firms"]
    held = [f for f in firms if (f, town) in province["leads"] and living(province, f)]
    return [f for f in held if firms[f]["form"] != "AGENCY"]


def households(province, town, told):
    """List who deals with the leaders, tier by tier: PASS when fresh and near, UNKNOWN when unsure."""
    own = leaders(province, town)
    fresh, stale = (walk(province, own, told.get("tiers", 1), age) for age in (3, 100))
    found = []
    for firm in province["firms"]:
        if firm in stale:
            truth = min(PASS if firm in fresh else UNKNOWN, near(province, town, told.get("within"), firm))
            if truth != FAIL:
                found.append((firm, truth))
    return found


def walk(province, own, tiers, age):
    """Walk over dealings of at most an age, from firm to firm, neither leaders nor agencies entered."""
    found, edge, last = set(), set(own), {}
    for seller, buyer, year in province["flows"]:
        last[seller, buyer] = max(last.get((seller, buyer), 0), year or 0)
    for _ in range(tiers):
        step = set()
        for seller, buyer, year in province["flows"]:
            if not (living(province, seller) and living(province, buyer)):
                continue
            newest = last[seller, buyer]
            if (year is None and newest) or (year is not None and (year != newest or YEAR - year > age)):
                continue
            step |= {buyer} if seller in edge else set()
            step |= {seller} if buyer in edge else set()
        edge = {
            f for f in step if f not in own and f not in found and province["firms"][f]["form"] != "AGENCY"
        }
        found |= edge
    return found


def near(province, town, within, firm):
    """Tell whether a firm is near enough to a town."""
    if within in {None, "ANY"}:
        return PASS
    region = province["firms"][firm]["region"]
    homes = province["towns"][town]["regions"]
    if (firm, town) in province["members"] or any(region and region.startswith(home) for home in homes):
        return PASS
    if region is None:
        return UNKNOWN
    if within == "TOWN":
        return UNKNOWN if any(home.startswith(region) for home in homes) else FAIL
    digits, answers = LEVELS[within], set()
    for home in homes:
        shared = min(len(home), len(region), digits)
        same = home[:shared] == region[:shared]
        answers.add(FAIL if not same else PASS if shared == digits else UNKNOWN)
    return max(answers, default=UNKNOWN)


def holds(province, firm, titles):
    """Tell whether a firm holds a title; unknown of one with no title at all, in no complete town."""
    if any((firm, title) in province["holds"] for title in titles):
        return PASS
    if any(f == firm for f, _ in province["holds"]):
        return FAIL
    registered = any(f == firm and province["towns"][t]["complete"] for f, t in province["members"])
    return FAIL if registered and living(province, firm) else UNKNOWN


def where(province, firm, rule):
    """Tell whether a counted firm meets a rule on its form or revenue."""
    if rule is None:
        return PASS
    if "all" in rule:
        return min(where(province, firm, part) for part in rule["all"])
    if "not" in rule:
        return 2 - where(province, firm, rule["not"])
    if rule["measure"] == "form":
        return PASS if province["firms"][firm]["form"] in rule["one_of"] else FAIL
    revenue = province["firms"][firm]["revenue"]
    return UNKNOWN if revenue is None else compare(revenue, revenue, rule)


def compare(low, high, rule):
    """Compare every value that there may be."""
    if "at_least" in rule:
        return PASS if low >= rule["at_least"] else FAIL if high < rule["at_least"] else UNKNOWN
    if "above" in rule:
        return PASS if low > rule["above"] else FAIL if high <= rule["above"] else UNKNOWN
    if "at_most" in rule:
        return PASS if high <= rule["at_most"] else FAIL if low > rule["at_most"] else UNKNOWN
    if "below" in rule:
        return PASS if high < rule["below"] else FAIL if low >= rule["below"] else UNKNOWN
    at = rule["equals"]
    return PASS if low == high == at else FAIL if not low <= at <= high else UNKNOWN


def short(low, high, rule):
    """Tell how far the best and the worst value are from meeting the condition."""
    step = 0 if "sum" in rule else 1
    if "at_least" in rule or "above" in rule:
        aim = rule["at_least"] if "at_least" in rule else rule["above"] + step
        return max(0, aim - high), max(0, aim - low)
    if "at_most" in rule or "below" in rule:
        aim = rule["at_most"] if "at_most" in rule else rule["below"] - step
        return max(0, low - aim), max(0, high - aim)
    at = rule["equals"]
    return max(0, at - high, low - at), max(abs(at - low), abs(at - high))
