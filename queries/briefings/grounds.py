"""Grounds of a briefing: what all of it rests on, in a sentence, how much is invented, which formulas."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from graph.kinds.results import result
from graph.snapshot.snapshot import Snapshot
from queries.answer import Method
from queries.provenance import Provenance, Rows, any_invented, provenance


@result("画像的依据", "BriefingGrounds")
@dataclass(frozen=True, slots=True)
class Grounds:
    """What a briefing rests on."""

    in_words: Annotated[str, "依据多少行、几个来源，其中多少是虚构样例，一句话"]
    synthetic: Annotated[bool, "所问者本身或所依据的行中是否有虚构样例"]
    formulas: Annotated[Sequence[str], "所用公式的名称与版本"]
    doubts: Sequence[str]
    """What is unknown of the rows themselves."""

    @classmethod
    def of(
        cls, snapshot: Snapshot, method: Method, parts: Sequence[Method], about: Sequence[int]
    ) -> "Grounds":
        """Weigh the rows of a briefing that is composed of answers; `about` are the nodes it is of."""
        used = method.used() if method.used else Rows()
        found = provenance(snapshot, used, method.as_of)
        formulas = dict.fromkeys(f"{one.words}（{one.formula} v{one.version}）" for one in (method, *parts))
        return cls(
            "；".join(_words(found)),
            found.invented > 0 or any_invented(snapshot, Rows(), about),
            list(formulas),
            list(_doubts(found, method.as_of)),
        )


GroundsOf = Annotated[Grounds, "依据：一句话、公式"]


def _words(found: Provenance) -> Iterator[str]:
    if found.rows:
        yield f"依据 {found.rows:,} 行事实与关系、{found.source_count} 个来源"
    else:
        yield "没有可依据的事实与关系"
    if found.in_words:
        yield found.in_words


def _doubts(found: Provenance, as_of: int) -> Iterator[str]:
    """Say what the years of the rows leave open."""
    if found.undated:
        yield f"所据 {found.undated:,} 行没有注明年份：每一年都计入"
    if found.rows and found.oldest_year is None:
        yield f"没有一行注明年份：{as_of} 年是否如此无从核对"
