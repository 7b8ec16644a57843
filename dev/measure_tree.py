"""Measure the tree of a checkout: size, rooms, repetition; several checkouts stand side by side.

`python -m dev.measure_tree [FOLDER …]` prints a table; decisions on the shape of the code quote it.
"""

import ast
import re
import sys
import tokenize
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

CODE = ("api", "schema", "queries", "graph", "loaders")
TRADE = ("MAKES", "NEEDS", "SUPPLIES")
"""The relations that say who makes what, and what is bought from where."""
READ = r"relations\[(\w+\.)?(Makes|Needs|Supplies)\.label\]"
"""How one of them is read by its class."""
ROOMS = (
    "graph/kinds/",  # the vocabulary
    "graph/snapshot/makers.py",
    "graph/snapshot/purchases.py",
)
NAMED = {
    "loaders/excel/titles.py": "words of sheets and of their columns",
    "loaders/excel/template.py": "order of the sheets, and a row that shows how one is filled",
    "graph/snapshot/snapshot.py": "rows of each year, by which the year asked by default is chosen",
    "queries/provenance.py": "labels of the records that rows of trade stand for",
    "graph/snapshot/claims.py": "rank of a supply among its rivals, as claims are ranked",
    "graph/edits/known_sizes.py": "sorts of figures whose greatest is known to the store",
    "loaders/rows/plausible.py": "sorts of figures of a load, held against those",
    "queries/network/relations.py": "label of the record that a flow of its room stands for",
}
"""Files that name a relation of trade without asking who makes what or what is bought, and for what."""


class Checkout:
    """The source files of one checkout, each read and parsed once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files = {
            str(path.relative_to(root)): path.read_text("utf-8")
            for folder in CODE
            for path in sorted((root / folder).rglob("*.py"))
            if "__pycache__" not in path.parts
        }
        self.trees = {name: ast.parse(text) for name, text in self.files.items()}

    @cached_property
    def importers(self) -> dict[str, set[str]]:
        """The files that import each module."""
        modules = {_module(name): name for name in self.files}
        found: dict[str, set[str]] = defaultdict(set)
        for name, tree in self.trees.items():
            for wanted in _imported(tree):
                if wanted in modules:
                    found[modules[wanted]].add(name)
        return found

    def lines(self) -> int:
        """All lines of the code."""
        return sum(text.count("\n") for text in self.files.values())

    def code_lines(self) -> int:
        """Lines that hold code: no blank ones, comments or docstrings."""
        return sum(len(_code_lines(text, self.trees[name])) for name, text in self.files.items())

    def one_importer(self) -> int:
        """Modules that one other file imports, packages left out."""
        return sum(
            len(self.importers.get(name, ())) == 1 for name in self.files if not name.endswith("__init__.py")
        )

    def small_one_importer(self) -> int:
        """Of them, those of fewer than 40 lines."""
        return sum(
            len(self.importers.get(name, ())) == 1 and text.count("\n") < 40  # noqa: PLR2004 - the house's bound
            for name, text in self.files.items()
            if not name.endswith("__init__.py")
        )

    def classes_twice(self) -> int:
        """Class names that more than one module defines."""
        names = Counter(
            node.name for tree in self.trees.values() for node in tree.body if isinstance(node, ast.ClassDef)
        )
        return sum(count > 1 for count in names.values())

    def anys(self) -> int:
        """Occurrences of `Any` in `schema/`."""
        return sum(
            len(re.findall(r"\bAny\b", text)) for n, text in self.files.items() if n.startswith("schema/")
        )

    def first_arithmetic(self) -> int:
        """Lines outside the snapshot's room that add or take off the first row of a kind."""
        pattern = re.compile(r"[-+]\s*(?:np\.int32\()?[\w.\[\]\"']+\.first\b|\.first\)?\s*[-+]")
        return sum(
            bool(pattern.search(line))
            for name, text in self.files.items()
            if not name.startswith("graph/snapshot/")
            for line in text.splitlines()
        )

    def trade_readers(self) -> list[str]:
        """Places as `file:line` that read a relation of trade outside its room: by its label or its class."""
        return [
            f"{name}:{node.lineno}"
            for name, tree in self.trees.items()
            if not name.startswith(ROOMS) and name not in NAMED
            for node in ast.walk(tree)
            if (isinstance(node, ast.Constant) and node.value in TRADE)
            or (isinstance(node, ast.Subscript) and re.search(READ, ast.unparse(node)))
        ]

    def sdl_lines(self) -> int:
        """Lines of the published schema."""
        return (self.root / "schema" / "schema.graphql").read_text("utf-8").count("\n")

    def docs_lines(self) -> int:
        """Lines of README, CONTRIBUTING and all pages of the documentation."""
        pages = [*(self.root / "docs").rglob("*.md"), self.root / "README.md", self.root / "CONTRIBUTING.md"]
        return sum(page.read_text("utf-8").count("\n") for page in pages)

    def recipes(self) -> str:
        """How many files each recipe of CONTRIBUTING touches, tests and generated files left out."""
        text = (self.root / "CONTRIBUTING.md").read_text("utf-8")
        parts = re.split(r"^## Recipe: ", text, flags=re.MULTILINE)[1:]
        return " ".join(str(len(set(re.findall(r"^\+\+\+ b/(\S+)", part, re.MULTILINE)))) for part in parts)

    def row(self) -> Iterator[tuple[str, str]]:
        """Each measure with its value."""
        yield "files", str(len(self.files))
        yield "lines", f"{self.lines():,}"
        yield "lines of code", f"{self.code_lines():,}"
        yield "modules with one importer", str(self.one_importer())
        yield "of them under 40 lines", str(self.small_one_importer())
        yield "class names defined twice", str(self.classes_twice())
        yield "Any in schema/", str(self.anys())
        yield "lines of .first arithmetic", str(self.first_arithmetic())
        yield "readers of MAKES, NEEDS, SUPPLIES outside their rooms", str(len(self.trade_readers()))
        yield "lines of schema.graphql", f"{self.sdl_lines():,}"
        yield "lines of documentation", f"{self.docs_lines():,}"
        yield "files that each recipe touches", self.recipes()


def _module(name: str) -> str:
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def _code_lines(text: str, tree: ast.Module) -> set[int]:
    skipped = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
    lines = iter(text.splitlines(keepends=True))
    told: set[int] = set()
    for token in tokenize.generate_tokens(lambda: next(lines, "")):
        if token.type not in skipped and token.string:
            told.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        ):
            told -= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return told


def main(folders: list[Path]) -> None:
    """Print a table, a column for each checkout."""
    rows = [dict(Checkout(folder).row()) for folder in folders]
    for name in rows[0]:
        print(f"{name:<55}", *(f"{row[name]:>12}" for row in rows))  # noqa: T201 - a table is printed


if __name__ == "__main__":
    main([Path(folder) for folder in sys.argv[1:]] or [Path(__file__).parents[1]])
