"""The page as it is served: its document, its files, its questions, its words."""

import asyncio
import json
import re
import shutil
from pathlib import Path

import httpx
import pytest
import strawberry
from graphql import GraphQLEnumType, OperationDefinitionNode, build_schema, parse, validate
from starlette.applications import Starlette
from starlette.types import ASGIApp

from api.http.app import Prefix
from api.http.graphql import GraphQLView
from api.http.page import PAGE, content_of, page_documents, page_routes

ROOT = Path(__file__).parents[3]
APP = PAGE / "app"
OWN = [path for path in sorted(APP.rglob("*.js")) if "vendor" not in path.parts]
SDL = build_schema((ROOT / "schema" / "schema.graphql").read_text("utf-8"))


async def get(path: str, *, app: ASGIApp | None = None, **headers: str) -> httpx.Response:
    transport = httpx.ASGITransport(app or Starlette(routes=page_routes()))
    async with httpx.AsyncClient(transport=transport, base_url="http://page") as client:
        return await client.get(path, headers=headers)


async def test_the_document_names_the_content_and_is_asked_for_again():
    found = await get("/")
    assert found.status_code == 200
    assert found.headers["cache-control"] == "no-cache"
    assert "default-src 'self'" in found.headers["content-security-policy"]
    addresses = re.findall(r'(?:src|href)="(static/[^"]+)"', found.text)
    assert len(addresses) >= 5
    for address in addresses:
        file = await get(f"/{address}")
        assert file.status_code == 200, address
        assert "immutable" in file.headers["cache-control"]
        assert file.headers["x-content-type-options"] == "nosniff"
    again = await get("/", **{"if-none-match": found.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_a_page_of_an_older_content_gets_todays_files_without_keeping_them():
    found = await get("/static/000000000000/app.js")
    assert (found.status_code, found.headers["cache-control"]) == (200, "no-cache")
    assert found.headers["content-type"].startswith("text/javascript")


async def test_nothing_beside_the_files_of_the_page_is_served():
    for path in ("..%2findex.html", "%2e%2e%2fqueries%2ftown.graphql", "nothing.js"):
        assert (await get(f"/static/x/{path}")).status_code in {404, 405}, path


def test_any_changed_file_changes_the_name_of_the_content(tmp_path: Path):
    (tmp_path / "a.js").write_text("1", "utf-8")
    names = [content_of(tmp_path)]
    (tmp_path / "a.js").write_text("2", "utf-8")
    names.append(content_of(tmp_path))
    (tmp_path / "a.js").rename(tmp_path / "b.js")
    names.append(content_of(tmp_path))
    assert len(set(names)) == 3


async def test_below_a_prefix_a_missing_slash_is_mended():
    app = Prefix(Starlette(routes=page_routes()), "/one/chains")
    found = await get("/one/chains", app=app)
    assert (found.status_code, found.headers["location"]) == (307, "chains/")
    assert (await get("/one/chains/", app=app)).status_code == 200


DOCUMENTS = page_documents()


@pytest.mark.parametrize("id", sorted(DOCUMENTS))
def test_a_document_fits_the_schema_and_is_asked_by_the_page(id: str):
    parsed = parse(DOCUMENTS[id])
    assert [error.message for error in validate(SDL, parsed)] == []
    operations = [node for node in parsed.definitions if isinstance(node, OperationDefinitionNode)]
    assert len(operations) == 1
    assert any(f"'{id}'" in path.read_text("utf-8") for path in OWN), "nobody asks it"


async def test_a_document_can_be_read_by_its_id():
    found = await get("/documents/page/town")
    assert (found.status_code, found.text) == (200, DOCUMENTS["page/town"])
    missing = await get("/documents/page/none")
    assert (missing.status_code, missing.text) == (404, "没有文档“page/none”")


async def asked(body: object) -> httpx.Response:
    view = GraphQLView(strawberry.Schema(Query), lambda _: None, documents={"page/x": "{ __typename }"})
    async with httpx.AsyncClient(transport=httpx.ASGITransport(view), base_url="http://page") as client:
        return await client.post("/graphql", json=body)


@strawberry.type
class Query:
    one: int = 1


async def test_a_document_is_asked_by_its_id():
    assert (await asked({"documentId": "page/x"})).json()["data"] == {"__typename": "Query"}


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"documentId": "page/none"}, 404, "没有文档“page/none”"),
        ({"documentId": 3}, 400, "documentId 应为字符串"),
        ({"documentId": "page/x", "query": "{ __typename }"}, 400, "只能给一个"),
        ({}, 400, "缺少 query"),
    ],
)
async def test_a_wrong_id_is_refused_by_name(body: object, status: int, words: str):
    found = await asked(body)
    assert found.status_code == status
    assert words in found.json()["errors"][0]["message"]


