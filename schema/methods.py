"""How an answer was computed, as every answer of an analysis shows it."""

from typing import Any

import orjson
import strawberry

from schema.reproduce import reproduced
from schema.results import result_type, value_field
from schema.snapshots import SnapshotInfo, told

CoverageType = result_type(
    "Coverage",
    "数据覆盖：所涉供应关系中有多少有数值",
    links=value_field("供应关系数（卖方、买方、产品）", int, lambda found: found.links),
    unmeasured=value_field("其中无可用数值者：不详，或早于三年", int, lambda found: found.unmeasured),
    measured=value_field(
        "有数值的关系占比（0–1）；空为没有供应关系", float | None, lambda found: found.measured
    ),
    observed=value_field("已计量的供应（元/年）", float, lambda found: found.observed),
    outside=value_field("已知向图外采购的金额（元/年）", float, lambda found: found.outside),
    organisations=value_field("所涉主体数", int, lambda found: found.organisations),
    outputs_unknown=value_field(
        "其中产出不详者：不计入任何产出合计", int, lambda found: found.outputs_unknown
    ),
    outputs_from_sales=value_field(
        "其中因无营业收入而以已观测销售额为产出者", int, lambda found: found.outputs_from_sales
    ),
    share=value_field(
        "已知采购额中卖方在图内者的占比（0–1）；空为没有已知采购额", float | None, lambda found: found.share
    ),
)
ParameterType = result_type(
    "Parameter",
    "一个参数及其取值（含默认值）",
    name=value_field("参数名", str, lambda pair: pair[0]),
    value=value_field("取值（JSON）", str, lambda pair: orjson.dumps(pair[1]).decode()),
)


def _origin() -> Any:
    def resolve(root: Any) -> Any:
        return told(root.found.snapshot, root.snapshot)

    resolve.__annotations__["return"] = SnapshotInfo
    return strawberry.field(resolve, name="snapshot", description="所依据的快照")


def _parameters() -> Any:
    def resolve(root: Any) -> Any:
        pairs = sorted(root.found.parameters.items())
        return [ParameterType(found=pair, snapshot=root.snapshot) for pair in pairs]

    resolve.__annotations__["return"] = list[ParameterType]
    return strawberry.field(resolve, description="全部参数")


def _coverage() -> Any:
    def resolve(root: Any) -> Any:
        found = root.found.coverage
        return None if found is None else CoverageType(found=found, snapshot=root.snapshot)

    resolve.__annotations__["return"] = CoverageType | None
    return strawberry.field(resolve, description="数据覆盖；空为不适用")


def _query() -> Any:
    def resolve(root: Any) -> str | None:
        return None if root.asked is None else root.asked()

    return strawberry.field(resolve, description="重现此答案的查询；空为无（如假设情景之内）")


MethodType = result_type(
    "Method",
    "答案是怎样算出的：依据、公式、参数、覆盖与告诫",
    snapshot_asked=_origin(),
    as_of=value_field("所答年份", int, lambda found: found.as_of),
    formula=value_field("公式名称", str, lambda found: found.formula),
    version=value_field("公式版本：任何数字可能变化时递增", int, lambda found: found.version),
    caveat=value_field("使用时须一并告知的话", str, lambda found: found.caveat),
    parameters=_parameters(),
    coverage=_coverage(),
    iterations=value_field("级数项数或扫描轮数；空为一步求得", int | None, lambda found: found.iterations),
    residual=value_field("最后一项或一轮的相对变动；空为不适用", float | None, lambda found: found.residual),
    asked=None,
    query=_query(),
)


def method_field() -> Any:
    """Make the field that says how an answer was computed."""

    def resolve(root: Any) -> Any:
        asked = root.asked and (lambda: reproduced(*root.asked))
        return MethodType(found=root.found.method, snapshot=root.snapshot, asked=asked)

    resolve.__annotations__["return"] = MethodType
    return strawberry.field(resolve, description="怎样算出")


def answer_type(title: str, words: str, /, **fields: Any) -> Any:
    """Make the type of an analysis' answer: with its method, and the reason when it is not known."""
    unknown = value_field("答不出的原因；空为已答", str | None, lambda found: getattr(found, "unknown", None))
    return result_type(title, words, method=method_field(), unknown=unknown, asked=None, **fields)
