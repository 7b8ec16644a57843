"""The stages of the ledgers as data: where an item begins, where it may go, what a move asks for and stamps.

An office changes the rules of a ledger here and nowhere else: mutations, lists and the page read this table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph.kinds.entities import Entity
from graph.kinds.ledgers import Lead, Notice, Problem, Project, Task
from graph.kinds.terms import (
    LeadStage,
    LedgerName,
    NoticeStatus,
    ProblemStatus,
    ProjectStatus,
    TaskStatus,
    Term,
)


@dataclass(frozen=True, slots=True)
class Move:
    """A step from one stage to another."""

    start: Term
    to: Term
    words: str
    """What people call it."""
    reasoned: bool = False
    """Whether it asks for a reason."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The rules of one ledger; columns are named as tables name them."""

    name: LedgerName
    kind: type[Entity]
    stage: str
    """The column that holds the stage."""
    stages: type[Term]
    initial: Term
    closed: Sequence[Term]
    """Where nothing is left to do."""
    moves: Sequence[Move]
    idle: Sequence[Term] = ()
    """Where nothing is in force yet: what stands there can't be overdue."""
    due: str = "dueOn"
    stamps: Mapping[Term, str] = field(default_factory=dict[Term, str])
    """The date column that a stage fills when it is reached; going back from there empties it."""
    since: Mapping[Term, str] = field(default_factory=dict[Term, str])
    """A date column that says since when a stage is reached, though no move fills it."""
    order: Sequence[tuple[str, str]] = ()
    """Pairs of date columns: the first is not after the second."""
    owned: bool = True
    """Whether items may concern organisations."""
    aimed: bool = False
    """Whether items may name products."""

    def before(self, stage: Term) -> Sequence[Term]:
        """A stage and those through which items come to it when nobody takes a move back."""
        ranked, found = list(self.stages), [stage]
        for one in found:
            found += [
                m.start
                for m in self.moves
                if m.to is one and m.start not in found and ranked.index(m.start) < ranked.index(one)
            ]
        return found

    def moves_from(self, stage: Term) -> Sequence[Move]:
        """What may come after a stage."""
        return [move for move in self.moves if move.start is stage]


def _moves(*rows: tuple[Term, Term, str, bool]) -> tuple[Move, ...]:
    return tuple(Move(*row) for row in rows)


_BEFORE_LANDED = (LeadStage.UNTOUCHED, LeadStage.CONTACTED, LeadStage.NEGOTIATING, LeadStage.SIGNED)

LEDGERS: tuple[Ledger, ...] = (
    Ledger(
        LedgerName.PROBLEM,
        Problem,
        "status",
        ProblemStatus,
        ProblemStatus.OPEN,
        (ProblemStatus.RESOLVED,),
        _moves(
            (ProblemStatus.OPEN, ProblemStatus.ASSIGNED, "交办", False),
            (ProblemStatus.ASSIGNED, ProblemStatus.OPEN, "退回", True),
            (ProblemStatus.ASSIGNED, ProblemStatus.RESOLVED, "办结", True),
            (ProblemStatus.RESOLVED, ProblemStatus.ASSIGNED, "重新办理", True),
        ),
        stamps={ProblemStatus.RESOLVED: "resolvedOn"},
        order=(("raisedOn", "dueOn"), ("raisedOn", "resolvedOn")),
    ),
    Ledger(
        LedgerName.TASK,
        Task,
        "status",
        TaskStatus,
        TaskStatus.PLANNED,
        (TaskStatus.DONE, TaskStatus.CANCELLED),
        _moves(
            (TaskStatus.PLANNED, TaskStatus.STARTED, "启动", False),
            (TaskStatus.STARTED, TaskStatus.DONE, "完成", False),
            (TaskStatus.PLANNED, TaskStatus.CANCELLED, "取消", True),
            (TaskStatus.STARTED, TaskStatus.CANCELLED, "取消", True),
            (TaskStatus.DONE, TaskStatus.STARTED, "重新推进", True),
            (TaskStatus.CANCELLED, TaskStatus.PLANNED, "恢复", True),
        ),
        owned=False,
    ),
    Ledger(
        LedgerName.PROJECT,
        Project,
        "status",
        ProjectStatus,
        ProjectStatus.PLANNED,
        (ProjectStatus.COMPLETED, ProjectStatus.STOPPED),
        _moves(
            (ProjectStatus.PLANNED, ProjectStatus.STARTED, "开工", False),
            (ProjectStatus.STARTED, ProjectStatus.COMPLETED, "建成", False),
            (ProjectStatus.PLANNED, ProjectStatus.STOPPED, "停止", True),
            (ProjectStatus.STARTED, ProjectStatus.STOPPED, "停建", True),
            (ProjectStatus.STOPPED, ProjectStatus.STARTED, "复工", True),
            (ProjectStatus.STOPPED, ProjectStatus.PLANNED, "重新谋划", True),
            (ProjectStatus.COMPLETED, ProjectStatus.STARTED, "重新建设", True),
        ),
        since={ProjectStatus.STARTED: "startOn"},
        order=(("startOn", "dueOn"),),
    ),
    Ledger(
        LedgerName.NOTICE,
        Notice,
        "status",
        NoticeStatus,
        NoticeStatus.DRAFT,
        (NoticeStatus.CLOSED,),
        _moves(
            (NoticeStatus.DRAFT, NoticeStatus.ISSUED, "下达", False),
            (NoticeStatus.ISSUED, NoticeStatus.DRAFT, "收回", True),
            (NoticeStatus.ISSUED, NoticeStatus.CLOSED, "销号", True),
            (NoticeStatus.CLOSED, NoticeStatus.ISSUED, "重新督办", True),
        ),
        idle=(NoticeStatus.DRAFT,),
        stamps={NoticeStatus.ISSUED: "issuedOn"},
        order=(("issuedOn", "dueOn"),),
        owned=False,
    ),
    Ledger(
        LedgerName.LEAD,
        Lead,
        "stage",
        LeadStage,
        LeadStage.UNTOUCHED,
        (LeadStage.LANDED, LeadStage.DROPPED),
        _moves(
            (LeadStage.UNTOUCHED, LeadStage.CONTACTED, "接触", False),
            (LeadStage.CONTACTED, LeadStage.NEGOTIATING, "洽谈", False),
            (LeadStage.NEGOTIATING, LeadStage.SIGNED, "签约", False),
            (LeadStage.SIGNED, LeadStage.LANDED, "落地", False),
            (LeadStage.SIGNED, LeadStage.NEGOTIATING, "重新洽谈", True),
            *((stage, LeadStage.DROPPED, "放弃", True) for stage in _BEFORE_LANDED),
            (LeadStage.DROPPED, LeadStage.CONTACTED, "重新接触", True),
        ),
        order=(("recordedOn", "dueOn"),),
        aimed=True,
    ),
)

BY_NAME: Mapping[LedgerName, Ledger] = {ledger.name: ledger for ledger in LEDGERS}
BY_LABEL: Mapping[str, Ledger] = {ledger.kind.label: ledger for ledger in LEDGERS}
