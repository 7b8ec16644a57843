"""A table in batches: rows that may be written, and those that may not with the reasons."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import islice
from typing import Any, Protocol

from graph.edits.upsert import NodeRow, RelationRow
from graph.kinds import Node, Relation
from graph.kinds.columns import columns
from graph.kinds.credit_code import warnings
from graph.kinds.persons import looks_personal
from loaders.csv.lines import Cells
from loaders.report import Rejection, shown
from loaders.rows.draft import Draft, draft, key_of, name_claim
from loaders.rows.forms import normalised
from loaders.rows.header import REGION, Fault, Header
from loaders.rows.keys import Seen
from loaders.rows.organisations import identify
from loaders.rows.references import References, Resolver
from loaders.taken import TakenCell

FIRST_PERSONS = 5
"""Names like a person's that are shown of each table; the others are counted."""
MOST_COMPARED = 100
"""Rows of a table whose difference from an earlier one with the same key is told."""
UNREAD = "；此格按不详装载，该行其余各格已装载"
TO_BE_UNREAD = "；此格将按不详装载，该行其余各格将装载"
"""The same of a check, which loads nothing."""
PERSON = "像是人名：请确认可公开，或设置 ZHENLIAN_HIDE_PERSONS=true"


class Table(Protocol):
    """The rows of a table, read one after the other."""

    done: int
    """Bytes read so far."""

    def __iter__(self) -> Iterator[Cells]:
        """Yield the rows."""
        ...

    def again(self) -> Iterator[Cells]:
        """Yield the rows from the first one, as often as is asked; the header is one of them."""
        ...


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
    lines: dict[str, int] = field(default_factory=dict[str, int])
    """The line of each row that may be written, by identity."""
    held: int = 0
    """Rows that a ruling keeps out."""
    rejected: int = 0
    rejections: list[Rejection] = field(default_factory=list[Rejection])
    unread: int = 0
    """Cells that were left unknown; `rejections` says why."""
    taken: list[TakenCell] = field(default_factory=list[TakenCell])
    warnings: list[Rejection] = field(default_factory=list[Rejection])

    def says(self, identity: str) -> bool:
        """Whether a row of the batch is about this one."""
        return identity in self.lines or any(row.identity == identity for row in self.located)


