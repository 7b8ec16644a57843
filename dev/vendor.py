#!/usr/bin/env python3
"""Fetch the page's third-party files again: `npm pack` at the listed version, checked, and copied.

`api/page/vendor.json` is the list. To upgrade: change version and integrity there, run with `--accept`
(it writes the new hashes), and look at the licence texts in `api/page/LICENSES/`.
"""

import argparse
import base64
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parent.parent / "api" / "page"


def package(row: dict[str, Any], folder: Path) -> Path:
    """Return the package of `row`, after its bytes have met the integrity that the list gives."""
    done = subprocess.run(  # noqa: S603
        ["npm", "pack", "--silent", f"{row['name']}@{row['version']}"],  # noqa: S607
        cwd=folder,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    path = folder / done.stdout.split()[-1]
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode()
    if integrity != row["integrity"]:
        sys.exit(f"{row['name']} {row['version']}: integrity {integrity}, listed {row['integrity']}")
    return path


def main() -> None:
    """Fetch, check and copy every file of the list."""
    parser = argparse.ArgumentParser(description="Fetch and check the page's third-party files.")
    parser.add_argument("--accept", action="store_true", help="write the new hashes into vendor.json")
    accept = parser.parse_args().accept
    rows = json.loads((PAGE / "vendor.json").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        for row in rows:
            with tarfile.open(package(row, Path(folder))) as archive:
                member = archive.extractfile(f"package/{row['source']}")
                content = member.read() if member else b""
            found = hashlib.sha256(content).hexdigest()
            if found != row["sha256"] and not accept:
                sys.exit(f"{row['file']}: sha256 {found}, listed {row['sha256']}")
            row["sha256"] = found
            (PAGE / row["file"]).write_bytes(content)
            sys.stdout.write(f"{row['file']}  {row['name']} {row['version']}  {len(content):,} bytes\n")
    if accept:
        (PAGE / "vendor.json").write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
