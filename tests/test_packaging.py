"""Our folder names are plain words: they never reach another project's site-packages."""

import shutil
import subprocess
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = {"api", "schema", "queries", "graph", "loaders"}


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
