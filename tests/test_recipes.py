"""CONTRIBUTING's recipes: each diff applies to a copy of the code, and the question below it is answered."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "CONTRIBUTING.md"
TEXT = PAGE.read_text(encoding="utf-8")
FOLDERS = ("graph", "queries", "loaders", "schema", "api", "dev", "docs")
RECIPE = re.compile(
    r"""^[#]{2}\ Recipe:\ (?P<name>[^\n]+)\n .*? ```diff\n(?P<diff>.*?)```\n
    .*? ```graphql\n(?P<query>.*?)```\n+ ```json\n(?P<answer>.*?)\n```""",
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)
TABLES = {
    "Product": "id,name,category,hsCode\nproduct:flange,法兰,COMPONENT,730721\n",
    "Town": "id,name,level,status\ntown:dingxiang-flange,定襄法兰,PROVINCIAL,RECOGNISED\n",
    "Park": "id,name,area\npark:dingxiang,定襄法兰产业园,1200\n",
    "Source": "id,name,grade\nsource:survey,调查,B\n",
    "OF_TOWN": "from,to,source\npark:dingxiang,town:dingxiang-flange,source:survey\n",
}


@dataclass(frozen=True, slots=True)
class Recipe:
    """A change that CONTRIBUTING shows, the question it makes possible, and the answer."""

    name: str
    diff: str
    query: str
    answer: str

    @property
    def files(self):
        return re.findall(r"^\+\+\+ b/(.+)$", self.diff, re.MULTILINE)

    def apply(self, folder: Path):
        """Apply the diff with git, file by file; it finds the place by the lines around."""
        for part in re.split(r"^(?=--- )", self.diff, flags=re.MULTILINE)[1:]:
            done = subprocess.run(  # noqa: S603 - of our own page
                [shutil.which("git") or "git", "apply", "--recount", "-"],
                cwd=folder,
                env={**os.environ, "GIT_CEILING_DIRECTORIES": str(folder.parent)},
                input=part,
                text=True,
                capture_output=True,
                check=False,
            )
            assert done.returncode == 0, f"{self.name}: {done.stderr}\n{part}"


RECIPES = [Recipe(**found.groupdict()) for found in RECIPE.finditer(TEXT)]
FILES = {"a field on a kind": 1, "a kind with a relation": 3}


def copied(folder):
    """Copy the code and the recipes into a folder, without the demo's tables."""
    ignored = shutil.ignore_patterns("__pycache__", "tables", "*.png")
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    shutil.copy(PAGE, folder)
    return folder


def test_the_recipes_touch_as_few_files_as_promised():
    assert {recipe.name: len(recipe.files) for recipe in RECIPES} == FILES


@pytest.mark.parametrize("recipe", [pytest.param(recipe, id=recipe.name) for recipe in RECIPES])
def test_a_recipe_applies_alone(recipe, tmp_path):
    recipe.apply(copied(tmp_path))


def test_the_questions_of_the_recipes_are_answered_as_printed(tmp_path):
    folder = copied(tmp_path)
    for recipe in RECIPES:
        recipe.apply(folder)
    (folder / "tables").mkdir()
    for name, text in TABLES.items():
        (folder / "tables" / f"{name}.csv").write_text(text, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "dev.examples",
        "--store",
        "embedded:store",
        "--tables",
        "tables",
        PAGE.name,
    ]
    done = subprocess.run(command, cwd=folder, text=True, capture_output=True, check=False)  # noqa: S603 - ours
    assert done.returncode == 0, done.stderr
    assert (folder / PAGE.name).read_text(encoding="utf-8") == TEXT
