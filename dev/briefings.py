"""Pictures of a town's and a firm's briefing, by LibreOffice: `python -m dev.briefings [--store URL]`.

It wants the group `pictures`, and what `dev/printing.py` names.
"""

import argparse
import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from dev.demo import demo
from dev.printing import drawn
from loaders.word.briefing import briefing

YEAR = 2025
PAGES = {"briefing-town": "town:dingxiang-flange", "briefing-firm": "org:sample-dingxiang-flange-flange-01"}


async def main(url: str | None, keep: Path | None) -> None:
    """Write the briefings and draw them; `keep`: where documents and PDFs go."""
    with TemporaryDirectory() as folder:
        async with demo(url) as (_, keeper):
            snapshot = await keeper.ready()
            for picture, id in PAGES.items():
                path = (keep or Path(folder)) / f"{picture}.docx"
                path.write_bytes(briefing(snapshot, snapshot.row_of(id), as_of=YEAR))
                drawn(path, picture, colours=48)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Draw a town's and a firm's briefing")
    parser.add_argument("--store")
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    asyncio.run(main(asked.store, asked.keep))
