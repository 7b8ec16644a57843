"""Suggestions of suppliers, and how well they would have done."""

from typing import Annotated, Any

import strawberry

from graph.kinds.terms import Proximity
from queries.sourcing.backtest import Backtest, backtest
from queries.sourcing.evidence import CandidateEvidence
from queries.sourcing.parts import BUYER, CandidatePart
from queries.sourcing.suggestions import Suggestion, SuggestionPart, Suggestions, supplier_suggestions
from schema.language.context import Info
from schema.language.enums import closed_list, some_of
from schema.language.publish import Shown, published, type_of
from schema.language.question import Argument, Question

EvidenceName: Any = closed_list(
    "Evidence",
    "候选供应商的依据；先列者优先",
    {
        "HOME": ("HOME", "与买方同省的生产者"),
        "TOWN_SUPPLIER": ("TOWN_SUPPLIER", "已向买方所在专业镇的其他主体供应该产品"),
        "RELATIVE": ("RELATIVE", "与买方有股权或联合关系的生产者"),
        "MAKER": ("MAKER", "其他已知生产者"),
    },
)
SignalName: Any = some_of("Signal", "排序所用的信号", BUYER)
DistanceClassName: Any = closed_list(
    "DistanceClass",
    "两个主体所在地的关系",
    {
        "COUNTY": ("COUNTY", "同县（区、市）"),
        "CITY": ("CITY", "同市不同县"),
        "PROVINCE": ("PROVINCE", "同省不同市"),
        "ELSEWHERE": ("ELSEWHERE", "不同省"),
        "UNKNOWN": ("UNKNOWN", "至少一方所在地不详"),
    },
)
EVIDENCE = {CandidateEvidence.SELLER: "TOWN_SUPPLIER"}
"""How the words of a buyer's suggestions name what the evidence of candidates names otherwise."""
DISTANCES = {Proximity.COUNTRY: "ELSEWHERE", Proximity.ABROAD: "ELSEWHERE"}


def _evidence(root: Shown[Suggestion]) -> list[Any]:
    return [EvidenceName(EVIDENCE.get(kind, kind.value)) for kind in root.found.evidence]


def _distance_class(root: Shown[Suggestion]) -> Any:
    proximity = root.found.proximity
    return DistanceClassName(DISTANCES.get(proximity, proximity.value))


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
    found = await info.context.analyse(
        backtest,
        train_year=method.as_of - 1,
        test_year=method.as_of,
        k=k,
        sample=sample,
        seed=seed,
        signals=str(method.parameters["signals"]).split(","),
    )
    return type_of(Backtest)(found, info.context.snapshot)


published(SuggestionPart, signal=strawberry.field(_signal, graphql_type=SignalName))
published(
    Suggestion,
    evidence=strawberry.field(_evidence, graphql_type=list[EvidenceName]),
    distance_class=strawberry.field(_distance_class, graphql_type=DistanceClassName),
)
published(
    Suggestions,
    backtest=strawberry.field(
        _backtest,
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
    ),
)
