"""Picture of the investment-promotion list, by LibreOffice: `python -m dev.lists [--store URL]`."""

import argparse
import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from api.http.list_books import Wanted, book
from dev.demo import demo
from dev.printing import drawn, run

ASKED = {
    "town": "town:dingxiang-flange",
    "asOf": "2024",
    "candidates": "3",
    "standard": "standard:shanxi-recognition:2022",
}


async def main(url: str | None, keep: Path | None) -> None:
    """Write the workbook, print it, and draw its first page; `keep`: where the book and all pages go."""
    async with demo(url) as (_, keeper):
        made = book(await keeper.ready(), Wanted("promotion", ASKED))
    with TemporaryDirectory() as folder:
        place = keep or Path(folder)
        path = place / "list.xlsx"
        path.write_bytes(made.content)
        pdf = str(drawn(path, "promotion-list"))
        if keep:
            run("pdftoppm", "-png", "-r", "100", pdf, str(keep / "page"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Draw the investment-promotion list")
    parser.add_argument("--store")
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    asyncio.run(main(asked.store, asked.keep))
