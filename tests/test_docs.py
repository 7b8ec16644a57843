"""What the documentation says exists: commands, targets, queries, modules, files."""

import re
from pathlib import Path

import pytest
from graphql import build_schema, parse, validate
from pydantic import SecretStr
from typer.main import get_command

from api.cli.main import app
from api.settings import PREFIX, Settings
from dev.contents import contents, opening
from graph import errors

ROOT = Path(__file__).parents[1]
DOCS = sorted((ROOT / "docs").rglob("*.md"))
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *DOCS]
TEXTS = {str(page.relative_to(ROOT)): page.read_text(encoding="utf-8") for page in PAGES}
COMMANDS = get_command(app).commands  # pyright: ignore[reportAttributeAccessIssue]
TARGETS = set(
    re.findall(r"^([a-z0-9-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
)
EXAMPLES = [
    pytest.param(text, id=f"{page}-{number}")
    for page in TEXTS
    for number, (text, refused) in enumerate(
        re.findall(r'^```graphql\n(.*?)^```(\n+```json\n\{"errors")?', TEXTS[page], re.DOTALL | re.MULTILINE)
    )
    if not refused and page != "CONTRIBUTING.md"
]


def code(page):
    """The fenced blocks and the inline code of a page."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", TEXTS[page], re.DOTALL | re.MULTILINE)
    rest = re.sub(r"^```.*?^```", "", TEXTS[page], flags=re.DOTALL | re.MULTILINE)
    return [*blocks, *re.findall(r"`([^`\n]+)`", rest)]


def anchors(text):
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.fixture(scope="module")
def schema():
    return build_schema((ROOT / "schema" / "schema.graphql").read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", TEXTS)
def test_every_command_exists(page):
    said = {
        name
        for text in code(page)
        for name in re.findall(r"^(?:.*? )?zhenlian ([a-z]+)\b", text, re.MULTILINE)
    }
    assert said <= set(COMMANDS)


def test_the_readme_names_every_command():
    assert {name for name in COMMANDS if f"zhenlian {name}" in TEXTS["README.md"]} >= {
        "demo",
        "serve",
        "load",
        "check",
    }


@pytest.mark.parametrize("page", TEXTS)
def test_every_option_exists(page):
    inner = [c for command in COMMANDS.values() for c in getattr(command, "commands", {}).values()]
    known = {option for command in (*COMMANDS.values(), *inner) for p in command.params for option in p.opts}
    lines = [
        line for text in code(page) for line in text.splitlines() if re.search(r"\bzhenlian (\w+)", line)
    ]
    said = {option for line in lines for option in re.findall(r"(--[a-z-]+)", line.partition("zhenlian ")[2])}
    assert said <= known


@pytest.mark.parametrize("page", TEXTS)
def test_every_make_target_exists(page):
    said = {name for text in code(page) for name in re.findall(r"\bmake (?:-s )?([a-z0-9]+)", text)}
    assert said <= TARGETS


def default(field):
    """A setting's default as its page shows it; None for one that this machine makes."""
    if field.default_factory:
        return None
    value = field.default.get_secret_value() if isinstance(field.default, SecretStr) else field.default
    said = str(value).lower() if isinstance(value, bool) else value
    return "" if value in {"", None} else f"`{said}`"


def test_the_settings_page_says_each_with_its_default():
    rows = re.findall(
        rf"^\| `{PREFIX}([A-Z_]+)` \|(.*?)\|", TEXTS["docs/reference/settings.md"], re.MULTILINE
    )
    said = {name.lower(): value.strip() for name, value in rows}
    assert list(said) == list(Settings.model_fields)
    wrong = {
        name: value
        for name, value in said.items()
        if default(Settings.model_fields[name]) not in {None, value}
    }
    assert wrong == {}


def test_the_errors_page_says_every_code():
    kinds = [errors.ChainError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    said = re.findall(r"^\| `([A-Z_]+)` \|", TEXTS["docs/reference/errors.md"], re.MULTILINE)
    assert sorted(said) == sorted({kind.code for kind in kinds} | {"TOO_COMPLEX"})


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_fits_the_schema(example, schema):
    assert validate(schema, parse(example)) == []


def test_there_are_examples():
    assert len(EXAMPLES) > 10


def test_every_module_of_queries_is_named():
    said = "\n".join(text for page, text in TEXTS.items() if page.startswith("docs/"))
    modules = [path for path in (ROOT / "queries").rglob("*.py") if path.name != "__init__.py"]
    assert [str(m) for m in modules if m.relative_to(ROOT).as_posix() not in said] == []


def test_the_index_leads_to_every_page():
    assert TEXTS["docs/index.md"] == contents()
    assert {f"docs/{link}" for link in re.findall(r"\]\((.+?)\)", contents())} == {
        page for page in TEXTS if page.startswith("docs/") and page != "docs/index.md"
    }


@pytest.mark.parametrize("page", [page for page in TEXTS if not re.match(r"docs/(decisions/|index)", page)])
def test_every_page_opens_with_what_it_holds(page):
    assert opening(TEXTS[page].split("\n\n")[1])


@pytest.mark.parametrize("page", TEXTS)
def test_every_link_leads_somewhere(page):
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", TEXTS[page]):
        path, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", link):
            continue
        target = (ROOT / page).parent / path if path else ROOT / page
        if not target.exists() or (
            anchor and target.suffix == ".md" and anchor not in anchors(target.read_text(encoding="utf-8"))
        ):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("page", TEXTS)
def test_every_page_is_whole(page):
    assert "\ufffd" not in TEXTS[page]
    assert TEXTS[page].startswith("# ")
    assert TEXTS[page].count("\n```") % 2 == 0


def test_each_line_of_the_plan_names_a_test_that_asks_it():
    parts = re.split(r"^## ", TEXTS["docs/plan-coverage.md"], flags=re.MULTILINE)
    lines = {part.partition(" ")[0]: part for part in parts if re.match(r"S\d+ ", part)}
    assert [*lines] == [f"S{n}" for n in range(1, 14)]
    for line, part in lines.items():
        (path,) = re.findall(r"^Test: `(.+)`\.$", part, re.MULTILINE)
        text = (ROOT / path).read_text(encoding="utf-8")
        assert re.search(rf"\b{line}\b|_{line.lower()}_", text), (line, path)
