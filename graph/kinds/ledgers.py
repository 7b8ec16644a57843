"""Nodes of the town offices' ledgers: projects, problems, tasks, notices, investment leads."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from graph.kinds.columns import AHEAD, Year
from graph.kinds.entities import Entity
from graph.kinds.terms import (
    LeadStage,
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
    issued_on: Annotated[date, "下达日期"]
    due_on: Annotated[date, "整改期限", AHEAD]
    reason: Annotated[str, "督办事由"]
    status: Annotated[NoticeStatus, "督办状态"]


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
