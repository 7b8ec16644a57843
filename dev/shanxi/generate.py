"""Writes `tables/` from the hand-written parts and the invented economy, the same bytes every time.

Run it in the project's environment: `python -m dev.shanxi.generate [folder]`.
"""

import sys
from pathlib import Path

from dev.shanxi.book import INVENTED, REAL, TABLES, Book
from dev.shanxi.cast import actors
from dev.shanxi.deals import Market
from dev.shanxi.facts import add_facts, add_industries, add_region_parents
from dev.shanxi.figures import add_figures, add_titles, add_yearly
from dev.shanxi.flows import add_flows
from dev.shanxi.receipts import add_received
from dev.shanxi.samples import add_agencies, add_groups, add_samples


def generate(folder: Path) -> None:
    """Write every table into a folder."""
    book = Book()
    book.copy(REAL)
    add_industries(book)
    add_facts(book)
    book.copy(INVENTED)
    add_region_parents(book)
    cast = actors(book)
    add_flows(book, Market(book, cast).deals())
    add_figures(book, cast)
    add_yearly(book)
    add_titles(book, cast)
    add_received(book, cast)
    add_samples(book)
    add_agencies(book)
    add_groups(book)
    book.write(folder)


if __name__ == "__main__":
    generate(Path(sys.argv[1]) if len(sys.argv) > 1 else TABLES)
