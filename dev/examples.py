"""Ask every example of the documentation of the demo, and write the answers below the questions.

Run `python -m dev.examples [--store URL] [FILE …]`: a ```graphql block that a ```json block follows is asked,
and the block replaced by what the service answered.
"""

import argparse
import asyncio
import json
import re
import sys
from pathlib import Path

from dev.demo import demo
from schema import schema
from schema.language.context import Context

DOCS = Path(__file__).parents[1] / "docs"
PAIR = re.compile(r"(```graphql\n(?P<query>.*?)```\n+```json\n)(?P<answer>.*?)(?=```)", re.DOTALL)


async def main(files: list[Path], url: str | None) -> int:
    """Rewrite the answers; return how many questions failed."""
    failed = 0
    async with demo(url) as (store, keeper):
        for file in files:
            text, parts, end = file.read_text(encoding="utf-8"), [], 0
            for pair in PAIR.finditer(text):
                result = await schema.execute(pair["query"], context_value=Context(store, keeper))
                if result.errors:
                    failed += 1
                    sys.stderr.write(f"{file.name}: {result.errors}\n")
                    continue
                answer = json.dumps(result.data, ensure_ascii=False, indent=2)
                parts += [text[end : pair.start("answer")], answer, "\n"]
                end = pair.end("answer")
            file.write_text("".join([*parts, text[end:]]), encoding="utf-8")
    return failed


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Ask the examples of the documentation")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--store")
    asked = parser.parse_args()
    sys.exit(asyncio.run(main(asked.files or sorted((DOCS / "analyses").glob("*.md")), asked.store)))
