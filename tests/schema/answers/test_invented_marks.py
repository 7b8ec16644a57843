"""中工重型锻压 is real and all its flows are invented: wherever they show, they are marked.

Of each answer: `provenance` says so, and where rows carry marks, those are set. Without the invented nothing
of them is left anywhere.
"""

import csv
import io
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from api.http.list_books import Wanted, book
from loaders.export.choice import Choice
from loaders.export.export import export

FIRM, NAME, TOWN = "org:zhonggong-heavy-forging", "中工重型锻压", "town:dingxiang-flange"
SAID = "method { provenance { rows invented inWords } }"
OF_FIRM = {
    "upstream": "upstream(depth: 2, asOf: 2024 REAL)",
    "downstream": "downstream(depth: 2, asOf: 2024 REAL)",
    "pathsTo": 'pathsTo(to: "org:tianbao-group", kinds: [SUPPLY], asOf: 2024 REAL)',
    "position": "position(asOf: 2024 REAL)",
    "extraction": "extraction(asOf: 2024 REAL)",
    "cascade": "cascade(asOf: 2024 REAL)",
    "chokepoints": "chokepoints(asOf: 2024 REAL)",
    "supplierSuggestions": 'supplierSuggestions(product: "product:steel", asOf: 2024 REAL)',
}
OF_TOWN = {
    "gaps": "gaps(asOf: 2024 REAL)",
    "candidates": 'candidates(product: "product:petrochemical-equipment", asOf: 2024 REAL)',
    "singleSourced": "singleSourced(asOf: 2024 REAL)",
    "localSourcing": "localSourcing(asOf: 2024 REAL)",
    "circularity": "circularity(asOf: 2024 REAL)",
    "relatedness": "relatedness(asOf: 2024 REAL)",
    "similar": "similar(asOf: 2024 REAL)",
    "flow": "flow(asOf: 2024 REAL)",
    "checkup": 'checkup(standard: "standard:shanxi-recognition:2022", asOf: 2024 REAL)',
}
OF_ALL = {
    "sankey": f'sankey(around: "{FIRM}", asOf: 2024 REAL)',
    "concentration": f'concentration(within: "{TOWN}", asOf: 2024 REAL)',
    "paths": f'paths(from: "{FIRM}", to: "org:tianbao-group", kinds: [SUPPLY], asOf: 2024 REAL)',
    "centrality": f'centrality(within: "{TOWN}", asOf: 2024 REAL)',
    "communities": "communities(asOf: 2024 REAL)",
    "linkages": "linkages(asOf: 2024 REAL)",
}


def question(name, *, real=False):
    """Ask one analysis for what it rests on."""
    fields = OF_FIRM | OF_TOWN | OF_ALL
    asked = f"{name}: {fields[name].replace(' REAL', ', realOnly: true' if real else '')} {{ {SAID} }}"
    if name in OF_FIRM:
        return f'{{ organisation(id: "{FIRM}") {{ {asked} }} }}'
    return f'{{ town(id: "{TOWN}") {{ {asked} }} }}' if name in OF_TOWN else f"{{ {asked} }}"


def answered(data, name):
    return next(iter(data.values()))[name] if name not in OF_ALL else data[name]


@pytest.mark.parametrize("name", [*OF_FIRM, *OF_TOWN, *OF_ALL])
async def test_each_analysis_that_shows_it_says_that_it_rests_on_the_invented(service, name):
    rests = answered(await service.data(question(name)), name)["method"]["provenance"]
    assert 0 < rests["invented"] <= rests["rows"]
    assert "虚构样例" in rests["inWords"]
    real = answered(await service.data(question(name, real=True)), name)
    assert real is None or real["method"]["provenance"]["invented"] == 0


