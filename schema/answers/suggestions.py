"""Suggestions of suppliers, and how well they would have done."""

from typing import Annotated, Any

import strawberry

from queries.sourcing.backtest import Baseline, backtest
from queries.sourcing.market import DistanceClass
from queries.sourcing.signals import ALL, Evidence, Signal
from queries.sourcing.suggestions import supplier_suggestions
from schema.language.context import Info
from schema.language.enums import enum_type
from schema.language.method import answer_type
from schema.language.question import Argument, Question
from schema.language.results import node_field, nodes_field, result_type, results_field, value_field

EvidenceName: Any = enum_type(Evidence)
SignalName: Any = enum_type(Signal)
DistanceClassName: Any = enum_type(DistanceClass)
K = Annotated[int, strawberry.argument(description="precisionAtK 的 k，1–10")]
Sample = Annotated[int, strawberry.argument(description="至多抽取几个问题（买方与产品），1–2000")]
Seed = Annotated[int, strawberry.argument(description="抽样的随机种子")]

PartType = result_type(
    "SuggestionPart",
    "一个信号的取值",
    signal=value_field("信号", SignalName, lambda part: part.signal),
    value=value_field("取值，单位见信号；空为不详", float | None, lambda part: part.value),
    percentile=value_field(
        "在候选中的百分位（0–1，大者优）；空为不计入", float | None, lambda part: part.percentile
    ),
)
BaselineType = result_type(
    "BacktestBaseline",
    "一种排序办法的回测结果（都为 0–1）",
    baseline=value_field("排序办法", enum_type(Baseline), lambda row: row.baseline),
    hit_at1=value_field("首位即新供应商的问题占比", float, lambda row: row.hit_at_1),
    hit_at10=value_field("前十位内有新供应商的问题占比", float, lambda row: row.hit_at_10),
    precision_at_k=value_field("前 k 位中新供应商的平均占比", float, lambda row: row.precision_at_k),
)
BacktestType = answer_type(
    "Backtest",
    "回测：隐去某年初次出现的供应关系，用上一年的数据来问",
    year=value_field("检验年份", int, lambda found: found.test_year),
    train_year=value_field("所用数据的年份", int, lambda found: found.train_year),
    hidden=value_field("检验年份初次出现的供应关系数", int, lambda found: found.hidden),
    questions=value_field("有新供应商的（买方、产品）数", int, lambda found: found.questions),
    sample=value_field("其中抽取的问题数", int, lambda found: found.sample),
    reachable=value_field(
        "新供应商中属于候选者的占比（0–1）；其余计为未中；空为没有",
        float | None,
        lambda found: found.reachable,
    ),
    candidates=value_field("每问平均候选数；空为没有", float | None, lambda found: found.candidates),
    crowded=value_field("候选多于十个的问题数：其余的前十命中没有区分力", int, lambda found: found.crowded),
    synthetic=value_field(
        "新关系中虚构样例的占比（0–1）；空为没有", float | None, lambda found: found.synthetic
    ),
    tested=results_field("各排序办法的结果", BaselineType, lambda found: found.tested),
)


def _backtest_field() -> Any:
    async def resolve(root: Any, info: Info, k: K = 3, sample: Sample = 300, seed: Seed = 0) -> Any:
        year = root.found.method.as_of
        used = [Signal(name) for name in root.found.method.parameters["signals"].split(",")]
        found = await info.context.analyse(
            backtest, train_year=year - 1, test_year=year, k=k, sample=sample, seed=seed, signals=used
        )
        return BacktestType(found=found, snapshot=info.context.snapshot, asked=None)

    resolve.__annotations__["return"] = BacktestType
    return strawberry.field(
        resolve, description="此排序办法在 asOf 年的回测（以上一年数据求当年新供应商），每个快照只算一次"
    )


SuggestionType = result_type(
    "SupplierSuggestion",
    "一个候选供应商，及其名次的依据",
    organisation=node_field("Organisation", "候选供应商", lambda row: row.row),
    evidence=value_field("依据，强者在前；先按最强依据排序", list[EvidenceName], lambda row: row.evidence),
    score=value_field("已知信号百分位的均值（0–1）；空为都不详", float | None, lambda row: row.score),
    parts=results_field("各信号", PartType, lambda row: row.parts),
    distance_class=value_field("所在地关系", DistanceClassName, lambda row: row.distance_class),
    distance=value_field("大圆距离（公里）；空为缺坐标，不估算", float | None, lambda row: row.distance),
    output=value_field("产出（元/年）；空为不详", float | None, lambda row: row.output),
    industry_pair=value_field(
        "买方行业的供应中来自候选者行业的占比（0–1，2 位代码，加一平滑）；空为行业不详",
        float | None,
        lambda row: row.industry_pair,
    ),
    reasons=value_field("理由", list[str], lambda row: row.reasons),
    probability=value_field("成交概率；未经校准，故一律为空", float | None, lambda row: row.probability),
)
SuggestionsType = answer_type(
    "SupplierSuggestions",
    "还有谁可供应某产品：候选者、依据与回测",
    buyer=node_field("Organisation", "买方", lambda found: found.buyer),
    product=node_field("Product", "产品", lambda found: found.product),
    rows=results_field("候选者：先按依据，再按得分", SuggestionType, lambda found: found.rows),
    count=value_field("候选者总数", int, lambda found: found.count),
    suppliers=nodes_field("Organisation", "已在供应该产品者", lambda found: found.suppliers),
    backtest=_backtest_field(),
)
QUESTIONS = (
    Question(
        "supplierSuggestions",
        "还有谁可供应某产品：已知的生产者，先按依据，再按规模、距离、共同伙伴排序",
        supplier_suggestions,
        SuggestionsType,
        on="Organisation",
        arguments={
            "product": Argument(strawberry.ID, "产品的标识"),
            "first": Argument(int, "取前几个，1–200", 10),
            "signals": Argument(list[SignalName], "所用信号；默认全部", ALL),
        },
    ),
)
