"""The demo is believable: who is big, what things cost, who is in charge, and who says so."""

from collections import Counter, defaultdict
from statistics import median

import pytest

from dev.shanxi.book import INVENTED, REAL, TABLES, read
from graph.kinds.metrics import SPELLINGS

ROWS = {path.stem: read(path) for path in TABLES.glob("*.csv")}
YEARS = [str(year) for year in range(2021, 2026)]
FORM = {row["id"]: row["form"] for row in ROWS["Organisation"]}
INVENTED_ONES = {row["id"] for row in ROWS["Organisation"] if row["synthetic"]}
TOWN_OF = {row["from"]: row["to"] for row in ROWS["MEMBER_OF"]}
TRADE = {row["from"]: row["to"] for row in ROWS["ENGAGES_IN"] if row["main"] == "true"}
INDUSTRY = {row["from"]: row["to"].rsplit(":", 1)[1] for row in ROWS["CLASSIFIED_AS"]}
CATEGORY = {row["id"]: row["category"] for row in ROWS["Product"]}
MAKES = {(row["from"], row["to"]) for row in ROWS["MAKES"]}
LEADERS = sorted({row["from"] for row in ROWS["LEADS"]} - INVENTED_ONES)
REVENUE = {
    (row["subject"], row["year"]): float(row["value"]) * SPELLINGS[row["unit"]][1]
    for row in ROWS["Claim"]
    if row["metric"] == "REVENUE" and row["synthetic"] and row["subject"] in FORM
}
FLOWS = [row for row in ROWS["SUPPLIES"] if row["value"] and row["source"] == "source:synthetic"]
"""Each measured sale once, without what buyers say otherwise."""
BUYS = [(row["to"], row["product"], row["year"], float(row["value"])) for row in FLOWS] + [
    (row["from"], row["to"], row["year"], float(row["value"])) for row in ROWS["NEEDS"]
]
"""Buyer, product, year, yuan."""
SOLD = defaultdict(float)
for flow in FLOWS:
    SOLD[flow["from"], flow["year"]] += float(flow["value"])
ABOVE_SCALE = 2e7
PACKAGING = {
    f"product:{row['product']}" for row in read(INVENTED / "limits.csv") if row["group"] == "packaging"
}
BEEF, LACQUER = "town:pingyao-beef", "town:pingyao-lacquerware"


def revenues(form, year):
    """Revenue of the invented members of towns that have this form."""
    return [yuan for (id, y), yuan in REVENUE.items() if y == year and FORM[id] == form and id in TOWN_OF]


def income(year):
    """What each organisation takes in: its revenue; a real leader, who has no figure, what it sells."""
    sales = {id: SOLD[id, year] for id in LEADERS}
    return sales | {id: yuan for (id, y), yuan in REVENUE.items() if y == year}


def made_in(town):
    return {product for id, product in MAKES if TOWN_OF.get(id) == town}


@pytest.mark.parametrize("year", YEARS)
def test_three_fifths_of_the_enterprises_are_below_scale_and_a_twentieth_just_so(year):
    found = revenues("ENTERPRISE", year)
    assert len(found) > 250
    assert 0.55 <= sum(yuan < ABOVE_SCALE for yuan in found) / len(found) <= 0.65
    assert 0.03 <= sum(1.6e7 <= yuan < ABOVE_SCALE for yuan in found) / len(found) <= 0.06


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize(
    ("form", "middle"), [("SOLE_TRADER", 6e5), ("FAMILY_FARM", 1.5e5), ("COOPERATIVE", 2e6)]
)
def test_small_forms_are_small(form, middle, year):
    assert median(revenues(form, year)) == pytest.approx(middle, rel=0.2)


def test_no_sole_trader_takes_in_more_than_five_million():
    traders = [yuan for (id, _), yuan in REVENUE.items() if FORM[id] == "SOLE_TRADER"]
    assert max(traders) <= 5e6
    assert all(SOLD[id, year] <= 5e6 for id, form in FORM.items() if form == "SOLE_TRADER" for year in YEARS)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("leader", LEADERS)
def test_a_real_leader_is_bigger_than_every_invented_member_of_its_town_and_trade(leader, year):
    town, trade = TOWN_OF[leader], TRADE[leader]
    beside = [
        yuan
        for (id, y), yuan in REVENUE.items()
        if y == year and id in TOWN_OF and (TOWN_OF[id] == town or TRADE[id] == trade)
    ]
    assert SOLD[leader, year] > max(beside)


