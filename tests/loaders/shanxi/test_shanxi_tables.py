"""The demo data keep the vocabulary, lose no sourced figure, and hold the troubles that they promise."""

from collections import Counter, defaultdict
from math import isclose

import networkx as nx
import pytest

from dev.shanxi.book import REAL, TABLES, read
from dev.shanxi.generate import generate
from graph.criteria import faults
from graph.kinds import NODE_OF, RELATION_OF, kind_of
from graph.kinds.columns import columns
from graph.kinds.credit_code import fault, invented, warnings
from graph.kinds.metrics import SPELLINGS, Metric
from graph.kinds.terms import StandardPurpose, Term

ROWS = {path.stem: read(path) for path in TABLES.glob("*.csv")}
IDS = {row["id"] for label, rows in ROWS.items() if label in NODE_OF and label != "Claim" for row in rows}
ORGANISATIONS = {row["id"]: row for row in ROWS["Organisation"]}
TOWN_OF = {row["from"]: row["to"] for row in ROWS["MEMBER_OF"]}
PAIRS = {(row["from"], row["to"], row["product"]) for row in ROWS["SUPPLIES"]}
SOURCED = [row for row in ROWS["Claim"] if row["synthetic"] != "true"]
OUTPUT = {
    "town:xinghuacun-liquor": (400, "2022"),
    "town:qingxu-vinegar": (65, "2024"),
    "town:dingxiang-flange": (200, "2025"),
    "town:taigu-malleable-iron": (41.85, "2024"),
    "town:qixian-glassware": (16.56, "2024"),
    "town:daizhou-huangjiu": (1.6, "2022"),
    "town:zezhou-casting": (70, "2022"),
    "town:yangquan-refractory": (21.1, "2022"),
    "town:yanhu-pump": (48.6, "2022"),
    "town:lingchuan-herbs-wellness": (20, "2023"),
}
"""Sourced totals of 2021–2025, in 亿元."""


def stored(claim) -> float:
    return float(claim["value"]) * SPELLINGS[claim["unit"]][1]


def sellers(product, town) -> set[str]:
    return {row["from"] for row in ROWS["MAKES"] if row["to"] == product and TOWN_OF.get(row["from"]) == town}


@pytest.mark.parametrize("label", sorted(ROWS))
def test_rows_keep_the_vocabulary(label):
    kind = NODE_OF.get(label) or RELATION_OF[label]
    known = {column.name: column for column in columns(kind)}
    for row in ROWS[label]:
        assert row.keys() <= known.keys()
        for name, column in known.items():
            text = row.get(name, "")
            made_by_loader = label == "Claim" and name == "id"
            assert text or column.optional or made_by_loader, (row, name)
            if text and isinstance(column.type, type) and issubclass(column.type, Term) and name != "unit":
                column.type(text)
            if text and column.ref:
                assert text in IDS, (row, name)


@pytest.mark.parametrize("label", sorted(ROWS.keys() & RELATION_OF))
def test_relations_join_what_exists_and_none_is_there_twice(label):
    kind = RELATION_OF[label]
    names = [column.name for column in columns(kind) if column.field in kind.key_fields]
    keys = Counter((row["from"], row["to"], *(row.get(name) for name in names)) for row in ROWS[label])
    assert not [key for key, times in keys.items() if times > 1]
    for row in ROWS[label]:
        assert {row["from"], row["to"]} <= IDS, row
        assert (kind_of(row["from"]).label, kind_of(row["to"]).label) in kind.ends


def test_ids_are_unique_over_all_kinds():
    ids = [row["id"] for label, rows in ROWS.items() if label in NODE_OF and label != "Claim" for row in rows]
    assert len(ids) == len(set(ids))
    assert all(
        kind_of(row["id"]).label == label
        for label in (ROWS.keys() & NODE_OF) - {"Claim"}
        for row in ROWS[label]
    )


def test_no_two_claims_speak_of_the_same():
    fields = ("subject", "metric", "scope", "product", "year", "source")
    assert max(Counter(tuple(row[name] for name in fields) for row in ROWS["Claim"]).values()) == 1
    assert all(SPELLINGS[row["unit"]][0] in Metric(row["metric"]).units for row in ROWS["Claim"])


def test_every_sourced_figure_is_a_claim():
    names = {row["id"]: row["name"].translate(str.maketrans("（）", "()")) for row in ROWS["Town"]}
    urls = {row["id"]: row["url"] for row in ROWS["Source"]}
    facts = read(REAL / "facts.csv")
    assert len(facts) == len(SOURCED) == 63
    for fact, claim in zip(facts, SOURCED, strict=True):
        target = fact["year"].startswith("target")
        assert names[claim["subject"]] == fact["town"]
        assert (urls[claim["source"]] or "来源未记录") == fact["source"]
        assert claim["note"] == fact["metric"]
        assert isclose(stored(claim), float(fact["value"]) * SPELLINGS[fact["unit"]][1])
        assert claim["year"] == ("" if target else fact["year"])
        assert claim["targetYear"] == (fact["year"].removeprefix("target") if target else "")
        assert (claim["bound"] == "AT_LEAST") == ("下限" in fact["metric"])


