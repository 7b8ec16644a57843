"""The flow of a town: what it buys, makes and sells, from where and to where."""

from collections.abc import Sequence
from typing import Annotated

import strawberry

from graph.errors import BadInput
from queries.gaps.flow_parts import FlowLevel
from queries.gaps.town_flow import Band, FlowSupply, TownFlow, town_flow
from queries.linkage.sankey import MOST
from schema.language.enums import enum_type
from schema.language.publish import AFTER, Shown, published, type_of
from schema.language.question import Argument, Question

ROW = type_of(FlowSupply)


def _rows(
    root: Shown[Band],
    first: Annotated[int, strawberry.argument(description="取前几笔，1–500；总数见 supplies")] = 20,
) -> Sequence[Shown[FlowSupply]]:
    if not 1 <= first <= MOST:
        raise BadInput(f"first：应在 1 到 {MOST} 之间，所给为 {first}", "first")
    return [ROW(one, root.snapshot) for one in root.found.rows(first)]


published(
    Band,
    rows=strawberry.field(
        _rows,
        graphql_type=list[ROW],
        description="其中的供应：计入此连线的金额大者在前，未计量者在后",
    ),
)
LINK = type_of(Band)


def _link(
    root: Shown[TownFlow],
    key: Annotated[str, strawberry.argument(description="连线的标识，见 links 的 key")],
) -> Shown[Band] | None:
    found = next((one for one in root.found.links if one.path == key), None)
    return None if found is None else LINK(found, root.snapshot)


published(
    TownFlow,
    link=strawberry.field(
        _link, graphql_type=LINK | None, description="其中一条连线；空为没有画出", metadata={AFTER: "links"}
    ),
)
QUESTIONS = (
    Question(
        "flow",
        "流向图：本镇自己的主体购自何处、做成什么、售往何处，去掉循环后分列",
        town_flow,
        TownFlow,
        on="Town",
        arguments={
            "by": Argument(enum_type(FlowLevel), "按产业链位置，或按产品", FlowLevel.STAGE),
            "least": Argument(
                float | None, "小于此数（元/年）的项，同方同地者合并为“其他”；空为总额的 1%", None
            ),
            "first": Argument(int, "画出金额最大的几条连线，1–500", 60),
        },
        weight=20,
    ),
)