@dataclass(slots=True)
class Batches:
    """The batches of one table."""

    file: str
    head: Header
    lines: Table
    resolver: Resolver
    size: int
    dry: bool = False
    """Whether nothing is loaded."""
    today: date = field(default_factory=date.today)
    persons: int = 0
    """Names like a person's, so far."""
    compared: int = 0
    """Rows that were held against an earlier one with the same key, so far."""

    async def __aiter__(self) -> AsyncIterator[Batch]:
        """Yield batches while there are rows."""
        rows = self._drafts()
        self.resolver.keys.next_table()
        while drafts := await asyncio.to_thread(lambda: list(islice(rows, self.size))):
            references = await self.resolver.find(self.head, drafts)
            yield await asyncio.to_thread(self._batch, drafts, references)
        if self.persons > FIRST_PERSONS:
            told = f"共 {self.persons:,} 个主体的名称像是人名，此处只列前 {FIRST_PERSONS} 个"
            yield Batch(done=self.lines.done, warnings=[Rejection(self.file, 0, "name", "", told)])

    def _drafts(self) -> Iterator[Draft]:
        head = self.head
        return (made for row in self.lines if (made := draft(head, row)))

    def _batch(self, drafts: Sequence[Draft], references: References) -> Batch:
        batch = Batch(read=len(drafts), done=self.lines.done)
        for made in drafts:
            self._refuse_futures(made)
            if not made.faults:
                self._complete(made, references)
        self._settle(drafts, batch)
        self._remember(drafts)
        return batch

    def _refuse_futures(self, made: Draft) -> None:
        """Refuse days after today where they can't be ahead; the reader of a cell refuses later years."""
        for name, value in made.values.items():
            if isinstance(value, date) and value > self.today and name not in _ahead(self.head.kind):
                made.refuse(name, value, f"未来的日期：此列应不晚于今天（{self.today}）")

    def _complete(self, made: Draft, references: References) -> None:
        """Resolve what a row refers to and give it its identity."""
        self.resolver.resolve(self.head, made, references)
        if made.faults:
            return
        if self.head.kind.label == "Organisation":
            identify(made, references)
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
        repeated: list[tuple[Draft, str, int]] = []
        for (made, identity), hashed in zip(sound, hashes, strict=True):
            if why := self.resolver.heed.held(self.head.kind.label, identity):
                made.held, batch.held = True, batch.held + 1
                batch.warnings.append(self._placed(made, Fault("", identity, why)))
                continue
            digest = hash(repr(made.values))
            if earlier := seen.get(hashed):
                if digest == earlier.digest:
                    batch.same += 1
                else:
                    repeated.append((made, identity, earlier.line))
                continue
            seen[hashed] = Seen(digest, made.line)
            fresh.append((hashed, digest, made.line))
            self._accept(made, identity, batch)
        self.resolver.keys.keep_rows(fresh)
        self._refuse_repeated(repeated)
        for made in drafts:
            self._told(made, batch)

    def _told(self, made: Draft, batch: Batch) -> None:
        """Say what is wrong with a row, and what was taken in another form."""
        if made.faults:
            batch.rejected += 1
            batch.rejections += (self._placed(made, fault) for fault in (*made.faults, *made.unread))
            return
        if made.unread:
            batch.unread += len(made.unread)
            batch.rejections += (
                self._placed(made, replace(f, reason=f.reason + (TO_BE_UNREAD if self.dry else UNREAD)))
                for f in made.unread
            )
        if made.taken:
            batch.taken += (TakenCell(self.file, made.line, *cell) for cell in made.taken)

    def _refuse_repeated(self, repeated: Sequence[tuple[Draft, str, int]]) -> None:
        """Refuse rows whose key an earlier row has, and say which stays and how they differ."""
        room = max(MOST_COMPARED - self.compared, 0)
        self.compared += len(repeated)
        wanted = {line for made, _, line in repeated[:room] for line in (line, made.line)}
        texts = {row.line: row.texts for row in self.lines.again() if row.line in wanted} if wanted else {}
        for made, identity, line in repeated:
            differing = self._differing(texts.get(line, []), texts.get(made.line, []))
            told = f"；不同处：{differing}" if differing else ""
            same = f"与第 {line} 行的标识（或起点、终点、键）相同而内容不同"
            made.refuse("", identity, f"{same}：已保留第 {line} 行{told}；请只留一行")

    def _differing(self, earlier: list[str], later: list[str]) -> str:
        pairs = [
            f"{name} “{shown(earlier[place])}” → “{shown(later[place])}”"
            for place, name, _ in self.head.cells
            if place < min(len(earlier), len(later)) and earlier[place].strip() != later[place].strip()
        ]
        return "，".join(pairs)

    def _accept(self, made: Draft, identity: str, batch: Batch) -> None:
        values = dict(made.values)
        batch.lines[identity] = made.line
        if issubclass(self.head.kind, Node):
            if region := values.pop(REGION, None):
                batch.located.append(RelationRow(identity, region, "-"))
            batch.rows.append(NodeRow(values.pop("id"), values))
            if made.defaults:
                batch.defaults[identity] = made.defaults
        else:
            start, end = values.pop("from"), values.pop("to")
            batch.rows.append(RelationRow(start, end, key_of(self.head.kind, values), values))
        batch.warnings += (self._placed(made, doubt) for doubt in self._doubts(made, identity, values))

    def _doubts(self, made: Draft, identity: str, values: dict[str, Any]) -> Iterator[Fault]:
        """Say what to look at in a sound row; cells that a ruling has corrected are left out of it."""
        yield from made.doubts
        yield from self.resolver.heed.corrected(self.head.kind.label, identity, values)
        if code := values.get("uscc"):
            yield from (Fault("uscc", "", doubt) for doubt in warnings(code))
        if looks_personal(values.get("name", ""), values.get("form", "")):
            self.persons += 1
            if self.persons <= FIRST_PERSONS:
                yield Fault("name", values["name"], PERSON)

    def _placed(self, made: Draft, fault: Fault) -> Rejection:
        return Rejection(self.file, made.line, fault.column, fault.value, fault.reason, fault.owing_to)

    def _remember(self, drafts: Sequence[Draft]) -> None:
        """Keep what later tables may refer to."""
        kind = self.head.kind
        if not issubclass(kind, Node) or kind.label == "Claim":
            return
        keys, given = self.resolver.keys, [made for made in drafts if not made.held]
        why = [(made, "、".join(dict.fromkeys(f.column for f in made.faults if f.column))) for made in given]
        keys.keep(
            (m.values["id"], not m.faults, m.values.get("grade"), m.line, told)
            for m, told in why
            if "id" in m.values
        )
        keys.keep_names(
            (kind.label, normalised(text), text, m.values.get("id"), not m.faults, own, m.line, told)
            for m, told in why
            for text, own in _names(m.values)
        )
        coded = (m for m in given if "uscc" in m.values and "id" in m.values and not m.faults)
        keys.keep_codes((m.values["uscc"], m.values["id"], m.line) for m in coded)


def _names(values: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """Yield the name of a row, and its aliases."""
    if name := values.get("name"):
        yield name, True
    yield from ((alias, False) for alias in values.get("aliases", ()))


@cache
def _ahead(kind: type[Node | Relation]) -> frozenset[str]:
    return frozenset(column.name for column in columns(kind) if column.ahead)


def _identity(kind: type[Node | Relation], values: dict[str, Any]) -> str:
    if issubclass(kind, Relation):
        return RelationRow(values["from"], values["to"], key_of(kind, values)).identity
    return values["id"]
