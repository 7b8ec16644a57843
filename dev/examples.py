"""The examples of the documentation: a ```graphql block, and below it what the demo answers, as ```json.

`python -m dev.examples [--store URL] [--tables FOLDER] [FILE …]` asks them again and rewrites the answers.
"""

import argparse
import asyncio
import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast
from unicodedata import east_asian_width

import httpx

from api.http.app import create_app
from api.settings import Settings
from dev.demo import TABLES, demo

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
EXAMPLE = re.compile(
    r"^```graphql\n(?P<query>(?:(?!```).)*)```\n+```json\n(?P<answer>.*?)\n```", re.DOTALL | re.MULTILINE
)
WIDTH = 110
DIGITS = 12


def printed(answer: Any) -> str:
    """Answer as JSON in lines that are filled to 110 columns, where a Chinese character takes two.

    A line begins with a space for each bracket that is open before it; an object that has no room in one line
    begins one. Floats have 12 significant digits: those behind depend on the order in which a store sums up.

    >>> print(printed({"town": {"name": "定襄法兰", "rate": 0.1 + 0.2, "rows": []}}))
    {"town": {"name": "定襄法兰", "rate": 0.3, "rows": []}}
    >>> print(printed({"towns": [{"name": "定襄法兰", "members": ["样例定襄法兰一厂"] * 6}]}))
    {"towns": [
      {"name": "定襄法兰", "members": ["样例定襄法兰一厂", "样例定襄法兰一厂", "样例定襄法兰一厂",
        "样例定襄法兰一厂", "样例定襄法兰一厂", "样例定襄法兰一厂"]}]}
    """
    page = _Lines()
    page.add("", _rounded(answer), after=0)
    return "\n".join(page.lines)


@dataclass(slots=True)
class _Lines:
    """Lines that grow at the end, and how many brackets are open there."""

    lines: list[str] = field(default_factory=lambda: [""])
    opened: int = 0

    def add(self, key: str, value: Any, after: int) -> None:
        """Add a value behind its key, with room for what stands after it: a comma, or closing brackets."""
        if self._is_whole(key, value, after):
            self._make_room(_columns(key + _flat(value)) + after)
            self.lines[-1] += key + _flat(value)
            return
        self._make_room(self._head(key, value), fresh=not key)
        self.lines[-1] += key + _flat(value)[0]
        self.opened += 1
        parts = _parts(value)
        for place, (name, part) in enumerate(parts, 1):
            self.add(name, part, after + 1 if place == len(parts) else 1)
            self.lines[-1] += "," if place < len(parts) else ""
        self.opened -= 1
        self.lines[-1] += _flat(value)[-1]

    def _is_whole(self, key: str, value: Any, after: int) -> bool:
        """Whether a value is written without a break: it can't have one, or has room in one line."""
        room = WIDTH - self.opened - after
        return not isinstance(value, dict | list) or not value or _columns(key + _flat(value)) <= room

    def _head(self, key: str, value: Any) -> int:
        """Columns of a broken value up to the end of its first part, if one line has room for these."""
        name, first = _parts(value)[0]
        least = _columns(key) + 1
        if self._is_whole(name, first, 1):
            head = least + _columns(name + _flat(first))
        else:
            head = least + self._head(name, first) if name else least
        return head if self.opened + head <= WIDTH else least

    def _make_room(self, columns: int, *, fresh: bool = False) -> None:
        """Begin a line when the last one has no room for so many columns, or a fresh one is wished."""
        last = self.lines[-1]
        if last.strip() and (fresh or _columns(last) + last.endswith(",") + columns > WIDTH):
            self.lines.append(" " * self.opened)
        elif last.endswith(","):
            self.lines[-1] += " "


def _flat(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _parts(value: Any) -> list[tuple[str, Any]]:
    """Parts of a container, each with what stands before it."""
    if isinstance(value, dict):
        return [(f"{_flat(name)}: ", part) for name, part in cast("dict[str, Any]", value).items()]
    return [("", part) for part in cast("list[Any]", value)]


def _columns(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _rounded(part) for name, part in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_rounded(part) for part in cast("list[Any]", value)]
    return float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value


async def answer(client: httpx.AsyncClient, query: str) -> Any:
    """Ask a query; its data, or the data and the errors where there are some."""
    body = (await client.post("/graphql", json={"query": query}, timeout=300)).json()
    body.pop("extensions", None)
    return body if "errors" in body else body["data"]


async def main(pages: list[Path], url: str | None, tables: Path) -> int:
    """Ask the examples of the pages, and write what is answered into them; how many ended in errors."""
    failed = 0
    async with demo(url, tables) as (store, keeper):
        transport = httpx.ASGITransport(create_app(store, keeper, Settings()))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            for page in pages:
                text, parts, end = page.read_text(encoding="utf-8"), list[str](), 0
                for example in EXAMPLE.finditer(text):
                    new = await answer(client, example["query"])
                    if "errors" in new and '"errors"' not in example["answer"]:
                        failed += 1
                        sys.stderr.write(f"{page.name}: {new['errors'][0]['message']}\n{example['query']}")
                        continue
                    parts += [text[end : example.start("answer")], printed(new)]
                    end = example.end("answer")
                page.write_text("".join([*parts, text[end:]]), encoding="utf-8")
    return failed


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Ask the examples of the documentation again")
    parser.add_argument("pages", nargs="*", type=Path)
    parser.add_argument("--store", help="a store that has the tables, or an empty one")
    parser.add_argument("--tables", type=Path, default=TABLES, help="what is loaded; the demo's unless given")
    asked = parser.parse_args()
    sys.exit(asyncio.run(main(asked.pages or list(PAGES), asked.store, asked.tables)) > 0)