@pytest.mark.parametrize("year", YEARS)
def test_an_invented_leader_is_bigger_than_the_others_of_its_town(year):
    led = {row["to"]: set() for row in ROWS["LEADS"]}
    for row in ROWS["LEADS"]:
        led[row["to"]].add(row["from"])
    for town, leaders in led.items():
        found = {id: yuan for id, yuan in income(year).items() if TOWN_OF.get(id) == town}
        others = [yuan for id, yuan in found.items() if id not in leaders]
        assert all(found[id] > max(others) for id in leaders & found.keys()), town


@pytest.mark.parametrize("year", YEARS)
def test_fenjiu_is_far_above_all(year):
    rest = [yuan for id, yuan in income(year).items() if id in TOWN_OF and "fenjiu" not in id]
    beside = [y for id, y in income(year).items() if TOWN_OF.get(id) == "town:xinghuacun-liquor"]
    assert SOLD["org:xinghuacun-fenjiu", year] > 2 * max(rest)
    assert SOLD["org:xinghuacun-fenjiu", year] > 5 * sorted(beside)[-3]


def test_real_leaders_have_no_invented_figure_and_the_titles_that_sources_give_them():
    of_firms = [row for row in ROWS["Claim"] if row["synthetic"] and row["subject"] in FORM]
    assert not [row for row in of_firms if row["subject"] not in INVENTED_ONES]
    held = [row for row in ROWS["HOLDS"] if row["from"] not in INVENTED_ONES]
    assert [(r["from"], r["to"], r["source"]) for r in held] == [
        (r["from"], r["to"], r["source"]) for r in read(REAL / "HOLDS.csv")
    ]
    urls = {row["id"]: row["url"] for row in ROWS["Source"]}
    assert all(urls[row["source"]] for row in held)
    invented = [row for row in ROWS["HOLDS"] if row["from"] in INVENTED_ONES]
    assert all(row["source"] == "source:synthetic" and "样例" in row["certificate"] for row in invented)


@pytest.mark.parametrize("year", YEARS)
def test_purchases_leave_a_margin(year):
    bought, earned = defaultdict(float), income(year)
    for buyer, _, y, yuan in BUYS:
        if y == year and buyer in earned:
            bought[buyer] += yuan
    assert len(bought) > 300
    assert not {id: yuan / earned[id] for id, yuan in bought.items() if yuan > 0.85 * earned[id]}


@pytest.mark.parametrize("year", YEARS)
def test_nobody_sells_more_than_it_makes(year):
    assert not {
        id: SOLD[id, y] / yuan for (id, y), yuan in REVENUE.items() if y == year and SOLD[id, y] > yuan
    }
    made = {(id, product) for id, product in MAKES}
    dealers = {row["from"] for row in FLOWS if (row["from"], row["product"]) not in made}
    assert dealers <= {"org:sample-a-leader-01"}  # its product goes to the household that deals in it


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize(
    ("products", "most"), [(PACKAGING, 0.05), ({"product:salt"}, 0.01), ({"product:natural-gas"}, 0.08)]
)
def test_what_is_small_in_a_product_is_small_in_its_price(products, most, year):
    bought, earned = defaultdict(float), income(year)
    for buyer, product, y, yuan in BUYS:
        if y == year and product in products and buyer in earned:
            bought[buyer] += yuan
    assert bought
    assert not {id: yuan / earned[id] for id, yuan in bought.items() if yuan > most * earned[id]}


@pytest.mark.parametrize("year", YEARS)
def test_members_take_in_no_more_than_their_town(year):
    for row in read(INVENTED / "economies.csv"):
        growth = 1 + float(row["growth"])
        total = float(row["total"]) * 1e8 * growth ** (int(year) - int(row["year"]))
        members = sum(y for id, y in income(year).items() if TOWN_OF.get(id) == f"town:{row['town']}")
        assert 0 < members <= total, row["town"]


def test_no_invented_figure_of_a_town_hides_a_real_one():
    of_towns = [row for row in ROWS["Claim"] if row["subject"].startswith("town:") and row["year"]]
    real = {
        (r["subject"], r["metric"]): r["year"]
        for r in of_towns
        if not r["synthetic"] and r["scope"] == "WHOLE"
    }
    invented = [row for row in of_towns if row["synthetic"]]
    assert len({row["subject"] for row in invented}) >= 8
    assert {row["year"] for row in invented if row["metric"] == "REVENUE"} == set(YEARS)
    assert not [r for r in invented if r["year"] >= real.get((r["subject"], r["metric"]), "9999")]


def test_no_invented_count_makes_a_register_complete():
    members = Counter(TOWN_OF.values())
    counted = [row for row in ROWS["Claim"] if row["metric"] == "MARKET_ENTITIES" and row["synthetic"]]
    assert counted
    assert not [row for row in counted if members[row["subject"]] >= 0.8 * float(row["value"])]


