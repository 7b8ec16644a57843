#!/usr/bin/env python3
"""Fetch the page's third-party files again: `npm pack` at the listed version, checked, and copied or bundled.

`api/page/vendor.json` is the list. To upgrade: change version and integrity there, run with `--accept`
(it writes the new hashes), and look at the licence texts in `api/page/LICENSES/`. A row with `bundle` is a
part of a file that esbuild makes of that entry: its modules name each other bare, which no browser resolves.
"""

import argparse
import base64
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "api" / "page"
BUNDLER = json.loads((ROOT / "dev" / "page" / "package.json").read_text("utf-8"))["devDependencies"][
    "esbuild"
]


def run(*command: str, cwd: Path) -> str:
    """Run a command, and return what it printed."""
    return subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603


def package(row: dict[str, Any], folder: Path) -> Path:
    """Return the package of `row`, after its bytes have met the integrity that the list gives."""
    path = folder / run("npm", "pack", "--silent", f"{row['name']}@{row['version']}", cwd=folder).split()[-1]
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode()
    if integrity != row["integrity"]:
        sys.exit(f"{row['name']} {row['version']}: integrity {integrity}, listed {row['integrity']}")
    return path


def copied(row: dict[str, Any], folder: Path) -> bytes:
    """Take one file out of a package."""
    with tarfile.open(package(row, folder)) as archive:
        member = archive.extractfile(f"package/{row['source']}")
        return member.read() if member else b""


def bundled(rows: Sequence[dict[str, Any]], folder: Path) -> bytes:
    """Bundle the packages of `rows` by the entry that they name; nothing but the listed ones is bundled."""
    run("npm", "install", "--silent", "--no-package-lock", "--no-save", f"esbuild@{BUNDLER}", cwd=folder)
    for row in rows:
        place = folder / "node_modules" / row["name"]
        place.mkdir(parents=True)
        with tarfile.open(package(row, folder)) as archive:
            archive.extractall(folder / "unpacked", filter="data")
        (folder / "unpacked" / "package").rename(place / "taken")
        for path in (place / "taken").iterdir():
            path.rename(place / path.name)
    (folder / "entry.js").write_bytes((ROOT / rows[0]["bundle"]).read_bytes())
    options = ("--bundle", "--format=esm", "--target=es2020", "--minify", "--legal-comments=none")
    run(str(folder / "node_modules/.bin/esbuild"), "entry.js", *options, "--outfile=made.js", cwd=folder)
    return (folder / "made.js").read_bytes()


def main() -> None:
    """Fetch, check and write every file of the list."""
    parser = argparse.ArgumentParser(description="Fetch and check the page's third-party files.")
    parser.add_argument("--accept", action="store_true", help="write the new hashes into vendor.json")
    accept = parser.parse_args().accept
    rows = json.loads((PAGE / "vendor.json").read_text("utf-8"))
    for file in dict.fromkeys(row["file"] for row in rows):
        parts = [row for row in rows if row["file"] == file]
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            content = bundled(parts, place) if "bundle" in parts[0] else copied(parts[0], place)
        found = hashlib.sha256(content).hexdigest()
        if found != parts[0]["sha256"] and not accept:
            sys.exit(f"{file}: sha256 {found}, listed {parts[0]['sha256']}")
        for row in parts:
            row["sha256"] = found
        (PAGE / file).write_bytes(content)
        named = ", ".join(f"{row['name']} {row['version']}" for row in parts)
        sys.stdout.write(f"{file}  {named}  {len(content):,} bytes\n")
    if accept:
        (PAGE / "vendor.json").write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