def test_chinese_words_stand_in_one_place():
    comment = re.compile(r"//.*|/\*.*?\*/", re.DOTALL)
    for path in OWN:
        if path.parent.name == "words" or path.name == "old-browser.js":
            continue
        text = comment.sub("", path.read_text("utf-8"))
        assert re.findall(r"[一-龥]+", text) == [], path.name


WORDS = "".join(path.read_text("utf-8") for path in sorted((APP / "words").glob("*.js")))


def test_each_word_that_is_said_is_written():
    known = {a or b for a, b in re.findall(r"^ *'([^']+)'|, '([^']+)':", WORDS, re.MULTILINE)}
    said = {one for path in OWN for one in re.findall(r"\bsay\('([^'$]+)'", path.read_text("utf-8"))}
    assert said
    assert said - known == set()


KEY = re.compile(r"'((?:[^'\\]|\\.)+)': '")
SAID = re.compile(r"\bsay\('([^'$]+)'")
CHOSEN = re.compile(r"\? '([a-z]+\.[\w.]+)' : '([a-z]+\.[\w.]+)'")


def words(name: str) -> set[str]:
    return set(KEY.findall((APP / "words" / f"{name}.js").read_text("utf-8")))


def drawn_by(path: Path, seen: set[Path]) -> set[Path]:
    """A module and those that it is made of, without words and other people's."""
    if path not in seen:
        seen.add(path)
        for name in re.findall(r"from '(\.[^']+)'", path.read_text("utf-8")):
            other = (path.parent / name).resolve()
            if other in OWN and other.parent.name != "words":
                drawn_by(other, seen)
    return seen


VIEWS = {
    row[1]: re.findall(r"words/(\w+)\.js", row[0])
    for row in re.finditer(r"^  (\w+): \{ draw.*$", (APP / "views.js").read_text("utf-8"), re.MULTILINE)
}


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_says_only_words_that_come_with_it(view: str):
    known = words("zh").union(*map(words, VIEWS[view]))
    for path in drawn_by(APP / "views" / f"{view}.js", set()):
        text = path.read_text("utf-8")
        said = set(SAID.findall(text)).union(*CHOSEN.findall(text))
        assert said - known == set(), path.name


@pytest.fixture
def node(request: pytest.FixtureRequest) -> Path:
    """The folder of the maintainer's tools, once they are installed."""
    tools = ROOT / "dev" / "page"
    if not shutil.which("node") or not (tools / "node_modules").exists():
        missing = "Node.js and `npm install --prefix dev/page` are needed for the checks of the page"
        (pytest.fail if "node" in request.config.getoption("--need") else pytest.skip)(missing)
    return tools


@pytest.mark.parametrize("script", ["check", "fresh", "test"])
async def test_the_types_hold_and_are_those_of_the_questions(node: Path, script: str):
    running = await asyncio.create_subprocess_exec(
        "npm",
        "run",
        "--silent",
        script,
        cwd=node,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await running.communicate()
    assert running.returncode == 0, said.decode()[-3000:]


MINIFIED = """
const { transformSync } = require("esbuild"), { readFileSync } = require("node:fs");
const bare = (code) =>
  transformSync(code, { minify: true, charset: "utf8", format: "esm", legalComments: "inline" }).code;
for (const [path, served] of JSON.parse(readFileSync(0, "utf8")))
  if (bare(readFileSync(path, "utf8")) !== bare(served)) console.log(path);
"""


async def test_scripts_go_out_without_comments_and_otherwise_as_they_are(node: Path):
    paths = sorted(APP.rglob("*.js"))
    pairs = [(str(path), (await get(f"/static/x/{path.relative_to(APP).as_posix()}")).text) for path in paths]
    assert sum(len(text) for _, text in pairs) < 0.9 * sum(len(path.read_text("utf-8")) for path in paths)
    running = await asyncio.create_subprocess_exec(
        *("node", "-e", MINIFIED),
        cwd=node,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await running.communicate(json.dumps(pairs).encode())
    assert (running.returncode, said.decode()) == (0, "")


WORDED = {
    "GapReason": "reason.",
    "GapState": "",
    "GapAction": "",
    "CandidateEvidence": "ev.",
    "Scope": "scope.",
    "Outcome": "outcome.",
    "Unit": "unit.",
    "Bound": "bound.",
    "TownLevel": "level.",
    "TownStatus": "status.",
    "BenefitStatus": "policies.status.",
    "BenefitResource": "policies.resource.",
    "PolicyValidity": "policies.validity.",
    "ReceiptState": "policies.received.",
    "ScoreChangeReason": "ranking.why.",
    "WriteRefusal": "rights.why.",
    "ClaimChoiceReason": "data.why.",
}


@pytest.mark.parametrize("name", WORDED)
def test_every_value_that_is_shown_has_its_word(name: str):
    kind = SDL.type_map[name]
    assert isinstance(kind, GraphQLEnumType)
    assert [value for value in kind.values if f"'{WORDED[name]}{value}':" not in WORDS] == []
