"""Cascades: what stops when organisations stop (ESRI), and the stored ranking of all of them."""

from collections.abc import Sequence
from typing import Any

import strawberry

from graph.snapshot.snapshot import Snapshot
from queries.cascade.cascade import EPS, Cascade, Shock, cascade, scenario
from queries.cascade.readiness import CascadeWeight
from schema.language.enums import enum_type
from schema.language.question import Argument, Question


@strawberry.input(name="ShockInput", description="情景中的一个主体：停产多少")
class ShockInput:
    """One organisation of a scenario."""

    id: strawberry.ID = strawberry.field(description="主体：org:…")
    psi: float = strawberry.field(default=1.0, description="停产的比例（0–1）；1 为全停")


ARGUMENTS = {
    "eps": Argument(float, "停止阈值（0–1，不含两端）：一轮中无人下降超过它即停；越小越准越慢", EPS),
    "substitutes": Argument(bool, "同行业的其他卖方可否顶替（按其市场份额）", True),  # noqa: FBT003
    "digits": Argument(int, "市场按几位行业代码划分：2、3 或 4", 4),
    "weights": Argument(enum_type(CascadeWeight), "份额的权重", CascadeWeight.OUTPUT),
    "first": Argument(int, "losses 取前几个，1–500", 20),
}


def _scenario(snapshot: Snapshot, **asked: Any) -> Cascade:
    shocks: Sequence[ShockInput] = asked.pop("scenario")
    return scenario(snapshot, [Shock(str(shock.id), shock.psi) for shock in shocks], **asked)


QUESTIONS = (
    Question(
        "cascade",
        "连锁停产（ESRI）：若此主体停产，还有谁会停、停多少",
        cascade,
        Cascade,
        on="Organisation",
        arguments={"psi": Argument(float, "停产的比例（0–1）；1 为全停", 1.0), **ARGUMENTS},
        weight=200,
    ),
    Question(
        "cascade",
        "连锁停产（ESRI）：若几个主体同时停产（可为部分停产）",
        _scenario,
        Cascade,
        arguments={
            "scenario": Argument(list[ShockInput], "同时停产的主体，1–500 个，不可重复"),
            **ARGUMENTS,
        },
        weight=200,
    ),
)
