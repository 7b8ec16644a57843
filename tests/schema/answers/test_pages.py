"""The examples of the documentation: each is asked over HTTP of both stores, and answers what is printed."""

import json
import re

import httpx
import pytest
from graphql import FieldNode, OperationDefinitionNode, parse, visit
from graphql.language import Visitor

from api.http.app import create_app
from api.settings import Settings
from dev.examples import EXAMPLE, PAGES, ROOT, answer, printed
from schema.analyses import QUESTIONS

TEXTS = {page: page.read_text(encoding="utf-8") for page in PAGES}
EXAMPLES = [
    pytest.param(example["query"], example["answer"], id=f"{page.stem}-{place}")
    for page, text in TEXTS.items()
    for place, example in enumerate(EXAMPLE.finditer(text))
]
ANALYSES = sorted((ROOT / "docs" / "analyses").glob("*.md"))
DRAWN = {path.stem for path in (ROOT / "dev" / "pictures").glob("*.py") if not path.stem.startswith("_")}
ALIKE = {"rel": 1e-9, "abs": 1e-9}


@pytest.fixture(scope="module")
async def client(service):
    app = create_app(service.store, service.keeper, Settings())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as made:
        yield made


async def asked(client, query):
    found = await answer(client, query)
    assert "errors" not in found, found["errors"]
    return found


def alike(found, printed, path=""):
    """Compare answers; numbers may differ in the last digits, as sums are made in another order."""
    if isinstance(printed, dict):
        assert list(found) == list(printed), path
        for name, value in printed.items():
            alike(found[name], value, f"{path}.{name}")
    elif isinstance(printed, list):
        assert len(found) == len(printed), path
        for place, value in enumerate(printed):
            alike(found[place], value, f"{path}[{place}]")
    elif isinstance(printed, float) and isinstance(found, int | float):
        assert found == pytest.approx(printed, **ALIKE), path
    else:
        assert found == printed, path


@pytest.mark.parametrize(("query", "text"), EXAMPLES)
async def test_an_example_answers_what_is_printed(client, query, text):
    alike(await answer(client, query), json.loads(text))


@pytest.mark.parametrize("text", [pytest.param(e.values[1], id=e.id) for e in EXAMPLES])
def test_an_answer_is_printed_in_as_few_lines_as_the_printer_needs(text):
    assert printed(json.loads(text)) == text


@pytest.mark.parametrize("page", [pytest.param(page, id=page.stem) for page in PAGES])
def test_nothing_is_printed_that_was_not_asked(page):
    assert TEXTS[page].count("```json\n") == len(EXAMPLE.findall(TEXTS[page]))


class _Fields(Visitor):
    """Collects the fields of a document, each with the field it stands in."""

    def __init__(self):
        super().__init__()
        self.found = set()

    def enter_field(self, node: FieldNode, _key, _parent, _path, ancestors):
        above = [a for a in ancestors if isinstance(a, FieldNode | OperationDefinitionNode)][-1]
        inside = above.name.value if isinstance(above, FieldNode) else None
        self.found.add((inside, node.name.value))


def test_every_question_has_an_example():
    visitor = _Fields()
    for example in EXAMPLES:
        visit(parse(example.values[0]), visitor)
    wanted = {(question.on and question.on.lower(), question.name) for question in QUESTIONS}
    assert wanted <= visitor.found


def test_every_page_with_an_answer_has_its_caveat():
    for page in ANALYSES:
        if EXAMPLE.search(TEXTS[page]):
            assert "**Caveat.**" in TEXTS[page], page.name


def test_every_analysis_that_is_drawn_shows_its_picture():
    said = "".join(TEXTS[page] for page in ANALYSES)
    assert {name for name in DRAWN if f"](../pictures/{name}.png)" not in said} == set()


METHODS = [e for e in EXAMPLES if re.search(r"\bmethod \{", e.values[0])]


@pytest.mark.parametrize("query", [pytest.param(e.values[0], id=e.id) for e in METHODS])
async def test_the_query_that_an_answer_gives_reproduces_it(client, query):
    """Ask for the queries of an example, and ask those: nothing comes that was not in the first answer."""
    whole = await asked(client, re.sub(r"\bmethod \{(?! query)", "method { query ", query))
    queries = list(_queries(whole))
    assert queries or "whatIf" in query
    for one in queries:
        assert _values(await asked(client, one)) <= _values(whole)


def _queries(data):
    if isinstance(data, dict):
        for name, value in data.items():
            if name == "query" and isinstance(value, str):
                yield value
            else:
                yield from _queries(value)
    elif isinstance(data, list):
        for value in data:
            yield from _queries(value)


def _values(data):
    if isinstance(data, dict):
        return {pair for value in data.values() for pair in _values(value)}
    if isinstance(data, list):
        return {pair for value in data for pair in _values(value)}
    return {data}
