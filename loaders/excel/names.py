"""Rows of a workbook need no ids: those of the same name in the store, or new ones made from the name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b

from graph.edits.upsert import ids_of_names
from graph.kinds import Entity, Node
from graph.store.store import Store
from loaders.excel.sheet_table import Line, Page
from loaders.rows.cells import called
from loaders.rows.forms import folded_name, normalised, says_unknown

_MANY = 2_000


@dataclass(slots=True)
class Names:
    """Gives ids to rows of entities; the loader gives organisations theirs, and claims."""

    store: Store

    async def settle(self, pages: list[Page]) -> None:
        """Give rows their ids; a row whose name several have in the store is refused."""
        for page in pages:
            if issubclass(page.kind, Entity) and page.kind.label != "Organisation" and not page.trouble:
                await self._identify(page, page.kind)

    async def _identify(self, page: Page, kind: type[Node]) -> None:
        named = [
            (line, folded_name(name))
            for line in page.lines
            if "id" not in line.texts and (name := line.texts.get("name")) and not says_unknown(name)
        ]
        stored: dict[str, list[str]] = {}
        for part in _parts({name for _, name in named}):
            stored |= await ids_of_names(self.store, kind, part)
        for line, name in named:
            _mint(kind, line, name, stored.get(name, []))


def _mint(kind: type[Node], line: Line, name: str, stored: list[str]) -> None:
    """Give a row without id the one of the same name in the store, or a new one."""
    if len(stored) > 1:
        line.refuse(
            "id", "", f"库中有多个名为“{name}”的{called(kind)}：{'、'.join(sorted(stored))}；请填标识"
        )
        return
    key = blake2b(normalised(name).encode(), digest_size=6).hexdigest()
    line.texts["id"] = stored[0] if stored else f"{kind.prefix}:{key}"


def _parts(texts: Iterable[str]) -> Iterator[list[str]]:
    rest = sorted(texts)
    yield from (rest[at : at + _MANY] for at in range(0, len(rest), _MANY))
