"""Rulings as a load heeds them: former ids are renamed, retracted rows stay out, corrected cells stay."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from graph.edits.applied_rulings import Rulings, address
from loaders.rows.draft import Draft
from loaders.rows.header import Fault, Header


@dataclass(frozen=True, slots=True)
class Heed:
    """The rulings in force, held against the rows of a load."""

    rulings: Rulings = field(default_factory=Rulings)

    def rename(self, head: Header, made: Draft) -> None:
        """Put the id that stands today in the place of a former one, and say so."""
        for column in head.references:
            text = str(made.values.get(column, ""))
            if text in self.rulings.former:
                now = made.values[column] = self.rulings.former[text]
                made.doubts.append(Fault(column, text, f"曾用标识：按 {now} 装载"))

    def held(self, label: str, identity: str) -> str | None:
        """Why a row is not written; None: it may be."""
        if identity in self.rulings.former:
            return f"是 {self.rulings.former[identity]} 的曾用标识（已合并，或为曾用代码）：此行未写入"
        ruling = self.rulings.retracted.get(address(label, identity))
        if ruling is None:
            return None
        return f"已被撤回（{ruling['id']}：{ruling['reason']}）：此行未写入"

    def corrected(self, label: str, identity: str, values: dict[str, Any]) -> Iterator[Fault]:
        """Take out of a row's cells those that contradict a correction, and say which."""
        for column, value in self.rulings.corrected.get(address(label, identity), {}).items():
            given = values.get(column)
            if given is not None and str(given) != str(value):
                del values[column]
                now = "空" if value is None else value
                yield Fault(column, str(given), f"已由数据管理员更正为“{now}”：未改动")
