"""Benefits the slow way: firm by firm over plain lists, from the written definitions, for comparison.

A world is a dict: `firms` maps ids to form, closed, region (digits, or None), industries (digits), towns,
holds (titles on record), revenue and titles_known; `towns` maps ids to region and complete; `policies` are
dicts with regions, towns, industries, begin, end (years) and benefits; `benefits` maps ids to rules (JSON, or
None); `received` lists (firm, benefit, year or None); `once` holds the benefits that nobody gets twice.
"""

YEAR = 2024
NO, MAYBE, YES, BEFORE = 0, 1, 2, 3


def decide(world, benefit, firm):
    """Judge a benefit of a firm: validity, reach, reach and conditions together, received in the year."""
    one = world["firms"][firm]
    policies = [p for p in world["policies"] if benefit in p["benefits"]]
    states = {id(p): state(p) for p in policies}
    best = next((s for s in ("IN_FORCE", "NOT_YET", "EXPIRED") if s in states.values()), None)
    policies = [p for p in policies if states[id(p)] == best]
    reaches = [r for p in policies if (r := reach(world, p, one)) is not None]
    if not reaches or one["closed"] or one["form"] == "AGENCY":
        return None
    near = max(reaches)
    rule = world["benefits"][benefit]
    truth = near if rule is None else min(near, judge(world, firm, rule, own=benefit))
    if benefit in world["once"]:
        truth = min(truth, YES - had(world, firm, benefit))
    return best, near, truth, received_now(world, firm, benefit)


def state(policy):
    """Tell whether a policy is in force on a day of the year."""
    if policy["begin"] > YEAR:
        return "NOT_YET"
    return "EXPIRED" if policy["end"] is not None and policy["end"] < YEAR else "IN_FORCE"


def reach(world, policy, one):
    """Tell whether a policy reaches a firm; None: it states nobody."""
    asked = []
    if policy["regions"]:
        asked.append(in_region(one, policy["regions"]))
    made_for = [in_town(world, one, policy["towns"])] if policy["towns"] else []
    made_for += [in_industry(one, policy["industries"])] if policy["industries"] else []
    if made_for:
        asked.append(max(made_for))
    return min(asked) if asked else None


def had(world, firm, benefit):
    """Tell whether a firm was given a benefit before the year; nothing on record is no."""
    mine = [year for who, what, year in world["received"] if (who, what) == (firm, benefit)]
    return YES if any(year and year < YEAR for year in mine) else MAYBE if None in mine else NO


def received_now(world, firm, benefit):
    """Tell whether a firm was given a benefit in the year, or once before."""
    mine = [year for who, what, year in world["received"] if (who, what) == (firm, benefit)]
    if YEAR in mine:
        return YES
    if benefit in world["once"] and had(world, firm, benefit) == YES:
        return BEFORE
    if None in mine:
        return MAYBE
    return NO if any((what, year) == (benefit, YEAR) for _, what, year in world["received"]) else MAYBE


def judge(world, firm, rule, own=None):
    """Judge a rule in three values."""
    one = world["firms"][firm]
    if "all" in rule:
        return min(judge(world, firm, part, own) for part in rule["all"])
    if "any" in rule:
        return max(judge(world, firm, part, own) for part in rule["any"])
    if "not" in rule:
        return YES - judge(world, firm, rule["not"], own)
    if rule["measure"] == "revenue":
        return revenue(one["revenue"], rule)
    if rule["measure"] == "form":
        return YES if one["form"] in rule["one_of"] else NO
    truth = fact(world, firm, rule["measure"], rule["with"], own)
    return truth if rule["equals"] else YES - truth


def fact(world, firm, measure, told, own):
    """Tell whether something is so of a firm."""
    one = world["firms"][firm]
    match measure:
        case "in_region":
            return in_region(one, [id.removeprefix("region:") for id in told["region"]])
        case "in_industry":
            return in_industry(one, [id.rpartition(":")[2] for id in told["industry"]])
        case "in_town":
            return in_town(world, one, [id.removeprefix("town:") for id in told["town"]])
        case "holds":
            return holds(world, one, told["qualification"])
        case "received":
            others = [what for what in told["benefit"] if what != own]
            parts = [received(world, firm, others, told.get("years"))] if others else []
            parts += [prior(world, firm, own, told.get("years"))] if own in told["benefit"] else []
            return max(parts)


def revenue(value, rule):
    """Compare a revenue, which may be unknown."""
    if value is None:
        return MAYBE
    good = value >= rule["at_least"] if "at_least" in rule else value < rule["below"]
    return YES if good else NO


def in_region(one, codes):
    """Tell whether a firm is located in a region or below."""
    here = one["region"]
    if here is None:
        return MAYBE
    if any(here.startswith(code) for code in codes):
        return YES
    return MAYBE if any(code.startswith(here) for code in codes) else NO


def in_industry(one, codes):
    """Tell whether a firm works in an industry or below."""
    mine = one["industries"]
    if any(code.startswith(asked) for code in mine for asked in codes):
        return YES
    wider = any(asked.startswith(code) for code in mine for asked in codes)
    return MAYBE if wider or not mine else NO


def in_town(world, one, towns):
    """Tell whether a firm belongs to a town."""
    if set(towns) & set(one["towns"]):
        return YES
    open_ = [t for t in towns if not world["towns"][t]["complete"]]
    near = one["region"] is not None and any(
        one["region"].startswith(world["towns"][t]["region"]) for t in open_
    )
    return MAYBE if near or (one["region"] is None and open_) else NO


def holds(world, one, titles):
    """Tell whether a firm holds one of some titles."""
    if set(titles) & set(one["holds"]):
        return YES
    registered = any(world["towns"][t]["complete"] for t in one["towns"])
    return NO if one["holds"] or registered else MAYBE


def received(world, firm, benefits, years, last=YEAR):
    """Tell whether a firm was given one of some benefits, in the last years if that is asked."""
    mine = [year for who, what, year in world["received"] if who == firm and what in benefits]
    if any(year <= last and (years is None or year > YEAR - years) for year in mine if year is not None):
        return YES
    if None in mine:
        return YES if years is None and last == YEAR else MAYBE
    return NO if any(what in benefits for _, what, _ in world["received"]) else MAYBE


def prior(world, firm, benefit, years):
    """Tell whether a firm was given a benefit before the year: what its own conditions look at."""
    return received(world, firm, [benefit], years, last=YEAR - 1)
