"""Nodes that say where knowledge comes from: claims, sources, loads, stored analyses."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated

from graph.kinds.columns import AHEAD, Id, Ref, Year
from graph.kinds.entities import Entity, Node
from graph.kinds.metrics import Metric, Unit
from graph.kinds.terms import Bound, Grade, LoadStatus, RulingAction, Scope


@dataclass(kw_only=True)
class Source(Entity):
    """Who says it: a document, a page, a register."""

    label = "Source"
    prefix = "source"
    plural = "sources"
    words = "来源"
    grade: Annotated[Grade, "来源等级"]
    publisher: Annotated[str | None, "发布者"] = None
    url: Annotated[str | None, "网址"] = None
    published_on: Annotated[date | None, "发布日期"] = None


@dataclass(kw_only=True)
class Claim(Node):
    """One source's figure for one subject: claims may disagree, and all of them stay."""

    label = "Claim"
    prefix = "claim"
    plural = "claims"
    words = "事实：某一来源给出的数值，允许互相矛盾，全部保留"
    subject: Annotated[Id, "所述对象的标识", Ref("*")]
    metric: Annotated[Metric, "指标"]
    value: Annotated[float, "数值，单位见 unit"]
    unit: Annotated[Unit, "计量单位"]
    source: Annotated[Id, "来源", Ref("Source")]
    grade: Annotated[Grade, "等级：默认同来源"]
    scope: Annotated[Scope, "数值口径"] = Scope.WHOLE
    bound: Annotated[Bound, "数值性质"] = Bound.EXACT
    year: Annotated[Year | None, "年份；空为未说明"] = None
    product: Annotated[Id | None, "所指产品", Ref("Product")] = None
    target_year: Annotated[Year | None, "规划目标年份（仅目标类指标）", AHEAD] = None
    note: Annotated[str | None, "原文用语"] = None
    recorded_on: Annotated[date | None, "录入日期"] = None
    synthetic: Annotated[bool, "虚构样例数据（真实数据为 false）"] = False
    pinned_through: Annotated[Year | None, "数据管理员选定：与不晚于此年的数值相争时以此为准"] = None


@dataclass(kw_only=True)
class Ruling(Node):
    """What a steward decided about rows of the graph, and why: it stays, also when it is undone."""

    label = "Ruling"
    prefix = "ruling"
    plural = "rulings"
    words = "数据裁定：数据管理员的选定、更正、撤回、合并、区分及理由"
    action: Annotated[RulingAction, "裁定的种类"]
    about: Annotated[str, "所裁定的行：标识；关系为 种类 起点 终点 键"]
    reason: Annotated[str, "理由"]
    ruled_on: Annotated[date, "裁定日期"]
    other: Annotated[str | None, "合并后保留的标识，或与之区分的标识"] = None
    by: Annotated[str | None, "经办机构或岗位（不写人名）"] = None
    undone_on: Annotated[date | None, "撤销日期；空为有效"] = None
    undone_reason: Annotated[str | None, "撤销的理由"] = None
    undone_by: Annotated[str | None, "撤销的经办机构或岗位（不写人名）"] = None
    before: Annotated[str | None, "裁定前的单元格（JSON）"] = None
    after: Annotated[str | None, "裁定后的单元格（JSON）"] = None


@dataclass(kw_only=True)
class Load(Node):
    """One run of the loader: what came in, when, and what it did."""

    label = "Load"
    prefix = "load"
    plural = "loads"
    words = "一次装载的记录"
    status: Annotated[LoadStatus, "装载状态"]
    started_at: Annotated[datetime, "开始时间"]
    finished_at: Annotated[datetime | None, "完成时间"] = None
    files: Annotated[list[str], "文件：名称 SHA-256"] = field(default_factory=list[str])
    by: Annotated[str | None, "装载的经办机构或岗位（不写人名）"] = None
    new: Annotated[int, "新增行数"] = 0
    changed: Annotated[int, "更新行数"] = 0
    same: Annotated[int, "未变行数"] = 0
    rejected: Annotated[int, "拒绝行数"] = 0
    held: Annotated[int, "按裁定未写入的行数"] = 0
    report: Annotated[str | None, "报告：每表的行数、被拒绝的行与提示"] = None
    undone_on: Annotated[date | None, "撤销日期；空为没有撤销"] = None
    undone_reason: Annotated[str | None, "撤销的理由"] = None
    undone_by: Annotated[str | None, "撤销的经办机构或岗位（不写人名）"] = None


@dataclass(kw_only=True)
class AnalysisRun(Node):
    """A stored batch result and the snapshot it belongs to."""

    label = "AnalysisRun"
    prefix = "run"
    plural = "analysisRuns"
    words = "一次批量分析的结果"
    formula: Annotated[str, "公式名称与版本"]
    snapshot: Annotated[str, "所用快照标识"]
    started_at: Annotated[datetime, "开始时间"]
    finished_at: Annotated[datetime | None, "完成时间"] = None
