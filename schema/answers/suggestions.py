"""Suggestions of suppliers, and how well they would have done."""

from typing import Annotated

import strawberry

from queries.sourcing.backtest import Backtest, backtest
from queries.sourcing.parts import BUYER, CandidatePart
from queries.sourcing.suggestions import SuggestionPart, Suggestions, supplier_suggestions
from schema.language.context import Info
from schema.language.cost import weight
from schema.language.enums import some_of
from schema.language.publish import Shown, published, type_of
from schema.language.question import Argument, Question

SignalName = some_of("Signal", "排序所用的信号", BUYER)


def _signal(root: Shown[SuggestionPart]) -> CandidatePart:
    return root.found.part


async def _backtest(
    root: Shown[Suggestions],
    info: Info,
    k: Annotated[int, strawberry.argument(description="precisionAtK 的 k，1–10")] = 3,
    sample: Annotated[int, strawberry.argument(description="至多抽取几个问题（买方与产品），1–2000")] = 300,
    seed: Annotated[int, strawberry.argument(description="抽样的随机种子")] = 0,
) -> Shown[Backtest]:
    method = root.found.method
    snapshot = await info.context.showing(real_only=False, owner=root.snapshot)
    found = await info.context.analyse_of(
        snapshot,
        backtest,
        train_year=method.as_of - 1,
        test_year=method.as_of,
        k=k,
        sample=sample,
        seed=seed,
        signals=str(method.parameters["signals"]).split(","),
    )
    return type_of(Backtest)(found, snapshot)


published(SuggestionPart, signal=strawberry.field(_signal, graphql_type=SignalName))
published(
    Suggestions,
    backtest=strawberry.field(
        _backtest,
        directives=[weight(500)],
        graphql_type=type_of(Backtest),
        description="此排序办法在 asOf 年的回测（以上一年数据求当年新供应商），每个快照只算一次",
    ),
)
QUESTIONS = (
    Question(
        "supplierSuggestions",
        "还有谁可供应某产品：已知的生产者，先按依据，再按规模、距离、共同伙伴排序",
        supplier_suggestions,
        Suggestions,
        on="Organisation",
        arguments={
            "product": Argument(strawberry.ID, "产品的标识"),
            "first": Argument(int, "取前几个，1–200", 10),
            "signals": Argument(list[SignalName], "所用信号；默认全部", tuple(SignalName)),
        },
        weight=20,
    ),
)
