"""Picture of the investment-promotion list, by LibreOffice: `python -m dev.lists [--store URL]`."""

import argparse
import asyncio
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from api.http.list_books import Wanted, book
from dev.demo import demo

PICTURE = Path(__file__).parents[1] / "docs" / "pictures" / "promotion-list"
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
        _run("soffice", "--headless", "--convert-to", "pdf", "--outdir", str(place), str(path))
        pdf = str(path.with_suffix(".pdf"))
        _run("pdftoppm", "-png", "-r", "100", "-singlefile", pdf, str(PICTURE))
        few = Image.open(PICTURE.with_suffix(".png")).quantize(16)
        few.save(PICTURE.with_suffix(".png"), optimize=True)
        if keep:
            _run("pdftoppm", "-png", "-r", "100", pdf, str(keep / "page"))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Draw the investment-promotion list")
    parser.add_argument("--store")
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    asyncio.run(main(asked.store, asked.keep))
