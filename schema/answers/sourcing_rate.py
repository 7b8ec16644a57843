"""Local supply and circularity of a town."""

from typing import Any

import strawberry

from queries.linkage.sourcing_rate import circularity, local_supply
from schema.language.method import answer_type
from schema.language.nodes import TYPES
from schema.language.question import Argument, Question
from schema.language.results import entity, node_field, result_type, results_field, value_field

RATES: dict[str, Any] = {
    "local": value_field("向本地购买（元/年）", float, lambda found: found.local),
    "outside": value_field("向外地购买（元/年）", float, lambda found: found.outside),
    "unknown_origin": value_field("来源地不详（元/年）", float, lambda found: found.unknown),
    "total": value_field("已知采购合计（元/年）", float, lambda found: found.total),
    "unmeasured": value_field("无可用数值的采购项数：未计入", int, lambda found: found.unmeasured),
    "rate": value_field("本地配套率下限（0–1）：来源不详者不算本地", float | None, lambda found: found.rate),
    "rate_at_most": value_field(
        "本地配套率上限（0–1）：来源不详者都算本地", float | None, lambda found: found.rate_at_most
    ),
    "external_dependence": value_field(
        "外部依赖度上限（0–1）：1 − 本地配套率下限", float | None, lambda found: found.external_dependence
    ),
}
Purchases = result_type("Purchases", "采购，按来源地", **RATES)


def _whole() -> Any:
    def resolve(root: Any) -> Any:
        found = root.found.whole
        return None if found is None else Purchases(found=found, snapshot=root.snapshot)

    resolve.__annotations__["return"] = Purchases | None
    return strawberry.field(resolve, description="全部产品合计；空为不详，见 unknown")


def _purchases() -> Any:
    def resolve(root: Any) -> Any:
        return Purchases(found=root.found.purchases, snapshot=root.snapshot)

    resolve.__annotations__["return"] = Purchases
    return strawberry.field(resolve, description="采购，按来源地")


def _circles() -> Any:
    def resolve(root: Any) -> Any:
        return [[entity(root.snapshot, row) for row in circle] for circle in root.found.circles]

    organisation = TYPES["Organisation"]
    resolve.__annotations__["return"] = list[list[organisation]]
    return strawberry.field(resolve, description="每个循环（两家以上相互供应）中的主体，大者在前")


ProductPurchasesType = result_type(
    "ProductPurchases",
    "一种产品的采购与外销",
    product=node_field("Product", "产品", lambda row: row.product),
    purchases=_purchases(),
    outflow=value_field("本地主体售予图内外地买方的金额（元/年）", float, lambda row: row.outflow),
)
LocalSupplyType = answer_type(
    "LocalSupply",
    "本地配套：采购中有多少来自本地",
    whole=_whole(),
    products=results_field("各产品，向外地购买多者在前", ProductPurchasesType, lambda found: found.products),
    count=value_field("产品总数", int, lambda found: found.count),
)
CircularityType = answer_type(
    "Circularity",
    "循环：本地供应中有多少在循环之内",
    in_circles=value_field(
        "循环之内的供应占已计量供应的比例（0–1）", float | None, lambda found: found.in_circles
    ),
    circles=_circles(),
    finn=value_field("Finn 循环指数（0–1）；空为未算", float | None, lambda found: found.finn),
)
FIRST = Argument(int, "取前几种产品，1–500", 50)
QUESTIONS = tuple(
    question
    for kind in ("Town", "Region")
    for question in (
        Question(
            "localSupply",
            "本地配套率：已知采购中来自本地的比例，按产品",
            local_supply,
            LocalSupplyType,
            on=kind,
            arguments={"first": FIRST},
        ),
        Question("circularity", "循环程度：强连通的供应与 Finn 指数", circularity, CircularityType, on=kind),
    )
)
