"""Cascades: what stops when organisations stop (ESRI), and the stored ranking of all of them."""

from collections.abc import Sequence
from typing import Any

import strawberry

from graph.snapshot.snapshot import Snapshot
from queries.cascade.cascade import EPS, Cascade, Shock, cascade, scenario
from queries.cascade.readiness import CascadeWeight
from queries.linkage.extraction import LossByForm, LossByMember
from schema.language.enums import enum_type
from schema.language.method import answer_type
from schema.language.publish import type_of
from schema.language.question import Argument, Question
from schema.language.results import node_field, result_type, results_field, value_field


@strawberry.input(name="ShockInput", description="情景中的一个主体：停产多少")
class ShockInput:
    """One organisation of a scenario."""

    id: strawberry.ID = strawberry.field(description="主体：org:…")
    psi: float = strawberry.field(default=1.0, description="停产的比例（0–1）；1 为全停")


LossType = result_type(
    "CascadeLoss",
    "一个主体在连锁停产中的损失",
    organisation=node_field("Organisation", "主体", lambda row: row.row),
    psi=value_field("情景本身使其停产的比例（0–1）；0 为受波及者", float, lambda row: row.psi),
    share=value_field("占其自身产出的比例（0–1）：1 − min(hDown, hUp)", float, lambda row: row.share),
    loss=value_field("损失的产出（元/年）；空为产出不详", float | None, lambda row: row.loss),
    h_down=value_field("受供应短缺后仍能生产的比例（0–1）", float, lambda row: row.h_down),
    h_up=value_field("受需求缺失后仍能销售的比例（0–1）", float, lambda row: row.h_up),
)
KnownType = result_type(
    "CascadeInputs",
    "连锁停产所依据的数据：已知多少",
    essential=value_field("不可缺少的供应数（卖方、买方、产品）", int, lambda found: found.essential),
    by_product=value_field("可缺与否由产品投入关系得知的供应数", int, lambda found: found.by_product),
    by_industry=value_field(
        "可缺与否由两位行业对照表（C 级）得知的供应数", int, lambda found: found.by_industry
    ),
    unknown=value_field("可缺与否不详的供应数：视为可替代", int, lambda found: found.unknown),
    unplaced=value_field("有供销而行业不详的主体数：归于同一市场", int, lambda found: found.unplaced),
    weightless=value_field("有供销而权重不详的主体数：不计入份额", int, lambda found: found.weightless),
)


def _share(words: str, name: str) -> Any:
    return value_field(words, float | None, lambda found: getattr(found, name))


def _known() -> Any:
    def resolve(root: Any) -> Any:
        found = root.found.known
        return None if found is None else KnownType(found=found, snapshot=root.snapshot)

    resolve.__annotations__["return"] = KnownType | None
    return strawberry.field(resolve, description="所依据的数据；空为不详，见 unknown")


CascadeType = answer_type(
    "Cascade",
    "连锁停产：停产者的客户缺料、供应商缺销路，逐轮传导后停下的部分（ESRI）；数值为空即不详，见 unknown",
    esri=_share("停下的部分占全部（按 weights）的比例（0–1）", "esri"),
    down=_share("其中仅因缺料（向下游传导）", "down"),
    up=_share("其中仅因缺销路（向上游传导）", "up"),
    at_risk=_share("停下的产出（元/年），产出已知者之和", "at_risk"),
    own=_share("其中情景内主体自身的产出（元/年）", "own"),
    affected=value_field("有损失的主体数（含情景内主体）", int, lambda found: found.affected),
    unmeasured=value_field("其中产出不详者：不计入任何金额", int, lambda found: found.unmeasured),
    losses=results_field("损失大者在前；金额不详者在后", LossType, lambda found: found.losses),
    by_form=results_field("按主体形式", type_of(LossByForm), lambda found: found.by_form),
    by_town=results_field("按专业镇（属多个镇者均分）", type_of(LossByMember), lambda found: found.by_town),
    by_region=results_field("按县级区划", type_of(LossByMember), lambda found: found.by_region),
    sweeps=value_field("传导的轮数", int | None, lambda found: found.sweeps),
    settled=value_field("是否已稳定；否为轮数到上限，结果偏低", bool, lambda found: found.settled),
    inputs=_known(),
)
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
        CascadeType,
        on="Organisation",
        arguments={"psi": Argument(float, "停产的比例（0–1）；1 为全停", 1.0), **ARGUMENTS},
    ),
    Question(
        "cascade",
        "连锁停产（ESRI）：若几个主体同时停产（可为部分停产）",
        _scenario,
        CascadeType,
        arguments={
            "scenario": Argument(list[ShockInput], "同时停产的主体，1–500 个，不可重复"),
            **ARGUMENTS,
        },
    ),
)
