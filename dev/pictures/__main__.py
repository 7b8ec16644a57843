"""Draw the pictures of the documentation: `python -m dev.pictures [--store URL] [NAME …]`.

It wants the group `pictures`: `uv run --group pictures python -m dev.pictures`.
"""

import argparse
import asyncio
import pkgutil
from importlib import import_module
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt

from dev import pictures
from dev.demo import demo

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"


async def main(names: list[str], url: str | None) -> None:
    """Draw the named pictures, or all."""
    mpl.use("agg")
    mpl.rcParams["font.sans-serif"] = ["Noto Sans CJK SC", "Noto Sans CJK JP"]
    mpl.rcParams["axes.unicode_minus"] = False
    async with demo(url) as (_, keeper):
        snapshot = await keeper.ready()
        for name in names:
            figure = import_module(f"dev.pictures.{name}").draw(snapshot)
            figure.savefig(FOLDER / f"{name}.png", dpi=110, bbox_inches="tight")
            plt.close(figure)


if __name__ == "__main__":
    every = [m.name for m in pkgutil.iter_modules(pictures.__path__) if not m.name.startswith("_")]
    parser = argparse.ArgumentParser(description="Draw the pictures of the documentation")
    parser.add_argument("names", nargs="*", default=every)
    parser.add_argument("--store")
    asked = parser.parse_args()
    asyncio.run(main(asked.names, asked.store))