def test_the_rival_figures_are_there():
    def values(town, metric, scope):
        wanted = (f"town:{town}", metric, scope)
        return sorted(stored(c) for c in SOURCED if (c["subject"], c["metric"], c["scope"]) == wanted)

    assert values("dingxiang-flange", "MARKET_SHARE", "EXPORT") == pytest.approx([0.3, 0.62, 0.7])
    assert values("qingxu-vinegar", "OUTPUT_VALUE", "CHAIN") == pytest.approx([6.5e9, 6.5e9])
    assert values("qingxu-vinegar", "MARKET_SHARE", "WHOLE") == pytest.approx([0.2, 0.3])


def test_the_places_of_shanxi_are_whole():
    levels = Counter(
        row["level"] for row in ROWS["Region"] if row["id"][7:9] == "14" and row["id"][7:11] != "1499"
    )
    assert levels == {"PROVINCE": 1, "CITY": 11, "COUNTY": 117}
    former = {row["id"]: row["formerCodes"].split("|") for row in ROWS["Region"]}
    for now, before in (
        ("140681", "140624"),
        ("140703", "140726"),
        ("140404", "140421"),
        ("140215", "140227"),
    ):
        assert before in former[f"region:{now}"]
    assert len(ROWS["Industry"]) == 1971
    inside = {row["from"] for row in ROWS["PART_OF"]}
    assert all(row["id"] in inside for row in ROWS["Industry"] if len(row["code"]) > 1)


def test_the_invented_part_is_big_enough_and_marked():
    assert 580 <= len(ORGANISATIONS) <= 700
    assert 2_300 <= len(PAIRS) <= 2_800
    assert len(ROWS["Town"]) == 19
    for row in ORGANISATIONS.values():
        marked = row["synthetic"] == "true"
        assert marked == ("样例" in row["name"] or "示例" in row["name"])
        if row["uscc"]:
            assert marked
            assert invented(row["uscc"])
            assert not fault(row["uscc"])
            assert not warnings(row["uscc"])
    assert all(row["synthetic"] == "true" for row in ROWS["SUPPLIES"])


def test_most_pairs_are_measured_in_four_or_five_years():
    years = Counter(
        (r["from"], r["to"], r["product"])
        for r in ROWS["SUPPLIES"]
        if r["year"] and "buyers" not in r["source"]
    )
    assert sum(count >= 4 for count in years.values()) > 0.75 * len(years)
    assert len(PAIRS) - len(years) > 100


def earned(town, year):
    """What its members take in (yuan): their revenue; a real leader, who has no figure, what it sells."""
    claims = (c for c in ROWS["Claim"] if c["metric"] == "REVENUE" and c["year"] == year)
    sales = (
        float(row["value"])
        for row in ROWS["SUPPLIES"]
        if row["year"] == year and ORGANISATIONS[row["from"]]["synthetic"] != "true"
        if row["source"] == "source:synthetic" and TOWN_OF.get(row["from"]) == town
    )
    return sum(stored(claim) for claim in claims if TOWN_OF.get(claim["subject"]) == town) + sum(sales)


@pytest.mark.parametrize("town", OUTPUT)
def test_the_register_is_a_part_of_the_town_never_more_than_the_sources_say(town):
    total, year = OUTPUT[town]
    assert 0.1 * total * 1e8 < earned(town, year) <= total * 1e8


def test_nobody_buys_or_sells_more_than_it_earns():
    earned = {(c["subject"], c["year"]): stored(c) for c in ROWS["Claim"] if c["metric"] == "REVENUE"}
    sold, bought = defaultdict(float), defaultdict(float)
    for row in ROWS["SUPPLIES"] + ROWS["NEEDS"]:
        if row.get("value") and row["source"] == "source:synthetic":
            bought[row["to" if "product" in row else "from"], row["year"]] += float(row["value"])
            if "product" in row:
                sold[row["from"], row["year"]] += float(row["value"])
    for totals in (sold, bought):
        assert not [key for key, value in totals.items() if value > earned.get(key, value)]


def test_steel_is_not_made_in_dingxiang_but_bought_from_outside():
    town = "town:dingxiang-flange"
    assert not sellers("product:steel", town)
    needs = [row for row in ROWS["NEEDS"] if row["to"] == "product:steel" and TOWN_OF[row["from"]] == town]
    flows = [r for r in ROWS["SUPPLIES"] if r["product"] == "product:steel" and TOWN_OF.get(r["to"]) == town]
    assert {row["origin"] for row in needs} == {"COUNTRY"}
    tonnes = sum(float(row["quantity"]) for row in needs if row["year"] == "2023")
    tonnes += (
        sum(float(r["value"]) for r in flows if r["year"] == "2023" and "buyers" not in r["source"]) / 4_000
    )
    # 1.6 million tonnes go into the whole town's output, 200 亿 in 2025 and 4 % less each year before
    share = earned(town, "2023") / (200e8 / 1.04**2)
    assert tonnes == pytest.approx(1.6e6 * share, rel=0.2)


