"""A table in batches: rows that may be written, and those that may not with the reasons."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from graph.kinds import Node, Relation
from graph.kinds.credit_code import warnings
from graph.upsert import NodeRow, RelationRow
from loaders.header import REGION, Fault, Header
from loaders.keys import Seen
from loaders.lines import Lines
from loaders.organisations import organisation_id
from loaders.references import References, Resolver
from loaders.report import Rejection
from loaders.rows import Draft, draft, key_of, name_claim

WARNINGS = 100
"""Doubts that are kept for each batch."""


@dataclass(slots=True)
class Batch:
    """What some rows of a table come to."""

    read: int = 0
    same: int = 0
    """Rows that say again what an earlier one said."""
    done: int = 0
    """Bytes of the file read so far."""
    rows: list[NodeRow | RelationRow] = field(default_factory=list[NodeRow | RelationRow])
    defaults: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    """Cells to add to a row that is new to the store, by identity."""
    located: list[RelationRow] = field(default_factory=list[RelationRow])
    """LOCATED_IN rows made from the column `region`."""
    rejected: int = 0
    rejections: list[Rejection] = field(default_factory=list[Rejection])
    warnings: list[Rejection] = field(default_factory=list[Rejection])
    newest_year: int | None = None


@dataclass(slots=True)
class Batches:
    """The batches of one table."""

    file: str
    head: Header
    lines: Lines
    resolver: Resolver
    size: int
    today: date = field(default_factory=date.today)

    async def __aiter__(self) -> AsyncIterator[Batch]:
        """Yield batches while there are rows."""
        rows = self._drafts()
        self.resolver.keys.next_table()
        while drafts := await asyncio.to_thread(lambda: list(islice(rows, self.size))):
            references = await self.resolver.find(self.head, drafts)
            yield await asyncio.to_thread(self._batch, drafts, references)

    def _drafts(self) -> Iterator[Draft]:
        head = self.head
        return (made for row in self.lines if (made := draft(head, row)))

    def _batch(self, drafts: Sequence[Draft], references: References) -> Batch:
        batch = Batch(read=len(drafts), done=self.lines.done)
        for made in drafts:
            if not made.faults:
                self._complete(made, references)
        self._settle(drafts, batch)
        self._remember(drafts)
        return batch

    def _complete(self, made: Draft, references: References) -> None:
        """Resolve what a row refers to and give it its identity."""
        self.resolver.resolve(self.head, made, references)
        if made.faults:
            return
        if self.head.kind.label == "Organisation":
            _identify(made, references)
        elif self.head.kind.label == "Claim":
            name_claim(made)
            source = references.known[made.values["source"]]
            made.defaults = {"grade": source.grade, "recordedOn": self.today}

    def _settle(self, drafts: Sequence[Draft], batch: Batch) -> None:
        """Part the rows: to write, said before, rejected."""
        sound = [(made, _identity(self.head.kind, made.values)) for made in drafts if not made.faults]
        hashes = [hash(identity) for _, identity in sound]
        seen = self.resolver.keys.seen(hashes)
        fresh: list[tuple[int, int, int]] = []
        for (made, identity), hashed in zip(sound, hashes, strict=True):
            digest = hash(repr(made.values))
            if earlier := seen.get(hashed):
                _repeat(made, identity, digest, earlier, batch)
                continue
            seen[hashed] = Seen(digest, made.line)
            fresh.append((hashed, digest, made.line))
            self._accept(made, identity, batch)
        self.resolver.keys.keep_rows(fresh)
        for made in drafts:
            if made.faults:
                batch.rejected += 1
                batch.rejections += (self._placed(made, fault) for fault in made.faults)

    def _accept(self, made: Draft, identity: str, batch: Batch) -> None:
        values = dict(made.values)
        if issubclass(self.head.kind, Node):
            if region := values.pop(REGION, None):
                batch.located.append(RelationRow(identity, region, "-"))
            batch.rows.append(NodeRow(values.pop("id"), values))
            if made.defaults:
                batch.defaults[identity] = made.defaults
        else:
            start, end = values.pop("from"), values.pop("to")
            batch.rows.append(RelationRow(start, end, key_of(self.head.kind, values), values))
        year = values.get("year")
        if year and self.head.kind.label != "Task" and year > (batch.newest_year or 0):
            batch.newest_year = year
        if (code := values.get("uscc")) and len(batch.warnings) < WARNINGS:
            batch.warnings += (self._placed(made, Fault("uscc", "", doubt)) for doubt in warnings(code))

    def _placed(self, made: Draft, fault: Fault) -> Rejection:
        return Rejection(self.file, made.line, fault.column, fault.value, fault.reason)

    def _remember(self, drafts: Sequence[Draft]) -> None:
        """Keep what later tables may refer to."""
        if not issubclass(self.head.kind, Node) or self.head.kind.label == "Claim":
            return
        given = [made for made in drafts if "id" in made.values]
        self.resolver.keys.keep((m.values["id"], not m.faults, m.values.get("grade")) for m in given)
        coded = (m for m in given if "uscc" in m.values and not m.faults)
        self.resolver.keys.keep_codes((m.values["uscc"], m.values["id"], m.line) for m in coded)


def _identity(kind: type[Node | Relation], values: dict[str, Any]) -> str:
    if issubclass(kind, Relation):
        return RelationRow(values["from"], values["to"], key_of(kind, values)).identity
    return values["id"]


def _identify(made: Draft, references: References) -> None:
    """Give an organisation its id when it has none, and see that its credit code is no other's."""
    values = made.values
    code = values.get("uscc")
    owner = references.owners.get(code) if code else None
    if "id" not in values:
        id = owner[0] if owner else organisation_id(values)
        if id is None:
            made.refuse(
                "region", "", "没有 id 时应填 region（所在县，如 region:140921）或 uscc，用来生成标识"
            )
            return
        values["id"] = id
    if owner and owner[0] != values["id"]:
        place = f"第 {owner[1]} 行的" if owner[1] else "库中的"
        made.refuse(
            "uscc", code, f"与{place}主体 {owner[0]} 的统一社会信用代码相同：请核对两者是否为同一主体"
        )
    elif code:
        references.owners[code] = (values["id"], made.line)


def _repeat(made: Draft, identity: str, digest: int, earlier: Seen, batch: Batch) -> None:
    if digest == earlier.digest:
        batch.same += 1
        return
    made.refuse("", identity, f"与第 {earlier.line} 行的标识（或起点、终点、键）相同而内容不同：请只留一行")