def test_agencies_bear_their_right_city():
    names = {row["name"].removesuffix("专业镇工作专班办公室（样例）") for row in ROWS["Organisation"]}
    assert {"晋中市祁县", "忻州市代县", "阳泉市郊区", "定襄县"} <= names
    regions = {row["id"]: row["name"] for row in ROWS["Region"]}
    place = {row["from"]: row["to"] for row in ROWS["LOCATED_IN"]}
    above = {row["from"]: row["to"] for row in ROWS["PART_OF"]}
    for row in ROWS["Organisation"]:
        if row["form"] == "AGENCY":
            where, city = regions[place[row["id"]]], regions.get(above.get(place[row["id"]]), "")
            assert row["name"].startswith((where, city + where))


def test_only_the_state_and_its_statistics_are_grade_a():
    grades = {row["id"]: row["grade"] for row in ROWS["Source"]}
    assert {id for id, grade in grades.items() if grade == "A"} == {"source:gbt-4754-2017"}
    for row in ROWS["Claim"]:
        assert row["grade"] == grades[row["source"]]
    blogs = ("bobobk", "71396", "odgf", "jianpian", "8881319", "hebeilongsu", "nonglinyumu", "chuanfou")
    for row in ROWS["Source"]:
        if any(name in row["url"] for name in (*blogs, "shanxishangren", "sydy")):
            assert row["grade"] == "C", row["url"]


def test_flanges_are_a_main_input_of_what_their_buyers_elsewhere_make():
    essential = {(r["from"], r["to"]) for r in ROWS["INPUT_OF"] if r["essential"] == "true"}
    flanges = {"product:flange", "product:wind-tower-flange", "product:pressure-vessel-forging"}
    for product, needed in (
        ("product:wind-tower", {"product:wind-tower-flange"}),
        ("product:petrochemical-equipment", {"product:flange", "product:pressure-vessel-forging"}),
    ):
        assert all((one, product) in essential for one in needed)
        makers = {id for id, made in MAKES if made == product}
        assert len(makers) >= 3
        assert not makers & TOWN_OF.keys()
        for year in YEARS:
            buyers = {
                r["to"]
                for r in FLOWS
                if r["product"] in flanges
                and r["year"] == year
                and TOWN_OF.get(r["from"]) == "town:dingxiang-flange"
            }
            assert makers <= buyers


@pytest.mark.parametrize(
    ("product", "sections"),
    [("natural-gas", "D"), ("quartz-sand", "B"), ("salt", "B"), ("bauxite", "B"), ("sorghum", "A")],
)
def test_resources_are_classified_as_such_and_have_suppliers(product, sections):
    id = f"product:{product}"
    parents = {row["from"]: row["to"] for row in ROWS["PART_OF"]}
    code = f"industry:4754-2017:{INDUSTRY[id]}"
    while code in parents:
        code = parents[code]
    assert code.endswith(f":{sections}")
    for year in YEARS:
        assert [r for r in FLOWS if r["product"] == id and r["year"] == year and r["to"] in TOWN_OF]


def test_bauxite_comes_mostly_from_outside_the_town():
    town = [r for r in FLOWS if r["product"] == "product:bauxite" and r["year"] == "2024"]
    outside = sum(float(r["value"]) for r in town if r["from"] not in TOWN_OF)
    assert outside > 0.6 * sum(float(r["value"]) for r in town) > 0


def test_packaging_is_never_a_main_input():
    rows = [row for row in ROWS["INPUT_OF"] if row["from"] in PACKAGING]
    assert {row["from"] for row in rows} == PACKAGING
    assert all(row["essential"] == "false" and not row["coefficient"] for row in rows)
    bottled = {row["to"] for row in rows if row["from"] == "product:glass-bottle"}
    assert bottled == {"product:vinegar", "product:health-vinegar", "product:liquor", "product:huangjiu"}


def test_the_two_towns_of_pingyao_share_a_county_and_no_product():
    places = {row["from"]: row["to"] for row in ROWS["LIES_IN"]}
    assert places[BEEF] == places[LACQUER]
    inputs = defaultdict(set)
    for row in ROWS["INPUT_OF"]:
        inputs[row["to"]].add(row["from"])

    def chain(town):
        made = made_in(town)
        return made | {one for product in made for one in inputs[product]}

    assert chain(BEEF)
    assert chain(LACQUER)
    assert not chain(BEEF) & chain(LACQUER)
    bought = {town: {p for id, p, _, _ in BUYS if TOWN_OF.get(id) == town} for town in (BEEF, LACQUER)}
    assert not bought[BEEF] & bought[LACQUER]


def test_every_product_has_an_industry():
    assert set(INDUSTRY) == set(CATEGORY)
    known = {row["code"] for row in ROWS["Industry"] if len(row["code"]) == 4}
    assert set(INDUSTRY.values()) <= known
