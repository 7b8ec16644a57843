"""A graph with next to nothing in it: every field that needs no argument answers, or says what
it lacks; none fails inside."""

import pytest
from graphql import GraphQLObjectType, build_schema, get_named_type, is_composite_type, is_required_argument

from graph.snapshot.keeper import SnapshotKeeper
from loaders.load import load_folder
from queries.lookup.entries import index_of
from schema import schema
from tests.schema.conftest import Service

SDL = build_schema(schema.as_str())
SOURCE = "id,name,publisher,grade\nsource:list,企业名单,县工信局,B\n"
WORLDS = {
    "sources alone": {"Source": SOURCE},
    "a town and a firm": {
        "Source": SOURCE,
        "Town": "id,name,level,status\ntown:bare,无名镇产业,PROVINCIAL,RECOGNISED\n",
        "Organisation": "id,name,form\norg:bare,无名厂,ENTERPRISE\n",
        "MEMBER_OF": "from,to,source\norg:bare,town:bare,source:list\n",
    },
    "a product and a region": {
        "Source": SOURCE,
        "Region": "id,name,level\nregion:140000,山西省,PROVINCE\n",
        "Product": "id,name,category\nproduct:bare,无名件,COMPONENT\n",
    },
}


def fields(name):
    """The fields of a type that can be asked without an argument, each with what it selects."""
    kind = SDL.type_map[name]
    assert isinstance(kind, GraphQLObjectType)
    for field, about in sorted(kind.fields.items()):
        if not any(map(is_required_argument, about.args.values())):
            yield field, " { __typename }" if is_composite_type(get_named_type(about.type)) else ""


QUESTIONS = [f"{{ {field}{selected} }}" for field, selected in fields("Query")]
OF = {
    "town": ("town:bare", "Town"),
    "organisation": ("org:bare", "Organisation"),
    "product": ("product:bare", "Product"),
    "region": ("region:140000", "Region"),
    "source": ("source:list", "Source"),
}
QUESTIONS += [
    f'{{ {root}(id: "{id}") {{ {field}{selected} }} }}'
    for root, (id, name) in OF.items()
    for field, selected in fields(name)
]


@pytest.mark.parametrize("world", WORLDS)
async def test_every_field_answers(empty_store, tmp_path, world):
    for name, text in WORLDS[world].items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    report = await load_folder(empty_store, tmp_path)
    assert report.clean
    async with SnapshotKeeper(empty_store, derive=index_of) as keeper:
        await keeper.ready()
        service = Service(empty_store, keeper)
        assert len(QUESTIONS) > 150
        told = {question: await service.errors(question) for question in QUESTIONS}
    codes = {question: {code for code, *_ in faults} for question, faults in told.items()}
    assert {question: told[question] for question in QUESTIONS if codes[question] - {"BAD_USER_INPUT"}} == {}
