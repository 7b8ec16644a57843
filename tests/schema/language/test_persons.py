"""The examples of the documentation, asked with persons hidden: no sole trader or family farm is named."""

import csv
import json
import re
from pathlib import Path

import pytest

from graph.kinds.persons import PERSONAL_FORMS
from graph.snapshot.keeper import SnapshotKeeper
from graph.snapshot.masking import without_persons
from queries.lookup.entries import index_of
from schema import schema
from schema.language.context import Context

ROOT = Path(__file__).parents[3]
QUERY = re.compile(r"```graphql\n(.*?)```", re.DOTALL)
PAGES = sorted((ROOT / "docs" / "analyses").glob("*.md"))
EXAMPLES = [
    pytest.param(query, id=f"{page.stem}-{place}")
    for page in PAGES
    for place, query in enumerate(QUERY.findall(page.read_text(encoding="utf-8")))
    if query.lstrip().startswith(("{", "query"))
]


@pytest.fixture(scope="module")
async def keeper(service):
    made = SnapshotKeeper(service.store, derive=index_of, mask=without_persons)
    await made.refresh()
    return made


@pytest.fixture(scope="module")
def names():
    with (ROOT / "loaders" / "shanxi" / "tables" / "Organisation.csv").open(encoding="utf-8-sig") as file:
        return [row["name"] for row in csv.DictReader(file) if row["form"] in PERSONAL_FORMS]


@pytest.mark.parametrize("query", EXAMPLES)
async def test_an_example_names_none_of_them(service, keeper, names, query):
    result = await schema.execute(query, context_value=Context(service.store, keeper))
    assert result.errors is None
    told = json.dumps(result.data, ensure_ascii=False, default=str)
    assert [name for name in names if name in told] == []


async def test_there_are_some_to_be_named(service, keeper, names):
    query = """{ organisations(first: 100, where: {form: {in: [SOLE_TRADER, FAMILY_FARM]}}) {
        totalCount nodes { id name synthetic } } }"""
    whole = (await service.data(query))["organisations"]
    result = await schema.execute(query, context_value=Context(service.store, keeper))
    hidden = result.data["organisations"]
    assert 100 < whole["totalCount"] == hidden["totalCount"]
    assert {node["name"] for node in whole["nodes"]} <= set(names)
    assert all(re.fullmatch(r".*(家庭农场|个体工商户) \d{6}(-\d+)? 号", n["name"]) for n in hidden["nodes"])
    assert len({n["name"] for n in hidden["nodes"]}) == 100
    assert {n["synthetic"] for n in hidden["nodes"]} == {True}
