"""The list of the documentation's pages, docs/index.md: `python -m dev.contents` writes it anew."""

import re
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
FOLDERS = {"guide": "Guides", "reference": "Reference", "analyses": "Analyses", "decisions": "Decisions"}
HEAD = "# Documentation\n\nEach page with what it opens with; decisions say their point in the title.\n"


def contents() -> str:
    """Markdown of the list: the pages above, then each folder's, each with its title and first sentence."""
    above = sorted(page for page in DOCS.glob("*.md") if page.name != "index.md")
    return (
        HEAD
        + "\n"
        + "".join(map(_line, above))
        + "".join(
            f"\n## {title}\n\n" + "".join(_line(page) for page in sorted((DOCS / folder).glob("*.md")))
            for folder, title in FOLDERS.items()
        )
    )


def _line(page: Path) -> str:
    title, first = page.read_text(encoding="utf-8").split("\n\n")[:2]
    where = page.relative_to(DOCS).as_posix()
    return f"* [{title.removeprefix('# ')}]({where})" + (
        f": {sentence}\n" if (sentence := opening(first)) else "\n"
    )


def opening(text: str) -> str:
    """First sentence of a paragraph, its links as plain words; nothing for a heading.

    >>> opening("What is [a gap](gaps.md)? More follows.")
    'What is a gap?'
    """
    if text.startswith("#"):
        return ""
    words = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text)
    found = re.match(r".*?(?:[.?](?=\s|$)|[。？])", words, re.DOTALL)
    return found[0].replace("\n", " ") if found else ""


if __name__ == "__main__":
    (DOCS / "index.md").write_text(contents(), encoding="utf-8")