async def test_every_link_of_the_walk_and_the_paths_and_every_flow_is_marked(service):
    query = f"""{{ organisation(id: "{FIRM}") {{ synthetic
      customers(first: 100, asOf: 2024) {{ edges {{ synthetic }} }}
      suppliers(first: 100, asOf: 2024) {{ edges {{ synthetic }} }}
      outsidePurchases(first: 100, asOf: 2024) {{ edges {{ source {{ synthetic }} }} }}
      pathsTo(to: "org:tianbao-group", kinds: [SUPPLY], asOf: 2024) {{
        paths {{ steps {{ links {{ synthetic }} }} }} }} }} }}"""
    firm = (await service.data(query))["organisation"]
    assert firm["synthetic"] is False
    flows = [edge for side in ("customers", "suppliers") for edge in firm[side]["edges"]]
    assert len(flows) > 5
    assert all(edge["synthetic"] for edge in flows)
    needs = firm["outsidePurchases"]["edges"]
    assert needs
    assert all(edge["source"]["synthetic"] for edge in needs)
    links = [link for path in firm["pathsTo"]["paths"] for step in path["steps"] for link in step["links"]]
    assert links
    assert all(link["synthetic"] for link in links)


def tables(content, suffix):
    """Read the tables of a list: under each head its rows, as texts."""
    if suffix == "csv":
        return {"": [*csv.reader(io.StringIO(content.decode("utf-8-sig")))]}
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as found:
        return {name: found.get_sheet_by_name(name).to_python() for name in found.sheet_names}


def marked(rows):
    """Yield the rows of a table below its head as (cells, whether it is marked)."""
    at = next((n for n, row in enumerate(rows) if any("虚构样例" in str(cell) for cell in row[-1:])), None)
    if at is not None:
        for row in rows[at + 1 :]:
            if row and len(row) == len(rows[at]):
                yield [str(cell) for cell in row], row[-1] == "是"


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["promotion", "gaps", "checkup"])
async def test_each_row_of_a_list_that_names_it_or_its_town_s_trade_is_marked(service, name, suffix):
    asked = {"town": TOWN, "asOf": "2024", "format": suffix, "first": "500"}
    asked = asked if name != "checkup" else {k: v for k, v in asked.items() if k != "first"}
    if name != "gaps":
        asked |= {"standard": "standard:shanxi-recognition:2022"}
    content = book(service.keeper.whole, Wanted(name, asked)).content
    found = [row for table in tables(content, suffix).values() for row in marked(table)]
    assert found
    traded = [
        mark for cells, mark in found if any(f"{verb}镇内" in c for c in cells for verb in ("予", "自"))
    ]
    told = [mark for cells, mark in found if any(NAME in cell for cell in cells) and name == "gaps"]
    assert all(traded + told)
    assert traded or told or name == "checkup"
    real = book(service.keeper.whole, Wanted(name, asked | {"realOnly": "true"})).content
    assert not [row for table in tables(real, suffix).values() for row in marked(table) if row[1]]


async def test_an_export_carries_the_mark_or_the_invented_source_and_loses_them_all(service, tmp_path: Path):
    sources = {"source:synthetic", "source:synthetic-buyers"}
    export(service.keeper.whole, tmp_path / "all")
    export(service.keeper.whole, tmp_path / "real", choice=Choice(real_only=True))
    seen = 0
    for label in ("SUPPLIES", "NEEDS"):
        with (tmp_path / "all" / f"{label}.csv").open(encoding="utf-8") as file:
            mine = [row for row in csv.DictReader(file) if FIRM in {row["from"], row["to"]}]
        assert all(row.get("synthetic") == "true" or row["source"] in sources for row in mine)
        seen += len(mine)
        assert not (tmp_path / "real" / f"{label}.csv").exists() or FIRM not in (
            tmp_path / "real" / f"{label}.csv"
        ).read_text("utf-8")
    assert seen > 50
    with (tmp_path / "real" / "Organisation.csv").open(encoding="utf-8") as file:
        assert FIRM in {row["id"] for row in csv.DictReader(file)}
