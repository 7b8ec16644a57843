"""Nodes of the town offices' ledgers: projects, problems, tasks, notices, leads, and the record of changes."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from graph.kinds.columns import AHEAD, Year
from graph.kinds.entities import Entity, Node
from graph.kinds.terms import (
    LeadStage,
    LedgerAction,
    NoticeStatus,
    ProblemExtent,
    ProblemStatus,
    ProjectStatus,
    TaskStatus,
)


@dataclass(kw_only=True)
class Project(Entity):
    """A major project of a town."""

    label = "Project"
    prefix = "project"
    plural = "projects"
    words = "重大项目"
    status: Annotated[ProjectStatus, "项目状态"]
    investment: Annotated[float | None, "总投资（元）"] = None
    start_on: Annotated[date | None, "开工日期", AHEAD] = None
    due_on: Annotated[date | None, "计划竣工日期", AHEAD] = None


@dataclass(kw_only=True)
class Problem(Entity):
    """A problem of the trade or of one firm, followed until it is solved."""

    label = "Problem"
    prefix = "problem"
    plural = "problems"
    words = "问题台账中的问题"
    lifetime = ("raisedOn", None)
    extent: Annotated[ProblemExtent, "问题涉及面"]
    status: Annotated[ProblemStatus, "问题状态"]
    raised_on: Annotated[date, "提出日期"]
    due_on: Annotated[date | None, "办结期限", AHEAD] = None
    resolved_on: Annotated[date | None, "解决日期"] = None


@dataclass(kw_only=True)
class Task(Entity):
    """A task of a yearly action plan."""

    label = "Task"
    prefix = "task"
    plural = "tasks"
    words = "年度行动计划中的任务"
    year: Annotated[Year, "年度", AHEAD]
    due_on: Annotated[date, "完成期限", AHEAD]
    status: Annotated[TaskStatus, "任务状态"]


@dataclass(kw_only=True)
class Notice(Entity):
    """A supervision notice with a deadline."""

    label = "Notice"
    prefix = "notice"
    plural = "notices"
    words = "督办通知书"
    lifetime = ("issuedOn", None)
    due_on: Annotated[date, "整改期限", AHEAD]
    reason: Annotated[str, "督办事由"]
    status: Annotated[NoticeStatus, "督办状态"]
    issued_on: Annotated[date | None, "下达日期；空为尚未下达"] = None


@dataclass(kw_only=True)
class Lead(Entity):
    """A candidate for investment, and how far the talks are."""

    label = "Lead"
    prefix = "lead"
    plural = "leads"
    words = "招商线索"
    lifetime = ("recordedOn", None)
    stage: Annotated[LeadStage, "对接阶段"]
    recorded_on: Annotated[date, "登记日期"]
    due_on: Annotated[date | None, "下一步的期限", AHEAD] = None
    evidence: Annotated[str | None, "登记时的依据（JSON）：候选者当日的一行，及日期、公式与数据版本"] = None


@dataclass(kw_only=True)
class LedgerEntry(Node):
    """One change of one ledger item: entries are only ever added, and together they explain its state."""

    label = "LedgerEntry"
    prefix = "entry"
    plural = "ledgerEntries"
    words = "台账变更记录：谁、何时、何事、由何变何、为何；只增不改"
    about: Annotated[str, "所记事项的标识"]
    version: Annotated[int, "此次变更后事项的版本：第几次变更"]
    action: Annotated[LedgerAction, "变更的种类"]
    recorded_on: Annotated[date, "变更日期"]
    at: Annotated[str, "变更时刻（UTC，ISO 8601）"]
    by: Annotated[str | None, "经办机构或岗位（不写人名）"] = None
    reason: Annotated[str | None, "理由，或批注的文字"] = None
    before: Annotated[str | None, "改动各栏原来的内容（JSON）"] = None
    after: Annotated[str | None, "改动各栏现在的内容（JSON）"] = None
    undoes: Annotated[str | None, "所撤销的变更记录的标识；空为不是撤销"] = None
    request: Annotated[str | None, "请求标识（requestId）：一次请求的各条相同"] = None
    digest: Annotated[str | None, "请求内容的摘要：同一 requestId 只能用于同样的内容"] = None
