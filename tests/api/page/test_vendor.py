"""The page's third-party files: listed, unchanged, licensed; and nothing is loaded from elsewhere."""

import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from graphql import build_schema, parse, validate

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "api" / "page"
ROWS = json.loads((PAGE / "vendor.json").read_text("utf-8"))
OWN = [
    path
    for path in sorted(PAGE.rglob("*"))
    if path.suffix in {".html", ".js", ".css"} and "vendor" not in path.parent.parts
]


class Tags(HTMLParser):
    """Every tag of a document with its attributes, and the text inside its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        if self.tags and self.tags[-1][0] == "script" and data.strip():
            self.scripts.append((self.tags[-1][1], data))


def name(path):
    return path.relative_to(PAGE).as_posix()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_a_file_is_the_one_that_was_listed(row):
    assert hashlib.sha256((PAGE / row["file"]).read_bytes()).hexdigest() == row["sha256"]
    assert re.fullmatch(r"sha512-[A-Za-z0-9+/]{86}==", row["integrity"])
    assert row["name"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", row["version"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_a_file_has_its_licence_text(row):
    assert row["license"] in {"MIT", "Apache-2.0", "BSD-3-Clause", "ISC"}
    assert row["texts"]
    for text in row["texts"]:
        said = " ".join((PAGE / "LICENSES" / text).read_text("utf-8").split()).lower()
        assert re.search(r"without warrant|warranties .{0,99} are disclaimed|disclaims all warranties", said)


def test_no_third_party_file_is_unlisted():
    found = {name(path) for path in PAGE.rglob("vendor/**/*") if path.is_file() and path.suffix != ".ts"}
    assert found == {row["file"] for row in ROWS}


def test_no_licence_text_is_left_over():
    found = {path.name for path in (PAGE / "LICENSES").iterdir()}
    assert found == {text for row in ROWS for text in row["texts"]}


@pytest.mark.parametrize("path", OWN, ids=name)
def test_own_files_load_nothing_from_elsewhere(path):
    text = re.sub(
        r"http://www\.w3\.org/\S+", "", path.read_text("utf-8")
    )  # names of XML languages, never fetched
    assert not re.search(r"(?:https?|wss?)://|[\"'(]//\w", text)


@pytest.mark.parametrize("path", [path for path in OWN if path.suffix == ".html"], ids=name)
def test_a_document_keeps_the_content_policy(path):
    document = Tags(path.read_text("utf-8"))
    assert document.tags[0] == ("html", {"lang": "zh-CN"})
    for tag, attributes in document.tags:
        assert not [key for key in attributes if key.startswith("on")], f"event handler in <{tag}>"
        for key in ("src", "href"):
            assert not (attributes.get(key) or "").startswith("/"), "a prefix would break it"
    for attributes, _ in document.scripts:
        assert attributes.get("type") == "application/json", "inline script"


def test_the_examples_fit_the_schema():
    document = Tags((PAGE / "graphiql" / "index.html").read_text("utf-8"))
    examples = json.loads(
        next(text for attributes, text in document.scripts if attributes.get("id") == "examples")
    )
    assert len(examples) == 3
    documents = [parse(example["query"]) for example in examples]
    schema = build_schema((ROOT / "schema" / "schema.graphql").read_text("utf-8"))
    assert [error.message for parsed in documents for error in validate(schema, parsed)] == []
