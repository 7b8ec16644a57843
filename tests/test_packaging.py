"""Our folder names are plain words: they never reach another project's site-packages."""

import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
OURS = {"api", "schema", "queries", "graph", "loaders"}
SERVED = ("api.cli.main", "api.http.serving", "schema", "loaders.load", "graph.store.backends")
"""What a demo imports: the command, the service, the loader and the store."""


def test_no_installed_distribution_takes_our_names():
    taken = packages_distributions()
    assert {name: taken[name] for name in OURS if set(taken.get(name, ())) - {"zhenlian"}} == {}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel's file names, built by the real builder in this environment: no network."""
    hatchling = pytest.importorskip("hatchling.builders.wheel")
    folder = tmp_path_factory.mktemp("wheel")
    [path] = hatchling.WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return zipfile.ZipFile(path).namelist()


def test_the_wheel_carries_no_modules(wheel):
    assert wheel
    assert {name.split("/")[0] for name in wheel} == {"zhenlian-0.1.0.dist-info"}


def test_the_wheel_carries_the_command_and_the_licence(wheel):
    assert "zhenlian-0.1.0.dist-info/entry_points.txt" in wheel
    assert "zhenlian-0.1.0.dist-info/licenses/LICENSE" in wheel


@pytest.mark.skipif(
    not shutil.which("make"), reason="no make on this machine: it uses the lines of the README"
)
def test_make_lists_its_targets():
    done = subprocess.run(["make", "-C", ROOT], check=True, capture_output=True, text=True, timeout=60)  # noqa: S603, S607
    for target in ("demo", "test", "check", "bench", "schema", "neo4j"):
        assert f"make {target}" in done.stdout


def needed(name, seen):
    """The distributions that one needs here, with its own: what `uv sync --no-dev` installs."""
    if name not in seen:
        seen.add(name)
        for line in requires(name) or ():
            wanted = Requirement(line)
            if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
                needed(canonicalize_name(wanted.name), seen)
    return seen


def test_the_demo_needs_only_what_is_installed_without_the_development_groups():
    given = needed("zhenlian", set())
    homes = packages_distributions().items()
    strange = {name for name, found in homes if not given & {canonicalize_name(home) for home in found}}
    assert "pytest" in strange, "the test sees the development groups"
    script = f"import sys; sys.modules.update(dict.fromkeys({sorted(strange)})); import {', '.join(SERVED)}"
    done = subprocess.run(  # noqa: S603 - our own line
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr[-500:]


@pytest.mark.parametrize(
    ("file", "line"),
    [("Makefile", "$(run) --no-dev zhenlian demo"), ("README.md", "uv run --locked --no-dev zhenlian demo")],
)
def test_the_demo_is_started_without_the_development_groups(file, line):
    assert line in (ROOT / file).read_text(encoding="utf-8")