@pytest.mark.parametrize(
    ("town", "product"),
    [
        ("dingxiang-flange", "wind-tower"),
        ("dingxiang-flange", "petrochemical-equipment"),
        ("qixian-glassware", "quartz-sand"),
        ("qixian-glassware", "soda-ash"),
        ("yanhu-pump", "pump-casting"),
    ],
)
def test_what_is_missing_at_home_is_missing(town, product):
    assert not sellers(f"product:{product}", f"town:{town}")


def test_zezhou_makes_the_castings_that_yanhu_buys_mostly_elsewhere():
    from_zezhou, from_outside = 0, 0
    for seller, buyer, product in PAIRS:
        if product == "product:pump-casting" and TOWN_OF.get(buyer) == "town:yanhu-pump":
            from_zezhou += TOWN_OF.get(seller) == "town:zezhou-casting"
            from_outside += seller not in TOWN_OF
    assert from_outside > from_zezhou > 0


def test_mechanical_seals_have_one_maker():
    makers = {row["from"] for row in ROWS["MAKES"] if row["to"] == "product:mechanical-seal"}
    assert makers == {"org:sample-yanhu-pump-mechanical-seal-01"}
    assert {seller for seller, _, product in PAIRS if product == "product:mechanical-seal"} == makers


@pytest.mark.parametrize(
    "products",
    [
        ("used-sand", "reclaimed-sand"),
        ("hand-blown-glass", "cullet", "glass-batch"),
        ("vinegar-residue", "organic-fertilizer", "sorghum"),
    ],
)
def test_firms_trade_in_cycles(products):
    wanted = {f"product:{slug}" for slug in products}
    firms = nx.DiGraph([(a, b, {"product": p}) for a, b, p in PAIRS if p in wanted])
    cycles = nx.simple_cycles(firms, length_bound=len(products))
    assert any(
        {firms[a][b]["product"] for a, b in zip(c, c[1:] + c[:1], strict=True)} == wanted for c in cycles
    )


def test_rival_flows_differ_by_more_than_a_tenth():
    flows = defaultdict(dict)
    for row in ROWS["SUPPLIES"]:
        flows[row["from"], row["to"], row["product"], row["year"]][row["source"]] = row["value"]
    rivals = [list(map(float, by.values())) for by in flows.values() if len(by) > 1]
    assert len(rivals) >= 10
    assert all(max(pair) > 1.1 * min(pair) for pair in rivals)


def test_sample_a_is_three_households_short():
    town, leader = "town:sample-a", "org:sample-a-leader-01"
    assert [row["registerCompleteFor"] for row in ROWS["Town"] if row["id"] == town] == ["2024"]
    assert [row["from"] for row in ROWS["LEADS"] if row["to"] == town] == [leader]
    partners = {
        (p, r["year"])
        for r in ROWS["SUPPLIES"]
        for p in (r["from"], r["to"])
        if leader in (r["from"], r["to"])
    }
    now = {p for p, year in partners if year == "2024"} - {leader}
    gone = {p for p, _ in partners} - now - {leader}
    assert len(now) == 7
    assert not [p for p in now if ORGANISATIONS[p]["closedOn"]]
    assert len(gone) == 2
    assert all("" < ORGANISATIONS[p]["closedOn"] < "2024" for p in gone)


def test_sample_b_has_no_leader_and_no_complete_register():
    assert "town:sample-b" not in {row["to"] for row in ROWS["LEADS"]}
    assert [row["registerCompleteFor"] for row in ROWS["Town"] if row["id"] == "town:sample-b"] == [""]


def test_the_years_differ():
    assert sum(bool(row["closedOn"]) for row in ORGANISATIONS.values()) >= 8
    assert any(row["until"] for row in ROWS["SUPPLIES"])
    assert any(row["since"] == "2023" for row in ROWS["LEADS"])
    assert {row["resource"] for row in ROWS["Benefit"]} == {
        "POLICY", "PROJECT", "FUNDS", "TALENT", "LAND", "ENERGY", "SERVICE"
    }  # fmt: skip


def test_rules_keep_the_grammar():
    assert [
        faults(row["criteria"]) for row in ROWS["Benefit"] if row["criteria"] and faults(row["criteria"])
    ] == []
    for row in ROWS["Standard"]:
        assert faults(row["criteria"], StandardPurpose(row["purpose"])) == []


def test_making_the_tables_again_gives_the_same_bytes(tmp_path):
    generate(tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    kept = {path.name: path.read_bytes() for path in TABLES.iterdir()}
    assert made == kept
    assert not [name for name, text in kept.items() if text.startswith(b"\xef\xbb\xbf") or b"\r" in text]
